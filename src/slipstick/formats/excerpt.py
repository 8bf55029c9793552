"""The lines of a text around a place, wrapped to a width, with where to put the carets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from slipstick.formats.plain import printable
from slipstick.source import Source, Span

_BEFORE, _AFTER = 40, 24
"""Code points of the same line that are shown before and after the place, as context."""

_MOST_ROWS = 8


class Mark(NamedTuple):
    """A place to underline, in a style of rich; `label` is written after its last caret."""

    span: Span
    style: str
    label: str = ""


class Caret(NamedTuple):
    """An underline: `width` cells from cell `column` (from 0) of the row's text."""

    column: int
    width: int
    mark: Mark


class Row(NamedTuple):
    """One row of an excerpt: the text as shown, and what is underlined in it.

    `line` is the source line's number where a source line starts, None on rows that continue it.
    """

    line: int | None
    text: str
    carets: tuple[Caret, ...] = ()


def excerpt(source: Source, span: Span, marks: Sequence[Mark], width: int) -> tuple[Row, ...]:
    """The rows that show `span` and a little of what stands beside it, each at most `width` cells (at least 20)."""
    rows: list[Row] = []
    at = span.start
    while True:
        line = source.line_span(at)
        rows += _rows_of_line(source, _with_context(source.text, span, line), line, marks, max(width, 20))
        at = line.end + 1
        if at >= span.end:
            return tuple(_shortened(rows))


def _with_context(text: str, span: Span, line: Span) -> Span:
    """The part of the line that is shown: all of `span` in it, and context that starts and ends between words."""
    start, end = line.start, line.end
    if span.start - start > _BEFORE:
        blank = text.find(" ", span.start - _BEFORE, span.start)
        start = blank + 1 if blank >= 0 else span.start
    if end - span.end > _AFTER:
        blank = text.rfind(" ", span.end, span.end + _AFTER)
        end = blank if blank >= 0 else span.end
    return Span(start, max(start, end))


def _rows_of_line(source: Source, part: Span, line: Span, marks: Sequence[Mark], width: int) -> Iterator[Row]:
    pieces = list(_pieces(source.text, part, width - 1 - (part.start > line.start)))
    for number, piece in enumerate(pieces):
        prefix = "…" if number == 0 and part.start > line.start else ""
        suffix = "…" if number == len(pieces) - 1 and part.end < line.end else ""
        carets = _carets(source.text, piece, marks, len(prefix))
        shown = prefix + printable(piece.of(source.text)).rstrip() + suffix
        yield Row(source.place(line.start).line if number == 0 else None, shown, tuple(carets))


def _pieces(text: str, part: Span, width: int) -> Iterator[Span]:
    """`part` cut into pieces of at most `width` cells, after a blank where there is one."""
    start, blank, cells = part.start, part.start, 0
    cells_to_blank = 0
    for at in range(part.start, part.end):
        cells_here = cell_len(printable(text[at]))
        if cells + cells_here > width and text[at] != " " and at > start:
            cut = blank if blank > start else at
            yield Span(start, cut)
            cells -= cells_to_blank if cut == blank else cells
            start, cells_to_blank = cut, 0
        cells += cells_here
        if text[at] == " ":
            blank, cells_to_blank = at + 1, cells
    yield Span(start, part.end)


def _carets(text: str, piece: Span, marks: Iterable[Mark], column: int) -> Iterator[Caret]:
    for mark in marks:
        empty = mark.span.start == mark.span.end
        mark_end = mark.span.end + empty  # an empty place still gets one caret
        start, end = max(mark.span.start, piece.start), min(mark_end, piece.end)
        under = text[start:end].rstrip()
        if start >= end or not (under or empty):
            continue
        before = cell_len(printable(text[piece.start : start]))
        # A label is written once, where the marked place ends.
        shown = mark if mark_end <= piece.end else Mark(mark.span, mark.style)
        yield Caret(column + before, max(1, cell_len(printable(under))), shown)


def _shortened(rows: list[Row]) -> Iterator[Row]:
    """At most about `_MOST_ROWS` rows: first, last and underlined ones are kept, `…` stands for what is left out."""
    if len(rows) <= _MOST_ROWS:
        yield from rows
        return
    marked = [n for n, row in enumerate(rows) if row.carets]
    kept = sorted({0, *marked[: _MOST_ROWS // 2], *marked[-1:], len(rows) - 1})
    previous = -1
    for number in kept:
        if number > previous + 1:
            yield Row(None, "…")
        yield rows[number]
        previous = number
