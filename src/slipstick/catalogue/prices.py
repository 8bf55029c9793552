"""What an hour of an accelerator cost: by part, provider, date and kind, as listed and for one chip or GPU.

The facts stand in `data/prices.csv`, read on first use; a new price is a new row. Clouds list some hardware by the
device (a Cloud TPU of 4 chips) or by the machine (8 GPUs): `listed_usd_per_hour` is that price, `usd_per_hour` what
the source makes of it for one thing of `level`, rounded as there.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from slipstick.data import read_rows

KINDS = ("on demand", "spot", "one year", "three years")
"""How the hour is bought: at will, interruptibly, or under a commitment of one or three years."""


class Price(NamedTuple):
    """A price in USD an hour, exact as printed.

    `listed_as` is what the provider's list calls the thing that costs `listed_usd_per_hour`; it is a `listed_level`
    that holds `chips` things of `level`. `last_seen` is None where the price was seen on one day only.
    """

    part: str
    variant: str
    provider: str
    region: str
    date: datetime.date
    last_seen: datetime.date | None
    kind: str
    level: str
    usd_per_hour: Fraction
    listed_as: str
    listed_level: str
    listed_usd_per_hour: Fraction
    chips: int
    source: str
    confidence: str
    note: str

    @property
    def each(self) -> Fraction:
        """The listed price for one thing of `level`, unrounded: 32.77 / 8 where `usd_per_hour` says 4.10."""
        return self.listed_usd_per_hour / self.chips


def prices(part: str, *, kind: str | None = None, year: int | None = None) -> tuple[Price, ...]:
    """The prices of a part in order of their dates, of one kind or seen in one year where that is asked.

    Empty where none is known. Raises ValueError for a kind that is not one of `KINDS`.
    """
    if kind not in (None, *KINDS):
        raise ValueError(f"no kind of price {kind!r}; expected one of {', '.join(KINDS)}")
    found = _by_part().get(part, ())
    return tuple(p for p in found if kind in (None, p.kind) and (year is None or _held_in(p, year)))


def _held_in(price: Price, year: int) -> bool:
    return price.date.year <= year <= (price.last_seen or price.date).year


@cache
def _by_part() -> dict[str, tuple[Price, ...]]:
    found: dict[str, list[Price]] = {}
    for row in read_rows("prices.csv"):
        found.setdefault(row["part"], []).append(_to_price(row))
    return {part: tuple(sorted(each, key=_order)) for part, each in found.items()}


def _order(price: Price) -> tuple[datetime.date, str, int]:
    return price.date, price.provider, KINDS.index(price.kind)


def _to_price(row: dict[str, str]) -> Price:
    return Price(
        row["part"],
        row["variant"],
        row["provider"],
        row["region"],
        datetime.date.fromisoformat(row["date"]),
        datetime.date.fromisoformat(row["last_seen"]) if row["last_seen"] else None,
        row["kind"],
        row["level"],
        Fraction(row["usd_per_hour"]),
        row["listed_as"],
        row["listed_level"],
        Fraction(row["listed_usd_per_hour"]),
        int(row["chips"]),
        row["source"],
        row["confidence"],
        row["note"],
    )
