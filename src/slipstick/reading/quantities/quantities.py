"""A number with its unit and the thing counted: "420*10^12 FLOP/s/TPUv3 board", "33% actual board utilization".

quantity = number [noun-phrase] {("/" | "per" | "for each") noun-phrase} {remark}
noun-phrase = {adjective} (unit | part [level] | noun) {"-" unit} [power]
remark   = "[" ... "]" | "(" ... ")" | words that lead to the next operator
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from slipstick.reading.lexing.spelling import Reading
from slipstick.reading.lexing.stops import past_abbreviation
from slipstick.reading.lexing.tokens import LOOK_AHEAD, Token
from slipstick.reading.lexing.wrapping import goes_on_in_next_line
from slipstick.reading.quantities.denominators import (
    ONE,
    after_power,
    denominators,
    how_many,
    is_many,
    per_follows,
    to_power,
)
from slipstick.reading.quantities.noun_meanings import TIMES, Noun, is_ratio_of_rates
from slipstick.reading.quantities.nouns import QUALIFYING, STOPWORDS, noun_phrase
from slipstick.reading.quantities.numbers import Number
from slipstick.source import Span
from slipstick.units import Compound, UnitTerm, is_device


class UnitPhrase(NamedTuple):
    """The unit of a quantity. `count` reads FLOPS as a count, `rate` (where it differs) as a rate per second."""

    span: Span
    count: Compound = ()  # type: ignore[assignment]  # hides the method that every tuple has
    rate: Compound | None = None
    role: str = ""
    words: tuple[str, ...] = ()
    known: bool = True
    divisor: Fraction = ONE
    """How many of the denominator the number is for: 1e6 in "$2 per million tokens"."""

    @property
    def is_qualifying(self) -> bool:
        """Whether its words only qualify the number: the "peak" of "989e12 peak"."""
        return not self.count and bool(self.words) and QUALIFYING.issuperset(map(str.lower, self.words))

    def meaning(self, flops_is_rate: bool) -> Compound:
        """The compound under one reading of FLOPS."""
        return self.rate if flops_is_rate and self.rate is not None else self.count


class Quantity(NamedTuple):
    """A number as written with its unit phrase (None for a bare number) and the remarks behind it."""

    span: Span
    number: Number
    unit: UnitPhrase | None = None
    remark: str = ""
    aside: Quantity | None = None
    """The one quantity that stands in a bracket behind: "8 V100 (125 TFLOP/s)"."""

    def __hash__(self) -> int:
        """That of its place, which hardly any two share: all its numbers would take long to hash."""
        return hash(self.span)

    @property
    def value(self) -> Fraction:
        """The number per one of its unit."""
        unit = self.unit
        return self.number.value if unit is None or unit.divisor is ONE else self.number.value / unit.divisor

    @property
    def is_bare(self) -> bool:
        """Whether no unit and no noun stands with the number."""
        unit = self.unit
        if unit is not None and (unit.count or not unit.is_qualifying):
            return False
        return self.number.currency is None and not self.number.percent

    @property
    def role(self) -> str:
        """The role that the noun gives ("utilization"), or ""."""
        return self.unit.role if self.unit else ""

    def meaning(self, flops_is_rate: bool) -> Compound:
        """The compound of the unit phrase and the currency."""
        unit, currency = self.unit, self.number.currency
        if unit is None:
            return (UnitTerm(currency),) if currency else ()
        own = unit.rate if flops_is_rate and unit.rate is not None else unit.count
        return (UnitTerm(currency), *own) if currency else own


def _negative(compound: Compound) -> Compound:
    return tuple(UnitTerm(t.name, t.prefix, -t.exponent) for t in compound)


_FIRST = frozenset(("word", "number", "times", "currency", "divide"))
"""Kinds of tokens with which a unit phrase may begin: "GPUs", "40GB A100s", "× V100", "$/hour", "/s"."""
_ENDING = frozenset(("relation", "newline", "comma", "close", "plus", "quote", "stop", "end"))
"""Kinds of tokens that end a unit phrase whatever stands behind them."""
_APART = STOPWORDS - {"of", "in", "for", "has", "as", "i"}
"""Words that neither belong to a unit nor divide it, nor begin the name of anything."""
_MOST_WORDS = 6
_MAX_UNITS = 12
"""No quantity is per more things than this; a text that says so is not read."""


def unit_phrase(tokens: Sequence[Token], i: int) -> tuple[UnitPhrase, int] | None:
    """The unit phrase at token `i` (after a number or a bracket) and the index after it, or None."""
    first = tokens[i]
    if first.lower in _APART:
        return None
    words = _words(tokens, i) if first.kind == "word" and first.lower != "in" else ()
    found = _of_words(words) if words else _unit_phrase(tokens, i)
    if found is None or not words:
        return found
    after = i + found[1]
    phrase = tuple.__new__(UnitPhrase, (first.to(tokens[after - 1]), *found[0][1:]))
    return phrase, past_abbreviation(tokens, after) if tokens[after].kind == "stop" else after


def _words(tokens: Sequence[Token], i: int) -> tuple[str, ...]:
    """The few words at `i` that alone decide what unit they are, with the signs between them: nothing but blanks,
    slashes and hyphens joins them, and what stands behind ends every unit; a word that does is the last of them.
    None where more may matter.
    """
    words = [tokens[i].text]
    while len(words) < _MOST_WORDS:
        i += 1
        token = tokens[i]
        if token.kind == "word" and not token.glued:
            words.append(token.text)
            if token.lower in _APART or (token.lower == "for" and tokens[i + 1].lower != "each"):
                return tuple(words)
        elif token.kind in _ENDING or (token.kind == "times" and not token.glued):
            return tuple(words)
        elif token.kind == "open":
            return tuple(words) if not is_many(words[-1]) else ()  # "$2/M (tokens)"
        elif tokens[i + 1].kind == "word" and (
            token.text == "/" or (token.text == "-" and token.glued and tokens[i + 1].glued)
        ):
            i += 1
            words += token.text, tokens[i].text
        else:
            break
    return ()


@lru_cache(maxsize=10_000)
def _of_words(words: tuple[str, ...]) -> tuple[UnitPhrase, int] | None:
    """The unit phrase of words, and how many tokens it takes."""
    kinds = {"/": "divide", "-": "minus"}
    tokens = [
        Token.of(kinds.get(word, "word"), word, 0, 0, n > 0 and "-" in words[n - 1 : n + 1])
        for n, word in enumerate(words)
    ]
    return _unit_phrase([*tokens, *[Token.of("relation", "=", 0, 0, False)] * LOOK_AHEAD], 0)


def _unit_phrase(tokens: Sequence[Token], i: int) -> tuple[UnitPhrase, int] | None:
    kind = tokens[i].kind
    if kind == "number":
        i = _past_memory(tokens, i)
    elif kind == "newline" and goes_on_in_next_line(tokens, i):
        i += 1
    elif kind != "word" and (kind not in _FIRST or (kind == "times" and tokens[i + 1].kind != "word")):
        return None
    start, head = i, _head(tokens, i)
    nouns: list[tuple[Noun, int]] = []
    divisor = ONE
    if head is not None:
        nouns.append((to_power(tokens, head), 1))
        i = after_power(tokens, head[1])
    while len(nouns) < _MAX_UNITS and (at := per_follows(tokens, i, bool(nouns))) is not None:
        many, at = how_many(tokens, at)
        below = denominators(tokens, at)
        if below is None:
            break
        divisor = divisor * many if many is not ONE else divisor
        nouns.extend(below[0])
        i = below[1] + (tokens[below[1]].lower == "peak")  # "312 TFLOP/s per GPU peak"
    if not nouns:
        return None
    if len(nouns) == 4 and is_ratio_of_rates(nouns):
        nouns[3] = (nouns[3][0], 1)
    phrase = _phrase(tokens[start].to(tokens[i - 1]), nouns)
    return (phrase if divisor is ONE else phrase._replace(divisor=divisor)), past_abbreviation(tokens, i)


def _past_memory(tokens: Sequence[Token], i: int) -> int:
    """Past a card's memory that stands before its name: 32 40GB A100s."""
    size = tokens[i + 1].text in ("GB", "GiB", "G")
    return i + 2 if size and noun_phrase(tokens, i + 2) is not None else i


def _head(tokens: Sequence[Token], i: int) -> tuple[Noun, int] | None:
    """The noun phrase above the slashes; "8 × V100", "8x V100" and "15 $/hour" have a sign before or in its place."""
    kind, text = tokens[i].kind, tokens[i].text
    if text == "$" and (tokens[i + 1].kind == "divide" or tokens[i + 1].text == "per"):
        return Noun(Reading((UnitTerm("USD"),)), "", ("$",)), i + 1
    if text in _TRANSFERS and tokens[i + 1].text == "/" and tokens[i + 2].lower in ("s", "sec"):
        return Noun(Reading((UnitTerm("transfer", _TRANSFERS[text]),)), "", (text,)), i + 1
    if (kind == "times" or text in ("x", "X")) and tokens[i + 1].kind == "word":
        named = noun_phrase(tokens, i + 1)
        if named is not None and _is_device(named[0]):
            return named
        if kind == "times":
            return None
    return noun_phrase(tokens, i)


_TRANSFERS = {"MT": "mega", "GT": "giga"}
"""Transfers, where so many are made each second: 3200 MT/s of a memory; "MT" is else a metric ton."""


def _is_device(noun: Noun) -> bool:
    compound = noun.reading.count
    return len(compound) == 1 and is_device(compound[0].name)


def _phrase(span: Span, nouns: list[tuple[Noun, int]]) -> UnitPhrase:
    """Numerator and denominators put together. FLOPS is a count where "/s" stands beside it."""
    if len(nouns) == 1 and nouns[0][1] > 0:
        reading, role, words, known = nouns[0][0]
        return UnitPhrase(span, reading.count, reading.rate, role, words, known)
    count: Compound = ()
    rate = None
    below = [t.name for noun, sign in nouns if sign < 0 for t in noun.reading.count]
    for noun, sign in nouns:
        compound = noun.reading.count if sign > 0 else _negative(noun.reading.count)
        if noun.reading.rate is not None and sign > 0 and not any(name in TIMES for name in below):
            rate = count + noun.reading.rate
        elif rate is not None:
            rate = rate + compound
        count = count + compound
    words = tuple(w for noun, sign in nouns if sign > 0 for w in noun.words)
    return UnitPhrase(span, count, rate, nouns[0][0].role, words, all(n.known for n, _ in nouns))
