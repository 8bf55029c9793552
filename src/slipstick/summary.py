"""Judged calculations as the report tells them: plain values, spans, findings."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from slipstick.deferred import Deferred
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.inputs import Input
from slipstick.estimates.steps import written_steps
from slipstick.finding import Finding
from slipstick.judging.verdicts import Claim, Judged
from slipstick.reading.inference.interpretation import Interpretation
from slipstick.reading.quantities.arithmetic import as_float, nearest_finite, nearest_float, nearest_quotient
from slipstick.report import (
    Derivation,
    Interval,
    ReportedCalculation,
    ReportedClaim,
    ReportedComparison,
    ReportedDiagnosis,
    ReportedInput,
    ReportedStep,
    Written,
)
from slipstick.units import Compound, Exponent, dimension_of, in_base_units, label, size, written

if TYPE_CHECKING:
    from slipstick.uncertainty.spread import Spread


class Evaluated(NamedTuple):
    """One calculation with everything that the stages found out about it."""

    judged: Judged
    estimate: Estimate | None
    spread: Spread | None
    findings: tuple[Finding, ...]
    spread_failed: str = ""
    diagnosis: tuple[ReportedDiagnosis, ...] = ()
    why_no_diagnosis: str | None = None
    against: tuple[ReportedComparison, ...] = ()


def _claim(claim: Claim, reading: Interpretation) -> ReportedClaim:
    unit = label(dimension_of(claim.unit)) if claim.unit else reading.label
    own = Written(nearest_float(claim.number), written(claim.unit) if claim.unit else "")
    value = nearest_float(claim.value)
    return ReportedClaim(claim.written.span, value, unit, own, claim.verdict, _float(claim.ratio))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else as_float(value)


def _interval(spread: Spread | None) -> Interval | None:
    if spread is None:
        return None
    return Interval(spread.level, spread.low, spread.median, spread.high, spread.method, spread.first_order)


def _implied(top: int, bottom: int, power: Exponent | None, ratio: tuple[int, int]) -> float | None:
    """The base value of an input, now `top / bottom`, to the power 1 or -1 that makes the result `ratio` times that."""
    more, less = ratio
    if power == 1:
        return nearest_quotient(top * more, bottom * less)
    return nearest_quotient(top * less, bottom * more) if power == -1 else None


def _to_claim(judged: Judged) -> tuple[int, int] | None:
    """The last claim over the value, as a quotient; None where they cannot be compared, or one of them is zero."""
    value = judged.reading.value
    last = judged.claims[-1] if judged.claims else None
    if last is None or last.verdict == "unknown" or not value or not last.value:
        return None
    (above, below), (top, bottom) = last.value.as_integer_ratio(), value.as_integer_ratio()
    return above * bottom, below * top


@lru_cache(maxsize=1000)
def _in_words_and_base(unit: Compound) -> tuple[str, str, int, int]:
    """A unit's base unit, itself as its writer knows it, and its size as a quotient."""
    return label(dimension_of(unit)), written(unit), *size(unit).as_integer_ratio()


def _inputs(evaluated: Evaluated) -> tuple[ReportedInput, ...]:
    estimate, judged = evaluated.estimate, evaluated.judged
    if estimate is None:
        return ()
    spread = evaluated.spread
    shares = {id(i): share for i, share in zip(estimate.leaves, spread.shares, strict=True)} if spread else {}
    ratio = _to_claim(judged)
    exponents = (estimate.powers if ratio else None) or {}
    return tuple([_input(i, judged, shares.get(id(i)), exponents.get(id(i)), ratio) for i in estimate.inputs])


def _input(
    given: Input, judged: Judged, share: float | None, power: Exponent | None, ratio: tuple[int, int] | None
) -> ReportedInput:
    unit, own_unit, many, of = _in_words_and_base(given.unit)
    top, bottom = given.value.as_integer_ratio()
    own = nearest_finite(top, bottom)
    return ReportedInput(
        given.name,
        own if many == of else nearest_finite(top * many, bottom * of),
        unit,
        given.span or judged.written.expression.span,
        given.role or None,
        None if given.low is None else as_float(in_base_units(given.low, given.unit)),
        None if given.high is None else as_float(in_base_units(given.high, given.unit)),
        given.source or None,
        share,
        None if ratio is None else _implied(top * many, bottom * of, power, ratio),
        Written(own, own_unit),
    )


def reported(text: str, evaluated: Evaluated) -> ReportedCalculation:
    """The calculation as the report tells it; `text` is the source."""
    judged, estimate = evaluated.judged, evaluated.estimate
    reading, calculation = judged.reading, judged.written
    span = calculation.span
    kind = "product" if reading.rate_missing and calculation.kind == "restatement" else calculation.kind
    return ReportedCalculation(
        span=span,
        text=span.of(text),
        kind=kind,
        value=_float(reading.value),
        unit=reading.target_label if reading.rate_missing else reading.label,
        unit_stated=bool(reading.target) or bool(reading.dimension and not _inferred(reading)),
        interval=_interval(evaluated.spread),
        inputs=_inputs(evaluated),
        claims=tuple([_claim(c, reading) for c in judged.claims]),
        findings=evaluated.findings,
        why_no_interval=None if evaluated.spread else _why_none(evaluated),
        diagnosis=evaluated.diagnosis,
        why_no_diagnosis=evaluated.why_no_diagnosis,
        against=evaluated.against,
        derivation=Deferred(lambda: _derivation(text, reading, estimate)),
    )


def _derivation(text: str, reading: Interpretation, estimate: Estimate | None) -> Derivation:
    steps = tuple([ReportedStep(t, as_, _float(v), unit, op) for t, as_, v, unit, op in written_steps(text, reading)])
    try:
        return Derivation(estimate.text, estimate.latex, steps) if estimate else Derivation(steps=steps)
    except ValueError:  # more terms than are written out
        return Derivation(steps=steps)


def _inferred(reading: Interpretation) -> bool:
    """Whether the unit of the result rests on something that the writer did not say."""
    return reading.cost > 0


def _why_none(evaluated: Evaluated) -> str:
    if evaluated.judged.reading.value is None or evaluated.estimate is None:
        return "no value came out"
    if evaluated.spread_failed:
        return evaluated.spread_failed
    return "nothing in it was given a range"
