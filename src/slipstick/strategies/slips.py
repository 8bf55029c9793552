"""Published lines with one slip in them: which slip it is, and by what it moves the result, are known.

The edits of numbers are those of the slip benchmark. Each slip moves value and claim apart by more than 2 % and by more
than the claim's last printed digit, so that whoever checks the line has to find it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import reject
from hypothesis import strategies as st

from slipstick.strategies.edits import NUMBER_KINDS, Edit, edited, prefixes
from slipstick.strategies.lines import RELATIONS, Factor, PublishedLine, computed, published_lines
from slipstick.strategies.plain_numbers import PREFIXED, Number, number_at

SLIPS = (*NUMBER_KINDS, "unit prefix", "dropped conversion", "utilization left out", "utilization twice")
"""The names of the slips."""

_LEAST_MOVED = Fraction(102, 100)
_MOST_LINES = 30


@dataclass(frozen=True)
class PlantedSlip:
    """A line with one slip of a named kind.

    `factor` leads from the value of the line, as it is now, to its claim, to the claim's digits: 10 where a ten was
    lost in the calculation or is too many in the claim. `in_claim` says that the claim was edited.
    """

    text: str
    slip: str
    factor: Fraction
    original: PublishedLine
    in_claim: bool = False


def planted_slips(
    slips: Collection[str] = SLIPS, *, relations: Sequence[str] = RELATIONS
) -> st.SearchStrategy[PlantedSlip]:
    """Lines of `published_lines(relations)` with one slip of these names.

    Raises ValueError for a name that is none of `SLIPS`.
    """
    unknown = sorted(set(slips) - set(SLIPS))
    if unknown or not slips:
        raise ValueError(f"no slip is called {'; '.join(unknown)!r}; there are {', '.join(SLIPS)}")
    return _planted(frozenset(slips), published_lines(relations))


@st.composite
def _planted(draw: st.DrawFn, wanted: frozenset[str], lines: st.SearchStrategy[PublishedLine]) -> PlantedSlip:
    for _ in range(_MOST_LINES):  # rarely more than one: most lines have a place for most slips
        able = [slip for slip in every_slip(draw(lines)) if slip.slip in wanted]
        if able:
            break
    else:
        reject()
    return draw(st.sampled_from(able))


def every_slip(line: PublishedLine) -> list[PlantedSlip]:
    """Every slip that a line has a place for and that moves its result, in order."""
    found = [*_on_numbers(line), *_on_units(line), *_on_factors(line), *_on_claim(line)]
    return [slip for slip in found if _moves(slip)]


def _moves(slip: PlantedSlip) -> bool:
    if not slip.factor > 0 or 1 / _LEAST_MOVED < slip.factor < _LEAST_MOVED:
        return False
    if slip.in_claim:
        return True
    digit = _last_digit(slip.original)
    return abs(slip.original.value / slip.factor - slip.original.claimed) > digit


def _last_digit(line: PublishedLine) -> Fraction:
    """One unit of the claim's last printed digit, in base units."""
    number = _number_of(line.claim)
    return Fraction(0) if number is None or not number.value else number.last_digit * line.claimed / number.value


def _number_of(pieces: Sequence[str]) -> Number | None:
    return number_at(pieces[0], 1 if pieces[0].startswith("$") else 0)


def _edits(pieces: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...], Fraction]]:
    """Each slip in the number of a factor or claim, its name, the pieces with it, and the ratio of new to old."""
    number = _number_of(pieces)
    if number is None or not number.value:
        return
    for name, kind in NUMBER_KINDS.items():
        for edit in kind(pieces[0], number):
            changed = (edited(pieces[0], (edit,)), *pieces[1:])
            new = _number_of(changed)
            if new is not None and new.value > 0 and new.end == len(changed[0]) + number.end - len(pieces[0]):
                yield name, changed, new.value / number.value


def _unit_edits(pieces: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Fraction]]:
    """The unit behind a number with another prefix, and by what it is larger."""
    word = PREFIXED.match(pieces[1]) if len(pieces) == 2 else None
    if word is not None:
        for edit in prefixes(word[0], 0):
            yield (pieces[0], edited(pieces[1], (edit,))), _larger(word["prefix"], edit)


def _larger(old: str, edit: Edit) -> Fraction:
    letters = "kMGTPE"
    at, to = (letters.upper().index(prefix[0].upper()) for prefix in (old, edit.text))
    return Fraction(1000) ** (to - at)


def _with(line: PublishedLine, at: int, factor: Factor, name: str) -> PlantedSlip:
    """The line with another factor at a place."""
    factors = (*line.factors[:at], factor, *line.factors[at + 1 :])
    return _slip(line, factors, computed(factors), name)


def _slip(line: PublishedLine, factors: tuple[Factor, ...], value: Fraction, name: str) -> PlantedSlip:
    text = replace(line, factors=factors).text
    return PlantedSlip(text, name, line.value / value if value else Fraction(0), line)


def _on_numbers(line: PublishedLine) -> Iterator[PlantedSlip]:
    for at, factor in enumerate(line.factors):
        for name, pieces, ratio in _edits(factor.pieces):
            yield _with(line, at, replace(factor, pieces=pieces, value=factor.value * ratio), name)


def _on_units(line: PublishedLine) -> Iterator[PlantedSlip]:
    for at, factor in enumerate(line.factors):
        for pieces, ratio in _unit_edits(factor.pieces):
            yield _with(line, at, replace(factor, pieces=pieces, value=factor.value * ratio), "unit prefix")


def _on_factors(line: PublishedLine) -> Iterator[PlantedSlip]:
    """A conversion or a utilization that goes, a utilization that stands twice."""
    for at, factor in enumerate(line.factors):
        without = (*line.factors[:at], *line.factors[at + 1 :])
        if factor.converts:
            yield _slip(line, without, line.value / Fraction(factor.pieces[0]), "dropped conversion")
        if factor.fraction:
            yield _slip(line, without, line.value / factor.value, "utilization left out")
            yield _slip(line, (*line.factors, factor), line.value * factor.value, "utilization twice")


def _on_claim(line: PublishedLine) -> Iterator[PlantedSlip]:
    for name, pieces, ratio in _edits(line.claim):
        yield PlantedSlip(replace(line, claim=pieces).text, name, ratio, line, in_claim=True)
    for pieces, ratio in _unit_edits(line.claim):
        yield PlantedSlip(replace(line, claim=pieces).text, "unit prefix", ratio, line, in_claim=True)
