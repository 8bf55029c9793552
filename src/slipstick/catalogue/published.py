"""Utilizations that were published for training runs, and what is usual in settings of their own.

The facts stand in `data/published_utilization.csv`, read on first use. The defaults by era, which rest on them, are
`utilization.utilization_default`. Published values are biased upward: who reaches little seldom says so.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from slipstick.data import read_rows

KINDS = ("MFU", "HFU", "measured throughput", "roofline share", "implied", "assumed")
"""What a utilization is a share of, and how it was found.

MFU counts the operations that the model needs, HFU also those done again (activations recomputed); both over the peak.
Measured throughput is what hardware counters saw over the peak. A roofline share is of the time that the hardware's
limits allow. Implied: worked back from a count of operations and device-time. Assumed: somebody's guess.
"""


class PublishedUtilization(NamedTuple):
    """A published utilization, as a fraction; `value` is None where only a range is given.

    `part` is the catalogue's name of the hardware, "" where it is not said, `hardware` the name as the source writes
    it, `devices` how many there were.
    """

    model: str
    date: datetime.date
    part: str
    hardware: str
    devices: int | None
    kind: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    basis: str
    source: str
    confidence: str
    note: str

    @property
    def top(self) -> Fraction:
        """The highest that it says: the value, else the upper end of the range; 0 where it has neither."""
        return self.value or self.high or Fraction(0)


@cache
def utilizations() -> tuple[PublishedUtilization, ...]:
    """All of them, in order of their dates."""
    return tuple(sorted(map(_to_utilization, read_rows("published_utilization.csv")), key=lambda u: u.date))


def utilizations_on(part: str) -> tuple[PublishedUtilization, ...]:
    """Those of runs on one part, in order of their dates."""
    return tuple(u for u in utilizations() if u.part == part)


@cache
def highest(kind: str) -> PublishedUtilization:
    """The highest of a kind. Raises KeyError where none is published."""
    found = [u for u in utilizations() if u.kind == kind]
    if not found:
        raise KeyError(f"no utilization of the kind {kind!r} is published")
    return max(found, key=lambda u: u.top)


def _to_utilization(row: dict[str, str]) -> PublishedUtilization:
    return PublishedUtilization(
        row["model"],
        datetime.date.fromisoformat(row["date"]),
        row["part"],
        row["hardware"],
        int(row["devices"]) if row["devices"] else None,
        row["kind"],
        _fraction(row["value"]),
        _fraction(row["low"]),
        _fraction(row["high"]),
        row["basis"],
        row["source"],
        row["confidence"],
        row["note"],
    )


def _fraction(cell: str) -> Fraction | None:
    return Fraction(cell) if cell else None
