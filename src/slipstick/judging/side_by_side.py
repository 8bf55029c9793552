"""Values that a text sets side by side for two calculations, line by line: "Agents: 12 vs 600", "Days: 44 vs 14"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from slipstick.formula import monomial
from slipstick.reading.inference.interpretation import Interpretation
from slipstick.reading.quantities.stated import stated_quantities

_MOST = 20
"""How many pairs of one text are looked at."""


class Pair(NamedTuple):
    """One line: what it is about, this calculation's value and the other one's, with the other's words."""

    role: str
    own: Fraction
    other: Fraction
    words: str


@cache
def _pattern() -> re.Pattern[str]:
    number = r"[~$]?\d[\d.,]*%?"
    return re.compile(
        rf"^[ \t>*•–-]*([A-Za-z][\w /-]{{0,30}}?)\s*[:|]\s*({number})\s+(?:vs\.?|versus)\s+({number})", re.MULTILINE
    )


def pairs(text: str) -> tuple[Pair, ...]:
    """The pairs of values that a text sets side by side, in order."""
    if " vs" not in text and " versus" not in text:
        return ()
    return tuple(list(_pairs(text))[:_MOST])


def _pairs(text: str) -> Iterator[Pair]:
    for match in _pattern().finditer(text):
        values = [next(stated_quantities(text, *match.span(group)), None) for group in (2, 3)]
        if values[0] is not None and values[1] is not None:
            yield Pair(match[1].strip().lower(), values[0].value, values[1].value, match[3])


def exchanged(reading: Interpretation, listed: tuple[Pair, ...]) -> Fraction | None:
    """The value with each listed factor exchanged; None where one of them is no single factor of the calculation."""
    factors = monomial(reading.formula)
    if reading.value is None or factors is None or not listed:
        return None
    value = reading.value
    for pair in listed:
        fitting = [(f, power) for f, power in factors if f.value == pair.own]
        if len(fitting) != 1 or not pair.own or not pair.other or fitting[0][1] not in (1, -1):
            return None
        value *= (pair.other / pair.own) ** int(fitting[0][1])
    return value
