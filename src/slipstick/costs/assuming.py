"""What is assumed between FLOP, device-time and dollars: peak, utilization, packaging, each with its source."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from slipstick.catalogue import hardware
from slipstick.catalogue.hardware import Peak
from slipstick.catalogue.utilization import utilization_default
from slipstick.costs.bill import AS_GIVEN, Assumption, Window
from slipstick.estimates.given import given_input
from slipstick.estimates.inputs import Input, float_of
from slipstick.frozen import replace
from slipstick.units import UnitTerm, unit_name, written


def utilization_of(given: Any) -> Input | None:
    """A utilization that was given: a number, a range or a text of one. Raises ValueError unless it is a fraction."""
    if given is None:
        return None
    text = str(given)
    low, dots, high = text.partition("..") if isinstance(given, str) else (text, "", "")
    try:
        made = given_input("utilization", {"utilization": f"{low} to {high}" if dots else given})
    except ValueError as error:
        raise ValueError(f"{error}; expected a utilization such as 0.4 or 0.2..0.5") from None
    if made.unit or not (made.low or made.value) > 0:
        raise ValueError(f"expected a utilization above 0 and at most 1, such as 0.4 or 0.2..0.5, not {text[:60]!r}")
    if isinstance(given, Input):
        return made
    inside = made.high is not None and made.high < 1
    return replace(made, role="utilization", fraction=inside, source=AS_GIVEN)


def default_utilization(part: str, window: Window | None) -> Input:
    """That of the era: of the years asked about, else of the part's own; of all eras where the years lie in two."""
    first, last = window.years if window is not None else (hardware.part(part).year,) * 2
    one, other = utilization_default(first), utilization_default(last)
    taken = one if one == other else utilization_default(None)
    return Input("utilization", taken.point, (), taken.low, taken.high, "utilization", taken.source, fraction=True)


def peak_input(part: str, level: str, figures: tuple[Peak, ...]) -> Input:
    """The peak of one thing of `level`; from the lowest to the highest of its published figures as a 90 % interval."""
    unit = (UnitTerm("FLOP", "tera"), UnitTerm("second", "", -1), UnitTerm(unit_name(part, level), "", -1))
    rates = [peak.flop_per_s / 10**12 for peak in figures]
    ends = (min(rates), max(rates)) if min(rates) < max(rates) else (None, None)
    source = "; ".join(dict.fromkeys(f"{_shown(rate)}: {p.source}" for rate, p in zip(rates, figures, strict=True)))
    return Input("peak", rates[0], unit, ends[0], ends[1], "peak", source if len(rates) > 1 else figures[0].source)


def peak_words(taken: Peak) -> str:
    """What kind of figure a peak is: "fp16, dense, SXM2"."""
    return ", ".join(filter(None, (taken.number_format, "dense", taken.variant)))


def _shown(rate: Fraction) -> str:
    return f"{float(rate):g} TFLOP/s"


def packaging_input(part: str, device: str, level: str, priced: str) -> Input | None:
    """How many `priced` things one `device` of this level is, to multiply by; None where the two are one unit.

    Raises ValueError where the catalogue does not know, or knows several sizes.
    """
    unit = (UnitTerm(unit_name(part, priced)), UnitTerm(device, "", -1))
    if level == priced:
        return None if unit_name(part, priced) == device else Input("packaging", Fraction(1), unit)
    held, holds = hardware.count(part, level, priced), hardware.count(part, priced, level)
    if held is not None:
        return Input("packaging", Fraction(held[0]), unit, source="; ".join(e.source for e in held[1]))
    if holds is not None:
        return Input("packaging", Fraction(1, holds[0]), unit, source="; ".join(e.source for e in holds[1]))
    sizes = sorted({e.count for e in hardware.edges(part) if (e.container, e.contains) == (level, priced)})
    why = f"comes with {' or '.join(map(str, sizes))} {priced}s" if sizes else f"in {priced}s is not in the catalogue"
    raise ValueError(f"a {part} {level} {why}; expected the amount in {part} {priced}s")


def assumption(given: Input, note: str = "") -> Assumption:
    """An input in plain values."""
    low, high = (None if end is None else float_of(end) for end in (given.low, given.high))
    return Assumption(given.name, float_of(given.value), written(given.unit), low, high, given.source, note)
