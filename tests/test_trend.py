"""Trends: worked answers, known coverage, and laws."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from importlib import import_module
from math import log2
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import linregress, t
from statsmodels.api import OLS, add_constant

import slipstick
from slipstick.data import read_data
from slipstick.trends import breaks, regression
from slipstick.trends.points import NINETY, date_of, decimal_year

SHIPPED = "ai-and-compute"
NOW = "2021-04-01"  # the decimal year 2021.25, at which the notes on the thread read the line


def rows(values: Sequence[float], start: date = date(2010, 1, 1), step: int = 200, unit: str = "FLOP") -> list[Any]:
    days = (start + timedelta(days=step * n) for n in range(len(values)))
    return [
        {"date": day, "value": f"{value:.12g} {unit}", "name": f"s{n}"}
        for n, (day, value) in enumerate(zip(days, values, strict=True))
    ]


def plain(table: Any, **options: Any) -> slipstick.Trend:
    return slipstick.trend(table, breaks_by="none", **options)


@pytest.fixture(scope="module")
def shipped() -> slipstick.Trend:
    return slipstick.trend(SHIPPED, at=[NOW], compare=[f"GPT-3 @ {NOW}", "GPT-3"])


def test_refit_of_the_modern_points(shipped: slipstick.Trend) -> None:
    """Figures worked out apart from this code: 3.34 months, 3.67 without DQN; 6.3e5 PF-days, 173 and 73 times GPT-3."""
    months = shipped.segments[0].doubling_months
    assert round(months.value, 2) == 3.34
    assert months.low < 3.4 < months.high  # what was published
    assert shipped.projections[0].line.value == pytest.approx(6.3e5, rel=0.01)
    assert 1 / shipped.comparisons[0].distance.value == pytest.approx(173, rel=0.01)
    without = next(each for each in shipped.alternatives if each.choice == "without DQN")
    assert round(without.doubling_months.value, 2) == 3.67
    assert without.projections[0].line.value / 3640 == pytest.approx(73, rel=0.02)


def test_doublings_since_the_last_record(shipped: slipstick.Trend) -> None:
    """1.02 doublings from 1,800 to 3,640 PF-days, 8.9 from 6.5e20 FLOP, -0.1 from 3.41e23: opposite answers."""
    last = shipped.steps[-1]
    assert (last.start.name, last.end.name, round(last.doublings, 2)) == ("AlphaGo Zero", "GPT-3", 1.02)
    assert round(last.months) == 31
    said = [each.text for each in shipped.statements if each.topic == "step"]
    assert "1.02 doublings" in said[0]
    assert "gradient only" in said[1]
    assert "8.92 doublings" in said[1]
    assert "decides whether there was a slowdown" in said[1]
    assert "-0.117 doublings" in said[2]


def test_without_own_intervals_it_is_ordinary_least_squares() -> None:
    """Slope, its interval, and the intervals of the line and of one more system are those of two libraries."""
    values = [1, 3, 2, 9, 30, 20, 150, 90, 700]
    made = plain(rows(values), at=["2020-01-01"])
    x, y = [p.year for p in made.used], [log2(v) for v in values]
    known = linregress(x, y)
    half = t.ppf(0.95, len(x) - 2) * known.stderr
    assert made.segments[0].slope == pytest.approx((known.slope, known.slope - half, known.slope + half))
    assert made.r_squared == pytest.approx(known.rvalue**2)
    origin = float(np.mean(x))
    fitted = OLS(y, add_constant(np.array(x) - origin)).fit()
    frame = fitted.get_prediction([[1, decimal_year(date(2020, 1, 1)) - origin]]).summary_frame(alpha=0.1)
    found = made.projections[0]
    assert [log2(e) for e in found.line[1:]] == pytest.approx([frame.mean_ci_lower[0], frame.mean_ci_upper[0]])
    assert [log2(e) for e in found.system[1:]] == pytest.approx([frame.obs_ci_lower[0], frame.obs_ci_upper[0]])


def test_the_profile_is_the_regression_at_every_date() -> None:
    """What is solved at once for all dates is what statsmodels gives for each."""
    draws = np.random.default_rng(1)
    data = regression.arrays(np.sort(draws.random(20)) * 8, draws.normal(size=20), draws.random(20))
    variances = data.own + 0.3
    grid = breaks.bends(data.x)[::40]
    for fast, known in zip(
        breaks.profile(data, grid, variances), (regression.fitted(data, at, variances) for at in grid), strict=True
    ):
        assert fast.coefficients == pytest.approx(known.coefficients)
        assert np.array(fast.covariance) == pytest.approx(np.array(known.covariance))
        assert fast.misfit == pytest.approx(known.misfit)


def test_scatter_is_told_apart_from_the_errors_of_points() -> None:
    """Equal own errors leave of the residual variance what they do not explain, and change nothing else."""
    values = [1, 3, 2, 9, 30, 20, 150, 90, 700]
    bare = plain(rows(values))
    own = plain(
        [
            {**row, "low": f"{v / 1.5} FLOP", "high": f"{v * 1.5} FLOP"}
            for row, v in zip(rows(values), values, strict=True)
        ]
    )
    deviation = log2(1.5) / NINETY
    assert own.line.scatter**2 == pytest.approx(bare.line.scatter**2 - deviation**2)
    assert own.segments[0].slope == pytest.approx(bare.segments[0].slope)


def test_wide_intervals_are_carried_through_where_points_lie_on_a_line() -> None:
    values = [2.0**n for n in range(10)]
    wide = plain(
        [{**row, "low": f"{v / 4} FLOP", "high": f"{v * 4} FLOP"} for row, v in zip(rows(values), values, strict=True)]
    )
    exact = plain(rows(values))
    deviation = 2 / NINETY
    x = np.array([p.year for p in wide.used])
    half = NINETY * deviation / np.sqrt(np.sum((x - x.mean()) ** 2))
    assert wide.segments[0].slope.high - wide.segments[0].slope.value == pytest.approx(half)
    assert exact.segments[0].slope.high - exact.segments[0].slope.low < 1e-6
    assert any("less than the points' own intervals" in each.text for each in wide.statements)


def test_a_known_break_is_dated_and_one_that_is_not_there_is_not_found() -> None:
    """A pace of 12 months before 2015, 3 months after, with a wobble of a third of a doubling."""
    wobble = [0.3, -0.2, -0.3, 0.25, 0.1, -0.3, 0.2, -0.05, 0.3, -0.25, -0.1, 0.2, 0.0, -0.3, 0.3, -0.2]
    days = [date(2011, 1, 1) + timedelta(days=180 * n) for n in range(16)]
    bend = date(2015, 1, 1)

    def height(day: date) -> float:
        years = (day - bend).days / 365.2425
        return years * (4 if years > 0 else 1)

    bent = [{"date": d, "value": f"{2 ** (height(d) + w)} FLOP"} for d, w in zip(days, wobble, strict=True)]
    made = slipstick.trend(bent, at=["2020"])
    assert made.break_test.found
    low, high = made.break_test.interval
    assert low <= bend <= high
    assert (high - low).days < 365
    before, after = (segment.doubling_months for segment in made.segments)
    assert before.low < 12 < before.high
    assert after.low < 3 < after.high
    assert sum(segment.points for segment in made.segments) == 16
    line = [{"date": d, "value": f"{2 ** ((d - bend).days / 365 + w)} FLOP"} for d, w in zip(days, wobble, strict=True)]
    none = slipstick.trend(line)
    assert not none.break_test.found
    assert len(none.segments) == 1
    assert any(each.text.startswith("No break is found") for each in none.statements)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """300 series a case: with a true 90 %, fewer than 84.5 or more than 95 in 100 are seen less than once in 500."""
    bench = coverage_bench()
    names = ("straight, no intervals", "straight, intervals and scatter", "straight, few points and intervals")
    for case in (case for case in bench.CASES if case.name in names):
        found = bench.coverage(case, 300, 5, test_break=False)
        assert len(found) >= 3
        assert all(0.845 <= share <= 0.95 for share in found.values()), (case.name, found)


def test_the_intervals_of_a_break_hold_the_truth() -> None:
    """60 series: 45 of them at least, of those that hold it 54 times on average."""
    bench = coverage_bench()
    found = bench.coverage(next(case for case in bench.CASES if case.has_break), 60, seed=5)
    assert found.pop("(break found)") > 0.95
    assert all(share >= 0.75 for share in found.values()), found


def coverage_bench() -> ModuleType:
    folder = str(Path(__file__).parent / "bench")
    sys.path.insert(0, folder)
    try:
        return import_module("trend_coverage")
    finally:
        sys.path.remove(folder)


SERIES = st.lists(st.floats(0.5, 1e6), min_size=4, max_size=14).filter(lambda v: max(v) > 1.01 * min(v))


@given(SERIES, st.sampled_from(["PF-days", "GFLOP"]))
@settings(max_examples=25)
def test_units_leave_the_pace(values: list[float], unit: str) -> None:
    """Another unit scales every value and projection, and no time."""
    one, other = plain(rows(values), at=["2030"]), plain(rows(values), shown_in=unit, at=["2030"])
    assert other.segments[0].slope == pytest.approx(one.segments[0].slope)
    ratio = one.unit_size / other.unit_size
    assert other.projections[0].line.value == pytest.approx(one.projections[0].line.value * ratio)


@given(SERIES, st.integers(-2000, 2000))
@settings(max_examples=25)
def test_shifting_the_dates_shifts_the_projection(values: list[float], days: int) -> None:
    shifted = plain(rows(values, date(2010, 1, 1) + timedelta(days=days)), at=[date(2030, 1, 1) + timedelta(days=days)])
    straight = plain(rows(values), at=[date(2030, 1, 1)])
    assert shifted.projections[0].line == pytest.approx(straight.projections[0].line, rel=1e-6)
    assert shifted.projections[0].system == pytest.approx(straight.projections[0].system, rel=1e-6)


@given(SERIES, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_of_rows_does_not_matter(values: list[float], random: Any) -> None:
    table = rows(values)
    mixed = list(table)
    random.shuffle(mixed)
    one, other = plain(table), plain(mixed)
    assert other.segments == one.segments
    assert [(p.name, p.is_record) for p in other.points] == [(p.name, p.is_record) for p in one.points]


@given(SERIES)
@settings(max_examples=25)
def test_a_value_is_reached_when_the_line_is_there(values: list[float]) -> None:
    made = plain(rows(values))
    when = date(2025, 6, 1)
    there = made.at(when).line.value
    if abs(made.segments[0].slope.value) < 0.05:
        return
    found = plain(rows(values), reach=[f"{there:.15g} FLOP"]).reached[0]
    assert abs((found.when - when).days) <= 1
    for early, late in (found.line, found.system):
        assert early is None or early <= found.when
        assert late is None or found.when <= late


@given(SERIES)
@settings(max_examples=25)
def test_records_exceed_all_before(values: list[float]) -> None:
    made = plain(rows(values))
    best = 0.0
    for point in made.points:
        assert point.is_record == (point.value > best)
        best = max(best, point.value)


@given(st.dates(date(1700, 1, 1), date(2299, 12, 31)))
def test_decimal_years_lead_back(day: date) -> None:
    assert date_of(decimal_year(day)) == day


def test_every_shipped_row_has_a_source_and_agrees_with_what_was_printed() -> None:
    """The PF-days and the PF of a row are one figure, as far as both are rounded: 5 % at most."""
    table = list(csv.DictReader(read_data("ai_and_compute.csv").splitlines()))
    assert sum(row["set"] == "modern" and row["accounting"] != "gradient only" for row in table) == 15
    for row in table:
        assert len(row["source"]) > 5
        assert row["date_source"]
        assert row["confidence"] in ("high", "medium", "low")
        if row["printed_petaflop"]:
            assert float(row["value"]) * 86400 == pytest.approx(float(row["printed_petaflop"]), rel=0.05), row["name"]
        if row["low"]:
            assert float(row["high"]) / float(row["low"]) in (pytest.approx(9, rel=0.02), pytest.approx(100, rel=0.02))
    assert len({tuple(row.items()) for row in table}) == len(table)
