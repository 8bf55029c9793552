"""Numbers as people write them, exact, with the unit of their last printed digit and the range they give.

number   = [currency] magnitude [("to" | "-" | "–" | "..") [currency] magnitude] | ...
magnitude = literal [times ten-power] [scale] ["%"] ["±" literal ["%"]] (literals, ten-powers: powers_of_ten.py)
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from slipstick.patterns import pattern
from slipstick.reading.lexing.scales import GLUED_SCALES, SCALES, scale_of
from slipstick.reading.lexing.spelling import unit_of
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.arithmetic import geometric_mean, is_out_of_bounds
from slipstick.reading.quantities.literals import literal_of, power_of_ten
from slipstick.reading.quantities.powers_of_ten import with_power_of_ten
from slipstick.source import Span, span_of

_MAX_SCALES = 8
_GOING_ON = frozenset(("plus_minus", "range", "minus", "word"))
"""Kinds of tokens with which the range of a number may go on."""
_BEFORE_TEN = frozenset(("times", "power", "superscript", "other", "stop"))
"""Kinds of tokens that may join a literal to a power of ten or raise it; a dot is of one of the last two."""
_PERCENT = frozenset(("%", "percent", "pct"))

_SCALING = frozenset([word.lower() for word in (*SCALES, *GLUED_SCALES)])
"""Words that may scale a number; of the others only an exponent with a blank before it does: "8.4 e22", "2 e+3"."""
_SPACED_EXPONENT = pattern(r"[eE](\d{1,3})")

_CURRENCIES = {
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "Rs": "INR",
    "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
    **{code: code for code in ("USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD")},
}  # fmt: skip
_DOLLARS = {"$": ("USD", "CAD", "AUD")}


_ONE, _THOUSAND = Fraction(1), Fraction(1000)


class Number(NamedTuple):
    """A written number. `last_digit` is one unit of the last digit that was printed; zeros that end a number without
    a decimal point are not printed digits. `low` and `high` are the ends of a written range, else None.
    """

    span: Span
    value: Fraction
    last_digit: Fraction
    percent: bool = False
    low: Fraction | None = None
    high: Fraction | None = None
    currency: str | None = None
    is_power_of_ten: bool = False
    scale: Fraction = _ONE
    """What its scale words stand for: 10^6 for 2.5 million, else 1."""
    is_fraction: bool = False
    """Whether it is a simple fraction, of which something may be taken: ½, 3/4."""
    exponent: Fraction = _ONE
    """The power of ten that was written out: 10^22 for 8.4e22 and 8.4 × 10^22, else 1."""
    meant: str = ""  # of the range: "±", the level of an interval ("95"), or "" where its ends are those of 90 %

    @property
    def is_range(self) -> bool:
        """Whether the writer gave a range rather than a point."""
        return self.low is not None

    @property
    def scaled(self) -> bool:
        """Whether it is written with a scale word."""
        return self.scale is not _ONE and self.scale != 1


def _scale(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """The scale that the word at `i` is (million, B, k): its power of ten and the next index."""
    lower = tokens[i].lower
    if lower not in _SCALING and lower[0] != "e":
        return None
    word, glued = tokens[i].text, tokens[i].glued
    if glued and word in GLUED_SCALES and (tokens[i + 1].kind != "minus" or tokens[i + 2].kind == "number"):
        return GLUED_SCALES[word], i + 1
    power = scale_of(word)
    if power is None and word in "eE" and tokens[i + 1].kind == "plus" and tokens[i + 2].kind == "number":
        digits = tokens[i + 2].text
        return (int(digits), i + 3) if digits.isdigit() and len(digits) <= 3 and tokens[i + 2].glued else None
    if power is None:
        spaced = _SPACED_EXPONENT.fullmatch(word) if not glued else None
        return (int(spaced.group(1)), i + 1) if spaced else None
    compound = tokens[i + 1].kind in ("minus", "divide") and tokens[i + 1].glued and len(word) <= 2
    if compound and tokens[i + 2].kind == "word" and not glued:
        return None  # "5 B-hours": a unit, no scale
    return power, i + 1


def read_magnitude(tokens: Sequence[Token], i: int, after_divide: bool = False) -> tuple[Number, int] | None:
    """One number without its range: literal, power of ten, scale words and percent."""
    token = tokens[i]
    if token.kind != "number":
        return None
    text, power, j = token.text, None, i + 1
    if (text[0] == "1" and text[:2] == "10") or (
        tokens[j].kind in _BEFORE_TEN and (tokens[j + 1].text[:2] == "10" or text[-3:] == ".10")
    ):
        raised = with_power_of_ten(tokens, i, after_divide)
        if raised is None:
            return None
        text, power, j = raised
    scale = 0
    while tokens[j].kind == "word" and (word := _scale(tokens, j)) is not None and j - i < _MAX_SCALES:
        scale, j = scale + word[0], word[1]
    percent = tokens[j].lower in _PERCENT
    if percent:
        j += 1
    parts = _parts(text, power, scale, percent)
    if parts is None:
        return None
    place = span_of((token.start, tokens[j - 1].end))
    return tuple.__new__(Number, (place, *parts)), j  # Number(...) would take its many fields apart once more


_Parts = tuple[Fraction, Fraction, bool, None, None, None, bool, Fraction, bool, Fraction, str]
"""The fields of a number behind its place."""


@lru_cache(maxsize=10_000)
def _parts(text: str, power: int | None, scale: int, percent: bool) -> _Parts | None:
    """What a literal says with the power of ten behind it and that of its scale words; None where it is too much."""
    literal = literal_of(text)
    if literal is None:
        return None
    value, last, exponent, is_power = literal
    if power is not None:
        exponent = power_of_ten(power)
        value, last = value * exponent, last * exponent
    whole = power_of_ten(scale) if scale else _ONE
    value, last = (value * whole, last * whole) if scale else (value, last)
    value, last = (value / 100, last / 100) if percent else (value, last)
    if is_out_of_bounds(value):
        return None
    return value, last, percent, None, None, None, is_power, whole, "/" in text, exponent, ""


def _range_follows(tokens: Sequence[Token], i: int) -> int | None:
    """The index after a range sign at `i` (to, –, .., a hyphen without blanks), else None."""
    kind, text = tokens[i].kind, tokens[i].text
    if kind == "range" or (kind == "word" and text.lower() == "to"):
        return i + 1
    if kind == "minus" and (tokens[i].glued == tokens[i + 1].glued):
        between_prices = tokens[i + 1].kind == "currency"
        return i + 1 if tokens[i].glued or text in "–—" or between_prices else None
    return None


def _currency(tokens: Sequence[Token], i: int) -> tuple[str | None, int]:
    return (_CURRENCIES.get(tokens[i].text), i + 1) if tokens[i].kind == "currency" else (None, i)


def _as_range(tokens: Sequence[Token], first: Number, i: int) -> tuple[Number, int] | None:
    """`5 to 12`, `$5M-$12M`, `20-40%`: the second end at `i` joined with the first."""
    after = _range_follows(tokens, i)
    if after is None:
        return None
    currency, j = _currency(tokens, after)
    found = read_magnitude(tokens, j)
    if found is None:
        return None
    second, j = found
    share_left = second.percent and [tokens[k].text for k in (i - 2, i - 1, j)] == ["(", "1", ")"]  # "x (1-25%)"
    ended = not tokens[i].glued and tokens[j].kind in ("relation", "minus", "plus")  # by a result, as a difference is
    if tokens[i].kind == "minus" and (ended or share_left):
        return None
    low, last = first.value, first.last_digit
    if second.percent and not first.percent:
        low, last = low / 100, last / 100
    if second.scaled and not first.scaled and first.exponent == 1 and low < second.value / min(second.scale, _THOUSAND):
        low, last = low * second.scale, last * second.scale
    elif second.exponent > 1 and first.exponent == 1 and not first.scaled and low < 1000:
        low, last = low * second.exponent, last * second.exponent
    glued_hyphen = tokens[i].text in ("-", "−")
    marked = first.currency or second.percent or second.scaled or second.exponent > 1 or tokens[j].kind == "word"
    if not 0 < low < second.value or (glued_hyphen and not marked) or is_out_of_bounds(second.value * low):
        return None
    value = geometric_mean([low, second.value])
    joined = second._replace(span=first.span.to(second.span), value=value, last_digit=min(last, second.last_digit))
    return joined._replace(low=low, high=second.value, currency=first.currency or currency, percent=second.percent), j


def _plus_minus(tokens: Sequence[Token], first: Number, i: int) -> tuple[Number, int]:
    """`33% ± 5%`, `770±50`: the number with its ends, or unchanged where no ± follows."""
    at = i + 2 if first.currency and tokens[i + 1].kind == "currency" else i + 1  # "$3 ± $1"
    if tokens[i].kind != "plus_minus" or (found := read_magnitude(tokens, at)) is None:
        return first, i
    half, j = found
    width = half.value
    if half.percent and not first.percent:
        if _percent_of_both(tokens, first, j):  # "33 ± 5 %"
            first = first._replace(value=first.value / 100, last_digit=first.last_digit / 100, percent=True)
        else:
            width = first.value * half.value
    if first.percent and not half.percent:
        width /= 100
    if width <= 0:
        return first, i
    low, high = first.value - width, first.value + width
    return first._replace(span=first.span.to(half.span), low=low, high=high, meant="±"), j


def _percent_of_both(tokens: Sequence[Token], first: Number, after: int) -> bool:
    """Whether the percent sign before `after` is that of both numbers: behind a blank, and no unit follows."""
    percent = tokens[after - 1]
    alone = first.currency is None and not first.scaled and first.exponent == 1 and first.value <= 100
    return alone and percent.kind == "percent" and not percent.glued and unit_of(tokens[after].text) is None


def read_number(tokens: Sequence[Token], i: int, after_divide: bool = False) -> tuple[Number, int] | None:
    """The number at token `i`, with its range, and the index after it; None where no number stands there."""
    kind = tokens[i].kind
    if kind == "number":
        found = read_magnitude(tokens, i, after_divide)
    else:
        found = _priced(tokens, i, after_divide) if kind == "currency" else None
    if found is None:
        return None
    number, j = found
    kind = tokens[j].kind
    if kind not in _GOING_ON or (kind == "word" and tokens[j].lower != "to"):
        return found
    return _plus_minus(tokens, number, j) if kind == "plus_minus" else _as_range(tokens, number, j) or found


def _priced(tokens: Sequence[Token], i: int, after_divide: bool) -> tuple[Number, int] | None:
    """The number behind the currency sign at `i`: "$5M", "$5M USD", "$5 CAD"."""
    found = read_magnitude(tokens, i + 1, after_divide)
    currency = _CURRENCIES.get(tokens[i].text)
    if found is None or currency is None:
        return found
    number, j = found
    if tokens[j].kind == "word" and tokens[j].text in _DOLLARS.get(tokens[i].text, (currency,)):
        currency, j = tokens[j].text, j + 1
    return number._replace(currency=currency, span=tokens[i].to(tokens[j - 1])), j
