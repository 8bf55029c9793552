"""Letters that stand for numbers and for no units: "let N be the number of layers", "2N bytes + 4N bytes"."""

from __future__ import annotations

from collections.abc import Sequence, Set

from slipstick.reading.lexing.cutting import Token

COUNTED = frozenset("bytes bits parameters params tokens FLOP FLOPs flops".split())
"""Behind a letter they are what there are so many of."""


def variables(tokens: Sequence[Token], letters: Set[str]) -> frozenset[str]:
    """Those of the letters that stand for a number somewhere. Work in proportion to the tokens."""
    return frozenset(
        token.text
        for i, token in enumerate(tokens[:-1])
        if token.text in letters
        and i
        and (
            (tokens[i - 1].lower == "let" and tokens[i + 1].lower == "be")
            or (tokens[i - 1].kind == "number" and tokens[i + 1].text in COUNTED)
        )
    )
