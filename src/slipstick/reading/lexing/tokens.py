"""Tokens in plain notation: what the rest of the reading works on."""

from __future__ import annotations

import re

from slipstick.patterns import pattern
from slipstick.reading.lexing import passes
from slipstick.reading.lexing.cutting import LOOK_AHEAD, SUPERSCRIPTS, Token, pieces
from slipstick.reading.lexing.figures import in_plain_figures

__all__ = ["LOOK_AHEAD", "SUPERSCRIPTS", "Token", "tokenize"]

_RANGE_BEHIND = pattern(r"factor of|OOM|orders? of magn|÷|%\s?(?:C[Ir]|conf|cred|interval)|percent c", re.IGNORECASE)
"""A range told behind a number."""
_DECIMAL_RANGE = pattern(r"\.\d+[-−]0?\.\d")
_BRACKET_BELOW = pattern(r"/\s*[(\[{]")
"""Where several units may stand below a slash."""
_NEGATIVE = pattern(r"\^[^\w\s(\[{]|⁻")
"""A sign of power that a minus may follow, and a raised minus."""


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens: numbers, ranges, one-letter units in plain notation, no footnote marks.

    Never raises. `LOOK_AHEAD` tokens of the kind `end` follow. Passes that most texts need not are made, and loaded,
    only where something stands that they are about.
    """
    end = len(text) if end is None else end
    tokens, concerned, figures = pieces(text, start, end)
    tokens = in_plain_figures(tokens, figures, text, has_comma=bool(concerned & passes.COMMA))
    if (concerned & passes.WITHIN and _RANGE_BEHIND.search(text, start, end) is not None) or (
        concerned & passes.HYPHEN and _DECIMAL_RANGE.search(text, start, end) is not None
    ):
        from slipstick.reading.lexing.within import with_ranges_behind

        tokens = with_ranges_behind(tokens)
    if concerned & passes.RANGE:
        from slipstick.reading.lexing.ranges import with_plain_ranges

        tokens = with_plain_ranges(tokens)
    if concerned & passes.SLASH and (
        concerned & (passes.DEGREES | passes.KELVIN) or _BRACKET_BELOW.search(text, start, end) is not None
    ):
        from slipstick.reading.lexing.slashes import with_one_slash_each

        tokens = with_one_slash_each(tokens, has_degrees=bool(concerned & passes.DEGREES))
    if concerned & passes.BY and concerned & passes.LENGTH:
        from slipstick.reading.lexing.sizes import with_products_of_lengths

        tokens = with_products_of_lengths(tokens)
    if concerned & passes.DOT:
        from slipstick.reading.lexing.spaced_dots import with_joined_units

        tokens = with_joined_units(tokens)
    if concerned & (passes.LETTER | passes.KELVIN):
        from slipstick.reading.lexing.letters import with_plain_letters

        tokens = with_plain_letters(tokens, beside_liters=bool(concerned & passes.METRE and concerned & passes.LITER))
    if concerned & passes.POWER and _NEGATIVE.search(text, start, end) is not None:
        from slipstick.reading.lexing.inverse import with_slashes

        tokens = with_slashes(tokens)
    if concerned & passes.POUNDS:
        from slipstick.reading.lexing.pounds import with_pounds_of_force

        tokens = with_pounds_of_force(tokens)
    if concerned & passes.FIELD:
        from slipstick.reading.lexing.fields import with_letters_of_fields

        tokens = with_letters_of_fields(tokens)
    if concerned & passes.CENTS:
        from slipstick.reading.lexing.cents import with_cents_as_money

        tokens = with_cents_as_money(tokens)
    return tokens
