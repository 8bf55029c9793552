"""Whether the claims hold: at the precision of the printed digits, under the readings that the words support.

A claim holds if the value lies within half a unit of its last printed digit or within 0.1 % of it; it holds with a
note up to one whole unit; beyond that it is off (specs/rounding.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from slipstick.reading.expressions.tree import Product, quantities
from slipstick.reading.inference.bare_scales import bare_scales, distance, is_in_powers_of_1024
from slipstick.reading.inference.factors import Choices, chosen
from slipstick.reading.inference.inference import interpret, less_natural
from slipstick.reading.inference.interpretation import Interpretation
from slipstick.reading.inference.open_choices import states_unit, without_label
from slipstick.reading.inference.periods import is_of_working_hours, unsaid_periods
from slipstick.reading.quantities.arithmetic import magnitude, quotient
from slipstick.reading.quantities.kinds import in_binary, rename, unified
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.claims import WrittenCalculation, WrittenClaim
from slipstick.units import Compound, dimension_of, is_device, size

_NATURAL, _ONE = Choices(), Fraction(1)
TOLERANCE = Fraction(1, 1000)
_IN_TOLERANCE = TOLERANCE.denominator
SMALL = Fraction(1, 50)
"""Up to this part of the claim, a mismatch is a warning; above it an error."""


class Claim(NamedTuple):
    """A claim against one reading. `value` and `last_digit` are in the base units of `unit`, which may be inferred.

    `verdict` is holds, off or unknown; `by_last_digit` says that it holds only up to a whole unit of the last digit.
    """

    written: WrittenClaim
    number: Fraction
    unit: Compound
    value: Fraction
    last_digit: Fraction
    verdict: str
    ratio: Fraction | None
    by_last_digit: bool = False


class Judged(NamedTuple):
    """A calculation with the reading that is reported, its claims, and the rival readings of equal cost."""

    written: WrittenCalculation
    reading: Interpretation
    claims: tuple[Claim, ...]
    rivals: tuple[tuple[Interpretation, str], ...] = ()
    """Rival readings with other values, each with the verdict of the last claim under it."""


def verdict(value: Fraction, claim: Fraction, last_digit: Fraction) -> tuple[str, bool]:
    """(verdict, whether only the last digit differs) of a recomputed value against a printed one, in one unit."""
    # Over common denominators, as integers: every claim is compared so.
    (top, bottom), (claimed, below), (last, part) = map(Fraction.as_integer_ratio, (value, claim, last_digit))
    distance, unit = abs(top * below - claimed * bottom) * part, last * bottom * below
    if 2 * distance <= unit or _IN_TOLERANCE * distance <= abs(claimed) * bottom * part:
        return "holds", False
    if distance <= unit and 2 * abs(top) * below >= abs(claimed) * bottom:
        return "holds", True  # below a leading 1 a whole unit would let in anything down to zero
    return "off", False


_Stated = tuple[Quantity, Fraction, Fraction]


def _stated(written: WrittenClaim) -> _Stated | None:
    """The quantity that carries the claim's unit, its number and last digit; products of numbers multiply out.

    None where the claim is no number.
    """
    node = written.node
    if isinstance(node, Quantity):
        last, divisor = node.number.last_digit, node.unit.divisor if node.unit else 1
        return node, node.value, last if divisor == 1 else last / divisor
    every = quantities(node)
    alone = WrittenCalculation(written.span, "product", node)
    reading = interpret(alone)[0]
    if reading.value is None or not every:
        return None
    coarse = max((abs(q.number.last_digit / q.number.value) for q in every if _counts(q)), default=Fraction(0))
    carrier = next((q for q in reversed(every) if q.meaning(False)), every[-1])
    number = reading.value / size(reading.unit)
    return carrier, number, abs(number) * coarse


def _counts(q: Quantity) -> bool:
    """Whether a factor's digits limit the precision of a product of claims; powers of ten do not."""
    return bool(q.number.value) and not q.number.is_power_of_ten


def claim_units(quantity: Quantity, reading: Interpretation, names: dict[str, str]) -> list[tuple[Compound, Fraction]]:
    """The units that the claim may be in under a reading, likeliest first, each with its size in base units.

    Months and years are as long as the reading takes them to be.
    """
    if not states_unit(quantity):
        return []
    units = [quantity.meaning(False)]
    if quantity.unit is not None and quantity.unit.rate is not None:
        rates = (reading.choices.flops_is_rate, False, True)
        units = list(dict.fromkeys(quantity.meaning(rate) for rate in rates))
    meanings = [without_label(unit) for unit in units] if reading.choices.without_label else units
    if names or reading.choices.without_label:
        units = [rename(unit, names) for unit in meanings if unit] or [quantity.meaning(False)]
    units = [in_binary(unit, reading.choices.binary) for unit in units] if reading.choices.binary else units
    unit = next((u for u in units if dimension_of(u) == reading.dimension), units[0])
    days, many = chosen(unit, reading.choices)
    return [(unit, size(days) if many == 1 else size(days) * many)]


def judge_claim(written: WrittenClaim, stated: _Stated, reading: Interpretation, names: dict[str, str]) -> Claim:
    """One claim under one reading."""
    quantity, number, last = stated
    if isinstance(written.node, Product) and sum(bool(q.meaning(False)) for q in quantities(written.node)) > 1:
        return _written_out(written, stated, reading)
    units = claim_units(quantity, reading, names)
    if not units:
        return _without_unit(written, stated, reading)
    unit, scale = units[0]
    option = _against(written, quantity, (number, last), unit, scale, reading)
    if option.verdict != "unknown":
        return option
    options = [option]
    if reading.mismatch and reading.is_rate_over_time:
        # FLOP/s, said for a count of operations
        count = tuple([t for t in unit if (t.name, t.exponent) != ("second", -1)])
        options.append(_against(written, quantity, (number, last), count, size(count), reading))
    if reading.mismatch:
        options += _of_a_period(written, stated, unit, reading)
    plain = _without_devices(unit)
    if plain and dimension_of(plain) == reading.dimension:
        # "= 5.58e6 s = 1,550 GPU-hours": of one device, as the claim says
        of_one = _against(written, quantity, (number, last), plain, scale, reading)
        options.append(of_one._replace(unit=unit) if of_one.verdict == "holds" else option)
    return next((each for each in options if each.verdict == "holds"), option)


def _without_unit(written: WrittenClaim, stated: _Stated, reading: Interpretation) -> Claim:
    """A claim of a bare number, in the unit in which it holds, else in that in which it is least far off."""
    quantity, number, last = stated
    options: list[Claim] = []
    for scale in bare_scales(reading):
        option = _against(written, quantity, (number, last), (), scale, reading)
        if options and quantity.number.percent and option.verdict == "holds":
            option = option._replace(verdict="unknown")  # the value that is told is no such share
            options.insert(0, option)
        options.append(option)
        if option.verdict == "holds":
            return option
    if options[0].verdict == "off" and is_in_powers_of_1024(quantity, number, reading):
        return options[0]._replace(value=reading.value or options[0].value, verdict="holds", ratio=Fraction(1))
    return options[0] if len(options) == 1 else min(options, key=lambda claim: distance(claim.ratio))


def _of_a_period(written: WrittenClaim, stated: _Stated, unit: Compound, reading: Interpretation) -> Iterator[Claim]:
    """The claim for each period that it may leave unsaid, where it holds for it."""
    for period in unsaid_periods(reading):
        days, many = chosen((*unit, period), reading.choices)
        option = _against(written, stated[0], stated[1:], (*unit, period), size(days) * many, reading)
        if option.verdict == "holds":
            yield option


def _written_out(written: WrittenClaim, stated: _Stated, reading: Interpretation) -> Claim:
    """A claim that is a product of several units, "= 0.1 h × 90 mA", in those that it comes to by itself."""
    own = interpret(WrittenCalculation(written.span, "product", written.node))[0]
    alike = own.value is not None and own.dimension == reading.dimension and own.dimension
    if not alike or own.value is None or reading.value is None:
        return Claim(written, stated[1], own.unit, own.value or stated[1], stated[2], "unknown", None)
    width = _times(stated[2], own.value / stated[1]) if stated[1] else stated[2]
    word, by_digit = verdict(reading.value, own.value, width)
    ratio = _over(reading.value, own.value) if own.value else None
    return Claim(written, stated[1], own.unit, own.value, width, word, ratio, by_digit)


def _without_devices(unit: Compound) -> Compound:
    return tuple(t for t in unit if not is_device(t.name))


def _against(
    written: WrittenClaim,
    quantity: Quantity,
    printed: tuple[Fraction, Fraction],
    unit: Compound,
    scale: Fraction,
    reading: Interpretation,
) -> Claim:
    """A claim of `printed` (number, last digit) units, each worth `scale` in base units, against a reading."""
    number, value, width = printed[0], _times(printed[0], scale), _times(printed[1], scale)
    if reading.value is None or (unit and dimension_of(unit) != reading.dimension):
        return Claim(written, number, unit, value, width, "unknown", None)
    ratio = _over(reading.value, value) if value else None
    ends = quantity.number.low, quantity.number.high
    if ends[0] is not None and ends[1] is not None and isinstance(written.node, Quantity):
        low, high = ends[0] * scale, ends[1] * scale
        inside = low - width / 2 <= reading.value <= high + width / 2
        missed = "unknown" if _may_reach(reading, low, high) else "off"
        return Claim(written, number, unit, value, width, "holds" if inside else missed, ratio)
    word, by_digit = verdict(reading.value, value, width)
    if written.bound and (word == "off" or by_digit):
        beyond = (reading.value > value) == (written.bound == "low")
        word, by_digit = "holds" if beyond else "off", False
    if word == "off" and is_of_working_hours(quantity, reading):
        word = "unknown"
    if reading.doubt is not None and (reading.doubt.explains(ratio) if word == "off" else reading.doubt.of_fit):
        word = "unknown"
    return Claim(written, number, unit, value, width, word, ratio, by_digit)


def _may_reach(reading: Interpretation, low: Fraction, high: Fraction) -> bool:
    """Whether a value that is made with ranges may be as much as a claimed range: "5-15 × 100 B = 1-1.5 KB"."""
    ends = [reading.value or Fraction(0)] * 2
    for factor in reading.factors:
        given = factor.quantity.number
        if given.low and given.high and given.value and factor.exponent in (1, -1):
            most = max(given.high / given.value, given.value / given.low)
            ends = [ends[0] / most, ends[1] * most]
    return ends[0] != ends[1] and ends[0] <= high and low <= ends[1]


def _times(number: Fraction, scale: Fraction) -> Fraction:
    above, below = scale.as_integer_ratio()
    if above == below:
        return number
    top, bottom = number.as_integer_ratio()
    return quotient(top * above, bottom * below)


def _over(value: Fraction, claim: Fraction) -> Fraction:
    (top, bottom), (above, below) = value.as_integer_ratio(), claim.as_integer_ratio()
    return _ONE if top == above and bottom == below else Fraction(top * below, bottom * above)


def judge(calculation: WrittenCalculation) -> Judged:
    """Read a calculation and judge its claims; among readings of equal cost, one that the claims agree with.

    Where a claim is off, prefixes of bytes and constants that only scale are read the other way, or a factor as the
    bracket behind it says it, if all hold so, and not only to a whole unit of the last digit.
    """
    made = _judge(calculation, _NATURAL)
    missed = {claim.verdict for claim in made.claims} - {"holds"}
    if not missed or ("off" not in missed and not made.reading.mismatch):
        return made
    from slipstick.reading.inference.told_again import told_again

    others = chain(
        (_judge(calculation, choices) for choices in less_natural(calculation) if "off" in missed),
        (_judge(again, _NATURAL) for again in told_again(calculation)),
    )
    return next((o for o in others if not _badness(o.claims) and not any(c.by_last_digit for c in o.claims)), made)


def _judge(calculation: WrittenCalculation, given: Choices) -> Judged:
    readings = interpret(calculation, given)
    stated = [(w, printed) for w in calculation.claims if (printed := _stated(w)) is not None]
    names = _kinds(calculation) if [1 for _, printed in stated if _counts_devices(printed[0])] else {}
    judged = [(r, tuple([judge_claim(w, printed, r, names) for w, printed in stated])) for r in readings]
    if len(judged) == 1:
        return Judged(calculation, *judged[0])
    least = min(_badness(each[1]) for each in judged)
    reading, claims = min((each for each in judged if _badness(each[1]) == least), key=lambda each: _miss(each[1]))
    others = [(r, c[-1].verdict if c else "") for r, c in judged if r is not reading and r.value != reading.value]
    others.sort(key=lambda other: _apart(other[0], reading))
    rivals = {r.value: (r, word) for r, word in reversed(others)}
    return Judged(calculation, reading, claims, tuple(rivals.values()))


def _counts_devices(quantity: Quantity) -> bool:
    unit = quantity.unit
    return unit is not None and any(is_device(t.name) for t in (*unit.count, *(unit.rate or ())))


def _kinds(calculation: WrittenCalculation) -> dict[str, str]:
    """Generic names of devices to the kinds that they mean, the claims' included."""
    sides = [calculation.expression, *(claim.node for claim in calculation.claims)]
    return unified(t.name for side in sides for q in quantities(side) for t in q.meaning(False))


def _apart(one: Interpretation, other: Interpretation) -> int:
    """In how many choices two readings differ."""
    return sum(a != b for a, b in zip(one.choices, other.choices, strict=True))


def _miss(claims: tuple[Claim, ...]) -> int:
    """How many million times the claims that are off miss: a reading by which they do is not told beside another."""
    return sum(abs(round(magnitude(c.ratio))) // 6 for c in claims if c.verdict == "off" and c.ratio and c.ratio > 0)


def _badness(claims: tuple[Claim, ...]) -> int:
    return sum({"holds": 0, "unknown": 1, "off": 2}[c.verdict] for c in claims)
