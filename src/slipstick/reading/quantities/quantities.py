"""A number with its unit and the thing counted: "420*10^12 FLOP/s/TPUv3 board", "33% actual board utilization".

quantity = number [noun-phrase] {("/" | "per" | "for each") noun-phrase} {remark}
noun-phrase = {adjective} (unit | part [level] | noun) {"-" unit} [power]
remark   = "[" ... "]" | "(" ... ")" | words that lead to the next operator
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from slipstick.reading.lexing.scales import scale_of
from slipstick.reading.lexing.spelling import Reading, singulars, unit_of
from slipstick.reading.lexing.stops import past_abbreviation
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.lexing.wrapping import goes_on_in_next_line
from slipstick.reading.quantities.noun_meanings import TIMES, Noun, is_ratio_of_rates
from slipstick.reading.quantities.nouns import QUALIFYING, noun_phrase
from slipstick.reading.quantities.numbers import Number, integer_exponent, read_magnitude
from slipstick.source import Span
from slipstick.units import Compound, UnitTerm, is_device

_ONE = Fraction(1)


class UnitPhrase(NamedTuple):
    """The unit of a quantity. `count` reads FLOPS as a count, `rate` (where it differs) as a rate per second."""

    span: Span
    count: Compound = ()  # type: ignore[assignment]  # hides the method that every tuple has
    rate: Compound | None = None
    role: str = ""
    words: tuple[str, ...] = ()
    known: bool = True
    divisor: Fraction = _ONE
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
        return self.number.value if unit is None or unit.divisor is _ONE else self.number.value / unit.divisor

    @property
    def is_bare(self) -> bool:
        """Whether no unit and no noun stands with the number."""
        named = self.unit is not None and not self.unit.is_qualifying
        return not named and self.number.currency is None and not self.number.percent

    @property
    def role(self) -> str:
        """The role that the noun gives ("utilization"), or ""."""
        return self.unit.role if self.unit else ""

    def meaning(self, flops_is_rate: bool) -> Compound:
        """The compound of the unit phrase and the currency."""
        unit, currency = self.unit, self.number.currency
        own: Compound = () if unit is None else unit.meaning(flops_is_rate)
        return (UnitTerm(currency), *own) if currency else own


def _negative(compound: Compound) -> Compound:
    return tuple(UnitTerm(t.name, t.prefix, -t.exponent) for t in compound)


_RUNS = frozenset("epoch ep run pass fold trial".split())
"""What a bare number may be for each of: "1.2e18/epoch × 90"; nothing that may be a variable ("6/x", "5/time")."""
_DIVIDING = frozenset("per for a an each every in".split())


def _per_follows(tokens: Sequence[Token], i: int, has_unit: bool) -> int | None:
    """The index of the noun phrase that a slash, "per", "a" or "for each" at `i` divides by, else None.

    Any noun may stand below a unit or a price ("$1.25/label"); below a bare number a slash divides only by a unit.
    """
    if tokens[i].text == "/":
        if tokens[i + 1].lower == "per":
            return _per_follows(tokens, i + 1, has_unit)  # "5 MB / per second"
        if tokens[i + 1].text == "$":
            return i + 1 if tokens[i + 2].kind != "number" else None
        if has_unit and tokens[i + 1].kind == "open" and tokens[i + 2].kind == "word":
            return i + 1
        if tokens[i + 1].kind != "word":
            return None
        counted = unit_of(tokens[i + 1].text) is not None or tokens[i + 1].lower in _RUNS
        return i + 1 if has_unit or counted or _is_price(tokens, i) else None
    text = tokens[i].lower
    if text not in _DIVIDING:
        return None
    if text == "per" and (tokens[i + 1].kind in ("word", "number") or tokens[i + 1].text == "$"):
        return i + 1
    if text == "for" and tokens[i + 1].lower == "each":
        return i + 2
    if text == "in":
        j = i + 1 + (tokens[i + 1].lower in ("a", "an"))
        return j if all(_is_time(word) for word in (tokens[i - 1], tokens[j])) else None  # "24 hours in a day"
    below = unit_of(tokens[i + 1].text) if text in ("a", "an", "each", "every") else None
    if below is not None and ((has_unit and text in ("a", "an")) or below.count[0].name in TIMES):
        return i + 1
    return None


def _is_time(token: Token) -> bool:
    unit = unit_of(token.text) if token.kind == "word" else None
    return unit is not None and unit.count[0].name in TIMES


def _is_price(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number with a currency sign before it ends at `i`: "$1.25", "€3 million"."""
    j = i - 1
    while j > 0 and i - j <= 3 and tokens[j].kind == "word" and scale_of(tokens[j].text) is not None:
        j -= 1
    return j > 0 and tokens[j].kind == "number" and tokens[j - 1].kind == "currency"


_RAISING = frozenset(("power", "superscript"))
_FIRST = frozenset(("word", "number", "times", "currency", "divide"))
"""Kinds of tokens with which a unit phrase may begin: "GPUs", "40GB A100s", "× V100", "$/hour", "/s"."""
_MAX_UNITS = 12
"""No quantity is per more things than this; a text that says so is not read."""


def unit_phrase(tokens: Sequence[Token], i: int) -> tuple[UnitPhrase, int] | None:
    """The unit phrase at token `i` (after a number or a bracket) and the index after it, or None."""
    kind = tokens[i].kind
    if kind == "number":
        i = _past_memory(tokens, i)
    elif kind == "newline" and goes_on_in_next_line(tokens, i):
        i += 1
    elif kind != "word" and (kind not in _FIRST or (kind == "times" and tokens[i + 1].kind != "word")):
        return None
    start, head = i, _head(tokens, i)
    nouns: list[tuple[Noun, int]] = []
    divisor = _ONE
    if head is not None:
        nouns.append((_to_power(tokens, head), 1))
        i = _after_power(tokens, head[1])
    while len(nouns) < _MAX_UNITS and (at := _per_follows(tokens, i, bool(nouns))) is not None:
        many, at = _how_many(tokens, at)
        below = _denominators(tokens, at)
        if below is None:
            break
        divisor = divisor * many if many is not _ONE else divisor
        nouns.extend(below[0])
        i = below[1] + (tokens[below[1]].lower == "peak")  # "312 TFLOP/s per GPU peak"
    if not nouns:
        return None
    if len(nouns) == 4 and is_ratio_of_rates(nouns):
        nouns[3] = (nouns[3][0], 1)
    phrase = _phrase(tokens[start].to(tokens[i - 1]), nouns)
    return (phrase if divisor is _ONE else phrase._replace(divisor=divisor)), past_abbreviation(tokens, i)


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


def _how_many(tokens: Sequence[Token], i: int) -> tuple[Fraction, int]:
    """The number or scale in "per 1M tokens", "per million tokens", "$0.25/M"; 1 where there is none."""
    if tokens[i].kind == "number":
        found = read_magnitude(tokens, i)
        return (found[0].value, found[1]) if found and found[0].value > 0 else (_ONE, i)
    word = tokens[i].text
    counted = tokens[i + 1].kind == "word" and unit_of(tokens[i + 1].text) is not None and not tokens[i + 1].glued
    power = scale_of(word) if len(word) > 3 or word == "M" or (word in ("k", "K", "B", "T") and counted) else None
    many = Fraction(12) if word in ("dozen", "doz") else Fraction(10) ** power if power is not None else None
    return (many, i + 1) if many is not None else (_ONE, i)


def _denominators(tokens: Sequence[Token], i: int) -> tuple[list[tuple[Noun, int]], int] | None:
    """What stands below a slash: one noun phrase; "(parameter * token)"; or "s-days", which is per second, for days."""
    if tokens[i].text == "$":
        return [(Noun(Reading((UnitTerm("USD"),))), -1)], i + 1
    if tokens[i].kind == "open":
        return _bracketed(tokens, i)
    if _is_second_before_time(tokens, i):
        joined = tokens[i + 1].kind in ("minus", "times")
        time = noun_phrase(tokens, i + (2 if joined else 1))
        if time is not None:
            return [(Noun(Reading((UnitTerm("second"),))), -1), (time[0], 1)], time[1]
    below = noun_phrase(tokens, i)
    if below is not None and below[0].reading.timed and tokens[below[1]].text == "/":
        per_second = _denominators(tokens, below[1] + 1) if _is_second_before_time(tokens, below[1] + 1) else None
        if per_second is not None:  # "FLOP/petaflop/s-day": all of it stands below
            return [(below[0], -1), *((noun, -sign) for noun, sign in per_second[0])], per_second[1]
    scaled = i > 1 and (scale_of(tokens[i - 1].text) is not None or tokens[i - 1].text in ("dozen", "doz"))
    if below is None and scaled and tokens[i].kind != "word":
        return [(Noun(Reading(())), -1)], i  # "$0.25 per million": of what, the line says elsewhere
    return ([(_to_power(tokens, below), -1)], _after_power(tokens, below[1])) if below is not None else None


def _is_second_before_time(tokens: Sequence[Token], i: int) -> bool:
    """Whether "s-days", "s·days" or "sec days" stands at `i`: petaflop/s-days."""
    if tokens[i].lower not in ("s", "sec", "second"):
        return False
    following = i + 2 if tokens[i + 1].kind in ("minus", "times") and tokens[i + 1].glued else i + 1
    return tokens[following].kind == "word" and any(
        form.lower() in ("day", "hour", "year", "month") for form in singulars(tokens[following].text)
    )


def _bracketed(tokens: Sequence[Token], i: int) -> tuple[list[tuple[Noun, int]], int] | None:
    nouns: list[tuple[Noun, int]] = []
    i += 1
    while len(nouns) < 5 and (below := noun_phrase(tokens, i)) is not None:
        nouns.append((below[0], -1))
        i = below[1]
        if tokens[i].kind == "close":
            return nouns, i + 1
        if tokens[i].kind != "times":
            return None
        i += 1
    return None


def _after_power(tokens: Sequence[Token], i: int) -> int:
    found = integer_exponent(tokens, i) if tokens[i].kind in _RAISING else None
    return found[1] if found and abs(found[0]) <= 6 else i


def _to_power(tokens: Sequence[Token], found: tuple[Noun, int]) -> Noun:
    noun, i = found
    exponent = integer_exponent(tokens, i) if tokens[i].kind in _RAISING else None
    if exponent is None or abs(exponent[0]) > 6 or len(noun.reading.count) != 1:
        return noun
    term = noun.reading.count[0]
    raised = Reading((UnitTerm(term.name, term.prefix, exponent[0]),))
    return Noun(raised, noun.role, noun.words, noun.known)


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
