"""What a calculation has, yes or no: its traits say which rules may find something in it (`slipstick.rules`).

They are told once for each calculation, and most calculations share theirs with many others.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import NamedTuple

from slipstick.reading.interpretation import ReadFactor
from slipstick.rule import Audited
from slipstick.units import Compound, dimension_of
from slipstick.verdicts import Claim

_HALF = Fraction(1, 2)
_HUNDRED = 100
_TWENTIETH = Fraction(1, 20)


class Traits(NamedTuple):
    """Those of one calculation: read them as "it has a claim that is off"."""

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
    unit: bool
    operations: bool
    """Operations in the unit of the result."""
    count_of_operations: bool
    """Operations alone as the unit of the result."""
    rate_missing: bool
    flops_as_rate: bool
    device: bool
    """A kind or level of device in any unit."""
    rate: bool
    """A rate in FLOP/s, a number without a unit that may be one, or a utilization."""
    rate_of_part: bool
    """A rate of hardware that is known."""
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
    high_utilization: bool
    excess_utilization: bool
    """A utilization above 1."""
    several_factors: bool


def traits_of(audited: Audited) -> Traits:
    """The traits of a calculation."""
    judged, reading, utilizations = audited.judged, audited.reading, audited.utilizations
    dimension, words = reading.dimension, _in_factors(reading.factors)
    verdicts = {claim.verdict for claim in judged.claims}
    highest = max([factor.value for factor in utilizations]) if utilizations else 0
    return Traits(
        claim=bool(verdicts),
        claim_off="off" in verdicts,
        claim_open=bool(verdicts - {"holds"}),
        claim_cut_off=any(map(attrgetter("by_last_digit"), judged.claims)),
        claim_coarse=any(map(_is_coarse, judged.claims)),
        spread=audited.spread is not None,
        trouble=bool(reading.trouble),
        clash=bool(reading.clashes),
        mismatch=reading.mismatch,
        doubt=reading.doubt is not None,
        rival=bool(judged.rivals),
        unit=bool(dimension),
        operations="FLOP" in map(itemgetter(0), dimension),
        count_of_operations=dimension == (("FLOP", 1),),
        rate_missing=reading.rate_missing,
        flops_as_rate=reading.choices.flops_is_rate,
        device=audited.names_devices,
        rate=audited.has_rate,
        rate_of_part=audited.has_rate and bool(audited.rates),
        time="time" in words,
        money="money" in words,
        unit_ratio="ratio" in words,
        large_bare_number="large bare number" in words,
        ten_with_exponent=_has_ten_with_exponent(audited),
        multiply_adds="multiply-adds" in words,
        utilization=bool(utilizations),
        high_utilization=highest > _HALF,
        excess_utilization=highest > 1,
        several_factors=len(reading.factors) > 1,
    )


def _is_coarse(claim: Claim) -> bool:
    return claim.verdict == "holds" and claim.ratio is not None and abs(claim.ratio - 1) > _TWENTIETH


def _in_factors(factors: tuple[ReadFactor, ...]) -> set[str]:
    """What stands in the units of factors, and the large bare numbers and remarks."""
    found: set[str] = set()
    for factor in factors:
        if factor.unit:
            found |= _in_unit(factor.unit) if factor.role != "conversion" else _in_unit(factor.unit) - {"ratio"}
        elif factor.value.denominator == 1 and factor.value.numerator >= _HUNDRED:
            found.add("large bare number")
        if factor.quantity.remark:
            found.add("multiply-adds")
    return found


@lru_cache(maxsize=1000)
def _in_unit(unit: Compound) -> frozenset[str]:
    """Time, money, multiply-adds; ratio where several terms come to a plain number."""
    found = {_KINDS[term.name] for term in unit if term.name in _KINDS}
    return frozenset(found if len(unit) < len(("s", "hour")) or dimension_of(unit) else found | {"ratio"})


_KINDS = {"second": "time", "USD": "money", "MAC": "multiply-adds"}


def _has_ten_with_exponent(audited: Audited) -> bool:
    span = audited.judged.written.span
    return audited.text.find("10e", *span) >= 0 or audited.text.find("10E", *span) >= 0
