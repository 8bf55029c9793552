"""How many devices a text counts before a calculation, and what of it the calculation takes up as bare numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from slipstick.catalogue import hardware
from slipstick.frozen import Frozen
from slipstick.judging.naming import says_utilization
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.kinds import kind_of
from slipstick.reading.quantities.noun_meanings import TIMES
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.units import Compound, is_device

_BEFORE = 600
"""How many characters before a calculation are looked through for what it counts."""


class StatedCount(Frozen):
    """ "512 TPU v3 cores", "21,500 A100-hours", "14 days" in a text: the device ("" for a time alone) and the time."""

    value: Fraction
    device: str
    time: str


def stated_counts(stated: StatedQuantities, start: int, digits: Collection[str] = ()) -> Iterator[StatedCount]:
    """What a text counts before `start`: devices, device-time and times, in order."""
    for each in stated.between(max(start - _BEFORE, 0), start, digits):
        device, time = device_and_time(each.unit.count) if each.unit is not None else ("", "")
        if device or time:
            yield StatedCount(each.number.value, device, time)


@lru_cache(maxsize=1000)
def device_and_time(unit: Compound) -> tuple[str, str]:
    """The device and the time that a unit is made of ("GPU", "hour"); "" for what it lacks, both for anything else."""
    devices = [t.name for t in unit if is_device(t.name)]
    times = [t.name for t in unit if t.name in TIMES]
    if len(devices) + len(times) != len(unit) or any(t.exponent != 1 for t in unit):
        return "", ""
    if len(devices) > 1 or len(times) > 1:
        return "", ""
    return "".join(devices), "".join(times)


def level_stated_in(stated: StatedQuantities, start: int, factors: Sequence[ReadFactor], part: hardware.Part) -> str:
    """The level of the part's devices that a text counts with a bare number of the factors; "" for none, or several."""
    bare = {f.value for f in factors if f.quantity.is_bare and f.exponent == 1 and f.value >= 2 and not f.unit}
    if not bare:
        return ""
    levels = set()
    for count in stated_counts(stated, start, {significant_digits(value) for value in bare}):
        family, named, level = kind_of(count.device)
        if (
            count.value in bare
            and not count.time
            and level
            and family in ("", part.family)
            and named in ("", part.name)
        ):
            levels.add(level)
    return levels.pop() if len(levels) == 1 else ""


def converts(factors: Sequence[ReadFactor], ratio: Fraction) -> bool:
    """Whether a factor turns the one level into the other, for all that its unit says: / 2, * 0.125, 8 cores/board.

    What is called a utilization, or a percentage, does not.
    """
    wanted = {ratio, 1 / ratio}
    able = [f for f in factors if f.role != "conversion" and abs(f.exponent) == 1 and f.value]
    plain = [f for f in able if not f.quantity.number.percent and not says_utilization(f)]
    return any(f.value ** int(f.exponent) in wanted for f in plain)


@lru_cache(maxsize=100)
def _names_of(part: str) -> re.Pattern[str]:
    names = sorted(set(hardware.part(part).aliases), key=len, reverse=True)
    spelled = ["[ _-]?".join(map(re.escape, re.split(r"[ _-]", name))) for name in names]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelled)})s?(?![^\W_])", re.IGNORECASE)


def is_named_in(text: str, part: hardware.Part) -> bool:
    """Whether a text names the part anywhere."""
    return _names_of(part.name).search(text) is not None
