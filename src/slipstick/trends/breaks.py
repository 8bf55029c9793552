"""Does the pace change? One line against two that meet at a date which is searched for.

The statistic is the largest F of the two-part line against the single one over all dates (sup-F, Andrews 1993). Its
distribution depends on the dates, so it is simulated: series without a break, at the same dates and with the same
errors. Where the date of the break is an unknown of the model its interval, and those of the slopes, are the profile's
(Draper and Smith, Applied Regression Analysis, on nonlinear least squares; Hinkley 1969 on this model).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick.trends.lines import Fit
from slipstick.trends.regression import Data, Scale, design, fitted, scale

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
    straight = scale(data, None, level)
    for _ in range(2):  # the weights are those of the line with the bend, which is found with weights
        best = min((fitted(data, at, straight.variances) for at in grid), key=_misfit)
        straight = scale(data, best.bend, level, parameters=4)
    fits = sorted((fitted(data, at, straight.variances) for at in grid), key=_misfit)
    return Bent(tuple(fits), straight)


def _misfit(fit: Fit) -> float:
    return fit.misfit


def largest_f(data: Data, grid: Sequence[float], variances: Array, simulations: int) -> tuple[float, float]:
    """The largest F over the grid, and how often simulated series without a break have one as large."""
    import numpy as np

    weights = 1 / np.sqrt(variances)
    bases = [_basis(data.x, at, weights) for at in grid]
    straight = _basis(data.x, None, weights)
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


def _basis(x: Array, bend: float | None, weights: Array) -> Array:
    """An orthonormal basis of what a line can be at these weights."""
    import numpy as np

    return np.linalg.qr(design(x, bend) * weights[:, None])[0]


def _largest(bases: Sequence[Array], straight: Array, series: Array) -> Array:
    """The largest F of each series (a column, divided by its errors)."""
    import numpy as np

    freedom = len(series) - 4
    rest = series - straight @ (straight.T @ series)
    without = np.einsum("ij,ij->j", rest, rest)
    least = np.min([_left(basis, rest) for basis in bases], axis=0)
    return np.asarray((without - least) / (np.maximum(least, 1e-300) / freedom))


def _left(basis: Array, series: Array) -> Array:
    """The sum of squares that a basis leaves of each series."""
    import numpy as np

    rest = series - basis @ (basis.T @ series)
    return np.asarray(np.einsum("ij,ij->j", rest, rest))
