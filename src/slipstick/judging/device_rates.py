"""The rates of a calculation that are peaks of hardware, each with the part and the level that the text counts.

A part may be named in the calculation itself, or only in the text around it; what rests on the latter is less sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from slipstick import formula
from slipstick.cached_properties import cached_property
from slipstick.catalogue import hardware, published_peaks
from slipstick.judging import naming
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.quantities.arithmetic import plain_number, quotient
from slipstick.reading.quantities.kinds import kind_of
from slipstick.units import Compound, Dimension, is_device, part_units, size, table

_LOWEST, _HIGHEST = 10**12, 10**17
"""Bare numbers outside are no peaks of accelerators."""
_FRACTIONS = (Fraction(1, 20), Fraction(19, 20))
_MANY = 10**16
_DISTINCT = 100
"""A number of so many units of its last printed digit has three digits: too many to be anybody's round number."""
_HALVES = pattern(r"\b(?:gcds?|dies?|gk210s?)\b", re.IGNORECASE)
"""Words for one GPU of a card that has two."""
_GCD = "gcd"


class _Said(NamedTuple):
    """Whether the calculation itself names the part, and whether the text says what the rate is per."""

    in_line: bool
    is_per: bool


class DeviceRate:
    """A rate in FLOP/s, the part that it is for, and the level of the things that are counted with it.

    `level` is "" where the text leaves it open (a bare "TPU v3"); `counts` are the factors that count the devices.
    `in_line` says that the calculation itself names the part, `is_bare` that the number has no unit, `is_per` that
    the text says what the rate is per.
    """

    def __init__(
        self, factor: ReadFactor, part: hardware.Part, level: str, counts: tuple[ReadFactor, ...], said: _Said
    ) -> None:
        self.factor, self.part, self.level, self.counts = factor, part, level, counts
        self.flop_per_s = per_second(factor)
        self.in_line, self.is_per = said
        self.is_bare = not factor.unit

    @cached_property
    def _published(self) -> tuple[hardware.Peak, ...]:
        return published_peaks.agreeing(self.part.name, self.flop_per_s)

    @cached_property
    def agreeing(self) -> tuple[hardware.Peak, ...]:
        """The figures of the part that it agrees with, of whatever level; those it is a round number for, if none."""
        rounded = published_peaks.rounded
        return self._published or rounded(self.part.name, self.level, self.flop_per_s, self._last_digit)

    @cached_property
    def own(self) -> tuple[hardware.Peak, ...]:
        """The figures that it agrees with of the level that is counted, of any level where that is left open."""
        return tuple([p for p in self.agreeing if self.level in ("", p.level)])

    @property
    def is_rounded(self) -> bool:
        """Whether it is at best a round number for a figure."""
        return not self._published

    @cached_property
    def meaning(self) -> str:
        """own, level (of another level of the part), total (of all that are counted), part (of another one), or ""."""
        if self.own:
            return "own"
        if self.agreeing:
            return "level"
        if self.level and self.total_of is not None:
            return "total"
        return "part" if self.other_parts else ""

    @property
    def total_of(self) -> ReadFactor | None:
        """The count for all of which the rate is the peak: 125 PFLOP/s beside 1,000 V100s."""
        main = published_peaks.main_figure(self.part.name, self.level)
        many = [
            c
            for c in self.counts
            if main and c.value > 1 and published_peaks.near(main.flop_per_s * c.value, self.flop_per_s)
        ]
        return many[0] if many else None

    @property
    def other_parts(self) -> tuple[hardware.Peak, ...]:
        """The main figures of other parts that it is to three digits or more."""
        if self.flop_per_s < _DISTINCT * self._last_digit or self.agreeing:
            return ()
        return published_peaks.main_figures_at(self.flop_per_s)

    @property
    def _last_digit(self) -> Fraction:
        number = self.factor.quantity.number
        return abs(number.last_digit / number.value) * self.flop_per_s if number.value else Fraction(0)

    def change_to(self, figure: hardware.Peak) -> Fraction:
        """By what the result is multiplied if the rate is replaced by a figure."""
        return (figure.flop_per_s / self.flop_per_s) ** int(self.factor.exponent)

    @property
    def words(self) -> str:
        """The rate as a message shows it: "420 TFLOP/s"."""
        return tera(self.flop_per_s)


def tera(flop_per_s: Fraction) -> str:
    """A rate in TFLOP/s, in words; one of many devices in PFLOP/s."""
    if flop_per_s >= _MANY:
        return f"{plain_number(flop_per_s / 10**15, 4)} PFLOP/s"
    return f"{plain_number(flop_per_s / 10**12, 4)} TFLOP/s"


def counted(number: Fraction) -> str:
    """How many devices, in words: "1,536"."""
    return f"{int(number):,}" if number.denominator == 1 else plain_number(number, 4)


def cited(peak: hardware.Peak) -> str:
    """Who gives a figure: the first of its sources."""
    return peak.source.partition("; ")[0]


def per_second(factor: ReadFactor) -> Fraction:
    """A rate in FLOP/s, whatever it is per."""
    (top, bottom), (above, below) = factor.value.as_integer_ratio(), _per_second(factor.unit)
    return quotient(top * above, bottom * below)


@lru_cache(maxsize=1000)
def _per_second(unit: Compound) -> tuple[int, int]:
    return size(tuple([t for t in unit if t.name in ("FLOP", "second")])).as_integer_ratio()


def device_rates(reading: Interpretation, near_by: hardware.Part | None) -> tuple[DeviceRate, ...]:
    """Every rate of a reading for which a part is known; `near_by` is the part that the text around it names.

    A rate counts where operations, or tokens each second, come out of it, or devices are multiplied by it, or both
    divide something; where a rate stands above another, only the one below is a peak. One said to be measured or
    achieved is none.
    """
    able = reading.factors if near_by is not None else [f for f in reading.factors if f.unit]
    rates = [f for f in able if _is_rate(f, near_by) and abs(f.exponent) == 1]
    power = min((f.exponent for f in rates), default=1)
    rates = [f for f in rates if f.exponent == power and not is_achieved(f)]
    if not rates:
        return ()
    counts = tuple([f for f in reading.factors if f.exponent == power and device_of(f)])
    made = not reading.dimension or is_operations(reading) or is_pace(reading.dimension)
    if not counts and (power != 1 or not made):
        return ()
    return tuple(_rates(rates, counts, near_by))


def is_operations(reading: Interpretation) -> bool:
    """Whether a count of operations comes out."""
    return reading.dimension == (("FLOP", 1),)


def is_pace(of: Dimension) -> bool:
    """Whether things of one kind come out each second: the tokens of a model that runs at a rate."""
    things = [name for name, exponent in of if exponent == 1 and table().is_counted(name) and not is_device(name)]
    return len(of) == len(("thing", "second")) and ("second", -1) in of and len(things) == 1


_ACHIEVED = pattern(r"\b(?:throughput|effective|real|actual|realistic|reported)\b", re.IGNORECASE)
_PEAK = pattern(r"\b(?:peak|theoretical|max(?:imum)?)\b", re.IGNORECASE)


def is_achieved(factor: ReadFactor) -> bool:
    """Whether the words make a rate one that was reached, rather than a peak."""
    return _say_achieved(naming.words_of(factor))


@lru_cache(maxsize=1000)
def _say_achieved(words: str) -> bool:
    return naming.say_measured(words) or (bool(_ACHIEVED.search(words)) and not _PEAK.search(words))


def _is_rate(factor: ReadFactor, near_by: hardware.Part | None) -> bool:
    if factor.unit:
        return naming.is_rate(factor)
    if near_by is None or factor.exponent != 1 or not factor.quantity.is_bare:
        return False
    number, below = factor.value.as_integer_ratio()
    if not _LOWEST * below <= number <= _HIGHEST * below:
        return False
    return bool(published_peaks.agreeing(near_by.name, factor.value) or published_peaks.main_figures_at(factor.value))


def device_counts(factors: Sequence[ReadFactor]) -> tuple[ReadFactor, ...]:
    """The factors that count devices and nothing else, those included whose noun was left over."""
    return tuple([f for f in factors if f.exponent == 1 and device_of(f)])


def device_of(factor: ReadFactor) -> str:
    """The unit of the device that a factor counts ("512 TPU v3 cores"); "" where it counts none."""
    unit = factor.unit or _noun(factor)
    if len(unit) != 1 or unit[0].exponent != 1:
        return ""
    name = unit[0].name
    return "GPU" if name == _GCD else name if is_device(name) else ""


def _noun(factor: ReadFactor) -> Compound:
    said = factor.quantity.unit
    return said.count if said is not None and factor.role != "conversion" else ()


def _rates(
    rates: Sequence[ReadFactor], counts: tuple[ReadFactor, ...], near_by: hardware.Part | None
) -> Iterator[DeviceRate]:
    counted_devices, parts = [device_of(count) for count in counts], part_units()
    for factor in rates:
        below = _below(factor.unit)
        is_per = bool(below) and not any("read as" in note for note in factor.notes)
        devices = [below, *counted_devices] if below else counted_devices
        named = list(dict.fromkeys([parts[d][0] for d in devices if d in parts]))
        if len(named) > 1:
            continue
        part = hardware.part(named[0]) if named else near_by
        if part is None or not _may_be(part, [below] if named else devices):
            continue
        # A system named near by (DGX A100) leaves open what is counted.
        alone = hardware.part(part.name)
        level = _level(part, devices, counts) or ("" if named else alone.base_level)
        level = "" if part.base_level != alone.base_level and not counts else level
        in_line = bool(named) and (is_per or any(_words_of(count) for count in counts))
        yield DeviceRate(factor, alone, level, counts, _Said(in_line, is_per))


@lru_cache(maxsize=1000)
def _below(unit: Compound) -> str:
    """The device that a rate is per; "" where it is per none."""
    return next((t.name for t in unit if t.exponent == -1 and is_device(t.name)), "")


def _words_of(count: ReadFactor) -> tuple[str, ...]:
    """The words of a count's unit; none where only the text around says what a bare number counts."""
    return count.quantity.unit.words if count.quantity.unit else ()


def _may_be(part: hardware.Part, devices: Sequence[str]) -> bool:
    """Whether generic devices ("GPU") may be of a part that is named elsewhere."""
    return {kind_of(device)[0] for device in devices} <= {"", part.family}


def _level(part: hardware.Part, devices: Sequence[str], counts: tuple[ReadFactor, ...]) -> str:
    """The level that the words say, of the rate or of what is counted; "" where they leave it open."""
    for count in counts:
        said = _level_in_words(part.name, _words_of(count))
        if said:
            return said
    level = next((level for _, _, level in map(kind_of, devices) if level), "")
    if level == "GPU" and not part.base_level and part.family == "GPU":
        return ""  # a card of two GPUs is mostly called one
    return "GPU" if level == "chip" and "chip" not in part.levels else level


@lru_cache(maxsize=1000)
def _level_in_words(part: str, words: tuple[str, ...]) -> str:
    """The level that a name says itself: v3-8 and DGX A100; a GCD."""
    said = " ".join(words)
    if _HALVES.search(said) and not hardware.part(part).base_level:
        return "GPU"
    named = hardware.named(said) or next((n for w in words if (n := hardware.named(w)) is not None), None)
    if named is None or named.name != part or named.base_level == hardware.part(part).base_level:
        return ""
    return named.base_level


def has_utilization(reading: Interpretation) -> bool:
    """Whether a factor is a utilization, or a fraction that may be one."""
    low, high = _FRACTIONS
    return any(
        naming.says_utilization(f) or (not f.unit and f.exponent == 1 and low <= f.value <= high)
        for f in reading.factors
    )


def scaled(reading: Interpretation, by: Fraction) -> Fraction | None:
    """What the result becomes if one of its factors is `by` times as large; None for a sum."""
    if reading.value is None or formula.monomial(reading.formula) is None:
        return None
    return reading.value * by
