"""A run in one number format, and a peak of another.

What it finds: a rate whose own words say a format ("312 TFLOP/s (fp32)") of which it is no peak; and a text that speaks
of one format alone beside a peak that exists only in others: fp32 beside one of 16 bits, 16 bits beside one of fp32,
tf32, fp8 or int8, tf32 beside one of fp32.

Why it matters: an A100 has 19.5 TFLOP/s in fp32, 156 in tf32 and 312 in bf16: factors of 2 to 16. A float32 model on
TPUs multiplies in bf16 all the same, so the text around a rate proves nothing.

Stays silent when: the format said is one that the rate is a peak of, mixed precision or several formats are said, or
the rate is no figure of the part; the fp32 figure of a part whose ordinary cores run fp16 as fast is said to be fp16.

Source: data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.catalogue import hardware, published_peaks
from slipstick.catalogue.precision import SIXTEEN_BIT, formats_in
from slipstick.finding import Confidence, Severity
from slipstick.judging.device_rates import DeviceRate, cited, tera
from slipstick.judging.naming import words_of
from slipstick.rule import Audited, Found, rule

_WIDE = frozenset(("fp32", "fp64"))
_ALIKE = {"fp16": SIXTEEN_BIT, "bf16": SIXTEEN_BIT, "fp32": frozenset(("fp32", "tf32"))}
"""Formats that one word may mean: 16 bits of either kind run at one rate, and tf32 is what fp32 programs run in."""

_EVEN = frozenset(("RTX 3090", "RTX 4090", "RTX A6000", "A10", "L4", "L40", "L40S"))
"""Parts whose ordinary cores run fp16 as fast as fp32: tables of their figures print that as their fp16 rate (NVIDIA
Ada GPU architecture, appendix A: 82.6 TFLOP/s for both).
"""


@rule(
    "C111",
    "format-mismatch",
    bad=(
        "8 A100 * 312 TFLOP/s (fp32) * 10 days * 30% = 6.5e20 FLOP",
        "We trained in fp32 on 64 V100s: 64 V100 * 125 TFLOP/s * 10 days * 30% = 2.1e21 FLOP",
        "Training ran in TF32 on 64 A100s for 6 days: 64 * 19.5e12 FLOP/s * 6 * 86400 s * 0.4 = 2.59e20 FLOP.",
        "The authors report bf16 training. 128 A100 * 156 TFLOP/s * 11 days * 40% = 7.59e21 FLOP",
        "BF16 training on 256 TPU v5e chips. 256 chips * 394e12 FLOP/s * 3 days * 50% = 1.31e22 FLOP",
    ),
    good=(
        "8 A100 * 156 TFLOP/s (TF32) * 10 days * 30% = 3.2e20 FLOP",
        "4 V100 * 31.33 TFLOP/s [fp16] * 10 days * 30% = 3.2e19 FLOP",
        "bfloat16 activations, float32 weights: 1024 TPU v3 chips * 123e12 FLOP/s * 11 days * 40% = 4.79e22 FLOP",
        "64 V100 * 125 TFLOP/s * 10 days * 30% = 2.1e21 FLOP, in mixed precision (fp32 master weights)",
        "fp8 products, bf16 elsewhere: 2048 H100s * 1979e12 FLOP/s * 54 days * 25% = 4.73e24 FLOP",
        "Four RTX 4090 in FP16 for 9 days. 4 * 82.6 TFLOP/s * 9 days * 86400 s/day * 0.35 = 8.99e19 FLOP",
        "Training in bf16, serving in int8. 256 TPU v5e chips * 394e12 FLOP/s * 3 days * 50% = 1.31e22 FLOP",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def format_mismatch(audited: Audited) -> Iterator[Found]:
    """One finding for each rate that is a peak of another format than is said."""
    for rate in audited.rates:
        dense = [p for p in rate.own if not p.sparse]  # 312 is an A100's bf16 before it is its sparse tf32
        held = frozenset(p.number_format for p in dense)
        words = words_of(rate.factor)
        own = formats_in(words)
        if not held or rate.is_rounded or _is_even(rate, own or formats_in(audited.near_by), held):
            continue
        if not held & published_peaks.TRAINING_FORMATS and any(p.sparse and p.number_format in own for p in rate.own):
            continue  # the sparse peak of that very format
        if own and "accumul" not in words.lower():
            if not any(held & _ALIKE.get(name, {name}) for name in own):
                yield _found(audited, rate, own, own_words=True)
            continue
        around = formats_in(audited.near_by)
        if _is_unlike(rate, around, held):
            yield _found(audited, rate, around, own_words=False)


def _is_even(rate: DeviceRate, said: frozenset[str], held: frozenset[str]) -> bool:
    """Whether an fp32 figure is that of the part's ordinary cores in fp16 as well, the format that is said."""
    return held == {"fp32"} and said == {"fp16"} and rate.part.name in _EVEN


def _is_unlike(rate: DeviceRate, around: frozenset[str], held: frozenset[str]) -> bool:
    """Whether a text around a rate speaks of formats of which the rate, of those in `held`, is no peak."""
    if around == {"tf32"}:
        return "tf32" not in held and _figure_in(rate, around) is not None
    if around and around <= _WIDE:
        return not held & {"fp32", "fp64", "tf32"}
    if not around or not around <= SIXTEEN_BIT or held & SIXTEEN_BIT:
        return False
    return not any(p.sparse and p.number_format in SIXTEEN_BIT for p in rate.own)  # another rule's


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
    sure = own_words or (right is not None and not {is_of.number_format, *said} & _WIDE)
    return Found(span, message, confidence=Confidence.MEDIUM if sure else Confidence.LOW)


def _figure_in(rate: DeviceRate, said: frozenset[str]) -> hardware.Peak | None:
    """The dense figure of the part in a format that is said, of the level that the rate is of."""
    level = rate.own[0].level
    every = [p for p in published_peaks.figures(rate.part.name) if p.level == level and not p.sparse]
    return next((p for p in every if p.number_format in said), None)
