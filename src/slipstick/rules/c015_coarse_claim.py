"""A claim that holds only because so few of its digits count.

What it finds: a claim that the value rounds to, and that is more than 5 % away from it all the same: 15 km printed as
20 km, 1.14e20 as 10^20. It says how far the two are apart, and which digits were taken for printed.

Why it matters: zeros that end a number are mostly no digits of it, so that it holds; a reader who goes on from such a
claim carries the difference along. Where whole numbers make it, somebody may have miscounted.

Stays silent when: the claim is within 5 % of the value, is a range or a bound, or says itself that it is rough (about,
~, roughly).

Source: specs/rounding.md; the 10^20 of AlphaFold in the comments on "AI and Compute trend isn't predictive of what is
happening" (LessWrong, 2021).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.judging.verdicts import Claim
from slipstick.patterns import pattern
from slipstick.reading.quantities.quantities import Quantity
from slipstick.rule import Audited, Found, in_claim_words, rule, short

_APART = Fraction(1, 20)
_ROUGH = pattern(r"(?:~|≈|\b(?:about|roughly|around|approximately|some|circa|ca\.|nearly|almost))\s*[$€£¥]?\s*\Z")
_ABOUT = frozenset("~≈≃≅∼")
_WORDS_BEFORE = 20
_FEW = 1000
"""Below it a whole number is one that somebody counted."""


@rule(
    "C015",
    "coarse-claim",
    bad=(
        "3 km * 5 = 20 km",
        "5 days * 24 * 3600 * 8 V100 * 100e12 FLOP/s * 33% = 10^20 FLOP",
    ),
    good=(
        "3 km * 5 = 15 km",
        "3 km * 5 = about 20 km",
        "12 * 41 kg = 490 kg",
        "3 km * 5 ≃ 20 km",
        "3 km * 5 = 20.0 km",
    ),
)
def coarse_claim(audited: Audited) -> Iterator[Found]:
    """One note for each such claim."""
    for claim in audited.judged.claims:
        if claim.verdict == "holds" and claim.ratio and abs(claim.ratio - 1) > _APART and _is_exact(audited, claim):
            yield Found(claim.written.span, _message(audited, claim, claim.ratio))


def _is_exact(audited: Audited, claim: Claim) -> bool:
    """Whether the claim is one number, and not said to be rough."""
    node = claim.written.node
    is_range = isinstance(node, Quantity) and node.number.is_range
    if claim.by_last_digit or claim.written.bound or is_range or not _ABOUT.isdisjoint(claim.written.relation):
        return False
    start = claim.written.span.start
    return not _ROUGH.search(audited.text, max(0, start - _WORDS_BEFORE), start)


def _message(audited: Audited, claim: Claim, ratio: Fraction) -> str:
    value = in_claim_words(audited.text, claim, audited.value or Fraction(0))
    written = " ".join(claim.written.span.of(audited.text).split())
    apart = f"{short(abs(ratio - 1) * 100)} % {'more' if ratio > 1 else 'less'}"
    message = f"{written} has one printed digit; {value}, which is {apart}, rounds to it"
    counts = [f.quantity.number.value for f in audited.reading.factors]
    if claim.number >= 10 and all(c.denominator == 1 and c < _FEW for c in counts):
        message += ", though whole numbers give it exactly"
    return message
