"""Edits of what is multiplied: a factor left out, used twice or the wrong way round; utilizations; conversions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache

from slipstick.catalogue.utilization import utilization_default
from slipstick.diagnosis.slips import Edit, edit, slips
from slipstick.diagnosis.subject import Given, Subject
from slipstick.reading.inference.factors import MONTH_DAYS, YEAR_DAYS
from slipstick.reading.quantities.arithmetic import plain_float

_CONSTANTS = frozenset((7.0, 12.0, 24.0, 30.0, 52.0, 60.0, 365.0, 365.25, 3600.0, 8760.0, 86400.0, 1000.0, 1024.0))
_IN = {7: ("weeks", "days"), 12: ("years", "months"), 24: ("days", "hours"), 30: ("months", "days"),
       60: ("hours or minutes", "minutes or seconds"), 365: ("years", "days"), 3600: ("hours", "seconds"),
       86400: ("days", "seconds"), 8760: ("years", "hours")}  # fmt: skip
"""What each factor of `time-left-out` converts, from the larger to the smaller."""
_CONVERTED = (("time-left-out", -1), ("time-once-more", 1))
"""The slips of conversions of time, with the power in which their factors change the value."""
_BACKWARD = {6.0: "the forward pass alone counted (2, not 6)", 2.0: "the backward pass counted too (6, not 2)"}
_UNUSUAL = 0.3
"""The weight of a utilization outside the interval of its era, beside one inside."""


def changed_factors(subject: Subject) -> Iterator[Edit]:
    """Every factor left out, used twice or inverted, and what follows from its role."""
    for given in subject.givens:
        if given.number == 1 or given.factor.quantity.number.is_range:
            continue
        if given.role == "utilization":
            yield from _utilization(subject, given)
        else:
            yield from _factor(subject, given)
        yield from _passes(subject, given)
        yield from _tens(subject, given)
        yield from _calendar(subject, given)
    yield from _unwritten_utilization(subject)


def _named(given: Given, text: str) -> str:
    """The number with the words that stand with it, so that a reader finds it: "12 agents", "8700"."""
    unit = given.factor.quantity.unit
    beside = unit is not None and unit.span.start >= given.span.end  # else the text tells it elsewhere
    words = f"{given.text} {unit.span.of(text)}" if unit is not None and beside and len(unit.words) <= 2 else given.text
    return " ".join(words.split())[:40]


def _factor(subject: Subject, given: Given) -> Iterator[Edit]:
    span, words, size = tuple(given.span), _named(given, subject.text), given.number
    place = (span[0], span[1])
    converts = given.role == "conversion" or size in _CONSTANTS
    left_out = "conversion-left-out" if converts else "factor-left-out"
    inverted = "divisor-inverted" if given.is_below else "factor-inverted"
    sign = "division by " if given.is_below else ""
    written = words if converts else f"{sign}{words}"
    yield edit(left_out, subject.effect(given, 1 / size), span=place, written=written)
    yield edit("factor-twice", subject.effect(given, size), span=place, written=written)
    yield edit(inverted, subject.effect(given, size**-2), span=place, written=words)


def _utilization(subject: Subject, given: Given) -> Iterator[Edit]:
    place, size = (given.span.start, given.span.end), given.number
    percent = "%" in given.text
    yield edit("utilization-left-out", subject.effect(given, 1 / size), span=place, written=given.text)
    yield edit("utilization-twice", subject.effect(given, size), span=place, written=given.text)
    for name, value, weight, new, in_percent in _utilizations(subject.context.era):
        if abs(value - size) > 1e-9:
            shown = in_percent if percent else new
            effect = subject.effect(given, value / size)
            yield edit(name, effect, span=place, replacement=shown, weight=weight, new=new, written=given.text)


@lru_cache(maxsize=100)
def _utilizations(era: int | None) -> tuple[tuple[str, float, float, str, str], ...]:
    """What a utilization may have been: the slip's name, the value, its weight in hardware of an era, two spellings."""
    usual, listed = utilization_default(era), slips()["utilization-other"].factors
    every = [("utilization-other", each) for each in listed]
    every += [("utilization-odd", each) for each in _hundredths(70) if each not in listed]
    within = {True: 1.0, False: _UNUSUAL}
    made = [(name, float(each), within[usual.low <= float(each) <= usual.high]) for name, each in every]
    return tuple((*each, f"{each[1]:.2f}", f"{plain_float(each[1] * 100, 3)}%") for each in made)


def _hundredths(last: int) -> list[Fraction]:
    """The utilizations of 5 % to `last` % in whole hundredths."""
    return [Fraction(each, 100) for each in range(5, last + 1)]


def _unwritten_utilization(subject: Subject) -> Iterator[Edit]:
    """Only beside a rate without any fraction: a count from parameters and tokens has no utilization to leave out."""
    fractions = any(g.role == "utilization" or (g.number < 1 and not g.factor.unit) for g in subject.givens)
    if subject.may_have_rate and not fractions:
        yield from _unwritten()


@cache
def _unwritten() -> tuple[Edit, ...]:
    """What a utilization that nobody wrote may have been."""
    usual = slips()["utilization-not-written"].factors
    every = [("utilization-not-written", each) for each in usual]
    every += [("utilization-odd-not-written", each) for each in _hundredths(90) if each not in usual]
    return tuple(edit(name, float(each), new=plain_float(float(each))) for name, each in every)


def _passes(subject: Subject, given: Given) -> Iterator[Edit]:
    """2 for 6 and 6 for 2 operations per parameter and token, where the line has no rate of hardware."""
    words = _BACKWARD.get(given.number)
    if words is None or not subject.is_compute or subject.may_have_rate or given.is_below:
        return
    new = "2" if given.number == 6 else "6"
    effect = subject.effect(given, float(new) / given.number)
    yield edit("backward-pass", effect, span=(given.span.start, given.span.end), replacement=new, way=words)


def _tens(subject: Subject, given: Given) -> Iterator[Edit]:
    """Ten times as much of a number that the whole does not grow with; in a product that is the whole."""
    if subject.is_product and abs(given.exponent) == 1:
        return
    for factor in slips()["power-of-ten-of-a-term"].factors:
        new = plain_float(given.number * float(factor))
        effect = subject.effect(given, float(factor))
        yield edit("power-of-ten-of-a-term", effect, new=new, written=_named(given, subject.text))


def _calendar(subject: Subject, given: Given) -> Iterator[Edit]:
    for unit, own, lengths in (
        ("month", subject.reading.choices.month_days, MONTH_DAYS),
        ("year", subject.reading.choices.year_days, YEAR_DAYS),
    ):
        said = [each for each in subject.givens if _says(each, unit)]
        if said == [given]:  # where another number has it too, it cancels or both change
            for length in dict.fromkeys(lengths):
                if length != own:
                    new = f"{unit}s of {plain_float(float(length))} days"
                    yield edit("calendar", subject.effect(given, float(length / own)), new=new)


def _says(given: Given, unit: str) -> bool:
    """Whether a month or year stands in the unit of a number, as a word or under a slash."""
    phrase = given.factor.quantity.unit
    if phrase is None:
        return False
    return any(word.lower().rstrip("s") == unit for word in phrase.words) or any(t.name == unit for t in phrase.count)


def changed_conversions(subject: Subject) -> Iterator[Edit]:
    """Conversions of time that the line leaves to its units, not made or made once more."""
    if subject.is_timed or subject.may_be_rate_alone:
        yield from _conversions()


@cache
def _conversions() -> tuple[Edit, ...]:
    return tuple(
        edit(name, float(factor) ** sign, large=_IN[int(factor)][0], small=_IN[int(factor)][1], number=str(factor))
        for name, sign in _CONVERTED
        for factor in slips()[name].factors
    )


def changed_counting(subject: Subject) -> Iterator[Edit]:
    """Multiply-adds, bits and bytes, powers of 1024: by a rule of counting, all numbers as they are."""
    if subject.is_compute and not subject.may_have_rate:
        for factor, way in zip(
            slips()["multiply-adds"].factors, ("as two operations", "as one operation"), strict=True
        ):
            yield edit("multiply-adds", float(factor), way=way)
    if subject.has_bytes:
        for factor in slips()["bits-for-bytes"].factors:
            yield edit("bits-for-bytes", float(factor))
        for factor in slips()["binary-prefix"].factors:
            for value, new in ((factor, "powers of 1024, not of 1000"), (1 / factor, "powers of 1000, not of 1024")):
                yield edit("binary-prefix", float(value), new=new)


def as_numbers(subject: Subject, claim_scale: float) -> Iterator[Edit]:
    """The numbers taken without their units."""
    ratio = subject.of_numbers(claim_scale)
    if ratio is not None:
        yield edit("numbers-alone", ratio)


@cache
def powers_of_ten() -> tuple[Edit, ...]:
    """Powers of ten lost or doubled anywhere."""
    return tuple(_powers_of_ten())


def _powers_of_ten() -> Iterator[Edit]:
    for name in ("power-of-ten", "two-powers-of-ten", "thousand", "million", "more-powers-of-ten"):
        for factor in slips()[name].factors:
            way = "more" if factor > 1 else "less"
            count = len(str(max(factor, 1 / factor))) - 1
            yield edit(name, float(factor), way=way, count=str(count))
