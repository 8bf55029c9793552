"""Pounds of force: beside psi, psf or ft-lb in one sentence a pound is no mass ("100 lb / 4 in^2 = 25 psi")."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.forces import FORCES

POUNDS = frozenset(("lb", "lbs", "pound", "pounds"))
PRESSURES = frozenset("psi psf plf ksi kip kips lbf".split())
"""Words beside which a pound is a force."""
_MASSES = frozenset("kg g gram grams oz ounce ounces t ton tons tonne tonnes".split())
"""Words beside which it is a mass for all that."""
_ENDS = frozenset(("newline", "stop", "end"))


def with_pounds_of_force(tokens: list[Token]) -> list[Token]:
    """The tokens, with pounds that are forces written out. Work in proportion to their number."""
    pounds: list[int] = []
    forces = masses = False
    changed: list[int] = []
    for i, token in enumerate(tokens):
        if token.kind in _ENDS:
            changed += pounds if forces and not masses else []
            pounds, forces, masses = [], False, False
        elif token.lower in PRESSURES or _is_joined(tokens, i):
            forces = True
        elif token.lower in _MASSES:
            masses = True
        elif token.lower in POUNDS and not _is_joined(tokens, i - 2):
            pounds.append(i)
    for i in changed:
        tokens[i] = tokens[i].saying("lbf")
    return tokens


def _is_joined(tokens: Sequence[Token], i: int) -> bool:
    """Whether a hyphen joins the word at `i` to the next one to a compound with a pound of force: "ft-lb"."""
    if i < 0 or tokens[i].kind != "word" or tokens[i + 1].kind != "minus" or not tokens[i + 1].glued:
        return False
    return f"{tokens[i].text}-{tokens[i + 2].text}" in FORCES
