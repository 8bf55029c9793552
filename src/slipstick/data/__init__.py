"""Facts as files: units, spellings, hardware, packaging, utilization, the report's schema."""

from __future__ import annotations

import os.path


def read_data(name: str) -> str:
    """The text of one of the data files, by its name with suffix.

    Plain `open` beside this file: `importlib.resources` and `pathlib` take 20 ms to import, a fifth of an audit.
    """
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8", newline="") as file:  # noqa: PTH118, PTH120, PTH123
        return file.read()
