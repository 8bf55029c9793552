"""The operators of estimates: + - * / with estimates, inputs, quantities and numbers, ** with rational powers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slipstick.estimates.estimate import Estimate


class Calculating:
    """What `combining` does, by operators."""

    def __add__(self, other: Any) -> Estimate:
        return _total(self, other, 1)

    def __radd__(self, other: Any) -> Estimate:
        return _total(other, self, 1)

    def __sub__(self, other: Any) -> Estimate:
        return _total(self, other, -1)

    def __rsub__(self, other: Any) -> Estimate:
        return _total(other, self, -1)

    def __mul__(self, other: Any) -> Estimate:
        return _product(self, other, 1)

    def __rmul__(self, other: Any) -> Estimate:
        return _product(other, self, 1)

    def __truediv__(self, other: Any) -> Estimate:
        return _product(self, other, -1)

    def __rtruediv__(self, other: Any) -> Estimate:
        return _product(other, self, -1)

    def __neg__(self) -> Estimate:
        return _product(-1, self, 1)

    def __pow__(self, exponent: Any) -> Estimate:
        from slipstick.estimates.combining import power

        return power(self, exponent)


def _total(first: Any, second: Any, sign: int) -> Estimate:
    from slipstick.estimates.combining import total  # it makes estimates itself

    return total(first, second, sign)


def _product(first: Any, second: Any, exponent: int) -> Estimate:
    from slipstick.estimates.combining import product

    return product(first, second, exponent)
