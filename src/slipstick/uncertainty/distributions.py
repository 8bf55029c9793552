"""The distributions that ranges stand for: exact, lognormal, logit-normal and normal. The others stand in `shapes`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from slipstick.cached_properties import cached_property
from slipstick.uncertainty.distribution import (
    Distribution,
    exp_or_inf,
    moments_of,
    require_finite,
    require_freedom,
    require_positive,
)
from slipstick.uncertainty.scores import central_score, normal_cdf, normal_quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

__all__ = [
    "Distribution",
    "Exact",
    "LogNormal",
    "LogitNormal",
    "Normal",
    "between",
    "central_score",
    "normal_cdf",
    "normal_quantile",
]


class Exact(Distribution):
    """A quantity without uncertainty."""

    value: float

    def __post_init__(self) -> None:
        if not -math.inf < self.value < math.inf:
            require_finite(value=self.value)

    def at(self, score: float) -> float:
        """The value, whatever the score."""
        return self.value

    def values(self, scores: FloatArray) -> FloatArray:
        """The value for each score: shape (n,)."""
        import numpy as np

        return np.full(len(scores), self.value, dtype=np.float64)

    def score_of(self, value: float) -> float:
        """0 at the value itself, infinite elsewhere."""
        return 0.0 if value == self.value else math.copysign(math.inf, value - self.value)

    @property
    def support(self) -> tuple[float, float]:
        """The value twice."""
        return self.value, self.value

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


class LogNormal(Distribution):
    """A positive quantity whose natural logarithm is normal with mean `mu` and standard deviation `sigma` > 0.

    Moments: Aitchison and Brown, The Lognormal Distribution (1957), chapter 2.
    """

    mu: float
    sigma: float

    def __post_init__(self) -> None:
        if not (-math.inf < self.mu < math.inf and 0 < self.sigma < math.inf):
            require_finite(mu=self.mu)
            require_positive(sigma=self.sigma)

    def at(self, score: float) -> float:
        """The value exp(mu + sigma * score); infinity where that is beyond the range of floats."""
        return exp_or_inf(self.mu + self.sigma * score)

    def values(self, scores: FloatArray) -> FloatArray:
        """The values exp(mu + sigma * score): shape (n,)."""
        import numpy as np

        with np.errstate(over="ignore", under="ignore"):
            logs = self.sigma * scores
            logs += self.mu
            return np.exp(logs, out=logs)

    def score_of(self, value: float) -> float:
        """The score (ln(value) - mu) / sigma; minus infinity from 0 down."""
        return (math.log(value) - self.mu) / self.sigma if value > 0 else -math.inf

    @property
    def support(self) -> tuple[float, float]:
        """From 0 to infinity."""
        return 0.0, math.inf

    def log_at(self, score: float) -> float:
        """The logarithm mu + sigma * score."""
        return self.mu + self.sigma * score

    def score_of_log(self, log: float) -> float:
        """The score (log - mu) / sigma."""
        return (log - self.mu) / self.sigma

    @property
    def mean(self) -> float:
        """The mean exp(mu + sigma^2 / 2); infinity where that is beyond the range of floats."""
        return exp_or_inf(self.mu + self.log_variance() / 2)

    @property
    def sd(self) -> float:
        """The standard deviation mean * sqrt(exp(sigma^2) - 1); infinity where that is beyond the range of floats."""
        variance = self.log_variance()
        if variance > 700:  # exp(-variance) is nothing beside 1
            return exp_or_inf(self.mu + variance)
        return self.mean * max(math.sqrt(math.expm1(variance)), self.sigma)

    def log_variance(self) -> float:
        """sigma^2."""
        return self.sigma * self.sigma


class LogitNormal(Distribution):
    """A fraction x of 0 to 1 whose log odds ln(x / (1 - x)) are normal with mean `mu` and deviation `sigma` > 0.

    Its moments have no closed form (Aitchison and Shen, Biometrika 67, 1980, 261-272).
    """

    mu: float
    sigma: float

    def __post_init__(self) -> None:
        if not (-math.inf < self.mu < math.inf and 0 < self.sigma < math.inf):
            require_finite(mu=self.mu)
            require_positive(sigma=self.sigma)

    def at(self, score: float) -> float:
        """The fraction 1 / (1 + exp(-(mu + sigma * score)))."""
        return math.exp(self.log_at(score))

    def values(self, scores: FloatArray) -> FloatArray:
        """The fractions 1 / (1 + exp(-(mu + sigma * score))): shape (n,)."""
        import numpy as np

        with np.errstate(over="ignore", under="ignore"):
            odds = -self.sigma * scores
            odds -= self.mu
            np.exp(odds, out=odds)
            odds += 1
            return np.reciprocal(odds, out=odds)

    def log_values(self, scores: FloatArray) -> FloatArray:
        """The logarithms -ln(1 + exp(-(mu + sigma * score))): shape (n,); 1e-16 off where the fraction is nearly 1."""
        import numpy as np

        with np.errstate(over="ignore", under="ignore"):
            odds = -self.sigma * scores
            odds -= self.mu
            np.exp(odds, out=odds)
            odds += 1
            np.log(odds, out=odds)
            return np.negative(odds, out=odds)

    def log_draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """The logarithms of `n` independent fractions: shape (n,)."""
        return self.log_values(generator.standard_normal(n))

    def score_of(self, value: float) -> float:
        """The score at which the fraction is `value`; infinite from 0 down and from 1 up."""
        if not 0 < value < 1:
            return -math.inf if value <= 0 else math.inf
        return (math.log(value) - math.log1p(-value) - self.mu) / self.sigma

    @property
    def support(self) -> tuple[float, float]:
        """From 0 to 1."""
        return 0.0, 1.0

    def log_at(self, score: float) -> float:
        """The logarithm -ln(1 + exp(-(mu + sigma * score))), written so that no log odds overflow."""
        log_odds = self.mu + self.sigma * score
        return min(log_odds, 0.0) - math.log1p(math.exp(-abs(log_odds)))

    def score_of_log(self, log: float) -> float:
        """The score at which ln(x) is `log`; infinity from ln(1) = 0 on."""
        if log >= 0:
            return math.inf
        return (log - math.log(-math.expm1(log)) - self.mu) / self.sigma

    @cached_property
    def _moments(self) -> tuple[float, float]:
        return moments_of(self)

    @property
    def mean(self) -> float:
        """The mean fraction, by quadrature."""
        return self._moments[0]

    @property
    def sd(self) -> float:
        """The standard deviation of the fraction, by quadrature."""
        return math.sqrt(self._moments[1])


class Normal(Distribution):
    """A quantity of either sign, normal with mean `mean` and standard deviation `sd` > 0, both in its unit."""

    mean: float
    sd: float
    degrees_of_freedom: float = math.inf

    def __post_init__(self) -> None:
        require_finite(mean=self.mean)
        require_positive(sd=self.sd)
        require_freedom(self.degrees_of_freedom)

    def at(self, score: float) -> float:
        """The value mean + sd * score."""
        return self.mean + self.sd * score

    def values(self, scores: FloatArray) -> FloatArray:
        """The values mean + sd * score: shape (n,)."""
        import numpy as np

        with np.errstate(over="ignore", under="ignore"):
            return self.mean + self.sd * scores

    def score_of(self, value: float) -> float:
        """The score (value - mean) / sd."""
        return (value - self.mean) / self.sd

    @property
    def support(self) -> tuple[float, float]:
        """All numbers."""
        return -math.inf, math.inf


def between(low: float, high: float, *, level: float = 0.9, fraction: bool = False) -> Distribution:
    """The distribution for which `low` to `high` is the central interval of probability `level`.

    Logit-normal with `fraction`; else lognormal where both ends are positive; else normal; exact where they are equal.
    The ends are in the unit of the quantity, and are its quantiles (1 - level) / 2 and (1 + level) / 2.

    Raises ValueError where an end is not finite, the ends are in the wrong order, the level is not between 0 and 1, or
    a fraction's end is not (only a fraction with equal ends may be 0 or 1).
    """
    z = central_score(level)
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f"a range needs two finite ends, not {low:g} to {high:g}")
    if low > high:
        raise ValueError(f"a range runs from its lower to its higher end, not {low:g} to {high:g}")
    if fraction and not (0 < low < high < 1 or 0 <= low == high <= 1):
        raise ValueError(f"the range of a fraction must lie inside 0 to 1, both ends excluded, not {low:g} to {high:g}")
    if low == high:
        return Exact(low)
    if fraction:
        middle = (math.log(low) - math.log1p(-low) + math.log(high) - math.log1p(-high)) / 2
        return LogitNormal(middle, (_log_ratio(low, high) + _log_ratio(1 - high, 1 - low)) / (2 * z))
    if low > 0:
        return LogNormal((math.log(low) + math.log(high)) / 2, _log_ratio(low, high) / (2 * z))
    return Normal(low / 2 + high / 2, (high / 2 - low / 2) / z)


def _log_ratio(low: float, high: float) -> float:
    """ln(high / low) of two positive numbers, as exact for a narrow range as for one of 600 orders of magnitude."""
    return math.log1p((high - low) / low) if high < 2 * low else math.log(high) - math.log(low)
