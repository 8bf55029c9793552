"""The tables of points that come with slipstick, by name."""

from __future__ import annotations

import csv
from typing import NamedTuple

from slipstick.data import read_data
from slipstick.tables import TableRow


class Shipped(NamedTuple):
    """A table that comes along: its file, what it holds, and which rows its line goes through unless told otherwise."""

    file: str
    about: str
    where: tuple[str, ...]


TABLES = {
    "ai-and-compute": Shipped(
        "ai_and_compute.csv",
        "OpenAI, AI and Compute (2018): training runs of 2012-2017, with earlier and later ones beside them",
        ("set=modern",),
    ),
}


def shipped_rows(name: str) -> list[TableRow]:
    """The rows of one of `TABLES`, with the lines at which they begin."""
    reader = csv.DictReader(read_data(TABLES[name].file).splitlines(keepends=True))
    return [TableRow(reader.line_num, cells) for cells in reader]
