"""A baseline: findings that are known and accepted, kept in a file; the audit hides and counts them.

A finding is known by its source, its row, its rule and the words of its calculation with white space evened out, never
by its line, so that edits elsewhere change nothing (docs/suppression.md).
"""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from slipstick.finding import Finding
from slipstick.report import Report, ReportedCalculation

SCHEMA = "slipstick-baseline/1"
_LARGEST = 256 * 2**20
_STREAMS = ("<stdin>", "<text>")


class BaselineError(ValueError):
    """A file that cannot be used as a baseline; the message, one line, says why and what was expected."""


class Entry(NamedTuple):
    """What is known: a rule's finding in the calculation `text` of a row (None: a text of its own) of a source."""

    source: str
    row: str | int | float | None
    code: str
    text: str


Known = Counter[Entry]
"""How many findings of each kind are known."""


class Baseline:
    """The findings that are known, each of which hides one that is found; `folder` is that of the file."""

    def __init__(self, folder: Path, known: Known) -> None:
        self._folder, self._left = folder, known.copy()
        self._sources: set[str] = set()

    def hides(self, report: Report) -> Report:
        """The report without what is known, counted. Each finding that is known hides one."""
        hidden: Counter[str] = Counter()
        source = source_name(report.source.name, self._folder)
        self._sources.add(source)

        def keeps(finding: Finding, made: ReportedCalculation | None) -> bool:
            entry = _entry(report, source, finding, made)
            if not self._left[entry]:
                return True
            self._left[entry] -= 1
            hidden[finding.code] += 1
            return False

        kept = report.kept(keeps)
        return kept._replace(suppressed=kept.suppressed._replace(baseline=tuple(sorted(hidden.items()))))

    @property
    def stale(self) -> int:
        """How many known findings of the sources seen so far were not found."""
        return sum(count for entry, count in self._left.items() if entry.source in self._sources)


def source_name(name: str, folder: Path) -> str:
    """How a baseline in `folder` names a source: its path from there, with slashes; a stream by its own name."""
    if name in _STREAMS:
        return name
    try:
        return PurePath(os.path.relpath(name, folder)).as_posix()
    except ValueError:  # on another drive
        return Path(name).absolute().as_posix()


def found_in(report: Report, folder: Path) -> Iterator[Entry]:
    """Every finding of a report, as a baseline in `folder` knows it."""
    source = source_name(report.source.name, folder)
    for made in (*report.calculations, *report.expressions):
        yield from (_entry(report, source, finding, made) for finding in made.findings)
    yield from (_entry(report, source, finding, None) for finding in report.findings)


def _entry(report: Report, source: str, finding: Finding, made: ReportedCalculation | None) -> Entry:
    text = made.text if made else finding.span.of(report.source.text)
    row = report.source.id
    known = None if isinstance(row, float) and not math.isfinite(row) else row  # JSON has no other number
    return Entry(source, known, finding.code, " ".join(text.split()))


def read(path: Path) -> Baseline:
    """The baseline in a file. Raises BaselineError."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BaselineError(f"{path}: more than {_LARGEST:,} bytes; {_EXPECTED}")
        content = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    except OSError as error:
        raise BaselineError(f"{path}: cannot be read ({error.strerror}); {_EXPECTED}") from None
    except (ValueError, RecursionError):
        raise BaselineError(f"{path}: not JSON; {_EXPECTED}") from None
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise BaselineError(f"{path}: no baseline of schema {SCHEMA}; {_EXPECTED}")
    known: Known = Counter()
    listed = content.get("findings")
    for number, record in enumerate(listed if isinstance(listed, list) else [None], 1):
        entry, count = _read_entry(record, f"{path}: finding {number}")
        known[entry] += count
    return Baseline(path.parent, known)


_EXPECTED = "expected a file that --write-baseline wrote"


def _read_entry(record: Any, where: str) -> tuple[Entry, int]:
    if not isinstance(record, dict):
        raise BaselineError(f"{where} is no object; {_EXPECTED}")
    source, row, code, text, count = (record.get(key) for key in ("source", "id", "code", "text", "count"))
    usable = all(isinstance(each, str) for each in (source, code, text)) and isinstance(row, str | int | float | None)
    if not usable or not isinstance(count, int) or count < 1:
        raise BaselineError(f"{where} has no source, id, code, text and count as they should be; {_EXPECTED}")
    return Entry(str(source), row, str(code), str(text)), count


def dumps(known: Known) -> str:
    """The file's text: one finding a line, in order, so that two versions differ only where findings do."""
    rows = sorted(
        known.items(), key=lambda item: (item[0].source, *_row_order(item[0].row), item[0].text, item[0].code)
    )
    lines = [
        {"source": entry.source, "id": entry.row, "code": entry.code, "text": entry.text, "count": count}
        for entry, count in rows
    ]
    shown = ",\n".join("    " + json.dumps(line, ensure_ascii=False, allow_nan=False) for line in lines)
    listed = f"[\n{shown}\n  ]" if shown else "[]"
    return f'{{\n  "schema": "{SCHEMA}",\n  "findings": {listed}\n}}\n'


def _row_order(row: str | int | float | None) -> tuple[bool, bool, float, str]:
    number = row if isinstance(row, int | float) else 0
    return row is not None, isinstance(row, str), number, row if isinstance(row, str) else ""


def write(path: Path, known: Known) -> None:
    """Write the file whole, or leave what is there. Raises BaselineError."""
    data = dumps(known).encode("utf-8", "surrogatepass")
    target = Path(os.path.realpath(path))
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise BaselineError(f"{path}: cannot be written ({error.strerror})") from None
