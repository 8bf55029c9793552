"""Times that repeat an amount: `60 W * 9 h * 230 days = 124 kWh` is nine hours for each of the days.

Where the claim has fewer times than the factors, a number of larger times only repeats what is said of one of them. It
is read so only where a smaller time, or an amount that adds up, stands beside it (specs/inference.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from slipstick.reading.inference.conversions import time_part
from slipstick.reading.inference.doubts import Doubt
from slipstick.reading.inference.factors import TIME_NAMES, TIMES, Factor, Row, lacking
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.units import Compound, Dimension, UnitTerm, dimension_of, is_device, size, table, written

_REPEATING = frozenset(("hour", "day", "week", "month", "quarter", "year"))
_LONG = frozenset(("month", "quarter", "year"))
_RATES = frozenset(("watt", "volt", "ampere", "hertz", "newton", "pascal", "kelvin", "FLOP", "MAC"))
"""What does not add up by being repeated without being told for how long, or is claimed by itself."""

_NOT_REPEATED = TIME_NAMES | _RATES | {"agent"}

_MOST = 4
"""Minutes in hours in days in weeks in years; a line with more times than that says something else."""

_Holds = Callable[[Factor, UnitTerm], bool]


def times_over(row: Row, target: Compound) -> int:
    """How many times the factors have more than the claim, where that is all that parts them; else 0."""
    return _only_times(lacking(dimension_of(target), row.dimension))


def _only_times(over: Dimension) -> int:
    """The exponent of the times in what is over, where nothing else is, and it is a whole number above 0; else 0."""
    if len(over) != 1 or over[0][0] != "second":
        return 0
    many = over[0][1]
    return int(many) if many > 0 and many.denominator == 1 else 0


_ONE_TIME = (UnitTerm("second"),)


def _has_bare_rate(row: Row, target: Compound) -> bool:
    """Whether operations are claimed of times alone, so that a bare number is their rate."""
    return any(t.name == "FLOP" for t in target) and "FLOP" not in dict(row.dimension)


def repeat_times(row: Row, target: Compound | None, within: str = "") -> Doubt | None:
    """Read the smaller of two times as that much of each larger one, as often as needed (cost 1 each).

    `within` is the time of a "per week" that is left out of the claim: only smaller ones repeat in it. A doubt where
    hours are read per month or year that may be those of each day.
    """
    if target is None or _has_bare_rate(row, target):
        target = _ONE_TIME  # no result is in squares of a time: `5 days * 8 hours * 3600 * 14e12`
        if dict(row.dimension).get("second") != 2 or "meter" in dict(row.dimension):
            return None
    if times_over(row, target) <= 0:
        return None
    priced = any(_is_bare_price(f, target) for f in row)  # the price is per the time that it needs itself
    for _ in range(_MOST):
        if times_over(row, target) <= (1 if priced else 0) or not any(
            _hold(row, large, unit, _holds_time) for large, unit in _larger(row, within)
        ):
            break
    daily = next((f for f in row if f.cost and f.value <= _HOURS_OF_A_DAY and _is_per_month(f)), None)
    return Doubt(f"{plain_number(daily.value)} hours may be those of each day", any_gap=True) if daily else None


_HOURS_OF_A_DAY = 24


def _is_per_month(factor: Factor) -> bool:
    """Whether a factor is a number of hours in each month or year."""
    names = {(t.name, t.exponent) for t in factor.unit}
    return ("hour", 1) in names and bool({("month", -1), ("year", -1)} & names)


def repeat_amounts(row: Row, target: Compound | None, within: str = "") -> Doubt | None:
    """Read an amount that adds up (miles, GB, pages) as one for each of the times that are written (cost 1).

    Without such an amount a bare number is one of what is claimed: `52 weeks * 3 = 156 sessions`. A doubt for that one,
    and for an amount per month or year that may be one for each day.
    """
    if target is None or times_over(row, target) != 1 or any(t.name in TIME_NAMES for t in target):
        return None
    if any(t.name in _RATES for f in row for t in f.unit):  # a rate goes on for the time, and is not repeated
        return None
    for large, unit in _larger(row, within):
        if _hold(row, large, unit, _holds_amount):
            words = f"the amount may be one for each day of the {unit.name}s"
            return Doubt(words, any_gap=True) if unit.name in _LONG else None
    return _count_each_time(row, target, within)


def _count_each_time(row: Row, target: Compound, within: str) -> Doubt | None:
    """`2.5 years * 52 weeks * 3 = 390 sessions`: a bare number is one of what is claimed, in each week (cost 1).

    Only of what the registry does not know: tokens may come at a rate.
    """
    bare, larger = row.bare(1), _larger(row, within)
    if len(target) != 1 or target[0].exponent != 1 or target[0].name in table() or not bare or not larger:
        return None
    thing, unit = target[0].name, larger[0][1]
    words = f"{plain_number(bare[-1].value)} {thing.strip('_').replace('_', ' ')}s per {unit.name}"
    bare[-1].unit = (UnitTerm(thing), UnitTerm(unit.name, "", -1))
    bare[-1].notes.append(f"read as {words}, as the claim says")
    bare[-1].cost += 1
    return Doubt(f"{words} stands nowhere in the line", any_gap=True)


def divide_within(row: Row, target: Compound | None) -> None:
    """`168 hours per week / 40 hours = 4.2 FTE`: a divisor beside a rate per week is for the same week (cost 1).

    Only where a time is all that the factors lack. Where no divisor can be meant so (`12 kWh per day / 500 W`), the
    result is for each day, and the claim leaves that out. Operations for each second are no such matter.
    """
    if target is None or "FLOP" in dict(dimension_of(target)):
        return
    many = _only_times(lacking(row.dimension, dimension_of(target)))
    if many not in (1, 2):
        return
    left = {t.name for t in row.left if t.exponent < 0}
    below = ((t, f) for f in reversed(row) for t in f.unit if t.exponent * f.exponent == -1)
    rates = {t.name: (t, f) for t, f in below if t.name in _REPEATING & left}
    above = {t.name for f in row if f.exponent == 1 for t in f.unit}
    for name in sorted(rates, key=TIMES.index, reverse=True):
        period, rate = rates[name]
        able = [f for f in row if f.role == "" and f.exponent == -1 and _fits_into(f, period, above)]
        if able:
            _give_period(able[0], period, many)
            return
        if many == 1 and rate.exponent == 1 and _is_divided(row):
            rate.unit = tuple(t for t in rate.unit if t != period)
            rate.notes.append(f"per {period.name}: so is the result, which the claim leaves out")
            rate.cost += 1
            return


def divide_by_times(row: Row, target: Compound | None) -> Doubt | None:
    """`$1.2M / 4 quarters = $300k`: the result is for each quarter, which the claim leaves out (cost 1).

    The line does not say for what, so that a miss stays in doubt. A rate for each time is claimed with that time.
    """
    if target is None or any(t.name in TIME_NAMES or t.name in _RATES for t in target):
        return None
    if _only_times(lacking(row.dimension, dimension_of(target))) != 1 or len(time_part(row.left)) != 1:
        return None
    able = [f for f in row if f.exponent == -1 and not f.role and _is_number_of_times(f)]
    if len(able) != 1 or any(f.bare and not f.unit and f.exponent == 1 for f in row):
        return None
    name = able[0].unit[0].name
    able[0].notes.append(f"the result is for each {name}, which the claim leaves out")
    able[0].unit = ()
    able[0].cost += 1
    return Doubt(f"for what time {written(target)} is claimed is not said", any_gap=True)


def _is_number_of_times(factor: Factor) -> bool:
    return [(t.name in _REPEATING, t.exponent) for t in factor.unit] == [(True, 1)]


def _give_period(divisor: Factor, period: UnitTerm, times: int) -> None:
    """Read a divisor as so much per period; where two `times` lack, the result is for each that it names."""
    divisor.notes.append(f"read as {divisor.words} per {period.name}")
    kept = [t for t in divisor.unit if times == 1 or t.name not in TIME_NAMES]
    divisor.unit = (*kept, UnitTerm(period.name, "", -1))
    divisor.cost += 1


def _is_divided(factors: Sequence[Factor]) -> bool:
    """Whether the factors divide by something, and no bare number may be the time that is lacking."""
    bare = any(f.bare and not f.unit and f.exponent == 1 for f in factors)
    return not bare and any(f.exponent == -1 and f.role == "" for f in factors)


def _fits_into(factor: Factor, period: UnitTerm, above: set[str]) -> bool:
    """Whether a divisor is a time within the period, or an amount of what is divided, and no rate itself."""
    times = [t for t in factor.unit if t.name in TIME_NAMES]
    if not factor.unit or any(t.name in _RATES or is_device(t.name) for t in factor.unit):
        return False
    if not times:
        return any(t.name in above for t in factor.unit)
    small = times[0].exponent == 1 and TIMES.index(times[0].name) < TIMES.index(period.name)
    return len(times) == 1 and small and factor.value * size(tuple(times)) <= size((UnitTerm(period.name),))


def _is_bare_price(factor: Factor, target: Compound) -> bool:
    names = [t.name for t in factor.unit]
    return len(names) == 1 and table().sections.get(names[0]) == "money" and names[0] in {t.name for t in target}


def _larger(row: Row, within: str) -> list[tuple[Factor, UnitTerm]]:
    """The times that are left over, the longest first, each with the factor that is a number of them (5 days/week)."""
    found = []
    able = [n for n in TIMES[: TIMES.index(within) if within else None] if n in _REPEATING]
    for unit in row.left:
        if unit.name in able and unit.exponent >= 1 and not unit.prefix:
            term = UnitTerm(unit.name)
            holders = (f for f in row if f.role == "" and f.exponent == 1 and term in f.unit)
            number = next((f for f in holders if all(t.name in TIME_NAMES for t in f.unit)), None)
            if number is not None:
                found.append((number, term))
    return sorted(found, key=lambda pair: -TIMES.index(pair[1].name))


def _hold(factors: Sequence[Factor], large: Factor, unit: UnitTerm, holds: _Holds) -> bool:
    """Give "per day" to the nearest factor that may be meant for each of the days; whether there is one."""
    place = factors.index(large)
    able = [n for n, f in enumerate(factors) if f is not large and holds(f, unit)]
    if not able:
        return False
    holder = factors[min(able, key=lambda n: (abs(n - place), n))]
    holder.notes.append(f"read as {holder.words} per {unit.name}")
    holder.unit = (*holder.unit, UnitTerm(unit.name, "", -1))
    holder.cost += 1
    return True


def _holds_time(factor: Factor, large: UnitTerm) -> bool:
    """Whether a factor is a number of smaller times that fits into the larger one: 9 hours in a day."""
    if factor.role or factor.exponent != 1:
        return False
    times = [t for t in factor.unit if t.name in TIME_NAMES]
    if len(times) != 1 or times[0].exponent != 1 or times[0].name == "second":
        return False
    if TIMES.index(times[0].name) >= TIMES.index(large.name):
        return False
    rest = [t for t in factor.unit if t not in times]
    if rest:  # GPU-hours
        return all(table().is_counted(t.name) for t in rest)
    return factor.value * size(factor.unit) <= size((large,))


def _holds_amount(factor: Factor, large: UnitTerm) -> bool:
    """Whether a factor is an amount that adds up day by day: no rate, no device, no time."""
    del large
    if factor.role or factor.exponent != 1 or not factor.unit:
        return False
    return not any(t.name in _NOT_REPEATED or is_device(t.name) for t in factor.unit)
