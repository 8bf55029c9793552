"""The words around a calculation: the sentence that it stands in, of bounded length."""

from __future__ import annotations

from slipstick.patterns import pattern
from slipstick.source import Span

REACH = 240
"""Characters to either side: a bound for texts without full stops."""
_END = pattern(r"[.!?;\n](?:(?<=\n)|(?=\s))")


def before(text: str, span: Span) -> Span:
    """From the beginning of the sentence to the place."""
    first = max(span.start - REACH, 0)
    ends = [match.end() for match in _END.finditer(text, first, span.start)]
    return Span(ends[-1] if ends else first, span.start)


def behind(text: str, span: Span) -> Span:
    """From the place to the end of the sentence."""
    last = min(span.end + REACH, len(text))
    end = _END.search(text, span.end, last)
    return Span(span.end, end.start() if end else last)


_ALONE = pattern(r"[ \t]*[\d.,]+(?: ?[a-z]{1,9}\b)?(?:[ \t]*[x×*·/+][ \t]*[\d.,]+(?: ?[a-z]{1,9}\b)?)+[ \t]*")


def is_beside_fraction(text: str, span: Span) -> bool:
    """Whether the line above or below that of the place is a product that nothing is said of: the other part of a
    fraction whose bar was lost ("1000 x 20", and below it "8 x 60 = 41.7").
    """
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    above = text[text.rfind("\n", 0, max(first - 1, 0)) + 1 : max(first - 1, 0)]
    if not text[first : span.start].strip() and _ALONE.fullmatch(above[:REACH]):
        return True
    below = text[last + 1 : last + 1 + REACH].split("\n", 1)[0] if last >= 0 else ""
    return _ALONE.fullmatch(below) is not None


def sentence(text: str, span: Span) -> str:
    """The sentence that a place stands in; of one that runs on for long, 240 characters to either side."""
    return text[before(text, span).start : behind(text, span).end]
