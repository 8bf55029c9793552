"""What a bracket says of a number: the result of what it calculates, the range or the percent sign of the one before.

factor = "(" product relation quantity ")", beside an operator: "6 * 7B * (500k * 2M = 1T tokens)"
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from slipstick.reading.expressions.another_unit import tells_again
from slipstick.reading.expressions.tree import Node, Product
from slipstick.reading.lexing.equals import APPROXIMATELY
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.bracketed_units import past_adjectives, percent_in_bracket
from slipstick.reading.quantities.numbers import Number
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase
from slipstick.source import Span

_JOINING = frozenset(("times", "divide"))
_REFERRING = frozenset("see cf table tab fig figure eq section sec page p appendix app ref footnote line".split())
_ABOUT = APPROXIMATELY | {"<", ">", "∼"}


def begins_inside(tokens: Sequence[Token], i: int, past_name: Callable[[int], int]) -> int:
    """Where what the bracket at `i` computes begins: past "N =" and "~", past a name where the bracket multiplies."""
    first = i + 1
    if tokens[first].kind == "word" and tokens[first + 1].text == "=":
        return first + 2  # (N = 7B)
    named = past_name(first)
    if tokens[named].kind == "currency":
        return named  # (rent $900 + food $400)
    multiplies = tokens[i - 1].kind in _JOINING and tokens[first].lower not in _REFERRING
    return named if multiplies or tokens[first].lower in _ABOUT else first


def result_in_bracket(
    tokens: Sequence[Token],
    i: int,
    end: int,
    calculated: tuple[Node, int],
    factor: Callable[[int], tuple[Node, int] | None],
) -> tuple[Node, int] | None:
    """The result that the bracket from `i` to `end` sets equal to the product in it, where the bracket is a factor.

    Of one quantity it may be another amount, which the bracket then tells again: "(2 months ≈ 60 d) * 86400 s/d".
    """
    node, relation = calculated
    if _JOINING.isdisjoint((tokens[i - 1].kind, tokens[end + 1].kind)):
        return None
    result = factor(relation + 1)
    if result is None or not isinstance(result[0], Quantity) or past_adjectives(tokens, result[1]) != end:
        return None
    if isinstance(node, Quantity) and tells_again(node, result[0]):
        return result[0]._replace(aside=node), end
    return (result[0], end) if isinstance(node, Product) else None


def with_told_range(
    tokens: Sequence[Token], number: Number, i: int, span: Span, unit: UnitPhrase | None = None
) -> tuple[Number, int, Span]:
    """The number with the range that is told at `i`: "within a factor of 3", "(90% CI 3 to 7)"."""
    if tokens[i].kind == "open":
        if tokens[i + 1].kind != "percent":
            return number, i, span
        number, i = percent_in_bracket(tokens, i, number)
        return number, i, span.to(number.span)
    from slipstick.reading.quantities.intervals import with_interval

    told = with_interval(tokens, i, number, unit)
    return (told[0], told[1], span.to(told[2])) if told else (number, i, span)
