"""What the letters of 6ND stand for where prose alone says it: "6ND = 2.1e22 with 7B parameters and 500B tokens".

In 6ND and 2ND, and nowhere else, N (or P) is a number of parameters and D (or T) one of tokens. The one number of each
that the sentence of the formula has, in front of it or right behind its result, is meant; else that of the sentence or
two before, if there is but one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase, unit_phrase
from slipstick.units import Compound, UnitTerm

KINDS = {"N": "parameter", "P": "parameter", "D": "token", "T": "token"}
"""What the letters of the rule of thumb count."""
NAMES = {"parameter": ("parameters", "params"), "token": ("tokens",)}
"""Longer names by which their numbers may be given."""
_PARAMETERS: Compound = (UnitTerm("parameter"),)
"""What "a 7B model" has 7B of."""
_MODELS = frozenset("model models llm lm transformer network net".split())
_SMALLEST_MODEL = Fraction(10**6)
_FEWEST_TOKENS = Fraction(10**6)
"""Fewer are as likely those of a context: "a 7B model (max length 8192 tokens)"."""
_LEADS = frozenset("for with given using at assuming where on when if".split())
"""Words behind a result with which the numbers of its formula are told."""
_CONTRASTS = frozenset(
    "while whereas unlike than versus vs but compared instead although though not or epoch epochs pass passes twice "
    "double half active activated experts respectively ours theirs another former latter "
    "after before later earlier tuned tuning finetuned finetuning "
    "context contexts window windows sequence sequences batch batches vocabulary vocab".split()
)
"""Words that may say that the numbers are another model's, or not the whole of them."""
_OPERATORS = frozenset(("times", "divide", "plus", "power", "range", "minus"))
_FARTHEST = 120


class Told(NamedTuple):
    """The quantities of one kind that the words give, the index of each, and whether they are this formula's for sure.

    More than one where they contradict each other.
    """

    places: list[tuple[Quantity, int]]
    is_sure: bool


Known = dict[int, tuple[str, Quantity] | None]
"""What is counted by the number at an index, looked at once."""


def told_in_prose(tokens: Sequence[Token], letter: str, start: int, end: int, known: Known) -> Told:
    """What the prose around the formula from `start` up to its relation at `end` says that a letter is."""
    begin = _sentence_begin(tokens, start)
    behind = _behind_result(tokens, end)
    kind = KINDS[letter]
    near = [*_of_kind(tokens, kind, begin, start, known), *(_of_kind(tokens, kind, *behind, known) if behind else ())]
    if near:
        contrast = any(token.lower in _CONTRASTS for token in tokens[begin:start])
        few = kind == "token" and any(quantity.value < _FEWEST_TOKENS for quantity, _ in near)
        return Told(_different(near), not contrast and not few)
    return Told(_different(list(_of_kind(tokens, kind, _paragraph_begin(tokens, begin), begin, known))), is_sure=False)


def _sentence_begin(tokens: Sequence[Token], start: int) -> int:
    """The index of the first token of the sentence, or the line, that the token at `start` stands in."""
    i = start
    while i > 0 and start - i < _FARTHEST and not _ends_sentence(tokens[i - 1]):
        i -= 1
    return i


def _ends_sentence(token: Token) -> bool:
    return token.kind == "newline" or (token.kind == "stop" and token.text != ":")


def _paragraph_begin(tokens: Sequence[Token], begin: int) -> int:
    """The index of the first token of the paragraph, not farther than `_FARTHEST` tokens before `begin`."""
    i = begin
    while i > 0 and begin - i < _FARTHEST and not (tokens[i - 1].kind == tokens[i].kind == "newline"):
        i -= 1
    return i


def _behind_result(tokens: Sequence[Token], relation: int) -> tuple[int, int] | None:
    """Where the sentence goes on behind the result with what it is for: "= 2.1e22 FLOP for a 7B model"."""
    i = relation + 1
    while tokens[i].kind not in ("number", "end"):
        i += 1
    number = read_number(tokens, i)
    if number is None:
        return None
    phrase = unit_phrase(tokens, number[1])
    i = phrase[1] if phrase else number[1]
    i += tokens[i].kind in ("comma", "open")
    if tokens[i].lower not in _LEADS and tokens[i - 1].kind != "open":
        return None
    stop = i
    while stop - i < _FARTHEST and not _ends_sentence(tokens[stop]) and tokens[stop].kind not in ("relation", "end"):
        if tokens[stop].lower in _CONTRASTS:
            return None
        stop += 1
    return i, stop


def _of_kind(tokens: Sequence[Token], kind: str, start: int, stop: int, known: Known) -> Iterator[tuple[Quantity, int]]:
    """The quantities of a kind between two indices, each with its index."""
    for i in range(start, stop):
        if tokens[i].kind == "number":
            if i not in known:
                known[i] = _counted(tokens, i)
            found = known[i]
            if found is not None and found[0] == kind:
                yield found[1], i


def _counted(tokens: Sequence[Token], i: int) -> tuple[str, Quantity] | None:
    """What is counted by the number at `i`, if parameters or tokens are, and it is no part of a calculation."""
    found = read_number(tokens, i)
    if found is None or (i and tokens[i - 1].kind in _OPERATORS):
        return None
    number, j = found
    joined = tokens[j].kind == "minus" and tokens[j].glued and tokens[j + 1].glued  # "7B-parameter model"
    phrase = unit_phrase(tokens, j + joined)
    if phrase is None or tokens[phrase[1]].kind in _OPERATORS:
        return None
    unit = phrase[0]
    if number.value >= _SMALLEST_MODEL and number.scaled and unit.words[-1:] and unit.words[-1].lower() in _MODELS:
        return "parameter", Quantity(number.span, number, UnitPhrase(number.span, _PARAMETERS))
    if len(unit.count) != 1 or unit.count[0].exponent != 1 or unit.divisor != 1:
        return None
    return unit.count[0].name, Quantity(number.span.to(unit.span), number, unit)


def _different(places: Sequence[tuple[Quantity, int]]) -> list[tuple[Quantity, int]]:
    """The first place, and one of each other value."""
    first: dict[Fraction, tuple[Quantity, int]] = {}
    for quantity, i in places:
        first.setdefault(quantity.value, (quantity, i))
    return list(first.values())
