"""Laws of compound units: inverses, products, quotients and powers have the factors that their parts say; prefixes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from slipstick.laws.converter import Converter
from slipstick.laws.law import Case, Cases, alike, law, values
from slipstick.laws.linear import gives

_POWERS = (2, 3)
Conversion = tuple[Any, Any]


def inverse(of: Converter, unit: Any) -> str:
    """One per the unit, as the converter has it written."""
    return of.inverse.format(unit)


def product(of: Converter, one: Any, other: Any) -> str:
    """The product of two units, as the converter has it written."""
    return of.product.format(one, other)


def quotient(of: Converter, above: Any, below: Any) -> str:
    """One unit per another, as the converter has it written."""
    return of.quotient.format(above, below)


def power(of: Converter, unit: Any, exponent: int) -> str:
    """A power of a unit, as the converter has it written."""
    return of.power.format(unit, exponent)


def _conversions(of: Converter) -> list[Conversion]:
    """One conversion to the next unit of its kind for each unit, those that stay in a kind with one unit included."""
    found: list[Conversion] = []
    for units in of.linear_kinds():
        found += [*pairwise(units), (units[-1], units[0])]
    return found


def _two_conversions() -> Cases:
    """A value and two conversions, of different kinds where there are several, as four units."""

    def pairs(of: Converter) -> Iterator[tuple[Conversion, Conversion]]:
        kinds = of.linear_kinds()
        for at, units in enumerate(kinds):
            other = kinds[(at + 1) % len(kinds)]
            yield from (((a, b), (other[0], other[-1])) for a, b in [*pairwise(units), (units[-1], units[0])])

    def in_order(of: Converter) -> Iterator[Case]:
        yield from (Case((of.number(1),), (*one, *other)) for one, other in pairs(of))

    def drawn(of: Converter) -> st.SearchStrategy[Case] | None:
        every = _conversions(of)
        if not every:
            return None
        two = st.tuples(st.sampled_from(every), st.sampled_from(every)).map(lambda both: (*both[0], *both[1]))
        return st.builds(Case, st.tuples(values(of)), two)

    return Cases(in_order, drawn)


def _factor(of: Converter, start: Any, to: Any) -> Any:
    return of.through(of.number(1), start, to)


@law("inverse units", alike(2), "inverse")
def inverse_units(of: Converter, case: Case) -> str | None:
    """One per unit converts by the inverse of the unit's factor."""
    (value,), (a, b) = case
    return gives(of, value, (inverse(of, a), inverse(of, b)), value / _factor(of, a, b))


@law("products", _two_conversions(), "product")
def products(of: Converter, case: Case) -> str | None:
    """A product of units converts by the product of their factors."""
    (value,), (a, b, c, d) = case
    return gives(of, value, (product(of, a, c), product(of, b, d)), value * _factor(of, a, b) * _factor(of, c, d))


@law("order of a product", _two_conversions(), "product")
def order_of_a_product(of: Converter, case: Case) -> str | None:
    """A product of units is the same in either order."""
    (value,), (a, _, c, _) = case
    return gives(of, value, (product(of, a, c), product(of, c, a)), value)


@law("quotients", _two_conversions(), "quotient")
def quotients(of: Converter, case: Case) -> str | None:
    """A quotient of units converts by the quotient of their factors."""
    (value,), (a, b, c, d) = case
    return gives(of, value, (quotient(of, a, c), quotient(of, b, d)), value * _factor(of, a, b) / _factor(of, c, d))


def _to_powers() -> Cases:
    pairs = alike(2)

    def in_order(of: Converter) -> Iterator[Case]:
        yield from (Case((*c.values, exponent), c.units) for c in pairs.in_order(of) for exponent in _POWERS)

    def drawn(of: Converter) -> st.SearchStrategy[Case] | None:
        cases = pairs.drawn(of)
        added: Callable[[Case, int], Case] = lambda c, exponent: Case((*c.values, exponent), c.units)  # noqa: E731
        return None if cases is None else st.builds(added, cases, st.sampled_from(_POWERS))

    return Cases(in_order, drawn)


@law("powers", _to_powers(), "power")
def powers(of: Converter, case: Case) -> str | None:
    """A power of a unit converts by that power of its factor."""
    (value, exponent), (a, b) = case
    return gives(of, value, (power(of, a, exponent), power(of, b, exponent)), value * _factor(of, a, b) ** exponent)


def _prefixed() -> Cases:
    def in_order(of: Converter) -> Iterator[Case]:
        yield from (Case((of.number(1), p), (unit,)) for unit in of.prefixed for p in of.prefixes)

    def drawn(of: Converter) -> st.SearchStrategy[Case] | None:
        if not of.prefixed or not of.prefixes:
            return None
        chosen = st.sampled_from(list(of.prefixed)), st.sampled_from(list(of.prefixes))
        return st.builds(lambda value, unit, p: Case((value, p), (unit,)), values(of), *chosen)

    return Cases(in_order, drawn)


@law("prefixes", _prefixed(), "prefixes", "prefixed")
def prefixes(of: Converter, case: Case) -> str | None:
    """A prefix before a unit multiplies it by the prefix's size."""
    (value, prefix), (unit,) = case
    above, below = of.prefixes[prefix].as_integer_ratio()
    return gives(of, value, (f"{prefix}{unit}", unit), value * of.number(above) / of.number(below))


COMPOUND = (inverse_units, products, order_of_a_product, quotients, powers, prefixes)
"""The laws of this page, in order."""
