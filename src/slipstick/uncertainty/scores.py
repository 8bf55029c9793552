"""Standard normal scores: how many standard deviations from its middle a normal variable of a given probability stands.

Plain Python, so that error bars that need no sampling need no numpy either.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

_ROOT_TWO_PI = math.sqrt(2 * math.pi)
_LEAST = 1e-300  # the smallest probability of which a score is computed: -37.05


def normal_cdf(score: float) -> float:
    """The probability that a standard normal variable is at most `score`."""
    return 0.5 * math.erfc(-score / math.sqrt(2))


def normal_quantile(p: float) -> float:
    """The score below which a standard normal variable lies with probability `p`; ValueError unless 1e-300 <= p < 1.

    Starts from Abramowitz and Stegun 26.2.23 (good to 4.5e-4), then takes two steps of Halley's method on the
    complementary error function, each of which triples the number of right digits.
    """
    if not _LEAST <= p < 1:
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
    if level > 0.1:
        return -normal_quantile((1 - level) / 2)
    # 1 - level would drop the digits of a small level: Newton's method on the error function, from its slope at 0.
    z = level * _ROOT_TWO_PI / 2
    for _ in range(3):
        z -= (math.erf(z / math.sqrt(2)) - level) * _ROOT_TWO_PI / 2 * math.exp(z * z / 2)
    return z


def score_between(below: float, above: float) -> float:
    """The score that has the probability `below` below it and `above` above it, both in 0..1.

    The smaller of the two decides, so that neither tail is rounded off; infinite where one of them is 0.
    """
    if below <= 0 or above <= 0:
        return -math.inf if below <= 0 else math.inf
    score = normal_quantile(max(min(below, above), _LEAST))
    return score if below <= above else -score


def special_functions(what: str) -> Any:
    """`scipy.special`, for `what`, the words with which the message of a ValueError begins where there is no scipy."""
    try:
        from scipy import special
    except ImportError:
        raise ValueError(f'{what} needs scipy: pip install "slipstick[sampling]"') from None
    return special
