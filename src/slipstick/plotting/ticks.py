"""Where an axis has its marks, and the numbers at them, which never run into one another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from slipstick.plotting.lettering import Font, figure_words, power_of_ten, width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_APART, _BEYOND = 10.0, 10.0
"""Points between two numbers, and so many that the last number may reach over the right end of its axis."""
_SMALL, _LARGE, _SHORT = 1e-3, 1e6, 1e4
_WIDE = 5.0
LEAST, MOST = 1e-307, 1e307
"""Between these a log axis can be drawn with the numbers of the machine."""


class Scale(NamedTuple):
    """Ticks with their words; `exponent` is the power of ten that the words leave to the label of the axis."""

    ticks: tuple[float, ...]
    words: tuple[str, ...]
    exponent: int = 0


def is_wide(values: Sequence[float]) -> bool:
    """Whether numbers are so far apart that a log axis shows them better: all above zero, a factor of five or more."""
    least, most = min(values), max(values)
    return least > LEAST and most < MOST and most / least > _WIDE


def log_scale(low: float, high: float, font: Font, room: float, is_vertical: bool = False) -> Scale:
    """Ticks on a log axis that is `room` points long: powers of ten, or 1-2-5 where there are few of those."""
    bottom, top = math.floor(math.log10(low)), math.ceil(math.log10(high))
    choices = []
    if top - bottom <= 5:
        choices += [[m * 10.0**e for e in range(bottom, top + 1) for m in steps] for steps in ((1, 2, 5), (1, 3))]
    apart = max(1, (top - bottom) // 10)
    choices += [[10.0**e for e in range(bottom, top + 1) if e % step == 0] for step in (apart, 2 * apart, 4 * apart)]
    if high / low < 4:
        choices.insert(0, list(_even(low, high, 5)))
    for ticks in choices:
        inside = tuple(t for t in ticks if low * 0.9999 <= t <= high * 1.0001)
        words = tuple(power_words(t, _SHORT if is_vertical else _LARGE) for t in inside)
        places = [math.log(t / low) / math.log(high / low) * room for t in inside]
        sizes = _sizes(words, font, is_vertical)
        if inside and not is_vertical and places[-1] + sizes[-1] / 2 > room + _BEYOND:
            inside, words, places, sizes = inside[:-1], words[:-1], places[:-1], sizes[:-1]
        if len(inside) >= 2 and _fit(places, sizes):
            return Scale(inside, words)
    return Scale((low, high), (power_words(low), power_words(high)))


def power_words(value: float, large: float = _LARGE) -> str:
    """A number at a tick of a log axis: "10²³", "2 × 10²²", and plainly where it is short, below `large`."""
    if _SMALL <= value < large:
        return f"{float(f'{value:.6g}'):,.10g}"
    mantissa, _, exponent = f"{value:.5e}".partition("e")
    power = power_of_ten(int(exponent))
    return power if float(mantissa) == 1 else f"{float(mantissa):g} × {power}"


def linear_scale(low: float, high: float, font: Font, room: float, is_vertical: bool = False) -> Scale:
    """Ticks on a linear axis that is `room` points long, with a power of ten aside where the numbers are long."""
    size = max(abs(low), abs(high))
    least, most = (0.01, 1000.0) if is_vertical else (_SMALL, _LARGE)
    exponent = 0 if least <= size < most or not size else math.floor(math.log10(size))
    unit = 10.0**exponent
    for number in (4, 3, 2) if is_vertical else (7, 6, 5, 4, 3, 2):
        inside = [t for t in _even(low / unit, high / unit, number) if low / unit <= t <= high / unit]
        words = _plainly(inside)
        places = [(t * unit - low) / (high - low) * room for t in inside]
        if len(inside) >= 2 and _fit(places, _sizes(words, font, is_vertical)):
            return Scale(tuple(t * unit for t in inside), words, exponent)
    ends = (low, high)
    return Scale(ends, tuple(figure_words(end / unit) for end in ends), exponent)


def _plainly(ticks: Sequence[float]) -> tuple[str, ...]:
    apart = min((b - a for a, b in pairwise(ticks)), default=1.0)
    decimals = max(0, 1 - math.floor(math.log10(apart) + 1e-9)) if apart > 0 else 0
    words = [f"{tick + 0.0:,.{decimals}f}" for tick in ticks]
    if decimals and all(word.endswith("0") for word in words):
        words = [word[:-1].removesuffix(".") for word in words]
    return tuple(word.replace("-", "−") for word in words)


def _even(low: float, high: float, number: int) -> Sequence[float]:
    from matplotlib.ticker import MaxNLocator

    return [float(t) for t in MaxNLocator(number, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]


def _sizes(words: Sequence[str], font: Font, is_vertical: bool) -> list[float]:
    return [font.size if is_vertical else width(word, font) for word in words]


def _fit(places: Sequence[float], sizes: Sequence[float]) -> bool:
    pairs = list(zip(places, sizes, strict=True))
    return all(b - a >= (s + t) / 2 + _APART for (a, s), (b, t) in pairwise(pairs))


def set_x(axes: Axes, low: float, high: float, is_log: bool, font: Font, room: float) -> int:
    """The horizontal axis from `low` to `high`, `room` points long; the power of ten that its label has to name."""
    from matplotlib.ticker import NullFormatter

    scale = (log_scale if is_log else linear_scale)(low, high, font, room)
    axes.set_xscale("log" if is_log else "linear")
    axes.set_xlim(low, high)
    axes.set_xticks(scale.ticks, scale.words, fontsize=font.size)
    axes.set_xticks(_between(low, high) if is_log else (), minor=True)
    axes.xaxis.set_minor_formatter(NullFormatter())
    return scale.exponent


def set_y(axes: Axes, low: float, high: float, font: Font, room: float, is_log: bool = False) -> int:
    """The upright axis, as `set_x` does the horizontal one."""
    from matplotlib.ticker import NullFormatter

    scale = (log_scale if is_log else linear_scale)(low, high, font, room, is_vertical=True)
    axes.set_yscale("log" if is_log else "linear")
    axes.set_ylim(low, high)
    axes.set_yticks(scale.ticks, scale.words, fontsize=font.size)
    axes.set_yticks(_between(low, high) if is_log else (), minor=True)
    axes.yaxis.set_minor_formatter(NullFormatter())
    return scale.exponent


def _between(low: float, high: float) -> list[float]:
    """The small ticks of a log axis: 2 to 9 times each power of ten, where there are not too many."""
    bottom, top = math.floor(math.log10(low)), math.ceil(math.log10(high))
    if top - bottom > 8:
        return []
    return [m * 10.0**e for e in range(bottom, top + 1) for m in range(2, 10) if low <= m * 10.0**e <= high]
