"""The laws, on slipstick's own conversions: exact, over every unit that stands for something physical or counted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipstick import convert, laws, registry, strategies
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.registry import dimension_words
from slipstick.laws.converter import Converter, converter
from slipstick.strategies.unit_names import named_units
from slipstick.units import table

PACKAGED = ["TPU v3 core", "TPU v3 chip", "TPU v3 board", "TPU v3 pod"]
COMPOUNDS: laws.Options = {"inverse": "1/{0}", "product": "{0}*{1}", "quotient": "{0}/{1}", "power": "{0}^{1}"}


def kinds() -> dict[str, list[str]]:
    """Every unit without a prefix and some with, by dimension; devices and scales of temperature aside."""
    found: dict[str, list[str]] = {}
    for each in named_units():
        names = [name for name, _ in each.dimension]
        if "MAC" in names:  # two FLOP, by convention: no kind of its own
            continue
        is_device = any(table().sections.get(name) == "devices" for name in names)
        if (
            not is_device
            and not each.has_zero_of_its_own
            and not each.text.startswith(("nano", "peta", "milli", "giga"))
        ):
            found.setdefault(dimension_words(each.dimension), []).append(each.text)
    return found


def exactly(value: Any, start: str, to: str) -> Fraction:
    """A conversion of slipstick's, exact."""
    return convert((value, start), to).value


EXACT: laws.Options = {
    "dimensionless": ["number"],
    **COMPOUNDS,
    "number": Fraction,
    "whole": Fraction,
    "tolerance": 0,
    "refusal": ConversionError,
    "prefixes": {"kilo": 1000, "mega": 10**6, "milli": Fraction(1, 1000)},
    "prefixed": ["meter", "watt", "second"],
}


@pytest.mark.parametrize("law", laws.ALL, ids=lambda law: law.name)
def test_slipstick_converts_by_the_laws(law: laws.Law) -> None:
    law(exactly, kinds(), **EXACT)


FEW_HUNDRED = settings(max_examples=max(300, settings().max_examples))
"""The laws below share their draws, which cost more than the conversions: 300 of them, 20,000 at night."""


@cache
def slipsticks() -> Converter:
    return converter(exactly, kinds(), EXACT)


def expect(each: laws.Law, values: Sequence[Any], units: Sequence[str]) -> None:
    assert each.sentence(slipsticks(), laws.Case(tuple(values), tuple(units))) is None, each.name


VALUES = st.builds(Fraction, st.integers(1, 10**6), st.sampled_from([1, 2, 10, 1000]))
PAIRS = st.one_of(*(st.permutations(units[:3]) | st.lists(st.sampled_from(units), min_size=3, max_size=3)
                    for units in kinds().values() if len(units) > 2))  # fmt: skip


@FEW_HUNDRED
@given(VALUES, VALUES, PAIRS, st.integers(-250, 250))
def test_conversions_within_a_kind(value: Fraction, more: Fraction, units: list[str], exponent: int) -> None:
    """Eleven laws on one draw: units of a kind, any prefix or none, and two values."""
    a, b, _ = units
    expect(laws.identity, [value], [a])
    expect(laws.path_independence, [value], units)
    expect(laws.wide_range, [value, exponent], [a, b])
    expect(laws.whole_numbers, [value.numerator], [a, b])
    for each in (laws.completeness, laws.round_trip, laws.zero, laws.sign, laws.agreement, laws.inverse_units):
        expect(each, [value], [a, b])
    for each in (laws.scaling, laws.additivity, laws.order):
        expect(each, [value, more], [a, b])


@FEW_HUNDRED
@given(VALUES, PAIRS, PAIRS, st.sampled_from([2, 3]))
def test_conversions_of_compounds(value: Fraction, one: list[str], other: list[str], exponent: int) -> None:
    """Products in either order, quotients and powers of units of any two kinds."""
    (a, b, _), (c, d, _) = one, other
    for each in (laws.products, laws.order_of_a_product, laws.quotients):
        expect(each, [value], [a, b, c, d])
    expect(laws.powers, [value, exponent], [a, b])


@FEW_HUNDRED
@given(VALUES, strategies.unlike_pairs(), PAIRS)
def test_what_does_not_convert(value: Fraction, pair: strategies.UnitPair, alike: list[str]) -> None:
    """Unlike units are refused both ways, and a refusal changes no answer that was given before."""
    expect(laws.refusal, [value], pair)
    expect(laws.symmetry_of_refusal, [value], pair)
    question, unlike = (value, *alike[:2]), (value, *pair)
    expect(laws.order_independence, [question, unlike, (value, *alike[1:]), unlike[:1] + unlike[:0:-1]], [])


@pytest.mark.parametrize(
    "law", [*(each for each in laws.LINEAR if not each.needs), *laws.REPETITION, laws.refusal], ids=lambda law: law.name
)
def test_packaging_converts_by_the_laws(law: laws.Law) -> None:
    """Two cores to a chip, four chips to a board: levels of one part convert, those of two parts never."""
    options: laws.Options = {"number": Fraction, "whole": Fraction, "tolerance": 0}
    law(exactly, {"TPU v3": PACKAGED, "TPU v2": [each.replace("v3", "v2") for each in PACKAGED]}, **options)


@pytest.mark.parametrize("law", laws.ALL, ids=lambda law: law.name)
def test_the_pint_registry_of_slipstick_keeps_the_laws(law: laws.Law) -> None:
    """The same units as pint quantities, in floating point, arrays included."""
    known = registry()

    def by_pint(value: Any, start: str, to: str) -> Any:
        return known.Quantity(value, start).to(to).magnitude

    units = {"length": ["meter", "mile", "inch"], "time": ["second", "hour", "day"], "data": ["byte", "bit"],
             "compute": ["FLOP", "teraFLOP"], "tokens": ["token", "kilotoken"]}  # fmt: skip
    law(by_pint, units, array=np.array, whole=np.int64, **COMPOUNDS)
