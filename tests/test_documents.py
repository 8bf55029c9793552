"""Rules about whole documents: what they find in texts of several lines, where their findings stand, what they cost."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import audit
from slipstick.audited_document import AuditedDocument, DocumentRule, Told, document_rule
from slipstick.cli import main
from slipstick.finding import Confidence, Finding, Severity
from slipstick.judging.assumptions import Context
from slipstick.judging.rival_figures import RivalFigures
from slipstick.judging.verdicts import judge
from slipstick.reading.quantities.digits import power_of_ten_between, significant_digits, swaps
from slipstick.reading.relations.chains import read_document
from slipstick.registered import Registered
from slipstick.report import Report
from slipstick.rule import Audited, Found
from slipstick.rules import DOCUMENT_RULES
from slipstick.settings import Settings
from slipstick.source import Span

DOCUMENTS = tomllib.loads((Path(__file__).parent / "data/documents.toml").read_text(encoding="utf-8"))["document"]
CASES = [pytest.param(d["text"], d["finds"], id=d["text"].strip().splitlines()[-1][:60]) for d in DOCUMENTS]
CODES = {rule.code for rule in DOCUMENT_RULES}


def found(report: Report) -> list[Finding]:
    """What the rules about documents found, in the order of the text."""
    every = [f for c in (*report.calculations, *report.expressions) for f in c.findings]
    return [f for f in (*every, *report.findings) if f.code in CODES]


@pytest.mark.parametrize(("text", "finds"), CASES)
def test_a_document_shows_what_it_should(text: str, finds: list[str]) -> None:
    assert [finding.code for finding in found(audit(text))] == finds


def test_there_are_right_documents_and_wrong_ones_of_every_rule() -> None:
    assert len(DOCUMENTS) >= 40
    assert {code for d in DOCUMENTS for code in d["finds"]} == CODES
    assert sum(not d["finds"] for d in DOCUMENTS) >= 20


# Where findings stand.


@pytest.fixture
def ending_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that finds the last word of every document of several calculations a warning about the document."""

    @document_rule("D999", "last-word", bad=(), good=())
    def last_word(document: AuditedDocument) -> Iterator[Told]:
        start = document.text.rindex(" ") + 1
        place = Span(start, len(document.text))
        yield Told(None, Found(place, "it ends here", Severity.WARNING, confidence=Confidence.LOW))

    entry = Registered[AuditedDocument, DocumentRule]("D999", "last-word", lambda document: document.holds_several)
    entry.__dict__["rule"] = last_word
    monkeypatch.setattr(Settings, "document_rules", property(lambda _: (entry,)))


TWO = "Two: 6 * 7 = 42 and 6 * 8 = 48 **boxes**"


@pytest.mark.usefixtures("ending_rule")
def test_a_finding_about_the_document_stands_at_the_top_of_its_report_in_the_text_as_given() -> None:
    report = audit(TWO)
    assert [(f.code, f.span.of(TWO)) for f in report.findings] == [("D999", "boxes")]
    assert all(not f.code.startswith("D") for c in report.calculations for f in c.findings)
    assert report.worst() is Severity.WARNING
    assert audit("One: 6 * 7 = 42 boxes").findings == ()


@pytest.mark.usefixtures("ending_rule")
def test_a_finding_about_the_document_is_on_the_page_in_the_json_and_in_the_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["audit", "--text", TWO]) == 0
    assert "warning  last-word D999: it ends here" in capsys.readouterr().out
    assert main(["audit", "--text", TWO, "--fail-on", "warning", "--format", "json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["code"], finding["severity"], finding["confidence"]) == ("D999", "warning", "low")
    assert TWO[finding["start"] : finding["end"]] == "boxes"


@pytest.mark.usefixtures("ending_rule")
def test_each_row_of_a_table_is_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "notes.csv"
    table.write_text("note\n6 * 7 = 42 then\n6 * 8 = 48 then\n6 * 7 = 42; 6 * 8 = 48 end\n", encoding="utf-8")
    main(["audit", str(table), "--text-column", "note", "--format", "jsonl"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [len(row["findings"]) for row in rows] == [0, 0, 1]


ALTERED = "<p>300,000*512*1,024 = 1.57e11 tokens</p><p>Then 6*<b>1.57</b>*10^12*1.2e9 = 1.13e22 FLOPs</p>"


def test_places_are_those_in_marked_up_text() -> None:
    (finding,) = found(audit(ALTERED))
    assert finding.span.of(ALTERED) == "1.57</b>*10^12"
    assert [label.span.of(ALTERED) for label in finding.related] == ["1.57e11 tokens"]


# What is said.


def messages(text: str) -> list[str]:
    """The words of what the rules about documents found."""
    return [finding.message for finding in found(audit(text))]


def test_factors_carried_over_give_the_value_and_whose_slip_it_is() -> None:
    # 22 * 365 * 86400 * 420e12 * 0.25 * 0.33 = 2.404e22, 235.5/22 times that 2.573e23; 0.33 * 2.6e22/2.573e23 = 0.0333.
    moe = "22 TPU core-years = 22 years * 365 days/year * 24 hours/day * 3600 sec/hour * 420*10^12 FLOP/s/TPUv3 board"
    rest = "* 0.25 TPU boards / TPU core * 0.33 actual board utilization = 2.4 * 10^21 FLOP."
    text = f"MoE: {moe} {rest}\n\nDense: 235.5 TPU core-years = 2.6 * 10^22 FLOP."
    (message,) = messages(text)
    assert "235.5 TPU core-years are 2.57e23 FLOP" in message
    assert "follows from the 2.4 * 10^21 FLOP printed there and has the same slip" in message
    assert "a utilization of 0.0333 instead of 0.33" in message
    dense = audit(text).calculations[-1]
    assert [(claim.verdict, dense.value) for claim in dense.claims] == [("unknown", None)]


def test_the_cause_is_named_where_another_figure_was_used() -> None:
    # 15.1e15 * 15.6 * 86400 = 2.035e22, where the text writes 58 days, which is 7.57e22.
    text = "2e6 iterations => seems like 15.6 days training.\nC=15.1 PFLOPS * 58 days = 2.0e22 FLOP."
    (finding,) = found(audit(text))
    assert finding.message == (
        "with the 15.6 days above instead of 58 days the claim holds: the value would be 2.04e22 FLOP"
    )
    assert finding.fix is not None
    assert finding.fix.text == "15.6 days"
    assert finding.fix.value == pytest.approx(15.1e15 * 15.6 * 86400)


def test_an_altered_number_is_sure_only_where_the_claim_shows_it() -> None:
    start = "3 * 1365 = 4095 PF-days\n4059 PF-days * 8.64e19 FLOP per PF-day = "
    sure, unsure = (found(audit(start + claim))[0] for claim in ("3.538e23 FLOP", "3.507e23 FLOP"))
    assert (sure.confidence, unsure.confidence) == (Confidence.HIGH, Confidence.MEDIUM)
    assert sure.message.endswith("with that the claim holds")
    assert unsure.message.endswith("with that the value is 3.54e23 FLOP")


# Rival figures as data.

ALPHASTAR = "AlphaStar: 12 * 44 days * 86400 * 420e12 FLOP/s * 32 * 0.33 = 2.02e23 FLOP"


def rivals(text: str) -> list[tuple[str, float, str, str]]:
    """(figure as written, value, unit, subject) for the first calculation of a text."""
    judged = judge(next(iter(read_document(text).calculations)))
    return [(r.span.of(text), float(r.value), r.unit, r.subject) for r in RivalFigures(text).of(judged)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Correction: AlphaStar used 6*10^22 FLOP, not 2*10^23.", ("6*10^22 FLOP", 6e22, "FLOP", "AlphaStar")),
        ("It is not 2e23 but rather 6e22 FLOP.", ("6e22 FLOP", 6e22, "FLOP", "")),
        ("A previous calculation gave 2.4 x 10^24 for AlphaStar", ("2.4 x 10^24", 2.4e24, "FLOP", "AlphaStar")),
        (
            "On AlphaStar\n- A rival figure, 3e22 FLOP, has 600 agents.",
            ("3e22 FLOP", 3e22, "FLOP", "AlphaStar"),
        ),
        ("Actually, AlphaStar took 700 PF-days.", ("700 PF-days", 700 * 8.64e19, "FLOP", "AlphaStar")),
    ],
)
def test_rival_figures_have_value_unit_place_and_subject(words: str, expected: tuple[str, float, str, str]) -> None:
    (rival,) = rivals(f"{ALPHASTAR}\n\n{words}")
    assert rival[::2] == expected[::2]
    assert rival[1] == pytest.approx(expected[1])
    assert rival[3] == expected[3]


@pytest.mark.parametrize(
    "words",
    [
        "Actually, AlphaZero took 3.7e22 FLOP.",
        "AlphaStar used 2.0e23 FLOP, not 44 days.",
        "AlphaStar actually ran for 44 days.",
        "We got 6e22 FLOP, not 9e22.",
        "Another estimate for AlphaZero, not AlphaStar, is 3.7e22 FLOP.",
        "Correction: it used 6e22 FLOP.",
        "In fact AlphaStar took 6e22 FLOP, or 7e22 FLOP, or 9e23 FLOP.",
        "About AlphaZero\n- A rival figure, 3e22 FLOP, rests on 600 agents.",
    ],
)
def test_what_is_said_of_something_else_is_no_rival(words: str) -> None:
    assert rivals(f"{ALPHASTAR}\n\n{words}") == []


# Laws, and the cost.


@given(st.integers(1, 10**9), st.integers(-20, 20))
def test_a_power_of_ten_changes_no_significant_digit_and_is_found_again(number: int, power: int) -> None:
    shifted = number * Fraction(10) ** power
    assert significant_digits(shifted) == significant_digits(Fraction(number)) == str(number).strip("0")
    assert power_of_ten_between(shifted, Fraction(number)) == power
    assert power_of_ten_between(shifted, Fraction(number * 3)) is None


@given(st.text("123456789", min_size=2, max_size=12))
def test_a_swap_of_a_swap_is_the_number_itself(digits: str) -> None:
    assert all(digits in swaps(swapped) and sorted(swapped) == sorted(digits) for swapped in swaps(digits))


@given(st.floats(1e10, 1e25), st.integers(2, 5))
def test_a_result_taken_up_as_it_is_printed_is_never_altered(result: float, digits: int) -> None:
    printed = f"{result:.{digits}e}"
    text = f"1 * {printed} = {printed} tokens\n6 * {printed} * 1e9 = {6e9 * float(printed):.5e} FLOP"
    assert found(audit(text)) == []


FRAGMENTS = [line for d in DOCUMENTS for line in d["text"].strip().splitlines()]
EXTREMES = [
    "1e300 * 1e-300 = 1",
    "0 * 5 days = 0 FLOP, so 3 FLOP",
    "-3 * 4 = -12",
    "GPT-3: 5 - 5 = 0 FLOP",
    "1e299 ZFLOP * 3 = 9e299",
]


@given(st.lists(st.sampled_from([*FRAGMENTS, *EXTREMES]), max_size=8), st.sampled_from(["\n", "\n\n", " ", ", not "]))
def test_no_document_raises_and_every_place_lies_in_it(lines: list[str], between: str) -> None:
    text = between.join(lines)
    for finding in found(audit(text)):
        spans = [finding.span, *(label.span for label in finding.related)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert "\n" not in finding.message


def test_the_time_for_a_document_grows_no_faster_than_the_document() -> None:
    line = "Run {0}: 6 * {0}.37e9 * 2e12 = {1:.3e} FLOP, so {0}e9 FLOP computed above, not {0}e9 FLOP\n"

    def seconds(many: int) -> float:
        text = "".join(line.format(n, 6 * (n + 0.37) * 2e21) for n in range(1, many + 1))
        read = [Audited(text, judge(written), None, Context()) for written in read_document(text).calculations]
        document = AuditedDocument(text, tuple(read))
        start = process_time()
        for made in DOCUMENT_RULES:
            list(made.rule.check(document))
        return process_time() - start

    few, many = min(seconds(25) for _ in range(3)), min(seconds(200) for _ in range(2))
    assert many < 3 * 8 * few  # eight times the text; a factor of three for a busy machine
