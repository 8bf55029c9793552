"""Sizes in words put as products: "20 feet long by 12 feet wide by 0.5 feet thick" as 20 feet × 12 feet × 0.5 feet."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.rewriting import rewritten
from slipstick.reading.lexing.spelling import unit_of
from slipstick.units import dimension_of

_EXTENTS = frozenset("long wide thick deep high tall across".split())
_LENGTH = (("meter", 1),)


def with_products_of_lengths(tokens: list[Token]) -> list[Token]:
    """The tokens, with a sign of product for each "by" between two lengths. Work in proportion to their number."""
    return rewritten(tokens, [i for i, t in enumerate(tokens) if t.lower == "by" and i > 1], _multiplied)


def _multiplied(tokens: Sequence[Token], i: int, before: list[Token]) -> tuple[list[Token], int] | None:
    """The sign of product for the "by" at `i`, in place of the word before it that says which way a length goes."""
    said = before[-1].lower in _EXTENTS
    if len(before) < 2 + said or not _is_length(before[-2 - said], before[-1 - said]):
        return None
    if not _is_length(tokens[i + 1], tokens[i + 2]):
        return None
    if said:
        before.pop()
    return [tokens[i].saying("×", "times")], i + 1


def _is_length(number: Token, unit: Token) -> bool:
    """Whether two tokens are a number and a unit of length."""
    found = unit_of(unit.text) if number.kind == "number" and unit.kind == "word" else None
    return found is not None and dimension_of(found.count) == _LENGTH
