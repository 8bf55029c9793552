"""Factors that a bracket behind them tells in another way: "16 nodes (128 GPUs) * 312e12 * 3600 s = 1.4e20".

Either may be what the writer multiplied. What one of a thing holds is a further factor: "16 nodes (8 GPUs each)". So
may a percentage be: "8 A100 * 312 TFLOP/s (40% MFU) * 10 days", "64 GPUs (80%) * 10 days".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

from slipstick.reading.expressions.another_unit import tells_again
from slipstick.reading.expressions.tree import Node, Product
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.claims import WrittenCalculation

_EACH = frozenset(("each", "apiece", "per", "/"))
_MOST = 3
"""The most factors of one product that are read as their brackets say them."""


def told_again(calculation: WrittenCalculation) -> Iterator[WrittenCalculation]:
    """The calculation with some of its factors as the brackets behind them say them: each way that there is."""
    node = calculation.expression
    if not isinstance(node, Product):
        return
    told = {n: again for n, (operator, part) in enumerate(node.parts) if (again := _again(operator, part))}
    for many in range(1, len(told) + 1 if len(told) <= _MOST else 0):
        for chosen in combinations(told, many):
            parts = [told[n] if n in chosen else (each,) for n, each in enumerate(node.parts)]
            yield calculation._replace(expression=node._replace(parts=tuple(chain.from_iterable(parts))))


def _again(operator: str, part: Node) -> tuple[tuple[str, Node], ...]:
    """What the bracket behind a factor makes of it; nothing where it does not say it once more."""
    if not isinstance(part, Quantity) or part.aside is None:
        return ()
    if part.aside.number.percent and (part.aside.unit is None or part.aside.role == "utilization"):
        return (operator, part._replace(remark="", aside=None)), ("*", part.aside)
    if not tells_again(part, part.aside):
        return ()
    holds = not _EACH.isdisjoint(part.remark.split())
    return ((operator, part), (operator, part.aside)) if holds else ((operator, part.aside),)
