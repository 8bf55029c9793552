"""Does the pace change? One line against two that meet at a date which is searched for.

The statistic is the largest F of the two-part line against the single one over all dates (sup-F, Andrews 1993). Its
distribution depends on the dates, so it is simulated: series without a break, at the same dates and with the same
errors. Where the date of the break is an unknown of the model its interval, and those of the slopes, are the profile's
(Draper and Smith, Applied Regression Analysis, on nonlinear least squares; Hinkley 1969 on this model). How much worse
than the best a fit may be for that is in `calibrating`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick.trends.lines import Fit
from slipstick.trends.regression import Data, Scale, design, scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


class Bends(NamedTuple):
    """What a bend at each date of the grid adds to a straight line (Frisch and Waugh 1933, Lovell 1963): the column
    max(0, x - bend), each row divided by its error, is `along` times the columns of the line and `length` times a
    `direction` of length 1 that is orthogonal to them.
    """

    line: Array
    """Points by 2: the columns of the straight line, divided by the points' errors."""
    along: Array
    """Dates by 2."""
    direction: Array
    """Dates by points."""
    length: Array


def added(data: Data, grid: Sequence[float], variances: Array) -> Bends:
    """What a bend adds, for every date of the grid at once."""
    import numpy as np

    weights = 1 / np.sqrt(variances)
    line = design(data.x, None) * weights[:, None]
    columns = np.maximum(0.0, data.x - np.array(grid)[:, None]) * weights
    along = columns @ np.linalg.pinv(line).T
    rest = columns - along @ line.T
    length = np.linalg.norm(rest, axis=1)
    return Bends(line, along, rest / length[:, None], length)


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
        gains = added(data, grid, made.variances).direction @ (data.y / made.variances**0.5)
        made = scale(data, grid[int((gains**2).argmax())], level, parameters=4)
    return Bent(tuple(sorted(profile(data, grid, made.variances), key=_misfit)), made)


def _misfit(fit: Fit) -> float:
    return fit.misfit


def profile(data: Data, grid: Sequence[float], variances: Array) -> list[Fit]:
    """The fit for every date of the grid: what `regression.fitted` gives for each, all of them at once."""
    import numpy as np

    bends, y = added(data, grid, variances), data.y / np.sqrt(variances)
    inverse = np.linalg.pinv(bends.line)
    straight, left = inverse @ y, y - bends.line @ (inverse @ y)
    gain = bends.direction @ left
    change = gain / bends.length
    coefficients = np.column_stack([straight - change[:, None] * bends.along, change])
    back = np.column_stack([bends.along, -np.ones_like(change)]) / bends.length[:, None]
    covariances = back[:, :, None] * back[:, None, :]
    covariances[:, :2, :2] += inverse @ inverse.T
    return list(
        map(
            Fit._make,
            zip(
                grid,
                map(tuple, coefficients.tolist()),
                covariances.tolist(),
                (left @ left - gain**2).tolist(),
                strict=True,
            ),
        )
    )


def largest_f(data: Data, grid: Sequence[float], variances: Array, simulations: int) -> tuple[float, float]:
    """The largest F over the grid, and how often simulated series without a break have one as large."""
    bends = added(data, grid, variances)
    observed = float(_largest(bends, (data.y / variances**0.5)[:, None])[0])
    as_large = sum(int((_largest(bends, errors) >= observed).sum()) for errors in draws(data.size, simulations))
    return observed, (1 + as_large) / (1 + simulations)


def draws(size: int, simulations: int, seed: int = _SEED) -> Iterator[Array]:
    """Simulated series, one a column: errors divided by their standard deviations."""
    import numpy as np

    random = np.random.Generator(np.random.Philox(seed))
    at_once = max(1, min(simulations, _AT_ONCE // size))
    for done in range(0, simulations, at_once):
        yield random.standard_normal((size, min(at_once, simulations - done)))


def _without_line(bends: Bends, series: Array) -> Array:
    """What a straight line leaves of each series (a column, divided by its errors)."""
    import numpy as np

    basis = np.linalg.qr(bends.line)[0]
    return np.asarray(series - basis @ (basis.T @ series))


def _largest(bends: Bends, series: Array) -> Array:
    """The largest F of each series (a column, divided by its errors)."""
    import numpy as np

    left = _without_line(bends, series)
    without = np.square(left).sum(axis=0)
    taken = np.square(bends.direction @ left).max(axis=0)
    return np.asarray(taken / (np.maximum(without - taken, _ROUNDING * without) / (len(series) - 4)))
