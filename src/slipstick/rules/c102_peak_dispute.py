"""A peak for which the catalogue has a rival figure.

What it finds: a rate per board, core or pod that is a published figure, and differs by more than 1 % from what the
published figure per chip gives for it (TPU v3: 420 TFLOP/s a board as advertised; 123 a chip, so 492 a board).

Why it matters: the two bases differ by 17 % for TPU v3, and estimates made on different ones do not compare.

Stays silent when: the text uses the figure per chip, or both bases agree.

Source: data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick import hardware
from slipstick.rates import named_rates, near, per_second
from slipstick.rule import Audited, Found, rule, short


@rule(
    "C102",
    "peak-dispute",
    bad=("32 TPU v3 boards * 420e12 FLOP/s * 44 days = 5.1e22 FLOP",),
    good=("32 TPU v3 chips * 123e12 FLOP/s * 44 days = 1.5e22 FLOP", "8 A100 * 312e12 FLOP/s * 10 days = 2.2e21 FLOP"),
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
