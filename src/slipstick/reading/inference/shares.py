"""Constants that only scale: the hundred of a percentage, the thousand of a prefix.

`12/48 * 100 = 25%` computes a percentage, `0.7 kW * 1000 = 700 W` writes a prefix out. Either constant may be a plain
number as well; where it stands says which is likelier (specs/inference.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.expressions.tree import Node, Sum, quantities
from slipstick.reading.inference.factors import Factor, Row
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import dimension_of, table

HUNDRED, THOUSAND = 100, 1000
_OF_PERCENT = "the hundred of the percentage that is claimed"


def settle_scales(row: Row, share: bool, swapped: bool) -> None:
    """Read the constants that only scale; `share` says that a percentage is claimed."""
    if row.constants:
        _mark_thousands(row, swapped)
    if share:
        _take_hundred(row, swapped)


def _take_hundred(row: Row, swapped: bool) -> None:
    """Where a percentage is claimed, a bare 100 at the end is the percent's own; elsewhere only if `swapped`.

    "100 / 400 = 25%" is a share as it stands.
    """
    able = [f for f in row.bare(1) if _is(f, HUNDRED)]
    if not able or len(row) < 2 or any(f.quantity is not None and f.quantity.number.percent for f in row):
        return
    if (able[-1] is row[-1]) != swapped:
        able[-1].role = "conversion"
        able[-1].notes.append(_OF_PERCENT)


def adds_in_percent(terms: Sequence[Node], swapped: bool) -> bool:
    """`100 - 25 = 75%`: whether a sum of bare numbers is one of percentages, since the whole in it is 100.

    Without the 100 (`30 + 20 = 50%`) only if `swapped`. A term that is computed has a 100 of its own at its end.
    """
    plain = [t for t in terms if isinstance(t, Quantity)]
    whole = any(t.value == HUNDRED for t in plain)
    if not whole and not (swapped and all(t.value >= 1 for t in plain)):
        return False
    last = [q[-1] for t in terms if (q := quantities(t)) and not isinstance(t, Quantity)]
    return all(t.is_bare for t in plain) and all(q.is_bare and q.value == HUNDRED for q in last)


def as_percentages(terms: Sequence[Node]) -> list[Node]:
    """The terms with the plain numbers among them read in percent."""
    return [_in_percent(t) if isinstance(t, Quantity) else t for t in terms]


def _in_percent(quantity: Quantity) -> Quantity:
    number = quantity.number
    hundredth = number._replace(value=number.value / 100, last_digit=number.last_digit / 100, percent=True)
    return quantity._replace(number=hundredth)


def is_percentage(node: Node) -> bool:
    """Whether a term is a percentage, named or not: "20%", "20% VAT"; of a known unit it is an amount."""
    if not isinstance(node, Quantity) or not node.number.percent:
        return False
    return all(t.name not in table() for t in node.meaning(False))


def added_part(terms: Sequence[Node]) -> Quantity | None:
    """`$60 + 18% tip`: the last term, where it is the only percentage of a sum, and no range."""
    *others, last = terms
    alone = isinstance(last, Quantity) and is_percentage(last) and not any(map(is_percentage, others))
    return last if isinstance(last, Quantity) and alone and not last.number.is_range else None


def adds_a_part(terms: Sequence[Node]) -> bool:
    """Whether a percentage is added to a number, of which it may be a part or not; `1 + 25%` is clear."""
    others = [t for t in terms if not is_percentage(t)]
    one = all(isinstance(t, Quantity) and t.is_bare and t.value == 1 for t in others)
    return 0 < len(others) < len(terms) and not one


def take_same_unit(row: Row) -> None:
    """`8 hours / 24 = 33%`: where a percentage is claimed, a bare number beside one unit is in the same (cost 1)."""
    left = row.left
    if len(left) != 1 or abs(left[0].exponent) != 1 or not dimension_of(left) or table().is_counted(left[0].name):
        return
    bare = row.bare(-1 if left[0].exponent == 1 else 1)
    if len(bare) == 1:
        bare[0].unit = (left[0]._replace(exponent=1),)
        bare[0].notes.append(f"read as {bare[0].words}, since a percentage is claimed")
        bare[0].cost += 1


def _mark_thousands(row: Row, swapped: bool) -> None:
    """A 1000 before a unit with a prefix is a number, behind it the prefix may be written out; or else `swapped`."""
    thousands = [f for f in row.free(1) if _is(f, THOUSAND)]
    place = next((n for n, f in enumerate(row) if any(t.prefix for t in f.unit)), None) if thousands else None
    for n, factor in enumerate(row if place is not None else ()):
        if place is not None and factor in thousands:
            factor.plain = (n < place) != swapped
            if factor.plain and swapped:
                factor.notes.append("read as a number, not as the prefix written out")


def may_swap(node: Node, share: bool) -> bool:
    """Whether a calculation has such a constant at all."""
    every = quantities(node)
    bare = {q.value for q in every if q.is_bare}
    prefixed = any(t.prefix for q in every for t in q.meaning(False))
    return (share and (HUNDRED in bare or isinstance(node, Sum))) or (prefixed and THOUSAND in bare)


def _is(factor: Factor, value: int) -> bool:
    return factor.value == value and factor.quantity is not None and not factor.quantity.number.scaled
