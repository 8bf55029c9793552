"""The arithmetic of one labelled calculation, as the slip benchmark does it, apart from slipstick.

It knows products, quotients, sums, powers, roots and brackets, drops words, and keeps the units of time and the
prefixes. What it does not follow it gives up, and no slip is planted there: the labelled value decides.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import isqrt
from typing import NamedTuple

from slipstick.strategies.plain_numbers import PREFIXED, Number, number_at

TIMES = {
    1: "s sec secs second seconds",
    60: "min mins minute minutes",
    3600: "h hr hrs hour hours",
    86400: "d day days",
    604800: "week weeks",
    2629800: "month months",
    31557600: "year years yr yrs",
}
SECONDS = {word: seconds for seconds, words in TIMES.items() for word in words.split()}
PREFIXES = {"": 0, "k": 3, "kilo": 3, "m": 6, "mega": 6, "g": 9, "giga": 9, "t": 12, "tera": 12}
PREFIXES |= {"p": 15, "peta": 15, "e": 18, "exa": 18}
_SPACE = re.compile(r"[\s,;:~≈$€@]+")
_WORD = re.compile(r"\w+|[^\s\w]")
_MULTIPLIES = {"*": 2, "×": 2, "·": 2, "x": 2, "times": 2, "by": 1, "for": 1, "of": 1, "at": 1, "with": 1, "on": 1}
_DEEPEST = 20


class NotFollowedError(Exception):
    """The side of a calculation is written in a way that is not known here."""


class Amount(NamedTuple):
    """A value in seconds where it is `exact` and a time, and the power of time in it."""

    value: Fraction
    time: int = 0


class Token(NamedTuple):
    """A piece of a side: "number", "operator", "(", ")", "sqrt" or "unit"; `times` says how a unit enters (1 or -1)."""

    kind: str
    text: str
    start: int
    end: int
    number: Number | None = None
    times: int = 1


def without_remarks(text: str) -> str:
    """The same text with blanks in place of remarks: square brackets, and round ones that begin with a word."""
    text = re.sub(r"\[[^\]]*(?:\]|$)", lambda found: " " * len(found[0]), text)
    word = re.compile(r"(?:/\s*)?\((?!sqrt)\s*[^\W\d_][^()]*\)|\(±[^()]*\)")
    for _ in range(_DEEPEST):
        text, changed = word.subn(lambda found: " " * len(found[0]), text)
        if not changed:
            break
    return text


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The pieces of one side of a calculation (remarks are gone)."""
    found: list[Token] = []
    at, divides = start, False
    while at < end:
        if space := _SPACE.match(text, at, end):
            at = space.end()
            continue
        if (number := number_at(text, at)) is not None:
            found.append(Token("number", text[number.start : number.end], number.start, number.end, number))
            at, divides = number.end, False
            continue
        token, divides = _other(text, at, end, divides, found[-1] if found else None)
        found += [token] if token.kind else []
        at = token.end
    return found


def _other(text: str, at: int, end: int, divides: bool, before: Token | None) -> tuple[Token, bool]:
    """A sign or word, and whether the next word divides ("per", a slash before a word, "in a")."""
    if sign := re.compile(r"\*\*|//|[-+*×·^÷/()−√]").match(text, at, end):
        return _sign(text, sign[0], at, sign.end(), before is not None and before.times < 0)
    if per := re.compile(r"(?:per|in an?|for each)\b\s*").match(text, at, end):
        return Token("", "", at, per.end()), True
    if prefixed := PREFIXED.match(text, at, end):
        return Token("unit", prefixed[0], at, prefixed.end(), None, -1 if divides else 1), False
    word = _WORD.match(text, at, end)
    stop = word.end() if word else at + 1
    said = text[at:stop]
    if said in ("sqrt", "√"):
        return Token("sqrt", said, at, stop), False
    if said in ("plus", "minus"):
        return Token("operator", "+" if said == "plus" else "-", at, stop), False
    if said in _MULTIPLIES:
        return Token("operator", "*" if _MULTIPLIES[said] == 2 else "word", at, stop), False
    return Token("unit", said, at, stop, None, -1 if divides else 1), False


def _sign(text: str, sign: str, at: int, stop: int, divided: bool) -> tuple[Token, bool]:
    before, behind = text[at - 1 : at], text[stop : stop + 1]
    if sign in "-−" and before.isalnum() and behind.isalpha():  # GPU-hours, FLOP/GPU-second
        return Token("", "", at, stop), divided
    if sign == "/" and re.compile(r"\s*(?!sqrt)(?:[^\W\d_]|\$(?!\d))").match(text, stop):
        return Token("", "", at, stop), True
    kind = sign if sign in "()" else "sqrt" if sign == "√" else "operator"
    known = {"**": "^", "//": "/", "÷": "/", "×": "*", "·": "*", "−": "-"}
    return Token(kind, known.get(sign, sign), at, stop), False


class _Reader:
    """Goes through the pieces once. `exact` keeps the units of time, `rates` takes FLOPS for FLOP/s."""

    def __init__(self, pieces: list[Token], exact: bool, rates: bool) -> None:
        self.pieces, self.exact, self.rates, self.at = pieces, exact, rates, 0
        self.factors: list[Token] = []

    def next_is(self, kind: str, texts: str = "") -> bool:
        piece = self.pieces[self.at] if self.at < len(self.pieces) else None
        return piece is not None and piece.kind == kind and (not texts or piece.text in texts.split())

    def sum(self, depth: int = 0) -> Amount:
        if depth > _DEEPEST:
            raise NotFollowedError
        total = self.product(depth)
        while self.next_is("operator", "+ -"):
            sign = 1 if self.pieces[self.at].text == "+" else -1
            self.at += 1
            term = self.product(depth)
            if term.time != total.time:
                raise NotFollowedError
            total = Amount(total.value + sign * term.value, total.time)
        return total

    def product(self, depth: int) -> Amount:
        result = self.power(depth)
        while self.next_is("operator", "* / word") or self.next_is("(") or self.next_is("sqrt"):
            divides = self.next_is("operator", "/")
            self.at += self.next_is("operator")
            if self.at >= len(self.pieces):  # a stray "*" before "="
                break
            factor = self.power(depth)
            if divides and not factor.value:
                raise NotFollowedError
            value = result.value / factor.value if divides else result.value * factor.value
            result = Amount(value, result.time + (-factor.time if divides else factor.time))
        return result

    def power(self, depth: int) -> Amount:
        base = self.factor(depth)
        if not self.next_is("operator", "^"):
            return base
        self.at += 1
        exponent = self.factor(depth).value
        return Amount(_raised(base.value, exponent), int(base.time * exponent))

    def factor(self, depth: int) -> Amount:
        while self.next_is("unit"):  # "peak 125 TFLOP/s"
            self.at += 1
        if self.at >= len(self.pieces):
            raise NotFollowedError
        piece = self.pieces[self.at]
        self.at += 1
        if piece.kind == "sqrt":
            inside = self.factor(depth + 1)
            return Amount(_raised(inside.value, Fraction(1, 2)), inside.time // 2)
        if piece.kind == "(":
            result = self.sum(depth + 1)
            self.at += self.next_is(")")
        elif piece.number is not None:
            self.factors.append(piece)
            result = Amount(piece.number.value)
        else:
            raise NotFollowedError
        return self.with_units(result)

    def with_units(self, result: Amount) -> Amount:
        """The units behind a factor; a number among them belongs to a name (RTX 8000)."""
        units = []
        while self.next_is("unit") or (units and self.next_is("number")):
            units.append(self.pieces[self.at])
            self.at += 1
        timed = any(unit.text in SECONDS and unit.times < 0 for unit in units)
        for unit in units:
            scale, time = unit_of(unit.text, self.rates and not timed)
            if not self.exact:
                scale, time = (scale if PREFIXED.fullmatch(unit.text) and unit.text != "Wh" else Fraction(1)), 0
            result = Amount(result.value * scale**unit.times, result.time + time * unit.times)
        return result


def unit_of(word: str, rates: bool) -> tuple[Fraction, int]:
    """What a unit's word multiplies by, and the power of time in it; 1 and 0 for all that is not known."""
    if word in SECONDS:
        return Fraction(SECONDS[word]), 1
    if word == "fps":
        return Fraction(1), -1
    found = PREFIXED.fullmatch(word)
    if found is None:
        return Fraction(1), 0
    scale = Fraction(10) ** PREFIXES[(found["prefix"] or "").lower()]
    if found["unit"] == "Wh":
        return scale * 3600, 1
    if found["unit"] == "J":
        return scale, 1
    return scale, -1 if rates and found["unit"].lower().startswith("f") else 0


def _raised(base: Fraction, exponent: Fraction) -> Fraction:
    if abs(exponent) > 400 or (exponent.denominator != 1 and base < 0) or (base == 0 and exponent < 0):
        raise NotFollowedError
    if exponent.denominator == 1:
        return base**exponent.numerator
    if exponent == Fraction(1, 2):
        digits = 10**60
        return Fraction(isqrt(int(base * digits)), 10**30)
    return Fraction(float(base) ** float(exponent))


def evaluate(text: str, start: int, end: int, *, exact: bool = False, rates: bool = False) -> Amount:
    """The value of one side, from its numbers and prefixes; `exact` with the units of time that stand in it.

    Raises NotFollowedError.
    """
    return _read(tokens(text, start, end), exact, rates)[0]


def factors(text: str, start: int, end: int) -> list[Token]:
    """The numbers that the value of a side comes from, in order. Raises NotFollowedError."""
    return _read(tokens(text, start, end), False, False)[1]


def _read(pieces: list[Token], exact: bool, rates: bool) -> tuple[Amount, list[Token]]:
    while pieces and pieces[-1].kind == "operator":
        pieces.pop()
    reader = _Reader(pieces, exact, rates)
    try:
        result = reader.sum()
    except (OverflowError, ZeroDivisionError, ValueError) as error:
        raise NotFollowedError from error
    if reader.at < len(pieces):
        raise NotFollowedError
    return result, reader.factors
