"""What a distribution of one uncertain quantity is: an increasing function of a standard normal score.

The score is the number of standard deviations at which a standard normal variable would stand, so a quantile is the
value at the score of its probability, a central interval the values at two opposite scores, and correlated quantities
those at correlated scores (a Gaussian copula). Only `values` and `draw` need numpy, and import it when they are called:
error bars that need no sampling must not pay for its start.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from slipstick.frozen import Frozen
from slipstick.uncertainty.quadrature import STEP, mean_and_variance
from slipstick.uncertainty.scores import normal_quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]


def exp_or_inf(log: float) -> float:
    """e to the power `log`; infinity beyond the range of floats."""
    return math.exp(log) if log < 709.78 else math.inf


def log_magnitude(value: float) -> float:
    """The natural logarithm of |value|; minus infinity for 0."""
    return math.log(abs(value)) if value else -math.inf


def require_finite(**parameters: float) -> None:
    """ValueError, with its name, for a parameter that is not a finite number."""
    for name, value in parameters.items():
        if not -math.inf < value < math.inf:
            raise ValueError(f"{name} must be a finite number, not {value:g}")


def require_positive(**parameters: float) -> None:
    """ValueError, with its name, for a parameter that is not a finite number above 0."""
    for name, value in parameters.items():
        if not 0 < value < math.inf:
            raise ValueError(f"{name} must be a finite number above 0, not {value:g}")


def require_freedom(degrees: float) -> None:
    """ValueError for degrees of freedom that are not a number above 0; infinitely many are right."""
    if not degrees > 0:
        raise ValueError(f"degrees of freedom must be a number above 0, not {degrees:g}")


class Distribution(Frozen):
    """What all distributions share: those below are frozen, equal by their parameters, in the unit of the quantity.

    A parameter that cannot be is a ValueError. `smooth` is False where `at` has corners without end, so that no
    quadrature over scores serves. `degrees_of_freedom` say how well `standard_uncertainty` is known (JCGM 100:2008,
    G.3), infinitely well unless given; only first-order propagation makes use of it.
    """

    smooth: ClassVar[bool] = True
    degrees_of_freedom = math.inf

    if TYPE_CHECKING:  # a property here would be taken for the default of a field of that name

        @property
        def mean(self) -> float:
            """The mean, in the unit of the quantity."""

        @property
        def sd(self) -> float:
            """The standard deviation, in the unit of the quantity."""

    def at(self, score: float) -> float:
        """The value at a standard normal score, in the unit of the quantity."""
        raise NotImplementedError

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores, shape (n,) for shape (n,); beyond the range of floats infinite."""
        raise NotImplementedError

    def score_of(self, value: float) -> float:
        """The score at which the quantity is `value`, as `at` inverts it; infinite at and beyond the support's ends."""
        raise NotImplementedError

    @property
    def support(self) -> tuple[float, float]:
        """The least and the greatest value, infinite where there is none."""
        raise NotImplementedError

    def log_at(self, score: float) -> float:
        """The natural logarithm of the magnitude of the value at a score; minus infinity for a value of 0."""
        return log_magnitude(self.at(score))

    def score_of_log(self, log: float) -> float:
        """The score at which the quantity is exp(log)."""
        return self.score_of(exp_or_inf(log))

    @property
    def median(self) -> float:
        """The value that is exceeded half of the time, in the unit of the quantity."""
        return self.at(0.0)

    @property
    def standard_uncertainty(self) -> float:
        """What the first order takes for the uncertainty (JCGM 100:2008, 4.3): the standard deviation."""
        return self.sd

    def quantile(self, p: float) -> float:
        """The value below which the quantity lies with probability `p`; ValueError unless 0 < p < 1."""
        return self.at(normal_quantile(p))

    def log_variance(self) -> float:
        """The variance of the natural logarithm of the magnitude (a pure number), by quadrature.

        To a tenth where the quantity may be of either sign, else to 1e-4 or better.
        """
        return moments_of(self, logs=True)[1]

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return self.values(generator.standard_normal(n))

    def log_values(self, scores: FloatArray) -> FloatArray:
        """The natural logarithms of the magnitudes of the values at an array of scores: shape (n,) for shape (n,)."""
        import numpy as np

        with np.errstate(divide="ignore"):
            return np.log(np.abs(self.values(scores)))

    def log_draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """The natural logarithms of the magnitudes of `n` independent values: shape (n,)."""
        import numpy as np

        with np.errstate(divide="ignore"):
            return np.log(np.abs(self.draw(generator, n)))


@lru_cache(maxsize=1000)
def moments_of(given: Distribution, logs: bool = False) -> tuple[float, float]:
    """Mean and variance of a distribution, or of the natural logarithm of its magnitude, by quadrature.

    Kept: a table of estimates has few different ranges, and a quadrature costs as much as the rest of an audit.
    """
    if not logs:
        return mean_and_variance(given.at)
    zero = given.score_of(0.0)
    if not math.isfinite(zero):
        return mean_and_variance(given.log_at)
    # Where the values pass through 0, the mean of the logs over one step of the scores, on which they are linear.
    floor = math.log((given.at(zero + STEP / 2) - given.at(zero - STEP / 2)) / 2) - 1
    return mean_and_variance(lambda score: max(given.log_at(score), floor))
