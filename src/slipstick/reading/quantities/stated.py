"""Quantities that a text states anywhere, in prose as well as in calculations: "15.6 days", "6*10^22 FLOP"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from slipstick.cached_properties import cached_property
from slipstick.patterns import pattern
from slipstick.reading.lexing.numerals import NUMBERS
from slipstick.reading.lexing.tokens import LOOK_AHEAD, Token, tokenize
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.numbers import Number, read_number
from slipstick.reading.quantities.quantities import Quantity, unit_phrase
from slipstick.units import Compound, Dimension, dimension_of

_BEGINNINGS = frozenset(("number", "currency"))
_END = pattern(r"[.!?][\"'”’)\]]*[^\S\n]+(?=[\"'“(\[]?[A-Z])|\n+")
_FIGURE = pattern(
    r"(?<![A-WYZa-wyz\d])\d[\d,]*+(?:\.\d++)?+(?!\s*\)?\s*(?:=|/\s*\d|[*×]\s*(?:[02-9.(]|1(?!0))))", re.ASCII
)
"""A number that may have a unit: none in a name (V100), and none before "=" or a factor that is no power of ten."""
_NOT_DIGITS = str.maketrans("", "", ".,")
_IN_WORDS = {word: number.strip("0") for word, number in NUMBERS.items() if word != "one"}
_JOINED = frozenset(("word", "minus"))
_LONGEST_GAP = 4
"""Up to how many tokens lie between a number and one that is part of its unit: "$2 per 1M tokens", "32 40GB A100s"."""
_start, _place = attrgetter("start"), attrgetter("number.span.start")


def stated_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Every number of `text[start:end]` with the unit behind it, in order; a number in a name ("v3-8") is none."""
    tokens, done = tokenize(text, start, len(text) if end is None else end), 0
    for written in _numbers(tokens):
        if written.at >= done:
            quantity, done = _quantity(tokens, written)
            yield quantity


class _Written(NamedTuple):
    """A number, the index of the token that it begins with, and that of the first one behind it."""

    number: Number
    at: int
    behind: int


def _numbers(tokens: Sequence[Token]) -> Iterator[_Written]:
    able, done = [i for i, token in enumerate(tokens) if token.kind in _BEGINNINGS], 0
    for i in able:
        found = read_number(tokens, i) if i >= done and not _is_in_name(tokens, i) else None
        if found is not None:
            number, done = found
            yield _Written(number, i, done)


def _quantity(tokens: Sequence[Token], written: _Written) -> tuple[Quantity, int]:
    """A number with the unit behind it, and the index of the first token behind both."""
    number, span = written.number, written.number.span
    phrase = unit_phrase(tokens, written.behind)
    if phrase is None or phrase[1] > len(tokens) - LOOK_AHEAD:
        return Quantity(span, number), written.behind
    return Quantity(span.to(phrase[0].span), number, phrase[0]), phrase[1]


class _Sentence:
    """What one sentence states: its numbers are read at once, the unit of each when it is asked for."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens, self._numbers = tokens, tuple(_numbers(tokens))
        self._known: dict[int, tuple[Quantity, int]] = {}

    def between(self, start: int, end: int, digits: Collection[str]) -> Iterator[Quantity]:
        """Those that lie in the text from `start` to `end`; with `digits`, only such numbers."""
        every = self._numbers
        for n in range(bisect_left(every, start, key=_place), bisect_left(every, end, key=_place)):
            if digits and significant_digits(every[n].number.value) not in digits:
                continue
            if n and every[n].at - every[n - 1].behind < _LONGEST_GAP and self._of(n - 1)[1] > every[n].at:
                continue  # it is part of the unit before it
            quantity = self._of(n)[0]
            if quantity.span.end <= end:
                yield quantity

    def _of(self, n: int) -> tuple[Quantity, int]:
        if n not in self._known:
            self._known[n] = _quantity(self._tokens, self._numbers[n])
        return self._known[n]


class StatedQuantities:
    """The quantities of a text, each sentence of it looked through once, when it is first asked for.

    What is asked for costs no more in a sentence, or a line, that is long. `stretches` are those of the text that are
    in tokens already, in order.
    """

    def __init__(self, text: str, stretches: Sequence[Sequence[Token]] = ()) -> None:
        self.text, self._stretches = text, stretches
        self._read: dict[int, _Sentence] = {}
        self._digits: dict[int, frozenset[str]] = {}

    def between(self, start: int, end: int, digits: Collection[str] = ()) -> Iterator[Quantity]:
        """Those that lie in `text[start:end]` as a whole, in order.

        With `digits`, only those with one of these as the significant digits of a number that may have a unit.
        """
        begins, ends = self._sentences
        for n in range(bisect_right(ends, start), bisect_left(begins, end)):
            if digits and self._digits_in(n).isdisjoint(digits):
                continue
            if n not in self._read:
                self._read[n] = _Sentence(self._tokens(begins[n], ends[n]))
            yield from self._read[n].between(start, end, digits)

    def _tokens(self, start: int, end: int) -> Sequence[Token]:
        """Those of a sentence, from a stretch that it lies in or cut anew."""
        n = bisect_right(self._begins, start) - 1
        if n < 0 or end > self._stretches[n][-1].end:
            return tokenize(self.text, start, end)
        every = self._stretches[n]
        first, last = (bisect_left(every, at, key=_start) for at in (start, end))
        return [*every[first:last], *every[-LOOK_AHEAD:]]

    @cached_property
    def _begins(self) -> list[int]:
        """Where the stretches begin."""
        return [stretch[0].start for stretch in self._stretches]

    @cached_property
    def _sentences(self) -> tuple[list[int], list[int]]:
        """Where each sentence begins, and where it ends, or its line does."""
        cuts = [match.span() for match in _END.finditer(self.text)]
        ends = [start if self.text[start] == "\n" else end for start, end in cuts]
        return [0, *[end for _, end in cuts]], [*ends, len(self.text)]

    def _digits_in(self, n: int) -> frozenset[str]:
        if n not in self._digits:
            begins, ends = self._sentences
            self._digits[n] = _significant_digits(self.text[begins[n] : ends[n]])
        return self._digits[n]


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
