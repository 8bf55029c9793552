"""One more pair of brackets explains the mismatch.

What it finds: a claim that is off, or terms that do not add, where the same terms with one pair of brackets more give
the claim to its printed digits. It says whether the units ask for the brackets as well.

Why it matters: the writer most likely computed with them, and a reader who recomputes the line as it stands does not
get there. The value and the verdict are those of the line as it stands.

Stays silent when: the claim holds, a power of ten explains the mismatch, the claim prints one digit only, or no pair of
brackets around a run of terms of the outermost level, or inside one bracket of it, gives the claim.

Source: the order of operations; "1 week + 25 hours * 16 A100s" was meant as the sum times 16.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.finding import Confidence
from slipstick.judging.verdicts import Claim, Judged, judge
from slipstick.rule import Audited, Found, rule


@rule(
    "C006",
    "other-bracketing",
    bad=(
        "1 week + 25 hours * 16 A100s = 3088 A100-hours",
        "1200 + 350 * 12 = 18,600",
        "8.4e22 / 1024 * 312e12 = 2.63e5",
    ),
    good=("(1 week + 25 hours) * 16 A100s = 3088 A100-hours", "1200 + 350 * 12 = 5,400", "1200 + 350 * 12 = 17,000"),
)
def other_bracketing(audited: Audited) -> Iterator[Found]:
    """A note that names the first pair of brackets that would reconcile the last claim."""
    claim, reading = audited.last_claim, audited.judged.reading
    if claim is None or not (claim.verdict == "off" or reading.clashes) or _is_power_of_ten(audited):
        return
    if abs(claim.number) < 10 * claim.last_digit / (claim.value / claim.number if claim.value else 1):
        return  # a single digit is met by chance
    from slipstick.reading.expressions.bracketings import bracketings

    written = audited.judged.written
    for made in bracketings(written.expression):
        other = judge(written._replace(expression=made.expression))
        if _agrees(other):
            inside = " ".join(made.inside.span.of(audited.text).split())
            asked = "the units ask for it as well" if _asks(audited.judged, other) else "the units allow both"
            message = f"read with ({inside}) in brackets, the claim holds; {asked}"
            yield Found(made.inside.span, message, confidence=Confidence.MEDIUM)
            return


def _is_power_of_ten(audited: Audited) -> bool:
    return audited.diagnoses is not None and audited.diagnoses.power_of_ten is not None


def _agrees(other: Judged) -> bool:
    claim: Claim | None = other.claims[-1] if other.claims else None
    fits = not other.reading.mismatch and not other.reading.clashes
    return claim is not None and fits and claim.verdict == "holds" and not claim.by_last_digit


def _asks(literal: Judged, other: Judged) -> bool:
    """Whether the units come out with the brackets alone, or with fewer additions."""
    return bool(literal.reading.clashes) or literal.reading.mismatch or literal.reading.cost > other.reading.cost
