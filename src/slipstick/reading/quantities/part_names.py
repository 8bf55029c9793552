"""Names of parts that have a number in them ("RTX 3090", "A100 40GB"), which is no factor."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.catalogue.hardware import may_begin
from slipstick.reading.lexing.spelling import part_at
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.product_lines import may_be_product_line, product_line_at


def begins_name(word: str) -> bool:
    """Whether the name of a part may begin with the word."""
    return may_begin(word) or may_be_product_line(word)


def past_numbered_name(tokens: Sequence[Token], i: int) -> int | None:
    """The index behind a part's name at `i` that ends in a number; None where no such name stands there."""
    words = [t.text for t in tokens[i : i + 4] if t.kind in ("word", "number")]
    named = part_at(words) or product_line_at(words)
    if named is None:
        return None
    after = i + named[1]
    memory = after if tokens[after - 1].text in _MEMORY else after + 2
    if tokens[memory - 1].text in _MEMORY and tokens[memory - 2].kind == "number" and tokens[memory].kind == "open":
        return memory  # "A100 40GB (312 TFLOP/s) * 16"
    return after if named[1] > 1 and tokens[after - 1].kind == "number" else None


_MEMORY = frozenset(("GB", "G", "GiB", "Gb"))
"""What the memory of a part is told in behind its name; a bracket behind it tells more of the part."""
