"""The number of devices that the text gives is another one in the calculation.

What it finds: a bare number beside a rate of hardware, a time and nothing else that could be the count, where the text
before gives one number of these devices, and another one; and the time, or the utilization, as it is in the product.

Why it matters: "512 GPUs" and a 256 in the line below is a factor of two that no arithmetic shows.

Stays silent when: the number stands anywhere in the text before; the text counts devices several times, or speaks of a
part of them, of nodes, pods or each, of a bound or a plan; a share or a difference that the text tells leads from one
to the other; the two are a ratio that the packaging of the part has.

Source: the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import published_peaks
from slipstick.finding import Fix
from slipstick.judging.device_counts import StatedCount, stated_counts
from slipstick.judging.device_rates import DeviceRate, counted
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.kinds import kind_of
from slipstick.rule import Audited, Found, rule, short
from slipstick.substitution import corrected

_PART = pattern(
    r"\b(?:half|halves|third|quarter|part|some|subset|each|every|per|nodes?|servers?|hosts?|pods?|slices?|remaining|rest"
    r"|other|another|additional|extra|further|more|ablations?|experiments?|baselines?|smaller|larger|up to|at least"
    r"|but|except|minus|without|spares?|idle"
    r"|low|high|lower|upper|bounds?|conservative\w*|suppose|guess\w*|between|range|planned|instead"
    r"|fourth|fifth|eighth|islands?|groups?|set aside|reserved|failed|broken|lost|shared?|budgets?|own|others|within"
    r"|two|three|four|five|six|eight|twice|double[ds]?|scaled"
    r"|only|of which|average|replicas?|workers?|stages?|phases?|then|later|first|second|finally)\b",
    re.IGNORECASE,
)
_STEPS = frozenset((7, 12, 24, 30, 60, 365, 3600, 86400, 604800))
_NUMBER = pattern(r"\d+(?:,\d{3})*")
_MOST = 10**6
_MANY = 2


@rule(
    "C138",
    "count-unlike-text",
    bad=(
        "512 V100 GPUs were used for 9 days. 256 * 125e12 FLOP/s * 9 * 86400 s * 0.3 = 7.46e21 FLOP.",
        "It ran on 1,324 A100 GPUs for 33 days. 1342 * 312e12 FLOP/s * 33 days * 86400 s/day * 0.4 = 4.78e23 FLOP",
    ),
    good=(
        "512 V100 GPUs were used for 9 days. 512 * 125e12 FLOP/s * 9 * 86400 s * 0.3 = 1.5e22 FLOP.",
        "Half of the 512 V100 GPUs were used for 9 days. 256 * 125e12 FLOP/s * 9 * 86400 s * 0.3 = 7.46e21 FLOP.",
        "It ran on 64 nodes with 8 A100 each for 9 days. 512 * 312e12 FLOP/s * 9 * 86400 s * 0.3 = 3.7e22 FLOP.",
        "2048 TPU v3 cores, 9 days. 1024 * 123e12 FLOP/s * 9 * 86400 s * 0.3 = 2.9e22 FLOP.",
        "Grok (512 V100, 9 days). Low: 256 * 125e12 FLOP/s * 9 * 86400 s * 0.3 = 7.46e21 FLOP.",
        "512 V100 GPUs, of which 25% idle, ran for 9 days. 384 * 125e12 FLOP/s * 9 * 86400 s * 0.3 = 1.12e22 FLOP.",
        "1,024 V100 GPUs in four islands. 9 days in one: 256 * 125e12 FLOP/s * 9 * 86400 s * 0.3 = 7.46e21 FLOP.",
        "The ablations took 512 A100s, the run 9 days. 256 * 312e12 FLOP/s * 9 * 86400 s * 0.3 = 1.87e22 FLOP.",
    ),
)
def count_unlike_text(audited: Audited) -> Iterator[Found]:
    """One note for the count."""
    rate = next((r for r in audited.rates if r.own and not r.counts), None)
    count = _count(audited, rate) if rate is not None else None
    if rate is None or count is None or _PART.search(audited.text_before):
        return
    stated = _stated(audited, rate, count)
    if stated is None or _is_packaging(rate, stated / count.value):
        return
    result, confidence, made = corrected(audited, count, stated / count.value)
    here, there = counted(count.value), counted(stated)
    message = f"the text counts {there} {rate.part.name}s, and the product has {here}; with {there} {result}"
    fix = Fix(short(stated, 6), float(made.value)) if made is not None else None
    yield Found(count.quantity.number.span, message, confidence=confidence, fix=fix)


def _count(audited: Audited, rate: DeviceRate) -> ReadFactor | None:
    """The one bare whole number of a product that the text before does not have: what counts the devices."""
    if any(f.exponent != 1 and f.role != "conversion" for f in audited.reading.factors):
        return None
    there = {int(number.replace(",", "")) for number in _NUMBER.findall(audited.text_before)}
    bare = [f for f in audited.reading.factors if f.quantity.is_bare and not f.unit and f.role == ""]
    able = [f for f in bare if f is not rate.factor and f.value > 1 and f.value not in _STEPS]
    new = [f for f in able if f.value not in there]
    if len(new) != 1 or len(able) > _MANY or new[0].value.denominator != 1 or new[0].value > _MOST:
        return None
    others = [f for f in audited.reading.factors if f is not new[0] and f is not rate.factor and f.role == ""]
    taken_up = [f for f in others if f.quantity.number.value in there and f.value not in _STEPS]
    return new[0] if taken_up and not new[0].quantity.remark else None


def _stated(audited: Audited, rate: DeviceRate, count: ReadFactor) -> Fraction | None:
    """The one number of these devices in the text before, if the product does not have it."""
    every = list(stated_counts(audited.stated, audited.judged.written.span.start))
    devices = [each.value for each in every if each.device]
    fits = [each for each in every if each.device and not each.time and _is_of(each, rate)]
    if len(devices) != 1 or not fits or fits[0].value < _MANY or fits[0].value.denominator != 1:
        return None
    if any(f.value == fits[0].value for f in audited.reading.factors) or _leads_to(audited, fits[0].value, count.value):
        return None
    return fits[0].value


def _leads_to(audited: Audited, stated: Fraction, count: Fraction) -> bool:
    """Whether a number of the text makes the one count the other: "25% are set aside", "32 are idle"."""
    told = {Fraction(number.replace(",", "")) for number in _NUMBER.findall(audited.text_before)}
    shares = {count / stated * 100, 100 - count / stated * 100}
    return abs(stated - count) in told or not told.isdisjoint(shares)


def _is_of(stated: StatedCount, rate: DeviceRate) -> bool:
    family, part, level = kind_of(stated.device)
    return (
        family in ("", rate.part.family) and part in ("", rate.part.name) and level in ("", "GPU", "chip", rate.level)
    )


def _is_packaging(rate: DeviceRate, ratio: Fraction) -> bool:
    """Whether so many of one level of the part are in one of another."""
    levels = rate.part.levels
    ratios = {published_peaks.ratio(rate.part.name, one, other) for one in levels for other in levels if one != other}
    return ratio in ratios
