"""The text under audit, untouched, and places in it as half-open ranges of code points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from slipstick.cached_properties import cached_property
from slipstick.frozen import Frozen


class Span(NamedTuple):
    """A half-open range `[start, end)` of code points in a source."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """The span from the start of this one to the end of `other`."""
        end = other.end
        return span_of((self.start, end if end > self.end else self.end))

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one code point."""
        return self.start < other.end and other.start < self.end


span_of: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
"""The span from and to a pair of offsets: what `Span` makes, sooner, where one is made for every number."""


class Place(Frozen):
    """A line and a column of a source, both counted from 1."""

    line: int
    column: int


class Source(Frozen):
    """A text as it was given, with the name to report it under.

    `id` is the identifier of a table's row, as it was given, or None.
    """

    text: str
    name: str = "<text>"
    id: str | int | float | None = None

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return tuple(starts)

    def place(self, offset: int) -> Place:
        """Line and column of a code point offset, both from 1."""
        line = bisect_right(self._line_starts, offset)
        return Place(line, offset - self._line_starts[line - 1] + 1)

    def line_span(self, offset: int) -> Span:
        """The line (without its line break) that holds `offset`."""
        line = self.place(offset).line
        start = self._line_starts[line - 1]
        end = self._line_starts[line] - 1 if line < len(self._line_starts) else len(self.text)
        return Span(start, end)
