"""Pictures: marks stand where the numbers say, words are legible and only words, files are the same each time."""

from __future__ import annotations

import io
import math
import os
import re
import runpy
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.legibility import assert_legible, boxes, by_gid

import slipstick
from slipstick import Estimate, UnitsError, between, compare, normal, uniform
from slipstick.cli import main
from slipstick.estimates.combining import estimate_from
from slipstick.plotting import density, save, svg, tornado, waterfall
from slipstick.plotting.files import data_of
from slipstick.plotting.flags import Flag, raised_flags
from slipstick.plotting.lettering import Font, fitted, lines_of, typeset, width
from slipstick.plotting.style import TICK
from slipstick.plotting.ticks import linear_scale, log_scale

pytest.importorskip("matplotlib")

ALPHASTAR = "12 agents * 44 days * 420*10^12 FLOP/s * 32 TPUv3 boards * 33% utilization = 2.02 * 10^23 FLOP"
BLOG = "600 agents * 14 days * 16 TPUs * 420*10^12 FLOP/s * 50% utilization = 2.4 * 10^24 FLOP"
CHIPS = "384 TPUv3 chips * 44 days * 123*10^12 FLOP/s * 33% = 5.9 * 10^22 FLOP"
HOSTILE = [
    "$\\frac{1}{$",
    "a_b^c $x$ $",
    "\\textbf{a} % # & ~",
    "<script>alert('a')</script> & \"b\"",
    "]]> -->",
    "tab\tline\nnull\0 \ud800 \u202eabc",
    "W" * 300,
    "漢字 ﷽ é",
]


def run_estimate() -> Estimate:
    return Estimate.from_formula(
        "gpus * days * peak * utilization",
        gpus="512 A100",
        days="20 to 30 days",
        peak="312 TFLOP/s/A100",
        utilization="0.3 to 0.5",
    )


def many_inputs(number: int) -> Estimate:
    names = [f"a_rather_long_name_for_the_input_{n}" for n in range(number)]
    return Estimate.from_formula(" * ".join(names), **{name: f"{n + 1} to {n + 2}" for n, name in enumerate(names)})


class TestDensity:
    def test_the_shading_ends_where_the_interval_does(self) -> None:
        estimate = run_estimate()
        spread = estimate.spread()
        assert spread is not None
        (shading,) = by_gid(density(estimate), "interval")
        across = shading.get_paths()[0].vertices[:, 0]
        assert across.min() == spread.low
        assert across.max() == spread.high

    def test_nine_tenths_of_the_area_are_shaded(self) -> None:
        import numpy as np

        (line,) = by_gid(density(run_estimate()), "density")
        spread = run_estimate().spread()
        assert spread is not None
        x, y = line.get_data()
        inside = (x >= spread.low) & (x <= spread.high)
        assert np.trapezoid(y[inside], x[inside]) / np.trapezoid(y, x) == pytest.approx(0.9, abs=0.004)

    def test_a_wide_lognormal_has_its_known_height_on_a_log_axis(self) -> None:
        figure = density(estimate_from(between(1, 100, name="x")))
        (line,) = by_gid(figure, "density")
        assert figure.axes[0].get_xscale() == "log"
        deviation = 2 / (2 * 1.6448536)  # of the decimal logarithm: two decades are the 90 % interval
        assert max(line.get_ydata()) == pytest.approx(1 / (math.sqrt(2 * math.pi) * deviation), rel=0.02)
        assert figure.axes[0].get_ylabel() == "probability per factor of ten"

    def test_a_uniform_density_is_flat_and_linear(self) -> None:
        figure = density(estimate_from(uniform(4, 12, name="x")))
        (line,) = by_gid(figure, "density")
        x, y = line.get_data()
        middle = y[(x > 5) & (x < 11)]
        assert figure.axes[0].get_xscale() == "linear"
        assert middle.min() > 0.121
        assert middle.max() < 0.129

    def test_the_heights_are_per_the_unit_of_the_axis(self) -> None:
        import numpy as np

        figure = density(run_estimate())
        (line,) = by_gid(figure, "density")
        x, y = line.get_data()
        assert figure.axes[0].get_xlabel() == "result (10²³ FLOP)"
        assert figure.axes[0].get_ylabel() == "probability per 10²³ FLOP"
        assert np.trapezoid(y, x / 1e23) == pytest.approx(1, abs=0.003)

    def test_marks_stand_at_their_values(self) -> None:
        estimate = slipstick.read_estimate(ALPHASTAR)
        figure = density(estimate, claim="2.02e23 FLOP", rivals={"as chips": "5.9e22 FLOP", "blog": "2.4e24 FLOP"})
        spread = estimate.spread()
        assert spread is not None
        expected = (
            ("median 1.69 × 10²³", spread.median),
            ("as written, claimed 2.02 × 10²³", 2.02e23),
            ("as chips 5.9 × 10²²", 5.9e22),
            ("blog 2.4 × 10²⁴", 2.4e24),
        )
        for n, (words, value) in enumerate(expected):
            (line,) = by_gid(figure, f"mark-{n}")
            assert list(line.get_xdata()) == pytest.approx([value, value], rel=1e-12)
            assert len(boxes(figure)[words]) == 1
        assert_legible(figure)

    def test_a_mark_far_away_is_told_at_the_edge(self) -> None:
        figure = density(run_estimate(), claim="1e60 FLOP", rivals={"least": "1e-60 FLOP"})
        words = boxes(figure)
        assert "claimed 1 × 10⁶⁰ →" in words
        assert "← least 1 × 10⁻⁶⁰" in words
        assert figure.axes[0].get_xlim()[1] < 1e27

    def test_crowded_marks_do_not_run_into_one_another(self) -> None:
        rivals = {f"rival {n}": f"{1.3 + n * 0.01:.2f}e23 FLOP" for n in range(6)}
        assert_legible(density(run_estimate(), rivals=rivals))

    @pytest.mark.parametrize("claim", ["2.4e21 FLOP", "2.2e21 FLOP", "1e22 FLOP", "9e22 FLOP"])
    def test_the_numbers_of_the_axis_stay_in_the_picture(self, claim: str) -> None:
        made = Estimate.from_formula("peak * u", peak="7.285e22 FLOP", u="0.15 to 0.45")
        assert_legible(density(made, claim=claim))

    def test_marks_that_differ_in_the_last_bits_are_one(self) -> None:
        figure = density(Estimate.from_formula("a * b", a="1 to 1e9 FLOP", b="1e-3 to 1e6"))
        assert by_gid(figure, "mark-0")
        assert not by_gid(figure, "mark-1")

    def test_the_interval_is_that_of_the_spread_given(self) -> None:
        figure = density(run_estimate(), spread=run_estimate().spread(0.5))
        assert any(words.startswith("50 % interval") for words in boxes(figure))

    @pytest.mark.parametrize(
        ("estimate", "message"),
        [
            (Estimate.from_formula("a * b", a=2, b=3), "nothing in the estimate is uncertain"),
            (Estimate.from_formula("a * b - a * b", a="1 to 2", b=3), "has no spread"),
            (Estimate.from_formula("a + b", a="normal(1, 0.001)", b=1e12), "so little spread"),
        ],
    )
    def test_what_has_no_density_is_one_line(self, estimate: Estimate, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            density(estimate)

    def test_marks_of_other_units_and_too_many_are_refused(self) -> None:
        with pytest.raises(UnitsError, match="the claim is in s, the estimate in FLOP"):
            density(run_estimate(), claim="3 s")
        with pytest.raises(ValueError, match="11 values to mark; expected 8 at most"):
            density(run_estimate(), rivals=[("x", f"{n}e23 FLOP") for n in range(1, 10)])


class TestTornado:
    def test_bars_end_where_the_swings_do(self) -> None:
        estimate = run_estimate()
        figure = tornado(estimate)
        (line,) = by_gid(figure, "middle")
        middle = line.get_xdata()[0]
        half_way = 1 / (1 + math.exp(-math.log(0.3 / 0.7) / 2))  # the median of a logit-normal from 0.3 to 0.5
        assert middle == pytest.approx(512 * math.sqrt(600) * 86400 * 312e12 * half_way, rel=1e-9)
        for n, swing in enumerate(estimate.tornado()):
            for end, value in (("low", swing.low), ("high", swing.high)):
                (bar,) = by_gid(figure, f"{end}-{n}")
                assert bar.get_x() == middle
                assert bar.get_x() + bar.get_width() == pytest.approx(value, rel=1e-12)
                assert bar.get_y() < n < bar.get_y() + bar.get_height()
        assert {"20 day", "30 day", "0.3", "0.5"} <= set(boxes(figure))
        assert_legible(figure)

    def test_where_both_ends_lead_the_same_way_both_bars_are_seen(self) -> None:
        estimate = Estimate.from_formula("(x - 1)^2 + y", x="normal(1, 1)", y="1 to 2")
        bars = [bar for end in ("low", "high") for bar in by_gid(tornado(estimate), f"{end}-0")]
        assert all(bar.get_width() > 0 for bar in bars)
        assert bars[0].get_y() + bars[0].get_height() == pytest.approx(bars[1].get_y())
        assert {"(x - 1)^2 + y", "−0.645 or 2.64"} <= set(boxes(tornado(estimate)))

    def test_many_inputs_are_cut_and_counted(self) -> None:
        figure = tornado(many_inputs(30))
        assert "and 18 more with narrower swings" in boxes(figure)
        assert_legible(figure)

    def test_what_does_not_move_is_one_line(self) -> None:
        with pytest.raises(ValueError, match="nothing in the estimate is uncertain"):
            tornado(Estimate.from_formula("a", a=2))
        with pytest.raises(ValueError, match="no input moves the result"):
            tornado(Estimate.from_formula("a - a", a="1 to 2"))


class TestWaterfall:
    def test_each_bar_begins_where_the_last_ended_and_the_last_ends_at_b(self) -> None:
        made = compare(ALPHASTAR, BLOG)
        figure = waterfall(made)
        reached, whole = float(made.a.value), 1.0
        different = [row for row in made.rows if row.ratio != 1]
        for n, row in enumerate(different, 1):
            (bar,) = by_gid(figure, f"step-{n}")
            assert bar.get_x() == pytest.approx(reached, rel=1e-12)
            after = bar.get_x() + bar.get_width()
            assert after / bar.get_x() == pytest.approx(float(row.ratio), rel=1e-9)
            assert bool(bar.get_hatch()) is (row.ratio < 1)
            whole *= after / bar.get_x()
            reached = after
        assert not by_gid(figure, f"step-{len(different) + 1}")
        assert whole == pytest.approx(float(made.ratio), rel=1e-9)
        assert [end.get_xdata()[0] for end in by_gid(figure, "end")] == [
            float(made.a.value),
            pytest.approx(reached, rel=1e-9),
        ]
        assert figure.axes[0].get_xscale() == "log"
        assert {"× 50", "÷ 3.14", "÷ 2", "× 1.52", "alike in both: peak"} <= set(boxes(figure))
        assert_legible(figure)

    def test_intervals_stand_at_their_ends(self) -> None:
        made = compare(ALPHASTAR, BLOG)
        lines = [list(line.get_xdata()) for line in by_gid(waterfall(made), "interval")]
        assert lines == [[each.interval.low, each.interval.high] for each in (made.a, made.b) if each.interval]

    def test_factors_that_the_units_tie_together_are_one_bar(self) -> None:
        made = compare(ALPHASTAR, "6 * 5.5e7 parameters * 5e11 tokens * 1e3 epochs = 1.65e23 FLOP")
        figure = waterfall(made)
        assert made.unaligned is not None
        assert "unaligned together" in boxes(figure)
        bar = max((a for a in figure.findobj() if str(a.get_gid()).startswith("step-")), key=lambda a: a.get_y())
        assert (bar.get_x() + bar.get_width()) / bar.get_x() == pytest.approx(float(made.unaligned.ratio), rel=1e-9)
        assert_legible(figure)

    @pytest.mark.parametrize(("a", "b"), [(ALPHASTAR, CHIPS), (ALPHASTAR, ALPHASTAR), ("1e23 FLOP", "3e23 FLOP")])
    def test_others_are_legible(self, a: str, b: str) -> None:
        assert_legible(waterfall(compare(a, b)))

    def test_many_factors_are_taken_together(self) -> None:
        names = [f"factor_{n:02}" for n in range(20)]
        one, other = (
            Estimate.from_formula(" * ".join(names), **{name: (n + 2) ** k for n, name in enumerate(names)})
            for k in (1, 2)
        )
        made = compare(one, other)
        figure = waterfall(made)
        ends = [end.get_xdata()[0] for end in by_gid(figure, "end")]
        assert ends[1] / ends[0] == pytest.approx(float(made.ratio), rel=1e-9)
        assert_legible(figure)

    def test_what_is_not_above_zero_has_no_place_on_a_log_axis(self) -> None:
        with pytest.raises(ValueError, match="not above zero"):
            waterfall(compare(estimate_from(-2, "a"), estimate_from(3, "b")))


class TestWords:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_words_are_only_words(self, text: str) -> None:
        estimate = estimate_from(between(1, 40, name=text)) * estimate_from(between(2, 3, name=text + "2"))
        for figure in (
            density(estimate, rivals={text: 4}),
            density(estimate, title=text),
            tornado(estimate),
            waterfall(compare(estimate, estimate_from(between(1, 4, name=text))), title=text),
        ):
            assert_legible(figure)
            root = ElementTree.fromstring(data_of(figure, "svg"))
            assert not [node for node in root.iter() if node.tag.endswith(("script", "text"))]

    @pytest.mark.parametrize(
        "estimate",
        [
            estimate_from(between("1e290", "1e299", name="x")),
            estimate_from(between("1e-299", "1e-290", name="x")),
            estimate_from(normal("1e250", "1e249", name="x")),
            estimate_from(normal(0, "1e-250", name="x")),
            estimate_from(between(0.99, 1.01, name="x")),
            estimate_from(between(99999, 100001, name="x")),
            Estimate.from_formula("a * b", a="1 to 1000000", b="1 to 1000000000 GPU hours"),
            many_inputs(40),
        ],
    )
    def test_extreme_estimates_are_legible(self, estimate: Estimate) -> None:
        assert_legible(density(estimate))
        assert_legible(tornado(estimate))

    @given(st.lists(st.floats(0, 430), max_size=8), st.lists(st.floats(5, 140), min_size=8, max_size=8))
    def test_flags_stand_apart(self, places: list[float], wide: list[float]) -> None:
        flags = [Flag(x, w) for x, w in zip(places, wide, strict=False)]
        found = raised_flags(flags, 430)
        spans = [
            (f.x, f.x + f.wide) if at.is_right else (f.x - f.wide, f.x) for f, at in zip(flags, found, strict=True)
        ]
        for (n, a), (m, b) in combinations(enumerate(spans), 2):
            assert found[n].row != found[m].row or a[1] <= b[0] or b[1] <= a[0]

    @given(st.text(max_size=400), st.floats(20, 300))
    def test_what_is_cut_fits(self, text: str, room: float) -> None:
        assert width(fitted(text, TICK, room), TICK) <= room
        assert all(width(line, TICK) <= room for line in lines_of(text, TICK, room, 3))
        assert len(lines_of(text, TICK, room, 3)) <= 3

    def test_both_ends_of_a_long_name_stay(self) -> None:
        cut = fitted("utilization_of_the_second_cluster_1", Font(9), 120)
        assert cut.startswith("utilization_")
        assert cut.endswith("er_1")

    @pytest.mark.parametrize(
        ("text", "printed"),
        [
            ("9.5e22", "9.5 × 10²²"),
            ("-2e-7", "−2 × 10⁻⁷"),
            ("43000", "43,000"),
            ("99999.25", "99,999.25"),
            ("2021-01-10", "2021-01-10"),
            ("0.12345", "0.12345"),
            ("1,000", "1,000"),
        ],
    )
    def test_numbers_are_printed(self, text: str, printed: str) -> None:
        assert typeset(text) == printed


class TestTicks:
    @given(st.floats(-300, 299), st.floats(0.001, 300), st.floats(60, 600))
    def test_on_a_log_axis(self, start: float, decades: float, room: float) -> None:
        low, high = 10.0**start, 10.0 ** min(start + decades, 300)
        self.check(
            log_scale(low, high, TICK, room), low, high, lambda t: math.log(t / low) / math.log(high / low) * room
        )

    @given(st.floats(-1e250, 1e250), st.floats(-6, 3), st.floats(60, 600))
    def test_on_a_linear_axis(self, low: float, decades: float, room: float) -> None:
        high = low + max(abs(low), 1e-200) * 10.0**decades
        self.check(linear_scale(low, high, TICK, room), low, high, lambda t: (t - low) / (high - low) * room)

    def check(self, scale: Any, low: float, high: float, place: Any) -> None:
        assert len(scale.ticks) >= 2
        assert all(low - abs(low) * 1e-3 <= t <= high + abs(high) * 1e-3 for t in scale.ticks)
        assert len(set(scale.words)) == len(scale.words) or len(scale.words) == 2
        if len(scale.ticks) > 2:
            rows = [(place(t), width(w, TICK)) for t, w in zip(scale.ticks, scale.words, strict=True)]
            assert all(b - a > (s + t) / 2 for (a, s), (b, t) in pairwise(rows))


class TestFiles:
    @pytest.mark.parametrize(("format_", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
    def test_the_same_picture_is_the_same_file(self, format_: str, begins: bytes) -> None:
        one, other = (data_of(density(run_estimate(), claim="2e23 FLOP"), format_) for _ in range(2))
        assert one == other
        assert one.startswith(begins)
        assert b"Date" not in one

    def test_in_another_process_too(self, tmp_path: Path) -> None:
        program = (
            "import sys, slipstick; from slipstick.plotting import save, waterfall;"
            f"save(waterfall(slipstick.compare({ALPHASTAR!r}, {BLOG!r})), sys.argv[1])"
        )
        for seed in ("1", "2"):
            environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
            subprocess.run([sys.executable, "-c", program, str(tmp_path / f"{seed}.svg")], env=environment, check=True)
        assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()

    def test_a_callers_settings_of_matplotlib_are_kept_and_not_used(self) -> None:
        import matplotlib as mpl

        before = data_of(tornado(run_estimate()), "svg")
        with mpl.rc_context({"font.size": 40, "axes.facecolor": "red", "svg.hashsalt": "other"}):
            assert data_of(tornado(run_estimate()), "svg") == before
            assert mpl.rcParams["font.size"] == 40

    def test_the_ground_is_opaque(self) -> None:
        from PIL import Image

        image = Image.open(io.BytesIO(data_of(tornado(run_estimate()), "png"))).convert("RGBA")
        assert image.size[0] == 1400
        assert image.getpixel((0, 0)) == image.getpixel((1399, image.size[1] - 1)) == (255, 255, 255, 255)

    def test_the_words_of_an_svg_are_told_in_its_title(self) -> None:
        words = ElementTree.tostring(ElementTree.fromstring(svg(tornado(run_estimate()))), "unicode")
        assert "gpus × days × peak × utilization" in words

    def test_another_end_and_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r"x\.gif: no picture ends like this; expected \.png, \.svg, \.pdf"):
            save(tornado(run_estimate()), tmp_path / "x.gif")
        with pytest.raises(OSError, match="No such file"):
            save(tornado(run_estimate()), tmp_path / "none" / "x.svg")

    def test_a_failure_leaves_the_old_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "x.png"
        path.write_bytes(b"old")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        figure = tornado(run_estimate())
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            save(figure, path)
        assert path.read_bytes() == b"old"
        assert [p.name for p in tmp_path.iterdir()] == ["x.png"]


class TestCommands:
    def complaint(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
        assert main(list(arguments)) == 2
        written = capsys.readouterr()
        assert written.out == ""
        assert written.err.count("\n") == 1
        return written.err

    def test_estimate(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        call = ["estimate", "a * b", "a=1 to 2 kW", "b=3 to 4 hours", "--plot-mark", "as told = 5 kWh"]
        for kind in ("density", "tornado"):
            assert (
                main([*call, "--plot", str(tmp_path / f"{kind}.svg"), "--plot-kind", kind, "--plot-title", kind]) == 0
            )
        assert "90 % interval" in capsys.readouterr().out
        assert {p.name for p in tmp_path.iterdir()} == {"density.svg", "tornado.svg"}

    def test_compare(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["compare", ALPHASTAR, BLOG, "--plot", str(tmp_path / "x.PDF")]) == 0
        assert "B is 12.05 times A" in capsys.readouterr().out
        assert (tmp_path / "x.PDF").read_bytes().startswith(b"%PDF")

    def test_audit_draws_the_one_calculation_with_its_claim(self, tmp_path: Path) -> None:
        path = tmp_path / "x.svg"
        assert main(["audit", "--text", ALPHASTAR, "--against", "6e22 FLOP", "--plot", str(path)]) == 0
        assert "12 agents" in path.read_text("utf-8")

    def test_audit_of_several_says_how_to_choose(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        post, picture = tmp_path / "post.md", tmp_path / "x.svg"
        post.write_text(f"One: {ALPHASTAR}.\n\nOther: {BLOG}.\n", encoding="utf-8")
        said = self.complaint(capsys, "audit", str(post), "--plot", str(picture))
        assert "holds 2 calculations" in said
        assert said.endswith("--plot-line says which\n")
        assert not picture.exists()
        assert main(["audit", str(post), "--plot", str(picture), "--plot-line", "3", "--plot-kind", "tornado"]) == 0
        assert "600 agents" in picture.read_text("utf-8")
        capsys.readouterr()
        assert "no calculation was read at line 2" in self.complaint(
            capsys, "audit", str(post), "--plot", str(picture), "--plot-line", "2"
        )
        assert "expected a line" in self.complaint(
            capsys, "audit", str(post), "--plot", str(picture), "--plot-line", "x"
        )

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["audit", "--text", ALPHASTAR, "--plot", "x.gif"], "no picture ends like this; expected .png, .svg, .pdf"),
            (["audit", "--text", ALPHASTAR, "--plot", "none/x.svg"], "there is no directory none"),
            (["audit", "--text", ALPHASTAR, "--plot", ""], "--plot: no name of a file"),
            (["audit", "--text", ALPHASTAR, "--plot-title", "x"], "--plot-title without --plot"),
            (["audit", "--text", "nothing", "--plot", "x.svg"], "no calculation was read"),
            (["audit", "a.md", "b.md", "--plot", "x.svg"], "--plot with several texts"),
            (["compare", "1 FLOP", "2 FLOP", "--plot", "x.gif"], "no picture ends like this"),
            (["estimate", "a", "a=1", "--plot", "x.svg"], "nothing in the estimate is uncertain"),
            (["estimate", "a", "a=1 to 2", "--plot", "x.svg", "--plot-mark", "3"], "expected NAME=VALUE"),
            (["estimate", "a", "a=1 to 2", "--plot", "x.svg", "--plot-mark", "b=3 s"], "b is in s, the estimate in 1"),
        ],
    )
    def test_wrong_calls_are_one_line(
        self, arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.chdir(tmp_path)
        assert said in self.complaint(capsys, *arguments)
        assert list(tmp_path.iterdir()) == []

    def test_an_input_is_not_written_over(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        post = tmp_path / "post.svg"
        post.write_text(ALPHASTAR, encoding="utf-8")
        assert "is an input as well" in self.complaint(capsys, "audit", str(post), "--plot", str(post))
        assert "is an input as well" in self.complaint(capsys, "compare", f"{post}:1", BLOG, "--plot", str(post))

    def test_without_matplotlib(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import importlib.util

        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
        said = self.complaint(capsys, "audit", "--text", ALPHASTAR, "--plot", str(tmp_path / "x.svg"))
        assert said == 'slipstick: --plot needs matplotlib: pip install "slipstick[plot]"\n'

    def test_nothing_is_loaded_for_a_picture_that_is_not_asked_for(self) -> None:
        program = (
            "import sys; from slipstick.cli import main; main(['audit', '--text', '2 * 3 = 6']);"
            "sys.exit(any(name.split('.')[0] == 'matplotlib' or 'plotting.' in name for name in sys.modules))"
        )
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        assert subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True).returncode == 0


def test_the_pictures_of_the_page_are_those_that_are_drawn_now() -> None:
    """By what their titles say, which holds their figures; bytes depend on the version of matplotlib."""
    pytest.importorskip("statsmodels")
    docs = Path(__file__).parents[1] / "docs"
    drawn = runpy.run_path(str(docs / "make_pictures.py"))["pictures"]()
    shown = re.findall(r"\]\(pictures/(\w+)\.svg\)", (docs / "pictures.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(drawn) == sorted(path.stem for path in (docs / "pictures").iterdir())
    for name, figure in drawn.items():
        assert_legible(figure)
        root = ElementTree.parse(docs / "pictures" / f"{name}.svg").getroot()
        title = next(node for node in root.iter() if node.tag.endswith("/elements/1.1/}title"))
        assert title.text == figure.get_label()
