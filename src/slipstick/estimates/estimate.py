"""An estimate: named inputs with units and ranges, and the formula over them.

A light frozen graph. Its sympy expression, pint quantities and interval are made when asked for. Two estimates share
an input only when the same `Input` object is given to both; within one, x - x is exactly 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slipstick import formula as formulas
from slipstick import notation
from slipstick.cached_properties import cached_property
from slipstick.estimates.calculating import Calculating
from slipstick.estimates.correlations import NONE, Correlations
from slipstick.estimates.evaluation import DIMENSION, VALUE
from slipstick.estimates.inputs import Input, NumberOutOfRange
from slipstick.formula import Formula
from slipstick.frozen import Frozen
from slipstick.reading.quantities import arithmetic
from slipstick.units import Dimension, Exponent, UnitTerm, dimension_of, label, pint_units, registry

if TYPE_CHECKING:
    from slipstick.estimates.answers import Answer
    from slipstick.estimates.drivers import Driver, Swing
    from slipstick.estimates.error_bars import Interval
    from slipstick.estimates.steps import Step
    from slipstick.uncertainty import Spread


class Estimate(Calculating, Frozen, eq=False):
    """A formula over inputs. It calculates with other estimates, inputs, quantities and numbers (+ - * / **).

    `written_steps` are the steps of the text that it was read from, if any; `names` the inputs that have another name
    here than their own; `correlations` what was declared of its inputs.
    """

    formula: Formula[Input]
    written_steps: tuple[Step, ...] = ()
    names: tuple[tuple[Input, str], ...] = ()
    correlations: Correlations = NONE

    @classmethod
    def from_formula(cls, text: str, /, **inputs: Any) -> Estimate:
        """An estimate written by hand.

        `text` is a formula such as "agents * days * peak * utilization"; each name in it is given as a text with a
        unit and perhaps a range ("44 days", "0.15 to 0.45", "normal(10, 2) kW"), a number, a pint quantity, or an
        `Input` that another estimate uses too, under whatever name. Raises `parsing.FormulaError` for a formula that
        cannot be read, `UnitsError` where unlike things are added, ValueError for a name without a value.
        """
        from slipstick.estimates.combining import from_formula

        return from_formula(text, inputs)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (formulas.flattened(self.formula), self.written_steps, self.names, self.correlations)

    @cached_property
    def leaves(self) -> tuple[Input, ...]:
        """Every input and literal number once, from left to right."""
        if self._monomial is None:
            return formulas.leaves(self.formula)
        return tuple({id(given): given for given, _ in self._monomial}.values())

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every input once, from left to right; literal numbers of a formula are none."""
        return tuple([i for i in self.leaves if not i.constant])

    @cached_property
    def named(self) -> dict[str, Input]:
        """The inputs by their names in this estimate. Where two have one name, the later ones are numbered."""
        renamed = {id(given): name for given, name in self.names}
        found: dict[str, Input] = {}
        for given in self.inputs:
            name = own = renamed.get(id(given), given.name) or "x"
            number = 1
            while name in found:
                number += 1
                name = f"{own}_{number}"
            found[name] = given
        return found

    @cached_property
    def name_of(self) -> dict[int, str]:
        """The name of each leaf in this estimate, by the id of its input."""
        own = {id(i): i.name for i in self.leaves}
        if not self.names and len(set(own.values())) == len(own) and all(own.values()):
            return own
        return own | {id(given): name for name, given in self.named.items()}

    @cached_property
    def powers(self) -> dict[int, Exponent] | None:
        """The exponent of each input, by its id; None where the formula is a sum of several terms or holds one."""
        if self._monomial is None:
            return None
        total: dict[int, Exponent] = {}
        for given, exponent in self._monomial:
            total[id(given)] = total.get(id(given), 0) + exponent
        return total

    @cached_property
    def _monomial(self) -> list[tuple[Input, Exponent]] | None:
        """The formula as inputs to powers, an input as often as it is used."""
        return formulas.monomial(self.formula)

    def input(self, name: str) -> Input:
        """The input of that name. Raises KeyError with the names that there are."""
        if name not in self.named:
            raise KeyError(f"no input {name!r}; there are {', '.join(self.named)}")
        return self.named[name]

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
        return self.quantity(float(self.exact_value))

    def quantity(self, number: float) -> Any:
        """A number of the result's base units as a pint quantity."""
        return registry().Quantity(number, pint_units(tuple(UnitTerm(n, "", e) for n, e in self.dimension)))

    @property
    def expression(self) -> Any:
        """The sympy expression over the inputs' symbols; each input is its own symbol."""
        from slipstick.estimates.symbols import algebra

        return formulas.fold(self.formula, lambda i: i.symbol, algebra())

    @property
    def text(self) -> str:
        """The formula as plain text: agents*days*peak*boards*utilization."""
        from slipstick.estimates.unit_alone import without_unit_alone

        names = self.name_of
        return notation.plain(without_unit_alone(self.formula), lambda i: names[id(i)])

    @property
    def substituted(self) -> str:
        """The formula with each input's exact value and unit, as `read_estimate` reads it back.

        `12 agent * 44 day * 4.2e14 FLOP/s/TPU v3 board * 32 TPU v3 board/agent * 0.33 utilization`. Beside units a
        plain number is a factor ("6 factor"), no conversion. A range is written where its middle is the value.
        """
        from slipstick.estimates.showing import substituted

        return substituted(self)

    @property
    def latex(self) -> str:
        """The formula in LaTeX."""
        from slipstick.estimates.unit_alone import without_unit_alone

        names = self.name_of

        def written(item: Input) -> str:
            is_number = item.constant and not item.unit
            return item.name if is_number else notation.latex_name(names.get(id(item), item.name))

        return notation.latex(without_unit_alone(self.formula), written)

    def __repr__(self) -> str:
        """The formula with its result, in one line."""
        from slipstick.estimates.showing import in_one_line

        return in_one_line(self)

    def __str__(self) -> str:
        """The formula, its result with the interval, and the budget table, in plain text."""
        from slipstick.estimates.showing import plain

        return plain(self)

    def _repr_latex_(self) -> str:
        from slipstick.estimates.showing import latex

        return latex(self)

    def _repr_html_(self) -> str:
        from slipstick.estimates.showing import html

        return html(self)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Factor by factor (or term by term), as written, as read, and the running value."""
        from slipstick.estimates.steps import formula_steps

        return self.written_steps or formula_steps(self.formula, lambda i: self.name_of[id(i)])

    def spread(
        self,
        level: float = 0.9,
        *,
        method: str = "auto",
        draws: int | None = None,
        seed: int = 0,
        digits: int = 2,
        design: str = "random",
        workers: int = 1,
    ) -> Spread | None:
        """The spread of the result in base units, with one share per leaf; None where no input is uncertain.

        `method` is "auto" (exact where the formula allows it, else sampled), "exact", "first order" or "sampled"; the
        rest is as in `uncertainty.sampling.Sampling`. Raises ValueError for a level outside 0 to 1, a result that has
        no value at the inputs' own values or none for some others, a method that the formula does not allow.
        """
        from slipstick.estimates.error_bars import spread_of
        from slipstick.uncertainty.sampling import Sampling

        return spread_of(self, level, method, Sampling(draws, seed, digits, design, workers))

    def interval(self, level: float = 0.9, **how: Any) -> Interval:
        """The central credible interval of the result in pint quantities, all three equal where nothing is uncertain.

        `how` is as for `spread`, and so are the errors.
        """
        from slipstick.estimates.error_bars import interval_of

        return interval_of(self.spread(level, **how), level, float(self.exact_value), self.quantity)

    def drivers(self, seed: int = 0) -> tuple[Driver, ...]:
        """Which inputs the spread is due to: shares of the variance that add up to 1, the largest first.

        Of the log in closed form for a product; Sobol indices (by scipy) for other formulas; Shapley effects where
        inputs correlate. Raises ValueError as `spread` does, and where scipy is needed and missing.
        """
        from slipstick.estimates.drivers import drivers_of

        return drivers_of(self, seed)

    def tornado(self) -> tuple[Swing, ...]:
        """What the result is with each input at either end of its 90 % range, in base units; the widest swing first."""
        from slipstick.estimates.drivers import tornado_of

        return tornado_of(self)

    def correlated(self, pairs: Mapping[tuple[Any, Any], float] | Sequence[Sequence[float]]) -> Estimate:
        """The estimate with declared correlations between its inputs, in place of those it had.

        `pairs` gives a number of -1 to 1 for two inputs (or their names), or is a matrix over `inputs` in their order.
        It is that of their normal scores (a Gaussian copula): of the logarithms for lognormal inputs, of the quantities
        themselves for normal ones. Raises KeyError for a name that is no input, ValueError for an impossible one.
        """
        from slipstick.estimates.combining import correlated

        return correlated(self, pairs)

    def replace(self, **changes: Any) -> Estimate:
        """The estimate with other values for some inputs, given as to `from_formula`; unit dimensions must agree.

        An `Input` takes the place as it is, so that other estimates may share it; another value keeps the role of the
        input that it replaces. Correlations stay. Raises KeyError for a name that is no input, UnitsError for another
        dimension, ValueError for a value that is none.
        """
        from slipstick.estimates.combining import replaced

        return replaced(self, changes)

    def solve(self, name: str, target: Any) -> Answer | list[Answer]:
        """What the input `name` would have to be for the result to be `target`, with the answer's own interval.

        `target` is a text with a unit and perhaps a range, a number, a pint quantity, an `Input` or another estimate.
        A list where there are several answers. Raises KeyError for an unknown name, UnitsError where the target is of
        another dimension, ValueError where no value would do it, every value would, or none can be found.
        """
        from slipstick.estimates.answers import answers

        found = answers(self, name, target)
        return found[0] if len(found) == 1 else found


def _restored(rows: Any, *rest: Any) -> Estimate:
    return Estimate(formulas.rebuilt(rows), *rest)
