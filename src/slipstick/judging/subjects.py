"""What a calculation is about: the words that lead to it, and the proper names among them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from slipstick.catalogue import hardware
from slipstick.reading.lexing.spelling import unit_of
from slipstick.source import Span

_FARTHEST = 240
"""How many characters before a calculation its lead may begin."""
_COMMON = frozenset("the this that these they there total training compute hardware method correction it".split())


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The patterns, made when they are first asked for: end, of a sentence; name, a word that may be one; opening, a
    name that opens a sentence; none, measures of utilization, formats (FP16, bfloat16, int8), letters of formulas.
    """
    patterns = {
        "end": r"[.!?](?:[\"'”)\]]*)\s+(?=[\"'“(\[]?[A-Z])|\n",
        "name": r"(?<![\w.-])[A-Za-z][\w]*(?:[-.][A-Za-z0-9]+)*",
        "opening": r"\s*(?:For\s+)?([A-Z][a-z]{2,})(?=:|\s+(?:was|is|used|took|needed|has|cost)\b)",
        "none": r"[A-Z]FU|(?i:fp|bf|tf|u?int|b?float)\d{1,3}|[A-Z]{1,2}|[a-z]+[A-Z]|CO2|ND|[A-Za-z]\d+",
    }
    return re.compile(patterns[name])


class Name(NamedTuple):
    """A proper name and its place; `key` compares names (lower case, without hyphens)."""

    key: str
    span: Span


def line_before(text: str, start: int, after: int = 0) -> Span:
    """The text of the same line before `start`, not before `after`."""
    begin = max(after, start - _FARTHEST, 0)
    return Span(max(begin, text.rfind("\n", begin, start) + 1), start)


def lead(text: str, start: int, after: int = 0) -> Span:
    """The words of the same sentence and line before `start`, not before `after`."""
    begin = max(after, start - _FARTHEST, 0)
    ends = [match.end() for match in _pattern("end").finditer(text, begin, start)]
    return Span(ends[-1] if ends else begin, start)


def names_in(text: str, place: Span) -> tuple[Name, ...]:
    """The names of models, systems and projects in a stretch of text: words with a capital or a digit inside them
    (AlphaStar, GPT-3, BERT), and a capitalized word that opens the sentence and does something (Meena was trained).

    Names of hardware and spellings of units are none.
    """
    found = []
    opening = _pattern("opening").match(text, *place)
    if opening is not None and opening.group(1).lower() not in _COMMON:
        found.append(Name(_key(opening.group(1)), Span(*opening.span(1))))
    for match in _pattern("name").finditer(text, *place):
        word = match.group()
        if word.isalpha() and word[1:].islower():  # most words
            continue
        if not any(c.isupper() or c.isdigit() for c in word[1:]) or _pattern("none").fullmatch(word):
            continue
        if len(word) > 2 and unit_of(word) is None and hardware.named(word) is None:
            found.append(Name(_key(word), Span(*match.span())))
    return tuple(found)


def _key(word: str) -> str:
    return word.lower().replace("-", "")


def normal_words(text: str) -> str:
    """Words in lower case with single blanks, without signs around them."""
    return " ".join(re.findall(r"[\w.-]*\w", text.lower()))
