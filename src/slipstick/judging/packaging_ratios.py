"""Ratios of cores, chips, boards and pods that a calculation states, and those that its hardware has."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from slipstick.catalogue import hardware
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.kinds import kind_of
from slipstick.source import Span
from slipstick.units import Exponent


class Ratio(NamedTuple):
    """A stated packaging ratio: `value` of `above` in one `below`, of a part or a whole family."""

    value: Fraction
    family: str
    part: str
    above: str
    below: str
    span: Span
    exponent: Exponent


class Contradicted(NamedTuple):
    """A stated ratio, the one that the hardware has instead, and the edges of the catalogue that say so."""

    stated: Ratio
    expected: Fraction
    edges: tuple[hardware.Edge, ...]

    @property
    def change(self) -> Fraction:
        """By what the result is multiplied with the right ratio."""
        return (self.expected / self.stated.value) ** int(self.stated.exponent)


def contradicted(factors: tuple[ReadFactor, ...]) -> Iterator[Contradicted]:
    """Every stated ratio that no hardware of its name has; none where a generation that may be meant has it."""
    for ratio in stated_ratios(factors):
        known = catalogue_ratios(ratio)
        values = {value for value, _ in known.values()}
        if known and ratio.value not in values and (ratio.part or len(values) == 1):
            yield Contradicted(ratio, *next(iter(known.values())))


def stated_ratios(factors: tuple[ReadFactor, ...]) -> Iterator[Ratio]:
    """Every factor, or pair "1 chip / 2 cores", that says how many of one level are in another."""
    factors = tuple(f for f in factors if f.role != "unit")
    for n, factor in enumerate(factors):
        if not factor.unit:
            continue
        up = [t.name for t in factor.unit if t.exponent == 1]
        down = [t.name for t in factor.unit if t.exponent == -1]
        span, value = factor.quantity.number.span, factor.value
        if len(factor.unit) == 1 and up and factor.value == 1 and n + 1 < len(factors):
            following = factors[n + 1]
            if following.exponent == -1 and len(following.unit) == 1 and following.value:
                down, value = [following.unit[0].name], 1 / following.value
                span = Span(span.start, following.quantity.span.end)
        if len(up) == 1 and len(down) == 1 and value:
            (family, part, above), (other, other_part, below) = kind_of(up[0]), kind_of(down[0])
            if above and below and above != below and family == other and part == other_part and family:
                yield Ratio(value, family, part, above, below, span, factor.exponent)


def catalogue_ratios(ratio: Ratio) -> dict[str, tuple[Fraction, tuple[hardware.Edge, ...]]]:
    """What the catalogue says for the part, or for each part of the family where none is named."""
    names = [ratio.part] if ratio.part else [p.name for p in hardware.parts() if p.family == ratio.family]
    found = {}
    for name in names:
        if (small := hardware.count(name, ratio.below, ratio.above)) is not None:
            found[name] = (Fraction(small[0]), small[1])
        elif (large := hardware.count(name, ratio.above, ratio.below)) is not None:
            found[name] = (Fraction(1, large[0]), large[1])
    return found
