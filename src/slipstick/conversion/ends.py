"""A range by its two ends, as no number of a text is written: -5..5, 0 to 3, 3..3, 5 km to 10 km."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from slipstick.conversion.errors import ConversionError
from slipstick.reading.quantities.arithmetic import geometric_mean

_BETWEEN = re.compile(
    r"(?<=[^\s])(?:\s*\.\.\.?\s*|\s+to\s+|\s*[–—]\s*|(?<=[0-9])\s*-\s*)(?=[+\-−]?(?:[$€£]\s?)?\.?[0-9])", re.IGNORECASE
)


class Ends(NamedTuple):
    """The texts of the lower and the higher end, in the order in which they were written."""

    low: str
    high: str


def two_ends(text: str) -> Iterator[Ends]:
    """Each way to part a text at a sign that may stand between the ends of a range, from left to right."""
    for sign in _BETWEEN.finditer(text):
        low, high = text[: sign.start()].strip(), text[sign.end() :].strip()
        named = sign[0].strip() == "-" and any(map(str.isalpha, low))  # "5 v3-8 hours" is of a machine
        if any(map(str.isdigit, low)) and not named:
            yield Ends(low, high)


def middle_of(low: Fraction, high: Fraction, text: str) -> Fraction:
    """What stands for a range: its geometric mean where both ends are positive, else the middle.

    Raises ConversionError for a range that runs downwards.
    """
    if low > high:
        raise ConversionError(f"a range runs from its lower to its higher end; expected them the other way in {text!r}")
    if low == high:
        return low
    return geometric_mean([low, high]) if low > 0 else (low + high) / 2
