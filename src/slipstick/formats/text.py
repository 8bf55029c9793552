"""Report -> the page for a terminal, drawn with rich.

Text by other hands enters only as `rich.text.Text` made of printable characters: markup in it is not interpreted, and
nothing in it can drive the terminal.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from slipstick.finding import Finding, Severity
from slipstick.formats.calculation import (
    SEVERITY_STYLES,
    findings_table,
    steps_table,
    summary_table,
    verdict_text,
)
from slipstick.formats.excerpt import Mark, Row, excerpt
from slipstick.formats.overview import Tally, shown_expressions
from slipstick.formats.plain import counted, printable
from slipstick.formats.wording import page_findings
from slipstick.report import Report, ReportedCalculation
from slipstick.source import Source, Span

_INDENT = 4
_ANY_HEIGHT = 25  # given, lest rich asks the terminal for it at every line


class Look(NamedTuple):
    """How a page is drawn: `width` in terminal cells, colours or none, and which of the optional parts are shown."""

    width: int = 80
    color: bool = False
    all_expressions: bool = False
    show_unread: bool = False


_PLAIN = Look()


def page(report: Report, look: Look = _PLAIN) -> str:
    """The whole page of one report: each calculation, findings about the document, coverage."""
    return body(report, look) + footer(Tally.of(report), look)


def body(report: Report, look: Look = _PLAIN, heading: str | None = None) -> str:
    """The calculations and the findings about the document; under a `heading` places are given without the name."""
    source = report.source
    name = printable(source.name) + ":" if heading is None else ""
    parts: list[RenderableType] = []
    if heading is not None:
        parts += [Text(f"─── {printable(heading)}", style="bold"), Text()]
    for calculation in (*report.calculations, *shown_expressions(report, every=look.all_expressions)):
        parts += [*_calculation(name, source, calculation, look), Text()]
    parts += _document_findings(name, source, report.findings, look)
    if look.show_unread:
        for place in report.coverage.unread:
            parts.append(_place(name, source, place.span).append("  not read: ").append(printable(place.reason)))
            parts += [*_excerpt(source, place.span, [Mark(place.span, "yellow")], look), Text()]
    return drawn(parts, look)


_WHAT_IS_READ = "A calculation is numbers joined by * / + or -, with its result behind = or ~."


def footer(tally: Tally, look: Look = _PLAIN, scope: str = "") -> str:
    """The last lines: how much was read, how many calculations hold, how many findings are hidden.

    `scope` opens the first line (`2 files: `).
    """
    coverage = f"{scope}{tally.read}"
    if tally.unread:
        hint = "" if look.show_unread else " (--show-unread lists them)"
        coverage += f"; {counted(tally.unread, 'expression')} not read{hint}"
    lines: list[RenderableType] = [Text(coverage)]
    if tally.numbers_seen and not tally.calculations:
        lines.append(Text(_WHAT_IS_READ, style="dim"))
    counts = ((tally.holds, tally.hold, "green"), (tally.off, "off", "red"), (tally.unknown, "unknown", "yellow"))
    if any(count for count, _, _ in counts):
        words = (Text(f"{count:,} {word}", style=f"bold {style}" if count else "dim") for count, word, style in counts)
        lines.append(Text(", ").join(words))
    if tally.hidden:
        lines.append(Text(tally.hidden, style="dim"))
    return drawn(lines, look)


def _calculation(name: str, source: Source, calculation: ReportedCalculation, look: Look) -> Iterator[RenderableType]:
    header = _place(name, source, calculation.span).append(f"  {printable(calculation.kind)}  ", "dim")
    yield header.append_text(verdict_text(calculation))
    yield from _excerpt(source, calculation.span, _marks(calculation), look)
    yield _indented(summary_table(calculation))
    tables = (
        findings_table(source, page_findings(calculation), calculation),
        steps_table(calculation),
    )
    for table in tables:
        if table is not None:
            yield Text()
            yield _indented(table)


def _marks(calculation: ReportedCalculation) -> list[Mark]:
    """Errors and warnings where there are any, else the claims; what does not hold in red."""
    grave = [finding for finding in calculation.findings if finding.severity is not Severity.NOTE]
    if grave:
        grave.sort(key=lambda finding: finding.severity.rank)
        return [Mark(f.span, SEVERITY_STYLES[f.severity], printable(f.name)) for f in grave]
    styles = {"holds": "green", "off": "bold red", "unknown": "yellow"}
    return [Mark(claim.span, styles[claim.verdict]) for claim in calculation.claims]


def _place(name: str, source: Source, span: Span) -> Text:
    place = source.place(span.start)
    return Text().append(f"{name}{place.line}:{place.column}", "bold")


def _excerpt(source: Source, span: Span, marks: list[Mark], look: Look) -> Iterator[Text]:
    last = source.place(max(span.start, span.end - 1)).line
    gutter = max(_INDENT - 1, len(str(last)))
    width = look.width - gutter - len(" │ ")
    for row in excerpt(source, span, marks, width):
        yield _line(f"{row.line or '':>{gutter}}", row.text)
        if row.carets:
            yield _line(" " * gutter, "").append_text(_carets(row, width))


def _line(number: str, text: str) -> Text:
    return Text.assemble((f"{number} │ ", "blue"), text)


def _carets(row: Row, width: int) -> Text:
    """The underlines of a row, each with its label where there is room before the next one or the edge.

    Where two overlap the later one, which is the graver, is on top.
    """
    cells = [" "] * max(caret.column + caret.width for caret in row.carets)
    for caret in row.carets:
        cells[caret.column : caret.column + caret.width] = "^" * caret.width
    text = Text("".join(cells).ljust(width))
    for caret in row.carets:
        end = caret.column + caret.width
        text.stylize(caret.mark.style, caret.column, end)
        free = min((other.column for other in row.carets if other.column >= end), default=width) - end
        if caret.mark.label and len(caret.mark.label) + 1 < free and text.plain[end : end + free].isspace():
            text = text[:end] + Text(f" {caret.mark.label}", style="dim") + text[end + 1 + len(caret.mark.label) :]
    return text


def _document_findings(name: str, source: Source, findings: Iterable[Finding], look: Look) -> Iterator[RenderableType]:
    for finding in findings:
        if finding.span.end > finding.span.start:
            yield _place(name, source, finding.span)
            yield from _excerpt(source, finding.span, [Mark(finding.span, SEVERITY_STYLES[finding.severity])], look)
        table = findings_table(source, [finding])
        if table is not None:
            yield _indented(table)
            yield Text()


def _indented(table: Table) -> Padding:
    # Not `expand=False`, for which rich would measure the table twice; blanks at the ends of lines go anyway.
    return Padding(table, (0, 0, 0, _INDENT + 1))


def drawn(parts: Iterable[RenderableType], look: Look) -> str:
    """What rich makes of the parts, without blanks at the ends of lines."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=look.width,
        height=_ANY_HEIGHT,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        # Excerpts are cut to the width already, tables wrap their cells; another long line is the terminal's to wrap.
        if isinstance(part, Text) and not look.color:
            file.write(f"{part.plain}\n")
        else:
            console.print(part, soft_wrap=isinstance(part, Text))
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())
