"""A chain of sides: which one computes, which ones claim its result, which one starts the next calculation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10
from typing import NamedTuple

from slipstick.reading.expressions import amounts
from slipstick.reading.expressions.amounts import holds_devices, is_formula, no_amounts, substitutes, with_unit_of_whole
from slipstick.reading.expressions.another_unit import contradicts
from slipstick.reading.expressions.array_sizes import has_size, is_mixture, is_size, is_size_in_table, is_square
from slipstick.reading.expressions.nearness import before_more, has_digits_of, is_near, is_running_list, works_out
from slipstick.reading.expressions.tree import (
    Node,
    Product,
    Sum,
    group_units,
    is_arithmetic,
    kind_of,
    literal,
    quantities,
)
from slipstick.reading.lexing.equals import ARROWS
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.noun_meanings import TIMES
from slipstick.reading.quantities.quantities import Quantity
from slipstick.source import Span
from slipstick.units import table


class WrittenClaim(NamedTuple):
    """A side that asserts the result. `by_word` where a verb and no sign asserts it."""

    node: Node
    relation: str
    by_word: bool = False
    bound: str = ""
    """low for "at least", high for "at most", else empty."""
    weak: bool = False
    """Whether nothing asserts the result but its place: "6 * 7B * 2T (8.4e22 FLOP)". It counts only where it holds."""

    @property
    def span(self) -> Span:
        """The claim's place."""
        return self.node.span


class WrittenCalculation(NamedTuple):
    """An expression with the sides that claim its result, as written; `label` names it from outside ("22 years =")."""

    span: Span
    kind: str
    expression: Node
    claims: tuple[WrittenClaim, ...] = ()
    label: Quantity | None = None


class Side(NamedTuple):
    """One side of a chain, with the relation that leads to it."""

    node: Node
    relation: str = ""
    by_word: bool = False
    bound: str = ""
    weak: bool = False

    def claim(self, node: Node | None = None) -> WrittenClaim:
        """The side as a claim, or its first factor alone."""
        return WrittenClaim(node or self.node, self.relation, self.by_word, self.bound, self.weak)


def weakened(side: Side) -> Side:
    """The side as one that nothing but its place asserts."""
    return side._replace(by_word=True, weak=True)


MOST_SIDES, MOST_NUMBERS = 100, 1000
"""The most sides of a chain and numbers of a side that are read: a hostile line must not keep the audit busy."""


def too_long(sides: Sequence[Side]) -> str:
    """Why a chain is not read, where it has more sides or numbers than are; empty where it is."""
    if len(sides) > MOST_SIDES:
        return f"{len(sides):,} results or steps in one chain, more than {MOST_SIDES}"
    for side in sides:
        span = side.node.span
        if span.end - span.start > MOST_NUMBERS:  # else it cannot hold as many
            count = len(quantities(side.node))
            if count > MOST_NUMBERS:
                return f"{count:,} numbers in one calculation, more than {MOST_NUMBERS:,}"
    return ""


class Chain:
    """Reads the sides of one chain; `is_named` says whether a bare number belongs to the name before it."""

    def __init__(self, is_named: Callable[[Quantity], bool]) -> None:
        self.is_named = is_named
        self.calculations: list[WrittenCalculation] = []
        self.expressions: list[WrittenCalculation] = []
        self.unread: list[tuple[Span, str]] = []
        """Places that state a result which belongs to nothing that can be told, with the reason."""

    def read(self, sides: list[Side]) -> None:
        """Decide which side is the expression and which sides claim its result."""
        while len(sides) > 1 and (reason := no_amounts([side.node for side in sides])):
            if not is_formula(sides[0].node):
                self.unread.append((sides[0].node.span.to(sides[-1].node.span), reason))
                return
            del sides[0]  # "½mv² = ½ × 1500 kg × ...": the name of what follows
        index = next((k for k, side in enumerate(sides) if is_arithmetic(side.node)), len(sides))
        if index == len(sides):
            self._restatement(sides)
            return
        if index and index == len(sides) - 1 and sides[index].relation not in ARROWS:
            if self._is_definition(sides[index - 1]):
                self.unread.append((sides[index - 1].node.span.to(sides[index].node.span), "what one of a thing is"))
                return
            in_front = None if sides[index].weak else self._result_in_front(sides[:index], sides[index].node)
            result = sides[0] if sides[index].weak else in_front
            if result is not None:
                self._result_first(result, sides[index])
                return
        if isinstance(sides[index].node, Sum) and is_running_list([side.node for side in sides[index:]]):
            reason = "a running list of sums: whose result is not clear"
            self.unread.append((sides[index].node.span, reason))
            return
        label: Node | None = sides[index - 1].node if index else None
        if label is not None and self._says_more_behind(sides, index):
            self._result_first(sides[index - 1], sides[index])
            return
        start: int | None = index
        while start is not None:
            start = self._one(sides, start, label)
            label = None

    def _one(self, sides: list[Side], start: int, label: Node | None) -> int | None:
        """Take the calculation whose expression is side `start`; where the next one starts, or None."""
        expression, claims = sides[start].node, list[WrittenClaim]()
        following: int | None = None
        for k in range(start + 1, len(sides)):
            side = sides[k]
            is_result = isinstance(side.node, Quantity)
            if not is_result and is_arithmetic(side.node):
                if side.relation in ARROWS or substitutes(side.node, expression) or works_out(side.node, expression):
                    following = k
                    break
                goes_on = k + 1 < len(sides)
                first = self._claimed_factor(expression, side) if goes_on else None
                if first is not None:
                    claims.append(side.claim(first))
                if first is not None or (goes_on and not is_near(side.node, expression, _FAR)):
                    following = k  # "4 weeks on 8 A100 = 4 * 7 * 24 * ... = 3e21": the same written out claims nothing
                    break
            if claims and _is_for_other_period(expression, claims[-1].node, side.node):
                span = claims[-1].span.to(side.node.span)  # "10 * 5 MB = 50 MB/day = 18 GB/year"
                self.calculations.append(WrittenCalculation(span, "restatement", claims[-1].node, (side.claim(),)))
                break
            if not amounts.states_none(side.node, expression) and not has_size(expression, side.node):
                told = weakened(side) if is_mixture(expression) else side
                claims.append(told.claim(None if is_result else before_more(side.node, expression)))
        arrow = start + 1 < len(sides) and sides[start + 1].relation in ARROWS
        if not (arrow and is_square(expression)):
            self._add(expression, claims, label)
        return following

    def _says_more_behind(self, sides: list[Side], index: int) -> bool:
        """Whether an expression makes the number before it, and what follows is that in other words.

        "180,000 iterations = 1200 * 150 = 1200 epochs".
        """
        front, rest = sides[index - 1].node, [side.node for side in sides[index + 1 :]]
        value = literal(front)
        exact = isinstance(front, Quantity) and abs(value - literal(sides[index].node)) < _SAME
        if exact and rest and all(s.by_word and abs(literal(s.node) - value) > _SAME for s in sides[index + 1 :]):
            return True  # "18 = 64 - 46, i.e., 18B of payload"
        others = [q for q in rest if isinstance(q, Quantity) and not q.is_bare]
        return exact and len(others) == len(rest) and not any(is_near(q, sides[index].node, _FAR) for q in others)

    def _is_definition(self, side: Side) -> bool:
        """ "1 epoch = 9 min on 8 GPUs" says what one of a thing is."""
        node = side.node
        if not isinstance(node, Quantity) or node.number.value != 1 or node.unit is None:
            return False
        return bool(node.role) or all(table().is_counted(t.name) for t in node.unit.count)

    def _result_in_front(self, sides: list[Side], expression: Node) -> Side | None:
        """The side before an expression that is its result: "42 = 6 * 7", "8.4e22 = 6ND = 6 * 7B * 2T".

        A number with a noun that nothing else knows is a name ("12 heads = ..."), unless the expression is about it.
        """
        nouns = {t.name for q in quantities(expression) for t in q.meaning(False)}
        nouns |= {t.name for unit in group_units(expression) for t in unit.count}
        for side in reversed(sides):
            strange = {t.name for q in quantities(side.node) if q.unit and not q.unit.known for t in q.meaning(False)}
            if strange <= nouns:
                return side
        return None

    def _claimed_factor(self, expression: Node, side: Side) -> Quantity | None:
        """The first factor or term of a side that is the claim and starts the next calculation.

        6*7 = 42 * 2 = 84, 6*7 = 42 + 8 = 50.
        """
        parts = side.node.parts if isinstance(side.node, Product | Sum) else ()
        first = parts[0][1] if parts else None
        if not isinstance(first, Quantity):
            return None
        if isinstance(side.node, Sum):  # "= 30 + 5 = 35" may be one result, "= 3e23 + 1e22 = ..." goes on from one
            value = literal(expression)
            whole = is_near(side.node, expression) and abs(literal(side.node) - value) < abs(literal(first) - value)
            return None if whole else first
        if is_near(first, expression):
            return first
        return None if first.is_bare or is_near(side.node, expression) else first  # "= 0.11 h × 120 mA = 13 mAh"

    def _result_first(self, result: Side, expression: Side) -> None:
        claim = WrittenClaim(result.node, expression.relation, by_word=expression.weak, weak=expression.weak)
        span = result.node.span.to(expression.node.span)
        node = with_unit_of_whole(expression.node, result.node)
        self.calculations.append(WrittenCalculation(span, kind_of(node), node, (claim,)))

    def _restatement(self, sides: list[Side]) -> None:
        """One quantity in two notations; a name with a number ("12 heads = 8") is none."""
        if len(sides) < 2 or any(s.by_word for s in sides[1:]) or sides[1].relation in ARROWS:
            return
        first, second = sides[0].node, sides[1].node
        if not isinstance(first, Quantity) or not isinstance(second, Quantity):
            return
        if first.number.is_range or second.number.is_range:
            return
        if self.is_named(first):
            place = first.span.to(sides[-1].node.span)
            self.unread.append((place, "its first number goes on with what stands before it"))
            return
        if holds_devices(first, second):
            self.unread.append((first.span.to(second.span), "what one device holds"))
            return
        both_known = all(q.unit is not None and q.unit.known and not q.role for q in (first, second))
        notations = first.is_bare and second.is_bare and first.number.value >= 1000 and has_digits_of(second, first)
        span = first.span.to(sides[-1].node.span)
        if both_known or notations or _is_share_in_percent(first, second):
            claims = tuple(s.claim() for s in sides[1:])
            self.calculations.append(WrittenCalculation(span, "restatement", first, claims))
        elif all(q.unit is None and q.number.currency is None for q in (first, second)):
            self.unread.append((span, "two bare numbers: nothing is computed, and no unit says what is equal"))

    def _add(self, expression: Node, claims: list[WrittenClaim], label: Node | None) -> None:
        if not claims or is_size_in_table(expression, claims[0].node, claims[0].relation):
            if len(quantities(expression)) > 1 and not is_size(expression):
                self.expressions.append(WrittenCalculation(expression.span, kind_of(expression), expression))
            return
        span = expression.span.to(claims[-1].span)
        expression = with_unit_of_whole(expression, claims[0].node)
        name = label if isinstance(label, Quantity) else None
        last = claims[-1].node
        if name is not None and isinstance(last, Quantity) and contradicts(name, last):
            claims, span, name = [*claims, WrittenClaim(name, "=")], name.span.to(span), None
        self.calculations.append(WrittenCalculation(span, kind_of(expression), expression, tuple(claims), name))


def _is_share_in_percent(first: Quantity, second: Quantity) -> bool:
    """Whether one is a percentage and the other a bare fraction of one with the same digits: 50% = 0.5, 5% = 0.5."""
    share, fraction = (first, second) if first.number.percent else (second, first)
    if not share.number.percent or not fraction.is_bare or not 0 < fraction.number.value < 1:
        return False
    digits = significant_digits(share.number.value) == significant_digits(fraction.number.value)
    return digits and (share.unit is None or bool(share.role))


def _is_for_other_period(expression: Node, claim: Node, further: Node) -> bool:
    """Whether two claims are for each day and for each year, and nothing in the expression has a time."""
    if not isinstance(claim, Quantity) or not isinstance(further, Quantity):
        return False
    periods = [{t.name for t in q.meaning(False) if t.exponent < 0 and t.name in TIMES} for q in (claim, further)]
    said = [t.name for q in quantities(expression) for t in q.meaning(False)]
    said += [t.name for unit in group_units(expression) for t in unit.count]
    return all(periods) and periods[0] != periods[1] and not any(name in TIMES for name in said)


def goes_on_elsewhere(sides: list[Side]) -> bool:
    """Whether the last side computes something else: "= 0.33 MB/token x 131072 = ..." claims the part before the x."""
    first, last = sides[0].node, sides[-1].node
    return is_arithmetic(first) and is_arithmetic(last) and not is_near(last, first)


_SAME = 1e-9
"""Between the logarithms of what is the same."""
_FAR = log10(12)
"""A slip of ten is a slip; beyond it a side that computes is another way to write the expression."""
