"""The peak of a chip used for a core or a board, or the other way round.

What it finds: devices of a level that the text states (cores, chips, boards, GCDs), with a rate that is no figure of
that level, but one of another level of the same part: 123 TFLOP/s, the peak of a TPU v3 chip, charged per core.

Why it matters: the units come out, and the estimate is wrong by the packaging: a factor of 2, 4 or 8.

Stays silent when: the level is left open (C107), a factor in the product converts the one to the other, the rate is
said to be measured, or any figure of the stated level agrees. It is only a note where the part is named outside the
calculation, and where a rate below the peak may be what was achieved.

Source: data/hardware.csv and data/packaging.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.catalogue import hardware, published_peaks
from slipstick.device_counts import converts, level_stated_in
from slipstick.device_rates import DeviceRate, cited, has_utilization, tera
from slipstick.finding import Confidence, Fix, Severity
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import is_device

_SMALL = ("die", "core", "chip", "GPU", "board")
"""Levels of single devices; what belongs to whole nodes and pods has a rule of its own."""


@rule(
    "C108",
    "peak-of-other-level",
    bad=(
        "2048 TPU v3 cores * 123e12 FLOP/s * 30 days * 30% = 2e23 FLOP",
        "384 TPU v3 chips * 420e12 FLOP/s * 44 days * 33% = 2.02e23 FLOP",
        "1024 MI250X GCDs * 383 TFLOP/s * 10 days * 30% = 1.02e23 FLOP",
    ),
    good=(
        "2048 TPU v3 cores / 2 * 123e12 FLOP/s * 30 days * 30% = 9.8e22 FLOP",
        "123000000000000 FLOP/s/chip * (64 TPU v3 cores / 2 cores per chip) * 4.6 days * 0.3 = 4.7e20 FLOP",
        "64 TPU v2 chips * 45e12 FLOP/s * 34 hours * 30% = 1.06e20 FLOP",
        "60 K80 GPUs * 30 days * 8.5 TFLOPS/GPU * 33% utilization = 4.36e20 FLOP",
        "2048 TPU v4 cores * 137.5 TFLOP/s * 10 days * 40% = 9.7e22 FLOP",
    ),
    severities=(Severity.WARNING,),
)
def peak_of_other_level(audited: Audited) -> Iterator[Found]:
    """One finding for each rate that belongs to another level than is counted."""
    if any(is_device(name) for name, _ in audited.reading.dimension):
        return  # the units do not come out, which is another finding
    for rate in audited.rates:
        wrong = next((p for p in rate.agreeing if p.level in _SMALL), None)
        if wrong is None or rate.is_rounded or not (levels := _other_levels(rate)):
            continue
        level = rate.level or _told(audited, rate)
        right = published_peaks.main_figure(rate.part.name, level) if level in levels else None
        if right is not None and not _is_converted(audited, rate, level, wrong.level):
            yield _found(audited, rate, wrong, right)


def _other_levels(rate: DeviceRate) -> list[str]:
    """The levels of single devices of the part that have a main figure, and none that the rate agrees with."""
    agreed = {peak.level for peak in rate.agreeing}
    return [each for each in _SMALL if each not in agreed and published_peaks.main_figure(rate.part.name, each)]


def _told(audited: Audited, rate: DeviceRate) -> str:
    """The level that the text before gives for a bare number of the product."""
    if rate.counts or rate.part.base_level or not rate.agreeing:
        return ""
    return level_stated_in(audited.stated, audited.judged.written.span.start, audited.reading.factors, rate.part)


def _is_converted(audited: Audited, rate: DeviceRate, level: str, other: str) -> bool:
    ratio = published_peaks.ratio(rate.part.name, other, level)
    return ratio is None or converts(audited.reading.factors, ratio)


def _found(audited: Audited, rate: DeviceRate, wrong: hardware.Peak, right: hardware.Peak) -> Found:
    change = rate.change_to(right)
    rivals = [
        p
        for p in published_peaks.figures(rate.part.name)
        if p.level == right.level and p.number_format == wrong.number_format
    ]
    others = dict.fromkeys(tera(p.flop_per_s) for p in rivals if p.flop_per_s != right.flop_per_s and not p.sparse)
    also = f" (other figures: {', '.join(others)})" if others else ""
    message = (
        f"{rate.words} is the peak of a {rate.part.name} {wrong.level} ({cited(wrong)}), and {right.level}s are "
        f"counted; at {tera(right.flop_per_s)} a {right.level}{also} the estimate is {audited.becomes(change)}"
    )
    number = rate.factor.quantity.number
    value = audited.value * change if audited.value is not None else None
    fix = Fix(short(number.value * change, 4), None if value is None else float(value))
    may_be_achieved = rate.flop_per_s < right.flop_per_s and not has_utilization(audited.reading)
    if rate.in_line and not may_be_achieved:
        return Found(number.span, message, Severity.WARNING, fix=fix)
    return Found(number.span, message, confidence=Confidence.MEDIUM)
