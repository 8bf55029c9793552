"""Shapley effects of any expression of inputs that may correlate, by sampling.

An input's worth to a set is measured from the other side, which shares out the same (Song, Nelson and Staum, SIAM/ASA
J. Uncertainty Quantification 4, 2016, 1060-1083): by the variance that is left when all inputs outside the
set are known. That is half the mean square by which the result changes when the set is drawn once more, given the rest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from slipstick.uncertainty.correlation import Checked, Matrix, checked, groups, part, root
from slipstick.uncertainty.distributions import Distribution, Exact
from slipstick.uncertainty.outcomes import Evaluate, deviation_of, on_either_scale, outcomes
from slipstick.uncertainty.shapley import FEWEST_ESTIMATES, VarianceShares, rotations, seeded, weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

MOST_SUBSETS_OF = 10
"""The most uncertain inputs of which every subset is drawn once more."""

BLOCK, ORDER_DRAWS = 4096, 128
"""The draws of a block where every subset is gone through, and those of one random order."""

_MOST_EVALUATIONS, _MOST_SETS, _ROTATIONS = 2**24, 2**13, 8
_RIDGE = 1e-9  # added to the variance of scores that are given, so that those that determine each other do no harm


class _Group(NamedTuple):
    """Inputs that correlate, by their places: their scores are `mixing` times independent ones, shape (n, rank).

    `correlation` is what that makes them correlate by, so that it fits the draws where it is singular.
    """

    places: tuple[int, ...]
    mixing: FloatArray
    correlation: FloatArray


class _Problem(NamedTuple):
    """An expression of uncertain inputs alone, and those of them that correlate."""

    evaluate: Evaluate
    inputs: tuple[Distribution, ...]
    groups: tuple[_Group, ...]
    of_log: bool


class _Draws(NamedTuple):
    """Two independent draws of all inputs: their scores, shape (inputs, n), the values, and the first one's results."""

    scores: FloatArray
    other_scores: FloatArray
    values: list[FloatArray]
    other_values: list[FloatArray]
    results: FloatArray


def shapley_effects(
    evaluate: Evaluate,
    distributions: Sequence[Distribution],
    correlation: Matrix | None = None,
    *,
    of_log: bool | None = None,
    seed: int = 0,
    standard_error: float = 0.005,
) -> VarianceShares:
    """The Shapley effects of the inputs of any expression, correlated by a Gaussian copula or not.

    `evaluate` takes a sequence with an array of shape (n,) per input, element by element. `correlation` is that of the
    inputs' normal scores. `of_log` shares out the variance of the result's logarithm, or of the result; without it, of
    the logarithm where every result drawn is positive. Up to 10 uncertain inputs every subset is gone through, for
    blocks of draws; above, random orders. Either goes on until the largest standard error is at most
    `standard_error`, or a limit of about 2^24 results, of some 2^13 sets of inputs along random orders, is reached.

    The effects sum to 1 by construction, whatever the sampling errors: on the way from no input to all inputs the
    changes add up to the variance drawn, by which they are divided. An effect near 0 may come out just below it.

    Raises ValueError for a correlation matrix, a seed or a standard error that cannot be, and for a result that is not
    a finite number, or not positive though its logarithm is asked for.
    """
    matrix = checked(correlation, len(distributions))
    require_error(standard_error)
    places = [i for i, given in enumerate(distributions) if not isinstance(given, Exact)]
    inputs, together = tuple(distributions[i] for i in places), _groups(part(matrix, places)) if matrix else ()

    def widened(columns: Sequence[FloatArray]) -> object:
        everything: list[object] = [given.median for given in distributions]
        for i, column in zip(places, columns, strict=True):
            everything[i] = column
        return evaluate(everything)

    def run(logs: bool) -> VarianceShares:
        problem = _Problem(widened, inputs, together, logs)
        return _spread_out(_effects(problem, seed, standard_error), places, len(distributions))

    return on_either_scale(run, of_log)


def require_error(standard_error: float) -> None:
    """ValueError for a wanted standard error that is not above 0."""
    if not 0 < standard_error < math.inf:
        raise ValueError(f"a standard error must be a finite number above 0, not {standard_error!r}")


def _groups(matrix: Checked) -> tuple[_Group, ...]:
    import numpy as np

    found = []
    for places in groups(matrix):
        factor = root(part(matrix, places))
        if factor is None:
            raise ValueError("no quantities can correlate as these inputs are said to")
        mixing = np.array(factor)
        found.append(_Group(places, mixing, mixing @ mixing.T))
    return tuple(found)


def _spread_out(among: VarianceShares, places: Sequence[int], n: int) -> VarianceShares:
    """The shares of all `n` inputs, from those of the uncertain ones at `places`."""
    shares, errors = [0.0] * n, [0.0] * n
    for i, share, error in zip(places, among.shares, among.standard_errors, strict=True):
        shares[i], errors[i] = share, error
    return VarianceShares(among.method, among.of_log, tuple(shares), tuple(errors), among.evaluations)


def _effects(problem: _Problem, seed: int, wanted: float) -> VarianceShares:
    import numpy as np

    n, method = len(problem.inputs), "sampled Shapley effects"
    none = (0.0,) * n
    draws = _drawn(problem, BLOCK, seeded(seed, 0))
    deviation = deviation_of(draws.results, of_log=problem.of_log)
    if not deviation:
        return VarianceShares(method, problem.of_log, none, none, BLOCK)
    rounds = _by_subsets if n <= MOST_SUBSETS_OF else _by_orders
    sums, evaluations = _Sums(0, np.zeros(n), np.zeros(n), np.zeros(n), 0.0), BLOCK
    for estimates, cost in rounds(problem, seed, deviation):
        sums, evaluations = sums.with_more(estimates), evaluations + cost
        if sums.estimates >= FEWEST_ESTIMATES and sums.errors().max() <= wanted:
            break
    shares, errors = tuple(sums.shares().tolist()), tuple(sums.errors().tolist())
    return VarianceShares(method, problem.of_log, shares, errors, evaluations)


class _Sums(NamedTuple):
    """What is kept of independent estimates of the effects, so that memory does not grow with their number.

    Sums over the estimates: of the effects, of their squares, of their products with their whole, each of shape
    (inputs,), and of the squares of the whole.
    """

    estimates: int
    effects: FloatArray
    squares: FloatArray
    products: FloatArray
    whole_squares: float

    def with_more(self, more: FloatArray) -> _Sums:
        """The sums with `more` estimates, shape (estimates, inputs)."""
        wholes = more.sum(axis=1)
        return _Sums(
            self.estimates + len(more),
            self.effects + more.sum(axis=0),
            self.squares + (more**2).sum(axis=0),
            self.products + wholes @ more,
            self.whole_squares + float(wholes @ wholes),
        )

    def shares(self) -> FloatArray:
        """The effects relative to their whole."""
        shares: FloatArray = self.effects / self.effects.sum()
        return shares

    def errors(self) -> FloatArray:
        """The standard errors of the shares: of a ratio of two means, to first order."""
        import numpy as np

        shares = self.shares()
        left = self.squares - 2 * shares * self.products + shares**2 * self.whole_squares
        deviations = np.sqrt(np.maximum(left, 0) * self.estimates / (self.estimates - 1))
        errors: FloatArray = deviations / self.effects.sum()
        return errors


def _drawn(problem: _Problem, n: int, generator: np.random.Generator) -> _Draws:
    """Two independent draws of the inputs and the results of the first; the correlated ones by a root of the matrix."""
    import numpy as np

    scores = generator.standard_normal((2, len(problem.inputs), n))
    for places, mixing, _ in problem.groups:
        scores[:, places, :] = mixing @ scores[:, places[: mixing.shape[1]], :]
    with np.errstate(all="ignore"):
        first, second = ([g.values(row) for g, row in zip(problem.inputs, one, strict=True)] for one in scores)
    results = outcomes(problem.evaluate, first, n, of_log=problem.of_log)
    return _Draws(scores[0], scores[1], first, second, results)


def _half_squares(problem: _Problem, draws: _Draws, frozen: Sequence[bool], scale: float) -> FloatArray:
    """Half the square by which each result changes when the inputs that are not frozen are drawn again, given the rest.

    Normal scores are drawn given others by shifting an independent draw of them all: by the regression of the scores on
    the frozen ones, times what the frozen ones differ by (Hoffman and Ribak, Astrophysical J. 380, 1991, L5-L8).
    """
    import numpy as np

    pairs = zip(frozen, draws.values, draws.other_values, strict=True)
    columns = [value if kept else other for kept, value, other in pairs]
    for places, _, correlation in problem.groups:
        known, new = ([k for k, i in enumerate(places) if frozen[i] is kept] for kept in (True, False))
        if known and new:
            fixed, drawn = [places[k] for k in known], [places[k] for k in new]
            matrix = correlation[np.ix_(known, known)] + _RIDGE * np.eye(len(known))
            pull = np.linalg.solve(matrix, draws.scores[fixed] - draws.other_scores[fixed])
            scores = draws.other_scores[drawn] + correlation[np.ix_(new, known)] @ pull
            with np.errstate(all="ignore"):
                for i, row in zip(drawn, scores, strict=True):
                    columns[i] = problem.inputs[i].values(row)
    n = len(draws.results)
    changes = (outcomes(problem.evaluate, columns, n, of_log=problem.of_log) - draws.results) / scale
    return changes * changes / 2


def _by_subsets(problem: _Problem, seed: int, scale: float) -> Iterator[tuple[FloatArray, int]]:
    """Blocks of draws: each draw's own Shapley values over all subsets, shape (draws, inputs), and what they cost."""
    import numpy as np

    n = len(problem.inputs)
    cost = BLOCK << n
    for block in range(max(1, _MOST_EVALUATIONS // cost)):
        draws = _drawn(problem, BLOCK, seeded(seed, block))
        effects = np.zeros((n, BLOCK))
        for mask in range(1, 1 << n):
            frozen, size = [not mask >> i & 1 for i in range(n)], mask.bit_count()
            squares = _half_squares(problem, draws, frozen, scale)
            factors = np.array([-weight(n, size) if kept else weight(n, size - 1) for kept in frozen])
            effects += factors[:, None] * squares
        yield effects.T, cost


def _by_orders(problem: _Problem, seed: int, scale: float) -> Iterator[tuple[FloatArray, int]]:
    """Mean changes along evenly spaced rotations of a random order, shape (1, inputs), and what they cost."""
    import numpy as np

    n = len(problem.inputs)
    count = min(n, _ROTATIONS)
    for block in range(1, 1 + max(FEWEST_ESTIMATES, _MOST_SETS // (n * count))):
        generator, gains = seeded(seed, block), np.zeros(n)
        for order in rotations(generator.permutation(n).tolist(), count):
            draws, frozen, last = _drawn(problem, ORDER_DRAWS, generator), [True] * n, 0.0
            for i in order:
                frozen[i] = False
                left = float(_half_squares(problem, draws, frozen, scale).mean())
                gains[i] += (left - last) / count
                last = left
        yield gains[None], count * ORDER_DRAWS * (n + 1)
