"""Things counted that the writer left unsaid: which kind a generic name means, per what a rate is, what is left over.

Every addition costs 1 and is kept as a note; none of them changes a number (specs/inference.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from slipstick.reading.arithmetic import plain_number
from slipstick.reading.conversions import find_run
from slipstick.reading.factors import Factor, cancelled
from slipstick.reading.kinds import clashing_devices, kind_of
from slipstick.reading.times import add_run_time
from slipstick.units import (
    Dimension,
    Exponent,
    UnitTerm,
    dimension,
    dimension_of,
    is_device,
    size,
    table,
    written,
)

_BARE_RATE = 10**9
"""A bare number at least this large may be a rate in FLOP/s; no smaller one is ever taken for a rate."""


def _counted(of: Dimension) -> dict[str, Exponent]:
    return {n: e for n, e in of if table().is_counted(n)}


def _has(of: Dimension, name: str) -> Exponent:
    return dict(of).get(name, 0)


def _wants_flop(wants: Dimension | None) -> bool:
    """Whether a count of operations is claimed, or nothing that says otherwise."""
    return wants is None or (_has(wants, "FLOP") == 1 and not _has(wants, "second"))


def add_rate(factors: Sequence[Factor], wants: Dimension | None) -> None:
    """A large bare number in a line with a time and a claim in FLOP, or in no unit at all, is a rate (cost 1)."""
    left = dimension_of(cancelled(factors))
    if wants is not None and _has(wants, "second") == 1 and not _has(wants, "FLOP"):
        _add_divisor(factors, left)
        return
    for_rate = wants is not None and _has(wants, "FLOP") == 1 and _has(wants, "second") == -1  # FLOP/s said for FLOP
    if not (_wants_flop(wants) or for_rate) or _has(left, "FLOP"):
        return
    if _has(left, "second") != 1 and not (wants is None and _add_hours(factors, left)):
        return
    if any(not table().is_counted(n) and n != "second" for n, _ in left):
        return
    least = _BARE_RATE if wants is not None else _BARE_RATE * 100
    able = [f for f in factors if f.bare and f.role == "" and not f.unit and f.exponent == 1 and f.value >= least]
    if len(able) == 1:
        able[0].unit = (UnitTerm("FLOP"), UnitTerm("second", "", -1))
        able[0].notes.append("read as FLOP/s")
        able[0].cost += 1


def _add_hours(factors: Sequence[Factor], left: Dimension) -> bool:
    """`256 chips * 275e12 * 50 * 3600`: beside devices, a large number and 3600, the 50 are hours (cost 1)."""
    large = [f for f in factors if f.bare and not f.role and f.exponent == 1 and f.value >= _BARE_RATE * 100]
    if len(large) != 1 or not left or not all(is_device(n) and e == 1 for n, e in left):
        return False
    before = sum(f.cost for f in factors)
    if not large[0].unit:
        add_run_time([f for f in factors if f is not large[0]], Fraction(1))
    return sum(f.cost for f in factors) > before


def _add_divisor(factors: Sequence[Factor], left: Dimension) -> None:
    """Operations divided by a large bare number, where a time is claimed: the divisor is a rate (cost 1)."""
    if _has(left, "FLOP") != 1 or _has(left, "second"):
        return
    able = [f for f in factors if f.bare and f.role == "" and not f.unit and f.exponent == -1 and f.value >= _BARE_RATE]
    if len(able) == 1:
        able[0].unit = (UnitTerm("FLOP"), UnitTerm("second", "", -1))
        able[0].notes.append("read as FLOP/s")
        able[0].cost += 1


def add_operations(factors: Sequence[Factor], wants: Dimension | None) -> None:
    """A bare 6 or 2 beside parameters and tokens is FLOP per parameter per token (cost 1).

    So it is per token where the parameters are a bare number, and plain FLOP where an operation count is divided by a
    rate, if the claim wants it.
    """
    left = dimension_of(cancelled(factors))
    counted = _counted(left)
    six = next((f for f in factors if f.bare and f.role == "" and f.value in (2, 3, 4, 6) and f.exponent == 1), None)
    if six is None or six.unit or any(e != 1 for n, e in counted.items() if not is_device(n)):
        return
    data = [n for n in counted if n != "parameter" and not is_device(n)]
    if wants is not None and _has(wants, "FLOP") == 1 and _has(left, "MAC") == 1 and six.value == 2:
        six.unit = (UnitTerm("FLOP"), UnitTerm("MAC", "", -1))
        six.notes.append("read as 2 FLOP per multiply-add")
        six.cost += 1
        return
    short = wants is not None and _has(wants, "FLOP") - _has(left, "FLOP") == 1
    if _wants_flop(wants) and not _has(left, "FLOP") and "parameter" in counted and data:
        per = ["parameter", *data]
    elif wants is None and six.value == 6 and left == (("token", 1),) and _has_parameters(factors, six):
        per = data  # "6 * 104B * 4T tokens"
    elif wants is None and _has(left, "FLOP") == -1 and "parameter" in counted and data:
        per = ["parameter", *data]  # the share of a peak that 6 * N * tokens/s is
    elif short and (counted or _has(left, "FLOP")):
        per = [*(["parameter"] if "parameter" in counted else []), *data]
    else:
        return
    six.unit = (UnitTerm("FLOP"), *(UnitTerm(n, "", -1) for n in per))
    six.notes.append(f"read as FLOP{''.join(f' per {n}' for n in per)}")
    six.cost += 1


def _has_parameters(factors: Sequence[Factor], six: Factor) -> bool:
    """Whether one other bare number stands in the product, as large as a number of parameters."""
    bare = [f for f in factors if f.bare and not f.unit and not f.role and f is not six]
    return len(bare) == 1 and bare[0].exponent == 1 and bare[0].value >= _LEAST_PARAMETERS


_LEAST_PARAMETERS = 10**6


def settle_counts(factors: Sequence[Factor], target: Dimension | None) -> list[str]:
    """Account for things counted that the result does not have: a rate per device, devices per agent, else dropped.

    Returns the notes on what was dropped.
    """
    left = dimension_of(cancelled(factors))
    if target is not None and _has(target, "FLOP") and not _has(left, "FLOP"):
        return []  # no count explains operations: a rate is missing, not a noun left over
    if target is None:
        _attach_below(factors, left)
    wanted = _counted(target) if target is not None else _own_counts(left)
    surplus = {n: e - wanted.get(n, 0) for n, e in _counted(left).items()}
    deficit = {n: e for n, e in wanted.items() if n not in _counted(left)}
    _bare_ratio(factors, surplus, deficit)
    if clashing_devices({**surplus, **{n: -e for n, e in deficit.items()}}):
        return []
    _take_from_claim(factors, deficit)
    over = sorted((n for n, e in surplus.items() if e == 1), key=_size_order)
    rate = next((f for f in factors if _is_rate(f)), None)
    if rate is not None and over:
        _attach(rate, over.pop(0))
    if len(over) == 1 and rate is not None and rate.notes:
        inner = rate.unit[-1].name
        holder = next((f for f in factors if f.exponent == 1 and [t.name for t in f.unit] == [inner]), None)
        if holder is not None:
            _attach(holder, over.pop())
    return _drop(factors, target if target is not None else dimension(wanted))


def _attach_below(factors: Sequence[Factor], left: Dimension) -> None:
    """`1e23 FLOP / (1024 GPUs * 312 TFLOP/s * 9 days)`: a rate that divides is per the device that does (cost 1)."""
    rates = [f for f in factors if f.exponent == -1 and dict(dimension_of(f.unit)) == {"FLOP": 1, "second": -1}]
    if len(left) == 1 and left[0][1] == -1 and is_device(left[0][0]) and len(rates) == 1:
        _attach(rates[0], left[0][0])


def _own_counts(left: Dimension) -> dict[str, Exponent]:
    """Without a claimed unit: a total in FLOP or a rate has no things counted in it; anything else keeps its own."""
    return {} if _has(left, "FLOP") else _counted(left)


def _size_order(name: str) -> tuple[int, str]:
    """Devices before other things, smaller levels first."""
    level = kind_of(name)[2]
    order = ("core", "chip", "GPU", "board", "", "node", "pod")
    small = is_device(name) and name not in ("node", "server", "cluster", "pod")
    return (order.index(level) if small and level in order else 9), name


def _is_rate(factor: Factor) -> bool:
    """A rate in FLOP/s, or an operation count, that is not yet per a thing counted; no rate is per two things."""
    vector = dimension_of(factor.unit)
    priced = any(table().sections.get(n) == "money" and e == 1 for n, e in vector) and bool(_has(vector, "second"))
    amount = _has(vector, "FLOP") == 1 or priced
    return factor.exponent == 1 and amount and not any(e < 0 for e in _counted(vector).values())


def _attach(factor: Factor, name: str) -> None:
    factor.unit = (*factor.unit, UnitTerm(name, "", -1))
    number = plain_number(factor.value) + " " if factor.formula is None else ""
    counts_one = len(factor.unit) == 2 and table().is_counted(factor.unit[0].name)
    spelled = written(factor.unit[:-1]) + ("s" if counts_one and factor.value != 1 else "")
    factor.notes.append(f"read as {number}{spelled} per {_noun(name)}")
    factor.cost += 1


def _bare_ratio(factors: Sequence[Factor], surplus: dict[str, Exponent], deficit: dict[str, Exponent]) -> None:
    """ "32 nodes * 8 = 256 GPUs", "1024 cores / 2 = 512 chips": a bare number between two kinds of device (cost 1)."""
    over = [n for n, e in surplus.items() if e == 1 and is_device(n)]
    under = [n for n, e in deficit.items() if e == 1 and is_device(n)]
    bare = [f for f in factors if f.bare and f.role == "" and not f.unit and f.value > 1]
    if len(over) == len(under) == len(bare) == 1:
        factor = bare[0]
        above, below = (under[0], over[0]) if factor.exponent == 1 else (over[0], under[0])
        factor.unit = (UnitTerm(above), UnitTerm(below, "", -1))
        factor.notes.append(f"read as {plain_number(factor.value)} {_noun(above)}s per {_noun(below)}")
        factor.cost += 1
        surplus.pop(over[0])
        deficit.pop(under[0])


_DATA = frozenset(("example", "image", "token", "word", "frame"))
"""What steps and examples are made of: "450k iterations * 256 = 115M images"."""


def _take_from_claim(factors: Sequence[Factor], deficit: dict[str, Exponent]) -> None:
    """Things counted that only the claim names: a bare number counts them, else the result is per or of them."""
    if not any(f.unit or f.role for f in factors):
        return  # without any unit, the expression takes the claim's unit whole
    left = _counted(dimension_of(cancelled(factors)))
    named = [n for n, e in left.items() if e == 1 and n in table() and not is_device(n) and n != "example"]
    if named and any(e > 0 and n not in _DATA for n, e in deficit.items()):
        return  # tokens do not become GPUs because the claim says so
    for name, exponent in deficit.items():
        bare = (f for f in factors if exponent == 1 and f.bare and f.role == "" and not f.unit and f.value > 1)
        able = [f for f in factors if f.role == ""]
        factor = next((f for f in bare if f.exponent == 1 and not f.is_free_constant), able[0] if able else None)
        if factor is not None:
            factor.unit = (*factor.unit, UnitTerm(name, "", exponent * factor.exponent))
            factor.notes.append(f"{'' if exponent > 0 else 'per '}{_noun(name)}, as the claim says")
            factor.cost += 1


def _noun(name: str) -> str:
    return name.strip("_").replace("_", " ")


def _drop(factors: Sequence[Factor], target: Dimension) -> list[str]:
    """Take nouns that are left over out of the units (cost 1 each, a note, never more)."""
    wanted = _counted(target)
    notes: list[str] = []
    for name, exponent in _counted(dimension_of(cancelled(factors))).items():
        surplus = exponent - wanted.get(name, 0)
        for factor in factors if surplus else ():
            kept: list[UnitTerm] = []
            taken: Exponent = 0
            for term in factor.unit:
                same = term.name == name and factor.role != "conversion"
                removable = same and (term.exponent * factor.exponent > 0) == (surplus > 0) and taken == 0
                if removable and surplus:
                    taken, surplus = term.exponent * factor.exponent, surplus - term.exponent * factor.exponent
                else:
                    kept.append(term)
            if taken:
                factor.unit = tuple(kept)
                factor.cost += 1
                notes.append(f"{'' if taken > 0 else 'per '}{_noun(name)} left over")
    return notes


def time_unused(factors: Sequence[Factor]) -> bool:
    """Whether constants that make up a day or an hour were left as plain counts beside operations without a time."""
    left = dimension_of(cancelled(factors))
    if _has(left, "FLOP") != 1 or _has(left, "second"):
        return False
    return any(find_run(factors, size((UnitTerm(unit),))) is not None for unit in ("day", "hour"))
