"""The number in a TPU's type name taken for chips.

What it finds: a text that names a slice such as v3-256, and a calculation that multiplies 256 by the peak of a chip.

Why it matters: in v2, v3, v4 and v5p names the number counts cores, two to a chip: v3-256 has 128 chips, so the
estimate is twice too high.

Stays silent when: the generation has one core a chip (v5e, v6e), or the number is halved or the peak is of a core. It
is a note where the number stands without a noun, where the text calls it chips, and for v4 and v5p, whose two cores
show as one device.

Source: data/packaging.csv; the type names in Google's TPU documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import hardware, published_peaks
from slipstick.finding import Confidence, Severity
from slipstick.judging.device_counts import converts
from slipstick.judging.device_rates import per_second, tera
from slipstick.judging.naming import is_rate
from slipstick.judging.stated_utilization import utilizations_in
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.rule import Audited, Found, rule, short

_TYPE = pattern(r"[vV](?<![A-Za-z\d].)([2345][pP]?)-(\d{2,5})(?![\w.])")
_SURE = 2018
"""The year of the last generation whose cores are devices of their own."""


@rule(
    "C114",
    "type-name-counts-cores",
    bad=(
        "It was trained on a TPU v3-256 pod: 256 * 123e12 FLOP/s * 10 days * 0.3 = 8.2e21 FLOP",
        "On a v2-512 slice: 512 chips * 45e12 FLOP/s * 4 days * 30% = 2.4e21 FLOP",
        "On a TPU v4-512: 512 * 275e12 * 14 * 24 * 3600 * 0.5 = 8.52e22 FLOP (50% MFU assumed).",
    ),
    good=(
        "It was trained on a TPU v3-256 pod: 128 * 123e12 FLOP/s * 10 days * 0.3 = 4.1e21 FLOP",
        "It was trained on a TPU v3-256 pod: 256 * 61.5e12 FLOP/s * 10 days * 0.3 = 4.1e21 FLOP",
        "It was trained on a TPU v3-256 pod: (256 / 2) * 123e12 FLOP/s * 10 days * 0.3 = 4.1e21 FLOP",
        "On a v3-256, then a v3-512 of 256 chips: 256 * 123e12 FLOP/s * 10 days * 0.3 = 8.2e21 FLOP",
        "v3-512, that is 256 chips: 256 * 123e12 FLOP/s * 10 days * 0.3 = 8.2e21 FLOP",
        "On a v5litepod-256: 256 * 197e12 FLOP/s * 10 days * 0.3 = 1.3e22 FLOP",
    ),
)
def type_name_counts_cores(audited: Audited) -> Iterator[Found]:
    """One finding for each count that is the number of a type name."""
    names = dict.fromkeys(match.groups() for match in _TYPE.finditer(audited.near_by))
    told = utilizations_in(audited.near_by) if names else ()  # 0.5 is no core per chip where it is the utilization
    factors = [f for f in audited.reading.factors if f.role != "conversion" and f.value not in told] if names else []
    for name in names:
        part = hardware.named(f"TPU v{name[0].lower()}")
        count = next((f for f in factors if f.value == int(name[1]) and f.exponent == 1), None)
        if part is None or count is None:
            continue
        per_chip = published_peaks.ratio(part.name, "chip", "core")
        rate = next((f for f in factors if _is_peak_of_chip(part.name, f)), None)
        if per_chip and any(int(other) == count.value * per_chip for _, other in names):
            continue
        if per_chip is None or per_chip == 1 or rate is None or converts(factors, per_chip):
            continue
        yield _found(audited, part, count, (rate, per_chip))


def _says_chips(text: str, number: str) -> bool:
    return re.search(rf"(?<!\d){number}\s+(?:[\w-]+\s+){{0,3}}chips", text, re.IGNORECASE) is not None


def _is_peak_of_chip(part: str, factor: ReadFactor) -> bool:
    if factor.exponent != 1 or not (is_rate(factor) or factor.quantity.is_bare):
        return False
    flop_per_s = per_second(factor) if factor.unit else factor.value
    figures = published_peaks.agreeing(part, flop_per_s)
    return bool(figures) and all(p.level == "chip" for p in figures)


def _found(audited: Audited, part: hardware.Part, count: ReadFactor, taken: tuple[ReadFactor, Fraction]) -> Found:
    rate, per_chip = taken
    many = short(count.value, 6)
    chips = short(count.value / per_chip, 6)
    flop_per_s = per_second(rate) if rate.unit else rate.value
    message = (
        f"the number in {part.name}-{many} counts cores, {short(per_chip)} to a chip, so it has {chips} chips; "
        f"{tera(flop_per_s)} is the peak of a chip, and with {chips} of them the estimate is "
        f"{audited.becomes(1 / per_chip)}"
    )
    if count.quantity.is_bare:
        return Found(count.quantity.span, message)  # that it is the number in the name is inferred
    if part.year <= _SURE and not _says_chips(audited.near_by, many):
        return Found(count.quantity.span, message, Severity.WARNING)
    return Found(count.quantity.span, message, confidence=Confidence.MEDIUM)
