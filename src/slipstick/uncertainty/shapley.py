"""Shapley effects of a sum of correlated normal quantities, and so of the log of a product of lognormal ones.

What a set of inputs is worth is the variance of the result that knowing them explains; the Shapley value shares out the
worth of them all. It needs no independence, is never negative and sums to the whole (Owen, SIAM/ASA J. Uncertainty
Quantification 2, 2014, 245-251; Owen and Prieur, ibid. 5, 2017, 986-1002). Up to 12 correlated inputs need nothing but
Python's own arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from slipstick.uncertainty.correlation import Checked, Matrix, checked, groups, part
from slipstick.uncertainty.distributions import Distribution, Exact, LogNormal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

Factor: TypeAlias = tuple[Distribution, float]

MOST_ENUMERATED = 12
"""The most inputs, correlated with each other, of which every subset is gone through in closed form."""

ORDERS, FEWEST_ESTIMATES = 512, 16
"""How many orders stand for all those of more inputs than that, and at least how many independent sets of them."""

_SINGULAR = 1e-9  # what is left of the variance of a score that is determined by the others, by rounding alone


@dataclass(frozen=True)
class VarianceShares:
    """What part of the variance of a result is due to each input: one entry an input, in their order.

    `shares` sum to 1; all are 0 where the result does not vary, and an exact input has 0. `standard_errors` are those
    of the shares, 0 where nothing was sampled. `of_log` tells whose variance is shared out: that of the natural
    logarithm of the result, or of the result itself. `method` is how; `evaluations` counts the results computed for it.
    """

    method: str
    of_log: bool
    shares: tuple[float, ...]
    standard_errors: tuple[float, ...]
    evaluations: int = 0


def closed_form_holds(factors: Sequence[Factor], correlation: Checked | None) -> bool:
    """Whether the factors of a product that correlate are all lognormal: then its log's shares have a closed form."""
    uncertain = [i for i, (given, _) in enumerate(factors) if not isinstance(given, Exact)]
    found = groups(part(correlation, uncertain)) if correlation else []
    return all(isinstance(factors[uncertain[i]][0], LogNormal) for group in found for i in group)


def product_shares(factors: Sequence[Factor], correlation: Matrix | None = None, *, seed: int = 0) -> VarianceShares:
    """The shares of the variance of a product's log, for (distribution, exponent) factors.

    Independent factors: exponent squared times the variance of the factor's own log. Correlated lognormal factors: the
    Shapley effects of a linear function of normal variables (Owen and Prieur 2017; Iooss and Prieur, Int. J.
    Uncertainty Quantification 9, 2019, 493-514). Sets of factors that are independent of each other are taken apart
    (Broto et al., Mathematics and Computers in Simulation 163, 2019, 19-31). In closed form up to 12 factors in such a
    set; above, by 512 random orders or more, with a standard error.

    Raises ValueError for a correlation matrix that cannot be, and for a correlated factor that is not lognormal.
    """
    matrix = checked(correlation, len(factors))
    if not closed_form_holds(factors, matrix):
        raise ValueError("the shares of a product have a closed form only where its correlated factors are lognormal")
    uncertain = [i for i, (given, e) in enumerate(factors) if not isinstance(given, Exact)]
    parts, errors, sampled = [0.0] * len(factors), [0.0] * len(factors), False
    for i in uncertain:
        given, e = factors[i]
        parts[i] = e * e * given.log_variance() if e else 0.0
    found = groups(part(matrix, uncertain)) if matrix else []
    for places in found:
        group = [uncertain[k] for k in places]
        loadings = [e * given.sigma for given, e in (factors[i] for i in group) if isinstance(given, LogNormal)]
        effects, deviations = linear_effects(loadings, part(matrix or (), group), seed=seed)
        sampled = sampled or any(deviations)
        for i, effect, deviation in zip(group, effects, deviations, strict=True):
            parts[i], errors[i] = effect, deviation
    total = math.fsum(parts) or 1.0
    shares, relative = (tuple(x / total for x in given) for given in (parts, errors))
    how = "by random orders" if sampled else "in closed form"
    return VarianceShares(f"Shapley effects {how}" if found else "log variance", True, shares, relative)


def linear_effects(loadings: Sequence[float], matrix: Checked, *, seed: int = 0) -> tuple[list[float], list[float]]:
    """The Shapley effects of inputs on a linear function of them, and their standard errors, as parts of its variance.

    The function is the sum of loading times score; the scores are normal with the correlation `matrix`, which may be
    singular. Every subset is gone through up to 12 inputs, random orders are above. Raises ValueError unless
    0 <= seed < 2^64.
    """
    if len(loadings) > MOST_ENUMERATED:
        return _effects_by_orders(loadings, matrix, seed)
    explained, n = _explained(loadings, matrix), len(loadings)
    effects = []
    for i in range(n):
        without = (known for known in range(1 << n) if not known >> i & 1)
        gains = (weight(n, known.bit_count()) * (explained[known | 1 << i] - explained[known]) for known in without)
        effects.append(math.fsum(gains))
    return effects, [0.0] * n


def weight(n: int, known: int) -> float:
    """The share of all orders of `n` inputs in which one given input comes right after `known` given others."""
    return 1 / (n * math.comb(n - 1, known))


def _covariances(loadings: Sequence[float], matrix: Checked) -> list[float]:
    """The covariance of each score with the linear function."""
    return [math.fsum(entry * loading for entry, loading in zip(row, loadings, strict=True)) for row in matrix]


def _explained(loadings: Sequence[float], matrix: Checked) -> list[float]:
    """The variance of the linear function's mean given the inputs in a set, by the set's bits.

    Each input in turn is left out or swept out of the covariances of those behind it (Gaussian elimination), so that
    all subsets together cost a few operations each.
    """
    found = [0.0] * (1 << len(loadings))

    def visit(bit: int, left: list[list[float]], with_result: list[float], known: float, mask: int) -> None:
        if not left:
            found[mask] = known
            return
        (pivot, *column), *rows = left
        gain, *others = with_result
        rest = [row[1:] for row in rows]
        visit(bit << 1, rest, others, known, mask)
        if pivot > _SINGULAR:
            rest = [
                [entry - factor * other / pivot for entry, other in zip(row, column, strict=True)]
                for factor, row in zip(column, rest, strict=True)
            ]
            others = [other - factor * gain / pivot for factor, other in zip(column, others, strict=True)]
            known += gain * gain / pivot
        visit(bit << 1, rest, others, known, mask | bit)

    visit(1, [list(row) for row in matrix], _covariances(loadings, matrix), 0.0, 0)
    return found


def _effects_by_orders(loadings: Sequence[float], matrix: Checked, seed: int) -> tuple[list[float], list[float]]:
    """Those of a sample of orders: in each, an input gains what it explains beyond those before it.

    The gains of an order add up to the whole variance, so the effects do. An estimate is the mean over a random order
    and all its rotations, in which each input stands once at each place.
    """
    import numpy as np

    n, generator = len(loadings), seeded(seed, 0)
    covariances = np.array(_covariances(loadings, matrix))
    whole = float(covariances @ np.array(loadings))
    joint = np.block([[np.array(matrix), covariances[:, None]], [covariances[None, :], np.array([[whole]])]])
    estimates = []
    for _ in range(max(FEWEST_ESTIMATES, ORDERS // n)):
        orders = np.array(rotations(generator.permutation(n).tolist(), n))
        batches = np.array_split(orders, math.ceil(n**3 / 2**20))
        estimates.append(sum(_gains(joint, batch).sum(axis=0) for batch in batches) / n)
    gains = np.array(estimates)
    return gains.mean(axis=0).tolist(), (gains.std(axis=0, ddof=1) / math.sqrt(len(gains))).tolist()


def rotations(order: list[int], count: int) -> list[list[int]]:
    """`count` rotations of an order, evenly spaced, so that each input stands early in some and late in others.

    What an input gains depends on its place more than on anything else, so estimates from whole sets of rotations vary
    less: a sample stratified by place (after Castro et al., Computers and Operations Research 82, 2017, 180-188).
    """
    starts = [k * len(order) // count for k in range(count)]
    return [order[start:] + order[:start] for start in starts]


def _gains(joint: FloatArray, orders: NDArray[np.intp]) -> FloatArray:
    """What each input explains beyond those before it in its order, shape (orders, n), by the inputs' numbers.

    `joint` is the covariance of the n scores and, last, the result; `orders` has shape (orders, n).
    """
    import numpy as np

    gains = np.zeros(orders.shape)
    rows = np.pad(orders, ((0, 0), (0, 1)), constant_values=orders.shape[1])
    left = joint[rows[:, :, None], rows[:, None, :]]
    for k in range(orders.shape[1]):
        pivot, column = left[:, 0, 0], left[:, 1:, 0]
        pivot = np.where(pivot > _SINGULAR, pivot, np.inf)
        np.put_along_axis(gains, orders[:, k : k + 1], (column[:, -1] ** 2 / pivot)[:, None], axis=1)
        left = left[:, 1:, 1:] - column[:, :, None] * column[:, None, :] / pivot[:, None, None]
    return gains


def seeded(seed: int, block: int) -> np.random.Generator:
    """The random stream of one block of draws (Philox, counter-based). Raises ValueError unless 0 <= seed < 2^64."""
    import numpy as np

    if not 0 <= seed < 2**64:
        raise ValueError(f"a seed must lie between 0 and 2^64 - 1, not {seed}")
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, block])))
