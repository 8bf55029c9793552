"""Which sides of a chain are near one another by their written numbers, so that one works out another or goes on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite, log10

from slipstick.reading.expressions.tree import Node, Product, Sum, literal


def is_near(side: Node, expression: Node, within: float = log10(1.05)) -> bool:
    """Whether a side is near an expression, by the written numbers alone; `within` is a decimal logarithm."""
    return abs(literal(side) - literal(expression)) <= within


def works_out(side: Node, expression: Node) -> bool:
    """Whether a sum has the terms of another one worked out: "2 * 3 + 4 * 5 = 6 + 20 = 26"."""
    if not isinstance(side, Sum) or not isinstance(expression, Sum) or len(side.parts) != len(expression.parts):
        return False
    pairs = zip(side.parts, expression.parts, strict=True)
    return all(own == other and is_near(term, former) for (own, term), (other, former) in pairs)


def is_running_list(sides: Sequence[Node]) -> bool:
    """Whether several sums are set equal, and what follows a sign may be the result of its last term or of all so far.

    It is clear where each sum works out the one before, or begins with what that comes to, up to the result in the end:
    "100 + 50 = 150 + 30 = 180".
    """
    if not isinstance(sides[0], Sum):
        return False
    sums = [side for side in sides if isinstance(side, Sum)]
    if all(works_out(b, a) for a, b in pairwise(sums)):
        return False
    results = [*(side.parts[0][1] for side in sums[1:]), sides[-1]]
    in_order = len(sides) == len(sums) + 1 and not isinstance(sides[-1], Sum)
    return not (in_order and all(is_near(node, side, _EXACT) for node, side in zip(results, sums, strict=True)))


_EXACT = log10(1.001)


def before_more(side: Node, expression: Node) -> Node | None:
    """The first factor of a product that is the result by itself: "4 * 5 = 20 × 3 for the backward pass", else None."""
    if not isinstance(side, Product) or side.parts[1][0] != "*":
        return None
    first = side.parts[0][1]
    return first if is_near(first, expression) and not is_near(side, expression) else None


def has_digits_of(side: Node, first: Node) -> bool:
    """Whether two numbers may be one in two notations: they are near, or have the same digits up to a power of ten."""
    ratio = abs(literal(side) - literal(first))
    return ratio <= _LIKE or (isfinite(ratio) and abs(ratio - round(ratio)) <= _SAME_DIGITS)


_LIKE, _SAME_DIGITS = log10(2), log10(1.05)
