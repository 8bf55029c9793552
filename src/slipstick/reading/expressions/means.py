"""Means of what is listed: "geometric mean of 6.0e20 and 2.4e21", "average (3, 4, 5)".

mean = "geometric mean" ["of"] "(" sum {"," sum} ")"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from slipstick.reading.expressions.tree import Node, Root, arithmetic_mean
from slipstick.reading.lexing.tokens import Token

MEANS = frozenset(("geometric", "geomean", "gmean", "average", "mean", "arithmetic"))
"""Words with which a mean begins."""
_MOST_ARGUMENTS = 20


def mean_at(
    tokens: Sequence[Token], closing: Mapping[int, int], i: int, read: Callable[[int], tuple[Node, int] | None]
) -> tuple[Node, int] | None:
    """The mean at the word `i`, and the index behind it; `read` reads one sum."""
    start = i
    i += 2 if tokens[i + 1].lower in ("mean", "average") else 1
    named = tokens[start].lower
    if named in ("geometric", "arithmetic") and i != start + 2:
        return None
    i += tokens[i].lower == "of" or tokens[i].text == ":"
    end = closing.get(i) if tokens[i].kind == "open" else None
    i += end is not None
    arguments: list[Node] = []
    while len(arguments) < _MOST_ARGUMENTS and (found := read(i)) is not None:
        arguments.append(found[0])
        i = found[1]
        separators = 0
        while tokens[i].kind == "comma" or tokens[i].lower == "and":
            i, separators = i + 1, separators + 1
        if not separators:
            break
    if len(arguments) < 2 or (end is not None and i != end):
        return None
    i = end + 1 if end is not None else i
    span = tokens[start].span.to(tokens[i - 1].span)
    if named in ("geometric", "geomean", "gmean"):
        return Root(span, "mean", tuple(arguments)), i
    return arithmetic_mean(tokens[start].span, span, arguments), i
