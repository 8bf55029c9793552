"""What is asked of a trend: values to reach, and figures to hold against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log2

from slipstick.trends.dates import read_date
from slipstick.trends.lines import LogLine
from slipstick.trends.points import TrendPoint
from slipstick.trends.table import Unit, value_of
from slipstick.trends.trend import Comparison
from slipstick.units import label

_FORM = 'expected a value with a unit or the name of a point, "@" and a date, as in "3640 PF-days @ 2021-04-08"'


def value_in(text: str, unit: Unit) -> tuple[float, float]:
    """A value from text, in the unit of the trend, and its logarithm to the base of 2. Raises ValueError."""
    base, own = value_of(text, unit, "value")
    if own.dimension != unit.dimension:
        raise ValueError(f"{text!r} is in {label(own.dimension)}, not in {label(unit.dimension)}")
    value = base / float(unit.size)
    return value, log2(value)


def compared(text: str, line: LogLine, points: Sequence[TrendPoint], unit: Unit) -> Comparison:
    """A figure, or a point of the table, held against the line at a date. Raises ValueError for what is neither."""
    given, sign, day = text.rpartition("@")
    given = given.strip()
    named = [point for point in points if point.name.casefold() == (given if sign else text.strip()).casefold()]
    if named:
        point = next((each for each in named if each.used), named[0])
        when = read_date(day) if sign else point.date
    elif sign:
        when = read_date(day)
        try:
            point = TrendPoint("", when, value_in(given, unit)[0])
        except ValueError as error:
            raise ValueError(f"{error}; {_FORM}") from None
    else:
        raise ValueError(f"{text[:60]!r} is no point of the table; {_FORM}")
    distance, within = line.distance(replace(point, date=when))
    return Comparison(point.name, point.value, when, distance, within)
