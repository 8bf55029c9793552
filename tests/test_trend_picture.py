"""The scatter of a trend: points, error bars, line and bands where the numbers say; names that run into nothing."""

from __future__ import annotations

import math
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.legibility import assert_legible, boxes, by_gid

from slipstick.cli import main
from slipstick.plotting.placement import Anchor, Box, placed_names
from slipstick.plotting.style import TICK
from slipstick.plotting.windows import year_ticks
from slipstick.trends.making import trend
from slipstick.trends.points import decimal_year
from slipstick.trends.trend import Trend

pytest.importorskip("matplotlib")
pytest.importorskip("statsmodels")
from slipstick.plotting import scatter
from slipstick.plotting.files import data_of


def series(number: int, slope: float, noise: float = 0.0, **more: Any) -> list[dict[str, Any]]:
    """Points every quarter from 2000 on that grow by `slope` decades a year, with a regular ripple for noise."""
    rows = []
    for n in range(number):
        value = 10 ** (slope * n / 4 + noise * math.sin(7 * n))
        rows.append(
            {"date": f"{2000 + n // 4}-{1 + 3 * (n % 4):02}-01", "value": f"{value} FLOP", "name": f"run {n}", **more}
        )
    return rows


@pytest.fixture(scope="module")
def shipped() -> Trend:
    return trend("ai-and-compute", compare=["GPT-3 @ 2021-04-08"], at=["2021-01-01"])


def test_points_stand_at_their_dates_and_values(shipped: Trend) -> None:
    figure = scatter(shipped)
    (used,) = by_gid(figure, "used")
    there = sorted(zip(*used.get_data(), strict=True))
    assert there == sorted((decimal_year(point.date), point.value) for point in shipped.used)
    assert figure.axes[0].get_yscale() == "log"


def test_error_bars_are_the_points_own_intervals(shipped: Trend) -> None:
    (bars,) = by_gid(scatter(shipped), "used-bars")
    ends = sorted((*path.vertices[0], path.vertices[1][1]) for path in bars.get_paths())
    expected = sorted((decimal_year(p.date), p.low, p.high) for p in shipped.used)
    assert list(chain(*ends)) == pytest.approx(list(chain(*expected)))


def test_line_and_bands_are_those_of_the_trend(shipped: Trend) -> None:
    figure = scatter(shipped)
    (line,) = by_gid(figure, "line")
    for at, n in ((shipped.line.first, 0), (shipped.line.last, -1)):
        said = shipped.at(at)
        assert said.line is not None
        assert line.get_xdata()[n] == decimal_year(at)
        assert line.get_ydata()[n] == pytest.approx(said.line.value, rel=1e-9)
        for gid, expected in (("line-band", said.line), ("system-band", said.system)):
            (band,) = by_gid(figure, gid)
            edges = sorted(y for x, y in band.get_paths()[0].vertices if x == decimal_year(at))
            assert expected is not None
            assert (edges[0], edges[-1]) == pytest.approx((expected.low, expected.high), rel=1e-9)


def test_what_was_asked_for_is_marked(shipped: Trend) -> None:
    figure = scatter(shipped)
    (noted,) = by_gid(figure, "noted")
    x, y = noted.get_data()
    assert list(x) == [decimal_year(shipped.projections[0].date), decimal_year(shipped.comparisons[0].date)]
    assert y[1] == pytest.approx(3640)
    assert "GPT-3, 182 times below the line" in boxes(figure)


def test_the_shipped_one_is_legible_and_tells_what_is_hidden(shipped: Trend) -> None:
    figure = scatter(shipped)
    assert_legible(figure)
    words = boxes(figure)
    assert "3 points lie beyond the picture." in words
    assert figure.axes[0].get_ylabel() == "compute (PF-days, log scale)"
    assert "Compute doubles every 3.34 months (90 % interval 2.67 to 4.46)" in words
    assert "AlphaGo Zero (gradient only)" in words
    assert data_of(figure, "svg") == data_of(scatter(shipped), "svg")


def test_a_break_is_drawn_at_its_date() -> None:
    rows = series(60, 1.0, 0.05)
    for n, row in enumerate(rows[30:]):
        row["value"] = f"{10 ** (7.5 + 0.02 * n + 0.05 * math.sin(7 * n))} FLOP"
    made = trend(rows)
    assert made.break_test is not None
    figure = scatter(made)
    (line,) = by_gid(figure, "break")
    (band,) = by_gid(figure, "break-interval")
    first, last = made.break_test.interval
    assert line.get_xdata()[0] == decimal_year(made.break_test.when)
    assert first is not None
    assert last is not None
    assert (band.get_x(), band.get_x() + band.get_width()) == pytest.approx((decimal_year(first), decimal_year(last)))
    assert_legible(figure)


@pytest.mark.parametrize(
    "rows",
    [
        series(5, 0.3, 0.1),
        series(12, 0.0, 0.001),
        series(12, -1.0, 0.1),
        series(200, 0.1, 0.5),
        series(24, 48.0, 0.1),
        series(12, 0.5, 0.1, low="0.1 FLOP", high="1e9 FLOP"),
        [row | {"name": "$x_1$ <script>" + "W" * 80} for row in series(8, 1.0, 0.1)],
        [row | {"name": ""} for row in series(8, 1.0, 0.1)],
        [row | {"date": f"2020-01-{n + 1:02}"} for n, row in enumerate(series(9, 1.0, 0.1))],
    ],
    ids=["few", "flat", "falling", "many", "to 1e288", "wide bars", "hostile", "nameless", "days"],
)
def test_others_are_legible(rows: list[dict[str, Any]]) -> None:
    for row in rows:  # an interval that would not hold the value
        if "low" in row:
            row["low"], row["high"] = (f"{float(row['value'].split()[0]) * k} FLOP" for k in (0.001, 1000))
    assert_legible(scatter(trend(rows)))


def test_far_projections_do_not_squeeze_the_rest() -> None:
    figure = scatter(trend(series(12, 1.0, 0.1), at=["2250-01-01"]))
    assert figure.axes[0].get_xlim()[1] < 2015
    assert_legible(figure)


PLACE = st.tuples(st.floats(0, 400), st.floats(0, 300), st.floats(5, 120))


@settings(max_examples=60)
@given(st.lists(PLACE, max_size=25))
def test_names_never_overlap_or_leave(places: list[tuple[float, float, float]]) -> None:
    marks = [Box(x, y, x, y).grown(3.5) for x, y, _ in places]
    page = Box(0, 0, 400, 300)
    found = placed_names([Anchor(x, y, wide, 10) for x, y, wide in places], marks, [], page)
    boxes_of = [box for box in found if box is not None]
    assert all(page.holds(box) for box in boxes_of)
    assert not any(a.overlap(b) for a, b in combinations(boxes_of, 2))
    assert not any(box.overlap(mark) for box in boxes_of for mark in marks)


def test_a_single_name_always_has_a_place() -> None:
    assert placed_names([Anchor(200, 150, 100, 10)], [Box(196, 146, 204, 154)], [], Box(0, 0, 400, 300)) != [None]


@given(st.floats(1700, 2290), st.floats(0.01, 500))
def test_years_are_whole_and_apart(start: float, span: float) -> None:
    ticks, words = year_ticks(start, start + span, TICK, 400)
    assert len(ticks) == len(words) >= 2
    assert len(set(words)) == len(words)
    assert all(start - 1e-6 <= tick <= start + span + 1e-6 for tick in ticks)


def test_the_command_draws_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "trend.svg"
    assert main(["trend", "ai-and-compute", "--plot", str(path), "--plot-title", "AI & compute"]) == 0
    assert "3.34 months" in capsys.readouterr().out
    assert "AI &amp; compute" in path.read_text("utf-8")
    assert main(["trend", "ai-and-compute", "--plot", str(tmp_path / "trend.gif")]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "no picture ends like this; expected .png, .svg, .pdf" in written.err
    assert [p.name for p in tmp_path.iterdir()] == ["trend.svg"]


@pytest.mark.parametrize("name", ["", " "])
def test_a_picture_without_a_name_is_told_what_one_ends_in(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["trend", "ai-and-compute", "--plot", name]) == 2
    said = "slipstick: --plot: no name of a file; expected one that ends in .png, .svg, .pdf\n"
    assert capsys.readouterr() == ("", said)
