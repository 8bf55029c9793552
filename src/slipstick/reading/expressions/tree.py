"""The tree of what was written: products, sums, powers, roots and brackets over quantities, with spans."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf, log10
from typing import NamedTuple, cast

from slipstick.reading.quantities.arithmetic import magnitude
from slipstick.reading.quantities.numbers import Number
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase
from slipstick.source import Span


class Product(NamedTuple):
    """Factors with the operator before each (the first one's is "*")."""

    span: Span
    parts: tuple[tuple[str, Node], ...]


class Sum(NamedTuple):
    """Terms with their signs."""

    span: Span
    parts: tuple[tuple[int, Node], ...]


class Power(NamedTuple):
    """`base ^ exponent`."""

    span: Span
    base: Node
    exponent: Node


class Root(NamedTuple):
    """A square root of one argument, or the geometric mean of several (`name` root or mean)."""

    span: Span
    name: str
    arguments: tuple[Node, ...]


class Group(NamedTuple):
    """A bracket, with the unit phrase that stands behind it, if any."""

    span: Span
    inner: Node
    unit: UnitPhrase | None = None
    remark: str = ""


Node = Quantity | Product | Sum | Power | Root | Group


def is_arithmetic(node: Node) -> bool:
    """Whether the node computes something, rather than state one number."""
    return not isinstance(node, Quantity) and (not isinstance(node, Group) or is_arithmetic(node.inner))


def arithmetic_mean(word: Span, span: Span, arguments: Sequence[Node]) -> Product:
    """The sum of `arguments` over their number, which stands in the `word` "average"; all of it at `span`."""
    number = Number(word, Fraction(len(arguments)), Fraction(1))
    total = Group(span, Sum(span, tuple((1, argument) for argument in arguments)))
    return Product(span, (("*", total), ("/", Quantity(word, number))))


def quantities(node: Node) -> tuple[Quantity, ...]:
    """Every quantity of the tree, from left to right."""
    if isinstance(node, Quantity):
        return (node,)
    if isinstance(node, Product):
        factors = tuple([part for _, part in node.parts])
        if set(map(type, factors)) == {Quantity}:
            return cast("tuple[Quantity, ...]", factors)
    found: list[Quantity] = []
    _collect(node, found)
    return tuple(found)


def _collect(node: Node, found: list[Quantity]) -> None:
    if isinstance(node, (Product, Sum)):
        for _, part in node.parts:
            if isinstance(part, Quantity):
                found.append(part)
            else:
                _collect(part, found)
    elif isinstance(node, Quantity):
        found.append(node)
    elif isinstance(node, Group):
        _collect(node.inner, found)
    elif isinstance(node, Power):
        _collect(node.base, found)
        _collect(node.exponent, found)
    else:
        for argument in node.arguments:
            _collect(argument, found)


def group_units(node: Node) -> tuple[UnitPhrase, ...]:
    """The unit phrases behind the brackets and powers of the tree."""
    if isinstance(node, Quantity):
        return ()
    if isinstance(node, Group):
        return ((node.unit,) if node.unit else ()) + group_units(node.inner)
    if isinstance(node, Power):
        return group_units(node.base)
    children = node.arguments if isinstance(node, Root) else tuple(part for _, part in node.parts)
    return tuple(unit for child in children for unit in group_units(child))


def literal(node: Node) -> float:
    """Decimal logarithm of the value of the written numbers alone, roughly; nan-free: inf where there is none."""
    if isinstance(node, Quantity):
        return magnitude(abs(node.number.value)) if node.number.value else inf
    if isinstance(node, Group):
        return literal(node.inner)
    if isinstance(node, Product):
        return sum(literal(part) * (1 if op == "*" else -1) for op, part in node.parts)
    if isinstance(node, Root):
        return sum(map(literal, node.arguments)) / (2 if len(node.arguments) == 1 else len(node.arguments))
    if isinstance(node, Sum):
        return _log_of_sum([(sign, literal(part)) for sign, part in node.parts])
    if isinstance(node.exponent, Quantity) and abs(node.exponent.number.value) <= _LARGEST_POWER:
        return literal(node.base) * float(node.exponent.number.value)
    return inf


_LARGEST_POWER = 100
"""No larger exponent is worked out roughly: what it makes is near nothing that is written."""


def _log_of_sum(terms: list[tuple[int, float]]) -> float:
    """The decimal logarithm of a sum of terms given by theirs; inf where it is not positive."""
    largest = max(log for _, log in terms)
    if largest == inf:
        return inf
    total = sum(sign * 10 ** (log - largest) for sign, log in terms)
    return largest + log10(total) if total > 0 else inf


def kind_of(node: Node) -> str:
    """product, quotient, sum, power, root, mean or restatement: the outermost operation."""
    if isinstance(node, Group):
        return kind_of(node.inner)
    if isinstance(node, Product):
        return "quotient" if len(node.parts) == 2 and node.parts[1][0] == "/" else "product"
    if isinstance(node, Root):
        return node.name
    return "sum" if isinstance(node, Sum) else "power" if isinstance(node, Power) else "restatement"
