"""What stands around an expression in prose: factors listed behind "multiplying", the result before its calculation.

listed  = "multiplying" quantity "by" quantity {("," | "and" | "by") quantity}
bracket = quantity "(" sum ")"
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.claims import Side
from slipstick.reading.expressions import ExpressionParser
from slipstick.reading.quantities import Quantity
from slipstick.reading.tokens import Token
from slipstick.reading.tree import Group, Node, Product, is_arithmetic

_BETWEEN = frozenset(("by", "and", "with", "at"))
_MOST_FACTORS = 30
_OPERATORS = frozenset(("times", "divide", "plus", "minus", "power"))


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


def calculated_behind(
    tokens: Sequence[Token], parser: ExpressionParser, i: int, result: Node
) -> tuple[list[Side], int] | None:
    """A result at `i` and the calculation in the bracket right behind it as two sides, and the index behind that.

    "$245,000 (512 chips * 2.5 days * $8/chip-hour)". The number has a unit, and nothing but a calculation stands in the
    bracket.
    """
    if not isinstance(result, Quantity) or result.is_bare or result.number.is_range:
        return None
    at = i
    while tokens[at].start < result.span.end and tokens[at].kind != "end":
        at += 1
    end = parser.closing.get(at)
    if end is None or tokens[at].text != "(":
        return None
    if all(token.kind not in _OPERATORS for token in tokens[at + 1 : end]):
        return None  # "(25% of 400B)": a remark
    found = parser.sum(at + 1)
    if found is None or found[1] != end or parser.dangling is not None or not is_arithmetic(found[0]):
        parser.dangling = None
        return None
    bracket = Group(tokens[at].to(tokens[end]), found[0])
    return [Side(result._replace(remark="", aside=None)), Side(bracket, by_word=True, weak=True)], end + 1
