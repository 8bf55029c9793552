"""Figures of a document that contradict one of its calculations: "AlphaStar used 6*10^22 FLOP, not 2*10^23".

They are data, for a diagnosis to reconcile; none of them is taken for right. A figure counts where the words tie it to
the calculation: it is set against the very result ("X, not Y"), or a sentence that corrects, or tells of another
estimate, names what the calculation is about. Estimates that a writer merely sets side by side are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from slipstick.reading.quantities import Quantity
from slipstick.reading.stated import as_unit, stated_quantities
from slipstick.source import Span
from slipstick.subjects import Name, line_before, names_in
from slipstick.units import Dimension, dimension_of, in_base_units, label
from slipstick.verdicts import Claim, Judged, verdict

_SIGNS = tuple("orrect ctually fact not nstead ather revious arlier nother ublished other should ival".split())
"""One of these stands in every text with a cue; asking costs next to nothing."""
_CUE = re.compile(
    r"\b(?:correction|corrected|actually|in (?:actual )?fact|should (?:be|have been)|not|instead of|rather than"
    r"|(?:previous|earlier|another|published|other|rival) (?:calculation|estimate|estimation|figure|value))\b",
    re.IGNORECASE,
)
_ABOUT = r"\s+(?:about |roughly |~|≈)?\s*"
_AGAINST = re.compile(rf"[\s,;(]*(?:and |but )?(?:not|instead of|rather than){_ABOUT}", re.IGNORECASE)
_BUT = re.compile(rf"[\s,;]*but(?: rather)?{_ABOUT}", re.IGNORECASE)
_NOT = re.compile(rf"\bnot{_ABOUT}\Z", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'”)\]]*\s+(?=[\"'“(\[]?[A-Z])|\n")
_REACH = 300
"""How many characters on each side of a cue its sentence may reach."""
_LARGE = Fraction(10**12)
_FAR = 1000
_NEAR, _MOST_OF_ONE = 5000, 20
"""How far a figure that is set against a result may be from it, in characters; how many statements are looked at."""
_HEADING = 80
_BULLETS = ("-", "*", "•", "–", ">")
"""How long a heading may be, in characters; what a line of the list under it begins with."""


@dataclass(frozen=True)
class RivalFigure:
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


@dataclass(frozen=True)
class _Statement:
    """A figure with the one it is set against, if any, and the name that it is said of, if any."""

    figure: Quantity
    against: Quantity | None
    name: Name | None


class RivalFigures:
    """The rival figures of one text, which is looked through once, when first asked."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _statements(self) -> tuple[_Statement, ...]:
        if not any(sign in self.text for sign in _SIGNS):
            return ()
        return tuple(_statements(self.text))

    @cached_property
    def _named(self) -> dict[str, list[_Statement]]:
        named: dict[str, list[_Statement]] = {}
        for each in self._statements:
            if each.name is not None:
                named.setdefault(each.name.key, []).append(each)
        return named

    def of(self, judged: Judged, after: int = 0) -> tuple[RivalFigure, ...]:
        """The figures that contradict a calculation, in the order of the text; `after` is where the one before it ends.

        Each has the dimension of its result, and differs from value and claims by more than their printed digits.
        """
        if not self._statements or not judged.reading.value:
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


def rival_figures(text: str, judged: Judged, after: int = 0) -> tuple[RivalFigure, ...]:
    """The rival figures of one calculation in `text`; for several, ask one `RivalFigures`."""
    return RivalFigures(text).of(judged, after)


def _statements(text: str) -> Iterator[_Statement]:
    end = 0
    for cue in _CUE.finditer(text):
        if cue.start() < end:
            continue
        sentence = _sentence(text, cue.start(), end)
        end = sentence.end
        figures = list(stated_quantities(text, *sentence))
        names = [n for n in names_in(text, sentence) if not _NOT.search(text, max(0, n.span.start - 20), n.span.start)]
        pairs: list[tuple[Quantity, Quantity | None]] = list(_pairs(text, figures))
        if not pairs and cue.group().lower() in ("not", "instead of", "rather than"):
            continue
        names = names or _heading_names(text, sentence.start)
        for figure, against in pairs or _alone(figures):
            yield _Statement(figure, against, _said_of(figure, names))


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
    starts = [match.end() for match in _SENTENCE_END.finditer(text, begin, at)]
    stop = _SENTENCE_END.search(text, at, min(len(text), at + _REACH))
    return Span(starts[-1] if starts else begin, stop.start() + 1 if stop else min(len(text), at + _REACH))


def _pairs(text: str, figures: list[Quantity]) -> Iterator[tuple[Quantity, Quantity | None]]:
    """ "X, not Y" and "not Y but X", as (X, Y)."""
    for one, other in pairwise(figures):
        between, start = (one.span.end, other.span.start), one.span.start
        if _AGAINST.fullmatch(text, *between):
            yield one, other
        elif _BUT.fullmatch(text, *between) and _NOT.search(text, max(0, start - 20), start):
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
