"""A utilization is applied twice.

What it finds: two factors called utilization, MFU or HFU in one product of operations; a rate that is said to be
achieved, measured or actual, and multiplied by a utilization once more, or by a bare fraction that may be one.

Why it matters: each time takes off half or more of the estimate.

Stays silent when: the second fraction is of something else (uptime, availability, the share of the time, scaling), or
the rate is called a peak, or is a published one where only the text beside says that it was achieved.

Source: the definition of utilization, achieved over peak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Confidence, Fix, Label, Severity
from slipstick.judging.device_rates import per_second
from slipstick.judging.naming import (
    is_rate,
    is_share_of_else,
    is_told_achieved,
    says_achieved,
    says_utilization,
    words_of,
)
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.rule import Audited, Found, rule, short

_OF_PEAK = pattern(r"\b(?:mfu|hfu|flops? utili[sz]ation)\b", re.IGNORECASE)
_OF_OTHER = pattern(
    r"\b(?:scaling|efficiency|uptime|availability|time|bubbles?|communication|goodput)\b", re.IGNORECASE
)
_USUAL = (Fraction(1, 5), Fraction(3, 5))
"""A bare fraction between these, beside a rate, is most likely a utilization."""
_BUSY = Fraction(3, 5)
"""A utilization from here on may be that of a scheduler, or the share of the time in which a device is busy."""


@rule(
    "C130",
    "utilization-twice",
    bad=(
        "512 GPUs * 312 TFLOP/s * 33% utilization * 0.5 MFU * 20 days = 4.6e22 FLOP",
        "8 A100 * 140 TFLOP/s (achieved) * 10 days * 40% MFU = 3.9e20 FLOP",
        "2048 A100s * 150e12 FLOP/s (achieved) * 40 days * 86400 * 0.48 = 5.1e23 FLOP",
        "1024 GPUs * 125 TFLOP/s at 40% MFU * 40% utilization * 30 days = 5.3e22 FLOP",
        "They achieved 140 TFLOP/s per GPU on 512 A100s. 512 * 140e12 FLOP/s * 24 days * 0.45 = 6.69e22 FLOP.",
    ),
    good=(
        "512 GPUs * 312 TFLOP/s * 40% MFU * 90% uptime * 20 days = 9.9e22 FLOP",
        "8 GPUs * 312 TFLOP/s * 10 days * 30% utilization * 50% of the time = 3.2e20 FLOP",
        "512 A100 * 312 TFLOP/s * 20 days * 45% MFU * 95% scaling efficiency = 1.2e23 FLOP",
        "A100: 312 TFLOP/s, 20 days, 40% MFU. 512 * 312e12 FLOP/s * 20 * 86400 s * 0.4 = 1.1e23 FLOP.",
        "A GPU achieved 190 TFLOP/s; the scaling efficiency is 55%. 64 * 190e12 FLOP/s * 9 days * 0.55 = 5.2e21 FLOP.",
        "8 A100 * 312 TFLOP/s measured peak * 10 days * 40% MFU = 8.6e20 FLOP",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def utilization_twice(audited: Audited) -> Iterator[Found]:
    """One finding for the second application."""
    rates = [f for f in audited.rate_factors if f.exponent == 1]
    shares = [f for f in audited.shares if f.exponent == 1 and says_utilization(f) and not is_share_of_else(f)]
    if len(rates) == 1 and not shares:
        yield from _bare(audited, rates[0])
    if len(rates) != 1 or not shares:
        return
    first, second = shares[0], shares[-1]
    if first is not second:
        sure = _is_plain(first) and _is_plain(second)
        message = f"a second utilization: {short(first.value)} and {short(second.value)} of peak are multiplied"
        yield _told(audited, second, message, first, sure=sure)
    elif _is_achieved(audited, rates[0]):
        message = f"the rate is said to be achieved, so that a utilization of {short(first.value)} is applied twice"
        yield _told(audited, first, message, rates[0], sure=_is_plain(first))


def _is_achieved(audited: Audited, rate: ReadFactor) -> bool:
    """Whether a rate is said to be achieved, where it stands, or near by if it is no published peak."""
    if says_achieved(rate):
        return True
    is_peak = any(each.factor is rate and each.own for each in audited.rates)
    return not is_peak and is_told_achieved(audited.text_before, per_second(rate))


def _bare(audited: Audited, rate: ReadFactor) -> Iterator[Found]:
    """A bare fraction beside a rate that was achieved."""
    bare = [f for f in audited.shares if f.exponent == 1 and f.quantity.is_bare and not f.quantity.remark]
    if len(bare) != 1 or not any(f.unit for f in audited.reading.factors):
        return
    if (
        _USUAL[0] <= bare[0].value <= _USUAL[1]
        and _is_achieved(audited, rate)
        and not _is_told_of_else(audited, bare[0])
    ):
        said = short(bare[0].value)
        message = f"the rate is said to be achieved: if {said} is a utilization, it is applied twice"
        yield _told(audited, bare[0], message, rate, sure=False)


def _is_told_of_else(audited: Audited, factor: ReadFactor) -> bool:
    """Whether the text before tells a share as one of another thing: "scaling efficiency is 55%"."""
    percent = re.escape(short(factor.value * 100))
    told = re.finditer(rf"([^.;\n]{{0,40}})(?<![\d.]){percent}\s?%", audited.text_before)
    return any(_OF_OTHER.search(place[1]) for place in told)


def _is_plain(factor: ReadFactor) -> bool:
    """Whether a share is one of the peak, and not of what a device is busy for or another efficiency."""
    words = words_of(factor).lower()
    return factor.value < _BUSY and (bool(_OF_PEAK.search(words)) or ("utili" in words and "gpu" not in words))


def _told(audited: Audited, factor: ReadFactor, message: str, other: ReadFactor, *, sure: bool) -> Found:
    value = audited.value_with(factor, 1 / factor.value)
    if value is not None:
        message += f"; applied once it would be {short(value)} {audited.reading.label}"
    severity, confidence = (Severity.WARNING, Confidence.HIGH) if sure else (Severity.NOTE, Confidence.MEDIUM)
    related = (Label(other.quantity.span, "the other one" if not is_rate(other) else "the rate"),)
    fix = Fix("1", None if value is None else float(value))
    return Found(factor.quantity.span, message, severity, confidence=confidence, related=related, fix=fix)
