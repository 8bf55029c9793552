"""One input of an estimate: a named number with a unit, perhaps a range, and where the range comes from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from slipstick.source import Span
from slipstick.units import Compound, pint_units, registry, size

if TYPE_CHECKING:
    from slipstick.uncertainty.distributions import Distribution


@dataclass(frozen=True, eq=False)
class Input:
    """One input: `value` in `unit`, and the ends of its 90 % interval where it is uncertain. Identity is the object.

    `source` says where the range comes from; `role` what the number is (utilization, peak); `fraction` that it lies
    between 0 and 1.
    """

    name: str
    value: Fraction
    unit: Compound = ()
    low: Fraction | None = None
    high: Fraction | None = None
    role: str = ""
    source: str = ""
    fraction: bool = False
    span: Span | None = None
    constant: bool = False

    @property
    def base_value(self) -> Fraction:
        """The value in base units, exact."""
        return self.value * size(self.unit)

    @property
    def is_uncertain(self) -> bool:
        """Whether the input has a range."""
        return self.low is not None and self.high is not None and self.low < self.high

    @property
    def quantity(self) -> Any:
        """The value as a pint quantity of slipstick's registry, in the unit it was given in."""
        return registry().Quantity(float(self.value), pint_units(self.unit))

    @cached_property
    def symbol(self) -> Any:
        """The sympy symbol of this very input."""
        from slipstick.symbols import InputSymbol, rational

        return rational(self.value) if self.constant else InputSymbol(self.name)

    def distribution(self) -> Distribution:
        """The distribution of the value in its unit: lognormal for a range, logit-normal for a fraction."""
        from slipstick.uncertainty.distributions import Exact, between

        if not self.is_uncertain:
            return Exact(float(self.value))
        low, high = float(self.low or 0), float(self.high or 0)
        return between(low, high, fraction=self.fraction and 0 < low < high < 1)
