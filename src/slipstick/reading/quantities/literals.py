"""Numbers in digits, exact: what a literal says, with one unit of its last printed digit."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from slipstick.patterns import pattern

MAX_DIGITS = 400
MAX_EXPONENT = 320
_DECIMAL_COMMA = pattern(r"^(\d+),(\d+(?=[eE])|(?<=^0,)\d+)")
_SEPARATORS = str.maketrans("", "", ",_'’\u00a0\u2009\u202f")


class Literal(NamedTuple):
    """A literal's value, one unit of its last printed digit, the power of ten that is written out in it, its kind."""

    value: Fraction
    last_digit: Fraction
    exponent: Fraction
    is_power_of_ten: bool
    """1e15, 10e11: the mantissa has no digits of its own."""


@lru_cache(maxsize=10_000)
def literal_of(text: str) -> Literal | None:
    """What a literal says, or None where it is beyond the bounds. Of halves, quarters etc. half of one is a digit."""
    if text.startswith("0,") and "." in text:
        return None  # two numbers of a list: "[0,1.0]"
    above, sign, below = text.partition("/")
    if sign:
        return Literal(
            Fraction(int(above), int(below)), Fraction(1, 2 * int(below)), Fraction(1), is_power_of_ten=False
        )
    if "," in text:
        text = _DECIMAL_COMMA.sub(r"\1.\2", text)
    text = text.translate(_SEPARATORS).replace("−", "-")
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > MAX_DIGITS or len(exponent) > 5 or abs(int(exponent or 0)) > MAX_EXPONENT:
        return None
    scale = power_of_ten(int(exponent or 0))
    whole, _, decimals = mantissa.partition(".")
    digits = (whole + decimals).lstrip("0")
    unprinted = 0 if decimals else len(digits) - len(digits.rstrip("0"))
    last = power_of_ten(unprinted - len(decimals)) * scale
    is_power = bool(exponent) and mantissa in ("1", "10")
    return Literal(int(digits or 0) * power_of_ten(-len(decimals)) * scale, last, scale, is_power)


@lru_cache(maxsize=2_000)
def power_of_ten(exponent: int) -> Fraction:
    """10^exponent."""
    return Fraction(10) ** exponent
