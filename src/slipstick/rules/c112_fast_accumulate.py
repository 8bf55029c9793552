"""A tensor peak that sums up in fp16.

What it finds: a rate of a consumer card that it reaches only with fp16 accumulation: 330 TFLOP/s of an RTX 4090, 142 of
an RTX 3090, 113.8 of an RTX 2080 Ti.

Why it matters: training sums up in fp32, for which these cards have half of it.

Stays silent when: the rate is that with fp32 accumulation, or the part has no such halving (data-centre cards).

Source: data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.catalogue import published_peaks
from slipstick.finding import Confidence
from slipstick.judging.device_rates import cited, tera
from slipstick.rule import Audited, Found, rule


@rule(
    "C112",
    "fast-accumulate",
    bad=(
        "8 RTX 4090 * 330 TFLOP/s * 10 days * 30% = 6.8e20 FLOP",
        "4 RTX 3090 GPUs * 142 TFLOP/s * 5 days * 30% = 7.4e19 FLOP",
    ),
    good=(
        "8 RTX 4090 * 165.2 TFLOP/s * 10 days * 30% = 3.4e20 FLOP",
        "4 RTX 3090 GPUs * 71 TFLOP/s * 5 days * 30% = 3.7e19 FLOP",
        "35.58 TFLOPS * 50 min * 60 s/min * 0.50 utilization = 5.337*10^16 FLOP on an RTX 3090",
    ),
)
def fast_accumulate(audited: Audited) -> Iterator[Found]:
    """One note for each rate that needs fp16 accumulation."""
    for rate in audited.rates:
        if not rate.own or any(p.engine != published_peaks.FAST_ACCUMULATE for p in rate.own):
            continue
        fast = rate.own[0]
        usual = next((p for p in published_peaks.figures(fast.part) if p.engine == "tensor" and not p.sparse), None)
        if usual is not None:
            change = rate.change_to(usual)
            message = (
                f"{rate.words} of {fast.part} needs fp16 accumulation ({cited(fast)}), too coarse for most training; "
                f"with fp32 accumulation it has {tera(usual.flop_per_s)} ({cited(usual)}), which makes "
                f"{audited.becomes(change)}"
            )
            yield Found(rate.factor.quantity.span, message, confidence=Confidence.MEDIUM)
