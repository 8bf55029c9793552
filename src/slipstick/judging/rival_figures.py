"""Figures of a document that contradict one of its calculations: "AlphaStar used 6*10^22 FLOP, not 2*10^23".

They are data, for a diagnosis to reconcile; none of them is taken for right. A figure counts where the words tie it to
the calculation: it is set against the very result ("X, not Y"), or a sentence that corrects, or tells of another
estimate, names what the calculation is about. Estimates that a writer merely sets side by side are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from slipstick.judging.subjects import Name, line_before, names_in
from slipstick.judging.verdicts import Claim, Judged, verdict
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.quantities.stated import as_unit, stated_quantities
from slipstick.source import Span
from slipstick.units import Dimension, dimension_of, in_base_units, label

_CUES = (
    *("correction", "corrected", "actually", "in fact", "in actual fact", "should be", "should have been"),
    *("instead of", "rather than", "not "),
)
_OTHER = ("previous ", "earlier ", "another ", "published ", "other ", "rival ")
_ESTIMATE = ("calculation", "estimat", "figure", "value")
"""Words that correct, and words for another estimate with what must follow them."""
_SETTING_AGAINST = ("not ", "instead of", "rather than", "should be", "should have been")
"""Cues that tell of a rival only where two figures are set against each other."""
_BEFORE_NUMBER = ("about ", "roughly ", "~", "≈", "$", "€", "£", *"0123456789")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The patterns, made when a text has a cue: most have none.

    against: what stands in "X, not Y"; but and not: in "not Y but X"; end: of a sentence.
    """
    about = r"\s+(?:about |roughly |~|≈)?\s*"
    patterns = {
        "against": rf"[\s,;(]*(?:and |but )?(?:not|instead of|rather than){about}",
        "but": rf"[\s,;]*but(?: rather)?{about}",
        "not": rf"\bnot{about}\Z",
        "end": r"[.!?][\"'”)\]]*\s+(?=[\"'“(\[]?[A-Z])|\n",
    }
    return re.compile(patterns[name])


_REACH = 300
"""How many characters on each side of a cue its sentence may reach."""
_LARGE = Fraction(10**12)
_FAR = 1000
_NEAR, _MOST_OF_ONE = 5000, 20
"""How far a figure that is set against a result may be from it, in characters; how many statements are looked at."""
_HEADING = 80
_BULLETS = ("-", "*", "•", "–", ">")
"""How long a heading may be, in characters; what a line of the list under it begins with."""


class RivalFigure(NamedTuple):
    """A figure of the document that contradicts a calculation.

    `value` is in base units of `unit` (a label as in the report: "FLOP"); `last_digit` one unit of its last printed
    digit, in the same; `subject` what it is said of ("" where only the contradicted result ties it); `against` the
    place of the figure that it is set against, if any.
    """

    value: Fraction
    unit: str
    span: Span
    subject: str
    last_digit: Fraction = Fraction(0)
    against: Span | None = None


class _Statement(NamedTuple):
    """A figure with the one it is set against, if any, and the name that it is said of, if any."""

    figure: Quantity
    against: Quantity | None
    name: Name | None


class RivalFigures:
    """The rival figures of one text, which is looked through once."""

    def __init__(self, text: str) -> None:
        self.text, self._statements = text, tuple(_statements(text))
        self._named: dict[str, list[_Statement]] = {}
        for each in self._statements:
            if each.name is not None:
                self._named.setdefault(each.name.key, []).append(each)

    def __bool__(self) -> bool:
        """Whether any figure may be one."""
        return bool(self._statements)

    def of(self, judged: Judged, after: int = 0) -> tuple[RivalFigure, ...]:
        """The figures that contradict a calculation, in the order of the text; `after` is where the one before it ends.

        Each has the dimension of its result, and differs from value and claims by more than their printed digits.
        """
        if not self or not judged.reading.value:
            return ()
        place = judged.written.span
        subjects = {name.key for name in names_in(self.text, line_before(self.text, place.start, after))}
        said = [each for key in subjects for each in self._named.get(key, ())[:_MOST_OF_ONE]]
        first = bisect_left(self._statements, place.start - _NEAR, key=lambda each: each.figure.span.start)
        for each in self._statements[first : first + _MOST_OF_ONE]:
            if each.against is not None and each.figure.span.start < place.end + _NEAR and each not in said:
                said.append(each)
        said.sort(key=lambda each: each.figure.span.start)
        found = (_rival(self.text, each, judged, subjects) for each in said)
        return tuple(each for each in found if each is not None)


def _cues(text: str) -> list[tuple[int, str]]:
    """Where words stand that correct or tell of another estimate. Cheap: nothing is taken apart."""
    lower = text.lower()
    lower = lower if len(lower) == len(text) else text
    cues = [cue for cue in _CUES if cue in lower]
    if [word for word in _ESTIMATE if word in lower]:
        cues += [cue for cue in _OTHER if cue in lower]
    found = [(at, cue) for cue in cues for at in _places(lower, cue) if _counts(lower, at + len(cue), cue)]
    return sorted(found) if found else []


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        if not text[at - 1 : at].isalpha():
            yield at
        at = text.find(words, at + 1)


def _counts(text: str, end: int, cue: str) -> bool:
    """Whether what follows a cue makes it one: "not" a number, another "estimate"."""
    if cue == "not ":
        return text.startswith(_BEFORE_NUMBER, end)
    return cue not in _OTHER or text.startswith(_ESTIMATE, end)


def _statements(text: str) -> Iterator[_Statement]:
    end = 0
    for at, cue in _cues(text):
        if at < end:
            continue
        sentence = _sentence(text, at, end)
        end = sentence.end
        figures = list(stated_quantities(text, *sentence))
        told = list(_pairs(text, figures)) or (_alone(figures) if cue not in _SETTING_AGAINST else [])
        if not told:
            continue
        names = [name for name in names_in(text, sentence) if not _is_behind_not(text, name.span.start)]
        names = names or _heading_names(text, sentence.start)
        for figure, against in told:
            yield _Statement(figure, against, _said_of(figure, names))


def _is_behind_not(text: str, at: int) -> bool:
    return _pattern("not").search(text, max(0, at - 20), at) is not None


def _alone(figures: list[Quantity]) -> list[tuple[Quantity, Quantity | None]]:
    """The figures that are the only one of their kind in a sentence; of several it is not clear what each is of."""
    kinds = [dimension_of(figure.meaning(False)) for figure in figures]
    return [(figure, None) for figure, kind in zip(figures, kinds, strict=True) if kinds.count(kind) == 1]


def _heading_names(text: str, at: int) -> list[Name]:
    """The names in the heading that a line or a list stands under: a short line without a full stop."""
    begin = max(0, at - _REACH)
    lines = [*re.finditer(r"[^\n]+", text[begin:at])]
    for line in reversed(lines):
        words = line.group().strip()
        if words and not words.startswith(_BULLETS):
            place = Span(begin + line.start(), begin + line.end())
            is_heading = len(words) < _HEADING and words[-1] not in ".!?" and "=" not in words
            return list(names_in(text, place)) if is_heading else []
    return []


def _sentence(text: str, at: int, after: int) -> Span:
    begin = max(after, at - _REACH, 0)
    starts = [match.end() for match in _pattern("end").finditer(text, begin, at)]
    stop = _pattern("end").search(text, at, min(len(text), at + _REACH))
    return Span(starts[-1] if starts else begin, stop.start() + 1 if stop else min(len(text), at + _REACH))


def _pairs(text: str, figures: list[Quantity]) -> Iterator[tuple[Quantity, Quantity | None]]:
    """ "X, not Y" and "not Y but X", as (X, Y)."""
    for one, other in pairwise(figures):
        between = (one.span.end, other.span.start)
        if _pattern("against").fullmatch(text, *between):
            yield one, other
        elif _pattern("but").fullmatch(text, *between) and _is_behind_not(text, one.span.start):
            yield other, one


def _said_of(figure: Quantity, names: list[Name]) -> Name | None:
    """The last name before a figure, else the first behind it."""
    before = [name for name in names if name.span.end <= figure.span.start]
    return before[-1] if before else (names[0] if names else None)


def _rival(text: str, said: _Statement, judged: Judged, subjects: set[str]) -> RivalFigure | None:
    """The statement as a rival of a calculation, if it is one."""
    reading, claim = judged.reading, judged.claims[-1] if judged.claims else None
    if said.figure.span.overlaps(judged.written.span) or not reading.value:
        return None
    figure = _in_base_units(said.figure, said.against, reading.dimension)
    if figure is None or not 1 / Fraction(_FAR) < figure[0] / reading.value < _FAR:
        return None
    if not _is_about(text, said, subjects):
        return None
    if said.against is not None and not _is_result(said.against, said.figure, judged):
        return None
    agrees = [reading.value, *([claim.value] if claim is not None else [])]
    if any(verdict(value, *figure)[0] == "holds" for value in agrees):
        return None
    against = said.against.span if said.against is not None else None
    subject = said.name.span.of(text) if said.name is not None else ""
    return RivalFigure(figure[0], label(reading.dimension), said.figure.span, subject, figure[1], against)


def _is_about(text: str, said: _Statement, subjects: set[str]) -> bool:
    """Whether a statement may be about what has these names; a name that stands nowhere else in the text tells nothing
    beside a contradicted result.
    """
    if said.name is None:
        return said.against is not None
    if said.name.key in subjects or said.against is None:
        return said.name.key in subjects
    return not subjects and text.count(said.name.span.of(text)) == 1


def _in_base_units(figure: Quantity, other: Quantity | None, of: Dimension) -> tuple[Fraction, Fraction] | None:
    """(value, last digit) in base units of a dimension; a large bare number takes it from the one beside it, or as said
    of the calculation.
    """
    unit = as_unit(figure, of)
    if unit is None and figure.is_bare:
        beside = as_unit(other, of) if other is not None else None
        if beside is not None or (figure.number.value >= _LARGE and (other is None or other.is_bare)):
            unit = beside or ()
    if unit is None or figure.number.is_range:
        return None
    return in_base_units(figure.value, unit), in_base_units(figure.number.last_digit, unit)


def _is_result(against: Quantity, figure: Quantity, judged: Judged) -> bool:
    """Whether the refuted figure is the calculation's: its claim, or its value, at the printed digits."""
    printed = _in_base_units(against, figure, judged.reading.dimension)
    if printed is None or judged.reading.value is None:
        return False
    last: Claim | None = judged.claims[-1] if judged.claims else None
    values = [judged.reading.value, *([last.value] if last is not None else [])]
    return any(verdict(value, *printed)[0] == "holds" for value in values)
