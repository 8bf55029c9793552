"""Two quantities of one kind in two units: a result told once more, or a conversion that contradicts it."""

from __future__ import annotations

from fractions import Fraction

from slipstick.reading.expressions.tree import Node, Product, quantities
from slipstick.reading.quantities.noun_meanings import TIMES
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import Compound, Dimension, dimension_of, in_base_units, size, table

_WEEK = (Fraction(40, 168), Fraction(5, 7))
_YEAR = (*_WEEK, Fraction(1720, 8766), Fraction(215, 365))
_DAY = (Fraction(8, 24), Fraction(10, 24))
_WORKED = {"day": _DAY, "week": _WEEK, "month": _YEAR, "quarter": _YEAR, "year": _YEAR}
"""What of the hours of a time, or of its days, is worked, in the longer ones without holidays: "40 hours (1 week)" and
"1720 hours (1 year)" are no slips.
"""
_LEAST_OF_ONE = Fraction(1, 5)
_NEAR_WORK = Fraction(3, 20)
_POWERS = tuple(Fraction(1024, 1000) ** n for n in (-4, -3, -2, -1, 1, 2, 3, 4))
_NEAR_POWER = Fraction(1, 200)
_CONTRADICTS = Fraction(3, 2)
"""From this factor on a conversion is none that was rounded, or made with another month or prefix."""


def is_in_another_unit(claim: Quantity, again: Quantity) -> bool:
    """Whether both are amounts of one kind in two units.

    Hours and the working days that they are made of are not, nor are a GB and the 1024 MB that some count in it.
    """
    first, second = claim.meaning(True), again.meaning(True)
    if first == second or dimension_of(first) != dimension_of(second) or not again.value or again.number.is_range:
        return False
    many = abs(claim.value * size(first) / (again.value * size(second)))
    if any(t.name in ("byte", "bit") for t in second):
        return not any(abs(many * power - 1) < _NEAR_POWER for power in _POWERS)
    if any(t.name not in TIMES and t.name != "person" for t in (*first, *second)):
        return True
    if again.number.value == 1 and _LEAST_OF_ONE <= many < 1:
        return False  # "12 hours (1 day)": it took all of that day
    worked = [part for term in second for part in _WORKED.get(term.name, ())]
    return all(abs(many / part - 1) > _NEAR_WORK for part in worked)


def may_be_no_conversion(claim: Node, again: Node) -> bool:
    """Whether two results are of one kind in two units, and the second need not be the first converted."""
    if not isinstance(claim, Quantity) or not isinstance(again, Quantity) or not claim.value:
        return False
    first, second = claim.meaning(True), again.meaning(True)
    alike = first != second and bool(first) and dimension_of(first) == dimension_of(second)
    return alike and not is_in_another_unit(claim, again)


def contradicts(front: Quantity, result: Quantity) -> bool:
    """Whether a quantity and what it is converted to are two: "2.1 PF-days = 2.1 * 1e15 * 3600 = 7.56e18 FLOP"."""
    if any(q.unit is None or not q.unit.known or q.role or not q.value for q in (front, result)):
        return False
    if not is_in_another_unit(result, front) or result.number.is_range:
        return False
    many = abs(front.value * size(front.meaning(True)) / (result.value * size(result.meaning(True))))
    return not 1 / _CONTRADICTS < many < _CONTRADICTS


def tells_again(quantity: Quantity, again: Quantity) -> bool:
    """Whether both may be one amount: times, rates, or numbers of things that are made of one another.

    "16 nodes (128 GPUs)", "2 days (48 h)", "3 epochs (1.2M steps)"; but no device with its memory.
    """
    units = quantity.unit, again.unit
    if any(unit is None or not unit.known for unit in units) or quantity.role == "utilization" or again.number.percent:
        return False
    first, second = quantity.meaning(True), again.meaning(True)
    said = bool(second) and (bool(first) or quantity.role == "repetitions")
    if not said or _measured(first) != _measured(second):
        return False
    if dimension_of(first) != dimension_of(second) or not again.value:
        return True
    ratio = in_base_units(quantity.value, first) / in_base_units(again.value, second)
    rounded = max(_ROUNDED, again.number.last_digit / abs(again.value) / 2)
    return any(abs(ratio / times - 1) <= rounded for times in _WORKING)


_ROUNDED = Fraction(1, 20)
_WORKING = (1, 3, Fraction(7, 5), Fraction(21, 5))
"""Times in one unit are equal, or working time: days of eight hours, weeks of five days, and of forty hours."""


def _measured(unit: Compound) -> Dimension:
    """The dimension without the things counted."""
    return tuple(pair for pair in dimension_of(unit) if not table().is_counted(pair[0]))


def is_of_last_factor(expression: Node, claim: Node) -> bool:
    """Whether a number in a bracket says the last factor of a product once more: "11 days on 8 cores (= 4 chips)".

    In another unit it does so where it comes to that factor, "8 GPUs × 100 h (≈ 4 days)"; in the same it may be the
    result, where nothing else of the product has a unit.
    """
    if not isinstance(expression, Product) or not isinstance(claim, Quantity):
        return False
    last = expression.parts[-1][1]
    if not isinstance(last, Quantity) or not tells_again(last, claim):
        return False
    unit, again = last.meaning(True), claim.meaning(True)
    if unit and unit != again and dimension_of(unit) == dimension_of(again):
        return True
    others = [q.meaning(True) for _, part in expression.parts[:-1] for q in quantities(part)]
    return any(unit and _measured(unit) for unit in others)
