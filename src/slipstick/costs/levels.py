"""What one device is, where a name leaves it open: a chip, a board or a core; and what the price is for one of."""

from __future__ import annotations

from slipstick.catalogue import hardware
from slipstick.costs.amounts import Amount, device_of
from slipstick.costs.assuming import packaging_input
from slipstick.costs.choosing import Choice
from slipstick.costs.pricing import OwnPrice
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.inputs import Input
from slipstick.reading.quantities.kinds import kind_of


def usual_level(part: str) -> str:
    """What clouds sell one of: the level that the bare name means, else a chip."""
    known = hardware.part(part)
    return known.base_level or ("chip" if "chip" in known.levels else "GPU")


def device_name(part: str, level: str) -> str:
    """One thing of a level in words: "V100", "TPU v3 chip"."""
    return part if level == hardware.part(part).base_level else f"{part} {level}"


def priced_level(choice: Choice, amount: Amount, own: OwnPrice | None) -> str:
    """What the price is for one of.

    Raises ValueError where amount or price are of other hardware, or leave open what differs in price.
    """
    _check("amount", choice.part, amount.family, amount.part, amount.level, amount.dimension == "device-time")
    if own is None:
        return usual_level(choice.part)
    _check("price", choice.part, own.family, own.part, own.level, True)
    level = own.level or usual_level(choice.part)
    known = hardware.part(choice.part)
    level = "GPU" if level == "chip" and "chip" not in known.levels else level
    if level not in known.levels:
        raise ValueError(f"a {choice.part} has no {level}; expected a price for one of {', '.join(known.levels)}")
    return level


def _check(what: str, name: str, family: str, part: str, level: str, is_counted: bool) -> None:
    known = hardware.part(name)
    if is_counted and (part not in ("", name) or family not in ("", known.family)):
        raise ValueError(f"the {what} is of a {part or family}, the hardware a {name}; expected one of the two")
    if not is_counted or level or known.base_level:
        return
    usual = usual_level(name)
    inside = hardware.count(name, "board", usual)
    apart = f" of {inside[0]} {usual}s, {inside[0]} times apart" if inside else ""
    raise ValueError(
        f'a {name} alone may be a {usual} or a board{apart}; expected which in the {what}, such as "{name} {usual}"'
    )


def at_level(device_time: Estimate, part: str, priced: str) -> tuple[Estimate, Input | None]:
    """The device-time on things of the level `priced`, and the packaging that led there, None where it was so already.

    Raises ValueError where the catalogue does not say how many of one are in the other.
    """
    device = device_of(device_time.dimension)
    level = kind_of(device)[2] or (device if device in hardware.LEVELS else "") or usual_level(part)
    level = "GPU" if level == "chip" and "chip" not in hardware.part(part).levels else level
    package = packaging_input(part, device, level, priced)
    return (device_time if package is None else device_time * package), package
