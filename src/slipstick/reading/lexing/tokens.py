"""Tokens in plain notation: what the rest of the reading works on."""

from __future__ import annotations

import re

from slipstick.patterns import pattern
from slipstick.reading.lexing.cutting import LOOK_AHEAD, SUPERSCRIPTS, Token, cut
from slipstick.reading.lexing.figures import in_plain_figures
from slipstick.reading.lexing.letters import with_plain_letters

__all__ = ["LOOK_AHEAD", "SUPERSCRIPTS", "Token", "tokenize"]

_RANGES = frozenset(("±", "+/-", "+-", "–", *"\"'“”‘’`<>", "between", "from"))
"""One of these stands in every text with a range in words, brackets or quotes, or with a dash for a minus."""
_LENGTHS = frozenset("m cm mm km ft feet foot inch inches yard yards meter meters metre metres".split())
_DEGREES = frozenset(("°", "˚", "ºc"))
_POUNDS = frozenset(("lb", "lbs", "pound", "pounds"))
_FIELDS = frozenset("pod pods kubernetes k8s replicas bp genome genomes exome".split())
"""One of these stands in every text of a field with letters of its own."""
_CENTS = frozenset("¢ c p cent cents ct cts eurocent penny pence pennies".split())
_BEHIND = frozenset("factor oom ooms order orders ÷ ci cri confidence conf credible interval intervals - −".split())
_RANGE_BEHIND = re.compile(
    r"factor of|OOM|orders? of magn|÷|%\s?(?:C[Ir]|conf|cred|interval)|percent c|\.\d+[-−]0?\.\d", re.IGNORECASE
)
"""A range told behind a number, and one of the signs of it."""
_BELOW_ONE = pattern(r"/\s*[(\[{]|K|kelvin")
"""Where several units may stand below a slash: a bracket or a kelvin."""
_NEGATIVE = pattern(r"\^[^\w\s(\[{]")
"""A sign of power that a minus may follow."""


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens: numbers, ranges, one-letter units in plain notation, no footnote marks.

    Never raises. `LOOK_AHEAD` tokens of the kind `end` follow. Passes that most texts need not are made, and loaded,
    only where something stands that they are about.
    """
    end = len(text) if end is None else end
    tokens = cut(text, start, end)
    said = {token.lower for token in tokens[:-LOOK_AHEAD]}
    tokens = in_plain_figures(tokens, text)
    if not _BEHIND.isdisjoint(said) and _RANGE_BEHIND.search(text, start, end) is not None:
        from slipstick.reading.lexing.within import with_ranges_behind

        tokens = with_ranges_behind(tokens)
    if not _RANGES.isdisjoint(said):
        from slipstick.reading.lexing.ranges import with_plain_ranges

        tokens = with_plain_ranges(tokens)
    has_degrees = not _DEGREES.isdisjoint(said)
    if "/" in said and (has_degrees or _BELOW_ONE.search(text, start, end) is not None):
        from slipstick.reading.lexing.slashes import with_one_slash_each

        tokens = with_one_slash_each(tokens, has_degrees=has_degrees)
    if "by" in said and not _LENGTHS.isdisjoint(said):
        from slipstick.reading.lexing.sizes import with_products_of_lengths

        tokens = with_products_of_lengths(tokens)
    if "·" in said or "⋅" in said:
        from slipstick.reading.lexing.spaced_dots import with_joined_units

        tokens = with_joined_units(tokens)
    tokens = with_plain_letters(tokens, said)
    if ("^" in said and _NEGATIVE.search(text, start, end) is not None) or text.find("⁻", start, end) >= 0:
        from slipstick.reading.lexing.inverse import with_slashes

        tokens = with_slashes(tokens)
    if not _POUNDS.isdisjoint(said):
        from slipstick.reading.lexing.pounds import with_pounds_of_force

        tokens = with_pounds_of_force(tokens)
    if not _FIELDS.isdisjoint(said):
        from slipstick.reading.lexing.fields import with_letters_of_fields

        tokens = with_letters_of_fields(tokens, said)
    if not _CENTS.isdisjoint(said):
        from slipstick.reading.lexing.cents import with_cents_as_money

        tokens = with_cents_as_money(tokens)
    return tokens
