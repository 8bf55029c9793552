"""What is said of a value that explains a claim is true of its digits."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slipstick import audit
from slipstick.diagnosis import around
from slipstick.diagnosis.explanation import rounding


@pytest.mark.parametrize(
    ("value", "words"),
    [(1264.4, "rounds to 1264"), (1263.5, "rounds to 1264"), (1265.2, "is within 0.1 % of 1264")],
)
def test_only_what_rounds_is_said_to(value: float, words: str) -> None:
    target = around(Fraction(1264), Fraction(1), "1264 PF-days")
    assert target is not None
    assert rounding(target, value) == words


def test_a_lost_digit_within_the_tolerance_is_told_as_such() -> None:
    (made,) = audit("1.1e23 / 8.64e19 = 1264 PF-days").calculations
    said = [finding.message for finding in made.findings if finding.code == "C030"]
    assert said
    assert not any("1265.2, which rounds" in message for message in said)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("64 * 192 = 12,228", "the numbers give 12,288, not 12,228"),
        ("64 * 192 = 12228", "the numbers give 12288, not 12228"),
        ("1000 servers * 500 W * 24 h = 7,200 kWh", "the numbers give 12,000 kWh, not 7,200 kWh"),
        ("8 * 8 * 365 = 236 GPU-days", "the numbers give 23,360 GPU-days, not 236 GPU-days"),
        ("6 * 7B * 2T = 8.2e22", "the numbers give 8.4e22, not 8.2e22"),
    ],
)
def test_a_value_is_told_in_the_digits_and_the_notation_of_the_claim(text: str, shown: str) -> None:
    messages = [finding.message for made in audit(text).calculations for finding in made.findings]
    assert any(message.startswith(shown) for message in messages), messages


@pytest.mark.parametrize("text", ["6 * 7B * 2T = 8.2e22", "3.14e23 FLOP / 3640 PF-days = 1.2", "3 * 1.4 = 4.4"])
def test_no_digit_is_missed_in_a_result_of_two(text: str) -> None:
    """Of two digits one too few or too many would explain nearly any number."""
    messages = [finding.message for made in audit(text).calculations for finding in made.findings]
    assert not any("a digit lost" in message or "a digit too many" in message for message in messages), messages
