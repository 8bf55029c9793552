"""What a range behind a number says, and the ends of the 90 % interval that any written range stands for.

A factor either way and an interval are told behind a number or its unit; ± is one standard deviation (specs/spread.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities import arithmetic
from slipstick.reading.quantities.numbers import Number, read_magnitude, read_number
from slipstick.reading.quantities.quantities import UnitPhrase, unit_phrase
from slipstick.source import Span

_NINETY = 1.6448536269514722
_SCORES = {
    "50": 0.6744897501960817,
    "68": 0.9944578832097532,
    "80": 1.2815515655446004,
    "95": 1.959963984540054,
    "98": 2.3263478740408408,
    "99": 2.5758293035489004,
}
"""Half of each interval's width in standard deviations: the normal quantiles of (1 + level) / 2."""
_JOINS = frozenset(("to", "and", "-", "–", "−", "—", ","))

Found = tuple[Number, int, Span]


def with_interval(tokens: Sequence[Token], i: int, number: Number, unit: UnitPhrase | None) -> Found | None:
    """The number with the range that is told at `i`, the index behind it and the place; None where none is told.

    A range that cannot be the number's (it does not hold it, or is in another unit) is passed over as a remark.
    """
    if tokens[i].kind == "within":
        return _by_factor(number, tokens[i].text), i + 1, tokens[i].span
    if tokens[i].kind != "interval":
        return None
    told = _ends(tokens, i + 1, number, unit)
    bracketed = _end_of_brackets(tokens, i + 1)
    if told is None:
        return (number, bracketed, tokens[i].to(tokens[bracketed - 1])) if bracketed else None
    low, high, after = told
    if bracketed and tokens[after].kind != "interval_end":
        return number, bracketed, tokens[i].to(tokens[bracketed - 1])
    after = bracketed or after
    meant = "" if tokens[i].text == "90" else tokens[i].text
    return _with_ends(number, low, high, meant), after, tokens[i].to(tokens[after - 1])


def _by_factor(number: Number, written: str) -> Number:
    """The number with a factor either way, which is "3", "10^1" or "10^1/2"; its lower end has digits as small."""
    base, _, exponent = written.partition("^")
    try:
        factor = arithmetic.power(Fraction(base), Fraction(exponent or 1))
        low, high = arithmetic.bounded(number.value / factor), arithmetic.bounded(number.value * factor)
    except arithmetic.OutOfRange:
        return number
    return _with_ends(number._replace(last_digit=number.last_digit / factor), low, high)


def _with_ends(number: Number, low: Fraction, high: Fraction, meant: str = "") -> Number:
    if number.is_range or not low <= number.value <= high or low == high:
        return number
    return number._replace(low=low, high=high, meant=meant)


def _end_of_brackets(tokens: Sequence[Token], i: int) -> int:
    """The index behind the brackets that end the interval whose numbers begin at `i`; 0 where it stands in none."""
    while tokens[i].kind not in ("interval_end", "interval", "end", "newline", "relation"):
        i += 1
    if tokens[i].kind != "interval_end":
        return 0
    while tokens[i].kind == "interval_end":
        i += 1
    return i


def _ends(
    tokens: Sequence[Token], i: int, number: Number, unit: UnitPhrase | None
) -> tuple[Fraction, Fraction, int] | None:
    """Both ends that are written at `i`, in the number's own scale and unit, and the index behind them."""
    found = read_number(tokens, i)
    if found is None:
        return None
    first, after = found
    low, high, percent = first.low, first.high, first.percent
    if low is None or high is None:
        second = read_magnitude(tokens, after + 1) if tokens[after].text.lower() in _JOINS else None
        if second is None:
            return None
        low, high, percent, after = first.value, second[0].value, second[0].percent, second[1]
        low = low / 100 if percent and not first.percent else low
    phrase = unit_phrase(tokens, after)
    if phrase is not None and unit is not None and phrase[0].count != unit.count:
        return None
    after = phrase[1] if phrase is not None and unit is not None else after
    if number.percent and not percent:
        low, high = low / 100, high / 100
    return (low, high, after) if low <= number.value <= high and low < high else None


def ninety_percent(number: Number, fraction: bool) -> tuple[Fraction, Fraction, str] | None:
    """The ends of the 90 % interval that a written range stands for, and in words what was taken from it.

    Another level is brought to 90 % in the logarithm where both ends are positive, in the logarithm of
    the odds for a `fraction`, else as it stands. None where no range is written.
    """
    if number.low is None or number.high is None:
        return None
    if number.meant in _SCORES:
        low, high = _at_ninety(number.low, number.high, _SCORES[number.meant], fraction)
        return low, high, f"the range as written, a {number.meant} % interval brought to 90 %"
    return number.low, number.high, "the range as written"


def _at_ninety(low: Fraction, high: Fraction, score: float, fraction: bool) -> tuple[Fraction, Fraction]:
    """The same distribution's 5 % and 95 % quantiles, of one whose ends lie `score` deviations from the middle."""
    ratio = _NINETY / score
    if fraction and low > 0 and high < 1:
        ends = _narrowed(math.log(low / (1 - low)), math.log(high / (1 - high)), ratio)
        low, high = (Fraction(1 / (1 + math.exp(-end))) for end in ends)
    elif low > 0:
        middle = arithmetic.geometric_mean([low, high])
        half = math.log(high / middle) * ratio
        low, high = middle * Fraction(math.exp(-half)), middle * Fraction(math.exp(half))
    else:
        half_width = (high - low) / 2 * Fraction(ratio)
        low, high = (low + high) / 2 - half_width, (low + high) / 2 + half_width
    return low, high


def _narrowed(low: float, high: float, ratio: float) -> tuple[float, float]:
    middle, half = (low + high) / 2, (high - low) / 2 * ratio
    return middle - half, middle + half
