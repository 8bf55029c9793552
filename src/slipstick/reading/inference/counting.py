"""Things counted that the writer left unsaid: which kind a generic name means, per what a rate is, what is left over.

Every addition costs 1 and is kept as a note; none of them changes a number (specs/inference.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from slipstick.reading.inference.conversions import find_run
from slipstick.reading.inference.factors import Factor, Row, lacking
from slipstick.reading.inference.operations import counted_in, exponent_of
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.reading.quantities.kinds import clashing_devices, kind_of
from slipstick.units import (
    Compound,
    Dimension,
    Exponent,
    UnitTerm,
    dimension_of,
    is_device,
    size,
    table,
    written,
)


def scale_to_many(row: Row, many: Fraction) -> None:
    """A number that is as large as what the claim is for only scales to it: "* 1,000,000 = $6.54 per 1M tokens"."""
    scaling = [f for f in row.numbers if f.exponent == 1 and f.value == many and not f.unit]
    if len(scaling) == 1:
        scaling[0].role = "conversion"
        scaling[0].notes.append(f"scales to {plain_number(many)}, which the claim is for")


def take_label(factors: Sequence[Factor], value: Fraction, unit: Compound) -> None:
    """ "22 TPU core-years = 22 years * ...": the years are core-years, as the line itself says (cost 1)."""
    for factor in factors:
        more = [t for t in unit if t not in factor.unit]
        same = factor.value == value and factor.unit and len(more) < len(unit)
        if same and more and all(is_device(t.name) for t in more):
            factor.unit = (*more, *factor.unit)
            factor.notes.append(f"read as {written(factor.unit)}, as the left side says")
            factor.cost += 1
            return


def settle_counts(row: Row, target: Dimension | None) -> list[str]:
    """Account for things counted that the result does not have: a rate per device, devices per agent, else dropped.

    Returns the notes on what was dropped.
    """
    left = row.dimension
    if target is not None and exponent_of(target, "FLOP") and not exponent_of(left, "FLOP"):
        return []  # no count explains operations: a rate is missing, not a noun left over
    if target is not None and _is_money(target) and not _is_money(left):
        return []  # nor money: a price is
    if target is None:
        _attach_below(row, left)
        left = _with_parameters_of_experts(row, left)
        if not exponent_of(left, "FLOP"):
            return []  # a total in FLOP or a rate has no things counted in it; anything else keeps its own
    counted = counted_in(left)
    wanted = counted_in(target) if target is not None else {}
    if counted == wanted:
        return []
    surplus = {n: e - wanted.get(n, 0) for n, e in counted.items()}
    deficit = {n: e for n, e in wanted.items() if n not in counted}
    _same_thing(row, surplus, deficit)
    if target is not None:
        _operations_for_one(row, target, deficit)
    _bare_ratio(row, surplus, deficit)
    if clashing_devices({**surplus, **{n: -e for n, e in deficit.items()}}):
        return []
    _take_from_claim(row, deficit)
    _attach_over(row, sorted((n for n, e in surplus.items() if e == 1), key=_size_order))
    return _drop(row, wanted)


def _is_money(of: Dimension) -> bool:
    return any(table().sections.get(name) == "money" and exponent == 1 for name, exponent in of)


def _attach_over(row: Row, over: list[str]) -> None:
    """A rate is per the first of what is over, and if that leaves one, the things it is per are per that."""
    rate = next(filter(_is_rate, row), None) if over else None
    if rate is None:
        return
    if _holds_devices(over[0]) and (many := _held_by(row, over[0])) is not None:
        many.unit = (_DEVICE, UnitTerm(over[0], "", -1))
        many.notes.append(f"read as {plain_number(many.value)} devices per {_noun(over[0])}")
        many.cost += 1
        over[0] = _DEVICE.name
    _attach(rate, over.pop(0))
    if len(over) == 1:
        inner = rate.unit[-1].name
        holder = next((f for f in row if f.exponent == 1 and [t.name for t in f.unit] == [inner]), None)
        if holder is not None:
            _attach(holder, over.pop())


_DEVICE = UnitTerm("device")
_HOLDING = frozenset(("node", "server", "pod"))
"""What holds several devices, of which one has the rate: "16 nodes * 8 * 312 TFLOP/s"."""
_NUMBERS_HELD = frozenset((6, 72, *(2**n for n in range(1, 13))))


def _holds_devices(name: str) -> bool:
    return name in _HOLDING or kind_of(name)[2] in _HOLDING


def _held_by(row: Row, name: str) -> Factor | None:
    """The bare number right behind a count of nodes that may be the devices of each."""
    at = next((n for n, f in enumerate(row) if f.exponent == 1 and [t.name for t in f.unit] == [name]), len(row))
    behind = row[at + 1] if at + 1 < len(row) else None
    return behind if behind is not None and behind in row.bare(1) and behind.value in _NUMBERS_HELD else None


def _attach_below(factors: Sequence[Factor], left: Dimension) -> None:
    """`1e23 FLOP / (1024 GPUs * 312 TFLOP/s * 9 days)`: a rate that divides is per the device that does (cost 1)."""
    if len(left) != 1 or left[0][1] != -1 or not is_device(left[0][0]):
        return
    rates = [f for f in factors if f.exponent == -1 and dict(dimension_of(f.unit)) == {"FLOP": 1, "second": -1}]
    if len(rates) == 1:
        _attach(rates[0], left[0][0])


_AN_EXPERT: Dimension = (("expert", 1),)
_LEAST_PARAMETERS = 10**6


def _with_parameters_of_experts(row: Row, left: Dimension) -> Dimension:
    """ "8 experts x 7B = 56B": what an expert has millions or billions of are its parameters (cost 1)."""
    many = [f for f in row.bare(1) if f.value >= _LEAST_PARAMETERS] if left == _AN_EXPERT else []
    if len(many) != 1:
        return left
    many[0].unit = (UnitTerm("parameter"), UnitTerm("expert", "", -1))
    many[0].notes.append(f"read as {plain_number(many[0].value)} parameters per expert")
    many[0].cost += 1
    return row.dimension


def _size_order(name: str) -> tuple[int, str]:
    """Devices before other things, smaller levels first."""
    level = kind_of(name)[2]
    order = ("core", "chip", "GPU", "board", "", "node", "pod")
    small = is_device(name) and name not in ("node", "server", "cluster", "pod")
    return (order.index(level) if small and level in order else 9), name


def _is_rate(factor: Factor) -> bool:
    """A rate in FLOP/s, or an operation count, that is not yet per a thing counted; no rate is per two things."""
    if factor.exponent != 1:
        return False
    vector = dimension_of(factor.unit)
    priced = any(table().sections.get(n) == "money" and e == 1 for n, e in vector)
    operations = exponent_of(vector, "FLOP") + exponent_of(vector, "MAC")  # those of a multiply-add, 2 FLOP/MAC: 0
    amount = operations == 1 or (priced and bool(exponent_of(vector, "second")))
    return amount and not any(e < 0 for e in counted_in(vector).values())


def _attach(factor: Factor, name: str) -> None:
    factor.unit = (*factor.unit, UnitTerm(name, "", -1))
    number = plain_number(factor.value) + " " if factor.formula is None else ""
    counts_one = len(factor.unit) == 2 and table().is_counted(factor.unit[0].name)
    spelled = written(factor.unit[:-1]) + ("s" if counts_one and factor.value != 1 else "")
    factor.notes = [note for note in factor.notes if note not in _WITHOUT_THING]
    factor.notes.append(f"read as {number}{spelled} per {_noun(name)}")
    factor.cost += 1


_WITHOUT_THING = frozenset(("read as FLOP", "read as FLOP/s"))
"""Notes that the one with the thing counted says again."""
_TO_SECONDS = (60, 3600, 86400)
_PER_FLOP: Dimension = (("FLOP", -1),)


def operations_before_conversions(row: Row, target: Dimension) -> None:
    """ "312 TFLOP/s * 86400 / (6 * 7e9) = 642M tokens per day": what the constants lead to is seen without the FLOP."""
    if row.constants and lacking(row.dimension, target) == _PER_FLOP:
        own = counted_in(row.dimension)
        _operations_for_one(row, target, {n: e for n, e in counted_in(target).items() if n not in own})


def _operations_for_one(row: Row, target: Dimension, deficit: dict[str, Exponent]) -> None:
    """ "1e15 FLOP/s * 30% / (2 * 30e9) = 5,000 tokens/s": the divisor is the operations for each token (cost 1)."""
    nouns = [n for n, e in deficit.items() if e == 1 and n in table() and not is_device(n)]
    if len(nouns) != 1 or exponent_of(row.dimension, "FLOP") != 1 or exponent_of(target, "FLOP"):
        return
    below = [f for f in row if f.exponent == -1 and not f.unit and not f.role and f.value > 1]
    if not below:
        return
    largest = max(below, key=lambda factor: factor.value)
    largest.unit = (UnitTerm("FLOP"), UnitTerm(nouns[0], "", -1))
    beside = " * ".join(plain_number(f.value) for f in below if f is not largest and f.value not in _TO_SECONDS)
    largest.notes.append(f"{f'with {beside} ' if beside else ''}read as FLOP per {_noun(nouns[0])}, as the claim says")
    largest.cost += 1
    del deficit[nouns[0]]


_SAME = (("request", "query"), ("query", "request"))


def _same_thing(row: Row, surplus: dict[str, Exponent], deficit: dict[str, Exponent]) -> None:
    """ "20M requests/day / 86400 = 231 QPS": two words for one thing."""
    for name, other in _SAME:
        if surplus.get(name) and surplus.get(name) == deficit.get(other):
            for factor in row:
                factor.unit = tuple(t._replace(name=other) if t.name == name else t for t in factor.unit)
            del surplus[name], deficit[other]


def _bare_ratio(row: Row, surplus: dict[str, Exponent], deficit: dict[str, Exponent]) -> None:
    """ "32 nodes * 8 = 256 GPUs", "1024 cores / 2 = 512 chips": a bare number between two kinds of device (cost 1)."""
    over = [n for n, e in surplus.items() if e == 1 and is_device(n)]
    under = [n for n, e in deficit.items() if e == 1 and is_device(n)]
    if len(over) != 1 or len(under) != 1:
        return
    bare = [f for f in row.bare(1) + row.bare(-1) if f.value > 1]
    if len(bare) == 1:
        factor = bare[0]
        above, below = (under[0], over[0]) if factor.exponent == 1 else (over[0], under[0])
        factor.unit = (UnitTerm(above), UnitTerm(below, "", -1))
        factor.notes.append(f"read as {plain_number(factor.value)} {_noun(above)}s per {_noun(below)}")
        factor.cost += 1
        surplus.pop(over[0])
        deficit.pop(under[0])


_DATA = frozenset(("example", "image", "token", "word", "frame"))
"""What steps and examples are made of: "450k iterations * 256 = 115M images"."""


def _take_from_claim(row: Row, deficit: dict[str, Exponent]) -> None:
    """Things counted that only the claim names: a bare number counts them, else the result is per or of them."""
    if not deficit or not any(f.unit or f.role for f in row):
        return  # without any unit, the expression takes the claim's unit whole
    left = counted_in(row.dimension)
    named = [n for n, e in left.items() if e == 1 and n in table() and not is_device(n) and n != "example"]
    strict = len(left) < len(row.dimension) or any(map(is_device, (*left, *deficit)))
    if named and strict and any(e > 0 and n not in _DATA for n, e in deficit.items()):
        return  # tokens do not become GPUs because the claim says so, though moves become positions
    for name, exponent in deficit.items():
        free = row.free(1)
        bare = [f for f in row.bare(1) if f.value > 1 and f not in free] if exponent == 1 else []
        able = bare or [f for f in row if f.role == ""]
        factor = able[0] if able else None
        if factor is not None:
            factor.unit = (*factor.unit, UnitTerm(name, "", exponent * factor.exponent))
            factor.notes.append(f"{'' if exponent > 0 else 'per '}{_noun(name)}, as the claim says")
            factor.cost += 1


def _noun(name: str) -> str:
    return name.strip("_").replace("_", " ")


def _drop(row: Row, wanted: Mapping[str, Exponent]) -> list[str]:
    """Take nouns that are left over out of the units (cost 1 each, a note, never more)."""
    notes: list[str] = []
    for name, exponent in counted_in(row.dimension).items():
        surplus = exponent - wanted.get(name, 0)
        for factor in row if surplus else ():
            kept: list[UnitTerm] = []
            taken: Exponent = 0
            for term in factor.unit:
                same = term.name == name and factor.role != "conversion"
                removable = same and (term.exponent * factor.exponent > 0) == (surplus > 0) and taken == 0
                if removable and surplus:
                    if term.prefix:  # of "12 MP * 3 bytes" 12 million are left
                        factor.value *= table().prefixes[term.prefix] ** int(term.exponent)
                    taken, surplus = term.exponent * factor.exponent, surplus - term.exponent * factor.exponent
                else:
                    kept.append(term)
            if taken:
                factor.unit = tuple(kept)
                factor.cost += 1
                notes.append(f"{'' if taken > 0 else 'per '}{_noun(name)}: left out of the unit")
    return notes


def time_unused(row: Row) -> bool:
    """Whether constants that make up a day or an hour were left as plain counts beside operations without a time."""
    left = row.dimension
    if exponent_of(left, "FLOP") != 1 or exponent_of(left, "second"):
        return False
    return any(find_run(row, size((UnitTerm(unit),))) is not None for unit in ("day", "hour"))
