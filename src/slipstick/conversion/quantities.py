"""A quantity as it is given -> its value, exact, and the text of its unit."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from numbers import Rational, Real
from typing import Any, NamedTuple

from slipstick.conversion.ends import middle_of, two_ends
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.sums import summed
from slipstick.reading.lexing.scales import GLUED_SCALES, scale_of
from slipstick.reading.lexing.tokens import tokenize
from slipstick.reading.quantities.arithmetic import LIMIT, is_out_of_bounds
from slipstick.reading.quantities.numbers import read_number

LONGEST = 300
_BEYOND = "the number is beyond 1e300 or below 1e-300"
_EXAMPLE = 'expected a number with a unit, such as "4095 PF-days"'
_PLAIN = re.compile(
    r"\s*(?P<number>[+\-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,60})(?:\.[0-9]{1,60})?(?:[eE][+-]?[0-9]{1,3})?)"
    r"(?![0-9.,])\s*(?P<rest>.*)",
    re.DOTALL,
)
_LETTER_SCALE = re.compile(r"(?P<scale>[A-Za-z]{1,3}|mrd\.?|mio\.?)(?=\s+[^\W\d_]|\s+[$€£¥%°])")
_SCALES_ALONE = ("m", "mm", "b", "t", "mil")


class Given(NamedTuple):
    """A value in a unit; the ends of its range, where it has one; and what was taken."""

    value: Fraction
    unit: str
    low: Fraction | None = None
    high: Fraction | None = None
    notes: tuple[str, ...] = ()


def given(quantity: Any) -> Given:
    """The quantity that a text or a pair of a number and a unit holds. Raises ConversionError where it is none."""
    if isinstance(quantity, str):
        return _read(quantity)
    if isinstance(quantity, tuple) and len(quantity) == 2 and isinstance(quantity[1], str):
        return Given(_exact(quantity[0]), quantity[1])
    raise ConversionError(f"{_EXAMPLE} or (4095, 'PF-days'), not {type(quantity).__name__}")


def _exact(value: Any) -> Fraction:
    """A number, exact: a float as the decimal that Python prints, a whole number or a float of numpy's likewise."""
    if isinstance(value, bool) or not isinstance(value, (float, int, Decimal, Real)):
        raise ConversionError(f"expected a number, not {type(value).__name__}")
    try:
        if isinstance(value, float):
            return _of_decimal(repr(float(value)))
        if not isinstance(value, Rational):
            return _of_decimal(value if isinstance(value, Decimal) else str(value))
    except (ValueError, ArithmeticError):  # infinite, or no number
        raise ConversionError(f"expected a finite number, not {value}") from None
    # numpy's parts of a fraction are of its own type, and wrap around
    return _bounded(Fraction(int(value.numerator), int(value.denominator)))


def _of_decimal(text: str | Decimal) -> Fraction:
    """A decimal as a fraction, several times faster than Fraction's own reading of it."""
    number = Decimal(text)
    if number.is_finite() and abs(number.adjusted()) > LIMIT:
        raise ConversionError(_BEYOND)
    return Fraction(*number.as_integer_ratio())


@lru_cache(maxsize=4096)
def _read(text: str) -> Given:
    if len(text) > LONGEST:
        raise ConversionError(f"the quantity is {len(text)} characters long; expected at most {LONGEST}")
    plain = _PLAIN.fullmatch(text)
    if plain is not None and not re.match(r"[0-9.]|[/x×*^±~-]|\.\.|to\b|–", plain["rest"]):
        scale = _letter_scale(plain["rest"])
        if scale is not None:
            letters, power = scale
            note = f"{letters} was taken for 10^{power}, a scale and no unit"
            value = _bounded(_of_decimal(_digits(plain["number"])) * 10**power)
            return Given(value, plain["rest"][len(letters) :].strip(), notes=(note,))
        if (total := summed(text)) is not None:
            return Given(total.value, total.unit, notes=total.notes)
        unit = plain["rest"].strip()
        ranged = _ranged(text) if any(character.isdigit() for character in unit) else None
        return ranged or Given(_of_decimal(_digits(plain["number"])), unit)
    return _as_written(text)


def _ranged(text: str) -> Given | None:
    """A range by its two ends; None where it is none. Raises ConversionError for one downwards or in two units."""
    for ends in two_ends(text):
        try:
            low, high = _read(ends.low), _read(ends.high)
        except ConversionError:
            continue
        if low.low is not None or high.low is not None:
            continue
        if low.unit not in ("", high.unit):
            raise ConversionError(f"expected both ends of a range in one unit, not {low.unit!r} and {high.unit!r}")
        value = middle_of(low.value, high.value, text)
        return Given(value, high.unit, low.value, high.value, tuple(dict.fromkeys((*low.notes, *high.notes))))
    return None


def _digits(number: str) -> str:
    return number.replace(",", "").replace("−", "-")


def _bounded(value: Fraction) -> Fraction:
    if is_out_of_bounds(value):
        raise ConversionError(_BEYOND)
    return value


def _letter_scale(rest: str) -> tuple[str, int] | None:
    """k, M, B, T and such between a number and its unit: "5k tokens", "3B parameters"."""
    match = _LETTER_SCALE.match(rest)
    if match is None:
        return None
    power = scale_of(match["scale"]) or GLUED_SCALES.get(match["scale"])
    return (match["scale"], power) if power and match["scale"] not in _SCALES_ALONE else None


def _as_written(text: str) -> Given:
    """A number as an audit reads it: 3.8×10^25, 3..5, 3 ± 1, ½, $5."""
    tokens = tokenize(text)
    found = read_number(tokens, 0)
    if (found is None or not found[0].is_range) and (ranged := _ranged(text)) is not None:
        return ranged
    if found is None:
        return _without_number(text)
    number, i = found
    rest = text[tokens[i].span.start :].strip() if tokens[i].kind != "end" else ""
    unit = number.currency + (rest if rest.startswith("/") else f" {rest}") if number.currency else rest
    return Given(number.value, unit, number.low, number.high)


def _without_number(text: str) -> Given:
    """One of a unit, where only the unit stands."""
    if not text.strip() or re.match(r"\s*[+\-−~]?[0-9.]", text):
        raise ConversionError(f"{_EXAMPLE}, not {text[:40]!r}")
    return Given(Fraction(1), text.strip(), notes=("no number was given; 1 was taken",))
