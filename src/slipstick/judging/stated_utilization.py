"""Utilizations that a text tells in words: "38% MFU", "a model FLOPs utilization of 0.43", "45% of peak"."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from slipstick.patterns import pattern

_WORD = r"(?:MFU|HFU|utili[sz]ation)"
_SHARE = r"(?<![\d.,-])(\d{1,3}(?:\.\d{1,2})?\s?%|0?\.\d{1,3}(?!\d|\s?%))"
_TOLD = pattern(
    rf"(?=[\d.MHU])(?:{_SHARE}\s+(?:(?:(?!of\b|and\b|for\b)[\w-]+\s+){{0,3}}{_WORD}\b"
    r"|of\s+(?:the\s+|its\s+|their\s+)?(?:theoretical\s+|dense\s+)?(?:peak|maximum)\b)"
    rf"|\b{_WORD}\b(?:\s*\([A-Z]{{3}}\))?(?:\s+(?:is|was|of|at|about|around|roughly|reached|averaged|averages|near)"
    rf"|\s*[:=~])*\s*{_SHARE})",
    re.IGNORECASE,
)
_WORDS_BEFORE = pattern(r"\b(?:[\w-]+\s+){1,2}\Z")
"""The one or two words before "MFU", which may say of what else it is: "cluster utilization"."""
_SIGNS = ("tilization", "tilisation", "FU", "fu ", "peak", "maximum")
_RANGE = 20
_RANGE_BEFORE = pattern(r"\d\s?%?\s?(?:-+|–|to|and|or|\.\.+)\s?$")
_RANGE_BEHIND = pattern(r"\s?(?:-+|–|to|or|\.\.+)\s?\d+(?:\.\d+)?(?:\s?%|(?!\w))")
_HIGHEST = Fraction(3, 4)
"""Above it, what is called a utilization is that of a scheduler, or the share of the time in which a device is busy."""
_OF_ELSE = pattern(
    r"\b(?:memory|bandwidth|power|cpu|cluster|fleet|disk|network|capacity|time|peak\s+utili[sz]ation|max\w*)\b",
    re.IGNORECASE,
)


def utilizations_in(text: str) -> frozenset[Fraction]:
    """Those of the peak that a text tells, as fractions; none of memory, power, a cluster or the time, and no range."""
    if not [word for word in _SIGNS if word in text]:
        return frozenset()
    shares, end = set(), 0
    for told in _TOLD.finditer(text):
        before = _WORDS_BEFORE.search(text, end, told.start()) if told[2] else None
        start, end = (before or told).start(), told.end()
        if not (_OF_ELSE.search(text, start, end) or _is_end_of_range(text, told)):
            shares.add(_fraction(told[1] or told[2]))
    return frozenset(share for share in shares if share <= _HIGHEST)


def _is_end_of_range(text: str, told: re.Match[str]) -> bool:
    """Whether the share is one end of a range: "32% to 36% MFU", "MFU 0.38-0.43"."""
    start, end = told.span(1 if told[1] else 2)
    near = text[max(start - _RANGE, 0) : start]
    return _RANGE_BEFORE.search(near) is not None or _RANGE_BEHIND.match(text, end) is not None


@lru_cache(maxsize=1000)
def _fraction(share: str) -> Fraction:
    return Fraction(share.rstrip("% ")) / (100 if share.endswith("%") else 1)
