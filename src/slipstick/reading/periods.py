"""Periods that a claim leaves unsaid ("8 h/day * 5 days/week = 40 hours" is of a week), and those of work."""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.reading.factors import TIMES
from slipstick.reading.interpretation import Interpretation
from slipstick.reading.quantities import Quantity
from slipstick.units import Compound, UnitTerm


def unsaid_periods(reading: Interpretation) -> Iterator[UnitTerm]:
    """What the factors are per, where they tell how often one time comes in another: per week, for 5 days/week."""
    for factor in reading.factors:
        times = [t for t in factor.unit if t.name in TIMES]
        if factor.exponent == 1 and any(t.exponent > 0 for t in times):
            yield from (UnitTerm(t.name, "", -1) for t in times if t.exponent < 0)


def period_of(unit: Compound) -> str:
    """The period that a unit is per; "" where it is per second or no rate."""
    return next((t.name for t in unit if t.name in TIMES and t.name != "second" and t.exponent < 0), "")


def is_working_time(quantity: Quantity) -> bool:
    """Whether an amount is in working days, whose hours nobody told."""
    return quantity.unit is not None and not _WORKING.isdisjoint(quantity.unit.words)


_WORKING = frozenset("working business work office".split())
