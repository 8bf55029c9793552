"""Factors that a bracket behind them tells in another way: "16 nodes (128 GPUs) * 312e12 * 3600 s = 1.4e20".

Either may be what the writer multiplied. What one of a thing holds is a further factor: "16 nodes (8 GPUs each)".
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.reading.expressions.another_unit import tells_again
from slipstick.reading.expressions.tree import Node, Product
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.claims import WrittenCalculation

_EACH = frozenset(("each", "apiece", "per", "/"))


def told_again(calculation: WrittenCalculation) -> Iterator[WrittenCalculation]:
    """The calculation with one of its factors as the bracket behind it says it, for each that has one."""
    node = calculation.expression
    if not isinstance(node, Product):
        return
    for n, (operator, part) in enumerate(node.parts):
        aside = part.aside if isinstance(part, Quantity) else None
        if isinstance(part, Quantity) and aside is not None and tells_again(part, aside):
            own: tuple[tuple[str, Node], ...] = ((operator, aside),)
            if not _EACH.isdisjoint(part.remark.split()):
                own = ((operator, part), (operator, aside))
            yield calculation._replace(expression=node._replace(parts=(*node.parts[:n], *own, *node.parts[n + 1 :])))
