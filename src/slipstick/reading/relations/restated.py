"""A result that is told once more in another unit, or by the next sentence.

restated = (["," ] "or" ["about"] | "," "about") quantity | "(" ["or" | "i.e." | "~" | "about"] quantity ")"
told     = (";" | "." | line-break) ["so"] ("this" | "that" | "which") verb quantity
         | (";" | "." | line-break) ["the"] ("total" | "result") [word] (":" | "=" | "is" | "of") quantity
         | [","] ("or" | "about") quantity
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from slipstick.frozen import Frozen
from slipstick.reading.expressions.another_unit import is_in_another_unit
from slipstick.reading.expressions.grammar import ExpressionParser
from slipstick.reading.expressions.tree import Node
from slipstick.reading.lexing.equals import past_approximately, verb_at
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import Quantity, unit_phrase

_ENDS = frozenset(("stop", "newline", "end", "comma", "close", "relation", "quote"))
_ABOUT = frozenset(("~", "≈", "about", "roughly", "approximately"))
_AGAIN = ("or", "i.e.", "ie", "~", "≈", "=")


class Restated(Frozen):
    """A quantity that restates a result, the index behind it, and what leads to it."""

    quantity: Quantity
    end: int
    relation: str


def restated(parser: ExpressionParser, claim: Node, end: int) -> Restated | None:
    """What restates the result `claim` in another unit of its kind; what is read goes on at `end`."""
    if not isinstance(claim, Quantity) or claim.unit is None or not claim.unit.known:
        return None
    tokens = parser.tokens
    remarked = tokens[end - 1].end > claim.span.end
    opened = bisect_left(tokens, claim.span.end, key=lambda token: token.start) if remarked else end
    if tokens[opened].text == "(" and (close := parser.closing.get(opened)) is not None:
        found = _quantity(tokens, _past_again(tokens, opened + 1))
        if found is not None and found[1] == close and is_in_another_unit(claim, found[0]):
            return Restated(found[0], close + 1, "(")
    at = end + 1 if tokens[end].kind == "comma" else end
    if tokens[at].lower != "or" and not (at > end and tokens[at].text in _ABOUT):
        return None
    found = _quantity(tokens, past_approximately(tokens, at + 1)[1])
    if found is None or not _ends(tokens, found[1]) or not is_in_another_unit(claim, found[0]):
        return None
    return Restated(found[0], found[1], "or")


def _past_again(tokens: Sequence[Token], i: int) -> int:
    verb = verb_at(tokens, i)
    i += len(verb) if verb is not None else tokens[i].lower in _AGAIN
    return past_approximately(tokens, i)[1]


def _quantity(tokens: Sequence[Token], i: int) -> tuple[Quantity, int] | None:
    """The number with its unit at `i`, and the index behind."""
    found = read_number(tokens, i)
    phrase = unit_phrase(tokens, found[1]) if found is not None else None
    if found is None or phrase is None or not phrase[0].known:
        return None
    return Quantity(found[0].span.to(phrase[0].span), found[0], phrase[0]), phrase[1]


def _price(tokens: Sequence[Token], i: int) -> tuple[Quantity, int] | None:
    """The amount of money without a unit at `i`, and the index behind."""
    found = read_number(tokens, i)
    return (Quantity(found[0].span, found[0]), found[1]) if found is not None and found[0].currency else None


def _ends(tokens: Sequence[Token], i: int) -> bool:
    """Whether nothing more is said of what ends before `i`."""
    of_compute = tokens[i].text == "of" and tokens[i + 1].lower in ("compute", "training", "pretraining")
    if tokens[i].kind == "comma" and tokens[i + 1].lower in _CONDITIONS:
        return False  # "10 * 5 hours = 50 hours, or 10 days, if only 5 hours are worked"
    return tokens[i].kind in _ENDS or tokens[i].lower in _SUMMING or of_compute


_CONDITIONS = frozenset(("if", "when", "of", "at", "assuming", "given", "with", "working", "counting"))
_SUMMING = frozenset(("in", "total", "altogether", "overall"))


class Following(Frozen):
    """Where a result stands that another sentence tells, what leads to it, and whether only its place binds it."""

    after: int
    relation: str
    bound: str
    weak: bool


_POINTING = frozenset(("this", "that", "which", "that's"))
_LEADING_IN = frozenset(("so", "and", "thus", "hence", "then", "the", "in"))
_TOTALS = frozenset(("total", "totals", "result", "sum", "product", "answer", "altogether"))
_MOST_WORDS = 3


def told_next(tokens: Sequence[Token], end: int) -> Following | None:
    """Where the next sentence tells the result of the expression that ends at `end`, by a word that points back at it.

    "6 * 7B * 2T; this gives 8.4e22". What is only called a total may be one of several lines.
    """
    i = end
    while tokens[i].kind in ("stop", "newline") and i - end < 2:
        i += 1
    if i == end:
        return _beside(tokens, end)
    while tokens[i].lower in _LEADING_IN and i - end < 2 + _MOST_WORDS:
        i += 1
    if tokens[i].lower in _POINTING:
        return _pointed(tokens, i)
    return _totalled(tokens, i) if tokens[i].lower in _TOTALS else None


def _beside(tokens: Sequence[Token], end: int) -> Following | None:
    """ "512 GPUs for 11 days, about 135k GPU-hours": an amount with a unit that says the same, if it does."""
    at = end + 1 if tokens[end].kind == "comma" else end
    if tokens[at].kind == "end":
        return None
    at += tokens[at].text == "or"
    bound, after = past_approximately(tokens, at)
    leads = after > end + (tokens[end].kind == "comma")
    found = (_quantity(tokens, after) or _price(tokens, after) or _large(tokens, after)) if leads else None
    return Following(after, "or", bound, True) if found is not None and _ends(tokens, found[1]) else None


_LEAST = 10**6
"""A smaller bare number beside an expression may be anything."""


def _large(tokens: Sequence[Token], i: int) -> tuple[Quantity, int] | None:
    """The large bare number at `i`, and the index behind."""
    found = read_number(tokens, i)
    if found is None or found[0].value < _LEAST:
        return None
    return Quantity(found[0].span, found[0]), found[1]


def _pointed(tokens: Sequence[Token], i: int) -> Following | None:
    """ "this gives 8.4e22 FLOP." at `i`, with nothing more said of it."""
    verb = verb_at(tokens, i)
    if verb is None or verb in (("that",), ("this",)):
        further = verb_at(tokens, i + 1)
        verb = (tokens[i].lower, *further) if further is not None else None
    if verb is None:
        return None
    bound, after = past_approximately(tokens, i + len(verb))
    return Following(after, " ".join(verb), bound, False) if _is_whole(tokens, after) else None


def _totalled(tokens: Sequence[Token], i: int) -> Following | None:
    """ "Total compute: 8.4e22 FLOP" at `i`."""
    j = i + 1
    while tokens[j].kind == "word" and j - i < _MOST_WORDS and tokens[j].lower not in ("is", "of"):
        j += 1
    if tokens[j].text not in (":", "=", "≈", "~", "is", "of"):
        return None
    bound, after = past_approximately(tokens, j + 1)
    return Following(after, "total", bound, True) if _is_whole(tokens, after) else None


def _is_whole(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number stands at `i`, perhaps with its unit, and nothing that is said of it behind."""
    found = read_number(tokens, i)
    if found is None:
        return False
    phrase = unit_phrase(tokens, found[1])
    return _ends(tokens, phrase[1] if phrase is not None else found[1])
