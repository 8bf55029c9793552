"""Cents taken for dollars.

What it finds: a number that the text before gives in cents, bare or with a dollar sign beside a number of what is so
priced, in a product whose result is in dollars as if it were so many of them.

Why it matters: it is a factor of a hundred.

Stays silent when: a 100 divides the product, or the result is in cents, or is right in dollars; the text gives the
number in dollars as well; it is less than one cent.

Source: a dollar has 100 cents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Fix, Severity
from slipstick.judging.verdicts import verdict
from slipstick.patterns import pattern
from slipstick.rule import Audited, Found, rule, short

_CENTS = pattern(r"(?<![\d.,$])(\d+(?:\.\d+)?)\s?(?:¢|(?:US\s)?cents?\b)", re.IGNORECASE)

_PER = pattern(r"(?:¢|\bcents?)\s*(?:/|per|an?|each|for each)\s*([A-Za-z][\w-]+)", re.IGNORECASE)
_DOLLARS = pattern(r"\$\s?(\d+(?:\.\d+)?)(?!\d|,\d)")


@rule(
    "C122",
    "cents-as-dollars",
    bad=(
        "A spot A100 costs 90 cents per hour. 5,000 GPU-hours * 90 = $450,000.",
        "One question costs 35 cents. 200 questions: 200 * 35 = $7,000.",
        "Electricity is 9 cents per kWh. The run took 400,000 kWh: 400,000 kWh * $9 = $3,600,000.",
    ),
    good=(
        "A spot A100 costs 90 cents per hour. 5,000 GPU-hours * $0.90 = $4,500.",
        "One question costs 35 cents. 200 * 35 / 100 = $70.",
        "It costs 0.15 cents (they mean $0.15) a kWh. 0.15 / 3.5 = $0.0429",
        "Delivery is 50 cents per item. Storage: 40 boxes * $50 = $2,000.",
        "The first day is $5, an hour more 5 cents. 12 * $5 = $60.",
        "It costs 90 cents an hour; 90 hours * $12 = $1,080.",
    ),
    severities=(Severity.WARNING,),
)
def cents_as_dollars(audited: Audited) -> Iterator[Found]:
    """One warning for the number."""
    claim, before = audited.last_claim, audited.text_before
    if claim is None or ("cent" not in before and "¢" not in before):
        return
    if not any(t.name == "USD" for t in claim.unit) or audited.reading.literal is None:
        return
    said = {Fraction(number) for number in _CENTS.findall(before)} - {Fraction(n) for n in _DOLLARS.findall(before)}
    factors = audited.reading.factors
    priced = [f for f in factors if f.role != "unit" and any(t.name == "USD" for t in f.unit)]
    bare = priced or [f for f in factors if f.quantity.is_bare and not f.unit]
    cents = [f for f in bare if f.exponent == 1 and f.quantity.number.value in said and f.value >= 1]
    if priced and not _is_counted(audited):
        return
    as_numbers = verdict(audited.reading.literal, claim.number, claim.last_digit)[0] == "holds"
    in_dollars = any(f.exponent == -1 and f.value == 100 for f in factors)
    if len(cents) == 1 and len(priced) <= 1 and not in_dollars and as_numbers:
        place, right = cents[0].quantity.number, claim.number / 100
        number = short(place.value)
        message = f"the text gives {number} cents, and the result counts them as dollars; it would be ${_money(right)}"
        sign = "$" if audited.text.startswith("$", place.span.start) else ""
        fix = Fix(sign + short(place.value / 100, 6), float(right))
        yield Found(place.span, message, Severity.WARNING, fix=fix)


def _is_counted(audited: Audited) -> bool:
    """Whether what the text prices in cents, the kWh of "9 cents per kWh", stands in the calculation."""
    span = audited.judged.written.span
    return any(span.start <= audited.text.find(each, *span) for each in _PER.findall(audited.text_before))


def _money(value: Fraction) -> str:
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.2f}"
