"""How much systems scatter about a line, beside the errors of the points, and how sure that is.

Where the scatter has the variance v, the weighted sum of squares about the fitted line, Q(v) with weights
1 / (v + s_i^2), is distributed as chi-square with n - p degrees of freedom, and it falls as v grows. The estimate is
the v at which Q is what is expected of it, n - p (Paule and Mandel 1982). The v at which Q is each quantile of
chi-square are its confidence distribution (Viechtbauer 2007, the Q profile; what is below zero counts as zero), and the
interval of one more system averages the normal distribution over it (Nagashima, Noma and Furukawa 2019, for a
meta-analysis). Without errors of the points' own, this is Student's t.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

EXACT = 1e-24
"""A variance (doublings squared) for points that lie on the line and have no error."""
_NODES, _GRID = 200, 150
_LEAST = 1e-8  # of the variance without weights: what is less than that is no scatter


def misfits(columns: Array, y: Array, variances: Array) -> Array:
    """The weighted sum of squares that a least-squares fit leaves, for each row of `variances`."""
    import numpy as np

    weights = 1 / np.sqrt(variances)
    bases = np.linalg.qr(columns * weights[..., None])[0]
    series = y * weights
    left = series - np.einsum("...ij,...j->...i", bases, np.einsum("...ij,...i->...j", bases, series))
    return np.asarray(np.square(left).sum(axis=-1))


def expected_for_weights(freedom: int) -> float:
    """The sum of squares at which the variance gives weights that are right on average.

    With errors that are all alike, and a sum of squares S without weights, the variance of Paule and Mandel is S / f,
    and right on average; but its inverse, which weighs the points, is then f / (f - 2) times too large. That of
    S / (f - 2) is right. Where f is 4 or less, half of it: S has hardly a bound below then.
    """
    return max(freedom - 2.0, freedom / 2)


def variance(columns: Array, y: Array, own: Array, freedom: float) -> float:
    """The variance of systems at which their sum of squares is `freedom`: for the degrees of freedom that of Paule and
    Mandel; 0 where the points' own variances are enough.
    """
    import numpy as np
    from scipy.optimize import brentq

    plain = float(misfits(columns, y, np.ones_like(y))) / freedom
    if plain <= EXACT:
        return 0.0
    if np.ptp(own) == 0:
        return max(0.0, plain - float(own[0]))
    least = 1e-9 * plain
    if misfits(columns, y, least + own) <= freedom:
        return 0.0
    found = brentq(
        lambda scatter: float(misfits(columns, y, scatter + own)) - freedom, least, plain, xtol=1e-12, rtol=1e-9
    )
    return float(found)


def half_width(columns: Array, y: Array, own: Array, freedom: int, level: float) -> float:
    """How far from the line systems lie, at most, with a probability of `level`, in doublings: over the confidence
    distribution of their scatter.
    """
    import numpy as np
    from scipy.optimize import brentq
    from scipy.special import ndtr
    from scipy.stats import t

    total = float(misfits(columns, y, np.ones_like(y)))
    if total / freedom <= EXACT:
        return 0.0
    if not own.any():
        return float(t.ppf((1 + level) / 2, freedom)) * float((total / freedom) ** 0.5)
    deviations = np.sqrt(_variances(columns, y, own, freedom, total))
    scattered = deviations[deviations > 0]
    certain = 1 - len(scattered) / len(deviations)
    if certain >= level:
        return 0.0

    def beyond(half: float) -> float:
        within = 2 * ndtr(half / scattered) - 1
        return certain + float(within.sum()) / len(deviations) - level

    return float(brentq(beyond, 0.0, 10 * float(scattered.max()), rtol=1e-9))


def _variances(columns: Array, y: Array, own: Array, freedom: int, total: float) -> Array:
    """The confidence distribution of the variance, as values of equal probability."""
    import numpy as np
    from scipy.stats import chi2

    wanted = chi2.ppf((np.arange(_NODES) + 0.5) / _NODES, freedom)
    grid = np.geomspace(_LEAST * total / freedom, total / wanted[0], _GRID)  # Q(v) is at most total / v
    found = misfits(columns, y, grid[:, None] + own)
    values = np.exp(np.interp(np.log(wanted), np.log(found[::-1]), np.log(grid[::-1])))
    return np.asarray(np.where(wanted >= found[0], 0.0, values))
