"""The calculation in question, made ready for the search: plain floats, each written number with its effect."""

from __future__ import annotations

import re
from math import fsum, prod
from typing import NamedTuple

from slipstick import formula
from slipstick.cached_properties import cached_property
from slipstick.catalogue import hardware
from slipstick.formula import Algebra
from slipstick.judging import naming
from slipstick.judging.assumptions import Context, named_part, roles_of
from slipstick.reading.inference.factors import TIME_NAMES
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.quantities.arithmetic import as_float
from slipstick.reading.quantities.kinds import kind_of
from slipstick.reading.quantities.mentions import Mentions
from slipstick.source import Span
from slipstick.units import dimension_of, table

MOST_FACTORS = 40
"""The most written numbers that are edited one by one; a longer line is diagnosed by what changes it as a whole."""
MOST_DIGITS = 20
_MANTISSA = re.compile(r"\d[\d,_]*(?:\.\d+)?|\.\d+")


class Given(NamedTuple):
    """One written number of the calculation: `number` as it was written, and its power in the result."""

    factor: ReadFactor
    role: str
    exponent: float
    number: float
    text: str

    @property
    def span(self) -> Span:
        """The number's place."""
        return self.factor.quantity.number.span

    @property
    def is_below(self) -> bool:
        """Whether the result is divided by it."""
        return self.exponent < 0


_FLOATS: Algebra[float] = Algebra(
    lambda parts: prod(value ** float(exponent) for value, exponent in parts),
    lambda parts: fsum(value * sign for value, sign in parts),
    lambda base, exponent: float(base ** float(exponent)),
)


class Subject:
    """One calculation with its text and what is known around it. `value` is in base units, never zero."""

    def __init__(self, text: str, reading: Interpretation, value: float, context: Context) -> None:
        self.text, self.reading, self.value, self.context = text, reading, value, context
        self._powers = formula.monomial(reading.formula)
        self.is_product = self._powers is not None

    @cached_property
    def givens(self) -> tuple[Given, ...]:
        """The written numbers; none where there are too many, or they do not make the value by themselves."""
        factors = [f for f in self.reading.factors if f.role != "unit"]
        if len(factors) > MOST_FACTORS or not self._is_followed():
            return ()
        kept = [f for f in factors if f.role != "conversion"]
        roles = {id(f): role for f, role in zip(kept, roles_of(kept), strict=True)}
        powers = {id(f): float(e) for f, e in self._powers or ()}
        made = []
        for factor in factors:
            number = as_float(factor.quantity.number.value)
            if number is not None and number > 0:
                role = roles.get(id(factor), factor.role)
                written = factor.quantity.number.span.of(self.text)
                made.append(Given(factor, role, powers.get(id(factor), float(factor.exponent)), number, written))
        return tuple(made)

    def _is_followed(self) -> bool:
        try:
            return abs(self._with(None, 1.0) / self.value - 1) < 1e-6
        except (ArithmeticError, ValueError, TypeError):
            return False

    def _with(self, changed: ReadFactor | None, ratio: float) -> float:
        """The value with one factor `ratio` times as large."""
        return formula.fold(self.reading.formula, lambda f: self._base(f) * (ratio if f is changed else 1.0), _FLOATS)

    def _base(self, factor: ReadFactor) -> float:
        known = self._bases.get(id(factor))
        if known is None:  # a constant that only converts is in the units already
            converts = factor.role == "conversion" and not factor.unit
            known = self._bases[id(factor)] = 1.0 if converts else float(factor.base_value)
        return known

    def _slope(self, given: Given) -> float | None:
        """What the value gains for each time that a number of a sum is had once more; None where it is not linear."""
        key = id(given.factor)
        if key not in self._slopes:
            twice, thrice = (self._with(given.factor, ratio) / self.value - 1 for ratio in (2.0, 3.0))
            self._slopes[key] = twice if abs(thrice - 2 * twice) <= 1e-9 * abs(thrice) else None
        return self._slopes[key]

    @cached_property
    def _slopes(self) -> dict[int, float | None]:
        return {}

    @cached_property
    def _bases(self) -> dict[int, float]:
        return {}

    def effect(self, given: Given, ratio: float) -> float:
        """By what the value changes where one number is `ratio` times as large; 0.0 where that cannot be told."""
        try:
            if self._powers is not None:
                return float(ratio**given.exponent)
            slope = self._slope(given)
            return 1 + (ratio - 1) * slope if slope is not None else self._with(given.factor, ratio) / self.value
        except (ArithmeticError, ValueError, TypeError):
            return 0.0

    def of_numbers(self, claim_scale: float) -> float | None:
        """The product of the numbers and prefixes as they stand, over the value; None for a sum, or where it is 1.

        It is 1 where the units convert nothing that the numbers do not. `claim_scale` is what one of the claim's unit
        is in base units, its prefix aside: 3600 for GPU-hours.
        """
        if self._powers is None or not self.givens:
            return None
        try:
            ratio = prod(_as_it_stands(f) ** float(e) for f, e in self._powers) * claim_scale / self.value
        except (ArithmeticError, ValueError):
            return None
        return ratio if ratio > 0 and abs(ratio - 1) > 1e-6 else None

    @cached_property
    def counted(self) -> dict[str, Given]:
        """The first number that counts devices of each level of packaging, by the level."""
        found: dict[str, Given] = {}
        for given in self.givens:
            if not naming.is_rate(given.factor):
                for term in given.factor.unit:
                    if term.exponent > 0:
                        found.setdefault(kind_of(term.name)[2], given)
        return found

    @cached_property
    def is_compute(self) -> bool:
        """Whether the result counts operations, or is as large as only they are where it has no unit."""
        return self.reading.dimension == (("FLOP", 1),) or (
            not self.reading.dimension and abs(self.value) >= _OPERATIONS
        )

    @cached_property
    def has_rate(self) -> bool:
        """Whether a rate in FLOP/s stands in it."""
        return any(given.role in ("peak", "throughput") for given in self.givens)

    @cached_property
    def may_have_rate(self) -> bool:
        """Whether a rate stands in it, perhaps without its unit."""
        return self.has_rate or (self.is_timed and any(_LEAST_RATE <= g.number <= _MOST_RATE for g in self.givens))

    @cached_property
    def may_be_rate_alone(self) -> bool:
        """Whether a number without a unit is as large as a rate of hardware, so that a time may belong to it."""
        return any(_LEAST_RATE <= g.number <= _MOST_RATE and not g.factor.unit for g in self.givens)

    @cached_property
    def is_timed(self) -> bool:
        """Whether anything in it is a time, or a constant that converts one."""
        return any(name == "second" for name, _ in self.reading.dimension) or any(
            given.number in _TIME_CONSTANTS or any(t.name in TIME_NAMES for t in given.factor.unit)
            for given in self.givens
        )

    @cached_property
    def has_bytes(self) -> bool:
        """Whether anything in it is counted in bytes or bits."""
        of = [self.reading.dimension, *(dimension_of(given.factor.unit) for given in self.givens)]
        return any(name in ("byte", "bit") for each in of for name, _ in each)

    @cached_property
    def has_price(self) -> bool:
        """Whether money stands in it."""
        return any(
            given.factor.quantity.number.currency
            or any(table().sections.get(t.name) == "money" for t in given.factor.unit)
            for given in self.givens
        )

    @cached_property
    def part(self) -> hardware.Part | None:
        """The hardware that it is about: the one that it names, or its paragraph does, or alone the text around it."""
        return named_part(self.reading) or self.context.part or self._only_part_around()

    def _only_part_around(self) -> hardware.Part | None:
        places = [given.span for given in self.givens]
        if not places:
            return None
        start, end = max(places[0].start - _AROUND, 0), places[-1].end + _AROUND
        found = Mentions(self.text[start:end]).every()
        return hardware.part(next(iter(found))) if len(found) == 1 else None

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels of packaging that its words name."""
        found = (kind_of(t.name) for given in self.givens for t in given.factor.unit)
        return tuple(dict.fromkeys(level for family, part, level in found if level and (family or part or level)))


_OPERATIONS = 1e15
_AROUND = 2000  # characters in which hardware is looked for that the paragraph does not name
_LEAST_RATE, _MOST_RATE = 1e11, 1e19


def _as_it_stands(factor: ReadFactor) -> float:
    """The number with the prefixes of its unit, and nothing that the unit converts."""
    scale = prod(float(table().prefixes[t.prefix]) ** float(t.exponent) for t in factor.unit)
    return float(factor.quantity.value) * scale if factor.role != "unit" else 1.0


_TIME_CONSTANTS = frozenset((24.0, 60.0, 365.0, 3600.0, 86400.0))


def mantissa(given: Given) -> tuple[int, str] | None:
    """The place and the digits of a number that may be misspelt: no range, power of ten, fraction or function."""
    number = given.factor.quantity.number
    if given.text[:1].isalpha() or number.is_range or number.is_power_of_ten or number.is_fraction:
        return None
    return digits_in(given.text, given.span.start)


def digits_in(text: str, start: int) -> tuple[int, str] | None:
    """The first digits of a written number with their place, or None where there are too many to be tried."""
    found = _MANTISSA.search(text)
    if found is None or not 1 < len(found[0]) <= MOST_DIGITS:
        return None
    return start + found.start(), found[0]
