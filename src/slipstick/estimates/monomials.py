"""Formulas that are products of powers of uncertain inputs: their spread has a closed form (`specs/spread.md`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from slipstick import formula as formulas
from slipstick.estimates.evaluation import VALUE
from slipstick.estimates.inputs import Input
from slipstick.formula import Algebra, Formula, Leaf, Power, Product, Sum
from slipstick.reading.quantities import arithmetic
from slipstick.uncertainty.products import of_one
from slipstick.units import Exponent

if TYPE_CHECKING:
    from slipstick.estimates.estimate import Estimate
    from slipstick.uncertainty.spread import Spread


def spread_by(given: Input, estimate: Estimate, level: float) -> Spread | None:
    """The spread of an estimate to which `given`, its only uncertain input, is a factor; most estimates are such.

    None for any other: one with another power of it, or a sum, or a value that may be negative, as well as where a
    number is so long that it has to be rounded on the way.
    """
    powers = estimate.powers
    if powers is None or powers[id(given)] != 1 or estimate.correlations.pairs:
        return None
    if given.stated is not None or given.low is None or given.low.numerator <= 0:
        return None
    (above, below), (top, bottom) = estimate.exact_value.as_integer_ratio(), given.value.as_integer_ratio()
    above, below = above * bottom, below * top  # what is exact is the whole without the rest, and the whole is known
    if not above or not below or arithmetic.may_be_out_of_bounds(above, below):
        return None
    shares = tuple([1.0 if each is given else 0.0 for each in estimate.leaves])
    return of_one(above / below, given.distribution(), level, shares)


def product_of(estimate: Estimate) -> list[tuple[Input, Exponent]] | None:
    """The estimate as inputs to powers, each input once; None where a sum holds an uncertain input."""
    powers = estimate.powers
    return _as_product(estimate.formula) if powers is None else [(i, powers[id(i)]) for i in estimate.leaves]


def _as_product(formula: Formula[Input]) -> list[tuple[Input, Exponent]] | None:
    """A formula as inputs to powers, each input once; None where a sum holds an uncertain input.

    A sum of exact inputs is one exact factor: 275 TFLOP/s * (1024 * 7 + 512 * 3) chip-days * utilization is a product.
    """
    found = formulas.monomial(formula)
    if found is None:
        try:
            found = formulas.monomial(formulas.fold(formula, _leaf, _WITH_EXACT_SUMS)[0])
        except arithmetic.OutOfRange:  # a sum beyond the range of what is computed exactly
            return None
        if found is None:
            return None
    inputs = {id(given): given for given, _ in found}
    powers: dict[int, Exponent] = {}
    for given, exponent in found:
        powers[id(given)] = powers.get(id(given), 0) + exponent
    return [(given, powers[id(given)]) for given in inputs.values()]


def _leaf(given: Input) -> tuple[Formula[Input], bool]:
    return Leaf(given), given.is_uncertain


def _exact_sum(parts: Sequence[tuple[tuple[Formula[Input], bool], int]]) -> tuple[Formula[Input], bool]:
    whole = Sum(tuple((part, sign) for (part, _), sign in parts))
    if any(uncertain for (_, uncertain), _ in parts):
        return whole, True
    return Leaf(Input("sum", formulas.fold(whole, lambda i: i.base_value, VALUE))), False


_WITH_EXACT_SUMS = Algebra[tuple[Formula[Input], bool]](  # the formula, and whether it holds an uncertain input
    multiply=lambda parts: (Product(tuple((part, e) for (part, _), e in parts)), any(u for (_, u), _ in parts)),
    add=_exact_sum,
    power=lambda base, exponent: (Power(base[0], exponent), base[1]),
)
