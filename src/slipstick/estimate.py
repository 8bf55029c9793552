"""An estimate: named inputs with units and ranges, and the formula over them.

A light frozen graph. Its sympy expression, pint quantities and interval are made when asked for. Two estimates share
an input only when the same `Input` object is given to both; within one, x - x is exactly 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick import formula as formulas
from slipstick import notation
from slipstick.evaluation import DIMENSION, FLOATS, VALUE, UnitsError
from slipstick.formula import Formula, Leaf
from slipstick.inputs import Input, NumberOutOfRange, exact, float_of
from slipstick.reading import arithmetic
from slipstick.units import (
    Dimension,
    Exponent,
    UnitTerm,
    dimension_of,
    label,
    pint_units,
    registry,
    size,
)

if TYPE_CHECKING:
    from slipstick.steps import Step
    from slipstick.uncertainty.spread import Spread


MOST_UNCERTAIN = 100
"""The most uncertain inputs of an estimate for which an interval is computed."""


class Interval(NamedTuple):
    """A credible interval as pint quantities; `method` is scaled, lognormal, quadrature or sampled."""

    low: Any
    median: Any
    high: Any
    level: float
    method: str


@dataclass(frozen=True, eq=False, repr=False)
class Estimate:
    """A formula over inputs. `written_steps` are the steps of the text that it was read from, if any."""

    formula: Formula[Input]
    written_steps: tuple[Step, ...] = field(default=())

    @classmethod
    def from_formula(cls, text: str, /, **inputs: Any) -> Estimate:
        """An estimate written by hand.

        `text` is a formula such as "agents * days * peak * utilization"; each name in it is given as a text with a
        unit and perhaps a range ("44 days", "0.15 to 0.45"), a number, a pint quantity of `slipstick.units`, or an
        `Input` that another estimate uses too. Raises `notation.FormulaError` for a formula that cannot be read,
        `UnitsError` where unlike things are added, ValueError for a name without a value or a value that is none.
        """
        from slipstick.given import given_input

        known: dict[str, Input] = {}

        def leaf(name: str) -> Formula[Input]:
            if name not in known:
                known[name] = _constant(name) if name[0].isdigit() else given_input(name, inputs)
            return Leaf(known[name])

        made = cls(formulas.with_leaves(notation.parse(text), leaf))
        unused = [name for name in inputs if name not in known]
        if unused:
            raise ValueError(f"the formula has no input {unused[0]!r}; it has {', '.join(i.name for i in made.inputs)}")
        _ = made.dimension
        return made

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every input once, from left to right; literal numbers of a formula are none."""
        return tuple([i for i in formulas.leaves(self.formula) if not i.constant])

    @cached_property
    def powers(self) -> dict[int, Exponent] | None:
        """The exponent of each input, by its id; None where the formula is a sum of several terms or holds one."""
        powers = formulas.monomial(self.formula)
        if powers is None:
            return None
        total: dict[int, Exponent] = {}
        for given, exponent in powers:
            total[id(given)] = total.get(id(given), 0) + exponent
        return total

    def input(self, name: str) -> Input:
        """The input of that name. Raises KeyError with the names that there are."""
        for given in self.inputs:
            if given.name == name:
                return given
        raise KeyError(f"no input {name!r}; there are {', '.join(i.name for i in self.inputs)}")

    @cached_property
    def dimension(self) -> Dimension:
        """The exponent vector of the result. Raises UnitsError where unlike things are added."""
        return formulas.fold(self.formula, lambda i: dimension_of(i.unit), DIMENSION)

    @cached_property
    def exact_value(self) -> Fraction:
        """The result in base units, exact.

        Raises `NumberOutOfRange`, a ValueError, for a division by zero, a root of a negative number, a value beyond
        1e300 or below 1e-300.
        """
        try:
            return arithmetic.bounded(formulas.fold(self.formula, lambda i: i.base_value, VALUE))
        except arithmetic.OutOfRange as error:
            raise NumberOutOfRange(str(error)) from None

    @property
    def unit(self) -> str:
        """The base unit of the result, as the report writes it."""
        return label(self.dimension)

    @property
    def value(self) -> Any:
        """The result as a pint quantity in base units. Raises ValueError where there is none, as `exact_value`."""
        return self._quantity(float(self.exact_value))

    def _quantity(self, number: float) -> Any:
        return registry().Quantity(number, pint_units(tuple(UnitTerm(n, "", e) for n, e in self.dimension)))

    @property
    def expression(self) -> Any:
        """The sympy expression over the inputs' symbols; each input is its own symbol."""
        from slipstick.symbols import algebra

        return formulas.fold(self.formula, lambda i: i.symbol, algebra())

    @property
    def text(self) -> str:
        """The formula as plain text: agents*days*peak*boards*utilization."""
        return notation.plain(self.formula, lambda i: i.name)

    @property
    def substituted(self) -> str:
        """The formula with each input's exact value and unit, as `read_estimate` reads it back.

        `12 agent * 44 day * 4.2e14 FLOP/s/TPU v3 board * 32 TPU v3 board/agent * 0.33 utilization`. Beside units a
        plain number is a factor ("6 factor"), no conversion. A range is written where its middle is the value.
        """
        bare = not any(i.unit for i in formulas.leaves(self.formula))
        return notation.spaced(self.formula, lambda i: _measured(i, bare))

    @property
    def latex(self) -> str:
        """The formula in LaTeX."""
        return notation.latex(self.formula, lambda i: i.name if i.constant else _latex_name(i.name))

    def __repr__(self) -> str:
        """The formula with its result, in one line."""
        unit = "" if self.unit == "1" else f" {self.unit}"
        return f"Estimate({self.text} = {arithmetic.plain_number(self.exact_value, 4)}{unit})"

    def _repr_latex_(self) -> str:
        try:
            number = f"{float(self.exact_value):.3g}"
        except NumberOutOfRange:
            return rf"$\displaystyle {self.latex}$"
        mantissa, _, exponent = number.partition("e")
        shown = rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa
        return rf"$\displaystyle {self.latex} = {shown}\ \mathrm{{{self.unit.replace(' ', '~')}}}$"

    @property
    def steps(self) -> tuple[Step, ...]:
        """Factor by factor (or term by term), as written, as read, and the running value."""
        from slipstick.steps import formula_steps

        return self.written_steps or formula_steps(self.formula)

    def spread(self, level: float = 0.9) -> Spread | None:
        """The spread of the result in base units, with one share per input; None where no input is uncertain.

        Raises ValueError for a level outside 0 to 1, more than 100 uncertain inputs, a result that has no value at the
        inputs' own values, or none for some others.
        """
        from slipstick.uncertainty.distributions import central_score

        central_score(level)
        inputs = formulas.leaves(self.formula)
        uncertain = sum(i.is_uncertain for i in inputs)
        if not uncertain:
            return None
        if uncertain > MOST_UNCERTAIN:
            limit = f"an interval takes at most {MOST_UNCERTAIN}"
            raise ValueError(f"the estimate has more than {MOST_UNCERTAIN} uncertain inputs, {uncertain}; {limit}")
        _ = self.exact_value
        powers = self.powers
        return _sampled(self.formula, inputs, level) if powers is None else _monomial(powers, inputs, level)

    def interval(self, level: float = 0.9) -> Interval:
        """The central credible interval of the result in pint quantities, all three equal where nothing is uncertain.

        Raises ValueError as `spread` does.
        """
        spread = self.spread(level)
        if spread is None:
            return Interval(self.value, self.value, self.value, level, "exact")
        low, median, high = (self._quantity(end) for end in (spread.low, spread.median, spread.high))
        return Interval(low, median, high, level, spread.method)

    def replace(self, **changes: Any) -> Estimate:
        """The estimate with other values for some inputs, given as to `from_formula`; unit dimensions must agree.

        An `Input` takes the place as it is, so that other estimates may share it; another value keeps the role of the
        input that it replaces. Raises KeyError for a name that is no input, UnitsError for another dimension,
        ValueError for a value that is none.
        """
        from slipstick.given import given_input

        new: dict[int, Input] = {}
        for name in changes:
            old = self.input(name)
            made = given_input(name, changes)
            if dimension_of(made.unit) != dimension_of(old.unit):
                raise UnitsError(
                    f"{name} is in {label(dimension_of(old.unit))}, not in {label(dimension_of(made.unit))}"
                )
            shared = made is changes[name]
            new[id(old)] = made if shared else replace(made, role=old.role, fraction=old.fraction)
        return Estimate(formulas.with_leaves(self.formula, lambda i: Leaf(new.get(id(i), i))))

    def solve(self, name: str, target: Any) -> Any:
        """What the input `name` would have to be for the result to be `target` (a pint quantity or text with a unit).

        A quantity in the input's unit; a list of them where there are several. Raises KeyError for an unknown name,
        UnitsError where the target is of another dimension, ValueError where no value would do it, every value would,
        or the formula is beyond what is solved (`symbols.solutions`).
        """
        from slipstick.given import exact_of
        from slipstick.symbols import solutions

        unknown = self.input(name)
        wanted, of = exact_of(target, "target")
        if of != self.dimension:
            raise UnitsError(f"the result is in {self.unit}, the target in {label(of)}")
        try:
            found = solutions(self.formula, unknown, lambda i: i.base_value, VALUE, wanted)
            numbers = [float_of(value / size(unknown.unit)) for value in found]
        except (ValueError, arithmetic.OutOfRange) as error:
            raise ValueError(f"{name} cannot be solved for: {error}") from None
        if not found:
            raise ValueError(f"no value of {name} makes the result {target}")
        quantities = [number * unknown.quantity.units for number in numbers]
        return quantities[0] if len(quantities) == 1 else quantities


def _sampled(formula: Formula[Input], inputs: tuple[Input, ...], level: float) -> Spread:
    """The spread of any formula."""
    from slipstick.uncertainty import propagation

    position = {id(i): (n, float_of(size(i.unit))) for n, i in enumerate(inputs)}

    def evaluate(values: Sequence[Any]) -> Any:
        def leaf(given: Input) -> Any:
            n, scale = position[id(given)]
            return values[n] * scale

        return formulas.fold(formula, leaf, FLOATS)

    return propagation.sampled(evaluate, [i.distribution() for i in inputs], level=level)


def _monomial(powers: dict[int, Exponent], inputs: tuple[Input, ...], level: float) -> Spread:
    """The spread of a product of powers; an input that stands in it twice has one exponent, the sum."""
    from slipstick.uncertainty import propagation

    scale = arithmetic.product_of_powers((size(i.unit), powers[id(i)]) for i in inputs if i.unit)
    factors = [(i.distribution(), float(powers[id(i)])) for i in inputs]
    return propagation.monomial(float(scale), factors, level=level)


def _constant(text: str) -> Input:
    return Input(text, exact(text), constant=True)


def _measured(given: Input, bare: bool) -> str:
    """An input as text; `bare` where no input has a unit, and a bare number stays one."""
    written, behind, low, high = notation.number(given.value), "", given.low, given.high
    if low is not None and high is not None and low > 0:
        written, behind = notation.with_range(given.value, low, high, arithmetic.geometric_mean([low, high]))
    role = given.role if given.role in ("utilization", "repetitions") else "" if bare else "factor"
    return notation.measured(written, given.unit, role) + behind


def _latex_name(name: str) -> str:
    return r"\text{" + name.replace("_", " ") + "}"
