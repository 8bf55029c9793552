"""The same expression with another number, or another unit, in one place: what it would be with a slip taken back."""

from __future__ import annotations

from collections.abc import Callable

from slipstick.reading.expressions.tree import Group, Node, Power, Product, Root, Sum
from slipstick.reading.quantities.quantities import Quantity


def exchanged(node: Node, old: Quantity, new: Quantity) -> Node:
    """The tree with `new` in the place of the quantity `old` (that very one, known by its place)."""
    if isinstance(node, Quantity):
        return new if node.span == old.span else node
    if node.span.start > old.span.start or node.span.end < old.span.end:
        return node

    def inside(part: Node) -> Node:
        return exchanged(part, old, new)

    return _with_parts(node, inside)


def _with_parts(node: Product | Sum | Power | Root | Group, change: Callable[[Node], Node]) -> Node:
    if isinstance(node, Group):
        return node._replace(inner=change(node.inner))
    if isinstance(node, Power):
        return node._replace(base=change(node.base), exponent=change(node.exponent))
    if isinstance(node, Root):
        return node._replace(arguments=tuple(change(part) for part in node.arguments))
    if isinstance(node, Product):
        return node._replace(parts=tuple((operator, change(part)) for operator, part in node.parts))
    return node._replace(parts=tuple((sign, change(part)) for sign, part in node.parts))
