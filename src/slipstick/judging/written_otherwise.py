"""What a missed calculation may be that only looks like one: dates, times of day, years, unknowns, names, points.

Each is told by how it is written, and asked for only where a claim is missed: "1990-2020 = 30 years" is no difference
of 30 below zero, "2x + 3 = 11" an equation, and of "5% - 3% = 2 percentage points" the points are percent.
"""

from __future__ import annotations

import re
from fractions import Fraction

from slipstick.judging.verdicts import SMALL, Claim, Judged, verdict
from slipstick.patterns import pattern
from slipstick.reading.expressions.tree import Product, Sum, quantities
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import dimension, dimension_of

_DATE = pattern(r"(?<![\w/.])\d{1,2}([/.])\d{1,2}\1(?:\d{4}|\d{2})(?![\w/.])")
_TIME_OF_DAY = pattern(r"\b\d{1,2} ?(?:[AP]M|[ap]\.?m\.)")
_MINUTES = pattern(r"\d:\Z")
_ROUND_THE_CLOCK = pattern(r"(?<![\d/])24/7(?![\d/])")
_UNKNOWN = pattern(r"(?<![\w.,])\d{1,4}([a-z])(?![\w/^'])")
_UNKNOWNS = frozenset("xyzabcnpqrtuvw")
_LANES = pattern(r"\d [xX](?:1|2|4|8|16|32)\b")
_POINTS = pattern(r"(?:percentage[ -]|%[ -])?(?:points?|pts?)\b|\bpp(?:ts?)?\b", re.IGNORECASE)
_NAMED = pattern(r"[\d.,]+ ?[^\s\d=]+ (?!(?:in )?(?:total|all|sum|altogether|together|overall)\b)[A-Za-z]{2,}[^=]*=")
_HUNDREDTH, _THOUSAND = Fraction(1, 100), Fraction(1000)


def written_otherwise(judged: Judged, claim: Claim, text: str) -> str:
    """What the calculation of a missed claim may be instead; "" where nothing in its writing says so."""
    written = judged.written.span.of(text)
    if _DATE.search(written):
        return "a date may stand in it"
    start = judged.written.span.start
    if _TIME_OF_DAY.search(written) or _MINUTES.search(text, max(start - 2, 0), start):
        return "a time of day may stand in it"
    own = judged.reading.dimension
    if own and judged.reading.mismatch and not dimension([*own, *dimension_of(claim.unit)]) and _inverts(judged, claim):
        return "one side may be the inverse of the other"
    in_front = claim.written.span.start < judged.written.expression.span.start
    if claim.verdict == "unknown" and judged.reading.mismatch and claim.number == 1 and in_front:
        return "it may say what one of a thing is"
    if claim.verdict != "off":
        return ""
    if _ROUND_THE_CLOCK.match(written):
        return "24/7 may mean all the time"
    return (
        _from_to(judged, claim, written)
        or _unknowns(judged, text)
        or _named(judged, text)
        or _points(judged, claim, text)
        or _of_food(judged, claim)
        or _in_millionths(judged, claim)
        or _of_two_things(judged, claim, written)
        or ("sizes may be set side by side" if "*" not in written and _are_sizes(judged, claim) else "")
    )


def _inverts(judged: Judged, claim: Claim) -> bool:
    """Whether the claim is about one over the value: "100 km / 4 h = 0.04 h/km", not 25 h/km."""
    return abs(judged.reading.stated * claim.value - 1) <= SMALL


def _from_to(judged: Judged, claim: Claim, written: str) -> str:
    """Whether a smaller number leads by a dash to a larger one, and the claim is what lies between: "1990-2020 = 30".

    With blanks beside the dash only years do.
    """
    whole, value = judged.written.expression, judged.reading.value
    ends = [part for _, part in whole.parts if isinstance(part, Quantity)] if isinstance(whole, Sum) else []
    if len(ends) != 2 or value is None or value >= 0 or claim.ratio is None or claim.ratio > 0:
        return ""
    years = all(end.is_bare and _FIRST_YEAR <= end.value <= _LAST_YEAR for end in ends)
    if not years and _GLUED_DASH.search(written) is None:
        return ""
    between = verdict(-value, claim.value, claim.last_digit)[0] == "holds"
    return "its dash may lead from one number to the other" if between else ""


_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_GLUED_DASH = pattern(r"\d[-–—−]\d")


def _unknowns(judged: Judged, text: str) -> str:
    """Whether letters behind the numbers of a sum stand for unknowns: "2x + 3 = 11", "3a + 2b = 12"."""
    if not isinstance(judged.written.expression, Sum):
        return ""
    letters = {match[1] for match in _UNKNOWN.finditer(judged.written.span.of(text))} & _UNKNOWNS
    return "its letters may stand for numbers" if len(letters) > 1 or letters & {"x", "y", "z"} else ""


def _named(judged: Judged, text: str) -> str:
    """Whether a number of lanes behind a version is read as a factor: "PCIe 4.0 x16 = 32 GB/s"."""
    span = judged.written.span
    before = text[max(span.start - 12, 0) : span.start].rstrip(" ")
    named = _LANES.search(span.of(text)) is not None and before[-1:].isalpha()
    return "it may begin with a name" if named else ""


def _points(judged: Judged, claim: Claim, text: str) -> str:
    """Whether a difference of percentages is told in points: "5% - 3% = 2 percentage points"."""
    shares = all(f.quantity.number.percent for f in judged.reading.factors)
    told = _POINTS.search(text, claim.written.span.start, claim.written.span.end + 20) if shares else None
    in_points = told is not None and verdict(
        judged.reading.value or Fraction(0), claim.value * _HUNDREDTH, claim.last_digit * _HUNDREDTH
    )
    return "its result may be in percentage points" if in_points == ("holds", False) else ""


def _of_food(judged: Judged, claim: Claim) -> str:
    """Whether calories are those of food, which are a thousand each: "1 Cal = 4184 J"."""
    units = [term for unit in (claim.unit, *(f.unit for f in judged.reading.factors)) for term in unit]
    if not claim.ratio or not any(term.name == "calorie" and not term.prefix for term in units):
        return ""
    times = claim.ratio if claim.ratio > 1 else 1 / claim.ratio
    return "its calories may be those of food" if abs(times / _THOUSAND - 1) <= _HUNDREDTH else ""


def _in_millionths(judged: Judged, claim: Claim) -> str:
    """Whether only the result says that all is in ppm: "2 x 5.9 = 11.8 ppm"."""
    node, literal = claim.written.node, judged.reading.literal
    if not isinstance(node, Quantity) or node.number.scale >= 1 or literal is None:
        return ""
    scale = node.number.scale
    alike = verdict(literal, claim.number / scale, claim.last_digit / scale) == ("holds", False)
    return "its numbers may be in the parts of the result" if alike else ""


def _of_two_things(judged: Judged, claim: Claim, written: str) -> str:
    """Whether an amount that has a name is set equal to another one in its unit: "12.0 mm OD = 37.7 mm around"."""
    first = judged.written.expression
    if judged.written.kind != "restatement" or not isinstance(first, Quantity):
        return ""
    alike = bool(claim.unit) and first.meaning(False) == claim.unit and _NAMED.match(written) is not None
    return "two amounts in one unit may be of different things" if alike else ""


def _are_sizes(judged: Judged, claim: Claim) -> bool:
    """Whether a size is set beside another one: "2x4 = 1.5 in × 3.5 in"."""
    sides = (judged.written.expression, claim.written.node)
    sizes = [
        s for s in sides if isinstance(s, Product) and all(o == "*" and isinstance(p, Quantity) for o, p in s.parts)
    ]
    measured = all(
        q.unit is None or dict(dimension_of(q.meaning(False))) == _LENGTH for s in sizes for q in quantities(s)
    )
    return len(sizes) == 2 and measured and len(sizes[0].parts) == len(sizes[1].parts)


_LENGTH = {"meter": 1}
