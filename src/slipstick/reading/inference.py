"""Units that the writer left unsaid: the cheapest reading of a written calculation, and every rival of equal cost.

Inference over dimensions with a closed list of additions (specs/inference.md). Conversions come first and are free;
every unit word added costs 1; no bare number becomes a rate, an inverse or a unit that no word and no run supports.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product as combinations_of

from slipstick import formula
from slipstick.formula import Formula, Leaf, Product
from slipstick.reading import arithmetic, kinds
from slipstick.reading.arithmetic import OutOfRange
from slipstick.reading.attaching import base_units, beside
from slipstick.reading.claims import WrittenCalculation
from slipstick.reading.factors import STANDARD_MONTH, STANDARD_YEAR, TIMES, Choices, Factor, chosen
from slipstick.reading.interpretation import Interpretation, ReadFactor
from slipstick.reading.operations import is_over_rate
from slipstick.reading.quantities import Quantity, UnitPhrase
from slipstick.reading.resolution import Resolver
from slipstick.reading.shares import may_swap
from slipstick.reading.tree import Group, Node, Root, quantities
from slipstick.reading.tree import Product as WrittenProduct
from slipstick.reading.tree import Sum as WrittenSum
from slipstick.units import Compound, Dimension, UnitTerm, dimension_of, is_device, size, table, written

MONTHS = (STANDARD_MONTH, Fraction(30))
YEARS = (STANDARD_YEAR, Fraction(365))
_NATURAL = Choices()
_SECONDS = 3
_LABEL_COST = 2
"""To leave out a "per day" of the claim is dearer than one unit that makes it come out."""


def interpret(calculation: WrittenCalculation, given: Choices = _NATURAL) -> list[Interpretation]:
    """The readings of lowest cost, the natural one first; more than one where the text leaves a tie.

    `given` says how prefixes of bytes and the constants that only scale are read.
    """
    target_phrases = [q for claim in calculation.claims for q in _claimed(claim.node)]
    stated = next((q for q in target_phrases if states_unit(q)), None)
    found: list[Interpretation] = []
    for open_ones in _all_choices(calculation.expression, stated):
        choices = replace(open_ones, binary=given.binary, swapped=given.swapped)
        reading = _read(calculation, stated, choices)
        if reading not in found:
            found.append(reading)
    if stated is not None and _both_say_rate(calculation.expression, stated):
        found = [i._replace(stray=1 - i.stray) if i.stray < 2 else i for i in found]
    cheapest = min((i.mismatch, i.cost, i.stray) for i in found)
    return [i for i in found if (i.mismatch, i.cost, i.stray) == cheapest]


def less_natural(calculation: WrittenCalculation) -> list[Choices]:
    """Other ways to read prefixes of bytes and constants that only scale, to be tried where a claim does not hold."""
    every = [q for side in (calculation.expression, *(c.node for c in calculation.claims)) for q in quantities(side)]
    units = [*(q.meaning(False) for q in every), *(u.meaning(False) for u in _group_units(calculation.expression))]
    other = [Choices(binary=True)] if any(kinds.in_binary(unit) != unit for unit in units) else []
    return [*other, *([Choices(swapped=True)] if may_swap(calculation.expression, _claims_share(calculation)) else [])]


def _claims_share(calculation: WrittenCalculation) -> bool:
    """Whether a percentage is claimed, of nothing that has a unit."""
    claimed = [claim.node for claim in calculation.claims if isinstance(claim.node, Quantity)]
    return any(q.number.percent for q in claimed) and not any(states_unit(q) for q in claimed)


def _both_say_rate(node: Node, stated: Quantity) -> bool:
    """`8 GPUs * 312 TFLOPS * 45% = 1.1 PFLOPS`: a peak scaled by devices and fractions, no count of operations.

    Both are spelled with a capital S and a prefix, and no time stands between them.
    """
    spelled = [q for q in (*quantities(node), stated) if q.unit is not None and q.unit.rate is not None]
    others = [q for q in quantities(node) if q not in spelled]
    if len(spelled) != 2 or not all(_is_rate_word(q) for q in spelled):
        return False
    return all(q.value <= _MOST_DEVICES and all(is_device(t.name) for t in q.meaning(False)) for q in others)


def _is_rate_word(quantity: Quantity) -> bool:
    unit = quantity.unit
    prefixed = unit is not None and any(t.name == "FLOP" and t.prefix for t in unit.count)
    return prefixed and unit is not None and any(w.endswith("FLOPS") for w in unit.words)


_MOST_DEVICES = 10**6
"""A larger number beside FLOPS is one of examples or tokens, and the FLOPS are a count."""


def _claimed(node: Node) -> tuple[Quantity, ...]:
    return (node,) if isinstance(node, Quantity) else quantities(node)


def _all_choices(node: Node, stated: Quantity | None) -> list[Choices]:
    """Every combination of choices that can matter for the units that occur."""
    every = [*quantities(node), *([stated] if stated else [])]
    groups = _group_units(node)
    names = {t.name for q in every for t in q.meaning(False)} | {t.name for u in groups for t in u.meaning(False)}
    phrases = [q.unit for q in every if q.unit is not None] + groups
    rates = (False, True) if any(p.rate is not None for p in phrases) else (False,)
    months = MONTHS if "month" in names else MONTHS[:1]
    years = YEARS if "year" in names else YEARS[:1]
    timed = bool(names & {"minute", "hour", "day", "week", "month", "year"})
    halves = (True, False) if timed else (True,)
    claimed = stated.meaning(False) if stated else ()
    labels = _labels(claimed, any(q.meaning(False) for q in quantities(node)))
    wholes = _wholes(names, quantities(node), stated)
    rated = any(t.name in TIMES and t.exponent == -1 for t in claimed)
    worked = (False, True) if rated and any(q.is_bare for q in quantities(node)) else (False,)
    return [Choices(*c) for c in combinations_of(rates, months, years, halves, labels, wholes, worked)]


def _labels(claimed: Compound, has_units: bool) -> tuple[bool, ...]:
    """Whether a "per day" of the claim may be a label; "hours per day" are a number only where units stand before."""
    plain = without_label(claimed)
    if not plain or plain == claimed:
        return (False,)
    return (False, True) if dimension_of(claimed) else (True, False) if has_units else (True,)


def _wholes(names: set[str], written: tuple[Quantity, ...], stated: Quantity | None) -> tuple[int, ...]:
    """In which ways an expression without units may take the claim's: with its prefix, without it, in FLOP."""
    if stated is None or any(q.meaning(False) for q in written):
        return (0,)
    compound = stated.meaning(False)
    plain = (1,) if any(t.prefix for t in compound) else ()
    timed = dimension_of(tuple(t for t in compound if not is_device(t.name))) == (("second", 1),)
    if timed and any(t.name in TIMES and t.name != "second" for t in compound):
        return (_SECONDS, 0)
    return (0, *plain, *((2,) if "FLOP" in names and len(compound) > 1 else ()))


def _group_units(node: Node) -> list[UnitPhrase]:
    if isinstance(node, Group):
        return ([node.unit] if node.unit else []) + _group_units(node.inner)
    if isinstance(node, WrittenProduct | WrittenSum):
        return [u for _, part in node.parts for u in _group_units(part)]
    return [u for a in node.arguments for u in _group_units(a)] if isinstance(node, Root) else []


def _read(calculation: WrittenCalculation, stated: Quantity | None, choices: Choices) -> Interpretation:
    node = calculation.expression
    every = [*quantities(node), *(q for q in (stated, calculation.label) if q)]
    names = kinds.unified(t.name for q in every for t in q.meaning(False))
    rates = dict.fromkeys((choices.flops_is_rate, False))
    claimed = [_target(stated.meaning(rate), choices) for rate in rates] if stated else [None]
    bare_claim = _bare_claim(calculation) if stated is None else None
    best: Interpretation | None = None
    for target in claimed:
        reader = Resolver(choices, None, names)
        reader.target = reader.meaning(target) if target is not None else None
        reader.label = calculation.label
        reader.share = _claims_share(calculation)
        reader.label_time = _label_time(stated) if choices.without_label else ""
        reading = _finish(reader, node, bare_claim)
        if best is None or (reading.mismatch, reading.cost, reading.stray) < (best.mismatch, best.cost, best.stray):
            best = reading
    assert best is not None
    return best


def states_unit(quantity: Quantity) -> bool:
    """Whether a claim has a unit; a bare number "per model" only says what it is for."""
    return any(t.exponent > 0 or not table().is_counted(t.name) for t in quantity.meaning(False))


def without_label(compound: Compound) -> Compound:
    """The claim's unit without a "per day" or "per year" that only says what the result is for."""
    return tuple(t for t in compound if t.exponent != -1 or t.name not in TIMES or t.name == "second")


def _label_time(stated: Quantity | None) -> str:
    times = [t.name for t in stated.meaning(False) if t.name in TIMES and t.exponent == -1] if stated else []
    return times[0] if times else ""


def _target(compound: Compound, choices: Choices) -> Compound:
    return without_label(compound) if choices.without_label else compound


def _finish(reader: Resolver, node: Node, bare_claim: Fraction | None) -> Interpretation:
    try:
        made, value, unit = reader.evaluate(node, reader.target, top=True)
        arithmetic.bounded(value * size(unit))
    except (OutOfRange, ValueError) as error:
        return Interpretation(Product(()), (), None, (), (), trouble=str(error), choices=reader.choices)
    if reader.target and _lacks_operations(unit, reader.target):
        made, unit = reader.as_operations(made, unit)
    has_units = bool(unit) or any(q.meaning(False) for q in quantities(node)) or bool(_group_units(node))
    if reader.target and not has_units:
        if reader.choices.whole == _SECONDS and not is_over_rate(formula.monomial(made) or ()):
            reader.cost += 1  # only operations over a rate are in seconds
        unit, many = chosen(_whole_unit(reader.target, reader.choices.whole), reader.choices)
        made, value = beside(made, unit, many), value * many
        reader.notes.append(f"no unit is stated but in the claim: read in {written(unit)}")
    own = dimension_of(unit)
    total = value * size(unit)
    mismatch = reader.target is not None and own != dimension_of(reader.target)
    rate_missing = _lacks_rate(own, reader.target, bare_claim is not None and bare_claim > _FAR * total)
    known = not rate_missing and all(c.counted for c in reader.clashes)
    if reader.choices.binary:
        reader.notes.append("prefixes of bytes are read as powers of 1024")
    reading = _frozen(made)
    return Interpretation(
        formula=reading,
        factors=formula.leaves(reading),
        value=total if known else None,
        dimension=own,
        unit=unit,
        cost=reader.cost + (_LABEL_COST if reader.choices.without_label else 0),
        stray=_stray(own),
        mismatch=mismatch,
        rate_missing=rate_missing,
        stated=total,
        target=reader.target or (),
        notes=tuple(reader.notes),
        clashes=tuple(reader.clashes),
        choices=reader.choices,
        doubt=reader.doubt,
    )


_FAR = Fraction(10) ** 9
"""A bare number this many times larger than the device-time set equal to it is one of operations."""


def _lacks_rate(own: Dimension, target: Compound | None, far: bool) -> bool:
    """Whether devices and times are set equal to operations, or to a bare number that can be nothing else (`far`)."""
    if not _is_device_time(own):
        return False
    if target is None:
        return far and any(is_device(n) for n, _ in own)
    return own != dimension_of(target) and dict(dimension_of(target)).get("FLOP") == 1


def _bare_claim(calculation: WrittenCalculation) -> Fraction | None:
    """The number of the last claim, where it is one without a unit."""
    node = calculation.claims[-1].node if calculation.claims else None
    return node.value if isinstance(node, Quantity) and node.is_bare else None


def _whole_unit(target: Compound, which: int) -> Compound:
    """The claim's unit for an expression without one: as it is, without its prefix, in FLOP, or in seconds."""
    if which == 1:
        return tuple(UnitTerm(t.name, "", t.exponent) for t in target)
    return base_units(dimension_of(target)) if which in (2, _SECONDS) else target


def _lacks_operations(unit: Compound, target: Compound) -> bool:
    """Whether the claim is in FLOP and the expression has all but that: things counted (no devices) and times."""
    own, wanted = dimension_of(unit), dict(dimension_of(target))
    counted = {n for n, _ in own if table().is_counted(n)}
    if wanted.get("FLOP") != 1 or not counted or any(is_device(n) for n in counted):
        return False
    return dict(own).get("second", 0) == wanted.get("second", 0) and all(n == "second" or n in counted for n, _ in own)


def _is_device_time(of: Dimension) -> bool:
    """A time, a number of devices, or a time of things counted (core-years)."""
    devices = any(is_device(n) for n, _ in of)
    return dict(of).get("second", 0) == (0 if devices and "second" not in dict(of) else 1) and all(
        n == "second" or table().is_counted(n) for n, _ in of
    )


def _frozen(made: Formula[Factor]) -> Formula[ReadFactor]:
    def freeze(f: Factor) -> Formula[ReadFactor]:
        assert f.quantity is not None
        role = f.role or f.quantity.role
        return Leaf(ReadFactor(f.quantity, f.value, f.unit, role, f.exponent, tuple(f.notes)))

    return formula.with_leaves(made, freeze)


def _stray(of: Dimension) -> int:
    """FLOP before FLOP/s before FLOP*s: how far the time is from cancelling, where there are operations."""
    exponents = dict(of)
    time = exponents.get("second", 0)
    return 0 if "FLOP" not in exponents or time == 0 else 1 if time == -1 else 2
