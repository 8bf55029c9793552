"""Probabilities as percentages."""

from __future__ import annotations

_DIGITS, _MOST_DIGITS = 6, 17


def percentage(probability: float) -> str:
    """A probability in percent: `90`, `99.73`; with enough nines that less than 1 is not printed as 100."""
    for digits in range(_DIGITS, _MOST_DIGITS):
        text = f"{probability * 100:.{digits}g}"
        if float(text) < 100 or probability >= 1:
            return text
    return repr(probability * 100)
