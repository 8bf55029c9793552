"""Whole numbers with a slash between them that are no division: "8/2 GPUs per node" beside nodes, "80/160 bytes"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from slipstick.reading.expressions.tree import Node, Product
from slipstick.reading.quantities.quantities import Quantity

_LARGEST_OF_FRACTION = 10
ALTERNATIVES = "numbers with a slash between them on both sides: one result for each of two cases"


def with_numbers_per_thing(parts: list[tuple[str, Node]]) -> list[tuple[str, Node]]:
    """The factors of a product; "8/2 GPUs per node" behind nodes is a number of them, 4, and no division by any.

    The nodes would come out squared. In "64/8 GPUs per node = 8 nodes" nothing is per node before it.
    """
    divisors = [n for n, (sign, _) in enumerate(parts) if sign == "/" and n > 1] if len(parts) > 2 else []
    n = next((n for n in divisors if _is_slashed(parts[n - 1][1], parts[n][1])), 0) if divisors else 0
    if not n or parts[n - 1][0] != "*":
        return parts
    above, below = parts[n - 1][1], parts[n][1]
    assert isinstance(above, Quantity)
    assert isinstance(below, Quantity)
    if not below.number.value or not _is_whole(above.number.value / below.number.value):
        return parts  # "8/16 GPUs per node": two cases
    things = {t.name for t in below.meaning(False) if t.exponent == -1}
    counted = [part.meaning(False) for sign, part in parts[: n - 1] if sign == "*" and isinstance(part, Quantity)]
    if not any(len(unit) == 1 and unit[0].exponent == 1 and unit[0].name in things for unit in counted):
        return parts
    last = above.number.last_digit / below.number.value
    value, span = above.number.value / below.number.value, above.span.to(below.number.span)
    number = below.number._replace(span=span, value=value, last_digit=last)
    joined = below._replace(span=above.span.to(below.span), number=number)
    return [*parts[: n - 1], ("*", joined), *parts[n + 1 :]]


def are_alternatives(sides: Sequence[Node]) -> bool:
    """Whether the first two sides have as many numbers with slashes between them each, the last with the unit.

    "25 * 80/160 bytes = 2000/4000 bytes" says two things at once; so does "= 96/48 GPUs", which nobody writes for two.
    """
    first, second = sides[:2] if len(sides) > 1 else (None, None)
    if first is None or not isinstance(second, Product):
        return False
    return 0 < _alternatives(first) == _alternatives(second) or _are_two_results(second)


def _are_two_results(side: Product) -> bool:
    """Whether a side is two whole numbers of things, neither of them small enough for a fraction."""
    numbers = [part.number.value for _, part in side.parts if isinstance(part, Quantity)]
    return len(side.parts) == len(numbers) == 2 == _alternatives(side) and min(numbers) > _LARGEST_OF_FRACTION


def _alternatives(side: Node) -> int:
    """How many numbers have slashes between them at the end of a side, all whole, the last one with a unit; or 0."""
    parts = side.parts if isinstance(side, Product) else ()
    for n in range(len(parts) - 1, 0, -1):
        if parts[n][0] != "/" or not _is_slashed(parts[n - 1][1], parts[n][1], last=n == len(parts) - 1):
            return len(parts) - n if n < len(parts) - 1 else 0
    return len(parts) if len(parts) > 1 else 0


def _is_slashed(above: Node, below: Node, last: bool = True) -> bool:
    """Whether a slash alone stands between a bare whole number and another, which has a unit if it is the last."""
    if not isinstance(above, Quantity) or not isinstance(below, Quantity) or not above.is_bare:
        return False
    whole = _is_whole(above.number.value) and _is_whole(below.number.value)
    glued = below.span.start - above.span.end == 1
    return whole and glued and (below.unit is not None if last else below.is_bare)


def _is_whole(value: Fraction) -> bool:
    return value.denominator == 1
