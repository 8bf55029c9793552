"""Which factor of one estimate stands for which of another: by the object, by name, role, unit, then by kind of unit.

What is closest is paired first. Nothing depends on the order in which factors were written; where several could stand
for several, equal ones are paired, and what is left of them is one row together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from slipstick.comparison.factoring import Factor
from slipstick.reading.quantities.kinds import kind_of
from slipstick.units import Dimension, Exponent, dimension, is_device, table

_TIME: Dimension = (("second", 1),)
_MOST_JOINED = 3
_MOST_TRIED = 10
"""Among so many factors without a partner one is looked for that is the product of others."""


class Pair(NamedTuple):
    """Factors of A beside those of B that stand for them; one side is empty where the other has no partner."""

    a: tuple[Factor, ...]
    b: tuple[Factor, ...]


Key = Callable[[Factor], Hashable]


def aligned(first: Sequence[Factor], second: Sequence[Factor]) -> list[Pair]:
    """The pairs, in the order of the first, then what only the second has in its own."""
    left, right = list(first), list(second)
    pairs: list[Pair] = []
    for key in _KEYS[:_JOINED_AFTER]:
        pairs += _matched(left, right, key)
    pairs += _joined(left, right)
    for key in _KEYS[_JOINED_AFTER:]:
        pairs += _matched(left, right, key)
    pairs += _grouped(left, right)
    pairs += [Pair((f,), ()) for f in left] + [Pair((), (f,)) for f in right]
    place = {id(f): n for n, f in enumerate((*first, *second))}
    return sorted(pairs, key=lambda pair: min(place[id(f)] for f in (pair.a or pair.b)))


def generic(of: Dimension) -> tuple[tuple[str, Exponent], ...]:
    """A dimension with every device as just that, those above and those below kept apart.

    Servers, and nodes and pods of unnamed parts, are things that devices are counted in.
    """
    return tuple(sorted(("device" if _is_one_device(n) else n, e) for n, e in of))


def _is_one_device(name: str) -> bool:
    family, part, level = kind_of(name)
    return is_device(name) and bool(part or name == "device" or ((family or level) and level not in ("node", "pod")))


def devices(of: Dimension) -> list[tuple[str, Exponent]]:
    """The devices in a dimension with their powers."""
    return [(n, e) for n, e in of if is_device(n)]


def is_packaging(factors: Sequence[Factor]) -> bool:
    """Whether factors say how many devices of one level of a part are in one of another: boards per core of TPU v3."""
    for factor in factors:
        found = devices(factor.dimension)
        parts = {kind_of(name)[1] for name, _ in found}
        if sorted(e for _, e in found) != [-1, 1] or len(factor.dimension) != 2 or len(parts) != 1 or "" in parts:
            return False
    return bool(factors)


def _object(factor: Factor) -> Hashable:
    return factor.identity


def _name(factor: Factor) -> Hashable:
    return (factor.name, factor.dimension) if factor.noun else None


def _noun(factor: Factor) -> Hashable:
    return (factor.noun, factor.dimension) if factor.noun else None


def _role(factor: Factor) -> Hashable:
    return factor.role if factor.role in ("utilization", "rate") else None


def _unit(factor: Factor) -> Hashable:
    return factor.dimension or None


def _kind(factor: Factor) -> Hashable:
    return generic(factor.dimension) or None


def _noun_of_kind(factor: Factor) -> Hashable:
    return (factor.noun, generic(factor.dimension)) if factor.noun else None


def _nameless(factor: Factor) -> Hashable:
    """Numbers without unit and name stand for one another only where they are equal."""
    return ("number", factor.value) if not factor.dimension and not factor.noun else None


def _devices_per_anything(factor: Factor) -> Hashable:
    """How many devices there are, perhaps for each of something else that is counted ("32 boards" per agent)."""
    above = [n for n, e in factor.dimension if e > 0]
    below = [n for n, e in factor.dimension if e < 0]
    counts = all(table().is_counted(n) and not is_device(n) for n in below)
    return "devices" if len(above) == 1 and is_device(above[0]) and counts else None


def _of_or_per_device(factor: Factor) -> Hashable:
    """What a rate or price is of, whether it is said per device or not; a time, whether it is one of devices."""
    rest = tuple(pair for pair in factor.dimension if not is_device(pair[0]))
    above = [e for _, e in devices(factor.dimension) if e > 0]
    return ("of", rest) if rest == _TIME or (rest and not above) else None


_KEYS: tuple[Key, ...] = (
    _object, _name, _noun, _role, _unit, _noun_of_kind, _kind, _nameless, _devices_per_anything, _of_or_per_device,
)  # fmt: skip
_JOINED_AFTER = 8


def _buckets(factors: Sequence[Factor], key: Key) -> dict[Hashable, list[Factor]]:
    found: dict[Hashable, list[Factor]] = {}
    for factor in factors:
        if (under := key(factor)) is not None:
            found.setdefault(under, []).append(factor)
    return found


def _matched(left: list[Factor], right: list[Factor], key: Key) -> Iterator[Pair]:
    """Pairs under one key, taken out of both lists: those of equal value, then what is left if it is one and one."""
    ours, theirs = _buckets(left, key), _buckets(right, key)
    taken: set[int] = set()
    for under in ours.keys() & theirs.keys():
        for pair in _pairs(ours[under], theirs[under]):
            taken |= {id(pair.a[0]), id(pair.b[0])}
            yield pair
    left[:] = [f for f in left if id(f) not in taken]
    right[:] = [f for f in right if id(f) not in taken]


def _pairs(ours: Sequence[Factor], theirs: Sequence[Factor]) -> Iterator[Pair]:
    if len(ours) == len(theirs) == 1:
        yield Pair((ours[0],), (theirs[0],))
        return
    rest_of_ours = sorted(ours, key=lambda f: f.order)
    rest_of_theirs = sorted(theirs, key=lambda f: f.order)
    equals: dict[Any, list[Factor]] = {}
    for other in rest_of_theirs:
        equals.setdefault(other.value, []).append(other)
    lone = []
    for one in rest_of_ours:
        same = equals.get(one.value)
        if same:
            yield Pair((one,), (same.pop(0),))
        else:
            lone.append(one)
    others = [f for each in equals.values() for f in each]
    if len(lone) == len(others) == 1:
        yield Pair((lone[0],), (others[0],))


def _joined(left: list[Factor], right: list[Factor]) -> Iterator[Pair]:
    """A factor of one that is the product of two or three of the other: core-years beside cores times years."""
    if max(len(left), len(right)) > _MOST_TRIED:
        return
    found = [(group, Pair((one,), group)) for one in left if (group := _product(one, right))]
    found += [(group, Pair(group, (one,))) for one in right if (group := _product(one, left))]
    taken: set[int] = set()
    for _, pair in sorted(found, key=lambda each: (len(each[0]), sorted(f.order for side in each[1] for f in side))):
        members = {id(f) for side in pair for f in side}
        if not members & taken:
            taken |= members
            yield pair
    left[:] = [f for f in left if id(f) not in taken]
    right[:] = [f for f in right if id(f) not in taken]


def _product(one: Factor, several: Sequence[Factor]) -> tuple[Factor, ...]:
    """The factors that are of the kind of `one` together; empty where there are none, or more than one such choice.

    Packaging is none of them: whether the hardware has it so is to be seen.
    """
    if one.is_sum or not (len(one.dimension) > 1 or devices(one.dimension)):
        return ()
    wanted = generic(one.dimension)
    able = [f for f in several if f.dimension and not f.is_sum and not is_packaging((f,))]
    for number in range(2, _MOST_JOINED + 1):
        fits = [
            group
            for group in combinations(able, number)
            if generic(dimension(pair for f in group for pair in f.dimension)) == wanted
        ]
        if fits:
            return tuple(sorted(fits[0], key=lambda f: f.order)) if len(fits) == 1 else ()
    return ()


def _grouped(left: list[Factor], right: list[Factor]) -> Iterator[Pair]:
    """What may stand for one another in more than one way, together: "2 × 3" beside "5"."""
    ours, theirs = _buckets(left, _like), _buckets(right, _like)
    taken: set[int] = set()
    for under in ours.keys() & theirs.keys():
        pair = Pair(tuple(ours[under]), tuple(theirs[under]))
        taken |= {id(f) for side in pair for f in side}
        yield pair
    left[:] = [f for f in left if id(f) not in taken]
    right[:] = [f for f in right if id(f) not in taken]


def _like(factor: Factor) -> Hashable:
    found = (_role(factor), _kind(factor), factor.noun or None)
    return next((each for each in found if each is not None), None)
