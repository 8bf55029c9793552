"""Which points the line goes through, by date, column, accounting, all or records only; and why not the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from slipstick.trends.points import TrendPoint
from slipstick.trends.table import PointTable

POINTS = ("all", "records")


class Filter(NamedTuple):
    """A column and the texts of which it has to hold one."""

    column: str
    wanted: tuple[str, ...]


class Choice(NamedTuple):
    """What is asked of a point. `accounting` is how systems that were counted in several ways are taken."""

    points: str = "all"
    since: date | None = None
    until: date | None = None
    where: tuple[Filter, ...] = ()
    accounting: str = ""
    without: str = ""
    """A system to leave out."""

    def words(self, accountings: Sequence[str]) -> str:
        """The choice as a reader has to know it."""
        said = ["record-setters only" if self.points == "records" else "all points"]
        said += [f"{each.column} {' or '.join(each.wanted)}" for each in self.where]
        said += [f"since {self.since}"] if self.since else []
        said += [f"until {self.until}"] if self.until else []
        said += [f"{self.accounting} accounting" if self.accounting else ""] if len(accountings) > 1 else []
        said += [f"without {self.without}"] if self.without else []
        return ", ".join(filter(None, said))


def filters(texts: Iterable[str], columns: Iterable[str]) -> tuple[Filter, ...]:
    """Filters such as `set=modern|later`. Raises ValueError for what is none, or names no column."""
    there = list(columns)
    found = []
    for text in texts:
        column, sign, wanted = text.partition("=")
        if not sign or column.strip() not in there:
            names = ", ".join(there[:20])
            raise ValueError(f"{text!r} is no filter; expected COLUMN=TEXT or COLUMN=TEXT|TEXT, with one of: {names}")
        found.append(Filter(column.strip(), tuple(" ".join(each.split()) for each in wanted.split("|"))))
    return tuple(found)


def accountings(table: PointTable, choice: Choice) -> tuple[str, ...]:
    """The ways in which systems that were counted in several ways were counted, in the table's order.

    Looks at the points that the choice of rows and dates leaves.
    """
    by_name: dict[str, set[str]] = {}
    eligible = [point for point, why in _screened(table, choice) if not why]
    for point in eligible:
        by_name.setdefault(point.name, set()).add(point.accounting)
    several = {name for name, ways in by_name.items() if len(ways - {""}) > 1}
    ordered = sorted(eligible, key=lambda point: point.line or 0)
    return tuple(dict.fromkeys(p.accounting for p in ordered if p.name in several and p.accounting))


def chosen(table: PointTable, choice: Choice) -> tuple[TrendPoint, ...]:
    """The points with `is_record`, `used` and `why_unused` filled in.

    A record exceeds every point before it, among those that could be chosen; of several of one day only the largest.
    """
    screened = _screened(table, choice)
    if choice.accounting:
        screened = _of_accounting(screened, choice.accounting)
    marked = []
    for (point, why), record in zip(screened, _records(screened), strict=True):
        why = why or ("no record" if choice.points == "records" and not record else "")
        marked.append(replace(point, is_record=record, used=not why, why_unused=why))
    return tuple(marked)


_Screened = list[tuple[TrendPoint, str]]


def _screened(table: PointTable, choice: Choice) -> _Screened:
    """Each point with the reason why it is not chosen, or an empty text."""
    return [(p, _why_not(p, cells, choice)) for p, cells in zip(table.points, table.cells, strict=True)]


def _why_not(point: TrendPoint, cells: object, choice: Choice) -> str:
    for column, wanted in choice.where:
        cell = cells.get(column) if isinstance(cells, dict) else None
        text = " ".join(str(cell if cell is not None else "").split())
        if text.casefold() not in [each.casefold() for each in wanted]:
            return f"{column}: {text[:60] or 'empty'}"
    if choice.since and point.date < choice.since:
        return f"before {choice.since}"
    if choice.until and point.date > choice.until:
        return f"after {choice.until}"
    return "left out" if choice.without and point.name == choice.without else ""


def _of_accounting(screened: _Screened, accounting: str) -> _Screened:
    has = {point.name for point, why in screened if not why and point.accounting == accounting}
    return [
        (point, why or ("" if point.name not in has or point.accounting in (accounting, "") else "other accounting"))
        for point, why in screened
    ]


def _records(screened: _Screened) -> list[bool]:
    largest_of_day: dict[date, float] = {}
    for point, why in screened:
        if not why:
            largest_of_day[point.date] = max(point.value, largest_of_day.get(point.date, 0.0))
    records, highest = set(), 0.0
    for day in sorted(largest_of_day):
        if largest_of_day[day] > highest:
            highest = largest_of_day[day]
            records.add((day, highest))
    marked = []
    for point, why in screened:
        is_record = not why and (point.date, point.value) in records
        records.discard((point.date, point.value)) if is_record else None
        marked.append(is_record)
    return marked
