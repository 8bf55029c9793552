"""Periods that a claim leaves unsaid ("8 h/day * 5 days/week = 40 hours" is of a week), and those of work."""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.reading.inference.factors import TIMES
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import Compound, UnitTerm, size


def unsaid_periods(reading: Interpretation) -> Iterator[UnitTerm]:
    """What the factors are per, where they tell how often one time comes in another: per week, for 5 days/week.

    Where no time multiplies, a rate of each day, week, month or year may be of one: "$30k/year × 5 people = $150k".
    None of it holds for operations.
    """
    if not any(t.exponent * f.exponent > 0 for f in reading.factors for t in f.unit if t.name in TIMES):
        if "FLOP" not in dict(reading.dimension):
            per = (t for f in reading.factors if f.exponent == 1 for t in f.unit if t.exponent == -1)
            yield from (t for t in per if t.name in _CALENDAR)
        return
    for factor in reading.factors:
        times = [t for t in factor.unit if t.name in TIMES]
        if factor.exponent == 1 and any(t.exponent > 0 for t in times):
            yield from (UnitTerm(t.name, "", -1) for t in times if t.exponent < 0)


def period_of(unit: Compound) -> str:
    """The period that a unit is per; "" where it is per second or no rate."""
    return next((t.name for t in unit if t.name in TIMES and t.name != "second" and t.exponent < 0), "")


def is_of_working_hours(claim: Quantity, reading: Interpretation) -> bool:
    """Whether a claimed time is one of days on which only so many hours are worked, so that no miss can be told.

    "24 hours = 3 workdays", "3 workdays = 24 hours", "10 * 5 hours: that is 10 days".
    """
    if _is_working_time(claim):
        return True
    if len(reading.factors) == 1:
        return _is_working_time(reading.factors[0].quantity)
    return any(_is_day_of_each(claim, factor, reading) for factor in reading.factors)


def _is_working_time(quantity: Quantity) -> bool:
    """Whether an amount is in working days, whose hours nobody told."""
    return quantity.unit is not None and not _WORKING.isdisjoint(quantity.unit.words)


def _is_day_of_each(claim: Quantity, many: ReadFactor, reading: Interpretation) -> bool:
    """Whether the claim has as many days, or weeks, as a bare factor says how often so many hours come."""
    if many.unit or many.role or many.exponent != 1 or many.value != claim.value or len(reading.factors) != 2:
        return False
    day = claim.meaning(False)
    each = next(factor for factor in reading.factors if factor is not many)
    in_hours = each.unit == _HOURS and each.exponent == 1
    return in_hours and len(day) == 1 and day[0].name in _LONGER and each.base_value < size(day)


_HOURS: Compound = (UnitTerm("hour"),)
_CALENDAR = frozenset(("day", "week", "month", "quarter", "year"))
_LONGER = frozenset(("day", "week", "month"))
_WORKING = frozenset("working business work office workday workdays weekday weekdays".split())
