"""A product of peak and time without a utilization.

What it finds: a count of operations from a peak rate, devices and time in which no factor is a utilization, with what
the usual utilizations of its era would make of it.

Why it matters: published runs reach a tenth to half of peak, so the estimate is two to ten times too high.

Stays silent when: the rate is said to be achieved, measured, actual or sustained, or is no peak of the named
hardware; the count is from parameters and tokens (6ND); a fraction stands in the product; it is said to be an upper
bound, what is possible at most, or at full utilization.

Source: data/utilization.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from slipstick.catalogue import hardware
from slipstick.finding import Confidence
from slipstick.passage import sentence
from slipstick.rates import unreduced_peak
from slipstick.rule import Audited, Found, rule, short

_BOUND = re.compile(
    r"\b(?:at (?:most|best|peak)|upper (?:bound|limit)|theoretical|ceiling|no more than|achieve[sd]?|measured|sustained"
    r"|(?:full|100 ?%|perfect|before) utili[sz]ation)\b",
    re.IGNORECASE,
)


@rule(
    "C105",
    "utilization-missing",
    bad=("8 A100 * 312 TFLOP/s * 10 days = 2.2e21 FLOP", "5e6 H100-hours * 3600 * 989e12 FLOP/s = 1.8e25 FLOP"),
    good=(
        "8 A100 * 312 TFLOP/s * 10 days * 0.4 = 8.6e20 FLOP",
        "8 A100 * 140 TFLOP/s achieved * 10 days = 9.7e20 FLOP",
        "6 FLOP/parameter/token * 3B parameters * 2T tokens = 3.6e22 FLOP",
        "1024 A100 * 34 days * 86400 * 140.4 TFLOP/s (45% of peak) = 4.22e23 FLOP",
        "256 GPUs * 21 days * 140 TFLOP/s/GPU = 753 PF-days",
        "2166 aggregate PFLOP/s * 3 weeks = 3.93e24 FLOP",
        "As an upper bound, 16 V100 * 125 TFLOP/s * 6 days = 1.0e21 FLOP",
    ),
)
def utilization_missing(audited: Audited) -> Iterator[Found]:
    """One note for the product."""
    found = unreduced_peak(audited.reading) if audited.estimate is not None else None
    claim = audited.last_claim
    if found is None or (claim is not None and claim.written.bound == "high"):
        return
    if _BOUND.search(sentence(audited.text, audited.judged.written.span)):
        return
    default = hardware.utilization_default(audited.context.era)
    message = (
        f"no utilization stands in the product; {float(default.low):.0%} to {float(default.high):.0%} of peak is usual "
        f"({default.source})"
    )
    peak, sure = found
    low, high = (audited.value_with(peak, end) for end in (default.low, default.high))
    if low is not None and high is not None:
        message += f", which would make it {short(low, 2)} to {short(high, 2)} {audited.reading.label}"
    yield Found(peak.quantity.span, message, confidence=Confidence.HIGH if sure else Confidence.MEDIUM)
