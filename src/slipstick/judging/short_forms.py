"""What a short form in a missed calculation may mean, where the numbers come out with it (specs/inference.md).

A factor that is said to be rounded, a percentage of an amount before the last one, losses in brackets, a score, dots
that part the thousands of what is counted whole. None of them makes a claim hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.judging.verdicts import Claim, Judged, verdict
from slipstick.patterns import pattern
from slipstick.reading.expressions.tree import Group, Node, Product, Sum, quantities
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.units import UnitTerm, dimension_of, in_base_units, is_device

_ABOUT = pattern(r"(?:[~≈≃∼]|\b(?:about|approx\.?|approximately|roughly|around|ca\.?|circa))\s?\Z", re.IGNORECASE)
_ROUNDED = Fraction(1, 20)
"""How much a factor is rounded at the most."""
_BEFORE = 300
"""How many characters before a calculation the amount may stand that it takes a percentage of."""
_EACH = pattern(r"\b(?:each|apiece)\b")
_SCORED = pattern(
    r"\b(?:wins?|won|loss|loses?|lost|draws?|drew|ties?|tied|beats?|scored?)\b[^.\n]{0,20}\Z", re.IGNORECASE
)
_SCORE = pattern(r"\d{1,3}[-–—]\d{1,3}\b[^\d]*=[^\d]*\d+ ?(?:points?|pts?|goals?)\b")
_IN_MANY = pattern(r"[^\d\n.]{0,30}\b(?:per|in|for(?: every)?) (10{0,2}(?:,?000){0,2})\b(?![.,]\d)")
_THOUSANDS = pattern(r"[1-9]\d{0,2}\.\d{3}")
_THOUSAND = Fraction(1000)
_BYTES = dimension_of((UnitTerm("byte"),))
_RATE_AND_TIME, _MOST_TIMES = 2, 100


def short_form(judged: Judged, claim: Claim, stated: StatedQuantities) -> str:
    """What a form in the calculation may mean with which a claim that is off is right; "" where none does."""
    return (
        _rounded_factor(judged, claim, stated.text)
        or _thousands_in_dots(judged, claim, stated.text)
        or _half_width(judged, claim)
        or _compounds(judged, claim)
        or _prefix_alone(judged, claim)
        or _per_so_many(judged, claim, stated.text)
        or (_in_sum(judged, claim, stated) if isinstance(judged.written.expression, Sum) else "")
    )


def _rounded_factor(judged: Judged, claim: Claim, text: str) -> str:
    """Whether a factor is said to be rounded, and is the right one to its digits: "207B x ~2.3 = 473B"."""
    ratio = claim.ratio
    if not ratio or abs(ratio - 1) > _ROUNDED:
        return ""
    for factor in [f for f in judged.reading.factors if f.exponent in (1, -1)]:
        number = factor.quantity.number
        meant = number.value / ratio if factor.exponent > 0 else number.value * ratio
        if verdict(meant, number.value, number.last_digit) == ("holds", False):
            start = number.span.start
            if _ABOUT.search(text, max(start - 12, 0), start):
                return f"its {number.span.of(text)} is said to be rounded"
    return ""


def _thousands_in_dots(judged: Judged, claim: Claim, text: str) -> str:
    """Whether dots part the thousands of devices, which are whole: "1.024 A100 x 30 Tage x 24 Std = 737.280"."""
    if not claim.ratio:
        return ""
    for factor in [f for f in judged.reading.factors if f.exponent == 1 and f.unit and is_device(f.unit[0].name)]:
        shown = factor.quantity.number.span.of(text)
        value = claim.value * claim.ratio * _THOUSAND
        if _THOUSANDS.fullmatch(shown) and verdict(value, claim.value, claim.last_digit) == ("holds", False):
            return "its dots may part thousands"
    return ""


def _half_width(judged: Judged, claim: Claim) -> str:
    """Whether a product behind ± is the half width of the claimed interval: "50 ± 1.96 × 2 = 46.1 to 53.9"."""
    node, claimed, value = judged.written.expression, claim.written.node, judged.reading.literal
    first = node.parts[0][1] if isinstance(node, Product) else None
    if not isinstance(first, Quantity) or not isinstance(claimed, Quantity) or value is None or not first.number.value:
        return ""
    middle, high, low, most = first.number.value, first.number.high, claimed.number.low, claimed.number.high
    if high is None or low is None or most is None:
        return ""
    half = (high - middle) * value / middle
    pairs = ((middle - half, low), (middle + half, most))
    fits = all(verdict(end, told, claimed.number.last_digit) == ("holds", False) for end, told in pairs)
    return "it may be an interval around its first number" if fits else ""


def _compounds(judged: Judged, claim: Claim) -> str:
    """Whether a rate of growth is one of each year, and compounds: "4x/yr for 3 years = 64x"."""
    factors = judged.reading.factors
    if len(factors) != _RATE_AND_TIME or [f.exponent for f in factors] != [1, 1]:
        return ""
    growth, time = factors[0].quantity.number, factors[1].quantity.number.value
    if factors[1].unit != tuple(t._replace(exponent=-t.exponent) for t in factors[0].unit if t.exponent < 0):
        return ""
    if time.denominator != 1 or not 1 < time <= _MOST_TIMES:
        return ""
    times = (1 + growth.value if growth.percent else growth.value) ** int(time)
    ways = (times, times - 1) if growth.percent else (times,)
    return "its growth may compound" if any(_fits(claim, way) for way in ways) else ""


def _per_so_many(judged: Judged, claim: Claim, text: str) -> str:
    """Whether a share is told as so many in a round number: "45/12,500 = 3.6 per 1,000"."""
    behind = _IN_MANY.match(text, claim.written.span.end)
    if behind is None or judged.reading.value is None or dimension_of(claim.unit) != judged.reading.dimension:
        return ""
    many = int(behind[1].replace(",", ""))
    return f"its result is for {behind[1]}" if many > 1 and _fits(claim, judged.reading.value * many) else ""


def _prefix_alone(judged: Judged, claim: Claim) -> str:
    """Whether a letter behind the result is the prefix of its bytes: "63300 GB / 1024 = 61.8T"."""
    node, literal = claim.written.node, judged.reading.literal
    if not isinstance(node, Quantity) or not node.number.scaled or claim.unit or literal is None:
        return ""
    scale = node.number.scale
    alike = judged.reading.dimension == _BYTES and verdict(literal, claim.number / scale, claim.last_digit / scale) == (
        "holds",
        False,
    )
    return "its result may have the prefix of a unit alone" if alike else ""


def _fits(claim: Claim, value: Fraction) -> bool:
    return verdict(value, claim.value, claim.last_digit) == ("holds", False)


def _in_sum(judged: Judged, claim: Claim, stated: StatedQuantities) -> str:
    span, text = judged.written.span, stated.text
    if _SCORE.match(text, span.start, span.end) and _SCORED.search(text, max(span.start - 40, 0), span.start):
        return "it may be a score"
    return (
        _losses_in_brackets(judged, claim, text)
        or _percent_of_another(judged, claim, stated)
        or _for_each(judged, claim, text)
    )


def _for_each(judged: Judged, claim: Claim, text: str) -> str:
    """Whether the last term is for each of the things that the first counts: "6 × $48 + $4.50 fee each = $315"."""
    node, value = judged.written.expression, judged.reading.value
    if not isinstance(node, Sum) or value is None:
        return ""
    first, (sign, last) = node.parts[0][1], node.parts[-1]
    if not isinstance(first, Product) or not isinstance(last, Quantity):
        return ""
    many = first.parts[0][1]
    if not isinstance(many, Quantity) or not _EACH.search(text, last.number.span.end, claim.written.span.start):
        return ""
    more = in_base_units(last.value, last.meaning(False)) * (many.value - 1)
    return f"its {last.number.span.of(text)} may be for each" if _fits(claim, value + sign * more) else ""


def _losses_in_brackets(judged: Judged, claim: Claim, text: str) -> str:
    """Whether brackets around a number alone are minus signs: "(500) + 200 = (300)"."""
    span, node = claim.written.span, judged.written.expression
    if not isinstance(node, Sum):
        return ""
    shown = text[max(span.start - 1, 0) : span.end]
    sign = -1 if shown.endswith(")") and "(" in shown[:2] else 1
    parts = [(operator, _alone(part), isinstance(part, Group)) for operator, part in node.parts]
    if not claim.value or not (sign < 0 or any(bracketed for *_, bracketed in parts)):
        return ""
    width = claim.last_digit / claim.value * claim.number
    for twice in (True, False):  # "120 - (300)" adds what was lost, or takes it off
        value = Fraction(0)
        for operator, quantity, bracketed in parts:
            if quantity is None or quantity.unit is not None:
                return ""
            loss = bracketed and (twice or operator > 0)
            value += quantity.value * (-operator if loss else operator)
        if verdict(value, sign * claim.number, width) == ("holds", False):
            return "its brackets may mean losses"
    return ""


def _alone(part: Node) -> Quantity | None:
    """A number, or one alone in brackets."""
    inner = part.inner if isinstance(part, Group) else part
    return inner if isinstance(inner, Quantity) else None


def _percent_of_another(judged: Judged, claim: Claim, stated: StatedQuantities) -> str:
    """Whether the percentage at the end of a sum is one of an amount before: a tip on $6,120 after 8.5% tax on them."""
    node, value = judged.written.expression, judged.reading.value
    if not isinstance(node, Sum) or value is None:
        return ""
    operator, last = node.parts[-1]
    if not isinstance(last, Quantity) or not last.number.percent or not last.value:
        return ""
    share = last.value * operator
    whole = value / (1 + share) if share != -1 else value
    meant, width = (claim.value - whole) / share, abs(claim.last_digit / share)
    start = judged.written.span.start
    for each in _amounts(node, stated, start):
        unit = each.meaning(False)
        alike = dimension_of(unit) == judged.reading.dimension
        if alike and verdict(in_base_units(each.value, unit), meant, width) == ("holds", False):
            return f"its {last.number.span.of(stated.text)} may be of the {each.span.of(stated.text)} before"
    return ""


def _amounts(node: Sum, stated: StatedQuantities, start: int) -> Iterator[Quantity]:
    yield from quantities(node.parts[0][1])
    yield from stated.between(max(start - _BEFORE, 0), start)
