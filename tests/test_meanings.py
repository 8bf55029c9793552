"""One meaning, many phrasings: each is read once, in its exact place, as the same quantity; a negative is not read.

`data/meanings.toml` and `data/negatives.toml` say what their fields mean. In the manner of Duckling's Corpus.hs: what
is tested is not that a notation parses, but that all of them come to the same.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from slipstick import audit
from slipstick.finding import Finding, Severity
from slipstick.report import Report, ReportedCalculation

DATA = Path(__file__).parent / "data"
EXACT = 1e-6
"""The relative tolerance of a value, where its meaning states none."""


class Phrasing(NamedTuple):
    """A text, the place of the calculation in it and what that calculation means."""

    name: str
    text: str
    span: str
    start: int
    value: float
    unit: str
    verdict: str
    tolerance: float


class Negative(NamedTuple):
    """A text without a calculation, and the mistake that would find one in it."""

    text: str
    mistake: str
    allow_restatement: bool = False


def load(name: str, table: str) -> list[dict[str, Any]]:
    """The tables of one kind in a data file."""
    return list(tomllib.loads((DATA / name).read_text(encoding="utf-8"))[table])


def phrasings(meaning: dict[str, Any]) -> Iterator[Phrasing]:
    """The phrasings of a meaning, the brackets around the calculation taken away."""
    for number, marked in enumerate(meaning["phrasings"], start=1):
        before, span, after = re.split("[⟦⟧]", marked)
        yield Phrasing(
            name=f"{meaning['name']} {number}",
            text=before + span + after,
            span=span,
            start=len(before),
            value=meaning["value"],
            unit=meaning["unit"],
            verdict=meaning.get("verdict", "holds"),
            tolerance=meaning.get("tolerance", EXACT),
        )


MEANINGS = load("meanings.toml", "meaning")
PHRASINGS = [phrasing for meaning in MEANINGS for phrasing in phrasings(meaning)]
NEGATIVES = [Negative(**table) for table in load("negatives.toml", "negative")]


def loud(report: Report) -> list[str]:
    """The names of all warnings and errors of a report, those of its expressions included."""
    findings: list[Finding] = [*report.findings]
    for calculation in (*report.calculations, *report.expressions):
        findings += calculation.findings
    return [finding.name for finding in findings if finding.severity != Severity.NOTE]


def verdict(calculation: ReportedCalculation) -> str:
    """The verdict on the last claim, and what else an earlier one got: those of a meaning hold."""
    *earlier, last = [claim.verdict for claim in calculation.claims]
    return " after ".join([last, *(other for other in earlier if other != "holds")])


@pytest.mark.parametrize("phrasing", PHRASINGS, ids=lambda phrasing: phrasing.name)
def test_phrasing(phrasing: Phrasing) -> None:
    report = audit(phrasing.text)
    read = [
        (calculation.span.of(phrasing.text), calculation.span.start, calculation.value, calculation.unit)
        for calculation in report.calculations
    ]
    value: object = pytest.approx(phrasing.value, rel=phrasing.tolerance)
    assert read == [(phrasing.span, phrasing.start, value, phrasing.unit)]
    assert verdict(report.calculations[0]) == phrasing.verdict
    assert bool(loud(report)) == (phrasing.verdict == "off"), loud(report)


@pytest.mark.parametrize("negative", NEGATIVES, ids=lambda negative: negative.mistake)
def test_negative(negative: Negative) -> None:
    report = audit(negative.text)
    read = [
        (calculation.kind, calculation.text)
        for calculation in report.calculations
        if not (negative.allow_restatement and calculation.kind == "restatement")
    ]
    assert (read, loud(report)) == ([], [])


def shape(text: str) -> str:
    """A text without its digits and blanks: what is left is its notation."""
    return re.sub(r"[\d\s]+", "", text)


@pytest.mark.parametrize("meaning", MEANINGS, ids=lambda meaning: meaning["name"])
def test_no_two_phrasings_have_one_shape(meaning: dict[str, Any]) -> None:
    shapes = Counter(shape(marked) for marked in meaning["phrasings"])
    assert [text for text, times in shapes.items() if times > 1] == []


def test_there_are_enough_of_each() -> None:
    assert sum(len(meaning["phrasings"]) >= 5 for meaning in MEANINGS) >= 60
    assert len(NEGATIVES) >= 100


def test_names_and_texts_are_unique() -> None:
    names = [meaning["name"] for meaning in MEANINGS]
    texts = [phrasing.text for phrasing in PHRASINGS] + [negative.text for negative in NEGATIVES]
    assert [entry for entry, times in Counter(names + texts).items() if times > 1] == []


def test_each_negative_guards_against_a_mistake_of_its_own() -> None:
    mistakes = Counter(negative.mistake.strip().lower() for negative in NEGATIVES)
    assert "" not in mistakes
    assert max(mistakes.values()) == 1
