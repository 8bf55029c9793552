"""Edits from the catalogue: the level of packaging, the peak of another level or format, the device of a price."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from slipstick import naming
from slipstick.catalogue import hardware
from slipstick.catalogue.hardware import Peak
from slipstick.diagnosis.slips import Edit, edit
from slipstick.diagnosis.subject import Given, Subject
from slipstick.reading.arithmetic import plain_float
from slipstick.reading.interpretation import ReadFactor
from slipstick.reading.kinds import kind_of
from slipstick.units import size

_SAME = 1e-6
_LEAST_RATE = 1e11
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
    part = subject.part
    if part is None:
        yield from _by_figure(subject)
        return
    rates = [given for given in subject.givens if _may_be_peak(given, part)]
    if not rates and not _counts_devices(subject):
        return
    counts = _counts(part)
    yield from _packaging(subject, part, counts)
    if subject.has_price:
        for each in counts:
            yield edit("price-per-device", 1 / each.count, large=each.large, small=each.small, packaging=each.words)
    for given in rates:
        yield from _peaks(subject, given, part, counts)


def _by_figure(subject: Subject) -> Iterator[Edit]:
    """Where no part is named: the sparse figure of a part for its dense one, and the other way, if just one has it."""
    for given in subject.givens:
        if given.number * 1e3 < _LEAST_RATE or given.is_below:
            continue
        rate = _rate(given.factor) if given.factor.unit else given.number
        found = _pairs_of_figures().get(round(rate)) if rate >= _LEAST_RATE else None
        if found is not None:
            yield _peak_edit(subject, given, *found, found[0].level, subject.effect(given, _ratio(*found)), [])


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
                    and not _is_near(other.flop_per_s, float(own.flop_per_s), _NEAR)
                ):
                    found.setdefault(round(own.flop_per_s), (own, other))
    return {rate: pair for rate, pair in found.items() if len(holders[rate]) == 1}


def _ratio(own: Peak, other: Peak) -> float:
    return float(other.flop_per_s / own.flop_per_s)


def _may_be_peak(given: Given, part: hardware.Part) -> bool:
    """A rate that is not said to be achieved, or a number without a unit that is one of the part's figures."""
    if given.factor.unit or given.is_below:
        return given.role == "peak" and naming.is_rate(given.factor)
    return any(_is_near(peak.flop_per_s, given.number, _SAME) for peak in hardware.peaks(part.name))


def _counts_devices(subject: Subject) -> bool:
    """Whether devices, a rate or a price stand in it: else the part that the text names is none of its business."""
    return bool(subject.levels) or subject.has_rate or subject.has_price


def _counts(part: hardware.Part) -> list[Counted]:
    """Every pair of levels with one known count above 1."""
    found = []
    for small in part.levels:
        for large in part.levels[part.levels.index(small) + 1 :]:
            known = hardware.count(part.name, large, small)
            every = (e.count for e in hardware.edges(part.name) if (e.container, e.contains) == (large, small))
            numbers = sorted({known[0]} if known else set(every))  # a node of A100 has 8 or 16
            found += [Counted(part.name, large, small, number) for number in numbers if number > 1]
    return found


def _packaging(subject: Subject, part: hardware.Part, counts: list[Counted]) -> Iterator[Edit]:
    for each in counts:
        weight = 3.0 if {each.large, each.small} & set(subject.levels) else 1.0
        for new, written in ((each.small, each.large), (each.large, each.small)):
            factor = each.count if new == each.large else 1 / each.count
            words = _recounted(subject, each, new, written)
            likelier = weight * (2.0 if written in subject.levels else 1.0)
            story = new if _given_of(subject, written) is not None else ""
            yield edit("packaging", factor, weight=likelier, story=story, new=words, packaging=each.words)


def _recounted(subject: Subject, each: Counted, new: str, written: str) -> str:
    """ "32 TPU v3 chips, not boards", or, where the line has the other level, "512 chips as 128 boards"."""
    counted = _given_of(subject, written)
    if counted is not None:
        return f"{counted.text} {each.part} {new}s, not {written}s"
    other = _given_of(subject, new)
    if other is None:
        return f"counting {new}s, not {written}s"
    # Counted in one level, meant in the other: as many times fewer or more of them.
    number = other.number / each.count if written == each.large else other.number * each.count
    return f"{other.text} {each.part} {new}s as {plain_float(number)} {written}s"


def _given_of(subject: Subject, level: str) -> Given | None:
    """The number that counts devices of this level."""
    for given in subject.givens:
        above = [kind_of(t.name)[2] for t in given.factor.unit if t.exponent > 0]
        if level in above and not naming.is_rate(given.factor):
            return given
    return None


def _level_of(given: Given, part: hardware.Part) -> str:
    """The level that a rate is per, "" where neither its unit nor the part's name says it."""
    levels = [kind_of(t.name)[2] for t in given.factor.unit if t.exponent < 0]
    return next((level for level in levels if level), part.base_level)


def _rate(factor: ReadFactor) -> float:
    """The rate in FLOP/s of one of whatever it is per."""
    return float(factor.value * size(tuple(t for t in factor.unit if t.name in ("FLOP", "second"))))


def _peaks(subject: Subject, given: Given, part: hardware.Part, counts: list[Counted]) -> Iterator[Edit]:
    rate, level = _rate(given.factor), _level_of(given, part)
    figures = hardware.peaks(part.name)
    same = [p for p in figures if _is_near(p.flop_per_s, rate, _NEAR) and (not level or p.level == level)]
    own = same[0] if same else None
    level = level or (own.level if own else "")
    for rival in _distinct(figures):
        ratio = float(rival.flop_per_s) / rate
        if abs(ratio - 1) > 1e-6:
            yield _peak_edit(subject, given, own, rival, level or rival.level, subject.effect(given, ratio), counts)


def _distinct(figures: tuple[Peak, ...]) -> list[Peak]:
    """One figure for each level and value, the default first."""
    return list({(p.level, p.flop_per_s): p for p in reversed(figures)}.values())[::-1]


def _peak_edit(
    subject: Subject, given: Given, own: Peak | None, rival: Peak, level: str, effect: float, counts: list[Counted]
) -> Edit:
    span, weight = (given.span.start, given.span.end), 2.0 if rival.default else 1.0
    rate, shown = _rate(given.factor), _written_as(given, rival.flop_per_s)
    if rival.level != level:
        inside = next((c for c in counts if (c.large, c.small) == (level, rival.level)), None)
        share = inside if inside is not None and _is_near(rival.flop_per_s * inside.count, rate, _SAME) else None
        shared = f"{rival.level}s at {plain_float(rate / 1e12)}/{share.count}" if share else ""
        new = shared or _other_level(subject, rival, level)
        return edit("peak-of-another-level", effect, weight=2.0 if share else weight, story=rival.level, new=new)
    meant = next((p for p in hardware.peaks(rival.part) if _is_near(p.flop_per_s, rate, _SAME)), None)
    if own is None and meant is not None:
        new = f"the {_tera(rival)} TFLOP/s of a {level}, not the {_tera(meant)} of a {meant.level},"
        return edit("peak-of-another-level", effect, span=span, replacement=shown, weight=weight, new=new)
    alike = own is not None and (own.level, own.number_format) == (rival.level, rival.number_format)
    name = "sparse-peak" if own is not None and own.sparse != rival.sparse and alike else "peak-of-another-format"
    new = f"the {_described(rival)} peak of {_tera(rival)} TFLOP/s"
    return edit(name, effect, span=span, replacement=shown, weight=weight, new=new, written=given.text)


def _is_near(figure: Fraction, rate: float, within: float) -> bool:
    return abs(float(figure) / rate - 1) <= within


def _other_level(subject: Subject, rival: Peak, level: str) -> str:
    """ "32 TPU v3 chips at 123 TFLOP/s a chip"."""
    counted = _given_of(subject, level)
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
