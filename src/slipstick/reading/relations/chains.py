"""Chains of equals, and the calculations in them: which side computes, which sides claim.

chain  = sum {relation side}
relation = "=" | "~" | "≈" | "->" | "is" | "gives" | "we get" | ... {"about" | "a total of" | ...}
prose  = "multiplying" quantity "by" quantity {...} relation side | quantity "(" sum ")" (prose.py)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from slipstick.reading.expressions.another_unit import is_of_last_factor, may_be_no_conversion
from slipstick.reading.expressions.functions import with_function_alone
from slipstick.reading.expressions.grammar import ExpressionParser
from slipstick.reading.expressions.idioms import are_labels, how_often, is_idiom, says_more
from slipstick.reading.expressions.prose import listed_factors, past_aim
from slipstick.reading.expressions.surroundings import Surroundings, function_result
from slipstick.reading.expressions.tree import Node, Sum, is_arithmetic
from slipstick.reading.lexing.equals import is_broken_off
from slipstick.reading.lexing.lost_exponents import has_lost_exponent
from slipstick.reading.lexing.regions import may_hold_formula, paragraph_before, regions
from slipstick.reading.lexing.tokens import LOOK_AHEAD, Token, tokenize
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.part_names import past_numbered_name
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.beginnings import BEGINNINGS, PROSE, marked
from slipstick.reading.relations.claims import Chain, Side, goes_on_elsewhere, too_long
from slipstick.reading.relations.found import Document
from slipstick.reading.relations.last_terms import parted
from slipstick.reading.relations.lone_numbers import past_lone_number
from slipstick.reading.relations.relation_signs import relation_at
from slipstick.reading.relations.restated import restated
from slipstick.reading.relations.sides import asserted_by_place, side_at, starts_anew, without_difference

if TYPE_CHECKING:
    from slipstick.reading.relations.formulas import Formula

_TOO_LARGE = "a number beyond 1e300, below 1e-300 or of more than 400 digits"
_LOST = "a number that may be a power of ten whose exponent lost its place: 10^22 printed as 1022"
_BEFORE_SIGN = frozenset(("newline", "stop", "open", "relation", "comma", "quote"))
_GOING_ON = frozenset("*+")  # with these a line may go on from the line before; else they are bullets
_LEADING = frozenset(("relation", "open"))
"""Kinds of tokens that may lead on from one number to another side."""


class ChainReader:
    """Finds every chain of a stretch of text, from left to right, and adds it to a document."""

    def __init__(self, tokens: Sequence[Token], found: Document) -> None:
        self.tokens = tokens
        self.marked = marked(tokens)
        self.parser = ExpressionParser(tokens, self.marked)
        self.surroundings = Surroundings(tokens, self.parser.closing)
        self.found = found
        self.formulas: Mapping[int, Formula] = {}
        """The formulas in names, by the index of their first token."""
        self._open_end: int | None = None
        """Where an expression without a result ended, if "and" follows: "3 × $20 and 2 × $30 = $120"."""

    def read(self) -> None:
        """Add all calculations, expressions without a result and places not read."""
        self._between(0, len(self.tokens) - LOOK_AHEAD)

    def _between(self, i: int, stop: int) -> None:
        """Read from left to right, where something may begin."""
        for at in self._beginnings(i, stop):
            if at >= i and self.tokens[at].kind != "close":  # and not within what was read
                end = self._formula(at) if at in self.formulas else None
                i = end if end is not None else max(at + 1, self._at(at, self.tokens[at]))

    def _beginnings(self, i: int, stop: int) -> list[int]:
        """Where a chain, the name of a part or a formula may begin, from left to right."""
        found = self.marked[bisect_left(self.marked, i) : bisect_left(self.marked, stop)]
        return sorted({*found, *[n for n in self.formulas if i <= n < stop]}) if self.formulas else found

    def _at(self, i: int, token: Token) -> int:
        """The index behind what begins at `i`, or `i` where it is nothing after all."""
        if token.kind == "word":
            if (named := past_numbered_name(self.tokens, i)) is not None:
                return named
            if token.lower not in BEGINNINGS:
                return i
            if token.lower in PROSE:
                return self._prose(i)
        if token.kind == "open" and i and self.tokens[i - 1].kind == "word" and token.glued:
            end = function_result(self.tokens, self.parser.closing, i)
            if end is not None:
                self.found.leave_unread(self.tokens[i - 1].to(self.tokens[end - 1]), "a function of a number")
            return end or i  # f(2*3)
        return i if token.kind == "open" and self.surroundings.explains_a_name(i) else self._chain(i)

    def _formula(self, i: int) -> int | None:
        """Read the formula in names at `i`; the index behind it, or None where its numbers are put in beside it."""
        formula = self.formulas[i]
        relation = relation_at(self.parser, formula.end, arithmetic=True)
        result = side_at(self.parser, relation.after, arithmetic=True) if relation is not None else None
        if result is None or is_arithmetic(result[0]):
            return None
        if formula.product is None:
            self.found.leave_unread(formula.span.to(result[0].span), formula.reason)
            return result[1]
        sides, end = self._sides([Side(formula.product)], formula.end)
        weak = not formula.is_sure
        self._take([sides[0], *(side._replace(by_word=side.by_word or weak, weak=weak) for side in sides[1:])])
        return end

    def _chain(self, i: int) -> int:
        """Read the chain at `i`, and what is calculated in the brackets that it took for remarks; the index behind."""
        lone = past_lone_number(self.tokens, i)
        if lone is not None and read_number(self.tokens, i) is not None:
            return lone
        end = self._read_chain(i)
        for bracket in self.parser.remarks.calculating_before(end):
            if i < bracket:
                self._between(bracket + 1, self.parser.closing[bracket])
        return end

    def _read_chain(self, i: int) -> int:
        first = self.parser.sum(i)
        signed = self._with_sign(i) if first is not None and self.tokens[i - 1].kind == "minus" else None
        if signed is not None:
            self._take(signed[0])
            return signed[1]
        if first is None:
            if self.tokens[i].kind == "number" and read_number(self.tokens, i) is None:
                self.found.leave_unread(self.tokens[i].span, _LOST if has_lost_exponent(self.tokens, i) else _TOO_LARGE)
            return i + 1
        node, end = first if self.tokens[i].kind != "word" else with_function_alone(self.tokens[i].lower, *first)
        computes = is_arithmetic(node)
        if is_idiom(self.tokens, i, end):
            return end
        if not computes and self.tokens[end].kind == "relation" and how_often(self.tokens, end):
            self.found.leave_unread(node.span, "how often it comes is told in a word")
            return end
        following = self.tokens[end + 1].kind if self.tokens[end].kind == "comma" else ""
        if following == "number" and (listed := self._comma_list(i, node, end)) is not None:
            return listed
        if self.surroundings.may_be_label(i):
            self.found.leave_unread(node.span, "its first number may belong to the name before it")
            return end
        if not computes and self.parser.dangling is None and self._ends(node, end):
            return end
        if self.parser.dangling is not None or self.surroundings.is_cut_off(i):
            return self._cut_off(i, node, end)
        sides, end = self._all_sides(i, node, end)
        if len(sides) > 1 and i - 1 == self._open_end:
            self.found.leave_unread(node.span, "it may be added to the expression before it")
            return end
        open_sum = len(sides) == 1 and computes and self.tokens[end].lower == "and"
        self._open_end = end if open_sum else None
        if computes or not are_labels(self.tokens, i, [side.node.span for side in sides]):
            self._take(sides)
        return end

    def _comma_list(self, i: int, node: Node, end: int) -> int | None:
        """Take the factors listed with commas from `i`, if operations are told behind them; the index behind."""
        from slipstick.reading.relations.comma_lists import comma_listed, is_operations

        listed = comma_listed(self.parser, self.surroundings, i, (node, end))
        sides, after = self._sides([Side(listed[0])], listed[1]) if listed is not None else ([], end)
        if len(sides) < 2 or not is_operations(sides[1].node):
            return None
        self._take([sides[0], *(side._replace(by_word=True) for side in sides[1:])])
        return after

    def _all_sides(self, i: int, node: Node, end: int) -> tuple[list[Side], int]:
        """The sides of the chain at `i`, of which `node` is the first, and the index behind them."""
        sides, end = self._sides([Side(node)], end)
        if len(sides) == 1:
            return asserted_by_place(self.parser, i, sides, end)
        if is_arithmetic(node) and self.surroundings.lists_factors(i):
            return [sides[0], *(side._replace(by_word=True, weak=True) for side in sides[1:])], end
        if self.tokens[i - 1].text in _GOING_ON:
            from slipstick.reading.relations.going_on import going_on

            sides = going_on(self.parser, i, sides)
        return sides, end

    def _cut_off(self, i: int, node: Node, end: int) -> int:
        """Tell that a part of an expression is not read, if it computes or claims anything; the index behind."""
        dangling = self.parser.dangling
        if dangling is not None or is_arithmetic(node) or self.tokens[end].kind == "relation":
            negative = self.tokens[i - 1].kind == "minus" and dangling is None
            self.found.leave_unread(node.span, "a negative factor" if negative else "a factor is in words or a symbol")
        return max(end, (dangling or 0) + 1)

    def _ends(self, node: Node, end: int) -> bool:
        """Whether nothing is set equal to one number: no relation and no bracket stands behind it."""
        beside = self.tokens[end - 1].end == node.span.end  # no remark, which may be a calculation, is between
        return beside and self.tokens[end].kind not in _LEADING

    def _with_sign(self, i: int) -> tuple[list[Side], int] | None:
        """The sides of a chain whose first number, at `i`, has a sign before it, and the index behind them.

        At the beginning of a line a hyphen may be a bullet, so that only a negative result makes it a sign.
        """
        if i > 1 and self.tokens[i - 2].kind not in _BEFORE_SIGN:
            return None
        first = self.parser.sum(i - 1)
        if first is None or self.parser.dangling is not None:
            self.parser.dangling = None
            return None
        sides, end = self._sides([Side(first[0])], first[1])
        result = sides[-1].node if len(sides) > 1 else None
        return (sides, end) if isinstance(result, Quantity) and result.value < 0 else None

    def _sides(self, sides: list[Side], end: int) -> tuple[list[Side], int]:
        """All sides that follow by relations. Behind a verb only another notation in brackets goes on."""
        arithmetic, by_word = is_arithmetic(sides[0].node), False
        while (relation := relation_at(self.parser, end, arithmetic)) is not None:
            if (relation.weak and len(sides) > 1) or relation.after in self.formulas:
                break  # a result is told already, or what follows is a formula of its own
            if by_word and (relation.by_word or self.tokens[end].kind != "open"):
                break
            found = side_at(self.parser, relation.after, arithmetic)
            if (
                found is None
                or is_broken_off(self.tokens, found[1])
                or says_more(self.tokens, sides[-1].node, relation.sign, relation.after, found)
            ):
                break
            if arithmetic and relation.by_word and starts_anew(self.parser, found):
                break
            if relation.by_word and len(sides) > 1 and may_be_no_conversion(sides[-1].node, found[0]):
                break
            opened = self.tokens[end].kind == "open"
            if opened and is_of_last_factor(sides[-1].node, found[0]):
                if (closed := self.parser.closing.get(end)) is None:
                    break
                end = closed + 1  # "8 GPUs × 100 h (≈ 4 days) = 800 GPU-h"
                continue
            opened = opened and len(sides) > 1
            differs = arithmetic and not isinstance(found[0], Quantity) and not isinstance(sides[0].node, Sum)
            claim, end = without_difference(self.parser, found, relation.after) if differs else found
            arithmetic = arithmetic or is_arithmetic(claim)
            by_word = relation.by_word
            weak = relation.weak or (opened and self.tokens[end].kind == "word")  # "= 5.88e23 (= 5.76e23 in the paper)"
            sides.append(Side(claim, relation.sign, by_word or weak, relation.bound, weak))
            if arithmetic and (again := restated(self.parser, claim, end)) is not None:
                sides.append(Side(again.quantity, again.relation, by_word=True))
                end = max(end, again.end)
        if len(sides) > 1 and self.tokens[end].kind == "relation" and goes_on_elsewhere(sides):
            self.found.leave_unread(sides.pop().node.span, "it goes on with what is not read")
        return sides, end

    def _prose(self, i: int) -> int:
        """ "Multiplying 7 s by 41% MFU, 989 TFLOP/s and 6144 H100s, we get ..." """
        listed = listed_factors(self.tokens, self.parser, i)
        if listed is None:
            return i + 1
        sides, end = self._sides([Side(listed[0])], listed[1])
        aim = past_aim(self.tokens, end) if len(sides) == 1 else None
        reached = side_at(self.parser, aim, arithmetic=True) if aim is not None else None
        if reached is not None and not is_arithmetic(reached[0]):
            sides, end = [*sides, Side(reached[0], "to get", by_word=True)], reached[1]
        self._take(sides)
        return end

    def _take(self, sides: list[Side]) -> None:
        if reason := too_long(sides):
            self.found.leave_unread(sides[0].node.span.to(sides[-1].node.span), reason)
            return
        chain = Chain(self.surroundings.is_named)
        for part in parted(sides):
            chain.read(part)
        self.found.take(chain)


def read_document(text: str) -> Document:
    """Every calculation, expression and unread place of a text, as written. Never raises."""
    where = regions(text)
    found = Document(numbers_elsewhere=where.numbers_outside)
    for start, end in where.spans:
        tokens = tokenize(text, start, end)
        found.stretches.append(tokens)
        reader = ChainReader(tokens, found)
        found.numbers += [tokens[n].start for n in reader.marked if tokens[n].kind == "number"]
        if may_hold_formula(text, start, end):
            from slipstick.reading.relations.formulas import formulas

            reader.formulas = formulas(tokens, text, paragraph_before(text, start))
        reader.read()
    if "|" in text or "\t" in text:
        from slipstick.reading.relations.table_rows import read_tables

        read_tables(text, found)
    found.calculations.sort(key=lambda made: made.span.start)  # those inside remarks come after what is around them
    return found
