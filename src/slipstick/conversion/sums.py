"""One quantity in several units, the larger before the smaller: "6 ft 2 in", "1 h 30 min", "5 lb 3 oz"."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

from slipstick.conversion.algebra import vector
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.notation import read_unit
from slipstick.conversion.registry import table
from slipstick.conversion.vocabulary import Meaning

_PART = r"([0-9]{1,15}(?:\.[0-9]{1,15})?)\s*([^\W\d_]{1,20})\.?"
_SUM = re.compile(rf"\s*{_PART}(?:(?:,|\s+and)?\s*{_PART}){{1,3}}\s*")


class SummedUp(NamedTuple):
    """A sum in its first unit, with what was taken."""

    value: Fraction
    unit: str
    notes: tuple[str, ...]


def summed(text: str) -> SummedUp | None:
    """The sum that a text is, in its first unit; None where it is none.

    Each unit has one meaning and is smaller than the one before, each number but the last is whole: "2 m 3 s" and
    "1 in 2 ft" are no sums.
    """
    if _SUM.fullmatch(text) is None:
        return None
    parts = [(Fraction(number), unit) for number, unit in re.findall(_PART, text)]
    try:
        read = [read_unit(unit) for _, unit in parts]
    except ConversionError:
        return None
    if any(len(each) != 1 for each in read) or any(value.denominator != 1 for value, _ in parts[:-1]):
        return None
    meant = [each[0] for each in read]
    sizes = [_size(each) for each in meant]
    falling = all(one > other for one, other in pairwise(sizes))
    if not falling or len({vector(each.terms) for each in meant}) > 1 or vector(meant[0].terms) in ((), _DEGREES):
        return None
    value = sum((number * size for (number, _), size in zip(parts, sizes, strict=True)), Fraction(0)) / sizes[0]
    notes = tuple(dict.fromkeys(note for each in meant[1:] for note in each.notes if note not in meant[0].notes))
    return SummedUp(value, parts[0][1], (f"{text.strip()} was taken for the sum", *notes))


_DEGREES = (("kelvin", 1),)


def _size(meaning: Meaning) -> Fraction:
    """One of the unit in base units."""
    return reduce(lambda size, term: size * table().factor(term), meaning.terms, meaning.scale)
