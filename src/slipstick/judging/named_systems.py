"""The system of the catalogue that a calculation is about, where its words leave no doubt.

A calculation is about a system where the words that lead to it begin with its name ("Meena was trained ...", "For 600B
GShard MoE model:", "BigGAN:") and name nothing else behind it, or where a heading over it is its name. A name in a
comparison ("twice GPT-3", "like Meena") is none.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from slipstick.catalogue import hardware, systems
from slipstick.catalogue.systems import SystemFigure
from slipstick.judging.subjects import Name, line_before, names_in
from slipstick.source import Span

_HEADING, _BACK = 80, 240
_FARTHEST = 500
"""More characters than the line and the heading before a calculation have."""
_UNITS = {"FLOP": Fraction(1), "PFLOP-days": Fraction(864 * 10**17)}
"""FLOP in one of each unit of compute that the table has."""
_ITEMS = ("training compute", "operations counted", "self-play")
"""What the items begin with that are the compute of a training run."""


_CONFIDENCES = ("high", "medium", "low")


class PublishedCompute(NamedTuple):
    """A published training compute: `low` and `high` in FLOP, equal where it is one number."""

    low: Fraction
    high: Fraction
    figure: SystemFigure

    def ratio(self, value: Fraction) -> Fraction:
        """How many times `value` the figure is; the nearer end of a range, 1 inside it."""
        nearest = min(max(value, self.low), self.high)
        return nearest / value

    def agrees(self, value: Fraction, within: Fraction) -> bool:
        """Whether it, or both ends of it, are so near to a value, as a part of that."""
        return all(abs(end - value) <= within * value for end in (self.low, self.high))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The patterns, made when first asked for: opening, what may stand before the name a sentence is about; following,
    what may not stand behind it.
    """
    opening = (
        r"[^\w\n]*(?:(?:my|the|our|this|a|an|for|so|now|next|calculation|estimate|estimation|training|compute|flops?|of|cost"
        r"|to|train|pre-?training|calculating|sparse|dense|mixture|experts|moe|full|original|final|large|largest|image|gpt|model|total"
        r"|openai|google|deepmind|\(?[\d.,]+[bmt]?\)?)[\W_]+)*"
    )
    patterns = {"opening": opening, "following": r"['’]?s?\s+(?:style|like|sized?|scale|class)\b|-"}
    return re.compile(patterns[name], re.IGNORECASE)


def systems_of(text: str, start: int, after: int = 0) -> tuple[str, ...]:
    """The system that a calculation at `start` is about, or the systems of that name; `after` ends the one before."""
    if not systems.is_any_named(text, max(start - _FARTHEST, 0), start):
        return ()
    line = line_before(text, start, after)
    if systems.mentions(line.of(text)):
        return _named_alone(text, line)
    heading = _heading(text, line.start)
    found = _named_alone(text, heading) if heading is not None else ()
    return () if found and _names(text, line) else found


def _names(text: str, place: Span) -> list[Name]:
    """The proper names in a stretch of text without those that begin with a part: V100-days."""
    found = names_in(text, place)
    return [name for name in found if hardware.named(name.span.of(text).partition("-")[0]) is None]


def _named_alone(text: str, place: Span) -> tuple[str, ...]:
    """The systems of the one name that a stretch of text begins with; none where another name follows."""
    mentions = systems.mentions(place.of(text))
    if not mentions:
        return ()
    (first, named), names = mentions[0], _names(text, place)
    before, behind = text[place.start : place.start + first.start], place.start + first.end
    if len({called for _, called in mentions}) > 1 or any(name.span.start >= behind for name in names):
        return ()
    begins = _pattern("opening").fullmatch(before) is not None
    return _meant(named, place.of(text)) if begins and not _pattern("following").match(text, behind) else ()


def _meant(named: tuple[str, ...], words: str) -> tuple[str, ...]:
    """Of several systems of a name, the one whose own words stand beside it: the dense GShard; all, if none do."""
    said = words.lower().replace("-", " ")
    meant = tuple(name for name in named if name.partition("(")[2].rstrip(")").lower() in said)
    return meant if len(meant) == 1 and len(named) > 1 else named


def _heading(text: str, at: int) -> Span | None:
    """The heading that the line at `at` stands under: the line before it, blank ones apart, if it is short."""
    if not text.endswith("\n", 0, at):
        return None
    begin = max(0, at - _BACK)
    above = text[begin:at].rstrip()
    start = above.rfind("\n") + 1
    words = above[start:].strip()
    is_heading = 0 < len(words) < _HEADING and words[-1] not in ".!?;," and "=" not in words
    return Span(begin + start, begin + len(above)) if is_heading else None


@cache
def compute_of(system: str) -> tuple[PublishedCompute, ...]:
    """The published training compute of a system, best kind of source first.

    Figures that rest on the comment thread of 2021 alone are left out: an echo of an estimate confirms nothing.
    """
    found = []
    for figure in systems.figures(system):
        ends = (figure.low or figure.value, figure.high or figure.value)
        counts = figure.system == system and figure.unit in _UNITS and figure.item.startswith(_ITEMS)
        if counts and figure.independent != "no" and figure.kind != "crowd" and ends[0] and ends[1]:
            scale = _UNITS[figure.unit]
            found.append(PublishedCompute(ends[0] * scale, ends[1] * scale, figure))
    return tuple(sorted(found, key=_standing))


def _standing(each: PublishedCompute) -> tuple[int, int]:
    return systems.KINDS.index(each.figure.kind), _CONFIDENCES.index(each.figure.confidence)
