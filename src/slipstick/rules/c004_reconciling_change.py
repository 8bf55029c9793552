"""One other utilization explains the mismatch.

What it finds: a claim that is off, where another utilization of at most two digits gives it to the printed digits, and
no other change explains it better.

Why it matters: the writer most likely computed with that number and printed another.

Stays silent when: something else explains the mismatch better, no utilization stands in the line, none that is between
0.05 and 0.70 fits, or the claim has so few digits that some utilization would fit any number.

Source: iGPT-L in the comments on "AI and Compute trend isn't predictive of what is happening" (LessWrong, 2021):
printed with 33 %, computed with 30 %; specs/diagnosis.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.finding import Confidence, Fix
from slipstick.rule import Audited, Found, rule
from slipstick.source import Span


@rule(
    "C004",
    "reconciling-change",
    bad=(
        "2500 days * 24 * 3600 * 100e12 FLOP/s * 33% utilization = 6.5e21 FLOP",
        "64 A100 * 312 TFLOP/s * 14 days * 0.45 utilization = 9.66e21 FLOP",
    ),
    good=(
        "2500 days * 24 * 3600 * 100e12 FLOP/s * 30% utilization = 6.5e21 FLOP",
        "2500 days * 24 * 3600 * 100e12 FLOP/s * 33% utilization = 7.1e20 FLOP",
        "6 * 7e9 parameters * 2e12 tokens = 2.8e22 FLOP",
    ),
)
def reconciling_change(audited: Audited) -> Iterator[Found]:
    """A note that names the utilization which would make the last claim true."""
    best = audited.diagnoses.best if audited.diagnoses is not None else None
    edit = best.edits[0] if best is not None else None
    if best is None or edit is None or best.kind != "utilization" or not edit.replacement or edit.span is None:
        return
    message = f"{edit.words} would reconcile it"
    if best.equally_fitting:
        message += f"; so would {'; '.join(other.words for other in best.equally_fitting[:2])}"
    confidence = Confidence.LOW if best.confidence == "low" else Confidence.MEDIUM  # one change that would do
    yield Found(Span(*edit.span), message, confidence=confidence, fix=Fix(edit.replacement, best.value))
