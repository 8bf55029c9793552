"""Tokens in plain notation: what the rest of the reading works on."""

from __future__ import annotations

from slipstick.reading.cents import with_cents_as_money
from slipstick.reading.cutting import LOOK_AHEAD, SUPERSCRIPTS, Token, cut
from slipstick.reading.figures import in_plain_figures
from slipstick.reading.inverse import with_slashes
from slipstick.reading.letters import with_plain_letters
from slipstick.reading.ranges import with_plain_ranges
from slipstick.reading.slashes import with_one_slash_each

__all__ = ["LOOK_AHEAD", "SUPERSCRIPTS", "Token", "tokenize"]


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens: numbers, ranges, one-letter units in plain notation, no footnote marks.

    Never raises. `LOOK_AHEAD` tokens of the kind `end` follow.
    """
    plain = with_plain_ranges(in_plain_figures(cut(text, start, end), text))
    return with_cents_as_money(with_slashes(with_plain_letters(with_one_slash_each(plain))))
