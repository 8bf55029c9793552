"""What the value is compared with: the result that a text claims, or a rival figure; with what its digits allow."""

from __future__ import annotations

from fractions import Fraction
from math import floor, log10
from typing import NamedTuple

from slipstick.judging.verdicts import TOLERANCE, Claim
from slipstick.reading.quantities.arithmetic import as_float, plain_float
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import table

_SLACK = 1 + 1e-9  # floats: a value in the middle between two printed ones lands on either


class Target(NamedTuple):
    """A number to land on, in base units: `value`, the ends `low` and `high` of what rounds to it, and one whole unit
    of its last digit. `text` is what was written, `scale` what one of its own unit is in base units.
    """

    value: float
    low: float
    high: float
    last_digit: float
    text: str
    scale: float = 1.0
    claim: Claim | None = None

    @property
    def width(self) -> float:
        """The part of a decade that rounds to it."""
        ends = abs(self.low), abs(self.high)
        return log10(max(ends) / min(ends)) if min(ends) > 0 else 1.0

    @property
    def digits(self) -> int:
        """How many digits were printed, 1 to 15."""
        if not self.last_digit or not self.value:
            return 15
        return min(max(floor(log10(abs(self.value) / self.last_digit) + 1e-9) + 1, 1), 15)

    @property
    def unprefixed(self) -> float:
        """What one of the claim's unit without its prefixes is in base units: 3600 for GPU-hours, 1 for PFLOP."""
        prefixes = 1.0
        for term in self.claim.unit if self.claim else ():
            prefixes *= float(table().prefixes[term.prefix]) ** float(term.exponent)
        return self.scale / prefixes

    @property
    def ends(self) -> tuple[float, float]:
        """Those between which a value rounds to it."""
        near = abs(self.value) * 1e-12
        return self.low - near, self.high + near

    def fits(self, value: float) -> bool:
        """Whether a value rounds to it."""
        low, high = self.ends
        return low <= value <= high

    def nearly_fits(self, value: float) -> bool:
        """Whether it is within a whole unit of the last digit: cut off, or rounded the other way."""
        return abs(value - self.value) <= self.last_digit * _SLACK and 2 * abs(value) >= abs(self.value)

    def shown(self, value: float) -> str:
        """A value in the unit of the target, with enough digits to tell the two apart."""
        return plain_float(value / self.scale, max(3, min(self.digits + 1, 6)))

    @property
    def own(self) -> str:
        """The target's own number as it is shown: the digits that were printed."""
        return plain_float(self.value / self.scale, self.digits)


def around(value: Fraction, last_digit: Fraction, text: str, scale: Fraction = Fraction(1)) -> Target | None:
    """A target of `value`, printed to `last_digit`; both in base units, of which one of its own unit has `scale`.

    None where its size is beyond the floats, or it is zero.
    """
    half = max(abs(last_digit) / 2, abs(value) * TOLERANCE)
    made = [as_float(each) for each in (value, value - half, value + half, abs(last_digit), scale)]
    number, low, high, last, unit = made
    if not number or low is None or high is None or last is None or not unit:
        return None
    return Target(number, low, high, last, text, unit)


def of_claim(text: str, claim: Claim) -> Target | None:
    """The target that a claim is; None for a bound, which nearly any change would meet, and for zero."""
    if claim.written.bound or not claim.value:
        return None
    scale = claim.value / claim.number if claim.number else Fraction(1)
    target = around(claim.value, claim.last_digit, claim.written.span.of(text), scale)
    node = claim.written.node
    if (
        target is not None
        and isinstance(node, Quantity)
        and node.number.low is not None
        and node.number.high is not None
    ):
        half = target.last_digit / 2
        low, high = sorted((float(node.number.low * scale), float(node.number.high * scale)))
        target = target._replace(low=low - half, high=high + half)
    return None if target is None else target._replace(claim=claim)
