"""Memory, its bandwidth and the rated power of accelerators, each with its source.

The facts stand in `data/memory_and_power.csv`, read on first use.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from slipstick.data import read_rows


class Memory(NamedTuple):
    """Memory in bytes, its bandwidth in byte/s and the rated power in W of one thing of `level`; None: not known."""

    part: str
    variant: str
    level: str
    bytes: int | None
    bytes_per_s: int | None
    power_w: int | None
    source: str
    confidence: str
    note: str


@cache
def memories(part: str) -> tuple[Memory, ...]:
    """What is known of a part, in the order of the file."""
    return tuple(each for each in _all() if each.part == part)


@cache
def _all() -> tuple[Memory, ...]:
    return tuple(
        Memory(
            row["part"],
            row["variant"],
            row["level"],
            _whole(row["memory_bytes"]),
            _whole(row["memory_bytes_per_s"]),
            _whole(row["power_w"]),
            row["source"],
            row["confidence"],
            row["note"],
        )
        for row in read_rows("memory_and_power.csv")
    )


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None
