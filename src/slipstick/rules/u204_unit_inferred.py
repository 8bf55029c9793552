"""A unit that the writer left unsaid was read into the line.

What it finds: every addition that reading made: a rate taken as per board, a bare number taken as days, constants
taken as a conversion, a noun left out, a fraction taken as the utilization. Which of several numbers without a unit is
the time is of medium confidence: any may be.

Why it matters: the reader must be able to disagree with a reading.

Stays silent when: everything is written out.

Source: specs/inference.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.finding import Confidence
from slipstick.judging.naming import says_utilization
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.rule import Audited, Found, rule
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
        if not factor.notes:
            continue
        words = " ".join(factor.quantity.span.of(audited.text).split())
        for note in dict.fromkeys(factor.notes):
            confidence = Confidence.MEDIUM if _is_one_of_several(reading, factor, note) else Confidence.HIGH
            yield Found(factor.quantity.span, f"{words}: {note}", confidence=confidence)
    for note in reading.notes:
        yield Found(audited.judged.written.expression.span, note)
    for claim in audited.judged.claims if not reading.mismatch else ():
        if claim.verdict != "holds" or not claim.unit:
            continue
        unsaid = [n for n, _ in dimension_of(claim.unit) if is_device(n) and n not in dict(reading.dimension)]
        if unsaid:
            yield Found(claim.written.span, f"{unsaid[0].replace('_', ' ')}, as the claim alone says")
    given = audited.estimate.inputs if audited.estimate else ()
    taken = {i.span for i in given if i.role == "utilization"}
    for factor in reading.factors if taken else ():
        if factor.quantity.span in taken and not says_utilization(factor):
            words = " ".join(factor.quantity.span.of(audited.text).split())
            yield Found(factor.quantity.span, f"{words}: read as the utilization")


def _is_one_of_several(reading: Interpretation, factor: ReadFactor, note: str) -> bool:
    """Whether a number is read as a time for its place alone, and another one may be meant: `5 * 16 * 24 * 3600`."""
    if not note.startswith("read as a number of"):
        return False
    others = [f for f in reading.factors if f is not factor and not f.unit and not f.role and f.exponent == 1]
    return any(f.value > 1 for f in others)
