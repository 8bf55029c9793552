"""How much worse than the best a fit with a bend may be, so that an interval holds the truth as often as it says.

Whatever is asked of a line that bends, its date or its pace or its height, the interval holds every answer whose best
fit is worse than the best of all by less than an allowance. For a sharp break that is the squared t of a linear model;
for a slight one it is more, since the best of many dates fits chance as well, and it is not the same for the date as
for what depends on it little. So the allowance of each is simulated, from the fitted line (the parametric bootstrap of
a pivot: Beran 1987; Davison and Hinkley, Bootstrap Methods and Their Application, chapters 4 and 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick.trends import breaks
from slipstick.trends.lines import Allowances

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from slipstick.trends.regression import Data

    Array = NDArray[Any]

SIMULATIONS = 3999
SEED = 20210408
_HEIGHTS = 12  # times between the first point and the last
_BEYOND = (0.25, 1.0, 4.0)  # and before and after, in lengths of that


class _Wanted(NamedTuple):
    """A number that a line gives: its row of (1, x) and, for every date of the grid, of max(0, x - bend)."""

    row: Array
    bent: Array


def allowances(
    data: Data, grid: Sequence[float], best: breaks.Bent, level: float, simulations: int = SIMULATIONS, seed: int = SEED
) -> Allowances:
    """What is allowed for the date of the bend, for each pace, and for the line at times in and beyond the points."""
    import numpy as np

    times = _times(data.x)
    dates = np.array(grid)
    asked = [_Wanted(np.array([0.0, 1.0]), np.full(len(dates), after)) for after in (0.0, 1.0)]
    asked += [_Wanted(np.array([1.0, x]), np.maximum(0.0, x - dates)) for x in times]
    chunks = list(_excesses(data, grid, best, asked, breaks.draws(data.size, simulations, seed)))
    found = np.sort(np.concatenate(chunks, axis=1))
    size = found.shape[1]
    bend, before, after, *heights = map(float, found[:, min(size, ceil(level * (size + 1))) - 1])
    return Allowances(bend, (before, after), tuple(zip(times, heights, strict=True)))


def _times(x: Array) -> list[float]:
    import numpy as np

    first, last = float(x.min()), float(x.max())
    span = last - first
    inside = [float(at) for at in np.linspace(first, last, _HEIGHTS)]
    return sorted([*inside, *(first - far * span for far in _BEYOND), *(last + far * span for far in _BEYOND)])


class _Simulated(NamedTuple):
    """What is fitted to simulated series, a column each: the straight line (2 rows), what a bend at each date adds
    along its direction, and how much worse than the best each date fits.
    """

    straight: Array
    gains: Array
    worse: Array


def _excesses(
    data: Data, grid: Sequence[float], best: breaks.Bent, asked: Sequence[_Wanted], draws: Iterator[Array]
) -> Iterator[Array]:
    """For each simulated series, by how much the sum of squares of the true date, and of each true answer, exceeds
    that of the best fit.
    """
    import numpy as np

    bends, line = breaks.added(data, grid, best.scale.variances), best.fits[0]
    at, inverse = list(grid).index(line.bend or 0.0), np.linalg.pinv(bends.line)
    *straight, change = line.coefficients
    signal = bends.line @ (straight + change * bends.along[at]) + change * bends.length[at] * bends.direction[at]
    truths = [float(each.row @ straight + change * each.bent[at]) for each in asked]
    known = best.scale.too_close  # the errors: they are taken at their word
    scatter = 1.0 if known else line.misfit / (data.size - 4)
    for errors in draws:
        series = signal[:, None] + errors * scatter**0.5
        left = series - bends.line @ (inverse @ series)
        gains = bends.direction @ left
        most = np.square(gains).max(axis=0)
        made = _Simulated(inverse @ series, gains, most - np.square(gains))
        answers = [_least(bends, inverse, made, each, true) for each, true in zip(asked, truths, strict=True)]
        scale = 1.0 if known else (np.square(left).sum(axis=0) - most) / line.misfit
        yield np.stack([made.worse[at], *answers]) / scale


def _least(bends: breaks.Bends, inverse: Array, made: _Simulated, asked: _Wanted, true: float) -> Array:
    """By how much the best fit that gives the true answer is worse than the best of all, for each series."""
    import numpy as np

    by_gain = (asked.bent - bends.along @ asked.row) / bends.length
    variance = np.square(asked.row @ inverse).sum() + np.square(by_gain)
    apart = asked.row @ made.straight - true + by_gain[:, None] * made.gains
    return np.asarray((made.worse + np.square(apart) / variance[:, None]).min(axis=0))
