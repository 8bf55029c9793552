"""Error bars: distributions of the inputs, and what they make of the result (`specs/spread.md`)."""

from slipstick.uncertainty.distributions import Distribution, Exact, LogitNormal, LogNormal, Normal, between
from slipstick.uncertainty.propagation import first_order, first_order_general, monomial, sampled
from slipstick.uncertainty.spread import Spread

__all__ = [
    "Distribution",
    "Exact",
    "LogNormal",
    "LogitNormal",
    "Normal",
    "Spread",
    "between",
    "first_order",
    "first_order_general",
    "monomial",
    "sampled",
]
