"""The set of rules: every example does what it says, codes and names are unique and ordered, pages are whole."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from slipstick import Source, audit
from slipstick.audited_document import DocumentRule
from slipstick.finding import Finding
from slipstick.report import ReportedCalculation
from slipstick.rule import Rule, rule
from slipstick.rules import EVERY_RULE

ROOT = Path(__file__).parents[1]
PARTS = ("What it finds: ", "Why it matters: ", "Stays silent when: ", "Source: ")
NAMES = (
    "claim-mismatch last-digit power-of-ten packaging-ratio unknown-peak peak-dispute unit-mismatch unlike-sum "
    "utilization-range utilization-missing rate-missing"
)
BAD = [pytest.param(r, text, id=f"{r.name}: {text}") for r in EVERY_RULE for text in r.bad]
GOOD = [pytest.param(r, text, id=f"{r.name}: {text}") for r in EVERY_RULE for text in r.good]


def calculations(text: str) -> list[ReportedCalculation]:
    """All that was read in a text, with or without a claimed result."""
    report = audit(Source(text))
    return [*report.calculations, *report.expressions]


def findings(text: str) -> list[Finding]:
    """All that was found in a text: about its calculations, and about it as a whole."""
    return [*audit(text).findings, *(f for c in calculations(text) for f in c.findings)]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_bad_example_is_found_by_its_rule(rule: Rule | DocumentRule, text: str) -> None:
    found = [f for f in findings(text) if f.code == rule.code]
    assert found
    for finding in found:
        assert finding.name == rule.name
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert finding.message
        assert "\n" not in finding.message


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_good_example_is_read_and_nothing_is_found(rule: Rule | DocumentRule, text: str) -> None:
    assert calculations(text), "an example that is not read shows nothing"
    assert [f for f in findings(text) if f.code == rule.code] == []


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda r: r.name)
def test_every_rule_has_both_kinds_of_examples(rule: Rule | DocumentRule) -> None:
    assert rule.bad
    assert rule.good


def test_codes_and_names_are_unique_and_ordered() -> None:
    codes, names = [r.code for r in EVERY_RULE], [r.name for r in EVERY_RULE]
    assert codes == sorted(set(codes))
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[CDU]\d{3}", code) for code in codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", name) for name in names)


def test_each_rule_stands_in_the_file_of_its_name_and_none_is_left_out() -> None:
    files = {p.stem for p in (ROOT / "src/slipstick/rules").glob("[a-z]*.py")}
    assert files == {f"{r.code.lower()}_{r.name.replace('-', '_')}" for r in EVERY_RULE}


@pytest.mark.parametrize("name", NAMES.split())
def test_the_promised_rules_exist(name: str) -> None:
    assert name in {r.name for r in EVERY_RULE}


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda r: r.name)
def test_the_page_has_a_summary_and_its_four_parts_in_order(rule: Rule | DocumentRule) -> None:
    summary, *parts = rule.page.split("\n\n")
    assert summary.endswith(".")
    assert [next((p for p in PARTS if part.startswith(p)), "") for part in parts] == list(PARTS)
    assert all(len(part.split(": ", 1)[1]) > 10 for part in parts)


@pytest.mark.parametrize("made", EVERY_RULE, ids=lambda r: r.name)
def test_sources_that_are_pages_of_this_repository_exist(made: Rule | DocumentRule) -> None:
    for name in re.findall(r"\b(specs|data)/([\w./-]+\.\w+)", made.page):
        folder = ROOT / "specs" if name[0] == "specs" else ROOT / "src/slipstick/data"
        assert (folder / name[1]).exists()


@pytest.mark.parametrize(
    ("text", "fixed", "value"),
    [
        ("1024 * 2000 = 2.05e7", "1024 * 2000 = 2.05e6", 2048000),
        ("1024 * 2000 = 2.05 × 10⁷", "1024 * 2000 = 2.05 × 10⁶", 2048000),
        ("312 TFLOP/s * 30 utilization = 9e13 FLOP/s", "312 TFLOP/s * 30% utilization = 9e13 FLOP/s", 9.36e13),
    ],
)
def test_a_fix_replaces_its_place(text: str, fixed: str, value: float) -> None:
    # The fix of a mismatch is the right result, in base units; all others are written as the author writes.
    fixes = [(f.span, f.fix) for c in calculations(text) for f in c.findings if f.fix and f.code != "C001"]
    results = {text[: span.start] + fix.text + text[span.end :]: fix.value for span, fix in fixes}
    assert results.get(fixed) == pytest.approx(value)


def test_a_rule_takes_its_page_from_its_module() -> None:
    made = rule("X001", "of-this-file", bad=("1",), good=("2",))(lambda _: iter(()))
    assert made.page == __doc__


def test_the_committed_page_is_the_generated_one() -> None:
    spec = importlib.util.spec_from_file_location("make_rules_page", ROOT / "docs/make_rules_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    committed = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    assert committed == module.page(), "run: python docs/make_rules_page.py > docs/rules.md"
