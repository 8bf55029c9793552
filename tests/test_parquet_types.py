"""Parquet files with columns of every odd type: findings, points, or one line; never a traceback."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from slipstick.cli import main

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

ROWS = 4
YEARS = [dt.date(2015 + n, 1, 1) for n in range(ROWS)]
NANOSECONDS = [1_500_000_000_123_456_789 + n * 10**17 for n in range(ROWS)]
ODD = {
    "list": pa.array([[1, 2], [], None, [3]]),
    "list of texts": pa.array([["20 * 3 = 71"], [], None, ["x"]]),
    "struct": pa.array([{"a": 1}, {"a": None}, None, {"a": 2}]),
    "map": pa.array([[("a", 1)], [], None, [("b", 2)]], pa.map_(pa.string(), pa.int64())),
    "decimal": pa.array([Decimal("1.50"), Decimal("2.5"), None, Decimal("9.99")]),
    "large decimal": pa.array([Decimal(10) ** 60, Decimal(2), None, Decimal(5)], pa.decimal256(70, 2)),
    "time with zone": pa.array([dt.datetime(2015, 1, n + 1, tzinfo=dt.UTC) for n in range(ROWS)]),
    "nanoseconds": pa.array(NANOSECONDS, pa.timestamp("ns")),
    "nanoseconds with zone": pa.array(NANOSECONDS, pa.timestamp("ns", "Europe/Berlin")),
    "zone that is none": pa.array([0] * ROWS, pa.timestamp("s", "Mars/Olympus")),
    "day beyond all": pa.array([2**30] * ROWS, pa.int32()).cast(pa.date32()),
    "time of day": pa.array([dt.time(1, 2)] * ROWS),
    "duration": pa.array([123_456_789] * ROWS, pa.duration("ns")),
    "dictionary": pa.array(["20 * 3 = 71", "a", None, "b"]).dictionary_encode(),
    "dictionary of numbers": pa.array([1, 2, None, 4]).dictionary_encode(),
    "nothing": pa.nulls(ROWS),
    "bytes": pa.array([b"\xff\xfe", b"20 * 3 = 71", None, b""]),
    "bool": pa.array([True, False, None, True]),
    "unsigned": pa.array([2**64 - 1, 1, None, 3], pa.uint64()),
    "large text": pa.array(["20 * 3 = 71"] * ROWS, pa.large_string()),
    "beyond numbers": pa.array([float("inf"), -1.0, 0.0, float("nan")]),
}


def file_of(folder: Path, **columns: object) -> str:
    path = folder / "table.parquet"
    values = pa.array([f"{2**n} FLOP" for n in range(ROWS)])
    parquet.write_table(pa.table({"date": pa.array(YEARS), "value": values, **columns}), path)
    return str(path)


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> int:
    code = main([*arguments])
    written = capsys.readouterr()
    assert code in (0, 1, 2)
    assert written.err.count("\n") == (1 if code == 2 else 0), written.err
    assert written.out.strip() or code == 2
    assert "internal error" not in written.err
    return code


@pytest.mark.parametrize("kind", ODD)
def test_an_audit_reads_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    path = file_of(tmp_path, note=ODD[kind])
    for options in (["--text-column", "note"], ["--text-column", "value", "--id-column", "note", "--format", "json"]):
        ran(capsys, "audit", path, *options)


@pytest.mark.parametrize("kind", ODD)
def test_a_trend_reads_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    for columns in ({"date": ODD[kind]}, {"value": ODD[kind]}, {"low": ODD[kind], "high": ODD[kind]}):
        ran(capsys, "trend", file_of(tmp_path, **columns), "--unit", "FLOP")
    for role in ("name", "accounting", "unit"):
        ran(capsys, "trend", file_of(tmp_path, **{role: ODD[kind]}), "--format", "json")


def test_decimals_and_days_with_a_zone_are_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = pa.array([Decimal(2) ** n for n in range(ROWS)], pa.decimal128(20, 3))
    days = pa.array([dt.datetime(2015 + n, 1, 1, tzinfo=dt.UTC) for n in range(ROWS)])
    assert ran(capsys, "trend", file_of(tmp_path, value=values, date=days), "--unit", "FLOP") == 0


def test_texts_in_a_dictionary_are_audited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "audit", file_of(tmp_path, note=ODD["dictionary"]), "--text-column", "note") == 1


def test_columns_of_one_name_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.parquet"
    years = pa.array(YEARS)
    parquet.write_table(pa.Table.from_arrays([years, years, years], names=["date", "value", "value"]), path)
    assert main(["trend", str(path)]) == 2
    assert capsys.readouterr().err == f"slipstick: {path}: 2 columns are named 'value'; expected one\n"
