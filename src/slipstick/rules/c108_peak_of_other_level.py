"""The peak of a chip used for a core or a board, or the other way round.

What it finds: devices of a level that the text states (cores, chips, boards, GCDs), with a rate that is no figure of
that level, but one of another level of the same part: 123 TFLOP/s, the peak of a TPU v3 chip, charged per core. Nodes
that the text gives several GPUs each, with the peak of one.

Why it matters: the units come out, and the estimate is wrong by the packaging: a factor of 2, 4 or 8.

Stays silent when: the level is left open (C107), a factor in the product converts the one to the other, the rate is
said to be measured, or any figure of the stated level agrees. It is only a note where the part is named outside the
calculation, and where a rate below the peak may be what was achieved.

Source: data/hardware.csv and data/packaging.csv, each figure with its own source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import hardware, published_peaks
from slipstick.finding import Confidence, Fix, Severity
from slipstick.judging.device_counts import converts, level_stated_in, stated_counts
from slipstick.judging.device_rates import DeviceRate, cited, counted, has_utilization, tera
from slipstick.patterns import pattern
from slipstick.reading.lexing.numerals import NUMBERS
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.kinds import kind_of
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import is_device

_SMALL = ("die", "core", "chip", "GPU", "board")
"""Levels of single devices; what belongs to whole nodes and pods has a rule of its own."""
_NEAR = 600  # characters before the calculation
_IN_A_NODE = pattern(
    r"\bnodes?(?:,| each)?\s+(?:with|of|having|containing|holding)\s+(\d{1,2}|two|four|six|eight|sixteen)\b"
    r"|\b(\d{1,2}|two|four|six|eight|sixteen)\s+(?:[\w-]+\s+){0,3}(?:per|in each|in every|a|/)\s*node\b",
    re.IGNORECASE,
)


@rule(
    "C108",
    "peak-of-other-level",
    bad=(
        "2048 TPU v3 cores * 123e12 FLOP/s * 30 days * 30% = 2e23 FLOP",
        "384 TPU v3 chips * 420e12 FLOP/s * 44 days * 33% = 2.02e23 FLOP",
        "1024 MI250X GCDs * 383 TFLOP/s * 10 days * 30% = 1.02e23 FLOP",
        "LUMI has MI250X cards. 1024 GCDs * 383 TFLOP/s * 30 days * 86400 s/day * 0.28 = 2.85e23 FLOP",
        "We used 64 nodes with 8 A100 each. 64 nodes * 312e12 FLOP/s * 20 days * 0.4 = 1.38e22 FLOP.",
    ),
    good=(
        "2048 TPU v3 cores / 2 * 123e12 FLOP/s * 30 days * 30% = 9.8e22 FLOP",
        "123000000000000 FLOP/s/chip * (64 TPU v3 cores / 2 cores per chip) * 4.6 days * 0.3 = 4.7e20 FLOP",
        "64 TPU v2 chips * 45e12 FLOP/s * 34 hours * 30% = 1.06e20 FLOP",
        "60 K80 GPUs * 30 days * 8.5 TFLOPS/GPU * 33% utilization = 4.36e20 FLOP",
        "2048 TPU v4 cores * 137.5 TFLOP/s * 10 days * 40% = 9.7e22 FLOP",
        "We used 64 nodes with 8 A100 each. 64 nodes * 8 * 312e12 FLOP/s * 20 days * 0.4 = 1.1e23 FLOP.",
        "384 nodes (3072 GCDs of MI250X): 3072 GCDs * 191.5 TFLOP/s * 12 days * 0.32 = 1.95e23 FLOP",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def peak_of_other_level(audited: Audited) -> Iterator[Found]:
    """One finding for each rate that belongs to another level than is counted."""
    if any(is_device(name) for name, _ in audited.reading.dimension):
        return  # the units do not come out, which is another finding
    for rate in audited.rates:
        if rate.level == "node":
            yield from _of_nodes(audited, rate)
            continue
        wrong = next((p for p in rate.agreeing if p.level in _SMALL), None)
        if wrong is None or rate.is_rounded or not (levels := _other_levels(rate)):
            continue
        level = rate.level or _told(audited, rate)
        right = published_peaks.main_figure(rate.part.name, level) if level in levels else None
        if right is not None and not _is_converted(audited, rate, level, wrong.level):
            yield _found(audited, rate, wrong, right)


def _word(rate: DeviceRate, level: str) -> str:
    """What a level of a part is called: the board of two GPUs a card, each of them as the text calls it."""
    if rate.part.family != "GPU" or level not in ("board", "GPU"):
        return level
    called = {word for count in rate.counts if count.quantity.unit for word in count.quantity.unit.words}
    return "card" if level == "board" else "GCD" if called & {"GCD", "GCDs"} else level


def _of_nodes(audited: Audited, rate: DeviceRate) -> Iterator[Found]:
    """The peak of one GPU for nodes that hold as many as the text says."""
    one = next((p for p in rate.agreeing if p.level in _SMALL), None)
    start = audited.judged.written.span.start
    told = list(_IN_A_NODE.finditer(audited.text, max(start - _NEAR, 0), start))
    many = {NUMBERS.get(each, each) for m in told for each in m.groups() if each}
    if one is None or rate.is_rounded or len(many) != 1:
        return
    count = int(many.pop())
    if count < 2 or any(f.value == count for f in audited.reading.factors) or len(rate.counts) != 1:
        return
    nodes = rate.counts[0].value
    message = (
        f"{rate.words} is the peak of one {rate.part.name} ({cited(one)}), and {counted(nodes)} nodes are counted, of "
        f"{count} each as the text says; with {counted(nodes * count)} of them the estimate is "
        f"{audited.becomes(Fraction(count))}"
    )
    yield Found(rate.counts[0].quantity.span, message, confidence=Confidence.MEDIUM)


def _is_stated(audited: Audited, rate: DeviceRate) -> bool:
    """Whether the text before counts these very devices by the name of their part: "64 TPU v2 chips"."""
    counts = {count.value for count in rate.counts}
    digits = {significant_digits(value) for value in counts}
    every = stated_counts(audited.stated, audited.judged.written.span.start, digits) if digits else ()
    named = (rate.part.family, rate.part.name, rate.level)
    return any(c.value in counts and not c.time and kind_of(c.device) == named for c in every)


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
    level, other = (_word(rate, each.level) for each in (right, wrong))
    message = (
        f"{rate.words} is the peak of a {rate.part.name} {other} ({cited(wrong)}), and {level}s are "
        f"counted; at {tera(right.flop_per_s)} a {level}{also} the estimate is {audited.becomes(change)}"
    )
    number = rate.factor.quantity.number
    value = audited.value * change if audited.value is not None else None
    fix = Fix(short(number.value * change, 4), None if value is None else float(value))
    may_be_achieved = rate.flop_per_s < right.flop_per_s and not has_utilization(audited.reading)
    if (rate.in_line or _is_stated(audited, rate)) and not may_be_achieved:
        return Found(number.span, message, Severity.WARNING, fix=fix)
    return Found(number.span, message, confidence=Confidence.MEDIUM)
