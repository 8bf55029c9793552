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


_new = tuple.__new__
"""Makes a NamedTuple of all its fields in their order, in half the time that its constructor takes."""


def _claim(claim: Claim, reading: Interpretation) -> ReportedClaim:
    told, number, unit, value, _, verdict, ratio, _ = claim
    base, own_unit, _, _ = _in_words_and_base(unit) if unit else (reading.label, "", 1, 1)
    own = _new(Written, (nearest_float(number), own_unit))
    return _new(ReportedClaim, (told.span, nearest_float(value), base, own, verdict, _float(ratio)))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else as_float(value)


def _interval(spread: Spread | None) -> Interval | None:
    if spread is None:
        return None
    return Interval(spread.level, spread.low, spread.median, spread.high, spread.method, spread.first_order)


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


_BARE = ("1", "", 1, 1)
"""The same for a number without a unit."""


def _inputs(evaluated: Evaluated) -> tuple[ReportedInput, ...]:
    estimate, judged, spread = evaluated.estimate, evaluated.judged, evaluated.spread
    if estimate is None:
        return ()
    shares = dict(zip(map(id, estimate.leaves), spread.shares, strict=True)) if spread else {}
    ratio = _to_claim(judged)
    powers = estimate.powers if ratio else None
    made: list[ReportedInput] = []
    for given in estimate.inputs:
        unit, own_unit, many, of = _in_words_and_base(given.unit) if given.unit else _BARE
        top, bottom = given.value.as_integer_ratio()
        own = in_base = nearest_finite(top, bottom)
        if many != of:
            top, bottom = top * many, bottom * of
            in_base = nearest_finite(top, bottom)
        low, high = _ends(given) if given.low is not None else (None, None)
        fields = (
            given.name,
            in_base,
            unit,
            given.span or judged.written.expression.span,
            given.role or None,
            low,
            high,
            given.source or None,
            shares[id(given)] if shares else None,
            _implied(top, bottom, powers[id(given)], ratio) if powers and ratio else None,
            _new(Written, (own, own_unit)),
        )
        made.append(_new(ReportedInput, fields))
    return tuple(made)


def _ends(given: Input) -> tuple[float | None, float | None]:
    """The ends of an input's range in base units."""
    low, high = given.low, given.high
    if low is None or high is None:
        return None, None
    return as_float(in_base_units(low, given.unit)), as_float(in_base_units(high, given.unit))


def _implied(top: int, bottom: int, power: Exponent, ratio: tuple[int, int]) -> float | None:
    """The base value of an input, now `top / bottom`, to the power 1 or -1 that makes the result `ratio` times that."""
    more, less = ratio
    if power == 1:
        return nearest_quotient(top * more, bottom * less)
    return nearest_quotient(top * less, bottom * more) if power == -1 else None


def reported(text: str, evaluated: Evaluated) -> ReportedCalculation:
    """The calculation as the report tells it; `text` is the source."""
    judged, estimate = evaluated.judged, evaluated.estimate
    reading, calculation = judged.reading, judged.written
    span = calculation.span
    kind = "product" if reading.rate_missing and calculation.kind == "restatement" else calculation.kind
    unit = reading.target_label if reading.rate_missing else reading.label
    return ReportedCalculation(  # in the order of the fields: by their names, they would take twice as long
        span,
        span.of(text),
        kind,
        _float(reading.value),
        unit,
        bool(reading.target) or bool(reading.dimension and not _inferred(reading)),
        _interval(evaluated.spread),
        _inputs(evaluated),
        tuple([_claim(claim, reading) for claim in judged.claims]),
        evaluated.findings,
        None if evaluated.spread else _why_none(evaluated),
        evaluated.diagnosis,
        evaluated.why_no_diagnosis,
        evaluated.against,
        Deferred(lambda: _derivation(text, reading, estimate)),
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
