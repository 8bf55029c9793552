"""What a family's bare name meant in prose: "a TPU" was a chip, a board or a core, by year and author.

The facts stand in `data/device_names.csv`, read on first use.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from slipstick.data import read_rows


class Meaning(NamedTuple):
    """How a name was used: `level` is what one of them is. A year is None where the use is not tied to it."""

    family: str
    first_year: int | None
    last_year: int | None
    level: str
    meaning: str
    source: str
    confidence: str
    note: str


def meanings(family: str, first: int | None = None, last: int | None = None) -> tuple[Meaning, ...]:
    """What the bare name of a family meant, in the years `first` to `last` (or `first` alone) where they are given.

    Uses that are tied to no year always count.
    """
    held = (m for m in _all() if m.family == family)
    return tuple(m for m in held if first is None or _meets(m, first, last or first))


def _meets(meaning: Meaning, first: int, last: int) -> bool:
    return (meaning.first_year or first) <= last and first <= (meaning.last_year or last)


@cache
def _all() -> tuple[Meaning, ...]:
    return tuple(
        Meaning(
            row["family"],
            int(row["first_year"]) if row["first_year"] else None,
            int(row["last_year"]) if row["last_year"] else None,
            row["level"],
            row["meaning"],
            row["source"],
            row["confidence"],
            row["note"],
        )
        for row in read_rows("device_names.csv")
    )
