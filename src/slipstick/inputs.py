"""One input of an estimate: a named number with a unit, perhaps a range, and where the range comes from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from numbers import Rational, Real
from typing import TYPE_CHECKING, Any

from slipstick.reading import arithmetic
from slipstick.source import Span
from slipstick.units import Compound, UnitTerm, in_base_units, pint_units, registry

if TYPE_CHECKING:
    from slipstick.uncertainty.distributions import Distribution


class NumberOutOfRange(arithmetic.OutOfRange, ValueError):
    """A number that an estimate cannot have: beyond 1e300, below 1e-300, or not a real number."""


def exact(number: object) -> Fraction:
    """A number or its decimal text ("2.5", "1e22") as an exact rational; a float as the decimal that Python prints.

    Raises ValueError for anything else, and for what is not finite; NumberOutOfRange for a text beyond 1e300.
    """
    from decimal import Decimal, InvalidOperation

    if isinstance(number, Rational) and not isinstance(number, bool):
        return Fraction(int(number.numerator), int(number.denominator))
    try:
        decimal = Decimal(repr(float(number)) if isinstance(number, Real) else number)  # type: ignore[arg-type]
    except (InvalidOperation, TypeError, ValueError, OverflowError):
        shown = repr(number[:60]) if isinstance(number, str) else f"one of type {type(number).__name__}"
        raise ValueError(f"expected a number, not {shown}") from None
    if isinstance(number, bool | tuple | list) or not decimal.is_finite():
        raise ValueError(f"expected a finite number, not {number!r}")
    if decimal and abs(decimal.adjusted()) > arithmetic.LIMIT:
        raise NumberOutOfRange("the number is beyond 1e300 or below 1e-300")
    return Fraction(decimal)


def float_of(value: Fraction) -> float:
    """The number as a float. Raises NumberOutOfRange beyond 1e300 and below 1e-300."""
    try:
        return float(arithmetic.bounded(value))
    except arithmetic.OutOfRange as error:
        raise NumberOutOfRange(str(error)) from None


@dataclass(frozen=True, eq=False)
class Input:
    """One input: `value` in `unit`, and the ends of its 90 % interval where it is uncertain. Identity is the object.

    `source` says where the range comes from; `role` what the number is (utilization, peak); `fraction` that it lies
    between 0 and 1. Numbers and their decimal texts are taken for `value`, `low` and `high`, and kept exact.

    Raises ValueError for a number that is none, a range with one end or in the wrong order, a unit given as a text.
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

    def __post_init__(self) -> None:
        for term in self.unit:
            if not isinstance(term, UnitTerm):
                raise ValueError(f"the unit of {self.name} is a tuple of UnitTerm, not {self.unit!r}")
        if type(self.value) is Fraction and self.low is None and self.high is None:
            return
        numbers: tuple[tuple[str, object], ...] = (("value", self.value), ("low", self.low), ("high", self.high))
        for name, number in numbers:
            if not isinstance(number, Fraction) and not (number is None and name != "value"):
                object.__setattr__(self, name, exact(number))
        if (self.low is None) != (self.high is None):
            raise ValueError(f"the range of {self.name} needs both ends")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the range of {self.name} runs from its lower to its higher end")

    @cached_property
    def base_value(self) -> Fraction:
        """The value in base units, exact."""
        return in_base_units(self.value, self.unit)

    @property
    def is_uncertain(self) -> bool:
        """Whether the input has a range."""
        return self.low is not None and self.high is not None and self.low < self.high

    @property
    def quantity(self) -> Any:
        """The value as a pint quantity of slipstick's registry, in the unit it was given in.

        Raises NumberOutOfRange beyond 1e300 and below 1e-300.
        """
        return registry().Quantity(float_of(self.value), pint_units(self.unit))

    @cached_property
    def symbol(self) -> Any:
        """The sympy symbol of this very input."""
        from slipstick.symbols import InputSymbol, rational

        return rational(self.value) if self.constant else InputSymbol(self.name)

    def distribution(self) -> Distribution:
        """The distribution of the value in its unit: lognormal for a range, logit-normal for a fraction.

        Raises NumberOutOfRange beyond 1e300 and below 1e-300.
        """
        from slipstick.uncertainty.distributions import Exact, between

        if not self.is_uncertain:
            return Exact(float_of(self.value))
        low, high = float_of(self.low or Fraction(0)), float_of(self.high or Fraction(0))
        return between(low, high, fraction=self.fraction and 0 < low < high < 1)
