"""Formulas that are products of powers of uncertain inputs: their spread has a closed form (`specs/spread.md`)."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick import formula as formulas
from slipstick.estimates.evaluation import VALUE
from slipstick.estimates.inputs import Input
from slipstick.formula import Algebra, Formula, Leaf, Power, Product, Sum
from slipstick.reading.quantities import arithmetic
from slipstick.units import Exponent


def as_product(formula: Formula[Input]) -> list[tuple[Input, Exponent]] | None:
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
