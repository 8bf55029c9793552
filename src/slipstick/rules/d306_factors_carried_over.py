"""The factors that a line leaves out stand in a calculation before it.

What it finds: device-time set equal to operations without a rate ("235.5 TPU core-years = 2.6e22 FLOP") a few lines
below a full calculation that begins with device-time of the same kind. The value by that calculation's other factors
is given, and whether the claim follows from that line's printed result, slip included. The verdict stays unknown: the
line itself does not say how it was made.

Why it matters: whoever leaves out the factors took them from the line before, and its errors with them.

Stays silent when: no calculation in the few before begins with time of the same devices and comes to the claimed
dimension.

Source: GShard dense in the comments on "AI and Compute trend isn't predictive of what is happening" (LessWrong, 2021):
by the factors of the line before it 2.57e23 FLOP, printed 2.6e22.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod

from slipstick.audited_document import AuditedDocument, Told, document_rule
from slipstick.estimates.inputs import Input
from slipstick.finding import Confidence, Label
from slipstick.judging.packaging_ratios import contradicted
from slipstick.judging.verdicts import Claim, verdict
from slipstick.reading.quantities.kinds import rename, unified
from slipstick.rule import Audited, Found, in_claim_words, short
from slipstick.source import Span
from slipstick.units import Compound, dimension_of, size

_BACK = 3
_FARTHEST = 1500
"""How many calculations, and how many characters, a line may be below the one that it takes its factors from."""

_MOE = "22 TPU core-years * 420e12 FLOP/s per TPU v3 board * 0.125 board per TPU core * 0.33 = "


@document_rule(
    "D306",
    "factors-carried-over",
    bad=(
        f"MoE: {_MOE}1.2e22 FLOP\nDense: 235.5 TPU core-years = 1.3e23 FLOP",
        "Small: 2500 V100-days * 125e12 FLOP/s * 0.3 = 8.1e21 FLOP\nLarge: 12500 V100-days = 4.05e22 FLOP",
    ),
    good=(
        f"MoE: {_MOE}1.2e22 FLOP\nDense: 235.5 TPU core-years * 420e12 FLOP/s * 0.125 * 0.33 = 1.3e23 FLOP",
        "Small: 2500 V100-days * 125e12 FLOP/s * 0.3 = 8.1e21 FLOP\nLarge: 12500 A100-days = 1e23 FLOP",
        "Dense: 235.5 TPU core-years = 2.6e22 FLOP\nAnother run: 8 A100 * 3 days = 24 A100-days",
    ),
)
def factors_carried_over(document: AuditedDocument) -> Iterator[Told]:
    """One note for each line without a rate."""
    for n, audited in enumerate(document.calculations):
        if not audited.reading.rate_missing or audited.last_claim is None or not audited.reading.stated:
            continue
        for before in reversed(document.calculations[max(0, n - _BACK) : n]):
            far = audited.judged.written.span.start - before.judged.written.span.end
            carried = _carried(before, audited) if far <= _FARTHEST else None
            if carried is not None:
                yield Told(audited, _told(before, audited, audited.last_claim, *carried))
                break


def _carried(before: Audited, audited: Audited) -> tuple[Fraction, Span] | None:
    """How many times what `before` begins with the line states, and where that stands."""
    reading, stated = before.reading, _stated(audited)
    fits = reading.dimension == dimension_of(audited.reading.target) and not reading.rate_missing
    if not before.value or not fits or stated is None:
        return None
    for first, own, span in _times(before):
        names = unified(t.name for t in (*own, *stated[1]))
        wanted, given = rename(stated[1], names), rename(own, names)
        if dimension_of(wanted) == dimension_of(given) and first > 0:
            # The same written unit cancels: a year is as long in both.
            same = sorted(wanted) == sorted(given)
            return stated[0] / first if same else stated[0] * size(wanted) / (first * size(given)), span
    return None


def _stated(audited: Audited) -> tuple[Fraction, Compound] | None:
    """The number and unit of what the line states: "235.5 TPU core-years", "64 GPUs * 10 days"."""
    factors = [f for f in audited.reading.factors if f.role not in ("conversion", "unit")]
    if not factors or any(not f.unit or f.exponent != 1 for f in factors):
        return None
    return prod((f.value for f in factors), start=Fraction(1)), tuple(t for f in factors for t in f.unit)


def _times(before: Audited) -> Iterator[tuple[Fraction, Compound, Span]]:
    """What a calculation may begin with: its name outside ("22 years ="), its first factor, its first two."""
    label = before.judged.written.label
    if label is not None and label.unit is not None:
        yield label.value, label.meaning(False), label.span
    factors = [f for f in before.reading.factors if f.role not in ("conversion", "unit")]
    head = [f for f in factors[:2] if f.unit and f.exponent == 1]
    if head and head[0] is factors[0]:
        yield head[0].value, head[0].unit, head[0].quantity.span
    if len(head) == 2:
        (one, unit), (two, other) = [(f.value, f.unit) for f in head]
        yield one * two, (*unit, *other), head[0].quantity.span


def _told(before: Audited, audited: Audited, claim: Claim, more: Fraction, place: Span) -> Found:
    value = (before.value or Fraction(0)) * more
    agrees = verdict(value, claim.value, claim.last_digit)[0] == "holds"
    stated = " ".join(audited.judged.written.expression.span.of(audited.text).split())
    message = (
        f"the line has no rate; with the factors of the calculation above, {stated} are "
        f"{in_claim_words(audited.text, claim, value, 3)}"
    )
    message += ", as claimed" if agrees else _difference(before, claim, value, more)
    message += _with_right_ratio(before, value)
    confidence = Confidence.HIGH if agrees or _shares_slip(before, claim, more) else Confidence.LOW
    return Found(
        claim.written.span,
        message,
        confidence=confidence,
        related=(Label(place, "carried over from this calculation"),),
    )


def _with_right_ratio(before: Audited, value: Fraction) -> str:
    """What the line is with the packaging that the hardware has, where the one above has another."""
    change = prod((each.change for each in contradicted(before.reading.factors)), start=Fraction(1))
    return f"; with the ratio that the hardware has, {short(value * change)}" if change != 1 else ""


def _shares_slip(before: Audited, claim: Claim, more: Fraction) -> bool:
    printed = before.last_claim
    return printed is not None and verdict(printed.value * more, claim.value, claim.last_digit)[0] == "holds"


def _difference(before: Audited, claim: Claim, value: Fraction, more: Fraction) -> str:
    """What is to be said where the claim is another value than the carried one."""
    if not claim.value:
        return ""
    ratio = value / claim.value
    words = f", {short(ratio)} times the claim"
    printed = before.last_claim
    if printed is not None and before.is_off and _shares_slip(before, claim, more):
        shown = " ".join(printed.written.span.of(before.text).split())
        words += f", which follows from the {shown} printed there and has the same slip"
    used = _utilization(before.estimate.inputs if before.estimate else ())
    if used is not None and ratio > 1:
        words += (
            f"; taken as it stands, the claim implies a utilization of {short(used / ratio)} instead of {short(used)}"
        )
    return words


def _utilization(inputs: Sequence[Input]) -> Fraction | None:
    found = [given.value for given in inputs if given.role == "utilization"]
    return found[0] if len(found) == 1 else None
