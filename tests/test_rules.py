"""The set of rules: every example does what it says, codes and names are unique and ordered, pages are whole."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from slipstick import Settings, Source, audit
from slipstick.finding import Confidence, Severity
from slipstick.formats.rule_page import markdown
from slipstick.registered import Registered
from slipstick.report import ReportedCalculation
from slipstick.rule import Described, Rule, rule
from slipstick.rule_pages import example_reports, found, rule_page
from slipstick.rules import CALL_RULES, DOCUMENT_RULES, EVERY_RULE, RULES, SUPPRESSION_RULES
from slipstick.selection import DEFAULT_CODES
from slipstick.traits import Traits

ROOT = Path(__file__).parents[1]
PARTS = ("What it finds: ", "Why it matters: ", "Stays silent when: ", "Source: ")
NAMES = (
    "claim-mismatch last-digit power-of-ten packaging-ratio unknown-peak peak-dispute unit-mismatch unlike-sum "
    "utilization-range utilization-missing rate-missing"
)
RULE_FILES = sorted((ROOT / "src/slipstick/rules").glob("[a-z]*.py"))
OTHER_RULE = re.compile(r"^(?:from|import) slipstick\.rules\.(\w+)", re.MULTILINE)
BAD = [pytest.param(r, text, id=f"{r.name}: {text}") for r in EVERY_RULE for text in r.bad]
GOOD = [pytest.param(r, text, id=f"{r.name}: {text}") for r in EVERY_RULE for text in r.good]


def calculations(text: str) -> list[ReportedCalculation]:
    """All that was read in a text, with or without a claimed result."""
    report = audit(Source(text))
    return [*report.calculations, *report.expressions]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_bad_example_is_found_by_its_rule(rule: Described, text: str) -> None:
    findings = found(rule, text)
    assert findings
    for finding in findings:
        assert finding.name == rule.name
        assert 0 <= finding.span.start < finding.span.end <= len(text) or (rule.option and finding.span == (0, 0))
        assert finding.message
        assert "\n" not in finding.message


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_good_example_is_read_and_nothing_is_found(rule: Described, text: str) -> None:
    reports = example_reports(rule, text)
    assert all(r.calculations or r.expressions for r in reports), "an example that is not read shows nothing"
    assert found(rule, text) == []


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda r: r.name)
def test_every_rule_has_two_bad_examples_and_three_good_ones(rule: Described) -> None:
    assert len(set(rule.bad)) >= 2
    assert len(set(rule.good)) >= 3
    assert not set(rule.bad) & set(rule.good)


@pytest.mark.parametrize("made", EVERY_RULE, ids=lambda r: r.name)
def test_the_severities_a_rule_declares_are_those_of_its_bad_examples(made: Described) -> None:
    """A page that promises an error must show one, and none may come that it does not name."""
    assert {f.severity for text in made.bad for f in found(made, text)} == set(made.severities)
    assert len(set(made.severities)) == len(made.severities)


@pytest.mark.parametrize("made", EVERY_RULE, ids=lambda r: r.name)
def test_a_severity_is_one_that_its_definition_allows(made: Described) -> None:
    """An error says that a claim is off or unlike things are added; a warning is sure; the uncertain is a note."""
    if Severity.ERROR in made.severities:
        assert made.name in ("claim-mismatch", "unlike-sum")
    for finding in (f for text in made.bad for f in found(made, text)):
        assert finding.severity is Severity.NOTE or finding.confidence is Confidence.HIGH


def test_no_rule_imports_another() -> None:
    imported = {path.stem: set(OTHER_RULE.findall(path.read_text(encoding="utf-8"))) for path in RULE_FILES}
    assert {name: found for name, found in imported.items() if found} == {}


def test_codes_and_names_are_unique_and_ordered() -> None:
    codes, names = [r.code for r in EVERY_RULE], [r.name for r in EVERY_RULE]
    assert codes == sorted(set(codes))
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Z]\d{3}", code) for code in codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", name) for name in names)


def test_each_rule_stands_in_the_file_of_its_name_and_none_is_left_out() -> None:
    files = {p.stem for p in (ROOT / "src/slipstick/rules").glob("[a-z]*.py")}
    assert files == {f"{r.code.lower()}_{r.name.replace('-', '_')}" for r in EVERY_RULE}


@pytest.mark.parametrize("entry", [*RULES, *DOCUMENT_RULES, *SUPPRESSION_RULES, *CALL_RULES], ids=lambda r: r.name)
def test_a_rule_is_what_the_table_calls_it(entry: Registered[Any, Any]) -> None:
    assert (entry.rule.code, entry.rule.name) == (entry.code, entry.name)
    assert entry.rule.page == entry.page


def test_a_rule_is_loaded_when_a_text_has_what_it_is_about_and_no_sooner() -> None:
    program = """
import sys, slipstick
def loaded(): return {name.split(".")[-1][:4] for name in sys.modules if name.startswith("slipstick.rules.")}
slipstick.audit("3 apples * 4 = 12 apples")
before = loaded()
slipstick.audit("8 GPUs * 312 TFLOP/s * 120% utilization = 3e15 FLOP/s")
print(*before, "and", *loaded() - before)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    before, _, behind = run.stdout.partition(" and ")
    assert len(before.split()) < 10  # of more than fifty
    assert not {"c104", "c113", "c130"} & set(before.split())
    assert {"c104", "c113", "c130"} <= set(behind.split())


@pytest.mark.parametrize("name", NAMES.split())
def test_the_promised_rules_exist(name: str) -> None:
    assert name in {r.name for r in EVERY_RULE}


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda r: r.name)
def test_the_page_has_a_summary_and_its_four_parts_in_order(rule: Described) -> None:
    summary, *parts = rule.page.split("\n\n")
    assert summary.endswith(".")
    assert [next((p for p in PARTS if part.startswith(p)), "") for part in parts] == list(PARTS)
    assert all(len(part.split(": ", 1)[1]) > 10 for part in parts)


@pytest.mark.parametrize("made", EVERY_RULE, ids=lambda r: r.name)
def test_sources_that_are_pages_of_this_repository_exist(made: Described) -> None:
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


def test_a_rule_that_is_off_by_default_says_how_to_turn_it_on() -> None:
    page = rule_page(Registered[Traits, Rule]("C001", "claim-mismatch", lambda _: True, default_on=False))
    assert page.standing == "off by default; --select C001 turns it on"
    assert "off by default; --select C001 turns it on" in markdown(page)


def test_the_rules_that_run_are_those_on_by_default() -> None:
    assert {r.code for r in EVERY_RULE if r.default_on} == DEFAULT_CODES
    assert Settings().not_run == tuple(r.code for r in EVERY_RULE if not r.default_on)


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    """The pages that the rules make, by path below docs/."""
    spec = importlib.util.spec_from_file_location("make_rules_page", ROOT / "docs/make_rules_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: dict[str, str] = module.pages()
    return made


def test_the_committed_pages_are_the_generated_ones(generated: dict[str, str]) -> None:
    files = [ROOT / "docs/rules.md", *(ROOT / "docs/rules").iterdir()]
    committed = {p.relative_to(ROOT / "docs").as_posix(): p.read_text(encoding="utf-8") for p in files}
    assert committed == generated, "run: python docs/make_rules_page.py"


def test_the_index_links_every_page_and_every_page_links_to_what_there_is(generated: dict[str, str]) -> None:
    for name, page in generated.items():
        links = re.findall(r"\]\(([^):]+)\)", page)
        assert all((ROOT / "docs" / name).parent.joinpath(link).exists() for link in links)
    assert set(re.findall(r"\(rules/(\w+)\.md\)", generated["rules.md"])) == {r.code for r in EVERY_RULE}


@pytest.mark.parametrize("made", EVERY_RULE, ids=lambda r: r.name)
def test_the_page_shows_what_is_said_of_each_bad_example(made: Described, generated: dict[str, str]) -> None:
    page = generated[f"rules/{made.code}.md"]
    assert all(text in page for text in (*made.bad, *made.good))
    assert all(f"**{f.severity}**" in page and f.message in page for text in made.bad for f in found(made, text))
