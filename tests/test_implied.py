"""Claims that would need a fraction above one: which are told, and which are left."""

from __future__ import annotations

import pytest

from slipstick import audit
from slipstick.finding import Severity


def told(text: str) -> list[str]:
    (made,) = audit(text).calculations
    found = [f for f in made.findings if f.name == "implied-impossible"]
    assert all(f.severity is Severity.NOTE for f in found)
    return [f.message for f in found]


def test_the_sentence_is_what_the_implied_column_says() -> None:
    text = "100 TFLOP/s * 100 s * 50% utilization = 1.04e16 FLOP"  # the peak makes 1.00e16
    (made,) = audit(text).calculations
    (utilization,) = [i for i in made.inputs if i.role == "utilization"]
    assert utilization.implied == pytest.approx(1.04)
    assert told(text) == ["the claim would need a utilization of 104 %"]


@pytest.mark.parametrize(
    "text",
    [
        "100 TFLOP/s * 100 s * 50% utilization = 1e16 FLOP",  # exactly 100 %
        "100 TFLOP/s * 100 s * 50% utilization = 1.00e16 FLOP",
        "100 TFLOP/s * 100 s * 50% utilization = 1.02e16 ± 0.03e16 FLOP",  # its lower end is possible
        "100 TFLOP/s * 100 s * 50% utilization = 5e15 FLOP",
        "100 * 50% growth = 104",
        "100 people * 50% = 104 people",
        "100 TFLOP/s * 100 s * 120% utilization = 1.04e16 FLOP",
        "1e16 FLOP * 50% utilization + 1e15 FLOP = 1.5e16 FLOP",
    ],
)
def test_what_may_be_is_left(text: str) -> None:
    assert told(text) == []


def test_the_digits_of_the_claim_count_in_its_favour() -> None:
    assert told("100 TFLOP/s * 102 s * 50% utilization = 1.1e16 FLOP") == [
        "the claim would need a utilization of 108 %"
    ]
    assert told("100 TFLOP/s * 108 s * 50% utilization = 1.1e16 FLOP") == []


def test_a_divisor_would_have_to_be_above_one_for_a_claim_that_is_small() -> None:
    assert told("$10 / 50% share of use = $8") == ["the claim would need a share of 125 %"]
