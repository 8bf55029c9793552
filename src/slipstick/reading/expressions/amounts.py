"""Whether the quantities of a chain are amounts at all: no letters of a formula, no degrees on two scales."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.expressions.array_sizes import with_shared_length
from slipstick.reading.expressions.nearness import is_near
from slipstick.reading.expressions.slashed_numbers import ALTERNATIVES, are_alternatives
from slipstick.reading.expressions.tree import Group, Node, Product, Sum, is_arithmetic, quantities
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase
from slipstick.units import dimension_of, is_device, table

_SCALES = frozenset((("F",), ("C",)))
_LETTERS = frozenset((("newton",), ("ND",), ("PD",), ("NT",)))
"""6N is read as six newtons."""
_SYMBOL = "a factor is in words or a symbol"
_DEGREES = "temperatures on two scales are no factors of each other"


def no_amounts(sides: Sequence[Node]) -> str:
    """Why what is set equal is no calculation with amounts; "" where it may be one.

    "80 F / 26.7 C = 1.00" is a table's row.
    """
    units = [q.unit for side in sides for q in quantities(side) if q.unit is not None]
    if _hold_letters(units) or (len(units) == 1 and _is_of_letters(sides[0], units[0])):
        return _SYMBOL
    if are_alternatives(sides):
        return ALTERNATIVES
    return _DEGREES if len(units) > 1 and {unit.words for unit in units} >= _SCALES else ""


_SPELLED = frozenset((("N",), ("newton",), ("ND",), ("PD",), ("NT",)))


def _is_of_letters(first: Node, unit: UnitPhrase) -> bool:
    """Whether 2N or 6ND is a factor of the first side, `unit` being the only one of all: "8% of 2N = 604e6"."""
    if unit.words not in _SPELLED or not is_arithmetic(first):
        return False
    return any(q.unit is unit and q.number.value in (2, 4, 6) for q in quantities(first))


def is_formula(side: Node) -> bool:
    """Whether letters stand in a side: a noun that nobody knows is raised to no power ("0.5mv^2")."""
    return _hold_letters([q.unit for q in quantities(side) if q.unit is not None])


def _hold_letters(units: Sequence[UnitPhrase]) -> bool:
    for unit in units:
        if not unit.known and any(t.exponent not in (1, -1) and t.name not in table() for t in unit.count):
            return True
    return False


def states_none(side: Node, expression: Node) -> bool:
    """Whether a side is no result: the letters of 6ND ("= 4.2e10 = 6N"), or "$5M - $8M = ($3M)" of accounts."""
    if isinstance(side, Quantity):
        if side.unit is None or side.unit.words not in _LETTERS or side.number.value not in (2, 4, 6):
            return False
        return all(q.is_bare for q in quantities(expression)) and not is_near(side, expression)
    bracketed = side.inner if isinstance(side, Group) else None
    if not isinstance(bracketed, Quantity) or bracketed.number.currency is None or not isinstance(expression, Sum):
        return False
    terms = [(sign, term.value) for sign, term in expression.parts if isinstance(term, Quantity)]
    return len(terms) == len(expression.parts) and sum(sign * value for sign, value in terms) < 0


def substitutes(side: Node, expression: Node) -> bool:
    """Whether a side is the expression with another first factor: "(4) * 365 = 10 TB * 365" puts in what (4) is."""
    if not isinstance(side, Product) or not isinstance(expression, Product):
        return False
    rest, other = ([(o, q.number.value if isinstance(q, Quantity) else None) for o, q in node.parts[1:]]
                   for node in (side, expression))  # fmt: skip
    firsts = [quantities(node.parts[0][1]) for node in (side, expression)]
    return rest == other and None not in [v for _, v in rest] and firsts[1][0].is_bare and not firsts[0][0].is_bare


def with_unit_of_whole(expression: Node, claim: Node) -> Node:
    """A quotient of plain numbers with a unit behind it, which is the result's: "1000/8 GB = 125 GB".

    And a size with its unit of length at each number, where an area is claimed: "10 x 12 ft = 120 sq ft".
    """
    if not isinstance(expression, Product):
        return expression
    expression = with_shared_length(expression, claim)
    last = expression.parts[-1] if isinstance(expression, Product) else None
    if last is None or last[0] != "/" or not isinstance(last[1], Quantity) or not isinstance(expression, Product):
        return expression
    unit, said = last[1].unit, claim.unit if isinstance(claim, Quantity) else None
    plain = all(isinstance(q, Quantity) and q.is_bare for _, q in expression.parts[:-1])
    if not plain or unit is None or said is None or not unit.count:
        return expression
    if unit.count[:1] != said.count[:1] and dimension_of(unit.count) != dimension_of(said.count):
        return expression
    bare = last[1]._replace(unit=None, span=last[1].number.span)
    inner = expression._replace(span=expression.span.to(bare.span), parts=(*expression.parts[:-1], ("/", bare)))
    return Group(expression.span, inner, unit)


def holds_devices(first: Quantity, second: Quantity) -> bool:
    """Whether devices are set equal to another number of their parts: "4 Cloud TPUs = 16 chips"."""
    units = [q.unit.count[0].name for q in (first, second) if q.unit is not None and len(q.unit.count) == 1]
    different = len(set(units)) == 2 and first.value != second.value
    return different and all(is_device(name) for name in units)
