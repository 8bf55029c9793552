"""Claims that miss the numbers as written, and are right as the words beside them say: unread, with the reason."""

from __future__ import annotations

import pytest

from slipstick import audit

IN_BRACKET = [
    ("5 PFLOP/s (dense only half of the sparse 10, so 2.5) x 10 days = 2.16e21 FLOP", "5 PFLOP/s", "2.5"),
    ("32 nodes (8 GPUs each, so 256 GPUs) * 312 TFLOP/s * 10 days * 0.4 = 2.76e22 FLOP", "32 nodes", "256 GPUs"),
    ("64 GPUs * 400 W (really 500 W with cooling) * 24 h = 768 kWh", "400 W", "500 W"),
    ("1.2 MWh / 64 GPUs (8 failed, so 56 GPUs) = 21.4 kWh", "64 GPUs", "56 GPUs"),
    ("6 * 7B * 2T (half of it repeated, so 1) = 4.2e22 FLOP", "2T", "1"),
    ("$3 (with the discount of 20%, so $2.40) * 1000 hours = $2,400", "$3", "$2.40"),
]


@pytest.mark.parametrize(("text", "factor", "meant"), IN_BRACKET, ids=[each[0] for each in IN_BRACKET])
def test_the_bracket_behind_a_factor_comes_to_another_number(text: str, factor: str, meant: str) -> None:
    report = audit(text)
    assert report.calculations == ()
    reasons = [place.reason for place in report.coverage.unread]
    assert reasons == [f"its {factor} may be the {meant} in the bracket behind it"]


@pytest.mark.parametrize(
    "text",
    [
        "6 * 7B (half active, so 3.5B) * 2T = 4.9e22 FLOP",
        "1000 servers * 500 W (peak; 300 W on average) * 24 h = 7,200 kWh",
        "64 GPUs * 312 TFLOP/s (624 with sparsity) * 10 days * 0.4 = 1.38e22 FLOP",
    ],
)
def test_a_bracket_that_does_not_explain_the_miss_or_concludes_nothing(text: str) -> None:
    assert [claim.verdict for made in audit(text).calculations for claim in made.claims] == ["off"]


@pytest.mark.parametrize(
    "text",
    [
        "12 nodes * 8/16 GPUs per node = 96/192 GPUs",
        "12 nodes * 16/8 GPUs per node = 192/96 GPUs",
        "4 racks * 10/20 servers per rack = 40/80 servers",
    ],
)
def test_two_cases_with_a_slash_between_them(text: str) -> None:
    report = audit(text)
    assert report.calculations == ()
    assert "one result for each of two cases" in report.coverage.unread[0].reason


def test_a_slash_that_divides() -> None:
    for text, unit in (("12 nodes * 8/2 GPUs per node = 48 GPUs", "GPU"), ("100 miles * 3/4 = 300/4 miles", "m")):
        (made,) = audit(text).calculations
        assert (made.claims[0].verdict, made.unit) == ("holds", unit)


@pytest.mark.parametrize("text", ["24 hours = 3 workdays", "3 workdays = 24 hours", "40 hours = 5 working days"])
def test_hours_of_working_days_are_not_said(text: str) -> None:
    report = audit(text)
    assert report.calculations == ()
    assert [place.reason for place in report.coverage.unread] == ["how many hours its working days have is not said"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8.4E+22 (7e9*2e12*6)", 8.4e22),
        ("Training compute: 3.1e23 (6*175e9*300e9), from the paper", 3.15e23),
        ("36,000 (12 * 3000) tokens", 36_000),
    ],
)
def test_a_result_before_the_bracket_that_calculates_it(text: str, value: float) -> None:
    (made,) = audit(text).calculations
    assert (made.value, made.claims[0].verdict) == (pytest.approx(value), "holds")


@pytest.mark.parametrize(("text", "value"), [("50000 (2 + 2) = 200000", 200_000), ("6(2)(3) x 2 = 72", 72)])
def test_a_number_before_a_bracket_that_it_multiplies(text: str, value: float) -> None:
    (made,) = audit(text).calculations
    assert (made.value, made.claims[0].verdict) == (pytest.approx(value), "holds")
