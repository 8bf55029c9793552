"""The highest utilizations that were published, by what is meant by it; from data/utilization_records.csv."""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from slipstick.data import read_data


class Record(NamedTuple):
    """A published utilization: `kind` is MFU, HFU or measured (a profiler's, on one device)."""

    kind: str
    value: Fraction
    run: str
    date: str
    source: str
    confidence: str
    note: str


@cache
def records() -> tuple[Record, ...]:
    """Every record, highest first."""
    rows = csv.DictReader(read_data("utilization_records.csv").splitlines(keepends=True))
    found = [
        Record(r["kind"], Fraction(r["value"]), r["run"], r["date"], r["source"], r["confidence"], r["note"])
        for r in rows
    ]
    return tuple(sorted(found, key=lambda record: -record.value))


def highest(kind: str) -> Record:
    """The highest of a kind. Raises KeyError where the table has none of it."""
    found = next((record for record in records() if record.kind == kind), None)
    if found is None:
        raise KeyError(f"no utilization of the kind {kind!r} is recorded")
    return found
