"""Bare numbers of a calculation that the text states elsewhere with a unit: as devices, as a time, or as either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from slipstick.judging.device_counts import device_and_time
from slipstick.reading.expressions.tree import Group, Node, Product, quantities
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.reading.relations.claims import WrittenCalculation
from slipstick.source import Span
from slipstick.units import Compound

STEPS = frozenset((24, 60, 3600, 86400, 604800, 31536000))
"""What times are multiplied by on their way to seconds."""
_BEFORE, _BEHIND = 600, 300  # characters that may state what the numbers are

StatedUnits = Mapping[Quantity, Sequence[Quantity]]
"""Bare numbers, each with the quantities of devices or time of the same value that the text states."""


def stated_units(written: WrittenCalculation, stated: StatedQuantities) -> StatedUnits:
    """For bare numbers the quantities of devices or time in the text that are of that value, as no other number is.

    None where anything is divided: a count may be on the way to another level then ("2048/2").
    """
    if _divides(written.expression):
        return {}
    bare = [q for q in quantities(written.expression) if q.is_bare and not q.remark]
    values = [q.number.value.as_integer_ratio() for q in bare]  # which are looked up faster than a Fraction
    times = Counter(values)
    single = {value: q for value, q in zip(values, bare, strict=True) if times[value] == 1}
    said: dict[tuple[int, int], dict[Compound, Quantity]] = {}
    for stretch in around(stated, written.span):  # what stands before is not made unclear by what follows
        open_ones = {value: significant_digits(q.number.value) for value, q in single.items() if value not in said}
        for each in stated.between(*stretch, set(open_ones.values())) if open_ones else ():
            value, unit = each.number.value.as_integer_ratio(), each.meaning(False)
            if value in open_ones and any(device_and_time(unit)):
                said.setdefault(value, {}).setdefault(unit, each)
    return {number: list(said[value].values()) for value, number in single.items() if value in said}


def only_devices(found: StatedUnits) -> frozenset[Span]:
    """The numbers that the text states as devices of several kinds: whichever are meant, they are no time."""
    many = {number: [device_and_time(each.meaning(False)) for each in said] for number, said in found.items()}
    return frozenset(n.span for n, said in many.items() if len(said) > 1 and not any(time for _, time in said))


def settled(found: StatedUnits) -> Iterator[dict[Quantity, Quantity]]:
    """What the numbers are that the text states once; one that it states as a time and as devices is either."""
    once = {number: said[0] for number, said in found.items() if len(said) == 1}
    twice = [(n, said) for n, said in found.items() if [_is_time(each) for each in said] in _TIME_AND_DEVICES]
    if len(twice) == 1:
        number, said = twice[0]
        for each in sorted(said, key=_is_time, reverse=True):
            yield _without_recited({**once, number: each})
    yield _without_recited(once)


_TIME_AND_DEVICES = ([True, False], [False, True])


def _is_time(quantity: Quantity) -> bool:
    """Whether a quantity is a time, and no device-time: "16 V100-days" say nothing of how long it took."""
    device, time = device_and_time(quantity.meaning(False))
    return bool(time) and not device


def _without_recited(units: dict[Quantity, Quantity]) -> dict[Quantity, Quantity]:
    """Without "24 hours" and "3600 s" where both are stated and no other time: they are the steps of a conversion."""
    times = [number for number, said in units.items() if device_and_time(said.meaning(False))[1]]
    if len(times) < 2 or any(number.number.value not in STEPS for number in times):
        return units
    return {number: said for number, said in units.items() if number not in times}


def around(stated: StatedQuantities, place: Span) -> tuple[Span, Span]:
    """The text beside a calculation, before and behind it."""
    before = Span(max(place.start - _BEFORE, 0), place.start)
    return before, Span(place.end, min(place.end + _BEHIND, len(stated.text)))


def _divides(node: Node) -> bool:
    if isinstance(node, Product):
        return any(sign != "*" or _divides(part) for sign, part in node.parts)
    return isinstance(node, Group) and _divides(node.inner)
