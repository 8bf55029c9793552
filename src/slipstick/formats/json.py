"""Report -> JSON, version 1 of the report (`specs/report.md`; the schema is `data/report.schema.json`)."""

from __future__ import annotations

import math

from slipstick.finding import Finding
from slipstick.formats.json_text import Record, json_text
from slipstick.report import (
    SCHEMA,
    Coverage,
    Interval,
    Report,
    ReportedCalculation,
    ReportedClaim,
    ReportedComparison,
    ReportedDiagnosis,
    ReportedEdit,
    ReportedInput,
    ReportedStep,
    Suppressed,
)


def record(report: Report) -> Record:
    """The report as a plain object, all keys present and in the published order; unknown or not finite is None."""
    identifier = report.source.id
    return {
        "schema": SCHEMA,
        "source": report.source.name,
        "id": _finite(identifier) if isinstance(identifier, float) else identifier,
        "coverage": _coverage(report.coverage),
        "calculations": [_calculation(calculation) for calculation in report.calculations],
        "expressions": [_calculation(expression) for expression in report.expressions],
        "findings": [_finding(finding) for finding in report.findings],
        "suppressed": _suppressed(report.suppressed),
    }


def dumps(report: Report, *, indent: int | None = None, encoding: str = "utf-8") -> str:
    """The report as JSON text, on one line unless `indent` is given. Escaped as `json_text` says."""
    return json_text(record(report), encoding, indent)


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _coverage(coverage: Coverage) -> Record:
    return {
        "calculations": coverage.calculations,
        "numbers_read": coverage.numbers_read,
        "numbers_seen": coverage.numbers_seen,
        "unread": [
            {"start": place.span.start, "end": place.span.end, "text": place.text, "reason": place.reason}
            for place in coverage.unread
        ],
    }


def _suppressed(suppressed: Suppressed) -> Record:
    ways = {"ignored": suppressed.ignored, "comment": suppressed.comment, "baseline": suppressed.baseline}
    total = sum(count for counts in ways.values() for _, count in counts)
    counts = {way: dict(counts) for way, counts in ways.items()}
    return {"findings": total, **counts, "not_run": list(suppressed.not_run)}


def _calculation(calculation: ReportedCalculation) -> Record:
    return {
        "start": calculation.span.start,
        "end": calculation.span.end,
        "text": calculation.text,
        "kind": calculation.kind,
        "value": _finite(calculation.value),
        "unit": calculation.unit,
        "unit_stated": calculation.unit_stated,
        "expression": calculation.expression,
        "latex": calculation.latex,
        "interval": _interval(calculation.interval) if calculation.interval else None,
        "inputs": [_input(given) for given in calculation.inputs],
        "steps": [_step(step) for step in calculation.steps],
        "claims": [_claim(claim) for claim in calculation.claims],
        "findings": [_finding(finding) for finding in calculation.findings],
        "why_no_interval": calculation.why_no_interval,
        "diagnosis": [_diagnosis(each) for each in calculation.diagnosis],
        "why_no_diagnosis": calculation.why_no_diagnosis,
        "against": [_comparison(each) for each in calculation.against],
    }


def _diagnosis(found: ReportedDiagnosis) -> Record:
    return {
        "text": found.text,
        "value": _finite(found.value),
        "plausibility": _finite(found.plausibility),
        "chance": _finite(found.chance),
        "confidence": found.confidence,
        "edits": [_edit(edit) for edit in found.edits],
        "equally_fitting": [_edit(edit) for edit in found.equally_fitting],
    }


def _edit(edit: ReportedEdit) -> Record:
    return {
        "name": edit.name,
        "kind": edit.kind,
        "text": edit.text,
        "factor": _finite(edit.factor),
        "start": edit.span.start if edit.span else None,
        "end": edit.span.end if edit.span else None,
        "replacement": edit.replacement,
        "source": edit.source,
    }


def _comparison(beside: ReportedComparison) -> Record:
    return {
        "figure": beside.figure,
        "value": _finite(beside.value),
        "unit": beside.unit,
        "ratio": _finite(beside.ratio),
        "agrees": beside.agrees,
        "explanation": beside.explanation,
        "near": list(beside.near),
        "diagnosis": [_diagnosis(each) for each in beside.diagnosis],
    }


def _interval(interval: Interval) -> Record:
    first_order = interval.first_order
    return {
        "level": interval.level,
        "low": _finite(interval.low),
        "median": _finite(interval.median),
        "high": _finite(interval.high),
        "method": interval.method,
        "first_order": [_finite(first_order[0]), _finite(first_order[1])] if first_order else None,
    }


def _input(given: ReportedInput) -> Record:
    return {
        "name": given.name,
        "value": _finite(given.value),
        "unit": given.unit,
        "start": given.span.start,
        "end": given.span.end,
        "role": given.role,
        "low": _finite(given.low),
        "high": _finite(given.high),
        "source": given.source,
        "share": _finite(given.share),
        "implied": _finite(given.implied),
        "written": {"value": _finite(given.written.value), "unit": given.written.unit} if given.written else None,
    }


def _step(step: ReportedStep) -> Record:
    return {
        "text": step.text,
        "read_as": step.read_as,
        "value": _finite(step.value),
        "unit": step.unit,
        "operator": step.operator,
    }


def _claim(claim: ReportedClaim) -> Record:
    return {
        "start": claim.span.start,
        "end": claim.span.end,
        "value": _finite(claim.value),
        "unit": claim.unit,
        "written": {"value": _finite(claim.written.value), "unit": claim.written.unit},
        "verdict": claim.verdict,
        "ratio": _finite(claim.ratio),
    }


def _finding(finding: Finding) -> Record:
    fix = finding.fix
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "start": finding.span.start,
        "end": finding.span.end,
        "related": [
            {"start": label.span.start, "end": label.span.end, "message": label.message} for label in finding.related
        ],
        "fix": {"text": fix.text, "value": _finite(fix.value)} if fix else None,
    }
