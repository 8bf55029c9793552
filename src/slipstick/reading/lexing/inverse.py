"""Units with negative powers put behind slashes: 9.81 m s⁻² as m/s², 6 FLOP·token⁻¹·param^-1 as FLOP/token/param."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.cutting import SUPERSCRIPTS, Token
from slipstick.reading.lexing.rewriting import rewritten
from slipstick.reading.lexing.spelling import unit_of

_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def with_slashes(tokens: list[Token]) -> list[Token]:
    """The tokens, with a slash for each negative power behind another unit. Work in proportion to their number."""
    powers = [i for i, t in enumerate(tokens) if t.text == "^" or t.text[:1] == "⁻"]
    return rewritten(tokens, [at for i in powers for at in (i - 2, i - 1) if at > 0], _below)


def _below(tokens: Sequence[Token], i: int, before: Sequence[Token]) -> tuple[list[Token], int] | None:
    """A unit to a negative power at `i`, or behind a dot there: a slash, the unit and its power, and the next index."""
    if not before or before[-1].kind not in ("word", "superscript"):
        return None
    dotted = tokens[i].kind == "times" and tokens[i].glued and tokens[i + 1].glued
    unit = tokens[i + dotted]
    if unit.kind != "word" or unit_of(unit.text) is None or (not dotted and unit.start != before[-1].end + 1):
        return None
    power = _negative(tokens, i + dotted + 1)
    if power is None:
        return None
    exponent, behind = power
    end = tokens[behind - 1].end
    slash = Token.of("divide", "/", unit.start - 1, unit.start, True)
    if exponent == 1:
        return [slash, unit.saying(unit.text, end=end, glued=True)], behind
    raised = Token.of("superscript", str(exponent).translate(_POWERS), unit.end, end, True)
    return [slash, unit.saying(unit.text, glued=True), raised], behind


def _negative(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """The size of a negative power at `i` (⁻², ^-2), of one digit, and the index behind; None for anything else."""
    if tokens[i].kind == "superscript" and tokens[i].glued and tokens[i].text[0] == "⁻" and len(tokens[i].text) == 2:
        return int(tokens[i].text[1].translate(SUPERSCRIPTS)) or 1, i + 1
    written = tokens[i].text == "^" and tokens[i].glued and tokens[i + 1].kind == "minus" and tokens[i + 1].glued
    digit = tokens[i + 2].text
    if written and tokens[i + 2].glued and digit.isdigit() and len(digit) == 1:
        return int(digit) or 1, i + 3
    return None
