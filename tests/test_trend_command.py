"""`slipstick trend`: tables as people have them, bad ones, and what is printed."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt
from pyarrow import parquet

import slipstick
from slipstick.cli import main
from slipstick.tables import InputError

SCHEMA = json.loads((files("slipstick") / "data" / "trend.schema.json").read_text(encoding="utf-8"))
GOOD = "date,value,system\n2015,3 FLOP,a\n2016,9 FLOP,b\n2018,30 FLOP,c\n"


def table(folder: Path, text: str, name: str = "points.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_epochs_columns_are_known_by_their_names(tmp_path: Path) -> None:
    text = (
        'Model,"Publication date","Training compute (FLOP)"\nA,2019-01-01,1e20\nB,2020-01-01,1e21\nC,2021-06-30,3e22\n'
    )
    made = slipstick.trend(table(tmp_path, text))
    assert made.unit == "FLOP"
    assert dict(made.columns) == {"date": "Publication date", "name": "Model", "value": "Training compute (FLOP)"}
    assert [point.name for point in made.used] == ["A", "B", "C"]
    assert made.points[0].line == 2


def test_parquet_and_tsv_say_what_csv_says(tmp_path: Path) -> None:
    columns = {
        "date": ["2015", "2016", "2018"],
        "value": [3.0, 9.0, 30.0],
        "unit": ["FLOP"] * 3,
        "system": ["a", "b", "c"],
    }
    path = tmp_path / "points.parquet"
    parquet.write_table(pa.table(columns), path)
    tsv = "\n".join("\t".join(map(str, row)) for row in [list(columns), *zip(*columns.values(), strict=True)])
    known = slipstick.trend(table(tmp_path, GOOD))
    for other in (slipstick.trend(path), slipstick.trend(table(tmp_path, tsv, "points.tsv"))):
        assert other.segments == known.segments
        assert other.unit == known.unit


def test_rows_that_are_no_points_are_named_and_counted(tmp_path: Path) -> None:
    bad = (
        "2016-13,4 FLOP,p\n2016-05,-4 FLOP,q\n2017,,r\n2019,$8,s\n"
        "2020,soon,t\n9999,4 FLOP,u\n,4 FLOP,v\n2019,0 FLOP,w\n"
    )
    made = slipstick.trend(table(tmp_path, GOOD + bad))
    assert [(row.line, row.name) for row in made.left_out] == list(zip(range(5, 13), "pqrstuvw", strict=True))
    assert len(made.points) + len(made.left_out) == 11
    for row, word in zip(
        made.left_out,
        ["calendar", "logarithm", "no value", "USD", "soon", "1700 to 2299", "no date", "positive"],
        strict=True,
    ):
        assert word in row.reason


@pytest.mark.parametrize("ends", [("1", ""), ("4 FLOP", "5 FLOP"), ("1 USD", "9 USD")])
def test_an_interval_has_to_fit_its_value(tmp_path: Path, ends: tuple[str, str]) -> None:
    made = slipstick.trend(
        table(
            tmp_path,
            "date,value,low,high\n"
            + "".join(f"20{n},3 FLOP,,\n" for n in (15, 16, 18))
            + f"2019,3 FLOP,{ends[0]},{ends[1]}\n",
        )
    )
    assert [row.line for row in made.left_out] == [5]


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("a,b\n1,2\n", [], "no column for the date is known by its name; expected --date-column, one of: a, b"),
        (GOOD, ["--value-column", "v"], "no column 'v' for the value; expected one of: date, value, system"),
        (
            GOOD,
            ["--in", "USD"],
            "of two dates or more; 3 rows are no points (line 2: in FLOP, where the trend is in USD",
        ),
        (GOOD, ["--since", "soon"], "'soon' is no date; expected one like 2017-10-18, 2017-10, 2017, 2017.8, "),
        (GOOD, ["--where", "set=a"], "'set=a' is no filter; expected COLUMN=TEXT"),
        (GOOD, ["--at", "99999"], "'99999' is no date"),
        (GOOD, ["--reach", "$5"], "in USD, not in FLOP"),
        (GOOD, ["--compare", "x"], "'x' is no point of the table; expected a value with a unit"),
        (GOOD, ["--compare", "3 @ soon"], "'soon' is no date"),
        (GOOD, ["--accounting", "x"], "no accounting 'x'"),
        (GOOD, ["--level", "2"], "a level from 0.5 to 0.999"),
        (GOOD, ["--unit", "blorps"], "the unit 'blorp' is not known"),
        (GOOD, ["--output", "x.html"], "expected .txt, .md, .markdown, .json, or --format"),
        ("date,value\n", [], "no column for the date"),
        (
            "date,value\nfoo,1\nbar,2\n2020,3\n03/04/2020,1\nx,1\n",
            [],
            "4 rows are no points (line 2: 'foo' is no date, line 3: 'bar' is no date, line 5: '03/04/2020' could be "
            "3 Apr 2020 or 4 Mar 2020, and 1 more; expected one like 2017-10-18",
        ),
        ("date,value\n2015,x\n2016,2\n2017,3\n", [], "; 1 row is no point (line 2: "),
        ("date,value,value\n2015,1,2\n2016,2,3\n", [], "2 columns are named 'value'; expected one"),
        ("date,value\n2015,1\n2015,2\n2015,4\n", [], "3 points to draw a line through"),
        ("date,value\n" + "2015,1\n" * 10_001, [], "more rows than 10,000; expected no more"),
    ],
)
def test_what_cannot_be_used_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], said: str
) -> None:
    assert main(["trend", table(tmp_path, text), *options]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    assert said in output.err


@pytest.mark.parametrize("name", ["statsmodels", "scipy", "pandas"])
def test_a_missing_library_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    assert main(["trend", "ai-and-compute"]) == 2
    assert capsys.readouterr().err == f'slipstick: a trend needs {name}: pip install "slipstick[trend]"\n'


def test_nothing_heavy_is_loaded_before_it_is_asked_for() -> None:
    heavy = ("numpy", "scipy", "statsmodels", "pandas")
    code = f"import sys, slipstick, slipstick.commands.trend; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_json_has_every_field_and_only_plain_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(
            [
                "trend",
                "ai-and-compute",
                "--format",
                "json",
                "--at",
                "2021",
                "--reach",
                "1e200 PF-days",
                "--compare",
                "GPT-3",
            ]
        )
        == 0
    )
    record = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert record["schema"] == "slipstick-trend/1"
    assert record["base_unit"] == "FLOP"
    assert record["unit_size"] == 8.64e19
    assert len(record["points"]) == 33
    assert sum(point["used"] for point in record["points"]) == 15
    assert record["projections"][0].keys() == {"date", "line", "system"}
    assert record["segments"][0]["doubling_months"].keys() == {"value", "low", "high"}
    assert record["break_test"]["found"] is False
    assert {each["topic"] for each in record["statements"]} == {
        "pace", "scatter", "break", "step", "projection", "reach", "comparison", "choice", "caution",
    }  # fmt: skip
    best = record["line"]["coefficients"]
    assert best[1] == pytest.approx(record["segments"][0]["slope"]["value"])


def objects(schema: Any) -> list[dict[str, Any]]:
    """Every object that a schema describes with its properties."""
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    found = [each for part in inside for each in objects(part)]
    return [schema, *found] if isinstance(schema, dict) and isinstance(schema.get("properties"), dict) else found


def test_the_schema_leaves_nothing_open() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    described = objects(SCHEMA)
    assert len(described) > 10
    for each in described:
        assert set(each["required"]) == set(each["properties"])
        assert each["additionalProperties"] is False


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (GOOD, ["--at", "2030", "--at", "2299", "--reach", "1 PFLOP", "--reach", "1e299 FLOP", "--compare", "a"]),
        (GOOD + "2016-13,4 FLOP,p\n2017,,\n", ["--level", "0.5"]),
        ("date,value\n2015,3 FLOP\n2016,3 FLOP\n2018,3 FLOP\n", ["--reach", "9 FLOP"]),
        (None, ["--where", "set=modern|before 2012", "--at", "2021", "--compare", "5 PF-days @ 1990"]),
        (None, ["--points", "records", "--at", "2021", "--reach", "1e9 PF-days"]),
        (None, ["--accounting", "gradient only", "--no-break"]),
    ],
    ids=["asked for much", "rows left out", "flat", "a break", "records", "no test"],
)
def test_json_is_as_its_schema_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, options: list[str]
) -> None:
    source = "ai-and-compute" if text is None else table(tmp_path, text)
    assert main(["trend", source, "--format", "json", *options]) == 0
    record = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(record)


def test_markdown_renders_as_tables_and_escapes_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["trend", table(tmp_path, GOOD.replace(",a\n", ",a|<b>*\x1b\n")), "--format", "markdown", "--at", "2020"])
        == 0
    )
    page = MarkdownIt("commonmark").enable("table").render(capsys.readouterr().out)
    assert page.count("<table>") >= 2
    assert "a|&lt;b&gt;*\\x1b" in page
    assert "<b>" not in page


def test_a_file_is_written_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goal = tmp_path / "trend.json"
    assert main(["trend", table(tmp_path, GOOD), "--output", str(goal)]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(goal.read_text("utf-8"))["unit"] == "FLOP"


def test_records_are_said_to_be_no_fair_sample(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trend", "ai-and-compute", "--points", "records"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("ai-and-compute: 7 of 33 rows")
    assert "record-setters only" in page
    assert "interval is too narrow" in " ".join(page.split())
    assert "all points 15 " in " ".join(page.split())


def test_the_other_accounting_can_be_taken() -> None:
    made = slipstick.trend("ai-and-compute", accounting="gradient only", breaks_by="none")
    assert "gradient only accounting" in made.choice
    assert next(p for p in made.used if p.name == "AlphaGo Zero").value == pytest.approx(6.494e20 / 8.64e19, rel=1e-3)
    assert [each.choice for each in made.alternatives][1] == "whole run"
    assert any("whole run" in each.text and "1.02 doublings" in each.text for each in made.statements)


def test_a_decline_halves_and_no_growth_has_no_bound() -> None:
    falling = slipstick.trend(
        [{"date": f"{2010 + n}", "value": 100 / 2**n} for n in range(6)], unit="USD", reach=["1 USD"]
    )
    assert not falling.segments[0].is_growing
    assert falling.segments[0].doubling_months.value == pytest.approx(12, rel=0.01)
    assert abs(falling.reached[0].when.year + falling.reached[0].when.month / 12 - 2017.2) < 0.2
    flat = slipstick.trend([{"date": f"{2010 + n}", "value": v} for n, v in enumerate((5, 6, 5, 6, 5, 6))], unit="USD")
    assert flat.segments[0].doubling_months.high is None
    assert any("not ruled out" in each.text for each in flat.statements)


def test_a_missing_file_names_the_tables_that_come_along() -> None:
    with pytest.raises(InputError, match="the tables that come along are: ai-and-compute"):
        slipstick.trend("ai-and-computers")


CELL = st.one_of(
    st.text(max_size=12),
    st.floats(),
    st.integers(),
    st.none(),
    st.booleans(),
    st.sampled_from(["2015", "3 FLOP", "1e999", "$5"]),
)


@given(
    st.lists(
        st.fixed_dictionaries({"date": CELL, "value": CELL, "low": CELL, "high": CELL, "name": CELL}),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=60)
def test_no_cell_breaks_it_and_no_row_vanishes(bad: list[dict[str, object]]) -> None:
    good = [{"date": f"20{n}", "value": f"{n} FLOP", "low": None, "high": None, "name": "x"} for n in (11, 13, 19)]
    made = slipstick.trend([*good, *bad], breaks_by="none", unit="FLOP")
    assert len(made.points) + len(made.left_out) == 3 + len(bad)
    assert all(row.reason for row in made.left_out)
