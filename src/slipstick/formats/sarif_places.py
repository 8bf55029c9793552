"""Places in SARIF: artifacts with their addresses, regions, and rows of tables."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from slipstick.formats.plain import printable
from slipstick.source import Source, Span

_BASE_ID = "%SRCROOT%"
_Record = dict[str, Any]


class Origin(NamedTuple):
    """Where a text is from: its source, and of a table the name of its row."""

    source: Source
    row: str | None = None

    @property
    def opening(self) -> str:
        """What a message about a row of a table begins with; empty for a text of its own."""
        return "" if self.row is None else f"{self.row}: "


def region(source: Source, span: Span) -> _Record:
    """A place in a text, by lines and columns from 1 and by offset; the end column is one past the last character."""
    start = source.place(span.start)
    last = source.place(max(span.start, span.end - 1))
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": last.line,
        "endColumn": last.column + (span.end > span.start),
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


class Places:
    """The artifacts of a run, numbered as they are met; files inside the folder `base` are named relative to it."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._index: dict[str, int] = {}
        self._artifacts: list[_Record] = []

    def artifacts(self) -> list[_Record]:
        """What was met."""
        return self._artifacts

    def bases(self) -> _Record:
        """What relative addresses are relative to; where that is, is left to whoever reads the log."""
        return {_BASE_ID: {"description": {"text": "the folder in which slipstick was run"}}}

    def artifact(self, source: Source) -> _Record:
        """The address of a text's file, with its number; what came from no file is kept in the log itself."""
        if source.name not in self._index:
            self._index[source.name] = len(self._artifacts)
            made: _Record = {"location": self._address(source.name)}
            if source.name.startswith("<"):
                made["contents"] = {"text": source.text}
            self._artifacts.append(made)
        return self._address(source.name) | {"index": self._index[source.name]}

    def location(self, origin: Origin, span: Span) -> _Record:
        """A place in a text; of a row of a table, the file and the row's name, with the place within its text."""
        source = origin.source
        physical: _Record = {"artifactLocation": self.artifact(source)}
        if origin.row is None:
            return {"physicalLocation": physical | {"region": region(source, span)}}
        qualified = printable(f"{source.name}: {origin.row}")
        row = {"name": printable(origin.row), "fullyQualifiedName": qualified, "kind": "row"}
        within = {"text": span.of(source.text), "charOffset": span.start, "charLength": span.end - span.start}
        return {"physicalLocation": physical, "logicalLocations": [row], "properties": within}

    def _address(self, name: str) -> _Record:
        path = PurePath(name)
        if not path.is_absolute():
            return {"uri": _quoted(path), "uriBaseId": _BASE_ID}
        if self._base and path.is_relative_to(self._base):
            return {"uri": _quoted(path.relative_to(self._base)), "uriBaseId": _BASE_ID}
        return {"uri": Path(name).as_uri()}


def _quoted(path: PurePath) -> str:
    return quote(path.as_posix(), errors="surrogateescape")
