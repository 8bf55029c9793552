"""The evaluations of a formula: its exact value, its dimension, and its value over floats or arrays."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from slipstick.formula import Algebra
from slipstick.reading.quantities import arithmetic
from slipstick.units import Dimension, Exponent, dimension, label, power


class UnitsError(ValueError):
    """Unlike things added, or a quantity of another dimension than the one expected; the message names both."""


VALUE = Algebra[Fraction](
    multiply=arithmetic.product_of_powers,
    add=lambda parts: arithmetic.total(value * sign for value, sign in parts),
    power=arithmetic.power,
)


def _multiplied(parts: Sequence[tuple[Any, Exponent]]) -> Any:
    """A divisor divides: times its reciprocal, a value over itself would not always be 1."""
    result: Any = 1
    for value, exponent in parts:
        size = exponent if exponent > 0 else -exponent
        power_of = value if size == 1 else value ** float(size)
        result = result * power_of if exponent > 0 else result / power_of
    return result


FLOATS = Algebra[Any](
    multiply=_multiplied,
    add=lambda parts: sum(v * sign for v, sign in parts),
    power=lambda base, exponent: base ** float(exponent),
)


def _added(parts: Sequence[tuple[Dimension, int]]) -> Dimension:
    first = parts[0][0]
    for other, _ in parts[1:]:
        if other != first:
            raise UnitsError(f"unlike things are added: {label(first)} and {label(other)}")
    return first


DIMENSION = Algebra[Dimension](
    multiply=lambda parts: dimension([pair for of, e in parts for pair in power(of, e)]),
    add=_added,
    power=power,
)
