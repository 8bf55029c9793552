"""`slipstick compare`: page, JSON, Markdown, and one line for every call that cannot be used."""

from __future__ import annotations

import io
import json
import sys
from fractions import Fraction
from importlib.resources import files
from math import prod
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from slipstick import compare
from slipstick.cli import main
from slipstick.formats.comparison_json import dumps

PAPER = "12 agents * 44 days * 420*10^12 FLOP/s * 32 TPUv3 boards * 33% utilization = 2.02 * 10^23 FLOP"
BLOG = "600 agents * 14 days * 16 TPUs * 420*10^12 FLOP/s * 50% utilization = 2.4 * 10^24 FLOP"


SCHEMA = json.loads((files("slipstick") / "data" / "comparison.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def post(tmp_path: Path) -> str:
    path = tmp_path / "post.md"
    path.write_text(f"# Two estimates\n\nOne says {PAPER}.\n\nThe other says {BLOG}.\n", encoding="utf-8")
    return str(path)


def text_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["compare", *arguments]) == 0
    written = capsys.readouterr()
    assert written.err == ""
    return written.out


def record_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    return json.loads(text_of(capsys, *arguments, "--format", "json"))  # type: ignore[no-any-return]


def complaint_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["compare", *arguments]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.count("\n") == 1
    return written.err


def test_two_lines_of_a_file(capsys: pytest.CaptureFixture[str], post: str) -> None:
    page = text_of(capsys, f"{post}:3", f"{post}:5")
    assert "B is 12.05 times A" in page
    assert "7/22 = 0.3182" in page
    assert page.count("✓ holds") == 2


def test_the_record(capsys: pytest.CaptureFixture[str], post: str) -> None:
    record = record_of(capsys, f"{post}:3", f"{post}:5")
    assert record["schema"] == "slipstick-comparison/1"
    assert record["exact"] == "4375/363"
    assert prod((Fraction(row["exact"]) for row in record["rows"]), start=Fraction(1)) == Fraction(4375, 363)
    assert sum(row["log"] for row in record["rows"]) == pytest.approx(record["log"])
    assert sum(row["share"] for row in record["rows"]) == pytest.approx(1)
    assert (record["a"]["line"], record["b"]["line"]) == (3, 5)
    agents = record["rows"][0]
    assert (agents["factor"], agents["kind"], agents["ratio"]) == ("agents", "aligned", 50)
    source = Path(post).read_text(encoding="utf-8")
    assert source[agents["b"]["start"] : agents["b"]["end"]] == "600 agents"
    assert [record["waterfall"][n]["value"] for n in (0, -1)] == [record["a"]["value"], record["b"]["value"]]
    assert record["overlap"]["agree"] is False


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (PAPER, BLOG),
        (PAPER, "384 TPUv3 chips * 44 days * 123*10^12 FLOP/s * 33%"),
        (PAPER, "6 * 175e9 parameters * 300e9 tokens = 3e22 FLOP"),
        ("$2 + $3", "$4 + $5 + $6"),
        ("2 * 3 kg = 6 kg", "5 kg"),
        (3, 0),
        ("1e299 FLOP * 2 = 2e299 FLOP", "1e-299 FLOP * 2 = 2e-299 FLOP"),
    ],
)
def test_every_record_has_every_field(a: Any, b: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(dumps(compare(a, b))), SCHEMA)


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_the_schema_asks_for_every_key(key: str) -> None:
    made = json.loads(dumps(compare(PAPER, BLOG)))
    assert set(made) == set(SCHEMA["required"])
    del made[key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, SCHEMA)


def test_characters_that_an_encoding_does_not_hold() -> None:
    made = compare("2 × 3 kg = 6 kg", "12 kg")
    assert not dumps(made).isascii()
    assert dumps(made, "ascii").isascii()
    assert json.loads(dumps(made, "ascii")) == json.loads(dumps(made))


def test_a_record_of_what_floats_cannot_hold(capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(capsys, "1e299 FLOP * 2 = 2e299 FLOP", "1e-299 FLOP * 2 = 2e-299 FLOP")
    assert (record["ratio"], record["exact"]) == (None, None)
    assert record["log"] == pytest.approx(-1376.9459, rel=1e-6)
    assert record["overlap"] is None
    assert record["why_no_overlap"]


def test_markdown_is_a_table_with_the_words_of_others_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    page = text_of(capsys, PAPER, BLOG, "--format", "markdown")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + 5 + 1
    assert {row.replace(r"\|", "").count("|") for row in rows} == {6}
    assert r"420\*10^12 FLOP/s" in page
    assert "**B is 12.05 times A.**" in page


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(PAPER.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert "B is 12.05 times A" in text_of(capsys, "-", BLOG)


def test_options_of_the_audit(capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(capsys, PAPER, BLOG, "--utilization", "0.2..0.4", "--level", "0.5")
    assert record["overlap"]["level"] == 0.5
    assert record["a"]["interval"]["level"] == 0.5
    wide = record_of(capsys, BLOG, BLOG)["a"]["interval"]
    dated = record_of(capsys, BLOG, BLOG, "--date", "2019")["a"]["interval"]
    assert dated["low"] > wide["low"]


def test_colours_only_where_they_are_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b[" in text_of(capsys, PAPER, BLOG, "--color", "always")
    assert "\x1b[" not in text_of(capsys, PAPER, BLOG)


def test_marks_of_terminals_and_of_rich_are_shown_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    page = text_of(capsys, "3 days * 1e15 FLOP/s * 0.3 [red]\x1b[31mutilization", "4 days * 1e15 FLOP/s * 0.3")
    assert "\x1b" not in page


def test_a_file_of_one_calculation_needs_no_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAPER)
    assert "B is 12.05 times A" in text_of(capsys, str(tmp_path / "a.txt"), BLOG)


@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        (
            "{post}",
            BLOG,
            "slipstick: A: {post} holds 2 calculations; expected one of {post}:3 (2.02e23 FLOP), {post}:5 (",
        ),
        (PAPER, "{post}:4", "slipstick: B: {post}: no calculation was read at line 4; expected one of {post}:3"),
        (
            "nowhere.md:3",
            BLOG,
            "slipstick: A: there is no file nowhere.md:3, and as a text, 'nowhere.md:3': no calculation",
        ),
        ("-", "-", "slipstick: both are standard input, which can be read once"),
        ("", BLOG, "slipstick: A is empty; expected a text, a file, FILE:LINE, or - for standard input"),
        (PAPER, "$5M", "slipstick: unlike things have no ratio: A is in FLOP, B in USD"),
        ("x" * 10_000, BLOG, "slipstick: A: there is no file xxx"),
        (f"{PAPER}\0", "\0", "slipstick: B: there is no file"),
    ],
)
def test_calls_that_cannot_be_used(capsys: pytest.CaptureFixture[str], post: str, a: str, b: str, message: str) -> None:
    said = complaint_of(capsys, a.format(post=post), b.format(post=post))
    assert said.startswith(message.format(post=post))


def test_tables_and_folders_are_no_texts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    assert "notes.csv is a table; expected a text" in complaint_of(capsys, str(tmp_path / "notes.csv"), BLOG)
    assert "is a directory; expected a file" in complaint_of(capsys, str(tmp_path), BLOG)


@pytest.mark.parametrize(
    "arguments", [["--level", "2"], ["--level", "nan"], ["--utilization", "2"], ["--max-size", "9"]]
)
def test_options_that_cannot_be(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    complaint_of(capsys, PAPER, BLOG, *arguments)
