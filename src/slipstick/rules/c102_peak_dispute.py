"""A peak for which the catalogue has a rival figure.

What it finds: a rate per board, core or pod that is a published figure, and differs by more than 5 % from what the
published figure per chip gives for it (TPU v3: 420 TFLOP/s a board as advertised; 123 a chip, so 492 a board); and a
rate per chip that is as far from the figure to compare with first (TPU v3: 105 or 140).

Why it matters: the two bases differ by 17 % for TPU v3, and estimates made on different ones do not compare.

Stays silent when: the text uses the first figure per chip, both bases agree, or the figure is of another card, format
or clock of the part.

Source: data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import hardware, published_peaks
from slipstick.device_rates import DeviceRate, cited, tera
from slipstick.rule import Audited, Found, rule, short

_APART = Fraction(1, 20)


@rule(
    "C102",
    "peak-dispute",
    bad=(
        "32 TPU v3 boards * 420e12 FLOP/s * 44 days = 5.1e22 FLOP",
        "128 TPU v3 chips * 105 TFLOP/s * 10 days * 30% = 3.5e21 FLOP",
    ),
    good=(
        "32 TPU v3 chips * 123e12 FLOP/s * 44 days = 1.5e22 FLOP",
        "8 A100 * 312e12 FLOP/s * 10 days = 2.2e21 FLOP",
        "64 V100 PCIe * 112 TFLOP/s * 10 days * 30% = 1.9e21 FLOP",
    ),
)
def peak_dispute(audited: Audited) -> Iterator[Found]:
    """One note for each disputed rate."""
    for each in audited.rates:
        if each.level and each.own and not each.is_bare and not each.is_rounded:
            rival = _rival(each)
            if rival:
                said = f"{each.words} a {each.level} is the figure of {cited(each.own[0])}"
                yield Found(each.factor.quantity.span, f"{said}; {rival}")


def _rival(rate: DeviceRate) -> str:
    """What the figure per chip makes of it, in words; "" where the two agree."""
    chip = published_peaks.main_figure(rate.part.name, "chip")
    if chip is None:
        return ""
    a_chip = f"{tera(chip.flop_per_s)} a chip ({cited(chip)})"
    if rate.level == "chip":
        same = all((p.number_format, p.variant, p.sparse) == (chip.number_format, "", False) for p in rate.own)
        times = short(chip.flop_per_s / rate.flop_per_s)
        return f"{a_chip} is another, {times} times as much" if _are_apart(chip.flop_per_s, rate) and same else ""
    inside = hardware.count(rate.part.name, rate.level, "chip")
    around = hardware.count(rate.part.name, "chip", rate.level)
    many = Fraction(inside[0]) if inside else Fraction(1, around[0]) if around else None
    if many is None or not _are_apart(chip.flop_per_s * many, rate):
        return ""
    built_up = chip.flop_per_s * many
    times = short(built_up / rate.flop_per_s)
    return f"{a_chip} makes {short(built_up / 10**12)} a {rate.level}, {times} times as much"


def _are_apart(figure: Fraction, rate: DeviceRate) -> bool:
    return abs(rate.flop_per_s - figure) > _APART * figure
