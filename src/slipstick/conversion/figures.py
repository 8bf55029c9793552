"""Exact numbers as a reader takes them."""

from __future__ import annotations

from fractions import Fraction

_DIGITS = 12


def number(value: Fraction) -> str:
    """A rational as a reader takes it: 86,400, 0.0254, 10^15, 5/9; 15 digits and "..." where it is longer."""
    if not ends(value) and abs(value.numerator) < 10**6 and value.denominator < 10**6:
        return f"{value.numerator:,}/{value.denominator:,}"
    if value.denominator == 1 and abs(value) < 10**15:
        return f"{value.numerator:,}"
    text = f"{float(value):.15g}"
    mantissa, _, exponent = text.partition("e")
    shown = power_of_ten(mantissa, int(exponent)) if exponent else text
    return shown if Fraction(text) == value else f"{shown}..."


def rounded(value: Fraction) -> str:
    """A number at 12 significant digits: 96,426, 16.6666666667, 3.53808e23."""
    text = f"{float(value):.{_DIGITS}g}"
    mantissa, _, exponent = text.partition("e")
    if exponent:
        return power_of_ten(mantissa, int(exponent))
    whole, dot, rest = mantissa.partition(".")
    return f"{int(whole):,}{dot}{rest}" if abs(int(whole)) >= 1000 else mantissa


def power_of_ten(mantissa: str, exponent: int) -> str:
    """Scientific notation: 3.53808e23, and 10^15 where the mantissa is 1."""
    return f"10^{exponent}" if mantissa == "1" else f"{mantissa}e{exponent}"


def ends(value: Fraction) -> bool:
    """Whether the decimals of a rational come to an end."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1
