"""Chosen points -> the line through them, with or without a bend, and the test that decides which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import sqrt
from typing import NamedTuple

from slipstick.trends import breaks, calibrating
from slipstick.trends.lines import ROUNDING, Allowances, Fit, LogLine, Segment
from slipstick.trends.points import TrendPoint
from slipstick.trends.regression import Data, Scale, arrays, fitted, half_width, scale
from slipstick.trends.trend import BreakTest

LEAST = 3
"""Points below which there is no scatter to make error bars of."""


class Fitted(NamedTuple):
    """The straight line, with what the points' scatter says of it."""

    line: LogLine
    segment: Segment
    data: Data
    scale: Scale


def straight(points: Sequence[TrendPoint], unit: str, level: float) -> Fitted:
    """The straight line through points.

    Raises ValueError where there are fewer than three, or all are of one date.
    """
    if len(points) < LEAST or len({point.date for point in points}) < 2:
        number = f"{len(points)} point" + ("" if len(points) == 1 else "s")
        raise ValueError(f"{number} to draw a line through; expected at least {LEAST}, of two dates or more")
    ordered = sorted(points, key=lambda point: (point.date, point.value))
    origin = sum(point.year for point in ordered) / len(ordered)
    data = arrays(
        [point.year - origin for point in ordered],
        [point.doublings for point in ordered],
        [point.deviation for point in ordered],
    )
    made = scale(data, None, level)
    fits = (fitted(data, None, made.variances),)
    same = Allowances.all_alike(made.allowance)
    line = _line(fits, same, made, data, origin, unit, level, (ordered[0].date, ordered[-1].date))
    segment = Segment(line.first, line.last, len(ordered), line.slope(after=True))
    return Fitted(line, segment, data, made)


def _line(
    fits: tuple[Fit, ...],
    allowed: Allowances,
    made: Scale,
    data: Data,
    origin: float,
    unit: str,
    level: float,
    dates: tuple[date, date],
) -> LogLine:
    half = half_width(data, fits[0].bend, level)
    return LogLine(fits, allowed, made.scatter, made.quantile, half, origin, unit, level, *dates)


def bent(of: Fitted, grid: Sequence[float], simulations: int, seed: int = calibrating.SEED) -> LogLine:
    """The line with one bend, at the best date of the grid, with what every other date would give."""
    known = of.line
    best = breaks.bent(of.data, grid, known.level)
    allowed = calibrating.allowances(of.data, grid, best, known.level, simulations, seed)
    dates = known.first, known.last
    return _line(best.fits, allowed, best.scale, of.data, known.origin, known.unit, known.level, dates)


def break_test(of: Fitted, points: Sequence[TrendPoint], simulations: int) -> BreakTest | str:
    """The test of a straight line against one that bends once; in words why there is none, where there is none."""
    grid = breaks.bends(of.data.x)
    if not grid:
        return f"no break was looked for: {len(points)} points, {breaks.LEAST} or more at 5 dates are needed"
    if residuals(of.line, points)[1] < ROUNDING:
        return "no break was looked for: all points lie on the line"
    statistic, p = breaks.largest_f(of.data, grid, of.scale.variances, simulations)
    line = bent(of, grid, calibrating.SIMULATIONS)
    at = line.bend or line.first
    number = sum(point.date <= at for point in points)
    return BreakTest(
        found=p <= breaks.THRESHOLD,
        statistic=statistic,
        p=p,
        simulations=simulations,
        threshold=breaks.THRESHOLD,
        when=at,
        interval=line.bends(),
        line=line,
        before=Segment(line.first, at, number, line.slope(after=False)),
        after=Segment(at, line.last, len(points) - number, line.slope(after=True)),
    )


def residuals(line: LogLine, points: Sequence[TrendPoint]) -> tuple[float, float, float]:
    """R squared, the points' standard deviation about the line in doublings, and what their own intervals say of it."""
    own = sqrt(sum(point.deviation**2 for point in points) / len(points))
    apart = [point.doublings - line.middle(point.year) for point in points]
    mean = sum(point.doublings for point in points) / len(points)
    total = sum((point.doublings - mean) ** 2 for point in points)
    left = sum(each**2 for each in apart)
    freedom = len(points) - (2 if line.bend is None else 4)
    return (1 - left / total if total else 1.0), sqrt(left / freedom) if freedom > 0 else 0.0, own
