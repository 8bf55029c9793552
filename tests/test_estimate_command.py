"""`slipstick estimate`: text, JSON, and one line for every call that cannot be used."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from slipstick.cli import main

ALPHASTAR = [
    "agents * days * peak * boards * utilization",
    "agents=12 agents",
    "days=44 days",
    "peak=420 TFLOP/s/TPU v3 board",
    "boards=32 TPU v3 boards / agent",
    "utilization=0.15 to 0.45",
]
PRODUCT = ["x * y", "x=1 to 4", "y=3 to 27"]
SUM = ["x + y", "x=1 to 4", "y=3 to 27"]


def text_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["estimate", *arguments]) == 0
    written = capsys.readouterr()
    assert written.err == ""
    return written.out


def record_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    return json.loads(text_of(capsys, *arguments, "--format", "json"))  # type: ignore[no-any-return]


# --- AlphaStar: 6.1312e23 times 0.15 and 0.45


def test_alphastar(capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(capsys, *ALPHASTAR)
    interval = record["interval"]
    assert (f"{interval['low']:.4g}", f"{interval['high']:.4g}") == ("9.197e+22", "2.759e+23")
    assert (interval["method"], interval["level"], record["unit"]) == ("scaled", 0.9, "FLOP")
    assert (interval["draws"], interval["standard_error"]) == (None, None)
    assert "90 % interval 9.2e22 to 2.76e23" in text_of(capsys, *ALPHASTAR)


def test_alphastar_audited_with_a_stated_utilization(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(
        "12 agents * 44 days * 24 hours/day * 3600 sec/hour * 420*10^12 FLOP/s * 32 TPUv3 boards * "
        "33% actual board utilization = 2.02 * 10^23 FLOP"
    )
    assert main(["audit", str(note), "--utilization", "0.15..0.45", "--format", "json"]) in (0, 1)
    (calculation,) = json.loads(capsys.readouterr().out)["calculations"]
    interval = calculation["interval"]
    assert (f"{interval['low']:.4g}", f"{interval['high']:.4g}") == ("9.197e+22", "2.759e+23")


# --- The record


def test_every_field_of_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(capsys, "p * t", "p=1 to 4 kW", "t=2 s")
    assert record["schema"] == "slipstick-estimate/1"
    assert (record["expression"], record["latex"]) == ("p*t", r"\text{p} \cdot \text{t}")
    assert (record["value"], record["unit"], record["answers"]) == (4000, "J", [])
    p, t = record["inputs"]
    assert (p["name"], p["value"], p["unit"], p["low"], p["high"]) == ("p", 2000, "W", 1000, 4000)
    assert (p["share"], p["source"], p["written"]) == (1, "as given", {"value": 2, "unit": "kW"})
    assert (t["low"], t["share"], t["written"]) == (None, 0, {"value": 2, "unit": "s"})
    assert record["first_order"]["serves"] is False


def test_a_record_of_what_is_exact(capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(capsys, "a * b", "a=2", "b=-3 kg")
    assert (record["value"], record["interval"], record["first_order"]) == (-6, None, None)
    assert text_of(capsys, "a * b", "a=2", "b=-3 kg") == "a*b\n= -6 kg, exact\n"


@pytest.mark.parametrize(
    ("arguments", "method"),
    [
        ([*PRODUCT], "lognormal"),
        ([*SUM], "sampled"),
        ([*SUM, "--method", "first order"], "first order"),
        ([*PRODUCT, "--method", "sampled", "--draws", "1000"], "sampled"),
        ([*SUM, "--design", "sobol", "--draws", "1024"], "sobol"),
        ([*SUM, "--design", "latin hypercube", "--draws", "1000"], "latin hypercube"),
        (["x", "x=normal(10, 2) kW"], "scaled"),
        (["x + y", "x=normal(10, 2) kW", "y=plus_minus(1 W, 2 W)"], "normal"),
    ],
)
def test_the_way_is_named(capsys: pytest.CaptureFixture[str], arguments: list[str], method: str) -> None:
    assert record_of(capsys, *arguments)["interval"]["method"] == method


def test_seeds_levels_draws_and_workers(capsys: pytest.CaptureFixture[str]) -> None:
    one = record_of(capsys, *SUM, "--draws", "20000", "--seed", "3")
    assert record_of(capsys, *SUM, "--draws", "20000", "--seed", "3", "--workers", "2") == one
    assert record_of(capsys, *SUM, "--draws", "20000", "--seed", "4") != one
    assert one["interval"]["draws"] == 20_000
    assert record_of(capsys, *SUM, "--level", "0.5")["interval"]["high"] < one["interval"]["high"]


def test_correlations(capsys: pytest.CaptureFixture[str]) -> None:
    interval = record_of(capsys, *PRODUCT, "--correlate", "x, y = 1")["interval"]
    assert (interval["low"], interval["high"]) == (pytest.approx(3), pytest.approx(108))


def test_solving(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["p * t", "p=2 kW", "t=1 to 4 h", "--solve", "p", "--target", "8 to 32 kWh"]
    (answer,) = record_of(capsys, *arguments)["answers"]
    half = math.hypot(math.log(2), math.log(2))
    assert (answer["name"], answer["expression"], answer["unit"]) == ("p", "target/t", "W")
    assert answer["value"] == pytest.approx(8000)
    assert answer["interval"]["high"] == pytest.approx(8000 * math.exp(half))
    shown = "p = 8.000 kW (90 % interval 3.0 to 21.3, median 8.0, lognormal)\n  = target/t\n"
    assert text_of(capsys, *arguments).endswith(f"\n\n{shown}")


def test_solving_for_two(capsys: pytest.CaptureFixture[str]) -> None:
    answers = record_of(capsys, "x**2 + b*x", "x=1", "b=1", "--solve", "x", "--target", "6")["answers"]
    assert [answer["value"] for answer in answers] == pytest.approx([-3, 2])


def test_measured_draws_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "draws.txt").write_text("31\n36\n33\n32\n")
    record = record_of(capsys, "2 * p", f"p=@{tmp_path / 'draws.txt'} kW")
    assert record["interval"]["median"] == pytest.approx(65_000)
    assert (record["inputs"][0]["source"], record["inputs"][0]["low"]) == ("4 samples", 31_000)


# --- What cannot be used


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a*b", "a=1"], "the formula needs a value for 'b'"),
        (["a", "a=1", "b=2"], "the formula has no input 'b'; it has a"),
        (["a", "a"], "expected NAME=VALUE, such as days='14 days', not 'a'"),
        (["a", "a=1", "1b=2"], "expected NAME=VALUE, such as days='14 days', not '1b=2'"),
        (["a", "a=1", "a=2"], "two values for 'a'"),
        (["a +", "a=1"], "expected a name or a number at the end of 'a +'"),
        (["a\nb", "a=1"], r"expected an operator before 'b' in 'a\nb'"),
        (["(" * 60 + "a", "a=1"], "the formula has brackets more than 50 deep"),
        (["__import__('os')", "a=1"], "expected a name, a number or an operator at \"'os')\""),
        (["a", "a=5 to 2"], "a range runs from its lower to its higher end, not from 5 to 2"),
        (["a", "a=between(5, 2) kW"], "a range runs from its lower to its higher end, not 5 to 2"),
        (["a", "a=normal(10, -2)"], "sd must be a finite number of 0 or more, not -2"),
        (["a", "a=lognormal(median=0, sigma=1)"], "a lognormal quantity is positive: its median cannot be 0"),
        (
            ["a", "a=between(80%, 120%, fraction=true)"],
            "the range of a fraction must lie inside 0 to 1, both ends excluded, not 0.8 to 1.2",
        ),
        (["a", "a="], 'expected a number with a unit, such as "6e22 FLOP" or "44 days", not \'\''),
        (["a", "a=5 zork"], "the unit 'zork' is not known; slipstick convert --list has all units"),
        (["a + b", "a=1 kg", "b=1 s"], "unlike things are added: kg and s"),
        (["1/a", "a=0"], "a division by zero"),
        (["a/b", "a=1e200", "b=1e-200"], "the result is beyond 1e300 or below 1e-300"),
        (["sqrt(a) + 1", "a=normal(1, 1)"], "the result is not a finite number for some values of its inputs"),
        ([*PRODUCT, "--level", "2"], "a level must lie between 0 and 1, not 2.0"),
        ([*PRODUCT, "--level", "high"], "argument --level: invalid float value: 'high'"),
        ([*PRODUCT, "--method", "guess"], "expected a method of auto, exact, first order, sampled, not 'guess'"),
        ([*SUM, "--method", "exact"], "no exact way is known for this formula; its spread can be sampled"),
        ([*PRODUCT, "--design", "x"], "expected a design of random, sobol, latin hypercube, not 'x'"),
        ([*PRODUCT, "--draws", "5"], "sampling takes at least 100 draws, not 5"),
        ([*PRODUCT, "--draws", "many"], "argument --draws: invalid int value: 'many'"),
        ([*PRODUCT, "--seed", "-1"], "a seed must lie between 0 and 2^64 - 1, not -1"),
        ([*PRODUCT, "--digits", "9"], "1 to 3 digits can be made to stand still, not 9"),
        ([*PRODUCT, "--workers", "0"], "expected 1 to 256 workers, not 0"),
        ([*PRODUCT, "--correlate", "x,y"], "expected A,B=RHO with a correlation of -1 to 1, not 'x,y'"),
        ([*PRODUCT, "--correlate", "x,y=2"], "expected A,B=RHO with a correlation of -1 to 1, not 'x,y=2'"),
        ([*PRODUCT, "--correlate", "x,z=0.5"], "no input 'z'; there are x, y"),
        ([*PRODUCT, "--correlate", "x,x=0.5"], "x is correlated with itself: a pair has two inputs"),
        (
            [*PRODUCT, "--correlate", "x,y=0.5", "--correlate", "x,y=0.4"],
            "two correlations of x and y are declared",
        ),
        (
            [*PRODUCT, "--correlate", "x,y=0.5", "--correlate", "y,x=0.4"],
            "two correlations of y and x are declared",
        ),
        ([*PRODUCT, "--solve", "x"], "--solve and --target go together; expected both"),
        ([*PRODUCT, "--target", "3"], "--solve and --target go together; expected both"),
        ([*PRODUCT, "--solve", "z", "--target", "3"], "no input 'z'; there are x, y"),
        ([*PRODUCT, "--solve", "x", "--target", "3 kg"], "the result is in 1, the target in kg"),
        (["a**2", "a=1", "--solve", "a", "--target=-2"], "no value of a makes the result -2"),
        (["a", "a=@no such file"], "no: cannot be read (No such file or directory); expected a text file or a table"),
        ([*PRODUCT, "--what"], "unknown option --what; `slipstick estimate --help` lists them"),
        (
            [*PRODUCT, "--format", "xml"],
            "argument --format: invalid choice: 'xml' (choose from 'text', 'markdown', 'json')",
        ),
    ],
)
def test_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert main(["estimate", *arguments]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err == f"slipstick: {message}\n"


def test_as_a_program() -> None:
    command = [sys.executable, "-m", "slipstick", "estimate", *ALPHASTAR]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "= 1.59e23 FLOP (90 % interval 9.2e22 to 2.76e23, median 1.69e23, scaled)" in done.stdout
    wrong = subprocess.run([*command, "days=3"], capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout, wrong.stderr) == (2, "", "slipstick: two values for 'days'\n")


class TestOtherUnit:
    """`--unit` shows the result, its interval and its median in a unit of choice."""

    CALL = ("estimate", "power * time", "power=3 to 5 kW", "time=1000 hours")

    def test_on_the_page(self, capsys: pytest.CaptureFixture[str]) -> None:
        """3 to 5 kW for 1000 hours are 3 to 5 MWh; the point is their geometric mean, sqrt(15)."""
        assert main([*self.CALL, "--unit", "MWh"]) == 0
        line = capsys.readouterr().out.splitlines()[1]
        assert line == "= 3.87 MWh (90 % interval 3.00 to 5.00, median 3.87, scaled)"

    def test_in_json_beside_base_units(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*self.CALL, "--unit", "MWh", "--format", "json"]) == 0
        record = json.loads(capsys.readouterr().out)
        assert record["unit"] == "J"
        assert record["converted"]["unit"] == "MWh"
        assert record["converted"]["low"] == pytest.approx(3)
        assert record["converted"]["value"] == pytest.approx(record["value"] / 3.6e9)

    def test_what_was_taken_is_said(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["estimate", "a", "a=2 years", "--unit", "months"]) == 0
        assert "  note: a month was taken for 30.4375 days, a twelfth of 365.25" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("unit", "said"),
        [
            ("kW", "J (energy) is not kW (power): divided by a time"),
            ("zork", "'zork' is no unit that slipstick knows; slipstick convert --list has all units"),
        ],
    )
    def test_another_dimension_is_one_line(self, unit: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*self.CALL, "--unit", unit]) == 2
        assert capsys.readouterr().err == f"slipstick: {said}\n"

    def test_a_scale_with_a_zero_of_its_own_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["estimate", "a", "a=300 kelvin", "--unit", "°C"]) == 2
        assert "has a zero of its own; expected a unit such as K" in capsys.readouterr().err


def test_a_unit_that_only_conversions_know_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", "a", "a=5 stone"]) == 2
    said = "the unit 'stone' is not known in estimates; `slipstick convert` has it, in kg"
    assert capsys.readouterr().err == f"slipstick: {said}\n"


class TestBareSix:
    """6 parameters tokens is no FLOP; the page says what would make it one, and only where nothing else could be."""

    GIVEN = ("N=175e9 parameters", "D=300e9 tokens")

    @pytest.mark.parametrize(
        ("formula", "others", "unit"),
        [
            ("6 * N * D", (), "FLOP"),
            ("2 * N * D", (), "FLOP"),
            ("6 * N * D / (gpus * peak)", ("gpus=8 A100", "peak=312 TFLOP/s/A100"), "s"),
        ],
    )
    def test_is_told(
        self, formula: str, others: tuple[str, ...], unit: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["estimate", formula, *self.GIVEN, *others]) == 0
        said = capsys.readouterr().out.splitlines()[2]
        assert said.startswith(
            f"  note: {formula[0]} has no unit here; as an input of {formula[0]} FLOP/parameter/token"
        )
        assert said.endswith(f"it would make the result {unit}")

    @pytest.mark.parametrize(
        ("formula", "given"),
        [
            ("N * D", GIVEN),
            ("2 * 3 * N * D", GIVEN),
            ("5 * N * D", GIVEN),
            ("6 * N * D + 6 * N * D", GIVEN),
            ("6 * N", GIVEN[:1]),
            ("6 * N / D", GIVEN),
            ("k * N * D", ("k=6 FLOP/parameter/token", *GIVEN)),
        ],
    )
    def test_is_not_told_of_anything_else(
        self, formula: str, given: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["estimate", formula, *given]) == 0
        assert "note" not in capsys.readouterr().out

    def test_in_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["estimate", "6*N*D", *self.GIVEN, "--format", "json"]) == 0
        (note,) = json.loads(capsys.readouterr().out)["notes"]
        assert "6 FLOP/parameter/token" in note


@pytest.mark.parametrize("format_", ["text", "json"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a*b", "a=1e200 to 1e280 Ym", "b=2"), "a: its range reaches beyond 1e300 or below 1e-300 in base units"),
        (
            ("a*b", "a=1e200 to 1e250", "b=1e50 to 1e60"),
            "the interval of the result reaches beyond 1e300 or below 1e-300",
        ),
        (("a", "a=1e250 to 1e295 m", "--unit", "nm"), "the result is beyond 1e300 or below 1e-300"),
    ],
)
def test_a_figure_beyond_1e300_is_refused_in_every_format(
    format_: str, arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["estimate", *arguments, "--format", format_]) == 2
    assert capsys.readouterr() == ("", f"slipstick: {message}\n")


def test_markdown_for_a_thread(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["estimate", "power * t_run", "power=3 to 5 kW", "t_run=1000 hours", "--unit", "MWh"]
    assert main([*call, "--solve", "t_run", "--target", "4 MWh", "--format", "markdown"]) == 0
    page = capsys.readouterr().out
    assert page.startswith(
        "`power*t_run`\n= **3.87 MWh (90 % interval 3.00 to 5.00, median 3.87, scaled)**\n\n| input | "
    )
    rendered = MarkdownIt().enable("table").render(page)
    assert "<td>t_run</td>\n<td>1000 hour</td>\n<td>exact</td>" in rendered
    assert "<strong>t_run = 1033 hour (" in rendered
    assert "<code>= target/power</code>" in rendered
