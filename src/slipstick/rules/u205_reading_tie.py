"""Two readings are equally good and give different values.

What it finds: lengths of months or years that the text leaves open, constants that lead only half the way to a unit,
bare numbers behind an hourly rate that are counts or hours worked.
The verdict is that of a reading with which the claim agrees, and both are named.

Why it matters: the difference is small for a year (0.07 %), 1.5 % for a month, large for half a conversion.

Stays silent when: all readings give the same value, or the claim holds under each of them. Whether bare numbers are in
the unit of the claim with its prefix or without is told only where neither is judged.

Source: specs/inference.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.reading.inference.interpretation import Interpretation
from slipstick.rule import Audited, Found, rule, short


@rule(
    "U205",
    "reading-tie",
    bad=(
        "2 months * 8 GPUs * 312 TFLOPS/GPU * 0.3 = 3.88e21 FLOP",
        "6 months * 64 GPUs = 11,520 GPU-days",
    ),
    good=(
        "60 days * 8 GPUs * 312 TFLOPS/GPU * 0.3 = 3.88e21 FLOP",
        "2 years * 12 months/year = 24 months",
        "6.7B * 20 = 134 GB",
        "1 month * 30 days/month * 24 h/day = 720 hours",
    ),
)
def reading_tie(audited: Audited) -> Iterator[Found]:
    """One note that names the reading taken and its rivals."""
    taken = audited.last_claim.verdict if audited.last_claim else ""
    rivals = [(r, verdict) for r, verdict in audited.judged.rivals if r.value is not None]
    if taken in ("holds", "off"):
        whole = audited.reading.choices.whole
        rivals = [(r, verdict) for r, verdict in rivals if not _is_by_prefix(whole, r.choices.whole)]
    if audited.value is None or all(verdict == taken == "holds" for _, verdict in rivals):
        return
    reading = audited.judged.reading
    others = "; ".join(
        f"{_named(r, reading)}: {short(r.value or 0, 4)} ({verdict or 'no claim'})" for r, verdict in rivals
    )
    yield Found(
        audited.judged.written.expression.span,
        f"read with {_named(reading, rivals[0][0])}: {short(audited.value, 4)}; equally good, {others}",
    )


_WHOLES = (
    "the claim's unit with its prefix",
    "the claim's unit without a prefix",
    "the claim's unit without a prefix",
    "seconds, as operations over a rate",
)


_SECONDS = 3
"""The last place in the list above."""


def _is_by_prefix(one: int, other: int) -> bool:
    """Whether two readings differ in the prefix of the claim's unit: "6.7B * 20 = 134 GB" leaves nothing open."""
    return one != other and _SECONDS not in (one, other)


def _named(reading: Interpretation, other: Interpretation) -> str:
    """The choices in which a reading differs from another, in words."""
    mine, theirs = reading.choices, other.choices
    said = []
    if mine.month_days != theirs.month_days:
        said.append(f"months of {float(mine.month_days):g} days")
    if mine.year_days != theirs.year_days:
        said.append(f"years of {float(mine.year_days):g} days")
    if mine.partial_runs != theirs.partial_runs:
        said.append("the constants as a conversion" if mine.partial_runs else "the constants as plain counts")
    if mine.flops_is_rate != theirs.flops_is_rate:
        said.append("FLOPS as a rate" if mine.flops_is_rate else "FLOPS as a count")
    if mine.worked != theirs.worked:
        said.append("the bare numbers as hours worked" if mine.worked else "the bare numbers as counts")
    if mine.whole != theirs.whole:
        timed = _SECONDS in (mine.whole, theirs.whole)
        said.append(_WHOLES[mine.whole] if not timed or mine.whole == _SECONDS else "the claim's unit")
    return " and ".join(said) or "the units as written"
