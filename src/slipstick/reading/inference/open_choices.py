"""What a calculation says however it is read, and which choices it leaves open: FLOPS, months, labels, prefixes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product as combinations_of

from slipstick.reading.expressions.tree import Group, Node, Product, Root, Sum, quantities
from slipstick.reading.inference.factors import STANDARD_MONTH, STANDARD_YEAR, TIME_NAMES, Choices
from slipstick.reading.inference.shares import adds_a_part, is_percentage
from slipstick.reading.quantities import kinds
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase
from slipstick.reading.relations.claims import WrittenCalculation, WrittenClaim
from slipstick.units import Compound, dimension_of, is_device, table

MONTHS = (STANDARD_MONTH, Fraction(30))
YEARS = (STANDARD_YEAR, Fraction(365))
IN_SECONDS = 3
"""The choice `whole` of an expression without units that is a time in seconds, as operations over a rate are."""


class Said:
    """What a calculation says under any choices: its quantities, the units behind brackets, the claim with a unit.

    Collected once, since every reading asks for it.
    """

    def __init__(self, calculation: WrittenCalculation) -> None:
        self.calculation = calculation
        self.quantities, self.group_units = list[Quantity](), list[UnitPhrase]()
        _collect(calculation.expression, self.quantities, self.group_units)
        named = [q for q in self.quantities if q.unit is not None or q.number.currency]
        self.units = [q.meaning(False) for q in named]
        """Those of the quantities that have one, FLOPS read as a count."""
        self.stated = _stated(calculation.claims)
        self.claimed = self.stated.meaning(False) if self.stated is not None else ()
        """Its unit, FLOPS read as a count."""
        self.names = [name for side in (*self.units, self.claimed) for name, _, _ in side]
        """Those of all units of quantities and of the claim."""
        label = calculation.label.meaning(False) if calculation.label else ()
        named_all = [*self.names, *[term.name for term in label]] if label else self.names
        self.kinds = kinds.unified(named_all) if named_all else {}
        """Generic names of devices to the kind that they mean here."""
        self.share = claims_share(calculation)
        """Whether a percentage is claimed."""
        self.has_units = any(self.units) and not _are_of_parts(calculation.expression, named)
        """Whether any number of the expression has a unit."""


def _are_of_parts(expression: Node, named: Sequence[Quantity]) -> bool:
    """Whether all that has a unit is a percentage added to a number: "1000 + 20% VAT"."""
    terms = [part for _, part in expression.parts] if isinstance(expression, Sum) else []
    if not terms or not adds_a_part(terms):
        return False
    parts = {q.span for q in terms if is_percentage(q)}
    return not any(q.meaning(False) for q in named if q.span not in parts)


def _collect(node: Node, every: list[Quantity], groups: list[UnitPhrase]) -> None:
    """Add the quantities of a tree from left to right, and the unit phrases behind its brackets, powers aside."""
    if isinstance(node, Quantity):
        every.append(node)
    elif isinstance(node, (Product, Sum)):
        for _, part in node.parts:
            if isinstance(part, Quantity):
                every.append(part)
            else:
                _collect(part, every, groups)
    elif isinstance(node, Group):
        if node.unit:
            groups.append(node.unit)
        _collect(node.inner, every, groups)
    elif isinstance(node, Root):
        for argument in node.arguments:
            _collect(argument, every, groups)
    else:
        every += quantities(node)


def _stated(claims: Sequence[WrittenClaim]) -> Quantity | None:
    """The claimed quantity that states a unit: the first, one that is no product before those of a product."""
    sides = [claim.node for claim in claims]
    if len(sides) > 1:
        sides.sort(key=lambda node: not isinstance(node, Quantity))
    for node in sides:
        for each in (node,) if isinstance(node, Quantity) else quantities(node):  # "= 0.1 h × 90 mA = 9 mAh" says mAh
            if states_unit(each):
                return each
    return None


def may_be_in_scale(calculation: WrittenCalculation) -> bool:
    """`12.5 + 8.5 = 21B`: whether a scale word stands with the result of a sum, and none of its terms has its own.

    Nor has any an exponent, a percentage or a prefix.
    """
    claimed, node = [c.node for c in calculation.claims], calculation.expression
    while isinstance(node, Group) and node.unit is None:
        node = node.inner
    said = claimed and all(isinstance(c, Quantity) and c.number.scaled for c in claimed)
    if not isinstance(node, Sum) or not said or not all(_is_plain(part) for _, part in node.parts):
        return False
    every = quantities(node)
    scaled = any(q.number.scaled or q.number.exponent != 1 or q.number.percent for q in every)
    return not scaled and not any(t.prefix for q in every for t in q.meaning(False))


def _is_plain(term: Node) -> bool:
    """Whether a term is a number, or a product of numbers alone."""
    return isinstance(term, Quantity) or (
        isinstance(term, Product) and all(isinstance(part, Quantity) for _, part in term.parts)
    )


def scale_of_result(claim: Node) -> Fraction:
    """What the scale word of a claimed number stands for: 10^9 for 21B; 1 where it has none."""
    return claim.number.scale if isinstance(claim, Quantity) else Fraction(1)


def states_unit(quantity: Quantity) -> bool:
    """Whether a claim has a unit; a bare number "per model" only says what it is for."""
    return _says_what(quantity.meaning(False))


@lru_cache(maxsize=1000)
def _says_what(unit: Compound) -> bool:
    return any(t.exponent > 0 or not table().is_counted(t.name) for t in unit)


def without_label(compound: Compound) -> Compound:
    """The claim's unit without a "per day" or "per year" that only says what the result is for."""
    return tuple([t for t in compound if t.exponent != -1 or t.name not in TIME_NAMES or t.name == "second"])


def all_choices(said: Said, given: Choices) -> list[Choices]:
    """Every combination of choices that can matter for the units that occur."""
    if not said.names and not said.group_units:
        return [given]  # bare numbers leave nothing open
    names = {*said.names, *[t.name for u in said.group_units for t in u.count]}
    rates = (False, True) if "FLOP" in names and _may_be_rate(said) else (False,)
    rated = bool(said.claimed) and any(t.exponent == -1 and t.name in TIME_NAMES for t in said.claimed)
    wholes = _wholes(said, names)
    if not rated and names.isdisjoint(_HALF_WAY) and len(rates) == len(wholes) == 1:
        return [given._replace(whole=wholes[0]) if wholes[0] else given]  # all else that is open is of times
    months = MONTHS if "month" in names else MONTHS[:1]
    years = YEARS if "year" in names else YEARS[:1]
    halves = (True,) if names.isdisjoint(_HALF_WAY) else (True, False)
    labels = _labels(said) if rated else (False,)
    open_hours = rated or ({"day", "hour"} <= names and _has_days_by_hour(said))
    worked = (False, True) if open_hours and any(q.is_bare for q in said.quantities) else (False,)
    open_ones = combinations_of(rates, months, years, halves, labels, wholes, worked)
    return [Choices._make((*c, given.binary, given.swapped, given.in_scale)) for c in open_ones]


def _may_be_rate(said: Said) -> bool:
    """Whether any unit is of operations that may be those of each second: FLOPS."""
    units = [q.unit for q in (*said.quantities, said.stated) if q is not None]
    return any(unit is not None and unit.rate is not None for unit in (*units, *said.group_units))


def _has_days_by_hour(said: Said) -> bool:
    """Whether days stand beside what is per hour: a price, a rate."""
    powers = {(name, exponent) for unit in (*said.units, said.claimed) for name, _, exponent in unit}
    return {("day", 1), ("hour", -1)} <= powers


_HALF_WAY = TIME_NAMES - {"second"}


def _labels(said: Said) -> tuple[bool, ...]:
    """Whether a "per day" of the claim may be a label; "hours per day" are a number only where units stand before."""
    plain = without_label(said.claimed)
    if not plain or plain == said.claimed:
        return (False,)
    return (False, True) if dimension_of(said.claimed) else (True, False) if said.has_units else (True,)


def _wholes(said: Said, names: set[str]) -> tuple[int, ...]:
    """In which ways an expression without units may take the claim's: with its prefix, in FLOP, without its prefix."""
    claimed = said.claimed
    if said.stated is None or said.has_units:
        return (0,)
    plain = (1,) if any(t.prefix for t in claimed) else ()
    timed = dimension_of(tuple(t for t in claimed if not is_device(t.name))) == (("second", 1),)
    if timed and any(t.name in TIME_NAMES and t.name != "second" for t in claimed):
        return (IN_SECONDS, 0)
    return (0, *((2,) if "FLOP" in names and len(claimed) > 1 else ()), *plain)


def units_behind(node: Node) -> list[UnitPhrase]:
    """The unit phrases behind brackets."""
    if isinstance(node, (Product, Sum)):
        return [u for _, part in node.parts if not isinstance(part, Quantity) for u in units_behind(part)]
    if isinstance(node, Quantity):
        return []
    if isinstance(node, Group):
        return ([node.unit] if node.unit else []) + units_behind(node.inner)
    return [u for a in node.arguments for u in units_behind(a)] if isinstance(node, Root) else []


def both_say_rate(every: Sequence[Quantity], stated: Quantity) -> bool:
    """`8 GPUs * 312 TFLOPS * 45% = 1.1 PFLOPS`: a peak scaled by devices and fractions, no count of operations.

    Both are spelled with a capital S and a prefix, and no time stands between them.
    """
    spelled = [q for q in (*every, stated) if q.unit is not None and q.unit.rate is not None]
    if len(spelled) != 2 or not all(_is_rate_word(q) for q in spelled):
        return False
    others = [q for q in every if q.unit is None or q.unit.rate is None]
    return all(q.value <= _MOST_DEVICES and all(is_device(t.name) for t in q.meaning(False)) for q in others)


def _is_rate_word(quantity: Quantity) -> bool:
    unit = quantity.unit
    prefixed = unit is not None and any(t.name == "FLOP" and t.prefix for t in unit.count)
    return prefixed and unit is not None and any(w.endswith("FLOPS") for w in unit.words)


_MOST_DEVICES = 10**6
"""A larger number beside FLOPS is one of examples or tokens, and the FLOPS are a count."""


def claims_share(calculation: WrittenCalculation) -> bool:
    """Whether a percentage is claimed, of nothing that has a unit."""
    claimed = [claim.node for claim in calculation.claims if isinstance(claim.node, Quantity)]
    for each in claimed:
        if each.number.percent:
            return not any(map(states_unit, claimed))
    return False
