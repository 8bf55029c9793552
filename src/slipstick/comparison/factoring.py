"""An estimate as a product of factors: each input once, with its power; sums and roots are factors that stay whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from slipstick import formula as formulas
from slipstick import notation
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.evaluation import DIMENSION, VALUE
from slipstick.estimates.inputs import Input
from slipstick.formula import Formula, Leaf, Power, Product, Sum
from slipstick.reading.inference.factors import TIME_NAMES
from slipstick.reading.quantities import arithmetic
from slipstick.source import Span
from slipstick.units import Dimension, Exponent, dimension_of, label, power, written

_NUMBERED = re.compile(r"_\d+$")
_NAMELESS = frozenset(("", "factor", "one", "x", "value"))
_MARKUP = re.compile(r"[\\<>{}$&`|\n]")
_LONGEST = 40
_MOST_LEAVES = 100
_MOST_TERMS = 50
_NEAR_ONE = Fraction(1, 20)
_RATES = ("peak", "throughput")


@dataclass(frozen=True, eq=False)
class Factor:
    """A factor of an estimate: `value` in base units of `dimension`, its power included.

    `role` is utilization, rate, repetitions or empty; `inputs` are those in it; `node` what it is in the formula.
    """

    name: str
    role: str
    value: Fraction
    dimension: Dimension
    text: str
    read_as: str
    inputs: tuple[Input, ...]
    identity: tuple[int, Exponent]
    is_sum: bool = False
    is_constant: bool = False
    span: Span | None = None

    @property
    def noun(self) -> str:
        """The name without the number that tells it from others, or empty where it says nothing."""
        stem = _NUMBERED.sub("", self.name)
        return "" if stem in _NAMELESS else stem

    @property
    def unit(self) -> str:
        """Its base unit."""
        return label(self.dimension)

    @property
    def order(self) -> tuple[Any, ...]:
        """What it is sorted by where its place must not matter."""
        return self.noun, self.dimension, self.value, self.read_as


def factors_of(estimate: Estimate, source: str = "") -> tuple[Factor, ...]:
    """The factors of an estimate, in order, whose values multiply to its value exactly.

    `source` is the text that the places of its inputs are in. Raises UnitsError, NumberOutOfRange as its value does.
    """
    made = [_factor(estimate, node, exponent, source) for node, exponent in _powers(estimate.formula) if exponent]
    return _with_calendars(made)


def _powers(formula: Formula[Input]) -> list[tuple[Formula[Input], Exponent]]:
    """What a formula is the product of, from left to right, each once with its power.

    Each node is looked at once, wholes before their parts, so that parts used again and again cost nothing.
    """
    order, _ = formulas.in_order(formula)
    exponents: dict[int, Exponent] = {id(formula): 1}
    found: dict[int, tuple[Formula[Input], Exponent]] = {}
    for node in reversed(order):
        exponent = exponents.get(id(node))
        if exponent is None:  # inside a sum or a root, which stays whole
            continue
        parts = _multiplied(node)
        for part, own in parts or ():
            exponents[id(part)] = exponents.get(id(part), 0) + exponent * own
        if parts is None:
            key = id(node.item) if isinstance(node, Leaf) else id(node)
            found[key] = node, found.get(key, (node, 0))[1] + exponent
    return list(found.values())[::-1]


def _multiplied(node: Formula[Input]) -> Sequence[tuple[Formula[Input], Exponent]] | None:
    """What a node is the product of; None for what stays whole: inputs, sums, roots."""
    if isinstance(node, Power):
        return [(node.base, node.exponent)] if node.exponent.denominator == 1 else None
    if isinstance(node, Product):
        return node.parts if all(exponent.denominator == 1 for _, exponent in node.parts) else None
    return [(node.parts[0][0], 1)] if isinstance(node, Sum) and len(node.parts) == 1 and node.parts[0][1] == 1 else None


def _factor(estimate: Estimate, node: Formula[Input], exponent: Exponent, source: str) -> Factor:
    identity = (id(node.item if isinstance(node, Leaf) else node), exponent)
    if isinstance(node, Leaf):
        return _of_input(estimate, node.item, exponent, identity, source)
    value = arithmetic.power(formulas.fold(node, lambda i: i.base_value, VALUE), exponent)
    dimension = power(formulas.fold(node, lambda i: dimension_of(i.unit), DIMENSION), exponent)
    text = _formula_text(estimate, node)
    shown = f"{text} = {arithmetic.plain_number(value, 4)} {label(dimension)}".removesuffix(" 1")
    name = "sum" if isinstance(node, Sum) else text
    return Factor(
        name, "", value, dimension, shown, shown, formulas.leaves(node), identity, is_sum=isinstance(node, Sum)
    )


def _formula_text(estimate: Estimate, node: Formula[Input]) -> str:
    """A part of the formula as text, cut where it is long."""
    if formulas.written_length(node, _MOST_LEAVES) >= _MOST_LEAVES:
        return "a long formula"
    names = estimate.name_of
    return _short(notation.plain(node, lambda i: names[id(i)]))


def _of_input(
    estimate: Estimate, given: Input, exponent: Exponent, identity: tuple[int, Exponent], source: str
) -> Factor:
    read_as = _to_the_power(arithmetic.plain_number(given.value, 4), written(given.unit), exponent)
    words = " ".join(given.span.of(source).split()) if given.span and source and exponent == 1 else ""
    text = words if words.isprintable() and words and not _MARKUP.search(words) else read_as
    return Factor(
        name=estimate.name_of[id(given)] if not given.constant else "",
        role="rate" if given.role in _RATES else given.role,
        value=arithmetic.power(given.base_value, exponent),
        dimension=power(dimension_of(given.unit), exponent),
        text=_short(text),
        read_as=read_as,
        inputs=(given,),
        identity=identity,
        is_constant=given.constant,
        span=given.span,
    )


def _to_the_power(number: str, unit: str, exponent: Exponent) -> str:
    quantity = f"{number} {unit}".rstrip()
    if exponent == 1:
        return quantity
    return f"1/({quantity})" if exponent == -1 else f"({quantity})^{exponent}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _with_calendars(factors: Sequence[Factor]) -> tuple[Factor, ...]:
    """The factors with the length of a year ("365 days/year") joined to the time that it is the length of."""
    times = [f for f in factors if dict(f.dimension).get("second", 0) > 0]
    calendars = [f for f in factors if _is_calendar(f)]
    if not times or not calendars:
        return tuple(factors)
    longest = min(times, key=lambda f: (abs(len(f.dimension)), f.order))
    whole = longest
    for each in sorted(calendars, key=lambda f: f.order):
        text = f"{whole.text} × {each.text}"
        read_as = f"{whole.read_as} × {each.read_as}"
        inputs = (*whole.inputs, *each.inputs)
        whole = replace(whole, value=whole.value * each.value, text=text, read_as=read_as, inputs=inputs)
    return tuple(whole if f is longest else f for f in factors if f not in calendars)


def _is_calendar(factor: Factor) -> bool:
    """Whether a factor only says how long a month or year is: times over times, and near 1 in all."""
    units = [term.name for given in factor.inputs for term in given.unit]
    if factor.is_sum or factor.dimension or not units or not TIME_NAMES.issuperset(units):
        return False
    return abs(factor.value - 1) < _NEAR_ONE


def terms_of(estimate: Estimate) -> tuple[Factor, ...]:
    """The terms of an estimate that is a sum, their signs in their values; empty for any other, and for long ones."""
    node = estimate.formula
    if not isinstance(node, Sum) or not 2 <= len(node.parts) <= _MOST_TERMS:
        return ()
    found = []
    for part, sign in node.parts:
        made = _factor(estimate, part, 1, "")
        name = made.name if isinstance(part, Leaf) else _formula_text(estimate, part)
        found.append(replace(made, name=name, value=made.value * sign))
    return tuple(found)
