"""The findings of the rules about whole documents, put where a report has them."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.audited_document import AuditedDocument, DocumentRule
from slipstick.finding import Finding
from slipstick.registered import Registered
from slipstick.report import Report, ReportedCalculation
from slipstick.rule import Audited


def with_document_findings(
    report: Report, audits: Sequence[Audited], rules: Sequence[Registered[AuditedDocument, DocumentRule]]
) -> Report:
    """The report of a plain text with what `rules` find in its document as a whole.

    `audits` are its calculations and expressions, each list in the order of the report. What is about one of them
    stands with it, what is about the document at the top.
    """
    claiming = tuple([audited for audited in audits if audited.judged.claims])
    others = tuple([audited for audited in audits if not audited.judged.claims])
    document = AuditedDocument(report.source.text, claiming, others)
    able = [each.rule for each in rules if each.when(document)]
    found = [(told.of, told.found.finding(rule)) for rule in able for told in rule.check(document)]
    if not found:
        return report
    of: dict[int, list[Finding]] = {}
    for audited, finding in found:
        of.setdefault(id(audited) if audited is not None else 0, []).append(finding)
    return report._replace(
        calculations=_with(report.calculations, claiming, of),
        expressions=_with(report.expressions, others, of),
        findings=(*report.findings, *sorted(of.get(0, ()), key=lambda finding: finding.order)),
    )


def _with(
    reported: Sequence[ReportedCalculation], audits: Sequence[Audited], of: dict[int, list[Finding]]
) -> tuple[ReportedCalculation, ...]:
    return tuple(
        [
            made._replace(findings=tuple(sorted([*made.findings, *of[id(audited)]], key=lambda f: f.order)))
            if id(audited) in of
            else made
            for made, audited in zip(reported, audits, strict=True)
        ]
    )
