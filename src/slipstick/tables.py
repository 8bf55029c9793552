"""Texts and tables of texts, read from files and standard input."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from slipstick.frozen import Frozen
from slipstick.source import Source

if TYPE_CHECKING:
    from _csv import Reader as CsvReader
    from pathlib import Path

TABLE_SUFFIXES = {".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"}

_CHUNK = 1 << 20
_AT_ONCE = 1 << 13  # rows of a Parquet file
_MOST_COLUMNS_NAMED = 20
_END = "\0"
_UNCLOSED = "a quotation mark in line {line} or after it is not closed, and all that follows is inside it"


class InputError(Exception):
    """An input that cannot be used; the message, one line, says why and what was expected."""


class Row(Frozen):
    """One text to audit: a row of a table, or where `number` (from 1) is None a text of its own.

    `problem` is the reason why a row cannot be read.
    """

    source: Source
    number: int | None = None
    problem: str | None = None

    @property
    def heading(self) -> str | None:
        """What names the row on a page: the table and the row's id, or else its number; None for a text of its own."""
        if self.number is None:
            return None
        identifier = self.source.id
        return f"{self.source.name}: " + (f"row {self.number}" if identifier is None else f"id {identifier}")


class _Broken(Frozen):
    """A line or record that is no row, with the reason."""

    reason: str


_Record = Mapping[str, object] | _Broken


class TableRow(Frozen):
    """All cells of one row of a table; `line` is where it begins in a text table, and its number in a Parquet file.

    `problem` is the reason why it cannot be read.
    """

    line: int
    cells: Mapping[str, object]
    problem: str | None = None


def is_table(path: Path) -> bool:
    """Whether the file's name says that it is a table."""
    return path.suffix.casefold() in TABLE_SUFFIXES


def given_text(text: str, limit: int) -> Row:
    """A text that was given on the command line. InputError where it has more than `limit` bytes in UTF-8."""
    if len(text.encode("utf-8", "surrogatepass")) > limit:
        raise InputError(f"--text: more than --max-size, {limit:,} bytes")
    return Row(Source(text))


def read_text(path: Path, limit: int) -> Row:
    """The text of a file of at most `limit` bytes: UTF-8 (a byte order mark is skipped) or UTF-16 with its mark.

    Offsets count from after the mark; line breaks stay as they are. InputError where the file is missing, a
    directory, unreadable, longer, or not text.
    """
    return Row(Source(_decoded(_read_file(path, limit), str(path)), str(path)))


def read_standard_input(limit: int) -> Row:
    """The text on standard input, under the same conditions as `read_text`."""
    if sys.stdin is None:
        raise InputError("standard input is closed; expected a text on it")
    data = _read_stream(sys.stdin.buffer, limit)
    if len(data) > limit:
        raise InputError(f"standard input: more than --max-size, {limit:,} bytes")
    return Row(Source(_decoded(data, "standard input"), "<stdin>"))


def read_table(path: Path, limit: int, text_column: str, id_column: str | None = None) -> list[Row]:
    """The rows of a table (.csv, .tsv, .jsonl, .ndjson, .parquet), in order.

    A row that cannot be read is a `Row` with a problem. InputError as in `read_text`, for an empty file, for a column
    that the table does not have or has twice, and for Parquet where pyarrow is not installed.
    """
    name = str(path)
    data = _read_file(path, limit)
    wanted = [text_column] if id_column is None else [text_column, id_column]
    suffix = path.suffix.casefold()
    records: Iterable[_Record]
    if suffix == ".parquet":
        records = _parquet_rows(data, name, wanted)
    elif suffix in (".csv", ".tsv"):
        records = (record for _, record in _numbered_csv(_decoded(data, name), name, wanted, suffix))
    else:
        records = _json_records(_decoded(data, name), name, wanted)
    return [_row(record, number, name, text_column, id_column) for number, record in enumerate(records, 1)]


def json_rows(text: str, text_column: str) -> list[Row]:
    """The rows of a text in JSON Lines, in order. InputError where it has no rows or no such column."""
    records = _json_records(text, "", [text_column])
    return [_row(record, number, "", text_column, None) for number, record in enumerate(records, 1)]


def read_rows(path: Path, limit: int, most: int) -> list[TableRow]:
    """The rows of a table with all their cells. InputError as in `read_table`, for no table, for over `most` rows."""
    name, suffix = str(path), path.suffix.casefold()
    if suffix not in TABLE_SUFFIXES:
        raise InputError(f"{name}: no table; expected a file that ends in {', '.join(sorted(TABLE_SUFFIXES))}")
    data = _read_file(path, limit)
    found: Iterable[tuple[int, _Record]]
    if suffix == ".parquet":
        found = enumerate(_parquet_rows(data, name), 1)
    elif suffix in (".csv", ".tsv"):
        found = _numbered_csv(_decoded(data, name), name, None, suffix)
    else:
        found = ((n, _json_record(line)) for n, line in enumerate(_decoded(data, name).split("\n"), 1) if line.strip())
    rows = [
        TableRow(line, {}, record.reason) if isinstance(record, _Broken) else TableRow(line, record)
        for line, record in islice(found, most + 1)
    ]
    if len(rows) > most:
        raise InputError(f"{name}: more rows than {most:,}; expected no more")
    return rows


def _read_file(path: Path, limit: int) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{path}: is a directory; expected a file")
        with path.open("rb") as stream:
            data = _read_stream(stream, limit)
        if len(data) > limit:
            # A pipe has no size of its own.
            size = f"{path.stat().st_size:,} bytes, more" if path.is_file() else "more"
            raise InputError(f"{path}: {size} than --max-size, {limit:,} bytes")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{path}: cannot be read ({reason}); expected a text file or a table") from None
    return data


def _read_stream(stream: BinaryIO, limit: int) -> bytes:
    """All of the stream, or a little more than `limit` bytes of it."""
    data = bytearray()
    while len(data) <= limit and (chunk := stream.read(_CHUNK)):
        data += chunk
    return bytes(data)


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise InputError(f"{name}: not text; expected UTF-8, or UTF-16 with a byte order mark")
    return text


def _require_columns(wanted: Iterable[str], there: Sequence[str], name: str) -> None:
    for column in wanted:
        if column not in there:
            shown = ", ".join(there[:_MOST_COLUMNS_NAMED]) + (", ..." if len(there) > _MOST_COLUMNS_NAMED else "")
            raise InputError(f"{name}: no column {column!r}; expected one of: {shown}")
        if there.count(column) > 1:
            raise InputError(f"{name}: {there.count(column)} columns are named {column!r}; expected one")


def _delimiter(text: str, suffix: str) -> str:
    """What stands between the cells; a spreadsheet whose country has a decimal comma writes semicolons."""
    if suffix == ".tsv":
        return "\t"
    header = text.lstrip().partition("\n")[0]
    return ";" if ";" in header and "," not in header else ","


def _numbered_csv(text: str, name: str, wanted: Sequence[str] | None, suffix: str) -> Iterator[tuple[int, _Record]]:
    """The rows, each with the line at which it begins. InputError where a `wanted` column (or any) is there twice."""
    import csv

    # The limit (131,072 characters unless raised) is the process's; as long as the file itself is always enough.
    previous = csv.field_size_limit(max(len(text) + 1, csv.field_size_limit()))
    try:
        # A line that no text holds: it ends up inside the last row only where a quotation mark there is not closed.
        rows = csv.reader(chain(io.StringIO(text, newline=""), [_END]), delimiter=_delimiter(text, suffix))
        header = next((cells for cells in rows if cells), [_END])
        if header == [_END]:
            raise InputError(_no_rows(name))
        if _END in header[-1]:
            raise InputError(f"{name}: {_UNCLOSED.format(line=1)}")
        _require_columns(filter(str.strip, header) if wanted is None else wanted, header, name)
        yield from _csv_rows(rows, header)
    except csv.Error as error:
        raise InputError(f"{name}: no table ({error}); expected a first line with the names of the columns") from None
    finally:
        csv.field_size_limit(previous)


def _no_rows(name: str) -> str:
    return f"{name}: has no rows; expected a table"


def _csv_rows(rows: CsvReader, header: Sequence[str]) -> Iterator[tuple[int, _Record]]:
    from csv import Error

    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows)
        except Error as error:
            yield line, _Broken(str(error))
            continue
        if cells == [_END]:
            return
        if cells and _END in cells[-1]:
            yield line, _Broken(_UNCLOSED.format(line=line))
            return
        if cells:  # an empty line is no row
            yield line, dict(zip(header, cells, strict=False))


def _json_records(text: str, name: str, wanted: Sequence[str]) -> list[_Record]:
    # Only "\n" ends a line here: other line breaks may stand inside a JSON string.
    records = [_json_record(line) for line in text.split("\n") if line.strip()]
    if not records:
        raise InputError(_no_rows(name))
    there = list(dict.fromkeys(key for record in records if isinstance(record, Mapping) for key in record))
    if there:
        _require_columns(wanted, there, name)
    return records


def _json_record(line: str) -> _Record:
    import json

    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _Broken(f"not JSON ({error})")
    return value if isinstance(value, dict) else _Broken("not a JSON object")


def _parquet_rows(data: bytes, name: str, wanted: Sequence[str] | None = None) -> Iterator[Mapping[str, object]]:
    """The rows with the `wanted` columns, or all, a batch at a time."""
    try:
        from pyarrow import lib, parquet
    except ImportError:
        message = 'reading Parquet needs pyarrow: pip install "slipstick[parquet]"'
        raise InputError(f"{name}: {message}") from None
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        there = file.schema_arrow.names
        _require_columns(there if wanted is None else wanted, there, name)
        for batch in file.iter_batches(_AT_ONCE, columns=None if wanted is None else list(dict.fromkeys(wanted))):
            yield from batch.to_pylist()
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError, lib.ArrowException) as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise InputError(f"{name}: cannot be read as Parquet ({reason})") from None


def _row(record: _Record, number: int, name: str, text_column: str, id_column: str | None) -> Row:
    if isinstance(record, _Broken):
        return Row(Source("", name), number, record.reason)
    identifier = _identifier(record.get(id_column)) if id_column is not None else None
    text = record.get(text_column, _Broken(f"it has no column {text_column!r}"))
    if isinstance(text, _Broken):
        return Row(Source("", name, identifier), number, text.reason)
    if text is not None and not isinstance(text, str):
        return Row(Source("", name, identifier), number, f"column {text_column!r} does not hold text")
    return Row(Source(text or "", name, identifier), number)


def _identifier(value: object) -> str | int | float | None:
    """A string, a number or nothing as given; any other value (a date, a list) in words."""
    return value if value is None or isinstance(value, str | int | float) else str(value)
