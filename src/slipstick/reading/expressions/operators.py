"""What stands between two factors or terms: signs, words that multiply, names of factors, breaks of a line.

operator = "*" | "×" | "x" | "/" | "times" | "divided by" | a word that multiplies (operands.py) | "(" behind a factor
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log10

from slipstick.cached_properties import cached_property
from slipstick.frozen import Frozen
from slipstick.reading.expressions.bracketed_factors import factor_in_bracket
from slipstick.reading.expressions.factor_lines import SIGNS, factor_lines
from slipstick.reading.expressions.operands import (
    has_unit,
    is_adjective,
    is_operator_word,
    takes_devices,
    word_operator,
)
from slipstick.reading.expressions.pauses import goes_on_behind
from slipstick.reading.expressions.remarks import Remarks
from slipstick.reading.expressions.tree import Group, Node, Root
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import Quantity

FUNCTIONS = frozenset("log ln exp log10 log2 sin cos tanh".split())
"""Words that make something else of the number behind them."""
_OF_SEVERAL = frozenset("ceil floor round int abs max min sum prod pow log1p".split())
"""Further ones, which are names where no bracket is glued to them."""
_BY = frozenset(("divided", "multiplied"))
_SPELLED = _BY | {"times"}
_STARTS_ANEW = frozenset("and or but so while then is are was were gives".split())
_ABOUT = frozenset(("~", "≈", ">", "<", "∼"))
_NUMBERS = frozenset(("number", "currency"))
_ADDING = frozenset(("plus", "minus", "word"))
_FACTOR_SIGNS = frozenset(("times", "divide"))
_MULTIPLYING = _FACTOR_SIGNS | {"newline", "comma", "stop", "relation", "open", "word", "other", "number"}
"""Kinds of tokens with which an operator may begin; of the others most are "@"."""
_LEAST_RESULT = 10_000
_MOST_APART = log10(1.05)
_ENDING = frozenset(("stop", "relation"))
_MAX_NAME = 5
_CLAIMING = frozenset(("equals", "gives", "yields"))
_MAX_PARTICIPLES = 3
_MAX_PURPOSE = 6
_LONGEST_LINE = 200


class Sign(Frozen):
    """A plus (1) or minus (-1), the index behind it, and whether the term behind it may have a name."""

    sign: int
    after: int
    named: bool


Operator = tuple[str, int, bool]
"""The symbol "*" or "/", the index behind it, and whether it was written as one (and not in words)."""


class Operators:
    """Finds what joins one factor or term to the next."""

    def __init__(self, tokens: Sequence[Token], closing: Mapping[int, int], remarks: Remarks) -> None:
        self.tokens = tokens
        self.closing = closing
        self.remarks = remarks
        self.in_claim = False
        """Whether a result is read: what follows it by "and" or "with" is no factor of it."""
        self._same: set[int] = set()
        """The brackets that say the number before them once more."""

    def note_same(self, i: int, before: Quantity, apart: float) -> None:
        """Note that the bracket at `i` is so many decades from the number before it: "8.4e22 (6*7e9*2e12)".

        Where it is that number once more, the two are no product; those of a small number may be one: "4 (2 + 2)".
        """
        number = before.number
        if number.value >= _LEAST_RESULT and apart <= min(log10(1 + number.last_digit / number.value), _MOST_APART):
            self._same.add(i)

    def _past_purpose(self, i: int) -> int:
        """Past what a term is for, where a plus follows: "3e24 FLOP for pretraining + 2e22 FLOP"."""
        j = i
        while j - i < _MAX_PURPOSE and (self.tokens[j].kind == "word" or self.remarks.joins_words(j)):
            j += 1
        return j if self.tokens[j].kind == "plus" and self.tokens[i].lower not in _STARTS_ANEW else i

    def past_last_purpose(self, i: int, before: int) -> int:
        """Past what the last term is for, where a plus at `before` stood behind what the term before it is for."""
        if self.tokens[i].lower != "for" or self.tokens[before].kind != "word":
            return i
        j = i
        while j - i < _MAX_PURPOSE and (self.tokens[j].kind == "word" or self.remarks.joins_words(j)):
            j += 1
        return j if self.tokens[j].kind == "relation" else i

    def sign(self, i: int) -> Sign | None:
        """A plus or a minus at `i`, or behind what its term is for.

        A minus has blanks on both sides or on none ("5 -3" is no difference); without blanks no name follows it
        ("60-month plan").
        """
        if self.tokens[i].kind == "newline" and self.tokens[i + 1].kind == "plus" and self._leads_to_result(i):
            i += 1
        if self.tokens[i].kind not in _ADDING:
            return None
        i = self._past_purpose(i)
        word = self.tokens[i].lower
        if self.tokens[i].kind == "plus" or word == "plus":
            return Sign(1, self._past_newline(i + 1), named=True)
        evenly = self.tokens[i].kind == "minus" and self.tokens[i].glued == self.tokens[i + 1].glued
        if word == "minus" or (evenly and word in ("-", "−")):
            return Sign(-1, i + 1, named=not self.tokens[i].glued)
        return None

    def _leads_to_result(self, i: int) -> bool:
        """Whether the lines behind the break at `i` begin with a plus, until one begins with "="; else it is a list."""
        for j in range(i, min(i + _LONGEST_LINE, len(self.tokens) - 1)):
            if self.tokens[j].kind == "newline" and self.tokens[j + 1].kind != "plus":
                return self.tokens[j + 1].text == "="
        return False

    def _past_newline(self, i: int) -> int:
        return i + 1 if self.tokens[i].kind == "newline" else i

    def past_name(self, i: int) -> int:
        """Past what may stand between an operator and its number: "~", "about", "peak", "N ("."""
        if self.tokens[i].kind in _NUMBERS:
            return i
        j = i
        while j - i < _MAX_NAME and self._may_name(j):
            if self.tokens[j].lower in ("sqrt", "geometric", "geomean", "gmean"):
                return j
            if self.tokens[j].lower in _CLAIMING or (self.tokens[j].text == "≈" and self._is_letter(j - 1)):
                return i  # "2*N ≈ 2*9e9 ≈ 1.8e10", "2*N equals 2*9e9"
            j += 1
        if j == i:
            return self._past_bracketed_name(i)
        if self.tokens[j].text == "[" and self.tokens[j].glued:
            return i  # q[4]: the fifth q
        if self._is_function(j - 1):
            return j - 1 if j == i + 2 and self.tokens[i].text in _ABOUT else i  # 300 * log2(692000)
        if self.tokens[j].kind == "open" and (end := self.closing.get(j)) is not None:
            if j == i + 1 and self.tokens[i].text in _ABOUT:
                return j  # "* ~(0.9 * 128 + 0.1 * 512) tokens"
            value = read_number(self.tokens, j + 1)
            return j if value is not None and end - j <= 8 and not self.remarks.is_numeric(j, words=True) else i
        return j if self.tokens[j].kind in _NUMBERS else i

    def past_term_name(self, i: int) -> int:
        """Past the name of a term, which may have its calculation in a bracket: "+ teacher forward (2 * 8B)"."""
        at = j = self.past_name(i)
        while j - i < _MAX_NAME and at == i and self.tokens[j].kind == "word":
            j += 1
        bracketed = (
            j > i and self.tokens[j].kind == "open" and not self.tokens[j].glued and not self._is_function(j - 1)
        )
        return j if at == i and bracketed else at

    def _is_letter(self, i: int) -> bool:
        """Whether a single capital stands at `i`, as in a formula."""
        return len(self.tokens[i].text) == 1 and self.tokens[i].text.isupper()

    def _is_function(self, i: int) -> bool:
        """Whether the word at `i` makes something else of the number or the bracket behind it."""
        called = self.tokens[i + 1].kind == "open" and self.tokens[i + 1].glued
        return self.tokens[i].text in FUNCTIONS or (called and self.tokens[i].lower in _OF_SEVERAL)

    def _past_bracketed_name(self, i: int) -> int:
        """Past a bracket with words alone, the name of the number behind it: "+ (student) 2.2e21"."""
        end = self.closing.get(i, i)
        named = 1 < end - i <= _MAX_NAME and all(t.kind in ("word", "minus") for t in self.tokens[i + 1 : end])
        return end + 1 if named and self.tokens[end + 1].kind in ("number", "currency") else i

    def _may_name(self, i: int) -> bool:
        token = self.tokens[i]
        return token.kind == "word" or token.text in _ABOUT or self.remarks.joins_words(i)

    def between(self, i: int, before: Node, is_group: Callable[[int], bool]) -> Operator | None:
        """The operator at `i` behind a factor; `is_group` says whether a bracket is arithmetic."""
        kind = self.tokens[i].kind
        if kind not in _MULTIPLYING:
            return None
        if kind in _FACTOR_SIGNS:
            return self._signed(i)
        if kind in _ENDING:
            found = self.between(i + 1, before, is_group) if goes_on_behind(self.tokens, i) else None
            return (found[0], found[1], False) if found is not None else None
        if kind == "newline":
            return self._signed(i + 1) if self._is_continued(i) else None
        if kind == "number":
            return ("*", i, False) if takes_devices(self.tokens, i, before) else None
        if kind == "word":
            word = self.tokens[i].lower
            if word == "times" and self.tokens[i + 1].kind in ("number", "open", "currency"):
                return "*", i + 1, True
            if word in _BY and self.tokens[i + 1].lower == "by":
                return "/" if word == "divided" else "*", i + 2, True
        if kind == "comma" and (self.tokens[i + 1].kind in _FACTOR_SIGNS or self.tokens[i + 1].text in _SPELLED):
            return self.between(i + 1, before, is_group) if not self._begins_name(i + 1) else None
        if kind == "open":
            inside = None if self.in_claim else factor_in_bracket(self.tokens, self.closing, i)
            if inside is not None or self._multiplies(i, before, is_group):
                return inside.symbol if inside is not None else "*", i, False
        at = self._past_participle(i)
        joined = word_operator(self.tokens, at, before, self.in_claim)
        return (*joined, False) if joined is not None else None

    def _signed(self, i: int) -> Operator | None:
        """The operator that the sign at `i` is; a line may end behind it."""
        sign, following = self.tokens[i], self.tokens[i + 1].kind
        symbol = "*" if sign.kind == "times" else "/"
        if following == "newline":
            return (symbol, i + 2, True) if sign.text != "·" else None  # a dot between two statements
        if following == "word" and sign.text == "//":
            return None  # a comment
        return symbol, i + 1, True

    def _past_participle(self, i: int) -> int:
        """Past what is told of a quantity before a word that multiplies: "2048 A100s running for 21 days"."""
        j = i
        if self.tokens[i].text == "of" and self.tokens[i + 1].kind == "word":
            j += 1  # "4,000 km of pipe at $2.4M/km"
        while j - i < _MAX_PARTICIPLES and self.tokens[j].kind == "word" and is_adjective(self.tokens[j].lower):
            j += 1
        return j if is_operator_word(self.tokens[j].lower) else i

    def _is_continued(self, i: int) -> bool:
        """Whether the line behind the break at `i` goes on with an operator.

        An asterisk there is a list's bullet, unless it is indented more than the line before, or the product is written
        one factor a line; a • always is one, and two slashes begin a comment.
        """
        if self.tokens[i + 1].kind not in _FACTOR_SIGNS:
            return False
        sign = self.tokens[i + 1].text
        if sign in ("•", "//") or self._begins_name(i + 1):
            return False
        in_list = sign == "*" or (sign in SIGNS and self.tokens[i + 1].glued)
        return not in_list or self._is_indented(i) or i in self._factor_lines

    @cached_property
    def _factor_lines(self) -> frozenset[int]:
        return factor_lines(self.tokens)

    def _begins_name(self, i: int) -> bool:
        """Whether an x behind a line break or a comma is glued to its number, as in a name: "x1 = 5"."""
        return self.tokens[i].text in ("x", "X") and self.tokens[i + 1].glued

    def _is_indented(self, newline: int) -> bool:
        """Whether the line behind a line break is indented more than the one before it."""
        j = newline - 1
        while j >= 0 and newline - j < _LONGEST_LINE and self.tokens[j].kind != "newline":
            j -= 1
        if newline - j >= _LONGEST_LINE or (j < 0 and self.tokens[0].text == self.tokens[newline + 1].text):
            return False  # too long; or the first line, whose indentation is not known, is an item of a list itself
        before = self.tokens[j].end if j >= 0 else self.tokens[0].start
        return self.tokens[newline + 1].start - self.tokens[newline].end > self.tokens[j + 1].start - before

    def _may_refer(self, i: int) -> bool:
        """Whether the bracket at `i` may be the number of a line: "40k tokens (15) / (2e16 FLOP) (16) = ..."."""
        alone = self.closing.get(i) == i + 2 and not self.tokens[i].glued and self.tokens[i + 1].text.isdecimal()
        if not alone or self.tokens[i - 1].kind != "close":
            return False
        opened = next((first for first, last in self.closing.items() if last == i - 1), 0)
        return self.tokens[opened - 1].kind in ("times", "divide")

    def _is_half(self, i: int) -> bool:
        """Whether the bracket at `i` is what half is taken of, as in physics: "1/2 (2 kg) (3 m/s)^2"."""
        return [token.text for token in self.tokens[max(0, i - 3) : i]] == ["1", "/", "2"]

    def _multiplies(self, i: int, before: Node, is_group: Callable[[int], bool]) -> bool:
        """Whether the bracket at `i` is a factor: (a)(b), 6(1.5e9), and not a remark."""
        if self.closing.get(i) is None or self.tokens[i].text != "(" or i in self._same:
            return False
        if self.in_claim and not isinstance(before, Group):
            return False  # "= 1.56 × 10^23 (1.560×10²³)": the same once more
        if isinstance(before, Group) and self._may_refer(i):
            return False
        if isinstance(before, Group) and is_group(i) and (self.tokens[i].glued or has_unit(before)):
            return True
        if is_group(i) and self._is_half(i):
            return True
        if not self.remarks.is_numeric(i) and not (self.remarks.is_factor(i) and is_group(i)):
            return False
        return isinstance(before, (Group, Root)) or (isinstance(before, Quantity) and before.is_bare)
