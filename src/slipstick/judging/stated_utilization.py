"""Utilizations that a text tells in words: "38% MFU", "a model FLOPs utilization of 0.43", "45% of peak"."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from slipstick.patterns import pattern

_WORD = r"(?:MFU|HFU|utili[sz]ation)"
_SHARE = r"(?<![\d.,-])(\d{1,3}(?:\.\d{1,2})?\s?%|0?\.\d{1,3}(?!\d|\s?%))"
_TOLD = pattern(
    rf"{_SHARE}\s+(?:(?!of\b|and\b|for\b)[\w-]+\s+){{0,3}}{_WORD}\b"
    rf"|{_SHARE}\s+of\s+(?:the\s+|its\s+|their\s+)?(?:theoretical\s+|dense\s+)?(?:peak|maximum)\b"
    rf"|\b(?:[\w-]+\s+){{0,2}}{_WORD}\b(?:\s*\([A-Z]{{3}}\))?(?:\s+(?:is|was|of|at|about|around|roughly|reached|averaged|averages|near)"
    rf"|\s*[:=~])*\s*{_SHARE}",
    re.IGNORECASE,
)
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
    told = [m for m in _TOLD.finditer(text) if not (_OF_ELSE.search(m.group()) or _is_end_of_range(text, m))]
    shares = (_fraction(next(share for share in m.groups() if share)) for m in told)
    return frozenset(share for share in shares if share <= _HIGHEST)


def _is_end_of_range(text: str, told: re.Match[str]) -> bool:
    """Whether the share is one end of a range: "32% to 36% MFU", "MFU 0.38-0.43"."""
    start, end = next(told.span(n) for n in range(1, 4) if told[n])
    near = text[max(start - _RANGE, 0) : start]
    return _RANGE_BEFORE.search(near) is not None or _RANGE_BEHIND.match(text, end) is not None


@lru_cache(maxsize=1000)
def _fraction(share: str) -> Fraction:
    return Fraction(share.rstrip("% ")) / (100 if share.endswith("%") else 1)
