"""A factor in a bracket with its own operator: "17.6e9 (x3 for the backward pass) * 1.28e6".

factor-in-bracket = "(" ("×" | "x" | "*" | "/" | "times" | "multiplied by" | "divided by") number [unit] [purpose] ")"
purpose           = ("for" | "to" | "because" | "since" | "due" | "accounting" | "as") {word}

With other words behind its number the bracket is a remark: "(x2 if multiply-adds are counted)", "(x3 faster)".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slipstick.frozen import Frozen
from slipstick.patterns import pattern
from slipstick.reading.lexing.tokens import LOOK_AHEAD, Token
from slipstick.reading.quantities.numbers import Number, read_number
from slipstick.reading.quantities.quantities import UnitPhrase, unit_phrase

_LONGEST = 16
_GLUED = pattern(r"[xX]\d{1,6}(?:\.\d{1,6})?")
_BEGINNINGS = frozenset(("times", "divide", "word"))
_BY = {"multiplied": "*", "divided": "/"}
_PURPOSES = frozenset("for to because since due accounting as".split())


class BracketedFactor(Frozen):
    """The operator and the number of a bracket, its unit if it has one, the words behind, the index behind it."""

    symbol: str
    number: Number
    unit: UnitPhrase | None
    said: str
    end: int


def factor_in_bracket(tokens: Sequence[Token], closing: Mapping[int, int], i: int) -> BracketedFactor | None:
    """The factor that the bracket at `i` is, or None where it is anything else."""
    first = tokens[i + 1]
    if first.kind not in _BEGINNINGS or (first.kind == "word" and first.lower[0] not in "xtmd"):
        return None
    end = closing.get(i)
    if end is None or end - i > _LONGEST or tokens[i].text != "(":
        return None
    found = _operator(tokens, i + 1)
    if found is None:
        return None
    symbol, number, after = found
    phrase = unit_phrase(tokens, after)
    known = phrase if phrase is not None and phrase[0].known else None
    rest = tokens[known[1] if known is not None else after : end]
    if rest and (rest[0].lower not in _PURPOSES or any(token.kind not in ("word", "minus") for token in rest)):
        return None
    said = " ".join(token.text for token in rest)
    return BracketedFactor(symbol, number, known[0] if known is not None else None, said, end + 1)


def _operator(tokens: Sequence[Token], i: int) -> tuple[str, Number, int] | None:
    """The operator at `i` with its number, and the index behind the number."""
    token = tokens[i]
    if token.kind == "word" and _GLUED.fullmatch(token.text):
        end = Token.of("end", "", token.end, token.end, False)
        read = read_number([token.saying(token.text[1:], "number"), *[end] * LOOK_AHEAD], 0)
        return ("*", read[0], i + 1) if read is not None else None
    if token.kind in ("times", "divide"):
        symbol, at = "/" if token.kind == "divide" else "*", i + 1
    elif token.lower in ("times", "x"):
        symbol, at = "*", i + 1
    elif token.lower in _BY and tokens[i + 1].lower == "by":
        symbol, at = _BY[token.lower], i + 2
    else:
        return None
    found = read_number(tokens, at)
    return (symbol, *found) if found is not None else None
