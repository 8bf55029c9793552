"""A utilization whose percent sign was put twice, or lost.

What it finds: "0.35% utilization", where the fraction 0.35 got a percent sign as well; and in a product of devices,
peak and time without a utilization a bare number such as the 40 of "* 40", where 40 % would be usual.

Why it matters: it is a factor of a hundred, and the line looks complete.

Stays silent when: the percentage is at least 1 %, the bare number has a unit or a noun, or a fraction stands in the
product as well.

Source: data/utilization.csv.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Confidence, Fix
from slipstick.judging.rates import unreduced_peak
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.rule import Audited, Found, rule, short
from slipstick.substitution import substituted

_ONE_PERCENT = Fraction(1, 100)
_FEW = Fraction(1, 20)
"""From five hundredths of a percent on, a hundred times as much would be a usual utilization."""
_PERCENTS = frozenset(range(15, 71))


@rule(
    "C132",
    "utilization-percent",
    bad=(
        "64 A100 * 312 TFLOP/s * 20 days * 0.35% utilization = 1.2e20 FLOP",
        "512 A100 * 312 TFLOP/s * 30 days * 40 = 1.66e25 FLOP",
        "Utilization 35%. 8 H100 * 989 TFLOP/s * 30 days * 86400 s/day * 0.35% = 7.18e19 FLOP",
    ),
    good=(
        "64 A100 * 312 TFLOP/s * 20 days * 35% utilization = 1.2e22 FLOP",
        "64 A100 * 312 TFLOP/s * 20 days * 0.35 = 1.2e22 FLOP",
        "64 A100 * 312 TFLOP/s * 20 days * 40 runs = 1.4e24 FLOP",
        "$40,000 * 0.35% fee * 12 = $1,680",
        "64 A100 * 312 TFLOP/s * 20 days * 35% * 0.5% of the time = 6e19 FLOP",
    ),
)
def utilization_percent(audited: Audited) -> Iterator[Found]:
    """One note."""
    factors = audited.reading.factors
    for factor in audited.utilizations or _percents(audited.shares):
        hundredfold = factor.value * 100
        if factor.quantity.number.percent and _FEW <= hundredfold < 1 and audited.rate_factors:
            percent = short(hundredfold)
            text = f"{short(factor.value * 10_000)}%"
            message = f"{percent}% is {short(factor.value)}; {text}, which is {percent}, may be meant"
            yield _told(audited, factor, message, text, 100)
    bare = [f for f in factors if _is_bare(f)] if audited.names_devices else []
    if len(bare) == 1 and unreduced_peak(audited.reading) is not None:
        text = f"{short(bare[0].value)}%"
        message = f"{short(bare[0].value)} has no unit, and no utilization stands in the product: {text} may be meant"
        yield _told(audited, bare[0], message, text, _ONE_PERCENT)


def _percents(fractions: list[ReadFactor]) -> list[ReadFactor]:
    """The one percentage of which nothing is said, in a product without another fraction."""
    quantity = fractions[0].quantity if len(fractions) == 1 else None
    return fractions if quantity is not None and quantity.unit is None and not quantity.remark else []


def _is_bare(factor: ReadFactor) -> bool:
    quantity = factor.quantity
    plain = quantity.is_bare and not factor.unit and factor.role == "" and not quantity.remark
    return plain and factor.exponent == 1 and factor.value in _PERCENTS


def _told(audited: Audited, factor: ReadFactor, message: str, text: str, times: Fraction | int) -> Found:
    value = audited.value_with(factor, times)
    changed = substituted(audited, factor, Fraction(times)) if audited.is_off else None
    holds = changed is not None and changed.verdict == "holds"
    if holds:
        message += "; with that the claim holds"
    elif value is not None:
        message += f"; the value would be {short(value)} {audited.reading.label}"
    fix = Fix(text, None if value is None else float(value))
    confidence = Confidence.HIGH if holds else Confidence.MEDIUM
    return Found(factor.quantity.number.span, message, confidence=confidence, fix=fix)
