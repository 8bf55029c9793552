"""A unit that the writer left unsaid was read into the line.

What it finds: every addition that reading made: a rate taken as per board, a bare number taken as days, constants
taken as a conversion, a noun left out, a fraction taken as the utilization.

Why it matters: the reader must be able to disagree with a reading.

Stays silent when: everything is written out.

Source: specs/inference.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.naming import says_utilization
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import dimension_of, is_device


@rule(
    "U204",
    "unit-inferred",
    bad=(
        "32 TPU v3 boards * 420e12 FLOP/s * 44 days = 5.1e22 FLOP",
        "7 days * 24 * 3600 * 6.8e12 FLOP/s = 4.1e18 FLOP",
    ),
    good=(
        "32 TPU v3 boards * 420e12 FLOP/s/TPU v3 board * 44 days = 5.1e22 FLOP",
        "96 nodes * 8 GPU/node = 768 GPUs",
        "0.7 kW * 34 days = 571 kWh",
    ),
)
def unit_inferred(audited: Audited) -> Iterator[Found]:
    """One note for each addition."""
    reading = audited.judged.reading
    for factor in reading.factors:
        for note in dict.fromkeys(factor.notes) if factor.notes else ():
            yield Found(factor.quantity.span, f"{' '.join(factor.quantity.span.of(audited.text).split())}: {note}")
    for note in reading.notes:
        yield Found(audited.judged.written.expression.span, note)
    for claim in audited.judged.claims if not reading.mismatch else ():
        unsaid = [n for n, _ in dimension_of(claim.unit) if is_device(n) and n not in dict(reading.dimension)]
        if claim.verdict == "holds" and unsaid:
            yield Found(claim.written.span, f"{unsaid[0].replace('_', ' ')}, as the claim alone says")
    given = audited.estimate.inputs if audited.estimate else ()
    taken = {i.span for i in given if i.role == "utilization"}
    for factor in reading.factors if taken else ():
        if factor.quantity.span in taken and not says_utilization(factor):
            yield Found(factor.quantity.span, f"{short(factor.value)} read as the utilization")
