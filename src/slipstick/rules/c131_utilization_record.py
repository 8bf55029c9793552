"""A utilization above all that were published.

What it finds: a share of peak above the highest that was published for what it is called: MFU, HFU, or a utilization
that is not told apart. A "GPU utilization" near 100 % is the share of the time in which a GPU was busy, as nvidia-smi
shows it.

Why it matters: multiplied with the peak it gives operations that did not take place.

Stays silent when: it is below the record, nothing in the product is a rate of operations, or it is of something else
(uptime, scaling, memory).

Source: data/published_utilization.csv, each with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Confidence
from slipstick.judging.naming import is_rate, is_share_of_else, says_achieved, words_of
from slipstick.rule import Audited, Found, rule, short

_BUSY = Fraction(9, 10)


@rule(
    "C131",
    "utilization-record",
    bad=(
        "1000 H100 * 989 TFLOP/s * 30 days * 75% MFU = 1.9e24 FLOP",
        "64 A100 * 312 TFLOP/s * 5 days * 97% GPU utilization = 4.2e22 FLOP",
    ),
    good=(
        "1024 A100 * 312 TFLOP/s * 30 days * 55% HFU = 4.6e23 FLOP",
        "120 rooms * $140 * 365 days * 85% utilization = $5.2M",
        "64 A100 * 312 TFLOP/s * 5 days * 100% utilization = 8.6e21 FLOP",
        "512 A100 * 312 TFLOP/s * 20 days * 45% MFU * 95% scaling efficiency = 1.2e23 FLOP",
    ),
)
def utilization_record(audited: Audited) -> Iterator[Found]:
    """One note for each."""
    factors = audited.reading.factors
    if not any(is_rate(f) and not says_achieved(f) for f in factors):
        return
    from slipstick.catalogue.published import highest  # a table that few texts ask for

    for factor in audited.utilizations:
        words = words_of(factor).lower()
        if factor.unit or factor.value >= 1 or is_share_of_else(factor):
            continue
        kind = "MFU" if "mfu" in words else "HFU" if "hfu" in words else "measured throughput"
        record = highest(kind)
        if factor.value > record.top:
            called = kind if kind in ("MFU", "HFU") else "utilization"
            message = (
                f"{_shown(factor.value)} is above the highest published {called}, {_shown(record.top)} "
                f"({record.model}, {record.source})"
            )
            if "gpu" in words or factor.value > _BUSY:
                message += "; a device may be busy all the time and reach a third of its peak"
            yield Found(factor.quantity.span, message, confidence=Confidence.MEDIUM)


def _shown(share: Fraction) -> str:
    return f"{short(share * 100)} %"
