"""Numbers in prose that nothing is computed with, told from the words behind them alone: "on 8 GPUs in a week."

A cheap test before the grammar is tried: many of the numbers around a calculation stand in such prose.
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.expressions.operands import OPERATORS
from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.equals import APPROXIMATELY
from slipstick.reading.quantities.nouns import STOPWORDS

_NUMBERS = frozenset(("number", "currency"))
_ENDS = frozenset(("stop", "comma", "newline", "close", "quote", "url", "end"))
"""Kinds of tokens that no quantity goes past, the stop of an abbreviation aside."""
_OPERATORS = frozenset(("times", "divide", "plus", "relation"))
_OPERATOR_WORDS = frozenset("times plus minus divided multiplied".split())
_APART = STOPWORDS - {"in"}
"""Words at which a unit ends; "24 hours in a day" goes on."""
_JOINING = OPERATORS | {"to"}
_NO_NOUNS = _APART | _JOINING | _OPERATOR_WORDS


def past_lone_number(tokens: Sequence[Token], i: int) -> int | None:
    """Where to read on behind the number at `i`, if the words behind it join it to nothing; else None.

    That is where the sentence ends, or a word between its unit and the next number. No bracket stands before, no
    operator, and no word that may multiply and has a number behind it.
    """
    if tokens[i].kind not in _NUMBERS:
        return None
    j = i + 2 if tokens[i].kind == "currency" else i + 1
    j += tokens[j].kind == "percent"
    first, apart = j, 0
    while (kind := tokens[j].kind) not in _ENDS:
        if kind == "word":
            if tokens[j].lower in _NO_NOUNS:
                if _joins(tokens, j):
                    return None
                apart = apart or (j if tokens[j].lower in _APART else 0)
        elif kind in _NUMBERS and apart:
            return apart
        elif not _is_hyphen(tokens, j):
            return None
        j += 1
    if kind == "comma" and (tokens[j + 1].kind == "number" or tokens[j + 1].lower in OPERATORS):
        return None  # "32 V100s, 5 days, 125 TFLOP/s: 5e20 FLOP" may be a list of factors
    return j if _ends_sentence(tokens, j) and (j > first or kind != "newline") else None


def _joins(tokens: Sequence[Token], i: int) -> bool:
    """Whether the word at `i` may join the number before it to one behind: all that are no operators need one there."""
    word, following = tokens[i].lower, tokens[i + 1]
    if word in _OPERATOR_WORDS:
        return True
    return word in _JOINING and (following.kind != "word" or following.lower in APPROXIMATELY)


def _is_hyphen(tokens: Sequence[Token], i: int) -> bool:
    sign, following = tokens[i], tokens[i + 1]
    return sign.kind == "minus" and sign.glued and following.kind == "word" and following.glued


def _ends_sentence(tokens: Sequence[Token], i: int) -> bool:
    """Whether nothing behind the end at `i` goes on from the words before it: no operator, no abbreviation."""
    following = tokens[i + 1] if i + 1 < len(tokens) else tokens[i]
    if following.kind in _OPERATORS or following.lower in _OPERATOR_WORDS:
        return False
    return tokens[i].text != "." or following.kind in _ENDS or following.text[:1].isupper()
