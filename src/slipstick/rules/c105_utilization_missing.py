"""A product of peak and time without a utilization.

What it finds: a count of operations from a peak rate, devices and time in which no factor is a utilization.

Why it matters: published runs reach a tenth to half of peak, so the estimate is two to ten times too high.

Stays silent when: the rate is said to be achieved, measured or sustained, or is no peak of the named hardware; the
count is from parameters and tokens (6ND); a fraction stands in the product.

Source: data/utilization.csv.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick import hardware, published_peaks
from slipstick.assumptions import is_compute, measured_rate, peak_of
from slipstick.device_rates import per_second
from slipstick.naming import words_of
from slipstick.reading.interpretation import ReadFactor
from slipstick.reading.kinds import kind_of
from slipstick.rule import Audited, Found, rule


@rule(
    "C105",
    "utilization-missing",
    bad=(
        "8 A100 * 312 TFLOP/s * 10 days = 2.2e21 FLOP",
        "512 V100 * 125 TFLOP/s * 30 days = 1.66e23 FLOP",
    ),
    good=(
        "8 A100 * 312 TFLOP/s * 10 days * 0.4 = 8.6e20 FLOP",
        "8 A100 * 140 TFLOP/s achieved * 10 days = 9.7e20 FLOP",
        "6 FLOP/parameter/token * 3B parameters * 2T tokens = 3.6e22 FLOP",
        "2166 aggregate PFLOP/s * 3 weeks = 3.93e24 FLOP",
    ),
    may_find=lambda audited: is_compute(audited.reading),
)
def utilization_missing(audited: Audited) -> Iterator[Found]:
    """One note for the product."""
    reading, estimate = audited.judged.reading, audited.estimate
    peak = peak_of(reading)
    if peak is None or estimate is None or not is_compute(reading) or measured_rate(reading):
        return
    fractions = [f for f in reading.factors if not f.unit and f.role != "conversion" and 0 < f.value < 1]
    if fractions or any(i.role == "utilization" for i in estimate.inputs) or not _is_peak(peak, audited):
        return
    default = hardware.utilization_default(audited.context.era)
    message = (
        f"no utilization stands in the product; {float(default.low):.0%} to {float(default.high):.0%} of peak is usual "
        f"({default.source})"
    )
    yield Found(peak.quantity.span, message)


def _is_peak(rate: ReadFactor, audited: Audited) -> bool:
    """Whether the rate is one device's published peak, or is called a peak."""
    if "peak" in words_of(rate).lower():
        return True
    named = [each for each in audited.rates if each.factor is rate and each.in_line]
    if named:
        return any(each.level in ("", p.level) for each in named for p in each.agreeing)
    counted = any(kind_of(t.name)[0] for f in audited.reading.factors for t in f.unit)
    return counted and any(published_peaks.agreeing(part.name, per_second(rate)) for part in hardware.parts())
