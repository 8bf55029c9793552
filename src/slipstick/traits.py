"""What a calculation has, yes or no: its traits say which rules may find something in it (`slipstick.rules`).

They are told once for each calculation, and most calculations share theirs with many others.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from slipstick.reading.interpretation import ReadFactor
from slipstick.reading.kinds import kind_of
from slipstick.reading.noun_meanings import TIMES
from slipstick.rule import Audited
from slipstick.units import Compound, dimension_of, is_device
from slipstick.verdicts import Claim

_HALF = Fraction(1, 2)
_HUNDREDTH = Fraction(1, 100)
_HUNDRED = 100
_TWENTY = 20


class Traits(NamedTuple):
    """Those of one calculation: read them as "it has a claim that is off"."""

    lead: bool
    """Words before it in the text, that may name what it is about."""
    claim: bool
    claim_off: bool
    claim_open: bool
    """A claim that does not hold, for whatever reason."""
    claim_cut_off: bool
    """A claim that holds by a whole last digit only."""
    claim_coarse: bool
    """A claim that holds and is more than a twentieth away, having one printed digit."""
    spread: bool
    trouble: bool
    """A number that went out of range."""
    clash: bool
    """Unlike terms in a sum."""
    mismatch: bool
    """Units that do not come out as claimed."""
    doubt: bool
    """Units that may not be what the writer meant."""
    rival: bool
    """Another reading of the same cost."""
    addition: bool
    """Something that reading added to the words, or may have taken from the claim or for a utilization."""
    unit: bool
    operations: bool
    """Operations in the unit of the result."""
    count_of_operations: bool
    """Operations alone as the unit of the result."""
    rate_missing: bool
    flops_as_rate: bool
    device: bool
    """A kind or level of device in any unit."""
    device_per_device: bool
    """Devices for each of a larger device, or divided by a number of devices."""
    device_left: bool
    """A device in the unit of the result."""
    tpu: bool
    rate: bool
    """A rate in FLOP/s, a number without a unit that may be one, or a utilization."""
    rate_as_published: bool
    """A rate of known hardware that is a figure of the level that is counted, or may be."""
    rate_unlike_published: bool
    """A rate of known hardware that is no such figure."""
    rate_per_open_level: bool
    """A rate of known hardware of which it is open whether it is per chip, board or another level."""
    time: bool
    """A second in any unit."""
    money: bool
    unit_ratio: bool
    """A factor in a unit that comes to a plain number, as seconds per hour, and is no conversion by hand."""
    large_bare_number: bool
    ten_with_exponent: bool
    multiply_adds: bool
    """Multiply-adds as a unit, or a remark that may speak of them."""
    utilization: bool
    low_utilization: bool
    high_utilization: bool
    excess_utilization: bool
    """A utilization above 1."""
    hyphen_near: bool
    """A hyphen in the calculation or next to it, as in the name of a type, where it has a rate."""
    device_time: bool
    """Device-time in the unit that is written with a factor."""


def traits_of(audited: Audited) -> Traits:
    """The traits of a calculation."""
    judged, reading, utilizations = audited.judged, audited.reading, audited.utilizations
    dimension, words = reading.dimension, _in_factors(reading.factors)
    units = [name for name, _ in dimension]
    rates = audited.rates if audited.has_rate else ()
    published = [bool(rate.own) for rate in rates]
    verdicts = {claim.verdict for claim in judged.claims}
    shares = [factor.value for factor in utilizations]
    return Traits(
        lead=judged.written.span.start > 0,
        claim=bool(verdicts),
        claim_off="off" in verdicts,
        claim_open=bool(verdicts - {"holds"}),
        claim_cut_off=bool([claim for claim in judged.claims if claim.by_last_digit]),
        claim_coarse=any(map(_is_coarse, judged.claims)),
        spread=audited.spread is not None,
        trouble=bool(reading.trouble),
        clash=bool(reading.clashes),
        mismatch=reading.mismatch,
        doubt=reading.doubt is not None,
        rival=bool(judged.rivals),
        addition=bool(reading.notes) or _is_added_to(audited),
        unit=bool(dimension),
        operations="FLOP" in units,
        count_of_operations=dimension == (("FLOP", 1),),
        rate_missing=reading.rate_missing,
        flops_as_rate=reading.choices.flops_is_rate,
        device=audited.names_devices,
        device_per_device="per device" in words,
        device_left=any(map(is_device, units)),
        tpu="TPU" in words,
        rate=audited.has_rate,
        rate_as_published=any(published),
        rate_unlike_published=not all(published),
        rate_per_open_level="" in [rate.level for rate in rates],
        time="time" in words,
        money="money" in words,
        unit_ratio="ratio" in words,
        large_bare_number="large bare number" in words,
        ten_with_exponent=_has_ten_with_exponent(audited),
        multiply_adds="multiply-adds" in words,
        utilization=bool(utilizations),
        low_utilization=bool(shares) and min(shares) < _HUNDREDTH,
        high_utilization=bool(shares) and max(shares) > _HALF,
        excess_utilization=bool(shares) and max(shares) > 1,
        hyphen_near=audited.has_rate and "-" in audited.near_by,
        device_time="device-time" in words,
    )


def _is_added_to(audited: Audited) -> bool:
    """Whether a number has a note, a claim is in units of devices, or a number is taken for the utilization."""
    noted = [factor for factor in audited.reading.factors if factor.notes]
    if noted or any(map(_counts_devices, audited.judged.claims)):
        return True
    inputs = audited.estimate.inputs if audited.estimate else ()
    return len([given for given in inputs if given.role == "utilization"]) > len(audited.utilizations)


def _counts_devices(claim: Claim) -> bool:
    return any(is_device(name) for name, _ in dimension_of(claim.unit))


def _is_coarse(claim: Claim) -> bool:
    if claim.verdict != "holds" or claim.ratio is None:
        return False
    value, claimed = claim.ratio.as_integer_ratio()
    return _TWENTY * abs(value - claimed) > claimed


def _in_factors(factors: tuple[ReadFactor, ...]) -> set[str]:
    """What stands in the units of factors, and the large bare numbers and remarks."""
    found: set[str] = set()
    for factor in factors:
        phrase, unit = factor.quantity.unit, factor.unit
        if phrase is not None and phrase.count is not unit:
            found |= _in_phrase(phrase.count)
        if unit:
            found |= _in_unit(unit) if factor.role != "conversion" else _in_unit(unit) - {"ratio"}
        elif factor.value.denominator == 1 and factor.value.numerator >= _HUNDRED:
            found.add("large bare number")
        if factor.quantity.remark and _MAY_SAY_MACS.search(factor.quantity.remark):
            found.add("multiply-adds")
        if factor.exponent == -1 and len(unit) == 1 and is_device(unit[0].name):
            found.add("per device")
    return found


@lru_cache(maxsize=1000)
def _in_unit(unit: Compound) -> frozenset[str]:
    """Time, money, multiply-adds, TPU, device-time, devices per device; ratio where terms come to a plain number."""
    names = [term.name for term in unit]
    found = {_KINDS[name] for name in names if name in _KINDS}
    found |= {"TPU" for name in names if kind_of(name)[0] == "TPU"}
    found |= {"device-time" for name in names if is_device(name) and not set(names).isdisjoint(TIMES)}
    devices = [term.exponent > 0 for term in unit if is_device(term.name)]
    found |= {"per device"} if {True, False} <= set(devices) else set()
    return frozenset(found if len(unit) < len(("s", "hour")) or dimension_of(unit) else found | {"ratio"})


@lru_cache(maxsize=1000)
def _in_phrase(unit: Compound) -> frozenset[str]:
    """What a unit as written shows of devices."""
    return _in_unit(unit) & {"TPU", "device-time"}


_MAY_SAY_MACS = re.compile(r"mac|mult|fma", re.IGNORECASE)
_KINDS = {"second": "time", "USD": "money", "MAC": "multiply-adds"}


def _has_ten_with_exponent(audited: Audited) -> bool:
    span = audited.judged.written.span
    return audited.text.find("10e", *span) >= 0 or audited.text.find("10E", *span) >= 0
