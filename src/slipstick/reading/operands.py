"""What stands before an operator in words ("of", "for", "at"), and whether the operator then multiplies."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.numbers import read_number
from slipstick.reading.quantities import Quantity, UnitPhrase, unit_phrase
from slipstick.reading.tokens import Token
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


def rate_follows(tokens: Sequence[Token], i: int, before: Node, word: str) -> bool:
    """ "64 GPUs for 30 days at 312 TFLOP/s and 40% utilization": a rate, a price or a utilization follows."""
    found = read_number(tokens, i)
    last = last_quantity(before)
    if found is None or last.is_bare:
        return False
    phrase = unit_phrase(tokens, found[1])
    role = phrase[0].role if phrase else ""
    held = {t.name for t in last.meaning(True)}
    priced = word in ("at", "@") and found[0].currency is not None and bool(held - {"USD", "EUR", "GBP"})
    rate = phrase[0].meaning(True) if phrase and word in ("at", "@") else ()
    is_rate = any(t.name == "FLOP" for t in rate) and any(t.name == "second" and t.exponent < 0 for t in rate)
    return (role == "utilization" or is_rate or priced) and not has_rate_of_its_own(last, role)


def devices_and_time(tokens: Sequence[Token], before: Node, word: str, i: int) -> bool:
    """ "64 GPUs for 14 days", "5 days on 8 GPUs": things counted, and how long."""
    following = read_number(tokens, i + 1)
    phrase = unit_phrase(tokens, following[1]) if following else None
    last = before.unit if isinstance(before, Quantity) else None
    if phrase is None or last is None:
        return False
    thing, time = (last, phrase[0]) if word == "for" else (phrase[0], last)
    return is_time(time) and is_devices(thing)


def is_time(phrase: UnitPhrase) -> bool:
    """Whether the unit is one of time."""
    return len(phrase.count) == 1 and table().dimension(phrase.count[0]) == table().dimension(UnitTerm("second"))


def is_devices(phrase: UnitPhrase) -> bool:
    """Whether the unit counts things that the registry knows (GPUs, people)."""
    return phrase.known and len(phrase.count) == 1 and table().is_counted(phrase.count[0].name)
