"""Stops and arrows behind which an operator goes on from the number before: "= 58.9M; × 2048 = 121B tokens"."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.equals import ARROWS
from slipstick.reading.lexing.tokens import Token

_PAUSES = frozenset((";", ".", *ARROWS))
_SIGNS = frozenset(("times", "divide"))
_SPELLED = frozenset(("times", "divided", "multiplied"))
_NAMES = frozenset(("x", "X"))
_LINE_ENDS = frozenset(("newline", "stop", "end"))
_MOST_IN_LINE, _DIGITS = 40, 3


def goes_on_behind(tokens: Sequence[Token], i: int) -> bool:
    """Whether an operator behind the stop or arrow at `i` leads to a result. No sentence begins so.

    The number of an item of a list is none to go on from ("4. x 60 min"), two slashes begin a comment, and an x glued
    to its number is a name ("x1 = 5").
    """
    sign = tokens[i + 1]
    if sign.kind not in _SIGNS and sign.text not in _SPELLED:
        return False
    if tokens[i].text not in _PAUSES or sign.text == "//" or (sign.text in _NAMES and tokens[i + 2].glued):
        return False
    if tokens[i - 1].kind == "number" and len(tokens[i - 1].text) < _DIGITS and tokens[i].text == ".":
        return False
    rest = tokens[i + 1 : i + _MOST_IN_LINE]
    ends = next((j for j, token in enumerate(rest) if token.kind in _LINE_ENDS), len(rest))
    return any(token.kind == "relation" for token in rest[:ends])
