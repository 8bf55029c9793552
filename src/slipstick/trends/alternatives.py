"""What another choice of points would have answered: records or all, the other accounting, without the point that
weighs most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from slipstick.trends.choosing import Choice, accountings, chosen
from slipstick.trends.fitting import LEAST, straight
from slipstick.trends.points import TrendPoint
from slipstick.trends.table import PointTable
from slipstick.trends.trend import Alternative

_MOST_LEFT_OUT = 200  # among more points, none weighs much


def alternatives(
    table: PointTable, choice: Choice, points: Sequence[TrendPoint], dates: Sequence[date], level: float
) -> Iterator[Alternative]:
    """The answers of other choices, each from a straight line; `points` are those of the choice itself."""
    other = "all" if choice.points == "records" else "records"
    words = "all points" if other == "all" else "records only"
    yield _answer(words, table, choice._replace(points=other), dates, level)
    for accounting in accountings(table, choice):
        if accounting != choice.accounting:
            yield _answer(accounting, table, choice._replace(accounting=accounting), dates, level)
    weightiest = _weightiest(points, table.unit.text, level)
    if weightiest is not None:
        yield _of_points(f"without {weightiest.name}", _without(points, weightiest), table, dates, level)


def _answer(words: str, table: PointTable, choice: Choice, dates: Sequence[date], level: float) -> Alternative:
    return _of_points(words, [point for point in chosen(table, choice) if point.used], table, dates, level)


def _of_points(
    words: str, points: Sequence[TrendPoint], table: PointTable, dates: Sequence[date], level: float
) -> Alternative:
    try:
        made = straight(points, table.unit.text, level)
    except ValueError as error:
        return Alternative(words, len(points), None, True, (), str(error))
    projections = tuple(made.line.at(when) for when in dates)
    return Alternative(words, len(points), made.segment.doubling_months, made.segment.is_growing, projections)


def _weightiest(points: Sequence[TrendPoint], unit: str, level: float) -> TrendPoint | None:
    """The named point without which the slope is most another."""
    if not LEAST < len(points) <= _MOST_LEFT_OUT:
        return None
    whole = straight(points, unit, level).segment.slope.value
    changes: list[tuple[float, TrendPoint]] = []
    for point in points:
        rest = _without(points, point)
        if point.name and len({each.date for each in rest}) > 1:
            changes.append((abs(straight(rest, unit, level).segment.slope.value - whole), point))
    return max(changes, key=lambda change: (change[0], change[1].name), default=(0.0, None))[1]


def _without(points: Sequence[TrendPoint], left_out: TrendPoint) -> list[TrendPoint]:
    return [point for point in points if point is not left_out]
