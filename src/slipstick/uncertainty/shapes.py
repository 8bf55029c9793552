"""The rarer distributions: those between two ends (from `bounded`), beta, Student's t, and measured draws.

The quantiles of beta and t are scipy's, which is loaded when they are asked for. Means, deviations and independent
draws do without it.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from slipstick.cached_properties import cached_property
from slipstick.uncertainty.bounded import Arcsine, Triangular, Uniform
from slipstick.uncertainty.distribution import (
    Distribution,
    exp_or_inf,
    log_magnitude,
    require_finite,
    require_freedom,
    require_positive,
)
from slipstick.uncertainty.scores import normal_cdf, score_between, special_functions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

__all__ = ["Arcsine", "Beta", "Empirical", "StudentT", "Triangular", "Uniform"]

_QUANTILES = 4096
_LEAST = 1e-300  # below it, scipy's quantiles of beta are no longer in order: they are taken for 0


class Beta(Distribution):
    """A fraction of 0 to 1 whose density is proportional to x^(a - 1) * (1 - x)^(b - 1), with a and b above 0."""

    a: float
    b: float

    def __post_init__(self) -> None:
        require_positive(a=self.a, b=self.b)

    def at(self, score: float) -> float:
        """The fraction at a standard normal score, by scipy."""
        special, tail = special_functions("a beta distribution"), normal_cdf(-abs(score))
        inverse = special.betainccinv if score > 0 else special.betaincinv
        value = float(inverse(self.a, self.b, tail))
        return value if value > _LEAST else 0.0

    def values(self, scores: FloatArray) -> FloatArray:
        """The fractions at an array of scores: shape (n,), by scipy."""
        import numpy as np

        special = special_functions("a beta distribution")
        tails, upper, values = special.ndtr(-np.abs(scores)), scores > 0, np.empty(len(scores))
        for side, inverse in ((upper, special.betainccinv), (~upper, special.betaincinv)):
            values[side] = inverse(self.a, self.b, tails[side])
        values[values <= _LEAST] = 0.0
        return values

    def score_of(self, value: float) -> float:
        """The score at which the fraction is `value`; infinite from 0 down and from 1 up."""
        if not 0 < value < 1:
            return -math.inf if value <= 0 else math.inf
        special = special_functions("a beta distribution")
        return score_between(*(float(f(self.a, self.b, value)) for f in (special.betainc, special.betaincc)))

    def log_at(self, score: float) -> float:
        """The logarithm of the fraction, also where the fraction itself is too small for a float or rounds to 1."""
        value, special = self.at(score), special_functions("a beta distribution")
        if value > 0.5 and score > 0:
            return math.log1p(-float(special.betaincinv(self.b, self.a, normal_cdf(-score))))
        below = normal_cdf(score)
        if value > 1e-100 or not below:
            return log_magnitude(value)
        # So near to 0 the density is x^(a - 1) / B(a, b), and the probability below x is x^a / (a * B(a, b)).
        return float(math.log(below) + math.log(self.a) + special.betaln(self.a, self.b)) / self.a

    def score_of_log(self, log: float) -> float:
        """The score at which ln(x) is `log`; infinity from ln(1) = 0 on."""
        if log >= 0:
            return math.inf
        special = special_functions("a beta distribution")
        if log < -230:  # as in `log_at`
            below = exp_or_inf(self.a * log - math.log(self.a) - float(special.betaln(self.a, self.b)))
        else:
            below = float(special.betainc(self.a, self.b, math.exp(log)))
        return score_between(min(below, 1.0), float(special.betainc(self.b, self.a, -math.expm1(log))))

    @property
    def support(self) -> tuple[float, float]:
        """From 0 to 1."""
        return 0.0, 1.0

    @property
    def mean(self) -> float:
        """The mean a / (a + b)."""
        return 1 / (1 + self.b / self.a)

    @property
    def sd(self) -> float:
        """The standard deviation, root of mean * (1 - mean) / (a + b + 1)."""
        return math.sqrt(self.mean / (1 + self.a / self.b) / (self.a + self.b + 1))

    def log_variance(self) -> float:
        """The difference of the trigamma functions of a and a + b, by scipy."""
        trigamma = special_functions("a beta distribution").polygamma
        return float(trigamma(1, self.a) - trigamma(1, self.a + self.b))

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent fractions: shape (n,)."""
        return generator.beta(self.a, self.b, n)


class StudentT(Distribution):
    """A quantity known from few measurements: `location` plus `scale` > 0 times a t variable (JCGM 101:2008, 6.4.9).

    `location` and `scale` are the estimate and its standard uncertainty, in the unit of the quantity; the first order
    takes them as they are. The median is `location` always, the mean where there is more than one degree of freedom.
    """

    location: float
    scale: float
    degrees_of_freedom: float

    def __post_init__(self) -> None:
        require_finite(location=self.location)
        require_positive(scale=self.scale)
        require_freedom(self.degrees_of_freedom)
        if self.degrees_of_freedom == math.inf:
            raise ValueError("a t distribution with infinitely many degrees of freedom is normal: give a Normal")

    def at(self, score: float) -> float:
        """The value at a standard normal score, by scipy."""
        special, tail = special_functions("a t distribution"), normal_cdf(-abs(score))
        # scipy gives infinity of the wrong sign for a probability of 0.
        distance = abs(float(special.stdtrit(self.degrees_of_freedom, tail)))
        return self.location + self.scale * math.copysign(distance, score)

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores: shape (n,), by scipy."""
        import numpy as np

        special = special_functions("a t distribution")
        with np.errstate(over="ignore", under="ignore"):
            distances = np.abs(special.stdtrit(self.degrees_of_freedom, special.ndtr(-np.abs(scores))))
            result: FloatArray = self.location + self.scale * np.copysign(distances, scores)
        return result

    def score_of(self, value: float) -> float:
        """The score at which the quantity is `value`, by scipy."""
        t = (value - self.location) / self.scale
        tail = float(special_functions("a t distribution").stdtr(self.degrees_of_freedom, -abs(t)))
        return math.copysign(score_between(tail, 1 - tail), t)

    def log_at(self, score: float) -> float:
        """The logarithm of the magnitude, also where far tails leave the range of floats."""
        value = self.at(score)
        if math.isfinite(value):
            return log_magnitude(value)
        return math.log(self.scale) + log_magnitude(StudentT(0.0, 1.0, self.degrees_of_freedom).at(score))

    @property
    def support(self) -> tuple[float, float]:
        """All numbers."""
        return -math.inf, math.inf

    @property
    def mean(self) -> float:
        """The location."""
        return self.location

    @property
    def sd(self) -> float:
        """The scale times the root of n / (n - 2) for n degrees of freedom; infinity where n is at most 2."""
        n = self.degrees_of_freedom
        return self.scale * math.sqrt(n / (n - 2)) if n > 2 else math.inf

    @property
    def standard_uncertainty(self) -> float:
        """The scale, whose own uncertainty the degrees of freedom carry (JCGM 100:2008, G.3)."""
        return self.scale

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return self.location + self.scale * generator.standard_t(self.degrees_of_freedom, n)


class Empirical(Distribution):
    """Measured draws, at least two finite numbers in any order, kept sorted.

    The r-th of n sorted draws is the quantile of (r - 1/2) / n, with straight lines between (JCGM 101:2008, D.1) and
    the least and the greatest draw beyond. So the mean is the mean of the draws, and the deviation hardly less.
    """

    draws: tuple[float, ...]
    smooth: ClassVar[bool] = False

    def __post_init__(self) -> None:
        draws = tuple(sorted(map(float, self.draws)))
        odd = next((draw for draw in draws if not math.isfinite(draw)), None)
        if odd is not None:
            raise ValueError(f"a measured draw must be a finite number, not {odd:g}")
        if len(draws) < 2:
            raise ValueError(f"a distribution of measured draws needs at least two of them, not {len(draws)}")
        if draws[-1] - draws[0] == math.inf:
            raise ValueError(f"{draws[0]:g} to {draws[-1]:g} is wider than the range of floating-point numbers")
        object.__setattr__(self, "draws", draws)

    def __repr__(self) -> str:
        """Their number, range and mean: they may be millions."""
        return f"Empirical({len(self.draws)} draws, {self.draws[0]!r} to {self.draws[-1]!r}, mean {self.mean!r})"

    def at(self, score: float) -> float:
        """The value at a standard normal score: that of the draws at its probability."""
        return self._at_probability(normal_cdf(score))

    def _at_probability(self, p: float) -> float:
        n = len(self.draws)
        position = min(max(n * p - 0.5, 0.0), n - 1.0)
        rank = min(int(position), n - 2)
        low, high, part = self.draws[rank], self.draws[rank + 1], position - rank
        return low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part)

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores: shape (n,). Raises ValueError where there is no scipy."""
        return self._at_probabilities(special_functions("an array of scores of measured draws").ndtr(scores))

    def _at_probabilities(self, p: FloatArray) -> FloatArray:
        import numpy as np

        n = len(self.draws)
        positions = np.clip(n * p - 0.5, 0.0, n - 1.0)
        ranks = np.minimum(positions.astype(np.intp), n - 2)
        low, high, part = self._array[ranks], self._array[ranks + 1], positions - ranks
        result: FloatArray = np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))
        return result

    @cached_property
    def _array(self) -> FloatArray:
        import numpy as np

        return np.array(self.draws)

    def score_of(self, value: float) -> float:
        """The score at which the quantity is `value`: of its middle rank for a draw, infinite beyond the draws."""
        after = bisect_right(self.draws, value)
        before = bisect_left(self.draws, value, hi=after)
        if before < after:
            position = (before + after - 1) / 2
        elif 0 < before < len(self.draws):
            low, high = self.draws[before - 1], self.draws[before]
            position = before - 1 + (value - low) / (high - low)
        else:
            return math.inf if before else -math.inf
        below = (position + 0.5) / len(self.draws)
        return score_between(below, 1 - below)

    @property
    def support(self) -> tuple[float, float]:
        """The least and the greatest draw."""
        return self.draws[0], self.draws[-1]

    @cached_property
    def mean(self) -> float:
        """The mean of the draws."""
        return math.fsum(draw / len(self.draws) for draw in self.draws)

    @cached_property
    def sd(self) -> float:
        """The standard deviation of what is drawn: the lines between the draws, and half of each end's share."""
        reach = max(self.draws[-1] - self.mean, self.mean - self.draws[0]) or 1.0
        parts = [(draw - self.mean) / reach for draw in self.draws]
        lines = math.fsum((one * one + one * two + two * two) / 3 for one, two in pairwise(parts))
        ends = (parts[0] ** 2 + parts[-1] ** 2) / 2
        return reach * math.sqrt((lines + ends) / len(parts))

    def log_variance(self) -> float:
        """The variance of the natural logarithm of the magnitude, from 4,096 quantiles; zeros among them left out."""
        values = (self._at_probability((k + 0.5) / _QUANTILES) for k in range(_QUANTILES))
        logs = [math.log(abs(value)) for value in values if value]
        mean = math.fsum(logs) / (len(logs) or 1)
        return math.fsum((log - mean) ** 2 for log in logs) / (len(logs) or 1)

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values, from the lines between the draws: shape (n,)."""
        return self._at_probabilities(generator.random(n))
