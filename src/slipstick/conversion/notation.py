"""The text of a unit -> what it may mean: "petaflop/s-day", "kg·m²·s⁻²", "USD per million tokens", "TPU v3 core-years".

    unit     = ["/"] run {("*" | "·" | "×" | "/" | "per") run}      left to right
    run      = factor {[" " | "-"] factor}                           binds tighter than a slash
    factor   = ("(" unit ")" | number | name) [power]                a name may have several words
    power    = ("^" | "**") integer | superscripts | "-" digit | "squared" | "cubed"

After a slash a run stays below it ($/GPU-hour), unless it is a time behind a time: a petaflop/s-day is a petaflop/s
times a day.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from slipstick.conversion.algebra import MOST_MEANINGS, as_rate, is_rate_of_rate, is_time, raised, times
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.names import dollars_at, name_at
from slipstick.conversion.tokens import HYPHENS, SUPERSCRIPTS, Token, tokenize
from slipstick.conversion.vocabulary import ONE, Meaning
from slipstick.reading.lexing.scales import scale_of

LONGEST = 200
_DEEPEST, _MOST_TERMS, _MOST_DIGITS = 8, 24, 30
_SAME_SIGNS = str.maketrans({"μ": "µ", "\u2126": "Ω", "\u212b": "Å"})
_TIMES = ("*", "·", "×", "⋅", "∙")
_EACH = ("a", "an", "each", "every")
_POWERS_BEHIND = {"squared": 2, "cubed": 3}
_INTEGER = re.compile(r"\s*(\(\s*)?([+\-−]?)\s*([0-9]+)(?(1)\s*\))(?![.\w])")


@lru_cache(maxsize=10_000)
def read_unit(text: str) -> tuple[Meaning, ...]:
    """What the text of a unit may mean, likeliest first; at least one meaning: a plain number where it is empty.

    Raises ConversionError where a word is no unit, or the text is too long, too deep or none of a unit's.
    """
    if len(text) > LONGEST:
        raise ConversionError(f"the unit is {len(text)} characters long; expected at most {LONGEST}")
    if not text.strip():
        return (Meaning(ONE, ()),)
    found = _Parser(text.translate(_SAME_SIGNS)).whole()
    return tuple(m for m in found if not is_rate_of_rate(m))[:MOST_MEANINGS] or found


class _Parser:
    """Recursive descent over the tokens of one unit; every method leaves `at` behind what it read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self.depth = 0
        self.terms = 0

    def whole(self) -> tuple[Meaning, ...]:
        """unit, and nothing behind it."""
        found = self.unit()
        if self.here.kind != "end":
            raise ConversionError(f"expected the end of the unit, not {self.text[self.here.start :][:20]!r}")
        return found

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    def spaces(self) -> bool:
        """Skip white space, and say whether there was any."""
        before = self.at
        while self.here.kind == "space":
            self.at += 1
        return self.at > before

    def unit(self) -> tuple[Meaning, ...]:
        """["/"] run {operator run}"""
        self.spaces()
        found: tuple[Meaning, ...] = (Meaning(ONE, ()),) if self.sign() == "/" else self.together(self.run())
        while sign := self.sign():
            self.at += 1
            self.spaces()
            parts = self.run()
            if sign == "*":
                found = times(found, self.together(parts))
                continue
            found = self.over(found, parts)
        return found

    def sign(self) -> str:
        """The operator at this place, "*" or "/", else nothing."""
        self.spaces()
        if self.here.text in _TIMES or self.here.text.lower() == "times":
            return "*"
        is_word = self.here.text.lower() == "per" or (bool(self.at) and self.here.text in _EACH)
        return "/" if self.here.text in ("/", "÷") or is_word else ""

    def over(self, above: tuple[Meaning, ...], parts: list[tuple[Meaning, ...]]) -> tuple[Meaning, ...]:
        """What stands above a slash by the run below it; a time behind a time goes up."""
        if len(parts) > 1 and all(is_time(part) for part in parts):
            return times(above, raised(parts[0], -1), *parts[1:])
        return times(above, raised(self.together(parts), -1))

    def together(self, parts: list[tuple[Meaning, ...]]) -> tuple[Meaning, ...]:
        """The product of a run: operations joined to a time are a rate times that time."""
        timed = any(is_time(part) for part in parts)
        return times(*(tuple(as_rate(m) for m in part) if timed else part for part in parts))

    def run(self) -> list[tuple[Meaning, ...]]:
        """factor {[" " | "-"] factor}"""
        parts = [self.factor()]
        while True:
            before = self.at
            self.spaces()
            if self.here.text == "of":  # tonnes of CO2
                self.at += 1
                self.spaces()
            if self.here.text in HYPHENS:
                self.at += 1
                self.spaces()
                parts.append(self.factor())
            elif self.begins_factor():
                self.expect_one_quantity()
                parts.append(self.factor())
            else:
                self.at = before
                return parts

    def expect_one_quantity(self) -> None:
        """Refuse "6 ft 2 in": a number may begin a run, but not stand within one."""
        if self.here.kind == "number" and dollars_at(self.tokens, self.at) is None:
            raise ConversionError(f"{self.text[:60]!r} holds two quantities; expected one number with its unit")

    def begins_factor(self) -> bool:
        here = self.here
        return here.text == "(" or here.kind in ("number", "sign") or (here.kind == "word" and not self.sign())

    def factor(self) -> tuple[Meaning, ...]:
        """("(" unit ")" | number | [power-word] word) [power]"""
        self.terms += 1
        if self.terms > _MOST_TERMS:
            raise ConversionError(f"the unit has more than {_MOST_TERMS} factors")
        if self.here.text == "(":
            found = self.bracket()
        elif self.here.kind == "number":
            found = self.number()
        elif self.here.kind in ("word", "sign"):
            found, self.at = name_at(self.text, self.tokens, self.at)
        else:
            rest = self.text[self.here.start :][:20]
            raise ConversionError(f"expected a unit, not {rest!r}" if rest else "expected a unit where the text ends")
        exponent = self.power()
        return found if exponent is None else raised(found, exponent)

    def bracket(self) -> tuple[Meaning, ...]:
        """ "(" unit ")" """
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ConversionError(f"the unit has brackets more than {_DEEPEST} deep")
        self.at += 1
        found = self.unit()
        self.spaces()
        if self.here.text != ")":
            raise ConversionError(f"a bracket is not closed in the unit {self.text[:60]!r}")
        self.at += 1
        self.depth -= 1
        return found

    def number(self) -> tuple[Meaning, ...]:
        """A number as a factor of the unit: "100 km", "1,000 tokens"; before dollars it may be a year."""
        if (dollars := dollars_at(self.tokens, self.at)) is not None:
            found, self.at = dollars
            return found
        text = self.here.text.replace(",", "").replace("_", "")
        self.at += 1
        mantissa, _, exponent = text.lower().partition("e")
        if len(mantissa) > _MOST_DIGITS or abs(int(exponent or 0)) > 300 or not Fraction(mantissa):
            raise ConversionError(f"the number {text[:40]!r} cannot stand in a unit")
        return (self.scaled(Fraction(text)),)

    def scaled(self, number: Fraction) -> Meaning:
        """A number with the letter behind it that scales it: the "1M" of "$ per 1M tokens"."""
        here, after = self.here, self.tokens[self.at + 1 : self.at + 3]
        power = scale_of(here.text) if [t.kind for t in after] == ["space", "word"] else None
        if here.kind != "word" or power is None:
            return Meaning(number, ())
        self.at += 1
        return Meaning(number * 10**power, (), (f"{here.text} was taken for 10^{power}, a scale and no unit",))

    def power(self) -> int | None:
        """The power behind a factor, or None."""
        here = self.here
        if here.kind == "superscript":
            self.at += 1
            return _whole(here.text.translate(SUPERSCRIPTS))
        if here.kind == "power":
            self.at += 1
            return self.integer()
        after = self.tokens[self.at + 1] if here.text == "-" else here
        if here.text == "-" and after.kind == "number" and len(after.text) == 1:
            self.at += 2
            return -int(after.text)
        if here.kind == "space" and self.tokens[self.at + 1].text.lower() in _POWERS_BEHIND:
            self.at += 2
            return _POWERS_BEHIND[self.tokens[self.at - 1].text.lower()]
        return None

    def integer(self) -> int:
        """[("+" | "-")] digits, perhaps in brackets"""
        match = _INTEGER.match(self.text, self.here.start)
        if match is None:
            raise ConversionError(f"expected a whole number as power, not {self.text[self.here.start :][:20]!r}")
        while self.here.start < match.end() and self.here.kind != "end":
            self.at += 1
        return _whole(("-" if match[2] in ("-", "−") else "") + match[3])


def _whole(text: str) -> int:
    if len(text) > 6:
        raise ConversionError(f"the power {text[:6]}... is too high; expected one from -12 to 12")
    return int(text)
