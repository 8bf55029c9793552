"""A conversion with a number that its two units do not have.

What it finds: "60 sec/hour", "3600 s/min", "1000 GB/MB", "0.62 km/mile", "356 days/year", "8.46e19 FLOP/PF-day": the
number is another constant's, upside down, or mistyped. A number that may also be a use of time ("24 hours/week") is
found where the units do not cancel as they are written and would with the units that have this number.

Why it matters: the units cancel, so that nothing looks wrong, and the result is off by the ratio.

Stays silent when: the number is the right one as far as its digits go (86,000 s/day, 1.6 km/mile, 1e20 FLOP/PF-day),
one of the lengths that people give a month or a year (4 weeks, 30 days, 360 days), or so much of a time ("8
hours/day", "24 hours/week", "7 days/month * 6 hours/day").

Source: data/units.txt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from slipstick.finding import Confidence, Fix, Severity
from slipstick.judging.mistyped import is_permuted, is_shifted, shown
from slipstick.reading.inference.factors import SMALL_IN_LARGE, TIME_NAMES
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import Compound, UnitTerm, dimension_of, size, written

_TEAM = 7
"""So many times a whole may be the hours of several people; more than that is no use of time."""


class Slip(NamedTuple):
    """The unit and number that are right, and how sure that is."""

    unit: Compound
    right: Fraction
    severity: Severity = Severity.WARNING


@rule(
    "C009",
    "conversion-constant",
    bad=(
        "12 days * 24 hours/day * 60 sec/hour * 8 A100 * 312e12 FLOP/s * 0.3 = 1.3e19 FLOP",
        "30 days * 24 hours/week * 3600 s/hour * 1e15 FLOP/s = 2.6e21 FLOP",
        "64 GB * 1000 GB/MB = 64,000 MB",
        "26.2 miles * 0.62 km/mile = 16.2 km",
        "3640 PF-days * 8.46e19 FLOP/PF-day = 3.08e23 FLOP",
    ),
    good=(
        "20 days * 86,000 s/day * 1e15 FLOP/s = 1.72e21 FLOP",
        "10 PF-days * 1e20 FLOP/PF-day = 1e21 FLOP",
        "$30/hour * 24 hours/week * 48 weeks/year = $34,560/year",
        "7 days/month * 6 hours/day = 42 hours/month",
        "26.2 miles * 1.6 km/mile = 42 km",
        "12 TB * 1024 GB/TB = 12,288 GB",
    ),
    severities=(Severity.WARNING,),
)
def conversion_constant(audited: Audited) -> Iterator[Found]:
    """One finding for each ratio of two units of a kind that is not theirs."""
    for factor in audited.reading.factors:
        if not _is_ratio(factor) or _is_right(factor):
            continue
        slip = _slip(audited, factor)
        if slip is not None:
            yield _told(audited, factor, slip)


def _is_ratio(factor: ReadFactor) -> bool:
    """Whether the writer gave both units of a conversion that is not exactly right, and no range."""
    phrase = factor.quantity.unit
    if phrase is None or factor.role == "conversion" or len(phrase.count) < 2 or factor.unit != phrase.count:
        return False
    number = factor.quantity.number
    return phrase.known and not number.percent and not number.is_range and not dimension_of(phrase.count)


def _is_right(factor: ReadFactor) -> bool:
    """Whether the number is right as far as its digits go, or as people take it to be."""
    value, whole, last = factor.value, _whole(factor.unit), factor.quantity.number.last_digit
    if whole == 1 or abs(value - whole) <= last / 2:
        return True
    if value * 1000 == whole and last == Fraction(1, 1000):
        return True  # 3.600 s/h, in a language with points between thousands
    low, high = _accepted({t.name for t in factor.unit})
    return low <= value / whole <= high


def _accepted(names: set[str]) -> tuple[float, float]:
    if names & {"month", "quarter"}:
        return 0.85, 1.16
    return (0.87, 1.13) if names & {"byte", "bit"} else (0.98, 1.02)


def _whole(unit: Compound) -> Fraction:
    """The number that a conversion in this unit has: 3600 for s/hour."""
    return 1 / size(unit)


def _usual(unit: Compound, whole: Fraction) -> tuple[Fraction, ...]:
    """The numbers that people write with two units of time, the exact one of all others."""
    if len(unit) != 2 or not all(t.name in TIME_NAMES for t in unit):
        return (whole,)
    return tuple(map(Fraction, SMALL_IN_LARGE.get(_pair(unit), (whole,))))


def _slip(audited: Audited, factor: ReadFactor) -> Slip | None:
    value, whole, unit = factor.value, _whole(factor.unit), factor.unit
    timed = all(t.name in TIME_NAMES for t in unit)
    if _is_upside_down(factor, whole) and (not timed or value > 1):
        meets = any(t in f.unit for f in audited.reading.factors for t in _turned(unit) if f is not factor)
        return Slip(unit, whole) if meets else Slip(_turned(unit), value)
    if any(t.name == "FLOP" for t in unit):
        return Slip(unit, whole)
    usual = next((number for number in _usual(unit, whole) if is_permuted(value, number)), None)
    if usual is not None:
        return Slip(unit, usual)
    if not timed or len(unit) != 2:
        return None
    others = _larger_with(factor)
    if _is_in_seconds(factor) and (others or is_shifted(value, whole)):
        by_rate = any(dict(dimension_of(f.unit)).get("second", 0) < 0 for f in audited.reading.factors)
        small = _pair(unit)[1] in ("minute", "hour")
        sure = value > whole or (by_rate and (small or _computes(audited)))
        if not sure and not small and any(claim.verdict == "holds" for claim in audited.judged.claims):
            return None
        return Slip(unit, whole, Severity.WARNING if sure else Severity.NOTE)  # an hour a day is 3600 s/day
    if others and value > whole:
        return Slip(unit, whole, Severity.WARNING if value >= _TEAM * whole else Severity.NOTE)
    return _repaired(audited, factor) or (_of_another_time(audited, factor) if others else None)


def _larger_with(factor: ReadFactor) -> list[str]:
    """The larger times that have so many of the smaller one: a week for "7 days/month"."""
    above, below = _pair(factor.unit)
    found = [large for (small, large), numbers in SMALL_IN_LARGE.items() if small == above and factor.value in numbers]
    return [] if below in found else found


def _is_upside_down(factor: ReadFactor, whole: Fraction) -> bool:
    """Whether the number is right for the units the other way round (2.2 kg/lb), as far as its digits go."""
    inverse = 1 / whole
    near = abs(factor.value - inverse) <= factor.quantity.number.last_digit / 2
    low, high = _accepted({t.name for t in factor.unit})
    return (inverse < 1) != (whole < 1) and (near or low <= factor.value / inverse <= high)


def _turned(unit: Compound) -> Compound:
    """The unit the other way round: lb/kg for kg/lb."""
    return tuple(sorted((UnitTerm(t.name, t.prefix, -t.exponent) for t in unit), key=lambda t: -t.exponent))


def _is_in_seconds(factor: ReadFactor) -> bool:
    return any(t.name == "second" and t.exponent == 1 for t in factor.unit)


def _repaired(audited: Audited, factor: ReadFactor) -> Slip | None:
    """The same number in other units, with which all times cancel that are left as it stands: 24 hours/day."""
    if any(claim.verdict == "holds" for claim in audited.judged.claims):
        return None  # then it is what the writer meant
    left: Counter[str] = Counter()
    for each in audited.reading.factors:
        for name, _, exponent in each.unit:
            if name in TIME_NAMES:
                left[name] += int(exponent * each.exponent)
    above, below = _pair(factor.unit)
    for (small, large), numbers in SMALL_IN_LARGE.items():
        if factor.value not in numbers or (small == above) == (large == below):
            continue
        after = Counter(left)
        after.update({above: -1, below: 1})
        after.update({small: 1, large: -1})
        old, new = (below, large) if small == above else (above, small)
        if left[old] and left[new] and not after[old] and not after[new]:
            return Slip((UnitTerm(small), UnitTerm(large, "", -1)), factor.value)
    return None


def _of_another_time(audited: Audited, factor: ReadFactor) -> Slip | None:
    """7 days/month beside 24 hours/day: the number of another time, in a row of conversions.

    Hours only where operations or devices stand by: people work 24 hours a week, and 7 days a year are a holiday.
    """
    above, below = _pair(factor.unit)
    meant = factor.value == 7 and below == "month" if above == "day" else _computes(audited)
    if not meant or factor.quantity.remark:
        return None
    before = [t for f in audited.reading.factors if f.role == "conversion" for t in f.unit]
    goes_on = any(t.name == above and t.exponent == -1 for t in before)
    return Slip(factor.unit, _whole(factor.unit), Severity.NOTE) if goes_on else None


def _computes(audited: Audited) -> bool:
    return audited.names_devices or any(t.name == "FLOP" for f in audited.reading.factors for t in f.unit)


def _pair(unit: Compound) -> tuple[str, str]:
    above = next(t.name for t in unit if t.exponent > 0)
    return above, next(t.name for t in unit if t.exponent < 0)


def _told(audited: Audited, factor: ReadFactor, slip: Slip) -> Found:
    phrase = factor.quantity.unit
    said = " ".join(phrase.span.of(audited.text).split()) if phrase else written(factor.unit)
    number = factor.quantity.number.span.of(audited.text)
    if slip.unit == factor.unit:
        span, text = factor.quantity.number.span, shown(slip.right)
        message, fixed = f"there are {text} {said}, not {number}", text
    else:
        span, text = factor.quantity.span, f"{number} {written(slip.unit)}"
        message, fixed = f"there are {shown(_whole(factor.unit))} {said}, not {number}; {text} may be meant", "that"
    change = slip.right * size(slip.unit) / (factor.value * size(factor.unit))
    value = audited.value_with(factor, change)
    if value is not None:
        message += f"; with {fixed} the value is {short(value)} {audited.reading.label}".removesuffix(" 1")
    confidence = Confidence.HIGH if slip.severity is Severity.WARNING else Confidence.MEDIUM
    fix = Fix(text, None if value is None else float(value))
    return Found(span, message, slip.severity, confidence=confidence, fix=fix)
