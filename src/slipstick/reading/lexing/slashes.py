"""Several units below one slash put behind a slash each: J/(kg K), J/kgK, W/m²K as J/kg/K, W/m²/K.

A K there is a kelvin, never a thousand.
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.rewriting import rewritten
from slipstick.reading.lexing.spelling import unit_of
from slipstick.units import UnitTerm, dimension_of

_ENERGIES = frozenset(dimension_of((UnitTerm(name),)) for name in ("joule", "watt"))
_DEGREES = frozenset("°˚")
_DOTS = frozenset("-∙")
_MAX_UNITS, _MAX_BEFORE = 5, 6
_POWERS = {"2": "²", "3": "³"}
_ENDS = frozenset(("times", "divide", "relation", "close", "stop", "newline", "end", "comma", "plus", "minus"))


def with_one_slash_each(tokens: list[Token], *, has_degrees: bool) -> list[Token]:
    """The tokens, with a slash before every unit that stands below one. Work in proportion to their number."""
    if has_degrees:
        tokens = _with_degrees(tokens)
    return rewritten(tokens, [i for i, t in enumerate(tokens) if t.text == "/" and t.glued and i], _below)


def _with_degrees(tokens: list[Token]) -> list[Token]:
    """The tokens, with °C as kelvin where a unit has it below a slash: both are differences then."""
    found: list[Token] = []
    rated = False
    for token in tokens:
        degrees = token.text == "C" and token.glued and bool(found) and found[-1].text in _DEGREES
        below = (degrees or token.text == "ºC") and any(t.text == "/" and t.glued for t in found[-_MAX_BEFORE:])
        rated = rated or below
        last = found.pop().saying("°C", "word", token.end) if degrees else token
        last = token.saying("°C") if token.text == "ºC" else last
        if below and last.glued and found[-1].text in _DOTS:
            found.pop()  # J/g-°C
        found.append(last)
    return [t.saying("kelvin") if rated and t.text == "°C" else t for t in found]


def _below(tokens: Sequence[Token], i: int, _: Sequence[Token]) -> tuple[list[Token], int] | None:
    """What stands below the slash at `i`, with a slash each, and the index behind it; None where nothing changes."""
    if tokens[i + 1].kind == "open":
        return _in_brackets(tokens, i)
    above = unit_of(tokens[i - 1].text) if tokens[i - 1].kind == "word" else None
    if above is None or dimension_of(above.count) not in _ENERGIES or tokens[i + 1].kind != "word":
        return None
    unit = tokens[i + 1]
    if unit.text.endswith("K") and len(unit.text) > 1 and unit_of(unit.text) is None:
        return _split(tokens[i], unit, i + 2)
    raised = i + 2 + (tokens[i + 2].kind == "superscript" and tokens[i + 2].glued)
    at = raised + (tokens[raised].text in _DOTS and tokens[raised].glued)  # "W/m-K"
    if unit_of(unit.text) is None or tokens[at].text not in ("K", "kelvin") or tokens[at + 1].kind not in _ENDS:
        return None
    return [*tokens[i:raised], *_slashed(tokens[at])], at + 1


def _split(slash: Token, word: Token, after: int) -> tuple[list[Token], int] | None:
    """ "kgK", "m2K": a unit and a kelvin in one word."""
    stem = word.text[:-1]
    if unit_of(stem) is None:
        return None
    kelvin = Token.of("word", "K", word.end - 1, word.end, True)
    return [slash, word.saying(stem, end=word.end - 1), *_slashed(kelvin)], after


def _slashed(unit: Token) -> list[Token]:
    """A unit behind a slash of its own, which stands at its place."""
    text = "kelvin" if unit.text == "K" else unit.text
    return [Token.of("divide", "/", unit.start, unit.end, True), unit.saying(text, glued=True)]


def _in_brackets(tokens: Sequence[Token], i: int) -> tuple[list[Token], int] | None:
    """ "(kg K)", "(m²·K)": units parted by blanks or dots, each perhaps raised to a power."""
    found: list[Token] = []
    j, count = i + 2, 0
    while count < _MAX_UNITS and tokens[j].kind == "word" and (tokens[j].text == "K" or unit_of(tokens[j].text)):
        unit, j, count = tokens[j], j + 1, count + 1
        found.extend(_slashed(unit))
        if tokens[j].kind == "superscript" and tokens[j].glued and tokens[j].text[0] != "⁻":
            found.append(tokens[j])
            j += 1
        elif tokens[j].text == "^" and tokens[j + 1].text in _POWERS:
            found.append(tokens[j + 1].saying(_POWERS[tokens[j + 1].text], "superscript", glued=True))
            j += 2
        if tokens[j].kind == "times" and tokens[j].text not in "xX":
            j += 1
    if count < 2 or tokens[j].kind != "close":
        return None
    last = found[-1]
    found[-1] = last.saying(last.text, end=tokens[j].end)
    return found, j + 1
