"""A peak that the catalogue does not have for the named hardware.

What it finds: a rate per named chip, board or GPU that is not within 1 % of any published peak of it, of whatever
number format, nor a round number for one (300 TFLOP/s for an A100).

Why it matters: it may be a measured rate or a typing error.

Stays silent when: the hardware is not named in the line, the rate is said to be measured or achieved or may well be
(no utilization stands beside it, and it is a tenth to two thirds of the peak), any published figure agrees, or it is
explained: another level's (C108, C113) or another part's (C109).

Source: data/hardware.csv.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import published_peaks
from slipstick.judging.device_rates import cited, has_utilization, tera
from slipstick.judging.naming import is_told_achieved
from slipstick.rule import Audited, Found, rule

_REACHED = (Fraction(1, 10), Fraction(2, 3))
"""The share of the peak that published runs have reached."""


@rule(
    "C103",
    "unknown-peak",
    bad=(
        "8 A100 * 400e12 FLOP/s * 10 days = 2.8e21 FLOP",
        "64 V100 * 225 TFLOP/s * 10 days * 30% = 3.7e21 FLOP",
    ),
    good=(
        "8 A100 * 312e12 FLOP/s * 10 days = 2.2e21 FLOP",
        "8 A100 * 300 TFLOP/s * 10 days * 40% = 8.3e20 FLOP",
        "8 A100 * 140e12 FLOP/s achieved * 10 days = 9.7e20 FLOP",
        "6 * 175e9 * 300e9 / (1024 A100 * 140e12 FLOP/s) = 25.4 days",
        "9.5 TFLOPS sustained by the authors' count: 8 P100 * 3.5 days * 9.5 TFLOP/s = 2.3e19 FLOP",
        "8 V100 GPU * 100*10^12 FLOP/s * 5 days = 3.5e20 FLOP",
    ),
)
def unknown_peak(audited: Audited) -> Iterator[Found]:
    """One note for each rate that no published figure supports."""
    for rate in audited.rates:
        every = published_peaks.figures(rate.part.name)
        if not rate.in_line or rate.is_bare or rate.meaning or not every:
            continue
        if is_told_achieved(audited.text, rate.flop_per_s):
            continue
        default = published_peaks.main_figure(rate.part.name, rate.level) or every[0]
        known = f"{tera(default.flop_per_s)} a {default.level} ({default.number_format}, {cited(default)})"
        message = f"{rate.words} is no published peak of {rate.part.name}; the catalogue has {known}"
        share = rate.flop_per_s / default.flop_per_s
        if has_utilization(audited.reading) or not _REACHED[0] <= share <= _REACHED[1]:
            yield Found(rate.factor.quantity.span, message)
