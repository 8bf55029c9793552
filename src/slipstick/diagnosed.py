"""Calculations beside what their writers, or others, say the result is, with diagnoses as the report tells them.

A rival figure comes from a user (`--against "6e22 FLOP"`) or from the text; whatever gives one, `compared` says whether
the calculation rounds to it, and which named change would lead there.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from slipstick.diagnosis import Diagnoses, Edit, Target, around, diagnose, explanation
from slipstick.diagnosis.explanation import NOTHING, rounding
from slipstick.finding import Finding
from slipstick.judging.against import Figure
from slipstick.judging.assumptions import Context
from slipstick.judging.verdicts import Judged
from slipstick.reading.quantities.arithmetic import as_float
from slipstick.report import Report, ReportedCalculation, ReportedComparison, ReportedDiagnosis, ReportedEdit
from slipstick.rule import Audited, Found
from slipstick.rules.d005_figure_unmatched import figure_unmatched
from slipstick.settings import Settings
from slipstick.source import Span
from slipstick.summary import Evaluated
from slipstick.suppression import with_late_findings
from slipstick.units import dimension_of, label, size


def with_diagnosis(evaluated: Evaluated, audited: Audited, figures: Sequence[Figure]) -> Evaluated:
    """The calculation with what explains its claim, if that is off, and what would lead to each figure."""
    diagnoses = audited.diagnoses
    return evaluated._replace(
        diagnosis=reported_diagnoses(diagnoses),
        why_no_diagnosis=NOTHING if diagnoses is not None and not diagnoses.found else None,
        against=compared(audited.text, audited.judged, audited.context, figures),
    )


def compared(text: str, judged: Judged, context: Context, figures: Sequence[Figure]) -> tuple[ReportedComparison, ...]:
    """One calculation, in `text`, beside each figure of its dimension."""
    found = (_compared(text, judged, context, each) for each in figures)
    return tuple(each for each in found if each is not None)


def _compared(text: str, judged: Judged, context: Context, given: Figure) -> ReportedComparison | None:
    reading = judged.reading
    unit = given.unit or (judged.claims[-1].unit if judged.claims else ()) or reading.unit
    if not reading.value or (given.unit and dimension_of(given.unit) != reading.dimension):
        return None
    scale = size(unit) if dimension_of(unit) == reading.dimension else Fraction(1)
    target = around(given.value * scale, given.last_digit * scale, given.text, scale)
    value = as_float(reading.value)
    if target is None or value is None:
        return None
    agrees = target.fits(value)
    diagnoses = None if agrees else diagnose(text, reading, context, target)
    return ReportedComparison(
        figure=given.text,
        value=target.value,
        unit=label(reading.dimension),
        ratio=value / target.value,
        agrees=agrees,
        explanation=_said(target, value, diagnoses),
        near=diagnoses.near if diagnoses else (),
        diagnosis=reported_diagnoses(diagnoses),
        line=given.line,
    )


def _said(target: Target, value: float, diagnoses: Diagnoses | None) -> str:
    if diagnoses is None:
        return f"{target.shown(value)} {rounding(target, value)}"
    return explanation(diagnoses)


def reported_diagnoses(diagnoses: Diagnoses | None) -> tuple[ReportedDiagnosis, ...]:
    """Diagnoses as plain values."""
    return tuple(
        ReportedDiagnosis(
            d.text,
            d.value,
            d.plausibility,
            d.chance,
            d.confidence,
            tuple(map(_edit, d.edits)),
            tuple(map(_edit, d.equally_fitting)),
        )
        for d in (diagnoses.found if diagnoses else ())
    )


def _edit(edit: Edit) -> ReportedEdit:
    slip = edit.slip
    span = Span(*edit.span) if edit.span else None
    return ReportedEdit(slip.name, slip.kind, edit.words, edit.factor, span, edit.replacement, slip.source)


def settled(report: Report, settings: Settings) -> Report:
    """The report with each comparison only at the line that its figure is for, and a note for a figure without any."""

    def kept(calculation: ReportedCalculation) -> ReportedCalculation:
        line = report.source.place(calculation.span.start).line
        return calculation._replace(against=tuple(c for c in calculation.against if c.line in (None, line)))

    calculations, expressions = tuple(map(kept, report.calculations)), tuple(map(kept, report.expressions))
    used = {(c.figure, c.line) for each in (*calculations, *expressions) for c in each.against}
    notes = [_unmatched(each) for each in settings.figures if (each.text, each.line) not in used]
    return with_late_findings(report._replace(calculations=calculations, expressions=expressions), notes, settings)


def _unmatched(given: Figure) -> Finding:
    where = f" on line {given.line}" if given.line else ""
    message = f"no calculation{where} has a result that {given.text} could be compared with"
    return Found(Span(0, 0), message).finding(figure_unmatched)
