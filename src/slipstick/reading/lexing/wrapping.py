"""Lines that were broken where they were full: the unit of a number at the end stands in the next line."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.spelling import unit_of
from slipstick.reading.lexing.tokens import Token

_MOST_TOKENS = 40
_WRAPPED = 50
"""A line is broken where it is full; a shorter one ends where its writer ended it."""


def goes_on_in_next_line(tokens: Sequence[Token], i: int) -> bool:
    """Whether the unit of the number before the line break `i` stands at the beginning of the next line.

    The line is long, and what stands there is a unit with a prefix (GB, kWh) that begins nothing.
    """
    if tokens[i - 1].kind != "number" or tokens[i + 2].text in (":", "=", "|"):
        return False
    unit = unit_of(tokens[i + 1].text) if tokens[i + 1].kind == "word" else None
    if unit is None or len(unit.count) != 1 or not unit.count[0].prefix:
        return False
    line = next((j for j in range(i - 1, max(i - _MOST_TOKENS, 0), -1) if tokens[j].kind == "newline"), 0)
    return tokens[i].start - tokens[line].start >= _WRAPPED
