"""The peak of another part than the one that is named.

What it finds: a rate that is no figure of the named hardware, but to three digits the peak of other hardware: 125
TFLOP/s for an A100, which is a V100's; 312 for an H100, which is an A100's.

Why it matters: a figure left over from an earlier estimate is a factor of two or three.

Stays silent when: any figure of the named part agrees, the number is round, the rate is said to be measured, or the
part is named only near by and the other one as well. Without a utilization beside it, it may have been achieved: a
note, as where the part is only named near by.

Source: data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.catalogue import hardware, published_peaks
from slipstick.finding import Confidence, Fix, Severity
from slipstick.judging.device_counts import is_named_in
from slipstick.judging.device_rates import DeviceRate, cited, has_utilization, tera
from slipstick.judging.naming import is_told_achieved
from slipstick.rule import Audited, Found, rule, short


@rule(
    "C109",
    "peak-of-other-part",
    bad=(
        "256 A100 * 125e12 FLOP/s * 10 days * 30% = 8.3e21 FLOP",
        "1024 H100s * 312 TFLOP/s * 10 days * 40% = 1.1e23 FLOP",
    ),
    good=(
        "256 A100 * 156e12 FLOP/s * 10 days * 30% = 1.04e22 FLOP",
        "256 A100 * 150 TFLOP/s * 10 days = 3.3e22 FLOP",
        "256 A100 * 125e12 FLOP/s sustained * 10 days = 2.8e22 FLOP",
        "1024 H100s * 400 TFLOP/s * 10 days = 3.5e23 FLOP",
        "64 A800 * 312e12 FLOP/s * 10 days * 40% = 6.9e21 FLOP",
        "Each GPU sustained 138 TFLOP/s on 384 A100s. 384 * 138e12 FLOP/s * 105 days * 86400 s/day = 4.81e23 FLOP",
    ),
    severities=(Severity.WARNING,),
)
def peak_of_other_part(audited: Audited) -> Iterator[Found]:
    """One finding for each rate that is another part's."""
    for rate in audited.rates:
        if rate.meaning != "part" or is_told_achieved(audited.text_before, rate.flop_per_s):
            continue
        level = rate.level or rate.part.base_level or "chip"
        right = published_peaks.main_figure(rate.part.name, level)
        named_too = any(is_named_in(audited.wide, hardware.part(p.part)) for p in rate.other_parts)
        if right is not None and (rate.in_line or not named_too):
            yield _found(audited, rate, right, named_too)


def _found(audited: Audited, rate: DeviceRate, right: hardware.Peak, named_too: bool) -> Found:
    change = rate.change_to(right)
    others = " and ".join(dict.fromkeys(p.part for p in rate.other_parts))
    message = (
        f"{rate.words} is the peak of {others} ({cited(rate.other_parts[0])}), not of {rate.part.name}; "
        f"at {tera(right.flop_per_s)} a {right.level} ({right.number_format}, {cited(right)}) the estimate is "
        f"{audited.becomes(change)}"
    )
    number = rate.factor.quantity.number
    sure = has_utilization(audited.reading) and not named_too
    if not rate.in_line:
        return Found(number.span, message, confidence=Confidence.MEDIUM if sure else Confidence.LOW)
    if not sure:
        return Found(number.span, message, confidence=Confidence.MEDIUM)
    value = None if audited.value is None else float(audited.value * change)
    return Found(number.span, message, Severity.WARNING, fix=Fix(short(number.value * change, 4), value))
