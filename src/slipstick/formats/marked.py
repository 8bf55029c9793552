"""A text cut where marks begin and end, so that marks may nest and overlap at will."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from slipstick.source import Span


class Mark(NamedTuple):
    """A place to show: what it is (`calculation off`, `error`), where its words are (`target`), what they are in short.

    `anchor` names the place itself, `number` is what its words are numbered with; empty where there is none.
    """

    span: Span
    kind: str
    target: str
    label: str
    anchor: str = ""
    number: str = ""


class Piece(NamedTuple):
    """A stretch of the text with all marks over it, widest first, and those that begin and end with it."""

    span: Span
    over: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()


def pieces(length: int, marks: Iterable[Mark], cuts: Iterable[int] = ()) -> Iterator[Piece]:
    """A text of `length` code points cut at both ends of every mark, and at `cuts`; no gap is left between the pieces.

    A mark without length begins with the piece that follows it, and lies over none; the last piece may be empty.
    """
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=_widest_first):
        starts.setdefault(mark.span.start, []).append(mark)
        ends.setdefault(mark.span.end, []).append(mark)
    at = sorted({0, length, *starts, *ends, *cuts})
    over: list[Mark] = []
    for start, end in zip(at, [*at[1:], length], strict=True):
        begins = starts.get(start, [])
        if start == end and not begins:
            continue
        over = [mark for mark in over if mark.span.end > start]
        over = sorted([*over, *(mark for mark in begins if mark.span.end > start)], key=_widest_first)
        ending = [mark for mark in ends.get(end, []) if mark.span.end > mark.span.start]
        yield Piece(Span(start, end), tuple(over), tuple(begins), tuple(ending))


def _widest_first(mark: Mark) -> tuple[int, int]:
    return mark.span.start - mark.span.end, mark.span.start
