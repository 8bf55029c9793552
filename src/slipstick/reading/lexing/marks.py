"""Footnote marks and dots of abbreviation: signs behind a word or number that are no arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.passes import FOOTNOTE_SIGNS
from slipstick.reading.lexing.scales import DOTTED, scale_of
from slipstick.reading.lexing.spelling import unit_of
from slipstick.units import dimension_of

MARKS = frozenset(("superscript", "times", "power", "plus", "stop", "other"))
"""The kinds of tokens that may be a mark or a dot of abbreviation."""
_NO_OPERAND = frozenset(("times", "divide", "relation", "plus", "close", "stop"))
_OPERATORS = frozenset(("*", "**", "+"))
_BEHIND_OPERATOR = _NO_OPERAND | {"word", "end"}
"""What stands behind an operator that is a mark, behind a plus at least."""
_BEHIND_DOT = frozenset(("times", "divide", "relation", "plus", "power", "word"))
"""What stands behind a dot of abbreviation."""
_MEASURED = frozenset(("meter", "kilogram", "second", "ampere", "kelvin", "byte"))


def may_be_mark(sign: Token, following: Token) -> bool:
    """Whether a sign that is glued to what stands before it may be a mark by what stands behind it, as few may."""
    if sign.text in _OPERATORS:
        return not following.glued and following.kind in _BEHIND_OPERATOR
    if sign.text == ".":
        return following.kind in _BEHIND_DOT
    return sign.kind == "superscript" or sign.text in FOOTNOTE_SIGNS


def is_mark(tokens: Sequence[Token], i: int, before: Sequence[Token]) -> bool:
    """Whether the sign at `i` is a footnote's mark or a dot of abbreviation; `before`: the tokens up to it."""
    token, last = tokens[i], before[-1]
    if not token.glued or last.kind not in ("word", "number", "close", "percent"):
        return False
    if token.text in FOOTNOTE_SIGNS:
        return True
    if token.kind == "superscript":
        if token.text[0] in "⁻⁺":
            return False
        return not _has_powers(before) if last.kind == "word" else last.kind == "number" and _is_long(last.text)
    following = tokens[i + 1]
    if token.text in ("*", "**"):
        return not following.glued and following.kind in _NO_OPERAND
    if token.kind == "plus":
        loose = following.kind in _BEHIND_OPERATOR and not following.glued
        return loose and last.kind != "close" and _is_number(before)
    return token.text == "." and last.kind == "word" and _abbreviates(following, before)


def _is_number(before: Sequence[Token]) -> bool:
    """Whether a number stands last, perhaps with its scale."""
    if before[-1].kind == "number":
        return True
    scaled = before[-1].kind == "word" and before[-1].glued and scale_of(before[-1].text) is not None
    return scaled and len(before) > 1 and before[-2].kind == "number"


def _is_long(number: str) -> bool:
    """Whether nobody would raise a number to a power: 4.5e22, 1,320."""
    return "e" in number.lower() or "," in number


def _has_powers(before: Sequence[Token]) -> bool:
    """Whether the word that stands last may be raised to a power: a symbol or a length, and no scale.

    "m²" and "feet²", but "GPUs²", "days³" and "4.2B¹" have a footnote's number.
    """
    word = before[-1].text
    unit = unit_of(word)
    if unit is None:
        return len(word) <= 2 and not _is_number(before)
    bases = {name for name, _ in dimension_of(unit.count)}
    physical = bases <= _MEASURED and not any(t.name in ("byte", "bit") for t in unit.count)
    return physical and (len(word) <= 2 or bases == {"meter"})


def _abbreviates(following: Token, before: Sequence[Token]) -> bool:
    """Whether a dot ends an abbreviation and no sentence: "5 hrs. * 3", "1.5 Mrd. tokens", "6 sq. ft"."""
    if following.kind in ("times", "divide", "relation", "plus", "power"):
        return len(before) > 1 and before[-2].kind == "number"
    word = before[-1].lower
    goes_on = following.kind == "word" and (unit_of(following.text) is not None or following.text.islower())
    return goes_on and (word in ("sq", "cu") or (word in DOTTED and len(before) > 1 and before[-2].kind == "number"))


def leads_to_footnote(tokens: Sequence[Token], i: int) -> bool:
    """Whether an asterisk ends the line at `i`, and another one begins the next, where the footnote stands."""
    return tokens[i].text == tokens[i + 2].text == "*" and tokens[i + 1].kind == "newline"


def is_multiple_sign(tokens: Sequence[Token], i: int) -> bool:
    """Whether the × or x at `i` ends a number of times: "7.0× the old one", "= 6.7x (rounded)"."""
    ends = not tokens[i + 1].glued or tokens[i + 1].kind in ("stop", "comma", "close", "newline", "end")
    return tokens[i].text in ("×", "x") and tokens[i].glued and ends


def is_assignment(tokens: Sequence[Token], i: int) -> bool:
    """Whether the "=" at `i` makes one sign with the slash before it, as in code: "x /= 2"."""
    return tokens[i].text == "=" and tokens[i].glued and tokens[i - 1].text == "/"
