"""From a reading to an estimate: roles of the inputs, and the ranges that the text or the catalogue gives them.

A bare number is exact unless the catalogue has a sourced default for its role; a range in the text is taken as
written; a figure said to be measured is exact. Every default is kept with its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from slipstick.catalogue import hardware
from slipstick.catalogue.utilization import utilization_default
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.inputs import Input, deviating, exact_input, known_range
from slipstick.formula import Formula, Leaf, Power, Product, Sum, leaves
from slipstick.frozen import Frozen
from slipstick.judging import naming
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.quantities.numbers import Number
from slipstick.units import Compound, Exponent, part_units, written

_LOWEST_PEAK, _HIGHEST_PEAK = 10**12, 10**17
"""Bare numbers outside are no peak of a device or a node."""
_LIKELY_UTILIZATION = (Fraction(1, 20), Fraction(9, 10))


class Context(Frozen):
    """What is known around a calculation: the hardware it is about, the year of its era, a range to use instead.

    `around` is the only hardware that the text before it names, farther away than that which sets the era.
    """

    part: hardware.Part | None = None
    year: int | None = None
    utilization: tuple[Fraction, Fraction] | None = None
    around: hardware.Part | None = None

    @property
    def era(self) -> int | None:
        """The year of the named hardware, else the given one."""
        return self.part.year if self.part is not None else self.year


def asks_for_hardware(reading: Interpretation) -> bool:
    """Whether anything in a reading depends on its hardware: rates, utilizations, numbers that may be rates."""
    return any(map(_asks, reading.factors))


def _asks(factor: ReadFactor) -> bool:
    if factor.unit:
        return factor.role == "utilization" or naming.is_rate(factor)
    return may_be_rate(factor) or naming.says_utilization(factor)


def may_be_rate(factor: ReadFactor) -> bool:
    """Whether a factor is a rate in FLOP/s, or a number without a unit that may be one."""
    if factor.unit:
        return naming.is_rate(factor)
    number, below = factor.value.as_integer_ratio()
    return below == 1 and _LOWEST_PEAK <= number <= _HIGHEST_PEAK


def named_part(reading: Interpretation) -> hardware.Part | None:
    """The one part that the units of a reading name."""
    parts = {part for f in reading.factors if f.unit for part in _parts_in(f.unit)}
    return hardware.part(parts.pop()) if len(parts) == 1 else None


@lru_cache(maxsize=1000)
def _parts_in(unit: Compound) -> tuple[str, ...]:
    return tuple([part_units()[t.name][0] for t in unit if t.name in part_units()])


def roles_of(factors: Sequence[ReadFactor]) -> list[str]:
    """utilization, peak, throughput, repetitions or "" for each of the factors of a reading."""
    roles = [_role(factor) for factor in factors]
    if "utilization" not in roles and ("peak" in roles or "throughput" in roles):
        inferred = _inferred_utilization(factors)
        roles = ["utilization" if f is inferred else role for f, role in zip(factors, roles, strict=True)]
    return roles


def _role(factor: ReadFactor) -> str:
    if naming.says_utilization(factor):
        return "utilization"
    if naming.is_rate(factor):
        return "throughput" if naming.says_achieved(factor) else "peak"
    return "repetitions" if factor.role == "repetitions" else ""


def _inferred_utilization(factors: Sequence[ReadFactor]) -> ReadFactor | None:
    """The one bare fraction of a product with a rate and no other utilization: 312 TFLOP/s * ... * 0.3."""
    low, high = _LIKELY_UTILIZATION
    bare = [f for f in factors if f.quantity.unit is None and not f.unit and f.role != "conversion"]
    able = [f for f in bare if f.exponent == 1 and not f.quantity.remark and low <= f.value <= high]
    return able[0] if len(able) == 1 else None


def _utilizations_of_terms(formula: Formula[ReadFactor]) -> tuple[ReadFactor, ...]:
    """The one fraction of every term of a sum of products with a rate, where they are equal: one assumption.

    "8 V100s * 125 TFLOP/s * 0.3 * 10 days + 16 A100s * 312 TFLOP/s * 0.3 * 5 days".
    """
    terms = [leaves(part) for part, _ in formula.parts] if isinstance(formula, Sum) else []
    found = [_inferred_utilization(term) if "peak" in map(_role, term) else None for term in terms]
    given = tuple([each for each in found if each is not None])
    return given if len(given) == len(terms) > 1 and len({each.value for each in given}) == 1 else ()


def estimate_of(reading: Interpretation, context: Context, *, asks: bool = True) -> Estimate:
    """The estimate that a reading stands for, with the ranges that apply; `asks` is as `asks_for_hardware` says."""
    kept = [f for f in reading.factors if f.role != "conversion"]
    roles = roles_of(kept) if asks else [f.role if f.role == "repetitions" else "" for f in kept]
    shared = _utilizations_of_terms(reading.formula) if asks and "utilization" not in roles else ()
    if shared:
        roles = ["utilization" if f in shared else role for f, role in zip(kept, roles, strict=True)]
    names = naming.input_names(kept, roles)
    given = [_input(f, name, role, context) for f, name, role in zip(kept, names, roles, strict=True)]
    if _is_flat(reading):
        estimate = _of_product(given, [f.exponent for f in kept])
    else:
        made = dict(zip(map(id, kept), given, strict=True))
        made.update({id(each): made[id(shared[0])] for each in shared})
        estimate = Estimate(_without_conversions(reading.formula, made))
    if reading.value is not None:  # conversions are dropped, but units keep them: it is the same number
        estimate.__dict__["exact_value"] = reading.value
    return estimate


def _is_flat(reading: Interpretation) -> bool:
    """Whether a formula is the product of its factors, as that of most calculations is."""
    parts = reading.formula.parts if isinstance(reading.formula, Product) else ()
    return len(parts) == len(reading.factors) and not [part for part, _ in parts if not isinstance(part, Leaf)]


def _of_product(given: list[Input], exponents: list[Exponent]) -> Estimate:
    """The estimate of a product of inputs: what it is asked for follows from these."""
    estimate = object.__new__(Estimate)
    estimate.__dict__.update(
        formula=Leaf(given[0]) if exponents == [1] else Product(tuple(zip(map(Leaf, given), exponents, strict=True))),
        leaves=tuple(given),
        inputs=tuple([each for each in given if not each.constant]),
        powers=dict(zip(map(id, given), exponents, strict=True)),
    )
    return estimate


def _without_conversions(node: Formula[ReadFactor], inputs: dict[int, Input]) -> Formula[Input]:
    if isinstance(node, Leaf):
        given = inputs.get(id(node.item))
        return Leaf(given) if given is not None else Product(())
    if isinstance(node, Power):
        return Power(_without_conversions(node.base, inputs), node.exponent)
    if isinstance(node, Sum):
        return Sum(tuple((_without_conversions(part, inputs), sign) for part, sign in node.parts))
    kept: list[tuple[Formula[Input], Exponent]] = []
    for each, exponent in node.parts:
        if isinstance(each, Leaf):
            given = inputs.get(id(each.item))
            if given is not None:
                kept.append((Leaf(given), exponent))
            continue
        part = _without_conversions(each, inputs)
        if not isinstance(part, Product) or part.parts:
            kept.append((part, exponent))
    return kept[0][0] if len(kept) == 1 and kept[0][1] == 1 else Product(tuple(kept))


def _input(factor: ReadFactor, name: str, role: str, context: Context) -> Input:
    quantity, value, unit = factor.quantity, factor.value, factor.unit
    if factor.role == "unit":
        return Input(written(unit), value, unit, constant=True)
    number = quantity.number
    fraction = role == "utilization" or (number.percent and not unit)
    if number.low is not None and (given := _range(factor, name, role, fraction)) is not None:
        return given
    made = exact_input(name, value, unit, role, fraction, quantity.span)
    if role == "utilization" and 0 < value < 1 and not naming.is_measured(factor):
        return known_range(made, *_default_utilization(value, context))
    return made


def _range(factor: ReadFactor, name: str, role: str, fraction: bool) -> Input | None:
    """The input that the writer gave a range; None where it says nothing of how far the number may be off."""
    number, span = factor.quantity.number, factor.quantity.span
    if number.meant == "±" and number.high is not None and number.value:
        exact = Input(name, factor.value, factor.unit, role=role, fraction=fraction, span=span)
        return deviating(exact, abs(factor.value * (number.high - number.value) / number.value))
    ends = _ends(number, fraction)
    if ends is None:
        return None
    scale = factor.value / number.value if number.value else Fraction(1)
    low, high = sorted((ends[0] * scale, ends[1] * scale))
    return Input(name, factor.value, factor.unit, low, high, role, ends[2], fraction, span)


def _ends(number: Number, fraction: bool) -> tuple[Fraction, Fraction, str] | None:
    from slipstick.reading.quantities.intervals import ninety_percent  # most texts hold no range

    return ninety_percent(number, fraction)


def _default_utilization(value: Fraction, context: Context) -> tuple[Fraction, Fraction, str]:
    """The era's interval, widened to include the written point; or the one that was given for all."""
    if context.utilization is not None:
        return *context.utilization, "the range given for utilization"
    default = utilization_default(context.era)
    source = f"{context.part.name} is of {context.part.year}; {default.source}" if context.part else default.source
    if default.low <= value <= default.high:
        return default.low, default.high, source
    return min(default.low, value), max(default.high, value), f"{source}; widened to include the written value"


def is_compute(reading: Interpretation) -> bool:
    """Whether the result is a count of operations."""
    return reading.dimension == (("FLOP", 1),)


def measured_rate(reading: Interpretation) -> bool:
    """Whether a rate in the product is said to be achieved, so that no utilization belongs to it."""
    return any(naming.is_rate(f) and naming.says_achieved(f) for f in reading.factors if f.unit)


def peak_of(reading: Interpretation) -> ReadFactor | None:
    """The one rate in FLOP/s of a product, or None."""
    rates = [f for f in reading.factors if f.unit and naming.is_rate(f)]
    return rates[0] if len(rates) == 1 else None
