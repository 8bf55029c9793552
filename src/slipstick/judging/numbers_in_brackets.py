"""Whether the number in a bracket of a missed calculation may be a factor of it after all, or stand for the one before.

"300 MW × 8760 h (35% CF) = 920 GWh", "24 pallets × 40 cartons (12 units each) = 11,520 units", "12 × $25 (€23) = €276".
The words do not say so, hence the claim does not hold by it: the calculation is left unread.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.judging.verdicts import Claim, Judged, verdict
from slipstick.patterns import pattern
from slipstick.reading.quantities.arithmetic import magnitude

_BRACKET = pattern(r"(?P<before>[\d.,]*\d)?[^\d()\[\]]{0,20}[(\[](?P<said>[^()\[\]]{1,60})[)\]]")
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
