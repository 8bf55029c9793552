"""A factor that is one of a unit alone, which a claim gave: 6 * 7e9 * 2e12 is in FLOP, and FLOP is no input of it."""

from __future__ import annotations

from slipstick.estimates.inputs import Input
from slipstick.formula import Formula, Leaf, Product


def without_unit_alone(made: Formula[Input]) -> Formula[Input]:
    """A formula as it is shown: without a factor that is one of a unit, where others are left."""
    if not isinstance(made, Product) or not any(_is_unit_alone(part) for part, _ in made.parts):
        return made
    parts = tuple([(part, exponent) for part, exponent in made.parts if not _is_unit_alone(part)])
    if len(parts) == 1 and parts[0][1] == 1:
        return parts[0][0]
    return Product(parts) if parts else made


def _is_unit_alone(part: Formula[Input]) -> bool:
    return isinstance(part, Leaf) and part.item.constant and bool(part.item.unit) and part.item.value == 1
