"""Printers of pages and logs: what stands before, between and after the reports.

Each format is loaded by the printer that prints it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from slipstick.formats.overview import Tally, has_something
from slipstick.formats.printers import Write
from slipstick.report import Report

if TYPE_CHECKING:
    from slipstick.formats.elements import Html
    from slipstick.formats.sarif import RuleWords
    from slipstick.formats.text import Look


class TextPrinter:
    """A page for each text; of a table only the rows with something to show, and one count at the end."""

    def __init__(self, write: Write, look: Look) -> None:
        self._write, self._look = write, look
        self._total = Tally()
        self._texts = self._rows = 0

    def add(self, report: Report, heading: str | None = None) -> None:
        """Print the page of a text, or under `heading` what was found in a row."""
        from slipstick.formats.text import body, page

        self._total = self._total.plus(Tally.of(report))
        if heading is None:
            self._write(("\n" if self._texts else "") + page(report, self._look))
            self._texts += 1
            return
        self._rows += 1
        look = self._look
        if has_something(report, all_expressions=look.all_expressions, show_unread=look.show_unread):
            self._write(body(report, self._look, heading))

    def close(self) -> None:
        """Print the count over all rows and texts, where there was more than one text."""
        from slipstick.formats.plain import counted
        from slipstick.formats.text import footer

        if not self._rows and self._texts < 2:
            return
        scope = [counted(n, noun) for n, noun in ((self._texts, "text"), (self._rows, "row")) if n]
        self._write(("\n" if self._texts else "") + footer(self._total, self._look, f"{' and '.join(scope)}: "))


class MarkdownPrinter:
    """A page for each text, under its name where `several` says so; of a table the rows with something to show."""

    def __init__(self, write: Write, *, several: bool, all_expressions: bool, show_unread: bool) -> None:
        self._write, self._several = write, several
        self._all, self._unread = all_expressions, show_unread
        self._total = Tally()
        self._count = 0

    def add(self, report: Report, heading: str | None = None) -> None:
        """Print one text or row, if there is anything to say about it."""
        from slipstick.formats.markdown import body

        self._total = self._total.plus(Tally.of(report))
        self._count += 1
        title = heading or (report.source.name if self._several else None)
        shown = body(report, heading=title, all_expressions=self._all, show_unread=self._unread)
        if has_something(report, all_expressions=self._all, show_unread=self._unread):
            self._write(f"{shown}\n")

    def close(self) -> None:
        """Print how much was read, and over several texts or rows how many calculations hold."""
        from slipstick.formats.markdown import footer

        self._write(footer(self._total, verdicts=self._count > 1))


class HtmlPrinter:
    """One page for all texts, and for the rows of a table with something to show."""

    def __init__(self, write: Write, encoding: str, *, all_expressions: bool) -> None:
        self._write, self._encoding, self._all = write, encoding, all_expressions
        self._sections: list[Html] = []
        self._total = Tally()

    def add(self, report: Report, heading: str | None = None) -> None:
        """Take in one text or row."""
        from slipstick.formats.html import section

        self._total = self._total.plus(Tally.of(report))
        if heading is None or has_something(report, all_expressions=self._all, show_unread=True):
            title = report.source.name if heading is None else heading
            self._sections.append(section(report, len(self._sections) + 1, title, all_expressions=self._all))

    def close(self) -> None:
        """Print the page; what the encoding cannot hold as character references."""
        from slipstick.formats.html import document

        page = document(self._sections, self._total, "slipstick audit")
        self._write(page.encode(self._encoding, "xmlcharrefreplace").decode(self._encoding))


class LatexPrinter:
    """A derivation for each calculation, one after another."""

    def __init__(self, write: Write, *, all_expressions: bool) -> None:
        self._write, self._all = write, all_expressions
        self._count = 0

    def add(self, report: Report, heading: str | None = None) -> None:
        """Print the derivations of one text or row."""
        from slipstick.formats.latex import PREAMBLE, page

        shown = page(report, heading=heading, all_expressions=self._all)
        self._write(("" if self._count else PREAMBLE) + (f"\n{shown}" if shown else ""))
        self._count += 1

    def close(self) -> None:
        """Nothing stands after the last derivation."""


class SarifPrinter:
    """One log of one run; `rules`, `version` and `base` as in `sarif.dumps`."""

    def __init__(self, write: Write, rules: Sequence[RuleWords], version: str, base: str) -> None:
        self._write, self._rules, self._version, self._base = write, rules, version, base
        self._reports: list[tuple[Report, str | None]] = []

    def add(self, report: Report, heading: str | None = None) -> None:
        """Take in one text or row."""
        row = None if heading is None else heading.removeprefix(f"{report.source.name}: ")
        self._reports.append((report, row))

    def close(self) -> None:
        """Print the log."""
        from slipstick.formats.sarif import dumps

        self._write(dumps(self._reports, self._rules, self._version, self._base))
