"""A line that goes on with an operator from the number that ends the line before: "D = 1.8e11", "* 6 * 1.3B = 1.4e21".

going-on = quantity line-break ("*" | "+") expression relation ...

The sign may as well be a list's bullet. The text says neither, so that the reading counts which makes the result; a
line that is right by itself is one.
"""

from __future__ import annotations

from slipstick.reading.expressions.grammar import ExpressionParser
from slipstick.reading.expressions.nearness import is_near
from slipstick.reading.expressions.tree import Node, Product, Sum, is_arithmetic
from slipstick.reading.lexing.equals import APPROXIMATELY
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.claims import Side

_MOST_TOKENS = 8
"""The most tokens of a number with its unit and a remark."""
_NUMBERS = frozenset(("number", "currency"))
_IN_FRONT = frozenset(("relation", "newline", "stop"))
"""What stands before such a number, if anything: behind a word it may be that of a figure, a version, a year."""


def going_on(parser: ExpressionParser, i: int, sides: list[Side]) -> list[Side]:
    """The sides of the chain at `i`, of which the first goes on from the line before where that makes its result."""
    tokens, node = parser.tokens, sides[0].node
    if i < 3 or tokens[i - 2].kind != "newline" or is_near(sides[1].node, node):
        return sides
    before = _ending(parser, i - 2)
    if before is None:
        return sides
    whole = _joined(tokens[i - 1].kind, before, node)
    if not is_near(sides[1].node, whole) or (not is_arithmetic(node) and tokens[i - 1].kind != "plus"):
        return sides  # "10 nodes" and "* 1 node = 8 GPUs", what one of a thing is
    return [sides[0]._replace(node=whole), *sides[1:]]


def _ending(parser: ExpressionParser, newline: int) -> Quantity | None:
    """The number, with its unit and what is remarked of it, that ends the line before the break at `newline`."""
    end = newline - (parser.tokens[newline - 1].text == ".")
    for j in range(end - 1, max(end - 1 - _MOST_TOKENS, -1), -1):
        if parser.tokens[j].kind == "newline":
            return None
        if parser.tokens[j].kind in _NUMBERS:
            front = j - (parser.tokens[j - 1].lower in APPROXIMATELY)
            if front and parser.tokens[front - 1].kind not in _IN_FRONT:
                continue
            found = parser.factor(j, 0)
            if found is not None and found[1] == end and isinstance(found[0], Quantity):
                return found[0]
    return None


def _joined(sign: str, before: Quantity, node: Node) -> Node:
    """The number and the expression, multiplied or added."""
    span = before.span.to(node.span)
    if sign == "plus":
        terms = node.parts if isinstance(node, Sum) else ((1, node),)
        return Sum(span, ((1, before), *terms))
    if isinstance(node, Sum):
        return Sum(span, ((1, _joined(sign, before, node.parts[0][1])), *node.parts[1:]))
    factors = node.parts if isinstance(node, Product) else (("*", node),)
    return Product(span, (("*", before), *factors))
