"""The sides of a chain: where each ends, how much of it is claimed, and which its place alone tells."""

from __future__ import annotations

from slipstick.reading.expressions.grammar import ExpressionParser
from slipstick.reading.expressions.operands import has_unit
from slipstick.reading.expressions.tree import Node, Product, Sum, is_arithmetic
from slipstick.reading.lexing.equals import restated_at
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.bracketed import side_in_bracket
from slipstick.reading.relations.claims import Side
from slipstick.reading.relations.printed import printed_below
from slipstick.reading.relations.relation_signs import relation_at
from slipstick.reading.relations.restated import told_next


def side_at(parser: ExpressionParser, i: int, arithmetic: bool) -> tuple[Node, int] | None:
    """The side behind a relation. It is more than one number by "at" or a comma only if a further result follows.

    "= 27 m³ at €2.10/m³ = €57" goes on with the claim; "= 5e23 FLOP at 40% utilization" says something of it.
    """
    for in_claim in (False, True) if arithmetic else (False,):
        parser.operators.in_claim = in_claim
        found = parser.sum(i)
        parser.operators.in_claim = False
        if found is None or parser.dangling is not None:
            continue
        alone = isinstance(found[0], Quantity)  # what a claim makes no shorter
        if in_claim or not arithmetic or alone or parser.tokens[found[1]].kind == "relation":
            return found
    return None


def starts_anew(parser: ExpressionParser, found: tuple[Node, int]) -> bool:
    """Whether what a verb leads to is a calculation of its own: "6 × 7 = 42, that's 42 / 2 = 21"."""
    return is_arithmetic(found[0]) and relation_at(parser, found[1], arithmetic=True) is not None


def without_difference(parser: ExpressionParser, found: tuple[Node, int], at: int) -> tuple[Node, int]:
    """A claim is no difference unless a further result follows: "= 30 - 2 of them" claims 30."""
    node, end = found
    whole = parser.tokens[end].kind == "close" and parser.closing.get(at - 2) == end  # "1.02e21 (= 2.4e20 + 7.8e20)"
    if parser.tokens[end].kind == "relation" or whole:
        return found
    if isinstance(node, Product) and node.parts[-1][0] == "/" and has_unit(node.parts[0][1]):
        return parser.power(at, 0) or found  # "= 5.88e23 FLOP / 5.76e23 reported": two results
    product = parser.product(at) if isinstance(node, Sum) else None
    return product if product is not None and parser.dangling is None else found


def asserted_by_place(parser: ExpressionParser, i: int, sides: list[Side], end: int) -> tuple[list[Side], int]:
    """The sides of what no sign sets equal: one of the two in a bracket, or the result in the next line."""
    node = sides[0].node
    if (bracket := side_in_bracket(parser, node, end)) is not None:
        return [*sides, bracket[0]], bracket[1]
    if is_arithmetic(node) and (after := restated_at(parser.tokens, i, end)) is not None:
        again = side_at(parser, after, arithmetic=True)
        if again is not None and not is_arithmetic(again[0]):
            return [*sides, Side(again[0], by_word=True, weak=True)], again[1]
    told = printed_below(parser.tokens, i, end) or told_next(parser.tokens, end) if is_arithmetic(node) else None
    result = side_at(parser, told.after, arithmetic=True) if told is not None else None
    if told is not None and result is not None and not is_arithmetic(result[0]):
        return [*sides, Side(result[0], told.relation, True, told.bound, told.weak)], result[1]
    return sides, end
