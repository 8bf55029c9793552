"""Edits from the catalogue: the level of packaging, the peak of another level or format, the device of a price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache, partial
from itertools import combinations
from typing import NamedTuple

from slipstick.catalogue import hardware
from slipstick.catalogue.hardware import Peak
from slipstick.deferred import Deferred
from slipstick.diagnosis.slips import Edit, Words, edit
from slipstick.diagnosis.subject import Given, Subject
from slipstick.judging import naming
from slipstick.judging.device_rates import per_second
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.arithmetic import plain_float
from slipstick.reading.quantities.kinds import kind_of
from slipstick.units import size

_SAME = 1e-6
_LEAST_RATE = 1e11
_LEAST_NUMBER = _LEAST_RATE / 1e3
"""The least number, in whatever unit, that is looked up among the figures of all parts."""
_NEAR = 0.01
"""A rate is a figure of the catalogue if it lies no further from it than this part."""


class Counted(NamedTuple):
    """How many of one level are in another, of one part."""

    part: str
    large: str
    small: str
    count: int  # type: ignore[assignment]  # hides the method that every tuple has

    @property
    def words(self) -> str:
        """As a reader wants it: "4 chips a TPU v3 board"."""
        return f"{self.count} {self.small}s a {self.part} {self.large}"


def changed_hardware(subject: Subject) -> Iterator[Edit]:
    """Every edit that the catalogue has for the part that the calculation, or the text around it, names."""
    if not _counts_devices(subject) and all(given.number < _LEAST_NUMBER for given in subject.givens):
        return  # and no text is looked through for hardware
    part = subject.part
    if part is None:
        yield from _by_figure(subject)
        return
    rates = [given for given in subject.givens if _may_be_peak(given, part)]
    if not rates and not _counts_devices(subject):
        return
    counts = _counts(part.name)
    yield from _packaging(subject, counts)
    if subject.has_price:
        for each in counts:
            yield edit("price-per-device", 1 / each.count, large=each.large, small=each.small, packaging=each.words)
    for given in rates:
        yield from _peaks(subject, given, part, counts)


def _by_figure(subject: Subject) -> Iterator[Edit]:
    """Where no part is named: the sparse figure of a part for its dense one, and the other way, if just one has it."""
    for given in subject.givens:
        if given.number < _LEAST_NUMBER or given.is_below:
            continue
        rate = _rate(given.factor) if given.factor.unit else given.number
        found = _pairs_of_figures().get(round(rate)) if rate >= _LEAST_RATE else None
        if found is not None:
            yield _edit_of_figure(given, *found, rate, subject.effect(given, _ratio(*found)))


@cache
def _pairs_of_figures() -> dict[int, tuple[Peak, Peak]]:
    """Each figure that one part alone has, with that of the same level and format that is sparse where it is dense."""
    found: dict[int, tuple[Peak, Peak]] = {}
    holders: dict[int, set[str]] = {}
    for part in hardware.parts():
        figures = hardware.peaks(part.name)
        for own in figures:
            holders.setdefault(round(own.flop_per_s), set()).add(part.name)
            for other in figures:
                alike = (own.level, own.number_format) == (other.level, other.number_format)
                if (
                    alike
                    and own.sparse != other.sparse
                    and not _is_near(float(other.flop_per_s), float(own.flop_per_s), _NEAR)
                ):
                    found.setdefault(round(own.flop_per_s), (own, other))
    return {rate: pair for rate, pair in found.items() if len(holders[rate]) == 1}


def _ratio(own: Peak, other: Peak) -> float:
    return float(other.flop_per_s / own.flop_per_s)


def _may_be_peak(given: Given, part: hardware.Part) -> bool:
    """A rate that is not said to be achieved, or a number without a unit that is one of the part's figures."""
    if given.factor.unit or given.is_below:
        return given.role == "peak" and naming.is_rate(given.factor)
    return any(_is_near(rate, given.number, _SAME) for _, rate in _figures(part.name))


def _counts_devices(subject: Subject) -> bool:
    """Whether devices, a rate or a price stand in it: else the part that the text names is none of its business."""
    return bool(subject.levels) or subject.has_rate or subject.has_price


@cache
def _counts(part: str) -> tuple[Counted, ...]:
    """Every pair of levels with one known count above 1."""
    found: list[Counted] = []
    for small, large in combinations(hardware.part(part).levels, 2):
        known = hardware.count(part, large, small)
        every = (e.count for e in hardware.edges(part) if (e.container, e.contains) == (large, small))
        numbers = sorted({known[0]} if known else set(every))  # a node of A100 has 8 or 16
        found += [Counted(part, large, small, number) for number in numbers if number > 1]
    return tuple(found)


@cache
def _figures(part: str) -> tuple[tuple[Peak, float], ...]:
    """The peaks of a part, each with its rate as a float."""
    return tuple((peak, float(peak.flop_per_s)) for peak in hardware.peaks(part))


@cache
def _distinct(part: str) -> tuple[tuple[Peak, float], ...]:
    """One figure for each level and value, the default first."""
    return tuple({(peak.level, rate): (peak, rate) for peak, rate in reversed(_figures(part))}.values())[::-1]


def _packaging(subject: Subject, counts: Sequence[Counted]) -> Iterator[Edit]:
    for each in counts:
        weight = 3.0 if {each.large, each.small} & set(subject.levels) else 1.0
        for new, written in ((each.small, each.large), (each.large, each.small)):
            factor = each.count if new == each.large else 1 / each.count
            words = Deferred(partial(_recounted, subject, each, new, written))
            likelier = weight * (2.0 if written in subject.levels else 1.0)
            story = new if written in subject.counted else ""
            yield edit("packaging", factor, weight=likelier, story=story, new=words, packaging=each.words)


def _recounted(subject: Subject, each: Counted, new: str, written: str) -> str:
    """ "32 TPU v3 chips, not boards", or, where the line has the other level, "512 chips as 128 boards"."""
    counted = subject.counted.get(written)
    if counted is not None:
        return f"{counted.text} {each.part} {new}s, not {written}s"
    other = subject.counted.get(new)
    if other is None:
        return f"counting {new}s, not {written}s"
    # Counted in one level, meant in the other: as many times fewer or more of them.
    number = other.number / each.count if written == each.large else other.number * each.count
    return f"{other.text} {each.part} {new}s as {plain_float(number)} {written}s"


def _level_of(given: Given, part: hardware.Part) -> str:
    """The level that a rate is per, "" where neither its unit nor the part's name says it."""
    levels = [kind_of(t.name)[2] for t in given.factor.unit if t.exponent < 0]
    return next((level for level in levels if level), part.base_level)


def _rate(factor: ReadFactor) -> float:
    """The rate in FLOP/s of one of whatever it is per."""
    return float(per_second(factor))


def _peaks(subject: Subject, given: Given, part: hardware.Part, counts: Sequence[Counted]) -> Iterator[Edit]:
    rate, level = _rate(given.factor), _level_of(given, part)
    figures = _figures(part.name)
    same = [p for p, known in figures if _is_near(known, rate, _NEAR) and (not level or p.level == level)]
    own = same[0] if same else None
    level = level or (own.level if own else "")
    for rival, figure in _distinct(part.name):
        ratio = figure / rate
        if abs(ratio - 1) > 1e-6:
            effect = subject.effect(given, ratio)
            if rival.level != (level or rival.level):
                yield _edit_of_level(subject, rival, level, rate, effect, counts)
            else:
                yield _edit_of_figure(given, own, rival, rate, effect)


def _edit_of_level(
    subject: Subject, rival: Peak, level: str, rate: float, effect: float, counts: Sequence[Counted]
) -> Edit:
    """The peak of another level than the one that the rate is of."""
    inside = next((c.count for c in counts if (c.large, c.small) == (level, rival.level)), None)
    is_share = inside is not None and _is_near(float(rival.flop_per_s * inside), rate, _SAME)
    weight = 2.0 if is_share or rival.default else 1.0
    if is_share:
        new: Words = f"{rival.level}s at {plain_float(rate / 1e12)}/{inside}"
    else:
        new = Deferred(partial(_other_level, subject, rival, level))
    return edit("peak-of-another-level", effect, weight=weight, story=rival.level, new=new)


def _edit_of_figure(given: Given, own: Peak | None, rival: Peak, rate: float, effect: float) -> Edit:
    """Another peak of the level that the rate is of; `own` is the peak that the rate is, if it is one."""
    span, weight = (given.span.start, given.span.end), 2.0 if rival.default else 1.0
    shown = Deferred(partial(_written_as, given, rival.flop_per_s))
    if own is None:
        meant = next((peak for peak, known in _figures(rival.part) if _is_near(known, rate, _SAME)), None)
        if meant is not None:
            new = f"the {_tera(rival)} TFLOP/s of a {rival.level}, not the {_tera(meant)} of a {meant.level},"
            return edit("peak-of-another-level", effect, span=span, replacement=shown, weight=weight, new=new)
    alike = own is not None and (own.level, own.number_format) == (rival.level, rival.number_format)
    name = "sparse-peak" if own is not None and own.sparse != rival.sparse and alike else "peak-of-another-format"
    said = Deferred(partial(_peak_in_words, rival))
    return edit(name, effect, span=span, replacement=shown, weight=weight, new=said, written=given.text)


def _peak_in_words(rival: Peak) -> str:
    return f"the {_described(rival)} peak of {_tera(rival)} TFLOP/s"


def _is_near(figure: float, rate: float, within: float) -> bool:
    return abs(figure / rate - 1) <= within


def _other_level(subject: Subject, rival: Peak, level: str) -> str:
    """ "32 TPU v3 chips at 123 TFLOP/s a chip"."""
    counted = subject.counted.get(level)
    many = f"{counted.text} {rival.part} {rival.level}s" if counted else f"{rival.part} {rival.level}s"
    return f"{many} at {_tera(rival)} TFLOP/s a {rival.level}"


def _described(peak: Peak) -> str:
    words = ["sparse" if peak.sparse else "dense", peak.number_format, peak.engine if peak.engine == "vector" else ""]
    of = f"{peak.part} {peak.variant}".strip()
    return " ".join(word for word in (of, *words) if word)


def _tera(peak: Peak) -> str:
    return plain_float(float(peak.flop_per_s / 10**12))


def _written_as(given: Given, rate: Fraction) -> str:
    """The rate in the unit that the line has it in."""
    scale = size(tuple(t for t in given.factor.unit if t.name in ("FLOP", "second")))
    return plain_float(float(rate / scale)) if scale else ""
