"""What propagation answers: the interval of a result, how it was reached, and whether first order would have served."""

from __future__ import annotations

import math
from typing import NamedTuple

from slipstick.uncertainty.distributions import central_score


class Spread(NamedTuple):
    """The central interval of a result: with probability `level` it lies between `low` and `high`.

    `low`, `median`, `high` and `first_order` (the interval of first-order propagation; None where it does not exist)
    are in the unit of the result. `method` is scaled, lognormal, quadrature or sampled. `shares` has one entry per
    distribution as given: its part of the variance, of the log for a product, else of the result; 0 for what is exact,
    1 in sum over the others. `standard_error` is the largest standard error of the three sampled quantiles, relative to
    their size (to half the interval's width where it holds 0); None where nothing was sampled.
    """

    level: float
    low: float
    median: float
    high: float
    method: str
    first_order: tuple[float, float] | None
    shares: tuple[float, ...]
    standard_error: float | None = None

    @property
    def first_order_serves(self) -> bool | None:
        """Whether first order is good enough, by the test of JCGM 101:2008, clause 8; None where it does not exist.

        Both of its ends must lie within half a unit of the second digit of its standard uncertainty (8.2, with two
        significant digits) of the ends of the interval.
        """
        if self.first_order is None:
            return None
        low, high = self.first_order[:2]
        uncertainty = (high - low) / 2 / central_score(self.level)
        tolerance = 0.05 * 10 ** math.floor(math.log10(uncertainty)) if uncertainty > 0 else 0.0
        return abs(low - self.low) <= tolerance and abs(high - self.high) <= tolerance
