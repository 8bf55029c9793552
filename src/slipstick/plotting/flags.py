"""Words at upright lines, each in a row of its own where it would run into another or be crossed by its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_ROOM = 4.0  # points between a line and its words, and between words


class Flag(NamedTuple):
    """Words `wide` points long at a line `x` points from the left."""

    x: float
    wide: float


class Raised(NamedTuple):
    """Where a flag flies: in which row, counted from below, and on which side of its line."""

    row: int
    is_right: bool


def raised_flags(flags: Sequence[Flag], room: float) -> list[Raised]:
    """Rows and sides, in as few rows as will do, for flags above axes that are `room` points wide.

    A line goes up to its own row, past those below: no words stand where a line passes. Where nothing does that, every
    flag has a row of its own.
    """
    order = sorted(range(len(flags)), key=lambda n: flags[n].x)
    for rows in range(1, len(flags) + 1):
        found = _search(flags, order, {}, rows, room)
        if found is not None:
            return [found[n] for n in range(len(flags))]
    return [Raised(len(flags) - 1 - order.index(n), _inside(flag, True, room)) for n, flag in enumerate(flags)]


def _search(
    flags: Sequence[Flag], left: list[int], placed: dict[int, Raised], rows: int, room: float
) -> dict[int, Raised] | None:
    """The flags `left` put beside those that are placed already, in so many rows; None where it cannot be."""
    if not left:
        return placed
    n, *rest = left
    for at in (Raised(row, right) for row in range(rows) for right in (True, False)):
        if _inside(flags[n], at.is_right, room) and all(_apart(flags[n], at, flags[m], placed[m]) for m in placed):
            found = _search(flags, rest, {**placed, n: at}, rows, room)
            if found is not None:
                return found
    return None


def _span(flag: Flag, is_right: bool) -> tuple[float, float]:
    if is_right:
        return flag.x, flag.x + flag.wide + 2 * _ROOM
    return flag.x - flag.wide - 2 * _ROOM, flag.x


def _inside(flag: Flag, is_right: bool, room: float) -> bool:
    left, right = _span(flag, is_right)
    return left >= 0 and right <= room + 2 * _ROOM


def _apart(one: Flag, at: Raised, other: Flag, there: Raised) -> bool:
    (a, b), (c, d) = _span(one, at.is_right), _span(other, there.is_right)
    if at.row == there.row:
        return b <= c or d <= a
    # The one in the higher row has a line that passes the lower row.
    passes, (left, right) = (one.x, (c, d)) if at.row > there.row else (other.x, (a, b))
    return not left - _ROOM < passes < right + _ROOM
