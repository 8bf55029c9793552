"""The points of a trend: what a table says of each system, and which of them the line is drawn through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import log2, sqrt
from statistics import NormalDist
from typing import NamedTuple

NINETY = NormalDist().inv_cdf(0.95)
"""How many standard deviations each end of a 90 % interval lies from its middle."""


class Estimated(NamedTuple):
    """A value with its interval; an end that has no bound, or is beyond what can be told, is None."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class TrendPoint:
    """One row of the table. `value`, `low` and `high` are in the trend's unit; `low` to `high` is a 90 % interval."""

    name: str
    date: date
    value: float
    low: float | None = None
    high: float | None = None
    accounting: str = ""
    """How the value was counted, where the table tells (whole run, gradient only)."""
    source: str = ""
    line: int | None = None
    """Where the row begins in a text table (from 1), its number in any other."""
    date_written: str = ""
    is_record: bool = False
    """Whether it exceeds all points before it that could have been chosen."""
    used: bool = True
    """Whether the line is drawn through it."""
    why_unused: str = ""
    distance: Estimated | None = None
    """Its value over that of the line at its date: above 1 lies above the line. With the errors of both."""
    is_within: bool | None = None
    """Whether a system on the trend could lie there: inside the interval of a single system."""

    @property
    def year(self) -> float:
        """The date as a decimal year."""
        return decimal_year(self.date)

    @property
    def doublings(self) -> float:
        """The logarithm of the value, to the base of 2."""
        return log2(self.value)

    @property
    def deviation(self) -> float:
        """The standard deviation, in doublings, that its interval says; 0 where it has none."""
        if self.low is None or self.high is None:
            return 0.0
        return (log2(self.high) - log2(self.low)) / (2 * NINETY)


class LeftOut(NamedTuple):
    """A row that is no point, with the reason."""

    line: int | None
    name: str
    reason: str


_DAYS = 365.2425  # of a mean year; a decimal year is days since the year 0 over it, so that equal times stay equal
_ORIGIN = date(2000, 1, 1).toordinal()
MONTHS = 12


def decimal_year(of: date) -> float:
    """A date as years, of equal length throughout: 2000.0 is 2000-01-01."""
    return 2000 + (of.toordinal() - _ORIGIN) / _DAYS


def date_of(year: float) -> date | None:
    """The day of a decimal year; None before the year 1 or after 9999."""
    try:
        return date.fromordinal(_ORIGIN + round((year - 2000) * _DAYS))
    except (ValueError, OverflowError):
        return None


def combined(one: float, other: float) -> float:
    """Half-widths of independent errors, together."""
    return sqrt(one * one + other * other)
