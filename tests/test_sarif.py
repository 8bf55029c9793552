"""Reports -> SARIF 2.1.0: accepted by the standard's schema, places as others count them, identity over edits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick.commands.printing import rule_words
from slipstick.finding import Finding, Fix, Label, Severity
from slipstick.formats.sarif import RuleWords, dumps, message
from slipstick.formats.sarif_places import region
from slipstick.pipeline import audit
from slipstick.report import Report
from slipstick.rules import EVERY_RULE
from slipstick.source import Source, Span

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-2.1.0-rtm.4.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)
RULE = RuleWords("C001", "claim-mismatch", "Off.", "Off.\n\nWhat it finds: a claim\nthat is off.", Severity.ERROR)


def log(*reports: Report, row: str | None = None, base: str = "") -> dict[str, Any]:
    made = json.loads(dumps([(report, row) for report in reports], (RULE,), "1.0", base))
    VALIDATOR.validate(made)
    run: dict[str, Any] = made["runs"][0]
    return run


def one(text: str, span: Span, fix: Fix | None = None, name: str = "post.md") -> Report:
    return Report(
        Source(text, name), findings=(Finding("C001", "claim-mismatch", Severity.ERROR, "off", span, fix=fix),)
    )


def test_the_schema_is_that_of_the_standard_and_refuses() -> None:
    assert SCHEMA["properties"]["version"]["enum"] == ["2.1.0"]
    assert list(VALIDATOR.iter_errors({"version": "2.1.0", "runs": [{"tool": {}, "results": [{}]}]}))


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "words", "expected"),
        [
            ("a\nb 12\n", "12", (2, 3, 2, 5, 4, 2)),
            ("a\r\nb 12\r\n", "12", (2, 3, 2, 5, 5, 2)),
            ("😀é 12", "12", (1, 4, 1, 6, 3, 2)),  # code points; in UTF-16 the first sign would be two columns
            ("12\n34", "12\n34", (1, 1, 2, 3, 0, 5)),
            ("12\n34", "12\n", (1, 1, 1, 4, 0, 3)),
        ],
    )
    def test_region(self, text: str, words: str, expected: tuple[int, ...]) -> None:
        start = text.index(words)
        made = region(Source(text), Span(start, start + len(words)))
        keys = ("startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength")
        assert tuple(made[key] for key in keys) == expected

    def test_a_place_without_length_is_an_insertion_point(self) -> None:
        made = region(Source("ab"), Span(1, 1))
        assert (made["startColumn"], made["endColumn"], made["charLength"]) == (2, 2, 0)

    def test_columns_are_said_to_be_code_points(self) -> None:
        assert log()["columnKind"] == "unicodeCodePoints"
        assert log()["newlineSequences"] == ["\r\n", "\n"]

    @pytest.mark.parametrize(
        ("name", "uri"),
        [
            ("post.md", "post.md"),
            ("./a/post.md", "a/post.md"),
            ("my notes/50%#1?.md", "my%20notes/50%25%231%3F.md"),
            ("a:b.md", "a%3Ab.md"),
            ("é.md", "%C3%A9.md"),
            ("/base/dir/post.md", "post.md"),
            ("/other/post.md", "file:///other/post.md"),
            ("<stdin>", "%3Cstdin%3E"),
        ],
    )
    def test_address(self, name: str, uri: str) -> None:
        run = log(one("12 = 3", Span(0, 2), name=name), base="/base/dir")
        place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place["uri"] == uri
        assert run["artifacts"][place["index"]]["location"]["uri"] == uri
        assert place.get("uriBaseId") in {None, *run["originalUriBaseIds"]}

    def test_a_text_from_no_file_is_kept_in_the_log(self) -> None:
        assert log(one("12 = 3", Span(0, 2), name="<stdin>"))["artifacts"][0]["contents"] == {"text": "12 = 3"}

    def test_a_row_of_a_table_is_named(self) -> None:
        run = log(one("x 12 = 3", Span(2, 4), Fix("3"), "notes.csv"), row="id GPT-3")
        result = run["results"][0]
        place = result["locations"][0]
        assert result["message"]["text"] == "id GPT-3: off"
        assert place["logicalLocations"][0]["fullyQualifiedName"] == "notes.csv: id GPT-3"
        assert "region" not in place["physicalLocation"]
        assert "fixes" not in result
        assert place["properties"] == {"text": "12", "charOffset": 2, "charLength": 2}


class TestResults:
    def test_rule_level_fix_and_related_places(self) -> None:
        finding = Finding(
            "X9", "new-rule", Severity.WARNING, "so", Span(3, 5), related=(Label(Span(0, 1), "as here"),), fix=Fix("7")
        )
        run = log(Report(Source("a\n\n12", "p"), findings=(finding,)))
        result = run["results"][0]
        rules = run["tool"]["driver"]["rules"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "X9"
        assert (result["level"], result["properties"]["confidence"]) == ("warning", "high")
        assert result["relatedLocations"][0]["message"]["text"] == "as here"
        change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
        assert change["insertedContent"] == {"text": "7"}
        assert (change["deletedRegion"]["charOffset"], change["deletedRegion"]["charLength"]) == (3, 2)

    def test_rules(self) -> None:
        rule = log()["tool"]["driver"]["rules"][0]
        assert rule["fullDescription"] == {"text": "a claim that is off."}
        assert rule["defaultConfiguration"] == {"level": "error"}

    def test_every_rule_is_described(self) -> None:
        """Levels are worked out from each rule's own examples; the three that are graver than a note are known."""
        words = rule_words()
        assert [rule.code for rule in words] == [rule.code for rule in EVERY_RULE]
        levels = {rule.name: rule.severity.value for rule in words}
        graver = {"claim-mismatch": "error", "packaging-ratio": "warning", "unlike-sum": "error"}
        assert {name: levels[name] for name in graver} == graver
        assert levels["unit-inferred"] == "note"
        VALIDATOR.validate(json.loads(dumps([], words, "1.0")))

    def test_what_was_not_read_is_a_notice_of_the_run(self) -> None:
        report = audit(Source("5 engineers for 3 months at $15,000/month = $225k", "p.md"))
        assert report.coverage.unread
        notices = log(report)["invocations"][0]["toolExecutionNotifications"]
        assert [notice["level"] for notice in notices] == ["note"] * len(report.coverage.unread)

    def test_same_finding_in_the_next_version_of_the_text(self) -> None:
        """Lines above, blanks within and another file name change nothing; another number does."""

        def prints(text: str, name: str = "a.md") -> list[str]:
            results = log(audit(Source(text, name)))["results"]
            return [result["partialFingerprints"]["slipstickFinding/v1"] for result in results]

        before = prints("12 boxes * 4 kg/box = 80 kg")
        assert before
        assert prints("New first line.\n\nSo 12 boxes  * 4 kg/box\n= 80 kg", "b.md") == before
        assert set(prints("13 boxes * 4 kg/box = 80 kg")).isdisjoint(before)
        twice = prints("12 boxes * 4 kg/box = 80 kg. Again, 12 boxes * 4 kg/box = 80 kg.")
        assert len(set(twice)) == len(twice) == 2 * len(before)


class TestMessages:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("10 {0} 2", "10 {{0}} 2"),
            ("a[0] stays", "a[0] stays"),
            ("[x](javascript:y) \\", "\\[x\\](javascript:y) \\\\"),
            ("a\nb", "a b"),
            ("", "(no text)"),
        ],
    )
    def test_nothing_is_taken_for_a_placeholder_or_a_link(self, text: str, shown: str) -> None:
        """Sections 3.11.5 and 3.11.6 of the standard."""
        assert message(text) == {"text": shown}

    @given(st.text(max_size=30), st.text(min_size=1, max_size=30), st.text(max_size=9))
    def test_any_text_makes_a_valid_log(self, words: str, text: str, fix: str) -> None:
        finding = Finding(words, words, Severity.NOTE, words, Span(0, len(text)), fix=Fix(fix))
        report = Report(Source(text, "a.md"), findings=(finding,))
        log(report)
        log(report, row=words)
