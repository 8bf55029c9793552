"""What becomes of a calculation, and of its last claim, when one factor is another number."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from slipstick import formula
from slipstick.finding import Confidence
from slipstick.frozen import Frozen
from slipstick.judging.verdicts import verdict
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities import arithmetic
from slipstick.rule import Audited, in_claim_words, short
from slipstick.units import label


class Substituted(Frozen):
    """The new value in base units, the verdict on the last claim ("" without one), the value in the claim's words."""

    value: Fraction
    verdict: str
    words: str


def substituted(audited: Audited, factor: ReadFactor, ratio: Fraction) -> Substituted | None:
    """The calculation with one factor, or one plain term of a sum, `ratio` times as large.

    None where it stands deeper, as in a product that is a term, and where no value came out.
    """
    value = _value(audited, factor, ratio) if audited.value else None
    if value is None:
        return None
    claim = audited.last_claim
    if claim is None or claim.verdict == "unknown":
        return Substituted(value, "", f"{short(value)} {label(audited.reading.dimension)}".removesuffix(" 1"))
    word, _ = verdict(value, claim.value, claim.last_digit)
    return Substituted(value, word, in_claim_words(audited.text, claim, value, 3))


class Corrected(NamedTuple):
    """What comes of a correction, how sure that makes it, and the calculation with it (None: see `substituted`)."""

    words: str
    confidence: Confidence
    made: Substituted | None


def corrected(audited: Audited, factor: ReadFactor, ratio: Fraction) -> Corrected:
    """What to say where a factor should be `ratio` times as large: sure only if a claim that is off holds then."""
    made = substituted(audited, factor, ratio)
    if audited.is_off and made is not None and made.verdict == "holds":
        return Corrected("the claim holds", Confidence.HIGH, made)
    words = f"the estimate is {audited.becomes(ratio ** int(factor.exponent))}"
    return Corrected(words, Confidence.MEDIUM, made)


def _value(audited: Audited, factor: ReadFactor, ratio: Fraction) -> Fraction | None:
    whole, value = audited.reading.formula, audited.value or Fraction(0)
    if isinstance(whole, formula.Sum):
        terms = (sign for part, sign in whole.parts if isinstance(part, formula.Leaf) and part.item is factor)
        sign = next(terms, None)
        return value + sign * (ratio - 1) * factor.base_value if sign is not None else None
    exponent = next((power for each, power in formula.monomial(whole) or () if each is factor), None)
    try:
        return value * arithmetic.power(ratio, exponent) if exponent is not None else None
    except arithmetic.OutOfRange:
        return None
