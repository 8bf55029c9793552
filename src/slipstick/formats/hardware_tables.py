"""What the pages of the catalogue are made of: numbered sources, tables, rates in words."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from rich.table import Table
from rich.text import Text

from slipstick.catalogue.device_names import Meaning
from slipstick.catalogue.hardware import Part, Peak, peaks
from slipstick.formats.plain import printable, shown

_SCALES = (("E", 10**18, 10**18), ("P", 10**15, 10**16), ("T", 10**12, 10**12), ("G", 10**9, 0))
"""Prefix, its size, and the least rate that is written with it: 1,979 TFLOP/s, but 11.5 PFLOP/s."""


class Sources:
    """The sources of a page, numbered in the order of their use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, source: str, confidence: str = "") -> str:
        """How a figure names its source: "[3]", with the confidence before it where that is given."""
        number = self._numbers.setdefault(source, len(self._numbers) + 1)
        return f"{confidence} [{number}]".strip()

    def table(self) -> Table:
        """All of them, with their numbers."""
        table = grid("", "", headed=False)
        for source, number in self._numbers.items():
            table.add_row(Text(f"[{number}]", style="dim"), Text(printable(source)))
        return table


def parts_table(parts: Iterable[Part]) -> Table:
    """Name, year, family, levels, the level that the bare name means, and the peak to take first at that level."""
    table = grid("name", "year", "family", "levels", "one is a", "peak")
    for part in parts:
        peak = _first_peak(part)
        said = f"{rate(peak.flop_per_s, peak.number_format)} a {peak.level}, {peak.number_format}" if peak else ""
        table.add_row(part.name, str(part.year), part.family, ", ".join(part.levels), part.base_level or "(open)", said)
    return table


def _first_peak(part: Part) -> Peak | None:
    """The default of the base level; where that is open, of one chip, GPU or board."""
    defaults = {peak.level: peak for peak in peaks(part.name) if peak.default}
    return next((defaults[level] for level in (part.base_level, "chip", "GPU", "board") if level in defaults), None)


def meanings_table(meanings: Iterable[Meaning], sources: Sources) -> Table | None:
    """How a bare name was used, by year."""
    rows = list(meanings)
    table = grid("years", "one is a", "as used", "source")
    for use in rows:
        years = f"{use.first_year or ''}-{use.last_year or ''}" if use.first_year else "any"
        years = str(use.first_year) if use.first_year == use.last_year and use.first_year else years
        table.add_row(years, use.level, noted(use.meaning, use.note), sources.mark(use.source, use.confidence))
    return table if rows else None


def rate(flop_per_s: Fraction, number_format: str = "") -> str:
    """A rate as data sheets write it: 123 TFLOP/s, 126 PFLOP/s of a pod; operations in integer formats."""
    unit = "OP/s" if number_format.startswith("int") else "FLOP/s"
    prefix, size = next((prefix, size) for prefix, size, least in _SCALES if least <= flop_per_s)
    return f"{shown(float(flop_per_s / size), 5)} {prefix}{unit}"


def noted(text: str, note: str) -> Text:
    """A text with a dim note behind it, where there is one."""
    made = Text(printable(text))
    if note:
        made.append(f"; {printable(note)}" if text else printable(note), style="dim")
    return made


def grid(*headings: str, headed: bool = True) -> Table:
    """A table without lines whose cells wrap."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=headed, header_style="dim", pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
