"""The sympy symbols of inputs. Imports sympy: only `estimate` imports this, when an expression is asked for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy  # noqa: TID253 (imported only when an expression is asked for)

from slipstick.formula import Algebra


class InputSymbol(sympy.Dummy):  # type: ignore[misc]
    """A symbol that is its own input: two of the same name are not equal, and each prints as its plain name."""

    def _sympystr(self, printer: Any) -> str:
        return str(self.name)

    def _latex(self, printer: Any) -> str:
        return str(printer._deal_with_super_sub(self.name)) if "_" not in self.name else latex_name(self.name)


def latex_name(name: str) -> str:
    """A name in upright text, underscores as blanks."""
    return r"\text{" + name.replace("_", " ") + "}"


def rational(value: Fraction) -> Any:
    """The sympy rational of an exact number."""
    return sympy.Rational(value.numerator, value.denominator)


def algebra() -> Algebra[Any]:
    """How a formula becomes a sympy expression."""
    return Algebra(
        multiply=lambda parts: sympy.Mul(*(base ** rational(exponent) for base, exponent in parts)),
        add=lambda parts: sympy.Add(*(sign * term for term, sign in parts)),
        power=lambda base, exponent: base ** rational(exponent),
    )


def solutions(expression: Any, symbol: Any, target: Fraction) -> list[Any]:
    """Every real solution of `expression = target` for `symbol`, as expressions in the other symbols."""
    found = sympy.solve(sympy.Eq(expression, rational(target)), symbol)
    return [s for s in found if s.is_real is not False]
