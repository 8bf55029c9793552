"""A line on the logarithmic scale, straight or with one bend, and what it says of dates and values.

It holds the least-squares fit for every date at which it may bend (one fit, if it is straight): a profile. Whatever is
asked of it, an interval collects what any of these fits says within its error, as far as the fit is not worse than the
best by more than what is allowed for that question. Where there is one fit, that is the usual interval of a regression.

    misfit(bend, value) = misfit(bend) + (value - fitted(bend))^2 / variance(bend) <= misfit(best) + allowance
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, isfinite, sqrt
from operator import mul
from typing import NamedTuple

from slipstick.trends.points import MONTHS, Estimated, TrendPoint, combined, date_of, decimal_year

_FIRST_YEAR, _LAST_YEAR = 1.0, 9999.0
ROUNDING = 1e-9
"""Doublings (or doublings a year) that mean nothing: rounding leaves about 1e-13 of them, and dates are whole days."""

_DAY = 1 / 365.2425
_MOST = 1023.0  # doublings that a float can hold


class Fit(NamedTuple):
    """The fit for one bend: coefficients of (1, x, max(0, x - bend)), x in years from the line's origin; their
    covariance where every point has the variance it was given; the weighted sum of squares that is left.
    """

    bend: float | None
    coefficients: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    misfit: float


class Allowances(NamedTuple):
    """How much worse than the best a fit may be, in the weighted sum of squares, to be inside the interval of what is
    asked: of the date of the bend, of the pace before and after it, and of the line at times from its origin.
    """

    bend: float
    slopes: tuple[float, float]
    heights: tuple[tuple[float, float], ...]
    """Times in ascending order, each with its allowance; it changes evenly between them, and not beyond."""

    @classmethod
    def all_alike(cls, allowance: float) -> Allowances:
        """The same for every question, as of a straight line."""
        return cls(allowance, (allowance, allowance), ((0.0, allowance),))

    def height(self, x: float) -> float:
        """That of the line at a time."""
        later = bisect(self.heights, (x, inf))
        if later in (0, len(self.heights)):
            return self.heights[min(later, len(self.heights) - 1)][1]
        (start, one), (end, other) = self.heights[later - 1 : later + 1]
        return one + (other - one) * (x - start) / (end - start)


class Projection(NamedTuple):
    """What a line says of a date. `line` holds the interval of the line itself; `system` that of one more system, which
    lies about the line as the others do. None where it is beyond 1e300.
    """

    date: date
    line: Estimated | None
    system: Estimated | None


class Reached(NamedTuple):
    """When a line reaches a value: by the line itself, and by one more system. A date is None where it is never
    reached, or not between the years 1 and 9999.
    """

    value: float
    when: date | None
    line: tuple[date | None, date | None]
    system: tuple[date | None, date | None]


@dataclass(frozen=True)
class Segment:
    """A straight part: between which dates, through how many points, and how fast."""

    start: date
    end: date
    points: int
    slope: Estimated
    """Doublings a year."""

    @property
    def is_growing(self) -> bool:
        """Whether it doubles rather than halves."""
        return self.slope.value > 0

    @property
    def doubling_months(self) -> Estimated:
        """Months to double (to halve, where it is not growing). `high` is None where no change is not ruled out."""
        value, low, high = self.slope
        if low is None or high is None or abs(value) < ROUNDING:
            return Estimated(float("inf"), None, None)
        fastest, slowest = (high, low) if value > 0 else (-low, -high)
        return Estimated(MONTHS / abs(value), MONTHS / fastest, MONTHS / slowest if slowest > 0 else None)

    @property
    def growth(self) -> Estimated:
        """The factor from one year to the next."""
        value, low, high = self.slope
        grown = _power(value)
        return Estimated(
            float("inf") if grown is None else grown,
            None if low is None else _power(low),
            None if high is None else _power(high),
        )


@dataclass(frozen=True)
class LogLine:
    """A fitted line, best fit first. Years are decimal, values in `unit`; intervals are of probability `level`."""

    fits: tuple[Fit, ...]
    allowed: Allowances
    scatter: float
    """Standard deviation, in doublings, of systems about the line, beside what their own intervals say."""
    quantile: float
    """Half the interval's width in standard deviations: Student's t."""
    half_width: float
    """Half the width, in doublings, of the interval of systems about the line, were the line known."""
    origin: float
    unit: str
    level: float
    first: date
    last: date

    @property
    def bend(self) -> date | None:
        """Where it bends; None for a straight one."""
        at = self.fits[0].bend
        return None if at is None else date_of(self.origin + at)

    def middle(self, year: float) -> float:
        """The line's logarithm (to the base of 2) at a decimal year."""
        return _dot(_row(self.fits[0], year - self.origin), self.fits[0].coefficients)

    def doublings(self, year: float) -> tuple[float, float, float]:
        """The line's logarithm (to the base of 2) at a decimal year, and its interval."""
        x = year - self.origin
        return self._interval(lambda fit: _row(fit, x), self.allowed.height(x))

    def slope(self, after: bool) -> Estimated:
        """Doublings a year, before or after the bend."""
        row = (0.0, 1.0, float(after))
        return Estimated(*self._interval(lambda fit: row[: len(fit.coefficients)], self.allowed.slopes[after]))

    def bends(self) -> tuple[date | None, date | None]:
        """The interval of the date at which it bends."""
        most = self.fits[0].misfit + self.allowed.bend
        profile = sorted((fit.bend, fit.misfit) for fit in self.fits if fit.bend is not None)
        return date_of(self.origin + _edge(profile, most)), date_of(self.origin + _edge(profile[::-1], most))

    def at(self, when: date) -> Projection:
        """What it says of a date."""
        middle, low, high = self.doublings(decimal_year(when))
        below = middle - combined(middle - low, self.half_width)
        above = middle + combined(high - middle, self.half_width)
        return Projection(when, _values(middle, low, high), _values(middle, below, above))

    def reach(self, value: float, doublings: float) -> Reached:
        """When it reaches a `value`, whose logarithm to the base of 2 is `doublings`."""
        half, rising = self.half_width, self.slope(after=True).value > 0

        def crossing(end: int, beyond: float) -> date | None:
            def height(year: float) -> float:
                middle, *ends = self.doublings(year)
                return middle - doublings + end * combined(ends[end > 0] - middle, beyond)

            return _crossing(height, rising, self.origin + (self.fits[0].bend or 0.0))

        first, last = (1, -1) if rising else (-1, 1)  # the upper edge rises to a value before the lower one does
        line = crossing(first, 0.0), crossing(last, 0.0)
        return Reached(value, crossing(0, 0.0), line, (crossing(first, half), crossing(last, half)))

    def distance(self, point: TrendPoint, when: date | None = None) -> tuple[Estimated | None, bool]:
        """A point's value over the line's at its date (or at `when`), and whether a system of the trend could lie
        there. The interval holds the error of the line and the point's own.
        """
        middle, low, high = self.doublings(decimal_year(when or point.date))
        own = self.quantile * point.deviation
        apart = point.doublings - middle
        above, below = combined(middle - low, own), combined(high - middle, own)
        within = -combined(below, self.half_width) <= apart <= combined(above, self.half_width)
        return _values(apart, apart - below, apart + above), within

    def _interval(self, wanted: Callable[[Fit], tuple[float, ...]], allowance: float) -> tuple[float, float, float]:
        ends = [*_ends(self.fits, wanted, allowance)]
        best = self.fits[0]
        middle = _dot(wanted(best), best.coefficients)
        return middle, min(low for low, _ in ends), max(high for _, high in ends)


def _ends(
    fits: tuple[Fit, ...], wanted: Callable[[Fit], tuple[float, ...]], allowance: float
) -> Iterator[tuple[float, float]]:
    """For each fit that is good enough, the ends of what it says."""
    for fit in fits:
        left = allowance - (fit.misfit - fits[0].misfit)
        if left < 0:
            return  # the best stand first
        row = wanted(fit)
        middle = _dot(row, fit.coefficients)
        variance = _dot(row, [_dot(row, line) for line in fit.covariance])
        half = sqrt(max(0.0, variance) * left)
        yield middle - half, middle + half


def _edge(profile: Sequence[tuple[float, float]], most: float) -> float:
    """Where a profile of bends and misfits, from one end, first is no worse than `most`: between two dates, evenly."""
    at = next(n for n, (_, misfit) in enumerate(profile) if misfit <= most)
    (bend, misfit), (outer, worse) = profile[at], profile[max(0, at - 1)]
    return bend + (outer - bend) * (most - misfit) / (worse - misfit) if at else bend


def _row(fit: Fit, x: float) -> tuple[float, ...]:
    return (1.0, x) if fit.bend is None else (1.0, x, max(0.0, x - fit.bend))


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return float(sum(map(mul, one, other)))


def _power(doublings: float) -> float | None:
    return 2.0**doublings if isfinite(doublings) and abs(doublings) < _MOST else None


def _values(middle: float, low: float, high: float) -> Estimated | None:
    value = _power(middle)
    return None if value is None else Estimated(value, _power(low), _power(high))


def _crossing(height: Callable[[float], float], rising: bool, bend: float) -> date | None:
    """Where a curve crosses zero upward (`rising`) or downward: after the bend, else before it. None where
    it does not in 9,999 years.
    """
    from scipy.optimize import brentq

    sign = 1 if rising else -1
    early, late = (bend, _LAST_YEAR) if sign * height(bend) <= 0 else (_FIRST_YEAR, bend)
    if sign * height(early) > 0 or sign * height(late) < 0:
        return None
    return date_of(float(brentq(height, early, late, xtol=_DAY / 4)))
