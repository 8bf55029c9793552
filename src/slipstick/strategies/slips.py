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
from slipstick.strategies.lines import RELATIONS, PublishedLine, computed, lines_for
from slipstick.strategies.plain_numbers import PREFIXED, Number, number_at

SLIPS = (*NUMBER_KINDS, "unit prefix", "dropped conversion", "utilization left out", "utilization twice")
"""The names of the slips."""

Changed = tuple[str, PublishedLine]
"""The name of a slip, and the line with it, its value and claim as they are then."""

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
    return _planted(frozenset(slips), lines_for(slips, relations))


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
    changed = [*_on_numbers(line), *_on_units(line), *_on_factors(line), *_on_claim(line)]
    return [
        PlantedSlip(
            new.text, name, new.claimed / new.value * (line.value / line.claimed), line, new.claim != line.claim
        )
        for name, new in changed
        if _moves(line, new)
    ]


def _moves(line: PublishedLine, new: PublishedLine) -> bool:
    """Whether value and claim lie further apart than the digits and 2 % hide, by powers of 1024 as well."""
    if not new.value > 0:
        return False
    factor = new.claimed / new.value * (line.value / line.claimed)
    moved = factor >= _LEAST_MOVED or factor <= 1 / _LEAST_MOVED
    return moved and _apart(new) and (line.unit != "byte" or _apart(_in_powers_of_1024(new)))


def _apart(line: PublishedLine) -> bool:
    """Whether the claim is off by more than one unit of its last printed digit."""
    number = _number_of(line.claim)
    if number is None or not number.value:
        return False
    return abs(line.value - line.claimed) > abs(number.last_digit * line.claimed / number.value)


def _in_powers_of_1024(line: PublishedLine) -> PublishedLine:
    """The line with the values that it has where GB is taken for GiB."""
    factors = tuple(replace(each, value=each.value * _binary(each.pieces)) for each in line.factors)
    return replace(line, value=computed(factors), claimed=line.claimed * _binary(line.claim))


def _binary(pieces: tuple[str, ...]) -> Fraction:
    unit = pieces[-1]
    return Fraction(1024, 1000) ** "_kMGTPE".index(unit[0]) if len(unit) == 2 and unit[1] == "B" else Fraction(1)


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


def _with(line: PublishedLine, at: int, pieces: tuple[str, ...], ratio: Fraction) -> PublishedLine:
    """The line with a factor that is `ratio` times as large."""
    factor = replace(line.factors[at], pieces=pieces, value=line.factors[at].value * ratio)
    factors = (*line.factors[:at], factor, *line.factors[at + 1 :])
    return replace(line, factors=factors, value=computed(factors))


def _on_numbers(line: PublishedLine) -> Iterator[Changed]:
    """Not in a constant beside a unit: "25 days * 42 * 3600" leaves open whether the 42 converts or multiplies."""
    for at, factor in enumerate(line.factors):
        if factor.constant and not factor.converts:
            continue
        for name, pieces, ratio in _edits(factor.pieces):
            yield name, _with(line, at, pieces, ratio)


def _on_units(line: PublishedLine) -> Iterator[Changed]:
    for at, factor in enumerate(line.factors):
        for pieces, ratio in _unit_edits(factor.pieces):
            yield "unit prefix", _with(line, at, pieces, ratio)


def _on_factors(line: PublishedLine) -> Iterator[Changed]:
    """A conversion or a utilization that goes, a utilization that stands twice."""
    for at, factor in enumerate(line.factors):
        without = replace(line, factors=(*line.factors[:at], *line.factors[at + 1 :]))
        if factor.converts:
            yield "dropped conversion", replace(without, value=line.value / Fraction(factor.pieces[0]))
        if factor.fraction:
            twice = (*line.factors, factor)
            yield "utilization left out", replace(without, value=line.value / factor.value)
            yield "utilization twice", replace(line, factors=twice, value=line.value * factor.value)


def _on_claim(line: PublishedLine) -> Iterator[Changed]:
    for name, pieces, ratio in _edits(line.claim):
        yield name, replace(line, claim=pieces, claimed=line.claimed * ratio)
    for pieces, ratio in _unit_edits(line.claim):
        yield "unit prefix", replace(line, claim=pieces, claimed=line.claimed * ratio)
