"""How far the spreads of two estimates overlap, and which of their inputs the spread of their ratio is due to."""

from __future__ import annotations

from typing import NamedTuple

from slipstick.comparison.alignment import Pair
from slipstick.comparison.ledger import Overlap
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.rivals import ratio_agreement
from slipstick.pipeline import MOST_UNCERTAIN
from slipstick.report import Interval


class Spreads(NamedTuple):
    """The overlap, or why there is none, and the share of the ratio's variance by the id of each input."""

    overlap: Overlap | None
    why_none: str
    shares: dict[int, float]
    notes: tuple[str, ...] = ()

    def share(self, pair: Pair) -> float | None:
        """The share of what a pair holds; None where nothing in it is uncertain."""
        inputs = {id(i): i for f in (*pair.a, *pair.b) for i in f.inputs if i.is_uncertain}
        return sum(self.shares.get(key, 0.0) for key in inputs) if inputs and self.shares else None


_EXACT = {
    True: "they are the same, and nothing in them is uncertain",
    False: "they differ, and nothing in them is uncertain",
}


_CANCELS = {
    True: "they are the same: what is uncertain in them is one and the same, and cancels",
    False: "they differ: what is uncertain in them is one and the same, and cancels",
}
_NOTHING = 1e-9
"""An interval narrower than this part of its middle is one of rounding."""


def spreads_of(first: Estimate, second: Estimate, level: float) -> Spreads:
    """The spread of `second` over `first`."""
    uncertain = [i for each in (first, second) for i in each.inputs if i.is_uncertain]
    if len(uncertain) > MOST_UNCERTAIN:
        return Spreads(None, f"{len(uncertain)} of the inputs are uncertain, more than {MOST_UNCERTAIN}", {})
    if min(first.exact_value, second.exact_value) <= 0:
        return Spreads(None, "only positive estimates have a ratio whose spread says whether they agree", {})
    ratio = second / first
    try:
        spread = ratio.spread(level)
        if spread is not None and spread.low <= 0:
            return Spreads(None, "one of the two may be zero or less", {})
        found = ratio_agreement(ratio, spread, level, ("B", "A"))
        if spread is None:
            found = found._replace(words=_EXACT[found.agree])
        elif spread.high - spread.low <= _NOTHING * spread.median:
            found = found._replace(words=_CANCELS[abs(spread.median - 1) <= _NOTHING])
    except (ValueError, ArithmeticError) as error:
        return Spreads(None, str(error), {})
    shares = dict(zip(map(id, ratio.leaves), spread.shares, strict=True)) if spread and spread.shares else {}
    return Spreads(Overlap(*found), "", shares, _notes(first, second))


def _notes(first: Estimate, second: Estimate) -> tuple[str, ...]:
    """That assumed ranges are taken as independent, where both estimates rest on one."""
    ours, theirs = (
        {id(i) for i in each.inputs if i.role == "utilization" and i.is_uncertain} for each in (first, second)
    )
    if not ours or not theirs or ours & theirs:
        return ()
    return ("The two utilizations are taken as independent; were they one and the same unknown, they would cancel.",)


def interval_of(estimate: Estimate, level: float) -> Interval | None:
    """The interval of one estimate; None where nothing is uncertain, or it could not be computed."""
    if len([i for i in estimate.inputs if i.is_uncertain]) > MOST_UNCERTAIN:
        return None
    try:
        spread = estimate.spread(level)
    except (ValueError, ArithmeticError):
        return None
    if spread is None:
        return None
    return Interval(spread.level, spread.low, spread.median, spread.high, spread.method, spread.first_order)
