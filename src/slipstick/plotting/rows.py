"""Pictures of several rows: their names beside horizontal bars, and room for the words at a bar's ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from slipstick.plotting import style
from slipstick.plotting.lettering import Font, fitted, width
from slipstick.plotting.ticks import LEAST, MOST

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT, LOW_HEIGHT = 0.44, 0.36
"""Inches for a row, and for one whose name has no line below it."""

DETAIL = Font(8.0)
_APART = 8.0
_WIDEST = 175.0
_ROUNDS = 30


class RowName(NamedTuple):
    """What a row is called, and a smaller line below that; either may be empty."""

    name: str
    detail: str = ""


class Beside(NamedTuple):
    """Words `wide` points long that stand left or right of a value."""

    value: float
    wide: float
    is_left: bool


def fitted_names(names: Sequence[RowName]) -> list[RowName]:
    """The names cut to the widest column that a picture can spare."""
    return [RowName(fitted(n.name, style.TICK, _WIDEST), fitted(n.detail, DETAIL, _WIDEST)) for n in names]


def column(names: Sequence[RowName]) -> float:
    """The inches that the names take left of the axes."""
    wide = max((max(width(n.name, style.TICK), width(n.detail, DETAIL)) for n in names), default=0.0)
    return (wide + _APART + 12) / style.POINTS


def draw_names(axes: Axes, names: Sequence[RowName]) -> None:
    """The names at rows 0, 1, ... from above, with the axis turned that way."""
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    at = axes.get_yaxis_transform()
    for n, each in enumerate(names):
        lines = ((each.name, style.TICK, 5.5, style.INK), (each.detail, DETAIL, -6.5, style.GREY))
        for words, font, up, color in lines:
            height = up if each.detail else 0
            if words:
                axes.annotate(
                    words, (0, n), xycoords=at, xytext=(-_APART, height), textcoords="offset points",
                    ha="right", va="center", fontsize=font.size, color=color, annotation_clip=False,
                )  # fmt: skip


def limits(values: Sequence[float], words: Sequence[Beside], is_log: bool, room: float) -> tuple[float, float]:
    """The ends of an axis `room` points long that shows all values and leaves room for the words beside some."""
    places = [math.log10(v) if is_log else v for v in values]
    least, most = min(places), max(places)
    aside = (most - least) * 0.02 or abs(most) * 0.1 or 1.0
    low, high = least - aside, most + aside
    for _ in range(_ROUNDS):
        scale = (high - low) / room
        reach = [(math.log10(w.value) if is_log else w.value, (w.wide + _APART) * scale, w.is_left) for w in words]
        low = min([low, *(at - wide for at, wide, left in reach if left)])
        high = max([high, *(at + wide for at, wide, left in reach if not left)])
    return (max(10.0**low, LEAST), min(10.0**high, MOST)) if is_log else (low, high)


def write_beside(axes: Axes, row: float, words: str, value: float, is_left: bool) -> None:
    """Words left or right of a value in a row."""
    aside, side = (-_APART / 2, "right") if is_left else (_APART / 2, "left")
    axes.annotate(
        words, (value, row), xytext=(aside, 0), textcoords="offset points", ha=side, va="center",
        fontsize=style.TICK.size, color=style.INK, annotation_clip=False,
    )  # fmt: skip
