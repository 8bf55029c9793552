"""Hardware named anywhere in a text: which part a calculation is about when it names none itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from slipstick.cached_properties import cached_property
from slipstick.catalogue import hardware
from slipstick.frozen import Frozen
from slipstick.patterns import pattern
from slipstick.reading.lexing.cutting import cut
from slipstick.reading.lexing.spelling import part_at
from slipstick.source import Span

_WORDS_AHEAD = 5
_LONGEST_NAME = 80
_PAGE = 2000
"""How many characters to either side of a calculation may tell what hardware it is about."""
_ON = re.compile(r"(?:[\w'’-]|[.,](?=\d))*+()(?:[^\S\r\n]+([^\W\d_][^\W_]*|\d+))?")
"""The rest of a word up to a blank, and the beginning of the next one in the line."""
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_BEHIND = re.compile(r"[ _-]{0,2}[!-~]")
_WORD, _ASCII_WORD = pattern(r"[^\W\d_][^\W_]+"), pattern(r"[A-Za-z][A-Za-z0-9]+")
"""The second does for a text in ASCII what the first does for any, in half the time."""


class Mention(Frozen):
    """A part named in the text, and its place."""

    part: hardware.Part
    span: Span


class Mentions:
    """The parts that a text names, looked up a paragraph at a time (an empty line parts two)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._paragraphs: list[int] | None = None
        self._known: dict[Span, tuple[Mention, ...]] = {}

    def nearest(self, span: Span) -> hardware.Part | None:
        """The part that the paragraph of `span` names: inside it, else the last before it, else the first after it."""
        found = self._of(self._paragraph(span.start))
        next_one = bisect_right(found, span.start, key=lambda mention: mention.span.end)
        ahead = found[next_one : next_one + 1]
        before = found[next_one - 1 : next_one] if next_one else ()
        chosen = [m for m in ahead if m.span.overlaps(span)] or (*before, *ahead)
        return chosen[0].part if chosen else None

    def only(self, span: Span) -> hardware.Part | None:
        """The one part that the text around `span` names, a page to either side; None where it names several."""
        here = self._paragraph(span.start)
        found = {mention.part.name: mention.part for mention in self._of(here)}
        at = here.start
        while at > 0 and span.start - at < _PAGE and len(found) <= 1:
            paragraph = self._paragraph(at - 1)
            found |= {mention.part.name: mention.part for mention in self._of(paragraph)}
            at = paragraph.start
        at = here.end
        while at < len(self.text) and at - span.end < _PAGE and len(found) <= 1:
            paragraph = self._paragraph(at)
            found |= {mention.part.name: mention.part for mention in self._of(paragraph)}
            at = paragraph.end
        return next(iter(found.values())) if len(found) == 1 else None

    def every(self) -> frozenset[str]:
        """The names of all parts in the text."""
        return frozenset(part.name for part in self.parts)

    @cached_property
    def parts(self) -> tuple[hardware.Part, ...]:
        """All parts in the text, in the order of their first mention."""
        found, at = dict[str, hardware.Part](), 0
        while at < len(self.text):
            paragraph = self._paragraph(at)
            found |= {mention.part.name: mention.part for mention in self._of(paragraph)}
            at = paragraph.end
        return tuple(found.values())

    def _paragraph(self, at: int) -> Span:
        if self._paragraphs is None:
            self._paragraphs = [0, *(match.start() for match in _EMPTY_LINE.finditer(self.text)), len(self.text)]
        n = min(bisect_right(self._paragraphs, at), len(self._paragraphs) - 1)
        return Span(self._paragraphs[n - 1], self._paragraphs[n])

    def _of(self, paragraph: Span) -> tuple[Mention, ...]:
        if paragraph not in self._known:
            self._known[paragraph] = tuple(_named_in(self.text, paragraph))
        return self._known[paragraph]


def _named_in(text: str, paragraph: Span) -> Iterator[Mention]:
    """Every accelerator that a paragraph names, in order."""
    end = paragraph.start
    for start, word in _beginnings(text, paragraph):
        if start < end:
            continue
        behind = _BEHIND.match(text, start + len(word), paragraph.end)
        if behind is not None and not hardware.may_begin(word + behind.group()):
            continue  # "sec /" begins no name, as "sec" does
        stop = _ends(text, start + len(word), min(paragraph.end, start + _LONGEST_NAME))
        named = _named(text[start:stop])
        if named is not None:
            part, length = named
            end = start + length
            yield Mention(part, Span(start, end))


def _beginnings(text: str, paragraph: Span) -> list[tuple[int, str]]:
    """The words that may begin a name, with their places, in order: each word is looked up once."""
    words = set((_ASCII_WORD if text.isascii() else _WORD).findall(text, *paragraph))
    able = [word for word in words if hardware.may_begin(word)]
    return sorted((start, word) for word in able for start in _places(text, word, paragraph))


def _places(text: str, word: str, paragraph: Span) -> Iterator[int]:
    """Where a word stands as a whole."""
    at = text.find(word, *paragraph)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : min(end + 1, paragraph.end)].isalnum()):
            yield at
        at = text.find(word, end, paragraph.end)


@lru_cache(maxsize=1000)
def _named(words: str) -> tuple[hardware.Part, int] | None:
    """The part that words begin with, and how many characters its name takes."""
    tokens = cut(words)[:_WORDS_AHEAD]  # names need no plain notation
    stop = next((n for n, token in enumerate(tokens) if token.kind not in ("word", "number")), len(tokens))
    named = part_at([token.text for token in tokens[:stop]])
    return (named[0], tokens[named[1] - 1].end) if named is not None else None


def _ends(text: str, at: int, stop: int) -> int:
    """Where the words end, up to `stop`, that may be one name with the word that ends at `at`."""
    while (on := _ON.match(text, at, stop)) is not None:
        if on.group(2) is None or not hardware.may_go_on(on.group(2)):
            return on.end(1)
        at = on.end()
    return at
