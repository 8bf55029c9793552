"""Names beside points, so that none runs into another, into a point, or out of the picture.

Each name has places around its point, near ones first. One after the other takes the cheapest that is free, those with
the fewest free places first; then each may move again while the others stay. The same points give the same picture,
which the libraries for it do not promise (adjustText pushes names about, and beyond the axes).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_DISTANCES = (5.0, 13.0, 24.0, 38.0)
_DIRECTIONS = 12
_ROUNDS = 3
_GAP = 1.5
_OVER_LINES = 0.25  # for a square point of a name over a line, beside one for each point of distance
_ACROSS = 40.0  # for the way from a point to its name across another point or name
_SAMPLES = 12


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
            placed[n] = _cheapest(anchors[n], choices[n], others)
    return placed


def _cheapest(anchor: Anchor, choices: Sequence[tuple[float, Box]], others: Sequence[Box]) -> Box | None:
    """The best place among those that are free, the cheapest of which come first."""
    least, best = math.inf, None
    for cost, box in choices:
        if cost >= least:
            break
        if not any(box.overlap(other) for other in others):
            whole = cost + _across(anchor, box, others)
            if whole < least:
                least, best = whole, box
    return best


def _choices(anchor: Anchor, marks: Sequence[Box], lines: Sequence[Box], bounds: Box) -> list[tuple[float, Box]]:
    """The places where a name covers no mark, with what each costs."""
    found = []
    for n, distance in enumerate(_DISTANCES):
        for k, box in enumerate(_around(anchor, distance)):
            wide = box.grown(_GAP)
            if bounds.holds(box) and not any(wide.overlap(mark) for mark in marks):
                covered = sum(box.overlap(line) for line in lines)
                foreign = [mark for mark in marks if not _is_inside(mark, anchor.x, anchor.y)]
                cost = distance + _OVER_LINES * covered + _across(anchor, box, foreign)
                found.append((cost + 0.01 * k + 4 * n, box))
    return sorted(found)


def _across(anchor: Anchor, box: Box, others: Sequence[Box]) -> float:
    """What the way from a point to its name costs for each other that it leads across."""
    x, y = nearest(anchor.x, anchor.y, box)
    parts = [k / _SAMPLES for k in range(_SAMPLES)]
    way = [(anchor.x + (x - anchor.x) * part, anchor.y + (y - anchor.y) * part) for part in parts]
    return _ACROSS * sum(any(_is_inside(other, *place) for place in way) for other in others)


def _is_inside(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.bottom <= y <= box.top


def nearest(x: float, y: float, box: Box) -> tuple[float, float]:
    """The place of a rectangle that is nearest to a point."""
    return min(max(x, box.left), box.right), min(max(y, box.bottom), box.top)


def _around(anchor: Anchor, distance: float) -> Iterator[Box]:
    """The name at a distance from the point: right of it, then all around, then with a corner towards it."""
    for k in range(_DIRECTIONS):
        across, up = math.cos(2 * math.pi * k / _DIRECTIONS), math.sin(2 * math.pi * k / _DIRECTIONS)
        yield _centred(anchor, across * (distance + anchor.wide / 2), up * (distance + anchor.tall / 2))
    aside = distance * math.sqrt(0.5)
    for across, up in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        yield _centred(anchor, across * (aside + anchor.wide / 2), up * (aside + anchor.tall / 2))


def _centred(anchor: Anchor, across: float, up: float) -> Box:
    x, y = anchor.x + across, anchor.y + up
    return Box(x - anchor.wide / 2, y - anchor.tall / 2, x + anchor.wide / 2, y + anchor.tall / 2)
