"""Words and letters that scale the number before them: million, bn, Mrd, lakh, 亿."""

from __future__ import annotations

SCALES = {
    "hundred": 2, "thousand": 3, "thousands": 3, "tsd": 3, "tausend": 3, "k": 3, "K": 3,
    "million": 6, "millions": 6, "mil": 6, "mill": 6, "mio": 6, "mln": 6, "mn": 6, "Mn": 6, "mm": 6, "MM": 6, "M": 6,
    "billion": 9, "billions": 9, "bln": 9, "bn": 9, "Bn": 9, "B": 9, "b": 9, "mrd": 9, "mld": 9,
    "trillion": 12, "trillions": 12, "trn": 12, "tn": 12, "Tn": 12, "T": 12,
    "quadrillion": 15, "quintillion": 18, "sextillion": 21, "septillion": 24,
    "millionen": 6, "milliarde": 9, "milliarden": 9, "milliard": 9, "milliards": 9,
    "lakh": 5, "lakhs": 5, "lac": 5, "crore": 7, "crores": 7,
    "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8,
    "thousandths": -3, "basispoints": -4, "ppm": -6, "ppb": -9,
}  # fmt: skip
"""Powers of ten. A spelling of up to two letters is read with its case as written, a longer one in any case."""

GLUED_SCALES = {"m": 6, "t": 12, "G": 9, "bil": 9}
"""Scales only directly behind the digits: 340m, 2t."""

DOTTED = frozenset(("mrd", "mio", "mill", "mln", "tsd", "bn", "mn", "tn"))
"""Scales that are written with a dot for what is left out: 1.5 Mrd. tokens."""


def scale_of(word: str) -> int | None:
    """The power of ten that a word scales by, else None."""
    return SCALES.get(word) if len(word) <= 2 else SCALES.get(word.lower())
