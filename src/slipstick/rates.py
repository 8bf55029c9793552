"""Rates in FLOP/s among the factors of a reading: whose they are, and whether they are a published peak."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick import hardware
from slipstick.assumptions import is_compute, measured_rate, peak_of, roles_of
from slipstick.naming import words_of
from slipstick.reading.interpretation import Interpretation, ReadFactor
from slipstick.reading.kinds import kind_of
from slipstick.units import size

_NEAR = 100
"""One part in so many is the most by which two figures that agree may differ."""


def named_rates(factors: tuple[ReadFactor, ...]) -> Iterator[tuple[ReadFactor, str, str]]:
    """Every rate in FLOP/s per one of a named part: the factor, the part and the level."""
    for factor in factors:
        if factor.role == "unit" or len(factor.unit) < len(("FLOP", "second", "part")):
            continue
        names = {t.name: t.exponent for t in factor.unit}
        if names.get("FLOP") != 1 or names.get("second") != -1:
            continue
        for name, exponent in names.items():
            _, part, level = kind_of(name)
            if part and level and exponent == -1:
                yield factor, part, level


def per_second(factor: ReadFactor) -> Fraction:
    """The rate in FLOP/s."""
    prefixes = [t for t in factor.unit if t.name in ("FLOP", "second")]
    return factor.value * size(tuple(prefixes))


def near(a: Fraction, b: Fraction) -> bool:
    """Whether two figures agree to 1 %."""
    # Over one denominator, as integers: every rate is compared with every peak of its part.
    one, other = a.numerator * b.denominator, b.numerator * a.denominator
    return _NEAR * abs(one - other) <= max(one, other)


def unreduced_peak(reading: Interpretation) -> ReadFactor | None:
    """The published peak of a count of operations in which no factor is a utilization, or any other fraction."""
    peak = peak_of(reading)
    if peak is None or not is_compute(reading) or measured_rate(reading):
        return None
    kept = [f for f in reading.factors if f.role != "conversion"]
    if any(not f.unit and 0 < f.value < 1 for f in kept) or "utilization" in roles_of(kept):
        return None
    return peak if _is_published(peak, reading.factors) else None


def _is_published(rate: ReadFactor, factors: tuple[ReadFactor, ...]) -> bool:
    """Whether the rate is one device's published peak, or is called a peak."""
    if "peak" in words_of(rate).lower():
        return True
    per = [(part, level) for factor, part, level in named_rates(factors) if factor is rate]
    if per:
        return any(near(p.flop_per_s, per_second(rate)) for p in hardware.peaks(*per[0]))
    counted = any(kind_of(t.name)[0] for f in factors for t in f.unit)
    return counted and any(
        near(p.flop_per_s, per_second(rate)) for q in hardware.parts() for p in hardware.peaks(q.name)
    )
