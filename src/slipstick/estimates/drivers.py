"""Which input drives an estimate: shares of the variance by the method that fits, and a tornado table.

`specs/sensitivity.md` says which figure answers which question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from slipstick.estimates.error_bars import evaluation_of
from slipstick.units import written

if TYPE_CHECKING:
    from slipstick.estimates.estimate import Estimate


class Driver(NamedTuple):
    """An uncertain input with its part of the variance of the result, or of its log.

    The shares of all add up to 1. `first` is what the input does alone and `total` what it does alone and with others,
    where those are not the same (Sobol indices, else None). `standard_error` is 0 for a closed form.
    """

    name: str
    share: float
    standard_error: float
    first: float | None
    total: float | None
    method: str


class Swing(NamedTuple):
    """The result, in base units, with one input at the low and at the high end of its 90 % range, others at medians."""

    name: str
    input_low: float
    input_high: float
    unit: str
    low: float
    high: float


def drivers_of(estimate: Estimate, seed: int) -> tuple[Driver, ...]:
    """The uncertain inputs, the one that drives the result most first; see `Estimate.drivers`."""
    from slipstick.uncertainty.sensitivity import SobolIndices, drivers

    evaluate, leaves = evaluation_of(estimate)
    powers = estimate.powers
    found = drivers(
        evaluate,
        [i.distribution() for i in leaves],
        exponents=None if powers is None else [float(powers[id(i)]) for i in leaves],
        correlation=estimate.correlations.matrix(leaves),
        seed=seed,
    )
    sobol = found if isinstance(found, SobolIndices) else None
    rows = [
        Driver(
            estimate.name_of[id(given)],
            found.shares[n],
            found.standard_errors[n],
            sobol.first[n] if sobol else None,
            sobol.total[n] if sobol else None,
            found.method,
        )
        for n, given in enumerate(leaves)
        if given.is_uncertain
    ]
    return tuple(sorted(rows, key=lambda row: -row.share))


def tornado_of(estimate: Estimate) -> tuple[Swing, ...]:
    """The widest swing first; see `Estimate.tornado`."""
    from slipstick.uncertainty.sensitivity import tornado

    evaluate, leaves = evaluation_of(estimate)
    rows = tornado(evaluate, [i.distribution() for i in leaves], correlation=estimate.correlations.matrix(leaves))
    return tuple(
        Swing(
            estimate.name_of[id(leaves[row.place])],
            row.input_low,
            row.input_high,
            written(leaves[row.place].unit),
            row.low,
            row.high,
        )
        for row in rows
    )
