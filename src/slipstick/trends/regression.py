"""Least squares on the logarithmic scale, where every point has an error of its own and systems scatter besides.

    y_i = a + b x_i + system_i + error_i,   system_i ~ N(0, scatter^2),   error_i ~ N(0, s_i^2)

with s_i from the point's own interval. It is the model of a random-effects meta-regression. The scatter is estimated
in `scattering`; the interval of the line is Student's t with n - p degrees of freedom, as of Knapp and Hartung (2003).
Without own intervals this is ordinary least squares. The fits themselves are statsmodels', the quantiles are scipy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick.trends import scattering
from slipstick.trends.lines import Fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

LIBRARIES = ("statsmodels", "scipy", "pandas")
"""What the extra `trend` installs, and statsmodels does not import without."""
_TOO_CLOSE = 0.05
"""Chance below which points lie closer to the line than their own intervals allow."""


class Data(NamedTuple):
    """Logarithms `y` (to the base of 2) at times `x` (years from an origin) with own variances `own`."""

    x: Array
    y: Array
    own: Array

    @property
    def size(self) -> int:
        """How many points there are."""
        return len(self.y)


class Scale(NamedTuple):
    """What the scatter of the points says: the standard deviation `scatter` of systems, the variance of every point,
    Student's `quantile` with its degrees of freedom, and what an interval may add to the sum of squares.
    """

    scatter: float
    variances: Array
    quantile: float
    allowance: float
    too_close: bool


def arrays(x: Sequence[float], y: Sequence[float], deviations: Sequence[float]) -> Data:
    """The points as arrays."""
    import numpy as np

    return Data(np.array(x, float), np.array(y, float), np.array(deviations, float) ** 2)


def design(x: Array, bend: float | None) -> Array:
    """The columns 1, x and, for a line that bends, max(0, x - bend)."""
    import numpy as np

    columns = [np.ones_like(x), x] if bend is None else [np.ones_like(x), x, np.maximum(0.0, x - bend)]
    return np.column_stack(columns)


def fitted(data: Data, bend: float | None, variances: Array) -> Fit:
    """The weighted fit of a line with a given bend."""
    from statsmodels.regression.linear_model import WLS

    result = WLS(data.y, design(data.x, bend), weights=1 / variances).fit()
    covariance = tuple(tuple(float(value) for value in row) for row in result.normalized_cov_params)
    return Fit(bend, tuple(float(value) for value in result.params), covariance, float(result.ssr))


def scale(data: Data, bend: float | None, level: float, parameters: int | None = None) -> Scale:
    """The scale of a line with that bend; `parameters` counts the bend itself, where it was searched for.

    Where there is no scatter beside the points' own errors, their sum of squares scales the interval (the t interval is
    then exact); unless it is smaller than it is in one series of twenty, when the own intervals are taken at their
    word, so that points on one line with wide intervals do not give a certain slope.
    """
    import numpy as np
    from scipy.stats import chi2, norm, t

    columns = 2 if bend is None else 3
    freedom = data.size - (columns if parameters is None else parameters)
    known = design(data.x, bend), data.y, data.own, freedom
    scatter = scattering.variance(*known)
    weighing = scattering.variance(*known[:3], scattering.expected_for_weights(freedom))
    variances = np.maximum(weighing + data.own, scattering.EXACT)
    misfit = float(scattering.misfits(known[0], data.y, variances))
    quantile = float(t.ppf((1 + level) / 2, freedom))
    too_close = weighing == 0 and bool(chi2.cdf(misfit, freedom) < _TOO_CLOSE)
    allowance = float(norm.ppf((1 + level) / 2)) ** 2 if too_close else quantile**2 * misfit / freedom
    return Scale(float(scatter**0.5), variances, quantile, allowance, too_close)


def half_width(data: Data, bend: float | None, level: float) -> float:
    """Half the interval, in doublings, of systems about a line with that bend."""
    freedom = data.size - (2 if bend is None else 4)
    return scattering.half_width(design(data.x, bend), data.y, data.own, freedom, level)
