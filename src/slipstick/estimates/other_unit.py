"""The result of an estimate in a unit of the reader's choice, instead of base units."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick.estimates.inputs import float_of

if TYPE_CHECKING:
    from slipstick.estimates.estimate import Estimate
    from slipstick.uncertainty import Spread


class OtherUnit(NamedTuple):
    """A unit as it was written, how many of it are one base unit of the result, and what was taken for its words."""

    text: str
    factor: Fraction = Fraction(1)
    notes: tuple[str, ...] = ()


def other_unit(estimate: Estimate, text: str) -> OtherUnit:
    """The unit `text` for the result of an estimate.

    Raises ValueError for a unit that is none or of another dimension, and for a scale with a zero of its own, on which
    an interval would not be a multiple.
    """
    from slipstick.conversion.converting import convert

    made = convert((0, estimate.unit), text)
    if made.value:
        raise ValueError(f"{text} has a zero of its own; expected a unit such as K for a result in {estimate.unit}")
    return OtherUnit(made.unit, made.factor, made.notes)


def converted(estimate: Estimate, spread: Spread | None, unit: OtherUnit) -> dict[str, Any]:
    """The value and the interval in the other unit, as plain values."""
    factor = float(unit.factor)
    ends = {name: None if spread is None else getattr(spread, name) * factor for name in ("low", "median", "high")}
    return {"unit": unit.text, "value": float_of(estimate.exact_value * unit.factor), **ends, "notes": list(unit.notes)}
