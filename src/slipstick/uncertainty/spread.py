"""What is known of a result: its central interval, how that was reached, and the check beside it."""

# Annotations are evaluated here: as text, NamedTuple would compile each of them at every start.

import math
from typing import NamedTuple

from slipstick.uncertainty.scores import central_score


class Spread(NamedTuple):
    """The central interval of a result: with probability `level` it lies between `low` and `high`.

    `low`, `median`, `high` and `first_order` (the interval of first-order propagation; None where it does not exist)
    are in the unit of the result. `method` is scaled, lognormal, normal, quadrature, sampled, sobol, latin hypercube or
    first order. `shares` has one entry per distribution as given: its part of the variance, of the log for a product,
    else of the result; 0 for what is exact, 1 in sum over the others. `standard_error` is the largest standard error
    of the three sampled quantiles, relative to their size (to half the interval's width where it holds 0), `draws`
    how many there were; None where nothing was sampled. `mean` and `sd` are given where they cost nothing.
    """

    level: float
    low: float
    median: float
    high: float
    method: str
    first_order: tuple[float, float] | None
    shares: tuple[float, ...]
    standard_error: float | None = None
    draws: int | None = None
    mean: float | None = None
    sd: float | None = None

    @property
    def first_order_serves(self) -> bool | None:
        """Whether first order gives the same interval to two digits of its standard uncertainty; None without one.

        JCGM 101:2008, 8.1: both ends agree within half a unit of the second significant digit.
        """
        if self.first_order is None:
            return None
        low, high = self.first_order
        uncertainty = (high - low) / (2 * central_score(self.level))
        tolerance = 0.5 * 10.0 ** (math.floor(math.log10(uncertainty)) - 1) if uncertainty > 0 else 0.0
        return abs(low - self.low) <= tolerance and abs(high - self.high) <= tolerance
