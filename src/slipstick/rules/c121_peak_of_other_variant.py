"""The peak of another variant of the part: of the SXM module for a PCIe card.

What it finds: a rate that is a figure of one form of a part alone (a V100 SXM2 has 125 TFLOP/s, an H100 SXM5 989),
where the text beside names the other ("V100 PCIe", 112 TFLOP/s; "H100 PCIe", 756), or the reverse.

Why it matters: an H100 PCIe has three quarters of the peak of an SXM5.

Stays silent when: the text names no form, or both; a figure without a variant, or of the named one, agrees as well.

Source: data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from slipstick.catalogue import hardware, published_peaks
from slipstick.finding import Confidence, Fix
from slipstick.judging.device_rates import DeviceRate, cited, tera
from slipstick.patterns import pattern
from slipstick.rule import Audited, Found, rule, short

_FORMS = {
    "PCIe": pattern(r"\bPCI-?e\b", re.IGNORECASE),
    "SXM": pattern(r"\bSXM\d?\b|\b[DH]GX\b|\bNVLink\b", re.IGNORECASE),
}


@rule(
    "C121",
    "peak-of-other-variant",
    bad=(
        "We used 16 V100 PCIe cards, mixed precision. 16 V100 * 125 TFLOP/s * 4 * 86400 s * 0.3 = 2.07e20 FLOP.",
        "64 H100 PCIe * 989 TFLOP/s * 10 days * 30% = 1.64e22 FLOP",
    ),
    good=(
        "We used 16 V100 PCIe cards, mixed precision. 16 V100 * 112 TFLOP/s * 4 * 86400 s * 0.3 = 1.86e20 FLOP.",
        "64 A100 PCIe * 312 TFLOP/s * 10 days * 30% = 5.18e21 FLOP",
        "Tested on V100 PCIe, run on DGX-1. 16 V100 * 125 TFLOP/s * 4 * 86400 s * 0.3 = 2.07e20 FLOP.",
        "16 V100 * 125 TFLOP/s * 4 * 86400 s * 0.3 = 2.07e20 FLOP.",
    ),
)
def peak_of_other_variant(audited: Audited) -> Iterator[Found]:
    """One note for each such rate."""
    named = [form for form, said in _FORMS.items() if said.search(audited.near_by)]
    for rate in audited.rates if len(named) == 1 else ():
        variants = {p.variant for p in rate.own}
        if rate.is_rounded or not variants or not all(variants) or any(named[0] in each for each in variants):
            continue
        right = _of_form(rate, named[0])
        if right is not None:
            change = rate.change_to(right)
            part, other = rate.part.name, rate.own[0]
            message = (
                f"{rate.words} is the peak of the {part} {other.variant} ({cited(other)}), and the text names the "
                f"{named[0]} one, of {tera(right.flop_per_s)} ({cited(right)}); with it the estimate is "
                f"{audited.becomes(change)}"
            )
            number = rate.factor.quantity.number
            fix = Fix(short(number.value * change, 4), None if audited.value is None else float(audited.value * change))
            yield Found(number.span, message, confidence=Confidence.MEDIUM, fix=fix)


def _of_form(rate: DeviceRate, form: str) -> hardware.Peak | None:
    """The dense figure of the other form in the format and of the engine that the rate is of."""
    own = next((p for p in rate.own if not p.sparse), None)
    every = published_peaks.figures(rate.part.name) if own is not None else ()
    alike = [p for p in every if own and (p.level, p.sparse, p.engine) == (own.level, False, own.engine)]
    fits = [p for p in alike if own and p.number_format == own.number_format and form in p.variant]
    return next((p for p in fits if rate.part.name not in p.variant), None)
