"""A bare percentage behind devices and their time that can be nothing but the utilization.

"64 A100s for 12 days at 40 % make 8.3e21 FLOP": the devices are of a part whose peak is known, and operations follow.
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.equals import past_approximately, verb_at
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.kinds import kind_of
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import unit_phrase
from slipstick.units import UnitTerm, dimension_of

_BACK = 10
"""How many tokens before the percentage the devices may begin."""
_BREAKS = frozenset(("newline", "relation", "stop", "close"))
_OPERATIONS = dimension_of((UnitTerm("FLOP"),))


def is_unnamed_utilization(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether the percentage between the "at" at `at` and `end` is of devices of one named part, for operations."""
    return _gives_operations(tokens, end) and len(_parts_before(tokens, at)) == 1


def _gives_operations(tokens: Sequence[Token], i: int) -> bool:
    """Whether a sign of equality or a verb stands at `i`, and a number of FLOP behind it."""
    verb = verb_at(tokens, i)
    if verb is None and tokens[i].kind != "relation":
        return False
    after = past_approximately(tokens, i + (len(verb) if verb else 1))[1]
    found = read_number(tokens, after)
    phrase = unit_phrase(tokens, found[1]) if found is not None else None
    return phrase is not None and dimension_of(phrase[0].meaning(False)) == _OPERATIONS


def _parts_before(tokens: Sequence[Token], i: int) -> set[str]:
    """The parts of the catalogue that are counted before `i` in the same stretch of words."""
    found = set[str]()
    for j in range(i - 1, max(i - 1 - _BACK, -1), -1):
        if tokens[j].kind in _BREAKS:
            break
        phrase = unit_phrase(tokens, j) if tokens[j].kind == "word" and tokens[j - 1].kind == "number" else None
        names = [term.name for term in phrase[0].count] if phrase is not None else []
        found |= {part for name in names if (part := kind_of(name)[1])}
    return found
