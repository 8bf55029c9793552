"""Exact arithmetic within bounds: rationals until they are shown, roots and fractional powers at 50 digits.

A rational is kept exact while its numerator and denominator are short. A hostile text can make them grow without end
(1.0000001 * 1.0000001 * ...), and each step would take longer than the last: beyond 20,000 bits 50 digits are kept.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from math import log10

LIMIT = 300
"""Results beyond 10^300 or below 10^-300 are out of range."""

_SAFE_BITS = 990
"""A numerator and a denominator of fewer bits than this make no value beyond the bounds (2^990 is 1e298)."""
_SAFE = 1 << _SAFE_BITS - 1

EXACT_BITS = 20_000
"""Numerators and denominators are exact up to this length."""

_DIGITS = 50
_GUARD = 10
"""Digits more, beside those that raising to a large power takes, so that 50 are right."""

_LARGEST_EXPONENT = 10**15
"""Of what is as near to one as "(1 - 1e-14)^(6e12 * 8)", the chance that no bit is lost."""


class OutOfRange(ArithmeticError):
    """A result that is beyond the bounds, or that does not exist (a division by zero, a root of a negative)."""


def magnitude(value: Fraction) -> float:
    """The decimal logarithm of the absolute value, of numbers of any size; -inf for zero."""
    if not value:
        return float("-inf")
    top, bottom = value.as_integer_ratio()
    return log10(abs(top)) - log10(bottom)


def is_out_of_bounds(value: Fraction) -> bool:
    """Whether a value is beyond 1e300 or, not being zero, below 1e-300."""
    return may_be_out_of_bounds(*value.as_integer_ratio()) and bool(value) and abs(magnitude(value)) > LIMIT


def may_be_out_of_bounds(top: int, bottom: int) -> bool:
    """Whether a quotient is of such long numbers that its size has to be looked at."""
    return top.bit_length() >= _SAFE_BITS or bottom.bit_length() >= _SAFE_BITS


def as_float(value: Fraction) -> float | None:
    """The nearest float, or None where the value is beyond the floats (too large, or too close to zero)."""
    return nearest_quotient(*value.as_integer_ratio())


def nearest_quotient(top: int, bottom: int) -> float | None:
    """As `as_float` of their quotient, which need not be in lowest terms."""
    try:
        near = top / bottom
    except OverflowError:
        return None
    return near if near or not top else None


def nearest_float(value: Fraction) -> float:
    """The nearest finite float: the largest there is, or zero, for what is beyond the floats."""
    return nearest_finite(*value.as_integer_ratio())


def nearest_finite(top: int, bottom: int) -> float:
    """As `nearest_float` of their quotient, which need not be in lowest terms."""
    try:
        return top / bottom
    except OverflowError:
        return sys.float_info.max if top > 0 else -sys.float_info.max


def plain_number(value: Fraction, digits: int = 6) -> str:
    """A number as it is shown to people: 44, 0.125, 4.2e14; at most `digits` significant digits."""
    near = nearest_quotient(*value.as_integer_ratio())
    if near is not None:
        return plain_float(near, digits)
    mantissa, _, exponent = f"{_decimal(value):.{digits}g}".partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def plain_float(value: float, digits: int = 6) -> str:
    """A finite float, shown as `plain_number` does."""
    text = f"{value:.{digits}g}"
    if "e" not in text:
        return text
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}"


def _decimal(value: Fraction, digits: int = _DIGITS) -> Decimal:
    with localcontext() as context:
        context.prec = digits
        return Decimal(value.numerator) / Decimal(value.denominator)


def _shortened(value: Fraction) -> Fraction:
    """The value itself, or its first 50 digits where it is too long to be kept exact."""
    return value if _bits(value) <= EXACT_BITS else Fraction(_decimal(value))


def bounded(value: Fraction) -> Fraction:
    """The value itself, at 50 digits where it takes more than `EXACT_BITS`.

    Raises OutOfRange where it is beyond 1e300 or, not being zero, below 1e-300.
    """
    if _bits(value) < _SAFE_BITS:
        return value
    if is_out_of_bounds(value):
        raise OutOfRange("the result is beyond 1e300 or below 1e-300")
    return _shortened(value)


def product(values: Iterable[Fraction]) -> Fraction:
    """The product, bounded at each step. Raises OutOfRange as `bounded` does."""
    return product_of_powers((value, 1) for value in values)


def product_of_powers(parts: Iterable[tuple[Fraction, int | Fraction]]) -> Fraction:
    """The product of values to powers, bounded at each step. Raises OutOfRange as `power` does.

    Kept as two integers, because each product of two rationals would be reduced to lowest terms.
    """
    top = bottom = 1
    for value, exponent in parts:
        if exponent == 1:
            above, below = value.as_integer_ratio()
        elif exponent < 0 and not value:
            raise OutOfRange("a division by zero")
        elif exponent == -1:
            below, above = value.as_integer_ratio()
        else:
            above, below = power(value, exponent).as_integer_ratio()
        top, bottom = top * above, bottom * below
        if not (-_SAFE < top < _SAFE and -_SAFE < bottom < _SAFE):
            top, bottom = bounded(Fraction(top, bottom)).as_integer_ratio()
    return quotient(top, bottom)


def quotient(top: int, bottom: int) -> Fraction:
    """top / bottom: most numbers that people write are whole, and need not be reduced to lowest terms."""
    return Fraction(top) if bottom == 1 else Fraction(top, bottom)


def times(a: Fraction, b: Fraction) -> Fraction:
    """a * b. Raises OutOfRange as `bounded` does."""
    (above, below), (top, bottom) = a.as_integer_ratio(), b.as_integer_ratio()
    return bounded(quotient(above * top, below * bottom))


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum, at 50 digits where it is too long to be kept exact. Raises OutOfRange as `bounded` does."""
    result = Fraction(0)
    for value in values:
        result = _shortened(result + value)
    return bounded(result)


def power(base: Fraction, exponent: int | Fraction) -> Fraction:
    """base ** exponent: exact for whole exponents while the result is short, at 50 digits otherwise.

    Raises OutOfRange where the result is beyond the bounds, or not a real number.
    """
    if exponent == 1:
        return base
    if exponent == -1 and base:
        return bounded(Fraction(base.denominator, base.numerator))
    if not base:
        if exponent <= 0:
            raise OutOfRange("zero to a power that is not positive")
        return Fraction(0)
    exponent = Fraction(exponent)
    if abs(exponent) > _LARGEST_EXPONENT or abs(magnitude(base) * float(exponent)) > LIMIT:
        raise OutOfRange("the result is beyond 1e300 or below 1e-300")
    if exponent.denominator == 1 and abs(exponent) * _bits(base) < EXACT_BITS:
        return base ** int(exponent)
    if base < 0 and exponent.denominator != 1:
        raise OutOfRange("a root of a negative number")
    return _rounded_power(base, exponent)


@lru_cache(maxsize=100)
def _rounded_power(base: Fraction, exponent: Fraction) -> Fraction:
    """base ** exponent at 50 digits; kept, because the stages of an audit raise the same number again."""
    with localcontext() as context:
        context.prec = _DIGITS + _GUARD + max(round(magnitude(exponent)), 0)
        raised = _decimal(base, context.prec) ** _decimal(exponent, context.prec)
        context.prec = _DIGITS
        return Fraction(+raised)


def _bits(value: Fraction) -> int:
    top, bottom = value.as_integer_ratio()
    return max(top.bit_length(), bottom.bit_length())


def geometric_mean(values: list[Fraction]) -> Fraction:
    """The n-th root of the product, at 50 digits. Raises OutOfRange as `power` does."""
    return power(product(values), Fraction(1, len(values)))
