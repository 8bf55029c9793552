"""The slope of a formula in each of its inputs, all in one pass back through it (reverse accumulation).

Griewank and Walther, Evaluating Derivatives (2008), chapter 3: the cost of all slopes is a few times that of the value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TypeVar

from slipstick.formula import Formula, Leaf, Power, Product, in_order
from slipstick.units import Exponent

L = TypeVar("L")


def slopes(formula: Formula[L], value_of: Callable[[L], float]) -> tuple[float, dict[int, float]]:
    """The value of a formula, and its derivative by each input, by the id of its item.

    Raises ArithmeticError where a value or slope does not exist.
    """
    order, _ = in_order(formula)
    values: dict[int, float] = {}
    for node in order:
        values[id(node)] = value_of(node.item) if isinstance(node, Leaf) else _value(node, values)
    behind = {id(formula): 1.0}
    found: dict[int, float] = {}
    for node in reversed(order):
        slope = behind.pop(id(node))
        if isinstance(node, Leaf):
            found[id(node.item)] = found.get(id(node.item), 0.0) + slope
            continue
        for part, own in _partials(node, values):
            behind[id(part)] = behind.get(id(part), 0.0) + slope * own
    return values[id(formula)], found


def _value(node: Formula[L], values: dict[int, float]) -> float:
    if isinstance(node, Power):
        return _power(values[id(node.base)], node.exponent)
    if isinstance(node, Product):
        return math.prod(_power(values[id(part)], exponent) for part, exponent in node.parts)
    return math.fsum(values[id(part)] * sign for part, sign in node.parts)  # type: ignore[union-attr]


def _power(base: float, exponent: Exponent) -> float:
    """Raises ArithmeticError for a root of a negative number, a negative power of 0, what is beyond floats."""
    if exponent == 1:
        return base
    try:
        return math.pow(base, float(exponent))
    except ValueError:
        raise ArithmeticError(f"{base:g} has no power {float(exponent):g}") from None


def _partials(node: Formula[L], values: dict[int, float]) -> Iterator[tuple[Formula[L], float]]:
    """The parts of a node with its derivative by each."""
    if isinstance(node, Power):
        yield node.base, _slope(values[id(node.base)], node.exponent)
    elif isinstance(node, Product):
        whole = values[id(node)]
        for n, (part, exponent) in enumerate(node.parts):
            if value := values[id(part)]:
                yield part, float(exponent) * whole / value
                continue
            others = (_power(values[id(p)], e) for m, (p, e) in enumerate(node.parts) if m != n)
            yield part, _slope(0.0, exponent) * math.prod(others)
    else:
        for part, sign in node.parts:  # type: ignore[union-attr]
            yield part, float(sign)


def _slope(base: float, exponent: Exponent) -> float:
    return float(exponent) * _power(base, exponent - 1) if exponent else 0.0
