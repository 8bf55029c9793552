"""One input of an estimate: a named number with a unit, perhaps a range, and where the range comes from.

An input is known by its object, not by its name: copies of it, also those that come back from a pickle or from another
process, are the object itself where that is still alive, and have its symbol where it is not.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from numbers import Rational, Real
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from slipstick.cached_properties import cached_property
from slipstick.frozen import Frozen, replace, values_of
from slipstick.reading.quantities import arithmetic
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
        top, bottom = arithmetic.bounded(value).as_integer_ratio()
        return top / bottom
    except arithmetic.OutOfRange as error:
        raise NumberOutOfRange(str(error)) from None


class Input(Frozen, eq=False):
    """One input: `value` in `unit`, and the ends of its 90 % interval where it is uncertain. Identity is the object.

    `source` says where the range comes from; `role` what the number is (utilization, peak); `fraction` that it lies
    between 0 and 1. Numbers and their decimal texts are taken for `value`, `low` and `high`, and kept exact. `stated`
    is the distribution of the value in `unit` where the range alone does not say it. An input without a name has the
    one that a formula gives it.

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
    stated: Distribution | None = None

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

    @cached_property
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
    def token(self) -> int:
        """A number that no other input has, in this process or another."""
        import secrets

        token = secrets.randbits(100)
        _ALIVE[token] = self
        return token

    @cached_property
    def symbol(self) -> Any:
        """The sympy symbol of this very input."""
        from slipstick.estimates.symbols import InputSymbol, rational

        return rational(self.value) if self.constant else InputSymbol(self.name or "x", dummy_index=self.token)

    def with_name(self, name: str) -> Input:
        """This very input, which takes the name if it has none yet."""
        if not self.name:
            object.__setattr__(self, "name", name)
        return self

    def __copy__(self) -> Input:
        return self

    def __deepcopy__(self, memo: object) -> Input:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _revived, (self.token, values_of(self))

    def distribution(self) -> Distribution:
        """The distribution of the value in its unit: as stated; else lognormal, or logit-normal for a fraction.

        Raises NumberOutOfRange beyond 1e300 and below 1e-300.
        """
        if self.stated is not None:
            return self.stated
        if self.low is None or self.high is None or not self.is_uncertain:
            from slipstick.uncertainty.distributions import Exact

            return Exact(float_of(self.value))
        low, high = float_of(self.low), float_of(self.high)
        return _between(low, high, self.fraction and 0 < low < high < 1)


@lru_cache(maxsize=1000)
def _between(low: float, high: float, fraction: bool) -> Distribution:
    """The distribution of a range; kept, because many calculations have the same few."""
    from slipstick.uncertainty.distributions import between

    return between(low, high, fraction=fraction)


def exact_input(name: str, value: Fraction, unit: Compound, role: str, fraction: bool, span: Span) -> Input:
    """An input of a reading without a range: nothing of it needs to be checked, and most inputs are such."""
    made = object.__new__(Input)
    own = made.__dict__
    own["name"], own["value"], own["unit"] = name, value, unit
    own["role"], own["fraction"], own["span"] = role, fraction, span
    return made


def known_range(given: Input, low: Fraction, high: Fraction, source: str) -> Input:
    """An input that was just made, with the range that the catalogue gives it, whose ends are known to be in order."""
    given.__dict__.update(low=low, high=high, source=source, is_uncertain=low != high)
    return given


def deviating(given: Input, deviation: Fraction) -> Input:
    """An exact input with a ± behind it: one standard deviation, of a normal quantity.

    That of a fraction, inside 0 to 1 on both sides, is read as the logit-normal with the same central 68.3 %.
    Raises NumberOutOfRange beyond 1e300.
    """
    from slipstick.uncertainty.constructors import plus_minus

    value, sd = float_of(given.value), float_of(deviation)
    shape = plus_minus(value, sd, fraction=given.fraction and 0 < value - sd < value + sd < 1)
    low, high = (exact(shape.quantile(p)) for p in (0.05, 0.95))
    source = "the range as written, ± read as one standard deviation"
    return replace(given, low=low, high=high, source=source, stated=shape)


_ALIVE: WeakValueDictionary[int, Input] = WeakValueDictionary()
"""The inputs of this process that were pickled, came from a pickle or were given a symbol, by their tokens."""


def _revived(token: int, state: dict[str, Any]) -> Input:
    """The input of that token: the living object itself, else one made of `state`."""
    known = _ALIVE.get(token)
    if known is None:
        known = Input(**state)
        known.__dict__["token"] = token
        known = _ALIVE.setdefault(token, known)
    return known
