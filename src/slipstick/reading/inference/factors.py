"""Factors while their units are being settled, the choices that a text leaves open, and what units leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from slipstick.formula import Formula
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import Compound, Dimension, Exponent, UnitTerm, dimension, dimension_of, table, written

TIMES = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
TIME_NAMES = frozenset(TIMES)
STANDARD_MONTH, STANDARD_YEAR = Fraction("30.4375"), Fraction("365.25")
"""Days of a Julian year and of its twelfth, which are those of the registry."""
MONTH_DAYS = tuple(map(Fraction, ("30", "30.4375", "30.44", "30.42", "30.4", "30.5", "31", "28")))
YEAR_DAYS = tuple(map(Fraction, ("365", "365.25", "366", "364", "360")))
ROUND_YEARS = frozenset(map(Fraction, ("3.15e7", "3.154e7", "3.16e7", "3.2e7")))
"""Seconds of a year as people round them."""
SMALL_IN_LARGE: dict[tuple[str, str], tuple[int | Fraction, ...]] = {
    ("day", "week"): (7,),
    ("day", "month"): (28, 30, 31, Fraction("30.4"), Fraction("30.44"), Fraction("30.5")),
    ("day", "year"): (365, 366, Fraction("365.25")),
    ("day", "quarter"): (90, 91, Fraction("91.25"), Fraction("91.3"), 92),
    ("week", "month"): (4, *map(Fraction, ("4.3", "4.33", "4.345", "4.35"))),
    ("week", "quarter"): (13,),
    ("week", "year"): (52,),
    ("month", "quarter"): (3,),
    ("month", "year"): (12,),
    ("quarter", "year"): (4,),
    ("hour", "day"): (24,),
    ("minute", "hour"): (60,),
    ("second", "hour"): (3600,),
    ("second", "minute"): (60,),
    ("second", "day"): (86400,),
}
"""How many of a small unit of time people write behind a larger one to convert it."""
_WHOLE_CONSTANTS = (
    *(4, 7, 8, 12, 24, 52, 60, 168, 720, 730, 1440, 3600, 8760, 8766, 86400, 604800, 1000, 1024),
    *(2592000, 31536000, 31557600, 3600_000, 864 * 10**11, 864 * 10**14, 864 * 10**17),
    *(10**n for n in range(6, 31, 3)),
)
_CONSTANTS = frozenset(value.as_integer_ratio() for value in (*_WHOLE_CONSTANTS, *ROUND_YEARS, *MONTH_DAYS, *YEAR_DAYS))


def is_constant(value: Fraction) -> bool:
    """Whether a number converts between units that people write; two ints are looked up faster than a Fraction."""
    return value.as_integer_ratio() in _CONSTANTS


class Choices(NamedTuple):
    """One way to settle what a text leaves open: FLOPS as count or rate, the length of months and years, and whether
    constants that lead only half the way to the needed unit are a conversion.
    """

    flops_is_rate: bool = False
    month_days: Fraction = STANDARD_MONTH
    year_days: Fraction = STANDARD_YEAR
    partial_runs: bool = True
    without_label: bool = False
    """Whether a "per day" or "per year" of the claim only says what the result is for."""
    whole: int = 0
    """How an expression without units takes the claim's: 0 with its prefix, 1 without it, 2 in base units."""
    worked: bool = False
    """Whether bare numbers beside a rate are the hours of the day or year that it, or the claim, is for."""
    binary: int = 0
    """Whose prefixes are powers of 1024: nothing's, those of bytes (1: GB read as GiB), of bytes and bits (2)."""
    swapped: bool = False
    """Whether constants that only scale (100, 1000) are read the less natural way."""
    in_scale: bool = False
    """Whether the terms of a sum are in the scale that stands with the result alone."""


class Factor:
    """A factor while its unit is being settled: `value` in `unit`, to the power `exponent` (1 or -1).

    Two factors are equal only if they are one: `3 * 3` has two.
    """

    __slots__ = (
        "bare", "cost", "exponent", "formula", "inner_unit", "notes", "plain", "quantity", "role", "unit", "value",
    )  # fmt: skip

    def __init__(
        self,
        value: Fraction,
        unit: Compound,
        exponent: Exponent,
        quantity: Quantity | None = None,
        formula: Formula[Factor] | None = None,
        inner_unit: Compound = (),
        bare: bool = False,
        role: str = "",
    ) -> None:
        self.value = value
        self.unit = unit
        self.exponent = exponent
        self.quantity = quantity
        self.formula = formula
        self.inner_unit = inner_unit
        self.bare = bare
        self.role = role
        self.plain = False
        """Whether a constant is a number of things, whatever it might convert."""
        self.notes: list[str] = []
        self.cost = 0

    @property
    def words(self) -> str:
        """The number with its unit, as a note shows it: "9 hours", "2 GB"; of a bracket the unit alone."""
        one = self.unit[0] if len(self.unit) == 1 else None
        spelled_out = one is not None and one.name.islower() and written(self.unit) == one.name.replace("_", " ")
        many = "s" if spelled_out and self.value != 1 else ""
        number = f"{plain_number(self.value)} " if self.formula is None else ""
        return f"{number}{written(self.unit)}{many}"

    @property
    def is_used_constant(self) -> bool:
        """Whether this is a constant without a unit that only converts: it counts neither as a number nor as a unit."""
        return self.role == "conversion" and not self.unit


UNIT, INSIDE, COST = attrgetter("unit"), attrgetter("formula"), attrgetter("cost")
"""The unit of a factor, the formula inside it, and what its unit cost."""


class Row(list[Factor]):
    """The factors of one product in writing order, with what every stage asks of them.

    What their units leave is kept until one of them gets another unit.
    """

    def __init__(self, factors: Iterable[Factor]) -> None:
        super().__init__(factors)
        self.numbers = [f for f in self if f.bare]
        """Those that were written without a unit; a stage may have read one into them since."""
        self.constants = [f for f in self.numbers if is_constant(f.value) and not _is_scaled(f)]
        """Those among them that may convert; 3.6k and 1M are numbers of things."""
        self.leads_half = False
        """Whether constants lead only half the way to the unit needed, so that they may convert or not."""
        self._units: list[Compound] = []
        self._left: Compound = ()
        self._dimension: Dimension = ()

    @property
    def left(self) -> Compound:
        """What is left of all written units after equal ones cancel."""
        if (units := list(map(UNIT, self))) != self._units:
            self._measure(units)
        return self._left

    @property
    def dimension(self) -> Dimension:
        """The exponents of what is left."""
        if (units := list(map(UNIT, self))) != self._units:
            self._measure(units)
        return self._dimension

    def _measure(self, units: list[Compound]) -> None:
        self._units, self._left = units, cancelled(self)
        self._dimension = dimension_of(self._left)

    @property
    def has_units(self) -> bool:
        """Whether any factor has a unit."""
        return any(map(UNIT, self))

    @property
    def is_timed(self) -> bool:
        """Whether any factor has a time in its unit."""
        for factor in self:
            for name, _, _ in factor.unit:
                if name in TIME_NAMES:
                    return True
        return False

    def bare(self, exponent: Exponent) -> list[Factor]:
        """The factors (1) or divisors (-1) without a unit that nothing has read yet."""
        return [f for f in self.numbers if f.exponent == exponent and not f.unit and not f.role]

    def free(self, *exponents: Exponent) -> list[Factor]:
        """The constants among them that no run has used yet, in writing order."""
        return [f for f in self.constants if f.exponent in exponents and not f.unit and not f.role and not f.plain]


def _is_scaled(factor: Factor) -> bool:
    return factor.quantity is not None and factor.quantity.number.scaled


_ONE = Fraction(1)


def chosen(compound: Compound, choices: Choices) -> tuple[Compound, Fraction]:
    """Months and years of the chosen length in days: the compound in days, and the number that it is to be
    multiplied by (1 where the choice is the registry's own length).
    """
    if not any(term.name in ("month", "year") for term in compound):
        return compound, _ONE
    factor, terms = _ONE, []
    days = {"month": choices.month_days, "year": choices.year_days}
    for term in compound:
        length = days.get(term.name)
        if length is None or length * 86400 == table().factor(UnitTerm(term.name)):
            terms.append(term)
        else:
            factor *= length ** int(term.exponent)
            terms.append(UnitTerm("day", term.prefix, term.exponent))
    return tuple(terms), factor


def cancelled(factors: Sequence[Factor]) -> Compound:
    """What is left of all written units after equal ones cancel as symbols, conversions written with units too."""
    left: dict[tuple[str, str], UnitTerm] = {}
    for factor in factors:
        for term in factor.unit:
            name, prefix, exponent = term
            before = left.get((name, prefix))
            if before is not None:
                left[name, prefix] = UnitTerm(name, prefix, before.exponent + exponent * factor.exponent)
            else:
                own = factor.exponent
                left[name, prefix] = term if own == 1 else UnitTerm(name, prefix, exponent * own)
    return tuple([term for term in left.values() if term.exponent])


@lru_cache(maxsize=1000)
def uncounted(of: Dimension) -> Dimension:
    """The exponents without those of things counted."""
    return tuple([pair for pair in of if not table().is_counted(pair[0])])


@lru_cache(maxsize=1000)
def is_time_of_things(unit: Compound) -> bool:
    """Whether a unit is made of times and things counted (hours, GPU-hours, hours/day), and no rate of anything."""
    timed = any(t.name in TIME_NAMES for t in unit)
    return timed and all(t.name in TIME_NAMES or table().is_counted(t.name) for t in unit)


@lru_cache(maxsize=1000)
def lacking(left: Dimension, wanted: Dimension) -> Dimension:
    """What `wanted` has more than `left`, things counted aside."""
    return uncounted(dimension([*wanted, *((n, -e) for n, e in left)]))


def choose_lengths(factors: Sequence[Factor], choices: Choices) -> str:
    """Give the months and years that are left the chosen length in days; the name of those put into days so."""
    in_days = ""
    for factor in factors:
        long = [name for name, _, _ in factor.unit if name in ("month", "year")] if factor.unit else ()
        if long:
            factor.unit, times = chosen(factor.unit, choices)
            factor.value *= times
            in_days = long[0] if times != 1 else in_days
    return in_days
