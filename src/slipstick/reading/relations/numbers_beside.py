"""Numbers beside a formula in names that are none of its own: it may be about these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slipstick.reading.lexing.tokens import Token
from slipstick.reading.relations.definitions import Definition

_SAYS_MORE = frozenset(
    "epoch epochs pass passes active activated expert experts twice double half respectively".split()
)
"""Words that may say that a formula's names are other numbers than they were given."""


def numbers_beside(tokens: Sequence[Token], given: Sequence[Definition], found: Sequence[tuple[int, int]]) -> list[int]:
    """Where numbers stand that belong to no definition, no formula and its result, and no name (GPT-3).

    A formula is `found` by where it begins, and by its relation.
    """
    taken = {i for each in given for i in _outside_brackets(tokens, each.at, each.end)}
    taken |= {i for start, end in found for i in range(start, end + 3)}
    numbers = (i for i, token in enumerate(tokens) if token.kind == "number" and i not in taken)
    beside = {i for i in numbers if not (i and tokens[i].glued and tokens[i - 1].kind in ("word", "minus"))}
    return sorted(beside | {i for i, token in enumerate(tokens) if token.lower in _SAYS_MORE})


def _outside_brackets(tokens: Sequence[Token], start: int, end: int) -> Iterator[int]:
    """The indices from `start` to `end` that stand in no bracket: a remark in a definition tells of other numbers."""
    depth = 0
    for i in range(start, end):
        depth += (tokens[i].kind == "open") - (tokens[i].kind == "close")
        if depth == 0:
            yield i
