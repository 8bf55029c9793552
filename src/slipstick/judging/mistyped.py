"""What becomes of a number when it is mistyped: its digits in another order, or another power of ten."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import permutations

from slipstick.reading.quantities.arithmetic import plain_number

_SHOWN = 12
_LEAST, _MOST = Fraction(1, 10**300), Fraction(10**300)


def _parts(value: Fraction) -> tuple[str, int]:
    """The digits of a positive number without the zeros at its ends, and the power of ten of the first."""
    if not _LEAST < value < _MOST:
        return "", 0
    mantissa, _, exponent = f"{float(value):.{_SHOWN}e}".partition("e")
    return mantissa.replace(".", "").rstrip("0"), int(exponent)


def is_permuted(value: Fraction, right: Fraction) -> bool:
    """Whether a number has the digits of another in another order (365 as 356, 86400 as 84600, 8.64e19 as 8.46e19).

    Both need three digits; zeros at the end count for whole numbers below a million (3600 as 3060).
    """
    if value <= 0 or value == right:
        return False
    if value.denominator == right.denominator == 1 and max(value, right) < 10**6:
        return len(str(right)) > 2 and sorted(str(value)) == sorted(str(right))
    (digits, power), (others, other_power) = _parts(value), _parts(right)
    return power == other_power and digits != others and len(others) > 2 and sorted(digits) == sorted(others)


def is_shifted(value: Fraction, right: Fraction) -> bool:
    """Whether two numbers differ by a power of ten alone (3600 as 360), and have more than one digit."""
    if value <= 0 or value == right:
        return False
    digits, others = _parts(value)[0], _parts(right)[0]
    return digits == others and len(digits) > 1


def shown(value: Fraction) -> str:
    """A constant as a message shows it: a whole one to six digits (86400, 8.64e19), any other to four (1.609)."""
    return plain_number(value, 6 if value.denominator == 1 else 4)


@cache
def mistyped_constants() -> frozenset[int]:
    """The whole numbers from 100 on that are 365, 3600, 86400 or the operations of a PF-day mistyped."""
    return frozenset(value for value in _mistyped() if value >= _LEAST_TOLD) - {3600, 86400}


_LEAST_TOLD = 100
"""Smaller ones cannot be told from counts."""


def _mistyped() -> Iterator[int]:
    yield 356
    for constant in (3600, 86400):
        yield from {int("".join(digits)) for digits in permutations(str(constant))}
        yield from (constant // 10**power for power in range(1, 3))
        yield from (constant * 10**power for power in range(1, 3))
    for digits in permutations("864"):
        yield from (int("".join(digits)) * 10**power for power in range(11, 21))
