"""All that the catalogue knows of one part, put together: what `slipstick hardware` shows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from slipstick.catalogue import device_names, hardware, memory, prices, published
from slipstick.catalogue.utilization import SettingDefault, UtilizationDefault, setting_defaults, utilization_default

_ONE_FIGURE = Fraction(101, 100)
"""Figures less than 1 % apart are one figure, rounded differently."""

IN_USE = 2
"""For so many years from its own, what a family's name meant tells what it meant for a part."""


class Dispute(NamedTuple):
    """Two peaks for the same thing, `factor` (above 1) apart: of different cards of the name, or rivals."""

    taken: hardware.Peak
    other: hardware.Peak
    factor: Fraction
    of_other_card: bool


class Packed(NamedTuple):
    """How many `contains` one `container` holds, with the facts that it is multiplied out from."""

    container: str
    contains: str
    number: int
    edges: tuple[hardware.Edge, ...]


class Sheet(NamedTuple):
    """One part with its figures; the utilization to assume is that of its year, or of its setting for a CPU."""

    part: hardware.Part
    level_aliases: tuple[tuple[str, str], ...]
    peaks: tuple[hardware.Peak, ...]
    disputes: tuple[Dispute, ...]
    same_numbers: tuple[tuple[hardware.Peak, ...], ...]
    packaging: tuple[Packed, ...]
    memory: tuple[memory.Memory, ...]
    prices: tuple[prices.Price, ...]
    utilizations: tuple[published.PublishedUtilization, ...]
    default: UtilizationDefault | SettingDefault
    meanings: tuple[device_names.Meaning, ...]


def sheet(part: str) -> Sheet:
    """The sheet of a part. Raises KeyError where the catalogue has none of this name."""
    known = hardware.part(part)
    peaks = tuple(sorted(hardware.peaks(part), key=lambda p: hardware.LEVELS.index(p.level)))
    return Sheet(
        known,
        tuple(hardware.level_aliases(part).items()),
        peaks,
        tuple(_disputes(peaks)),
        tuple(_same_numbers(peaks)),
        tuple(_packaging(known)),
        memory.memories(part),
        prices.prices(part),
        published.utilizations_on(part),
        _default(known),
        device_names.meanings(known.family, known.year, known.year + IN_USE),
    )


def _default(part: hardware.Part) -> UtilizationDefault | SettingDefault:
    if part.family == "CPU":
        return next(each for each in setting_defaults() if "CPU" in each.setting)
    return utilization_default(part.year)


def _thing(peak: hardware.Peak) -> tuple[int, str, str, bool]:
    return hardware.LEVELS.index(peak.level), peak.number_format, peak.engine, peak.sparse


def _disputes(peaks: tuple[hardware.Peak, ...]) -> Iterator[Dispute]:
    """Every other figure for the same level, format, engine and density, against the one to take first.

    Systems of several sizes (DGX-1 and DGX-2) do not compete.
    """
    for _, group in groupby(sorted(peaks, key=_thing), key=_thing):
        every = list(group)
        taken = next((peak for peak in every if peak.default), every[0])
        for other in every:
            larger, smaller = max(taken.flop_per_s, other.flop_per_s), min(taken.flop_per_s, other.flop_per_s)
            cards = {taken.variant, other.variant}
            of_other_card = "" not in cards and len(cards) > 1
            if larger / smaller >= _ONE_FIGURE and not (of_other_card and other.level in ("node", "rack")):
                yield Dispute(taken, other, larger / smaller, of_other_card)


def _same_numbers(peaks: tuple[hardware.Peak, ...]) -> Iterator[tuple[hardware.Peak, ...]]:
    """Peaks of one level and variant that are one number with different meanings, a sparse one among them."""

    def figure(peak: hardware.Peak) -> tuple[int, str, Fraction]:
        return hardware.LEVELS.index(peak.level), peak.variant, peak.flop_per_s

    for _, group in groupby(sorted(peaks, key=figure), key=figure):
        every = tuple(group)
        if any(peak.sparse for peak in every) and not all(peak.sparse for peak in every):
            yield every


def _packaging(part: hardware.Part) -> Iterator[Packed]:
    """Each level in terms of each smaller one; where it comes in several sizes, each of them."""
    for n, large in enumerate(part.levels):
        for small in reversed(part.levels[:n]):
            counted = hardware.count(part.name, large, small)
            if counted is not None:
                yield Packed(large, small, *counted)
                continue
            for edge in hardware.edges(part.name):
                if (edge.container, edge.contains) == (large, small):
                    yield Packed(large, small, edge.count, (edge,))
