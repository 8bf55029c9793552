"""Names beside points, so that none runs into another, into a point, or out of the picture.

Each name has places around its point, near ones first. One after the other takes the cheapest that is free, those with
the fewest free places first; then each may move again while the others stay. The same points give the same picture,
which the libraries for it do not promise (adjustText pushes names about, and beyond the axes).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

_DISTANCES = (5.0, 13.0, 24.0, 38.0)
_DIRECTIONS = 12
_ROUNDS = 3
_GAP = 1.5
_OVER_LINES = 0.25  # for a square point of a name over a line, beside one for each point of distance


class Box(NamedTuple):
    """A rectangle, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide * tall if wide > 0 and tall > 0 else 0.0

    def grown(self, by: float) -> Box:
        """The rectangle with a margin."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def holds(self, other: Box) -> bool:
        """Whether the other lies inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.bottom <= other.bottom and other.top <= self.top


class Anchor(NamedTuple):
    """A point that is named, and how wide and tall its name is; in points."""

    x: float
    y: float
    wide: float
    tall: float


def placed_names(
    anchors: Sequence[Anchor], marks: Sequence[Box], lines: Sequence[Box], bounds: Box
) -> list[Box | None]:
    """Where each name goes; None for one that has no place left.

    `marks` are never covered; `lines` only where there is no better place nearby.
    """
    choices = [_choices(anchor, marks, lines, bounds) for anchor in anchors]
    order = sorted(range(len(anchors)), key=lambda n: len(choices[n]))
    placed: list[Box | None] = [None] * len(anchors)
    for _ in range(_ROUNDS):
        for n in order:
            others = [box for m, box in enumerate(placed) if box is not None and m != n]
            free = [(cost, box) for cost, box in choices[n] if not any(box.overlap(other) for other in others)]
            placed[n] = min(free)[1] if free else None
    return placed


def _choices(anchor: Anchor, marks: Sequence[Box], lines: Sequence[Box], bounds: Box) -> list[tuple[float, Box]]:
    """The places where a name covers no mark, with what each costs."""
    found = []
    for n, distance in enumerate(_DISTANCES):
        for k in range(_DIRECTIONS):
            angle = 2 * math.pi * k / _DIRECTIONS
            box = _beside(anchor, distance, angle)
            wide = box.grown(_GAP)
            if bounds.holds(box) and not any(wide.overlap(mark) for mark in marks):
                covered = sum(box.overlap(line) for line in lines)
                found.append((distance + _OVER_LINES * covered + 0.01 * k + 4 * n, box))
    return found


def _beside(anchor: Anchor, distance: float, angle: float) -> Box:
    """The name whose edge is at a distance from the point, in a direction."""
    across, up = math.cos(angle), math.sin(angle)
    x = anchor.x + across * (distance + anchor.wide / 2)
    y = anchor.y + up * (distance + anchor.tall / 2)
    return Box(x - anchor.wide / 2, y - anchor.tall / 2, x + anchor.wide / 2, y + anchor.tall / 2)
