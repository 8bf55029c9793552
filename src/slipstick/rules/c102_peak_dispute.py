"""A peak for which the catalogue has a rival figure.

What it finds: a rate per board, core or pod that is a published figure, and differs by more than 5 % from what the
published figure per chip gives for it (TPU v3: 420 TFLOP/s a board as advertised; 123 a chip, so 492 a board); and a
rate per chip that is as far from the figure to compare with first (TPU v3: 105 or 140); with what the estimate is on
the other basis, directly by the figure for a core where cores are counted. A round figure that only prose has (V100:
100) is held against the data sheet.

Why it matters: the two bases differ by 17 % for TPU v3, and estimates made on different ones do not compare.

Stays silent when: the text uses the first figure per chip, both bases agree, or the figure is of another card, format
or clock of the part.

Source: data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import hardware, published_peaks
from slipstick.formula import monomial
from slipstick.judging.device_rates import DeviceRate, cited, tera
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.kinds import kind_of
from slipstick.rule import Audited, Found, rule, short

_APART = Fraction(1, 20)


@rule(
    "C102",
    "peak-dispute",
    bad=(
        "32 TPU v3 boards * 420e12 FLOP/s * 44 days = 5.1e22 FLOP",
        "128 TPU v3 chips * 105 TFLOP/s * 10 days * 30% = 3.5e21 FLOP",
        "8 V100 * 100 TFLOP/s * 5 days * 33% = 1.14e20 FLOP",
    ),
    good=(
        "32 TPU v3 chips * 123e12 FLOP/s * 44 days = 1.5e22 FLOP",
        "8 A100 * 312e12 FLOP/s * 10 days = 2.2e21 FLOP",
        "64 V100 PCIe * 112 TFLOP/s * 10 days * 30% = 1.9e21 FLOP",
    ),
)
def peak_dispute(audited: Audited) -> Iterator[Found]:
    """One note for each disputed rate."""
    for each in audited.rates:
        if each.level and each.own and not each.is_bare and not each.is_rounded:
            rival = _rival(audited, each)
            if rival:
                said = f"{each.words} a {each.level} is {_origin(each.own[0])}"
                yield Found(each.factor.quantity.span, f"{said}; {rival}")


def _origin(figure: hardware.Peak) -> str:
    """Where a figure is from, in words."""
    return "a round figure used in prose" if _is_prose(figure) else f"the figure of {cited(figure)}"


def _is_prose(figure: hardware.Peak) -> bool:
    return figure.note.startswith("round figure")


def _rival(audited: Audited, rate: DeviceRate) -> str:
    """What the figure per chip makes of it and of the estimate, in words; "" where the two agree."""
    chip = published_peaks.main_figure(rate.part.name, "chip")
    if chip is None:
        return _data_sheet(audited, rate)
    a_chip = f"{tera(chip.flop_per_s)} a chip ({cited(chip)})"
    if rate.level == "chip":
        same = all((p.number_format, p.variant, p.sparse) == (chip.number_format, "", False) for p in rate.own)
        if not same or not _are_apart(chip.flop_per_s, rate):
            return ""
        times = short(chip.flop_per_s / rate.flop_per_s)
        becomes = audited.becomes(rate.change_to(chip))
        return f"{a_chip} is another, {times} times as much, with which the estimate is {becomes}"
    inside = hardware.count(rate.part.name, rate.level, "chip")
    around = hardware.count(rate.part.name, "chip", rate.level)
    many = Fraction(inside[0]) if inside else Fraction(1, around[0]) if around else None
    if many is None or not _are_apart(chip.flop_per_s * many, rate):
        return ""
    built_up = chip.flop_per_s * many
    times = short(built_up / rate.flop_per_s)
    words = f"{a_chip} makes {short(built_up / 10**12)} a {rate.level}, {times} times as much"
    return words + _with_it(audited, rate, built_up)


def _data_sheet(audited: Audited, rate: DeviceRate) -> str:
    """The main figure of a GPU, where the rate is only a round figure that is used in prose; "" where it is not."""
    main = published_peaks.main_figure(rate.part.name, rate.level)
    if main is None or not all(map(_is_prose, rate.own)) or not _are_apart(main.flop_per_s, rate):
        return ""
    variant = f" ({main.variant})" if main.variant else ""
    becomes = audited.becomes(rate.change_to(main))
    return f"the data sheet{variant} has {tera(main.flop_per_s)} ({cited(main)}), with which the estimate is {becomes}"


def _with_it(audited: Audited, rate: DeviceRate, built_up: Fraction) -> str:
    """What the estimate is on the other basis; where devices inside are counted, by the figure for each of those."""
    value, power = audited.value, int(rate.factor.exponent)
    ratio = next((f for f in audited.reading.factors if _is_ratio(f, rate.level)), None)
    if value is None or monomial(audited.reading.formula) is None:
        return ""
    if ratio is None:
        other = value * (built_up / rate.flop_per_s) ** power
        return f", with which the estimate is {short(other)} {audited.reading.label}"
    inner = kind_of(next(t.name for t in ratio.unit if t.exponent == -1))[2]
    many = hardware.count(rate.part.name, rate.level, inner)
    if many is None or not ratio.value:
        return ""
    each = built_up / many[0]
    other = value * (each / (rate.flop_per_s * ratio.value)) ** power
    return f"; that is {tera(each)} a {inner}, from which {short(other)} {audited.reading.label} follow directly"


def _is_ratio(factor: ReadFactor, level: str) -> bool:
    """Whether a factor says how many of a level there are to each device inside: "0.25 boards per core"."""
    if len(factor.unit) != 2 or factor.exponent != 1:
        return False
    above = [kind_of(t.name)[2] for t in factor.unit if t.exponent == 1]
    below = [kind_of(t.name)[2] for t in factor.unit if t.exponent == -1]
    return above == [level] and bool(below) and below[0] not in ("", level)


def _are_apart(figure: Fraction, rate: DeviceRate) -> bool:
    return abs(rate.flop_per_s - figure) > _APART * figure
