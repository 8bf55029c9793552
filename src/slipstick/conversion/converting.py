"""The conversion itself: a quantity and the unit wanted -> the value, exact, with the path that led there.

A pair of units is planned once; a value of a known pair is then one multiplication of rationals.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from slipstick.conversion import scales
from slipstick.conversion.algebra import vector
from slipstick.conversion.edges import Bridge, bridge
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.notation import read_unit
from slipstick.conversion.paths import steps_of
from slipstick.conversion.quantities import given
from slipstick.conversion.records import Conversion, Step
from slipstick.conversion.refusals import unlike
from slipstick.conversion.registry import pi_power, table, unit
from slipstick.conversion.vocabulary import Meaning
from slipstick.reading.quantities.arithmetic import is_out_of_bounds
from slipstick.units import Compound, label

Value = int | float | Fraction | Decimal


class _Plan(NamedTuple):
    factor: Fraction
    offset: Fraction
    path: tuple[Step, ...]
    notes: tuple[str, ...]
    exact: bool
    lowest: Fraction | None
    """What no value may lie below: absolute zero in the unit given."""


def convert(quantity: str | tuple[Value, str], unit: str) -> Conversion:
    """A quantity in another unit: `convert("4095 PF-days", "FLOP")`, `convert((5, "km/h"), "m/s")`.

    A float stands for the decimal that Python prints. Raises ConversionError, in one line, for what cannot be read, for
    units of unlike kinds, and for numbers beyond 1e300 or below 1e-300.
    """
    have = given(quantity)
    if not isinstance(unit, str):
        raise ConversionError(f'expected the unit as text, such as "FLOP" or "kWh", not {type(unit).__name__}')
    plan = _plan(have.unit, unit)
    value = have.value * plan.factor + plan.offset if plan.offset else have.value * plan.factor
    low = high = None
    if have.low is not None and have.high is not None:
        low, high = (end * plan.factor + plan.offset for end in (have.low, have.high))
    lowest = have.value if have.low is None else min(have.value, have.low)
    if plan.lowest is not None and lowest < plan.lowest:
        raise ConversionError(f"{float(lowest):g} {have.unit.strip()} is below absolute zero")
    if any(is_out_of_bounds(each) for each in (value, low, high) if each is not None):
        raise ConversionError("the result is beyond 1e300 or below 1e-300")
    notes = (*have.notes, *plan.notes) if have.notes else plan.notes
    return Conversion(value, unit.strip(), plan.factor, plan.path, notes, low, high, plan.exact)


def convertible(unit: str, other: str) -> bool:
    """Whether a quantity in one unit converts to another. Raises ConversionError where a unit cannot be read."""
    for text in (unit, other):
        read_unit(text)
    try:
        _plan(unit, other)
    except ConversionError:
        return False
    return True


def base_units(quantity: str | tuple[Value, str]) -> str:
    """The base units of a quantity, as a unit to convert it to. Raises ConversionError where it cannot be read."""
    return label(vector(read_unit(given(quantity).unit)[0].terms))


@lru_cache(maxsize=10_000)
def _plan(have_text: str, want_text: str) -> _Plan:
    every, wanted = read_unit(have_text), read_unit(want_text)
    pairs = [(have, want) for have in every for want in wanted]
    for have, want in pairs:
        if vector(have.terms) == vector(want.terms):
            return _planned(have, want, Bridge(Fraction(1)), have_text, want_text)
    for have, want in pairs:
        found = bridge(vector(have.terms), vector(want.terms))
        if found is not None:
            return _planned(have, want, found, have_text, want_text)
    raise unlike(every[0], wanted[0], have_text.strip(), want_text.strip())


def _planned(have: Meaning, want: Meaning, led: Bridge, have_text: str, want_text: str) -> _Plan:
    factor = have.scale * _size(have.terms) * led.factor / (want.scale * _size(want.terms))
    if is_out_of_bounds(factor):
        raise ConversionError("the factor between the units is beyond 1e300 or below 1e-300")
    point = scales.points(have, want, have_text.strip(), want_text.strip())
    path = (*steps_of(have.terms, want.terms), *led.steps, *point.steps)
    powers = [pi_power(t.name) * t.exponent for t in have.terms] + [-pi_power(t.name) * t.exponent for t in want.terms]
    own, other = dict(_exponents(have.terms)), dict(_exponents(want.terms))
    rounded = any(_is_rounded(name) and own.get(name) != other.get(name) for name in {*own, *other})
    exact = sum(powers) == 0 and not rounded
    said = (*_said(have, want), *_said(want, have), *led.notes, *point.notes)
    inexact = () if exact else ("the factor is rounded: pi or a rounded figure stands in a definition",)
    return _Plan(factor, point.offset, path, tuple(dict.fromkeys((*said, *inexact))), exact, point.lowest)


def _exponents(terms: Compound) -> dict[str, Any]:
    total: dict[str, Any] = {}
    for term in terms:
        total[term.name] = total.get(term.name, 0) + term.exponent
    return total


def _is_rounded(name: str) -> bool:
    return name in table() and unit(name).inexact and not pi_power(name)


def _said(one: Meaning, other: Meaning) -> tuple[str, ...]:
    """What was taken for the words of a unit, but for what cancels: a month is a month on both sides."""
    return tuple(note for note in one.notes if note not in other.notes)


@lru_cache(maxsize=10_000)
def _size(terms: Compound) -> Fraction:
    result = Fraction(1)
    for term in terms:
        try:
            result *= table().factor(term)
        except ValueError as error:
            raise ConversionError(str(error)) from None
        if is_out_of_bounds(result):
            raise ConversionError("a unit is beyond 1e300 or below 1e-300 base units")
    return result
