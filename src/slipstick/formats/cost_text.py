"""Cost -> a page for the terminal, drawn with rich."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from slipstick.costs.bill import Cost, HardwareCost
from slipstick.costs.wording import (
    across_kinds,
    amortized_words,
    assumed,
    cells,
    columns,
    headline,
    notes,
    of_each,
    spread_from,
)
from slipstick.formats.hardware_tables import Sources, grid
from slipstick.formats.plain import printable
from slipstick.formats.price_table import price_table
from slipstick.formats.text import Look, drawn

_INDENT = 2


def page(made: Cost, look: Look) -> str:
    """The bills by hardware and kind of price, what was assumed, the lists of prices, and the sources."""
    sources = Sources()
    parts: list[RenderableType] = [_wrapped(headline(made), "bold")]
    for each in made.hardware:
        parts += [Text(), *_hardware(made, each, sources)]
    parts.append(Text())
    parts += [_wrapped(f"- {note}") for note in notes(made)]
    listed = sources.table()
    if listed.row_count:
        parts += [Text(), Text("Sources", style="bold"), Padding(listed, (0, 0, 0, _INDENT))]
    return drawn(parts, look)


def _hardware(made: Cost, each: HardwareCost, sources: Sources) -> Iterator[RenderableType]:
    yield _wrapped(f"{each.device} ({each.why}): {of_each(made, each)}", "bold cyan")
    yield Padding(_bills(made, each), (0, 0, 0, _INDENT))
    across = across_kinds(made, each)
    if across:
        yield _indented(across)
    spread = spread_from(each)
    if spread:
        yield _indented(f"spread due to {spread}", "dim")
    for assumption in each.assumptions:
        if assumption.source:
            said, source = assumed(assumption)
            mark = f" {sources.mark(source)}" if source else ""
            yield _indented(f"{assumption.name} {said}{mark}", "dim")
    for remark in each.remarks:
        yield _indented(remark, "yellow")
    lists = price_table(tuple(price for bill in each.bills for price in bill.lists), sources)
    if lists is not None:
        yield Padding(lists, (0, 0, 0, _INDENT))
    for run in (run for bill in each.bills for run in bill.runs):
        yield _indented(f"{amortized_words(run)} {sources.mark(run.source, run.confidence)}")


def _bills(made: Cost, each: HardwareCost) -> Table:
    table = grid(*columns(made, each))
    for bill in each.bills:
        first, second, *rest = cells(made, bill)
        table.add_row(Text(first), Text(second), *(Text(cell, style="bold") for cell in rest))
    return table


def _wrapped(line: str, style: str = "") -> Padding:
    return Padding(Text(printable(line), style=style), 0)


def _indented(line: str, style: str = "") -> Padding:
    return Padding(Text(printable(line), style=style), (0, 0, 0, _INDENT))
