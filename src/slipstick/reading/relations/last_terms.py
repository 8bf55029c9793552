"""A result told inside of a sum: "2.4e21 + 1e9 * 1.1e12 = 1.1e21 => 3.5e21" claims its last term first."""

from __future__ import annotations

from slipstick.reading.expressions.nearness import is_near
from slipstick.reading.expressions.tree import Node, Sum, is_arithmetic
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.claims import Side


def parted(sides: list[Side]) -> list[list[Side]]:
    """The sides without those that are the result of a sum's last term alone, and each such term with its result.

    A sum is so read where its last term computes that result, the sum does not, and the text sums up: a further result
    is the sum's, or the sum begins with the result before it ("= 2.4e21 + ...").
    """
    if len(sides) < 3 or not any(isinstance(side.node, Sum) for side in sides):
        return [sides]
    kept, terms = list[Side](), list[list[Side]]()
    for k, side in enumerate(sides):
        total = kept[-1].node if kept else None
        term = total.parts[-1][1] if isinstance(total, Sum) else None
        if not isinstance(total, Sum) or term is None or not is_arithmetic(term) or not isinstance(side.node, Quantity):
            kept.append(side)
            continue
        summed = any(_is_of_sum(further.node, total, side.node) for further in sides[k + 1 :])
        if not (summed or len(kept) > 1) or not is_near(side.node, term) or is_near(side.node, total):
            kept.append(side)
            continue
        terms.append([Side(term), side])
        if not summed:  # "6 * 7 = 42 + 5 * 3 = 15": two results, and no sum
            kept[-1] = kept[-1]._replace(node=_without_last(total))
    return [kept, *terms]


def _is_of_sum(further: Node, total: Sum, result: Quantity) -> bool:
    """Whether a further result is the sum's: it is near it, or as bare as the term's `result` and not near that."""
    bare = isinstance(further, Quantity) and further.unit is None and result.unit is None
    return is_near(further, total) or (bare and not is_near(further, result))


def _without_last(total: Sum) -> Node:
    first, last = total.parts[0][1], total.parts[-2][1]
    return first if len(total.parts) == 2 else Sum(first.span.to(last.span), total.parts[:-1])
