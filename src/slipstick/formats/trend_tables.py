"""The tables of a trend as rows of text, shared by the page and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from slipstick.formats.plain import counted
from slipstick.trends.points import TrendPoint
from slipstick.trends.trend import Trend
from slipstick.trends.wording import distance, distance_ends, duration, ends, figure, pace, percent

_SAID = ("scatter", "break", "step", "caution")


class Rows(NamedTuple):
    """A table: what it shows, the heads of its columns, its rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def heading(made: Trend) -> str:
    """What was fitted."""
    used, every = len(made.used), len(made.points) + len(made.left_out)
    source = f"{made.source}: " if made.source else ""
    return f"{source}{used} of {counted(every, 'row')}, {made.line.first} to {made.line.last}; {made.choice}"


def headlines(made: Trend) -> tuple[str, ...]:
    """The pace, one line a segment."""
    said = []
    for segment in made.segments:
        when = f"{segment.start} to {segment.end}: " if len(made.segments) > 1 else ""
        interval = f"{percent(made.level)} interval {ends(segment.doubling_months)}"
        growth = f"{figure(segment.growth.value)} times a year ({ends(segment.growth)})"
        said.append(f"{when}{pace(segment)} ({interval}), {growth}")
    return tuple(said)


def sentences(made: Trend) -> Iterator[str]:
    """What is to be said and stands in no table."""
    return (statement.text for statement in made.statements if statement.topic in _SAID)


def tables(made: Trend, every_row: bool = False) -> Iterator[Rows]:
    """Those that have a row, in the order of a page; `every_row` lists what is not used one by one."""
    level = percent(made.level)
    unit = made.unit or "1"
    ahead = [
        (str(p.date), figure(p.line.value), ends(p.line), ends(p.system)) if p.line and p.system
        else (str(p.date), "beyond 1e300", "", "")
        for p in made.projections
    ]  # fmt: skip
    yield Rows(
        f"The line ahead, in {unit}", ("date", "the line", f"{level} of the line", "of one system"), tuple(ahead)
    )
    reached = [
        (figure(r.value), str(r.when or "never"), _days(r.line), _days(r.system)) for r in made.reached
    ]  # fmt: skip
    yield Rows("Reached", (unit, "by the line", f"{level} of the line", "of one system"), tuple(reached))
    compared = [
        (
            c.name or figure(c.value),
            str(c.date),
            distance(c.distance),
            distance_ends(c.distance) if c.distance else "",
            "yes" if c.is_within else "no",
        )
        for c in made.comparisons
    ]
    yield Rows(
        "Held against the line", ("figure", "date", "from the line", f"{level} interval", "on trend?"), tuple(compared)
    )
    yield Rows("With another choice of points", *_alternatives(made))
    yield Rows(f"Points, in {unit} (* exceeds all before it)", *_points(made))
    yield Rows("Not used for the line", ("row", "why"), tuple(_unused(made, every_row)))


def _days(ends_of: tuple[object, object]) -> str:
    low, high = ends_of
    return f"{low or 'no bound'} to {high or 'no bound'}"


def _alternatives(made: Trend) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    dates = [projected.date for projected in made.projections][:1]
    rows = []
    for each in made.alternatives:
        months = each.doubling_months
        told = (
            each.note
            if months is None
            else duration(months.value)
            if each.is_growing
            else f"halves in {duration(months.value)}"
        )
        values = [figure(p.line.value) if p.line else "?" for p in each.projections][:1] or [""] * len(dates)
        rows.append((each.choice, str(each.points), told, ends(months) if months else "", *values))
    head = ("choice", "points", "doubling", percent(made.level), *(f"line on {when}" for when in dates))
    return head, tuple(rows)


def _points(made: Trend) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    has_interval = any(point.low is not None for point in made.used)
    rows = []
    for point in made.used:
        own = f"{figure(point.low)} to {figure(point.high)}" if point.low is not None else ""
        mark = "*" if point.is_record else ""
        cells = (str(point.date), _named(point) + mark, figure(point.value), own, distance(point.distance))
        rows.append(cells if has_interval else cells[:3] + cells[4:])
    head = ("date", "name", "value", "90 % of its own", "from the line")
    return (head if has_interval else head[:3] + head[4:]), tuple(rows)


def _named(point: TrendPoint) -> str:
    return point.name or f"row {point.line}"


def _unused(made: Trend, every_row: bool) -> Iterator[tuple[str, str]]:
    """Rows that are no points, one by one; points that are not used by their reasons, those of later dates by name."""
    for row in made.left_out:
        yield f"line {row.line}{f', {row.name}' if row.name else ''}", row.reason
    unused = [point for point in made.points if not point.used]
    ahead = [point for point in unused if point.date > made.line.last]
    named = unused if every_row else ahead if len(ahead) <= 5 else []
    for point in named:
        yield (
            f"{point.date}, {_named(point)}, {figure(point.value)}",
            f"{point.why_unused}; {distance(point.distance)} the line",
        )
    rest = Counter(point.why_unused for point in unused if point not in named)
    for reason, _ in groupby(point.why_unused for point in unused if point not in named):
        if rest[reason]:
            yield counted(rest.pop(reason), "point"), reason
