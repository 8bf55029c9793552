"""One expression read under one set of choices: factors in a row, conversions, unsaid units, sums, powers, roots."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from slipstick import formula
from slipstick.formula import Formula, Leaf, Product, Sum
from slipstick.reading.expressions.tree import Group, Node, Power, Root, quantities
from slipstick.reading.expressions.tree import Product as WrittenProduct
from slipstick.reading.expressions.tree import Sum as WrittenSum
from slipstick.reading.inference import shares
from slipstick.reading.inference.attaching import attach, base_units, product_of, times_number
from slipstick.reading.inference.conversions import mark_exact_ratios, small_in_large
from slipstick.reading.inference.factors import (
    COST,
    INSIDE,
    UNIT,
    Choices,
    Factor,
    Row,
    cancelled,
    choose_lengths,
    chosen,
)
from slipstick.reading.inference.half_written_conversions import half_converted
from slipstick.reading.inference.interpretation import Clash
from slipstick.reading.inference.settling import Settler
from slipstick.reading.quantities import arithmetic, kinds
from slipstick.reading.quantities.arithmetic import OutOfRange, plain_number
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import (
    Compound,
    Exponent,
    UnitTerm,
    dimension,
    dimension_of,
    in_base_units,
    is_device,
    label,
    power,
    size,
    table,
)

_Term = tuple[int, Node, tuple[Formula[Factor], Fraction, Compound]]


class Resolver(Settler):
    """Reads one expression under one set of choices, towards one target unit."""

    def __init__(self, choices: Choices, target: Compound | None, names: dict[str, str]) -> None:
        super().__init__(choices, names)
        self.target = target
        self.clashes: list[Clash] = []

    def factors(self, node: Node, exponent: Exponent = 1) -> list[Factor]:
        """A product as a flat list of factors; brackets without a unit are opened."""
        if isinstance(node, Quantity):
            return [self._quantity(node, exponent)]
        if isinstance(node, WrittenProduct):
            found: list[Factor] = []
            for operator, part in node.parts:
                own = exponent if operator == "*" else -exponent
                if isinstance(part, Quantity):
                    found.append(self._quantity(part, own))
                else:
                    found.extend(self.factors(part, own))
            return found
        if isinstance(node, Group) and node.unit is None:
            inner = node.inner
            if isinstance(inner, Quantity) and node.remark:  # "(0.3) (assumed utilization)"
                inner = inner._replace(remark=f"{inner.remark} {node.remark}".strip())
            return self.factors(inner, exponent)
        if isinstance(node, Group):
            return [self._with_unit(node, exponent)]
        return [self._composite(node, exponent)]

    def _quantity(self, node: Quantity, exponent: Exponent) -> Factor:
        number = node.number
        if node.unit is None and number.currency is None:
            return Factor(number.value, (), exponent, node, bare=not number.percent)
        unit = node.meaning(self.choices.flops_is_rate)
        if unit:
            return Factor(node.value, self.meaning(unit), exponent, node)
        return Factor(node.value, (), exponent, node, bare=node.is_bare)  # "989e12 peak" is a bare number

    def _with_unit(self, node: Group, exponent: Exponent) -> Factor:
        assert node.unit is not None
        inner, value, own = self.evaluate(node.inner, None, top=False)
        unit, many = chosen(self.meaning(node.unit.meaning(self.choices.flops_is_rate)), self.choices)
        inner = times_number(inner, many, unit)
        return Factor(value * many, (*own, *unit), exponent, formula=inner, inner_unit=own)

    def _composite(self, node: Node, exponent: Exponent) -> Factor:
        """A sum, power, root or mean as one factor of the product around it."""
        made, value, unit = self.evaluate(node, None, top=False)
        return Factor(value, unit, exponent, formula=made, bare=not unit, inner_unit=unit)

    def whole(self, node: Node) -> tuple[Formula[Factor] | list[Factor], Fraction, Compound]:
        """As `evaluate`, of the expression as a whole; a product of numbers alone, which most are, as its factors."""
        while isinstance(node, Group) and node.unit is None:
            node = node.inner
        if isinstance(node, (WrittenSum, Power, Root)):
            return self.evaluate(node, self.target, top=True)
        factors, value, unit = self._settled(node, self.target, top=True)
        return product_of(factors) if any(map(INSIDE, factors)) else factors, value, unit

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
        factors, value, unit = self._settled(node, target, top)
        return product_of(factors), value, unit

    def _settled(self, node: Node, target: Compound | None, top: bool) -> tuple[list[Factor], Fraction, Compound]:
        """The factors of a product with their units settled, its value and its unit."""
        factors = self.factors(node)
        if top and target is None and not self.share and not any(map(UNIT, factors)):
            left: Compound = ()  # numbers alone: nothing to convert to or from, and nothing that says what one may be
        elif top:
            row = Row(factors)
            self.settle(row, target)
            left = row.left
        else:
            small_in_large(factors)
            mark_exact_ratios(factors)
            choose_lengths(factors, self.choices)
            left = cancelled(factors)
        self.cost += sum(map(COST, factors))
        for factor in filter(INSIDE, factors):
            self.notes.extend(factor.notes)
        numbers = [(f.value, f.exponent) for f in factors if not f.role or not f.is_used_constant]
        return factors, arithmetic.product_of_powers(numbers), left

    def as_operations(self, made: Formula[Factor], unit: Compound) -> tuple[Formula[Factor], Compound]:
        """Things counted, set equal to FLOP: the operations for each are in a bare number (a note for each noun)."""
        for factor in formula.leaves(made):
            factor.unit = tuple(t for t in factor.unit if factor.role == "conversion" or not table().is_counted(t.name))
        self.cost += len(unit)
        self.notes.extend(f"{term.name.replace('_', ' ')}: left out of the unit" for term in unit)
        kept = tuple(t for t in self.target or () if table().is_counted(t.name))
        flop = (UnitTerm("FLOP"), *(t for t in unit if not table().is_counted(t.name)), *kept)
        return attach(made, flop), flop

    def _alike(self, terms: list[_Term]) -> list[_Term]:
        """Terms that differ only in things counted (300 W * 8 GPUs + 200 W): the counts are left out, with a note."""
        vectors = [dimension_of(unit) for _, _, (_, _, unit) in terms if unit]
        plain = {tuple(p for p in v if not table().is_counted(p[0])) for v in vectors}
        if len(set(vectors)) < 2 or len(plain) != 1 or plain == {()} or "FLOP" in dict(next(iter(plain))):
            return terms
        alike: list[_Term] = []
        for sign, part, (made, value, unit) in terms:
            counted = [t for t in unit if table().is_counted(t.name)]
            self.notes.extend(f"{t.name.replace('_', ' ')}: left out of the unit" for t in counted)
            self.cost += len(counted)
            given = attach(made, tuple(UnitTerm(t.name, t.prefix, -t.exponent) for t in counted))
            alike.append((sign, part, (given, value, tuple(t for t in unit if t not in counted))))
        return alike

    def _sum(self, node: WrittenSum, target: Compound | None, top: bool) -> tuple[Formula[Factor], Fraction, Compound]:
        parted = [part for _, part in node.parts]
        adds_a_part = shares.adds_a_part(parted)
        part = shares.added_part(parted) if adds_a_part and not self.share else None
        if part is not None:
            return self._with_part(node, part, target, top)
        in_percent = top and self.share and shares.adds_in_percent(parted, self.choices.swapped)
        read = shares.as_percentages(parted) if in_percent else parted
        before = self.cost, len(self.notes)
        terms = [(s, part, self._term(part, target, top)) for (s, _), part in zip(node.parts, read, strict=True)]
        if not top and _are_operations_of_devices([unit for _, _, (_, _, unit) in terms]):
            self.cost, self.notes = before[0], self.notes[: before[1]]  # each term has rates for its own devices
            terms = [(s, part, self._term(part, None, True)) for s, part, _ in terms]
        if adds_a_part:
            raise OutOfRange("a percentage added to a number may be a part of it or a number of its own")
        self._note_doubt(half_converted([made for _, _, (made, _, _) in terms]))
        terms = self._alike(terms)
        units = [unit for _, _, (_, _, unit) in terms]
        stated = [u for u in units if u]
        same = all(sorted(u) == sorted(units[0]) for u in units)
        if not same and stated:
            self._compare(terms)
        first = dimension_of(stated[0]) if stated else ()
        total = Fraction(0)
        parts: list[tuple[Formula[Factor], int]] = []
        for sign, _, (term, value, unit) in terms:
            parts.append((attach(term, stated[0]) if not unit and stated else term, sign))
            term_value = arithmetic.bounded(value if same else in_base_units(value, unit or stated[0]))
            total += term_value if sign > 0 else -term_value
        if in_percent:
            self.notes.append("read as a sum of percentages")
        return Sum(tuple(parts)), arithmetic.bounded(total), units[0] if same else base_units(first)

    def _term(self, node: Node, target: Compound | None, top: bool) -> tuple[Formula[Factor], Fraction, Compound]:
        """A term of a sum: a generic name means the kind that this term names, if it names one."""
        outer = self.names
        self.names = kinds.names_in_term(outer, [t.name for q in quantities(node) for t in q.meaning(False)])
        found = self.evaluate(node, target, top)
        self.names = outer
        return found

    def _with_part(
        self, node: WrittenSum, part: Quantity, target: Compound | None, top: bool
    ) -> tuple[Formula[Factor], Fraction, Compound]:
        """`$60 + 18% tip`: a percentage of what stands in front of it; below 1 a number may be a share itself."""
        before = node.parts[:-1]
        alone = len(before) == 1 and before[0][0] > 0
        made, value, unit = self.evaluate(before[0][1] if alone else node._replace(parts=before), target, top)
        if not unit and abs(value) <= 1:
            raise OutOfRange("a percentage added to a number may be a part of it or a number of its own")
        sign = node.parts[-1][0]
        factor = Factor(1 + sign * part.value, (), 1, part)
        factor.notes.append(f"read as {plain_number(part.value * 100)}% of what stands in front of it")
        return Product(((made, 1), (Leaf(factor), 1))), arithmetic.bounded(value * factor.value), unit

    def _compare(self, terms: list[_Term]) -> None:
        """Note unlike terms; a bare term beside a unit takes it (cost 1)."""
        stated = [(part, unit) for _, part, (_, _, unit) in terms if unit]
        for _, part, (_, _, unit) in terms:
            things = tuple(t for q in quantities(part) for t in q.meaning(False))
            own = dimension_of(things) if not unit else ()
            if own:  # "$300 + 20 GPUs": what is counted is no bare number
                ends = label(dimension_of(stated[0][1])), label(own)
                unknown = all(t.name not in table() for t in things)
                self.clashes.append(Clash(stated[0][0].span, ends[0], part.span, ends[1], unknown))
        self.cost += len(terms) - len(stated)
        first, unit = stated[0]
        for part, other in stated[1:]:
            left, right = dimension_of(unit), dimension_of(other)
            if left != right:
                counted = all(_is_noun(n) for n, _ in dimension([*left, *power(right, -1)]))
                counted = counted or any(all(n not in table() for n, _ in side) for side in (left, right))
                self.clashes.append(Clash(first.span, label(left), part.span, label(right), counted))

    def _power(self, node: Power) -> tuple[Formula[Factor], Fraction, Compound]:
        base, value, unit = self.evaluate(node.base, None, top=False)
        _, exponent, exponent_unit = self.evaluate(node.exponent, None, top=False)
        if unit and not exponent_unit and exponent.denominator != 1:
            return self._unit_root(base, value, unit, exponent)
        if exponent_unit:
            raise OutOfRange("an exponent with a unit")
        raised = tuple(UnitTerm(t.name, t.prefix, t.exponent * exponent) for t in unit)
        return formula.Power(base, exponent), arithmetic.power(value, exponent), raised

    def _unit_root(
        self, base: Formula[Factor], value: Fraction, unit: Compound, exponent: Fraction
    ) -> tuple[Formula[Factor], Fraction, Compound]:
        """`(8 m^3)^(1/3)`: a root of a quantity, where its unit has one."""
        raised = power(dimension_of(unit), exponent)
        if any(Fraction(e).denominator != 1 for _, e in raised):
            raise OutOfRange("a root of a unit that has none")
        whole = tuple((n, int(e)) for n, e in raised)
        return formula.Power(base, exponent), arithmetic.power(value * size(unit), exponent), base_units(whole)

    def _root(self, node: Root) -> tuple[Formula[Factor], Fraction, Compound]:
        made = [self.evaluate(a, None, top=False) for a in node.arguments]
        nth = Fraction(1, 2 if node.name == "root" else len(made))
        inner, value, unit = made[0]
        if len(made) > 1:
            inner = Product(tuple((f, 1) for f, _, _ in made))
            value = arithmetic.product([v * size(u) for _, v, u in made])
            unit = base_units(dimension(pair for _, _, u in made for pair in dimension_of(u)))
        base = base_units(power(dimension_of(unit), nth))
        return formula.Power(inner, nth), arithmetic.power(value * size(unit), nth), base


def _are_operations_of_devices(units: Sequence[Compound]) -> bool:
    """Whether terms differ in the devices alone, whose operations they are: FLOP*V100 and FLOP*A100."""
    vectors = [dict(dimension_of(unit)) for unit in units if unit]
    plain = [{n: e for n, e in vector.items() if not is_device(n)} for vector in vectors]
    alike = len(vectors) > 1 and all(vector == plain[0] for vector in plain) and "FLOP" in plain[0]
    return alike and any(vector != vectors[0] for vector in vectors)


def _is_noun(name: str) -> bool:
    return name not in table()
