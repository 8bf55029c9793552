"""Distributions as people state them: plus or minus, within a factor, by mean or median, as measured draws.

All numbers are in the unit of the quantity. What cannot be is a ValueError of one line; a width of 0 makes it exact.
`between`, the most usual, stands in `distributions`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from slipstick.uncertainty.distribution import Distribution, require_finite, require_freedom
from slipstick.uncertainty.distributions import Exact, LogNormal, Normal, between
from slipstick.uncertainty.scores import central_score
from slipstick.uncertainty.shapes import Arcsine, Beta, Empirical, StudentT, Triangular, Uniform

_ONE_SD = math.erf(math.sqrt(0.5))
"""The probability within one standard deviation of a normal variable, 68.27 %."""


def exact(value: float) -> Exact:
    """A quantity without uncertainty."""
    return Exact(value)


def plus_minus(
    mean: float,
    sd: float,
    *,
    degrees_of_freedom: float = math.inf,
    level: float | None = None,
    fraction: bool = False,
) -> Distribution:
    """`mean` plus or minus the standard deviation `sd`: normal, or with `degrees_of_freedom` Student's t about `mean`.

    With a `level`, `sd` is half the width of the central interval of that probability instead (an expanded
    uncertainty). With `fraction` it is the logit-normal of which mean - sd to mean + sd is the central interval, of
    68.27 % or `level`: its own mean and deviation differ a little.

    Raises ValueError for a negative sd, degrees of freedom of 0 or less or of a fraction, a fraction's interval that
    leaves 0 to 1.
    """
    require_finite(mean=mean)
    _require_width(sd=sd)
    if fraction:
        if degrees_of_freedom != math.inf:
            raise ValueError("a fraction takes no degrees of freedom: it is logit-normal")
        return between(mean - sd, mean + sd, level=_ONE_SD if level is None else level, fraction=True)
    return student_t(mean, sd / _reach(level, degrees_of_freedom), degrees_of_freedom)


def _reach(level: float | None, degrees_of_freedom: float) -> float:
    """How many scales of a t or a normal variable half its central interval is wide; 1 where there is no level."""
    if level is None:
        return 1.0
    z = central_score(level)
    if degrees_of_freedom == math.inf:
        return z
    return StudentT(0.0, 1.0, degrees_of_freedom).at(z)


def normal(mean: float, sd: float, *, degrees_of_freedom: float = math.inf) -> Normal | Exact:
    """Normal with that mean and standard deviation; the degrees of freedom are for the first order alone."""
    _require_width(sd=sd)
    require_freedom(degrees_of_freedom)
    return Normal(mean, sd, degrees_of_freedom) if sd else Exact(mean)


def student_t(location: float, scale: float, degrees_of_freedom: float) -> StudentT | Normal | Exact:
    """`location` plus `scale` times Student's t; normal where the degrees of freedom are infinitely many.

    For n measurements with mean m and deviation s: m, s / sqrt(n), n - 1 (JCGM 101:2008, 6.4.9.2).
    """
    _require_width(scale=scale)
    require_freedom(degrees_of_freedom)
    if not scale:
        return Exact(location)
    if degrees_of_freedom == math.inf:
        return Normal(location, scale)
    return StudentT(location, scale, degrees_of_freedom)


def uniform(low: float, high: float, *, degrees_of_freedom: float = math.inf) -> Uniform | Exact:
    """As likely anywhere from `low` to `high`; the degrees of freedom are for the first order alone."""
    _require_order(low, high)
    require_freedom(degrees_of_freedom)
    return Exact(low) if low == high else Uniform(low, high, degrees_of_freedom)


def triangular(low: float, mode: float, high: float) -> Triangular | Exact:
    """From `low` to `high`, most likely at `mode`, with straight lines between."""
    _require_order(low, high)
    require_finite(mode=mode)
    if not low <= mode <= high:
        raise ValueError(f"the most likely value must lie inside the range, {low:g} to {high:g}, not at {mode:g}")
    return Exact(low) if low == high else Triangular(low, mode, high)


def arcsine(low: float, high: float) -> Arcsine | Exact:
    """Swinging between `low` and `high` as a sine does: U-shaped."""
    _require_order(low, high)
    return Exact(low) if low == high else Arcsine(low, high)


def beta(a: float, b: float) -> Beta:
    """A fraction of 0 to 1 by the two shapes of the beta distribution.

    After a uniform prior, a - 1 successes and b - 1 failures were seen.
    """
    return Beta(a, b)


def lognormal(
    *,
    median: float | None = None,
    sigma: float | None = None,
    geometric_sd: float | None = None,
    mean: float | None = None,
    sd: float | None = None,
) -> LogNormal | Exact:
    """Lognormal by its `median` and `sigma` (the deviation of the natural log) or `geometric_sd` (a factor, e^sigma).

    Or by its own `mean` and `sd`. All by name: two bare numbers are mean and deviation of the log for numpy and
    OpenTURNS, a 90 % interval for squigglepy, shape and shift for scipy. By an interval it is `between`.

    Raises ValueError for another combination, a median or mean of 0 or less, a negative deviation.
    """
    given = {"median": median, "sigma": sigma, "geometric_sd": geometric_sd, "mean": mean, "sd": sd}
    names, numbers = [n for n, x in given.items() if x is not None], [x for x in given.values() if x is not None]
    if names not in (["median", "sigma"], ["median", "geometric_sd"], ["mean", "sd"]):
        wanted = "median and sigma, median and geometric_sd, or mean and sd"
        raise ValueError(f"a lognormal takes {wanted}, not {' and '.join(names) or 'nothing'}")
    centre, width = numbers
    if not 0 < centre < math.inf:
        raise ValueError(f"a lognormal quantity is positive: its {names[0]} cannot be {centre:g}")
    if geometric_sd is not None:
        if not 1 <= geometric_sd < math.inf:
            raise ValueError(f"geometric_sd must be a finite factor of 1 or more, not {geometric_sd:g}")
        width = math.log(geometric_sd)
    _require_width(**{names[1]: width})
    if not width:
        return Exact(centre)
    if mean is None:
        return LogNormal(math.log(centre), width)
    # Aitchison and Brown, The Lognormal Distribution (1957), 2.3: sigma^2 = ln(1 + (sd / mean)^2).
    ratio = width / centre
    log_ratio = math.log(width) - math.log(centre)
    deviation = math.sqrt(math.log1p(ratio * ratio) if ratio < 1e8 else 2 * log_ratio) or ratio
    return LogNormal(math.log(centre) - deviation * deviation / 2, deviation)


def factor_of(k: float, *, level: float = 0.9) -> LogNormal:
    """Lognormal about 1: within a factor of `k` > 1 either way, from 1 / k to k, with probability `level`."""
    if not 1 < k < math.inf:
        raise ValueError(f"within a factor of k takes a finite k above 1, not {k:g}")
    return LogNormal(0.0, math.log(k) / central_score(level))


def samples(values: Iterable[float]) -> Empirical | Exact:
    """Measured draws, at least two finite numbers; exact where all are equal."""
    made = Empirical(tuple(values))
    return made if made.draws[0] < made.draws[-1] else Exact(made.draws[0])


def _require_order(low: float, high: float) -> None:
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f"a range needs two finite ends, not {low:g} to {high:g}")
    if low > high:
        raise ValueError(f"a range runs from its lower to its higher end, not {low:g} to {high:g}")


def _require_width(**widths: float) -> None:
    for name, width in widths.items():
        if not 0 <= width < math.inf:
            raise ValueError(f"{name} must be a finite number of 0 or more, not {width:g}")
