"""Formulas in letters and names whose numbers the text gives: "N = 70e9, D = 1.4e12, C = 6ND = 5.88e23 FLOP".

formula = operand {("*" | "×" | "·" | "/") operand} | number letter {letter}
operand = name | quantity | group

Each name must be given one number, and no second, before the formula in its paragraph, or right behind it ("where N is
70e9"). What stands in the formula is then that quantity, whose place is where it is given. A formula whose numbers are
put in beside it ("C = 6ND = 6 * 70e9 * ...") is read from these, as everywhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from slipstick.reading.expressions.grammar import ExpressionParser
from slipstick.reading.expressions.tree import Node, Product
from slipstick.reading.lexing.scales import GLUED_SCALES, scale_of
from slipstick.reading.lexing.spelling import unit_of
from slipstick.reading.lexing.tokens import LOOK_AHEAD, Token, tokenize
from slipstick.reading.quantities.literals import literal_of
from slipstick.reading.quantities.numbers import Number
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.definitions import Definition, definitions, name_of
from slipstick.reading.relations.numbers_beside import numbers_beside
from slipstick.reading.relations.told_in_prose import KINDS, NAMES, Known, told_in_prose
from slipstick.source import Span

_BEGINNING = frozenset(("relation", "newline", "stop", "comma", "open", "quote", "other", "close"))
_LEADING = frozenset(
    "so then thus hence therefore get is gives compute cost costs total flops flop so: as of or and by".split()
)
_LONGEST = 48
_MOST_LETTERS = 5
_SURE, _IN_FRONT = -1, -2
"""Places of names that are given their numbers in front of the tokens: with no other numbers there, or with some."""
_BEHIND = frozenset("where with for given using assuming if and".split())


class Formula(NamedTuple):
    """A formula, the index of the relation behind it, and its names' numbers put in, or why that is not possible."""

    end: int
    product: Product | None
    span: Span
    reason: str = ""
    is_sure: bool = True
    """Whether no other number stands between where its names are given theirs and the formula: it may be about these.
    """


class _Name(NamedTuple):
    """A name that stands as a factor."""

    name: str


_Parts = list[tuple[str, Node | _Name]]


def formulas(tokens: Sequence[Token], text: str, before: Span) -> dict[int, Formula]:
    """Every formula in names with a result behind it, by the index of its first token.

    `before` is the part of the paragraph in front of the tokens.
    """
    return dict(_Formulas(tokens).all(text, before))


class _Given:
    """What one name is given in one paragraph: the first definition, the first that contradicts it, and all."""

    def __init__(self, first: Definition) -> None:
        self.first = first
        self.other: Definition | None = None
        self.every: list[Definition] = []

    def add(self, each: Definition) -> None:
        """Take the next definition, in the order of the text."""
        self.every.append(each)
        value = self.first.value
        if (
            self.other is None
            and each is not self.first
            and not (value is not None and each.value is not None and _is_same(each.value, value))
        ):
            self.other = each


def _place(definition: Definition) -> int:
    return definition.at


def _paragraphs(tokens: Sequence[Token]) -> list[int]:
    """The number of the paragraph that each token stands in: empty lines part them."""
    found, number = [0], 0
    for before, token in pairwise(tokens):
        number += before.kind == token.kind == "newline"
        found.append(number)
    return found


class _Formulas:
    """Finds formulas in the tokens of a stretch of text."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.parser = ExpressionParser(tokens)
        self.given: dict[tuple[str, int], _Given] = {}
        self.paragraphs: list[int] = []
        """The number of the paragraph that each token stands in."""
        self.strays: list[int] = []
        self.counted: Known = {}

    def all(self, text: str, before: Span) -> Iterator[tuple[int, Formula]]:
        """Each formula with where it begins."""
        begin = 0
        found: list[tuple[int, int, _Parts]] = []
        for i in range(len(self.tokens) - LOOK_AHEAD):
            kind = self.tokens[i].kind
            if kind == "relation":
                ending = self._ending_at(max(begin, i - _LONGEST), i)
                if ending is not None:
                    found.append((ending[0], i, ending[1]))
            if kind in ("relation", "stop") or (kind == "newline" and self.tokens[i + 1].kind != "relation"):
                begin = i + 1
        if not found:
            return
        self.paragraphs = _paragraphs(self.tokens)
        earlier = tokenize(text, *before)
        in_front = definitions(earlier, ExpressionParser(earlier))
        strays = numbers_beside(earlier, in_front, [])
        here = definitions(self.tokens, self.parser)
        self.strays = numbers_beside(self.tokens, here, [(start, end) for start, end, _ in found])
        for each in [*[each._replace(at=_SURE if not strays else _IN_FRONT) for each in in_front], *here]:
            self.given.setdefault((each.name, self.paragraphs[max(each.at, 0)]), _Given(each)).add(each)
        for start, end, parts in found:
            yield start, self._put_in(start, end, parts)

    def _ending_at(self, begin: int, relation: int) -> tuple[int, _Parts] | None:
        """The formula that ends at a relation, which leads to a number, and where it begins."""
        behind = self.tokens[relation + 1]
        if behind.kind not in ("number", "currency") and behind.text not in ("~", "≈"):
            return None
        put_in = self.tokens[relation + 2].kind == "times" and self.tokens[relation + 3].text != "10"
        if self.tokens[relation].text == "==" or put_in:
            return None  # a condition in code; numbers that are put in
        between = self.tokens[relation - 1].kind == "newline" or self.tokens[relation - 1].text == "#"
        end = relation - 1 if between else relation
        for start in range(begin, end):
            if self._may_begin(start, begin):
                parts = self._parts(start, end)
                if parts is not None:
                    return start, parts
        return None

    def _may_begin(self, i: int, begin: int) -> bool:
        """Whether a formula may begin at `i`: nothing before it belongs to it."""
        token = self.tokens[i]
        if token.kind not in ("number", "word", "currency"):
            return False
        if self.tokens[i - 1].text == "#" and i > begin:
            return False  # a comment names what stands before it
        if i == begin or self.tokens[i - 1].kind in _BEGINNING or self.tokens[i - 1].lower in _LEADING:
            return True
        before = self.tokens[i - 1]
        return before.kind == "word" and token.kind == "number" and bool(self._letters(i + 1))

    def _parts(self, i: int, end: int) -> _Parts | None:
        """The factors between `i` and `end`, at least one of them a name; None where they are no product."""
        parts: _Parts = []
        symbol = "*"
        while i < end:
            operands = self._operands(i, symbol)
            if operands is None or operands[1] > end:
                return None
            parts += [(symbol, part) for part in operands[0]]
            i = operands[1]
            if i < end:
                if self.tokens[i].kind not in ("times", "divide") or self.tokens[i].text == "//" or i + 1 >= end:
                    return None
                symbol = "/" if self.tokens[i].kind == "divide" else "*"
                i += 1
        named = any(isinstance(part, _Name) for _, part in parts)
        return parts if named and len(parts) > 1 else None

    def _operands(self, i: int, symbol: str) -> tuple[list[Node | _Name], int] | None:
        """A name, a quantity or a bracket at `i`; or a number with the letters behind it, which a slash splits."""
        letters = self._letters(i + 1) if self.tokens[i].kind == "number" else None
        literal = literal_of(self.tokens[i].text) if letters is not None and symbol == "*" else None
        if letters is not None and literal is not None:
            span = self.tokens[i].span
            return [Quantity(span, Number(span, literal[0], literal[1])), *map(_Name, letters[0])], letters[1]
        if self.tokens[i].kind == "word":
            name = name_of(self.tokens[i])
            return ([_Name(name)], i + 1) if name else None
        found = self.parser.power(i, 0)
        return ([found[0]], found[1]) if found is not None else None

    def _letters(self, i: int) -> tuple[list[str], int] | None:
        """The letters that multiply the number before `i`: "6ND", "6 N D"; no unit and no scale."""
        said, at = "", i
        while self.tokens[at].kind == "word" and len(said) < _MOST_LETTERS:
            text = self.tokens[at].text
            if not text.isalpha() or not text.isascii() or (len(text) > 1 and (at > i or not self.tokens[at].glued)):
                break
            said, at = said + text, at + 1
            if len(text) > 1:
                break
        in_one_word = at == i + 1
        if at == i + 2 and self.tokens[i].glued and _is_scale(said[0]) and unit_of(said[1]) is not None:
            return None  # "1.72M h"
        if not 0 < len(said) <= _MOST_LETTERS or (in_one_word and (_is_scale(said) or unit_of(said) is not None)):
            return None
        return list(said), at

    def _put_in(self, start: int, end: int, parts: _Parts) -> Formula:
        """The formula with the numbers of its names."""
        between = self.tokens[end - 1].kind == "newline" or self.tokens[end - 1].text == "#"
        last = end - 2 if between else end - 1
        span = self.tokens[start].to(self.tokens[last])
        filled: list[tuple[str, Node]] = []
        own: list[int] = []
        is_sure = True
        for symbol, part in parts:
            if not isinstance(part, _Name):
                filled.append((symbol, part))
                continue
            told = self._told(part.name, start, end)
            if not told and _is_rule_of_thumb(parts) and not (told := self._called(part.name, start, end)):
                prose = told_in_prose(self.tokens, part.name, start, end, self.counted)
                told = [Definition(part.name, at, quantity, at) for quantity, at in prose.places]
                own += [each.at for each in told]
                is_sure &= prose.is_sure
            value = told[0].value if told else None
            if value is None or any(each.value is None or not _is_same(each.value, value) for each in told[1:]):
                reason = f"{part.name} is not given {'one number alone' if told else 'a number'}"
                return Formula(end, None, span, reason)
            filled.append((symbol, value))
            is_sure &= told[0].at in own or not self._is_beside_others(told[0].at, start, own)
        is_sure &= not self._is_beside_others(end, self._sentence_end(end), own)
        return Formula(end, Product(span, tuple(filled)), span, "", is_sure)

    def _told(self, name: str, start: int, end: int) -> list[Definition]:
        """What a name is said to be in the paragraph before the formula from `start` to `end`, or right behind it.

        One definition, and another where a second number contradicts it.
        """
        given = self.given.get((name, self.paragraphs[start]))
        if given is None:
            return []
        told = [each for each in (given.first, given.other) if each is not None and each.at < start]
        stop = self._sentence_end(end)
        behind = given.every[bisect_left(given.every, end, key=_place) : bisect_left(given.every, stop, key=_place)]
        return told + [each for each in behind if self._is_told_behind(end, each.at)]

    def _called(self, letter: str, start: int, end: int) -> list[Definition]:
        """What is said of the word that a letter of the rule of thumb stands for: "params: 7B"."""
        return [each for name in NAMES[KINDS[letter]] for each in self._told(name, start, end)]

    def _is_beside_others(self, at: int, start: int, own: Sequence[int]) -> bool:
        """Whether other numbers than its `own` stand between where a name is given its number and the formula."""
        between = bisect_left(self.strays, start) - bisect_left(self.strays, at)
        return at == _IN_FRONT or between > sum(at <= each < start for each in own)

    def _sentence_end(self, i: int) -> int:
        """Where the line or sentence ends that a result behind the relation at `i` is told in."""
        j = i + 1
        while j - i < _LONGEST and self.tokens[j].kind not in ("stop", "newline", "end"):
            j += 1
        return j

    def _is_told_behind(self, end: int, at: int) -> bool:
        """Whether the same sentence goes on from a result to a definition: "= 5.88e23, where N = 70e9"."""
        between = self.tokens[end + 1 : at]
        return any(token.lower in _BEHIND or token.kind == "open" for token in between)


def _is_rule_of_thumb(parts: _Parts) -> bool:
    """Whether the factors are those of 6ND or 2ND."""
    names = [part.name for _, part in parts if isinstance(part, _Name)]
    numbers = [part for _, part in parts if not isinstance(part, _Name)]
    counted = {KINDS.get(name) for name in names}
    leads = all(isinstance(part, Quantity) and part.is_bare and part.value in (2, 6) for part in numbers)
    return len(names) == len(counted) == 2 and None not in counted and len(numbers) == 1 and leads


def _is_same(first: Node, second: Node) -> bool:
    """Whether two values are one: the same number in the same unit, written twice."""
    if not isinstance(first, Quantity) or not isinstance(second, Quantity):
        return False
    return first.value == second.value and first.meaning(False) == second.meaning(False)


def _is_scale(word: str) -> bool:
    return scale_of(word) is not None or word in GLUED_SCALES
