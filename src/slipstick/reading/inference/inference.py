"""Units that the writer left unsaid: the cheapest reading of a written calculation, and every rival of equal cost.

Inference over dimensions with a closed list of additions (specs/inference.md). Conversions come first and are free;
every unit word added costs 1; no bare number becomes a rate, an inverse or a unit that no word and no run supports.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from slipstick import formula
from slipstick.formula import Formula, Leaf, Product
from slipstick.reading.expressions.tree import quantities
from slipstick.reading.inference.attaching import base_units, beside, enlarge, product_of
from slipstick.reading.inference.doubts import unsaid_prefix
from slipstick.reading.inference.factors import TIME_NAMES, Choices, Factor, chosen
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.inference.open_choices import (
    IN_SECONDS,
    Said,
    all_choices,
    both_say_rate,
    claims_share,
    may_be_in_scale,
    scale_of_result,
    units_behind,
    without_label,
)
from slipstick.reading.inference.operations import is_over_rate
from slipstick.reading.inference.resolution import Resolver
from slipstick.reading.inference.shares import may_swap
from slipstick.reading.quantities import arithmetic, kinds
from slipstick.reading.quantities.arithmetic import OutOfRange, plain_number
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.claims import WrittenCalculation
from slipstick.units import Compound, Dimension, UnitTerm, dimension_of, in_base_units, is_device, table, written

_NATURAL = Choices()
_LABEL_COST = 2
"""To leave out a "per day" of the claim is dearer than one unit that makes it come out."""


def interpret(calculation: WrittenCalculation, given: Choices = _NATURAL) -> list[Interpretation]:
    """The readings of lowest cost, the natural one first; more than one where the text leaves a tie.

    `given` says how prefixes of bytes and the constants that only scale are read.
    """
    said = Said(calculation)
    choices = all_choices(said, given)
    read = [_read(said, c) for c in choices if c.partial_runs]
    if len(read) < len(choices) and any(leads_half for _, leads_half in read):
        read = [_read(said, c) for c in choices]  # else no constants are open to both readings
    found = [reading for reading, _ in read]
    if said.stated is not None and both_say_rate(said.quantities, said.stated):
        found = [i._replace(stray=1 - i.stray) if i.stray < 2 else i for i in found]
    if len(found) == 1:
        return found
    cheapest = min((i.mismatch, i.cost, i.stray) for i in found)
    alike = [i for i in found if (i.mismatch, i.cost, i.stray) == cheapest]
    return [i for n, i in enumerate(alike) if i not in alike[:n]]


def less_natural(calculation: WrittenCalculation) -> list[Choices]:
    """Other ways to read prefixes of bytes and constants that only scale, to be tried where a claim does not hold."""
    every = [q for side in (calculation.expression, *(c.node for c in calculation.claims)) for q in quantities(side)]
    units = [*(q.meaning(False) for q in every), *(u.meaning(False) for u in units_behind(calculation.expression))]
    powers = (kinds.BYTES, kinds.BYTES_AND_BITS)
    other = [
        Choices(binary=of) for of in powers if any(kinds.in_binary(u, of) != kinds.in_binary(u, of - 1) for u in units)
    ]
    if may_swap(calculation.expression, claims_share(calculation)):
        other.append(Choices(swapped=True))
    if may_be_in_scale(calculation):
        other.append(Choices(in_scale=True))
    return other


def _read(said: Said, choices: Choices) -> tuple[Interpretation, bool]:
    """The cheapest reading under some choices, and whether constants of it lead only half the way to a unit."""
    stated = said.stated
    claimed: Iterable[Compound | None] = [None]
    if stated is not None:
        claimed = [_target(said.claimed, choices)]
        if choices.flops_is_rate:
            claimed = dict.fromkeys((_target(stated.meaning(True), choices), *claimed))
    best: Interpretation | None = None
    leads_half = False
    for target in claimed:
        reader = Resolver(choices, None, said.kinds)
        reader.target = reader.meaning(target) if target is not None else None
        reader.label = said.calculation.label
        reader.share = said.share
        if stated is not None and stated.unit is not None:
            reader.per_many = stated.unit.divisor
        reader.label_time = _label_time(said.claimed) if choices.without_label else ""
        reading = _finish(reader, said)
        leads_half = leads_half or reader.leads_half
        if best is None or (reading.mismatch, reading.cost, reading.stray) < (best.mismatch, best.cost, best.stray):
            best = reading
    assert best is not None
    return best, leads_half


def _label_time(claimed: Compound) -> str:
    return next((t.name for t in claimed if t.exponent == -1 and t.name in TIME_NAMES), "")


def _target(compound: Compound, choices: Choices) -> Compound:
    return without_label(compound) if choices.without_label else compound


def _finish(reader: Resolver, said: Said) -> Interpretation:
    try:
        made, value, unit = reader.whole(said.calculation.expression)
        total = in_base_units(value, unit)
        arithmetic.bounded(total)
    except (OutOfRange, ValueError) as error:
        return Interpretation(Product(()), (), None, (), (), trouble=str(error), choices=reader.choices)
    if reader.target and (unit or said.has_units or said.group_units):
        if _lacks_operations(unit, reader.target):
            made, unit = reader.as_operations(_formula_of(made), unit)
            total = in_base_units(value, unit)
    elif reader.target:
        made, value, unit = _in_claimed_unit(reader, _formula_of(made), value, reader.target)
        total = in_base_units(value, unit)
    if reader.choices.in_scale:
        made, total = _in_scale(reader, said, _formula_of(made), total)
    own = dimension_of(unit)
    mismatch = reader.target is not None and own != dimension_of(reader.target)
    rate_missing = _lacks_rate(own, reader.target, total, said)
    known = not rate_missing and (not reader.clashes or all(c.counted for c in reader.clashes))
    if reader.choices.binary:
        reader.notes.append(f"prefixes of {_DATA[reader.choices.binary]} are read as powers of 1024")
    reading, factors = _frozen(made)
    return Interpretation(
        formula=reading,
        factors=factors,
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


_DATA = ("", "bytes", "bytes and bits")


def _in_scale(reader: Resolver, said: Said, made: Formula[Factor], total: Fraction) -> tuple[Formula[Factor], Fraction]:
    """The terms of a sum in the millions or billions that stand with its result."""
    scale = scale_of_result(said.calculation.claims[-1].node)
    reader.notes.append(f"the terms are read in the scale of the result, as so many {plain_number(scale)}")
    return enlarge(made, scale), total * scale


def _in_claimed_unit(
    reader: Resolver, made: Formula[Factor], value: Fraction, target: Compound
) -> tuple[Formula[Factor], Fraction, Compound]:
    """An expression without any unit takes that of the claim."""
    if reader.choices.whole == IN_SECONDS and not is_over_rate(formula.monomial(made) or ()):
        reader.cost += 1  # only operations over a rate are in seconds
    unit, many = chosen(_whole_unit(target, reader.choices.whole), reader.choices)
    reader.notes.append(f"no unit is stated but in the claim: read in {written(unit)}")
    reader.doubt = reader.doubt or unsaid_prefix(target)
    return beside(made, unit, many), value * many, unit


_FAR = Fraction(10) ** 9
"""A bare number this many times larger than the device-time set equal to it is one of operations."""


def _lacks_rate(own: Dimension, target: Compound | None, total: Fraction, said: Said) -> bool:
    """Whether devices and times are set equal to operations, or to a bare number that can be nothing else."""
    if not _is_device_time(own):
        return False
    if target is None:
        claimed = _bare_claim(said.calculation) if said.stated is None else None
        return claimed is not None and claimed > _FAR * total and any(is_device(n) for n, _ in own)
    return own != dimension_of(target) and dict(dimension_of(target)).get("FLOP") == 1


def _bare_claim(calculation: WrittenCalculation) -> Fraction | None:
    """The number of the last claim, where it is one without a unit."""
    node = calculation.claims[-1].node if calculation.claims else None
    return node.value if isinstance(node, Quantity) and node.is_bare else None


def _whole_unit(target: Compound, which: int) -> Compound:
    """The claim's unit for an expression without one: as it is, without its prefix, in FLOP, or in seconds."""
    if which == 1:
        return tuple(UnitTerm(t.name, "", t.exponent) for t in target)
    return base_units(dimension_of(target)) if which in (2, IN_SECONDS) else target


@lru_cache(maxsize=1000)
def _lacks_operations(unit: Compound, target: Compound) -> bool:
    """Whether the claim is in FLOP and the expression has all but that: things counted (no devices) and times."""
    own, wanted = dimension_of(unit), dict(dimension_of(target))
    counted = {n for n, _ in own if table().is_counted(n)}
    if wanted.get("FLOP") != 1 or not counted or any(is_device(n) for n in counted):
        return False
    return dict(own).get("second", 0) == wanted.get("second", 0) and all(n == "second" or n in counted for n, _ in own)


@lru_cache(maxsize=1000)
def _is_device_time(of: Dimension) -> bool:
    """A time, a number of devices, or a time of things counted (core-years)."""
    devices = any(is_device(n) for n, _ in of)
    return dict(of).get("second", 0) == (0 if devices and "second" not in dict(of) else 1) and all(
        n == "second" or table().is_counted(n) for n, _ in of
    )


def _formula_of(made: Formula[Factor] | list[Factor]) -> Formula[Factor]:
    return product_of(made) if isinstance(made, list) else made


def _frozen(made: Formula[Factor] | list[Factor]) -> tuple[Formula[ReadFactor], tuple[ReadFactor, ...]]:
    """The formula as read, and its factors in order."""
    if isinstance(made, list):
        factors = [_frozen_factor(factor) for factor in made]
        parts = tuple([(Leaf(factor), factor.exponent) for factor in factors])
        return parts[0][0] if len(parts) == 1 and parts[0][1] == 1 else Product(parts), tuple(factors)
    factors = []

    def frozen(factor: Factor) -> Leaf[ReadFactor]:
        factors.append(_frozen_factor(factor))
        return Leaf(factors[-1])

    reading = formula.with_leaves(made, frozen)
    return reading, tuple(factors)


def _frozen_factor(factor: Factor) -> ReadFactor:
    quantity = factor.quantity
    assert quantity is not None
    role = factor.role or (quantity.role if quantity.unit else "")
    return ReadFactor(quantity, factor.value, factor.unit, role, factor.exponent, tuple(factor.notes))


def _stray(of: Dimension) -> int:
    """FLOP before FLOP/s before FLOP*s: how far the time is from cancelling, where there are operations."""
    exponents = dict(of) if of else {}
    time = exponents.get("second", 0)
    return 0 if "FLOP" not in exponents or time == 0 else 1 if time == -1 else 2
