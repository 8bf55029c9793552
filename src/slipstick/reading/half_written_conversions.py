"""Conversions written without what they are per: `5 miles * 1.61 km = 8.05 km`, `10 GB * 1024 MB = 10,240 MB`."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from slipstick.reading.factors import TIME_NAMES, Factor, Row
from slipstick.units import Compound, Dimension, UnitTerm, dimension_of, size, written

_CLOSE = Fraction(3, 100)
"""A rounded constant lies as near as this to the ratio that it stands for; 1024 to 1000."""


def convert_to_other(row: Row, wanted: Dimension | None) -> None:
    """Read a number of the smaller unit as what one of the larger has of it, where the claim is of one such unit."""
    if not wanted or len(row) < 2 or row.dimension == wanted:
        return
    alike = [f for f in row if f.exponent == 1 and not f.role and dimension_of(f.unit) == wanted]
    for owner, constant in permutations(alike, 2) if len(alike) == 2 else ():
        if _is_ratio(constant, owner.unit):
            constant.notes.append(f"read as {written(constant.unit)} per {written(owner.unit)}")
            constant.unit = (*constant.unit, *(UnitTerm(t.name, t.prefix, -t.exponent) for t in owner.unit))
            constant.cost += 1
            return


def _is_ratio(constant: Factor, large: Compound) -> bool:
    ratio = size(large) / size(constant.unit)
    return ratio != 1 and abs(constant.value / ratio - 1) < _CLOSE


def is_half_converted(unit: Compound) -> bool:
    """Whether single operations a second are multiplied by days or hours: that is no unit in which anybody counts."""
    terms = {t.name: t for t in unit}
    if "FLOP" not in terms or terms["FLOP"].prefix or "second" not in terms or terms["second"].exponent != -1:
        return False
    return any(t.name in TIME_NAMES and t.exponent == 1 and t.name != "second" for t in unit)
