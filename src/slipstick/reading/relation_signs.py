"""What leads from one side of a chain to the next: a sign of equality, a verb, or the place of a result alone."""

from __future__ import annotations

from typing import NamedTuple

from slipstick.reading.equals import BOUNDS, past_bound, verb_at
from slipstick.reading.expressions import ExpressionParser
from slipstick.reading.idioms import is_log_mark

_WEAK = frozenset((":", "|"))
"""Signs behind which a result may stand: a colon, the border of a table's cell."""


class Relation(NamedTuple):
    """A relation: its sign or words, the index of the side after it, and whether the side is only a bound."""

    sign: str
    after: int
    by_word: bool
    bound: str = ""
    weak: bool = False


def relation_at(parser: ExpressionParser, i: int, arithmetic: bool) -> Relation | None:
    """The relation at `i`, if one stands there; `arithmetic`: something was computed before it."""
    tokens = parser.tokens
    at, lines = i, 0
    if arithmetic:
        at += _is_stray(parser, i)
        while tokens[at].kind == "newline" and lines < 3:
            at, lines = at + 1, lines + 1
    sign = tokens[at].text
    if tokens[at].kind == "open" and tokens[at + 1].kind == "relation":
        at, sign = at + 1, tokens[at + 1].text
    if tokens[at].kind == "relation" and not (lines > 1 and sign in "~≈") and not is_log_mark(tokens, at):
        return _with_bound(parser, sign, at + 1, by_word=False)
    if not arithmetic:
        return None
    if sign in BOUNDS and not lines and tokens[at + 1].kind == "number":
        return Relation(sign, at + 1, False, BOUNDS[sign])
    if sign in _WEAK and tokens[at + 1].kind in ("number", "currency"):
        return Relation(sign, at + 1, by_word=True, weak=True)
    at = i + 1 if tokens[i].kind == "comma" else i
    verb = verb_at(tokens, at)
    return _with_bound(parser, " ".join(verb), at + len(verb), by_word=True) if verb is not None else None


def _is_stray(parser: ExpressionParser, i: int) -> bool:
    """Whether a bracket that was never opened stands at `i`, or the sign of a comment ("6 * 7  # = 42")."""
    token = parser.tokens[i]
    return token.text == "#" or (token.kind == "close" and i not in parser.opening)


def _with_bound(parser: ExpressionParser, sign: str, i: int, by_word: bool) -> Relation:
    """The relation with what stands between it and its number: "about", "a total of", "at least"."""
    bound, after = past_bound(parser.tokens, parser.closing, i)
    return Relation(sign, after, by_word, bound)
