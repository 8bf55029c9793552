"""The significant digits of a number, and whether those of two numbers are the same ones, shifted or swapped."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

_MOST = 15
_TOO_LONG = 10**400  # a power that is worked out once, not for every number
_CHOSEN = (2, 3, 5)


def significant_digits(value: Fraction) -> str:
    """The decimal digits of a positive number without the zeros around them: "157" for 1.57e11 and for 0.0157.

    Empty where there are none, or more than 15.
    """
    return _digits(*value.as_integer_ratio())


@lru_cache(maxsize=1000)
def _digits(top: int, bottom: int) -> str:
    for prime, other in ((2, 5), (5, 2)) if bottom != 1 else ():
        while bottom % prime == 0:
            bottom, top = bottom // prime, top * other
    if bottom != 1 or top <= 0 or top >= _TOO_LONG:
        return ""
    digits = str(top).strip("0")
    return digits if len(digits) <= _MOST else ""


def power_of_ten_between(value: Fraction, other: Fraction) -> int | None:
    """The k for which `value` is `other` times 10^k; None where there is none up to 30."""
    ratio = value / other
    for way, many in ((1, ratio), (-1, 1 / ratio)):
        text = str(many.numerator) if many.denominator == 1 and many < 10**31 else ""
        if text and text.rstrip("0") == "1":
            return way * (len(text) - 1)
    return None


@lru_cache(maxsize=1000)
def swaps(digits: str) -> tuple[str, ...]:
    """The digits with each two unlike neighbours swapped in turn, without zeros around them: 5704 gives "574"."""
    return tuple(
        [
            (digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]).strip("0")
            for n in range(len(digits) - 1)
            if digits[n] != digits[n + 1]
        ]
    )


def are_chosen(digits: str) -> bool:
    """Whether the digits have no prime factor beyond 5, as numbers do that people choose: 1024, 125, 768, 3600.

    Two of those agree by chance far more often than two results do.
    """
    number = int(digits or "0")
    for prime in _CHOSEN:
        while number and number % prime == 0:
            number //= prime
    return number <= 1
