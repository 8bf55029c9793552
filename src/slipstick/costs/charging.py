"""FLOP and device-time to dollars, and back: an estimate multiplied out, one for each kind of price.

Everything is an `Estimate` with units, so that spreads are carried as in any other, and what does not come out in
dollars raises. Given FLOP / (peak x utilization) = device-time; device-time x price = dollars.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from slipstick.costs.amounts import Amount, amount_of, divided
from slipstick.costs.assuming import assumption, default_utilization, peak_input, peak_words, utilization_of
from slipstick.costs.bill import KINDS, Cost, HardwareCost, Window
from slipstick.costs.billing import Work, billed, device_hours, figure
from slipstick.costs.choosing import Choice, cards_of, choose, peaks_of
from slipstick.costs.dates import window_of
from slipstick.costs.levels import at_level, device_name, priced_level
from slipstick.costs.pricing import (
    Cards,
    OwnPrice,
    Pricing,
    bound,
    kinds_asked,
    listed,
    own_price,
    price_dates,
    pricings,
)
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.inputs import Input, exact
from slipstick.settings import Settings
from slipstick.units import label, unit_name


@dataclass(frozen=True)
class _Asked:
    """All that was asked besides the amount."""

    window: Window | None
    utilization: Input | None
    kinds: tuple[str, ...]
    own: OwnPrice | None
    days: Fraction | None
    level: float


def cost(
    given: Any,
    *,
    hardware: str | None = None,
    date: Any = None,
    utilization: Any = None,
    kind: str | Sequence[str] | None = None,
    price: Any = None,
    days: Any = None,
    level: float = 0.9,
) -> Cost:
    """What an amount of compute costs; for dollars, what they buy.

    `given` is FLOP, device-time or dollars: a text ("3.14e23 FLOP", "512 TPU v3 chips for 2.5 days", "$10M", or a whole
    calculation), an `Estimate`, an `Input` or a pint quantity. `hardware` names an accelerator; without it the amount's
    own is taken, else by `date` the fastest with prices then. `date` is "2020", "2020-07", "2018..2020", a
    `datetime.date` or a pair. `utilization` (0.4, (0.2, 0.5), "0.2..0.5") stands instead of the era's default, `kind`
    ("on-demand", "spot", "reserved-1y", "reserved-3y", "amortized"; one or several) chooses among prices, `price`
    ("$2/chip-hour") stands instead of the catalogue's. With `days` it is said how many devices do it in that time.

    Raises ValueError, in one line, for what cannot be priced; UnitsError, one of them, where dollars and devices mix.
    """
    if not 0 < level < 1:
        raise ValueError(f"expected a level between 0 and 1, such as 0.9, not {level!r}")
    window, share, own = window_of(date), utilization_of(utilization), None if price is None else own_price(price)
    asked = _Asked(window, share, kinds_asked(kind), own, _days(days), level)
    if own is not None and kind is not None:
        raise ValueError("a price of one's own and a kind of listed price exclude each other; expected one of them")
    ends = None if share is None or share.low is None or share.high is None else (share.low, share.high)
    amount = amount_of(given, Settings(utilization=ends, year=None if window is None else window.years[1]))
    choices, sentence = choose(amount, hardware, window, asked.kinds, own)
    costs, failures = [], []
    for choice in choices:
        try:
            costs.append(_on(choice, amount, asked))
        except ValueError as error:
            if len(choices) == 1:
                raise
            failures.append(f"{choice.part}: {error}")
    if not costs:
        raise ValueError(failures[0])
    shown = float(asked.days) if asked.days is not None else None
    given_figure = figure(amount.estimate, Fraction(1), label(amount.estimate.dimension), level)
    return Cost(
        amount.text, amount.dimension, given_figure, window, shown, tuple(costs), sentence,
        (*amount.remarks, *failures),
    )  # fmt: skip


def _days(given: Any) -> Fraction | None:
    if given is None:
        return None
    try:
        number = exact(given)
    except ValueError:
        number = Fraction(0)
    if not 0 < number < 10**9:
        raise ValueError(f"expected a number of days above zero, not {str(given)[:40]!r}")
    return number


def _on(choice: Choice, amount: Amount, asked: _Asked) -> HardwareCost:
    """The bills on one kind of hardware."""
    level = priced_level(choice, amount, asked.own)
    device = device_name(choice.part, level)
    is_own = bool(amount.own) and amount.part == choice.part
    is_computed = amount.dimension != "device-time" and not is_own
    figures = peaks_of(choice, level) if is_computed else ()
    if is_computed and not figures:
        raise ValueError(f"no peak of a {device} is in the catalogue; expected device-time or other hardware")
    cards = cards_of(choice, figures)
    found = _pricings(choice, level, cards, asked)
    factors = tuple[Input, ...]()
    if is_computed:
        share = asked.utilization or default_utilization(choice.part, asked.window)
        factors = (peak_input(choice.part, level, figures), share)
    made, package = _device_time(amount, choice, level, factors)
    is_dollars = amount.dimension == "USD"
    work = Work(made, is_dollars, factors, unit_name(choice.part, level), device, asked.days, asked.level)
    hours = device_hours(work)
    bills = tuple(billed(work, each, hours) for each in found)
    notes = {"peak": peak_words(figures[0])} if figures else {}
    used = tuple(assumption(e, notes.get(e.name, "")) for e in (*factors, *([package] if package else [])))
    remarks = tuple(_remarks(choice, amount, asked, found, cards, is_own))
    return HardwareCost(choice.part, level, device, choice.why, used, bills, remarks)


def _pricings(choice: Choice, level: str, cards: Cards, asked: _Asked) -> tuple[Pricing, ...]:
    """A price of each kind. Raises ValueError, with the dates that there are, where there is none."""
    if asked.own is not None:
        return (bound(asked.own, unit_name(choice.part, level), level),)
    found = pricings(choice.part, level, asked.window, asked.kinds, cards)
    if found:
        return found
    when = f" in {asked.window.asked}" if asked.window else ""
    kinds = "" if len(asked.kinds) == len(KINDS) - 1 else f"{' or '.join(asked.kinds)} "
    known = price_dates(choice.part, asked.kinds)
    others = price_dates(choice.part, kinds_asked(None))
    dates = f"known: {known}" if known else f"{'of other kinds: ' + others if others else 'none known at any date'}"
    raise ValueError(f"no {kinds}price of the {choice.part}{when} in the catalogue; {dates} (or give --price)")


def _device_time(
    amount: Amount, choice: Choice, level: str, factors: tuple[Input, ...]
) -> tuple[Estimate, Input | None]:
    """The device-time on things of `level`, with the packaging that led there; dollars as they are."""
    made = amount.estimate
    if amount.dimension == "USD":
        return made, None
    if amount.dimension == "FLOP":
        made = made if factors else divided(made, amount.own)
        for each in factors:
            made = made / each
    return at_level(made, choice.part, level)


def _remarks(
    choice: Choice, amount: Amount, asked: _Asked, found: tuple[Pricing, ...], cards: Cards, is_own: bool
) -> Iterator[str]:
    if is_own:
        names = " and ".join(each.name for each in amount.own)
        yield f"the device-time is that of the calculation itself, so that its {names} cancel"
        if asked.utilization is not None:
            yield "the utilization given does not enter"
    if amount.dimension == "device-time" and asked.utilization is not None:
        yield "a utilization does not enter where device-time is given"
    left = sorted({p.variant for p in listed(choice.part, asked.window) if set(p.variant.split()) & set(cards.no)})
    if left and asked.own is None:
        yield f"prices of the {' and '.join(left)}, which have peaks of their own, are left out"
    missing = [KINDS[kind] for kind in asked.kinds if kind not in {each.kind for each in found}]
    if missing and asked.own is None:
        when = f" in {asked.window.asked}" if asked.window else ""
        yield f"no price in the catalogue{when}: {'; '.join(missing)}"
