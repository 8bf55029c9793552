"""Full stops that end an abbreviation and no sentence: "30% util. * 8 GPUs", "10 hrs. = 36,000 s"."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.cutting import Token

_GOES_ON = frozenset(("times", "divide", "relation", "close"))
"""No sentence begins with one of these, so that the stop before it belongs to the word."""
_ABBREVIATED = frozenset("util utils hr hrs sec secs min mins wk wks mo yr yrs avg approx est params param tok".split())
"""Words behind which a verb may go on too: "at 30% util. is about 1e21"."""


def past_abbreviation(tokens: Sequence[Token], i: int) -> int:
    """The index behind the full stop at `i`, if the word before it is abbreviated by it; else `i`."""
    stop = tokens[i]
    if stop.text != "." or not stop.glued or tokens[i - 1].kind != "word":
        return i
    following = tokens[i + 1]
    if following.kind == "newline":
        return i + 1 if tokens[i + 2].kind == "relation" else i
    lower = following.kind == "comma" or (following.kind == "word" and following.text[:1].islower())
    return i + 1 if following.kind in _GOES_ON or (lower and tokens[i - 1].lower in _ABBREVIATED) else i
