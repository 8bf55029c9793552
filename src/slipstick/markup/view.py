"""A plain text and where each of its characters stands in the raw text that it was made from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from slipstick.frozen import Frozen
from slipstick.source import Span

# In place of the raw end of a piece whose characters stand for one raw character each.
_COPIED = -1


class Edit(NamedTuple):
    """Put `text` in place of `[start, end)`; nothing is put in place of what is dropped.

    `copied` says that the characters of `text` stand for one raw character each (a digit for a full-width digit).
    Without it they stand for the range as a whole. A range is never empty: what is inserted comes with a neighbour.
    """

    start: int
    end: int
    text: str = ""
    copied: bool = False


class Pieces(NamedTuple):
    """The pieces of a plain text in order: their starts, their raw starts, and their raw ends if they were replaced."""

    starts: tuple[int, ...]
    raw_starts: tuple[int, ...]
    raw_ends: tuple[int, ...]


class _Builder:
    """Collects pieces from left to right; copied pieces that continue one another become one."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.raw_starts: list[int] = []
        self.raw_ends: list[int] = []
        self.length = 0
        self._continued_at = -1  # raw offset at which a copied piece would continue the last one

    def copy(self, raw: int, length: int) -> None:
        if raw != self._continued_at:
            self._piece(raw, _COPIED)
        self.length += length
        self._continued_at = raw + length

    def replace(self, raw: Span, length: int) -> None:
        self._piece(raw.start, raw.end)
        self.length += length
        self._continued_at = -1

    def _piece(self, start: int, end: int) -> None:
        self.starts.append(self.length)
        self.raw_starts.append(start)
        self.raw_ends.append(end)

    def view(self, text: str) -> View:
        return View(text, Pieces(tuple(self.starts), tuple(self.raw_starts), tuple(self.raw_ends)))


class View(Frozen):
    """A plain text with an exact map to raw offsets. Without pieces it is the raw text itself."""

    text: str
    pieces: Pieces | None = None

    @property
    def is_identity(self) -> bool:
        """Whether the plain text is the raw text, so that no offset changes."""
        return self.pieces is None

    @classmethod
    def edited(cls, raw: str, edits: Iterable[Edit]) -> View:
        """The view of `raw` with the edits made, which come sorted. One that overlaps an earlier one is left out."""
        written: list[str] = []
        pieces: list[tuple[int, int, int]] = []
        at = length = 0
        for start, end, text, copied in edits:
            if start < at:
                continue
            if start > at:
                written.append(raw[at:start])
                pieces.append((length, at, _COPIED))
                length += start - at
            if text:
                written.append(text)
                pieces.append((length, start, _COPIED if copied else end))
                length += len(text)
            at = end
        if not at:
            return cls(raw)
        if at < len(raw):
            written.append(raw[at:])
            pieces.append((length, at, _COPIED))
        starts, raw_starts, raw_ends = zip(*pieces, strict=True) if pieces else ((), (), ())
        return cls("".join(written), Pieces(starts, raw_starts, raw_ends))

    def raw(self, start: int, end: int) -> Span:
        """The raw range that `text[start:end]` stands for: from its first character to its last. O(log pieces)."""
        if self.pieces is None:
            return Span(start, end)
        start, end = max(start, 0), min(end, len(self.text))
        if start >= end:
            place = self._raw_start(start) if start < len(self.text) else self._raw_end(len(self.text))
            return Span(place, place)
        first = self._raw_start(start)
        return Span(first, max(first, self._raw_end(end)))

    def _raw_start(self, offset: int) -> int:
        """Where the character at `offset` begins."""
        assert self.pieces is not None
        piece = bisect_right(self.pieces.starts, offset) - 1
        begin = self.pieces.raw_starts[piece]
        return begin + offset - self.pieces.starts[piece] if self.pieces.raw_ends[piece] == _COPIED else begin

    def _raw_end(self, offset: int) -> int:
        """Where the character before `offset` ends; 0 of an empty text."""
        assert self.pieces is not None
        piece = bisect_right(self.pieces.starts, offset - 1) - 1
        if piece < 0:
            return 0
        end = self.pieces.raw_ends[piece]
        return self.pieces.raw_starts[piece] + offset - self.pieces.starts[piece] if end == _COPIED else end

    def then(self, other: View) -> View:
        """The view of a view: `other` is a view of `self.text`; the result is one of the raw text."""
        if other.pieces is None:
            return self
        if self.pieces is None:
            return other
        built = _Builder()
        starts, middles, middle_ends = other.pieces
        bounds = [*starts[1:], len(other.text)][: len(starts)]  # an empty text has no pieces
        for start, stop, middle, middle_end in zip(starts, bounds, middles, middle_ends, strict=True):
            if middle_end == _COPIED:
                self._carry(built, middle, middle + stop - start)
            else:
                built.replace(self.raw(middle, middle_end), stop - start)
        return built.view(other.text)

    def _carry(self, built: _Builder, start: int, stop: int) -> None:
        """Add the pieces of `self` that lie in `text[start:stop]`."""
        assert self.pieces is not None
        starts, raw_starts, raw_ends = self.pieces
        piece = bisect_right(starts, start) - 1
        while start < stop:
            until = min(stop, starts[piece + 1]) if piece + 1 < len(starts) else stop
            if raw_ends[piece] == _COPIED:
                built.copy(raw_starts[piece] + start - starts[piece], until - start)
            else:
                built.replace(Span(raw_starts[piece], raw_ends[piece]), until - start)
            start = until
            piece += 1
