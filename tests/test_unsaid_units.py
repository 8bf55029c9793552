"""Units that the words do not say: parameters of experts, prices without a currency."""

from __future__ import annotations

import pytest

from slipstick import audit, read_estimate
from slipstick.report import ReportedCalculation


def only(text: str) -> ReportedCalculation:
    """The one calculation of a text."""
    (made,) = audit(text).calculations
    return made


def told(text: str, name: str) -> list[str]:
    """The messages of one rule."""
    return [finding.message for finding in only(text).findings if finding.name == name]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("8 experts x 7B = 56B", "parameter"),
        ("128 experts * 0.4B = 51.2B", "parameter"),
        ("64 experts * 7B * 2 = 900B", "parameter"),
        ("16 experts * 3B * 2 bytes = 96 GB", "byte"),
        ("8 experts * 4096 = 32,768", "expert"),
    ],
)
def test_millions_of_an_expert_are_its_parameters(text: str, unit: str) -> None:
    made = only(text)
    assert (made.unit, made.claims[0].verdict) == (unit, "holds")


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("5,000 H100-hours * 90 = $450,000", "H100*s", "90 would have to be a price per H100*hour"),
        ("512 GPUs * 24 hours * 2.5 = $30,720", "GPU*s", "2.5 would have to be a price per GPU*hour"),
        ("40 people * 12 = $480", "person", "12 would have to be a price per person"),
        ("1000 kWh * 0.12 = $120", "J", "the units give J, not USD; 0.12 would have to be a price per kWh"),
    ],
)
def test_a_price_without_its_currency(text: str, unit: str, words: str) -> None:
    made = only(text)
    assert (made.unit, made.claims[0].verdict) == (unit, "unknown")
    (message,) = told(text, "unit-mismatch")
    assert words in message


def test_a_number_that_is_no_price_is_not_called_one() -> None:
    (message,) = told("5,000 H100-hours * 90 = $45,000", "unit-mismatch")
    assert "price" not in message


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("0.5 * 86400 * 312e12 FLOP/s = 1.35e19 FLOP", "number of days"),
        ("0.25 * 3600 * 125 TFLOP/s = 1.12e17 FLOP", "number of hours"),
        ("0.5 * 24 * 3600 * 312e12 FLOP/s = 1.35e19", "number of days"),
        ("0.3 * 86400 * 312e12 FLOP/s = 8.09e18 FLOP", "utilization"),
        ("16 A100s * 312 TFLOP/s * 0.5 * 86400 = 2.16e20 FLOP", "utilization"),
        ("312 TFLOP/s * 16 A100s * 0.5 * 86400 = 2.16e20 FLOP", "utilization"),
    ],
)
def test_a_part_of_a_day_or_a_utilization(text: str, read_as: str) -> None:
    messages = told(text, "unit-inferred")
    assert any(
        text_of in message and read_as in message for text_of in ("0.5:", "0.25:", "0.3:") for message in messages
    )


@pytest.mark.parametrize(
    ("text", "implied"),
    [
        ("64 A100s for 12 days at 40 % make 8.3e21 FLOP", "100 % of the 312 TFLOP/s"),
        ("64 A100s * 12 days at 40% = 8.3e21 FLOP", "100 % of the 312 TFLOP/s"),
        ("3 weeks on 512 H100s at 35% gives about 3.2e23 FLOP", "99.5 % of the 989.4 TFLOP/s"),
        ("1024 TPU v4 chips for 10 days @ 45% = 1.1e23 FLOP", "100 % of the 275 TFLOP/s"),
        ("64 A100s for 12 days at 40% make 8.3e22 FLOP", "1,000 % of the 312 TFLOP/s"),
    ],
)
def test_a_percentage_of_devices_that_make_operations_is_their_utilization(text: str, implied: str) -> None:
    """The rate is left to the reader; with the percentage, the claim implies the whole of the peak."""
    (message,) = told(text, "rate-missing")
    assert "the rate is not in the line" in message
    assert implied in message


@pytest.mark.parametrize(
    "text",
    [
        "64 GPUs for 12 days at 40% make 8.3e21 FLOP",
        "64 A100s for 12 days at 40% of the price make 8.3e21 FLOP",
        "64 A100s for 12 days at 40% = 307 A100-days",
        "8 nurses for 12 days at 40 % = 38.4 nurse-days",
        "64 A100s and 32 V100s for 12 days at 40% make 8.3e21 FLOP",
    ],
)
def test_a_percentage_that_may_be_of_anything_is_none(text: str) -> None:
    assert audit(text).calculations == ()


@pytest.mark.parametrize(
    "text",
    [
        "(8 V100s * 125 TFLOP/s * 10 days + 16 A100s * 312 TFLOP/s * 5 days) * 0.3 = 9.06e20 FLOP",
        "0.3 * (8 V100s * 125e12 FLOP/s * 10 days + 16 A100s * 312e12 FLOP/s * 5 days) = 9.06e20",
        "(8 V100s * 125 TFLOP/s + 16 A100s * 312 TFLOP/s) * 10 days * 0.3 = 1.55e21 FLOP",
        "(64 TPU v3 chips * 123 TFLOP/s * 2 weeks + 32 A100 * 312 TFLOP/s * 240 hours) * 40% = 7.26e21 FLOP",
    ],
)
def test_each_term_in_a_bracket_has_the_rates_of_its_own_devices(text: str) -> None:
    made = only(text)
    assert (made.unit, made.claims[0].verdict) == ("FLOP", "holds")
    assert made.interval is not None
    assert not told(text, "unlike-sum")


def test_unlike_things_in_a_bracket_are_still_told() -> None:
    assert told("(8 V100s * 125 TFLOP/s + 5 tokens) * 0.3 = 9.06e20 FLOP", "unlike-sum")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("64 A100s, 312 TFLOP/s, 12 days, 40% = 8.3e21", "holds"),
        ("64 A100s, 312 TFLOP/s, 12 days, 40% MFU → 8.3e21", "holds"),
        ("64 A100s for 12 days, 312 TFLOP/s, 40% = 8.3e22", "off"),
    ],
)
def test_factors_listed_with_commas_before_a_number_that_can_only_be_operations(text: str, verdict: str) -> None:
    made = only(text)
    assert (made.unit, made.claims[0].verdict) == ("FLOP", verdict)


def test_a_small_number_behind_a_list_is_no_result() -> None:
    assert audit("64 A100s, 312 TFLOP/s, 12 days, 40% = 8300").calculations == ()


def test_one_assumption_of_every_term_is_one_input() -> None:
    """The two 0.3 are one assumption: the sum spreads as one product does, and no less."""
    sum_of_two = only("8 V100s * 125 TFLOP/s * 0.3 * 10 days + 16 A100s * 312 TFLOP/s * 0.3 * 5 days = 9.06e20 FLOP")
    product = only("(8 V100s * 125 TFLOP/s * 10 days + 16 A100s * 312 TFLOP/s * 5 days) * 0.3 = 9.06e20 FLOP")
    assert [given.role for given in sum_of_two.inputs].count("utilization") == 1
    assert sum_of_two.interval is not None
    assert product.interval is not None
    for end in ("low", "median", "high"):
        assert getattr(sum_of_two.interval, end) == pytest.approx(getattr(product.interval, end), rel=0.02)


def test_two_assumptions_are_left_alone() -> None:
    text = "8 V100s * 125 TFLOP/s * 0.3 * 10 days + 16 A100s * 312 TFLOP/s * 0.4 * 5 days = 1.12e21 FLOP"
    assert only(text).interval is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("6 * 7B * 2T = 9720 PF-days", 8.4e22), ("6 * 175e9 * 300e9 = 364 PF-days", 3.15e23)],
)
def test_operations_as_bare_numbers_are_in_flop_though_compute_days_are_claimed(text: str, value: float) -> None:
    made = only(text)
    assert (made.value, made.claims[0].verdict) == (pytest.approx(value), "off")


def test_a_bracket_divides_in_the_estimate_as_in_the_reading() -> None:
    made = read_estimate("(51.2) / (40) P = 1.28 arcseconds per pixel")
    assert (made.text, list((made.powers or {}).values())) == ("arcseconds_per_pixel/factor", [1, -1])
