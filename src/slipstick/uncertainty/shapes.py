"""Distributions of other kinds: of fractions, of means of few readings, of measured draws."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from slipstick.uncertainty.distributions import ByQuadrature, Distribution
from slipstick.uncertainty.scores import normal_cdf, normal_cdf_of_array, score_of_probability

if TYPE_CHECKING:
    import numpy as np

    from slipstick.uncertainty.scores import FloatArray


class NeedsScipy(ValueError):
    """A distribution or design that is scipy's, which is not installed."""

    def __init__(self, what: str) -> None:
        super().__init__(f'{what} needs scipy: pip install "slipstick[sampling]"')


def special(what: str) -> Any:
    """scipy's special functions; `what` is what they are needed for. Raises NeedsScipy where scipy is missing."""
    try:
        from scipy import special
    except ImportError:
        raise NeedsScipy(what) from None
    return special


@dataclass(frozen=True)
class Beta(Distribution):
    """A fraction of 0 to 1 with the beta distribution of shapes `a` and `b` > 0; quantiles by scipy."""

    a: float
    b: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (self.a > 0 and self.b > 0):
            raise ValueError(f"the two shapes of a beta distribution must be above 0, not {self.a:g} and {self.b:g}")

    def at(self, score: float) -> float:
        """The fraction at a score."""
        functions = special("a beta distribution")
        if score > 0:  # from the other end, where the probability that is left keeps its digits
            return 1 - float(functions.betaincinv(self.b, self.a, normal_cdf(-score)))
        return float(functions.betaincinv(self.a, self.b, normal_cdf(score)))

    def values(self, scores: FloatArray) -> FloatArray:
        """The fractions at an array of scores."""
        return special("a beta distribution").betaincinv(self.a, self.b, normal_cdf_of_array(scores))  # type: ignore[no-any-return]

    def score_of(self, value: float) -> float:
        """The score of a fraction."""
        share = min(max(value, 0.0), 1.0)
        return score_of_probability(float(special("a beta distribution").betainc(self.a, self.b, share)))

    @property
    def mean(self) -> float:
        """a / (a + b)."""
        return self.a / (self.a + self.b)

    @property
    def sd(self) -> float:
        """sqrt(a b / (a + b + 1)) / (a + b)."""
        return math.sqrt(self.a * self.b / (self.a + self.b + 1)) / (self.a + self.b)

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return generator.beta(self.a, self.b, n)


@dataclass(frozen=True)
class StudentT(Distribution):
    """Student's t, shifted to `location` and scaled by `scale` > 0: a mean of few readings; quantiles by scipy.

    JCGM 101:2008, 6.4.9. What JCGM 100 takes for the standard uncertainty is the scale; the standard deviation is
    larger, and infinite for two degrees of freedom or fewer.
    """

    location: float
    scale: float
    degrees_of_freedom: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.scale > 0:
            raise ValueError(f"a scale must be above 0, not {self.scale:g}")

    def at(self, score: float) -> float:
        """The value at a score."""
        if math.isinf(score):
            return score
        stdtrit = special("Student's t").stdtrit
        tail = -abs(score)
        return self.location - math.copysign(self.scale, score) * float(
            stdtrit(self.degrees_of_freedom, normal_cdf(tail))
        )

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores."""
        import numpy as np

        tails = special("Student's t").stdtrit(self.degrees_of_freedom, normal_cdf_of_array(-np.abs(scores)))
        return self.location - np.copysign(self.scale, scores) * tails  # type: ignore[no-any-return]

    def score_of(self, value: float) -> float:
        """The score of a value."""
        t = (value - self.location) / self.scale
        return -math.copysign(
            score_of_probability(float(special("Student's t").stdtr(self.degrees_of_freedom, -abs(t)))), t
        )

    @property
    def mean(self) -> float:
        """The location; not a number with one degree of freedom, which has no mean."""
        return self.location if self.degrees_of_freedom > 1 else math.nan

    @property
    def sd(self) -> float:
        """scale * sqrt(n / (n - 2)) for n > 2 degrees of freedom, else infinity."""
        n = self.degrees_of_freedom
        return self.scale * math.sqrt(n / (n - 2)) if n > 2 else math.inf

    @property
    def standard_uncertainty(self) -> float:
        """The scale."""
        return self.scale

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return self.location + self.scale * generator.standard_t(self.degrees_of_freedom, n)


@dataclass(frozen=True)
class Empirical(ByQuadrature):
    """Measured or simulated draws, in order: quantiles between two neighbours by a straight line."""

    draws: tuple[float, ...]
    smooth = False

    def __post_init__(self) -> None:
        if len(self.draws) < 2 or list(self.draws) != sorted(self.draws):
            raise ValueError("draws are two numbers or more, in rising order")

    def at(self, score: float) -> float:
        """The value at a score."""
        place = normal_cdf(score) * (len(self.draws) - 1)
        below = min(int(place), len(self.draws) - 2)
        share = place - below
        return self.draws[below] * (1 - share) + self.draws[below + 1] * share

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores."""
        import numpy as np

        return np.interp(normal_cdf_of_array(scores) * (len(self.draws) - 1), np.arange(len(self.draws)), self._array)

    @cached_property
    def _array(self) -> FloatArray:
        import numpy as np

        return np.array(self.draws)

    def score_of(self, value: float) -> float:
        """The score of a value."""
        above = bisect_left(self.draws, value)
        if above == 0 or above == len(self.draws):
            return -math.inf if above == 0 else math.inf
        low, high = self.draws[above - 1], self.draws[above]
        return score_of_probability((above - 1 + (value - low) / (high - low)) / (len(self.draws) - 1))

    @property
    def mean(self) -> float:
        """The mean of the quantiles: the trapezoid rule over the draws."""
        inner = math.fsum(self.draws) - (self.draws[0] + self.draws[-1]) / 2
        return inner / (len(self.draws) - 1)

    @property
    def sd(self) -> float:
        """The standard deviation of the quantiles, by the integral of their square over each straight line."""
        mean, pairs = self.mean, zip(self.draws, self.draws[1:], strict=False)
        squares = math.fsum(((a - mean) ** 2 + (a - mean) * (b - mean) + (b - mean) ** 2) / 3 for a, b in pairs)
        return math.sqrt(squares / (len(self.draws) - 1))
