"""One slip, one finding: where two rules tell the same slip, the one that tells it better stands alone.

What is taken out is nowhere lost: every explanation of a claim that is off stands in the report's `diagnosis`.
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.finding import Confidence, Finding
from slipstick.report import Report

_BETTER = {
    "C003": ("C013", "C132", "D301"),
    "C030": ("C006", "C009", "C010", "C012", "C119", "C136", "C138", "D301", "D302", "D308"),
    "C004": ("C136", "C138", "D302"),
    "C105": ("C132", "C136"),
    "D301": ("C013",),
    "D302": ("D308",),
}
"""Codes of rules with the codes of those that tell the same slip better: by its place, or by what was meant there."""

_ONLY_IF_SURE = {
    ("C003", "C132"),
    ("C003", "D301"),
    ("C030", "C119"),
    ("C030", "C136"),
    ("C004", "C136"),
    ("C030", "C138"),
    ("C004", "C138"),
}
"""What is suspected of an input explains a claim that is off only where the claim holds with what is said instead."""


def one_finding_a_slip(report: Report) -> Report:
    """The report without the findings that another one of the same calculation tells better."""
    calculations = (*report.calculations, *report.expressions)
    if _BETTER.keys().isdisjoint([finding.code for made in calculations for finding in made.findings]):
        return report
    return report.kept(lambda finding, made: made is None or not _is_told_better(finding, made.findings))


def _is_told_better(finding: Finding, beside: Sequence[Finding]) -> bool:
    codes = _BETTER.get(finding.code)
    return codes is not None and any(other.code in codes and _is_sure(finding, other) for other in beside)


def _is_sure(finding: Finding, other: Finding) -> bool:
    if finding.code == "D301":
        return finding.span.overlaps(other.span)
    return other.confidence is Confidence.HIGH or (finding.code, other.code) not in _ONLY_IF_SURE
