"""Trend -> Markdown, to be pasted into a thread: the pace, sentences, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from slipstick.formats.plain import printable
from slipstick.formats.trend_tables import heading, headlines, sentences, tables
from slipstick.trends.trend import Trend

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~#$])")


def markdown(made: Trend) -> str:
    """The whole as Markdown; what stands in the table is escaped."""
    return "\n".join(_lines(made)).rstrip() + "\n"


def _lines(made: Trend) -> Iterator[str]:
    for line in headlines(made):
        yield from (f"**{_escaped(line[:1].upper() + line[1:])}.**", "")
    yield from (f"{_escaped(heading(made))}.", "")
    for sentence in sentences(made):
        yield f"- {_escaped(sentence)}"
    yield ""
    for table in tables(made):
        if table.rows:
            yield from (f"{_escaped(table.title)}:", "", _row(table.head), "|---" * len(table.head) + "|")
            yield from (_row(row) for row in table.rows)
            yield ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", printable(text))
