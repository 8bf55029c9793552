"""`slipstick convert`: what it prints, its JSON, its list, and one clear line for what does not convert."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from slipstick import known_units
from slipstick.cli import main

ROOT = Path(__file__).parents[1]
Capture = pytest.CaptureFixture[str]


def printed(capsys: Capture, *arguments: str) -> str:
    assert main(["convert", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["4095 PF-days", "FLOP"], ["3.53808e23 FLOP"]),
        (["4095 PF-days"], ["3.53808e23 FLOP"]),
        (["100 km/h", "m/s"], ["27.7777777778 m/s"]),
        (["12345678 m", "m"], ["12,345,678 m"]),
        (["1 day", "s"], ["86,400 s"]),
        (["1e24 FLOP", "FLOP"], ["10^24 FLOP"]),
        (["3..5 PF-days", "FLOP"], ["2.592e20 to 4.32e20 FLOP"]),
        (["-40 °C", "°F"], ["-40 °F", "  note: points on a scale of temperature; a difference is written Δ°C or Δ°F"]),
        (["1 month", "days"], ["30.4375 days", "  note: a month was taken for 30.4375 days, a twelfth of 365.25"]),
    ],
)
def test_what_it_prints(arguments: list[str], lines: list[str], capsys: Capture) -> None:
    assert printed(capsys, *arguments).splitlines() == lines


def test_the_path_on_request(capsys: Capture) -> None:
    assert printed(capsys, "22 TPU v3 core-years", "TPU v3 chip hour", "--explain").splitlines() == [
        "96,426 TPU v3 chip hour",
        "  note: a year was taken for 365.25 days, a Julian year",
        "",
        "22 TPU v3 core-years to TPU v3 chip hour:",
        "  1 year = 31,557,600 s          [IAU: the Julian year of 365.25 days]",
        "  1 hour = 3,600 s               [SI Brochure, 9th edition (2019), table 8]",
        "  1 TPU v3 chip = 2 TPU v3 core  [https://cloud.google.com/tpu/docs/v3]",
        "  factor: 4,383 (exact)",
    ]


def test_json_has_every_field(capsys: Capture) -> None:
    record = json.loads(printed(capsys, "3..5 km/h", "m/s", "--format", "json"))
    assert list(record) == [
        "schema", "quantity", "value", "fraction", "low", "high", "unit", "factor", "exact", "path", "notes"
    ]  # fmt: skip
    assert (record["schema"], record["factor"], record["exact"]) == ("slipstick-conversion/1", "5/18", True)
    assert (record["low"], record["high"]) == (pytest.approx(3 / 3.6), pytest.approx(5 / 3.6))
    assert [set(step) for step in record["path"]] == [{"text", "factor", "source"}] * 2


def test_the_list_is_of_a_dimension_or_of_a_word(capsys: Capture) -> None:
    energy = printed(capsys, "--list", "energy")
    assert {"joule", "btu", "ton_of_TNT"} <= {line.split()[0] for line in energy.splitlines()}
    assert "horsepower " not in energy
    assert printed(capsys, "--list", "nautical").startswith("nautical_mile")
    assert len(printed(capsys, "--list").splitlines()) == len(known_units())
    units = json.loads(printed(capsys, "--list", "--format", "json"))["units"]
    assert all(unit["source"] and unit["dimension"] and unit["definition"] for unit in units)


@pytest.mark.parametrize(
    ("both", "result"),
    [
        ("5 miles in km", "8.04672 km"),
        ("12 in to cm", "30.48 cm"),
        ("12 in in cm", "30.48 cm"),
        ("3..5 kWh in MJ", "10.8 to 18 MJ"),
        ("4095 PF-days into FLOP", "3.53808e23 FLOP"),
        ("2 h -> min", "120 min"),
        ("50 % -> 1", "0.5"),
        ("5 in", "0.127 m"),
        ("3 to 5 kWh", "10,800,000 to 18,000,000 J"),
        ("2 lbf in", "0.225969658055 J"),
        ("-5..5°C", "268.15 to 278.15 K"),
        ("-40°C -> °F", "-40 °F"),
        ("-10 to -5 °C in °F", "14 to 23 °F"),
        ("0..5 m", "0 to 5 m"),
        ("3..3 m", "3 m"),
        ("5 km to 10 km", "5,000 to 10,000 m"),
        ("1.5 to 2.5 million tokens", "1,500,000 to 2,500,000 token"),
    ],
)
def test_quantity_and_unit_in_one_text(both: str, result: str, capsys: Capture) -> None:
    """The word "in" before a unit is no inch: 5 mile-inch-kilometres are no answer to anybody."""
    assert printed(capsys, both).splitlines()[0] == result


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "expected a quantity and the unit wanted, such as '4095 PF-days' FLOP, or --list"),
        (["5 m", "--list"], "expected a quantity and the unit wanted, such as '4095 PF-days' FLOP, or --list"),
        (["5 m", ""], "expected a unit to convert to, such as FLOP; for a plain number, write 1"),
        (["5 FLOP/s", "FLOP"], "FLOP/s (FLOP / time) is not FLOP: times a time"),
        (
            ["3 PF-days", "A100-hours"],
            "PF-days (FLOP) is not A100-hours (A100 · time): "
            "how much one does in a time depends on its rate and utilization; slipstick cost has both",
        ),
        (
            ["5 to 3 m"],
            "a range runs from its lower to its higher end; expected them the other way in '5 to 3 m'",
        ),
        (["5 - 3 m"], "a range runs from its lower to its higher end; expected them the other way in '5 - 3 m'"),
        (["5 km to 10 m"], "expected both ends of a range in one unit, not 'km' and 'm'"),
        (["-300..5 °C"], "-300 °C is below absolute zero"),
        (["1e-290..1e290 Ym", "m"], "the result is beyond 1e300 or below 1e-300"),
        (["--list", "zork"], "no unit and no dimension has 'zork' in its name"),
        (["5 m", "m", "s"], "unexpected argument 's'; what has spaces needs quotes; see slipstick convert --help"),
    ],
)
def test_a_wrong_call_is_one_line(arguments: list[str], said: str, capsys: Capture) -> None:
    assert main(["convert", *arguments]) == 2
    assert capsys.readouterr().err == f"slipstick: {said}\n"


def test_the_page_of_units_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_units_page", ROOT / "docs/make_units_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs/units.md").read_text(encoding="utf-8") == module.page(), "run: python docs/make_units_page.py"


def test_markdown_for_a_thread(capsys: Capture) -> None:
    page = printed(capsys, "1 year", "hours", "--explain", "--format", "markdown")
    assert page.splitlines()[0] == "`1 year` = **8,766 hours**"
    assert "- factor: 8,766 (exact)" in page
    rows = printed(capsys, "--list", "energy", "--format", "markdown").splitlines()
    assert rows[:2] == ["| unit | dimension | spelled |", "|---|---|---|"]
    assert len(rows) == 2 + len(printed(capsys, "--list", "energy").splitlines())
