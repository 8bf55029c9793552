"""Trend -> Markdown, to be pasted into a thread: the pace, sentences, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slipstick.formats.markdown_text import escaped
from slipstick.formats.trend_tables import heading, headlines, sentences, tables
from slipstick.trends.trend import Trend


def markdown(made: Trend) -> str:
    """The whole as Markdown; what stands in the table is escaped."""
    return "\n".join(_lines(made)).rstrip() + "\n"


def _lines(made: Trend) -> Iterator[str]:
    for line in headlines(made):
        yield from (f"**{escaped(line[:1].upper() + line[1:])}.**", "")
    yield from (f"{escaped(heading(made))}.", "")
    for sentence in sentences(made):
        yield f"- {escaped(sentence)}"
    yield ""
    for table in tables(made):
        if table.rows:
            yield from (f"{escaped(table.title)}:", "", _row(table.head), "|---" * len(table.head) + "|")
            yield from (_row(row) for row in table.rows)
            yield ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"
