"""What leads from one side of a chain to the next: a sign of equality, a verb, or the place of a result alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slipstick.reading.expressions.grammar import ExpressionParser
from slipstick.reading.expressions.idioms import is_log_mark
from slipstick.reading.lexing.equals import BOUNDS, past_bound, verb_at, weak_verb_at
from slipstick.reading.lexing.tokens import Token

_WEAK = frozenset((":", "|"))
"""Signs behind which a result may stand: a colon, the border of a table's cell."""
_STRAYS = frozenset(("close", "other"))
"""Kinds of tokens that may stand between a calculation and its sign of equality, and mean nothing."""


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
        if tokens[at].kind in _STRAYS:
            at += _is_stray(parser, i)
        while tokens[at].kind == "newline" and lines < 3:
            at, lines = at + 1, lines + 1
    if tokens[at].kind == "open" and tokens[at + 1].kind == "relation":
        at += 1
    sign = tokens[at].text
    if tokens[at].kind == "relation" and not (lines > 1 and sign in "~≈") and not is_log_mark(tokens, at):
        if tokens[at + 1].kind == "number":
            return Relation(sign, at + 1, by_word=False)
        named = _past_result_name(tokens, at + 1) if arithmetic else at + 1
        relation = _with_bound(parser, sign, named, by_word=False)
        return relation._replace(by_word=True, weak=True) if named > at + 1 else relation
    if not arithmetic:
        return None
    if sign in BOUNDS and not lines and tokens[at + 1].kind == "number":
        return Relation(sign, at + 1, False, BOUNDS[sign])
    if sign in _WEAK and tokens[at + 1].kind in ("number", "currency"):
        return Relation(sign, at + 1, by_word=True, weak=True)
    at = i + 1 if tokens[i].kind == "comma" else i
    return _verb(parser, at) if tokens[at].kind == "word" else None


def _verb(parser: ExpressionParser, i: int) -> Relation | None:
    """The verb at `i` that claims a result, or that may tell one."""
    verb = verb_at(parser.tokens, i)
    if verb is not None:
        return _with_bound(parser, " ".join(verb), i + len(verb), by_word=True)
    verb = weak_verb_at(parser.tokens, i)
    if verb is None:
        return None
    return _with_bound(parser, " ".join(verb), i + len(verb), by_word=True)._replace(weak=True)


_MOST_WORDS = 3


def _past_result_name(tokens: Sequence[Token], i: int) -> int:
    """Past the name of a result that has its own sign behind: "6 * 7B * 2T => C = 8.4e22", "→ total compute: 8.4e22".

    Another thing may be meant ("8 * 64 → batch size = 512"), so that such a result counts only where it holds.
    """
    j = i
    while j - i < _MOST_WORDS and tokens[j].kind == "word":
        j += 1
    if j == i or not (tokens[j].kind == "relation" or tokens[j].text == ":"):
        return i
    return j + 1 if tokens[j + 1].kind in ("number", "currency") else i


def _is_stray(parser: ExpressionParser, i: int) -> bool:
    """Whether a bracket that was never opened stands at `i`, or the sign of a comment ("6 * 7  # = 42")."""
    token = parser.tokens[i]
    return token.text == "#" or (token.kind == "close" and i not in parser.opening)


def _with_bound(parser: ExpressionParser, sign: str, i: int, by_word: bool) -> Relation:
    """The relation with what stands between it and its number: "about", "a total of", "at least"."""
    bound, after = past_bound(parser.tokens, parser.closing, i)
    return Relation(sign, after, by_word, bound)
