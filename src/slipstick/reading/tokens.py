"""Tokens in plain notation: what the rest of the reading works on."""

from __future__ import annotations

import re

from slipstick.reading.cents import with_cents_as_money
from slipstick.reading.cutting import LOOK_AHEAD, SUPERSCRIPTS, Token, cut
from slipstick.reading.figures import in_plain_figures
from slipstick.reading.letters import with_plain_letters

__all__ = ["LOOK_AHEAD", "SUPERSCRIPTS", "Token", "tokenize"]


# What a text must hold for a pass to have anything to do: most texts need few of the passes.
_RANGE = re.compile(r"[±\"'“”‘’`<>–]|\+/?-|\b(?:between|from)\b", re.IGNORECASE)
_BEHIND = re.compile(
    r"factor of|OOM|orders? of magn|÷|%\s?(?:C[Ir]|conf|cred|interval)|percent c|\.\d+[-−]0?\.\d", re.IGNORECASE
)
_INVERSE = re.compile(r"[⁻^]|\*\*")


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens: numbers, ranges, one-letter units in plain notation, no footnote marks.

    Never raises. `LOOK_AHEAD` tokens of the kind `end` follow.
    """
    end = len(text) if end is None else end
    tokens = in_plain_figures(cut(text, start, end), text)
    if _BEHIND.search(text, start, end) is not None:
        from slipstick.reading.within import with_ranges_behind

        tokens = with_ranges_behind(tokens)
    if _RANGE.search(text, start, end) is not None:
        from slipstick.reading.ranges import with_plain_ranges

        tokens = with_plain_ranges(tokens)
    if text.find("/", start, end) >= 0:
        from slipstick.reading.slashes import with_one_slash_each

        tokens = with_one_slash_each(tokens)
    tokens = with_plain_letters(tokens)
    if _INVERSE.search(text, start, end) is not None:
        from slipstick.reading.inverse import with_slashes

        tokens = with_slashes(tokens)
    return with_cents_as_money(tokens)
