"""The words around a calculation: the sentence that it stands in, of bounded length."""

from __future__ import annotations

import re

from slipstick.source import Span

_REACH = 240
"""Characters to either side: a bound for texts without full stops."""
_END = re.compile(r"[.!?;](?=\s)|\n")


def before(text: str, span: Span) -> Span:
    """From the beginning of the sentence to the place."""
    first = max(span.start - _REACH, 0)
    ends = [match.end() for match in _END.finditer(text, first, span.start)]
    return Span(ends[-1] if ends else first, span.start)


def behind(text: str, span: Span) -> Span:
    """From the place to the end of the sentence."""
    last = min(span.end + _REACH, len(text))
    end = _END.search(text, span.end, last)
    return Span(span.end, end.start() if end else last)


def sentence(text: str, span: Span) -> str:
    """The sentence that a place stands in; of one that runs on for long, 240 characters to either side."""
    return text[before(text, span).start : behind(text, span).end]
