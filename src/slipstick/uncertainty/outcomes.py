"""The results of an expression for arrays of inputs: checked, and on the scale whose variance is shared out.

A variance of the result itself is ruled by the largest values where the result is spread over factors, as most
estimates are; there, the variance of its logarithm is what a range "to within a factor" speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

Evaluate: TypeAlias = Callable[[Sequence[Any]], Any]
Answer = TypeVar("Answer")


class NotPositive(ValueError):
    """A result that has no logarithm."""


def outcomes(evaluate: Evaluate, columns: Sequence[Any], n: int, *, of_log: bool) -> FloatArray:
    """The results for `n` draws of the inputs, shape (n,), or their natural logarithms.

    `columns` holds an array of shape (n,), or a float, for each input. Raises ValueError for a result that is not a
    finite number, `NotPositive` for one of 0 or less whose logarithm is wanted.
    """
    import numpy as np

    with np.errstate(all="ignore"):
        results = np.broadcast_to(np.asarray(evaluate(columns), np.float64), (n,))
    if not np.isfinite(results).all():
        raise ValueError("the result is not a finite number for some values of its inputs")
    if not of_log:
        return results
    if not (results > 0).all():
        raise NotPositive("the result is not positive for some values of its inputs, so that it has no logarithm")
    return np.log(results)


def on_either_scale(run: Callable[[bool], Answer], of_log: bool | None) -> Answer:
    """`run` on the scale that was asked for; without one, on the logarithm if all results are positive."""
    if of_log is not None:
        return run(of_log)
    try:
        return run(True)
    except NotPositive:
        return run(False)


def deviation_of(results: FloatArray, *, of_log: bool) -> float:
    """The standard deviation of results; 0 where they differ by rounding alone."""
    import numpy as np

    largest = float(np.abs(results).max())
    deviation = float((results / largest).std()) * largest if largest else 0.0
    # An error of rounding is relative to the result, hence absolute in its logarithm.
    return deviation if deviation > 1e-13 * (max(largest, 1.0) if of_log else largest) else 0.0
