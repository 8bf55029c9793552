"""A result that is printed in the line below its expression, without a sign.

printed = ">>>" expression line-break number line-end
        | "In" "[" number "]:" expression line-break "Out" "[" number "]:" number line-end
        | line-begin expression line-break number line-end

What a session of an interpreter prints is its result; a number below an expression may be anything else, and so
claims only what holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.relations.restated import Following

_READY = ">>>"
_NUMBERED = ("out", "[")
_ENDS = frozenset(("newline", "end"))


def printed_below(tokens: Sequence[Token], i: int, end: int) -> Following | None:
    """Where the number stands alone in the line below the expression from `i` to `end`, which its own line begins."""
    if tokens[end].kind != "newline":
        return None
    in_session = "".join(token.text for token in tokens[max(0, i - 3) : i]) == _READY
    numbered = tokens[i - 1].text == ":" and tokens[i - 2].text == "]"
    begins = i == 0 or tokens[i - 1].kind == "newline"
    after = end + 1
    if numbered and tuple(token.lower for token in tokens[after : after + 2]) == _NUMBERED:
        after += 5 if tokens[after + 4].text == ":" else 0
    elif not in_session and not begins:
        return None
    found = read_number(tokens, after)
    if found is None or tokens[found[1]].kind not in _ENDS:
        return None
    return Following(after, "printed", "", weak=begins)
