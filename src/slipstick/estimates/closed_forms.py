"""What an input would have to be, as a formula over the other inputs.

Imports sympy: loaded only when an estimate is solved.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import sympy  # noqa: TID253 (imported only when an estimate is solved)

from slipstick.estimates.inputs import Input
from slipstick.estimates.symbols import algebra, rational
from slipstick.formula import Algebra, Formula, Leaf, Power, Product, Sum, fold, holding
from slipstick.units import Exponent

Form = Formula[Input]


def closed_forms(formula: Form, unknown: Input, target: Form) -> list[Form]:
    """Formulas for `unknown` that make `formula` equal to `target`, each for one answer; some may have no real value.

    Operations are undone from the outside in as long as the unknown stands in one operand alone. Where it stands in
    several, the formula is brought to a polynomial by sympy, and solved up to the second degree; beyond that there
    is none.
    """
    holders = holding(formula, unknown)
    found: list[Form] = []
    waiting = [(formula, target)]
    while waiting:
        part, wanted = waiting.pop()
        if isinstance(part, Leaf):
            found += [wanted] if part.item is unknown else []
        elif isinstance(part, Power):
            waiting += [(part.base, y) for y in _roots(wanted, part.exponent)]
        elif sum(id(each) in holders for each, _ in part.parts) == 1:
            waiting += _undone(part, holders, wanted)
        else:
            found += _polynomial_forms(part, unknown, wanted)
    return found


def _undone(formula: Product[Input] | Sum[Input], holders: set[int], target: Form) -> list[tuple[Form, Form]]:
    """The one part that holds the unknown, with what it has to be; twice where both signs of a root would do."""
    ((part, number),) = [each for each in formula.parts if id(each[0]) in holders]
    outside: list[tuple[Form, Exponent]] = [each for each in formula.parts if id(each[0]) not in holders]
    if isinstance(formula, Product):
        rest: Form = Product(((target, 1), *((other, -e) for other, e in outside)))
        return [(part, y) for y in _roots(rest, number)]
    sign = 1 if number > 0 else -1
    return [(part, Sum(((target, sign), *((other, -sign * int(s)) for other, s in outside))))]


def _number(value: Fraction | int) -> Form:
    return Leaf(Input(str(value), Fraction(value), constant=True))


def _roots(target: Form, exponent: Exponent) -> list[Form]:
    """Both signs of the root where the exponent is even."""
    if exponent == 1:
        return [target]
    if not exponent:
        return []
    inverse = Fraction(1) / exponent
    root: Form = Power(target, inverse if inverse.denominator > 1 else inverse.numerator)
    even = exponent.denominator == 1 and exponent.numerator % 2 == 0
    return [root, Product(((_number(-1), 1), (root, 1)))] if even else [root]


def _polynomial_forms(formula: Form, unknown: Input, target: Form) -> list[Form]:
    """The answers where the formula and its target make a polynomial of degree 1 or 2 in the unknown."""
    symbols: dict[int, Any] = {}
    known: dict[Any, Input] = {}

    def symbol(item: Input) -> Any:
        if item.constant and not item.unit:
            return rational(item.value)
        if id(item) not in symbols:
            symbols[id(item)] = sympy.Dummy(item.name, positive=item is not unknown)
            known[symbols[id(item)]] = item
        return symbols[id(item)]

    difference = fold(formula, symbol, algebra()) - fold(target, symbol, algebra())
    numerator, _ = sympy.fraction(sympy.together(difference))
    at = symbols[id(unknown)]
    try:
        coefficients = [_as_formula(c, known) for c in sympy.Poly(numerator, at).all_coeffs()]
    except (sympy.PolynomialError, KeyError, TypeError):
        return []
    return _solved(coefficients)


def _solved(coefficients: Sequence[Form]) -> list[Form]:
    """The roots of a x + b or a x^2 + b x + c; none for other degrees."""
    if len(coefficients) == 2:
        a, b = coefficients
        return [Product(((_number(-1), 1), (b, 1), (a, -1)))]
    if len(coefficients) != 3:
        return []
    a, b, c = coefficients
    root: Form = Power(Sum(((Power(b, 2), 1), (Product(((_number(4), 1), (a, 1), (c, 1))), -1))), Fraction(1, 2))
    below: Form = Product(((_number(2), 1), (a, 1)))
    minus_b: Form = Product(((_number(-1), 1), (b, 1)))
    return [Product(((Sum(((minus_b, 1), (root, sign))), 1), (below, -1))) for sign in (1, -1)]


def simplified(form: Form) -> Form:
    """The same with its numbers calculated, without factors of 1 and terms of 0."""
    return fold(form, Leaf, Algebra[Form](_simple_product, _simple_sum, _simple_power))


def _plain(form: Form) -> Fraction | None:
    """The number that a form is; None where it has an input or a unit."""
    return form.item.value if isinstance(form, Leaf) and form.item.constant and not form.item.unit else None


def _simple_power(base: Form, exponent: Exponent) -> Form:
    number = _plain(base)
    if number is not None and exponent.denominator == 1 and (number or exponent > 0):
        return _number(number**exponent.numerator)
    return base if exponent == 1 else Power(base, exponent)


def _simple_product(parts: Sequence[tuple[Form, Exponent]]) -> Form:
    number, others = Fraction(1), list[tuple[Form, Exponent]]()
    for part, exponent in parts:
        inner = part.parts if isinstance(part, Product) and exponent in (1, -1) else ((part, 1),)
        for each, own in inner:
            power = own * exponent
            plain = _plain(each)
            if plain is None or power.denominator != 1 or (not plain and power < 0):
                others.append((each, power))
            else:
                number *= plain**power.numerator
    if not number:
        return _number(0)
    if len(others) == 1 and number == 1 and others[0][1] == 1:
        return others[0][0]
    return Product(((_number(number), 1), *others) if number != 1 or not others else tuple(others))


def _simple_sum(parts: Sequence[tuple[Form, int]]) -> Form:
    number, others = Fraction(0), list[tuple[Form, int]]()
    for part, sign in parts:
        for each, own in part.parts if isinstance(part, Sum) else ((part, 1),):
            plain = _plain(each)
            if plain is None:
                others.append((each, own * sign))
            else:
                number += plain * own * sign
    if not others:
        return _number(number)
    terms = (*others, (_number(abs(number)), 1 if number > 0 else -1)) if number else tuple(others)
    if len(terms) > 1:
        return Sum(terms)
    return terms[0][0] if terms[0][1] == 1 else _simple_product(((_number(-1), 1), (terms[0][0], 1)))


def _as_formula(expression: Any, known: dict[Any, Input]) -> Form:
    """A sympy expression of sums, products and rational powers as a formula. Raises TypeError for another."""
    if expression in known:
        return Leaf(known[expression])
    if expression.is_Rational:
        return _number(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Add:
        return Sum(tuple((_as_formula(term, known), 1) for term in expression.args))
    if expression.is_Mul:
        return Product(tuple((_as_formula(factor, known), 1) for factor in expression.args))
    if expression.is_Pow and expression.exp.is_Rational:
        power = Fraction(int(expression.exp.p), int(expression.exp.q))
        return Power(_as_formula(expression.base, known), power if power.denominator > 1 else power.numerator)
    raise TypeError(f"{expression.func.__name__} is no operation of a formula")
