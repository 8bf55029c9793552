"""The spread of an estimate: which way it is computed, and how its formula is given to it (`specs/spread.md`)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick import formula as formulas
from slipstick.estimates.evaluation import FLOATS
from slipstick.estimates.inputs import Input, NumberOutOfRange, float_of
from slipstick.estimates.monomials import product_of, spread_by
from slipstick.formula import Algebra, Formula, Leaf
from slipstick.reading.quantities import arithmetic
from slipstick.uncertainty.distributions import Exact, Normal
from slipstick.uncertainty.first_order import FirstOrder, first_order
from slipstick.uncertainty.sampling import Sampling, checked_sampling, relative_error
from slipstick.uncertainty.scores import central_score, normal_cdf
from slipstick.uncertainty.spread import Spread
from slipstick.units import Exponent, size

if TYPE_CHECKING:
    from slipstick.estimates.correlations import Matrix
    from slipstick.estimates.estimate import Estimate
    from slipstick.uncertainty.distributions import Distribution

_USUAL = Sampling()
METHODS = ("auto", "exact", "first order", "sampled")


class Interval(NamedTuple):
    """A credible interval as pint quantities; `method` says how it was reached, as that of a `Spread`."""

    low: Any
    median: Any
    high: Any
    level: float
    method: str


def interval_of(spread: Spread | None, level: float, value: float, quantity: Callable[[float], Any]) -> Interval:
    """A spread as quantities, which `quantity` makes of base values; without a spread, the exact value three times."""
    if spread is None:
        return Interval(quantity(value), quantity(value), quantity(value), level, "exact")
    return Interval(quantity(spread.low), quantity(spread.median), quantity(spread.high), level, spread.method)


class Evaluation:
    """A formula over the positions of its inputs: a function of their values, in their units, that can be pickled."""

    def __init__(self, formula: Formula[int], scales: tuple[float, ...]) -> None:
        self.formula, self.scales = formula, scales

    def __call__(self, values: Sequence[Any]) -> Any:
        """The result in base units, for a number or an array of shape (n,) per input."""
        scales = self.scales
        return formulas.fold(self.formula, lambda n: values[n] * scales[n], FLOATS)


def evaluation_of(estimate: Estimate) -> tuple[Evaluation, tuple[Input, ...]]:
    """The estimate as a function of its leaves, in their order."""
    leaves = estimate.leaves
    position = {id(i): n for n, i in enumerate(leaves)}
    formula = formulas.with_leaves(estimate.formula, lambda i: Leaf(position[id(i)]))
    return Evaluation(formula, tuple(float_of(size(i.unit)) for i in leaves)), leaves


def spread_of(estimate: Estimate, level: float = 0.9, method: str = "auto", how: Sampling = _USUAL) -> Spread | None:
    """The spread of an estimate; see `Estimate.spread`."""
    found = _spread_of(estimate, level, method, how)
    if found is not None and any(end and not _LEAST <= abs(end) <= _MOST for end in (found.low, found.high)):
        raise NumberOutOfRange("the interval of the result reaches beyond 1e300 or below 1e-300")
    return found


_LEAST, _MOST = 1e-300, 1e300


def _spread_of(estimate: Estimate, level: float, method: str, sampling: Sampling) -> Spread | None:
    given: object = level
    if type(given) is not float and (not isinstance(given, int | float) or isinstance(given, bool)):
        raise ValueError(f"a level must lie between 0 and 1, not {level!r}")
    central_score(level)
    if method not in METHODS:
        raise ValueError(f"expected a method of {', '.join(METHODS)}, not {method!r}")
    if sampling is not _USUAL:
        checked_sampling(sampling)
    leaves = estimate.leaves
    uncertain = [i for i in leaves if i.low is not None and i.is_uncertain]
    if not uncertain:
        return None
    value = estimate.exact_value
    if len(uncertain) == 1 and method in ("auto", "exact") and (found := spread_by(uncertain[0], estimate, level)):
        return found
    correlation = estimate.correlations.checked(leaves)
    product = product_of(estimate) if method != "first order" else None
    if product is not None and not _takes_a_root_of_a_sign(estimate, uncertain):
        found = _monomial(product, value, leaves, level, correlation, sampling, always=method == "sampled")
        if method != "exact" or found.standard_error is None:
            return found
    distributions = [i.distribution() for i in leaves]
    linear = _linearized(estimate, leaves, distributions, level, correlation)
    if method in ("auto", "exact") and linear is not None and _is_normal_sum(estimate, distributions, leaves):
        return _normal(linear, level)
    if method == "exact":
        raise ValueError("no exact way is known for this formula; its spread can be sampled")
    if method == "first order":
        if linear is None:
            raise ValueError("the formula has no finite slope at the means of its inputs, and so no first order")
        return Spread(level, linear.low, linear.value, linear.high, method, linear[:2], linear.shares)
    from slipstick.uncertainty.sampling import sampled

    evaluate, _ = evaluation_of(estimate)
    return sampled(
        evaluate, distributions, level=level, correlation=correlation, first_order=linear, **sampling._asdict()
    )


def _takes_a_root_of_a_sign(estimate: Estimate, uncertain: Sequence[Input]) -> bool:
    """Whether a root stands beside an input that may be negative: of it or its square, which the powers do not tell."""
    return any(map(_may_be_negative, uncertain)) and formulas.has_roots(estimate.formula)


def _may_be_negative(given: Input) -> bool:
    """Whether an uncertain input is so within six deviations."""
    if given.low is None or given.stated is None:
        return given.low is not None and given.low <= 0
    return given.stated.at(-6.0) < 0


def _monomial(
    product: list[tuple[Input, Exponent]],
    value: Fraction,
    leaves: tuple[Input, ...],
    level: float,
    correlation: Matrix | None,
    sampling: Sampling,
    *,
    always: bool,
) -> Spread:
    """The spread of a product of powers whose value in base units is `value`."""
    drawn = [(i, e) for i, e in product if i.is_uncertain]
    try:
        if all(i.value for i, _ in drawn):  # what is exact is the whole without the rest, and the whole is known
            exact = [(value, 1), *((i.value, -e) for i, e in drawn)]
        else:
            exact = [(size(i.unit) if i.is_uncertain else i.base_value, e) for i, e in product]
        coefficient = float_of(arithmetic.product_of_powers(exact))
    except arithmetic.OutOfRange:
        drawn = product
        coefficient = float(arithmetic.product_of_powers((size(i.unit), e) for i, e in product if i.unit))
    factors = [(i.distribution(), float(e)) for i, e in drawn]
    within = None if correlation is None else _part(correlation, leaves, [i for i, _ in drawn])
    if always:
        from slipstick.uncertainty.sampled_products import sampled_monomial as compute
    else:
        from slipstick.uncertainty.products import monomial as compute
    found = compute(coefficient, factors, level=level, correlation=within, sampling=sampling)
    shares = {id(i): share for (i, _), share in zip(drawn, found.shares, strict=True)}
    return found._replace(shares=tuple([shares.get(id(i), 0.0) for i in leaves]))


def _part(correlation: Matrix, leaves: Sequence[Input], some: Sequence[Input]) -> Matrix:
    """The correlations of some of the leaves."""
    position = {id(i): n for n, i in enumerate(leaves)}
    places = [position.get(id(i)) for i in some]  # a sum of exact inputs is none of the leaves

    def between(m: int, n: int) -> float:
        a, b = places[m], places[n]
        return float(m == n) if a is None or b is None else correlation[a][b]

    return tuple(tuple(between(m, n) for n in range(len(places))) for m in range(len(places)))


def _linearized(
    estimate: Estimate,
    leaves: tuple[Input, ...],
    distributions: Sequence[Distribution],
    level: float,
    correlation: Matrix | None,
) -> FirstOrder | None:
    """First order, with slopes by one pass back through the formula."""
    from slipstick.estimates.derivatives import slopes

    sizes = {id(i): float_of(size(i.unit)) for i in leaves}
    means = {id(i): given.mean * sizes[id(i)] for i, given in zip(leaves, distributions, strict=True)}
    try:
        value, found = slopes(estimate.formula, lambda i: means[id(i)])
    except (ArithmeticError, ValueError):
        return None
    deviations = [
        slope * sizes[id(i)] * given.standard_uncertainty if (slope := found.get(id(i), 0.0)) else 0.0
        for i, given in zip(leaves, distributions, strict=True)
    ]
    return first_order(value, deviations, distributions, level, correlation)


_OTHER = 2
_KIND = Algebra[int](  # 0 exact, 1 a sum of normal quantities, 2 anything else
    multiply=lambda parts: _kind_of_product([(kind, e) for kind, e in parts if kind]),
    add=lambda parts: max(kind for kind, _ in parts),
    power=lambda kind, exponent: kind if exponent == 1 or not kind else _OTHER,
)


def _kind_of_product(uncertain: list[tuple[int, Exponent]]) -> int:
    return 0 if not uncertain else uncertain[0][0] if len(uncertain) == 1 and uncertain[0][1] == 1 else _OTHER


def _is_normal_sum(estimate: Estimate, distributions: Sequence[Distribution], leaves: tuple[Input, ...]) -> bool:
    """Whether the formula is a sum of normal inputs times exact factors, which is normal itself."""
    kinds = {
        id(i): 0 if isinstance(x, Exact) else 1 if isinstance(x, Normal) else _OTHER
        for i, x in zip(leaves, distributions, strict=True)
    }
    return formulas.fold(estimate.formula, lambda i: kinds[id(i)], _KIND) < _OTHER


def _normal(linear: FirstOrder, level: float) -> Spread:
    value, sd = linear.value, linear.standard_uncertainty
    reach = central_score(level) * sd
    low, high = value - reach, value + reach
    return Spread(level, low, value, high, "normal", linear[:2], linear.shares, mean=value, sd=sd)


def draws_of(estimate: Estimate, number: int, seed: int = 0) -> Any:
    """Draws of the result in base units, an array of shape (number,); the same for the same seed."""
    import numpy as np

    from slipstick.uncertainty.sampling import BLOCK, mixing_of, result_block

    evaluate, leaves = evaluation_of(estimate)
    mixing = mixing_of(estimate.correlations.matrix(leaves))
    inputs = [i.distribution() for i in leaves]
    sizes = [min(BLOCK, number - start) for start in range(0, number, BLOCK)]
    return np.concatenate([result_block(evaluate, inputs, mixing, seed, n, size) for n, size in enumerate(sizes)])


def probability_below(estimate: Estimate, value: float) -> float:
    """The probability that the result is below a value in base units, to 1e-4.

    By the level whose interval ends there, so that it is as exact as the intervals are; of an estimate that has to be
    sampled, the part of its draws.
    """
    spread = estimate.spread(0.5)
    if spread is None:
        return float(estimate.exact_value < value)
    if spread.standard_error is not None:
        return float((draws_of(estimate, 2**17) < value).mean())
    side = 1 if value > spread.median else -1
    low, high = 0.0, 1.0
    while high - low > 1e-4:
        level = (low + high) / 2
        ends = estimate.spread(level)
        inside = ends is not None and (ends.high < value if side > 0 else ends.low > value)
        low, high = (level, high) if inside else (low, level)
    return (1 + side * low) / 2


def spreads(estimates: Sequence[Estimate], level: float = 0.9, *, draws: int = 4096, seed: int = 0) -> list[Spread]:
    """The spreads of many estimates that share inputs and parts, such as every partial sum of a long row.

    All from the same draws, each input and each shared part once, so that the cost grows with the number of quantities
    and not with its square. Inputs that are correlated by declaration are refused, and so is what `Estimate.spread`
    refuses.
    """
    import numpy as np

    from slipstick.uncertainty.sampling import draw_block

    z = central_score(level)
    p = [normal_cdf(-z), 0.5, normal_cdf(z)]
    if any(each.correlations.pairs for each in estimates):
        raise ValueError("estimates with declared correlations are spread one by one")
    if not 100 <= draws <= 2**20:
        raise ValueError(f"expected 100 to 2^20 draws, not {draws}")
    order: dict[int, int] = {}

    def leaf(given: Input) -> Any:
        index = order.setdefault(id(given), len(order))
        column = draw_block([given.distribution()], draws, seed=seed, block=index)[0]
        return column * float_of(size(given.unit))

    found: dict[int, Spread] = {}
    aside = [math.sqrt(q * (1 - q) / draws) for q in p]
    with np.errstate(all="ignore"):
        for position, column in formulas.fold_each([e.formula for e in estimates], leaf, FLOATS):
            results = np.broadcast_to(column, (draws,))
            below, ends, above = np.quantile(results, np.clip([np.subtract(p, aside), p, np.add(p, aside)], 0, 1))
            if not np.isfinite([below, ends, above]).all():
                raise ValueError("the result is not a finite number for some values of its inputs")
            error = relative_error(ends.tolist(), ((above - below) / 2).tolist(), in_logs=False)
            low, median, high = ends.tolist()
            found[position] = Spread(level, low, median, high, "sampled", None, (), error, draws)
    return [found[n] for n in range(len(estimates))]
