"""Formulas over any kind of leaf: products, sums and powers, and the one way to walk them.

A leaf stands for an input. Two leaves are the same input only when they hold the same object. Evaluation goes through
`fold`, which computes every product, sum and power once, so that a shared part is never computed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar, Union

from slipstick.units import Exponent

L = TypeVar("L")
M = TypeVar("M")
T = TypeVar("T")


class Leaf(NamedTuple, Generic[L]):
    """One use of an input."""

    item: L


class Product(NamedTuple, Generic[L]):
    """Factors to powers; a quotient has the power -1."""

    parts: tuple[tuple[Formula[L], Exponent], ...]


class Sum(NamedTuple, Generic[L]):
    """Terms with their signs."""

    parts: tuple[tuple[Formula[L], int], ...]


class Power(NamedTuple, Generic[L]):
    """A base to a constant power."""

    base: Formula[L]
    exponent: Exponent


Formula = Union[Leaf[L], Product[L], Sum[L], Power[L]]  # noqa: UP007 (a generic alias at run time)


class Algebra(NamedTuple, Generic[T]):
    """What to do at each node of a formula: the operations of one evaluation."""

    multiply: Callable[[Sequence[tuple[T, Exponent]]], T]
    add: Callable[[Sequence[tuple[T, int]]], T]
    power: Callable[[T, Exponent], T]


def fold(formula: Formula[L], leaf: Callable[[L], T], algebra: Algebra[T]) -> T:
    """Evaluate a formula from its leaves up, each product, sum and power once."""
    if isinstance(formula, Leaf):
        return leaf(formula.item)
    if (flat := _flat(formula)) is not None:
        return algebra.multiply([(leaf(item), exponent) for item, exponent in flat])
    known: dict[int, T] = {}

    def value(node: Formula[L]) -> T:
        if isinstance(node, Leaf):
            return leaf(node.item)
        if id(node) in known:
            return known[id(node)]
        if isinstance(node, Product):
            found = algebra.multiply([(value(part), exponent) for part, exponent in node.parts])
        elif isinstance(node, Sum):
            found = algebra.add([(value(part), sign) for part, sign in node.parts])
        else:
            found = algebra.power(value(node.base), node.exponent)
        known[id(node)] = found
        return found

    return value(formula)


def _flat(formula: Formula[L]) -> list[tuple[L, Exponent]] | None:
    """The items of a product of leaves, which most formulas are and which needs no walk; None for any other."""
    if not isinstance(formula, Product):
        return None
    found: list[tuple[L, Exponent]] = []
    for part, exponent in formula.parts:
        if not isinstance(part, Leaf):
            return None
        found.append((part.item, exponent))
    return found


def leaves(formula: Formula[L]) -> tuple[L, ...]:
    """The items of all leaves, from left to right, each object once."""
    if (flat := _flat(formula)) is not None:
        return tuple({id(item): item for item, _ in flat}.values())
    found: dict[int, L] = {}

    def collect(node: Formula[L]) -> None:
        if isinstance(node, Leaf):
            found.setdefault(id(node.item), node.item)
        elif isinstance(node, Power):
            collect(node.base)
        else:
            for part, _ in node.parts:
                collect(part)

    collect(formula)
    return tuple(found.values())


def with_leaves(formula: Formula[L], change: Callable[[L], Formula[M]]) -> Formula[M]:
    """The same formula with every leaf replaced by what `change` makes of its item; sharing is kept."""
    known: dict[int, Formula[M]] = {}

    def once(item: L) -> Formula[M]:
        made = known.get(id(item))
        if made is None:
            made = known[id(item)] = change(item)
        return made

    rebuilt: Formula[M] = fold(formula, once, _REBUILT)
    return rebuilt


_REBUILT = Algebra[Any](lambda parts: Product(tuple(parts)), lambda parts: Sum(tuple(parts)), Power)


def monomial(formula: Formula[L]) -> list[tuple[L, Exponent]] | None:
    """The formula as inputs to powers, or None where it holds a sum of more than one term."""
    if isinstance(formula, Leaf):
        return [(formula.item, 1)]
    if isinstance(formula, Sum):
        only = formula.parts[0]
        return monomial(only[0]) if len(formula.parts) == 1 and only[1] == 1 else None
    if (flat := _flat(formula)) is not None:
        return flat
    parts = formula.parts if isinstance(formula, Product) else ((formula.base, formula.exponent),)
    found: list[tuple[L, Exponent]] = []
    for part, exponent in parts:
        if isinstance(part, Leaf):
            found.append((part.item, exponent))
            continue
        inner = monomial(part)
        if inner is None:
            return None
        found.extend((item, power * exponent) for item, power in inner)
    return found
