"""Judged calculations as the report tells them: plain values, spans, findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from slipstick.estimate import Estimate
from slipstick.finding import Finding
from slipstick.formula import monomial
from slipstick.inputs import Input
from slipstick.reading.arithmetic import OutOfRange
from slipstick.reading.interpretation import Interpretation
from slipstick.report import (
    Interval,
    ReportedCalculation,
    ReportedClaim,
    ReportedInput,
    ReportedStep,
    Written,
)
from slipstick.steps import Step, written_steps
from slipstick.units import dimension_of, label, written
from slipstick.verdicts import Claim, Judged

if TYPE_CHECKING:
    from slipstick.uncertainty.propagation import Spread

LEVEL = 0.9


@dataclass(frozen=True)
class Evaluated:
    """One calculation with everything that the stages found out about it."""

    judged: Judged
    estimate: Estimate | None
    spread: Spread | None
    findings: tuple[Finding, ...]


def _claim(claim: Claim, reading: Interpretation) -> ReportedClaim:
    unit = label(dimension_of(claim.unit)) if claim.unit else reading.label
    own = Written(float(claim.number), written(claim.unit) if claim.unit else "")
    ratio = None if claim.ratio is None else float(claim.ratio)
    return ReportedClaim(claim.written.span, float(claim.value), unit, own, claim.verdict, ratio)


def _interval(spread: Spread | None) -> Interval | None:
    if spread is None:
        return None
    return Interval(spread.level, spread.low, spread.median, spread.high, spread.method, spread.first_order)


def _exponents(estimate: Estimate) -> dict[int, Fraction] | None:
    powers = monomial(estimate.formula)
    if powers is None:
        return None
    total: dict[int, Fraction] = {}
    for given, exponent in powers:
        total[id(given)] = total.get(id(given), Fraction(0)) + exponent
    return total


def implied(estimate: Estimate, given: Input, target: Fraction, value: Fraction) -> Fraction | None:
    """The base value of an input that would make the result `target`, where it enters to the power 1 or -1."""
    exponents = _exponents(estimate)
    power = exponents.get(id(given)) if exponents else None
    if power is None or abs(power) != 1 or not value or not target:
        return None
    return given.base_value * (target / value if power == 1 else value / target)


def _inputs(evaluated: Evaluated) -> tuple[ReportedInput, ...]:
    estimate, judged = evaluated.estimate, evaluated.judged
    if estimate is None:
        return ()
    shares = evaluated.spread.shares if evaluated.spread else ()
    last = judged.claims[-1] if judged.claims else None
    value = judged.reading.value
    comparable = last is not None and last.verdict != "unknown" and value is not None
    found = []
    for n, given in enumerate(estimate.inputs):
        scale = given.base_value / given.value if given.value else Fraction(1)
        wanted = implied(estimate, given, last.value, value) if comparable and last and value else None
        found.append(
            ReportedInput(
                name=given.name,
                value=float(given.base_value),
                unit=label(dimension_of(given.unit)),
                span=given.span or judged.written.expression.span,
                role=given.role or None,
                low=None if given.low is None else float(given.low * scale),
                high=None if given.high is None else float(given.high * scale),
                source=given.source or None,
                share=shares[n] if shares else None,
                implied=None if wanted is None else float(wanted),
            )
        )
    return tuple(found)


def reported(text: str, evaluated: Evaluated) -> ReportedCalculation:
    """The calculation as the report tells it; `text` is the source."""
    judged, estimate = evaluated.judged, evaluated.estimate
    reading, calculation = judged.reading, judged.written
    span = calculation.span
    kind = "product" if reading.rate_missing and calculation.kind == "restatement" else calculation.kind
    steps = tuple(
        ReportedStep(s.text, s.read_as, None if s.value is None else float(s.value), s.unit, s.operator)
        for s in _steps(text, reading)
    )
    return ReportedCalculation(
        span=span,
        text=span.of(text),
        kind=kind,
        value=None if reading.value is None else float(reading.value),
        unit=reading.target_label if reading.rate_missing else reading.label,
        unit_stated=bool(reading.target) or bool(reading.dimension and not _inferred(reading)),
        expression=estimate.text if estimate else "",
        latex=estimate.latex if estimate else "",
        interval=_interval(evaluated.spread),
        inputs=_inputs(evaluated),
        steps=steps,
        claims=tuple(_claim(c, reading) for c in judged.claims),
        findings=evaluated.findings,
        why_no_interval=None if evaluated.spread else _why_none(evaluated),
    )


def _inferred(reading: Interpretation) -> bool:
    """Whether the unit of the result rests on something that the writer did not say."""
    return reading.cost > 0


def _why_none(evaluated: Evaluated) -> str:
    if evaluated.judged.reading.value is None or evaluated.estimate is None:
        return "no value came out"
    return "nothing in it was given a range"


def _steps(text: str, reading: Interpretation) -> Sequence[Step]:
    try:
        return written_steps(text, reading)
    except OutOfRange:
        return ()
