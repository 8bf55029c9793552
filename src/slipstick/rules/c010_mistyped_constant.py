"""A conversion by hand whose constant is mistyped.

What it finds: a bare number that is a constant of time with its digits in another order or another power of ten,
where that constant is needed: 360 behind "days * 24", 84,600 behind days, 356 before "24 * 3600", 8.46e19 or 8.64e18
behind PF-days. It says what the value becomes with the constant.

Why it matters: the line looks like every other line, and nothing but the number shows it.

Stays silent when: the number has a unit or a remark, the constant stands in the line as well, the claim holds with
the number as it stands in units that make sense, or nothing in the line needs that constant (360 days of a business
year).

Source: data/units.txt.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Confidence, Fix
from slipstick.judging.mistyped import is_permuted, is_shifted, mistyped_constants, shown
from slipstick.judging.verdicts import Judged, judge
from slipstick.reading.expressions.exchange import exchanged
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.rule import Audited, Found, in_claim_words, rule, short
from slipstick.units import dimension_of, size

_HOUR, _DAY, _YEAR = Fraction(3600), Fraction(86400), Fraction(365)
_LEAST_RATE = 10**9
"""From here on a bare number beside constants of time may be a rate per second."""


@rule(
    "C010",
    "mistyped-constant",
    bad=(
        "44 days * 24 * 360 * 1.2e15 FLOP/s = 4.6e20 FLOP",
        "8 * 125e12 * 0.3 * 3 * 365 * 24 * 360 = 2.8e21",
        "3640 petaflop/s-days * 8.46e19 = 3.08e23 FLOP",
        "2 years * 356 * 24 * 3600 * 1e15 FLOP/s = 6.15e22 FLOP",
        "3.14e23 / 8.64e18 = 36343 petaflop/s-days",
    ),
    good=(
        "44 days * 24 * 3600 * 1.2e15 FLOP/s = 4.6e21 FLOP",
        "$12,000 * 0.05 * 24 / 360 = $40",
        "64 TF-days * 8.64e16 = 5.53e18 FLOP",
        "24 * 360 = 8640 hours",
        "3.14e23 / 8.64e19 = 3634 petaflop/s-days",
    ),
)
def mistyped_constant(audited: Audited) -> Iterator[Found]:
    """One note for each; sure where the units ask for the constant, or the claim agrees with it."""
    numbers = [f.value.numerator for f in audited.reading.factors]
    for factor in audited.reading.factors if not mistyped_constants().isdisjoint(numbers) else ():
        if factor.value not in mistyped_constants() or not _is_bare(factor):
            continue
        right = _needed(audited, factor)
        if right is None:
            continue
        fixed = _with(audited, factor, right)
        value, claims = fixed.reading.value, fixed.claims
        if fixed.written.kind == "sum":
            value = None  # with a constant too few its terms are read in other units
        if fixed.reading.mismatch and not audited.reading.mismatch:
            continue
        agrees = audited.is_off and bool(claims) and claims[-1].verdict == "holds"
        here = factor.quantity.number.span.of(audited.text)
        message = f"{here} stands where {shown(right)} is needed"
        if value is not None:
            said = (
                "the claim holds" if agrees else f"the value is {short(value)} {fixed.reading.label}".removesuffix(" 1")
            )
            if factor.exponent < 0 and claims:
                said = f"the value is {in_claim_words(audited.text, claims[-1], value)}"
            message += f"; with it {said}"
        sure = agrees or not _is_time(right)
        confidence = Confidence.HIGH if sure else Confidence.MEDIUM
        fix = Fix(shown(right), None if value is None else float(value))
        yield Found(factor.quantity.number.span, message, confidence=confidence, fix=fix)


def _is_bare(factor: ReadFactor) -> bool:
    quantity = factor.quantity
    unread = not factor.unit and factor.role == "" and not quantity.remark
    above = factor.exponent == 1 or (factor.exponent == -1 and _of_days(factor.value))
    return quantity.is_bare and unread and above and not quantity.number.scaled


def _mistyped(value: Fraction, right: Fraction) -> bool:
    return is_permuted(value, right) or is_shifted(value, right)


def _of_year(value: Fraction) -> bool:
    return value == 356


def _of_days(value: Fraction) -> bool:
    """Whether it may be the number of operations in a PF-day."""
    return value > 10**12 and _mistyped(value, 864 * Fraction(10) ** 17)


def _claims_petaflop_days(audited: Audited) -> bool:
    """Whether bare numbers are set equal to petaflop/s-days."""
    claim = audited.last_claim
    units = {t.name: t.prefix for t in claim.unit} if claim is not None else {}
    bare = all(f.quantity.is_bare for f in audited.reading.factors if f.role != "unit")
    return units.keys() == {"FLOP", "second", "day"} and units["FLOP"] == "peta" and bare


def _is_time(right: Fraction) -> bool:
    return right in (_HOUR, _DAY, _YEAR)


def _needed(audited: Audited, factor: ReadFactor) -> Fraction | None:
    """The constant that the line needs in place of the number; None where it needs none or has it already."""
    factors, value = audited.reading.factors, factor.value
    if _of_days(value):
        if factor.exponent == -1:
            return _DAY * 10**15 if _claims_petaflop_days(audited) and _mistyped(value, _DAY * 10**15) else None
        days = [f for f in factors if {t.name for t in f.unit} >= {"FLOP", "second", "day"} and f.exponent == 1]
        whole = size(days[0].unit) if len(days) == 1 and dimension_of(days[0].unit) == (("FLOP", 1),) else None
        return whole if whole is not None and _mistyped(value, whole) else None
    bare = {f.value for f in factors if f.quantity.is_bare and not f.unit and f.exponent == 1}
    timed = [t.name for f in factors for t in f.unit if t.exponent * f.exponent == 1]
    per_second = any(dict(dimension_of(f.unit)).get("second") == -1 for f in factors)
    fast = per_second or any(value >= _LEAST_RATE for value in bare)
    if _of_year(value):
        return _YEAR if 24 in bare and (bare & {3600, 60} or "year" in timed) else None
    if not fast or bare & {60, 3600, 86400}:
        return None
    if _mistyped(value, _HOUR):
        return _HOUR if 24 in bare and ("day" in timed or "week" in timed or bare & {7, 30, 365}) else None
    return _DAY if "day" in timed or "week" in timed or bare & {7, 30, 365} else None


def _with(audited: Audited, factor: ReadFactor, right: Fraction) -> Judged:
    """The calculation with the constant in the place of the number."""
    written, old = audited.judged.written, factor.quantity
    new = old._replace(number=old.number._replace(value=right))
    return judge(written._replace(expression=exchanged(written.expression, old, new)))
