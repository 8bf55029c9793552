"""What a missed claim may mean instead, where the text supports it: reasons to leave it unread (specs/inference.md).

A number may keep the unit that was stated with it before, a formula may count in percent, a month may be as long as
the writer likes, a dot may be a decimal point. None of them makes a claim hold: where one of them explains the miss,
nothing is told of the calculation but that it was not read, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.judging.numbers_in_brackets import concluded_in_bracket, number_in_bracket
from slipstick.judging.short_forms import short_form
from slipstick.judging.verdicts import SMALL, Claim, Judged, judge, verdict
from slipstick.judging.written_otherwise import written_otherwise
from slipstick.patterns import pattern
from slipstick.reading.expressions.tree import Sum, quantities
from slipstick.reading.inference.open_choices import may_be_in_scale
from slipstick.reading.lexing.spelling import singulars
from slipstick.reading.quantities.arithmetic import magnitude, plain_number
from slipstick.reading.quantities.kinds import in_binary
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.reading.relations.chains import read_document
from slipstick.units import Compound, dimension, dimension_of, power, size, table

_BEFORE = 1000
"""How many characters before a calculation a number may have been stated with its unit."""
_HUNDRED = Fraction(100)


def other_meaning(judged: Judged, stated: StatedQuantities) -> str:
    """Why a claim may be right although the numbers miss it, or its unit; "" where nothing says so."""
    missed = [claim for claim in judged.claims if claim.verdict != "holds"]
    claim = next((claim for claim in missed if claim.verdict == "off"), missed[-1] if missed else None)
    if claim is None or (claim.verdict == "unknown" and not judged.reading.mismatch):
        return ""
    if meant := written_otherwise(judged, claim, stated.text):
        return meant
    if claim.verdict == "unknown":
        if _DEGREES.search(judged.written.span.of(stated.text)):
            return "degrees of temperature are not read"
        meant = _unit_before(judged, claim, stated) or _rate_before(judged, claim, stated)
        return meant or number_in_bracket(judged, claim, stated.text)
    return (
        _percent_by_formula(judged, claim)
        or _length_between(judged, claim)
        or _terms_in_scale(judged, claim)
        or _factors_in_scale(judged, claim)
        or _for_as_many(judged, claim, stated.text)
        or _notation(judged, claim, stated.text)
        or concluded_in_bracket(judged, claim, stated)
        or _unit_before(judged, claim, stated)
        or short_form(judged, claim, stated)
        or number_in_bracket(judged, claim, stated.text)
        or _larger_things(judged, claim)
        or _bytes_as_billions(judged, claim, stated.text)
    )


_LONGEST_MONTH = Fraction(31, 28)
_MOST_IN_ONE, _TENS = 1000, frozenset((10, 100, 1000))
_BILLION, _B = Fraction(10**9), pattern(r"\d B\b")


def _larger_things(judged: Judged, claim: Claim) -> str:
    """Whether another thing is claimed than is counted, of which each may be so many: "48 cans * 5 = 10 cases".

    A power of ten is a slip.
    """
    ratio, node = claim.ratio, claim.written.node
    if ratio is None or ratio.denominator != 1 or not 1 < ratio <= _MOST_IN_ONE or ratio in _TENS:
        return ""
    claimed = node.unit.words[:1] if isinstance(node, Quantity) and node.unit and len(node.unit.count) == 1 else ()
    things = {q.unit.words[:1] for q in quantities(judged.written.expression) if q.unit and not q.unit.rate}
    are_counted = all(table().is_counted(name) for name, _ in judged.reading.dimension)
    if not claimed or not are_counted or len(things) != 1 or things == {()}:
        return ""
    ((thing,),), (said,) = things, claimed
    if not set(singulars(thing.lower())).isdisjoint(singulars(said.lower())):
        return ""
    return f"how many {thing} make one of its {said} is not said"


def _bytes_as_billions(judged: Judged, claim: Claim, text: str) -> str:
    """Whether a B that was read as billions may be bytes: "175e9 × 16 B / 80 GB = 35"."""
    in_billions = claim.ratio in (_BILLION, 1 / _BILLION)
    return "its B may be bytes" if in_billions and _B.search(judged.written.expression.span.of(text)) else ""


def _percent_by_formula(judged: Judged, claim: Claim) -> str:
    """Whether bare numbers give the percentage without its sign: "25 / 7.46 = 3.35%", a rule that counts in percent.

    Below one (0.455%) the sign is a slip.
    """
    value, quantity = judged.reading.value, claim.written.node
    if value is None or abs(value) < 1 or not isinstance(quantity, Quantity) or not quantity.number.percent:
        return ""
    if any(not factor.quantity.is_bare for factor in judged.reading.factors):
        return ""
    in_percent = verdict(value, claim.value * _HUNDRED, claim.last_digit * _HUNDRED)[0] == "holds"
    return "its formula may count in percent" if in_percent else ""


def _length_between(judged: Judged, claim: Claim) -> str:
    """Whether a claim lies between the values for a month, or year, of one length and of another."""
    reading = judged.reading
    others = [
        rival
        for rival, _ in judged.rivals
        if rival.choices._replace(month_days=reading.choices.month_days, year_days=reading.choices.year_days)
        == reading.choices
    ]
    values = [r.value for r in (reading, *others) if r.value is not None]
    near = bool(others) and max(values) <= min(values) * _LONGEST_MONTH
    between = near and min(values) <= claim.value <= max(values)
    return "its months or years may be of another length" if between else ""


_DOT_BETWEEN = pattern(r"(?<!\d)\d·\d\d")
_DOTTED = pattern(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})*\.\d\d0(?![\d.,eE]| ?[x×*·] ?10\b)")
_DOT_AS_SIGN = pattern(r"[A-Za-z]\.\d+[A-Za-z]")
_ITEM = pattern(r"\n[ \t\u00a0]*\*(?!\*)")
_GOES_ON = pattern(
    r"\d[\d.,^]*(?:e\d+)?(?:[ \u00a0]?[A-Za-z%][A-Za-z/%]{0,20}){0,3}[ \u00a0]?[*×·⋅+]"
    r"[ \u00a0\t]*(?:\||\r?\n)[\s|>*•-]*\Z"
)
_SIGN_FIRST = pattern(r"\n[ \t]*(?:[*×·⋅+]|[×⋅] )\Z")  # a bullet has a blank behind it
_LINE_END = 60
_BROKEN = pattern(r"\d[eE]\s*\Z")
_DASH = pattern(r"[\w)%][ \u00a0][-–−][ \u00a0]\Z")
_LOST_EXPONENT = pattern(r"((?<![\d.,])[1-9](?:\.\d{1,6})?\s?[x×X*]\s?10)(\d\d?)(?![\d.,^])")
_SAID_AGAIN = pattern(r"(?<![\d.,])(\d+ )(?=\(\d[\d.,]*\) ?[x×*])")
_DEGREES = pattern(r"\d\s?[o°º˚][CF]\b")


def _notation(judged: Judged, claim: Claim, text: str) -> str:
    """What the calculation may be written in that is read otherwise."""
    place, claimed = judged.written.span, claim.written.span
    written = place.of(text)
    if _DOT_BETWEEN.search(written) and _holds_as(written.replace("·", ".")):
        return "its dots may be decimal points"
    if _DOTTED.search(written) and _holds_as(_DOTTED.sub(lambda match: match[0].replace(".", ""), written)):
        return "its dots may part thousands"
    if _LOST_EXPONENT.search(written) and _holds_as(_LOST_EXPONENT.sub(r"\1^\2", written)):
        return "its powers of ten may have lost their exponents"
    if _DOT_AS_SIGN.search(claimed.of(text)):
        return "its dots may be signs of products"
    if ".10^" in written and _holds_as(written.replace(".10^", ".1^")):
        return "its .10 may be a decimal"
    item = _ITEM.search(written)
    if item and _holds_as(written[item.end() :]):
        return "the asterisk that begins its line may be a bullet"
    before = max(place.start - _LINE_END, 0)
    if _GOES_ON.search(text, before, place.start) or _SIGN_FIRST.search(text, before, place.start):
        return "it may go on from the line above"
    if _BROKEN.search(text, max(place.start - 4, 0), place.start):
        return "its first number may be broken off"
    if judged.written.kind == "restatement" and _DASH.search(text, max(place.start - 4, 0), place.start):
        return "it may be the end of a difference"
    if (again := _SAID_AGAIN.search(written)) and _holds_as(written[: again.start()] + written[again.end(1) :]):
        return f"its {again[1].strip()} may be what the bracket behind it says again"
    if claim.ratio == -1 and text[claimed.start - 1 : claimed.start] == "<" and text[claimed.end :][:1] == ">":
        return "its result may be a loss in brackets"
    return ""


def _holds_as(written: str) -> bool:
    """Whether a calculation holds, or nearly so, as it is written here: "3.00 × 10^8 × 2.5 = 7.5 × 10^8"."""
    claims = [claim for made in read_document(written).calculations for claim in judge(made).claims]
    return bool(claims) and all(c.verdict == "holds" or (c.ratio and abs(c.ratio - 1) <= SMALL) for c in claims)


def _terms_in_scale(judged: Judged, claim: Claim) -> str:
    """Whether the bare terms of a sum may be thousands or millions that nothing names: "12,500 + 8,500 = $21B".

    Products that are added are counted out, so that a thousand is a slip there.
    """
    node = judged.written.expression
    alone = isinstance(node, Sum) and all(isinstance(term, Quantity) for _, term in node.parts)
    if not alone or not may_be_in_scale(judged.written) or not claim.ratio or claim.ratio < 0:
        return ""
    thousands = round(-magnitude(claim.ratio) / 3)
    scale = Fraction(1000) ** thousands
    if not 1 <= thousands <= _MOST_THOUSANDS or not _holds(
        claim.value * claim.ratio * scale, claim.value, claim.last_digit
    ):
        return ""
    return f"its terms may be so many {plain_number(scale)}"


_MOST_THOUSANDS = 5


def _factors_in_scale(judged: Judged, claim: Claim) -> str:
    """Whether a scale stands with the result alone: "Salaries: 120 × 5 = $600k", "2.5 * 3 = 7.5M users"."""
    node = claim.written.node
    if not isinstance(node, Quantity) or not node.number.scaled or not claim.ratio or claim.ratio <= 0:
        return ""
    given, scale = [factor.quantity for factor in judged.reading.factors], node.number.scale
    plain = all(q.unit is None and not q.number.scaled and not q.number.percent for q in given)
    if not plain or any(q.number.exponent != 1 for q in given):
        return ""
    fits = _holds(claim.value * claim.ratio * scale, claim.value, claim.last_digit)
    return f"its factors may make so many {plain_number(scale)}" if fits else ""


_MANY = pattern(r"(?:/|\b(?:per|for|an?|every))\s?(?:1,?000,?000|1,?000|1?\s?[kKM]|thousand|million|billion)\b")
_SO_MANY = (10**3, 10**6, 10**9)


def _for_as_many(judged: Judged, claim: Claim, text: str) -> str:
    """Whether bare factors are for as many things as the result: "1.85 × $2 = $3.70 per million tokens"."""
    bare = all(factor.quantity.unit is None for factor in judged.reading.factors)
    if not bare or not claim.ratio or _MANY.search(claim.written.span.of(text)) is None:
        return ""
    fits = any(_holds(claim.value * claim.ratio / many, claim.value, claim.last_digit) for many in _SO_MANY)
    return "its factors may be for as many things as its result" if fits else ""


_FIGURES = pattern(r"\d+")


def _unit_before(judged: Judged, claim: Claim, stated: StatedQuantities) -> str:
    """Whether a bare number was stated before with a unit with which the claim is right.

    "1.53 MB ... 1.53 * 3072 = 4.59 GB", "15.8 GB per day ... 15.8 x 10 days = 158 GB".
    """
    reading, start = judged.reading, judged.written.span.start
    bare = [f.quantity for f in reading.factors if f.quantity.is_bare and len(_digits(f.quantity, stated.text)) > 1]
    if not bare or not claim.unit or reading.value is None:
        return ""
    digits = {_digits(quantity, stated.text) for quantity in bare}
    for before in stated.between(max(start - _BEFORE, 0), start, digits):
        same = before.unit is not None and _digits(before, stated.text) in digits
        if same and _explains(before, judged, claim):
            return f"its {before.number.span.of(stated.text)} may be the {before.span.of(stated.text)} before it"
    return ""


def _rate_before(judged: Judged, claim: Claim, stated: StatedQuantities) -> str:
    """Whether a factor was stated before as so much of each unit of another: "2 g/kg ... 60 kg x 2 g = 120 g"."""
    reading, start = judged.reading, judged.written.span.start
    width = claim.last_digit / claim.value * claim.number if claim.value else None
    if reading.literal is None or width is None or not _holds(reading.literal, claim.number, width):
        return ""
    named = {f.quantity: dimension_of(f.unit) for f in reading.factors if f.unit and f.exponent == 1}
    digits = {_digits(quantity, stated.text) for quantity in named}
    for before in stated.between(max(start - _BEFORE, 0), start, digits):
        for quantity, own in named.items():
            each = dimension([*own, *power(dimension_of(before.meaning(False)), -1)])
            others = [of for other, of in named.items() if other is not quantity]
            same = before.number.value == quantity.number.value
            if same and before.meaning(False)[:1] == quantity.meaning(False) and each in others:
                return f"its {quantity.span.of(stated.text)} may be the {before.span.of(stated.text)} before it"
    return ""


def _digits(quantity: Quantity, text: str) -> str:
    """The significant digits of a number, without a letter that scales it."""
    return "".join(_FIGURES.findall(quantity.number.span.of(text).replace(",", "").replace(".", ""))[:1]).strip("0")


def _explains(before: Quantity, judged: Judged, claim: Claim) -> bool:
    """Whether the claim is right if a bare number counts in the unit of `before`."""
    reading = judged.reading
    if reading.mismatch:
        literal, width = reading.literal, claim.last_digit / claim.value * claim.number if claim.value else None
        unit = before.meaning(False)
        alike = dimension_of(unit[:1]) == dimension_of(claim.unit[:1])
        whole = dimension([*reading.dimension, *dimension_of(unit)]) == dimension_of(claim.unit)
        return (alike or whole) and literal is not None and width is not None and _holds(literal, claim.number, width)
    if reading.value is None:
        return False
    scales = [scale * before.number.scale for scale in _scales(before, claim.unit)]
    return any(_holds(reading.value * scale, claim.value, claim.last_digit) for scale in scales)


def _scales(before: Quantity, claimed: Compound) -> Iterator[Fraction]:
    """How many of the claim's first unit the first unit of a quantity is, if it is another one of its kind."""
    own = before.meaning(False)[:1]
    if not own or dimension_of(own) != dimension_of(claimed[:1]) or own == claimed[:1]:
        return
    yield size(own) / size(claimed[:1])
    yield size(in_binary(own)) / size(in_binary(claimed[:1]))


def _holds(value: Fraction, claim: Fraction, width: Fraction) -> bool:
    return verdict(value, claim, width) == ("holds", False)
