"""Conversions that the writer did by hand: runs of bare constants that lead from one unit to another.

`7 days * 24 * 3600 * 6.8e12 FLOP/s` is 7 * 86400 seconds of it, never days times 86400. A run is a set of bare
constants from a closed list whose product is exactly the ratio of the written unit to the one that is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations

from slipstick.reading.inference.claim_conversions import convert_rounded, convert_to_claim, from_to
from slipstick.reading.inference.doubts import Doubt
from slipstick.reading.inference.factors import (
    MONTH_DAYS,
    ROUND_YEARS,
    SMALL_IN_LARGE,
    TIME_NAMES,
    TIMES,
    YEAR_DAYS,
    Choices,
    Factor,
    Row,
    cancelled,
    choose_lengths,
    is_constant,
    is_time_of_things,
)
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.units import Compound, UnitTerm, dimension_of, in_base_units, size, table

_ROUND, _LEAST_YEAR = Fraction(2, 100), int(min(ROUND_YEARS))
_MAX_CONSTANTS, _WRITTEN_OUT = 9, 3
"""The most constants of a run; so many units of time in one product are the days written out, to the smallest."""


def small_in_large(factors: Sequence[Factor]) -> None:
    """`6 months * 30 days * 24 hours`: a constant with its small unit right after the larger one is a conversion."""
    large = ""
    if [f for f in factors if f.exponent < 0 and _single_time(f)]:
        return  # "5 days * 24 hours / 1 day": written out already
    for factor in factors:
        name = _single_time(factor) if factor.unit else ""
        if name and large and factor.value in SMALL_IN_LARGE.get((name, large), ()) and factor.exponent == 1:
            factor.notes.append(f"read as {plain_number(factor.value)} {name}s per {large}")
            factor.unit = (*factor.unit, UnitTerm(large, "", -1))
        large = name or (large if factor.bare and not factor.unit else "")


def _single_time(factor: Factor) -> str:
    if len(factor.unit) != 1:
        return ""
    name, prefix, exponent = factor.unit[0]
    return name if name in TIME_NAMES and exponent == 1 and not prefix else ""


def mark_exact_ratios(factors: Sequence[Factor]) -> None:
    """`24 hours/day` and `3600 sec/hour` are conversions: ratios that are exactly 1."""
    for factor in factors:
        is_ratio = len(factor.unit) > 1 and factor.formula is None and not dimension_of(factor.unit)
        if is_ratio and in_base_units(factor.value, factor.unit) == 1:
            factor.role = "conversion"


def _run(constants: Sequence[Factor], ratio: Fraction) -> tuple[Factor, ...] | None:
    """The smallest set of constants whose product is `ratio`, in writing order."""
    wanted, parts = ratio.as_integer_ratio()
    able = [(constant, *constant.value.as_integer_ratio()) for constant in constants]
    for count in range(1, len(able) + 1):
        for some in combinations(able, count):
            top = bottom = 1
            for _, above, below in some:
                top, bottom = top * above, bottom * below
            if top * parts == wanted * bottom or (_LEAST_YEAR * bottom <= top and _rounds_year(top, bottom, ratio)):
                return tuple([constant for constant, _, _ in some])
    return None


def _rounds_year(top: int, bottom: int, ratio: Fraction) -> bool:
    """Whether a product is a year of seconds as people round it, and that is the ratio but for the rounding."""
    product = Fraction(top, bottom)
    return product in ROUND_YEARS and abs(product / ratio - 1) < _ROUND


def find_run(row: Row, ratio: Fraction) -> tuple[Factor, ...] | None:
    """Bare constants that make `ratio`: factors for a ratio above 1, divisors for one below, or None."""
    top, bottom = ratio.as_integer_ratio() if row.constants else (0, 1)
    if top == bottom or top <= 0:
        return None
    free = row.free(1 if top > bottom else -1)[:_MAX_CONSTANTS]
    return _run(free, ratio if top > bottom else 1 / ratio) if free else None


def consume(run: Sequence[Factor], meaning: str) -> None:
    """Mark the constants of a run as a conversion."""
    for factor in run:
        factor.role = "conversion"
        factor.notes.append(meaning)


def time_part(compound: Compound) -> Compound:
    """The terms of a compound that are times."""
    return tuple([t for t in compound if t.name in TIME_NAMES])


def mixed_chain(row: Row) -> None:
    """Constants of which some have a unit and some have none: `10 days * 24 * 3600 s`, `10 GPU-hours * 3600 s`.

    Of two times in one product the smaller, if it is a constant, is a conversion from the larger.
    """
    for _ in TIMES:
        times = [f for f in row if f.unit and f.role in ("", "conversion") and is_time_of_things(f.unit)]
        if len(times) < 2 or not any(f.exponent == 1 and is_constant(f.value) for f in times):
            return
        above = [f for f in times if f.exponent > 0]
        times = above if len(above) >= _WRITTEN_OUT else times  # "1 byte / 2 s * 365 days * 24 hours * 3600 s"
        left = sorted((t for t in time_part(cancelled(times)) if t.exponent == 1), key=lambda t: size((t,)))
        pairs = ((left[n], left[n + 1 :]) for n in range(len(left) - 2, -1, -1))
        if not any(_absorb(row, small, larger) for small, larger in pairs):
            return


def _absorb(row: Row, small: UnitTerm, larger: Sequence[UnitTerm]) -> bool:
    constant = next((f for f in row if f.unit == (small,) and f.exponent == 1 and is_constant(f.value)), None)
    if constant is None:
        return False
    for unit in larger:
        for days in {"month": MONTH_DAYS, "year": YEAR_DAYS}.get(unit.name, (None,)):
            whole = size((unit,)) if days is None else days * 86400
            rest = whole / size((small,)) / constant.value
            run = () if rest == 1 else find_run(row, rest) if rest > 1 else None
            if run is not None:
                _convert(row, constant, run, (unit, small), days)
                return True
    return False


def _convert(
    factors: Sequence[Factor],
    constant: Factor,
    run: Sequence[Factor],
    units: tuple[UnitTerm, UnitTerm],
    days: Fraction | None,
) -> None:
    """Mark a constant, with the bare ones beside it, as the conversion from the larger of two units to the smaller."""
    large, small = units
    note = f"conversion from {large.name}s to {small.name}s"
    if not run and days is None:
        constant.unit = (small, UnitTerm(large.name, "", -1))
        consume((constant,), note)
        return
    owner = next(f for f in factors if large in f.unit)
    owner.value *= (size((large,)) if days is None else days * 86400) / size((small,))
    owner.unit = tuple(small if t == large else t for t in owner.unit)
    constant.unit = ()
    consume((*run, constant), note)


def month_runs(row: Row, target: Compound | None) -> None:
    """`2 months * 30 * 24 * 3600`, `1 year * 8760 * 3600`: the run says how long a month or year is taken to be."""
    for factor in row if row.constants else ():
        name = next((t.name for t in factor.unit if t.name in ("month", "year") and t.exponent == 1), "")
        if not name or factor.role or factor.exponent != 1:
            continue
        for days, whole in _lengths(row, name, target):
            run = find_run(row, days * whole)
            if run is not None:
                factor.value *= days
                factor.unit = tuple(UnitTerm("day", *t[1:]) if t.name == name else t for t in factor.unit)
                consume(run, f"conversion of the {name}s, of {plain_number(days)} days each")
                return


def _lengths(factors: Sequence[Factor], name: str, target: Compound | None) -> list[tuple[Fraction, Fraction]]:
    """Candidate lengths in days, with how many of the needed unit make a day."""
    below = [t.name for f in factors for t in f.unit if t.name in _PARTS and t.exponent * f.exponent < 0]
    wanted = [t.name for t in target or () if t.name in _PARTS]
    parts = [_PARTS[("second" if "second" in below else (below or wanted or ["second"])[0])]]
    return [(days, Fraction(part)) for part in parts for days in (MONTH_DAYS if name == "month" else YEAR_DAYS)]


_PARTS = {"second": 86400, "minute": 1440, "hour": 24, "day": 1}


def convert_by_hand(row: Row, target: Compound | None, choices: Choices, in_days: str = "") -> Doubt | None:
    """Find and mark the conversions that bare numbers do, given the claim's unit (None where it states none).

    A run that leads only half the way is marked if the choices say so. A doubt where it leads on from the days of a
    month or year (`in_days`), and the days are not in the line: `2000 years * 24 * 3600`.
    """
    free = row.free(1, -1)
    lengths = convert_to_claim(row, target) if free and target is not None else None
    if lengths is not None:
        month, year = lengths.get("month", choices.month_days), lengths.get("year", choices.year_days)
        choose_lengths(row, choices._replace(month_days=month, year_days=year))
    elif (target is None or not convert_rounded(row, target)) and free:
        _convert_run(row, target, choices)
    used = [f for f in free if f.is_used_constant and f.value in _OF_A_DAY] if in_days else []
    run = " * ".join([plain_number(f.value) for f in used])
    return Doubt(f"{run} leads on from days, and how many each {in_days} has is not said", of_fit=True) if run else None


_OF_A_DAY = frozenset(map(Fraction, (24, 60, 1440, 3600, 86400)))
_OPERATIONS: Compound = (UnitTerm("FLOP"),)


def _convert_run(row: Row, target: Compound | None, choices: Choices) -> None:
    """Constants that lead to FLOP or to a time, or that write a prefix out."""
    left, own = row.left, dict(row.dimension)
    if target is None and own.get("FLOP") == 1 and not own.get("second"):
        run = find_run(row, size(left))  # PF-days * 8.64e19
        if run is not None:
            consume(run, f"conversion {from_to(left, _OPERATIONS)}")
            return
    _convert_time(row, time_part(left), target, choices)
    _convert_prefixes(row, target)


def _convert_time(row: Row, times: Compound, target: Compound | None, choices: Choices) -> None:
    if not times:
        return
    if dimension_of(times):
        if len(times) == 1 and abs(times[0].exponent) == 1 and (target is None or time_part(target)):
            _convert_only_time(row, times[0], target, choices)
        return
    run = find_run(row, size(times))
    if run is not None:
        consume(run, "conversion of the time written beside it")
        return
    _convert_half(row, times, size(times), choices)


def _convert_only_time(row: Row, time: UnitTerm, target: Compound | None, choices: Choices) -> None:
    """A run that leads on from the one time there is; where the claim is in another, it may be one or not."""
    if target is not None and not _is_other_time(time, target):
        return
    ratios = [ratio ** int(time.exponent) for ratio in _smaller_units(time.name)]
    larger = [1 / ratio for ratio in _larger_units(time.name)] if target is not None else []
    run = next((r for ratio in (*ratios, *larger) if (r := find_run(row, ratio)) is not None), None)
    if run is not None:
        row.leads_half = row.leads_half or target is not None
        if target is None or choices.partial_runs:
            consume(run, f"conversion of the {time.name}s beside it")


def _convert_half(row: Row, times: Compound, ratio: Fraction, choices: Choices) -> None:
    """A run that leads to a smaller unit but not to the one needed (days * 24, then FLOP/s)."""
    for term in times:
        steps = [s for s in _smaller_units(term.name) if s != (ratio if term.exponent > 0 else 1 / ratio)]
        for step in steps:
            run = find_run(row, step if term.exponent > 0 else 1 / step)
            if run is not None:
                row.leads_half = True
                if choices.partial_runs:
                    consume(run, f"read as a conversion of the {term.name}s beside it")
                return


@cache
def _smaller_units(time: str) -> list[Fraction]:
    """How many of each smaller unit of time make one of this, most first."""
    whole = table().factor(UnitTerm(time))
    sizes = [table().factor(UnitTerm(name)) for name in TIMES[: TIMES.index(time)]]
    return [whole / s for s in sizes]


def _is_other_time(written_time: UnitTerm, target: Compound) -> bool:
    """`15,000 s / 60 = 250 hours`: whether a claim in another unit of time leaves open what the constants lead to."""
    claimed = time_part(target)
    both_once = len(claimed) == 1 and claimed[0].exponent == written_time.exponent == 1
    return both_once and claimed[0].name != written_time.name


@cache
def _larger_units(time: str) -> list[Fraction]:
    """How many of this make one of each larger unit of fixed length."""
    own = table().factor(UnitTerm(time))
    return [table().factor(UnitTerm(n)) / own for n in TIMES[TIMES.index(time) + 1 : TIMES.index("month")]]


def _convert_prefixes(row: Row, target: Compound | None) -> None:
    """`2,800 PF-days * 1e15`: a constant that is the prefix of a unit beside it writes the prefix out.

    Not where the claim has a prefix of its own: the 1000 of `1000 * 0.7 kW * 720 h = 504 MWh` are a number of things.
    """
    if any(t.prefix for t in target or ()):
        return
    kept = {(t.name, t.prefix) for t in target or ()}
    for factor in row:
        for term in factor.unit:
            if not term.prefix or (term.name, term.prefix) in kept or term.exponent != 1:
                continue
            step = table().prefixes[term.prefix] ** int(factor.exponent)
            run = find_run(row, step)
            if run is not None and len(run) == 1:
                consume(run, f"the prefix {term.prefix} written out")
                return
