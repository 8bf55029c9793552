"""Standard normal scores: how many standard deviations from its mean a standard normal variable stands."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

_ROOT_TWO_PI = math.sqrt(2 * math.pi)


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
    given: object = level
    if not isinstance(given, int | float) or isinstance(given, bool) or not 0 < given < 1:
        raise ValueError(f"a level must lie between 0 and 1, not {level!r}")
    return -normal_quantile((1 - level) / 2)


def score_of_probability(p: float) -> float:
    """The score of a probability, 0 and 1 included."""
    return normal_quantile(p) if 1e-300 <= p < 1 else math.copysign(math.inf, p - 0.5)


def normal_cdf_of_array(scores: FloatArray) -> FloatArray:
    """The probabilities of standard normal scores, of the same shape."""
    try:
        from scipy.special import ndtr
    except ImportError:
        import numpy as np

        erfc: Any = np.frompyfunc(math.erfc, 1, 1)
        return 0.5 * erfc(-np.asarray(scores) / math.sqrt(2)).astype(np.float64)  # type: ignore[no-any-return]
    return ndtr(scores)  # type: ignore[no-any-return]
