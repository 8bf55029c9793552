"""What a calculation has, yes or no: its traits say which rules may find something in it (`slipstick.rules`).

They are told once for each calculation, and most calculations share theirs with many others.
"""

# Annotations are evaluated here: as text, NamedTuple would compile each of them at every start.

import re
from functools import lru_cache
from typing import NamedTuple

from slipstick.catalogue.published_peaks import FAST_ACCUMULATE
from slipstick.judging.mistyped import mistyped_constants
from slipstick.judging.verdicts import Claim
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.kinds import kind_of
from slipstick.reading.quantities.noun_meanings import TIMES
from slipstick.rule import Audited
from slipstick.units import Compound, Dimension, dimension_of, is_device

_HUNDRED = 100
_TWENTY = 20


class Traits(NamedTuple):
    """Those of one calculation: read them as "it has a claim that is off"."""

    lead: bool
    """Words before it in the text, that may name what it is about."""
    time_before: bool
    """A unit of time among them."""
    device_hours_before: bool
    """Hours among them, or days behind a hyphen."""
    utilization_before: bool
    cents_before: bool
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
    rate_uncounted: bool
    """A rate as published, and no devices that are counted beside it."""
    rate_with_sparsity: bool
    """A rate that is a figure with sparsity, or with fp16 accumulation."""
    rate_per_open_level: bool
    """A rate of known hardware of which it is open whether it is per chip, board or another level."""
    type_name_near: bool
    """The name of a type of TPU with its number (v3-256) in the calculation or next to it, where it has a rate."""
    form_near: bool
    """The form of a card (PCIe, SXM) named in the calculation or next to it, where it has a rate."""
    time: bool
    """A second in any unit."""
    money: bool
    unit_ratio: bool
    """A factor in a unit that comes to a plain number, as seconds per hour, and is no conversion by hand."""
    large_bare_number: bool
    mistyped_constant: bool
    """A large bare number that is a constant mistyped."""
    share: bool
    """A number without a unit, between 0 and 1."""
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


InOrder = tuple[bool, ...]
"""The traits of a calculation in the order of the fields of `Traits`: what rules are looked up by."""


def traits_of(audited: Audited) -> InOrder:
    """The traits of a calculation."""
    judged, reading = audited.judged, audited.reading
    words = _in_factors(reading.factors)
    return (
        *(_of_lead(audited) if judged.written.span.start else _NO_LEAD),
        *(_of_claims(judged.claims) if judged.claims else _NO_CLAIM),
        audited.spread is not None,
        bool(reading.trouble),
        bool(reading.clashes),
        reading.mismatch,
        reading.doubt is not None,
        bool(judged.rivals),
        "note" in words or bool(reading.notes) or _is_added_to(audited),
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
        "constant" in words,
        "share" in words,
        _has_ten_with_exponent(audited),
        "multiply-adds" in words,
        *(_of_utilizations(audited.utilizations) if audited.utilizations else _NO_UTILIZATION),
        "device-time" in words,
    )


def _of_lead(audited: Audited) -> tuple[bool, bool, bool, bool, bool]:
    """From `lead` to `cents_before`."""
    before = audited.text_before
    lower = before.lower()
    time = "day" in lower or "hour" in lower or "week" in lower or "month" in lower or "year" in lower
    time = time or "minute" in lower
    hours, utilization = "hours" in before or "-days" in before, "tili" in before or "FU" in before
    return True, time, hours, utilization, "cent" in before or "¢" in before


_NO_LEAD = (False, False, False, False, False)


def _of_claims(claims: tuple[Claim, ...]) -> tuple[bool, bool, bool, bool, bool]:
    """From `claim` to `claim_coarse`."""
    off = is_open = cut_off = coarse = False
    for claim in claims:
        if claim.verdict != "holds":
            is_open, off = True, off or claim.verdict == "off"
        else:
            cut_off, coarse = cut_off or claim.by_last_digit, coarse or _is_coarse(claim)
    return True, off, is_open, cut_off, coarse


_NO_CLAIM = (False, False, False, False, False)


@lru_cache(maxsize=1000)
def _of_dimension(dimension: Dimension) -> tuple[bool, bool, bool, bool]:
    """From `unit` to `device_left`."""
    names = [name for name, _ in dimension]
    return bool(dimension), "FLOP" in names, dimension == (("FLOP", 1),), any(map(is_device, names))


def _of_rates(audited: Audited) -> tuple[bool, bool, bool, bool, bool, bool, bool, bool]:
    """From `rate` to `form_near`."""
    near_by, rates = audited.near_by, audited.rates
    published = [rate for rate in rates if rate.own]
    uncounted = [rate for rate in published if not rate.counts]
    sparse = [peak for rate in published for peak in rate.own if peak.sparse or peak.engine == FAST_ACCUMULATE]
    type_name = "-" in near_by and _TYPE_NAME.search(near_by) is not None
    form = "PCI" in near_by or "SXM" in near_by
    is_open = "" in [rate.level for rate in rates]
    unlike = len(published) < len(rates)
    return True, bool(published), unlike, bool(uncounted), bool(sparse), is_open, type_name, form


_TYPE_NAME = pattern(r"[vV][2-5][pP]?-\d")
_NO_RATE = (False, False, False, False, False, False, False, False)


def _of_utilizations(utilizations: list[ReadFactor]) -> tuple[bool, bool, bool, bool]:
    """From `utilization` to `excess_utilization`."""
    low = high = excess = False
    for factor in utilizations:
        above, below = factor.value.as_integer_ratio()
        low, high, excess = low or _HUNDRED * above < below, high or 2 * above > below, excess or above > below
    return True, low, high, excess


_NO_UTILIZATION = (False, False, False, False)


def _is_added_to(audited: Audited) -> bool:
    """Whether a claim is in units of devices, or a number is taken for the utilization."""
    for claim in audited.judged.claims:
        if claim.unit and _counts_devices(claim.unit):
            return True
    inputs = audited.estimate.inputs if audited.estimate and audited.has_rate else ()
    return len([given for given in inputs if given.role == "utilization"]) > len(audited.utilizations)


@lru_cache(maxsize=1000)
def _counts_devices(unit: Compound) -> bool:
    *_, devices = _of_dimension(dimension_of(unit))
    return devices


def _is_coarse(claim: Claim) -> bool:
    """Whether a claim that holds is so far away."""
    if claim.ratio is None:
        return False
    value, claimed = claim.ratio.as_integer_ratio()
    return _TWENTY * abs(value - claimed) > claimed


def _in_factors(factors: tuple[ReadFactor, ...]) -> set[str]:
    """What stands in the units of factors, the large bare numbers and remarks, and the notes."""
    found: set[str] = set()
    for quantity, value, unit, role, exponent, notes in factors:
        phrase = quantity.unit
        if phrase is not None and phrase.count is not unit:
            found |= _in_phrase(phrase.count)
        if unit:
            found |= _in_unit(unit) if role != "conversion" else _in_unit(unit) - {"ratio"}
            if exponent == -1 and len(unit) == 1 and is_device(unit[0].name):
                found.add("per device")
        else:
            number, below = value.as_integer_ratio()
            if 0 < number < below and role != "conversion":
                found.add("share")
            elif below == 1 and number >= _HUNDRED:
                found.add("large bare number")
                if number in mistyped_constants():
                    found.add("constant")
        if notes:
            found.add("note")
        if quantity.remark and _MAY_SAY_MACS.search(quantity.remark):
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


_MAY_SAY_MACS = pattern(r"mac|mult|fma", re.IGNORECASE)
_KINDS = {"second": "time", "USD": "money", "MAC": "multiply-adds"}


def _has_ten_with_exponent(audited: Audited) -> bool:
    written = audited.judged.written.span.of(audited.text)
    return "10e" in written or "10E" in written
