"""Distributions between two ends: rectangular, triangular, U-shaped."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slipstick.uncertainty.distributions import Distribution
from slipstick.uncertainty.scores import normal_cdf, normal_cdf_of_array, score_of_probability

if TYPE_CHECKING:
    import numpy as np

    from slipstick.uncertainty.scores import FloatArray


def _span(low: float, high: float) -> None:
    if not -math.inf < low < high < math.inf:
        raise ValueError(f"the lower end must be below the higher one, not {low:g} to {high:g}")


@dataclass(frozen=True)
class Uniform(Distribution):
    """Equally likely everywhere from `low` to `high` (rectangular)."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _span(self.low, self.high)

    def at(self, score: float) -> float:
        """low + (high - low) * P(score)."""
        return self.low + (self.high - self.low) * normal_cdf(score)

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores."""
        return self.low + (self.high - self.low) * normal_cdf_of_array(scores)

    def score_of(self, value: float) -> float:
        """The score of a value."""
        return score_of_probability((value - self.low) / (self.high - self.low))

    @property
    def mean(self) -> float:
        """The middle."""
        return self.low / 2 + self.high / 2

    @property
    def sd(self) -> float:
        """(high - low) / sqrt(12)."""
        return (self.high - self.low) / math.sqrt(12)

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return generator.uniform(self.low, self.high, n)


@dataclass(frozen=True)
class Triangular(Distribution):
    """From `low` to `high`, most likely at `mode`, the density a triangle."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        _span(self.low, self.high)
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"the mode lies between the ends, {self.low:g} to {self.high:g}, not at {self.mode:g}")

    @property
    def _sides(self) -> tuple[float, float, float]:
        """The width, and those of the rising and the falling side."""
        return self.high - self.low, self.mode - self.low, self.high - self.mode

    def at(self, score: float) -> float:
        """The value at a score: the root of the probability that is left on its side of the mode."""
        width, rising, falling = self._sides
        if normal_cdf(score) * width <= rising:
            return self.low + math.sqrt(normal_cdf(score) * width * rising)
        return self.high - math.sqrt(normal_cdf(-score) * width * falling)

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores."""
        import numpy as np

        width, rising, falling = self._sides
        below, above = normal_cdf_of_array(scores), normal_cdf_of_array(-scores)
        left = self.low + np.sqrt(below * width * rising)
        return np.where(below * width <= rising, left, self.high - np.sqrt(above * width * falling))

    def score_of(self, value: float) -> float:
        """The score of a value."""
        width, rising, falling = self._sides
        if value <= self.mode:
            return score_of_probability(max(value - self.low, 0.0) ** 2 / (width * rising)) if rising else -math.inf
        return -score_of_probability(max(self.high - value, 0.0) ** 2 / (width * falling))

    @property
    def mean(self) -> float:
        """(low + mode + high) / 3."""
        return self.low / 3 + self.mode / 3 + self.high / 3

    @property
    def sd(self) -> float:
        """sqrt((a^2 + b^2 + c^2 - ab - ac - bc) / 18) of low, mode and high."""
        width, rising, falling = self._sides
        return math.sqrt((width**2 + rising**2 + falling**2) / 36)


@dataclass(frozen=True)
class Arcsine(Distribution):
    """What swings as a sine between `low` and `high`, looked at at any time (U-shaped; JCGM 101:2008, 6.4.6)."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _span(self.low, self.high)

    def at(self, score: float) -> float:
        """low + (high - low) * sin(pi P / 2)^2 at the probability P of the score."""
        return self.low + (self.high - self.low) * math.sin(math.pi / 2 * normal_cdf(score)) ** 2

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores."""
        import numpy as np

        return self.low + (self.high - self.low) * np.sin(math.pi / 2 * normal_cdf_of_array(scores)) ** 2

    def score_of(self, value: float) -> float:
        """The score of a value."""
        share = min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)
        return score_of_probability(2 / math.pi * math.asin(math.sqrt(share)))

    @property
    def mean(self) -> float:
        """The middle."""
        return self.low / 2 + self.high / 2

    @property
    def sd(self) -> float:
        """(high - low) / sqrt(8)."""
        return (self.high - self.low) / math.sqrt(8)
