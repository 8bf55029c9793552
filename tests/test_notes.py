"""Short notes with their answers: what is read in each, its value, its verdicts, and that nothing else is alarmed.

`data/notes.jsonl` holds one note a line: the text; its calculations in order, each with the text that it spans, the
value in base units (null where the line gives none), the unit of that value and the verdict on each claim; and the
names of the warnings and errors that a slip must bring about. A note without calculations is one that has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from slipstick import audit
from slipstick.finding import Finding, Severity
from slipstick.report import Report

DATA = Path(__file__).parent / "data/notes.jsonl"
WORKED_OUT_TO = 0.005
"""The relative precision of the values in the file: some were worked out by hand from rounded figures."""


class Note(NamedTuple):
    """One line of the file."""

    text: str
    calculations: list[dict[str, Any]]
    findings: list[str]


NOTES = [Note(**json.loads(line)) for line in DATA.read_text(encoding="utf-8").splitlines()]


def every_finding(report: Report) -> Iterator[Finding]:
    """The findings of the document and of all that was read in it."""
    yield from report.findings
    for calculation in (*report.calculations, *report.expressions):
        yield from calculation.findings


@pytest.mark.parametrize("note", NOTES, ids=lambda note: " ".join(note.text.split())[:60])
def test_note(note: Note) -> None:
    report = audit(note.text)
    read = [
        {
            "span": calculation.span.of(note.text),
            "value": None if calculation.value is None else pytest.approx(calculation.value, rel=WORKED_OUT_TO),
            "unit": calculation.unit,
            "verdicts": [claim.verdict for claim in calculation.claims],
        }
        for calculation in report.calculations
    ]
    loud = sorted(finding.name for finding in every_finding(report) if finding.severity != Severity.NOTE)
    assert (read, loud) == (note.calculations, note.findings)


def test_no_note_stands_twice() -> None:
    texts = [note.text for note in NOTES]
    assert len(set(texts)) == len(texts)


def test_notes_hold_right_wrong_and_no_calculations() -> None:
    """A file of right lines alone would pass a program that finds nothing wrong."""
    slips = sum(any("off" in c["verdicts"] for c in note.calculations) for note in NOTES)
    none = sum(not note.calculations for note in NOTES)
    assert min(slips, none, len(NOTES) - slips - none) >= 40
