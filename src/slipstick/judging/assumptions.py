"""From a reading to an estimate: roles of the inputs, and the ranges that the text or the catalogue gives them.

A bare number is exact unless the catalogue has a sourced default for its role; a range in the text is taken as
written; a figure said to be measured is exact. Every default is kept with its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from slipstick.catalogue import hardware
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.inputs import Input, deviating, exact_input, known_range
from slipstick.formula import Formula, Leaf, Power, Product, Sum
from slipstick.judging import naming
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.quantities.numbers import Number
from slipstick.units import Exponent, part_units, written

_LOWEST_PEAK, _HIGHEST_PEAK = 10**12, 10**17
"""Bare numbers outside are no peak of a device or a node."""
_LIKELY_UTILIZATION = (Fraction(1, 20), Fraction(9, 10))


class Context(NamedTuple):
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
    return any(map(may_be_rate, reading.factors)) or any(map(naming.says_utilization, reading.factors))


def may_be_rate(factor: ReadFactor) -> bool:
    """Whether a factor is a rate in FLOP/s, or a number without a unit that may be one."""
    if factor.unit:
        return naming.is_rate(factor)
    return factor.value.denominator == 1 and _LOWEST_PEAK <= factor.value.numerator <= _HIGHEST_PEAK


def named_part(reading: Interpretation) -> hardware.Part | None:
    """The one part that the units of a reading name."""
    known = part_units()
    parts = {known[t.name][0] for f in reading.factors for t in f.unit if t.name in known}
    return hardware.part(parts.pop()) if len(parts) == 1 else None


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


def estimate_of(reading: Interpretation, context: Context, *, asks: bool = True) -> Estimate:
    """The estimate that a reading stands for, with the ranges that apply; `asks` is as `asks_for_hardware` says."""
    kept = [f for f in reading.factors if f.role != "conversion"]
    roles = roles_of(kept) if asks else [f.role if f.role == "repetitions" else "" for f in kept]
    names = naming.input_names(kept, roles)
    made = {id(f): Leaf(_input(f, name, role, context)) for f, name, role in zip(kept, names, roles, strict=True)}
    estimate = Estimate(_without_conversions(reading.formula, made) or Product(()))
    if reading.value is not None:  # conversions are dropped, but units keep them: it is the same number
        estimate.__dict__["exact_value"] = reading.value
    return estimate


def _without_conversions(node: Formula[ReadFactor], inputs: dict[int, Leaf[Input]]) -> Formula[Input] | None:
    """The formula with the inputs for its factors; None where nothing is left of it."""
    if isinstance(node, Leaf):
        return inputs.get(id(node.item))
    if isinstance(node, Power):
        return Power(_without_conversions(node.base, inputs) or Product(()), node.exponent)
    if isinstance(node, Sum):
        return Sum(tuple((_without_conversions(part, inputs) or Product(()), sign) for part, sign in node.parts))
    kept: list[tuple[Formula[Input], Exponent]] = []
    for each, exponent in node.parts:
        part = inputs.get(id(each.item)) if isinstance(each, Leaf) else _without_conversions(each, inputs)
        if part is not None:
            kept.append((part, exponent))
    if len(kept) == 1 and kept[0][1] == 1:
        return kept[0][0]
    return Product(tuple(kept)) if kept else None


def _input(factor: ReadFactor, name: str, role: str, context: Context) -> Input:
    number = factor.quantity.number
    if factor.role == "unit":
        return Input(written(factor.unit), factor.value, factor.unit, constant=True)
    fraction = role == "utilization" or (number.percent and not factor.unit)
    exact = exact_input(name, factor.value, factor.unit, role, fraction, factor.quantity.span)
    if number.is_range and (ranged := _ranged(exact, number)) is not None:
        return ranged
    if role == "utilization" and 0 < factor.value < 1 and not naming.is_measured(factor):
        return known_range(exact, *_default_utilization(factor.value, context))
    return exact


def _ranged(given: Input, number: Number) -> Input | None:
    """An input with the range that is written with its number."""
    from slipstick.reading.quantities.intervals import ninety_percent  # most texts hold no range

    if number.meant == "±" and number.high is not None and number.value:
        return deviating(given, abs(given.value * (number.high - number.value) / number.value))
    ends = ninety_percent(number, given.fraction)
    if ends is None:
        return None
    scale = given.value / number.value if number.value else Fraction(1)
    low, high = sorted((ends[0] * scale, ends[1] * scale))
    return Input(given.name, given.value, given.unit, low, high, given.role, ends[2], given.fraction, given.span)


def _default_utilization(value: Fraction, context: Context) -> tuple[Fraction, Fraction, str]:
    """The era's interval, widened to include the written point; or the one that was given for all."""
    if context.utilization is not None:
        return *context.utilization, "the range given for utilization"
    default = hardware.utilization_default(context.era)
    source = f"{context.part.name} is of {context.part.year}; {default.source}" if context.part else default.source
    if default.low <= value <= default.high:
        return default.low, default.high, source
    return min(default.low, value), max(default.high, value), f"{source}; widened to include the written value"


def is_compute(reading: Interpretation) -> bool:
    """Whether the result is a count of operations."""
    return reading.dimension == (("FLOP", 1),)


def measured_rate(reading: Interpretation) -> bool:
    """Whether a rate in the product is said to be achieved, so that no utilization belongs to it."""
    return any(naming.is_rate(f) and naming.says_achieved(f) for f in reading.factors)


def peak_of(reading: Interpretation) -> ReadFactor | None:
    """The one rate in FLOP/s of a product, or None."""
    rates = [f for f in reading.factors if naming.is_rate(f)]
    return rates[0] if len(rates) == 1 else None
