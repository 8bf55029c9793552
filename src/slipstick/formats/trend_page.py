"""Trend -> the page for a terminal, drawn with rich.

What stands in the table enters only as `rich.text.Text` of printable characters.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from slipstick.formats.plain import printable
from slipstick.formats.text import Look, drawn
from slipstick.formats.trend_tables import Rows, heading, headlines, sentences, tables
from slipstick.trends.trend import Trend

_INDENT = 2
_MOST_ROWS = 40
_WHOLE = 16  # characters of a cell that is not broken


def page(made: Trend, look: Look) -> str:
    """The pace, what is to be said of it, and the tables behind it; `look.all_expressions` lists every row."""
    return drawn(_parts(made, look), look)


def _parts(made: Trend, look: Look) -> Iterator[RenderableType]:
    yield _wrapped(heading(made), "dim")
    for line in headlines(made):
        yield _wrapped(line, "bold")
    yield Text()
    for sentence in sentences(made):
        yield _item(sentence)
    for table in tables(made, look.all_expressions):
        if table.rows:
            yield Text()
            yield Text(printable(table.title), style="bold")
            yield Padding(_drawn_table(table, look), (0, 0, 0, _INDENT))


def _drawn_table(rows: Rows, look: Look) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in rows.head:
        longest = max(len(row[len(table.columns)]) for row in rows.rows)
        table.add_column(Text(printable(name)), overflow="fold", no_wrap=longest <= _WHOLE)
    shown = rows.rows if look.all_expressions else rows.rows[:_MOST_ROWS]
    for row in shown:
        table.add_row(*(Text(printable(cell)) for cell in row))
    if len(shown) < len(rows.rows):
        table.add_row(Text(f"… {len(rows.rows) - len(shown)} more (--all)", style="dim"))
    return table


def _item(sentence: str) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(Text("-"), Text(printable(sentence)))
    return grid


def _wrapped(line: str, style: str = "") -> Padding:
    return Padding(Text(printable(line), style=style), 0)
