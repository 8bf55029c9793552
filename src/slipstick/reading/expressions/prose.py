"""What stands around an expression in prose: factors listed behind "multiplying".

listed  = "multiplying" quantity "by" quantity {("," | "and" | "by") quantity} ["to get" quantity]
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.expressions.grammar import ExpressionParser
from slipstick.reading.expressions.tree import Node, Product
from slipstick.reading.lexing.equals import past_approximately
from slipstick.reading.lexing.tokens import Token

_BETWEEN = frozenset(("by", "and", "with", "at"))
_MOST_FACTORS = 30


def listed_factors(tokens: Sequence[Token], parser: ExpressionParser, i: int) -> tuple[Product, int] | None:
    """ "Multiplying 7 s by 41% MFU, 989 TFLOP/s and 6144 H100s, we get ...": the product at `i`, the index behind."""
    parts: list[tuple[str, Node]] = []
    at = end = i + 1
    while len(parts) < _MOST_FACTORS and (found := parser.factor(at, 0)) is not None:
        parts.append(("*", found[0]))
        end = at = found[1]
        while tokens[at].kind == "comma" or tokens[at].lower in _BETWEEN:
            at += 1
    if len(parts) < 2:
        return None
    return Product(tokens[i].span.to(parts[-1][1].span), tuple(parts)), end


_REACHED = frozenset(("get", "obtain", "give", "reach"))


def past_aim(tokens: Sequence[Token], i: int) -> int | None:
    """The index of the result that factors are multiplied for: "Multiply 7B by 6 and 2T to get about 8.4e22"."""
    if tokens[i].lower != "to" or tokens[i + 1].lower not in _REACHED:
        return None
    return past_approximately(tokens, i + 2)[1]
