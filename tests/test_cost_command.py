"""`slipstick cost`: the page, Markdown, JSON, files, and one line for what cannot be priced."""

from __future__ import annotations

import dataclasses
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import slipstick
from slipstick.cli import main
from slipstick.costs.wording import dollars, number
from slipstick.percentages import percentage

SCHEMA = json.loads((files("slipstick") / "data" / "cost.schema.json").read_text(encoding="utf-8"))
GPT_3 = ("3.55e6 V100-hours", "--date", "2018..2020")


def text_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["cost", *arguments]) == 0
    written = capsys.readouterr()
    assert written.err == ""
    return written.out


def record_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    record = json.loads(text_of(capsys, *arguments, "--format", "json"))
    Draft202012Validator(SCHEMA).validate(record)
    return record  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "arguments",
    [
        GPT_3,
        ("3.14e23 FLOP", "--date", "2020-07", "--days", "30"),
        ("$10M", "--date", "2024", "--days", "90"),
        ("$5M-$12M", "--hardware", "A100"),
        ("2e23 to 4e23 FLOP", "--hardware", "TPU v3", "--price", "$1.5 to $2.5/chip-hour", "--utilization", "0.2..0.5"),
        ("30 million H100-hours", "--kind", "amortized", "--kind", "spot"),
    ],
)
def test_json_is_as_its_schema_says(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    record = record_of(capsys, *arguments)
    for each in record["hardware"]:
        for bill in each["bills"]:
            for name in ("usd", "price", "device_hours"):
                interval = bill[name]["interval"]
                assert interval is None or 0 < interval["low"] <= interval["median"] <= interval["high"]


def test_the_schema_leaves_nothing_open() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"])


def test_a_page_has_each_kind_apart(capsys: pytest.CaptureFixture[str]) -> None:
    page = " ".join(text_of(capsys, *GPT_3).split())
    assert "on demand $3.06 ($1.50 to $3.90) $10.9M" in page
    assert "reserved, 3 years $1.16 ($1.16 to $1.23) $4.12M" in page
    assert "$1.16 (reserved, 3 years) to $3.90 (on demand) an hour: bills from $4.12M to $13.8M" in page
    assert "no price in the catalogue in 2018 to 2020: spot" in page


def test_markdown_is_a_table_for_each_hardware(capsys: pytest.CaptureFixture[str]) -> None:
    page = text_of(capsys, "3.14e23 FLOP", "--date", "2020-07", "--format", "markdown")
    from markdown_it import MarkdownIt

    drawn = MarkdownIt("commonmark").enable("table").render(page)
    assert drawn.count("<table>") == 2
    assert "<em>" not in drawn
    assert "$2.75 ($1.50 to $3.90)" in drawn
    assert 'href="https://web.archive.org/' in drawn


@pytest.mark.parametrize("suffix", ["txt", "md", "json"])
def test_a_file_is_written_by_its_name(capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bill.{suffix}"
    assert text_of(capsys, *GPT_3, "--output", str(path)) == ""
    written = path.read_text("utf-8")
    assert ("10.9M" in written) == (suffix != "json")
    assert suffix != "json" or json.loads(written)["schema"] == "slipstick-cost/1"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("1e22 FLOP",),
        ("1e22 FLOP", "--hardware", "A101"),
        ("$5M + 512 chips", "--date", "2020"),
        ("1e22 FLOP", "--date", "2020", "--output", "bill.html"),
        ("1e22 FLOP", "--date", "2020", "--output", "no/such/bill.md"),
        ("1e299 FLOP", "--hardware", "V100", "--price", "$1e20/GPU-hour"),
    ],
)
def test_what_cannot_be_priced_is_one_line(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    assert main(["cost", *arguments]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.startswith("slipstick: ")
    assert written.err.count("\n") == 1


def test_results_are_frozen() -> None:
    made = slipstick.cost("10 V100-hours")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.text = "other"  # type: ignore[misc]
    assert str(made).startswith("V100, on demand: per V100-hour $")


def test_dollars_are_written_as_people_write_them() -> None:
    cases = {0.0123: "$0.0123", 1.16: "$1.16", 999.5: "$999.50", 61_440: "$61,440", 999_400: "$999,400"}
    cases |= {999_999: "$1.00M", 1.38e7: "$13.8M", 2.38e8: "$238M", 1.5e9: "$1.50B", 4.2e13: "$42.0T", 3e19: "$3e19"}
    assert {value: dollars(value) for value in cases} == cases


def test_numbers_are_written_short() -> None:
    cases = {0: "0", 0.3: "0.3", 512: "512", 661_376.3: "661,376", 6.99e7: "6.99e7", 2e-5: "2e-5", 989.4: "989"}
    assert {value: number(value) for value in cases} == cases


def test_an_end_that_no_format_has_is_told_with_those_that_have_one(capsys: pytest.CaptureFixture[str]) -> None:
    for end in (".xyz", ".html", ".tex", ".sarif", ".jsonl"):
        assert main(["cost", *GPT_3, "--output", f"bill{end}"]) == 2
        said = "no format ends like this; expected .txt, .md, .markdown, .json, or --format"
        assert capsys.readouterr().err == f"slipstick: --output bill{end}: {said}\n"


def test_what_is_less_than_sure_is_not_printed_as_100_percent(capsys: pytest.CaptureFixture[str]) -> None:
    assert "(99.9999999 % interval " in text_of(capsys, "1e22 FLOP", "--date", "2020", "--level", "0.999999999")
    assert "(90 % interval " in text_of(capsys, "1e22 FLOP", "--date", "2020")
    assert [percentage(p) for p in (0.9, 0.6827, 1 / 3, 1 - 2**-53, 1.0)] == [
        *("90", "68.27", "33.3333", "99.99999999999999", "100")
    ]
