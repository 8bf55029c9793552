"""The rate of a whole node, pod or cluster charged for each of its devices.

What it finds: a rate that is the published figure of a node, rack or pod, or is called that of a cluster, a system or a
total, multiplied by a count of smaller devices; and a rate that already is so many times the peak of one device as
there are devices.

Why it matters: the devices are counted twice: a factor of 8 for a node, of hundreds for a pod.

Stays silent when: nodes, pods or systems are what is counted, nothing is counted, or the figure is of a single device.

Source: data/hardware.csv and data/packaging.csv, each figure with its own source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import published_peaks
from slipstick.finding import Confidence, Severity
from slipstick.judging.device_rates import DeviceRate, cited, counted, device_counts, device_of, tera
from slipstick.judging.naming import words_of
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.kinds import kind_of
from slipstick.rule import Audited, Found, rule

_WHOLES = ("node", "rack", "pod")
_LEAST_WHOLE = 10**15
_FEWEST = 8
"""A bare number from here on may count the devices of a whole."""
_SAYS_WHOLE = pattern(r"\b(?:pod|cluster|supercomputer|aggregate|total|combined|overall|in all|altogether)\b", re.I)


@rule(
    "C113",
    "total-per-device",
    bad=(
        "11.5 PFLOP/s pod * 64 TPU v2 boards * 10 days * 30% = 1.9e23 FLOP",
        "64 nodes * 8 A100/node * 5 PFLOP/s * 10 days * 30% = 6.6e23 FLOP",
        "1000 V100s * 125 PFLOP/s * 10 days * 20% = 2.2e25 FLOP",
        "A TPU v4 pod of 4096 chips has 1.1 EFLOP/s: 4096 * 1.1e18 FLOP/s * 15 * 86400 s * 0.4 = 2.34e27 FLOP",
    ),
    good=(
        "16 DGX A100 nodes * 5 PFLOP/s * 10 days * 30% = 2.1e22 FLOP",
        "2166 aggregate PFLOP/s * 3 weeks = 3.93e24 FLOP",
        "4 TPU v2 pods * 11.5 PFLOP/s * 10 days * 30% = 1.2e22 FLOP",
        "64 A100 * 312 TFLOP/s * 10 days (a total of 640 A100-days) * 30% = 5.2e21 FLOP",
        "A TPU v4 pod has 1.1 EFLOP/s: 1.1e18 FLOP/s * 15 * 86400 s * 0.4 = 5.7e23 FLOP",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def total_per_device(audited: Audited) -> Iterator[Found]:
    """One finding for each rate of a whole that is multiplied by its parts."""
    if not audited.rates and not audited.rate_factors:
        return
    counts = device_counts(audited.reading.factors)
    if not counts:
        yield from _of_bare_count(audited)
    rates = [f for f in audited.rate_factors if f.exponent == 1] if counts else []
    known = {id(rate.factor): rate for rate in audited.rates} if rates else {}
    for factor in rates:
        rate = known.get(id(factor))
        found = _by_figure(audited, rate) if rate else None
        if found is None and (rate is None or rate.meaning != "own"):
            found = _by_words(audited, factor, counts[0])
        if found is not None:
            yield found


def _by_figure(audited: Audited, rate: DeviceRate) -> Found | None:
    """What the catalogue proves: the figure of a whole, or a rate that holds the count already."""
    total = rate.total_of if rate.meaning == "total" else None
    if total is not None:
        main = published_peaks.main_figure(rate.part.name, rate.level)
        of_each = tera(main.flop_per_s) if main else ""
        said = f"{rate.words} is already {counted(total.value)} times the {of_each} of one {rate.part.name}"
        return _of_figure(audited, rate, f"{said}, and is multiplied by them again; without that", 1 / total.value)
    whole = next((p for p in rate.agreeing if p.level in _WHOLES), None) if rate.meaning == "level" else None
    level = rate.level or rate.part.base_level
    if whole is None or not level or level in _WHOLES:
        return None
    kind = "sparse, " if whole.sparse else ""
    said = f"{rate.words} is the peak of a whole {rate.part.name} {whole.level} ({kind}{cited(whole)})"
    said += f", and is charged for every {level} of it"
    main = published_peaks.main_figure(rate.part.name, level)
    if main is None:
        return _of_figure(audited, rate, said, None)
    said += f"; one has {tera(main.flop_per_s)} ({cited(main)}), with which"
    return _of_figure(audited, rate, said, rate.change_to(main))


def _of_bare_count(audited: Audited) -> Iterator[Found]:
    """A rate that is the peak of so many devices as a bare number beside it counts."""
    for rate in audited.rates:
        if rate.is_bare or rate.flop_per_s.numerator < _LEAST_WHOLE * rate.flop_per_s.denominator:
            continue
        main = next((m for lv in ("chip", "GPU") if (m := published_peaks.main_figure(rate.part.name, lv))), None)
        bare = [f.value for f in audited.reading.factors if f.quantity.is_bare and f.exponent == 1 and not f.unit]
        many = [n for n in bare if n >= _FEWEST and main is not None and _is_total(rate, main.flop_per_s * n)]
        if main is None or len(many) != 1:
            continue
        each = f"the {tera(main.flop_per_s)} of one {rate.part.name} {main.level} ({cited(main)})"
        said = f"{rate.words} is already {counted(many[0])} times {each}, and is multiplied by {counted(many[0])} again"
        yield _of_figure(audited, rate, f"{said}; without that", 1 / many[0])


def _is_total(rate: DeviceRate, total: Fraction) -> bool:
    """Whether a rate is a total, to its printed digits."""
    number = rate.factor.quantity.number
    half = abs(number.last_digit / number.value) * rate.flop_per_s / 2 if number.value else Fraction(0)
    off = abs(rate.flop_per_s - total)
    return published_peaks.near(total, rate.flop_per_s) or (off <= half and 20 * off <= total)


def _by_words(audited: Audited, factor: ReadFactor, count: ReadFactor) -> Found | None:
    """What the words say: the rate of a whole, multiplied by a count of devices."""
    said = _SAYS_WHOLE.search(words_of(factor))
    level = kind_of(device_of(count))[2]
    if (
        said is None
        or level in (*_WHOLES, "cluster")
        or any(f.exponent == -1 and f.value > 1 for f in audited.reading.factors)
    ):
        return None
    word = said.group().lower()
    message = (
        f"the rate is called {word}, and {counted(count.value)} devices are multiplied into it again; without them"
    )
    return Found(
        factor.quantity.span,
        f"{message} the estimate is {audited.becomes(1 / count.value)}",
        confidence=Confidence.MEDIUM,
    )


def _of_figure(audited: Audited, rate: DeviceRate, said: str, change: Fraction | None) -> Found:
    message = said if change is None else f"{said} the estimate is {audited.becomes(change)}"
    if rate.in_line:
        return Found(rate.factor.quantity.span, message, Severity.WARNING)
    return Found(rate.factor.quantity.span, message, confidence=Confidence.MEDIUM)
