"""Distributions between two ends whose quantiles are elementary: uniform, triangular and arcsine.

Only arrays of normal probabilities are scipy's, which is loaded when `values` is called; all else does without it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from slipstick.uncertainty.distribution import Distribution, require_finite, require_freedom
from slipstick.uncertainty.scores import normal_cdf, score_between, special_functions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]


class _Between(Distribution):
    """A quantity between `low` and `high`, measured from the nearer end so that both tails keep their digits."""

    low: float
    high: float

    def __post_init__(self) -> None:
        require_finite(low=self.low, high=self.high)
        if not self.low < self.high:
            raise ValueError(f"low must lie below high, not at {self.low:g} with high at {self.high:g}")
        if self.high - self.low == math.inf:
            raise ValueError(f"{self.low:g} to {self.high:g} is wider than the range of floating-point numbers")

    def at(self, score: float) -> float:
        """The value at a standard normal score."""
        width = self.high - self.low
        if score <= 0:
            return self.low + width * self._way(normal_cdf(score), False)
        # Measured from the other end, the median may come out a digit lower than it does from this one.
        return max(self.high - width * self._way(normal_cdf(-score), True), self.low + width * self._way(0.5, False))

    def values(self, scores: FloatArray) -> FloatArray:
        """The values at an array of scores: shape (n,). Raises ValueError where there is no scipy."""
        import numpy as np

        tails = special_functions("an array of scores of a bounded quantity").ndtr(-np.abs(scores))
        width = self.high - self.low
        from_low, from_high = (width * self._ways(tails, mirrored) for mirrored in (False, True))
        beyond = np.maximum(self.high - from_high, self.low + width * self._way(0.5, False))
        result: FloatArray = np.where(scores > 0, beyond, self.low + from_low)
        return result

    def score_of(self, value: float) -> float:
        """The score at which the quantity is `value`; infinite from an end on."""
        if not self.low < value < self.high:
            return math.inf if value >= self.high else -math.inf
        width = self.high - self.low
        below, above = (value - self.low) / width, (self.high - value) / width
        return score_between(self._tail(below, above, False), self._tail(above, below, True))

    @property
    def support(self) -> tuple[float, float]:
        """The two ends."""
        return self.low, self.high

    @property
    def mean(self) -> float:
        """The middle of the two ends."""
        return self.low / 2 + self.high / 2

    def _way(self, tail: float, mirrored: bool) -> float:
        """How much of the width lies between an end, the higher where `mirrored`, and its quantile of `tail`."""
        raise NotImplementedError

    def _ways(self, tails: FloatArray, mirrored: bool) -> FloatArray:
        """The same for an array of tails: shape (n,)."""
        raise NotImplementedError

    def _tail(self, way: float, rest: float, mirrored: bool) -> float:
        """The inverse of `_way`, where `rest` is 1 - way."""
        raise NotImplementedError


class Uniform(_Between):
    """A quantity that is as likely to be anywhere between `low` and `high` as anywhere else there."""

    low: float
    high: float
    degrees_of_freedom: float = math.inf

    def __post_init__(self) -> None:
        super().__post_init__()
        require_freedom(self.degrees_of_freedom)

    @property
    def sd(self) -> float:
        """The standard deviation, the width over the root of 12 (JCGM 100:2008, 4.3.7)."""
        return (self.high - self.low) / math.sqrt(12)

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return generator.uniform(self.low, self.high, n)

    def _way(self, tail: float, mirrored: bool) -> float:
        return tail

    def _ways(self, tails: FloatArray, mirrored: bool) -> FloatArray:
        return tails

    def _tail(self, way: float, rest: float, mirrored: bool) -> float:
        return way


class Triangular(_Between):
    """A quantity between `low` and `high` whose density rises in a line to `mode` and falls in a line from there."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"mode must lie between low and high, {self.low:g} and {self.high:g}, not {self.mode:g}")

    @property
    def mean(self) -> float:
        """The mean of the three."""
        return self.low / 3 + self.mode / 3 + self.high / 3

    @property
    def sd(self) -> float:
        """The standard deviation, root of (l^2 + r^2 + l r) / 18 with l and r the distances from mode to the ends."""
        rise, fall = self._sides(False)
        return (self.high - self.low) * math.sqrt((rise * rise + fall * fall + rise * fall) / 18)

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        return generator.triangular(self.low, self.mode, self.high, n)

    def _sides(self, mirrored: bool) -> tuple[float, float]:
        width = self.high - self.low
        sides = (self.mode - self.low) / width, (self.high - self.mode) / width
        return sides[::-1] if mirrored else sides

    def _way(self, tail: float, mirrored: bool) -> float:
        near, far = self._sides(mirrored)
        # Beyond the mode the way is 1 - sqrt((1 - tail) * far), here without the difference of two near numbers.
        # Held to its side of the mode, so that rounding keeps the order there.
        if tail <= near:
            return min(math.sqrt(tail * near), near)
        return max((near + tail * far) / (1 + math.sqrt((1 - tail) * far)), near)

    def _ways(self, tails: FloatArray, mirrored: bool) -> FloatArray:
        import numpy as np

        near, far = self._sides(mirrored)
        beyond = np.maximum((near + tails * far) / (1 + np.sqrt((1 - tails) * far)), near)
        result: FloatArray = np.where(tails <= near, np.minimum(np.sqrt(tails * near), near), beyond)
        return result

    def _tail(self, way: float, rest: float, mirrored: bool) -> float:
        near, far = self._sides(mirrored)
        # Beyond the mode 1 - rest^2 / far, again without a difference: far = 1 - near and way = 1 - rest.
        return way * way / near if way <= near else (way * (1 + rest) - near) / far


class Arcsine(_Between):
    """A quantity that swings between `low` and `high` as a sine does, read at any moment (U-shaped, GUM H.1.3.4)."""

    low: float
    high: float

    @property
    def sd(self) -> float:
        """The standard deviation, the width over the root of 8 (JCGM 101:2008, 6.4.6)."""
        return (self.high - self.low) / math.sqrt(8)

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent values: shape (n,)."""
        import numpy as np

        return self.low + (self.high - self.low) * np.square(np.sin(generator.random(n) * (np.pi / 2)))

    def _way(self, tail: float, mirrored: bool) -> float:
        return math.sin(math.pi / 2 * tail) ** 2

    def _ways(self, tails: FloatArray, mirrored: bool) -> FloatArray:
        import numpy as np

        result: FloatArray = np.square(np.sin(np.pi / 2 * tails))
        return result

    def _tail(self, way: float, rest: float, mirrored: bool) -> float:
        return math.atan2(math.sqrt(way), math.sqrt(rest)) * 2 / math.pi
