"""Distributions from what people know of a quantity: a range, a mean with its uncertainty, a factor, draws.

All numbers are floats in the unit of the quantity. Each raises ValueError, in one line, for what cannot be.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from slipstick.uncertainty.distributions import Distribution, Exact, LogitNormal, LogNormal, Normal
from slipstick.uncertainty.scores import central_score, normal_cdf

_ONE_DEVIATION = 2 * normal_cdf(1.0) - 1


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


def plus_minus(
    mean: float,
    sd: float,
    *,
    level: float | None = None,
    degrees_of_freedom: float = math.inf,
    fraction: bool = False,
) -> Distribution:
    """Normal with a mean and a standard deviation; with a `level`, `sd` is the half-width of its central interval.

    A `fraction` is the logit-normal whose central interval of that level, else of 68.3 %, has the same two ends.
    """
    _finite("a mean", mean)
    _deviation(sd)
    if fraction:
        return between(mean - sd, mean + sd, level=level or _ONE_DEVIATION, fraction=True)
    return normal(mean, sd / central_score(level) if level is not None else sd, degrees_of_freedom=degrees_of_freedom)


def normal(mean: float, sd: float, *, degrees_of_freedom: float = math.inf) -> Distribution:
    """Normal with a mean and a standard deviation; exact where that is 0."""
    _finite("a mean", mean)
    _deviation(sd)
    return Normal(mean, sd, degrees_of_freedom) if sd else Exact(mean)


def lognormal(median: float, factor: float) -> Distribution:
    """Lognormal with a median > 0 and a geometric standard deviation `factor` >= 1; exact where that is 1.

    Two times in three it lies between median / factor and median * factor.
    """
    if not 0 < median < math.inf:
        raise ValueError(f"a lognormal quantity is positive: its median must be above 0, not {median:g}")
    if not 1 <= factor < math.inf:
        raise ValueError(f"a geometric standard deviation is a factor of 1 or more, not {factor:g}")
    return LogNormal(math.log(median), math.log(factor)) if factor > 1 else Exact(median)


def uniform(low: float, high: float) -> Distribution:
    """Equally likely everywhere from low to high; exact where they are equal."""
    from slipstick.uncertainty import bounded

    _ordered(low, high)
    return bounded.Uniform(low, high) if low < high else Exact(low)


def triangular(low: float, mode: float, high: float) -> Distribution:
    """From low to high, most likely at the mode; exact where they are equal."""
    from slipstick.uncertainty import bounded

    _ordered(low, high)
    if not low <= mode <= high:
        raise ValueError(f"the mode lies between the ends, {low:g} to {high:g}, not at {mode:g}")
    return bounded.Triangular(low, mode, high) if low < high else Exact(low)


def arcsine(low: float, high: float) -> Distribution:
    """What swings as a sine between two ends (U-shaped); exact where they are equal."""
    from slipstick.uncertainty import bounded

    _ordered(low, high)
    return bounded.Arcsine(low, high) if low < high else Exact(low)


def beta(a: float, b: float) -> Distribution:
    """A fraction of 0 to 1 with the beta distribution."""
    from slipstick.uncertainty import shapes

    if not (0 < a < math.inf and 0 < b < math.inf):
        raise ValueError(f"the two shapes of a beta distribution must be above 0, not {a:g} and {b:g}")
    return shapes.Beta(a, b)


def student_t(location: float, scale: float, degrees_of_freedom: float) -> Distribution:
    """Student's t, shifted and scaled; exact where the scale is 0, normal with infinite degrees of freedom."""
    from slipstick.uncertainty import shapes

    _finite("a location", location)
    _deviation(scale, "a scale")
    if not degrees_of_freedom >= 1:
        raise ValueError(f"degrees of freedom must be 1 or more, not {degrees_of_freedom:g}")
    if not scale:
        return Exact(location)
    return (
        Normal(location, scale)
        if math.isinf(degrees_of_freedom)
        else shapes.StudentT(location, scale, degrees_of_freedom)
    )


def factor_of(factor: float, *, level: float = 0.9) -> Distribution:
    """1, known to within a factor either way with probability `level`: lognormal."""
    if not 1 <= factor < math.inf:
        raise ValueError(f"a factor either way is 1 or more, not {factor:g}")
    return between(1 / factor, factor, level=level)


def samples(values: Iterable[float]) -> Distribution:
    """The distribution of measured draws; exact where all are equal."""
    from slipstick.uncertainty import shapes

    draws = tuple(sorted(map(float, values)))
    if len(draws) < 2:
        raise ValueError(f"expected at least two samples, not {len(draws)}")
    for value in (draws[0], draws[-1], *(v for v in draws if v != v)):
        _finite("a sample", value)
    return shapes.Empirical(draws) if draws[0] < draws[-1] else Exact(draws[0])


def _finite(what: str, value: float) -> None:
    if not math.isfinite(value):
        raise ValueError(f"{what} must be a finite number, not {value!r}")


def _deviation(value: float, what: str = "a standard deviation") -> None:
    if not 0 <= value < math.inf:
        raise ValueError(f"{what} must be 0 or more, not {value:g}")


def _ordered(low: float, high: float) -> None:
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f"a range needs two finite ends, not {low:g} to {high:g}")
    if low > high:
        raise ValueError(f"a range runs from its lower to its higher end, not {low:g} to {high:g}")
