"""What a reading is: every factor with the unit it was read in, the value, what was added and what is left over."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from slipstick import formula
from slipstick.formula import Formula
from slipstick.frozen import Frozen
from slipstick.reading.inference.doubts import Doubt
from slipstick.reading.inference.factors import Choices
from slipstick.reading.quantities import arithmetic
from slipstick.reading.quantities.quantities import Quantity
from slipstick.source import Span
from slipstick.units import Compound, Dimension, Exponent, dimension_of, in_base_units, label


class ReadFactor(NamedTuple):
    """One quantity as read: `value` in `unit`, both after inference; `role` is conversion for what only converts."""

    quantity: Quantity
    value: Fraction
    unit: Compound
    role: str
    exponent: Exponent
    notes: tuple[str, ...] = ()

    @property
    def base_value(self) -> Fraction:
        """The value in base units."""
        return in_base_units(self.value, self.unit)


class Clash(Frozen):
    """Terms of a sum that are unlike: the place and unit of each."""

    left: Span
    left_unit: str
    right: Span
    right_unit: str
    counted: bool


class Interpretation(NamedTuple):
    """One reading of an expression. `value` is in base units of `dimension`; `unit` is the written rest of the units.

    `mismatch` says that the claim's unit (`target`) has another dimension. `stated` is the value in base units even
    where, for want of a rate, the claimed thing has none.
    """

    formula: Formula[ReadFactor]
    factors: tuple[ReadFactor, ...]
    value: Fraction | None
    dimension: Dimension
    unit: Compound
    cost: int = 0
    stray: int = 0
    mismatch: bool = False
    rate_missing: bool = False
    stated: Fraction = Fraction(0)
    target: Compound = ()
    notes: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    choices: Choices = Choices()
    trouble: str = ""
    doubt: Doubt | None = None

    @property
    def literal(self) -> Fraction | None:
        """The product of the numbers as written, conversions by hand included; None for a sum."""
        parts = formula.monomial(self.formula)
        if parts is None:
            return None
        try:
            return arithmetic.product([arithmetic.power(factor.value, exponent) for factor, exponent in parts])
        except arithmetic.OutOfRange:
            return None

    @property
    def is_rate_over_time(self) -> bool:
        """Whether a rate in FLOP/s is multiplied by a time: what comes out is FLOP, whatever the claim calls it."""
        rates = [f for f in self.factors if dict(dimension_of(f.unit)).get("second") == -1 and f.exponent == 1]
        timed = any(dict(dimension_of(f.unit)).get("second") == 1 and f.exponent == 1 for f in self.factors)
        return timed and any(dict(dimension_of(f.unit)).get("FLOP") == 1 for f in rates)

    @property
    def target_label(self) -> str:
        """The base unit of what is claimed."""
        return label(dimension_of(self.target))

    @property
    def label(self) -> str:
        """The unit of `value`, as the report writes it."""
        return label(self.dimension)
