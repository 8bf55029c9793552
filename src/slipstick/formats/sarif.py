"""Reports -> SARIF 2.1.0 (OASIS), the format from which code hosts annotate the lines of a file.

Columns and offsets are code points, as in the report; lines end with a line feed or with a carriage return and one. A
row of a table has no place of its own in the file: it is named as a logical location, with its text beside it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from slipstick.finding import Finding, Severity
from slipstick.formats.plain import printable
from slipstick.formats.sarif_places import Origin, Places, region
from slipstick.report import Report
from slipstick.source import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_FINGERPRINT = "slipstickFinding/v1"
_Record = dict[str, Any]


class RuleWords(NamedTuple):
    """What a log says about a rule: its code and name, the first sentence of its page, the page, the gravest level."""

    code: str
    name: str
    summary: str
    page: str
    severity: Severity


def message(text: str) -> _Record:
    """A plain message, in which nothing of the text is taken for a placeholder or a link."""
    shown = printable(text).replace("{", "{{").replace("}", "}}")
    if "](" in shown:
        shown = shown.replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")
    return {"text": shown or "(no text)"}


def dumps(
    reports: Iterable[tuple[Report, str | None]], rules: Sequence[RuleWords], version: str, base: str = ""
) -> str:
    """The log of one run over `reports`, each with the name of its row where it is one of a table, as JSON in ASCII.

    `version` is the program's; files inside the folder `base` are named relative to it.
    """
    places = Places(base)
    known = {rule.code: _rule(rule) for rule in rules}
    results: list[_Record] = []
    notices: list[_Record] = []
    for report, row in reports:
        origin, findings = Origin(report.source, row), list(_findings(report))
        for (finding, _), fingerprint in zip(findings, _fingerprints(origin, findings), strict=True):
            known.setdefault(finding.code, _unknown_rule(finding))
            index = list(known).index(finding.code)
            results.append(_result(places, origin, finding, index, fingerprint))
        notices += [_notice(places, origin, place.span, place.reason) for place in report.coverage.unread]
    driver = {"name": "slipstick", "version": version, "rules": list(known.values())}
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notices}],
        "originalUriBaseIds": places.bases(),
        "artifacts": places.artifacts(),
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n"],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, allow_nan=False) + "\n"


def _rule(rule: RuleWords) -> _Record:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": message(rule.summary),
        "fullDescription": message(_paragraph(rule.page, "What it finds:") or rule.summary),
        "help": message(" ".join(rule.page.split())),
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _unknown_rule(finding: Finding) -> _Record:
    return {"id": finding.code, "name": finding.name, "shortDescription": message(finding.name.replace("-", " "))}


def _paragraph(page: str, opening: str) -> str:
    """The paragraph of a page that begins with `opening`, without it; empty where there is none."""
    found = (part for part in page.split("\n\n") if part.startswith(opening))
    return " ".join(next(found, "").removeprefix(opening).split())


def _findings(report: Report) -> Iterator[tuple[Finding, str]]:
    """Each finding of a report with the text of the calculation that it is about, empty for the document."""
    for finding in report.findings:
        yield finding, ""
    for calculation in (*report.calculations, *report.expressions):
        for finding in calculation.findings:
            yield finding, calculation.text


def _fingerprints(origin: Origin, findings: Sequence[tuple[Finding, str]]) -> Iterator[str]:
    """What makes each finding the same one in the next version of a text: its rule and its words, not its line.

    Blanks count as one; of findings that are alike in all of it the number in order tells them apart.
    """
    seen: Counter[str] = Counter()
    for finding, text in findings:
        place = finding.span.of(origin.source.text)
        words = (finding.code, " ".join(text.split()), " ".join(place.split()), origin.row or "")
        digest = sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        seen[digest] += 1
        yield f"{digest}:{seen[digest]}"


def _result(places: Places, origin: Origin, finding: Finding, index: int, fingerprint: str) -> _Record:
    result: _Record = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": message(origin.opening + finding.message),
        "locations": [places.location(origin, finding.span)],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
        "properties": {"confidence": finding.confidence.value},
    }
    if finding.related:
        result["relatedLocations"] = [
            places.location(origin, label.span) | {"id": n, "message": message(label.message)}
            for n, label in enumerate(finding.related)
        ]
    if finding.fix is not None and origin.row is None:
        result["fixes"] = [_fix(places, origin, finding, finding.fix.text)]
    return result


def _fix(places: Places, origin: Origin, finding: Finding, text: str) -> _Record:
    replacement = {"deletedRegion": region(origin.source, finding.span), "insertedContent": {"text": text}}
    change = {"artifactLocation": places.artifact(origin.source), "replacements": [replacement]}
    words = f"Replace “{finding.span.of(origin.source.text)}” with “{text}”"
    return {"description": message(words), "artifactChanges": [change]}


def _notice(places: Places, origin: Origin, span: Span, reason: str) -> _Record:
    """A place that was seen and not read: of the run, not of the text."""
    words = f"{origin.opening}not read: {reason}"
    return {"level": "note", "message": message(words), "locations": [places.location(origin, span)]}
