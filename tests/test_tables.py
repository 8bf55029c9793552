"""Texts and tables read from files: nothing changed on the way, and one clear line where it cannot be."""

from __future__ import annotations

import csv
import io
import json
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick.finding import Severity
from slipstick.tables import (
    InputError,
    Row,
    given_text,
    is_table,
    read_rows,
    read_standard_input,
    read_table,
    read_text,
)
from slipstick.unreadable_rows import report_of_unreadable

LIMIT = 1 << 20
WRITTEN = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def texts(rows: list[Row]) -> list[str]:
    return [row.source.text for row in rows]


def ids(rows: list[Row]) -> list[object]:
    return [row.source.id for row in rows]


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_text_is_untouched_after_a_byte_order_mark(self, tmp_path: Path, encoding: str) -> None:
        text = "3 × 4 = 12\r\n価格\u2028 end\r"
        row = read_text(written(tmp_path, "a.md", text.encode(encoding)), LIMIT)
        assert row.source.text == text
        assert row.source.name == str(tmp_path / "a.md")
        assert row.heading is None

    @pytest.mark.parametrize(
        "content", [b"a\0b", b"\xff\xfeA", b"caf\xe9", "no mark".encode("utf-16-le"), b"\x89PNG\r\n"]
    )
    def test_what_is_not_text_is_refused(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(InputError, match=r"a\.md: not text; expected UTF-8"):
            read_text(written(tmp_path, "a.md", content), LIMIT)

    def test_missing_and_directory(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="No such file"):
            read_text(tmp_path / "none.md", LIMIT)
        with pytest.raises(InputError, match="is a directory; expected a file"):
            read_text(tmp_path, LIMIT)

    def test_a_file_of_just_the_limit_is_read_and_one_byte_more_is_not(self, tmp_path: Path) -> None:
        assert read_text(written(tmp_path, "a.md", "é" * 500), 1000).source.text == "é" * 500
        with pytest.raises(InputError, match=r"1,001 bytes, more than --max-size, 1,000 bytes"):
            read_text(written(tmp_path, "a.md", "é" * 500 + "!"), 1000)

    def test_the_limit_holds_for_a_text_that_is_given(self) -> None:
        assert given_text("é", 2).source.name == "<text>"
        with pytest.raises(InputError, match="--text: more than --max-size, 1 bytes"):
            given_text("é", 1)

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"3 * 4\r\n")))
        row = read_standard_input(7)
        assert (row.source.text, row.source.name) == ("3 * 4\r\n", "<stdin>")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"3 * 4\r\n")))
        with pytest.raises(InputError, match="standard input: more than --max-size, 6 bytes"):
            read_standard_input(6)
        monkeypatch.setattr(sys, "stdin", None)
        with pytest.raises(InputError, match="standard input is closed"):
            read_standard_input(6)


class TestCsv:
    def test_semicolons_where_the_header_has_no_comma(self, tmp_path: Path) -> None:
        rows = read_table(written(tmp_path, "a.csv", '\nid;note\nx;2, or 3\ny;"4; 5"\n'), LIMIT, "note", "id")
        assert (ids(rows), texts(rows)) == (["x", "y"], ["2, or 3", "4; 5"])
        commas = read_table(written(tmp_path, "b.csv", "id,a;b\nx,4; 5\n"), LIMIT, "a;b")
        assert texts(commas) == ["4; 5"]

    @given(rows=st.lists(st.tuples(WRITTEN, WRITTEN), max_size=8), mark=st.booleans(), tabs=st.booleans())
    def test_what_is_written_comes_back(
        self, tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], mark: bool, tabs: bool
    ) -> None:
        file = io.StringIO(newline="")
        writer = csv.writer(file, delimiter="\t" if tabs else ",", quoting=csv.QUOTE_ALL)
        writer.writerows([("id", "text"), *rows])
        content = file.getvalue().encode("utf-8-sig" if mark else "utf-8")
        name = "t.tsv" if tabs else "t.CSV"
        read = read_table(written(tmp_path_factory.getbasetemp(), name, content), LIMIT, "text", "id")
        assert list(zip(ids(read), texts(read), strict=True)) == rows
        assert [row.number for row in read] == list(range(1, len(rows) + 1))

    def test_a_short_row_is_a_row_with_a_problem(self, tmp_path: Path) -> None:
        rows = read_table(written(tmp_path, "t.csv", "id,text\n7\n\n8,ok\n"), LIMIT, "text", "id")
        assert ids(rows) == ["7", "8"]
        assert texts(rows) == ["", "ok"]
        (finding,) = report_of_unreadable(rows[0]).findings
        assert (finding.code, finding.name, finding.severity) == ("D001", "row-unreadable", Severity.WARNING)
        assert finding.message == "row 1 cannot be read: it has no column 'text'"
        assert rows[1].problem is None

    def test_a_long_cell_is_read_and_the_limit_of_the_process_put_back(self, tmp_path: Path) -> None:
        before = csv.field_size_limit()
        long = "3 * 4 = 12. " * (before // 6)
        rows = read_table(written(tmp_path, "t.csv", f"text\n{long}\n"), 8 * LIMIT, "text")
        assert texts(rows) == [long]
        assert csv.field_size_limit() == before

    def test_an_unknown_column_lists_those_that_are_there(self, tmp_path: Path) -> None:
        path = written(tmp_path, "t.csv", "id,notes\n1,x\n")
        with pytest.raises(InputError, match="no column 'text'; expected one of: id, notes"):
            read_table(path, LIMIT, "text")
        with pytest.raises(InputError, match="no column 'key'; expected one of: id, notes"):
            read_table(path, LIMIT, "notes", "key")

    def test_a_column_that_is_there_twice_is_refused_only_where_it_is_wanted(self, tmp_path: Path) -> None:
        path = written(tmp_path, "t.csv", "text,x,x,\na,1,2,\n")
        assert texts(read_table(path, LIMIT, "text")) == ["a"]
        with pytest.raises(InputError, match=r"t\.csv: 2 columns are named 'x'; expected one"):
            read_table(path, LIMIT, "text", "x")

    @pytest.mark.parametrize(
        ("content", "good", "line"),
        [
            ('text,id\na,1\n"b,2\nc,3\n', ["a"], 3),
            ('text,id\na,1\nb,"2\nc,3', ["a"], 3),
            ('text,id\n"a\nb",1\nc,"', ["a\nb"], 4),
        ],
    )
    def test_an_unclosed_quotation_mark_is_told(self, tmp_path: Path, content: str, good: list[str], line: int) -> None:
        *rest, last = read_table(written(tmp_path, "t.csv", content), LIMIT, "text")
        assert texts(rest) == good
        problem = f"a quotation mark in line {line} or after it is not closed, and all that follows is inside it"
        assert last.problem == problem

    def test_an_unclosed_quotation_mark_in_the_header(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"t\.csv: a quotation mark in line 1 or after it is not closed"):
            read_table(written(tmp_path, "t.csv", '"text\na\n'), LIMIT, "text")

    def test_a_header_alone_is_a_table_without_rows(self, tmp_path: Path) -> None:
        assert read_table(written(tmp_path, "t.csv", "id,text"), LIMIT, "text") == []


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.jsonl"])
@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_a_file_without_anything_has_no_rows(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(InputError, match="has no rows; expected a table"):
        read_table(written(tmp_path, name, content), LIMIT, "text")


class TestJsonLines:
    def test_rows_in_order_with_their_ids_as_given(self, tmp_path: Path) -> None:
        lines = [
            '{"id": 1, "text": "a\u2028b"}',
            '{"id": "1", "text": ""}\r',
            "",
            '{"text": null, "id": 2.5}',
            '{"id": null, "text": "c"}',
            '{"text": "d"}',
        ]
        rows = read_table(written(tmp_path, "t.jsonl", "\n".join(lines)), LIMIT, "text", "id")
        assert texts(rows) == ["a\u2028b", "", "", "c", "d"]
        assert ids(rows) == [1, "1", 2.5, None, None]
        assert isinstance(ids(rows)[0], int)
        assert not any(row.problem for row in rows)

    @pytest.mark.parametrize(
        ("line", "problem", "identifier"),
        [
            ("{broken", "not JSON", None),
            ("[1, 2]", "not a JSON object", None),
            ("[" * 100_000, "not JSON", None),
            ('{"id": 5}', "it has no column 'text'", 5),
            ('{"id": 6, "text": 3.5}', "column 'text' does not hold text", 6),
            ('{"id": 7, "text": ["x"]}', "column 'text' does not hold text", 7),
        ],
    )
    def test_a_row_that_cannot_be_read_is_still_a_row(
        self, tmp_path: Path, line: str, problem: str, identifier: object
    ) -> None:
        content = f'{{"id": 1, "text": "good"}}\n{line}\n{{"id": 2, "text": "good"}}\n'
        rows = read_table(written(tmp_path, "t.ndjson", content), LIMIT, "text", "id")
        assert texts(rows) == ["good", "", "good"]
        assert ids(rows) == [1, identifier, 2]
        assert rows[1].problem is not None
        assert rows[1].problem.startswith(problem)

    def test_a_column_that_no_row_has_is_unknown(self, tmp_path: Path) -> None:
        path = written(tmp_path, "t.jsonl", '{"id": 1}\n{"note": "x"}\n')
        with pytest.raises(InputError, match="no column 'text'; expected one of: id, note"):
            read_table(path, LIMIT, "text")

    def test_a_row_is_headed_by_its_id_or_its_number(self, tmp_path: Path) -> None:
        path = written(tmp_path, "t.jsonl", '{"id": 9, "text": ""}\n{"text": ""}\n')
        assert [row.heading for row in read_table(path, LIMIT, "text", "id")] == [f"{path}: id 9", f"{path}: row 2"]


class TestParquet:
    def test_rows_and_ids(self, tmp_path: Path) -> None:
        pyarrow = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        path = tmp_path / "t.parquet"
        parquet.write_table(pyarrow.table({"id": [1, 2, 3], "n": [1.0, 2.0, 3.0], "text": ["a", None, "é\0"]}), path)
        rows = read_table(path, LIMIT, "text", "id")
        assert (texts(rows), ids(rows)) == (["a", "", "é\0"], [1, 2, 3])
        assert read_table(path, LIMIT, "n")[0].problem == "column 'n' does not hold text"
        with pytest.raises(InputError, match="no column 'x'; expected one of: id, n, text"):
            read_table(path, LIMIT, "x")
        with pytest.raises(InputError, match="cannot be read as Parquet"):
            read_table(written(tmp_path, "bad.parquet", json.dumps([1])), LIMIT, "text")

    @pytest.mark.parametrize("name", ["ArrowNotImplementedError", "ArrowTypeError", "ArrowKeyError"])
    def test_any_complaint_of_pyarrow_is_one_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        pyarrow = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        def refuse(*_: object) -> None:
            raise getattr(pyarrow.lib, name)("first line\nsecond line")

        monkeypatch.setattr(parquet, "ParquetFile", refuse)
        with pytest.raises(InputError) as raised:
            read_table(written(tmp_path, "t.parquet", b"PAR1"), LIMIT, "text")
        assert str(raised.value).endswith("t.parquet: cannot be read as Parquet (first line)")

    def test_without_pyarrow_the_extra_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(InputError, match=r'pip install "slipstick\[parquet\]"'):
            read_table(written(tmp_path, "t.parquet", b"PAR1"), LIMIT, "text")


@pytest.mark.parametrize(("name", "table"), [("a.csv", True), ("A.PARQUET", True), ("a.ndjson", True), ("a.md", False)])
def test_is_table(name: str, table: bool) -> None:
    assert is_table(Path(name)) is table


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_no_more_rows_are_made_than_are_expected(tmp_path: Path, suffix: str) -> None:
    """200,000 rows, of which the eleventh is one too many: they take no memory beside the file's own text."""
    path = tmp_path / f"t.{suffix}"
    if suffix == "parquet":
        pyarrow = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        parquet.write_table(pyarrow.table({"n": list(range(200_000))}), path)
    else:
        head, row = ("n\n", "{}\n") if suffix == "csv" else ("", '{{"n": {}}}\n')
        path.write_text(head + "".join(row.format(n) for n in range(200_000)), encoding="utf-8")
    tracemalloc.start()
    with pytest.raises(InputError, match="more rows than 10; expected no more"):
        read_rows(path, 4 * LIMIT, 10)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * 2**20  # 200,000 dictionaries of one cell are 60 MB
    assert [row.cells["n"] for row in read_rows(path, 4 * LIMIT, 200_000)[:2]] in ([0, 1], ["0", "1"])
