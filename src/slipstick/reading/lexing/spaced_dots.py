"""Dots with blanks between the units of a product, as formulas are set: 6 N · m as 6 N·m, kg · m²/s² as kg·m²/s²."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.rewriting import rewritten
from slipstick.reading.lexing.spelling import unit_of

_DOTS = frozenset("·⋅")
_OF_LETTERS = frozenset(("Nm", "Ns", "Js", "As", "Ah", "Vs", "VA", "Wh", "Ws"))
"""Units of one letter each that are multiplied; any other two letters may be the names of a formula."""


def with_joined_units(tokens: list[Token]) -> list[Token]:
    """The tokens, without the blanks around dots that join two units behind a number."""
    return rewritten(tokens, [i for i, t in enumerate(tokens) if t.text in _DOTS and i > 1 and not t.glued], _joined)


def _joined(tokens: Sequence[Token], i: int, before: Sequence[Token]) -> tuple[list[Token], int] | None:
    """The dot at `i` and the unit behind it, glued to the unit before it; None where it joins none."""
    left, right = tokens[i - 1], tokens[i + 1]
    if left.kind != "word" or right.kind != "word" or tokens[i - 2].kind not in ("number", "superscript", "times"):
        return None
    letters = len(left.text) == len(right.text) == 1
    if left.text + right.text not in _OF_LETTERS if letters else not (unit_of(left.text) and unit_of(right.text)):
        return None
    return [tokens[i].saying(tokens[i].text, glued=True), right.saying(right.text, glued=True)], i + 2
