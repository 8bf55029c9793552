"""What an input would have to be for an estimate to come out at a target, with the answer's own interval."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isclose
from typing import Any

from slipstick.estimates.combining import estimate_from
from slipstick.estimates.error_bars import Interval, draws_of, interval_of
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.evaluation import VALUE, UnitsError
from slipstick.estimates.inputs import Input, NumberOutOfRange, float_of
from slipstick.formula import Formula, Leaf, Product, has_roots, with_leaves
from slipstick.reading.quantities import arithmetic
from slipstick.uncertainty.spread import Spread
from slipstick.units import label, pint_units, registry, size, written


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """The value that the input `unknown` would have to have.

    `estimate` is the closed form over the other inputs and the target; None where none is known, as for a polynomial
    of the third degree, whose roots are numbers only.
    """

    unknown: Input
    name: str
    exact_value: Fraction
    estimate: Estimate | None
    check: Estimate | None = None
    """What is 1 where the closed form is an answer: a squared root has answers that the root has not."""

    @property
    def quantity(self) -> Any:
        """The answer as a pint quantity in the input's own unit."""
        return self._quantity(float_of(self.exact_value))

    def _quantity(self, base_value: float) -> Any:
        return registry().Quantity(base_value / float_of(size(self.unknown.unit)), pint_units(self.unknown.unit))

    @property
    def magnitude(self) -> float:
        """The number of the answer, in the input's own unit."""
        return float(self.quantity.magnitude)

    def to(self, unit: Any) -> Any:
        """The answer as a pint quantity in another unit."""
        return self.quantity.to(unit)

    @property
    def units(self) -> Any:
        """The input's own unit, pint's."""
        return self.quantity.units

    @property
    def expression(self) -> Any:
        """The closed form as a sympy expression over the inputs' symbols. Raises ValueError where there is none."""
        return self._closed().expression

    @property
    def text(self) -> str:
        """The closed form as plain text. Raises ValueError where there is none."""
        return self._closed().text

    @property
    def latex(self) -> str:
        """The closed form in LaTeX. Raises ValueError where there is none."""
        return self._closed().latex

    def spread(self, level: float = 0.9, **how: Any) -> Spread | None:
        """The spread of the answer in base units; None where nothing in it is uncertain.

        `how` is as for `Estimate.spread`. Raises ValueError as that does, where there is no closed form, and where
        some values of the other inputs have no answer.
        """
        spread = self._closed().spread(level, **how)
        if spread is not None and self.check is not None and not _is_one(self.check):
            raise ValueError(f"for some values of the other inputs no {self.name} is an answer")
        return spread

    def interval(self, level: float = 0.9, **how: Any) -> Interval:
        """The central interval of the answer, in the input's unit. Raises ValueError as `spread` does."""
        spread = self.spread(level, **how)
        return interval_of(spread, level, float_of(self.exact_value), self._quantity)

    def _closed(self) -> Estimate:
        if self.estimate is None:
            raise ValueError(f"no closed form is known for {self.name}: only its value is")
        return self.estimate

    def __repr__(self) -> str:
        """The input with its value: Answer(utilization = 0.0979)."""
        unit = f" {written(self.unknown.unit)}" if self.unknown.unit else ""
        return f"Answer({self.name} = {self.magnitude:.4g}{unit})"


def answers(estimate: Estimate, name: str, target: Any) -> list[Answer]:
    """Every value of an input for which the estimate comes out at the target, in order; see `Estimate.solve`."""
    from slipstick.estimates.closed_forms import closed_forms, simplified
    from slipstick.estimates.symbols import solutions

    unknown, wanted = estimate.input(name), estimate_from(target, "target")
    if wanted.dimension != estimate.dimension:
        raise UnitsError(f"the result is in {estimate.unit}, the target in {label(wanted.dimension)}")
    if any(given is unknown for given in wanted.inputs):
        raise ValueError(f"the target depends on {name} itself; solve their difference for it instead")
    try:
        found = solutions(estimate.formula, unknown, lambda i: i.base_value, VALUE, wanted.exact_value)
        for value in found:
            float_of(value / size(unknown.unit))
    except (ValueError, arithmetic.OutOfRange) as error:
        raise ValueError(f"{name} cannot be solved for: {error}") from None
    if not found:
        raise ValueError(f"no value of {name} makes the result {_shown(target)}")
    correlations = estimate.correlations.joined(wanted.correlations)
    names = (*estimate.names, *wanted.names)
    forms = [
        Estimate(simplified(form), names=names, correlations=correlations)
        for form in closed_forms(estimate.formula, unknown, wanted.formula)
    ]
    made = [(value, _form_of(value, forms)) for value in found]
    return [Answer(unknown, name, value, form, _check(estimate, unknown, form, wanted)) for value, form in made]


def _check(estimate: Estimate, unknown: Input, form: Estimate | None, wanted: Estimate) -> Estimate | None:
    """The result over the target with the answer put in; None where no root may have lost a sign."""
    if form is None or not wanted.exact_value or not has_roots(estimate.formula):
        return None
    put_in = with_leaves(estimate.formula, lambda i: form.formula if i is unknown else Leaf(i))
    ratio: Formula[Input] = Product(((put_in, 1), (wanted.formula, -1)))
    return Estimate(ratio, names=form.names, correlations=form.correlations)


def _is_one(check: Estimate) -> bool:
    draws = draws_of(check, 4096)
    return bool((abs(draws - 1) < 1e-6).all())


def _form_of(value: Fraction, forms: list[Estimate]) -> Estimate | None:
    """The closed form that has this value; a double root has two that do."""
    for form in forms:
        try:
            if isclose(form.exact_value, value, rel_tol=1e-12):
                return form
        except NumberOutOfRange:
            continue  # a root that is not real
    return None


def _shown(target: Any) -> str:
    return f"{target.exact_value:.4g} {target.unit}" if isinstance(target, Estimate) else str(target)
