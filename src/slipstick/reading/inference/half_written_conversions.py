"""Conversions written by halves: `5 miles * 1.61 km = 8.05 km`, `10 GB * 1024 MB = 10,240 MB`; in one term of two."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

from slipstick import formula
from slipstick.formula import Formula
from slipstick.reading.inference.doubts import Doubt
from slipstick.reading.inference.factors import TIME_NAMES, Factor, Row
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


def half_converted(terms: Sequence[Formula[Factor]]) -> Doubt | None:
    """Doubt where constants lead on from a time in one term of a sum, and a bare number is left beside one in another.

    "3 * 24 * 31 days + 2 * 5 * 31 days": whether the 5 are hours of each day is not said.
    """
    rows = [formula.leaves(term) for term in terms]
    converts = [any(f.role == "conversion" and not f.unit for f in row) for row in rows]
    if all(converts) or not any(converts):
        return None
    timed = [[f for f in row if any(t.name in TIME_NAMES for t in f.unit)] for row in rows]
    others = [row for row, by_hand in zip(rows, converts, strict=True) if not by_hand]
    if not all(timed) or not all(any(f.bare and not f.unit and not f.role for f in row) for row in others):
        return None
    return Doubt("in one term of the sum a number leads on from the time, in another none does", any_gap=True)
