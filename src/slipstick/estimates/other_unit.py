"""The result of an estimate in a unit of the reader's choice, instead of base units."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick.estimates.inputs import float_of
from slipstick.estimates.unit_left_out import unit_left_out

if TYPE_CHECKING:
    from slipstick.estimates.estimate import Estimate
    from slipstick.uncertainty import Spread


class OtherUnit(NamedTuple):
    """A unit as it was written, how many of it are one base unit of the result, and what was taken for its words."""

    text: str
    factor: Fraction = Fraction(1)
    notes: tuple[str, ...] = ()

    def of(self, figure: float | Fraction) -> float:
        """A figure in base units in this unit. Raises NumberOutOfRange beyond 1e300 and below 1e-300."""
        return float_of(Fraction(figure) * self.factor)


def other_unit(estimate: Estimate, text: str) -> OtherUnit:
    """The unit `text` for the result of an estimate.

    Raises ValueError for a unit that is none or of another dimension, and for a scale with a zero of its own, on which
    an interval would not be a multiple.
    """
    from slipstick.conversion.converting import convert, convertible
    from slipstick.conversion.errors import ConversionError

    try:
        made = convert((0, estimate.unit), text)
    except ConversionError as error:
        left_out = unit_left_out(estimate)
        if left_out is None or not convertible(left_out.unit, text):
            raise
        raise ConversionError(f"{error}; {left_out}") from None
    if made.value:
        raise ValueError(f"{text} has a zero of its own; expected a unit such as K for a result in {estimate.unit}")
    return OtherUnit(made.unit, made.factor, made.notes)


def converted(estimate: Estimate, spread: Spread | None, unit: OtherUnit) -> dict[str, Any]:
    """The value and the interval in the other unit, as plain values. Raises NumberOutOfRange as `OtherUnit.of`."""
    ends = {name: None if spread is None else unit.of(getattr(spread, name)) for name in ("low", "median", "high")}
    return {"unit": unit.text, "value": unit.of(estimate.exact_value), **ends, "notes": list(unit.notes)}
