"""What stands before the first factor of a chain, and whether it belongs to it: operators, functions, names, words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from slipstick.cached_properties import cached_property
from slipstick.reading.expressions.operators import FUNCTIONS
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import Quantity, unit_phrase

_NOT_BEFORE_A_RESTATEMENT = frozenset(("of", "half", "twice", "double", "and", "or", "the", "third", "quarter", "each"))
"""Words after which a number is only the end of something longer ("half of 312 TFLOP/s = ...")."""

_JOINS = frozenset("with at @ à over on by per for to in from x w/ plus times".split())
_MAX_BETWEEN = 8
_MAX_LISTED = 3
"""Words after which a number goes on with what stands before it ("64 nodes with 4 A100 = ...")."""


_ENDS_STATEMENT = frozenset(("comma", "stop", "quote", "open"))
_FACTOR_OF = ("of", "factor")
_CLAIMING = frozenset(("gives", "yields", "equals", "makes"))
_BULLETS = frozenset(("times", "minus", "plus"))
_LONGEST_ITEM = 12
_NO_BULLETS = frozenset(("x", "X", "×", "✕", "⨯", "/", "÷"))
"""Signs that begin no item of a list: a line that begins with one goes on from the line before."""


def function_result(tokens: Sequence[Token], closing: Mapping[int, int], i: int) -> int | None:
    """The index behind the number that a function of the bracket at `i` is set equal to: "log10(8.4e22) = 22.92"."""
    close = closing.get(i)
    if close is None or tokens[i - 1].text not in FUNCTIONS or tokens[i + 1].kind != "number":
        return None
    relation, result = tokens[close + 1], tokens[close + 2]
    return close + 3 if relation.kind == "relation" and result.kind == "number" else None


class Surroundings:
    """Looks back from the beginning of a chain. `closing` maps each opening bracket to its closing one."""

    def __init__(self, tokens: Sequence[Token], closing: Mapping[int, int]) -> None:
        self.tokens = tokens
        self.closing = closing

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    def is_cut_off(self, i: int) -> bool:
        """Whether an operator, a function or a part of the same number stands before the first factor."""
        begins = not i or self.tokens[i - 1].kind == "newline" or self.tokens[i - 1].text == ":"
        return not begins and self._goes_on(i)

    def _goes_on(self, i: int) -> bool:
        j = i - 1
        while j >= 0 and i - j <= 5 and (self.tokens[j].kind == "word" or self._says_about(j)):
            if self.tokens[j].text in FUNCTIONS:
                return True
            if self.tokens[j].lower in _CLAIMING:
                return False  # "params × tokens gives 6 * 7B * 2T = ...": what is claimed begins here
            j -= 1
        if self.tokens[i - 1].lower == "times":
            return True  # "8.8M GPU-hours. Times 3600 * 989e12 = ..."
        if j < 0:
            return False
        if self.tokens[i - 1].lower in ("at", "@") and self.goes_on_with_a_number(i):
            return True
        if (
            self.tokens[i - 1].kind == "plus_minus"
            or (self.tokens[i - 1].lower, self.tokens[i - 2].lower) == _FACTOR_OF
        ):
            return True  # a range that was not read
        before = self.tokens[j]
        beside = j == i - 1
        if before.kind == "relation" and beside and self._names_a_factor(j):
            return True
        if before.text == "//" and self.tokens[j - 1].kind in _ENDS_STATEMENT:
            return False  # "x = 5; // 6 * 7 = 42" is a comment
        if beside and before.kind == "close" and self._is_named_term(j):
            return True
        if before.kind in ("times", "divide"):
            label = before.text == "*" and before.glued and self.tokens[j - 1].text == ":"  # "*Solution:*6 x 75"
            bullet = label or (self._begins_line(j) and before.text not in _NO_BULLETS)
            return not bullet and not (before.text == "/" and not beside)
        return beside and self._is_joined_to(before, i)

    def _names_a_factor(self, i: int) -> bool:
        """Whether the sign of equality at `i` gives a factor a name: the second one of "10 h × dt=1 ms × 379 nodes"."""
        sign, name, relation, value = self.tokens[i - 2 : i + 2] if i > 1 else [self.tokens[i]] * 4
        glued = relation.glued and value.glued and not name.glued
        return glued and name.kind == "word" and sign.kind in ("times", "divide")

    @cached_property
    def _opening(self) -> Mapping[int, int]:
        """The opening bracket of each closing one."""
        return {last: first for first, last in self.closing.items()}

    def _is_named_term(self, close: int) -> bool:
        """Whether the bracket that ends at `close` names a term of what is not read: "+ (50B tokens at 2*27B) 6*7"."""
        opened = self._opening.get(close, 0)
        return opened > 0 and self.tokens[opened - 1].kind == "plus"

    def lists_factors(self, i: int) -> bool:
        """Whether the line of the chain at `i` has a bullet, and the line before it one quantity and nothing else.

        Then it may be a product with a factor on each line, of which this is the last.
        """
        if i < 2 or self.tokens[i - 1].text not in ("*", "×") or self.tokens[i - 2].kind != "newline":
            return False
        first = next((j + 1 for j in range(i - 3, max(-1, i - _LONGEST_ITEM), -1) if self._begins_line(j + 1)), 0)
        first += self.tokens[first].kind in _BULLETS
        number = read_number(self.tokens, first)
        phrase = unit_phrase(self.tokens, number[1]) if number is not None else None
        return phrase is not None and phrase[0].known and phrase[1] == i - 2

    def _begins_line(self, i: int) -> bool:
        return i == 0 or self.tokens[i - 1].kind == "newline"

    def _is_joined_to(self, before: Token, i: int) -> bool:
        """Whether the token right before the factor at `i` belongs to what it is a part of."""
        j = i - 1
        if before.kind == "open" and j and j not in self.closing:
            return self.tokens[j - 1].kind in ("times", "divide", "open")  # "8 * ((5 * 3) * 2": never closed
        if before.kind == "number":
            return True  # "7 000 000 * 6"
        if before.kind == "plus":
            return not self._begins_line(j)
        if before.kind == "power":
            return before.glued and self.tokens[i].glued
        if before.kind == "minus":
            return self.tokens[i].glued  # a sign: negative factors are not read
        if before.kind == "comma" or before.text == ".":
            within = j > 0 and (self.tokens[j - 1].kind == "number" or self.tokens[j - 1].text[-1:].isdecimal())
            return before.glued and self.tokens[i].glued and within
        return before.kind == "root"

    def _says_about(self, i: int) -> bool:
        """Whether a sign at `i` says that the number behind it is not exact, and does not equate two sides."""
        if self.tokens[i].text in ("<", ">"):
            return True
        return self.tokens[i].text in ("~", "≈") and self.tokens[i - 1].kind not in (
            "word",
            "number",
            "close",
            "percent",
        )

    def _is_listed(self, at: int) -> bool:
        j = at - 1
        while at - j <= _MAX_LISTED and self.tokens[j].kind == "word":
            j -= 1
        return j < at - 1 and self.tokens[j].kind == "comma"

    def is_behind_listed(self, at: int) -> bool:
        """Whether a number, few words and a comma stand before the number at `at`: "24 layers, 32 GPUs"."""
        before = self.tokens[max(0, at - _MAX_LISTED - 2) : at]
        return bool(before) and before[-1].kind == "comma" and any(token.kind == "number" for token in before)

    def may_be_label(self, i: int) -> bool:
        """Whether a name with its number begins the chain: "Option 2 - 6 × 7 = 42", "Gen 2x2 = 20 Gbit/s"."""
        name = self.tokens[i - 1]
        if name.kind != "word" or not i or not name.text[:1].isupper():
            return False
        number, sign, following = self.tokens[i : i + 3]
        dashed = sign.kind == "minus" and not sign.glued and not following.glued
        crossed = sign.text in ("x", "X") and sign.glued and following.glued
        return number.kind == "number" and (dashed or crossed)

    def explains_a_name(self, i: int) -> bool:
        """Whether the bracket at `i` sets something equal beside a name with a value of its own behind the bracket.

        "Raw capacity (GB = 1000^3) = 2000": the capacity is 2000, and no power of 1000.
        """
        close = self.closing.get(i)
        if close is None or not i or self.tokens[i - 1].kind != "word" or self.tokens[close + 1].kind != "relation":
            return False
        name, sign = self.tokens[i + 1 : i + 3]
        return name.kind == "word" and sign.kind == "relation"

    def is_named(self, quantity: Quantity) -> bool:
        """Whether a bare number belongs to the name before it ("Llama 2 = 8e22")."""
        at = bisect_left(self._starts, quantity.span.start)
        before = self.tokens[at - 1] if at else None
        if before is not None and (before.kind == "comma" or before.lower in _NOT_BEFORE_A_RESTATEMENT):
            return True
        if self.goes_on_with_a_number(at) or any(character.isdigit() for character in quantity.remark):
            return True
        return quantity.is_bare and before is not None and before.kind == "word" and before.text[:1].isupper()

    def goes_on_with_a_number(self, at: int) -> bool:
        """Whether a word joins the number at `at` to one before it: "64 nodes with 4 A100 each = 256 GPUs".

        So does a comma with a few words behind it: "5M samples, avg 40 tokens = ...".
        """
        if self.tokens[at - 1].lower not in _JOINS and not self._is_listed(at):
            return False
        for token in reversed(self.tokens[max(0, at - _MAX_BETWEEN) : at - 1]):
            if token.kind in ("stop", "newline", "relation"):
                return False
            if token.kind == "number":
                return True
        return False
