"""Facts as files: units, spellings, hardware, packaging, prices, utilization, systems, the report's schema."""

from __future__ import annotations

import csv
import os.path


def read_data(name: str) -> str:
    """The text of one of the data files, by its name with suffix.

    Plain `open` beside this file: `importlib.resources` and `pathlib` take 20 ms to import, a fifth of an audit.
    """
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8", newline="") as file:  # noqa: PTH118, PTH120, PTH123
        return file.read()


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables (.csv), each by the names of its columns."""
    return list(csv.DictReader(read_data(name).splitlines(keepends=True)))


def listed(cell: str) -> tuple[str, ...]:
    """What a cell lists, parted by "|"."""
    return tuple(item for item in cell.split("|") if item)
