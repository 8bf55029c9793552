"""Device-time multiplied by a count of the same devices again.

What it finds: "3.55 million V100-hours * 1000 V100s": V100-hours count every V100 already.

Why it matters: the estimate is too high by the number of devices.

Stays silent when: the count divides (device-hours / devices are hours), the devices are of another kind or level, or
the device-time is said to be that of each.

Source: the definition of device-time, devices times wall-clock time.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.finding import Label, Severity
from slipstick.judging.device_counts import device_and_time, stated_counts
from slipstick.judging.device_rates import counted, device_counts, device_of
from slipstick.judging.naming import words_of
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.kinds import kind_of
from slipstick.rule import Audited, Found, rule


@rule(
    "C116",
    "device-time-twice",
    bad=(
        "3.55 million V100-hours * 1000 V100s * 125e12 FLOP/s * 20% = 3.2e26 FLOP",
        "8 GPUs * 1,200 GPU-hours * $2/GPU-hour = $19,200",
        "It took 184,320 GPU-hours on 1,024 A100s. 1024 * 184320 h * 3600 s/h * 312e12 FLOP/s * 0.4 = 8.48e25 FLOP",
    ),
    good=(
        "3.55 million V100-hours * 125e12 FLOP/s * 20% = 3.2e23 FLOP",
        "3.55 million V100-hours / 10,000 V100s = 355 hours",
        "5 * 16 V100-days * 125e12 FLOP/s * 40% = 3.5e20 FLOP",
        "1000 V100s * 3550 hours * 125e12 FLOP/s * 20% = 3.2e23 FLOP",
        "It took 184,320 GPU-hours on 1,024 A100s. 1024 * 180 h * 3600 s/h * 312e12 FLOP/s * 0.4 = 8.3e22 FLOP",
    ),
    severities=(Severity.WARNING,),
)
def device_time_twice(audited: Audited) -> Iterator[Found]:
    """One warning for each count that device-time holds already."""
    factors = audited.reading.factors
    yield from _of_bare_count(audited)
    timed = [f for f in factors if f.exponent == 1 and f.quantity.unit is not None and all(_device_time(f))]
    if not timed or any(f.exponent < 0 and f.value > 1 for f in factors):
        return
    for factor in timed:
        if "each" in words_of(factor).lower() or "per" in words_of(factor).lower().split():
            continue
        for count in device_counts(factors):
            if _is_same(_device_time(factor)[0], device_of(count)) and count.value > 1:
                yield _found(audited, factor, count)


def _of_bare_count(audited: Audited) -> Iterator[Found]:
    """So many hours that the text before gives as device-hours, and a bare number that it gives as the devices."""
    factors, before = audited.reading.factors, audited.text_before
    if "-hours" not in before and "-days" not in before and " hours" not in before:
        return
    times = [f for f in factors if f.exponent == 1 and [t.name for t in f.unit] in (["hour"], ["day"])]
    bare = [f for f in factors if f.quantity.is_bare and not f.unit and f.exponent == 1 and f.value > 1 and not f.role]
    if len(times) != 1 or not bare:
        return
    digits = {significant_digits(f.value) for f in (*times, *bare)}
    stated = list(stated_counts(audited.stated, audited.judged.written.span.start, digits))
    timed = [s for s in stated if s.value == times[0].value and s.time == device_and_time(times[0].unit)[1]]
    if not timed or any(not s.device for s in timed):
        return
    for count in bare:
        same = [s for s in stated if s.device and not s.time and s.value == count.value]
        if same and _is_same(timed[0].device, same[0].device):
            number, unit = counted(times[0].value), timed[0].time
            message = (
                f"the {number} {unit}s are device-{unit}s in the text, which count every device already, and "
                f"{counted(count.value)} devices are multiplied into them again; without them the result is "
                f"{audited.becomes(1 / count.value)}"
            )
            related = (Label(times[0].quantity.span, "device-time in the text"),)
            yield Found(count.quantity.span, message, Severity.WARNING, related=related)


def _device_time(factor: ReadFactor) -> tuple[str, str]:
    unit = factor.quantity.unit
    return device_and_time(unit.count) if unit is not None and len(unit.count) > 1 else ("", "")


def _is_same(one: str, other: str) -> bool:
    """Whether two names may be of the same devices: one kind at one level, as far as both say it."""
    return all(a == b or not a or not b for a, b in zip(kind_of(one), kind_of(other), strict=True))


def _found(audited: Audited, timed: ReadFactor, count: ReadFactor) -> Found:
    words = timed.quantity.unit.span.of(audited.text) if timed.quantity.unit else ""
    message = (
        f"{words} count every device already, and {counted(count.value)} devices are multiplied into them again; "
        f"without them the result is {audited.becomes(1 / count.value)}"
    )
    related = (Label(timed.quantity.span, "device-time"),)
    return Found(count.quantity.span, message, Severity.WARNING, related=related)
