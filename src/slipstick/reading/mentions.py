"""Hardware named anywhere in a text: which part a calculation is about when it names none itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slipstick import hardware
from slipstick.reading.spelling import part_at
from slipstick.reading.tokens import Token, tokenize
from slipstick.source import Span


class Mention(NamedTuple):
    """A part named in the text."""

    part: hardware.Part
    span: Span


def mentions(text: str) -> tuple[Mention, ...]:
    """Every accelerator that the text names, in order."""
    tokens = tokenize(text)
    found, i = [], 0
    while i < len(tokens):
        named = part_at(_ahead(tokens, i)) if tokens[i].kind == "word" else None
        if named is None:
            i += 1
            continue
        part, length = named
        found.append(Mention(part, tokens[i].span.to(tokens[i + length - 1].span)))
        i += length
    return tuple(found)


def _ahead(tokens: Sequence[Token], i: int) -> list[str]:
    words: list[str] = []
    for token in tokens[i : i + 5]:
        if token.kind not in ("word", "number"):
            break
        words.append(token.text)
    return words


def nearest(text: str, found: Sequence[Mention], span: Span) -> hardware.Part | None:
    """The part that the paragraph of `span` names: inside it, else the last before it, else the first after it."""
    start = text.rfind("\n\n", 0, span.start)
    end = text.find("\n\n", span.end)
    paragraph = Span(max(start, 0), end if end >= 0 else len(text))
    near = [m for m in found if m.span.overlaps(paragraph)]
    inside = [m for m in near if m.span.overlaps(span)]
    before = [m for m in near if m.span.end <= span.start]
    after = [m for m in near if m.span.start >= span.end]
    chosen = inside[:1] or before[-1:] or after[:1]
    return chosen[0].part if chosen else None
