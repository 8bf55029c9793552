"""One bill: an estimate multiplied out with a price, its interval, and what drives it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

from slipstick.costs.bill import Bill, Figure
from slipstick.costs.pricing import Pricing
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.evaluation import UnitsError
from slipstick.estimates.inputs import Input, float_of
from slipstick.formula import Leaf
from slipstick.uncertainty.spread import Spread
from slipstick.units import label

HOUR = 3600
_AS_GIVEN = 0.9  # the probability of an interval of two ends


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


def billed(work: Work, pricing: Pricing, hours: Figure | None) -> Bill:
    """The bill by one price; `hours` is what the device-time is under every price, None where dollars are given.

    Raises UnitsError where it does not come out in dollars and device-time.
    """
    price = Estimate(Leaf(pricing.price))
    time = work.amount / pricing.price if work.is_dollars else work.amount
    dollars = work.amount if work.is_dollars else work.amount * pricing.price
    _expect(dollars, (("USD", 1),))
    _expect(time, tuple(sorted(((work.unit, 1), ("second", 1)))))
    done = _flop(work, time)
    result = (done or time) if work.is_dollars else dollars
    spread = result.spread(work.level)
    took = hours or figure(time, Fraction(HOUR), _hours(work), work.level)
    return Bill(
        kind=pricing.kind,
        price=_price(price, pricing, work),
        usd=figure(dollars, Fraction(1), "USD", work.level, spread if result is dollars else None),
        device_hours=took,
        flop=None if done is None else figure(done, Fraction(1), "FLOP", work.level, spread),
        devices=None if work.days is None else _devices(took, work.days, work.device),
        lists=pricing.lists,
        runs=pricing.runs,
        drivers=_drivers(result, spread, work),
        estimate=result,
    )


def device_hours(work: Work) -> Figure | None:
    """What the device-time is under every price; None where dollars are given, so that it depends on the price."""
    return None if work.is_dollars else figure(work.amount, Fraction(HOUR), _hours(work), work.level)


def _hours(work: Work) -> str:
    return f"{work.device}-hours"


def _flop(work: Work, time: Estimate) -> Estimate | None:
    """What is computed in the device-time that dollars buy."""
    if not work.is_dollars or not work.factors:
        return None
    done = time
    for each in work.factors:
        done = done * each
    _expect(done, (("FLOP", 1),))
    return done


def _devices(hours: Figure, days: Fraction, device: str) -> Figure:
    """How many devices take so many days."""
    each = float_of(days * 24)
    low, median, high = (None if end is None else end / each for end in (hours.low, hours.median, hours.high))
    return Figure(hours.value / each, device, low, median, high, hours.level, hours.method)


def _price(price: Estimate, pricing: Pricing, work: Work) -> Figure:
    """The price of an hour; its interval is that of the lists, exactly, where 90 % are asked."""
    made = figure(price, Fraction(1, HOUR), f"USD/{work.device}/hour", work.level)
    given = pricing.price
    if made.low is None or given.low is None or given.high is None or work.level != _AS_GIVEN:
        return made
    scale = price.exact_value * HOUR / given.value
    return replace(made, low=float_of(given.low * scale), high=float_of(given.high * scale))


def _expect(estimate: Estimate, wanted: tuple[tuple[str, int], ...]) -> None:
    if estimate.dimension != wanted:
        raise UnitsError(f"what is priced comes out in {label(estimate.dimension)}, not in {label(wanted)}")


def figure(estimate: Estimate, scale: Fraction, unit: str, level: float, known: Spread | None = None) -> Figure:
    """The value in `unit`, which is `scale` base units, with its interval (`known`, where it has been computed)."""
    value, size = float_of(estimate.exact_value / scale), float_of(scale)
    spread = known or estimate.spread(level)
    if spread is None:
        return Figure(value, unit, level=level)
    ends = (spread.low / size, spread.median / size, spread.high / size)
    if not all(map(math.isfinite, ends)):
        raise ValueError("the interval is beyond 1e300")
    return Figure(value, unit, *ends, level, spread.method)


def _drivers(estimate: Estimate, spread: Spread | None, work: Work) -> tuple[tuple[str, float], ...]:
    """The uncertain inputs by name with their shares of the variance, the largest first.

    A calculation that is priced may have a utilization of its own: then it is said whose the other one is.
    """
    if spread is None:
        return ()
    names = dict(estimate.name_of)
    names |= {id(f): f"{f.name} of the {work.device}" for f in work.factors if names.get(id(f), f.name) != f.name}
    found = [(names[id(i)], share) for i, share in zip(estimate.leaves, spread.shares, strict=True) if share > 0]
    return tuple(sorted(found, key=lambda pair: -pair[1]))
