"""Whether the quantities of a chain are amounts at all: no letters of a formula, no degrees on two scales."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.tree import Node, quantities

_SCALES = frozenset((("F",), ("C",)))
_SYMBOL = "a factor is in words or a symbol"
_DEGREES = "temperatures on two scales are no factors of each other"


def no_amounts(sides: Sequence[Node]) -> str:
    """Why what is set equal is no calculation with amounts; "" where it may be one.

    "80 F / 26.7 C = 1.00" is a table's row.
    """
    if any(is_formula(side) for side in sides):
        return _SYMBOL
    said = {q.unit.words for side in sides for q in quantities(side) if q.unit is not None}
    return _DEGREES if said >= _SCALES else ""


def is_formula(side: Node) -> bool:
    """Whether letters stand in a side: a noun that nobody knows is raised to no power ("0.5mv^2")."""
    units = [q.unit for q in quantities(side) if q.unit is not None and not q.unit.known]
    return any(t.exponent not in (1, -1) for unit in units for t in unit.count)
