"""Calculations as people publish them, each with its true value: what a reader of such lines can be tested with.

A line is made of pieces between which blanks may stand, so that a test can change one of them: `saying`. Its forms are
those met in notes on training runs, and their everyday cousins (energy, money, data, distances).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from hypothesis import strategies as st

from slipstick.strategies.notations import notations, rounded

RELATIONS = ("=", "≈", "~", "->", "is", "gives")
_MOST_DIGITS = 4
_LARGEST = 10**6


@dataclass(frozen=True)
class Factor:
    """A factor or term: its pieces, its value in base units, the sign before it.

    The number stands in the first piece. `constant` says that it converts a time by hand, `converts` that the time is
    bare ("25 * 24 * 3600"), so that the line would be wrong without it; `fraction` that it is a utilization.
    """

    pieces: tuple[str, ...]
    value: Fraction
    sign: str = "*"
    constant: bool = False
    converts: bool = False
    fraction: bool = False


@dataclass(frozen=True)
class PublishedLine:
    """A right calculation: `value` in base units with the `unit` that a report gives them, and what it claims.

    `claimed` is the claim in the same units, rounded to `digits` digits. `signs` are the places of the operators among
    the pieces, `relation` that of the sign before the claim.
    """

    factors: tuple[Factor, ...]
    relation_sign: str
    claim: tuple[str, ...]
    value: Fraction
    unit: str
    claimed: Fraction
    digits: int

    @property
    def pieces(self) -> tuple[str, ...]:
        """Numbers, units and signs, in order."""
        return (*expression_pieces(self.factors), self.relation_sign, *self.claim)

    @property
    def signs(self) -> tuple[int, ...]:
        """The places of the operators among the pieces."""
        at, found = len(self.factors[0].pieces), []
        for factor in self.factors[1:]:
            found.append(at)
            at += 1 + len(factor.pieces)
        return tuple(found)

    @property
    def relation(self) -> int:
        """The place of the sign before the claim."""
        return len(self.pieces) - len(self.claim) - 1

    @property
    def text(self) -> str:
        """The line with single blanks."""
        return " ".join(self.pieces)

    def saying(self, changes: dict[int, str]) -> str:
        """The text with other pieces at some places."""
        return " ".join(changes.get(n, piece) for n, piece in enumerate(self.pieces))


class Form(NamedTuple):
    """A kind of line: the unit of its value, the claim's unit with its size, its factors, the slips it has a place for.

    Of the last only those are named that many lines have no place for.
    """

    unit: str
    claimed_in: str
    size: Fraction
    factors: tuple[st.SearchStrategy[tuple[Factor, ...]], ...]
    places: tuple[str, ...] = ()


def expression_pieces(factors: Sequence[Factor]) -> tuple[str, ...]:
    """The pieces of the side that is computed, in order."""
    found = list(factors[0].pieces)
    for factor in factors[1:]:
        found += [factor.sign, *factor.pieces]
    return tuple(found)


def computed(factors: Sequence[Factor]) -> Fraction:
    """The value of factors or terms from left to right, in base units."""
    value = factors[0].value
    for factor in factors[1:]:
        both = {"*": lambda a, b: a * b, "/": lambda a, b: a / b, "+": lambda a, b: a + b, "-": lambda a, b: a - b}
        value = both[factor.sign](value, factor.value)
    return value


def _number(
    unit: str, size: Fraction | int = 1, high: int = _LARGEST, sign: str = "*"
) -> st.SearchStrategy[tuple[Factor, ...]]:
    """A number up to `high` with a unit, or alone where the unit is empty; a currency sign stands before its number."""
    prefix, unit = ("$", unit[1:]) if unit.startswith("$") else ("", unit)

    def written(count: int, style: int) -> tuple[Factor, ...]:
        value, glued, after = Fraction(count), unit if prefix else "", (unit,) if unit and not prefix else ()
        text = _in_style(notations(value), style)
        return (Factor((f"{prefix}{text}{glued}", *after), rounded(value) * size, sign),)

    return st.builds(written, st.integers(2, high), _STYLES)


_STYLES = st.integers(0, 9)


def _in_style(texts: Sequence[str], style: int) -> str:
    """One notation by a number that means one for every list, so that a change of the value changes no other draw."""
    return texts[style % len(texts)]


def _by_hand(unit: str, seconds: int, high: int, constants: tuple[str, ...]) -> st.SearchStrategy[tuple[Factor, ...]]:
    """A time with the constants that convert it: "25 days * 24 * 3600", or with units of their own, or all bare."""

    def written(count: int) -> tuple[Factor, ...]:
        first = Factor((str(count), unit) if unit else (str(count),), Fraction(count * seconds))
        rest = [Factor(tuple(text.split(" ", 1)), Fraction(1), constant=True, converts=not unit) for text in constants]
        return (first, *rest)

    return st.integers(2, high).map(written)


_SHARES = st.integers(5, 95).map(lambda n: (Factor((f"{n}%",), Fraction(n, 100), fraction=True),))
_FRACTIONS = st.integers(15, 65).map(
    lambda n: (Factor((f"{n / 100:.2f}", "utilization"), Fraction(n, 100), fraction=True),)
)
_DAY, _HOUR = 86400, 3600
_HOURS = _number("hours", _HOUR, 500) | _number("h", _HOUR, 500)
_TIMES = _HOURS | _number("days", _DAY, 200)
_CONVERTED = (
    _by_hand("days", _DAY, 200, ("24 hours/day", "3600 s/hour"))
    | _by_hand("days", _DAY, 200, ("24", "3600"))
    | _by_hand("hours", _HOUR, 500, ("3600 sec/hour",))
    | _by_hand("hours", _HOUR, 500, ("3600",))
    | _by_hand("days", _DAY, 200, ("86400",))
)
_BARE = _by_hand("", _DAY, 200, ("24", "3600"))
_GPUS = _number("GPUs", 1, 4000)
_RATES = _number("TFLOP/s/GPU", 10**12, 990) | _number("TFLOP/s per GPU", 10**12, 990)
_TERAFLOPS = _number("TFLOP/s", 10**12, 990)
_KWH = 3_600_000
_IN_FRACTIONS = ("utilization left out", "utilization twice")
_IN_SHARES = (*_IN_FRACTIONS, "percent sign")
FORMS: tuple[Form, ...] = (
    Form("1", "", Fraction(1), (_number(""), _number(""))),
    Form("1", "", Fraction(1), (_number(""), _number(""), _number(""))),
    Form("GPU*s", "GPU-hours", Fraction(_HOUR), (_GPUS, _TIMES)),
    Form("FLOP", "FLOP", Fraction(1), (_GPUS, _TIMES, _RATES, _SHARES), _IN_SHARES),
    Form(
        "FLOP", "FLOP", Fraction(1), (_number("FLOP/parameter/token", 1, 20), _number("parameters"), _number("tokens"))
    ),
    Form("FLOP", "FLOP", Fraction(1), (_GPUS, _CONVERTED, _RATES, _SHARES), _IN_SHARES),
    Form("FLOP", "FLOP", Fraction(1), (_TERAFLOPS, _CONVERTED, _GPUS, _FRACTIONS), _IN_FRACTIONS),
    Form("FLOP", "FLOP", Fraction(1), (_TERAFLOPS, _BARE, _GPUS, _FRACTIONS), ("dropped conversion", *_IN_FRACTIONS)),
    Form("J", "kWh", Fraction(_KWH), (_number("kW", 1000, 500), _TIMES)),
    Form(
        "J",
        "MWh",
        Fraction(_KWH * 1000),
        (_number("servers"), _number("W/server", 1, 900), _TIMES, _SHARES),
        _IN_SHARES,
    ),
    Form("USD", "$", Fraction(1), (_number("kWh"), _number("$/kWh", 1, 90))),
    Form("USD", "$", Fraction(1), (_GPUS, _HOURS, _number("$/GPU/hour", Fraction(1, _HOUR), 90))),
    Form("byte", "GB", Fraction(10**9), (_number("parameters"), _number("bytes/parameter", 1, 9))),
    Form("m", "km", Fraction(1000), (_number("km/h", Fraction(1000, _HOUR), 300), _TIMES)),
    Form("GPU*s", "GPU-hours", Fraction(_HOUR), (_number("tokens"), _number("tokens/GPU/s", 1, 900, "/"))),
    Form(
        "byte",
        "GB",
        Fraction(10**9),
        (_number("GB", 10**9), _number("GB", 10**9, sign="+"), _number("MB", 10**6, sign="+")),
    ),
    Form("byte", "GB", Fraction(10**9), (_number("TB", 10**12), _number("GB", 10**9, 900, "-"))),
)
"""The kinds of lines that are drawn, simplest first."""


def published_lines(
    relations: Sequence[str] = RELATIONS, *, digits: int | None = None
) -> st.SearchStrategy[PublishedLine]:
    """Right calculations with their true value, the claim rounded to 2 to 4 digits, or to `digits` (2 or more).

    Simplest "2 * 2 = 4". `relations` are the signs and words that may stand before the claim. Raises ValueError for
    fewer digits.
    """
    if digits is not None and digits < 2:
        raise ValueError(f"a claim is rounded to 2 digits or more, not {digits}: 1 digit may hide any slip")
    return _lines(FORMS, tuple(relations), digits)


def lines_for(slips: Collection[str], relations: Sequence[str]) -> st.SearchStrategy[PublishedLine]:
    """Lines that have a place for one of these slips, or may have."""
    rare = {name for form in FORMS for name in form.places}
    forms = [form for form in FORMS if not rare.issuperset(slips) or not set(slips).isdisjoint(form.places)]
    return _lines(tuple(forms), tuple(relations), None)


@st.composite
def _lines(draw: st.DrawFn, forms: tuple[Form, ...], relations: tuple[str, ...], digits: int | None) -> PublishedLine:
    form = draw(st.sampled_from(forms))
    factors = tuple(factor for parts in form.factors for factor in draw(parts))
    value = computed(factors)
    kept = digits or draw(st.sampled_from([3, 2, _MOST_DIGITS]))
    # "1010 FLOP" may be a rate without its slash, and so may "1,010 FLOP": a count of operations has an exponent
    texts = [text for text in notations(value / form.size, kept) if _has_exponent(text) or form.unit != "FLOP"]
    text = _in_style(texts, draw(_STYLES))
    claim = (f"${text}",) if form.claimed_in == "$" else (text, form.claimed_in) if form.claimed_in else (text,)
    claimed = rounded(value / form.size, kept) * form.size
    return PublishedLine(factors, draw(st.sampled_from(relations)), claim, value, form.unit, claimed, kept)


def _has_exponent(text: str) -> bool:
    return "e" in text or "E" in text or "10" in text[2:]
