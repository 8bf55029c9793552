"""What becomes of a calculation, and of its last claim, when one factor is another number."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from slipstick import formula
from slipstick.reading import arithmetic
from slipstick.reading.interpretation import ReadFactor
from slipstick.rule import Audited, in_claim_words, short
from slipstick.units import label
from slipstick.verdicts import verdict


class Substituted(NamedTuple):
    """The new value in base units, the verdict on the last claim ("" without one), the value in the claim's words."""

    value: Fraction
    verdict: str
    words: str


def substituted(audited: Audited, factor: ReadFactor, ratio: Fraction) -> Substituted | None:
    """The calculation with one factor `ratio` times as large; None for a sum, and where no value came out."""
    parts = formula.monomial(audited.reading.formula)
    exponent = next((power for each, power in parts or () if each is factor), None)
    if not audited.value or exponent is None:
        return None
    try:
        value = audited.value * arithmetic.power(ratio, exponent)
    except arithmetic.OutOfRange:
        return None
    claim = audited.last_claim
    if claim is None or claim.verdict == "unknown":
        return Substituted(value, "", f"{short(value)} {label(audited.reading.dimension)}".removesuffix(" 1"))
    word, _ = verdict(value, claim.value, claim.last_digit)
    return Substituted(value, word, in_claim_words(audited.text, claim, value, 3))
