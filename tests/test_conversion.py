"""Conversions: worked answers, what was taken for words of several meanings, paths with their sources, refusals."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import ConversionError, convert, convertible, known_units
from slipstick.conversion.converting import base_units
from slipstick.conversion.records import RegisteredUnit
from slipstick.conversion.registry import described, price_indices, table
from slipstick.units import UnitTerm
from slipstick.units import table as audited

REFUSALS = Path(__file__).parent / "data" / "conversion_refusals.csv"


def refusals() -> list[dict[str, str]]:
    with REFUSALS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("quantity", "unit", "value"),
    [
        ("4095 PF-days", "FLOP", 353_808 * 10**18),  # 4095 * 1e15 * 86400
        ("4095 pfs-days", "FLOP", 353_808 * 10**18),
        ("4095 petaflop/s-days", "FLOP", 353_808 * 10**18),
        ("4095 PFLOP/s-day", "FLOP", 353_808 * 10**18),
        ("1 petaflop/s day", "FLOP", 864 * 10**17),
        ("22 TPU v3 core-years", "TPU v3 chip hour", 22 * 8766 // 2),
        ("2 TPU v3 pods", "TPU v3 boards", 512),
        ("1 H100 node", "H100", 8),
        ("312 TFLOPS", "FLOP/s", 312 * 10**12),
        ("312 TFLOPs/sec", "TFLOP/s", 312),
        ("3 TOPS", "GFLOP/s", 3000),
        ("1 GMAC", "FLOP", 2 * 10**9),
        ("20 tokens/s/GPU", "tokens/hour/GPU", 72_000),
        ("20 tokens per second per GPU", "token s⁻¹ GPU⁻¹", 20),
        ("$3.60/GPU-hour", "cents per GPU-second", Fraction(1, 10)),
        ("$15 per 1M tokens", "$/token", Fraction(15, 10**6)),
        ("15 USD per million tokens", "USD/Mtok", 15),
        ("100 B tokens", "T tokens", Fraction(1, 10)),
        ("80 GiB", "GB", Fraction(80 * 2**30, 10**9)),
        ("5 KB", "bytes", 5000),
        ("8 Gbps", "GB/s", 1),
        ("1 kWh", "MJ", Fraction(36, 10)),
        ("400 gCO2e/kWh", "kg CO2e/MWh", 400),
        ("3 tonnes of CO2", "kgCO2e", 3000),
        ("12 GtC", "Gt CO2", 44),
        ("100 km/h", "m/s", Fraction(250, 9)),
        ("9.8 m s-2", "m/s^2", Fraction(98, 10)),
        ("7 days a week", "1", 1),
        ("3 square feet", "sq in", 432),
        ("5 ft-lb", "foot_pound", 5),
        ("30%", "1", Fraction(3, 10)),
        ("700 W TDP", "kW", Fraction(7, 10)),
        ("25 °C", "°F", 77),
        ("-40 degrees Celsius", "°F", -40),
        ("0 K", "°C", Fraction(-27315, 100)),
        ("10 Δ°C", "Δ°F", 18),
        ("6 °C/h", "K/min", Fraction(1, 10)),
        ("1/2 inch", "mm", Fraction(127, 10)),
        ("3.8×10^25 FLOP", "FLOP", 38 * 10**24),
        ("PF-day", "FLOP", 864 * 10**17),
        ("300 K", "K", 300),
        ("1 H100-hr", "H100 s", 3600),  # a second, and no plural of the part
        ("5 v3-8 hours", "TPU v3 core-hours", 40),
        ("$1.5 billion", "$M", 1500),
        ("1e6 tokens per 2000 USD", "tokens/USD", 500),  # an amount where a year does not fit
        ("5 ft.", "in.", 60),
        ("5 T", "gauss", 50_000),
        ("50 fps", "frames/min", 3000),
        ("5 megapixels", "pixel", 5_000_000),
        ("6 ft 2 in", "cm", Fraction(18796, 100)),
        ("1 h 30 min", "s", 5400),
        ("2 days, 3 hours and 30.5 min", "s", 2 * 86400 + 3 * 3600 + 1830),
        ("5 lb 3 oz", "oz", 83),
        ("TPU v3 core*TPU v3 board", "TPU v3 chip*TPU v3 pod", Fraction(1, 2 * 256)),
        ("TPU v3 pod/TPU v3 board", "TPU v3 chip/TPU v3 core", 128),
    ],
)
def test_worked_answers(quantity: str, unit: str, value: Fraction | int) -> None:
    made = convert(quantity, unit)
    assert (made.value, made.exact, made.unit) == (value, True, unit)


def test_a_value_may_be_any_exact_number() -> None:
    """A float is the decimal that Python prints, so that 0.1 km are 100 m."""
    for value in (0.1, Decimal("0.1"), Fraction(1, 10)):
        assert convert((value, "km"), "m").value == 100
    assert convert((10**40 + 1, "FLOP"), "FLOP").value == 10**40 + 1


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (np.int64(3), 3),
        (np.uint64(2**63 + 1), 2**63 + 1),
        (np.int64(-(2**63)), -(2**63)),
        (np.float64(0.1), Fraction(1, 10)),
        (np.float32(0.1), Fraction(1, 10)),
        (np.float16(0.5), Fraction(1, 2)),
    ],
)
def test_a_value_may_be_a_number_of_numpy(value: Any, exact: Fraction | int) -> None:
    assert convert((value, "km"), "m").value == exact * 1000
    with pytest.raises(ConversionError, match="expected a finite number"):
        convert((np.float32("inf"), "m"), "m")
    with pytest.raises(ConversionError, match="expected a number"):
        convert((np.bool_(True), "m"), "m")


@pytest.mark.parametrize("text", ["6 ft 2 s", "2 in 6 ft", "6.5 ft 2 in", "6 ft -2 in", "3 K 2 celsius", "5 kt 3 kg"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(ConversionError):
        convert(text, "m")


def test_both_ends_of_a_range_are_converted() -> None:
    made = convert("3..5 PF-days", "FLOP")
    assert (made.low, made.high) == (3 * 864 * 10**17, 5 * 864 * 10**17)
    assert (convert("3 to 5 kWh", "MJ").low, convert("4 ± 1 kWh", "MJ").high) == (Fraction(108, 10), 18)
    assert convert("-4..2 km", "m").value == -1000  # the middle: no factor leads from a negative end to a positive one


@given(st.fractions(-1000, 1000), st.fractions(0, 1000))
def test_any_two_ends_in_order_make_a_range_that_holds_its_value(low: Fraction, width: Fraction) -> None:
    low, high = Fraction(f"{float(low):.6f}"), Fraction(f"{float(low + width):.6f}")
    made = convert(f"{float(low):.6f}..{float(high):.6f} km", "m")
    assert (made.low, made.high) == (1000 * low, 1000 * high)
    assert 1000 * low <= made.value <= 1000 * high


@pytest.mark.parametrize(
    ("quantity", "unit", "said"),
    [
        ("1 month", "days", "30.4375 days"),
        ("1 year", "days", "365.25 days"),
        ("1 gallon", "L", "US gallon"),
        ("1 calorie", "J", "4.184 J"),
        ("1 Btu", "J", "International Table"),
        ("5 billion tokens", "tokens", "short scale"),
        ("5k tokens", "tokens", "k was taken for 10^3, a scale and no unit"),
        ("5 GB", "bytes", "1,000,000,000 bytes"),
        ("5 TFLOPs", "FLOP", "count of operations"),
        ("5 TFLOPs", "FLOP/s", "rate"),
        ("5 kt", "km/h", "may be a kilotonne or a knot"),
        ("5 kt", "kg", "may be a kilotonne or a knot"),
        ("5 lb", "kg", "avoirdupois"),
        ("2 2020 dollars", "$2021", "consumer prices"),
        ("5 GMAC", "FLOP", "two operations"),
        ("1 radian", "degrees", "rounded: pi"),
        ("3 V A", "W", ""),
    ],
)
def test_what_was_taken_is_said(quantity: str, unit: str, said: str) -> None:
    notes = convert(quantity, unit).notes
    assert any(said in note for note in notes) if said else not notes


def test_what_cancels_is_not_said() -> None:
    assert convert("12 months", "month").notes == ()
    assert convert("5 petaflop-days", "FLOP").notes == ()


def test_turns_convert_exactly_and_radians_with_pi() -> None:
    assert convert("1 turn", "degrees").value == 360
    made = convert("180 degrees", "rad")
    assert not made.exact
    assert abs(made.value - Fraction("3.14159265358979323846264338327950288419716939937510582")) < Fraction(1, 10**50)
    assert convert("5 mrad", "rad").exact  # pi cancels


def test_the_path_has_each_edge_with_its_source() -> None:
    path = convert("22 TPU v3 core-years", "TPU v3 chip hour").path
    assert [step.text for step in path] == [
        "1 year = 31,557,600 s",
        "1 hour = 3,600 s",
        "1 TPU v3 chip = 2 TPU v3 core",
    ]
    assert path[-1].source == "https://cloud.google.com/tpu/docs/v3"
    assert all(step.source for step in path)


def test_dollars_of_a_year_go_by_consumer_prices() -> None:
    """The index is 258.811 in 2020 and 304.702 in 2023 (Bureau of Labor Statistics)."""
    assert convert("100 $2020", "2023 USD").value == 100 * Fraction(304702, 258811)
    assert convert((1, "USD_2020"), "USD_2020").value == 1
    assert sorted(price_indices()) == list(range(1960, 2026))


def test_an_edge_of_low_confidence_is_said() -> None:
    assert any("low confidence" in note for note in convert("1 TPU v7 board", "TPU v7 chips").notes)


@pytest.mark.parametrize("row", refusals(), ids=lambda row: f"{row['quantity']} to {row['unit']}")
def test_refusals(row: dict[str, str]) -> None:
    with pytest.raises(ConversionError) as refused:
        convert(row["quantity"], row["unit"])
    assert str(refused.value) == row["message"]


def test_there_are_eighty_refusals_and_each_is_one_line() -> None:
    messages = [row["message"] for row in refusals()]
    assert len(messages) >= 80
    assert all("\n" not in message and len(message) < 250 for message in messages)


def test_whether_units_convert() -> None:
    assert convertible("PF-day", "FLOP")
    assert convertible("°C", "K")
    assert not convertible("FLOP/s", "FLOP")
    assert not convertible("°C", "Δ°C")
    with pytest.raises(ConversionError, match="zork"):
        convertible("zork", "m")


@pytest.mark.parametrize(
    "wrong", [None, 5, b"5 m", ("5", "m"), (True, "m"), (float("nan"), "m"), (5, "m", 1), (5j, "m")]
)
def test_a_wrong_quantity_is_one_clear_line(wrong: object) -> None:
    with pytest.raises(ConversionError, match="expected"):
        convert(wrong, "m")  # type: ignore[arg-type]
    with pytest.raises(ConversionError, match="expected the unit as text"):
        convert("5 m", wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", known_units(), ids=lambda unit: unit.name)
def test_every_unit_reads_back_from_its_names(unit: RegisteredUnit) -> None:
    """From its canonical name, from each symbol and each spelling, and from its base units."""
    for text in (unit.name, *unit.symbols, *unit.spellings):
        assert convert((3, text), unit.name).value == 3
    in_base = convert((3, unit.name), base_units((3, unit.name))).value
    assert in_base == 3 * table().factor(UnitTerm(unit.name)) + (unit.zero or 0)
    assert unit.source


def test_a_unit_is_defined_once() -> None:
    """`conversion_units.csv` defines nothing that `units.txt` does, and agrees with it in all that both hold."""
    ours = audited()
    for name in ours.names():
        assert table().factor(UnitTerm(name)) == ours.factor(UnitTerm(name))
        assert table().dimension(UnitTerm(name)) == ours.dimension(UnitTerm(name))
    definitions = [line.partition("=")[0].strip() for line in table().definitions]
    assert len(definitions) == len(set(definitions))
    assert set(ours.names()) - set(described()) <= {
        n for n in ours.names() if ours.sections[n] in ("counted", "devices")
    }


@pytest.mark.parametrize("word", "as at hat am is was are on to by the so we so and".split())
def test_prose_words_are_no_units(word: str) -> None:
    with pytest.raises(ConversionError):
        convert((5, word), "m")


def test_sixteen_threads_agree() -> None:
    pairs = [("PF-days", "FLOP"), ("TPU v3 core-years", "TPU v3 chip hour"), ("°C", "°F"), ("$2020", "$2023")] * 4

    def many(pair: tuple[str, str]) -> set[Fraction]:
        return {convert((7, pair[0]), pair[1]).value for _ in range(500)}

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(many, pairs))
    assert [len(values) for values in found] == [1] * 16
    assert found[:4] == found[4:8]


UNIT_TEXT = st.text(alphabet="mskgPFLOTUvA0123456789 -/*^()·²⁻°$%.µ\u2126eE,'\"\n", max_size=60) | st.text(max_size=60)


@given(UNIT_TEXT, UNIT_TEXT)
def test_no_text_raises_anything_else(quantity: str, unit: str) -> None:
    for given_as in (quantity, (3, quantity)):
        with suppress(ConversionError):
            convert(given_as, unit)
    with suppress(ConversionError):
        convertible(quantity, unit)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5000 + " m",
        "1 " + "m·" * 5000 + "m",
        "1 " + "(" * 5000 + "m",
        "1 m^" + "9" * 5000,
        "1 " + "m/" * 90 + "m",
        "1 " + "TFLOPS " * 24,
        "1 1e999999999 m",
        "1 m" + "²" * 150,
        "1 " + " " * 250 + "m x",
        "1 " + "kilo" * 40 + "m",
        "1 " + "TPU v3 " * 25,
        "1 " + "-" * 150,
        "1 10^300 m 10^300 m",
        "1 " + "square " * 28 + "m",
    ],
)
def test_hostile_text_is_refused_at_once(text: str) -> None:
    with pytest.raises(ConversionError):
        convert(text, "m")
    with pytest.raises(ConversionError):
        convert("1 m", text[2:])
