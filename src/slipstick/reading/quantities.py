"""A number with its unit and the thing counted: "420*10^12 FLOP/s/TPUv3 board", "33% actual board utilization".

quantity = number [noun-phrase] {("/" | "per" | "for each") noun-phrase} {remark}
noun-phrase = {adjective} (unit | part [level] | noun) {"-" unit} [power]
remark   = "[" ... "]" | "(" ... ")" | words that lead to the next operator
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from slipstick.reading.nouns import TIMES, Noun, noun_phrase
from slipstick.reading.numbers import Number, integer_exponent, kind_at, text_at
from slipstick.reading.spelling import Reading, unit_of
from slipstick.reading.tokens import Token
from slipstick.source import Span
from slipstick.units import Compound, UnitTerm


@dataclass(frozen=True)
class UnitPhrase:
    """The unit of a quantity. `count` reads FLOPS as a count, `rate` (where it differs) as a rate per second."""

    span: Span
    count: Compound = ()
    rate: Compound | None = None
    role: str = ""
    words: tuple[str, ...] = ()
    known: bool = True

    def meaning(self, flops_is_rate: bool) -> Compound:
        """The compound under one reading of FLOPS."""
        return self.rate if flops_is_rate and self.rate is not None else self.count


class Quantity(NamedTuple):
    """A number as written with its unit phrase (None for a bare number) and the remarks behind it."""

    span: Span
    number: Number
    unit: UnitPhrase | None = None
    remark: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether no unit and no noun stands with the number."""
        return self.unit is None and self.number.currency is None and not self.number.percent

    @property
    def role(self) -> str:
        """The role that the noun gives ("utilization"), or ""."""
        return self.unit.role if self.unit else ""

    def meaning(self, flops_is_rate: bool) -> Compound:
        """The compound of the unit phrase and the currency."""
        money = (UnitTerm(self.number.currency),) if self.number.currency else ()
        return money + (self.unit.meaning(flops_is_rate) if self.unit else ())


def _negative(compound: Compound) -> Compound:
    return tuple(UnitTerm(t.name, t.prefix, -t.exponent) for t in compound)


def _per_follows(tokens: Sequence[Token], i: int, has_unit: bool) -> int | None:
    """The index of the noun phrase that a slash, "per" or "for each" at `i` divides by, else None."""
    if kind_at(tokens, i) == "divide" and tokens[i].text == "/":
        if kind_at(tokens, i + 1) == "word" and (has_unit or unit_of(tokens[i + 1].text) is not None):
            return i + 1
        return None
    text = text_at(tokens, i).lower()
    if text == "per" and kind_at(tokens, i + 1) == "word":
        return i + 1
    if text == "for" and text_at(tokens, i + 1).lower() == "each":
        return i + 2
    if text in ("a", "an", "each") and has_unit and unit_of(text_at(tokens, i + 1)) is not None and text != "each":
        return i + 1
    return None


def unit_phrase(tokens: Sequence[Token], i: int) -> tuple[UnitPhrase, int] | None:
    """The unit phrase at token `i` (after a number or a bracket) and the index after it, or None."""
    start, head = i, noun_phrase(tokens, i)
    nouns: list[tuple[Noun, int]] = []
    if head is not None:
        nouns.append((_to_power(tokens, head), 1))
        i = _after_power(tokens, head[1])
    while (at := _per_follows(tokens, i, bool(nouns))) is not None:
        below = noun_phrase(tokens, at)
        if below is None:
            break
        nouns.append((_to_power(tokens, below), -1))
        i = _after_power(tokens, below[1])
    if not nouns:
        return None
    return _phrase(tokens[start].span.to(tokens[i - 1].span), nouns), i


def _after_power(tokens: Sequence[Token], i: int) -> int:
    found = integer_exponent(tokens, i)
    return found[1] if found and abs(found[0]) <= 6 else i


def _to_power(tokens: Sequence[Token], found: tuple[Noun, int]) -> Noun:
    noun, i = found
    exponent = integer_exponent(tokens, i)
    if exponent is None or abs(exponent[0]) > 6 or len(noun.reading.count) != 1:
        return noun
    term = noun.reading.count[0]
    raised = Reading((UnitTerm(term.name, term.prefix, Fraction(exponent[0])),))
    return Noun(raised, noun.role, noun.words, noun.known)


def _phrase(span: Span, nouns: list[tuple[Noun, int]]) -> UnitPhrase:
    """Numerator and denominators put together. FLOPS is a count where "/s" stands beside it."""
    count: Compound = ()
    rate: Compound | None = None
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
