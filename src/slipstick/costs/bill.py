"""What a cost is made of, in plain values: the amount asked about, the hardware taken, a bill for each kind of price.

Kinds of price are never mixed: each has a bill of its own. Formats draw these records; nothing here computes.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from slipstick.catalogue.amortized import Amortized
from slipstick.catalogue.prices import Price

SCHEMA = "slipstick-cost/1"

KINDS = {
    "on-demand": "on demand",
    "spot": "spot",
    "reserved-1y": "reserved, 1 year",
    "reserved-3y": "reserved, 3 years",
    "amortized": "amortized",
    "own": "own price",
}
"""The kinds of price, as they are asked for and as they are shown."""


AS_GIVEN = "as given"
"""The source of an assumption that the caller made."""


@dataclass(frozen=True)
class Figure:
    """A number in `unit` with its central interval of probability `level`; no interval where nothing is uncertain."""

    value: float
    unit: str
    low: float | None = None
    median: float | None = None
    high: float | None = None
    level: float = 0.9
    method: str = ""


@dataclass(frozen=True)
class Assumption:
    """A figure that was not given: its 90 % interval where it has one, what kind it is (`note`), and who says so."""

    name: str
    value: float
    unit: str
    low: float | None
    high: float | None
    source: str
    note: str = ""


@dataclass(frozen=True)
class Bill:
    """Dollars and device-time by one kind of price on one kind of hardware.

    `price` is that of an hour of one device: the middle one of the prices found, from the lowest to the highest.
    `flop` is what the hours compute (None where it was not asked), `devices` how many do it in the days given.
    `drivers` are the shares of the variance of the result. `estimate` is the `slipstick.Estimate` of the result itself,
    to go on computing with: dollars, or device-seconds where dollars were given.
    """

    kind: str
    price: Figure
    usd: Figure
    device_hours: Figure
    flop: Figure | None
    devices: Figure | None
    lists: tuple[Price, ...] = ()
    runs: tuple[Amortized, ...] = ()
    drivers: tuple[tuple[str, float], ...] = ()
    estimate: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class HardwareCost:
    """The bills on one kind of hardware; `device` is what they count ("V100", "TPU v3 chip")."""

    part: str
    level: str
    device: str
    why: str
    assumptions: tuple[Assumption, ...]
    bills: tuple[Bill, ...]
    remarks: tuple[str, ...] = ()

    def bill(self, kind: str) -> Bill:
        """The bill by one kind of price. Raises KeyError with the kinds that there are."""
        for each in self.bills:
            if each.kind == kind:
                return each
        raise KeyError(f"no bill by the price {kind!r}; there are {', '.join(each.kind for each in self.bills)}")


@dataclass(frozen=True)
class Window:
    """The time whose prices count: lists that were seen from `first` to `last`; `asked` is the date as it was given."""

    asked: str
    first: datetime.date
    last: datetime.date
    years: tuple[int, int]

    def holds(self, price: Price) -> bool:
        """Whether a list was seen then."""
        return price.date <= self.last and self.first <= (price.last_seen or price.date)


@dataclass(frozen=True)
class Cost:
    """What something costs, or what money buys.

    `given` is the amount asked about, of the `dimension` "FLOP", "device-time" or "USD"; with "USD" the bills say what
    it buys. `window` is None where no date was given, so that prices of all dates count.
    """

    text: str
    dimension: str
    given: Figure
    window: Window | None
    days: float | None
    hardware: tuple[HardwareCost, ...]
    choice: str
    remarks: tuple[str, ...] = ()

    def on(self, part: str) -> HardwareCost:
        """The cost on one part. Raises KeyError with the parts that there are."""
        for each in self.hardware:
            if each.part == part:
                return each
        raise KeyError(f"no cost on {part!r}; there are {', '.join(each.part for each in self.hardware)}")

    def __str__(self) -> str:
        """The bills in plain text, a line each."""
        from slipstick.costs.wording import plain

        return plain(self)
