"""First-order propagation (JCGM 100:2008): the check beside the exact and the sampled spread.

The value at the means, plus and minus a coverage factor times the combined standard uncertainty. It takes every
formula for a straight line, and every result for normal.
"""

# Annotations are evaluated here: as text, NamedTuple would compile each of them at every start.

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

from slipstick.uncertainty.correlation import Checked, Matrix, checked, of_values, shares_of, variance
from slipstick.uncertainty.distributions import Distribution
from slipstick.uncertainty.scores import central_score, special_functions

Evaluate: TypeAlias = Callable[[Sequence[Any]], Any]


class FirstOrder(NamedTuple):
    """The interval of first order, and what it is made of; `shares` are parts of the variance, one per input."""

    low: float
    high: float
    value: float
    standard_uncertainty: float
    degrees_of_freedom: float
    coverage_factor: float
    shares: tuple[float, ...]


def first_order(
    value: float,
    deviations: Sequence[float],
    inputs: Sequence[Distribution],
    level: float = 0.9,
    correlation: Checked | None = None,
) -> FirstOrder | None:
    """From the value at the means, and each input's slope there times its standard uncertainty.

    `correlation` is that of the inputs' normal scores; theirs as quantities follow from it. The combined standard
    uncertainty is that of JCGM 100:2008, 5.1.2 and 5.2.2; where a standard uncertainty has
    degrees of freedom, those of the result are by Welch and Satterthwaite (G.4.1), which takes independent inputs, and
    the coverage factor is Student's for the next lower whole number of them (G.4.1). None where something in it is not
    finite.
    """
    if len(inputs) == 1 and inputs[0].degrees_of_freedom == math.inf:
        return _of_one(value, abs(deviations[0]), central_score(level))
    if not all(map(math.isfinite, (value, *deviations))):
        return None
    within = of_values(inputs, correlation)
    total = math.hypot(*deviations) if within is None else math.sqrt(variance(deviations, within))
    dof = _degrees_of_freedom(total, deviations, inputs)
    factor = central_score(level) if math.isinf(dof) else _student(level, max(math.floor(dof), 1))
    low, high = value - factor * total, value + factor * total
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    return FirstOrder(low, high, value, total, dof, factor, shares_of(deviations, within))


def _of_one(value: float, deviation: float, factor: float) -> FirstOrder | None:
    """The same for one input, whose correlation with others is none."""
    low, high = value - factor * deviation, value + factor * deviation
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    return FirstOrder(low, high, value, deviation, math.inf, factor, (1.0,) if deviation else (0.0,))


def _degrees_of_freedom(total: float, deviations: Sequence[float], inputs: Sequence[Distribution]) -> float:
    """Of the combined standard uncertainty, by the formula of Welch and Satterthwaite."""
    if not total or all(math.isinf(x.degrees_of_freedom) for x in inputs):
        return math.inf
    below = math.fsum((d / total) ** 4 / x.degrees_of_freedom for d, x in zip(deviations, inputs, strict=True))
    return 1 / below if below else math.inf


def _student(level: float, dof: float) -> float:
    """The half-width of the central interval of Student's t, which scipy knows."""
    return float(special_functions("an interval by degrees of freedom").stdtrit(dof, (1 + level) / 2))


def first_order_general(
    evaluate: Evaluate, inputs: Sequence[Distribution], level: float = 0.9, correlation: Matrix | None = None
) -> FirstOrder | None:
    """The same for any function of a number per input, whose slopes the `uncertainties` package finds.

    The function is wrapped whole, with numerical slopes: an intermediate result that is used twice would otherwise
    double the number of paths that the package follows.
    """
    import uncertainties

    numbers = [uncertainties.ufloat(x.mean, x.standard_uncertainty or 1.0) for x in inputs]
    try:
        result = uncertainties.wrap(lambda *values: float(evaluate(values)))(*numbers)
    except (ArithmeticError, ValueError):
        return None
    found = result.derivatives if isinstance(result, uncertainties.UFloat) else {}
    slopes = [found.get(number, 0.0) for number in numbers]
    deviations = [s * x.standard_uncertainty if s else 0.0 for s, x in zip(slopes, inputs, strict=True)]
    return first_order(
        uncertainties.nominal_value(result), deviations, inputs, level, checked(correlation, len(inputs))
    )
