"""Products that are written one factor a line: which asterisk or x at the beginning of a line multiplies.

product = first-line {line-break ("*" | "x") factor-line} line-break relation ...

The first line begins with none of them and ends in no colon, the result stands in a line behind, and all factors are of
units that are known. All else is a list, and its asterisks are bullets.
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import unit_phrase

SIGNS = frozenset("*xXхХ")
_FACTORS = frozenset(("number", "currency", "open", "root"))
_BULLETS = frozenset(("times", "minus", "plus"))


def factor_lines(tokens: Sequence[Token]) -> frozenset[int]:
    """The line breaks behind which a sign of `SIGNS` multiplies. One pass from the last line to the first."""
    found: list[int] = []
    run: list[int] = []
    leads_to_result = False
    for i in range(len(tokens) - 1, -2, -1):
        if i >= 0 and tokens[i].kind != "newline":
            continue
        first = tokens[i + 1]
        if first.kind == "relation":
            run, leads_to_result = [], True
        elif leads_to_result and _is_factor(tokens, i + 1):
            run.append(i)
        elif leads_to_result:
            if run and first.kind not in _BULLETS and tokens[run[-1] - 1].kind != "stop":
                found += run
            run, leads_to_result = [], False
    return frozenset(found)


def _is_factor(tokens: Sequence[Token], i: int) -> bool:
    """Whether a factor with its sign stands at `i`. A number of things that nothing else knows is an item of a list."""
    if tokens[i].kind != "times" or tokens[i].text not in SIGNS or tokens[i + 1].kind not in _FACTORS:
        return False
    number = read_number(tokens, i + 1)
    phrase = unit_phrase(tokens, number[1]) if number is not None else None
    return phrase is None or phrase[0].known
