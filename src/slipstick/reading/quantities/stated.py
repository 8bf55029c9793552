"""Quantities that a text states anywhere, in prose as well as in calculations: "15.6 days", "6*10^22 FLOP"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from slipstick.reading.lexing.numerals import NUMBERS
from slipstick.reading.lexing.tokens import LOOK_AHEAD, Token, tokenize
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import Quantity, unit_phrase
from slipstick.source import Span
from slipstick.units import Compound, Dimension, dimension_of

_BEGINNINGS = frozenset(("number", "currency"))
_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“(\[]?[A-Z])")
_NEWLINE = re.compile("\n")
_FIGURE = re.compile(
    r"(?<![A-WYZa-wyz\d])\d[\d,]*+(?:\.\d++)?+(?!\s*\)?\s*(?:=|/\s*\d|[*×]\s*(?:[02-9.(]|1(?!0))))", re.ASCII
)
"""A number that may have a unit: none in a name (V100), and none before "=" or a factor that is no power of ten."""
_NOT_DIGITS = str.maketrans("", "", ".,")
_IN_WORDS = {word: number.strip("0") for word, number in NUMBERS.items() if word != "one"}
_JOINED = frozenset(("word", "minus"))


def stated_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Every number of `text[start:end]` with the unit behind it, in order; a number in a name ("v3-8") is none."""
    return _in_tokens(tokenize(text, start, len(text) if end is None else end))


def _in_tokens(tokens: Sequence[Token]) -> Iterator[Quantity]:
    i, stop = 0, len(tokens) - LOOK_AHEAD
    while i < stop:
        found = read_number(tokens, i) if tokens[i].kind in _BEGINNINGS and not _is_in_name(tokens, i) else None
        if found is None:
            i += 1
            continue
        number, i = found
        phrase = unit_phrase(tokens, i)
        if phrase is None or phrase[1] > stop:
            yield Quantity(number.span, number)
        else:
            i = phrase[1]
            yield Quantity(number.span.to(phrase[0].span), number, phrase[0])


class StatedQuantities:
    """The quantities of a text, each sentence of it looked through once, when it is first asked for.

    What is asked for costs no more in a sentence, or a line, that is long. `stretches` are those of the text that are
    in tokens already, in order.
    """

    def __init__(self, text: str, stretches: Sequence[Sequence[Token]] = ()) -> None:
        self.text, self._stretches = text, stretches
        self._begins: list[int] = []
        self._lines: dict[int, tuple[Span, ...]] = {}
        self._read: dict[Span, tuple[Quantity, ...]] = {}
        self._digits: dict[Span, frozenset[str]] = {}

    def between(self, start: int, end: int, digits: Collection[str] = ()) -> Iterator[Quantity]:
        """Those that lie in `text[start:end]` as a whole, in order.

        With `digits`, only of sentences where a number with one of these as its significant digits may have a unit.
        """
        for place in self._sentences(start, end):
            if digits and self._digits_in(place).isdisjoint(digits):
                continue
            if place not in self._read:
                self._read[place] = tuple(_in_tokens(self._tokens(place)))
            every = self._read[place]
            for n in range(bisect_left(every, start, key=_start), bisect_left(every, end, key=_start)):
                if every[n].span.end <= end:
                    yield every[n]

    def _tokens(self, place: Span) -> Sequence[Token]:
        """Those of a sentence, from a stretch that it lies in or cut anew."""
        n = bisect_right(self._stretches, place.start, key=_first) - 1
        if n < 0 or place.end > self._stretches[n][-1].end:
            return tokenize(self.text, *place)
        every = self._stretches[n]
        first, last = (bisect_left(every, at, key=_begin) for at in place)
        return [*every[first:last], *every[-LOOK_AHEAD:]]

    def _sentences(self, start: int, end: int) -> Iterator[Span]:
        """Those that reach into `text[start:end]`; each ends with its line."""
        begins = self._begins = self._begins or [0, *(match.end() for match in _NEWLINE.finditer(self.text))]
        for line in range(bisect_right(begins, start) - 1, bisect_left(begins, end)):
            at = begins[line]
            if at not in self._lines:
                stop = begins[line + 1] - 1 if line + 1 < len(begins) else len(self.text)
                ends = [match.end() for match in _END.finditer(self.text, at, stop)]
                self._lines[at] = tuple([Span(*ends) for ends in pairwise((at, *ends, stop))]) if at < stop else ()
            sentences = self._lines[at]
            for n in range(bisect_right(sentences, start, key=_end), bisect_left(sentences, (end,))):
                yield sentences[n]

    def _digits_in(self, place: Span) -> frozenset[str]:
        if place not in self._digits:
            self._digits[place] = _significant_digits(place.of(self.text))
        return self._digits[place]


def _start(quantity: Quantity) -> int:
    return quantity.span.start


def _end(sentence: Span) -> int:
    return sentence.end


def _begin(token: Token) -> int:
    return token.start


def _first(stretch: Sequence[Token]) -> int:
    return stretch[0].start


def _significant_digits(sentence: str) -> frozenset[str]:
    """Those of every number of a sentence that may have a unit, in digits or in words."""
    figures = {figure.translate(_NOT_DIGITS).strip("0") for figure in _FIGURE.findall(sentence)}
    words = _IN_WORDS.keys() & sentence.lower().split()
    return frozenset(figures | {_IN_WORDS[word] for word in words})


def _is_in_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether the number at `i` is glued to a word before it, directly or by a hyphen: GPT-3, v3-8."""
    if not i or not tokens[i].glued or tokens[i - 1].kind not in _JOINED:
        return False
    return tokens[i - 1].kind == "word" or (i > 1 and tokens[i - 1].glued and tokens[i - 2].kind == "word")


def as_unit(quantity: Quantity, of: Dimension) -> Compound | None:
    """The meaning of a quantity's unit that has the dimension `of`, which FLOPS may have either way; else None."""
    return next((unit for unit in meanings(quantity) if unit and dimension_of(unit) == of), None)


def meanings(quantity: Quantity) -> tuple[Compound, ...]:
    """The one or two units that a quantity may be in: FLOPS is a count or a rate."""
    either = quantity.unit is not None and quantity.unit.rate is not None
    return (quantity.meaning(False), quantity.meaning(True)) if either else (quantity.meaning(False),)
