"""The price of a device of several chips charged for each chip.

What it finds: a price an hour that is listed for a whole device or machine (a Cloud TPU v3 of four chips at $8, eight
A100 at $32.77) and is multiplied by its chips, cores or GPUs, with what the estimate becomes. As a note: the price of
one chip charged for a whole board, one that is eight or sixteen times a listed price of one GPU, and a product whose
claimed result charges the device once.

Why it matters: the units cancel, and the sum looks right. The training of XLNet was widely said to cost $245,000 for
the 512 chips of 128 devices: four times too much.

Stays silent when: the price is in no list of that hardware, or is less than half as much again as one chip ever cost;
the product divides by the chips of a device; the line counts devices or machines, or leaves open whether it counts
devices or chips and the text around does not tell.

Source: data/prices.csv, each price with its own source; data/packaging.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from slipstick.catalogue import hardware
from slipstick.finding import Confidence, Fix, Severity
from slipstick.formula import monomial
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.quantities.kinds import kind_of
from slipstick.reading.quantities.mentions import Mentions
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import UnitTerm, is_device, size

if TYPE_CHECKING:
    from slipstick.catalogue.prices import Price

_HOUR = size((UnitTerm("hour"),))
_DEARER = Fraction(3, 2)
"""A price of many is told from one of a single chip where no chip ever cost two thirds of it."""
_DEVICES = pattern(r"\bdevices?\b|\bv\d\w?-8\b", re.IGNORECASE)
_MACHINES = pattern(r"\b(?:[DH]GX|nodes?|servers?|machines?|instances?|hosts?|boxe?s?|systems?|VMs?)\b", re.IGNORECASE)
_AROUND = 2000  # characters in which the text may say what is counted
_PARAGRAPH = pattern(r"\n[^\S\n]*\n")
_FEW_DIGITS = 3


class Charge(NamedTuple):
    """A price in USD an hour as it is charged: for each thing of `level` of a part."""

    price: ReadFactor
    usd_per_hour: Fraction
    part: str
    level: str


@rule(
    "C120",
    "device-price-per-chip",
    bad=(
        "512 TPU v3 chips * 2.5 days * 24 h * $8/h = $245,760",
        "512 TPU v3 chips * $8/TPU/hour * 60 hours = $245,760",
        "XLNet trained on 512 TPU v3 chips for 2.5 days, so 512 * 2.5 * 24 * $8 = $245,760.",
        "It took 2.5 days on 512 TPU v3 chips. At $8 an hour for each TPU: 512 * 2.5 * 24 * 8 = $245,760",
        "512 TPU v3 chips for 2.5 days at $8 per TPU-hour cost $245,000",
        "512 TPU v3 chips for 2.5 days at $8/hour costs $245,760",
        "64 A100 * 100 hours * $32.77/GPU-hour = $209,728",
        "1,024 TPU v2 cores * 30 days * 24 hours/day * $4.50/hour = $3.32M",
        "128 TPU v3 boards * 60 hours * $2/hour = $15,360",
    ),
    good=(
        "128 TPU v3 devices * $8/hour * 60 hours = $61,440",
        "512 TPU v3 chips * $2/chip-hour * 60 hours = $61,440",
        "512 TPU v3 chips / 4 * $8/hour * 60 hours = $61,440",
        "512 TPU v3 * $8/hour * 60 hours = $245,760",
        "It took 60 hours on 512 TPU v3 chips, 128 devices. At $8 an hour: 128 * 2.5 * 24 * 8 = $61,440",
        "512 TPU v3 chips for 2.5 days at $2/hour costs $61,440",
        "It took 2.5 days on 512 TPU v3 chips. At $2 an hour for each TPU: 512 * 2.5 * 24 * 2 = $61,440",
        "8 A100 * $4.10/hour * 100 hours = $3,280",
        "2 DGX A100 * $32.77/hour * 100 hours = $6,554",
        "512 TPU v3 chips * $1.10/hour * 60 hours = $33,792",
        "64 H100 * $12.29/hour * 100 hours = $78,656",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def device_price_per_chip(audited: Audited) -> Iterator[Found]:
    """One warning for the price in the product; notes for what is less sure."""
    charge = charged(audited)
    if charge is None:
        return
    for found in (_of_device, _of_machine, _of_one):
        made = found(audited, charge)
        if made is not None:
            yield made
            return


def charged(audited: Audited) -> Charge | None:
    """The one price of a product by the hour, and what it is charged for; None where that is not told."""
    factors = audited.reading.factors
    stated = [f for f in factors if f.exponent == 1 and f.role != "unit"]
    found = [f for f in stated if any((t.name, t.exponent) == ("USD", 1) for t in f.unit)]
    found = found or list(_priced_in_words(audited))
    if len(found) != 1 or monomial(audited.reading.formula) is None:
        return None
    rate = _per_hour(found[0], factors)
    below = [t.name for t in found[0].unit if t.exponent == -1 and is_device(t.name)]
    below = below or _left_over(audited.reading)
    counts = [f for f in factors if f.exponent == 1 and [t.name for t in f.unit if is_device(t.name)] == below]
    if rate is None or len(below) > 1 or any(_MACHINES.search(f.quantity.span.of(audited.text)) for f in counts):
        return None
    family, part, level = kind_of(below[0]) if below else ("", "", "")
    if not part:
        nearest = Mentions(audited.text).nearest(audited.judged.written.span)
        if nearest is None or family not in ("", nearest.family):
            return None
        part = nearest.name
    level = level or _counted_in_words(audited, counts)
    return Charge(found[0], rate, part, level) if level in hardware.part(part).levels else None


def _left_over(reading: Interpretation) -> list[str]:
    """The devices that no unit takes up: what a price by the hour, without a word of what for, is charged for."""
    return [name for name, exponent in reading.dimension if exponent == 1 and is_device(name)]


def _priced_in_words(audited: Audited) -> Iterator[ReadFactor]:
    """Bare numbers of a sum of money that the paragraph calls dollars an hour: "at $8 an hour: 512 * 60 * 8"."""
    around = _paragraph(audited)
    for factor in audited.reading.factors:
        if not factor.unit and factor.quantity.unit is None and factor.exponent == 1:
            digits = re.escape(factor.quantity.number.span.of(audited.text))
            if re.search(rf"\$\s?{digits}(?![.,]?\d)[^.$;\n]{{0,40}}?\b(?:hours?|hrs?|h)\b", around):
                yield factor


def _per_hour(price: ReadFactor, factors: tuple[ReadFactor, ...]) -> Fraction | None:
    """USD an hour; a price per day beside a bare 24, or one without a time beside it, is by the hour."""
    times = [t for t in price.unit if t.exponent == -1 and t.name in ("second", "minute", "hour", "day", "week")]
    by_hand = any(f.value == 24 and not f.unit and f.exponent == 1 for f in factors)
    if by_hand and (not times or times[0].name == "day"):
        return price.value
    return price.value * _HOUR / size((UnitTerm(times[0].name),)) if len(times) == 1 else None


def _counted_in_words(audited: Audited, counts: list[ReadFactor]) -> str:
    """chip or core, where the paragraph says it of the same number ("512 TPU v3 chips"), or board for "devices"."""
    if any(_DEVICES.search(f.quantity.span.of(audited.text)) for f in counts):
        return "board"
    around = _paragraph(audited)
    for factor in counts:
        number = re.escape(factor.quantity.number.span.of(audited.text))
        words = re.search(rf"(?<![\d.,]){number}\s(?:[\w-]+\s){{0,4}}?(chip|core)s?\b", around)
        if words is not None and factor.value > 1:
            return words[1]
    return ""


def _paragraph(audited: Audited) -> str:
    span = audited.judged.written.span
    before = _PARAGRAPH.split(audited.text[max(span.start - _AROUND, 0) : span.start])[-1]
    return before + _PARAGRAPH.split(audited.text[span.start : span.end + _AROUND])[0]


def _prices(part: str) -> tuple[Price, ...]:
    from slipstick.catalogue.prices import prices  # read only where a text has a price: most have none

    return prices(part)


def _of_device(audited: Audited, charge: Charge) -> Found | None:
    """The listed price of a device or machine."""
    for price in _prices(charge.part):
        if price.chips == 1 or not _near(price.listed_usd_per_hour, charge.usd_per_hour):
            continue
        chips = price.chips if charge.level == price.level else _held(charge, price)
        if chips > 1 and _is_told_apart(charge) and not _is_divided(audited, chips):
            what = f"the price of one {price.listed_as} with its {price.chips} {price.level}s"
            return _found(audited, charge, Fraction(chips), what, price, sure=price.kind != "spot")
    return None


def _of_machine(audited: Audited, charge: Charge) -> Found | None:
    """So many times the listed price of one GPU as a machine of that part has: likely, not proven."""
    digits = charge.price.quantity.number.span.of(audited.text).replace(".", "").strip("0,")
    if charge.level != "GPU" or len(digits) < _FEW_DIGITS or not _is_told_apart(charge):
        return None
    sizes = sorted({e.count for e in hardware.edges(charge.part) if (e.container, e.contains) == ("node", "GPU")})
    for price in _prices(charge.part):
        for n in sizes:
            if abs(price.usd_per_hour * n - charge.usd_per_hour) <= Fraction(n, 200) and not _is_divided(audited, n):
                what = f"{n} times the ${short(price.usd_per_hour, 4)} of one, as for a machine of {n}"
                return _found(audited, charge, Fraction(n), what, price, sure=False)
    return None


def _of_one(audited: Audited, charge: Charge) -> Found | None:
    """The other way round: the price of one chip for a board of several, which no list has so low."""
    every = _prices(charge.part)
    if any(abs(p.listed_usd_per_hour / charge.usd_per_hour - 1) < Fraction(1, 10) for p in every if p.chips > 1):
        return None
    for price in every:
        inside = hardware.count(charge.part, charge.level, price.level)
        if inside and inside[0] > 1 and _near(price.usd_per_hour, charge.usd_per_hour):
            what = f"the price of one {price.level}"
            return _found(audited, charge, Fraction(1, inside[0]), what, price, sure=False)
    return None


def _held(charge: Charge, price: Price) -> int:
    """How many of what is charged for are in what is listed; 0 where that is not known, or it is the same."""
    inside = hardware.count(charge.part, price.listed_level, charge.level)
    return inside[0] if inside else 0


def _is_told_apart(charge: Charge) -> bool:
    """Whether one of these things never cost near as much."""
    singles = []
    for price in _prices(charge.part):
        within = hardware.count(charge.part, price.level, charge.level)
        singles.append(price.usd_per_hour / (within[0] if within else 1))
    return bool(singles) and charge.usd_per_hour >= _DEARER * max(singles)


def _is_divided(audited: Audited, chips: int) -> bool:
    """Whether the product divides by that number by hand: / 4, or * 0.25."""
    factors = [f for f in audited.reading.factors if f.value]
    return any(chips == (1 / f.value if f.exponent == 1 else f.value) for f in factors)


def _near(listed: Fraction, written: Fraction) -> bool:
    return abs(listed - written) * 100 <= listed


def _found(audited: Audited, charge: Charge, times: Fraction, what: str, price: Price, *, sure: bool) -> Found:
    """`times`: how often the price is charged where it should be once; below one, the other way round."""
    each = charge.usd_per_hour / times
    slip = f"{short(times)} times too high" if times > 1 else f"{short(1 / times)} times too low"
    seen = f"{price.date.year}" if price.last_seen is None else f"{price.date.year} to {price.last_seen.year}"
    message = (
        f"${short(charge.usd_per_hour, 4)} an hour is {what} ({price.provider}, {price.kind}, {seen}), "
        f"charged here for each {charge.part} {charge.level}: {slip}"
    )
    after, claim = audited.value / times if audited.value is not None else None, audited.last_claim
    agrees = after is not None and claim is not None and claim.verdict == "off" and _near(claim.value, after)
    if after is not None:
        message += f"; at ${short(each, 4)} a {charge.level} the estimate is {_dollars(after)}"
        message += ", as claimed" if agrees else ""
    message += f" [{price.source}]"
    span = charge.price.quantity.number.span
    sign = "$" * span.of(audited.text).startswith("$")
    fix = Fix(sign + short(charge.price.value / times, 4), None if after is None else float(after))
    proven = sure and not agrees
    severity, confidence = (Severity.WARNING, Confidence.HIGH) if proven else (Severity.NOTE, Confidence.MEDIUM)
    return Found(span, message, severity, confidence=confidence, fix=fix)


def _dollars(amount: Fraction) -> str:
    """$61,440, to four digits; beyond a billion with an exponent."""
    return f"${float(f'{float(amount):.4g}'):,.0f}" if 1000 <= amount < 10**9 else f"${short(amount, 4)}"
