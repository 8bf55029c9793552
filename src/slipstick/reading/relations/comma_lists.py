"""Factors listed with commas before the operations that they make: "32 V100s, 5 days, 125 TFLOP/s, 30% MFU = ...".

listed = devices "," time "," rate ["," utilization], in any order, or device-time for the first two

Commas multiply nothing by themselves. These four do: each is there once, and together they are operations.
"""

from __future__ import annotations

from slipstick.reading.expressions.grammar import ExpressionParser
from slipstick.reading.expressions.operands import is_compute_rate
from slipstick.reading.expressions.surroundings import Surroundings
from slipstick.reading.expressions.tree import Node, Product
from slipstick.reading.quantities.noun_meanings import TIMES
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import dimension_of, is_device

_MOST_FACTORS = 4
_LEAST_OPERATIONS = 10**15
_JOINS = frozenset(("and", "at", "with"))
_FACTORS = (("devices", "rate", "time"), ("devices", "rate", "time", "utilization"))


def comma_listed(
    parser: ExpressionParser, around: Surroundings, i: int, first: tuple[Node, int]
) -> tuple[Product, int] | None:
    """The product of what stands from `i` up to a comma and of the quantities behind it; the index behind the last.

    What is before the comma is a quantity, or two that a word multiplies already: "32 V100s for 5 days".
    """
    tokens, end = parser.tokens, first[1]
    parts = _factors(first[0])
    if not all(map(_kinds_of, parts)) or around.goes_on_with_a_number(i) or around.is_behind_listed(i):
        return None
    while 0 < len(parts) < _MOST_FACTORS and (tokens[end].kind == "comma" or tokens[end].lower in _JOINS):
        found = parser.factor(end + 1 + (tokens[end + 1].lower in _JOINS), 0)
        if found is None or not isinstance(found[0], Quantity):
            return None
        parts.append(found[0])
        end = found[1]
    kinds = [_kinds_of(part) for part in parts]
    if not all(kinds) or tuple(sorted(kind for each in kinds for kind in each)) not in _FACTORS:
        return None
    return Product(parts[0].span.to(parts[-1].span), tuple([("*", part) for part in parts])), end


def _factors(node: Node) -> list[Quantity]:
    parts = node.parts if isinstance(node, Product) else (("*", node),)
    factors = [part for sign, part in parts if sign == "*" and isinstance(part, Quantity)]
    return factors if len(factors) == len(parts) else []


def is_operations(node: Node) -> bool:
    """Whether a side is a number of operations, with its unit or so large that it can count nothing else."""
    if not isinstance(node, Quantity):
        return False
    return dimension_of(node.meaning(False)) == (("FLOP", 1),) or (node.is_bare and node.value >= _LEAST_OPERATIONS)


def _kinds_of(quantity: Quantity) -> list[str]:
    """Which of the factors a quantity is: devices, time or both, a rate, a utilization; none for anything else."""
    if quantity.role == "utilization" or (quantity.number.percent and quantity.unit is None):
        return ["utilization"]
    if quantity.unit is None or not quantity.unit.known or quantity.role:
        return []
    if is_compute_rate(quantity):
        return ["rate"]
    unit = quantity.meaning(False)
    if not unit or any(t.exponent != 1 for t in unit):
        return []
    kinds = ["devices" if is_device(t.name) else "time" if t.name in TIMES else "" for t in unit]
    return kinds if all(kinds) else []
