"""Many reports, one after another, in one format; each is written as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from slipstick.report import Report

if TYPE_CHECKING:
    from slipstick.formats.text import Look

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


class TextPrinter:
    """A page for each text; of a table only the rows with something to show, and one count at the end."""

    def __init__(self, write: Write, look: Look) -> None:
        from slipstick.formats.overview import Tally

        self._write, self._look = write, look
        self._total = Tally()
        self._texts = self._rows = 0

    def add(self, report: Report, heading: str | None = None) -> None:
        """Print the page of a text, or under `heading` what was found in a row."""
        from slipstick.formats.overview import Tally
        from slipstick.formats.text import body, page

        self._total = self._total.plus(Tally.of(report))
        if heading is None:
            self._write(("\n" if self._texts else "") + page(report, self._look))
            self._texts += 1
            return
        self._rows += 1
        unread = self._look.show_unread and report.coverage.unread
        if report.calculations or report.findings or unread or (self._look.all_expressions and report.expressions):
            self._write(body(report, self._look, heading))

    def close(self) -> None:
        """Print the count over all rows and texts, where there was more than one text."""
        from slipstick.formats.plain import counted
        from slipstick.formats.text import footer

        if not self._rows and self._texts < 2:
            return
        scope = [counted(n, noun) for n, noun in ((self._texts, "text"), (self._rows, "row")) if n]
        self._write(("\n" if self._texts else "") + footer(self._total, self._look, f"{' and '.join(scope)}: "))
