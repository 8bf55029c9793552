"""What is to be priced, as an estimate: FLOP, device-time or dollars, from a quantity or from a whole calculation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slipstick.estimates.combining import estimate_from
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.evaluation import UnitsError
from slipstick.estimates.given import read_quantity
from slipstick.estimates.inputs import Input
from slipstick.finding import Severity
from slipstick.formula import Leaf, Product
from slipstick.pipeline import audit, read_estimate
from slipstick.reading.quantities.kinds import kind_of
from slipstick.report import ReportedCalculation
from slipstick.settings import Settings
from slipstick.units import Dimension, dimension_of, is_device, label, part_units

_LONGEST = 10_000
_SHARE = re.compile(r"utili[sz]ation|(?<![^\W_])[mh]fu(?![^\W_])", re.IGNORECASE)
_ABOUT = re.compile(r"\s*(?:(?:about|around|roughly|approximately|some|ca\.?|c\.)\s+|[~≈]\s*)", re.IGNORECASE)
_EXPECTED = 'expected FLOP ("3.14e23 FLOP"), device-time ("512 TPU v3 chips for 2.5 days") or dollars ("$10M")'
_OPERATIONS, _RATE = (("FLOP", 1),), (("FLOP", 1), ("second", -1))
_DOLLARS = (("USD", 1),)


@dataclass(frozen=True)
class Amount:
    """An amount to price: `dimension` is "FLOP", "device-time" or "USD".

    `family`, `part` and `level` are those of the device of a device-time, "" for what its name leaves open; for FLOP
    `part` is that of the hardware that the calculation itself is about. `own` are the factors of that calculation by
    which its FLOP were made of device-time (a peak and a utilization).
    """

    text: str
    estimate: Estimate
    dimension: str
    family: str = ""
    part: str = ""
    level: str = ""
    own: tuple[Input, ...] = ()
    remarks: tuple[str, ...] = ()


def amount_of(given: Any, settings: Settings) -> Amount:
    """The amount that a text, an estimate, an input or a pint quantity stands for.

    Raises ValueError, in one line, for anything else, UnitsError where unlike things (dollars and chips) are added.
    """
    text, remarks = (" ".join(given.split()) if isinstance(given, str) else ""), tuple[str, ...]()
    if isinstance(given, str):
        estimate, remarks = _from_text(text, settings)
    elif isinstance(given, bool | int | float):
        raise ValueError(f"{given!r} has no unit; {_EXPECTED}")
    else:
        estimate = estimate_from(given, "amount")
    if not estimate.exact_value > 0:
        raise ValueError(f"expected an amount above zero, not {text[:60] or estimate.text}")
    return _told(text or estimate.text, estimate, remarks)


def _from_text(text: str, settings: Settings) -> tuple[Estimate, tuple[str, ...]]:
    if not text or len(text) > _LONGEST:
        raise ValueError(f"{_EXPECTED}, not {'nothing' if not text else f'{len(text):,} characters'}")
    plain = _ABOUT.sub("", text, count=1) if _ABOUT.match(text) else text
    try:
        made = estimate_from(plain, "amount")
    except ValueError:
        return _calculated(text, settings)
    if made.dimension == _RATE and not re.search(r"/|\bper\b", plain):
        read = read_quantity(plain)  # nothing is left over of a time, so that FLOPS is a count here
        count = Input("amount", read.value, read.meaning(False))
        if read.number.is_range:
            return estimate_from(re.sub(r"FLOPS?\b", "FLOP", plain, flags=re.IGNORECASE), "amount"), ()
        return estimate_from(count), ("FLOPS is read as a count of operations here, not as a rate",)
    return made, ()


def _calculated(text: str, settings: Settings) -> tuple[Estimate, tuple[str, ...]]:
    """The value of a calculation; a claim in it that does not hold is told."""
    report = audit(text, settings)
    every = (*report.calculations, *report.expressions)
    unlike = next((f for each in every for f in each.findings if f.name == "unlike-sum"), None)
    if unlike is not None:
        raise UnitsError(unlike.message)
    try:
        made = read_estimate(text, settings)
    except ValueError:
        raise ValueError(f"{_EXPECTED}, or a calculation of one of them, not {text[:60]!r}") from None
    return made, tuple(_objections(every[0], made)) if every else ()


def _objections(audited: ReportedCalculation, made: Estimate) -> Iterator[str]:
    """What the audit has against the calculation that is priced."""
    off = [claim for claim in audited.claims if claim.verdict == "off"]
    if off:
        claim = off[-1].written
        yield (
            f"the calculation claims {claim.value:.3g} {claim.unit}, but its value is {float(made.exact_value):.3g} "
            f"{made.unit}, and that is priced"
        )
    grave = [f.name for f in audited.findings if f.severity is not Severity.NOTE]
    if grave:
        yield f"slipstick audit finds {', '.join(dict.fromkeys(grave))} in the calculation; it is priced as written"


def _told(text: str, estimate: Estimate, remarks: tuple[str, ...]) -> Amount:
    """What kind of amount an estimate is. Raises ValueError where it is none that has a price."""
    of = estimate.dimension
    if of == _DOLLARS:
        return Amount(text, estimate, "USD", part=_own_factors(estimate)[1], remarks=remarks)
    if of == _OPERATIONS:
        own, part = _own_factors(estimate)
        return Amount(text, estimate, "FLOP", part=part, own=own, remarks=remarks)
    device = device_of(of)
    if device:
        family, part, level = kind_of(device)
        return Amount(text, estimate, "device-time", family, part, level, remarks=remarks)
    raise ValueError(f"{text[:60]!r} is {_named(of)}; {_EXPECTED}")


def device_of(of: Dimension) -> str:
    """The device whose time a dimension is; "" where it is something else."""
    powers = dict(of)
    devices = [name for name in powers if is_device(name)]
    is_time = len(of) == 2 and len(devices) == 1 and powers.get("second") == 1 and powers[devices[0]] == 1
    return devices[0] if is_time else ""


def _named(of: Dimension) -> str:
    if not of:
        return "a plain number"
    powers = dict(of)
    counts = [name for name in powers if is_device(name)]
    if counts and "USD" in powers and len(of) == 2:
        return f"in {label(of)}, money and devices in one"
    if of == _RATE:
        return "a rate, FLOP/s"
    if len(of) == 1 and counts:
        return f"a number of devices ({label(of)}) without a time"
    return f"in {label(of)}"


def _is_rate(given: Input) -> bool:
    """Whether an input is FLOP/s, of one device or as such."""
    powers = dict(dimension_of(given.unit))
    return powers.get("FLOP") == 1 and powers.get("second") == -1


def _own_factors(estimate: Estimate) -> tuple[tuple[Input, ...], str]:
    """A peak per device of one named part, with a utilization if there is one; and that part.

    Dividing by them gives back the device-time that a calculation began with, in which they cancel.
    """
    powers = estimate.powers or {}
    inputs = [i for i in estimate.inputs if powers.get(id(i)) == 1]
    rates = [i for i in inputs if _is_rate(i)]
    shares = [i for i in inputs if i.role == "utilization" or (not i.unit and _SHARE.search(i.name))]
    parts = {part_units()[t.name][0] for i in estimate.inputs for t in i.unit if t.name in part_units()}
    part = next(iter(parts)) if len(parts) == 1 else ""
    if len(rates) != 1 or len(shares) > 1 or not part:
        return (), part
    own = (*rates, *shares)
    device = device_of(divided(estimate, own).dimension)
    return (own if device and kind_of(device)[1] == part else ()), part


def divided(estimate: Estimate, own: tuple[Input, ...]) -> Estimate:
    """The estimate without those of its factors: they cancel, and nothing of their spread is left."""
    powers = dict(estimate.powers or {})
    for each in own:
        powers[id(each)] -= 1
    kept = tuple((Leaf(i), powers[id(i)]) for i in estimate.leaves if powers[id(i)])
    return Estimate(Product(kept), names=estimate.names, correlations=estimate.correlations)
