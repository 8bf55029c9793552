"""A peak for which the catalogue has a rival figure.

What it finds: a rate per board, core or pod that is a published figure, and differs by more than 1 % from what the
published figure per chip gives for it (TPU v3: 420 TFLOP/s a board as advertised; 123 a chip, so 492 a board).

Why it matters: the two bases differ by 17 % for TPU v3, and estimates made on different ones do not compare.

Stays silent when: the text uses the figure per chip, or both bases agree.

Source: data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick import hardware
from slipstick.reading.interpretation import ReadFactor
from slipstick.reading.kinds import kind_of
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import size

_NEAR = 100
"""One part in so many is the most by which two figures that agree may differ."""


@rule(
    "C102",
    "peak-dispute",
    bad=(
        "32 TPU v3 boards * 420e12 FLOP/s * 44 days = 5.1e22 FLOP",
        "16 TPU v2 boards * 180e12 FLOP/s * 3 days * 30% utilization = 2.2e20 FLOP",
    ),
    good=(
        "32 TPU v3 chips * 123e12 FLOP/s * 44 days = 1.5e22 FLOP",
        "8 A100 * 312e12 FLOP/s * 10 days = 2.2e21 FLOP",
        "32 TPU v3 boards * 492e12 FLOP/s * 44 days = 6.0e22 FLOP",
    ),
    may_find=lambda audited: audited.names_devices,
)
def peak_dispute(audited: Audited) -> Iterator[Found]:
    """One note for each disputed rate."""
    for factor, part, level in named_rates(audited.judged.reading.factors):
        rate = per_second(factor)
        matched = [p for p in hardware.peaks(part, level) if near(p.flop_per_s, rate)]
        chip = next((p for p in hardware.peaks(part, "chip") if p.default), None)
        inside = hardware.count(part, level, "chip")
        if level == "chip" or not matched or chip is None or inside is None:
            continue
        built_up = chip.flop_per_s * inside[0]
        if near(built_up, rate):
            continue
        message = (
            f"{short(rate / 10**12)} TFLOP/s a {level} is the figure of {matched[0].source}; "
            f"{short(chip.flop_per_s / 10**12)} TFLOP/s a chip ({chip.source}) makes "
            f"{short(built_up / 10**12)} a {level}, {short(built_up / rate)} times as much"
        )
        yield Found(factor.quantity.span, message)


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
