"""Tokens in plain notation: what the rest of the reading works on."""

from __future__ import annotations

from slipstick.reading.cutting import LOOK_AHEAD, SUPERSCRIPTS, Token, cut
from slipstick.reading.figures import in_plain_figures
from slipstick.reading.inverse import with_slashes
from slipstick.reading.letters import with_plain_letters

__all__ = ["LOOK_AHEAD", "SUPERSCRIPTS", "Token", "tokenize"]


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens, numbers and one-letter units in plain notation, footnote marks left out.

    Never raises. `LOOK_AHEAD` tokens of the kind `end` follow.
    """
    return with_slashes(with_plain_letters(in_plain_figures(cut(text, start, end), text)))
