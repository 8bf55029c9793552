"""The sympy symbols of inputs, and what an input would have to be.

Imports sympy: only `estimate` imports this, when one of the two is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple, TypeVar

import sympy  # noqa: TID253 (imported only when an expression is asked for)
from mpmath.libmp import NoConvergence  # type: ignore[import-untyped]

from slipstick.formula import Algebra, Formula, Leaf, Power, Product, Sum, fold, holding
from slipstick.notation import latex_name
from slipstick.reading.quantities import arithmetic
from slipstick.units import Exponent

L = TypeVar("L")

_HIGHEST_DEGREE = 20
_DIGITS = 50
_ANY = "every value would do"


class InputSymbol(sympy.Dummy):  # type: ignore[misc]
    """A symbol that is its own input: two of the same name are not equal, and each prints as its plain name."""

    def _sympystr(self, printer: Any) -> str:
        return str(self.name)

    def _latex(self, printer: Any) -> str:
        return str(printer._deal_with_super_sub(self.name)) if "_" not in self.name else latex_name(self.name)


def rational(value: int | Fraction) -> Any:
    """The sympy rational of an exact number."""
    return sympy.Rational(value.numerator, value.denominator)


def algebra() -> Algebra[Any]:
    """How a formula becomes a sympy expression."""
    return Algebra(
        multiply=lambda parts: sympy.Mul(*(base ** rational(exponent) for base, exponent in parts)),
        add=lambda parts: sympy.Add(*(sign * term for term, sign in parts)),
        power=lambda base, exponent: base ** rational(exponent),
    )


def solutions(
    formula: Formula[L], unknown: L, base_value: Callable[[L], Fraction], algebra: Algebra[Fraction], target: Fraction
) -> list[Fraction]:
    """Every real base value of the leaf `unknown` for which the formula is `target`, at 50 digits, in order.

    Operations are undone from the outside in as long as the unknown stands in one operand alone; where it stands in
    several, the roots of a polynomial are taken. `algebra` evaluates a formula of `base_value`s. Raises ValueError
    where the polynomial's degree is above 20, a root is taken of a sum that holds the unknown beside itself, or every
    value would do; `arithmetic.OutOfRange` where an operand has no value.
    """
    value = _Values(unknown, holding(formula, unknown), base_value, algebra)
    return sorted({x for x in value.solutions(formula, target) if value.exists(formula, x)})


class _Values(NamedTuple):
    """One unknown and the values of all other leaves; `holding` are the ids of the nodes that hold the unknown."""

    unknown: Any
    holding: set[int]
    base_value: Callable[[Any], Fraction]
    algebra: Algebra[Fraction]

    def of(self, formula: Formula[Any], x: Fraction | None = None) -> Fraction:
        def leaf(item: Any) -> Fraction:
            return x if x is not None and item is self.unknown else self.base_value(item)

        return fold(formula, leaf, self.algebra)

    def exists(self, formula: Formula[Any], x: Fraction) -> bool:
        """Whether the formula has a value at x: no division by zero, no root of a negative number."""
        arithmetic.bounded(x)
        try:
            self.of(formula, x)
        except arithmetic.OutOfRange:
            return False
        return True

    def solutions(self, formula: Formula[Any], target: Fraction) -> list[Fraction]:
        """Candidates: some may not exist in the whole formula.

        Operations are undone from the outside in, by a list of its own: a formula may nest as deep as it is long.
        """
        found: list[Fraction] = []
        waiting = [(formula, target)]
        while waiting:
            part, wanted = waiting.pop()
            if isinstance(part, Leaf):
                found.append(wanted)
            elif isinstance(part, Power):
                waiting += [(part.base, y) for y in _roots(wanted, part.exponent)]
            else:
                inside, at = self._undone(part, wanted)
                if inside is None:
                    found += at
                else:
                    waiting += [(inside, y) for y in at]
        return found

    def _undone(self, formula: Product[Any] | Sum[Any], target: Fraction) -> tuple[Formula[Any] | None, list[Fraction]]:
        """The one part that holds the unknown and what it has to be; None and what the unknown itself has to be."""
        inside: list[Any] = [part for part in formula.parts if id(part[0]) in self.holding]
        outside = tuple(part for part in formula.parts if id(part[0]) not in self.holding)
        rest = self.of(type(formula)(outside))  # type: ignore[arg-type]
        alone = inside[0][0] if len(inside) == 1 else None
        if isinstance(formula, Product):
            exponent = self._common_exponent(inside)
            if exponent is None:
                return None, _polynomial_roots(formula, self, target)
            if not rest and not target:
                raise ValueError(_ANY)
            return alone, _roots(target / rest, exponent) if rest else []
        if alone is None:
            return None, _polynomial_roots(formula, self, target)
        return alone, [(target - rest) * inside[0][1]]

    def _common_exponent(self, parts: list[tuple[Formula[Any], Exponent]]) -> Exponent | None:
        """The power of the one operand, or of the unknown where every operand is a power of it, else None."""
        if len(parts) == 1:
            return parts[0][1]
        total: Exponent = 0
        for part, exponent in parts:
            base, power = part if isinstance(part, Power) else (part, 1)
            if not isinstance(base, Leaf):
                return None
            total += power * exponent
        return total or None


def _roots(target: Fraction, exponent: Exponent) -> list[Fraction]:
    """Every real y with y**exponent = target, at 50 digits; a fractional power of a negative y is not real."""
    if not exponent:
        if target == 1:
            raise ValueError(_ANY)
        return []
    if not target:
        return [target] if exponent > 0 else []
    whole, odd = exponent.denominator == 1, bool(exponent.numerator % 2)
    if target < 0 and not (whole and odd):
        return []
    size = arithmetic.power(abs(target), Fraction(1) / exponent)
    if not whole:
        return [size]
    return [size if target > 0 else -size] if odd else [size, -size]


class _Degree(NamedTuple):
    """Bounds of the degrees of numerator and denominator in the unknown.

    `root` is the n for which only whole powers of the unknown's n-th root occur; `single` says a mere power of it.
    """

    top: Fraction = Fraction(0)
    bottom: Fraction = Fraction(0)
    root: int = 1
    single: bool = False


def _raised(base: _Degree, exponent: Exponent) -> _Degree:
    if exponent.denominator > 1 and not base.single and (base.top or base.bottom):
        raise ValueError("a root is taken of a sum or product that holds the unknown, which stands in other places too")
    top, bottom = (base.top, base.bottom) if exponent > 0 else (base.bottom, base.top)
    steps = abs(Fraction(exponent))
    top, bottom = top * steps, bottom * steps
    return _Degree(top, bottom, lcm(base.root, top.denominator, bottom.denominator), base.single)


def _added(parts: Sequence[tuple[_Degree, int]]) -> _Degree:
    bottom = sum((part.bottom for part, _ in parts), start=Fraction(0))
    top = max(part.top + bottom - part.bottom for part, _ in parts)
    return _Degree(top, bottom, lcm(*(part.root for part, _ in parts)))


def _multiplied(parts: Sequence[tuple[_Degree, Exponent]]) -> _Degree:
    powers = [_raised(part, exponent) for part, exponent in parts]
    top = sum((power.top for power in powers), start=Fraction(0))
    bottom = sum((power.bottom for power in powers), start=Fraction(0))
    return _Degree(top, bottom, lcm(*(power.root for power in powers)))


def _power(base: Any, exponent: Exponent) -> Any:
    if base.is_Rational:
        return rational(arithmetic.power(Fraction(int(base.p), int(base.q)), exponent))
    return base ** rational(exponent)


def _polynomial_roots(formula: Formula[Any], values: _Values, target: Fraction) -> list[Fraction]:
    """Where the formula, a quotient of polynomials in the unknown or a root of it, is `target`."""

    def degree(item: Any) -> _Degree:
        return _Degree(Fraction(1), single=True) if item is values.unknown else _Degree()

    of = fold(formula, degree, Algebra[_Degree](_multiplied, _added, _raised))
    if max(of.top, of.bottom) * of.root > _HIGHEST_DEGREE:
        raise ValueError(f"the unknown stands in several places, in powers beyond {_HIGHEST_DEGREE}")
    root = sympy.Symbol("root", positive=True) if of.root > 1 else sympy.Symbol("root", real=True)
    whole = fold(
        formula,
        lambda item: root**of.root if item is values.unknown else rational(values.base_value(item)),
        Algebra[Any](
            multiply=lambda parts: sympy.Mul(*(_power(base, exponent) for base, exponent in parts)),
            add=lambda parts: sympy.Add(*(sign * term for term, sign in parts)),
            power=_power,
        ),
    )
    numerator, _ = sympy.fraction(sympy.cancel(whole - rational(target)))
    if not numerator:
        raise ValueError(_ANY)
    found = _real_roots(sympy.Poly(numerator, root).sqf_part())
    return [at**of.root for at in found if at >= 0 or of.root == 1]


def _real_roots(polynomial: Any) -> list[Fraction]:
    """The real roots of a polynomial without multiple ones: the exact number of them tells them from the others."""
    number = polynomial.count_roots()
    try:
        found = polynomial.nroots(n=_DIGITS, maxsteps=200) if number else []
    except NoConvergence:
        raise ValueError("the roots of its polynomial are not found") from None
    found.sort(key=lambda at: abs(sympy.im(at)) / (abs(at) or 1))
    exact = [sympy.Rational(sympy.re(at)) for at in found[:number]]
    return [Fraction(int(at.p), int(at.q)) for at in exact]
