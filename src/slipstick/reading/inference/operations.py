"""Operations that the writer left unsaid: bare numbers that are a rate, a count of FLOP, or FLOP per token.

Every addition costs 1 and is kept as a note; none of them changes a number (specs/counting.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import prod

from slipstick.reading.inference.conversions import consume, find_run
from slipstick.reading.inference.factors import Factor, Row, is_constant, uncounted
from slipstick.reading.inference.times import add_run_time
from slipstick.reading.quantities.arithmetic import magnitude, plain_number
from slipstick.units import Compound, Dimension, Exponent, UnitTerm, dimension_of, is_device, size, table, written

_BARE_RATE = 10**9
"""A bare number at least this large may be a rate in FLOP/s; no smaller one is ever taken for a rate."""
_RATE = (UnitTerm("FLOP"), UnitTerm("second", "", -1))
_ONE = Fraction(1)
_TIME: Dimension = (("second", 1),)
_PER_TIME: Dimension = (("second", -1),)
_PER_FLOP: Dimension = (("FLOP", -1),)
_TIME_PER_FLOP: Dimension = (("FLOP", -1), ("second", 1))


def counted_in(of: Dimension) -> dict[str, Exponent]:
    """The exponents of the things counted."""
    return {n: e for n, e in of if table().is_counted(n)}


def exponent_of(of: Dimension, name: str) -> Exponent:
    """The exponent of one base unit; 0 where it is not there."""
    return dict(of).get(name, 0)


def _wants_flop(wants: Dimension | None) -> bool:
    """Whether a count of operations is claimed, or nothing that says otherwise."""
    return wants is None or (exponent_of(wants, "FLOP") == 1 and not exponent_of(wants, "second"))


def _wants_rate(wants: Dimension | None) -> bool:
    return wants is not None and exponent_of(wants, "FLOP") == 1 and exponent_of(wants, "second") == -1


def take_written_out(row: Row) -> None:
    """`3640 PF-days * 10^15 FLOP/s * 86400 s`: constants with units that make one of the unit beside them write it out.

    They convert, as they would without their units, and no operations are multiplied by operations.
    """
    if len([f for f in row if f.unit and "FLOP" in [t.name for t in f.unit]]) != 2:
        return
    for factor in row:
        if factor.exponent == 1 and len(factor.unit) > 1 and dimension_of(factor.unit) == (("FLOP", 1),):
            rest = [
                f for f in row if f is not factor and f.exponent == 1 and f.formula is None and is_constant(f.value)
            ]
            some = _that_make(rest, factor.unit)
            for constant in some:
                constant.unit = ()
            if some:
                consume(some, f"conversion from {written(factor.unit)} to FLOP")
                return


def _that_make(constants: Sequence[Factor], unit: Compound) -> tuple[Factor, ...]:
    """The constants with units that make one of a unit of operations, or of the rate in it; () where there are none."""
    rate = tuple(t for t in unit if t.name == "FLOP" or t.exponent < 0)
    for one in (unit, rate):
        for some in (s for many in range(1, 5) for s in combinations(constants, many)):
            made = dimension_of(tuple([t for f in some for t in f.unit]))
            if made == dimension_of(one) and prod((f.value * size(f.unit) for f in some), start=_ONE) == size(one):
                return some
    return ()


def add_rate(row: Row, wants: Dimension | None) -> None:
    """A large bare number in a line with a time and a claim in FLOP, or in no unit at all, is a rate (cost 1)."""
    left = row.dimension
    if wants is not None and exponent_of(wants, "second") == 1 and not exponent_of(wants, "FLOP"):
        _add_divisor(row, left)
        return
    if exponent_of(left, "FLOP") or not (_wants_flop(wants) or _wants_rate(wants)):
        return
    if exponent_of(left, "second") != 1 and not _add_hours(row, left):
        if wants is not None and _wants_flop(wants):
            _add_operations_of_devices(row, left)
        elif wants is not None and (large := _rate_beside_devices(row, left)) is not None:
            _call(
                large, (UnitTerm("FLOP"), UnitTerm("second", "", -1)), "FLOP/s"
            )  # "3072 chips * 275e12 = 8.4e17 FLOP/s"
        return
    if any(not table().is_counted(n) and n != "second" for n, _ in left):
        return
    least = _BARE_RATE if wants is not None else _BARE_RATE * 100
    able = [f for f in row.bare(1) if f.value >= least]
    if len(able) == 1:
        per = _longer_time(row, able[0])
        _call(able[0], (UnitTerm("FLOP"), UnitTerm(per, "", -1)), f"FLOP/{per}" if per != "second" else "FLOP/s")


_LARGEST_RATE = 10**17
"""No single device does as many operations in a second."""


def _longer_time(row: Row, rate: Factor) -> str:
    """The day, hour or year of the device-time beside a number of operations too large for one device and second."""
    if rate.value < _LARGEST_RATE or not any(is_device(n) for n, _ in row.dimension):
        return "second"
    times = [t.name for t in row.left if table().dimension(t) == table().dimension(UnitTerm("second"))]
    return times[0] if len(times) == 1 else "second"


def _add_hours(row: Row, left: Dimension) -> bool:
    """`256 chips * 275e12 * 50 * 3600`: beside devices, a large number and 3600, the 50 are hours (cost 1)."""
    large = _rate_beside_devices(row, left)
    return large is not None and add_run_time(Row(f for f in row if f is not large), Fraction(1))


def _rate_beside_devices(row: Row, left: Dimension) -> Factor | None:
    """The one number as large as a rate, without a unit, in a product that has only devices counted in it."""
    if not left or not all(is_device(n) and e == 1 for n, e in left):
        return None
    large = [f for f in row.numbers if not f.role and f.exponent == 1 and f.value >= _BARE_RATE * 100]
    return large[0] if len(large) == 1 and not large[0].unit else None


def _add_operations_of_devices(row: Row, left: Dimension) -> None:
    """`3.12e14 * 0.3 * 2700 * 256 A800s = 6.5e19 FLOP`: which number is the seconds is not said; operations are (1)."""
    large = _rate_beside_devices(row, left)
    if large is not None and len(row.bare(1)) > 1:
        _call(large, (UnitTerm("FLOP"),), "FLOP")


_LEAST_TOTAL = 15
"""A bare dividend with at least this decimal logarithm may be a count of operations."""


def _may_be_operations(dividends: Sequence[Fraction]) -> bool:
    positive = bool(dividends) and all(value > 0 for value in dividends)
    return positive and sum(map(magnitude, dividends)) >= _LEAST_TOTAL - _ROUNDING


_ROUNDING = 1e-6


def add_dividend(row: Row, wants: Dimension | None, share: bool) -> None:
    """`3.29e24 / 2.664M hours = 343 TFLOP/s per GPU`: where FLOP/s are claimed, a number over a time is operations.

    Where a percentage is claimed (`share`), a large bare divisor beside a time is the rate in FLOP/s (cost 1 each), and
    so is one beside devices, where a time is claimed. Where a rate is written and a time claimed, the dividend is
    operations: `8.6e23 / (2240 GPUs * 126e12 FLOP/s) = 35 days`.
    """
    left = uncounted(row.dimension)
    timed = left == _PER_TIME
    wanted = (timed and _wants_rate(wants)) or (share and left == _PER_FLOP)
    over_rate = (share and timed) or (not left and bool(row.left) and wants == _TIME)
    wanted = wanted or (left == _TIME_PER_FLOP and wants == _TIME)
    if not wanted and not over_rate:
        return
    rates = [f for f in row.bare(-1) if over_rate and f.value >= _BARE_RATE]
    of_rate = len(rates) == 1
    above = row.bare(1)
    if not (wanted or of_rate) or not _may_be_operations([f.value for f in above]):
        return
    if of_rate:
        _call(rates[0], _RATE, "FLOP/s")
    _call(max(above, key=lambda f: f.value), (UnitTerm("FLOP"),), "FLOP")


def add_things_each_second(row: Row, wants: Dimension | None) -> None:
    """`6 days * 86400 * 26k = 13.5B tokens`: beside a run that leads to seconds, so many each second (cost 1)."""
    thing = wants[0][0] if wants is not None and len(wants) == 1 and wants[0][1] == 1 else ""
    if not thing or not table().is_counted(thing) or is_device(thing) or row.dimension != _TIME:
        return
    run = find_run(row, size(row.left))
    able = [f for f in row.bare(1) if f.value >= 1 and f not in run] if run is not None else []
    if able:
        owner = max(able, key=lambda f: f.value)
        words = f"{plain_number(owner.value)} {thing.strip('_').replace('_', ' ')}s per second"
        _call(owner, (UnitTerm(thing), UnitTerm("second", "", -1)), words)


def _call(factor: Factor, unit: Compound, words: str) -> None:
    factor.unit = unit
    factor.notes.append(f"read as {words}")
    factor.cost += 1


def is_over_rate(parts: Sequence[tuple[Factor, Exponent]]) -> bool:
    """`3e21 / (64 * 312e12 * 0.4)`: whether bare numbers can be operations over a rate, which gives seconds."""
    above, below = ([f.value for f, e in parts if e == sign] for sign in (1, -1))
    return _may_be_operations(above) and any(v >= _BARE_RATE for v in below) and not _OF_A_DAY & set(below)


_OF_A_DAY = frozenset(map(Fraction, (24, 60, 1440, 3600, 86400)))
"""Divisors that lead from seconds to a larger unit: the quotient is in that one already."""


def _add_divisor(row: Row, left: Dimension) -> None:
    """Operations divided by a large bare number, where a time is claimed: the divisor is a rate (cost 1)."""
    if exponent_of(left, "FLOP") != 1 or exponent_of(left, "second"):
        return
    able = [f for f in row.bare(-1) if f.value >= _BARE_RATE]
    if len(able) == 1:
        _call(able[0], _RATE, "FLOP/s")


def add_operations(row: Row, wants: Dimension | None) -> None:
    """A bare 6 or 2 beside parameters and tokens is FLOP per parameter per token (cost 1).

    So it is per token where the parameters are a bare number, and plain FLOP where an operation count is divided by a
    rate, if the claim wants it.
    """
    six = next((f for f in row.numbers if not f.role and f.exponent == 1 and f.value.as_integer_ratio() in _EACH), None)
    if six is None or six.unit:
        return
    left = row.dimension
    counted = counted_in(left)
    if any(e != 1 for n, e in counted.items() if not is_device(n)):
        return
    data = [n for n in counted if n != "parameter" and not is_device(n)]
    if wants is not None and exponent_of(wants, "FLOP") == 1 and exponent_of(left, "MAC") == 1 and six.value == 2:
        _call(six, (UnitTerm("FLOP"), UnitTerm("MAC", "", -1)), "2 FLOP per multiply-add")
        return
    short = wants is not None and exponent_of(wants, "FLOP") - exponent_of(left, "FLOP") == 1
    if _wants_flop(wants) and not exponent_of(left, "FLOP") and "parameter" in counted and data:
        per = ["parameter", *data]
    elif wants is None and six.value == 6 and left == (("token", 1),) and _has_parameters(row, six):
        per = data  # "6 * 104B * 4T tokens"
    elif wants is None and exponent_of(left, "FLOP") == -1 and "parameter" in counted and data:
        per = ["parameter", *data]  # the share of a peak that 6 * N * tokens/s is
    elif short and (counted or exponent_of(left, "FLOP")):
        per = [*(["parameter"] if "parameter" in counted else []), *data]
    else:
        return
    words = "".join(f" per {n}" for n in per)
    _call(six, (UnitTerm("FLOP"), *(UnitTerm(n, "", -1) for n in per)), f"FLOP{words}")


_EACH = frozenset(((2, 1), (3, 1), (4, 1), (6, 1)))
"""Operations for each parameter and token, as quotients."""


def _has_parameters(row: Row, six: Factor) -> bool:
    """Whether one other bare number stands in the product, as large as a number of parameters."""
    bare = [f for f in row.bare(1) + row.bare(-1) if f is not six]
    return len(bare) == 1 and bare[0].exponent == 1 and bare[0].value >= _LEAST_PARAMETERS


_LEAST_PARAMETERS = 10**6
