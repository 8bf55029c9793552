"""Estimates made by hand: from a formula, from other estimates by calculating with them, with other inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slipstick import notation
from slipstick.estimates.correlations import NONE, from_matrix, from_pairs
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.evaluation import DIMENSION, UnitsError
from slipstick.estimates.given import given_input, replacement
from slipstick.estimates.inputs import Input, exact
from slipstick.formula import Formula, Leaf, Power, Product, Sum, with_leaves
from slipstick.parsing import parse
from slipstick.units import label


def estimate_from(given: Any, name: str = "") -> Estimate:
    """An input or number as an estimate of itself, a text or a pint quantity too; an estimate as it is.

    `name` is for what has none.

    Raises ValueError for anything else.
    """
    if isinstance(given, Estimate):
        return given
    made = given_input(name, {name: given}).with_name(name)
    if made is given or made.unit or made.is_uncertain:
        return Estimate(Leaf(made))
    return Estimate(Leaf(Input(notation.number(made.value), made.value, constant=True)))


def from_formula(text: str, inputs: Mapping[str, Any]) -> Estimate:
    """The formula with what is given for its names; see `Estimate.from_formula`."""
    known: dict[str, Input] = {}

    def leaf(name: str) -> Formula[Input]:
        if name not in known:
            is_number = name[0].isdigit()
            made = Input(name, exact(name), constant=True) if is_number else given_input(name, inputs)
            known[name] = made.with_name(name)
        return Leaf(known[name])

    formula = with_leaves(parse(text), leaf)
    made = Estimate(formula, names=tuple((given, name) for name, given in known.items() if given.name != name))
    unused = [name for name in inputs if name not in known]
    if unused:
        raise ValueError(f"the formula has no input {unused[0]!r}; it has {', '.join(made.named)}")
    _ = made.dimension
    return made


def replaced(estimate: Estimate, changes: Mapping[str, Any]) -> Estimate:
    """The estimate with other inputs in the place of those named; see `Estimate.replace`."""
    new = {id(estimate.input(name)): replacement(estimate.input(name), name, changes) for name in changes}
    formula = with_leaves(estimate.formula, lambda i: Leaf(new.get(id(i), i)))
    named = [(new.get(id(given), given), name) for name, given in estimate.named.items()]
    names = tuple((given, name) for given, name in named if given.name != name)
    return Estimate(formula, names=names, correlations=estimate.correlations.moved(new))


def correlated(estimate: Estimate, pairs: Mapping[tuple[Any, Any], float] | Sequence[Sequence[float]]) -> Estimate:
    """The estimate with other correlations; see `Estimate.correlated`."""
    if isinstance(pairs, Mapping):
        known = from_pairs(pairs, lambda x: x if isinstance(x, Input) else estimate.input(x))
    else:
        uncertain = tuple(i for i in estimate.inputs if i.is_uncertain)
        is_of_uncertain = hasattr(pairs, "__len__") and len(pairs) == len(uncertain)
        known = from_matrix(pairs, uncertain if is_of_uncertain else estimate.inputs)
    return Estimate(estimate.formula, estimate.written_steps, estimate.names, known)


def total(first: Any, second: Any, sign: int) -> Estimate:
    """The sum of two things, or with a sign of -1 their difference. Raises UnitsError where they are unlike."""
    if isinstance(first, int) and not first and sign > 0:
        return estimate_from(second)  # what sum() begins with
    one, other = estimate_from(first), estimate_from(second)
    of = one.dimension
    if of != other.dimension:
        raise UnitsError(f"unlike things are added: {label(of)} and {label(other.dimension)}")
    made = _joined(Sum(((one.formula, 1), (other.formula, sign))), one, other)
    made.__dict__["dimension"] = of  # known already: a long sum built term by term must not go back to its start
    return made


def product(first: Any, second: Any, exponent: int) -> Estimate:
    """The product of two things, or with an exponent of -1 their quotient."""
    one, other = estimate_from(first), estimate_from(second)
    made = _joined(Product(((one.formula, 1), (other.formula, exponent))), one, other)
    made.__dict__["dimension"] = DIMENSION.multiply([(one.dimension, 1), (other.dimension, exponent)])
    return made


def power(given: Any, exponent: Any) -> Estimate:
    """An estimate to a rational power. Raises ValueError for an exponent that is no number."""
    base, number = estimate_from(given), exact(exponent)
    return _joined(Power(base.formula, number if number.denominator > 1 else number.numerator), base)


def _joined(formula: Formula[Input], *estimates: Estimate) -> Estimate:
    """An estimate of others, with their names and correlations."""
    names: dict[int, tuple[Input, str]] = {}
    correlations = NONE
    for each in estimates:
        correlations = correlations.joined(each.correlations)
        for given, name in each.names:
            names.setdefault(id(given), (given, name))
    return Estimate(formula, names=tuple(names.values()), correlations=correlations)
