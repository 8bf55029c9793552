"""The curve of a probability density, from draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick.plotting.ticks import is_wide

if TYPE_CHECKING:
    from slipstick.uncertainty import Spread

_BINS = 600
_KERNEL = _BINS / 80
_TAIL = 5e-4


class Curve(NamedTuple):
    """A probability density over `grid`, an array of shape (n,), per unit of it, or per factor of ten if `is_log`."""

    grid: Any
    heights: Any
    is_log: bool


def curve_of(draws: Any, spread: Spread, marks: Sequence[float] = ()) -> Curve:
    """The density of draws, an array of shape (n,), over their range but for a thousandth at the ends.

    A histogram smoothed by a normal kernel whose deviation is an 80th of that range, so that edges stay edges. The ends
    of the interval are points of the grid. It is a log one where the range, or what is marked beside it, is wide.
    """
    import numpy as np

    low, high = np.quantile(draws, [_TAIL, 1 - _TAIL])
    low, high = float(min(low, spread.low)), float(max(high, spread.high))
    is_log = bool(draws.min() > 0) and is_wide([low, high, *marks])
    first, last = (math.log10(low), math.log10(high)) if is_log else (low, high)
    step = (last - first) / _BINS
    if not step > 0 or first + step == first:
        raise ValueError("the estimate has so little spread that its density cannot be drawn")
    reach = math.ceil(3 * _KERNEL)
    edges = np.arange(-reach, _BINS + reach + 1)  # in steps from the first, so that no slope is beyond a float
    steps = ((np.log10(draws) if is_log else draws) - first) / step
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / _KERNEL) ** 2)
    smooth = np.convolve(np.histogram(steps, bins=edges)[0] / len(draws), kernel / kernel.sum(), mode="same")
    centres = first + (edges[:-1] + 0.5) * step
    grid = np.unique([*(10.0**centres if is_log else centres), spread.low, spread.high])
    heights = np.interp(((np.log10(grid) if is_log else grid) - first) / step, edges[:-1] + 0.5, smooth) / step
    return Curve(grid, heights, is_log)
