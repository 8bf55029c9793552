"""Quantities, distributions and estimates: numbers with units, what is uncertain, and formulas over both."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from hypothesis import strategies as st

from slipstick.estimates.estimate import Estimate
from slipstick.estimates.given import compound_of, read_quantity
from slipstick.estimates.inputs import Input, deviating
from slipstick.formula import Formula, Leaf, Power, Product, Sum
from slipstick.reading.quantities.arithmetic import geometric_mean
from slipstick.strategies.unit_names import units
from slipstick.uncertainty import constructors
from slipstick.uncertainty.distribution import Distribution
from slipstick.uncertainty.distributions import between
from slipstick.units import Compound, Exponent, UnitTerm, part_units

_LARGEST_MANTISSA = 9999
_SMALLEST_EXPONENT, _LARGEST_EXPONENT = -6, 12
_UNITS_OF_INPUTS = (
    "s day FLOP token parameter USD GB kW kWh kg m/s W/m^2 FLOP/s FLOP/s/GPU USD/kWh kg*m^2/s^2 byte/parameter GPU*hour"
)


class Amount(NamedTuple):
    """A number with a unit, as `slipstick.convert` takes it: `Amount(Fraction(5), "km/h")`."""

    value: Fraction
    unit: str

    @property
    def text(self) -> str:
        """As written: `5 km/h`."""
        return f"{decimal(self.value)} {self.unit}".strip()


def decimal(value: Fraction) -> str:
    """A number of up to four digits as a decimal, or with an exponent where it is very large or small."""
    return f"{float(value):.10g}"


def values() -> st.SearchStrategy[Fraction]:
    """Positive numbers of up to four digits from 1e-6 to 1e16, simplest 1."""
    exponents = st.integers(0, _LARGEST_EXPONENT) | st.integers(_SMALLEST_EXPONENT, -1)
    return st.builds(lambda n, e: n * Fraction(10) ** e, st.integers(1, _LARGEST_MANTISSA), exponents)


def quantities(dimension: str | None = None) -> st.SearchStrategy[Amount]:
    """Positive quantities of a dimension, or of any, simplest `1 second`. Raises ValueError as `units` does."""
    return st.builds(Amount, values(), units(dimension))


def distributions(*, positive: bool = False) -> st.SearchStrategy[Distribution]:
    """What a quantity may be given as: exact, a range, normal, uniform, triangular, lognormal, measured draws.

    Numbers lie within 1e-6 to 1e17, `positive` or about 0 as well; widths are never 0 but for an exact number. None of
    them needs scipy.
    """
    numbers = values().map(float)
    ratios = st.sampled_from([2.0, 1.1, 10.0])
    made = (
        st.builds(constructors.exact, numbers),
        st.builds(lambda low, ratio: between(low, low * ratio), numbers, ratios),
        st.builds(lambda median, ratio: constructors.lognormal(median=median, geometric_sd=ratio), numbers, ratios),
        st.builds(lambda low, ratio: constructors.uniform(low, low * ratio), numbers, ratios),
        st.builds(lambda low, ratio: constructors.triangular(low, low, low * ratio), numbers, ratios),
        st.builds(lambda low, ratio: constructors.samples([low, low * ratio]), numbers, ratios),
    )
    if positive:
        return st.one_of(*made)
    return st.one_of(*made, st.builds(lambda mean, ratio: constructors.normal(mean, mean / ratio), numbers, ratios))


def _compounds() -> st.SearchStrategy[Compound]:
    return st.sampled_from([(), *(compound_of(read_quantity(f"5 {unit}")) for unit in _UNITS_OF_INPUTS.split())])


def _devices() -> st.SearchStrategy[Compound]:
    # "TPU v2 device" is a name of the board, by the catalogue, not of a TPU v2 whose level nobody says.
    names = sorted(set(part_units()) - {"TPU_v2_device", "TPU_v3_device"})
    return st.sampled_from(names).map(lambda name: (UnitTerm(name),))


@st.composite
def inputs(draw: st.DrawFn, of: st.SearchStrategy[Compound]) -> Input:
    """An input of an estimate with a unit, exact or with a range about its value."""
    value, unit, kind = draw(values()), draw(of), draw(st.integers(0, 2))
    if kind == 1:
        high = value * draw(st.integers(2, 9))
        return Input("x", geometric_mean([value, high]), unit, value, high)
    if kind == 2:
        return deviating(Input("x", value, unit), value / draw(st.sampled_from([4, 5, 10])))
    return Input("x", value, unit)


def _signed(first: Input, others: Sequence[tuple[Input, int]]) -> Formula[Input]:
    return Product(((Leaf(first), 1), *((Leaf(each), sign) for each, sign in others)))


def _products(of: st.SearchStrategy[Compound]) -> st.SearchStrategy[Formula[Input]]:
    """A product or quotient of two to four inputs."""
    others = st.lists(st.tuples(inputs(of), st.sampled_from([1, -1])), min_size=1, max_size=3)
    return st.builds(_signed, inputs(of), others)


def _sum_of(terms: Sequence[Input]) -> Formula[Input]:
    return Sum(tuple((Leaf(each), 1) for each in terms))


def _sums() -> st.SearchStrategy[Formula[Input]]:
    """Two or three inputs of one unit, added."""
    one_unit = _compounds().flatmap(lambda unit: st.lists(inputs(st.just(unit)), min_size=2, max_size=3))
    return one_unit.map(_sum_of)


def _powers() -> st.SearchStrategy[Formula[Input]]:
    """A product raised, by itself or over the product and with another input."""
    exponents: st.SearchStrategy[Exponent] = st.sampled_from([2, 3, Fraction(1, 2)])
    inner = _products(_compounds() | _devices())
    alone = st.builds(Power, inner, exponents)
    return alone | st.builds(_power_over, inner, exponents, inputs(_compounds()))


def _power_over(inner: Formula[Input], exponent: Exponent, other: Input) -> Formula[Input]:
    return Product(((Power(inner, exponent), 1), (inner, -1), (Leaf(other), 1)))


def estimates() -> st.SearchStrategy[Estimate]:
    """Estimates of two to four inputs, exact or with ranges: products, quotients, sums of one unit, powers and roots.

    Their exact value is within 1e-200 to 1e200.
    """
    return st.one_of(_products(_compounds() | _devices()), _sums(), _powers()).map(Estimate)
