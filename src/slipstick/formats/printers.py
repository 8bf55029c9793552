"""Many reports, one after another, in one format; each is written as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from slipstick.report import Report

Write = Callable[[str], None]


class Printer(Protocol):
    """Prints reports in one format."""

    def add(self, report: Report, heading: str | None = None) -> None:
        """Print one report; `heading` names the row of a table that it is about, None is a text of its own."""

    def close(self) -> None:
        """Print what stands after the last report."""


class JsonPrinter:
    """One object, or an array of them where `array` says so (several texts, a table)."""

    def __init__(self, write: Write, encoding: str, *, array: bool) -> None:
        self._write, self._encoding, self._array = write, encoding, array
        self._count = 0

    def add(self, report: Report, heading: str | None = None) -> None:
        """Print one object; `heading` is not used, the object carries its own `source` and `id`."""
        from slipstick.formats.json import dumps

        if self._array:
            self._write(",\n" if self._count else "[\n")
        self._count += 1
        self._write(dumps(report, indent=2, encoding=self._encoding))

    def close(self) -> None:
        """End the array, or the line."""
        if self._array:
            self._write("\n]\n" if self._count else "[]\n")
        elif self._count:
            self._write("\n")


class JsonLinesPrinter:
    """One object a line."""

    def __init__(self, write: Write, encoding: str) -> None:
        self._write, self._encoding = write, encoding

    def add(self, report: Report, heading: str | None = None) -> None:
        """Print one line; `heading` is not used, the object carries its own `source` and `id`."""
        from slipstick.formats.json import dumps

        self._write(dumps(report, encoding=self._encoding) + "\n")

    def close(self) -> None:
        """Nothing stands after the last line."""
