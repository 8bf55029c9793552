"""One bill: an estimate multiplied out with a price, its interval, and what drives it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from slipstick.costs.bill import Bill, Figure
from slipstick.costs.pricing import Pricing
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.evaluation import UnitsError
from slipstick.estimates.inputs import Input, float_of
from slipstick.formula import Leaf
from slipstick.units import UnitTerm, label

HOUR, DAY = 3600, 86400


@dataclass(frozen=True)
class Work:
    """What a bill is made out for: dollars, or else device-time, on things of the unit `unit`, in words `device`.

    `factors` lead from device-time to FLOP: a peak and a utilization, or none where FLOP are not asked.
    """

    amount: Estimate
    is_dollars: bool
    factors: tuple[Input, ...]
    unit: str
    device: str
    days: Fraction | None
    level: float


def billed(work: Work, pricing: Pricing) -> Bill:
    """The bill by one price. Raises UnitsError where it does not come out in dollars and device-time."""
    price = Estimate(Leaf(pricing.price))
    time = work.amount / pricing.price if work.is_dollars else work.amount
    dollars = work.amount if work.is_dollars else work.amount * pricing.price
    _expect(dollars, (("USD", 1),))
    _expect(time, tuple(sorted(((work.unit, 1), ("second", 1)))))
    done = None
    if work.is_dollars and work.factors:
        done = time
        for each in work.factors:
            done = done * each
        _expect(done, (("FLOP", 1),))
    span = None if work.days is None else Input("days", work.days, (UnitTerm("day"),))
    devices = None if span is None else time / span
    result = (done or time) if work.is_dollars else dollars
    return Bill(
        kind=pricing.kind,
        price=figure(price, Fraction(1, HOUR), f"USD/{work.device}/hour", work.level),
        usd=figure(dollars, Fraction(1), "USD", work.level),
        device_hours=figure(time, Fraction(HOUR), f"{work.device}-hours", work.level),
        flop=None if done is None else figure(done, Fraction(1), "FLOP", work.level),
        devices=None if devices is None else figure(devices, Fraction(1), work.device, work.level),
        lists=pricing.lists,
        runs=pricing.runs,
        drivers=_drivers(result),
        estimate=result,
    )


def _expect(estimate: Estimate, wanted: tuple[tuple[str, int], ...]) -> None:
    if estimate.dimension != wanted:
        raise UnitsError(f"what is priced comes out in {label(estimate.dimension)}, not in {label(wanted)}")


def figure(estimate: Estimate, scale: Fraction, unit: str, level: float) -> Figure:
    """The value in `unit`, which is `scale` base units, with its interval."""
    value, size = float_of(estimate.exact_value / scale), float_of(scale)
    spread = estimate.spread(level)
    if spread is None:
        return Figure(value, unit, level=level)
    ends = (spread.low / size, spread.median / size, spread.high / size)
    if not all(map(math.isfinite, ends)):
        raise ValueError("the interval is beyond 1e300")
    return Figure(value, unit, *ends, level, spread.method)


def _drivers(estimate: Estimate) -> tuple[tuple[str, float], ...]:
    """The uncertain inputs by name with their shares of the variance, the largest first."""
    spread = estimate.spread()
    if spread is None:
        return ()
    names = estimate.name_of
    found = [(names[id(i)], share) for i, share in zip(estimate.leaves, spread.shares, strict=True) if share > 0]
    return tuple(sorted(found, key=lambda pair: -pair[1]))
