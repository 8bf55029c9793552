"""The steps of a calculation as written: each factor or term, what it was read as, and the running value."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from slipstick import formula as formulas
from slipstick.estimate import Step
from slipstick.formula import Algebra, Formula, Leaf, Power, Product
from slipstick.reading import arithmetic
from slipstick.reading.inference import Interpretation, ReadFactor
from slipstick.source import Span
from slipstick.units import Dimension, dimension, dimension_of, label, power, written

_Sized = tuple[Fraction, Dimension]


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
    as_float = float(value)
    if value.denominator == 1 and abs(value) < 10**6:
        return str(int(value))
    return f"{as_float:.6g}".replace("e+", "e").replace("e0", "e").replace("e-0", "e-")


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
    found = []
    for n, (part, weight) in enumerate(node.parts, 1):
        first: Formula[ReadFactor] = type(node)(node.parts[:n])  # type: ignore[arg-type]
        signs = "*/" if isinstance(node, Product) else "+-"
        found.append(_step(text, part, formulas.fold(first, _leaf, _ALGEBRA), signs[0] if weight > 0 else signs[1]))
    return (*found, *closing)
