"""A number is taken for hours, and the text beside gives it in days; or the other way round.

What it finds: a number of one unit of time ("13 * 3600" makes it 13 hours, "34 days" says so, a bare number beside a
rate is seconds), where the text before gives this very number in another unit ("13 days", "34 hours") and nowhere in
that one; a number of petaflop/s-days that is multiplied by 1e15 and by the seconds of an hour.

Why it matters: a lost 24, or one too many, is a factor of 24, and the arithmetic is right all the same.

Stays silent when: the text gives the number in no unit of time, or in the unit of the calculation as well, or counts as
many devices; a unit is written beside the number and the text before gives other times as well.

Source: the definition of the units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from slipstick.judging.device_counts import stated_counts
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.reading.quantities.digits import significant_digits
from slipstick.rule import Audited, Found, rule
from slipstick.substitution import corrected
from slipstick.units import UnitTerm, table

_READ_AS = pattern(r"read as a number of (\w+)s, from")
_OF_DATA = pattern(r"\b(?:speech|audio|videos?|music|footage|recordings?|games?|gameplay|data)\b", re.IGNORECASE)
"""What hours may be of, where they are not those of a run."""
_STEPS = frozenset((7, 24, 60, 3600, 86400, 604800))
"""What times are multiplied by on their way to seconds."""
_NAMES = {1: "second", 60: "minute", 3600: "hour", 86400: "day", 604800: "week"}
_WRITTEN = frozenset(_NAMES.values()) - {"second"}
_LONGER = ("minute", "hour", "day", "week", "month", "year")
_OTHER_STEPS = frozenset((12, 30, 52, 365))
"""Beside one of these the steps lead from months or years."""
_PETA = 10**15


class _Taken(NamedTuple):
    """What a number is taken for, and what says so; `is_written` where its own unit does."""

    unit: str
    why: str
    is_written: bool = False


@rule(
    "C119",
    "other-time-unit",
    bad=(
        "We trained for 13 days on 64 A100s. 64 * 3.12e14 * 13 * 3600 * 0.3 = 2.8e20",
        "Training took 36 hours on 8 V100 GPUs: 8 * 1.25e14 FLOP/s * 36 * 24 * 3600 * 0.3 = 9.33e20 FLOP",
        "It was trained in 34 hours. 64 TPU v2 boards * 180 TFLOP/s * 34 days * 86400 s/day * 0.3 = 1.02e22 FLOP",
        "Training lasted 3 weeks on 96 A100 GPUs. 96 * 312e12 FLOP/s * 3 * 24 * 3600 s * 0.4 = 3.11e21 FLOP",
        "A run of 88 minutes on 2048 TPU v3 cores. 88 * 2048 * 61.5e12 * 0.3 = 3.33e18 FLOP",
        "They report 3640 petaflop/s-days, so 3640 * 1e15 * 3600 = 1.31e22 FLOP in total.",
    ),
    good=(
        "We trained for 13 days on 64 A100s. 64 * 3.12e14 * 13 * 24 * 3600 * 0.3 = 6.7e21",
        "We trained for 13 hours on 64 A100s. 64 * 3.12e14 * 13 * 3600 * 0.3 = 2.8e20",
        "Of the 13 days an epoch took 13 hours on an A100. 3.12e14 FLOP/s * 13 * 3600 * 0.3 = 4.4e18",
        "We trained for 24 hours on 24 V100s. 24 * 1.25e14 * 24 * 3600 * 0.3 = 7.8e19",
        "Over 8 days it used 8 V100s. 8 * 1.25e14 FLOP/s * 36 * 3600 * 0.3 = 3.9e19 FLOP",
        "90 minutes of speech were used. 8 V100 * 125e12 FLOP/s * 90 hours * 3600 s/hour * 0.3 = 9.72e19 FLOP",
        "An epoch takes 3 hours, all 24 epochs take 72 hours. 8 V100 * 125 TFLOP/s * 3 days * 30% = 7.8e19 FLOP",
        "They report 3640 petaflop/s-days, so 3640 * 1e15 * 24 * 3600 = 3.14e23 FLOP in total.",
        "The 12 weeks were spent on data. 12 * 8 A100 * 312e12 FLOP/s * 5 days * 86400 s/day * 0.4 = 5.2e21 FLOP",
    ),
)
def other_time_unit(audited: Audited) -> Iterator[Found]:
    """One note for each such number."""
    lower = audited.text_before.lower()
    named = [name for name in _LONGER if name in lower]
    for factor in audited.reading.factors if named else ():
        taken = _taken(audited, factor)
        stated = _stated(audited, factor, taken) if taken is not None and [taken.unit] != named else set()
        if taken is None or len(stated) != 1 or taken.unit in stated:
            continue
        unit = stated.pop()
        times = table().factor(UnitTerm(unit)) / table().factor(UnitTerm(taken.unit))
        yield _told(audited, factor, f"is taken for {taken.unit}s{taken.why}", (f"{unit}s", times))
    if "day" in named:
        yield from _of_petaflop_days(audited)


def _taken(audited: Audited, factor: ReadFactor) -> _Taken | None:
    """The unit of time that a number is taken to be in, by its note, its own unit or the steps beside it."""
    noted = [match.group(1) for note in factor.notes if (match := _READ_AS.match(note))] if factor.notes else []
    if noted:
        return _Taken(noted[0], ", as its conversion says")
    if factor.role or factor.exponent != 1:
        return None
    unit = factor.unit
    if unit:
        is_time = len(unit) == 1 and unit[0].name in _WRITTEN and unit[0].exponent == 1
        return _Taken(unit[0].name, "", is_written=True) if is_time and _is_number(factor) else None
    if not audited.has_rate or not factor.quantity.is_bare or factor.quantity.remark or not _is_number(factor):
        return None
    by_steps = _steps(audited, factor)
    if not by_steps:
        return None
    why = ", as what it is multiplied by says" if by_steps != "second" else ", as nothing converts it"
    return _Taken(by_steps, why)


def _is_number(factor: ReadFactor) -> bool:
    """Whether it may be a number of something, and is no step of a conversion."""
    above, below = factor.value.as_integer_ratio()
    return above >= 2 * below and (below != 1 or above not in _STEPS)


def _steps(audited: Audited, number: ReadFactor) -> str:
    """The unit from which the constants beside a number lead to seconds, in operations; "" where that is open."""
    factors = audited.reading.factors
    if audited.reading.dimension not in ((), (("FLOP", 1),)):
        return ""
    if not (audited.rate_factors or audited.rates):
        return ""
    seconds = Fraction(1)
    for factor in factors:
        if factor is number:
            continue
        names = [t.name for t in factor.unit]
        if names == ["second"] and factor.value not in _STEPS:
            return ""
        if not _WRITTEN.isdisjoint(names) or factor.value in _OTHER_STEPS:
            return ""
        if factor.value in _STEPS and factor.exponent == 1:
            seconds *= factor.value
    return _NAMES.get(int(seconds), "") if seconds.denominator == 1 else ""


def _stated(audited: Audited, factor: ReadFactor, taken: _Taken) -> set[str]:
    """The units of time in which the text before gives the number of a factor; none where it may count devices too.

    Where the unit stands with the number, it is the only time that the text before gives.
    """
    start = audited.judged.written.span.start
    before = list(stated_counts(audited.stated, start, {significant_digits(factor.value)}))
    same = [count for count in before if count.value == factor.value]
    units = {count.time for count in same}
    if taken.unit in units or any(count.device for count in same):
        return set()
    if units and taken.is_written:
        if _OF_DATA.search(audited.text_before):
            return set()
        every = stated_counts(audited.stated, start)
        if any(count.time and count.value != factor.value for count in every):
            return set()
    return units


def _of_petaflop_days(audited: Audited) -> Iterator[Found]:
    """A number of PF-days times 1e15 and another number of seconds than those of a day."""
    if _PETA not in [f.value.numerator for f in audited.reading.factors]:
        return
    factors = [f for f in audited.reading.factors if f.role != "unit"]
    bare = [f for f in factors if f.quantity.is_bare and f.exponent == 1 and not f.quantity.remark]
    steps = [f for f in bare if f.value in _STEPS]
    number = [f for f in bare if f.value not in _STEPS and f.value != _PETA]
    if len(bare) != len(factors) or len(number) != 1 or len(bare) != len(steps) + 2 or not steps:
        return
    seconds = Fraction(1)
    for step in steps:
        seconds *= step.value
    name, start = _NAMES.get(int(seconds), ""), audited.judged.written.span.start
    digits = {significant_digits(number[0].value)}
    for each in audited.stated.between(max(start - 200, 0), start, digits) if name not in ("", "day") else ():
        names = {t.name: t.prefix for t in each.meaning(False)}
        if each.number.value == number[0].value and names.get("FLOP") == "peta" and "day" in names:
            times = 86400 / seconds
            yield _told(audited, number[0], f"is taken for petaflop/s-{name}s", ("petaflop/s-days", times))
            return


def _told(audited: Audited, factor: ReadFactor, taken: str, right: tuple[str, Fraction]) -> Found:
    unit, times = right
    number = plain_number(factor.value)
    result, confidence, _ = corrected(audited, factor, times)
    message = f"{number} {taken}, and the text gives {number} {unit}; with these {result}"
    return Found(factor.quantity.span, message, confidence=confidence)
