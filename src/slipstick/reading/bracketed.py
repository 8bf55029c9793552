"""A result told by its place alone: a bracket beside a number, one of which is computed.

"6 * 7B * 2T (8.4e22 FLOP)"; "$245,000 (512 chips * 60 hours * $8)", a result before the bracket that calculates it.
"""

from __future__ import annotations

from bisect import bisect_left

from slipstick.reading.claims import Side
from slipstick.reading.expressions import ExpressionParser
from slipstick.reading.operands import last_quantity
from slipstick.reading.quantities import Quantity
from slipstick.reading.tree import Group, Node, is_arithmetic, quantities


def side_in_bracket(parser: ExpressionParser, node: Node, end: int) -> tuple[Side, int] | None:
    """The side that a bracket behind `node` holds, and the index behind it; None where it is a mere remark.

    `end` is the index behind `node`, its remarks included.
    """
    if is_arithmetic(node):
        aside = last_quantity(node).aside
        return (Side(aside, by_word=True, weak=True), end) if aside is not None else None
    found = _calculation_behind(parser, node)
    return (Side(found[0], by_word=True, weak=True), max(end, found[1])) if found is not None else None


def _calculation_behind(parser: ExpressionParser, node: Node) -> tuple[Node, int] | None:
    """The calculation with a unit that fills the bracket right behind a quantity with one, and the index behind."""
    if not isinstance(node, Quantity) or not _says_what(node) or node.number.is_range:
        return None
    i = bisect_left(parser.tokens, node.span.end, key=lambda token: token.start)
    close = parser.closing.get(i)
    if close is None or any(token.kind == "relation" for token in parser.tokens[i:close]):
        return None
    found = parser.sum(i + 1)
    whole = found is not None and parser.dangling is None and found[1] == close
    parser.dangling = None
    if found is None or not whole or not is_arithmetic(found[0]):
        return None
    parts = quantities(found[0])
    if len(parts) < 2 or not any(_says_what(part) for part in parts):
        return None
    return Group(parser.tokens[i].span.to(parser.tokens[close].span), found[0]), close + 1


def _says_what(quantity: Quantity) -> bool:
    """Whether a number is of something: it has a unit or a currency's sign."""
    return quantity.unit is not None or quantity.number.currency is not None
