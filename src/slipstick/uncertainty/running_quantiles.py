"""Quantiles of a long row of draws that is never held whole.

Around each wanted rank the draws are kept, outside they are only counted. The windows are as wide as eight standard
deviations of a rank, and narrow as the row grows, so that what is kept grows as the root of the row at most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slipstick.uncertainty.distribution import FloatArray

_DEVIATIONS = 8.0
"""A rank strays so far once in 1e15 times."""


class WindowMissed(Exception):
    """A wanted rank has left its window, which so many independent draws do not do; rows that are no draws may."""


class _Window:
    """The draws about the rank of one probability: those between two ends kept, those below counted."""

    def __init__(self, p: float, first: FloatArray) -> None:
        self.p, self.below, self.total = p, 0, 0
        self.low, self.high = -math.inf, math.inf
        self.kept: list[Any] = [first]  # in order
        self.total = len(first)

    def add(self, block: FloatArray) -> None:
        """Count what lies below, keep what lies inside; ties with the ends are inside."""
        import numpy as np

        above = block >= self.low
        inside = block[above & (block <= self.high)]
        self.below += len(block) - int(np.count_nonzero(above))
        self.total += len(block)
        self.kept.append(inside)

    def narrow(self) -> None:
        """Keep no more than the ranks that the wanted one may yet come to have."""
        import numpy as np

        ordered = np.sort(np.concatenate(self.kept)) if len(self.kept) > 1 else self.kept[0]
        rank = self.p * (self.total - 1)
        reach = _DEVIATIONS * math.sqrt(self.total * self.p * (1 - self.p)) + 2
        first = max(math.floor(rank - reach) - self.below, 0)
        last = min(math.ceil(rank + reach) - self.below, len(ordered) - 1)
        if not 0 <= first <= last:
            raise WindowMissed
        if first:
            self.low = max(self.low, float(ordered[first]))
        if last < len(ordered) - 1:
            self.high = min(self.high, float(ordered[last]))
        start = int(np.searchsorted(ordered, self.low, side="left"))
        self.below += start
        self.kept = [ordered[start : int(np.searchsorted(ordered, self.high, side="right"))]]

    def at_rank(self, rank: float) -> float:
        """The order statistic at a rank from 0, between two by a straight line."""
        place = min(max(rank, 0.0), self.total - 1.0) - self.below
        ordered = self.kept[0]
        index = math.floor(place)
        share = place - index
        if index < 0 or index + (share > 0) >= len(ordered):
            raise WindowMissed
        low, high = float(ordered[index]), float(ordered[index + (share > 0)])
        return low if low == high else low * (1 - share) + high * share


class RunningQuantiles:
    """The quantiles of a growing row at a few probabilities, with errors; mean and deviation with `moments`."""

    def __init__(self, probabilities: Sequence[float], first: FloatArray, *, moments: bool = True) -> None:
        import numpy as np

        self._has_moments = moments
        ordered = np.sort(first)  # once for all windows
        self._windows = [_Window(p, ordered) for p in probabilities]
        self.total, self.mean, self._squares = 0, 0.0, 0.0
        self._count(first)
        self._narrow()

    def add(self, block: FloatArray) -> None:
        """Draws, an array of shape (n,)."""
        for window in self._windows:
            window.add(block)
        self._count(block)
        if self.total >= 2 * self._narrowed_at:
            self._narrow()

    def _count(self, block: FloatArray) -> None:
        """Mean and squared deviations of two rows together (Chan, Golub and LeVeque, 1983)."""
        if not self._has_moments:
            self.total += len(block)
            return
        import numpy as np

        n, both = len(block), self.total + len(block)
        with np.errstate(all="ignore"):  # draws beyond the range of floats leave no mean
            mean = np.mean(block)
            gap = mean - self.mean
            self._squares += float(((block - mean) ** 2).sum() + gap**2 * self.total * n / both)
            self.mean += float(gap * n / both)
        self.total = both

    def _narrow(self) -> None:
        for window in self._windows:
            window.narrow()
        self._narrowed_at = self.total

    @property
    def sd(self) -> float:
        """The standard deviation of the draws."""
        return math.sqrt(self._squares / (self.total - 1)) if self.total > 1 else 0.0

    def ends(self) -> list[tuple[float, float]]:
        """Each quantile with its standard error.

        The error is half the distance of the order statistics one binomial deviation to either side of the rank.
        """
        self._narrow()
        found = []
        for window in self._windows:
            rank = window.p * (self.total - 1)
            aside = math.sqrt(self.total * window.p * (1 - window.p))
            error = (window.at_rank(rank + aside) - window.at_rank(rank - aside)) / 2
            found.append((window.at_rank(rank), error))
        return found
