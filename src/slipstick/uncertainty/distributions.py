"""Distributions of one uncertain quantity, each an increasing function of a standard normal score.

The score is the number of standard deviations at which a standard normal variable would stand, so a quantile is the
value at the score of its probability, and a central interval the values at two opposite scores. Only `draw` needs
numpy, and imports it when it is called: error bars that need no sampling must not pay for its start.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from slipstick.uncertainty.quadrature import STEP, mean_and_variance
from slipstick.uncertainty.scores import normal_quantile

if TYPE_CHECKING:
    import numpy as np

    from slipstick.uncertainty.scores import FloatArray
_POSITIVE = ("sigma", "sd")  # parameters that are deviations


def _exp(log: float) -> float:
    return math.exp(log) if log < 709.78 else math.inf


def _log_magnitude(value: float) -> float:
    return math.log(abs(value)) if value else -math.inf


class Distribution:
    """What all distributions share.

    ValueError for a parameter that is not finite, a deviation of 0 or less, fewer degrees of freedom than 1.
    """

    smooth = True
    """Whether `at` is smooth, so that a quadrature over the score is good to many digits."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if name == "degrees_of_freedom":
                if not value >= 1:
                    raise ValueError(f"degrees of freedom must be 1 or more, not {value!r}")
                continue
            bound = 0.0 if name in _POSITIVE else -math.inf
            if not bound < value < math.inf:
                raise ValueError(f"{name} must be a finite number above {bound:g}, not {value!r}")

    def at(self, score: float) -> float:
        """The value at a standard normal score, in the unit of the quantity."""
        raise NotImplementedError

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores, of the same shape."""
        raise NotImplementedError

    def log_at(self, score: float) -> float:
        """The natural logarithm of the magnitude of the value at a score."""
        return _log_magnitude(self.at(score))

    def score_of(self, value: float) -> float:
        """The score at which the quantity has a value: minus infinity below all it can have, infinity above."""
        raise NotImplementedError

    def score_of_log(self, log: float) -> float:
        """The score at which the quantity is exp(log)."""
        return self.score_of(_exp(log))

    @property
    def support(self) -> tuple[float, float]:
        """The least and the greatest value that the quantity can have."""
        return self.at(-math.inf), self.at(math.inf)

    if TYPE_CHECKING:  # at run time a dataclass would take an inherited property for the default of its field

        @property
        def mean(self) -> float:
            """The mean, in the unit of the quantity."""

        @property
        def sd(self) -> float:
            """The standard deviation, in the unit of the quantity."""

    @property
    def standard_uncertainty(self) -> float:
        """What JCGM 100 takes for the standard uncertainty of an input: the standard deviation."""
        return self.sd

    @property
    def dof(self) -> float:
        """The degrees of freedom of the standard uncertainty; infinite where it is not in doubt."""
        return float(getattr(self, "degrees_of_freedom", math.inf))

    @property
    def median(self) -> float:
        """The value that is exceeded half of the time, in the unit of the quantity."""
        return self.at(0.0)

    def quantile(self, p: float) -> float:
        """The value below which the quantity lies with probability `p`; ValueError unless 0 < p < 1."""
        return self.at(normal_quantile(p))

    def log_variance(self) -> float:
        """The variance of the natural logarithm of the magnitude (a pure number), by quadrature."""
        return moments(self, logs=True)[1]

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return self.values(generator.standard_normal(n))


@lru_cache(maxsize=1000)
def moments(given: Distribution, logs: bool = False) -> tuple[float, float]:
    """Mean and variance of a distribution, or of the natural logarithm of its magnitude, by quadrature.

    Kept: a table of estimates has few different ranges, and a quadrature costs as much as the rest of an audit.
    """
    return mean_and_variance(given.log_at if logs else given.at)


class ByQuadrature(Distribution):
    """A distribution whose moments have no closed form."""

    @property
    def mean(self) -> float:
        """The mean, by quadrature."""
        return moments(self)[0]

    @property
    def sd(self) -> float:
        """The standard deviation, by quadrature."""
        return math.sqrt(moments(self)[1])


@dataclass(frozen=True)
class Exact(Distribution):
    """A quantity without uncertainty."""

    value: float

    def at(self, score: float) -> float:
        """The value, whatever the score."""
        return self.value

    def values(self, scores: FloatArray) -> FloatArray:
        """The value, in the shape of the scores."""
        import numpy as np

        return np.full(np.shape(scores), self.value, dtype=np.float64)

    def score_of(self, value: float) -> float:
        """Minus infinity below the value, infinity from it on."""
        return -math.inf if value < self.value else math.inf

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def sd(self) -> float:
        """Zero."""
        return 0.0

    def log_variance(self) -> float:
        """Zero."""
        return 0.0

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """The value `n` times: shape (n,)."""
        import numpy as np

        return np.full(n, self.value, dtype=np.float64)


@dataclass(frozen=True)
class LogNormal(Distribution):
    """A positive quantity whose natural logarithm is normal with mean `mu` and standard deviation `sigma` > 0.

    Moments: Aitchison and Brown, The Lognormal Distribution (1957), chapter 2.
    """

    mu: float
    sigma: float

    def at(self, score: float) -> float:
        """The value exp(mu + sigma * score); infinity where that is beyond the range of floats."""
        return _exp(self.log_at(score))

    def log_at(self, score: float) -> float:
        """The logarithm mu + sigma * score."""
        return self.mu + self.sigma * score

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores; infinity beyond the range of floats."""
        import numpy as np

        with np.errstate(over="ignore"):
            return np.exp(self.mu + self.sigma * scores)

    def score_of(self, value: float) -> float:
        """The score of a positive value."""
        return self.score_of_log(math.log(value)) if value > 0 else -math.inf

    def score_of_log(self, log: float) -> float:
        """The score at which the logarithm is `log`."""
        return (log - self.mu) / self.sigma

    @property
    def mean(self) -> float:
        """The mean exp(mu + sigma^2 / 2); infinity where that is beyond the range of floats."""
        return _exp(self.mu + self.sigma**2 / 2)

    @property
    def sd(self) -> float:
        """The standard deviation mean * sqrt(exp(sigma^2) - 1); infinity where that is beyond the range of floats."""
        return self.mean * math.sqrt(math.expm1(self.sigma**2)) if self.sigma**2 < 709 else math.inf

    def log_variance(self) -> float:
        """The variance sigma^2 of the logarithm."""
        return self.sigma**2

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return generator.lognormal(self.mu, self.sigma, n)


@dataclass(frozen=True)
class LogitNormal(ByQuadrature):
    """A fraction x of 0 to 1 whose log odds ln(x / (1 - x)) are normal with mean `mu` and deviation `sigma` > 0.

    Its moments have no closed form (Aitchison and Shen, Biometrika 67, 1980, 261-272).
    """

    mu: float
    sigma: float

    def at(self, score: float) -> float:
        """The fraction 1 / (1 + exp(-(mu + sigma * score)))."""
        return math.exp(self.log_at(score))

    def log_at(self, score: float) -> float:
        """The logarithm -ln(1 + exp(-(mu + sigma * score))), written so that no log odds overflow."""
        log_odds = self.mu + self.sigma * score
        if log_odds == -math.inf:
            return -math.inf
        return min(log_odds, 0.0) - math.log1p(math.exp(-abs(log_odds)))

    def score_of_log(self, log: float) -> float:
        """The score at which ln(x) is `log`; infinity from ln(1) = 0 on."""
        if log >= 0:
            return math.inf
        return (log - math.log(-math.expm1(log)) - self.mu) / self.sigma

    def values(self, scores: FloatArray) -> FloatArray:
        """The fractions at an array of scores."""
        import numpy as np

        return 1 / (1 + np.exp(-(self.mu + self.sigma * scores)))

    def score_of(self, value: float) -> float:
        """The score of a fraction."""
        return self.score_of_log(math.log(value)) if value > 0 else -math.inf


@dataclass(frozen=True)
class Normal(Distribution):
    """A quantity of either sign, normal with mean `mean` and standard deviation `sd` > 0, both in its unit.

    `degrees_of_freedom` says how well the standard deviation is known (JCGM 100:2008, annex G); it widens nothing but
    first-order intervals.
    """

    mean: float
    sd: float
    degrees_of_freedom: float = math.inf

    def at(self, score: float) -> float:
        """The value mean + sd * score."""
        return self.mean + self.sd * score

    def log_variance(self) -> float:
        """The variance of ln|x|, by quadrature: to a tenth where the quantity may be 0, else to 1e-6."""
        floor = math.log(self.sd * STEP / 2) - 1  # the mean of ln|x| over a step of width sd * STEP about 0
        return mean_and_variance(lambda score: max(self.log_at(score), floor))[1]

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores."""
        return self.mean + self.sd * scores

    def score_of(self, value: float) -> float:
        """The score of a value."""
        return (value - self.mean) / self.sd

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return generator.normal(self.mean, self.sd, n)
