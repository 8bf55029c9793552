"""Figures that a calculation is compared with: `--against "6e22 FLOP"`."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from slipstick.units import Compound

_LINE = re.compile(r"([1-9][0-9]{0,8}):\s*(.+)", re.DOTALL)


class Figure(NamedTuple):
    """A figure that calculations are compared with, as printed: `value` and one unit of its `last_digit`, in `unit`.

    Without a unit it is in that of each calculation's own claim. `line` is the line of the one calculation that it is
    about, from 1; None for every calculation of its dimension.
    """

    text: str
    value: Fraction
    last_digit: Fraction
    unit: Compound = ()
    line: int | None = None


def figure(text: object) -> Figure:
    """A figure from its words: "6e22 FLOP", "700 PF-days", or for the calculation on line 12 "12: 6e22 FLOP".

    Raises ValueError, in one line, where it is not one number above zero with a unit that is known.
    """
    from slipstick.estimates.given import compound_of, read_quantity

    if not isinstance(text, str):
        raise ValueError(f'expected a figure such as "6e22 FLOP", not {text!r}')
    placed = _LINE.fullmatch(text.strip())
    line, words = (int(placed[1]), placed[2]) if placed else (None, text.strip())
    try:
        read = read_quantity(words)
    except ValueError as error:
        raise ValueError(f"no figure to compare with: {error}") from None
    if read.number.is_range or read.value <= 0:
        raise ValueError(f"expected one figure above zero to compare with, not {words[:60]!r}")
    return Figure(words, read.value, read.number.last_digit, compound_of(read), line)
