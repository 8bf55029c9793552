"""The prices that count for a part: by kind, in a window of time, for one card of several; or one's own price."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from slipstick.catalogue import amortized, hardware, prices
from slipstick.catalogue.amortized import Amortized
from slipstick.catalogue.prices import Price
from slipstick.costs.bill import AS_GIVEN, KINDS, Window
from slipstick.estimates.given import given_input
from slipstick.estimates.inputs import Input
from slipstick.frozen import replace
from slipstick.reading.quantities.kinds import kind_of
from slipstick.units import Compound, UnitTerm, dimension_of, is_device, label, unit_name

LISTED = {"on demand": "on-demand", "spot": "spot", "one year": "reserved-1y", "three years": "reserved-3y"}
"""The catalogue's kinds of listed price, as they are asked for here."""

_EXPECTED = 'expected a price such as "$2/chip-hour", "$1.5 to $2.5 per GPU-hour" or "$32.77 per node-hour"'


@dataclass(frozen=True)
class Pricing:
    """A price an hour of one device of `level`, as an input; with the lists or the runs that it is taken from."""

    kind: str
    level: str
    price: Input
    lists: tuple[Price, ...] = ()
    runs: tuple[Amortized, ...] = ()


def kinds_asked(given: Any) -> tuple[str, ...]:
    """The kinds that are asked for, in the order in which they are shown; all for None. Raises ValueError else."""
    asked = (given,) if isinstance(given, str) else tuple(given or ())
    known = [kind for kind in KINDS if kind != "own"]
    for each in asked:
        if each not in known:
            raise ValueError(f"no kind of price {each!r}; expected one of {', '.join(known)}")
    return tuple(kind for kind in known if kind in asked) if asked else tuple(known)


@dataclass(frozen=True)
class Cards:
    """Which cards of a part count: those of a word in `only` ("PCIe"; all where it is empty), none of one in `no`."""

    only: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    def hold(self, price: Price) -> bool:
        """Whether a list is of one of them; one that names no card is."""
        words = set(price.variant.split())
        return not words & set(self.no) and (not words or not self.only or bool(words & set(self.only)))


def listed(part: str, window: Window | None, cards: Cards | None = None) -> tuple[Price, ...]:
    """The lists of a part that were seen in the window."""
    return tuple(
        p for p in prices.prices(part) if (window is None or window.holds(p)) and (cards is None or cards.hold(p))
    )


def pricings(part: str, level: str, window: Window | None, kinds: tuple[str, ...], cards: Cards) -> tuple[Pricing, ...]:
    """A price, for one thing of `level`, of each kind that has one."""
    found, unit = listed(part, window, cards), unit_name(part, level)
    made = []
    for kind in kinds:
        lists = tuple(p for p in found if LISTED[p.kind] == kind and p.level == level)
        runs = tuple(a for a in amortized.amortized(part) if kind == "amortized" and a.level == level)
        figures = [p.each for p in lists] + [a.usd_per_hour for a in runs]
        if figures:
            said = f"{KINDS[kind]}: " + (f"{len(lists)} lists of prices" if lists else "published runs")
            made.append(Pricing(kind, level, _price(figures, unit, said), lists, runs))
    return tuple(made)


def _price(figures: list[Fraction], unit: str, source: str) -> Input:
    """The middle one, and from the lowest to the highest as a 90 % interval; of an even number the lower middle."""
    ordered = sorted(figures)
    middle = ordered[(len(ordered) - 1) // 2]
    ends = (ordered[0], ordered[-1]) if ordered[0] < ordered[-1] else (None, None)
    return Input("price", middle, per_hour(unit), ends[0], ends[1], "price", source)


def per_hour(unit: str) -> Compound:
    """USD for an hour of one thing."""
    return (UnitTerm("USD"), UnitTerm("hour", "", -1), UnitTerm(unit, "", -1))


@dataclass(frozen=True)
class OwnPrice:
    """A price that was given: for a `family`, `part` and `level`, "" for what it leaves open."""

    price: Input
    family: str
    part: str
    level: str


def own_price(given: Any) -> OwnPrice:
    """The price in a text, an `Input` or a quantity. Raises ValueError, in one line, where it is none per hour."""
    try:
        made = given_input("price", {"price": given})
    except ValueError:
        raise ValueError(f"{_EXPECTED}, not {str(given)[:60]!r}") from None
    of = dict(dimension_of(made.unit))
    devices = [name for name in of if is_device(name)]
    money, time = of.pop("USD", 0), of.pop("second", 0)
    if money != 1 or time != -1 or any(of.pop(name) != -1 for name in devices) or of or len(devices) > 1:
        raise ValueError(f"{_EXPECTED}, not {str(given)[:60]!r}, which is in {label(dimension_of(made.unit))}")
    if not (made.low or made.value) > 0:
        raise ValueError(f"{_EXPECTED}, above zero, not {str(given)[:60]!r}")
    family, part, level = kind_of(devices[0]) if devices else ("", "", "")
    return OwnPrice(replace(made, role="price", source=AS_GIVEN), family, part, level or _alone(devices))


def bound(own: OwnPrice, unit: str, level: str) -> Pricing:
    """A price of one's own, for one thing of `level`, whose unit is `unit`."""
    given = own.price
    kept = tuple(term for term in given.unit if not is_device(term.name))
    return Pricing("own", level, replace(given, unit=(*kept, UnitTerm(unit, "", -1))))


def _alone(devices: list[str]) -> str:
    """The level that a generic name of one is: chip, core, board, node."""
    return devices[0] if devices and devices[0] in hardware.LEVELS else ""


def price_dates(part: str, kinds: tuple[str, ...]) -> str:
    """When the catalogue has prices of a part, in words; "" where it has none."""
    every = [p for p in prices.prices(part) if LISTED[p.kind] in kinds]
    if not every:
        return ""
    return f"{min(p.date for p in every):%Y-%m} to {max(p.last_seen or p.date for p in every):%Y-%m}"
