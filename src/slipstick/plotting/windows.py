"""What a picture of a trend shows: from when to when, from what to what value, and the ticks of its years."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from slipstick.plotting.lettering import Font, width
from slipstick.plotting.ticks import LEAST, MOST
from slipstick.trends.points import TrendPoint, combined, date_of, decimal_year

if TYPE_CHECKING:
    from slipstick.trends.lines import LogLine
    from slipstick.trends.trend import Trend

_BESIDE = 0.6
_AHEAD = 3.0
_LEAST_YEARS = 1 / 12
_DECADES_ABOVE = 4.0
_APART = 8.0


class Window(NamedTuple):
    """The part of time (decimal years) and of the values that a picture shows."""

    start: float
    end: float
    low: float
    high: float

    def holds(self, point: TrendPoint) -> bool:
        """Whether a point lies inside."""
        return self.start <= point.year <= self.end and self.low <= point.value <= self.high


def window_of(trend: Trend, extra: Sequence[tuple[float, float]] = ()) -> Window:
    """The window that shows the fitted points, those near them in time, the line through both, and `extra` places.

    Points more than 0.6 times the time of the fit away would squeeze the rest into a corner. `extra` are years with
    values that were asked for; they may lie three such times ahead.
    """
    first, last = decimal_year(trend.line.first), decimal_year(trend.line.last)
    span = max(last - first, _LEAST_YEARS)
    asked = [year for year, _ in extra if first - _AHEAD * span <= year <= last + _AHEAD * span]
    near = [p.year for p in trend.points if first - _BESIDE * span <= p.year <= last + _BESIDE * span]
    start, end = min([first, *near, *asked]), max([last, *near, *asked])
    aside = 0.04 * (end - start)
    start, end = start - aside, end + aside
    shown = [p for p in trend.points if start <= p.year <= end]
    values = [v for p in shown for v in (p.value, p.low, p.high) if v is not None and LEAST < v < MOST]
    values += [v for year, v in extra if start <= year <= end and LEAST < v < MOST]
    low, high = math.log10(min(values)), math.log10(max(values))
    line = [trend.line.doublings(year)[0] * math.log10(2) for year in (start, end)]
    low, high = (
        min(low, *(max(v, low - _DECADES_ABOVE) for v in line)),
        max(high, *(min(v, high + _DECADES_ABOVE) for v in line)),
    )
    room = max(0.04 * (high - low), 0.2)
    return Window(start, end, max(10.0 ** max(low - room, -306), LEAST), min(10.0 ** min(high + room, 306), MOST))


class Course(NamedTuple):
    """A line over `years`, the ends of its own interval and of that of one more system; values, as many as years."""

    years: list[float]
    middle: list[float]
    line: tuple[list[float], list[float]]
    system: tuple[list[float], list[float]]


def course(line: LogLine, years: Iterable[float]) -> Course:
    """What a line says of each of the years; values beyond what an axis can show are at its end."""
    made = Course(list(years), [], ([], []), ([], []))
    half = line.half_width
    for year in made.years:
        middle, low, high = line.doublings(year)
        made.middle.append(_value(middle))
        for ends, beyond in ((made.line, 0.0), (made.system, half)):
            ends[0].append(_value(middle - combined(middle - low, beyond)))
            ends[1].append(_value(middle + combined(high - middle, beyond)))
    return made


def _value(doublings: float) -> float:
    return math.pow(2.0, min(max(doublings, math.log2(LEAST)), math.log2(MOST)))


def year_ticks(start: float, end: float, font: Font, room: float) -> tuple[list[float], list[str]]:
    """Ticks with their words on an axis of years that is `room` points long: years, in a short time months or days."""
    for days, words in _ticks(start, end):
        places = [(decimal_year(day) - start) / (end - start) * room for day in days]
        wide = max((width(word, font) for word in words), default=0)
        if len(days) >= 2 and all(b - a > wide + _APART for a, b in pairwise(places)):
            return [decimal_year(day) for day in days], words
    return [start, end], [f"{start:.4f}", f"{end:.4f}"]


def _ticks(start: float, end: float) -> Iterator[tuple[list[date], list[str]]]:
    """Ticks inside a time with their words, the densest first."""
    years = range(max(int(start), 1), min(int(end) + 2, 9999))
    months = [date(year, month, 1) for year in years for month in range(1, 13)] if end - start < 3 else []
    if end - start < 0.3:
        first, last = (day for day in (date_of(start), date_of(end)) if day is not None)
        days = [first + timedelta(n) for n in range((last - first).days + 1)]
        for step in (1, 2, 5, 10, 20):
            yield _inside(days[::step], "%Y-%m-%d", start, end)
    for step in (1, 2, 3, 6):
        yield _inside(months[::step], "%Y-%m", start, end)
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        whole = [date(year, 1, 1) for year in years if year % step == 0]
        yield _inside(whole, "%Y", start, end)


def _inside(days: Iterable[date], form: str, start: float, end: float) -> tuple[list[date], list[str]]:
    inside = [day for day in days if start <= decimal_year(day) <= end]
    return inside, [f"{day:{form}}" for day in inside]
