"""`trend(...)`: a table of points -> the whole answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from slipstick.tables import InputError, TableRow, read_rows
from slipstick.trends import breaks
from slipstick.trends.alternatives import alternatives
from slipstick.trends.asked import compared, value_in
from slipstick.trends.choosing import POINTS, Choice, accountings, chosen, filters
from slipstick.trends.dates import read_date
from slipstick.trends.fitting import Fitted, break_test, residuals, straight
from slipstick.trends.lines import LogLine
from slipstick.trends.points import MONTHS, TrendPoint, combined
from slipstick.trends.regression import LIBRARIES
from slipstick.trends.shipped import TABLES, shipped_rows
from slipstick.trends.statements import statements
from slipstick.trends.table import MOST_POINTS, PointTable, points_of
from slipstick.trends.trend import BreakTest, Step, Trend
from slipstick.units import label

MAX_SIZE = 64 * 2**20
BREAKS = ("auto", "none")
_NAMED = 3  # rows, or reasons, in a message


class _Asked(NamedTuple):
    """What is asked of the line: dates to project to, values to reach, figures to compare."""

    dates: Sequence[date]
    reach: Sequence[str]
    compare: Sequence[str]


Given = str | Path | Iterable[Mapping[str, Any]]


def trend(
    table: Given,
    *,
    columns: Mapping[str, str] | None = None,
    unit: str = "",
    shown_in: str = "",
    points: str = "all",
    since: Any = None,
    until: Any = None,
    where: Sequence[str] | None = None,
    accounting: str = "",
    at: Sequence[Any] = (),
    reach: Sequence[str] = (),
    compare: Sequence[str] = (),
    breaks_by: str = "auto",
    level: float = 0.9,
    max_size: int = MAX_SIZE,
) -> Trend:
    """The trend of the points of a table: how fast it doubles, whether the pace changed, and what lies ahead.

    `table` is the path of a CSV, TSV, JSON Lines or Parquet file, the name of a shipped table ("ai-and-compute"), or
    rows as mappings. `columns` names the columns of `date`, `value`, `unit`, `low`, `high`, `name`, `accounting` and
    `source` where their names do not say it; `unit` is that of numbers without one, `shown_in` that of the result.
    `points` is "all" or "records"; `since`, `until`, `where` ("set=modern|later") leave points out; `accounting` says
    how systems that were counted in several ways are taken. `at` are dates to project to, `reach` values to reach,
    `compare` figures to hold against the line ("3640 PF-days @ 2021-04-08", or "GPT-3 @ 2021-04-08"). With `breaks_by`
    "none" no break is looked for. `level` is the probability of every interval.

    Raises ValueError, one line, for what cannot be used; tables.InputError for a file; ImportError without what
    the extra `trend` installs.
    """
    if points not in POINTS or breaks_by not in BREAKS or not 0.5 <= level <= 0.999:
        raise ValueError('expected points "all" or "records", breaks_by "auto" or "none", a level from 0.5 to 0.999')
    _need_libraries()
    source, rows, default = _rows(table, max_size)
    try:
        read = points_of(rows, columns or {}, unit, shown_in)
        there = list(dict.fromkeys(name for row in rows for name in row.cells))
        choice = Choice(points, _day(since), _day(until), filters(default if where is None else where, there))
        choice = _with_accounting(read, choice, accounting)
        asked = _Asked([read_date(when) for when in at], reach, compare)
        return _made(source, read, choice, asked, breaks_by, level)
    except ValueError as error:
        raise ValueError(f"{source}: {error}" if source else str(error)) from None


_EXPECTED = "expected the path of a table, the name of a shipped one, or rows that are mappings"


def _rows(table: Given, limit: int) -> tuple[str, list[TableRow], Sequence[str]]:
    """The table's name, its rows, and the filter that it has of its own."""
    if isinstance(table, str) and table in TABLES:
        return table, shipped_rows(table), TABLES[table].where
    if isinstance(table, str | Path):
        try:
            return str(table), read_rows(Path(table), limit, MOST_POINTS), ()
        except InputError as error:
            known = "" if Path(table).suffix else f"; the tables that come along are: {', '.join(TABLES)}"
            raise InputError(f"{error}{known}") from None
    try:
        rows = list(table)
    except TypeError:
        raise ValueError(_EXPECTED) from None
    if not all(isinstance(row, Mapping) for row in rows):
        raise ValueError(_EXPECTED)
    return "", [TableRow(number, row) for number, row in enumerate(rows, 1)], ()


def _day(given: Any) -> date | None:
    return None if given is None else read_date(given)


def _with_accounting(table: PointTable, choice: Choice, accounting: str) -> Choice:
    """The choice with the accounting asked for, else with the table's first. Raises ValueError for an unknown one."""
    known = accountings(table, choice)
    if accounting and accounting not in known:
        raise ValueError(f"no accounting {accounting!r}; expected {' or '.join(known) or 'none: there is only one'}")
    return choice._replace(accounting=accounting or (known[0] if known else ""))


def _need_libraries() -> None:
    for name in LIBRARIES:
        if find_spec(name) is None:
            raise ImportError(f'a trend needs {name}: pip install "slipstick[trend]"')


def _made(source: str, table: PointTable, choice: Choice, asked: _Asked, breaks_by: str, level: float) -> Trend:
    every = chosen(table, choice)
    used = [point for point in every if point.used]
    made = _straight(table, every, level)
    tested = break_test(made, used, breaks.SIMULATIONS) if breaks_by == "auto" else "no break was looked for, as asked"
    test = tested if isinstance(tested, BreakTest) else None
    line = test.line if test and test.found else made.line
    r_squared, residual, own = residuals(line, used)
    every = tuple(_placed(point, line) for point in every)
    result = Trend(
        source=source,
        unit=table.unit.text,
        dimension=label(table.unit.dimension),
        unit_size=float(table.unit.size),
        level=level,
        columns=tuple(sorted(table.columns.names.items())),
        points=every,
        left_out=table.left_out,
        choice=choice.words(accountings(table, choice)),
        line=line,
        straight=made.line,
        segments=(test.before, test.after) if test and test.found else (made.segment,),
        break_test=test,
        why_no_test="" if isinstance(tested, BreakTest) else tested,
        r_squared=r_squared,
        residual=residual,
        own_error=own,
        projections=tuple(line.at(when) for when in asked.dates),
        reached=tuple(line.reach(*value_in(text, table.unit)) for text in asked.reach),
        comparisons=tuple(compared(text, line, every, table.unit) for text in asked.compare),
        steps=tuple(_steps(every, line)),
        alternatives=tuple(alternatives(table, choice, used, asked.dates, level)),
        statements=(),
    )
    return replace(result, statements=tuple(statements(result, made.scale.too_close)))


def _straight(table: PointTable, every: Sequence[TrendPoint], level: float) -> Fitted:
    """The straight line through the points that are used. Raises ValueError, with what was left out, if none can be."""
    try:
        return straight([point for point in every if point.used], table.unit.text, level)
    except ValueError as error:
        raise ValueError(f"{error}{_why_so_few(table, every)}") from None


def _why_so_few(table: PointTable, every: Sequence[TrendPoint]) -> str:
    """How many rows are no points, the first of them with their reasons, and why points are not used."""
    said = ""
    if rows := table.left_out:
        reasons = [row.reason.partition("; expected ") for row in rows[:_NAMED]]
        first = ", ".join(f"line {row.line}: {why}" for row, (why, _, _) in zip(rows, reasons, strict=False))
        more = f", and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else ""
        wanted = next((f"; expected {each}" for _, _, each in reasons if each), "")
        counted = "1 row is no point" if len(rows) == 1 else f"{len(rows):,} rows are no points"
        said = f"; {counted} ({first}{more}{wanted})"
    unused = Counter(point.why_unused for point in every if not point.used)
    left = ", ".join(f"{number:,} {reason}" for reason, number in unused.most_common(_NAMED))
    return f"{said}; not used: {left}" if left else said


def _placed(point: TrendPoint, line: LogLine) -> TrendPoint:
    distance, within = line.distance(point)
    return replace(point, distance=distance, is_within=within)


def _steps(every: Sequence[TrendPoint], line: LogLine) -> Iterable[Step]:
    """From record to record, and from the last one to the largest of the points that are later than the line."""
    records = [point for point in every if point.is_record]
    later = [point for point in every if records and point.date > line.last]
    if later:
        records.append(max(later, key=lambda point: point.value))
    for start, end in pairwise(records):
        years = end.year - start.year
        yield Step(
            start,
            end,
            MONTHS * years,
            end.doublings - start.doublings,
            line.middle(end.year) - line.middle(start.year),
            combined(start.deviation, end.deviation),
        )
