"""Whether a number in a bracket of a missed calculation may be a factor of it after all, or stand for the one before.

"300 MW × 8760 h (35% CF) = 920 GWh", "24 pallets × 40 cartons (12 units each) = 11,520 units", "12 × $25 (€23) = €276",
"5 PFLOP/s (half of it dense, so 2.5) x 10 days". The claim does not hold by it: the calculation is left unread.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.judging.verdicts import Claim, Judged, verdict
from slipstick.patterns import pattern
from slipstick.reading.quantities.arithmetic import magnitude
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.units import dimension_of, size

_CONCLUDED = pattern(
    r"(?:\b(?:so|thus|hence|therefore|really|actually|effectively|i\.e\.|use|using|take|taking)\b,?|→|=>|⇒)[^\d()]{0,20}\Z"
)
_BEHIND = pattern(r"\s?\(([^()]{1,120})\)")
_BRACKET = pattern(r"(?P<before>\d[\d.,]{0,30})?[^\d()\[\]]{0,20}[(\[](?P<said>[^()\[\]]{1,60})[)\]]")
_NUMBER = pattern(r"\d[\d,]*(?:\.\d+)?(?P<percent>\s?%)?")
_CURRENCY = pattern(r"[$€£¥₹]")
_HUNDRED = 100


def number_in_bracket(judged: Judged, claim: Claim, text: str) -> str:
    """Which bracket may hold a factor, or the number for the one before it, with which the claim is right; or ""."""
    value, literal = judged.reading.value, judged.reading.literal
    written = text[judged.written.expression.span.start : claim.written.span.start]
    for said, factors in _factors(written, in_other_units=claim.ratio is None):
        for factor in factors:
            fits = claim.ratio is not None and _is(claim.value * claim.ratio * factor, claim)
            if fits or (claim.ratio is None and value is not None and literal and _has_digits(literal * factor, claim)):
                return f"its ({said}) may be a factor"
    return ""


def _factors(written: str, *, in_other_units: bool) -> Iterator[tuple[str, list[Fraction]]]:
    """The words of each bracket with one number, and what the result may be multiplied by for it."""
    for bracket in _BRACKET.finditer(written):
        found = list(_NUMBER.finditer(bracket["said"]))
        if len(found) != 1:
            continue
        percent = found[0]["percent"]
        number = Fraction(found[0][0].removesuffix(percent or "").replace(",", ""))
        if percent:
            share = number / _HUNDRED
            yield bracket["said"], [share, 1 - share, 1 + share]
            continue
        before = (bracket["before"] or "").strip(".,").replace(",", "")
        other = in_other_units or _CURRENCY.search(bracket["said"]) is not None  # else it contradicts the one before
        stands_for = other and before.replace(".", "", 1).isdigit() and Fraction(before) != 0
        yield bracket["said"], [number, number / Fraction(before)] if stands_for else [number]


def _is(value: Fraction, claim: Claim) -> bool:
    return verdict(value, claim.value, claim.last_digit)[0] == "holds"


def _has_digits(value: Fraction, claim: Claim) -> bool:
    """Whether a claim in other units has the digits of a value, whatever its power of ten."""
    if value <= 0 or claim.value <= 0:
        return False
    scale = Fraction(10) ** round(magnitude(value / claim.value))
    return verdict(value / scale, claim.value, claim.last_digit) == ("holds", False)


def concluded_in_bracket(judged: Judged, claim: Claim, stated: StatedQuantities) -> str:
    """Whether the bracket behind a factor comes to another number, with which the claim is right.

    "5 PFLOP/s (half of it dense, so 2.5) x 10 days", "32 nodes (8 GPUs each, so 256 GPUs) * 312 TFLOP/s".
    """
    text, value = stated.text, judged.reading.value
    for factor in [f for f in judged.reading.factors if f.quantity.remark and f.exponent in (1, -1)]:
        quantity = factor.quantity
        bracket = _BEHIND.match(text, quantity.span.end)
        for other in stated.between(*bracket.span(1)) if bracket and value else ():
            said = bracket and _CONCLUDED.search(text, bracket.start(1), other.span.start)
            times = _in_place_of(other, quantity) if said and quantity.value and other.value else None
            if (
                times
                and value
                and verdict(value * times if factor.exponent > 0 else value / times, claim.value, claim.last_digit)
                == ("holds", False)
            ):
                return f"its {quantity.span.of(text)} may be the {other.span.of(text)} in the bracket behind it"
    return ""


def _in_place_of(other: Quantity, quantity: Quantity) -> Fraction:
    """How many times as large a factor is with another number in its place, which has its scale and unit or its own."""
    if other.unit is None:
        return other.number.value / quantity.number.value * (1 if other.number.scaled else quantity.number.scale)
    own, its = quantity.meaning(True), other.meaning(True)
    alike = own and its and dimension_of(own) == dimension_of(its)
    return other.value / quantity.value * (size(its) / size(own) if alike else 1)
