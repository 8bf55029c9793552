"""Units that the writer left unsaid: the cheapest reading of a written calculation, and every rival of equal cost.

Inference over dimensions with a closed list of additions (specs/inference.md). Conversions come first and are free;
every unit word added costs 1; no bare number becomes a rate, an inverse or a unit that no word and no run supports.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product as combinations_of

from slipstick import formula
from slipstick.formula import Formula, Leaf, Product, Sum
from slipstick.reading import arithmetic, counting
from slipstick.reading.arithmetic import OutOfRange
from slipstick.reading.conversions import (
    Choices,
    Factor,
    cancelled,
    chosen,
    convert_by_hand,
    mark_exact_ratios,
    small_in_large,
)
from slipstick.reading.expressions import Group, Node, Power, Root, quantities
from slipstick.reading.expressions import Product as WrittenProduct
from slipstick.reading.expressions import Sum as WrittenSum
from slipstick.reading.quantities import Quantity, UnitPhrase
from slipstick.reading.relations import WrittenCalculation
from slipstick.source import Span
from slipstick.units import (
    Compound,
    Dimension,
    UnitTerm,
    dimension,
    dimension_of,
    label,
    part_units,
    power,
    size,
    table,
    written,
)

MONTHS = (Fraction("30.4375"), Fraction(30))
YEARS = (Fraction("365.25"), Fraction(365))


@dataclass(frozen=True)
class ReadFactor:
    """One quantity as it was read: `value` in `unit`, both after inference; `role` conversion for what only converts."""

    quantity: Quantity
    value: Fraction
    unit: Compound
    role: str
    exponent: Fraction
    notes: tuple[str, ...] = ()

    @property
    def base_value(self) -> Fraction:
        """The value in base units."""
        return self.value * size(self.unit)


@dataclass(frozen=True)
class Clash:
    """Terms of a sum that are unlike: the place and unit of each."""

    left: Span
    left_unit: str
    right: Span
    right_unit: str
    counted: bool


@dataclass(frozen=True)
class Interpretation:
    """One reading of an expression. `value` is in base units of `dimension`; `unit` is the written rest of the units.

    `whole` is the claim's unit where the expression had none and took it whole. `mismatch` says that the claim's unit
    (`target`) has another dimension. `stated` is the value in base units even where, for want of a rate, the claimed
    thing has none.
    """

    formula: Formula[ReadFactor]
    factors: tuple[ReadFactor, ...]
    value: Fraction | None
    dimension: Dimension
    unit: Compound
    whole: Compound = ()
    cost: int = 0
    stray: int = 0
    mismatch: bool = False
    rate_missing: bool = False
    stated: Fraction = Fraction(0)
    target: Compound = ()
    notes: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    choices: Choices = Choices()
    trouble: str = ""

    @property
    def literal(self) -> Fraction | None:
        """The product of the numbers as written, conversions by hand included; None for a sum."""
        parts = formula.monomial(self.formula)
        if parts is None:
            return None
        total = Fraction(1)
        for factor, exponent in parts:
            if exponent.denominator != 1 or not factor.value:
                return None
            total *= factor.value ** int(exponent)
        return total

    @property
    def target_label(self) -> str:
        """The base unit of what is claimed."""
        return label(dimension_of(self.target))

    @property
    def label(self) -> str:
        """The unit of `value`, as the report writes it."""
        return label(self.dimension)


class _Reader:
    """Reads one expression under one set of choices, towards one target unit."""

    def __init__(self, choices: Choices, target: Compound | None, names: dict[str, str]) -> None:
        self.choices = choices
        self.target = target
        self.names = names
        self.cost = 0
        self.partial = False
        self.notes: list[str] = []
        self.clashes: list[Clash] = []
        self.label: Quantity | None = None

    def meaning(self, compound: Compound) -> tuple[Compound, Fraction]:
        """A compound under the choices, with generic names settled."""
        return chosen(counting.rename(compound, self.names), self.choices)

    def factors(self, node: Node, exponent: Fraction = Fraction(1)) -> list[Factor]:
        """A product as a flat list of factors; brackets without a unit are opened."""
        if isinstance(node, WrittenProduct):
            signs = [Fraction(1) if op == "*" else Fraction(-1) for op, _ in node.parts]
            return [f for s, (_, part) in zip(signs, node.parts, strict=True) for f in self.factors(part, exponent * s)]
        if isinstance(node, Group) and node.unit is None:
            if isinstance(node.inner, WrittenProduct | Group | Quantity):
                return self.factors(node.inner, exponent)
            return self.factors(node.inner, exponent)
        if isinstance(node, Quantity):
            return [self._quantity(node, exponent)]
        if isinstance(node, Group):
            return [self._with_unit(node, exponent)]
        return [self._composite(node, exponent)]

    def _quantity(self, node: Quantity, exponent: Fraction) -> Factor:
        unit, times = self.meaning(node.meaning(self.choices.flops_is_rate))
        bare = node.is_bare
        return Factor(node.number.value * times, unit, exponent, node, bare=bare, role="")

    def _with_unit(self, node: Group, exponent: Fraction) -> Factor:
        assert node.unit is not None
        unit, times = self.meaning(node.unit.meaning(self.choices.flops_is_rate))
        inner, value, own = self.evaluate(node.inner, None, top=False)
        if times != 1:
            self.notes.append(f"{float(times):g} days each")
        return Factor(value * times, (*own, *unit), exponent, formula=inner, inner_unit=own)

    def _composite(self, node: Node, exponent: Fraction) -> Factor:
        """A sum, power, root or mean as one factor of the product around it."""
        made, value, unit = self.evaluate(node, None, top=False)
        return Factor(value, unit, exponent, formula=made, bare=not unit, inner_unit=unit)

    def evaluate(self, node: Node, target: Compound | None, top: bool) -> tuple[Formula[Factor], Fraction, Compound]:
        """Formula, value and unit (value times unit is the quantity) of any node."""
        if isinstance(node, Group) and node.unit is None:
            return self.evaluate(node.inner, target, top)
        if isinstance(node, WrittenSum):
            return self._sum(node, target, top)
        if isinstance(node, Power):
            return self._power(node)
        if isinstance(node, Root):
            return self._root(node)
        return self._product(node, target, top)

    def _product(self, node: Node, target: Compound | None, top: bool) -> tuple[Formula[Factor], Fraction, Compound]:
        factors = self.factors(node)
        if top:
            self._settle(factors, target)
        else:
            small_in_large(factors)
            mark_exact_ratios(factors)
        value = Fraction(1)
        for factor in factors:
            if factor.role != "conversion":
                step = factor.value if factor.exponent == 1 else arithmetic.divide(Fraction(1), factor.value)
                value = arithmetic.bounded(value * step)
        self.cost += sum(f.cost for f in factors)
        parts = tuple((_opened(f), f.exponent) for f in factors)
        whole: Formula[Factor] = parts[0][0] if len(parts) == 1 and parts[0][1] == 1 else Product(parts)
        return whole, value, cancelled(factors)

    def _settle(self, factors: list[Factor], target: Compound | None) -> None:
        """Conversions, then the units that were left unsaid, then the things counted."""
        self._take_label(factors)
        small_in_large(factors)
        mark_exact_ratios(factors)
        wants = dimension_of(target) if target is not None else None
        flop = wants is None or dict(wants).get("FLOP") == 1
        count = wants is None or dict(wants).get("second", 0) == 0
        counting.add_times(factors, flop and count)
        counting.add_rate(factors, wants is not None and flop and count)
        counting.add_operations(factors, flop)
        self.partial |= convert_by_hand(factors, target, self.choices) == "partial"
        if not self.choices.flops_is_rate and counting.time_unused(factors):
            self.cost += 2  # 24 * 3600 as plain counts beside FLOPS, which may be a rate
        self.notes.extend(counting.settle_counts(factors, wants))

    def _take_label(self, factors: list[Factor]) -> None:
        """ "22 TPU core-years = 22 years * ...": the years are core-years, as the line itself says (cost 1)."""
        if self.label is None:
            return
        unit, _ = self.meaning(self.label.meaning(self.choices.flops_is_rate))
        for factor in factors:
            more = [t for t in unit if t not in factor.unit]
            same = factor.value == self.label.number.value and factor.unit and len(more) < len(unit)
            if same and more and all(t.name in table().is_device or t.name in part_units() for t in more):
                factor.unit = (*more, *factor.unit)
                factor.notes.append(f"read as {written(factor.unit)}, as the left side says")
                factor.cost += 1
                return

    def as_operations(self, made: Formula[Factor], unit: Compound) -> tuple[Formula[Factor], Compound]:
        """Things counted, set equal to FLOP: the operations for each are in a bare number (a note for each noun)."""
        for factor in formula.leaves(made):
            factor.unit = tuple(t for t in factor.unit if factor.role == "conversion" or not table().is_counted(t.name))
        self.cost += len(unit)
        self.notes.extend(f"{term.name.replace('_', ' ')} left over" for term in unit)
        flop = (UnitTerm("FLOP"),)
        attach(made, flop)
        return made, flop

    def _sum(self, node: WrittenSum, target: Compound | None, top: bool) -> tuple[Formula[Factor], Fraction, Compound]:
        terms = [(sign, part, self.evaluate(part, target, top)) for sign, part in node.parts]
        units = [unit for _, _, (_, _, unit) in terms]
        stated = [u for u in units if u]
        same = all(sorted(u) == sorted(units[0]) for u in units)
        if not same and stated:
            self._compare(terms)
        first = dimension_of(stated[0]) if stated else ()
        total = Fraction(0)
        for sign, _, (term, value, unit) in terms:
            if not unit and stated:
                attach(term, stated[0])
            total += sign * value * (1 if same else size(unit or stated[0]) if stated else 1)
        parts = tuple((made, sign) for sign, _, (made, _, _) in terms)
        return Sum(parts), arithmetic.bounded(total), units[0] if same else _base(first)

    def _compare(self, terms: list[tuple[int, Node, tuple[Formula[Factor], Fraction, Compound]]]) -> None:
        """Note unlike terms; a bare term beside a unit takes it (cost 1)."""
        stated = [(part, unit) for _, part, (_, _, unit) in terms if unit]
        self.cost += len(terms) - len(stated)
        first, unit = stated[0]
        for part, other in stated[1:]:
            left, right = dimension_of(unit), dimension_of(other)
            if left != right:
                counted = all(_is_noun(n) for n, _ in dimension([*left, *power(right, Fraction(-1))]))
                self.clashes.append(Clash(first.span, label(left), part.span, label(right), counted))

    def _power(self, node: Power) -> tuple[Formula[Factor], Fraction, Compound]:
        base, value, unit = self.evaluate(node.base, None, top=False)
        _, exponent, exponent_unit = self.evaluate(node.exponent, None, top=False)
        if exponent_unit or (unit and exponent.denominator != 1):
            raise OutOfRange("an exponent with a unit, or a root of one")
        raised = tuple(UnitTerm(t.name, t.prefix, t.exponent * exponent) for t in unit)
        return formula.Power(base, exponent), arithmetic.power(value, exponent), raised

    def _root(self, node: Root) -> tuple[Formula[Factor], Fraction, Compound]:
        made = [self.evaluate(a, None, top=False) for a in node.arguments]
        nth = Fraction(1, 2 if node.name == "root" else len(made))
        inner, value, unit = made[0]
        if len(made) > 1:
            inner = Product(tuple((f, Fraction(1)) for f, _, _ in made))
            value = arithmetic.bounded(_product_of([v * size(u) for _, v, u in made]))
            unit = _base(dimension(pair for _, _, u in made for pair in dimension_of(u)))
        base = _base(power(dimension_of(unit), nth))
        return formula.Power(inner, nth), arithmetic.power(value * size(unit), nth), base


def _opened(factor: Factor) -> Formula[Factor]:
    """A factor as formula; units that a bracket was given stand on the leaves inside it."""
    if factor.formula is None:
        return Leaf(factor)
    given = (*factor.unit, *(UnitTerm(t.name, t.prefix, -t.exponent) for t in factor.inner_unit))
    attach(factor.formula, _cancel(given))
    return factor.formula


def _cancel(compound: Compound) -> Compound:
    return cancelled([Factor(Fraction(1), compound, Fraction(1))])


def attach(made: Formula[Factor], unit: Compound) -> None:
    """Multiply a formula by a unit, by giving it to a leaf of every term."""
    if not unit:
        return
    if isinstance(made, Leaf):
        made.item.unit = (*made.item.unit, *unit)
    elif isinstance(made, Sum):
        for part, _ in made.parts:
            attach(part, unit)
    elif isinstance(made, Product):
        part, exponent = next((p for p in made.parts if not _is_conversion(p[0])), made.parts[0])
        attach(part, tuple(UnitTerm(t.name, t.prefix, t.exponent / exponent) for t in unit))
    else:
        attach(made.base, tuple(UnitTerm(t.name, t.prefix, t.exponent / made.exponent) for t in unit))


def _is_conversion(made: Formula[Factor]) -> bool:
    return isinstance(made, Leaf) and made.item.role == "conversion"


def _product_of(values: list[Fraction]) -> Fraction:
    result = Fraction(1)
    for value in values:
        result *= value
    return result


def _base(of: Dimension) -> Compound:
    return tuple(UnitTerm(name, "", exponent) for name, exponent in of)


def _is_noun(name: str) -> bool:
    return name not in table()


def interpret(calculation: WrittenCalculation) -> list[Interpretation]:
    """The readings of lowest cost, the natural one first; more than one where the text leaves a tie."""
    target_phrases = [q for claim in calculation.claims for q in _claimed(claim.node)]
    stated = next((q for q in target_phrases if q.meaning(False)), None)
    found: list[Interpretation] = []
    for choices in _all_choices(calculation.expression, stated):
        reading = _read(calculation, stated, choices)
        if reading not in found:
            found.append(reading)
    cheapest = min((i.mismatch, i.cost, i.stray) for i in found)
    return [i for i in found if (i.mismatch, i.cost, i.stray) == cheapest]


def _claimed(node: Node) -> tuple[Quantity, ...]:
    return (node,) if isinstance(node, Quantity) else quantities(node)


def _all_choices(node: Node, stated: Quantity | None) -> list[Choices]:
    """Every combination of choices that can matter for the units that occur."""
    every = [*quantities(node), *([stated] if stated else [])]
    groups = _group_units(node)
    names = {t.name for q in every for t in q.meaning(False)} | {t.name for u in groups for t in u.meaning(False)}
    phrases = [q.unit for q in every if q.unit is not None] + groups
    rates = (False, True) if any(p.rate is not None for p in phrases) else (False,)
    months = MONTHS if names & {"month", "quarter"} else MONTHS[:1]
    years = YEARS if names & {"year", "decade"} else YEARS[:1]
    timed = bool(names & {"minute", "hour", "day", "week", "month", "year"})
    halves = (True, False) if timed else (True,)
    return [Choices(*c) for c in combinations_of(rates, months, years, halves)]


def _group_units(node: Node) -> list[UnitPhrase]:
    if isinstance(node, Group):
        return ([node.unit] if node.unit else []) + _group_units(node.inner)
    if isinstance(node, WrittenProduct | WrittenSum):
        return [u for _, part in node.parts for u in _group_units(part)]
    return [u for a in node.arguments for u in _group_units(a)] if isinstance(node, Root) else []


def _read(calculation: WrittenCalculation, stated: Quantity | None, choices: Choices) -> Interpretation:
    node = calculation.expression
    every = [*quantities(node), *(q for q in (stated, calculation.label) if q)]
    names = counting.unified(t.name for q in every for t in q.meaning(False))
    claimed = [stated.meaning(r) for r in dict.fromkeys((choices.flops_is_rate, False))] if stated else [None]
    best: Interpretation | None = None
    for target in claimed:
        reader = _Reader(choices, None, names)
        reader.target = reader.meaning(target)[0] if target is not None else None
        reader.label = calculation.label
        reading = _finish(reader, node)
        if best is None or (reading.mismatch, reading.cost, reading.stray) < (best.mismatch, best.cost, best.stray):
            best = reading
    assert best is not None
    return best


def _finish(reader: _Reader, node: Node) -> Interpretation:
    try:
        made, value, unit = reader.evaluate(node, reader.target, top=True)
    except (OutOfRange, ValueError) as error:
        return Interpretation(Product(()), (), None, (), (), trouble=str(error), choices=reader.choices)
    whole: Compound = ()
    if reader.target and _only_counts(unit) and dict(dimension_of(reader.target)).get("FLOP") == 1:
        made, unit = reader.as_operations(made, unit)
    has_units = bool(unit) or any(f.unit or f.role == "conversion" for f in formula.leaves(made))
    if reader.target and not has_units:
        whole, unit = reader.target, reader.target
        attach(made, whole)
    own = dimension_of(unit)
    mismatch = reader.target is not None and own != dimension_of(reader.target)
    rate_missing = mismatch and _is_time(own) and dict(dimension_of(reader.target or ())).get("FLOP") == 1
    known = not rate_missing and all(c.counted for c in reader.clashes)
    reading = _frozen(made)
    return Interpretation(
        reading, formula.leaves(reading), value * size(unit) if known else None, own, unit, whole, reader.cost,
        _stray(own), mismatch, rate_missing, value * size(unit), reader.target or (), tuple(reader.notes), tuple(reader.clashes), reader.choices,
    )  # fmt: skip


def _only_counts(unit: Compound) -> bool:
    """Whether a unit holds things counted and nothing else."""
    return bool(unit) and all(table().is_counted(n) for n, _ in dimension_of(unit))


def _is_time(of: Dimension) -> bool:
    """A time, or a time of things counted (core-years)."""
    return dict(of).get("second") == 1 and all(n == "second" or table().is_counted(n) for n, _ in of)


def _frozen(made: Formula[Factor]) -> Formula[ReadFactor]:
    def freeze(f: Factor) -> Formula[ReadFactor]:
        assert f.quantity is not None
        role = f.role or f.quantity.role
        return Leaf(ReadFactor(f.quantity, f.value, f.unit, role, f.exponent, tuple(f.notes)))

    return formula.with_leaves(made, freeze)


def _stray(of: Dimension) -> int:
    """FLOP before FLOP/s before FLOP*s: how far the time is from cancelling, where there are operations."""
    exponents = dict(of)
    time = exponents.get("second", Fraction(0))
    return 0 if "FLOP" not in exponents or time == 0 else 1 if time == -1 else 2
