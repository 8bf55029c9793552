"""Formulas of factors with units put on them: which leaf takes a unit that a bracket or a claim gives."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from slipstick import formula
from slipstick.formula import Formula, Leaf, Product, Sum
from slipstick.reading.inference.factors import Factor, cancelled
from slipstick.units import Compound, Dimension, UnitTerm


def product_of(factors: Sequence[Factor]) -> Formula[Factor]:
    """Factors as the formula of their product; one alone as itself."""
    parts = [(opened(f, f.formula) if f.formula is not None else Leaf(f), f.exponent) for f in factors]
    return parts[0][0] if len(parts) == 1 and parts[0][1] == 1 else Product(tuple(parts))


def opened(factor: Factor, inside: Formula[Factor]) -> Formula[Factor]:
    """A factor as the formula inside it; units that a bracket was given stand on the leaves there."""
    given = (*factor.unit, *(UnitTerm(t.name, t.prefix, -t.exponent) for t in factor.inner_unit))
    return attach(inside, _cancel(given))


def _cancel(compound: Compound) -> Compound:
    return cancelled([Factor(Fraction(1), compound, 1)])


def attach(made: Formula[Factor], unit: Compound) -> Formula[Factor]:
    """Multiply a formula by a unit: a leaf of every term takes it; beside a power it stands as a factor of its own."""
    if not unit:
        return made
    if isinstance(made, Leaf):
        made.item.unit = (*made.item.unit, *unit)
        return made
    if isinstance(made, Sum):
        return Sum(tuple((attach(part, unit), sign) for part, sign in made.parts))
    if isinstance(made, Product):
        for n, (part, exponent) in enumerate(made.parts):
            if exponent == 1 and isinstance(part, Leaf | Sum) and not _is_conversion(part):
                return Product((*made.parts[:n], (attach(part, unit), exponent), *made.parts[n + 1 :]))
    return beside(made, unit)


def enlarge(made: Formula[Factor], number: Fraction) -> Formula[Factor]:
    """Multiply a formula by a number that is in a leaf of every term: the 12.5 of `12.5 + 8.5 = 21B` are billions."""
    if isinstance(made, Leaf):
        made.item.value *= number
        return made
    if isinstance(made, Sum):
        return Sum(tuple((enlarge(part, number), sign) for part, sign in made.parts))
    if isinstance(made, Product):
        for n, (part, exponent) in enumerate(made.parts):
            if exponent == 1 and isinstance(part, Leaf | Sum) and not _is_conversion(part):
                return Product((*made.parts[:n], (enlarge(part, number), exponent), *made.parts[n + 1 :]))
    return beside(made, (), number)


def beside(made: Formula[Factor], unit: Compound, number: Fraction = Fraction(1)) -> Formula[Factor]:
    """A formula multiplied by a unit, or a number of one, that stands as a factor of its own."""
    alone = Factor(number, unit, 1, formula.leaves(made)[0].quantity, role="unit")
    parts = made.parts if isinstance(made, Product) else ((made, 1),)
    return Product((*parts, (Leaf(alone), 1)))


def times_number(made: Formula[Factor], number: Fraction, unit: Compound) -> Formula[Factor]:
    """A formula multiplied by a number: a month of so many days."""
    return beside(made, (), number) if number != 1 and unit else made


def _is_conversion(made: Formula[Factor]) -> bool:
    return isinstance(made, Leaf) and made.item.role == "conversion"


def base_units(of: Dimension) -> Compound:
    """A dimension as a compound of base units."""
    return tuple(UnitTerm(name, "", exponent) for name, exponent in of)
