"""Where a chain of equals may begin in a stretch of text, found in one walk over its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from slipstick.reading.expressions.functions import FUNCTIONS
from slipstick.reading.expressions.means import MEANS
from slipstick.reading.lexing.tokens import LOOK_AHEAD, Token
from slipstick.reading.quantities.part_names import begins_name

PROSE = frozenset(("multiplying", "multiply"))
BEGINNINGS = MEANS | FUNCTIONS | PROSE | {"sqrt"}
"""Words with which a chain begins."""
_MARKED = frozenset(("number", "currency", "open", "root", "close"))
"""Kinds of tokens with which a chain begins, and closing brackets."""


def marked(tokens: Sequence[Token]) -> list[int]:
    """Where numbers, brackets, roots and the words stand with which a chain or the name of a part may begin."""
    return [
        n
        for n, token in enumerate(tokens[:-LOOK_AHEAD])
        if token.kind in _MARKED or (token.kind == "word" and _may_begin(token.text))
    ]


@lru_cache(maxsize=10_000)
def _may_begin(word: str) -> bool:
    """Whether a chain or the name of a part may begin with the word."""
    return word.lower() in BEGINNINGS or begins_name(word)
