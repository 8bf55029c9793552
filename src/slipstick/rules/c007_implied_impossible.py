"""A claim for which a utilization would have to be impossible.

What it finds: a claim that is off, and that no utilization (or share, fraction, probability) in its calculation could
make true: it would have to be above 100 %, even where the claim's digits are read in its favour.

Why it matters: the fault lies elsewhere: in a count, a unit, a power of ten, or in the claim itself.

Stays silent when: the claim holds or cannot be judged; the value that would make it true lies within 0 to 100 %; the
percentage may well exceed 100 % (a growth, a margin); the written value is above 100 % itself; the calculation is a sum
or the fraction stands in it with another power.

Source: the definitions of utilization and probability; the report's `implied`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.estimates.inputs import Input
from slipstick.judging.naming import words_of
from slipstick.judging.verdicts import Claim
from slipstick.patterns import pattern
from slipstick.reading.quantities.quantities import Quantity
from slipstick.rule import Audited, Found, rule, short

_PARTS = pattern(r"\b(?:share|fraction|proportion|portion|probability|likelihood)\b", re.IGNORECASE)


@rule(
    "C007",
    "implied-impossible",
    bad=(
        "8 A100 * 312 TFLOP/s * 10 days * 30% utilization = 2.25e21 FLOP",
        "2.25e21 FLOP / (8 A100 * 312 TFLOP/s * 30% utilization) = 10.0 days",
    ),
    good=(
        "8 A100 * 312 TFLOP/s * 10 days * 30% utilization = 2.1e21 FLOP",
        "$200 * 30% margin = $240",
        "8 A100 * 312 TFLOP/s * 10 days * 30% utilization = 6.5e20 FLOP",
    ),
)
def implied_impossible(audited: Audited) -> Iterator[Found]:
    """One note for each fraction that would have to exceed one for the last claim to hold."""
    claim, value, estimate = audited.last_claim, audited.value, audited.estimate
    powers = estimate.powers if estimate is not None else None
    if claim is None or claim.verdict != "off" or not value or estimate is None or powers is None:
        return
    ends = [end for end in _ends(claim) if end > 0]
    for given in estimate.inputs:
        power, said = powers[id(given)], _noun(audited, given)
        if not said or given.span is None or abs(power) != 1 or not 0 < given.base_value <= 1 or not ends:
            continue
        implied = [given.base_value * (end / value) ** int(power) for end in (*ends, claim.value)]
        if min(implied) > 1:
            yield Found(given.span, f"the claim would need a {said} of {short(implied[-1] * 100)} %")


def _ends(claim: Claim) -> tuple[Fraction, Fraction]:
    """The least and the greatest value that the claim stands for: its range, else what its digits leave open."""
    node, half = claim.written.node, claim.last_digit / 2
    number = node.number if isinstance(node, Quantity) else None
    if number is None or number.low is None or number.high is None or not number.value:
        return claim.value - half, claim.value + half
    scale = claim.value / number.value
    return number.low * scale - half, number.high * scale + half


def _noun(audited: Audited, given: Input) -> str:
    """What the fraction is, in a word; "" for one that may exceed 100 %."""
    if given.role == "utilization":
        return given.role
    factors = [f for f in audited.judged.reading.factors if f.quantity.span == given.span]
    found = _PARTS.search(words_of(factors[0])) if factors and not given.unit else None
    return found.group().lower() if found else ""
