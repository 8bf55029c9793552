"""What is no unit's definition and still leads from one kind to another: packaging, prices of other years, conventions.

Each edge has its source. A packaging ratio that the catalogue gives in several sizes leads nowhere: it is refused.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from slipstick.catalogue import hardware
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.records import Step
from slipstick.conversion.registry import price_indices, price_year
from slipstick.units import Dimension, Exponent, part_units

_LEAST_SURE = "low"


class Bridge(NamedTuple):
    """What leads from one dimension to another: a factor, the steps with their sources, and what has to be said."""

    factor: Fraction
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=2000)
def bridge(have: Dimension, want: Dimension) -> Bridge | None:
    """The edges that lead from one dimension to another, or None where they do not.

    Raises ConversionError where the catalogue knows several sizes, or where a name leaves the level open.
    """
    left, right = _without_common(have, want)
    if len(left) != len(right):
        return None
    found = Bridge(Fraction(1))
    for name, exponent in left.items():
        match = next((other for other, power in right.items() if power == exponent and _related(name, other)), None)
        edge = _edge(name, match) if match is not None else None
        if match is None or edge is None or exponent.denominator != 1:
            return None
        found = Bridge(
            found.factor * edge.factor ** int(exponent), (*found.steps, *edge.steps), (*found.notes, *edge.notes)
        )
        del right[match]
    return found


def _without_common(have: Dimension, want: Dimension) -> tuple[dict[str, Exponent], dict[str, Exponent]]:
    """What each side has that the other has not, parts by level: a core and a board meet a chip and a pod in order."""
    both = set(have) & set(want)
    left, right = ([pair for pair in side if pair not in both] for side in (have, want))
    return dict(sorted(left, key=_level)), dict(sorted(right, key=_level))


def _level(pair: tuple[str, Exponent]) -> int:
    level = part_units().get(pair[0], ("", ""))[1]
    return hardware.LEVELS.index(level) if level in hardware.LEVELS else -1


def _related(name: str, other: str) -> bool:
    if name in part_units() and other in part_units():
        return part_units()[name][0] == part_units()[other][0]
    if price_year(name) and price_year(other):
        return True
    return {name, other} == {"MAC", "FLOP"}


def _edge(name: str, other: str) -> Bridge | None:
    """One of `name` in so many of `other`."""
    if name in part_units():
        return _packaging(*part_units()[name], part_units()[other][1])
    if price_year(name):
        return _prices(price_year(name) or 0, price_year(other) or 0)
    source = "a multiply-add counts as two operations, by convention"
    factor = Fraction(2) if name == "MAC" else Fraction(1, 2)
    return Bridge(factor, (Step("1 MAC = 2 FLOP", Fraction(2), source),), (f"1 MAC was taken for 2 FLOP: {source}",))


def _packaging(part: str, level: str, other: str) -> Bridge:
    if "device" in (level, other):
        levels = ", ".join(hardware.part(part).levels)
        raise ConversionError(f"the name {part} leaves open what one of it is; expected it with one of {levels}")
    order = hardware.LEVELS.index
    container, contained = (level, other) if order(level) > order(other) else (other, level)
    found = hardware.count(part, container, contained)
    if found is None:
        raise ConversionError(_no_count(part, container, contained))
    number, edges = found
    factor = Fraction(number) if container == level else Fraction(1, number)
    steps = tuple(
        Step(f"1 {part} {e.container} = {e.count} {part} {e.contains}", Fraction(e.count), e.source) for e in edges
    )
    doubts = tuple(
        f"{part}: {e.count} {e.contains} in a {e.container} is of {e.confidence} confidence ({e.source})"
        for e in edges
        if e.confidence == _LEAST_SURE
    )
    return Bridge(factor, steps, doubts)


def _no_count(part: str, container: str, contained: str) -> str:
    sizes = {e.count: e for e in hardware.edges(part) if (e.container, e.contains) == (container, contained)}
    if len(sizes) < 2:
        return f"how many {part} {contained}s are in a {container} is not in the catalogue; say it as a factor"
    said = " or ".join(f"{n} ({e.note or e.source})" for n, e in sorted(sizes.items()))
    return f"one {part} {container} holds {said} {contained}s; say which as a factor"


def _prices(year: int, other: int) -> Bridge:
    (before, source), (after, _) = price_indices()[year], price_indices()[other]
    factor = after / before
    text = f"1 USD of {year} = {float(factor):.6g} USD of {other} (index {float(before):g} to {float(after):g})"
    note = f"dollars of {year} were taken to those of {other} by consumer prices: {source}"
    return Bridge(factor, (Step(text, factor, source),), (note,))
