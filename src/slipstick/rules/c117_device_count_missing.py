"""A rate per device and a wall-clock time, and no count of the devices that the text gives.

What it finds: a product of one device's peak and a time that the text before gives together with several devices ("64
A100s for 10 days"), in which those are not counted.

Why it matters: the estimate is that of a single device.

Stays silent when: any other number in the product may be the count, the time is device-time, or the text does not give
that time. It is a guess at what was meant, of low confidence.

Source: the definition of device-time, devices times wall-clock time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from slipstick.finding import Confidence
from slipstick.judging.device_counts import StatedCount, device_and_time, stated_counts
from slipstick.judging.device_rates import DeviceRate, counted
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.kinds import kind_of
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.rule import Audited, Found, rule

_NEAR = 600  # characters before the calculation
_ONE_DEVICE = pattern(
    r"\b(?:an?|one|single)\s+(?:[\w-]+\s+){0,4}?(?:GPU|TPU|chip|card|accelerator|device|[AVHPK]\d{2,3})\b",
    re.IGNORECASE,
)


@rule(
    "C117",
    "device-count-missing",
    bad=(
        "We used 64 A100s for 10 days. 312e12 FLOP/s * 10 days * 24 * 3600 * 30% = 8.1e19 FLOP",
        "Trained for 3 days on 16 V100 GPUs: 125 TFLOP/s * 3 days * 30% = 9.7e18 FLOP",
    ),
    good=(
        "We used 64 A100s for 10 days. 312e12 FLOP/s * 64 * 10 days * 24 * 3600 * 30% = 5.2e21 FLOP",
        "We used 21,500 A100-hours on 64 A100s. 312e12 FLOP/s * 21500 hours * 40% = 9.7e21 FLOP",
        "A single A100 took 3 days: 312e12 FLOP/s * 3 days * 30% = 2.4e19 FLOP",
        "Others used 8 GPUs. A run takes 3.5 days with a Tesla V100 GPU. 125e12 FLOP/s * 3.5 days * 30% = 1.1e19 FLOP",
    ),
)
def device_count_missing(audited: Audited) -> Iterator[Found]:
    """One note for the rate."""
    rate = next((r for r in audited.rates if not r.counts and not r.is_bare), None)
    if rate is None or not rate.own or rate.own[0].level not in ("chip", "GPU", "board"):
        return
    factors = [f for f in audited.reading.factors if f.role not in ("conversion", "unit") and f is not rate.factor]
    times = [f for f in factors if device_and_time(f.unit)[1] and f.exponent == 1]
    if len(times) != 1 or device_and_time(times[0].unit)[0]:
        return
    if any(f is not times[0] and not (f.exponent == 1 and 0 < f.value <= 1) for f in factors):
        return
    before = audited.judged.written.span.start
    if _ONE_DEVICE.search(audited.text, max(before - _NEAR, 0), before):
        return
    devices = _devices(audited.stated, before, rate, times[0])
    if devices is not None:
        message = (
            f"one device's {rate.words} is multiplied by a time that the text gives for {counted(devices.value)} "
            f"devices; with them the estimate is {audited.becomes(devices.value)}"
        )
        yield Found(rate.factor.quantity.span, message, confidence=Confidence.LOW)


def _devices(stated: StatedQuantities, before: int, rate: DeviceRate, time: ReadFactor) -> StatedCount | None:
    """The one count of several devices in a text that also gives this very time as wall-clock time."""
    this = StatedCount(time.value, "", device_and_time(time.unit)[1])
    if this not in stated_counts(stated, before, {significant_digits(time.value)}):
        return None
    every = list(stated_counts(stated, before))
    if any(s.device and s.time for s in every):
        return None
    counts = [s for s in every if s.device and not s.time]
    fits = [s for s in counts if kind_of(s.device)[1] in ("", rate.part.name) and s.value > 1]
    return fits[0] if len(counts) == 1 and fits else None
