"""Bare numbers that are times, since the rest of the line says so: days beside 24 * 3600, hours beside "per hour".

Every addition costs 1 and is kept as a note (specs/inference.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from slipstick.patterns import pattern
from slipstick.reading.inference.conversions import find_run, time_part
from slipstick.reading.inference.factors import SMALL_IN_LARGE, TIME_NAMES, TIMES, Factor, Row, lacking
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.units import Compound, Dimension, UnitTerm, dimension_of, size, table

_YEAR_HOURS = frozenset((Fraction(8760), Fraction(8766)))
_ASIDE = pattern(r"[(\[]?\s*(?:=|i\.e\.|or)?\s*(\d[\d,]*(?:\.\d+)?)\s*(second|minute|hour|day|week)s?\s*[)\]]?\s*$")


_A_TIME: Dimension = (("second", 1),)
_PER_TIME: Dimension = (("second", -1),)


def _over(row: Row, target: Compound | None) -> Dimension:
    """What the claim has more than the factors, things counted aside."""
    return lacking(row.dimension, dimension_of(target or ()))


def _lacks_time(row: Row, target: Compound | None) -> bool:
    """Whether the product is a rate and what is claimed its amount: FLOP/s for FLOP, kW for kWh."""
    if target is None:
        left = dict(row.dimension)
        return bool(left.get("FLOP")) and left.get("second") == -1
    return _over(row, target) == _A_TIME


def _give(factor: Factor, unit: str, note: str) -> None:
    factor.unit = (UnitTerm(unit), *factor.unit)
    factor.notes.append(note if factor.formula is None else f"{plain_number(factor.value)}: {note}")
    factor.cost += 1


def add_times(row: Row, target: Compound | None) -> None:
    """A bare number beside 24 * 3600 is a number of days, beside 3600 a number of hours (cost 1).

    Where watt-hours are claimed, beside 24 it is a number of days, and 8760 is the hours of a year. Beside a rate per
    hour, day, week, month or year it is a number of those.
    """
    if not _lacks_time(row, target):
        return
    in_hours = any(t.name in ("watt_hour", "hour") for t in target or ())
    small = size((UnitTerm("hour"),)) if in_hours else Fraction(1)
    if add_run_time(row, small):
        return
    year = next((f for f in row.free(1, -1) if f.value in _YEAR_HOURS), None) if in_hours else None
    if year is not None:
        _give(year, "hour", "read as the hours of a year")
    elif target is not None:
        _add_rated_time(row, 1)


def add_run_time(row: Row, small: Fraction) -> bool:
    """Read the number beside a run that leads to seconds (or hours, `small` in seconds) as days or hours (cost 1).

    Beside operations per second, 24 is rather hours than the one fraction in the product days: it is the utilization.
    Where nothing but that fraction stands beside 3600, these are the seconds, unless it is half or a quarter of them.
    """
    share = _one_share(row) if small == 1 else None
    for left_out in (share, None) if share is not None else (None,):
        for unit in ("day", "hour") if small == 1 else ("day",):
            run = find_run(row, size((UnitTerm(unit),)) / small)
            owner = _beside(row, run, left_out) if run is not None else None
            if run is not None and owner is not None and owner is share and _is_utilization(row, share):
                _give(run[-1], "second", "read as a number of seconds")
                return True
            if run is not None and owner is not None:
                beside = " * ".join(f"{float(r.value):g}" for r in run)
                _give(owner, unit, f"read as a number of {unit}s, from the {beside} beside it")
                return True
    return False


def _one_share(row: Row) -> Factor | None:
    """The only bare number below 1 of a product with operations in it."""
    shares = [f for f in row.bare(1) if f.value < 1]
    alone = len(shares) == 1 and any(t.name == "FLOP" for t in row.left)
    return shares[0] if alone and not _is_part_of_time(row, shares[0]) else None


def _is_part_of_time(row: Row, share: Factor) -> bool:
    """Whether a fraction is rather half a day, or a quarter: right before the seconds of one, and behind no rate.

    A utilization stands behind the rate that it is of: "16 A100s * 312 TFLOP/s * 0.5 * 86400".
    """
    at = row.index(share)
    behind = row[at + 1] if at + 1 < len(row) else None
    if behind is None or share.value not in _PARTS or behind not in row.constants or behind.value not in _OF_TIME:
        return False
    return not any(t.name == "FLOP" for factor in row[:at] for t in factor.unit)


_PARTS = frozenset((Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)))
_OF_TIME = frozenset((Fraction(24), Fraction(60), Fraction(3600), Fraction(86400)))


def _is_utilization(row: Row, share: Factor) -> bool:
    """Whether a fraction beside a rate in FLOP/s may be the utilization, and nothing else in the product is it."""
    low, high = _UTILIZATIONS
    others = (f.quantity for f in row if f is not share and f.quantity is not None)
    said = any(q.number.percent or q.role == "utilization" for q in others)
    return low <= share.value <= high and not said and ("second", -1) in row.dimension


_UTILIZATIONS = (Fraction(1, 20), Fraction(19, 20))


def add_rated_divisor(row: Row, target: Compound | None) -> None:
    """`150 TWh / (300,000 tx/day * 365)`: beside a rate that divides, a bare number is one of days (cost 1)."""
    if target is not None and _over(row, target) == _PER_TIME:
        _add_rated_time(row, -1)


def _add_rated_time(row: Row, sign: int) -> None:
    """`20 GB/day * 90`, `$2/hour * 8 * 24`: the bare numbers behind a rate are days, or hours (their product is)."""
    rates = [(f, t) for f in row for t in f.unit if t.name in TIME_NAMES and t.name != "second"]
    pers = [t.name for f, t in rates if t.exponent * f.exponent == -sign and (sign == 1 or t.exponent == -1)]
    cancelled = {t.name for f, t in rates if t.exponent * f.exponent == sign}  # the hours of "$3/h * 24 h/day * 30"
    per = next((name for name in pers if name not in cancelled), pers[0] if pers else "")
    bare = row.bare(sign)
    if per and bare:
        _give(bare[-1], per, f"read as a number of {per}s, since the rate is per {per}")


def _beside(row: Row, run: Sequence[Factor], left_out: Factor | None) -> Factor | None:
    """The bare factor nearest before the run that is no part of it, else the nearest after it."""
    first = row.index(run[0])
    able = [f for f in row.bare(1) if f not in run and f is not left_out]
    before = [f for f in able if f in row[:first]]
    return before[-1] if before else able[0] if able else None


def add_divided_time(row: Row, target: Compound | None) -> None:
    """`$10,000 / (4 * 365 * 24) = $0.285 per hour`: divisors with a run of hours in them are a number of hours."""
    per = next((t.name for t in target or () if t.name in TIME_NAMES and t.exponent == -1), "")
    if not per or per == "second" or _over(row, target) != _PER_TIME or time_part(row.left):
        return
    for large in reversed(TIMES[TIMES.index(per) + 1 :]):
        for many in _LENGTHS.get((per, large), (size((UnitTerm(large),)) / size((UnitTerm(per),)),)):
            run = find_run(row, 1 / Fraction(many))
            if run is not None:
                _give(row.bare(-1)[-1], per, f"the divisor is read as a number of {per}s")
                return


_LENGTHS: dict[tuple[str, str], tuple[Fraction, ...]] = {
    ("hour", "year"): tuple(24 * Fraction(d) for d in (365, 366, "365.25")),
    ("hour", "month"): tuple(24 * Fraction(d) for d in (30, 31, "30.4", "30.5", Fraction(365, 12))),
    **{pair: tuple(Fraction(m) for m in many) for pair, many in SMALL_IN_LARGE.items() if pair[0] in ("day", "week")},
}


def hours_of_a_day(row: Row, target: Compound | None) -> None:
    """`1000 GPU-hours / 10 GPUs / 24 h = 4.2 days`: hours that divide, where days are claimed, are those of a day."""
    if target is None or _over(row, target) != _A_TIME:
        return
    large = next((t.name for t in target or () if t.name in TIME_NAMES and t.exponent == 1), "")
    for factor in row:
        only = factor.unit[0] if len(factor.unit) == 1 and factor.exponent == -1 else None
        if only is not None and factor.value in SMALL_IN_LARGE.get((only.name, large), ()):
            factor.notes.append(f"read as {plain_number(factor.value)} {only.name}s per {large}")
            factor.unit = (*factor.unit, UnitTerm(large, "", -1))
            return


def hours_each_day(row: Row, target: Compound | None) -> Factor | None:
    """`10 days * $35/hour * 8`: the one bare number that may be the hours of each day, or a number of things.

    Only where money is claimed for days at a price per hour, and nothing else leads from the days to hours.
    """
    if not any(table().sections.get(t.name) == "money" for t in target or ()):
        return None
    left, bare = {(t.name, t.exponent) for t in row.left}, row.bare(1)
    if not {("day", 1), ("hour", -1)} <= left or len(bare) != 1 or find_run(row, _HOURS) is not None:
        return None
    return bare[0] if bare[0].value.denominator == 1 and 1 < bare[0].value < _HOURS else None


_HOURS = Fraction(24)


def call_hours(hours: Factor) -> None:
    """Read a bare number as hours of each day (cost 1)."""
    hours.unit = (UnitTerm("hour"), UnitTerm("day", "", -1))
    hours.notes.append(f"read as {plain_number(hours.value)} hours per day")
    hours.cost += 1


def take_aside(row: Row) -> None:
    """`5 days (120 hours) * 3600`: the time in the bracket is the one that the constant behind it goes on from."""
    for factor in row if row.constants else ():
        remark = factor.quantity.remark if factor.quantity is not None and factor.formula is None else ""
        timed = remark and len(factor.unit) == 1 and factor.unit[0].name in TIME_NAMES
        said = _ASIDE.match(remark) if timed else None
        if said is None or find_run(row, size(factor.unit)) is not None:
            continue
        value, unit = Fraction(said.group(1).replace(",", "")), (UnitTerm(said.group(2)),)
        if value * size(unit) == factor.value * size(factor.unit) and find_run(row, size(unit)) is not None:
            factor.value, factor.unit = value, unit
            factor.notes.append(f"taken as the {plain_number(value)} {unit[0].name}s behind it")
            return
