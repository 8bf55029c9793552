"""Where a text says that a rate was reached, and where it gives a peak and the utilization that goes with it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slipstick import audit
from slipstick.judging.naming import is_told_achieved

_TERA = 10**12


@pytest.mark.parametrize(
    "text",
    [
        "At 312 TFLOP/s peak and 40% utilization this is",
        "At 312 TFLOP/s and 40% utilization",
        "256 A100s, 21 days, 312 TFLOP/s, 40% utilization",
        "312 TFLOP/s per GPU at 40% MFU",
        "312 TFLOPS with an assumed 40% hardware utilization",
    ],
)
def test_a_peak_beside_its_utilization_was_not_achieved(text: str) -> None:
    assert not is_told_achieved(text, Fraction(312 * _TERA))


@pytest.mark.parametrize(
    "text",
    [
        "They achieved 140 TFLOP/s, 45% utilization",
        "140 TFLOP/s (45% MFU)",
        "140 TFLOP/s, 45% of peak",
        "140 TFLOP/s, or 45% of the theoretical peak",
        "140 TFLOP/s sustained",
    ],
)
def test_a_rate_that_is_a_share_of_a_peak_was(text: str) -> None:
    assert is_told_achieved(text, Fraction(140 * _TERA))


def test_a_peak_and_a_utilization_said_first_are_applied_once() -> None:
    text = "We used 256 A100s. At 312 TFLOP/s and 40% utilization: 256 × 21 days × 86,400 s/day × 312e12 FLOP/s × 0.40"
    assert "C130" not in {finding.code for finding in audit(f"{text} = 5.8e22 FLOP.").findings}
