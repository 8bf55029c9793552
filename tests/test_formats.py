"""Report -> JSON and the terminal page, on reports made by hand."""

from __future__ import annotations

import json
import math
import re
import shutil
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from slipstick.deferred import Deferred
from slipstick.finding import Finding, Fix, Label, Severity
from slipstick.formats.excerpt import Mark, excerpt
from slipstick.formats.json import dumps, record
from slipstick.formats.overview import Tally
from slipstick.formats.plain import digits_apart, encodable, printable, shown, terminal_width
from slipstick.formats.printers import JsonPrinter
from slipstick.formats.text import Look, body, footer, page
from slipstick.report import (
    Coverage,
    Derivation,
    Interval,
    Report,
    ReportedCalculation,
    ReportedClaim,
    ReportedInput,
    ReportedStep,
    Unread,
    Written,
)
from slipstick.source import Source, Span

SCHEMA = json.loads((files("slipstick") / "data" / "report.schema.json").read_text(encoding="utf-8"))
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

LINE = "GShard: 22 years * 420 TFLOP/s * 0.25 boards / core * 0.33 use = 2.4e21 FLOP, as said."


def place(words: str, text: str = LINE) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


MISMATCH = Finding("E001", "claim-mismatch", Severity.ERROR, "ten times too low", place("2.4e21 FLOP"))
RATIO = Finding(
    "C101",
    "packaging-ratio",
    Severity.WARNING,
    "a core is an eighth of a board",
    place("0.25 boards / core"),
    related=(Label(place("420 TFLOP/s"), "the rate is per board"),),
    fix=Fix("0.125 boards / core", 1.2e22),
)
READ_AS = Finding("N201", "unit-inferred", Severity.NOTE, "420 TFLOP/s per board", place("420 TFLOP/s"))

GSHARD = ReportedCalculation(
    span=Span(8, LINE.index(", as said")),
    text=LINE[8 : LINE.index(", as said")],
    kind="product",
    value=2.40398928e22,
    unit="FLOP",
    unit_stated=True,
    interval=Interval(0.9, 1.0927e22, 2.005e22, 3.2782e22, "scaled", (-math.inf, 4e22)),
    inputs=(
        ReportedInput(
            "utilization", 0.33, "1", place("0.33 use"), "utilization", 0.15, 0.45, "made up (2020)", 1.0, 0.0329
        ),
    ),
    claims=(ReportedClaim(place("2.4e21 FLOP"), 2.4e21, "FLOP", Written(2.4e21, "FLOP"), "off", 10.0166),),
    findings=(READ_AS, RATIO, MISMATCH),
    derivation=Deferred.known(
        Derivation(
            "years*peak*boards*utilization",
            steps=(
                ReportedStep("22 years", "22 year", 693792000.0, "s"),
                ReportedStep("420 TFLOP/s", "420e12 FLOP/s per board", 2.91392640e23, "FLOP/board"),
            ),
        )
    ),
)
UNREAD = Unread(Span(0, 6), "GShard", "no arithmetic")
REPORT = Report(Source(LINE, "post.md"), Coverage(1, 6, 7, (UNREAD,)), (GSHARD,))


class TestJson:
    def test_keys_stand_in_the_published_order(self) -> None:
        made = record(REPORT)
        assert list(made) == [
            "schema",
            "source",
            "id",
            "coverage",
            "calculations",
            "expressions",
            "findings",
            "suppressed",
        ]
        calculation = made["calculations"][0]
        assert (
            list(calculation)
            == (
                "start end text kind value unit unit_stated expression latex interval inputs steps claims findings "
                "why_no_interval diagnosis why_no_diagnosis against"
            ).split()
        )
        assert (
            list(calculation["inputs"][0])
            == ("name value unit start end role low high source share implied written").split()
        )
        assert list(calculation["claims"][0]) == "start end value unit written verdict ratio".split()
        assert (
            list(calculation["findings"][1]) == ("code name severity confidence message start end related fix").split()
        )

    def test_values_and_places_are_those_of_the_report(self) -> None:
        made = json.loads(dumps(REPORT))
        calculation = made["calculations"][0]
        assert LINE[calculation["start"] : calculation["end"]] == calculation["text"]
        assert calculation["value"] == 2.40398928e22
        assert calculation["claims"][0]["written"] == {"value": 2.4e21, "unit": "FLOP"}
        assert calculation["findings"][1]["fix"] == {"text": "0.125 boards / core", "value": 1.2e22}
        assert calculation["findings"][1]["related"][0]["message"] == "the rate is per board"
        assert made["coverage"]["unread"] == [{"start": 0, "end": 6, "text": "GShard", "reason": "no arithmetic"}]

    def test_the_schema_is_a_schema_and_holds(self) -> None:
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        jsonschema.validate(json.loads(dumps(REPORT)), SCHEMA)
        jsonschema.validate(record(Report(Source("", id=7))), SCHEMA)

    @pytest.mark.parametrize("key", list(record(REPORT)["calculations"][0]))
    def test_the_schema_asks_for_every_key(self, key: str) -> None:
        made = record(REPORT)
        del made["calculations"][0][key]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(made, SCHEMA)

    def test_the_schema_wants_a_claim_in_a_calculation_and_none_in_an_expression(self) -> None:
        bare = GSHARD._replace(claims=())
        jsonschema.validate(record(REPORT._replace(calculations=(), expressions=(bare,))), SCHEMA)
        for wrong in (REPORT._replace(calculations=(bare,)), REPORT._replace(expressions=(GSHARD,))):
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate(record(wrong), SCHEMA)

    @pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
    def test_what_is_not_finite_is_null(self, value: float) -> None:
        claim = GSHARD.claims[0]._replace(ratio=value)
        interval = Interval(0.9, value, 1.0, value, "sampled", (value, 2.0))
        calculation = GSHARD._replace(value=value, interval=interval, claims=(claim,))
        made = json.loads(
            dumps(REPORT._replace(source=Source("", id=value), calculations=(calculation,))), parse_constant=pytest.fail
        )
        assert made["id"] is made["calculations"][0]["value"] is None
        assert made["calculations"][0]["interval"]["low"] is None
        assert made["calculations"][0]["interval"]["first_order"] == [None, 2.0]
        jsonschema.validate(made, SCHEMA)

    @given(text=st.text(st.characters(codec=None)), encoding=st.sampled_from(["utf-8", "ascii", "latin-1", "cp1252"]))
    def test_any_text_is_encodable_and_comes_back(self, text: str, encoding: str) -> None:
        written = dumps(Report(Source(text, text)), encoding=encoding)
        assert "\n" not in written
        # A pair of lone surrogates is one character in JSON; nothing else may change.
        joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        assert json.loads(written.encode(encoding).decode(encoding))["source"] == joined

    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_an_array_holds_the_reports_in_order(self, count: int) -> None:
        written: list[str] = []
        printer = JsonPrinter(written.append, "utf-8", array=True)
        for number in range(count):
            printer.add(Report(Source("", id=number)))
        printer.close()
        assert [made["id"] for made in json.loads("".join(written))] == list(range(count))


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (2.0233e23, "2.02e23"),
            (9.197e22, "9.2e22"),
            (1e15, "1e15"),
            (0.33, "0.33"),
            (8030.0, "8,030"),
            (604800.0, "604,800"),
            (11278.4, "11,278"),
            (1.0966, "1.1"),
            (-0.5, "-0.5"),
            (0.0, "0"),
            (-0.0, "0"),
            (1.6e-10, "1.6e-10"),
            (999999.7, "1,000,000"),
            (None, "?"),
            (math.nan, "?"),
            (math.inf, "?"),
        ],
    )
    def test_shown(self, value: float | None, words: str) -> None:
        assert shown(value) == words

    @given(st.floats(-1e308, 1e308), st.integers(3, 9))
    def test_shown_is_the_number_to_its_digits(self, value: float, digits: int) -> None:
        read = float(shown(value, digits).replace(",", ""))
        assert math.isclose(read, value, rel_tol=0.51 * 10 ** (1 - digits), abs_tol=0)

    def test_digits_apart_shows_a_small_difference(self) -> None:
        assert digits_apart(2.0041e23, [2.0e23]) == 4
        assert digits_apart(2.0e24, [2.0e23]) == 3


class TestTerminalWidth:
    @pytest.mark.parametrize("columns", ["", "0", "120", "x", "-5", "٣"])
    def test_as_the_standard_library_says(self, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", columns)
        width = shutil.get_terminal_size().columns if columns.isascii() else 80
        assert terminal_width() == width


class TestForeignText:
    @given(st.text(st.characters(codec=None)))
    def test_printable_drives_no_terminal(self, text: str) -> None:
        assert printable(text).isprintable()

    def test_printable_keeps_writing_and_escapes_controls(self) -> None:
        assert printable("価格 é\t×\u00a010^3") == "価格 é × 10^3"
        assert printable("a\x1b[31m\u202e\ud800") == r"a\x1b[31m\u202e\ud800"

    def test_encodable_keeps_the_meaning_of_our_signs(self) -> None:
        assert encodable("✓ holds · 0.1–0.2 é", "ascii") == r"+ holds - 0.1-0.2 \xe9"
        assert encodable("✓ é", "utf-8") == "✓ é"

    @given(st.text(st.characters(codec=None), min_size=1))
    def test_nothing_in_a_report_drives_the_terminal_or_is_markup(self, text: str) -> None:
        foreign = f"[bold]{text}[/bold]\x1b[2J"
        finding = Finding("X001", foreign, Severity.ERROR, foreign, Span(0, 3), fix=Fix(foreign, 1.0))
        calculation = GSHARD._replace(
            span=Span(0, len(foreign)),
            unit=foreign,
            inputs=(GSHARD.inputs[0]._replace(name=foreign, source=foreign),),
            derivation=Deferred.known(Derivation(steps=(ReportedStep(foreign, foreign, 1.0, foreign),) * 2)),
            claims=(GSHARD.claims[0]._replace(span=Span(1, 4)),),
            findings=(finding, READ_AS._replace(message=foreign)),
        )
        drawn = body(Report(Source(foreign, foreign), calculations=(calculation,)), Look(width=10_000), foreign)
        assert CONTROL.search(drawn) is None
        assert drawn.count("[bold]") >= 10


TEXTS = st.text(st.sampled_from("ab  *=9日é\t\x1b\n"), min_size=1, max_size=200)


class TestExcerpt:
    @given(TEXTS, st.data(), st.integers(20, 60))
    def test_rows_fit_and_carets_stand_under_the_marked_characters(self, text: str, data: Any, width: int) -> None:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, min(len(text), start + 60)))
        marked = Span(start, end)
        rows = excerpt(Source(text), marked, [Mark(marked, "red", "here")], width)
        under = ""
        for row in rows:
            assert cell_len(row.text) <= width
            for caret in row.carets:
                assert caret.column + caret.width <= width
                under += cells(row.text, caret.column, caret.column + caret.width)
        assert without_blanks(under) == without_blanks(printable(marked.of(text)))

    @given(TEXTS)
    def test_a_label_is_written_once(self, text: str) -> None:
        whole = Span(0, len(text))
        rows = excerpt(Source(text), whole, [Mark(whole, "red", "here")], 20)
        assert sum(caret.mark.label == "here" for row in rows for caret in row.carets) <= 1

    def test_an_empty_place_gets_one_caret_in_one_row(self) -> None:
        rows = excerpt(Source("word " * 30), Span(0, 150), [Mark(Span(50, 50), "red")], 40)
        assert [(caret.column, caret.width) for row in rows for caret in row.carets] == [(10, 1)]

    def test_only_context_is_cut_and_the_cut_is_shown(self) -> None:
        text = "before " * 20 + "2 * 3 = 6" + " after" * 20
        (row,) = excerpt(Source(text), place("2 * 3 = 6", text), [], 120)
        assert row.text == "…" + "before " * 5 + "2 * 3 = 6" + " after" * 3 + "…"

    def test_a_long_calculation_keeps_its_ends_and_its_marks(self) -> None:
        text = "first * " + "2 * " * 5000 + "slip * " + "2 * " * 5000 + "2 = last"
        rows = excerpt(Source(text), Span(0, len(text)), [Mark(place("slip", text), "red")], 80)
        assert len(rows) <= 10
        assert rows[0].text.startswith("first")
        assert rows[-1].text.endswith("last")
        assert any(row.carets for row in rows)


def without_blanks(text: str) -> str:
    return "".join(text.split())


def cells(text: str, start: int, end: int) -> str:
    """The characters that stand in cells `start` to `end` of a line."""
    column, found = 0, ""
    for character in text:
        if start <= column < end:
            found += character
        column += cell_len(character)
    return found


class TestPage:
    def test_the_whole_page(self) -> None:
        assert page(REPORT, Look(width=80)) == (
            """\
post.md:1:9  product  ✗ off: the value is 10x the claim, 1 warning
  1 │ GShard: 22 years * 420 TFLOP/s * 0.25 boards / core * 0.33 use = 2.4e21
    │                                  ^^^^^^^^^^^^^^^^^^              ^^^^^^
    │ FLOP, as said.
    │ ^^^^ claim-mismatch
     value    2.4e22 FLOP (90 % interval 1.09e22 to 3.28e22, median 2e22;
              utilization 0.15–0.45)
     claimed  2.4e21 FLOP
     assumed  utilization 0.33 as 0.15 to 0.45; 0.0329 would give the claim;
              made up (2020)
     read as  420 TFLOP/s per board

     error    claim-mismatch E001: ten times too low
     warning  packaging-ratio C101: a core is an eighth of a board
              at 1:20 “420 TFLOP/s”: the rate is per board
              fix: “0.25 boards / core” -> “0.125 boards / core”, which gives
              1.2e22 FLOP

        as written   read as                    so far  unit
        22 years     22 year                   6.938e8  s
     *  420 TFLOP/s  420e12 FLOP/s per board  2.914e23  FLOP/board

1 calculation read, 6 of 7 numbers; 1 expression not read (--show-unread lists them)
0 hold, 1 off, 0 unknown
"""
        )

    def test_a_calculation_that_holds_has_no_claimed_line_and_its_claim_underlined(self) -> None:
        text = "3 kW * 8 h = 24 kWh"
        claim = ReportedClaim(Span(13, 19), 8.64e7, "J", Written(24.0, "kWh"), "holds", 1.0)
        calculation = ReportedCalculation(
            Span(0, 19), text, "product", 8.64e7, "J", True, None, claims=(claim,), why_no_interval="all exact"
        )
        drawn = page(Report(Source(text, "p"), Coverage(1, 3, 3), (calculation,)))
        assert drawn == (
            "p:1:1  product  ✓ holds\n"
            "  1 │ 3 kW * 8 h = 24 kWh\n"
            "    │              ^^^^^^\n"
            "     value    24 kWh = 8.64e7 J (no interval: all exact)\n"
            "\n"
            "1 calculation read, 3 of 3 numbers\n"
            "1 holds, 0 off, 0 unknown\n"
        )

    def test_a_warning_stands_beside_a_claim_that_holds(self) -> None:
        claim = GSHARD.claims[0]._replace(verdict="holds", ratio=1.0)
        drawn = page(REPORT._replace(calculations=(GSHARD._replace(claims=(claim,), findings=(RATIO,)),)))
        assert "✓ holds, 1 warning" in drawn

    def test_an_unknown_value_is_said(self) -> None:
        claim = GSHARD.claims[0]._replace(verdict="unknown", ratio=None)
        drawn = page(REPORT._replace(calculations=(GSHARD._replace(value=None, interval=None, claims=(claim,)),)))
        assert "? unknown" in drawn
        assert "value    unknown" in drawn
        assert "0 hold, 0 off, 1 unknown" in drawn

    def test_an_expression_is_shown_where_it_is_the_whole_text_or_all_are_asked_for(self) -> None:
        expression = ReportedCalculation(Span(0, 6), "12 * 4", "product", 48.0, "1", False, None)
        alone = Report(Source("12 * 4 ="), expressions=(expression,))
        in_prose = Report(Source("12 * 4 is a lot"), expressions=(expression,))
        assert "no result stated" in page(alone)
        assert "no result stated" not in page(in_prose)
        assert "no result stated" in page(in_prose, Look(all_expressions=True))

    def test_unread_places_are_underlined_on_request(self) -> None:
        drawn = body(Report(Source(LINE, "post.md"), Coverage(unread=(UNREAD,))), Look(show_unread=True))
        first, second, third, *_ = drawn.splitlines()
        assert first == "post.md:1:1  not read: no arithmetic"
        assert second.index("GShard") == third.index("^^^^^^")

    def test_colour_only_where_it_is_asked_for(self) -> None:
        assert "\x1b" not in page(REPORT)
        colored = page(REPORT, Look(color=True))
        assert "\x1b[1;31m✗ off" in colored
        assert without_blanks(re.sub(r"\x1b\[[\d;]*m", "", colored)) == without_blanks(page(REPORT))

    def test_tallies_add_up(self) -> None:
        one = Tally.of(REPORT)
        assert one == Tally(off=1, calculations=1, numbers_read=6, numbers_seen=7, unread=1)
        assert footer(one.plus(one).plus(Tally(holds=3)), Look(show_unread=True), "3 rows: ") == (
            "3 rows: 2 calculations read, 12 of 14 numbers; 2 expressions not read\n3 hold, 2 off, 0 unknown\n"
        )
