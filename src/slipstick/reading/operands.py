"""What stands before an operator in words ("of", "for", "at"), and whether the operator then multiplies."""

from __future__ import annotations

from slipstick.reading.quantities import Quantity, UnitPhrase
from slipstick.reading.tree import Group, Node, Product, quantities
from slipstick.units import UnitTerm, table


def is_share(node: Node) -> bool:
    """A percentage or a fraction of one, of which something may be taken: "40% of 989 TFLOP/s"."""
    if isinstance(node, Product):
        return all(isinstance(p, Quantity) and p.is_bare for _, p in node.parts) and node.parts[-1][0] == "/"
    return isinstance(node, Quantity) and node.unit is None and node.number.percent


def has_unit(node: Node) -> bool:
    """Whether a bracket holds one quantity with a unit."""
    inner = node.inner if isinstance(node, Group) else node
    return isinstance(inner, Quantity) and inner.unit is not None


def last_quantity(node: Node) -> Quantity:
    """The last quantity that the node is made of."""
    return quantities(node)[-1]


def has_rate_of_its_own(last: Quantity, role: str) -> bool:
    """Whether the quantity before is a rate already, so that a second one does not multiply it."""
    names = {t.name: t.exponent for t in last.meaning(True)}
    return role != "utilization" and names.get("second", 0) < 0


def is_time(phrase: UnitPhrase) -> bool:
    """Whether the unit is one of time."""
    return len(phrase.count) == 1 and table().dimension(phrase.count[0]) == table().dimension(UnitTerm("second"))


def is_devices(phrase: UnitPhrase) -> bool:
    """Whether the unit counts things that the registry knows (GPUs, people)."""
    return phrase.known and len(phrase.count) == 1 and table().is_counted(phrase.count[0].name)
