"""The claim differs from the value only in its last digit.

What it finds: a claim between half a unit and one unit of its last printed digit away from the value: cut off instead
of rounded, rounded up instead of down, or one beside a value that needs no rounding at all.

Why it matters: little; it is said so that a reader who recomputes is not puzzled.

Stays silent when: the claim is the value rounded, or within 0.1 % of it.

Source: specs/rounding.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.rule import Audited, Found, in_claim_words, rule


@rule(
    "C002",
    "last-digit",
    bad=(
        "17 * 0.11 = 1.8",
        "8 A100 * 312 TFLOP/s * 10 days * 30% utilization = 6.4e20 FLOP",
        "6 * 2 kg = 13 kg",
        "17 * 0.12 = 2.1",
    ),
    good=(
        "17 * 0.11 = 1.9",
        "2 * 3 = 6",
        "8 A100 * 312 TFLOP/s * 10 days * 30% utilization = 6.5e20 FLOP",
    ),
)
def last_digit(audited: Audited) -> Iterator[Found]:
    """One note for each claim that holds by a whole last digit only."""
    for claim in audited.judged.claims:
        if claim.by_last_digit and audited.value is not None:
            exact = in_claim_words(audited.text, claim, audited.value)
            how = _how(audited.value, claim.value, claim.last_digit)
            yield Found(claim.written.span, f"the numbers give {exact}: the claim is {how}")


def _how(value: Fraction, claimed: Fraction, last_digit: Fraction) -> str:
    """What stands between a value and a claim that is one unit of its last digit away or less."""
    smaller = abs(claimed) < abs(value)
    if not value % last_digit:
        return f"one {'less' if smaller else 'more'} in its last digit, which no rounding explains"
    return "cut off, not rounded, in its last digit" if smaller else "rounded up, not down, in its last digit"
