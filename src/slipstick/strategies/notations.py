"""The ways in which people write one number: plain, with commas, with an exponent, with a word or letter of scale."""

from __future__ import annotations

from fractions import Fraction

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SCALES = {1: (3, "k", "thousand"), 2: (6, "M", "million"), 3: (9, "B", "billion"), 4: (12, "T", "trillion")}
_LONGEST_PLAIN = 8


def scientific(value: Fraction, digits: int = 3) -> tuple[str, int]:
    """Mantissa and exponent of a positive number, rounded to so many digits."""
    mantissa, _, exponent = f"{float(value):.{digits - 1}e}".partition("e")
    return mantissa, int(exponent)


def rounded(value: Fraction, digits: int = 3) -> Fraction:
    """A positive number rounded to so many digits, exact."""
    mantissa, exponent = scientific(value, digits)
    return Fraction(mantissa) * Fraction(10) ** exponent


def notations(value: Fraction, digits: int = 3) -> list[str]:
    """A positive number of so many digits in every notation for its size, the plainest first ("2" for 2 itself)."""
    mantissa, exponent = scientific(value, digits)
    size = rounded(value, digits)
    found = []
    if 0 <= exponent <= _LONGEST_PLAIN:
        decimals_kept = 0 if size == value and size.denominator == 1 else max(0, digits - 1 - exponent)
        plain = f"{float(size):.{decimals_kept}f}"
        whole, _, decimals = plain.partition(".")
        grouped = f"{int(whole):,}" + (f".{decimals}" if decimals else "")
        found += [plain, grouped] if grouped != plain else [plain]
    found.append(f"{mantissa}e{exponent}")
    if exponent < -1:
        found += [f"{mantissa}×10^{exponent}", f"{mantissa} × 10{str(exponent).translate(SUPERSCRIPTS)}"]
    if exponent > 2:
        raised = str(exponent).translate(SUPERSCRIPTS)
        found += [f"{mantissa}E+{exponent}", f"{mantissa}×10^{exponent}", f"{mantissa} * 10^{exponent}"]
        found += [f"{mantissa}·10{raised}", f"{mantissa}*10**{exponent}"]
    if exponent // 3 in _SCALES:
        power, letter, word = _SCALES[exponent // 3]
        scaled = f"{float(size / 10**power):g}"
        found += [f"{scaled}{letter}", f"{scaled} {word}"]
    return found
