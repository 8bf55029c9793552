"""Hardware named anywhere in a text: which part a calculation is about when it names none itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from slipstick import hardware
from slipstick.reading.spelling import part_at
from slipstick.reading.tokens import Token
from slipstick.source import Span

_WORDS_AHEAD = 5


class Mention(NamedTuple):
    """A part named in the text: its place, and that of the paragraph around it."""

    part: hardware.Part
    span: Span
    paragraph: Span


def mentions(tokens: Sequence[Token]) -> tuple[Mention, ...]:
    """Every accelerator that a text names, in order."""
    return tuple(mention for first, end in _paragraphs(tokens) for mention in _named_in(tokens, first, end))


def _paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """First token and end of each paragraph; an empty line parts two."""
    breaks = [i for i, (a, b) in enumerate(pairwise(tokens), 1) if a.kind == b.kind == "newline"]
    return pairwise([0, *breaks, len(tokens)])


def _named_in(tokens: Sequence[Token], first: int, end: int) -> Iterator[Mention]:
    i = first
    while i < end:
        token = tokens[i]
        possible = token.kind == "word" and hardware.may_begin(token.text)
        named = part_at(_ahead(tokens, i)) if possible else None
        if named is not None:
            part, length = named
            yield Mention(
                part,
                token.span.to(tokens[i + length - 1].span),
                Span(tokens[first].start, tokens[end - 1].end),
            )
            i += length
        else:
            i += 1


def _ahead(tokens: Sequence[Token], i: int) -> list[str]:
    words: list[str] = []
    for token in tokens[i : i + _WORDS_AHEAD]:
        if token.kind not in ("word", "number"):
            break
        words.append(token.text)
    return words


def nearest(found: Sequence[Mention], span: Span) -> hardware.Part | None:
    """The part that the paragraph of `span` names: inside it, else the last before it, else the first after it.

    `found` is what `mentions` found, in its order.
    """
    next_one = bisect_right(found, span.start, key=_end)
    ahead = found[next_one : next_one + 1]
    before = found[next_one - 1 : next_one] if next_one else ()
    inside = [m for m in ahead if m.span.overlaps(span)]
    near = [m for m in (*before, *ahead) if m.paragraph.overlaps(span)]
    chosen = inside or near
    return chosen[0].part if chosen else None


def _end(mention: Mention) -> int:
    return mention.span.end
