"""Numbers of any type: as exact ones, to be compared, and as a sentence writes them."""

from __future__ import annotations

from fractions import Fraction
from numbers import Integral
from typing import Any

_DIGITS = (6, 9, 12, 17)


def exact_number(value: Any) -> Fraction | None:
    """A number of any type (int, float, Fraction, Decimal, numpy's) as an exact one; None for what is no finite one."""
    if isinstance(value, bool | str | bytes):
        return None
    try:
        return Fraction(int(value)) if isinstance(value, Integral) else Fraction(value)  # numpy's overflow
    except (ValueError, OverflowError):
        return None
    except TypeError:
        pass
    try:
        return Fraction(float(value))
    except (TypeError, ValueError, OverflowError):
        return None


def said(value: Any, digits: int = _DIGITS[0]) -> str:
    """A number with so many digits, as a sentence has it; what is no number as it prints itself."""
    number = exact_number(value)
    if number is None:
        return str(value)
    if number.denominator == 1 and abs(number) < 10**digits:
        return str(number.numerator)
    try:
        return f"{float(number):.{digits}g}"
    except OverflowError:
        return str(value)


def told_apart(one: Any, other: Any) -> tuple[str, str]:
    """Two numbers that differ, with as few digits as show it."""
    for digits in _DIGITS:
        pair = said(one, digits), said(other, digits)
        if pair[0] != pair[1]:
            return pair
    return repr(one), repr(other)
