"""What one of a claim without a unit may be worth: base unit, written unit, or the one that conversions lead to."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import inf

from slipstick.reading.inference.factors import TIME_NAMES, chosen
from slipstick.reading.inference.half_written_conversions import is_half_converted
from slipstick.reading.inference.interpretation import Interpretation
from slipstick.reading.quantities.arithmetic import magnitude
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import size

_NEARLY = 1e-3
_ONE = Fraction(1)


def bare_scales(reading: Interpretation) -> Iterator[Fraction]:
    """What one may be worth in base units where a claim states no unit: the base unit, the unit that is written, or
    the unit that conversions by hand lead to ("5 days * 24 = 120": hours).
    """
    yield _ONE
    of_time = reading.dimension or any(t.name in TIME_NAMES for t in reading.unit)
    if not of_time or is_half_converted(reading.unit):  # a number of GFLOP for each TFLOP is no share
        return
    days, many = chosen(reading.unit, reading.choices)
    yield size(days) * many
    literal = reading.literal
    if reading.value and literal:
        yield reading.value / literal


def is_in_powers_of_1024(quantity: Quantity, number: Fraction, reading: Interpretation) -> bool:
    """Whether a scale letter counts by 1024, exactly: "8192 * 2 * 4096 * 40 = 2560M"."""
    value, per_thousand = reading.value, Fraction(1024, 1000)
    if not quantity.number.scaled or not value or reading.dimension or quantity.unit is not None:
        return False
    return any(value == number * per_thousand**n and number >= 1000**n for n in (1, 2, 3, 4))


def distance(ratio: Fraction | None) -> tuple[bool, float]:
    """How far a claim without a unit is off: least where only the power of ten differs, then by powers of ten.

    It is most likely in the unit in which it is least far off.
    """
    if ratio is None or ratio <= 0:
        return True, inf
    powers = magnitude(ratio)
    return abs(powers - round(powers)) > _NEARLY, abs(powers)
