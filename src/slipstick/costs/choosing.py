"""Which hardware: by name, by what the amount is itself about, or the fastest of each family with prices then."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from slipstick.catalogue import hardware, lookup
from slipstick.catalogue.hardware import Peak
from slipstick.catalogue.prices import prices
from slipstick.costs.amounts import Amount
from slipstick.costs.bill import Window
from slipstick.costs.pricing import LISTED, Cards, OwnPrice, listed, price_dates

_FAMILIES = ("GPU", "TPU")


@dataclass(frozen=True)
class Choice:
    """A part that was taken, the words for the card of it that was asked for (none for any), and why."""

    part: str
    variant: tuple[str, ...]
    why: str


def by_name(words: str, window: Window | None) -> Choice:
    """The part of that name. Raises ValueError, with the names that are near, where there is none."""
    year = None if window is None else window.years[1]
    try:
        found = lookup.look_up(words, year)
    except lookup.UnknownName as error:
        raise ValueError(str(error)) from None
    if len(found.parts) != 1:
        raise ValueError(found.remark)
    part = found.parts[0].name
    return Choice(part, _variant(part, words), found.remark or "as named")


def _variant(part: str, words: str) -> tuple[str, ...]:
    """The card that the words name beside the part: "H100 PCIe" is the PCIe card, "A100 80GB" one of that memory."""
    said = set(_words(words)) - set(_words(part))
    known = [p.variant for p in hardware.peaks(part)] + [p.variant for p in prices(part)]
    found = [name for text in known for name in text.split() if name.casefold() in said]
    return tuple(dict.fromkeys(found))


def _words(text: str) -> list[str]:
    return re.split(r"[\s_()\-]+", text.casefold())


def choose(
    amount: Amount, named: str | None, window: Window | None, kinds: tuple[str, ...], own: OwnPrice | None
) -> tuple[tuple[Choice, ...], str]:
    """The hardware to price, and a sentence on how it was chosen and what would change it.

    Raises ValueError where the name is not known, contradicts the amount, or where no date or name settles it.
    """
    part = amount.part or (own.part if own else "")
    if named is not None:
        choice = by_name(named, window)
        if amount.dimension == "device-time" and amount.part not in ("", choice.part):
            raise ValueError(f"the device-time is of the {amount.part}, not of the {choice.part}; leave --hardware out")
        return (choice,), ""
    if part:
        why = "the hardware of the calculation" if amount.dimension != "device-time" else "as named"
        why = why if amount.part else "the hardware of the price"
        return (Choice(part, (), why),), ""
    if window is None:
        raise ValueError("expected --hardware or --date: what it costs depends on what it runs on, and when")
    return _of_date(window, kinds, amount.family or (own.family if own else ""))


def _of_date(window: Window, kinds: tuple[str, ...], family: str) -> tuple[tuple[Choice, ...], str]:
    """Of each family the fastest part that had a price in the window."""
    every = [part.name for part in hardware.parts() if part.family in (family or _FAMILIES) and speed(part.name)]
    priced = [name for name in every if any(LISTED[p.kind] in kinds for p in listed(name, window))]
    if not priced:
        spans = [span for name in every if (span := price_dates(name, kinds))]
        known = f"{min(s[:7] for s in spans)} to {max(s[-7:] for s in spans)}" if spans else "none"
        raise ValueError(f"no {family or 'accelerator'} has such a price in {window.asked}; prices known: {known}")
    fastest = [_fastest([n for n in priced if hardware.part(n).family == f]) for f in _FAMILIES]
    taken = [name for name in fastest if name]
    why = f"the fastest {{}} with a price in the catalogue in {window.asked}"
    choices = tuple(Choice(name, (), why.format(hardware.part(name).family)) for name in taken)
    others = [name for name in priced if name not in taken]
    chosen = "of each family the fastest accelerator with prices in the catalogue then"
    sentence = (
        f"{' and '.join(taken)}: {chosen}" if not family else f"{taken[0]}: the fastest {family} with prices then"
    )
    rest = f"; slower ones with prices then: {', '.join(others)}" if others else ""
    return choices, f"{sentence}{rest} (--hardware takes another)"


def _fastest(names: list[str]) -> str:
    """The one with the highest peak of one chip or GPU; of equal ones that with more prices."""
    return max(names, key=lambda name: (speed(name), len(prices(name))), default="")


@cache
def speed(part: str) -> Fraction:
    """The peak of one chip or GPU in floating point; 0 where none is known."""
    rates = [p.flop_per_s for p in hardware.peaks(part) if p.default and _counts(p) and p.level in ("chip", "GPU")]
    return max(rates, default=Fraction(0))


def _counts(peak: Peak) -> bool:
    return not peak.sparse and not peak.number_format.startswith("int")


def peaks_of(choice: Choice, level: str) -> tuple[Peak, ...]:
    """The peak of one thing of `level` to compute with, first; then the rival figures for the same card.

    Figures of low confidence are no rivals. Empty where no peak is known.
    """
    dense = [p for p in hardware.peaks(choice.part, level) if _counts(p)]
    taken = next((p for p in dense if p.default), dense[0] if dense else None)
    if taken is None:
        return ()
    same = [p for p in dense if (p.number_format, p.engine) == (taken.number_format, taken.engine)]
    taken = next((p for p in same if set(choice.variant) & set(p.variant.split())), taken)
    rivals = [p for p in same if p.variant in ("", taken.variant) and p.confidence != "low"]
    return (taken, *(p for p in rivals if p.flop_per_s != taken.flop_per_s))


def cards_of(choice: Choice, figures: tuple[Peak, ...]) -> Cards:
    """The cards whose prices belong to that peak: not those of another form with a peak of its own."""
    if not figures:
        return Cards(choice.variant)
    taken, words = figures[0], set(figures[0].variant.split())
    others = [
        p for p in hardware.peaks(choice.part, taken.level)
        if (p.number_format, p.engine, p.sparse) == (taken.number_format, taken.engine, taken.sparse)
    ]  # fmt: skip
    no = {word for p in others if p.flop_per_s != taken.flop_per_s for word in p.variant.split()} - words
    return Cards(choice.variant, tuple(sorted(no)))
