"""Quantities that a text states anywhere, in prose as well as in calculations: "15.6 days", "6*10^22 FLOP"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from slipstick.reading.number_words import NUMBERS
from slipstick.reading.numbers import read_number
from slipstick.reading.quantities import Quantity, unit_phrase
from slipstick.reading.tokens import LOOK_AHEAD, Token, tokenize
from slipstick.source import Span
from slipstick.units import Compound, Dimension, dimension_of

_BEGINNINGS = frozenset(("number", "currency"))
_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“(\[]?[A-Z])")
_FIGURE = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_IN_WORDS = {word: number.strip("0") for word, number in NUMBERS.items() if word != "one"}
_JOINED = frozenset(("word", "minus"))


def stated_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Every number of `text[start:end]` with the unit behind it, in order; a number in a name ("v3-8") is none."""
    tokens = tokenize(text, start, len(text) if end is None else end)
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
    """The quantities of a text, each sentence of it looked through once, when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines: dict[int, tuple[Span, ...]] = {}
        self._read: dict[Span, tuple[Quantity, ...]] = {}

    def between(self, start: int, end: int, digits: Collection[str] = ()) -> Iterator[Quantity]:
        """Those that lie in `text[start:end]` as a whole, in order.

        With `digits`, only of sentences with a number that has one of these as its significant digits.
        """
        for place in self._sentences(start, end):
            if digits and not _holds(place.of(self.text), digits):
                continue
            if place not in self._read:
                self._read[place] = tuple(stated_quantities(self.text, *place))
            yield from (each for each in self._read[place] if start <= each.span.start and each.span.end <= end)

    def _sentences(self, start: int, end: int) -> Iterator[Span]:
        """Those that reach into `text[start:end]`; each ends with its line."""
        at = self.text.rfind("\n", 0, start) + 1
        while at < end:
            stop = self.text.find("\n", at)
            stop = len(self.text) if stop < 0 else stop
            if at not in self._lines:
                ends = [match.end() for match in _END.finditer(self.text, at, stop)]
                self._lines[at] = tuple([Span(*ends) for ends in pairwise((at, *ends, stop))])
            yield from (place for place in self._lines[at] if place.start < end and place.end > start)
            at = stop + 1


def _holds(sentence: str, digits: Collection[str]) -> bool:
    for figure in _FIGURE.findall(sentence.replace(",", "")):
        if figure.replace(".", "").strip("0") in digits:
            return True
    return any(_IN_WORDS[word] in digits for word in _IN_WORDS.keys() & sentence.lower().split())


def _is_in_name(tokens: list[Token], i: int) -> bool:
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
