"""The steps of a calculation as written: each factor or term, what it was read as, and the running value."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import NamedTuple, TypeVar

from slipstick import formula as formulas
from slipstick import notation
from slipstick.evaluation import DIMENSION, VALUE
from slipstick.formula import Algebra, Formula, Leaf, Power, Product, Sum
from slipstick.inputs import Input
from slipstick.reading import arithmetic
from slipstick.reading.interpretation import Interpretation, ReadFactor
from slipstick.source import Span
from slipstick.units import Dimension, dimension, dimension_of, label, power, written

L = TypeVar("L")

_Sized = tuple[Fraction, Dimension]


class Step(NamedTuple):
    """A factor or term as written, what it was read as, and the running value after it, in base units of `unit`."""

    text: str
    read_as: str
    value: Fraction | None
    unit: str
    operator: str = "*"


def _leaf(factor: ReadFactor) -> _Sized:
    if factor.role == "conversion":
        return Fraction(1), ()
    return factor.base_value, dimension_of(factor.unit)


_ALGEBRA = Algebra[_Sized](
    multiply=lambda parts: (
        prod((arithmetic.power(v, e) for (v, _), e in parts), start=Fraction(1)),
        dimension(pair for (_, of), e in parts for pair in power(of, e)),
    ),
    add=lambda parts: (sum((v * s for (v, _), s in parts), start=Fraction(0)), parts[0][0][1]),
    power=lambda base, exponent: (arithmetic.power(base[0], exponent), power(base[1], exponent)),
)


def number(value: Fraction) -> str:
    """A value as a step shows it: plain up to a million, else with an exponent."""
    return str(int(value)) if value.denominator == 1 and abs(value) < 10**6 else arithmetic.plain_number(value)


def read_as(factor: ReadFactor) -> str:
    """What a factor was read as: `44 day`, `4.2e14 FLOP/s/TPU v3 board`, or that it is a conversion."""
    unit = written(factor.unit)
    if factor.role == "conversion":
        return f"conversion ({number(factor.value)}{' ' + unit if unit else ''})"
    percent = factor.quantity.number.percent and not unit
    shown = f"{number(factor.value * 100)} %" if percent else number(factor.value)
    return f"{shown} {unit}" if unit else shown


def _span(node: Formula[ReadFactor]) -> Span:
    spans = [f.quantity.span for f in formulas.leaves(node)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _step(text: str, part: Formula[ReadFactor], so_far: _Sized, operator: str) -> Step:
    shown = read_as(part.item) if isinstance(part, Leaf) else _result(formulas.fold(part, _leaf, _ALGEBRA))
    return Step(" ".join(_span(part).of(text).split()), shown, so_far[0], label(so_far[1]), operator)


def _result(of: _Sized) -> str:
    unit = label(of[1])
    return number(of[0]) + (f" {unit}" if unit != "1" else "")


def written_steps(text: str, reading: Interpretation) -> tuple[Step, ...]:
    """The steps of a reading; empty where it has no value. `text` is the source that its spans point into."""
    if reading.value is None or not reading.factors:
        return ()
    node = reading.formula
    closing: tuple[Step, ...] = ()
    if isinstance(node, Power):
        name = "square root" if node.exponent == Fraction(1, 2) else f"power {node.exponent}"
        closing = (Step("", name, reading.value, reading.label, "^"),)
        node = node.base
    if isinstance(node, Leaf):
        return (_step(text, node, _leaf(node.item), "*"), *closing)
    if isinstance(node, Power):
        return (_step(text, node, formulas.fold(node, _leaf, _ALGEBRA), "*"), *closing)
    parts = (_step(text, part, formulas.fold(so_far, _leaf, _ALGEBRA), sign) for part, so_far, sign in _growing(node))
    return (*parts, *closing)


def formula_steps(formula: Formula[Input]) -> tuple[Step, ...]:
    """The steps of a formula written by hand, one for each factor or term."""
    if not isinstance(formula, Product | Sum):
        return (_own_step(formula, formula, "*"),)
    return tuple(_own_step(*step) for step in _growing(formula))


def _growing(formula: Product[L] | Sum[L]) -> list[tuple[Formula[L], Formula[L], str]]:
    """For each part of a product or sum: the part, all up to it, and its operator."""
    count = range(1, len(formula.parts) + 1)
    if isinstance(formula, Product):
        factors = formula.parts
        return [(factors[n - 1][0], Product(factors[:n]), "*" if factors[n - 1][1] > 0 else "/") for n in count]
    terms = formula.parts
    return [(terms[n - 1][0], Sum(terms[:n]), "+" if terms[n - 1][1] > 0 else "-") for n in count]


def _own_step(part: Formula[Input], so_far: Formula[Input], operator: str) -> Step:
    value, unit = formulas.fold(so_far, _base, VALUE), formulas.fold(so_far, _vector, DIMENSION)
    own = formulas.fold(part, _base, VALUE), formulas.fold(part, _vector, DIMENSION)
    return Step(notation.plain(part, lambda i: i.name), _result(own), value, label(unit), operator)


def _base(given: Input) -> Fraction:
    return given.base_value


def _vector(given: Input) -> Dimension:
    return dimension_of(given.unit)
