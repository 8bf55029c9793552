"""Does the pace change? One line against two that meet at a date which is searched for.

The statistic is the largest F of the two-part line against the single one over all dates (sup-F, Andrews 1993). Its
distribution depends on the dates, so it is simulated: series without a break, at the same dates and with the same
errors. Where the date of the break is an unknown of the model its interval, and those of the slopes, are the profile's
(Draper and Smith, Applied Regression Analysis, on nonlinear least squares; Hinkley 1969 on this model).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick.trends.lines import Fit
from slipstick.trends.regression import Data, Scale, design, scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]

LEAST = 10
"""Points below which no break is looked for: with fewer one system makes or unmakes it."""
SIMULATIONS = 999
THRESHOLD = 0.05
_GRID = 120
_LEAST_EACH_SIDE, _TRIMMED = 3, 0.1
_SEED = 20210408
_AT_ONCE = 2_000_000  # numbers
_ROUNDING = 1e-12


class Bent(NamedTuple):
    """The fits for every date of the grid, best first, with the scale at the best one."""

    fits: tuple[Fit, ...]
    scale: Scale


def bends(x: Array) -> list[float]:
    """Times at which a line through points at `x` may bend: a grid with enough points, at two dates or more, on either
    side.
    """
    import numpy as np

    ordered = np.sort(x)
    each = max(_LEAST_EACH_SIDE, int(_TRIMMED * len(x)))
    distinct = np.unique(ordered)
    if len(ordered) < LEAST or len(distinct) < 5:
        return []
    first, last = max(ordered[each - 1], distinct[1]), min(ordered[-each], distinct[-2])
    return [float(at) for at in np.linspace(first, last, _GRID)] if first < last else []


def bent(data: Data, grid: Sequence[float], level: float) -> Bent:
    """The best line with one bend, and those for every other date of the grid with the same weights."""
    made = scale(data, None, level)
    for _ in range(2):  # the weights are those of the line with the bend, which is found with weights
        best = min(profile(data, grid, made.variances), key=_misfit)
        made = scale(data, best.bend, level, parameters=4)
    return Bent(tuple(sorted(profile(data, grid, made.variances), key=_misfit)), made)


def _misfit(fit: Fit) -> float:
    return fit.misfit


def profile(data: Data, grid: Sequence[float], variances: Array) -> list[Fit]:
    """The fit for every date of the grid: what `regression.fitted` gives for each, by QR of all of them at once."""
    import numpy as np

    weights = 1 / np.sqrt(variances)
    columns = np.stack([design(data.x, at) * weights[:, None] for at in grid])
    bases, triangles = np.linalg.qr(columns)
    inverse = np.linalg.inv(triangles)
    along = np.einsum("kij,i->kj", bases, data.y * weights)
    rest = data.y * weights - np.einsum("kij,kj->ki", bases, along)
    coefficients = np.einsum("kij,kj->ki", inverse, along)
    covariances = np.einsum("kij,klj->kil", inverse, inverse)
    return [
        Fit(at, tuple(each.tolist()), tuple(map(tuple, covariance.tolist())), float(left @ left))
        for at, each, covariance, left in zip(grid, coefficients, covariances, rest, strict=True)
    ]


def largest_f(data: Data, grid: Sequence[float], variances: Array, simulations: int) -> tuple[float, float]:
    """The largest F over the grid, and how often simulated series without a break have one as large."""
    import numpy as np

    weights = 1 / np.sqrt(variances)
    bases = np.linalg.qr(np.stack([design(data.x, at) for at in grid]) * weights[:, None])[0]
    straight = np.linalg.qr(design(data.x, None) * weights[:, None])[0]
    observed = float(_largest(bases, straight, (data.y * weights)[:, None])[0])
    draws = np.random.Generator(np.random.Philox(_SEED))
    at_once = max(1, min(simulations, _AT_ONCE // data.size))
    as_large, left = 0, simulations
    while left:
        number = min(left, at_once)
        made = _largest(bases, straight, draws.standard_normal((data.size, number)))
        as_large += int(np.count_nonzero(made >= observed))
        left -= number
    return observed, (1 + as_large) / (1 + simulations)


def _largest(bases: Array, straight: Array, series: Array) -> Array:
    """The largest F of each series (a column, divided by its errors), from orthonormal bases of what lines can be."""
    import numpy as np

    freedom = len(series) - 4
    rest = series - straight @ (straight.T @ series)
    without = np.einsum("ij,ij->j", rest, rest)
    taken = np.max([np.square(basis.T @ rest).sum(axis=0) for basis in bases], axis=0)
    return np.asarray(taken / (np.maximum(without - taken, _ROUNDING * without) / freedom))
