"""A cost in words: figures as people write dollars, and the sentences that every format shows."""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.catalogue.amortized import Amortized
from slipstick.costs.bill import AS_GIVEN, KINDS, Assumption, Bill, Cost, Figure, HardwareCost
from slipstick.percentages import percentage

_SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"))
_WRITTEN_OUT = 1e6
_HUGE = 1e15
_SEVERAL = 2
_LONGEST = 200
_SEEN = 0.005  # a share that is shown as 0 %


def dollars(amount: float, digits: int = 3) -> str:
    """$1.16, $61,440, $10.9M, $1.20B: cents below a thousand, whole dollars below a million, then three digits."""
    if amount < 0.1:
        return f"${amount:.{digits}g}"
    if amount < 1000:
        return f"${amount:.2f}"
    rounded = float(f"{amount:.{digits}g}")
    if rounded >= _HUGE:
        return f"${number(amount, digits)}"
    size, letter = next(((size, letter) for size, letter in _SCALES if rounded >= size), (1.0, ""))
    return f"${f'{rounded / size:#.{digits}g}'.rstrip('.')}{letter}" if letter else f"${amount:,.0f}"


def number(value: float, digits: int = 3) -> str:
    """1.08e7, 512, 24.6: whole numbers below a million in full, others to three digits."""
    if abs(value) >= _WRITTEN_OUT or (value and abs(value) < 1e-3):
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        short = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return f"{short}e{int(exponent)}"
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def amount(figure: Figure) -> str:
    """The value of a figure: $10.9M, 3.55e6."""
    return _shown(figure, figure.value)


def _end(figure: Figure, value: float) -> str:
    """An end of an interval, to three digits: the dollars beyond them are not known. A listed price is, to the cent."""
    if figure.unit.endswith("/hour"):
        return dollars(value)
    return _shown(figure, float(f"{value:.3g}"))


def ends(figure: Figure) -> str:
    """The interval of a figure: "$5.33M to $13.8M"; "" where it has none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{_end(figure, figure.low)} to {_end(figure, figure.high)}"


def with_ends(figure: Figure) -> str:
    """Both: "$10.9M ($5.33M to $13.8M)"."""
    return f"{amount(figure)} ({ends(figure)})" if figure.low is not None else amount(figure)


def _shown(figure: Figure, value: float) -> str:
    return dollars(value) if figure.unit.startswith("USD") else number(value)


def with_unit(figure: Figure) -> str:
    """The value with its unit, dollars with their sign alone."""
    return amount(figure) if figure.unit.startswith("USD") else f"{amount(figure)} {figure.unit}"


def headline(made: Cost) -> str:
    """What was asked, and of when the prices are."""
    asked = _asked(made)
    if made.window is None:
        return f"{asked}: no date given, so prices of all dates"
    seen = f"lists seen {made.window.first} to {made.window.last}"
    return f"{asked}: prices of {made.window.asked} ({seen})"


def _asked(made: Cost) -> str:
    return made.text if len(made.text) <= _LONGEST else made.text[: _LONGEST - 1] + "…"


def of_each(made: Cost, each: HardwareCost) -> str:
    """The line above the bills: the device-time, which all of them have in common unless dollars are given."""
    if made.dimension == "USD":
        return f"what it buys{_given(made)}"
    hours = each.bills[0].device_hours
    interval = f" ({_level(hours)} interval {ends(hours)})" if hours.low is not None else ""
    return f"{with_unit(hours)}{interval}"


def _given(made: Cost) -> str:
    """The interval of the amount, where it has one that is not in the headline: of a calculation."""
    return f", {with_ends(made.given)}" if made.given.low is not None else ""


def _level(figure: Figure) -> str:
    return f"{percentage(figure.level)} %"


def bill_title(made: Cost, each: HardwareCost, bill: Bill) -> str:
    """What a bill is of: "3.14e23 FLOP on V100, on demand, 2020"."""
    when = f", {made.window.asked}" if made.window else ""
    return f"{_asked(made)} on {each.device}, {KINDS[bill.kind]}{when}"


def columns(made: Cost, each: HardwareCost) -> tuple[str, ...]:
    """What stands above the bills."""
    devices = (f"{each.device}s for {made.days:g} days",) if made.days is not None else ()
    if made.dimension == "USD":
        return "price", f"per {each.device}-hour", f"{each.device}-hours", "FLOP", *devices
    return "price", f"per {each.device}-hour", "bill", *devices


def cells(made: Cost, bill: Bill) -> tuple[str, ...]:
    """A bill as a row below `columns`."""
    devices = (with_ends(bill.devices),) if bill.devices is not None else ()
    first = (KINDS[bill.kind], with_ends(bill.price))
    if made.dimension == "USD":
        return *first, with_ends(bill.device_hours), with_ends(bill.flop) if bill.flop else "", *devices
    return *first, with_ends(bill.usd), *devices


def assumed(each: Assumption) -> tuple[str, str]:
    """An assumption, "0.3 (0.15 to 0.45)" with its unit and what kind of figure it is, and who says so.

    Nobody says so where the caller did.
    """
    unit = f" {each.unit}" if each.unit else ""
    interval = f" ({number(each.low)} to {number(each.high)})" if each.low is not None and each.high is not None else ""
    kind = f", {each.note}" if each.note else ""
    own = each.source == AS_GIVEN
    return f"{number(each.value)}{interval}{unit}{kind}{f', {AS_GIVEN}' * own}", "" if own else each.source


def amortized_words(run: Amortized) -> str:
    """What a run's hour came to: "amortized $0.60: GPT-3 175B (2020-05), $2.12M over 3.55e6 hours"."""
    total = f"{dollars(float(run.usd))} over {number(float(run.device_hours))} hours"
    return f"amortized {dollars(float(run.usd_per_hour))}: {run.run} ({run.date}), {total}; {run.note}"


def spread_from(each: HardwareCost) -> str:
    """What the spread of each bill is due to; bills with the same shares together."""
    said: dict[str, list[str]] = {}
    for bill in each.bills:
        shares = ", ".join(f"{name} {share * 100:.0f} %" for name, share in bill.drivers if share >= _SEEN)
        if len(bill.drivers) > 1:
            said.setdefault(shares, []).append(KINDS[bill.kind])
    if len(said) == 1 and len(each.bills) == len(next(iter(said.values()))):
        return next(iter(said))
    return "; ".join(f"{' and '.join(kinds)}: {shares}" for shares, kinds in said.items())


def across_kinds(made: Cost, each: HardwareCost) -> str:
    """The lowest and the highest that listed prices make it; "" for one kind alone, and where dollars are given."""
    bills = [bill for bill in each.bills if bill.lists]
    if made.dimension == "USD" or len(bills) < _SEVERAL:
        return ""
    cheapest = min(bills, key=lambda bill: _least(bill.price))
    dearest = max(bills, key=lambda bill: _most(bill.price))
    first = f" ({KINDS[cheapest.kind]})" if cheapest.kind != dearest.kind else ""
    return (
        f"lists run from {dollars(_least(cheapest.price))}{first} to {dollars(_most(dearest.price))} "
        f"({KINDS[dearest.kind]}) an hour: bills from {_end(cheapest.usd, _least(cheapest.usd))} to "
        f"{_end(dearest.usd, _most(dearest.usd))}"
    )


def _least(figure: Figure) -> float:
    return figure.value if figure.low is None else figure.low


def _most(figure: Figure) -> float:
    return figure.value if figure.high is None else figure.high


def notes(made: Cost) -> Iterator[str]:
    """What is to be said of the whole."""
    if made.choice:
        yield made.choice
    bills = [bill for each in made.hardware for bill in each.bills]
    if any(bill.lists for bill in bills):
        yield (
            "a price is the middle one of the lists found, with the lowest to the highest as its 90 % interval; "
            "one list alone has no spread; kinds of price are never mixed, and discounts off the lists are not known"
        )
    if any(bill.runs for bill in bills):
        yield "amortized: hardware owned, by what it lost in value during a published run, and energy; no list has it"
    yield from made.remarks


def plain(made: Cost) -> str:
    """The bills in plain text, a line each."""
    lines = []
    for each in made.hardware:
        head = columns(made, each)
        for bill in each.bills:
            row = [f"{name} {cell}" for name, cell in zip(head[1:], cells(made, bill)[1:], strict=True)]
            lines.append(f"{each.device}, {KINDS[bill.kind]}: {'; '.join(row)}")
    return "\n".join(lines)
