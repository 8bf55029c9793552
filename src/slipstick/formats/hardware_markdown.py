"""A sheet of the catalogue -> Markdown, to be pasted into a thread: the tables of the page, sources as its last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table

from slipstick.catalogue.datasheet import Sheet
from slipstick.catalogue.device_names import Meaning
from slipstick.catalogue.hardware import Part
from slipstick.catalogue.lookup import Lookup
from slipstick.formats.hardware_page import names, remarks, sections
from slipstick.formats.hardware_tables import Sources, meanings_table, parts_table
from slipstick.formats.markdown_text import escaped


def sheet_markdown(found: Lookup, sheet: Sheet) -> str:
    """One part, as it was asked for."""
    blocks = [f"**{escaped(sheet.part.name)}**", *map(escaped, (*names(sheet), *remarks(found)))]
    for title, table in sections(sheet):
        blocks += [f"**{escaped(title)}**", _table(table)]
    return "\n\n".join(blocks) + "\n"


def family_markdown(found: Lookup, meanings: Sequence[Meaning]) -> str:
    """A bare family name without a year: its generations, and what the name meant when."""
    sources = Sources()
    blocks = [escaped(found.remark), _table(parts_table(found.parts))]
    uses = meanings_table(meanings, sources)
    if uses is not None:
        title = escaped(f'What "a {found.family}" meant')
        blocks += [f"**{title}**", _table(uses), "**Sources**", _table(sources.table())]
    return "\n\n".join(blocks) + "\n"


def list_markdown(parts: Iterable[Part]) -> str:
    """All parts, a row each."""
    return _table(parts_table(parts)) + "\n"


def _table(table: Table) -> str:
    """A table of the page; a list where it has no headings."""
    return "\n".join(_lines(table))


def _lines(table: Table) -> Iterator[str]:
    rows = zip(*(column.cells for column in table.columns), strict=True)
    if not table.show_header:
        yield from ("- " + " ".join(escaped(str(cell)) for cell in row) for row in rows)
        return
    yield _row(column.header for column in table.columns)
    yield "|---" * len(table.columns) + "|"
    yield from map(_row, rows)


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(escaped(str(cell)) for cell in cells)} |"
