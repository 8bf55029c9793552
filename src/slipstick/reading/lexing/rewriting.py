"""Passes over tokens that put something plainer in place of some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from slipstick.reading.lexing.cutting import Token

Rewrite = Callable[[Sequence[Token], int, list[Token]], tuple[Sequence[Token], int] | None]
"""What stands plainly in place of the tokens at an index, and the index behind them; None where nothing changes.

It is told the tokens as they were, the index, and the plain ones that stand before it, of which it may take the last.
"""


def rewritten(tokens: list[Token], places: Iterable[int], rewrite: Rewrite) -> list[Token]:
    """The tokens, with what `rewrite` puts in place of those at `places`. Work in proportion to their number."""
    found: list[Token] = []
    end = 0
    for i in places:
        if i < end:
            continue
        found += tokens[end:i]
        end = i
        if (made := rewrite(tokens, i, found)) is not None:
            plain, end = made
            found += plain
    found += tokens[end:]
    return found
