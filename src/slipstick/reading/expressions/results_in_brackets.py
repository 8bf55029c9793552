"""What a bracket says of a number: the result of what it calculates, the range or the percent sign of the one before.

factor = "(" product relation quantity ")", beside an operator: "6 * 7B * (500k * 2M = 1T tokens)"
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from slipstick.reading.expressions.tree import Node, Product
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.bracketed_units import past_adjectives, percent_in_bracket
from slipstick.reading.quantities.numbers import Number
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase
from slipstick.source import Span

_JOINING = frozenset(("times", "divide"))


def result_in_bracket(
    tokens: Sequence[Token],
    i: int,
    end: int,
    calculated: tuple[Node, int],
    factor: Callable[[int], tuple[Node, int] | None],
) -> tuple[Node, int] | None:
    """The result that the bracket from `i` to `end` sets equal to the product in it, where the bracket is a factor."""
    node, relation = calculated
    if not isinstance(node, Product) or _JOINING.isdisjoint((tokens[i - 1].kind, tokens[end + 1].kind)):
        return None
    result = factor(relation + 1)
    if result is None or not isinstance(result[0], Quantity) or past_adjectives(tokens, result[1]) != end:
        return None
    return result[0], end


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
