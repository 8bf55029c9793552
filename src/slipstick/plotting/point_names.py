"""The names of the points of a scatter: which are written, where each stands, and its line where that is not beside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from slipstick.plotting import style
from slipstick.plotting.lettering import Font, fitted, width
from slipstick.plotting.placement import Anchor, Box, nearest, placed_names
from slipstick.plotting.windows import Course, Window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from slipstick.trends.points import TrendPoint

NAME = Font(8.0)
MARK = 3.5
"""Points from the middle of a mark to its edge."""

_WIDEST, _WIDEST_NOTE = 120.0, 180.0
_MOST = 45
_FAR = 9.0


class Noted(NamedTuple):
    """What was asked for: a place on or beside the line, with words, and its interval upright, if any."""

    year: float
    value: float
    words: str
    low: float | None = None
    high: float | None = None


class Plane(NamedTuple):
    """Where the axes, `wide` and `tall` in points, put a year and a value."""

    window: Window
    wide: float
    tall: float

    def at(self, year: float, value: float) -> tuple[float, float]:
        """The place of a year and a value, in points from the lower left corner."""
        w = self.window
        up = math.log(value / w.low) / math.log(w.high / w.low)
        return (year - w.start) / (w.end - w.start) * self.wide, up * self.tall


class Named(NamedTuple):
    """Words, the point they belong to, and where they stand; None where there was no room."""

    words: str
    x: float
    y: float
    box: Box | None


def named(plane: Plane, points: Sequence[TrendPoint], noted: Sequence[Noted], line: Course) -> list[Named]:
    """Where each name stands: what was asked for, then record-setters and fitted points before others, each once."""
    ranked = sorted(points, key=lambda point: (not point.used, not point.is_record))
    several = {p.name for p in points if any(p.name == q.name and p.accounting != q.accounting for q in points)}
    in_line = {(p.name, p.accounting) for p in points if p.used}
    once: dict[str, TrendPoint] = {}
    for point in ranked:
        if point.name.strip():
            once.setdefault(_words(point, several, in_line), point)
    chosen = list(once.items())[:_MOST]
    places = [(note.words, *plane.at(note.year, note.value)) for note in noted]
    places += [(text, *plane.at(point.year, point.value)) for text, point in chosen]
    words = [fitted(text, NAME, _WIDEST if n >= len(noted) else _WIDEST_NOTE) for n, (text, _, _) in enumerate(places)]
    anchors = [Anchor(x, y, width(w, NAME), NAME.size * 1.25) for w, (_, x, y) in zip(words, places, strict=True)]
    marks = [Box(x, y, x, y).grown(MARK) for x, y in [*(p[1:] for p in places), *_all(plane, points)]]
    boxes = placed_names(anchors, marks, _lines(plane, points, line), Box(0, 0, plane.wide, plane.tall))
    return [Named(w, a.x, a.y, box) for w, a, box in zip(words, anchors, boxes, strict=True)]


def _words(point: TrendPoint, several: set[str], in_line: set[tuple[str, str]]) -> str:
    """The name of a point, with how it was counted where that tells it from that of the same name in the line."""
    is_told = point.name in several and point.accounting and (point.name, point.accounting) not in in_line
    return f"{point.name} ({point.accounting})" if is_told else point.name


def _all(plane: Plane, points: Sequence[TrendPoint]) -> list[tuple[float, float]]:
    return [plane.at(point.year, point.value) for point in points]


def _lines(plane: Plane, points: Sequence[TrendPoint], line: Course) -> list[Box]:
    """The error bars and the pieces of the line, as boxes."""
    found = []
    for point in points:
        if point.low is not None and point.high is not None:
            (x, low), (_, high) = plane.at(point.year, point.low), plane.at(point.year, point.high)
            found.append(Box(x, low, x, high).grown(0.6))
    places = [plane.at(year, value) for year, value in zip(line.years, line.middle, strict=True)]
    for (a, b), (c, d) in pairwise(places):
        found.append(Box(min(a, c), min(b, d), max(a, c), max(b, d)).grown(0.6))
    return found


def write_names(axes: Axes, plane: Plane, names: Sequence[Named]) -> None:
    """The names that have a place, and from those that stand apart a thin line to their point."""
    from matplotlib.patheffects import withStroke

    for each in names:
        if each.box is None:
            continue
        box = each.box
        x, y = (box.left + box.right) / 2 / plane.wide, (box.bottom + box.top) / 2 / plane.tall
        axes.text(
            x, y, each.words, transform=axes.transAxes, fontsize=NAME.size, ha="center", va="center",
            path_effects=[withStroke(linewidth=2.2, foreground=style.PAPER, alpha=0.85)],
        )  # fmt: skip
        at = nearest(each.x, each.y, box)
        if math.dist(at, (each.x, each.y)) > _FAR:
            axes.plot(
                [each.x / plane.wide, at[0] / plane.wide], [each.y / plane.tall, at[1] / plane.tall],
                transform=axes.transAxes, color=style.GREY, linewidth=0.5, zorder=1.5,
            )  # fmt: skip
