"""What a unit is divided by and raised to: "FLOP/s", "$2 per million tokens", "m/s²", "24 hours in a day".

denominator = ("/" | "per" | "a" | "for each" | "in a") [number | scale] (noun-phrase [power] | "(" noun-phrase ... ")")
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from slipstick.reading.lexing.scales import scale_of
from slipstick.reading.lexing.spelling import Reading, singulars, unit_of
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.noun_meanings import TIMES, Noun
from slipstick.reading.quantities.nouns import noun_phrase
from slipstick.reading.quantities.numbers import read_magnitude
from slipstick.reading.quantities.powers_of_ten import integer_exponent
from slipstick.units import UnitTerm

ONE = Fraction(1)
_DOZEN = frozenset(("dozen", "doz"))
_RAISING = frozenset(("power", "superscript"))
_RUNS = frozenset("epoch ep run pass fold trial".split())
"""What a bare number may be for each of: "1.2e18/epoch × 90"; nothing that may be a variable ("6/x", "5/time")."""
_DIVIDING = frozenset("per for a an each every in".split())


_OF_A_HUNDRED = frozenset(("km", "g", "ml", "mL"))
"""What so much is for a hundred of: "6.5 L/100km", "52 kcal/100 g"."""


def per_follows(tokens: Sequence[Token], i: int, has_unit: bool) -> int | None:
    """The index of the noun phrase that a slash, "per", "a" or "for each" at `i` divides by, else None.

    Any noun may stand below a unit or a price ("$1.25/label"); below a bare number a slash divides only by a unit.
    """
    if tokens[i].text == "/":
        if tokens[i + 1].lower == "per":
            return per_follows(tokens, i + 1, has_unit)  # "5 MB / per second"
        if tokens[i + 1].text == "$":
            return i + 1 if tokens[i + 2].kind != "number" else None
        if has_unit and tokens[i + 1].kind == "open" and tokens[i + 2].kind == "word":
            return i + 1
        if tokens[i + 1].kind != "word":
            hundred = has_unit and tokens[i + 1].text == "100" and tokens[i + 2].text in _OF_A_HUNDRED
            return i + 1 if hundred and tokens[i].glued and tokens[i + 1].glued else None
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


def how_many(tokens: Sequence[Token], i: int) -> tuple[Fraction, int]:
    """The number or scale in "per 1M tokens", "per million tokens", "$0.25/M"; 1 where there is none."""
    if tokens[i].kind == "number":
        found = read_magnitude(tokens, i)
        return (found[0].value, found[1]) if found and found[0].value > 0 else (ONE, i)
    word = tokens[i].text
    counted = tokens[i + 1].kind == "word" and unit_of(tokens[i + 1].text) is not None and not tokens[i + 1].glued
    power = scale_of(word) if len(word) > 3 or word == "M" or (word in ("k", "K", "B", "T") and counted) else None
    many = Fraction(12) if word in _DOZEN else Fraction(10) ** power if power is not None else None
    return (many, i + 1) if many is not None else (ONE, i)


def denominators(tokens: Sequence[Token], i: int) -> tuple[list[tuple[Noun, int]], int] | None:
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
        per_second = denominators(tokens, below[1] + 1) if _is_second_before_time(tokens, below[1] + 1) else None
        if per_second is not None:  # "FLOP/petaflop/s-day": all of it stands below
            return [(below[0], -1), *((noun, -sign) for noun, sign in per_second[0])], per_second[1]
    scaled = i > 1 and is_many(tokens[i - 1].text)
    if below is None and scaled and tokens[i].kind != "word":
        return [(Noun(Reading(())), -1)], i  # "$0.25 per million": of what, the line says elsewhere
    return ([(to_power(tokens, below), -1)], after_power(tokens, below[1])) if below is not None else None


def is_many(word: str) -> bool:
    """Whether a word may say of how many things: million, dozen, M."""
    return word in _DOZEN or scale_of(word) is not None


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


def after_power(tokens: Sequence[Token], i: int) -> int:
    """The index behind the power of a unit at `i`; `i` where none stands there."""
    found = integer_exponent(tokens, i) if tokens[i].kind in _RAISING else None
    return found[1] if found and abs(found[0]) <= 6 else i


def to_power(tokens: Sequence[Token], found: tuple[Noun, int]) -> Noun:
    """The noun phrase raised to the power that stands behind it, if one does."""
    noun, i = found
    exponent = integer_exponent(tokens, i) if tokens[i].kind in _RAISING else None
    if exponent is None or abs(exponent[0]) > 6 or len(noun.reading.count) != 1:
        return noun
    term = noun.reading.count[0]
    raised = Reading((UnitTerm(term.name, term.prefix, exponent[0]),))
    return Noun(raised, noun.role, noun.words, noun.known)
