"""A result told by its place alone: a bracket beside a number, one of which is computed.

"6 * 7B * 2T (8.4e22 FLOP)"; "$245,000 (512 chips * 60 hours * $8)", a result before the bracket that calculates it.
"""

from __future__ import annotations

from bisect import bisect_left

from slipstick.reading.expressions.grammar import ExpressionParser
from slipstick.reading.expressions.operands import last_quantity
from slipstick.reading.expressions.tree import Group, Node, is_arithmetic, quantities
from slipstick.reading.lexing.equals import past_approximately, verb_at, weak_verb_at
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import Quantity, unit_phrase
from slipstick.reading.relations.claims import Side

_OPERATORS = frozenset(("times", "divide", "plus", "minus", "power"))


def side_in_bracket(parser: ExpressionParser, node: Node, end: int) -> tuple[Side, int] | None:
    """The side that a bracket behind `node` holds, and the index behind it; None where it is a mere remark.

    `end` is the index behind `node`, its remarks included.
    """
    if is_arithmetic(node):
        aside = last_quantity(node).aside
        if aside is not None:
            return Side(aside, by_word=True, weak=True), end
        told = _number_behind(parser, node)
        return (Side(told[0], by_word=True, weak=True), max(end, told[1])) if told is not None else None
    found = _calculation_behind(parser, node)
    return (Side(found[0], by_word=True, weak=True), max(end, found[1])) if found is not None else None


def _number_behind(parser: ExpressionParser, node: Node) -> tuple[Quantity, int] | None:
    """The one number in the bracket right behind a calculation, "i.e.", "so" or "~" before it, and the index behind."""
    tokens = parser.tokens
    i = bisect_left(tokens, node.span.end, key=lambda token: token.start)
    close = parser.closing.get(i)
    if close is None or close - i > _LONGEST:
        return None
    verb = verb_at(tokens, i + 1) or weak_verb_at(tokens, i + 1) or ()
    after = past_approximately(tokens, i + 1 + len(verb))[1]
    found = read_number(tokens, after)
    if found is None:
        return None
    phrase = unit_phrase(tokens, found[1])
    number, end = found[0], phrase[1] if phrase is not None else found[1]
    if end != close or (phrase is None and number.value < _LEAST and not verb):
        return None
    span = number.span.to(phrase[0].span) if phrase is not None else number.span
    return Quantity(span, number, phrase[0] if phrase is not None else None), close + 1


_LONGEST = 12
_LEAST = 10_000
"""A smaller bare number in a bracket may be a year, or the number of an equation."""


def _calculation_behind(parser: ExpressionParser, node: Node) -> tuple[Node, int] | None:
    """The calculation with a unit that fills the bracket right behind a quantity with one, and the index behind."""
    if not isinstance(node, Quantity) or not (_says_what(node) or node.value >= _LEAST) or node.number.is_range:
        return None
    i = bisect_left(parser.tokens, node.span.end, key=lambda token: token.start)
    close = parser.closing.get(i)
    if close is None or not any(token.kind in _OPERATORS for token in parser.tokens[i:close]):
        return None  # "100B tokens (25% of 400B)": a remark
    if any(token.kind == "relation" for token in parser.tokens[i:close]):
        return None
    found = parser.sum(i + 1)
    whole = found is not None and parser.dangling is None and found[1] == close
    parser.dangling = None
    if found is None or not whole or not is_arithmetic(found[0]):
        return None
    parts = quantities(found[0])
    if len(parts) < 2:
        return None
    return Group(parser.tokens[i].span.to(parser.tokens[close].span), found[0]), close + 1


def _says_what(quantity: Quantity) -> bool:
    """Whether a number is of something: it has a unit or a currency's sign."""
    return quantity.unit is not None or quantity.number.currency is not None
