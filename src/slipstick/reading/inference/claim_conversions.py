"""Conversions to the unit that is claimed, done by hand with bare constants.

`$2.50/hour * 24 * 30 = $1,800/month`, `100 miles * 1.609 = 161 km`, `85 W * 24 h * 30 / 1000 = 61.2 kWh`: the two
units say which ratio is needed, and the constants are that ratio, exactly or as far as their digits go. The claimed
number has no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from slipstick.frozen import Frozen
from slipstick.reading.inference.factors import (
    MONTH_DAYS,
    ROUND_YEARS,
    TIME_NAMES,
    TIMES,
    YEAR_DAYS,
    Factor,
    Row,
    uncounted,
)
from slipstick.reading.quantities import arithmetic
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.units import Compound, Exponent, UnitTerm, dimension_of, size, table, written

_MONTHS = (*MONTH_DAYS, Fraction(365, 12))
_LENGTHS = {"month": _MONTHS, "year": YEAR_DAYS}
_JULIAN = Fraction(1461, 1460)
_MOST = 6
"""So many free constants of each sign are tried together: more would be no conversion."""
_CLOSE = Fraction(5, 100)
"""A rounded constant lies as near as this to the ratio that it stands for (0.6 miles in a kilometre)."""
_ROUND = Fraction(2, 100)

Lengths = dict[str, Fraction]
"""Days in a month or year, where a run of constants says so."""


class Needed(Frozen):
    """A ratio that would lead to the claim's unit, with the lengths of months and years that it supposes."""

    ratio: Fraction
    lengths: Lengths


def convert_to_claim(row: Row, target: Compound) -> Lengths | None:
    """Mark the constants that lead from the unit of the product to the claim's, exactly.

    None where no run does; else the lengths of months and years that the run supposes.
    """
    left = row.left
    if not row.constants or not same_kind(left, target):
        return None
    free, divisors = row.free(1)[:_MOST], row.free(-1)[:_MOST]
    if not free and not divisors:
        return None
    above, below = _products(free), _products(divisors)
    for needed in _needed(left, target):
        run = _run(above, below, needed.ratio)
        if run:
            _consume(run, f"conversion {from_to(left, target)}")
            return needed.lengths
    return None


def from_to(left: Compound, target: Compound) -> str:
    """From which unit to which, in words; of a rate times a time (FLOP*day/s) from the time to that of the rate."""
    longer = [t for t in left if t.name in TIME_NAMES and t.exponent == 1]
    per = [t for t in left if t.name in TIME_NAMES and t.exponent == -1]
    if len(longer) == len(per) == 1 and not any(t.name in TIME_NAMES for t in target):
        return f"from {longer[0].name}s to {per[0].name}s"
    return f"from {written(left)} to {written(target)}"


def same_kind(left: Compound, target: Compound) -> bool:
    """Equal dimensions, things counted aside."""
    return uncounted(dimension_of(left)) == uncounted(dimension_of(target))


@lru_cache(maxsize=1000)
def _needed(left: Compound, target: Compound) -> tuple[Needed, ...]:
    """The exact ratio; without prefixes; with months and years of other lengths."""
    return tuple(_each_needed(left, target))


def _each_needed(left: Compound, target: Compound) -> Iterator[Needed]:
    exact, plain = size(left) / size(target), size(_plain(left)) / size(_plain(target))
    net = _net(left, target)
    open_ones = [n for n in _LENGTHS if net.get(n)]
    counts = any(t.name == "FLOP" for t in left)
    in_operations = (size(_plain(left)) / size(target),) if counts else ()  # "6.4 ZFLOP / 8.64e19 = 74 PF-days"
    for ratio in dict.fromkeys((exact, plain, *in_operations)):
        yield Needed(ratio, {})
        if not open_ones:
            continue
        for name in open_ones:
            standard = size((UnitTerm(name),)) / 86400
            for days in _LENGTHS[name]:
                yield Needed(ratio * (days / standard) ** int(net[name]), {name: days})
    if not open_ones:
        yield Needed(plain / _JULIAN, {})
        yield Needed(plain * _JULIAN, {})


def _plain(compound: Compound) -> Compound:
    """Without prefixes; kilograms and tonnes are grams with one."""
    return tuple(UnitTerm(_PLAIN.get(t.name, t.name), "", t.exponent) for t in compound)


_PLAIN = {"kilogram": "gram", "tonne": "gram"}


def _net(left: Compound, target: Compound) -> dict[str, Exponent]:
    """What is left of the names of units after those that stand on both sides; a watt-hour is watts for an hour."""
    net: dict[str, Exponent] = {}
    for compound, sign in ((left, 1), (target, -1)):
        for term in compound:
            for name in ("watt", "hour") if term.name == "watt_hour" else (term.name,):
                net[name] = net.get(name, 0) + sign * term.exponent
    return {n: e for n, e in net.items() if e and not table().is_counted(n)}


def _products(constants: Sequence[Factor]) -> dict[Fraction, tuple[Factor, ...]]:
    """Every product of the constants, each with the fewest factors that make it."""
    found: dict[Fraction, tuple[Factor, ...]] = {Fraction(1): ()}
    for count in range(1, len(constants) + 1):
        for some in combinations(constants, count):
            found.setdefault(some[0].value if count == 1 else arithmetic.product(f.value for f in some), some)
    return found


def _run(
    above: dict[Fraction, tuple[Factor, ...]], below: dict[Fraction, tuple[Factor, ...]], ratio: Fraction
) -> tuple[Factor, ...]:
    """The constants that make a ratio, multiplied and divided; none where none do."""
    if ratio == 1:
        return ()
    for divisor, divided in below.items():
        if (multiplied := above.get(ratio * divisor)) is not None:
            return (*multiplied, *divided)
    rounded = (run for product, run in above.items() if product in ROUND_YEARS and abs(product / ratio - 1) < _ROUND)
    return next(rounded, ())


def _consume(run: Sequence[Factor], meaning: str) -> None:
    for factor in run:
        factor.role = "conversion"
        factor.notes.append(meaning)


def convert_rounded(row: Row, target: Compound) -> bool:
    """`100 miles * 1.6 = 160 km`: one bare number that is the ratio of the two units, as far as its digits go.

    It keeps its own value, as a number of kilometres in each mile. The claim may have another prefix than it
    leads to: none, as in `150 hp * 745.7 = 112 kW`, or that of the written unit, as in `500 kcal * 4.184 = 2.09 MJ`.
    """
    left = row.left
    if left == target or not same_kind(left, target):
        return False
    able = [f for f in row.numbers if not (f.unit or f.role or f.plain) and f.quantity and not f.quantity.number.scaled]
    if not able:
        return False
    prefixes = ("", left[0].prefix) if left and len(target) == 1 else ()
    other = [tuple(t._replace(prefix=p) for t in target) for p in prefixes]
    towards = dict.fromkeys((target, *(each for each in other if _physical(left, each))))
    return any(_convert_rounded(able, left, each) for each in towards)


def _convert_rounded(able: Sequence[Factor], left: Compound, target: Compound) -> bool:
    ratio = size(left) / size(target)
    binary = _is_binary(left, target)
    physical = _physical(left, target)
    for factor in able if binary or physical else ():
        wanted = ratio if factor.exponent == 1 else 1 / ratio
        if (binary and _is_power_of_1024(factor.value, wanted)) or (physical and _rounds(factor, wanted)):
            above, below = (target, left) if factor.exponent == 1 else (left, target)
            factor.unit = _quotient(above, below)
            words = f"{plain_number(factor.value)} {written(above)} per {written(below)}"
            factor.notes.append(f"conversion from {written(left)} to {written(target)}, {words}")
            if factor.value == wanted:
                factor.role = "conversion"
            return True
    return False


def _physical(left: Compound, target: Compound) -> bool:
    """Whether the two units differ in more than their times (m/s and km/h do)."""
    return any(t.name not in TIME_NAMES for t in set(left) ^ set(target) if not table().is_counted(t.name))


def _rounds(factor: Factor, ratio: Fraction) -> bool:
    """Whether a bare number is the ratio, rounded to its printed digits; nothing near 1 is."""
    number = factor.quantity.number if factor.quantity else None
    if number is None or number.value != factor.value or abs(ratio - 1) < _CLOSE:
        return False
    distance = abs(factor.value - ratio)
    return distance <= number.last_digit / 2 and distance <= _CLOSE * ratio


def _is_binary(left: Compound, target: Compound) -> bool:
    """Whether two amounts of data differ in their prefixes alone (GB, MB)."""
    return [(t.name, t.exponent) for t in left] == [(t.name, t.exponent) for t in target] == [(left[0].name, 1)] and (
        left[0].name in ("byte", "bit")
    )


def _is_power_of_1024(value: Fraction, ratio: Fraction) -> bool:
    return any(value == 1024**n and ratio == 1000**n for n in (1, 2, 3, 4))


def _quotient(above: Compound, below: Compound) -> Compound:
    return (*above, *(UnitTerm(t.name, t.prefix, -t.exponent) for t in below))


def time_worked(row: Row, target: Compound) -> tuple[Factor, ...]:
    """`$25/hour * 40 * 52 = $52,000/year`: the bare numbers that may be the hours of that year, in writing order.

    A rate for each smaller time is claimed for each larger one (or the other way), and no run of constants is the whole
    of it. No year has more hours than it has.
    """
    found = _worked(row, target)
    return found[0] if found else ()


def add_time_worked(row: Row, target: Compound) -> None:
    """Read those numbers as hours of a year (cost 1)."""
    found = _worked(row, target)
    if found is not None:
        run, small, large = found
        run[-1].unit = (UnitTerm(small), UnitTerm(large, "", -1))
        product = " * ".join(plain_number(f.value) for f in run) + " " if len(run) > 1 else ""
        run[-1].notes.append(f"{product}read as the {small}s of each {large}")
        run[-1].cost += 1


def _worked(row: Row, target: Compound) -> tuple[tuple[Factor, ...], str, str] | None:
    left = row.left
    if not row.numbers or not same_kind(left, target) or _physical(left, target):
        return None
    net = _net(left, target)
    if len(net) != 2 or sorted(net.values()) != [-1, 1] or any(n not in TIME_NAMES for n in net):
        return None
    if not any(t.name in net and t.exponent == -1 for t in target):
        return None
    small, large = sorted(net, key=TIMES.index)
    sign = 1 if net[small] == -1 else -1
    whole = size((UnitTerm(large),)) / size((UnitTerm(small),)) * (1 + _ROUND)
    many, run = Fraction(1), list[Factor]()
    for factor in reversed([f for f in row.bare(sign) if f.value >= 1]):
        if (factor.quantity is not None and factor.quantity.number.scaled) or many * factor.value > whole:
            break
        many *= factor.value
        run.insert(0, factor)
    return (tuple(run), small, large) if run and many > 1 else None
