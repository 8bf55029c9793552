"""What an hour of owned hardware came to in runs whose amortized cost was published: no list of prices has it.

The facts stand in `data/amortized.csv`, read on first use: the cost of the run (the value that its hardware lost
meanwhile, and its energy) and the device-hours that it took. Their quotient is the cost of one hour.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from slipstick.data import read_rows


class Amortized(NamedTuple):
    """A run's amortized cost in USD over its hours on things of `level`; `date` is that of the run: "2024-07"."""

    part: str
    level: str
    run: str
    date: str
    usd: Fraction
    device_hours: Fraction
    source: str
    confidence: str
    note: str

    @property
    def usd_per_hour(self) -> Fraction:
        """USD an hour for one thing of `level`."""
        return self.usd / self.device_hours


def amortized(part: str) -> tuple[Amortized, ...]:
    """The runs on a part whose amortized cost is known, in the order of the file; empty where none is."""
    return tuple(each for each in _all() if each.part == part)


@cache
def _all() -> tuple[Amortized, ...]:
    return tuple(
        Amortized(
            row["part"],
            row["level"],
            row["run"],
            row["date"],
            Fraction(row["usd"]),
            Fraction(row["device_hours"]),
            row["source"],
            row["confidence"],
            row["note"],
        )
        for row in read_rows("amortized.csv")
    )
