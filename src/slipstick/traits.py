"""What a calculation has, yes or no: its traits say which rules may find something in it (`slipstick.rules`).

They are told once for each calculation, and most calculations share theirs with many others.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from slipstick.frozen import Frozen
from slipstick.judging.verdicts import Claim
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.kinds import kind_of
from slipstick.reading.quantities.noun_meanings import TIMES
from slipstick.rule import Audited
from slipstick.units import Compound, Dimension, dimension_of, is_device

_HALF = Fraction(1, 2)
_HUNDREDTH = Fraction(1, 100)
_HUNDRED = 100
_TWENTY = 20


class Traits(Frozen):
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
    device_left: bool
    """A device in the unit of the result."""
    rate_missing: bool
    flops_as_rate: bool
    device: bool
    """A kind or level of device in any unit."""
    device_per_device: bool
    """Devices for each of a larger device, or divided by a number of devices."""
    tpu: bool
    """A TPU, or chips or cores of what is not said there."""
    rate: bool
    """A rate in FLOP/s, a number without a unit that may be one, or a utilization."""
    rate_as_published: bool
    """A rate of known hardware that is a figure of the level that is counted, or may be."""
    rate_unlike_published: bool
    """A rate of known hardware that is no such figure."""
    rate_per_open_level: bool
    """A rate of known hardware of which it is open whether it is per chip, board or another level."""
    hyphen_near: bool
    """A hyphen in the calculation or next to it, as in the name of a type, where it has a rate."""
    form_near: bool
    """The form of a card (PCIe, SXM) named in the calculation or next to it, where it has a rate."""
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
    device_time: bool
    """Device-time in the unit that is written with a factor."""


def traits_of(audited: Audited) -> Traits:
    """The traits of a calculation."""
    judged, reading = audited.judged, audited.reading
    words = _in_factors(reading.factors)
    return Traits(  # in the order of the fields: so many names would take longer than all the rest
        judged.written.span.start > 0,
        *(_of_claims(judged.claims) if judged.claims else _NO_CLAIM),
        audited.spread is not None,
        bool(reading.trouble),
        bool(reading.clashes),
        reading.mismatch,
        reading.doubt is not None,
        bool(judged.rivals),
        bool(reading.notes) or _is_added_to(audited),
        *_of_dimension(reading.dimension),
        reading.rate_missing,
        reading.choices.flops_is_rate,
        "device" in words,
        "per device" in words,
        "TPU" in words,
        *(_of_rates(audited) if audited.has_rate else _NO_RATE),
        "time" in words,
        "money" in words,
        "ratio" in words,
        "large bare number" in words,
        _has_ten_with_exponent(audited),
        "multiply-adds" in words,
        *(_of_utilizations(audited.utilizations) if audited.utilizations else _NO_UTILIZATION),
        "device-time" in words,
    )


def _of_claims(claims: tuple[Claim, ...]) -> tuple[bool, bool, bool, bool, bool]:
    """From `claim` to `claim_coarse`."""
    verdicts = {claim.verdict for claim in claims}
    by_last_digit = [claim for claim in claims if claim.by_last_digit]
    return True, "off" in verdicts, verdicts != {"holds"}, bool(by_last_digit), any(map(_is_coarse, claims))


_NO_CLAIM = (False, False, False, False, False)


@lru_cache(maxsize=1000)
def _of_dimension(dimension: Dimension) -> tuple[bool, bool, bool, bool]:
    """From `unit` to `device_left`."""
    names = [name for name, _ in dimension]
    return bool(dimension), "FLOP" in names, dimension == (("FLOP", 1),), any(map(is_device, names))


def _of_rates(audited: Audited) -> tuple[bool, bool, bool, bool, bool, bool]:
    """From `rate` to `form_near`."""
    rates, near_by = audited.rates, audited.near_by
    published = [bool(rate.own) for rate in rates]
    is_open = "" in [rate.level for rate in rates]
    return True, any(published), not all(published), is_open, "-" in near_by, "PCI" in near_by or "SXM" in near_by


_NO_RATE = (False, False, False, False, False, False)


def _of_utilizations(utilizations: list[ReadFactor]) -> tuple[bool, bool, bool, bool]:
    """From `utilization` to `excess_utilization`."""
    shares = [factor.value for factor in utilizations]
    return True, min(shares) < _HUNDREDTH, max(shares) > _HALF, max(shares) > 1


_NO_UTILIZATION = (False, False, False, False)


def _is_added_to(audited: Audited) -> bool:
    """Whether a number has a note, a claim is in units of devices, or a number is taken for the utilization."""
    noted = [factor for factor in audited.reading.factors if factor.notes]
    if noted or any(map(_counts_devices, audited.judged.claims)):
        return True
    inputs = audited.estimate.inputs if audited.estimate and audited.has_rate else ()
    return len([given for given in inputs if given.role == "utilization"]) > len(audited.utilizations)


def _counts_devices(claim: Claim) -> bool:
    *_, devices = _of_dimension(dimension_of(claim.unit))
    return devices


def _is_coarse(claim: Claim) -> bool:
    if claim.verdict != "holds" or claim.ratio is None:
        return False
    value, claimed = claim.ratio.as_integer_ratio()
    return _TWENTY * abs(value - claimed) > claimed


def _in_factors(factors: tuple[ReadFactor, ...]) -> set[str]:
    """What stands in the units of factors, and the large bare numbers and remarks."""
    found: set[str] = set()
    for quantity, value, unit, role, exponent, _ in factors:
        phrase, remark = quantity.unit, quantity.remark
        if phrase is not None and phrase.count is not unit:
            found |= _in_phrase(phrase.count)
        if unit:
            found |= _in_unit(unit) if role != "conversion" else _in_unit(unit) - {"ratio"}
            if exponent == -1 and len(unit) == 1 and is_device(unit[0].name):
                found.add("per device")
        elif value.denominator == 1 and value.numerator >= _HUNDRED:
            found.add("large bare number")
        if remark and _MAY_SAY_MACS.search(remark):
            found.add("multiply-adds")
    return found


_MAYBE_OF_TPU = frozenset(("chip", "core", "board"))


@lru_cache(maxsize=1000)
def _in_unit(unit: Compound) -> frozenset[str]:
    """Time, money, multiply-adds, TPU, device, device-time, devices per device; ratio where terms come to a number."""
    names = [term.name for term in unit]
    found = {_KINDS[name] for name in names if name in _KINDS}
    found |= {"TPU" for name in names if kind_of(name)[0] == "TPU" or name in _MAYBE_OF_TPU}
    found |= {"device" for name in names if any(kind_of(name))}
    found |= {"device-time" for name in names if is_device(name) and not set(names).isdisjoint(TIMES)}
    devices = [term.exponent > 0 for term in unit if is_device(term.name)]
    found |= {"per device"} if {True, False} <= set(devices) else set()
    return frozenset(found if len(unit) < len(("s", "hour")) or dimension_of(unit) else found | {"ratio"})


@lru_cache(maxsize=1000)
def _in_phrase(unit: Compound) -> frozenset[str]:
    """What a unit as written shows of devices."""
    return _in_unit(unit) & {"TPU", "device-time"}


_MAY_SAY_MACS = re.compile(r"mac|mult|fma", re.IGNORECASE)
_TEN_WITH_EXPONENT = pattern("10[eE]")
_KINDS = {"second": "time", "USD": "money", "MAC": "multiply-adds"}


def _has_ten_with_exponent(audited: Audited) -> bool:
    return _TEN_WITH_EXPONENT.search(audited.text, *audited.judged.written.span) is not None
