"""Devices of unlike levels brought to one: boards, chips and cores by what the catalogue knows of their packaging."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from slipstick.catalogue import hardware
from slipstick.comparison.alignment import Pair, devices
from slipstick.comparison.factoring import Factor
from slipstick.reading.quantities.kinds import kind_of
from slipstick.units import Dimension, label


class Levels(NamedTuple):
    """The level that devices are brought to, and how many of it each device is, by the name of its unit."""

    level: str
    per_device: dict[str, Fraction]
    sources: tuple[str, ...]

    def of(self, dimension: Dimension) -> Fraction:
        """What a value of this dimension is multiplied by to be in devices of the common level."""
        result = Fraction(1)
        for name, exponent in devices(dimension):
            if exponent.denominator == 1:
                result *= self.per_device.get(name, Fraction(1)) ** int(exponent)
        return result

    def value(self, factors: Iterable[Factor]) -> Fraction:
        """The product of factors in devices of the common level."""
        result = Fraction(1)
        for factor in factors:
            result *= factor.value * self.of(factor.dimension)
        return result


AS_WRITTEN = Levels("", {}, ())
"""No device is brought to another level."""


def common_levels(pairs: Iterable[Pair]) -> Levels:
    """The level for the devices of all pairs; `AS_WRITTEN` where no two sides differ in level, or it is not known."""
    every = list(pairs)
    if not any(levels_differ(pair) for pair in every):
        return AS_WRITTEN
    names = sorted({n for pair in every for f in (*pair.a, *pair.b) for n, _ in devices(f.dimension)})
    used = {kind_of(name)[2] for name in names}
    for level in sorted(used, key=lambda each: (each != "chip", _rank(each))):
        found = [_per(name, level) for name in names]
        if all(each is not None for each in found):
            known = [each for each in found if each is not None]
            sources = dict.fromkeys(s for _, edges in known for s in edges)
            return Levels(level, {n: c for n, (c, _) in zip(names, known, strict=True)}, tuple(sources))
    return AS_WRITTEN


def _rank(level: str) -> int:
    return hardware.LEVELS.index(level) if level in hardware.LEVELS else -1


def _per(name: str, level: str) -> tuple[Fraction, tuple[str, ...]] | None:
    """How many of a level one device is, with the sources; None where the catalogue does not say."""
    _, part, own = kind_of(name)
    if not part or not own or not level:
        return None
    if own == level:
        return Fraction(1), ()
    for container, contains in ((own, level), (level, own)):
        known = hardware.count(part, container, contains)
        if known is not None:
            count = Fraction(known[0]) if container == own else Fraction(1, known[0])
            return count, tuple(edge.source for edge in known[1])
    return None


def levels_differ(pair: Pair) -> bool:
    """Whether the devices on the two sides of a pair are of unlike, known levels."""
    ours, theirs = (_levels(side) for side in pair)
    return bool(ours and theirs) and ours != theirs


def level_unsaid(pair: Pair) -> tuple[str, str] | None:
    """A device whose level one side leaves open, and that of the other for which it is taken: "TPU", "TPU v3 board"."""
    ours, theirs = (sorted({n for f in side for n, _ in devices(f.dimension)}) for side in pair)
    if len(ours) != 1 or len(theirs) != 1 or ours == theirs:
        return None
    for name, other in ((ours[0], theirs[0]), (theirs[0], ours[0])):
        family, _, level = kind_of(name)
        other_family, _, other_level = kind_of(other)
        if not level and other_level and (name == "device" or (family and family == other_family)):
            return label(((name, 1),)), label(((other, 1),))
    return None


def are_related(pair: Pair) -> bool:
    """Whether the devices on both sides are of one family, so that a reader expects them to be brought to one level."""
    families = {kind_of(n)[0] for side in pair for f in side for n, _ in devices(f.dimension)}
    return len(families - {""}) == 1


def _levels(side: tuple[Factor, ...]) -> list[tuple[str, bool]]:
    found = [(kind_of(n)[2], e > 0) for f in side for n, e in devices(f.dimension)]
    return sorted(found) if all(level for level, _ in found) else []
