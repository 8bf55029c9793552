"""What superscripts and subscripts mean: an exponent, the mark of a footnote, a part of a name."""

from __future__ import annotations

import re
from enum import Enum, auto

# Units that are short enough to be told from a word with a footnote mark behind it.
_UNITS = frozenset(
    "m s g h d W J N V A K B Hz cm mm km nm um µm μm ft yd mi in kg mg ms µs μs ns min hr sec Pa".split()
)
_FORMULAE = frozenset(["C", "CH", "CO", "H", "NH", "NO", "O", "SO"])  # what stands before the number of atoms

_NUMBER = re.compile(r"[-+−–]?\d+(?:\.\d+)?")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_NOTE = re.compile(r"\[[^\]]*\]|\(?[a-h*†‡§¶#]\)?|(?:\d+[,–-])+\d+")
_FORMULA = re.compile(r"[\w+\-−*/.·× ]{1,20}")
ORDINALS = frozenset(["st", "nd", "rd", "th"])


class Script(Enum):
    """What to do with raised or lowered characters."""

    POWER = auto()  # a sign for "to the power of" goes before them
    NOTE = auto()  # they go
    TEXT = auto()  # they stay, as if they stood on the line


def superscript(before: str, raised: str) -> Script:
    """What `raised` means behind `before`, the text that leads to it on the same line."""
    word = _LAST_WORD.search(before)
    short = word is not None and (len(word.group()) == 1 or word.group() in _UNITS)
    last = before[-1:]
    if raised in ORDINALS and last.isdigit():
        return Script.TEXT
    if _NUMBER.fullmatch(raised):
        signed_unit = not raised[0].isdigit() and word is not None
        return Script.POWER if last.isdigit() or last == ")" or short or signed_unit else Script.NOTE
    if _NOTE.fullmatch(raised) or (len(raised) > 1 and raised.isupper()):
        return Script.NOTE
    if (last.isdigit() or last == ")" or short) and _FORMULA.fullmatch(raised):
        return Script.POWER
    return Script.NOTE if len(raised) <= 1 else Script.TEXT


def subscript(before: str, lowered: str) -> Script:
    """What `lowered` means behind `before`: the numbers of atoms and the base of a logarithm stay, indices go."""
    word = _LAST_WORD.search(before)
    if word is None:
        return Script.NOTE if before.endswith(")") else Script.TEXT
    if lowered.isdigit() and (word.group() in _FORMULAE or word.group() == "log"):
        return Script.TEXT
    return Script.NOTE


def is_number(raised: str) -> bool:
    """Whether an exponent needs no brackets."""
    return _NUMBER.fullmatch(raised) is not None
