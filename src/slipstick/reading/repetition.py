"""Times that repeat an amount: `60 W * 9 h * 230 days = 124 kWh` is nine hours for each of the days.

Where the claim has fewer times than the factors, a number of larger times only repeats what is said of one of them. It
is read so only where a smaller time, or an amount that adds up, stands beside it (specs/inference.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from slipstick.reading.factors import TIMES, Factor, cancelled
from slipstick.units import Compound, UnitTerm, dimension, dimension_of, is_device, size, table

_REPEATING = frozenset(("hour", "day", "week", "month", "year"))
_RATES = frozenset(("watt", "volt", "ampere", "hertz", "newton", "pascal", "kelvin", "FLOP", "MAC"))
"""What does not add up by being repeated without being told for how long, or is claimed by itself."""


_MOST = 4
"""Minutes in hours in days in weeks in years; a line with more times than that says something else."""

_Holds = Callable[[Factor, UnitTerm], bool]


def times_over(factors: Sequence[Factor], target: Compound) -> int:
    """How many times the factors have more than the claim, where that is all that parts them; else 0."""
    left = dimension_of(cancelled(factors))
    over = dimension([*left, *((n, -e) for n, e in dimension_of(target))])
    plain = {n: e for n, e in over if not table().is_counted(n)}
    many = plain.pop("second", 0)
    return int(many) if not plain and many > 0 and many.denominator == 1 else 0


def repeat_times(factors: Sequence[Factor], target: Compound | None, within: str = "") -> None:
    """Read the smaller of two times as that much of each larger one, as often as needed (cost 1 each).

    `within` is the time of a "per week" that is left out of the claim: only smaller ones repeat in it.
    """
    if target is None:
        return
    priced = any(_is_bare_price(f, target) for f in factors)  # the price is per the time that it needs itself
    for _ in range(_MOST):
        if times_over(factors, target) <= (1 if priced else 0) or not any(
            _hold(factors, large, unit, _holds_time) for large, unit in _larger(factors, within)
        ):
            return


def repeat_amounts(factors: Sequence[Factor], target: Compound | None, within: str = "") -> None:
    """Read an amount that adds up (miles, GB, pages) as one for each day (cost 1)."""
    rated = any(t.name in _RATES for f in factors for t in f.unit)  # a rate goes on for the time, and is not repeated
    timed = any(t.name in TIMES for t in target or ())
    if target is not None and not timed and not rated and times_over(factors, target) == 1:
        any(_hold(factors, large, unit, _holds_amount) for large, unit in _larger(factors, within))


def _is_bare_price(factor: Factor, target: Compound) -> bool:
    names = [t.name for t in factor.unit]
    return len(names) == 1 and table().sections.get(names[0]) == "money" and names[0] in {t.name for t in target}


def _larger(factors: Sequence[Factor], within: str) -> list[tuple[Factor, UnitTerm]]:
    """The times that are left over, the longest first, each with the factor that is a number of them (5 days/week)."""
    found = []
    able = [n for n in TIMES[: TIMES.index(within) if within else None] if n in _REPEATING]
    for unit in cancelled(factors):
        if unit.name in able and unit.exponent >= 1 and not unit.prefix:
            term = UnitTerm(unit.name)
            holders = (f for f in factors if f.role == "" and f.exponent == 1 and term in f.unit)
            number = next((f for f in holders if all(t.name in TIMES for t in f.unit)), None)
            if number is not None:
                found.append((number, term))
    return sorted(found, key=lambda pair: -TIMES.index(pair[1].name))


def _hold(factors: Sequence[Factor], large: Factor, unit: UnitTerm, holds: _Holds) -> bool:
    """Give "per day" to the nearest factor that may be meant for each of the days; whether there is one."""
    place = next(n for n, f in enumerate(factors) if f is large)
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
    times = [t for t in factor.unit if t.name in TIMES]
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
    return not any(t.name in TIMES or t.name in _RATES or is_device(t.name) or t.name == "agent" for t in factor.unit)
