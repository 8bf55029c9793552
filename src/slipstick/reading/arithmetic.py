"""Exact arithmetic within bounds: rationals until they are shown, roots and fractional powers at 50 digits."""

from __future__ import annotations

from fractions import Fraction
from math import log10

LIMIT = 300
"""Results beyond 10^300 or below 10^-300 are out of range."""

_DIGITS = 50


class OutOfRange(ArithmeticError):
    """A result that is beyond the bounds, or that does not exist (a division by zero, a root of a negative)."""


def magnitude(value: Fraction) -> float:
    """The decimal logarithm of the absolute value, of numbers of any size; -inf for zero."""
    if not value:
        return float("-inf")
    top, bottom = abs(value.numerator), value.denominator
    return _log10(top) - _log10(bottom)


def _log10(number: int) -> float:
    excess = max(0, number.bit_length() - 1000)
    return log10(number >> excess) + excess * log10(2)


def bounded(value: Fraction) -> Fraction:
    """The value itself. Raises OutOfRange where it is beyond 1e300 or, not being zero, below 1e-300."""
    if value and abs(magnitude(value)) > LIMIT:
        raise OutOfRange("the result is beyond 1e300 or below 1e-300")
    return value


def divide(a: Fraction, b: Fraction) -> Fraction:
    """a / b. Raises OutOfRange for a division by zero."""
    if not b:
        raise OutOfRange("a division by zero")
    return bounded(a / b)


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """base ** exponent: exact for whole exponents, at 50 digits otherwise.

    Raises OutOfRange where the result is beyond the bounds, or not a real number.
    """
    if not base:
        if exponent <= 0:
            raise OutOfRange("zero to a power that is not positive")
        return Fraction(0)
    if abs(magnitude(base) * float(exponent)) > LIMIT or abs(exponent) > 10**6:
        raise OutOfRange("the result is beyond 1e300 or below 1e-300")
    if exponent.denominator == 1:
        return base ** int(exponent)
    if base < 0:
        raise OutOfRange("a root of a negative number")
    from decimal import Decimal, localcontext

    with localcontext() as context:
        context.prec = _DIGITS
        decimal = Decimal(base.numerator) / Decimal(base.denominator)
        raised = decimal ** (Decimal(exponent.numerator) / Decimal(exponent.denominator))
    return Fraction(raised)


def geometric_mean(values: list[Fraction]) -> Fraction:
    """The n-th root of the product, at 50 digits. Raises OutOfRange as `power` does."""
    product = Fraction(1)
    for value in values:
        product = bounded(product * value)
    return power(product, Fraction(1, len(values)))
