"""What the words of one noun phrase mean together: "TPUv3 core-days", "actual board utilization", "petaflop-days"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slipstick.catalogue import hardware
from slipstick.reading.lexing.spelling import Reading, part_unit
from slipstick.units import Compound, UnitTerm, dimension_of, table

_LEVELS = ("chip", "core", "board", "pod", "node", "device", "GPU")
TIMES = ("second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade")


class Noun(NamedTuple):
    """One resolved noun phrase: what it may mean, the role that it names, its words as written."""

    reading: Reading
    role: str = ""
    words: tuple[str, ...] = ()
    known: bool = True


class Words:
    """The words of one noun phrase while it is read, up to the token `end`."""

    def __init__(self, end: int) -> None:
        self.written: list[str] = []
        self.terms: list[Reading] = []
        self.part: tuple[str, ...] = ()
        """The name of a part, and the level that one of what it was called by is."""
        self.role = ""
        self.fraction = self.repetition = self.multiplied = False
        self.joined = False
        """Whether a hyphen joins the word before to the next one."""
        self.unknown = ""
        self.level = ""
        """The part's level that only its own catalogue entry knows (die, rack)."""
        self.end = end


def resolved(words: Words) -> Noun:
    """The meaning of the words of one noun phrase."""
    written = tuple(words.written)
    if words.fraction:
        return Noun(Reading(()), words.role, written)
    if words.repetition and not words.terms:
        return Noun(Reading(()), "repetitions", written)
    if words.part:
        return Noun(_with_part(words), "", written)
    timed = len(words.terms) == 2 and words.terms[-1].count[-1].name in TIMES
    if words.multiplied and len(words.terms) > 1 and not timed:
        return Noun(Reading(tuple(t for term in words.terms for t in term.count)), "", written)
    if not words.terms:
        name = words.unknown
        return Noun(Reading((UnitTerm(name),) if name else ()), "", written, known=not name)
    return Noun(_joined(words.terms), "", written)


def _with_part(words: Words) -> Reading:
    """A named part with its level noun, and a time where it is device-time (TPUv3 core-days)."""
    part = hardware.part(words.part[0])
    names = [t.count[-1].name for t in words.terms]
    if names and names[-1] in ("server", "cluster"):
        return words.terms[-1]  # "96 A100 servers" are servers
    level = words.level or next((n.removeprefix("TPU_").removeprefix("GPU_") for n in names if _is_level(n)), "")
    if level in ("", "device") and words.part[1] != part.base_level:
        level = words.part[1]  # a "v3-8" is a board, a "DGX A100" a node
    times = [t for t in words.terms if t.count[-1].name in TIMES]
    terms: Compound = (UnitTerm(part_unit(part, level)),)
    for time in times[:1]:
        terms += time.count
    return Reading(terms)


def _is_level(name: str) -> bool:
    return name.removeprefix("TPU_").removeprefix("GPU_") in _LEVELS


def _joined(terms: list[Reading]) -> Reading:
    """Units joined without a part: TPU core, GPU-hours, petaflop-days; else the last one is the head."""
    names = [t.count[-1].name for t in terms]
    timed = len(terms) > 1 and names[-1] in TIMES
    things = terms[:-1] if timed else terms
    head = things[-1]
    pair = f"{things[-2].count[-1].name}_{names[len(things) - 1]}" if len(things) > 1 else ""
    if pair in table():
        head = Reading((UnitTerm(pair),))
    if not timed:
        return head
    return Reading((*(head.timed or head.count), *terms[-1].count))  # petaflop-days: a rate, for days


def is_ratio_of_rates(nouns: Sequence[tuple[Noun, int]]) -> bool:
    """Whether a unit "a/b/c/d" is one rate in another of its kind: "3.6 km/h/m/s"; signs tell what is below a slash."""
    if [sign for _, sign in nouns] != [1, -1, -1, -1]:
        return False
    above, below, other, its = (dict(dimension_of(noun.reading.count)) for noun, _ in nouns)
    return bool(above) and above == other and below == its
