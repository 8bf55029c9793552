"""Calculations as people publish them: what is right raises nothing, what is wrong in meaning is found and named.

The texts are in data/realistic.toml, right ones and wrong ones of many kinds: chips, boards and cores; sparse and dense
peaks; formats; prices; 6ND and 2ND; utilization missing or applied twice; GPU-hours; thresholds; totals of parts.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from slipstick import audit
from slipstick.finding import Severity

TEXTS = tomllib.loads((Path(__file__).parent / "data/realistic.toml").read_text(encoding="utf-8"))["text"]
CASES = [pytest.param(each["text"], each["finds"], id=each["text"][:60]) for each in TEXTS]
ASIDE = {
    *("unit-unstated", "unit-inferred", "reading-tie", "first-order-differs"),
    *("peak-dispute", "published-figure"),
}
"""Notes that say how a line was read, or what others have; they accuse nobody."""


@pytest.mark.parametrize(("text", "finds"), CASES)
def test_what_is_said(text: str, finds: list[str]) -> None:
    report = audit(text)
    assert any(made.claims for made in report.calculations)
    assert sorted({f.name for c in report.calculations for f in c.findings} - ASIDE) == finds
    assert report.findings == ()


def test_right_ones_hold_and_give_nothing_graver_than_a_note() -> None:
    for each in TEXTS:
        if not each["finds"]:
            report = audit(each["text"])
            assert report.worst() in (None, Severity.NOTE), each["text"]
            assert {claim.verdict for made in report.calculations for claim in made.claims} == {"holds"}, each["text"]


def test_there_are_many_of_both() -> None:
    wrong = [each for each in TEXTS if each["finds"]]
    assert len(wrong) >= 25
    assert len(TEXTS) - len(wrong) >= 60
    assert len({name for each in wrong for name in each["finds"]}) >= 12
