"""A run in one number format, and a peak of another.

What it finds: a rate whose own words say a format ("312 TFLOP/s (fp32)") of which it is no peak; and a text that speaks
of fp32 alone beside a peak that exists only in 16 bits, or of 16 bits beside a peak of fp32.

Why it matters: an A100 has 19.5 TFLOP/s in fp32, 156 in tf32 and 312 in bf16: factors of 2 to 16. A float32 model on
TPUs multiplies in bf16 all the same, so the text around a rate proves nothing.

Stays silent when: the format said is one that the rate is a peak of, mixed precision or several formats are said, or
the rate is no figure of the part.

Source: data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.catalogue import hardware, published_peaks
from slipstick.catalogue.precision import SIXTEEN_BIT, formats_in
from slipstick.device_rates import DeviceRate, cited, tera
from slipstick.finding import Confidence, Severity
from slipstick.naming import words_of
from slipstick.rule import Audited, Found, rule

_WIDE = frozenset(("fp32", "fp64"))
_ALIKE = {"fp16": SIXTEEN_BIT, "bf16": SIXTEEN_BIT, "fp32": frozenset(("fp32", "tf32"))}
"""Formats that one word may mean: 16 bits of either kind run at one rate, and tf32 is what fp32 programs run in."""


@rule(
    "C111",
    "format-mismatch",
    bad=(
        "8 A100 * 312 TFLOP/s (fp32) * 10 days * 30% = 6.5e20 FLOP",
        "We trained in fp32 on 64 V100s: 64 V100 * 125 TFLOP/s * 10 days * 30% = 2.1e21 FLOP",
    ),
    good=(
        "8 A100 * 156 TFLOP/s (TF32) * 10 days * 30% = 3.2e20 FLOP",
        "4 V100 * 31.33 TFLOP/s [fp16] * 10 days * 30% = 3.2e19 FLOP",
        "bfloat16 activations, float32 weights: 1024 TPU v3 chips * 123e12 FLOP/s * 11 days * 40% = 4.79e22 FLOP",
        "64 V100 * 125 TFLOP/s * 10 days * 30% = 2.1e21 FLOP, in mixed precision (fp32 master weights)",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def format_mismatch(audited: Audited) -> Iterator[Found]:
    """One finding for each rate that is a peak of another format than is said."""
    for rate in audited.rates:
        dense = [p for p in rate.own if not p.sparse]  # 312 is an A100's bf16 before it is its sparse tf32
        held = frozenset(p.number_format for p in dense)
        if not held or rate.is_rounded:
            continue
        words = words_of(rate.factor)
        own = formats_in(words)
        if not held & published_peaks.TRAINING_FORMATS and any(p.sparse and p.number_format in own for p in rate.own):
            continue  # the sparse peak of that very format
        if own and "accumul" not in words.lower():
            if not any(held & _ALIKE.get(name, {name}) for name in own):
                yield _found(audited, rate, own, own_words=True)
            continue
        around = formats_in(audited.near_by)
        is_wide = around and around <= _WIDE and not held & {"fp32", "fp64", "tf32"}
        is_narrow = around and around <= SIXTEEN_BIT and held <= _WIDE
        if is_wide or is_narrow:
            yield _found(audited, rate, around, own_words=False)


def _found(audited: Audited, rate: DeviceRate, said: frozenset[str], own_words: bool) -> Found:
    named, is_of = " and ".join(sorted(said)), next(p for p in rate.own if not p.sparse)
    peak = f"the peak of {rate.part.name} in {is_of.number_format} ({cited(is_of)})"
    message = (
        f"{rate.words} is {peak}, and is said to be in {named}"
        if own_words
        else f"the text speaks of {named}; {rate.words} is {peak}"
    )
    right = _figure_in(rate, said)
    if right is not None:
        change = rate.change_to(right)
        message += f"; in {right.number_format} it has {tera(right.flop_per_s)}, which makes {audited.becomes(change)}"
    span = rate.factor.quantity.span
    if own_words and rate.in_line and right is not None:
        return Found(span, message, Severity.WARNING)
    return Found(span, message, confidence=Confidence.MEDIUM if own_words else Confidence.LOW)


def _figure_in(rate: DeviceRate, said: frozenset[str]) -> hardware.Peak | None:
    """The dense figure of the part in a format that is said, of the level that the rate is of."""
    level = rate.own[0].level
    every = [p for p in published_peaks.figures(rate.part.name) if p.level == level and not p.sparse]
    return next((p for p in every if p.number_format in said), None)
