"""One round utilization explains the mismatch.

What it finds: a claim that is off, where another utilization of at most two digits gives it to the printed digits.

Why it matters: the writer most likely computed with that number and printed another.

Stays silent when: a power of ten explains the mismatch, no utilization stands in the line, or none that is round and
between 0.05 and 0.70 fits.

Source: iGPT-L in the comments on "AI and Compute trend isn't predictive of what is happening" (LessWrong, 2021):
printed with 33 %, computed with 30 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Confidence, Fix
from slipstick.rule import Audited, Found, rule, short
from slipstick.rules.c003_power_of_ten import power_of_ten


@rule(
    "C004",
    "reconciling-change",
    bad=(
        "2500 days * 24 * 3600 * 100e12 FLOP/s * 33% utilization = 6.5e21 FLOP",
        "64 V100 * 125 TFLOP/s * 14 days * 30% utilization = 3.4e21 FLOP",
    ),
    good=(
        "2500 days * 24 * 3600 * 100e12 FLOP/s * 30% utilization = 6.5e21 FLOP",
        "64 V100 * 125 TFLOP/s * 14 days * 30% utilization = 2.9e21 FLOP",
        "2500 days * 24 * 3600 * 100e12 FLOP/s * 33% utilization = 7.1e22 FLOP",
    ),
    may_find=lambda audited: audited.is_off,
)
def reconciling_change(audited: Audited) -> Iterator[Found]:
    """A note that names the utilization which would make the last claim true."""
    claim, value, estimate = audited.last_claim, audited.value, audited.estimate
    if claim is None or claim.verdict != "off" or not value or estimate is None or any(power_of_ten.check(audited)):
        return
    given = next((i for i in estimate.inputs if i.role == "utilization"), None)
    if given is None or given.span is None:
        return
    low, high = (claim.value + side * claim.last_digit / 2 for side in (-1, 1))
    round_one = roundest(given.value * low / value, given.value * high / value)
    if round_one is not None and round_one != given.value and Fraction(1, 20) <= round_one <= Fraction(7, 10):
        percent = "%" in given.span.of(audited.text)
        text = f"{short(round_one * 100)}%" if percent else f"{float(round_one):.2f}"
        message = f"utilization {float(round_one):.2f} instead of {short(given.value)} would reconcile it"
        confidence = Confidence.MEDIUM  # one change that would do, not the only one
        yield Found(given.span, message, confidence=confidence, fix=Fix(text, float(value * round_one / given.value)))


def roundest(low: Fraction, high: Fraction) -> Fraction | None:
    """The number of fewest decimals (one, then two) between two ends, nearest their middle, or None."""
    middle = (low + high) / 2
    for digits in (10, 100):
        nearest = Fraction(round(middle * digits), digits)
        if low <= nearest <= high:
            return nearest
    return None
