"""A claim that is off is the result of another calculation.

What it finds: a claim that is off, and that is, digit for digit, the result of another calculation of the text, which
holds: "Small: 6 * 7e9 * 600e9 = 2.52e22. Large: 6 * 34e9 * 600e9 = 2.52e22".

Why it matters: a line that was copied keeps its result until somebody computes it.

Stays silent when: the claim has fewer than three digits, or its unit is another one.

Source: the text itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.audited_document import AuditedDocument, Told, document_rule
from slipstick.finding import Confidence, Label
from slipstick.judging.verdicts import Claim
from slipstick.rule import Found
from slipstick.units import dimension_of

_COARSEST = 100
"""How many of its last digit a claim must be."""


@document_rule(
    "D308",
    "result-of-another",
    bad=(
        "Small: 6 * 7e9 * 600e9 = 2.52e22 FLOP. Large: 6 * 34e9 * 600e9 = 2.52e22 FLOP.",
        "A: 12 GPUs * 345 hours = 4,140 GPU-hours\nB: 16 GPUs * 345 hours = 4,140 GPU-hours",
    ),
    good=(
        "Small: 6 * 7e9 * 600e9 = 2.52e22 FLOP. Large: 6 * 34e9 * 600e9 = 1.22e23 FLOP.",
        "A: 3 * 5 = 15\nB: 4 * 5 = 15",
        "A: 12 GPUs * 345 hours = 4,140 GPU-hours\nB: 8 GPUs * 500 hours = 4,410 GPU-hours",
    ),
)
def result_of_another(document: AuditedDocument) -> Iterator[Told]:
    """One note for each such claim."""
    held: dict[tuple[object, ...], Claim] = {}
    for claim in (c for each in document.calculations for c in each.judged.claims if c.verdict == "holds"):
        held.setdefault(_result(claim), claim)
    for audited in document.calculations if held else ():
        last = audited.last_claim
        if last is None or last.verdict != "off" or _COARSEST * last.last_digit > abs(last.value):
            continue
        same = held.get(_result(last))
        if same is not None and not any(other is same for other in audited.judged.claims):
            said = " ".join(same.written.span.of(document.text).split())
            where = "above" if same.written.span.start < last.written.span.start else "below"
            message = f"{said} is also the result of the calculation {where}, of other numbers: it may have been copied"
            related = (Label(same.written.span, "the same result"),)
            yield Told(audited, Found(last.written.span, message, confidence=Confidence.MEDIUM, related=related))


def _result(claim: Claim) -> tuple[object, ...]:
    """What two claims of the same result share: value, digits, and the dimension of the unit."""
    return claim.value, claim.last_digit, dimension_of(claim.unit)
