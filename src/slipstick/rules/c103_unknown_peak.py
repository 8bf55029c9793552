"""A peak that the catalogue does not have for the named hardware.

What it finds: a rate per named chip, board or GPU that is not within 1 % of any published peak of it, whatever the
number format. Where the figure belongs to another level (a board's used per chip), it says so.

Why it matters: it may be a measured rate, another part's peak, or a typing error.

Stays silent when: the hardware is not named in the line, the rate is said to be measured or achieved, or any
published figure agrees.

Source: data/hardware.csv.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick import hardware
from slipstick.naming import says_achieved
from slipstick.rates import named_rates, near, per_second
from slipstick.rule import Audited, Found, rule, short


@rule(
    "C103",
    "unknown-peak",
    bad=("8 A100 * 400e12 FLOP/s * 10 days = 2.8e21 FLOP",),
    good=(
        "8 A100 * 312e12 FLOP/s * 10 days = 2.2e21 FLOP",
        "8 A100 * 140e12 FLOP/s achieved * 10 days = 9.7e20 FLOP",
        "8 H100 * 400 TFLOP/s actual throughput * 10 days = 2.8e21 FLOP",
        "8 V100 GPU * 100*10^12 FLOP/s * 5 days = 3.5e20 FLOP",
    ),
    may_find=lambda audited: audited.names_devices,
)
def unknown_peak(audited: Audited) -> Iterator[Found]:
    """One note for each rate that no published figure supports."""
    for factor, part, level in named_rates(audited.judged.reading.factors):
        rate = per_second(factor)
        every = hardware.peaks(part)
        if says_achieved(factor) or not every or any(near(p.flop_per_s, rate) for p in every if p.level == level):
            continue
        other = next((p for p in every if near(p.flop_per_s, rate)), None)
        default = next((p for p in every if p.default and p.level == level), None) or every[0]
        if other is not None:
            said = f"{short(rate / 10**12)} TFLOP/s is the peak of a {part} {other.level}, not of a {level}"
        else:
            said = f"{short(rate / 10**12)} TFLOP/s is no published peak of {part}"
        listed = f"{short(default.flop_per_s / 10**12)} TFLOP/s a {default.level}"
        known = f"{listed} ({default.number_format}, {default.source})"
        yield Found(factor.quantity.span, f"{said}; the catalogue has {known}")
