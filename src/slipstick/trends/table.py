"""Rows of a table -> points in one unit, and the rows that are none, each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from slipstick.estimates.given import read_quantity
from slipstick.reading.quantities.quantities import Quantity
from slipstick.tables import TableRow
from slipstick.trends.columns import Columns, columns_of
from slipstick.trends.dates import read_date
from slipstick.trends.points import LeftOut, TrendPoint
from slipstick.units import Dimension, dimension_of, label, size

MOST_POINTS = 10_000
_LONGEST_NAME = 80
_LARGEST = Fraction(10) ** 300


class Unit(NamedTuple):
    """A unit as it is shown, its size in base units, and what it measures."""

    text: str
    size: Fraction
    dimension: Dimension


class PointTable(NamedTuple):
    """The points of a table by date, in one unit, and the rows that are none. `cells` of a point stand beside it."""

    points: tuple[TrendPoint, ...]
    cells: tuple[Mapping[str, object], ...]
    left_out: tuple[LeftOut, ...]
    unit: Unit
    columns: Columns


class _Raw(NamedTuple):
    """A point in base units, with the unit that it was written in."""

    point: TrendPoint
    unit: Unit
    row: TableRow


def unit_of(text: str) -> Unit:
    """A unit from text, as `PF-days`. Raises ValueError for what is none."""
    read = read_quantity(f"1 {text}")
    compound = read.meaning(_says_rate(text))
    return Unit(" ".join(text.split()), read.value * size(compound), dimension_of(compound))


def points_of(rows: Sequence[TableRow], told: Mapping[str, str], unit: str = "", shown_in: str = "") -> PointTable:
    """The points of the rows.

    `told` names columns by role; `unit` is that of numbers without one, `shown_in` the one of the result, which is
    else the most frequent of the table. Raises ValueError where no column or no unit fits, and for too many rows.
    """
    if len(rows) > MOST_POINTS:
        raise ValueError(f"{len(rows):,} rows; expected at most {MOST_POINTS:,}")
    columns = columns_of(list(dict.fromkeys(name for row in rows for name in row.cells)), told)
    bare = unit_of(unit or columns.unit) if unit or columns.unit else None
    raw: list[_Raw] = []
    left_out: list[LeftOut] = []
    for row in rows:
        try:
            if row.problem:
                raise ValueError(row.problem)
            raw.append(_raw(row, columns, bare))
        except ValueError as error:
            left_out.append(LeftOut(row.line, _name(columns, row), str(error)))
    target = unit_of(shown_in) if shown_in else _common(raw)
    kept = []
    for each in raw:
        if each.unit.dimension == target.dimension:
            kept.append(each)
        else:
            reason = f"in {label(each.unit.dimension)}, where the trend is in {label(target.dimension)}"
            left_out.append(LeftOut(each.row.line, each.point.name, reason))
    kept.sort(key=lambda each: (each.point.date, each.point.value, each.point.name))
    points = tuple(_in(each, target) for each in kept)
    left_out.sort(key=lambda each: each.line or 0)
    return PointTable(points, tuple(each.row.cells for each in kept), tuple(left_out), target, columns)


def _common(raw: Iterable[_Raw]) -> Unit:
    """The unit that most points are in; the first of those that tie."""
    every = [each.unit for each in raw]
    dimensions = Counter(unit.dimension for unit in every)
    if not dimensions:
        return Unit("", Fraction(1), ())
    most = max(dimensions, key=lambda dimension: dimensions[dimension])
    units = Counter(unit for unit in every if unit.dimension == most)
    return max(units, key=lambda unit: units[unit])


def _raw(row: TableRow, columns: Columns, bare: Unit | None) -> _Raw:
    """The point of a row. Raises ValueError with the reason where it is none."""
    when = columns.cell(row.cells, "date")
    day = read_date(when)
    stated = columns.cell(row.cells, "unit")
    own = unit_of(str(stated)[:_LONGEST_NAME]) if stated is not None else bare
    value, unit = value_of(columns.cell(row.cells, "value"), own, "value")
    ends = [columns.cell(row.cells, end) for end in ("low", "high")]
    low, high = (None if end is None else value_of(end, unit, "interval")[0] for end in ends)
    if (low is None) != (high is None):
        raise ValueError("only one end of its interval; expected both, or neither")
    if low is not None and high is not None and not low <= value <= high:
        raise ValueError("its interval does not hold its value")
    point = TrendPoint(
        name=_name(columns, row),
        date=day,
        value=value,
        low=low,
        high=high,
        accounting=_text(columns.cell(row.cells, "accounting")),
        source=_text(columns.cell(row.cells, "source"), 1000),
        line=row.line,
        date_written=_text(when),
    )
    return _Raw(point, unit, row)


def value_of(cell: object, unit: Unit | None, what: str) -> tuple[float, Unit]:
    """A positive number in base units, and its unit: its own, else `unit`."""
    if cell is None:
        raise ValueError(f"no {what}")
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | Decimal):
        raise ValueError(f"{str(cell)[:60]!r} is no {what}; expected a number with a unit")
    text = str(cell).strip()
    if text[:1] in ("-", "−") or text.casefold() in ("nan", "inf"):
        raise ValueError(f"{text[:60]} has no logarithm; expected a positive number")
    read = read_quantity(text)
    compound = read.meaning(_says_rate(text))
    if compound:
        own = Unit(_unit_text(read, text), size(compound), dimension_of(compound))
        if unit is not None and own.dimension != unit.dimension:
            raise ValueError(f"{text[:60]!r} is in {label(own.dimension)}, not in {label(unit.dimension)}")
    else:
        own = unit or Unit("", Fraction(1), ())
    exact = read.value * own.size
    if not 1 / _LARGEST < exact < _LARGEST:
        raise ValueError(f"{text[:60]!r} is not between 1e-300 and 1e300; expected a positive number")
    return float(exact), own


def _unit_text(read: Quantity, text: str) -> str:
    """The unit as it was written, after the number or, as the sign of a currency, before it."""
    after = text[read.number.span.end :].strip()
    return after or text[: read.number.span.start].strip() or label(dimension_of(read.meaning(_says_rate(text))))


def _says_rate(text: str) -> bool:
    """Whether FLOPS is a rate here: written so, and not as FLOPs, which in a table are operations."""
    return "FLOPS" in text


def _in(each: _Raw, unit: Unit) -> TrendPoint:
    from dataclasses import replace

    one = float(unit.size)
    low, high = (None if end is None else end / one for end in (each.point.low, each.point.high))
    return replace(each.point, value=each.point.value / one, low=low, high=high)


def _name(columns: Columns, row: TableRow) -> str:
    return _text(columns.cell(row.cells, "name"))


def _text(value: object, most: int = _LONGEST_NAME) -> str:
    return "" if value is None else " ".join(str(value).split())[:most]
