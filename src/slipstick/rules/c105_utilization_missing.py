"""A product of peak and time without a utilization.

What it finds: a count of operations from a peak rate, devices and time in which no factor is a utilization, with what
the usual utilizations of its era would make of it; a time for so many operations at the peak of all devices.

Why it matters: published runs reach a tenth to half of peak, so the estimate is two to ten times too high.

Stays silent when: the rate is said to be achieved, measured, actual or sustained, or is no peak of the named
hardware; the count is from parameters and tokens (6ND); a fraction stands in the product; it is said to be an upper
bound, what is possible at most, or at full utilization.

Source: data/utilization.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from slipstick.catalogue.utilization import utilization_default
from slipstick.finding import Confidence
from slipstick.judging import naming
from slipstick.judging.rates import unreduced_peak
from slipstick.passage import sentence
from slipstick.patterns import pattern
from slipstick.rule import Audited, Found, in_claim_words, rule, short

_BOUND = pattern(
    r"\b(?:at (?:most|best|peak)|upper (?:bound|limit)|theoretical|ceiling|no more than|achieve[sd]?|measured|sustained"
    r"|(?:full|100 ?%|perfect|before) utili[sz]ation)\b",
    re.IGNORECASE,
)
_PEAK_BEHIND = pattern(r"[\s(,]*(?:at\s+|of\s+)?(?:theoretical\s+)?(?:peak|maximum)\b", re.IGNORECASE)
_BOUND_OF_TIME = pattern(
    rf"{_BOUND.pattern}|\b(?:at least|minimum|ideal(?:ly)?|peak|MFU|HFU|utili[sz]\w+|efficien\w+)\b", re.IGNORECASE
)


@rule(
    "C105",
    "utilization-missing",
    bad=(
        "8 A100 * 312 TFLOP/s * 10 days = 2.2e21 FLOP",
        "5e6 H100-hours * 3600 * 989e12 FLOP/s = 1.8e25 FLOP",
        "3e24 FLOP / (1000 H100 * 989e12 FLOP/s) = 35 days",
    ),
    good=(
        "8 A100 * 312 TFLOP/s * 10 days * 0.4 = 8.6e20 FLOP",
        "8 A100 * 140 TFLOP/s achieved * 10 days = 9.7e20 FLOP",
        "6 FLOP/parameter/token * 3B parameters * 2T tokens = 3.6e22 FLOP",
        "1024 A100 * 34 days * 86400 * 140.4 TFLOP/s (45% of peak) = 4.22e23 FLOP",
        "256 GPUs * 21 days * 140 TFLOP/s/GPU = 753 PF-days",
        "2166 aggregate PFLOP/s * 3 weeks = 3.93e24 FLOP",
        "3e24 FLOP / (1000 H100 * 989e12 FLOP/s * 0.4) = 88 days",
        "At full utilization 3e24 FLOP / (1000 H100 * 989e12 FLOP/s) = 35 days",
        "6e23 FLOP / (1000 H100 * 400e12 FLOP/s) = 17.4 days",
        "1.72e6 A100-hours * 312 TFLOP/s * 3600 = 1.93e24 FLOP peak",
        "As an upper bound, 16 V100 * 125 TFLOP/s * 6 days = 1.0e21 FLOP",
    ),
)
def utilization_missing(audited: Audited) -> Iterator[Found]:
    """One note for the product, or for the time that operations take."""
    if audited.reading.dimension == (("second", 1),):
        yield from _in_time(audited)
        return
    found = unreduced_peak(audited.reading) if audited.estimate is not None else None
    claim = audited.last_claim
    if found is None or (claim is not None and claim.written.bound == "high"):
        return
    span = audited.judged.written.span
    if _BOUND.search(sentence(audited.text, span)) or _PEAK_BEHIND.match(audited.text, span.end):
        return
    default = utilization_default(audited.context.era)
    message = (
        f"no utilization stands in the product; {float(default.low):.0%} to {float(default.high):.0%} of peak is usual "
        f"({default.source})"
    )
    peak, sure = found
    low, high = (audited.value_with(peak, end) for end in (default.low, default.high))
    if low is not None and high is not None:
        message += f", which would make it {short(low, 2)} to {short(high, 2)} {audited.reading.label}"
    yield Found(peak.quantity.span, message, confidence=Confidence.HIGH if sure else Confidence.MEDIUM)


def _in_time(audited: Audited) -> Iterator[Found]:
    """Operations over the peak of all devices: the least time that they can take."""
    claim, rate = audited.last_claim, next((r for r in audited.rates if r.factor.exponent == -1), None)
    over = any(t.name == "FLOP" for f in audited.reading.factors if f.exponent == 1 for t in f.unit)
    if rate is None or not rate.own or not rate.counts or not over:
        return
    if any(naming.says_utilization(f) or (not f.unit and 0 < f.value < 1) for f in audited.reading.factors):
        return
    if _BOUND_OF_TIME.search(sentence(audited.text, audited.judged.written.span)) or (claim and claim.written.bound):
        return
    default = utilization_default(audited.context.era)
    message = (
        f"no utilization stands beside the peak of {rate.words}; {float(default.low):.0%} to {float(default.high):.0%} "
        f"of it is usual ({default.source})"
    )
    low, high = (audited.value_with(rate.factor, end) for end in (default.high, default.low))
    if low is not None and high is not None and claim is not None:
        ends = (in_claim_words(audited.text, claim, end, 3) for end in (low, high))
        message += f", by which it takes {' to '.join(ends)}"
    yield Found(rate.factor.quantity.span, message, confidence=Confidence.MEDIUM)
