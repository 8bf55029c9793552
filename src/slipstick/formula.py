"""Formulas over any kind of leaf: products, sums and powers, and the one way to walk them.

A leaf stands for an input. Two leaves are the same input only when they hold the same object. Evaluation goes through
`fold`, which computes every product, sum and power once, so that a shared part is never computed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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


def in_order(*formulas: Formula[L]) -> tuple[list[Formula[L]], dict[int, int]]:
    """Every node once, parts before wholes and left before right, and how often each is used, by its id.

    By a stack of its own: a sum built term by term nests as deep as it is long.
    """
    order: list[Formula[L]] = []
    uses: dict[int, int] = {}
    stack: list[tuple[Formula[L], bool]] = [(formula, False) for formula in reversed(formulas)]
    while stack:
        node, is_done = stack.pop()
        if is_done:
            order.append(node)
            continue
        key = id(node)
        uses[key] = uses.get(key, 0) + 1
        if uses[key] > 1:
            continue
        if isinstance(node, Leaf):
            order.append(node)
            continue
        stack.append((node, True))
        parts = ((node.base, 1),) if isinstance(node, Power) else node.parts
        stack.extend((part, False) for part, _ in reversed(parts))
    return order, uses


def fold(formula: Formula[L], leaf: Callable[[L], T], algebra: Algebra[T]) -> T:
    """Evaluate a formula from its leaves up, each node once; a value is let go when nothing needs it any more."""
    if isinstance(formula, Leaf):
        return leaf(formula.item)
    if (flat := flat_product(formula)) is not None:
        return algebra.multiply([(leaf(item), exponent) for item, exponent in flat])
    try:
        return _shallow(formula, leaf, algebra, _SHALLOW)
    except RecursionError:
        pass
    return next(value for _, value in fold_each([formula], leaf, algebra))


_SHALLOW = 4
"""Formulas that nest no deeper, nearly all that people write, are evaluated without an order to be found first."""


def _shallow(node: Formula[L], leaf: Callable[[L], T], algebra: Algebra[T], depth: int) -> T:
    """The value of a node by its parts' own. Raises RecursionError beyond the depth."""
    if isinstance(node, Leaf):
        return leaf(node.item)
    if not depth:
        raise RecursionError
    if isinstance(node, Product):
        return algebra.multiply([(_shallow(part, leaf, algebra, depth - 1), e) for part, e in node.parts])
    if isinstance(node, Sum):
        return algebra.add([(_shallow(part, leaf, algebra, depth - 1), sign) for part, sign in node.parts])
    return algebra.power(_shallow(node.base, leaf, algebra, depth - 1), node.exponent)


def fold_each(formulas: Sequence[Formula[L]], leaf: Callable[[L], T], algebra: Algebra[T]) -> Iterator[tuple[int, T]]:
    """Evaluate several formulas at once, what they share once: the position of each with its value, as they come."""
    order, uses = in_order(*formulas)
    wanted: dict[int, list[int]] = {}
    for position, formula in enumerate(formulas):
        wanted.setdefault(id(formula), []).append(position)
    known: dict[int, T] = {}

    def taken(part: Formula[L], times: int = 1) -> T:
        key = id(part)
        uses[key] -= times
        return known[key] if uses[key] else known.pop(key)

    for node in order:
        if isinstance(node, Leaf):
            found = leaf(node.item)
        elif isinstance(node, Product):
            found = algebra.multiply([(taken(part), exponent) for part, exponent in node.parts])
        elif isinstance(node, Sum):
            found = algebra.add([(taken(part), sign) for part, sign in node.parts])
        else:
            found = algebra.power(taken(node.base), node.exponent)
        known[id(node)] = found
        if asked := wanted.get(id(node)):
            taken(node, len(asked))
            for position in asked:
                yield position, found


def has_roots(formula: Formula[L]) -> bool:
    """Whether anything in a formula is raised to a fractional power."""
    for node in in_order(formula)[0]:
        if isinstance(node, Power) and node.exponent.denominator > 1:
            return True
        if isinstance(node, Product) and any(exponent.denominator > 1 for _, exponent in node.parts):
            return True
    return False


def flat_product(formula: Formula[L]) -> list[tuple[L, Exponent]] | None:
    """The items of a product of leaves, which most formulas are and which needs no walk; None for any other."""
    parts = formula.parts if isinstance(formula, Product) else ()
    found = [(part.item, exponent) for part, exponent in parts if isinstance(part, Leaf)]
    return found if isinstance(formula, Product) and len(found) == len(parts) else None


def leaves(formula: Formula[L]) -> tuple[L, ...]:
    """The items of all leaves, from left to right, each object once."""
    if isinstance(formula, Leaf):
        return (formula.item,)
    nodes = [formula.base] if isinstance(formula, Power) else [part for part, _ in formula.parts]
    items = [node.item for node in nodes if isinstance(node, Leaf)]
    if len(items) < len(nodes):
        items = [node.item for node in in_order(formula)[0] if isinstance(node, Leaf)]
    return tuple({id(item): item for item in items}.values())


def holding(formula: Formula[L], item: L) -> set[int]:
    """The ids of the nodes that hold an item."""
    found: set[int] = set()
    for node in in_order(formula)[0]:
        if isinstance(node, Leaf):
            is_in = node.item is item
        else:
            parts = ((node.base, 1),) if isinstance(node, Power) else node.parts
            is_in = any(id(part) in found for part, _ in parts)
        if is_in:
            found.add(id(node))
    return found


def written_length(formula: Formula[L], most: int) -> int:
    """How many leaves the formula has where it is written out, each shared part as often as it is used; or `most`."""

    def added(parts: Sequence[tuple[int, Exponent]]) -> int:
        return min(sum(number for number, _ in parts), most)

    return fold(formula, lambda _: 1, Algebra[int](added, added, lambda base, _: base))


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
    if (flat := flat_product(formula)) is not None:
        return flat
    if isinstance(formula, Power) and (flat := flat_product(formula.base)) is not None:
        return [(item, exponent * formula.exponent) for item, exponent in flat]
    if _is_of_terms(formula) or (isinstance(formula, Product) and any(_is_of_terms(part) for part, _ in formula.parts)):
        return None
    order, _ = in_order(formula)
    exponents: dict[int, Exponent] = {id(formula): 1}
    for node in reversed(order):  # each whole before its parts, which have its exponent times their own
        if isinstance(node, Leaf):
            continue
        if _is_of_terms(node):
            return None
        own = exponents[id(node)]
        for part, exponent in ((node.base, node.exponent),) if isinstance(node, Power) else node.parts:
            exponents[id(part)] = exponents.get(id(part), 0) + own * exponent
    return [(node.item, exponents[id(node)]) for node in order if isinstance(node, Leaf)]


def _is_of_terms(node: Formula[L]) -> bool:
    """Whether this is a sum of several terms, or of a negative one."""
    return isinstance(node, Sum) and (len(node.parts) > 1 or node.parts[0][1] != 1)


def outer_leaves(formula: Formula[L]) -> list[tuple[L, Exponent]]:
    """The inputs that are factors of a product as a whole, with their powers: the c of (a + b) * c."""
    parts = formula.parts if isinstance(formula, Product) else ()
    return [(part.item, exponent) for part, exponent in parts if isinstance(part, Leaf)]


_Row = tuple[str, Any, tuple[tuple[int, Exponent], ...]]


def flattened(formula: Formula[L]) -> tuple[_Row, ...]:
    """The nodes as rows that refer to earlier rows: what nests too deeply to be copied or pickled as it is."""
    order, _ = in_order(formula)
    row = {id(node): n for n, node in enumerate(order)}
    rows: list[_Row] = []
    for node in order:
        if isinstance(node, Leaf):
            rows.append(("Leaf", node.item, ()))
            continue
        parts = ((node.base, node.exponent),) if isinstance(node, Power) else node.parts
        rows.append((type(node).__name__, None, tuple((row[id(part)], number) for part, number in parts)))
    return tuple(rows)


def rebuilt(rows: Sequence[_Row]) -> Formula[L]:
    """The formula of `flattened` rows."""
    made: list[Formula[L]] = []
    for kind, item, parts in rows:
        if kind == "Leaf":
            made.append(Leaf(item))
        elif kind == "Power":
            made.append(Power(made[parts[0][0]], parts[0][1]))
        else:
            node: Any = Product if kind == "Product" else Sum
            made.append(node(tuple((made[n], number) for n, number in parts)))
    return made[-1]
