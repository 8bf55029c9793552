"""Numbers as whoever plants a slip reads them: a second reader, simple and apart from slipstick's own.

A benchmark that asked the program under test what a planted slip changes would find nothing that it misreads.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "billion": 9, "t": 12, "trillion": 12}
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789-")
_LARGEST_EXPONENT = 320

# Not a number: digits in a name (V100, fp16), behind its hyphen (v3-8, SXM2-32GB), or in a version (B.1).
NUMBER = re.compile(
    rf"""
    (?:(?<![A-Za-z_.\d])|(?<=\dx)) (?<![A-Za-z\d]-)
    (?:
        10(?:(?:\^|\*\*)(?P<lone>-?\d+)(?![\d.]\d)|(?P<lone_raised>[{SUPERSCRIPTS}]+))
      |
        (?P<mantissa>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
        (?:[eE](?P<exponent>[+-]?\d+))?
        (?:\s?[*×x·]\s?10(?:(?:\^|\*\*)(?P<ten>-?\d+)(?![\d.]\d)|(?P<ten_raised>[{SUPERSCRIPTS}]+)))?
    )
    (?:\s?(?P<scale>(?:thousand|million|billion|trillion)\b|[kKMBT](?![A-Za-z\d])))?
    (?P<percent>\s?%)?
    """,
    re.VERBOSE,
)
PREFIXED = re.compile(
    r"(?P<prefix>(?i:kilo|mega|giga|tera|peta|exa)|[kMGTPEgtp])?-?"
    r"(?P<unit>(?i:flops?)(?![A-Za-z])|(?:Wh|W|J|B|MACs?)(?![A-Za-z\d])|F(?=/s|-d|$))"
)
_EXPONENTS = ("lone", "lone_raised", "exponent", "ten", "ten_raised")


class Number(NamedTuple):
    """A number at its place: its value, one unit of its last printed digit, and the places of its pieces.

    `pieces` has those of "mantissa", "scale", "percent" and the exponents that are written. Zeros that end a number
    without a decimal point are no printed digits.
    """

    start: int
    end: int
    value: Fraction
    last_digit: Fraction
    pieces: dict[str, tuple[int, int]]


def number_at(text: str, start: int) -> Number | None:
    """The number that begins here. None where none does, or where it is too large to be one of a calculation."""
    found = NUMBER.match(text, start)
    if found is None:
        return None
    pieces = {name: found.span(name) for name in found.groupdict() if found[name] is not None}
    exponent = sum(int(found[name].translate(_PLAIN)) for name in _EXPONENTS if found[name])
    exponent += SCALES[found["scale"].lower()] if found["scale"] else 0
    exponent -= 2 if found["percent"] else 0
    if abs(exponent) > _LARGEST_EXPONENT:
        return None
    digits = (found["mantissa"] or "1").replace(",", "")
    scale = Fraction(10) ** exponent
    return Number(found.start(), found.end(), Fraction(digits) * scale, _last_digit(digits) * scale, pieces)


def _last_digit(digits: str) -> Fraction:
    if "." in digits:
        return Fraction(1, 10 ** len(digits.partition(".")[2]))
    return Fraction(10 ** (len(digits) - max(1, len(digits.rstrip("0")))))


def beyond_digits(value: Fraction, claim: Fraction, last_digit: Fraction) -> bool:
    """Whether a value lies further from a claim than one unit of its last printed digit, and than 0.1 % of it."""
    return abs(value - claim) > max(last_digit, abs(claim) / 1000)
