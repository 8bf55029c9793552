"""Sampling designs that fill the space more evenly than chance, by scipy: scrambled Sobol points, Latin hypercubes.

They pay where an expression is slow or many digits are wanted; importing scipy takes longer than a million draws of a
short product, so that plain draws are what is taken unless they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from slipstick.uncertainty.correlation import Checked
from slipstick.uncertainty.distributions import Distribution
from slipstick.uncertainty.sampling import BLOCK, Drawn, Evaluate, Sampling, mixing_of, relative_error, stands_still

if TYPE_CHECKING:
    from slipstick.uncertainty.distribution import FloatArray

_PARTS = 16
_REACH = 9.0  # a standard normal variable lies farther out once in 4e18 times
_FEWEST, _MOST = 2**12, 2**22


def designed(
    evaluate: Evaluate,
    inputs: Sequence[Distribution],
    probabilities: Sequence[float],
    sampling: Sampling,
    correlation: Checked | None,
    *,
    in_logs: bool,
    smoothing: float = 0.0,
) -> Drawn:
    """As `sampling.drawn`. Sobol points come in powers of two: the largest that is not above the number asked for.

    `smoothing` is the standard deviation of a normal quantity that is added to each result and not drawn: what a
    quantile is then the mean of, over the points, is smooth, and a design at its best (conditional Monte Carlo).

    The standard error is that of the mean of 16 parts, each evenly spread itself. For Sobol points it is an upper
    bound, since the whole is more even than its parts (Owen, Monte Carlo Theory, Methods and Examples, chapter 17).
    """
    import numpy as np

    n = _FEWEST if sampling.draws is None else _allowed(sampling)
    while True:
        with np.errstate(all="ignore"):
            results = np.concatenate(list(_results(evaluate, inputs, n, sampling, correlation)))
        if not np.isfinite(results).all():
            raise ValueError("the result is not a finite number for some values of its inputs")
        ends = low, median, high = _quantiles(results, probabilities, smoothing)
        by_part = np.array([_quantiles(part, probabilities, smoothing) for part in results.reshape(_PARTS, -1)])
        with np.errstate(all="ignore"):  # figures near the largest float have no error that is one
            errors = (by_part.std(axis=0, ddof=1) / np.sqrt(_PARTS)).tolist()
        still = stands_still(ends, errors, sampling.digits, in_logs=in_logs)
        if sampling.draws is not None or n >= _MOST or still:
            mean, sd = (None, None) if in_logs else (float(results.mean()), float(results.std(ddof=1)))
            return Drawn(low, median, high, relative_error(ends, errors, in_logs=in_logs), len(results), mean, sd)
        n *= 2


def _quantiles(results: FloatArray, probabilities: Sequence[float], smoothing: float) -> list[float]:
    """The quantiles of the results, each with a normal quantity of that standard deviation added."""
    import numpy as np

    plain: list[float] = np.quantile(results, probabilities).tolist()
    if not smoothing:
        return plain
    from scipy.optimize import brentq
    from scipy.special import ndtr

    low, high = float(results.min()) - _REACH * smoothing, float(results.max()) + _REACH * smoothing
    return [
        float(brentq(lambda t, p=p: float(ndtr((t - results) / smoothing).mean()) - p, low, high, xtol=1e-12))
        for p in probabilities
    ]


def _allowed(sampling: Sampling) -> int:
    """The number of points: a power of two for Sobol, a multiple of the parts for a Latin hypercube."""
    number = sampling.draws or _FEWEST
    return 1 << (number.bit_length() - 1) if sampling.design == "sobol" else number // _PARTS * _PARTS


def _results(
    evaluate: Evaluate, inputs: Sequence[Distribution], n: int, sampling: Sampling, correlation: Checked | None
) -> Iterator[FloatArray]:
    """The results at the points, in their order, in pieces that keep memory small."""
    import numpy as np

    mixing = mixing_of(correlation)
    for points in _points(len(inputs) if mixing is None else mixing.shape[1], n, sampling):
        scores = _scores(points)
        if mixing is not None:
            scores = mixing @ scores
        columns = [given.values(own) for given, own in zip(inputs, scores, strict=True)]
        yield np.broadcast_to(evaluate(columns), (scores.shape[1],))


def _points(dimensions: int, n: int, sampling: Sampling) -> Iterator[Any]:
    """Arrays of shape (some, dimensions) inside the unit cube, n rows in all."""
    try:
        from scipy.stats import qmc
    except ImportError:
        raise ValueError(f'a {sampling.design} design needs scipy: pip install "slipstick[sampling]"') from None
    import numpy as np

    if sampling.design == "sobol":
        sobol = qmc.Sobol(dimensions, scramble=True, seed=np.random.default_rng(sampling.seed))
        yield from (sobol.random(min(BLOCK, n)) for _ in range(0, n, BLOCK))
        return
    for part in range(_PARTS):
        yield qmc.LatinHypercube(dimensions, seed=np.random.default_rng([sampling.seed, part])).random(n // _PARTS)


def _scores(points: Any) -> FloatArray:
    """The normal scores of points of the unit cube, an array of shape (dimensions, n)."""
    import numpy as np
    from scipy.special import ndtri

    return ndtri(np.clip(points.T, 2.0**-64, 1 - 2.0**-53))  # type: ignore[no-any-return]
