"""Hardware named anywhere in a text: which part a calculation is about when it names none itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

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
_ON = pattern(r"(?:[\w'’-]|[.,](?=\d))*+()(?:[^\S\r\n]+([^\W\d_][^\W_]*|\d+))?")
"""The rest of a word up to a blank, and the beginning of the next one in the line."""
_EMPTY_LINE = pattern(r"\n[^\S\n]*\n")
_BEHIND = pattern(r"[ _-]{0,2}[!-~]")
_WORD, _ASCII_WORD = pattern(r"[^\W\d_][^\W_]+"), pattern(r"[A-Za-z][A-Za-z0-9]+")
"""The second does for a text in ASCII what the first does for any, in half the time."""
_START, _END = attrgetter("span.start"), attrgetter("span.end")


class Mention(Frozen):
    """A part named in the text, and its place."""

    part: hardware.Part
    span: Span


class Mentions:
    """The parts that a text names, looked up when first asked for; an empty line parts two paragraphs.

    Most texts hold no word that a name begins with, and then nothing else is looked at.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def nearest(self, span: Span) -> hardware.Part | None:
        """The part that the paragraph of `span` names: inside it, else the last before it, else the first after it."""
        if not self._every:
            return None
        found = self._between(*self._paragraph(span.start))
        next_one = bisect_right(found, span.start, key=_END)
        ahead = found[next_one : next_one + 1]
        before = found[next_one - 1 : next_one] if next_one else []
        chosen = [m for m in ahead if m.span.overlaps(span)] or [*before, *ahead]
        return chosen[0].part if chosen else None

    def only(self, span: Span) -> hardware.Part | None:
        """The one part that the text around `span` names, a page to either side; None where it names several.

        Paragraphs count that reach into these pages.
        """
        if not self._every:
            return None
        first = self._paragraph(max(span.start - _PAGE, 0))
        last = self._paragraph(min(span.end + _PAGE, len(self.text)) - 1)
        found = {mention.part.name: mention.part for mention in self._between(first.start, last.end)}
        return next(iter(found.values())) if len(found) == 1 else None

    def every(self) -> frozenset[str]:
        """The names of all parts in the text."""
        return frozenset(part.name for part in self.parts)

    @cached_property
    def parts(self) -> tuple[hardware.Part, ...]:
        """All parts in the text, in the order of their first mention."""
        return tuple({mention.part.name: mention.part for mention in self._every}.values())

    @cached_property
    def _every(self) -> tuple[Mention, ...]:
        return tuple(_named_in(self.text))

    def _between(self, start: int, end: int) -> tuple[Mention, ...]:
        first, last = (bisect_left(self._every, at, key=_START) for at in (start, end))
        return self._every[first:last]

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [0, *[match.start() for match in _EMPTY_LINE.finditer(self.text)], len(self.text)]

    def _paragraph(self, at: int) -> Span:
        n = min(bisect_right(self._paragraphs, at), len(self._paragraphs) - 1)
        return Span(self._paragraphs[n - 1], self._paragraphs[n])


def _named_in(text: str) -> Iterator[Mention]:
    """Every accelerator that a text names, in order."""
    end = 0
    for start, word in _beginnings(text):
        if start < end:
            continue
        behind = _BEHIND.match(text, start + len(word))
        if behind is not None and not hardware.may_begin(word + behind.group()):
            continue  # "sec /" begins no name, as "sec" does
        stop = _ends(text, start + len(word), min(len(text), start + _LONGEST_NAME))
        named = _named(text[start:stop])
        if named is not None:
            part, length = named
            end = start + length
            yield Mention(part, Span(start, end))


def _beginnings(text: str) -> list[tuple[int, str]]:
    """The words that may begin a name, with their places, in order: each word is looked up once."""
    words = set((_ASCII_WORD if text.isascii() else _WORD).findall(text))
    return sorted([(start, word) for word in filter(hardware.may_begin, words) for start in _places(text, word)])


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word stands as a whole."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at
        at = text.find(word, end)


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
