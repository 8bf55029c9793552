"""The stretches of a text where arithmetic may stand, so that prose is scanned and not taken apart.

Every calculation, expression and unread place has a sign that can be seen from outside: a sign of equality or an
operator, or a number behind a word that multiplies ("for 14 days", "times 3"). A region is the line of such a sign, or
in long lines its sentence, with the one before and the one behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from slipstick.reading.tokens import tokenize
from slipstick.source import Span

_SIGN = re.compile(r"[\d=≈≅≃∼≡→⇒⟶⟹＝*×·⋅∙∗✕÷⁄∕^√]\S*")
_INSIDE = re.compile(
    r"[=≈≅≃∼≡→⇒⟶⟹＝*×·⋅∙∗✕÷⁄∕^√⁰¹²³⁴⁵⁶⁷⁸⁹⁻]|[\d)\]][xX][\d(]|[/+]\$?[\d(]|[\d)]\(|->|\d[–—−-][$(]?\d{5}"
    r"|\d{30}|\d[eE][+−-]?\d{3}|~"
)
"""Operators and signs of equality glued to a number; and numbers so long that they may be out of bounds."""
_LOOK_BACK = 24
_BEFORE = re.compile(
    r"(?:[/+÷~>]|(?<=[\s\d)\]])[xX]|\s[−-]|[)\]]\s?\("
    r"|\b(?:times|plus|minus|multiply|multiplying|sqrt|(?:multiplied|divided)\s+by)"
    r"|(?:[%\d]|percent|pct)\s+of|\bmean(?:\s+of)?\s*:?)\s*[$€£¥(\[{~]{0,3}\s*$",
    re.IGNORECASE,
)
_BEHIND_A_NUMBER = re.compile(
    r"\d[^\n]{0,80}?(?:\b(?P<span>for|on|using)|\b(?:at|with|and)|@)\s*(?:about|around|~)?\s*(?P<price>[$€£¥])?\Z",
    re.IGNORECASE,
)
_JOINING = (" for", " on", " using", " at", " with", " and", "@", "about", "around")
_RATE = re.compile(
    r"[\d.,eE^]+\s?(?:%|percent|\S{0,12}flop|\S{0,12}ops\b|(?:\S+\s){0,2}(?:utili|mfu|hfu|effic))", re.IGNORECASE
)
_WHOLE_NUMBER = re.compile(r"\d+[^\w]*\Z")
_LONG_LINE = 500
_SENTENCE_END = re.compile(r"[.!?]\S?\s+(?=[A-Z\"'(\[])")
_SENTENCES = 3
"""How many ends of a sentence are passed on each side of a sign in a long line: one may be an abbreviation."""


class Regions(NamedTuple):
    """Where to read, in order and apart from each other, and how many numbers stand elsewhere."""

    spans: tuple[Span, ...]
    numbers_outside: int


def regions(text: str) -> Regions:
    """The stretches of `text` that are worth reading. Linear in the length of the text."""
    numbers: list[Span] = []
    spans = tuple(_merged(_widened(text, _signs(text, numbers))))
    return Regions(spans, sum(_numbers_at(text, place) for place in _outside(numbers, spans)))


def _signs(text: str, numbers: list[Span]) -> Iterator[int]:
    """The places of the signs, in order; the places of all numbers are added to `numbers` on the way."""
    for match in _SIGN.finditer(text):
        at = match.start()
        if not text[at].isdigit():
            yield at
            continue
        numbers.append(Span(at, match.end()))
        if _INSIDE.search(match.group()) or _is_beside_an_operator(text, match):
            yield at


def _is_beside_an_operator(text: str, number: re.Match[str]) -> bool:
    at = number.start()
    before = text[max(0, at - _LOOK_BACK) : at]
    if _BEFORE.search(before) is not None:
        return True
    if before.rstrip(" ~$€£¥").lower().endswith(_JOINING):
        joined = _BEHIND_A_NUMBER.search(text[max(0, at - 4 * _LOOK_BACK) : at])
        return joined is not None and bool(joined["span"] or joined["price"] or _RATE.match(text, at))
    return False


def _widened(text: str, signs: Iterable[int]) -> Iterator[Span]:
    """The line of each sign with a line on each side; of a long line a few sentences."""
    end = 0
    for at in signs:
        if at < end:
            continue
        start = _line_start(text, _line_start(text, at, end) - 1, end)
        stop = _line_end(text, _line_end(text, at) + 1)
        if at - start > _LONG_LINE:
            ends = [m.end() for m in _SENTENCE_END.finditer(text, at - _LONG_LINE, at)]
            start = ends[-_SENTENCES] if len(ends) >= _SENTENCES else start
        if stop - at > _LONG_LINE:
            ends = [m.end() for m in _SENTENCE_END.finditer(text, at, at + _LONG_LINE)]
            stop = ends[_SENTENCES - 1] if len(ends) >= _SENTENCES else stop
        end = stop
        yield Span(start, stop)


def _line_start(text: str, at: int, least: int) -> int:
    """Where the line of the character before `at` begins, or `least` where that is later."""
    return max(text.rfind("\n", least, max(at, least)) + 1, least)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Stretches with nothing but a line break between them become one."""
    last: Span | None = None
    for span in spans:
        if last is not None and span.start <= last.end + 1:
            last = Span(last.start, span.end)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _outside(places: Sequence[Span], spans: Sequence[Span]) -> Iterator[Span]:
    """Those of the places that begin in none of the spans; both in order."""
    ahead = iter(spans)
    span = next(ahead, None)
    for place in places:
        while span is not None and span.end <= place.start:
            span = next(ahead, None)
        if span is None or place.start < span.start:
            yield place


def _numbers_at(text: str, place: Span) -> int:
    """How many numbers stand in the characters up to a blank, with those that are glued before (none in GPT-3)."""
    before = text[max(0, place.start - _LOOK_BACK) : place.start]
    glued = before[len(before.rstrip()) :] == "" and before.split()
    if not glued and _WHOLE_NUMBER.match(text, place.start, place.end):
        return 1
    return sum(t.kind == "number" for t in tokenize((glued[-1] if glued else "") + place.of(text)))
