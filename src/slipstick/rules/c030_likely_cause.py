"""One named change explains the mismatch.

What it finds: a claim that is off, and the single change, of those that people are known to make, that leads from the
value as written to the claim's printed digits: a factor left out, digits swapped, a chip taken for a board, a sparse
peak, a conversion not made. Where no single one does, two of them. Other changes that fit are listed; none is applied.

Why it matters: that a number is wrong is half of the answer; which line of the spreadsheet to look at is the other.

Stays silent when: the claim holds; a power of ten or another utilization explains it best (power-of-ten,
reconciling-change); nothing that it knows fits; or the claim has so few digits that something would fit any number.

Source: data/slips.csv, each change with its own source; specs/diagnosis.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from slipstick.finding import Confidence, Fix, Label
from slipstick.judging.verdicts import Claim
from slipstick.rule import Audited, Found, rule
from slipstick.source import Span

if TYPE_CHECKING:
    from slipstick.diagnosis import Diagnosis


@rule(
    "C030",
    "likely-cause",
    bad=(
        "275 teraflops * 8700/2 * 24 * 3600 * 0.4 (assumed utilization) = 8.3e22",
        "6 * 7e9 parameters * 2e12 tokens = 2.8e22 FLOP",
        "25 * 9 = 252 boxes",
    ),
    good=(
        "275 teraflops * 8700/2 * 24 * 3600 * 0.4 (assumed utilization) = 4.13e22",
        "1024 * 2000 = 2.05e7",
        "8 * 41 = 500 boxes",
        "6 * 7e9 parameters * 2e12 tokens = 8.4e22 FLOP",
    ),
)
def likely_cause(audited: Audited) -> Iterator[Found]:
    """One note for the claim that is off, at the place of the change."""
    diagnoses = audited.diagnoses
    best = diagnoses.best if diagnoses is not None else None
    if diagnoses is None or best is None or _has_a_rule(best):
        return
    from slipstick.diagnosis import explanation  # most texts hold nothing that is off

    claim = next(c for c in reversed(audited.judged.claims) if c.verdict == "off")
    place, fix = _cure(best, claim)
    related = tuple(Label(span, "here") for span in best.spans if span != place)
    words = "possibly " if best.confidence == "low" else ""
    yield Found(place, words + explanation(diagnoses), confidence=Confidence(best.confidence), related=related, fix=fix)


def _has_a_rule(best: Diagnosis) -> bool:
    """Whether another rule tells it."""
    other_utilization = best.kind == "utilization" and bool(best.edits[0].replacement)
    return best.is_power_of_ten or other_utilization


def _cure(best: Diagnosis, claim: Claim) -> tuple[Span, Fix | None]:
    """What would be written instead, at its place; the claim's place where nothing would be, and the claim is wrong."""
    edit = best.edits[0]
    if len(best.edits) == 1 and edit.span is not None and edit.replacement:
        return Span(*edit.span), Fix(edit.replacement, best.value)
    return claim.written.span, None
