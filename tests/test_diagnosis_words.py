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
