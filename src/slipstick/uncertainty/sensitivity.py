"""Which input drives a result: shares of its variance by the method that fits, Sobol indices, a tornado table.

`specs/sensitivity.md` says which figure answers which question.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeAlias

from slipstick.uncertainty.correlation import Checked, Matrix, checked, groups, part
from slipstick.uncertainty.distributions import Distribution, Exact
from slipstick.uncertainty.outcomes import Evaluate, deviation_of, on_either_scale, outcomes
from slipstick.uncertainty.sampled_shapley import require_error, shapley_effects
from slipstick.uncertainty.scores import normal_quantile
from slipstick.uncertainty.shapley import VarianceShares, closed_form_holds, product_shares, seeded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

REPLICATES, FEWEST_POINTS, MOST_POINTS = 16, 2**8, 2**13
"""How many scrambled Sobol sequences the indices are the means of, and how long each is, a power of two."""


@dataclass(frozen=True)
class SobolIndices:
    """Sobol indices of independent inputs, one entry an input: parts of the variance of the result, or of its log.

    `first` is due to the input alone, `total` to the input alone and with others. `shares` split what inputs do
    together and sum to 1. The errors are standard errors; `evaluations` counts the results that the figures rest on.
    All are 0 for an exact input, and where the result does not vary.
    """

    method: ClassVar[str] = "Sobol indices"

    of_log: bool
    shares: tuple[float, ...]
    standard_errors: tuple[float, ...]
    first: tuple[float, ...]
    first_errors: tuple[float, ...]
    total: tuple[float, ...]
    total_errors: tuple[float, ...]
    evaluations: int


Drivers: TypeAlias = VarianceShares | SobolIndices


class TornadoRow(NamedTuple):
    """What the result is where one input stands at the low and at the high end of its range.

    `place` is the input's, counted from 0; `input_low` and `input_high` are its ends, `low` and `high` the
    results there.
    """

    place: int
    input_low: float
    input_high: float
    low: float
    high: float

    @property
    def swing(self) -> float:
        """How far the two results are apart, in the unit of the result."""
        return abs(self.high - self.low)


def drivers(
    evaluate: Evaluate,
    distributions: Sequence[Distribution],
    *,
    exponents: Sequence[float] | None = None,
    correlation: Matrix | None = None,
    seed: int = 0,
) -> Drivers:
    """What part of the result's variance is due to each input, by the method that fits; its `method` says which.

    `exponents` tell that the expression is a constant times the product of the inputs to these powers: then the shares
    are those of the variance of its log, in closed form unless inputs correlate that are not lognormal
    (`product_shares`). Otherwise Sobol indices where the inputs are independent, Shapley effects where they correlate,
    both of the log where every result drawn is positive. `evaluate` is as in `shapley_effects`.

    Raises ValueError as the three do; Sobol indices need scipy.
    """
    matrix = checked(correlation, len(distributions))
    if exponents is not None:
        factors = list(zip(distributions, exponents, strict=True))
        if closed_form_holds(factors, matrix):
            return product_shares(factors, matrix, seed=seed)
        logs = shapley_effects(_log_of_product(factors), distributions, matrix, of_log=False, seed=seed)
        return VarianceShares(logs.method, True, logs.shares, logs.standard_errors, logs.evaluations)
    uncertain = [i for i, given in enumerate(distributions) if not isinstance(given, Exact)]
    if matrix and groups(part(matrix, uncertain)):
        return shapley_effects(evaluate, distributions, matrix, seed=seed)
    return sobol_indices(evaluate, distributions, seed=seed)


def _log_of_product(factors: Sequence[tuple[Distribution, float]]) -> Evaluate:
    """The log of the magnitude of a product, up to a constant."""

    def evaluate(columns: Sequence[Any]) -> Any:
        import numpy as np

        varying = [(column, e) for column, (given, e) in zip(columns, factors, strict=True) if given != Exact(0.0)]
        return sum(e * np.log(np.abs(column)) for column, e in varying if e)

    return evaluate


def sobol_indices(
    evaluate: Evaluate,
    distributions: Sequence[Distribution],
    *,
    of_log: bool | None = None,
    seed: int = 0,
    standard_error: float = 0.005,
) -> SobolIndices:
    """First-order and total Sobol indices of independent inputs, by `scipy.stats.sobol_indices`.

    The indices are estimated as Saltelli et al. do (Computer Physics Communications 181, 2010, 259-270) from each of 16
    independently scrambled Sobol sequences; given are the means and their standard errors. The sequences grow from 256
    points to at most 8,192, until no standard error is above `standard_error`. Estimates near 0 may come out below it.

    A share is the middle between first and total, over the sum of the middles. That is the input's Shapley effect if no
    more than two inputs act together (Owen, SIAM/ASA J. Uncertainty Quantification 2, 2014, 245-251), and near it
    otherwise. `evaluate`, `of_log` and the errors raised are as in `shapley_effects`; and scipy has to be installed.
    """
    require_error(standard_error)
    places = [i for i, given in enumerate(distributions) if not isinstance(given, Exact)]

    def run(logs: bool) -> SobolIndices:
        points = FEWEST_POINTS
        while True:
            found = _replicated(evaluate, distributions, places, points, seed, logs)
            if points >= MOST_POINTS or max(found.first_errors + found.total_errors, default=0.0) <= standard_error:
                return found
            points *= 2

    return on_either_scale(run, of_log)


def _replicated(
    evaluate: Evaluate, distributions: Sequence[Distribution], places: Sequence[int], points: int, seed: int, logs: bool
) -> SobolIndices:
    import numpy as np

    figures = np.zeros((REPLICATES, 3, len(distributions)))
    for replicate in range(REPLICATES if places else 0):
        stream = seeded(seed, replicate)
        found = _one_sequence(evaluate, distributions, places, points, stream, logs)
        if found is not None:
            middles = found.sum(axis=0) / found.sum()
            figures[replicate][:, places] = [middles, *found]
    means, errors = figures.mean(axis=0), figures.std(axis=0, ddof=1) / math.sqrt(REPLICATES)
    shares, share_errors, first, first_errors, total, total_errors = (
        tuple(row.tolist()) for pair in zip(means, errors, strict=True) for row in pair
    )
    evaluations = REPLICATES * points * (len(places) + 2)
    return SobolIndices(logs, shares, share_errors, first, first_errors, total, total_errors, evaluations)


def _one_sequence(
    evaluate: Evaluate,
    distributions: Sequence[Distribution],
    places: Sequence[int],
    points: int,
    stream: np.random.Generator,
    logs: bool,
) -> FloatArray | None:
    """First-order and total indices of the uncertain inputs, shape (2, inputs); None where the result does not vary."""
    import numpy as np

    try:
        from scipy import special, stats
    except ImportError:
        raise ValueError('Sobol indices need scipy: pip install "slipstick[sampling]"') from None
    # Of 64 bits, so that hardly a point falls on 0; what rounds to 0 or 1 would have no score.
    sequence = stats.qmc.Sobol(2 * len(places), seed=stream, bits=64).random(points).T
    scores = special.ndtri(np.clip(sequence, 2.0**-60, 1 - 2.0**-53)).reshape(2, len(places), points)
    one: list[Any] = [given.median for given in distributions]
    with np.errstate(all="ignore"):
        values = [[distributions[i].values(row) for i, row in zip(places, rows, strict=True)] for rows in scores]

    def results(of_the_second: Sequence[int]) -> FloatArray:
        columns = list(one)
        for k, i in enumerate(places):
            columns[i] = values[k in of_the_second][k]
        return outcomes(evaluate, columns, points, of_log=logs)

    first, second = results([]), results(range(len(places)))
    deviation = deviation_of(first, of_log=logs)
    if not deviation:
        return None
    if len(places) == 1:  # scipy takes two or more inputs, and there is nothing to share
        return np.ones((2, 1))
    mixed = np.array([[results([k])] for k in range(len(places))])
    scaled = {"f_A": first[None] / deviation, "f_B": second[None] / deviation, "f_AB": mixed / deviation}
    found = stats.sobol_indices(func=scaled, n=points)
    return np.array([found.first_order, found.total_order])


def tornado(
    evaluate: Evaluate,
    distributions: Sequence[Distribution],
    *,
    low: float = 0.05,
    high: float = 0.95,
    correlation: Matrix | None = None,
) -> tuple[TornadoRow, ...]:
    """The result with each uncertain input at its quantiles `low` and `high` in turn, the largest swing first.

    All other inputs are held at their medians. With `correlation`, an input that correlates with the one that moves is
    put at its median given that one's value. Exact inputs have no row; equal swings stay in the order of the inputs.
    `evaluate` is called with a float for each input.

    Raises ValueError unless 0 < low < high < 1, for a correlation matrix that cannot be, and for a result that is not a
    finite number.
    """
    if not 0 < low < high < 1:
        raise ValueError(f"the ends of a range are probabilities with 0 < low < high < 1, not {low!r} and {high!r}")
    matrix, scores = checked(correlation, len(distributions)), (normal_quantile(low), normal_quantile(high))
    rows = []
    for i, given in enumerate(distributions):
        if not isinstance(given, Exact):
            results = [
                _result(evaluate, distributions, _moved(i, score, matrix, len(distributions))) for score in scores
            ]
            rows.append(TornadoRow(i, *(given.at(score) for score in scores), *results))
    return tuple(sorted(rows, key=lambda row: -row.swing))


def _moved(i: int, score: float, matrix: Checked | None, n: int) -> list[float]:
    """The score of each input where input `i` is put at `score`: of the others, the medians given that."""
    return [score if j == i else score * matrix[i][j] if matrix else 0.0 for j in range(n)]


def _result(evaluate: Evaluate, distributions: Sequence[Distribution], scores: Sequence[float]) -> float:
    try:
        result = float(evaluate([given.at(score) for given, score in zip(distributions, scores, strict=True)]))
    except (ArithmeticError, TypeError, ValueError):  # a root of a negative number is complex, or an error
        result = math.nan
    if not math.isfinite(result):
        raise ValueError("the result is not a finite number for some values of its inputs")
    return result
