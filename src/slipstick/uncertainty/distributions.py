"""Distributions of one uncertain quantity, each an increasing function of a standard normal score.

The score is the number of standard deviations at which a standard normal variable would stand, so a quantile is the
value at the score of its probability, and a central interval the values at two opposite scores. Only `draw` needs
numpy, and imports it when it is called: error bars that need no sampling must not pay for its start.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from slipstick.uncertainty.quadrature import STEP, mean_and_variance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

_ROOT_TWO_PI = math.sqrt(2 * math.pi)
_POSITIVE = ("sigma", "sd")
"""The parameters that are deviations."""


def normal_cdf(score: float) -> float:
    """The probability that a standard normal variable is at most `score`."""
    return 0.5 * math.erfc(-score / math.sqrt(2))


def normal_quantile(p: float) -> float:
    """The score below which a standard normal variable lies with probability `p`; ValueError unless 1e-300 <= p < 1.

    Starts from Abramowitz and Stegun 26.2.23 (good to 4.5e-4), then takes two steps of Halley's method on the
    complementary error function, each of which triples the number of right digits.
    """
    if not 1e-300 <= p < 1:
        raise ValueError(f"a probability must lie between 0 and 1, not {p!r}")
    tail = min(p, 1 - p)
    t = math.sqrt(-2 * math.log(tail))
    numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    score = t - numerator / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    for _ in range(2):
        step = (normal_cdf(-score) - tail) * _ROOT_TWO_PI * math.exp(score * score / 2)
        score += step / (1 - score * step / 2)
    return -score if p < 0.5 else score


@lru_cache(maxsize=100)
def central_score(level: float) -> float:
    """The score z such that a standard normal variable lies in -z..z with probability `level`, of 0 to 1."""
    if not 0 < level < 1:
        raise ValueError(f"a level must lie between 0 and 1, not {level!r}")
    return -normal_quantile((1 - level) / 2)


def _exp(log: float) -> float:
    return math.exp(log) if log < 709.78 else math.inf


def _log_magnitude(value: float) -> float:
    return math.log(abs(value)) if value else -math.inf


class _Scored:
    """What all distributions share. ValueError for a parameter that is not finite, or a deviation of 0 or less."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            bound = 0.0 if name in _POSITIVE else -math.inf
            if not bound < value < math.inf:
                raise ValueError(f"{name} must be a finite number above {bound:g}, not {value!r}")

    def at(self, score: float) -> float:
        """The value at a standard normal score, in the unit of the quantity."""
        raise NotImplementedError

    def log_at(self, score: float) -> float:
        """The natural logarithm of the magnitude of the value at a score."""
        raise NotImplementedError

    @property
    def median(self) -> float:
        """The value that is exceeded half of the time, in the unit of the quantity."""
        return self.at(0.0)

    def quantile(self, p: float) -> float:
        """The value below which the quantity lies with probability `p`; ValueError unless 0 < p < 1."""
        return self.at(normal_quantile(p))

    def log_variance(self) -> float:
        """The variance of the natural logarithm of the magnitude (a pure number), by quadrature."""
        return _moments_of(self, logs=True)[1]


@lru_cache(maxsize=1000)
def _moments_of(given: _Scored, logs: bool = False) -> tuple[float, float]:
    """Mean and variance of a distribution, or of the natural logarithm of its magnitude, by quadrature.

    Kept: a table of estimates has few different ranges, and a quadrature costs as much as the rest of an audit.
    """
    return mean_and_variance(given.log_at if logs else given.at)


@dataclass(frozen=True)
class Exact(_Scored):
    """A quantity without uncertainty."""

    value: float

    def at(self, score: float) -> float:
        """The value, whatever the score."""
        return self.value

    def log_at(self, score: float) -> float:
        """The logarithm of the magnitude of the value; minus infinity for 0."""
        return _log_magnitude(self.value)

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
class LogNormal(_Scored):
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

    @property
    def mean(self) -> float:
        """The mean exp(mu + sigma^2 / 2); infinity where that is beyond the range of floats."""
        return _exp(self.mu + self.sigma**2 / 2)

    @property
    def sd(self) -> float:
        """The standard deviation mean * sqrt(exp(sigma^2) - 1); infinity where that is beyond the range of floats."""
        return self.mean * math.sqrt(math.expm1(self.sigma**2)) if self.sigma**2 < 709 else math.inf

    def log_variance(self) -> float:
        """sigma^2."""
        return self.sigma**2

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return generator.lognormal(self.mu, self.sigma, n)


@dataclass(frozen=True)
class LogitNormal(_Scored):
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
        return min(log_odds, 0.0) - math.log1p(math.exp(-abs(log_odds)))

    def score_of_log(self, log: float) -> float:
        """The score at which ln(x) is `log`; infinity from ln(1) = 0 on."""
        if log >= 0:
            return math.inf
        return (log - math.log(-math.expm1(log)) - self.mu) / self.sigma

    @property
    def mean(self) -> float:
        """The mean fraction, by quadrature."""
        return _moments_of(self)[0]

    @property
    def sd(self) -> float:
        """The standard deviation of the fraction, by quadrature."""
        return math.sqrt(_moments_of(self)[1])

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent fractions: shape (n,)."""
        import numpy as np

        return 1 / (1 + np.exp(-generator.normal(self.mu, self.sigma, n)))


@dataclass(frozen=True)
class Normal(_Scored):
    """A quantity of either sign, normal with mean `mean` and standard deviation `sd` > 0, both in its unit."""

    mean: float
    sd: float

    def at(self, score: float) -> float:
        """The value mean + sd * score."""
        return self.mean + self.sd * score

    def log_at(self, score: float) -> float:
        """The logarithm ln|mean + sd * score|; minus infinity for a value of 0."""
        return _log_magnitude(self.at(score))

    def log_variance(self) -> float:
        """The variance of ln|x|, by quadrature: to a tenth where the quantity may be 0, else to 1e-6."""
        floor = math.log(self.sd * STEP / 2) - 1  # the mean of ln|x| over a step of width sd * STEP about 0
        return mean_and_variance(lambda score: max(self.log_at(score), floor))[1]

    def score_of_log(self, log: float) -> float:
        """The score at which the quantity is exp(log)."""
        return (_exp(log) - self.mean) / self.sd

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return generator.normal(self.mean, self.sd, n)


Distribution: TypeAlias = Exact | LogNormal | LogitNormal | Normal


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
        low_odds, high_odds = (math.log(end) - math.log1p(-end) for end in (low, high))
        return LogitNormal((low_odds + high_odds) / 2, (high_odds - low_odds) / (2 * z))
    if low > 0:
        return LogNormal((math.log(low) + math.log(high)) / 2, (math.log(high) - math.log(low)) / (2 * z))
    return Normal(low / 2 + high / 2, (high / 2 - low / 2) / z)


def draw_block(distributions: Sequence[Distribution], n: int, *, seed: int, block: int) -> list[FloatArray]:
    """The first `n` draws of one block: an array of shape (n,) per distribution, independent of each other.

    Each distribution and block has a counter-based stream of its own (Philox), so that the draws do not depend on how
    the work is split. Raises ValueError unless 0 <= seed < 2^64.
    """
    import numpy as np

    if not 0 <= seed < 2**64:
        raise ValueError(f"a seed must lie between 0 and 2^64 - 1, not {seed}")
    columns = []
    for index, given in enumerate(distributions):
        # The counter's highest word is the block, so that the streams of one distribution never overlap.
        stream = np.random.Philox(key=np.array([seed, index], np.uint64), counter=np.array([0, 0, 0, block], np.uint64))
        columns.append(given.draw(np.random.Generator(stream), n))
    return columns
