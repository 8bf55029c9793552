"""Comments and settings hide findings: what each reaches, what is counted, what stays, and what is said of the rest."""

from __future__ import annotations

import json
import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import Settings, Source, audit
from slipstick.finding import Severity
from slipstick.markup.comments import MARK, comments
from slipstick.markup.document import _MARK, marked_view
from slipstick.report import Report
from slipstick.tables import json_rows

OFF, SUM = "12 GPUs * 4 days = 80 GPU-days", "5 kg * 3 = 18 kg"
ALLOW = "<!-- slipstick: allow claim-mismatch -->"


def off(report: Report) -> list[str]:
    """The calculations in which the mismatch is still told."""
    return [c.text for c in report.calculations if any(f.code == "C001" for f in c.findings)]


def about(report: Report) -> list[tuple[str, str]]:
    """What is said of the comments: code, and the words that it is about."""
    return [(f.code, f.span.of(report.source.text)) for f in report.findings]


class TestReach:
    @pytest.mark.parametrize(
        ("text", "left"),
        [
            (f"{ALLOW}\n{OFF}", []),
            (f"{ALLOW}\n\n{OFF}", []),
            (f"{OFF} {ALLOW}", []),
            (f"{ALLOW} {OFF}", []),
            (f"  {ALLOW}  \r\n{OFF}", []),
            (f"{ALLOW}\n{OFF}\n{SUM}", [SUM]),  # the next calculation, not the paragraph
            (f"{OFF}; {SUM} {ALLOW}", []),  # the whole line
            (f"{OFF} {ALLOW}\n{SUM}", [SUM]),
            (f"{ALLOW}\nAs we said,\nit took {OFF}", []),
            (f"{ALLOW}\nAs we said:\n\n{OFF}", [OFF]),  # the paragraph is over
            (f"{OFF}\n{ALLOW}", [OFF]),
            (f"{ALLOW}\n{OFF}\n\n{ALLOW}\n{SUM}", []),
            (f"{SUM}\n<!-- slipstick: allow-file C001 -->\n{OFF}", []),
            (f"`{ALLOW}` {OFF}", [OFF]),  # quoted
            (f"{OFF}  # slipstick: allow C001 -- as printed", []),
            (f"{OFF}  % slipstick: allow C001", []),
            (f"% slipstick: allow C001\n{OFF}\n{SUM}", [SUM]),
            (f"%% slipstick:allow c001\n{OFF}", []),
            (f"{OFF} \\% slipstick: allow C001", [OFF]),
            (f"{OFF}#slipstick: allow C001", [OFF]),
            (f"<p>{OFF}</p><p>{ALLOW}{SUM}</p>", [OFF]),  # in HTML the line is the block
            (f"<p>{OFF} {ALLOW}</p><p>{SUM}</p>", [SUM]),
            (f"<p>\n{ALLOW}\n{OFF}\nand then\n{SUM}\n</p>", [SUM]),
            (f"| ours | {OFF} {ALLOW} |\n| theirs | {SUM} |", [SUM]),
            (f"> {ALLOW}\n> {OFF}\n> and {SUM}", [SUM]),
            (f"{ALLOW}\n12 GPUs * 4 days\n  = 80 GPU-days", []),
            (f"12 GPUs * 4 days\n  = 80 GPU-days {ALLOW}", []),
            (f"12 GPUs *\n{ALLOW}\n4 days = 80 GPU-days", []),
            (f"<!-- slipstick:\n  allow C103,\n  C001\n-->\n{OFF}", []),
            (f"<!-- slipstick: allow C001 -- it says\nso in the source -->\n{OFF}", []),
            (f"<!-- slipstick: allow C001 {OFF}", [OFF]),  # not closed: no comment
        ],
    )
    def test_what_is_left(self, text: str, left: list[str]) -> None:
        report = audit(text)
        assert [" ".join(made.split()) for made in off(report)] == left

    def test_an_expression_is_reached_where_the_paragraph_has_no_calculation(self) -> None:
        assert audit(f"{ALLOW}\n2 months * 8 GPUs".replace("claim-mismatch", "U203")).findings[0].code == "S401"
        (expression,) = audit("<!-- slipstick: allow U204 -->\n7 days * 24 * 3600 * 6.8e12 FLOP/s").expressions
        assert "U204" not in {f.code for f in expression.findings}

    def test_a_comment_in_a_notebook_reaches_the_line_of_its_cell(self) -> None:
        cell = {"cell_type": "markdown", "source": [f"{ALLOW}\n", f"{OFF}\n", f"{SUM} {ALLOW[:-4]}, U203 -->"]}
        text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        report = audit(text)
        assert off(report) == []
        assert about(report) == [("S401", "U203")]


class TestHonesty:
    def test_the_verdict_stays_and_the_count_says_what_is_hidden(self) -> None:
        report = audit(f"{ALLOW}\n{OFF}")
        assert [claim.verdict for c in report.calculations for claim in c.claims] == ["off"]
        assert report.suppressed.comment == (("C001", 1),)
        assert report.worst() is not Severity.ERROR

    def test_ignored_rules_are_counted_and_rules_that_do_not_run_are_named(self) -> None:
        report = audit(f"{OFF}\n{SUM}", Settings(ignore=("claim-mismatch",)))
        assert (off(report), report.suppressed.ignored) == ([], (("C001", 2),))
        chosen = audit(f"{OFF}\n{SUM}", Settings(select=("C002", "U2")))
        assert chosen.suppressed.ignored == ()
        assert "C001" in chosen.suppressed.not_run
        assert not {"C002", "U201", "U205"} & set(chosen.suppressed.not_run)

    def test_what_a_comment_allows_is_counted_as_such_even_where_it_is_ignored(self) -> None:
        """Else ignoring a rule for one run would report all its comments as unused."""
        report = audit(f"{ALLOW}\n{OFF}", Settings(ignore=("C001",)))
        assert (report.suppressed.comment, report.suppressed.ignored) == ((("C001", 1),), ())
        assert report.findings == ()

    def test_a_comment_of_no_use_is_found_at_its_name(self) -> None:
        report = audit(f"<!-- slipstick: allow C001, last-digit -->\n{OFF}")
        assert about(report) == [("S401", "last-digit")]
        assert report.findings[0].message == "last-digit finds nothing in the calculation below"

    def test_a_comment_of_a_rule_that_does_not_run_is_not_of_no_use(self) -> None:
        assert audit(f"{ALLOW}\n12 * 4 = 48", Settings(select=("C002", "S"))).findings == ()
        assert about(audit(f"{ALLOW}\n12 * 4 = 48", Settings(select=("C0", "S")))) == [("S401", "claim-mismatch")]

    @pytest.mark.parametrize(
        ("comment", "words", "message"),
        [
            (
                "allow claim-missmatch",
                "claim-missmatch",
                "there is no rule 'claim-missmatch'; the nearest is C001 claim-mismatch",
            ),
            ("allow zebra", "zebra", "there is no rule 'zebra'"),
            ("allow C0", "C0", "'C0' stands for several rules; a comment names each of them"),
            ("allow all", "all", "'all' stands for several rules; a comment names each of them"),
            ("allow", None, "allow names no rule; expected codes or names with commas between them"),
            ("allow -- it is fine", None, "allow names no rule; expected codes or names with commas between them"),
            ("ignore C001", None, "behind “slipstick:” stands allow or allow-file, not 'ignore'"),
            ("", None, "behind “slipstick:” stands allow or allow-file, and nothing stands there"),
        ],
    )
    def test_a_comment_that_cannot_be_used(self, comment: str, words: str | None, message: str) -> None:
        written = f"<!-- slipstick: {comment} -->"
        report = audit(f"{written}\n{OFF}")
        (finding,) = report.findings
        assert (finding.code, finding.severity) == ("S402", Severity.NOTE)
        assert finding.message == message
        assert finding.span.of(report.source.text) == (words or written)
        assert off(report) == [OFF]

    def test_the_fix_of_a_misspelt_name(self) -> None:
        (finding,) = audit(f"<!-- slipstick: allow c-001 -->\n{OFF}").findings
        assert finding.fix is not None
        assert finding.fix.text == "claim-mismatch"

    def test_findings_about_comments_can_be_ignored_and_left_out(self) -> None:
        text = f"{ALLOW}\n12 * 4 = 48"
        ignored = audit(text, Settings(ignore=("S401",)))
        assert (ignored.findings, ignored.suppressed.ignored) == ((), (("S401", 1),))
        assert audit(text, Settings(select=("C",))).findings == ()


class TestReading:
    def test_the_mark_is_one(self) -> None:
        assert MARK == _MARK

    def test_the_words_of_a_comment_are_not_read(self) -> None:
        report = audit(f"{OFF}  # slipstick: allow C001 -- 5 * 5 = 26, says page 12")
        assert [c.text for c in report.calculations] == [OFF]
        assert report.coverage.numbers_seen == 3

    @pytest.mark.parametrize("written", ["", " a", "a", "allow", " allow-file a, b -- c", "--", "allow a -- b -- c"])
    def test_every_name_is_where_it_says(self, written: str) -> None:
        text = f"x <!-- slipstick:{written}-->"
        for comment in comments(text):
            assert comment.span.of(text) == text[2:]
            assert all(name.span.of(text) == name.name for name in comment.names)

    @given(
        lines=st.lists(
            st.sampled_from([OFF, SUM, "12 * 4", "", "words", "- so 6 * 7 = 42 m", "2 days * 8 GPUs", "= 16 GPU-days"]),
            max_size=6,
        ),
        at=st.integers(0, 6),
        comment=st.sampled_from(
            ["<!-- slipstick: allow C106 -->", "% slipstick: allow C106", "# slipstick: allow-file C106"]
        ),
    )
    def test_a_comment_on_a_line_of_its_own_changes_nothing_that_is_read(
        self, lines: list[str], at: int, comment: str
    ) -> None:
        with_comment = "\n".join([*lines[:at], comment, *lines[at:]])
        plain, marked = audit("\n".join(lines)), audit(with_comment)
        told = [
            [(c.value, c.unit, [(claim.value, claim.verdict) for claim in c.claims]) for c in report.calculations]
            for report in (plain, marked)
        ]
        assert told[0] == told[1]
        for made in marked.calculations:
            assert made.text == made.span.of(with_comment)
        assert plain.coverage._replace(unread=()) == marked.coverage._replace(unread=())

    @given(
        st.lists(
            st.sampled_from([*list("<!-->`#% \n,ab1*="), "slipstick:", "allow", "-file", "C001", "12 * 4 = 80"])
        ).map("".join)
    )
    def test_no_text_raises_and_every_place_is_in_it(self, text: str) -> None:
        report = audit(text)
        for finding in report.findings:
            assert 0 <= finding.span.start < finding.span.end <= len(text)

    @pytest.mark.parametrize(
        "text",
        [
            "<!-- slipstick:" * 20_000,
            "<!-- slipstick: allow " + "a," * 100_000 + " -->",
            "# slipstick: allow zzzz\n" * 20_000,
            "<!-- slipstick: allow C001 --> " * 10_000,
            "w\n<!-- slipstick: allow C001 -->\n" * 10_000 + OFF,
        ],
        ids=lambda text: text[:24],
    )
    def test_many_comments_take_their_time_and_no_more(self, text: str) -> None:
        began = time.perf_counter()
        audit(text)
        assert time.perf_counter() - began < 10

    def test_a_text_without_comments_is_not_searched_for_them(self) -> None:
        assert marked_view("12 * 4 = 48").comments == ()


class TestSettings:
    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (("C999",), "there is no rule 'C999'"),
            (("packaging-ration",), "there is no rule 'packaging-ration'; the nearest is C101 packaging-ratio"),
            (("Z",), "there is no rule 'Z'"),
        ],
    )
    def test_unknown_rules_are_refused(self, words: tuple[str, ...], message: str) -> None:
        for settings in ({"select": words}, {"ignore": words}):
            with pytest.raises(ValueError, match=r"^there is no rule") as caught:
                Settings(**settings)
            assert message in str(caught.value)

    def test_one_text_is_no_sequence_of_rules(self) -> None:
        with pytest.raises(ValueError, match=r"ignore must be a sequence of codes or names"):
            Settings(ignore="C001")  # type: ignore[arg-type]

    def test_selecting_all_or_the_default_is_what_runs_without(self) -> None:
        named = Settings(select=("DEFAULT",))
        assert (named.rules, named.run) == (Settings().rules, Settings().run)
        assert Settings(select=("ALL",)).not_run == ()
        assert audit(Source(OFF), named) == audit(Source(OFF))

    def test_settings_that_were_used_can_be_pickled(self) -> None:
        settings = Settings(select=("C0",), ignore=("C002",))
        audit(OFF, settings)
        again = pickle.loads(pickle.dumps(settings))
        assert again == settings
        assert (again.rules, again.ignored) == (settings.rules, settings.ignored)


def test_a_row_that_cannot_be_read_is_selected_and_ignored_as_others_are() -> None:
    (row,) = json_rows('{"note": 4}', "note")
    shown, ignored, not_run = (
        row.unreadable(settings) for settings in (Settings(), Settings(ignore=("D001",)), Settings(select=("C1",)))
    )
    assert shown is not None
    assert ignored is not None
    assert not_run is not None
    assert [[f.code for f in report.findings] for report in (shown, ignored, not_run)] == [["D001"], [], []]
    assert ignored.suppressed.ignored == (("D001", 1),)
    assert "D001" in not_run.suppressed.not_run


def test_a_figure_that_fits_nothing_is_selected_and_ignored_as_others_are() -> None:
    ignored = audit("3 * 4 kg = 12 kg", Settings(against="5 J", ignore=("figure-unmatched",)))
    assert (ignored.findings, ignored.suppressed.ignored) == ((), (("D005", 1),))
    assert audit("3 * 4 kg = 12 kg", Settings(against="5 J", select=("C1",))).findings == ()
