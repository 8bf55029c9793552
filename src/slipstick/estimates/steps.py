"""The steps of a calculation as written: each factor or term, what it was read as, and the running value."""

# Annotations are evaluated here: as text, NamedTuple would compile each of them at every start.

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple, TypeVar

from slipstick import formula as formulas
from slipstick import notation
from slipstick.estimates.inputs import Input
from slipstick.formula import Algebra, Formula, Leaf, Power, Product, Sum
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.quantities import arithmetic
from slipstick.source import Span
from slipstick.units import Dimension, Exponent, dimension, dimension_of, label, power, product, written

L = TypeVar("L")

_Sized = tuple[Fraction, Dimension]

_MOST_UNITS = 40
"""Each step shows its running unit, so that a row of so many unlike things would fill a page a step."""


class Step(NamedTuple):
    """A factor or term as written, what it was read as, and the running value after it, in base units of `unit`."""

    text: str
    read_as: str
    value: Fraction | None
    unit: str
    operator: str = "*"


_ONE: _Sized = (Fraction(1), ())


def _leaf(factor: ReadFactor) -> _Sized:
    return _ONE if factor.role == "conversion" else (factor.base_value, dimension_of(factor.unit))


_ALGEBRA = Algebra[_Sized](
    multiply=lambda parts: (
        arithmetic.product_of_powers((v, e) for (v, _), e in parts),
        dimension(pair for (_, of), e in parts for pair in power(of, e)),
    ),
    add=lambda parts: (arithmetic.total(v * s for (v, _), s in parts), parts[0][0][1]),
    power=lambda base, exponent: (arithmetic.power(base[0], exponent), power(base[1], exponent)),
)


def number(value: Fraction) -> str:
    """A value as a step shows it: plain up to a million, else with an exponent."""
    top, bottom = value.as_integer_ratio()
    return str(top) if bottom == 1 and abs(top) < 10**6 else arithmetic.plain_number(value)


def read_as(factor: ReadFactor) -> str:
    """What a factor was read as: `44 day`, `4.2e14 FLOP/s/TPU v3 board`, or that it is a conversion."""
    unit = written(factor.unit)
    if factor.role == "unit":
        return f"in {unit}, as the claim says" if factor.value == 1 else f"{number(factor.value)} each"
    if factor.role == "conversion":
        return f"conversion ({number(factor.value)}{' ' + unit if unit else ''})"
    percent = factor.quantity.number.percent and not unit
    shown = f"{number(factor.value * 100)} %" if percent else number(factor.value)
    return f"{shown} {unit}" if unit else shown


def _span(node: Formula[ReadFactor]) -> Span:
    spans = [f.quantity.span for f in formulas.leaves(node)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _result(of: _Sized) -> str:
    unit = label(of[1])
    return number(of[0]) + (f" {unit}" if unit != "1" else "")


_Growing = tuple[Formula[L], _Sized, _Sized, str]
"""A part of a product or sum, its own value, the value of all up to it, and its operator."""


def _growing(formula: Formula[L], leaf: Callable[[L], _Sized]) -> Iterator[_Growing[L]]:
    """The parts of a product or sum, the running value carried along, so that a long one costs no more a part."""
    if not isinstance(formula, Product | Sum):
        own = formulas.fold(formula, leaf, _ALGEBRA)
        yield formula, own, own, "*"
        return
    signs = ("*", "/") if isinstance(formula, Product) else ("+", "-")
    so_far: _Sized | None = None
    for part, weight in formula.parts:
        own = leaf(part.item) if isinstance(part, Leaf) else formulas.fold(part, leaf, _ALGEBRA)
        so_far = _grown(formula, so_far, own, weight)
        yield part, own, so_far, signs[weight < 0]


def _grown(whole: Product[L] | Sum[L], so_far: _Sized | None, own: _Sized, weight: Exponent) -> _Sized:
    if isinstance(whole, Sum):
        value = own[0] * weight
        if so_far is None:
            return arithmetic.bounded(value), own[1]
        return arithmetic.bounded(so_far[0] + value), so_far[1]
    if own is _ONE and so_far is not None:
        return so_far  # a conversion changes nothing
    value, of = own if weight == 1 else (arithmetic.power(own[0], weight), power(own[1], weight))
    if so_far is None:
        return value, of
    return arithmetic.times(so_far[0], value), product(so_far[1], of) if of and so_far[1] else of or so_far[1]


def written_steps(text: str, reading: Interpretation) -> tuple[Step, ...]:
    """The steps of a reading; empty where it has no value, or where a step has none that is within bounds.

    `text` is the source that its spans point into.
    """
    if reading.value is None or not reading.factors:
        return ()
    node = reading.formula
    closing: tuple[Step, ...] = ()
    if isinstance(node, Power):
        name = "square root" if node.exponent == Fraction(1, 2) else f"power {node.exponent}"
        closing = (Step("", name, reading.value, reading.label, "^"),)
        node = node.base
    try:
        parts = _written(text, _growing(node, _leaf))
    except arithmetic.OutOfRange:
        return ()
    return (*parts, *closing)


def _written(text: str, parts: Iterable[_Growing[ReadFactor]]) -> list[Step]:
    """The steps of the parts; the unit is written once for all in a row that have it."""
    steps: list[Step] = []
    before: Dimension | None = None
    unit = ""
    for part, own, (value, of), operator in parts:
        if of is not before:
            before, unit = of, label(of)
            if len(of) > _MOST_UNITS:
                raise arithmetic.OutOfRange(f"a unit of more than {_MOST_UNITS} unlike things")
        if isinstance(part, Leaf):
            factor = part.item
            shown, said = read_as(factor), factor.quantity.span.of(text) if factor.role != "unit" else ""
        else:
            shown, said = _result(own), _span(part).of(text)
        steps.append(Step(" ".join(said.split()), shown, value, unit, operator))
    return steps


def formula_steps(formula: Formula[Input], name: Callable[[Input], str]) -> tuple[Step, ...]:
    """The steps of a formula written by hand, one for each factor or term; `name` is that of an input in it.

    Raises `arithmetic.OutOfRange` for a value beyond 1e300.
    """
    return tuple(
        Step(notation.plain(part, name), _result(own), value, label(of), operator)
        for part, own, (value, of), operator in _growing(formula, lambda i: (i.base_value, dimension_of(i.unit)))
    )
