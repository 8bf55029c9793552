"""Arithmetic as written: the tree of products, sums, powers and roots over quantities. Recursive descent.

sum     = product {("+" | "-") product}
product = power {("*" | "×" | "x" | "/" | "times" | "divided by" | "for" | "on") power | group}
power   = factor ["^" power]
factor  = quantity | group [unit-phrase] | ("sqrt" | "√") group | mean
group   = "(" sum ")"
mean    = "geometric mean" ["of"] "(" sum {"," sum} ")"
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from slipstick.reading.numbers import Number, integer_exponent, read_magnitude, read_number
from slipstick.reading.operands import devices_and_time, has_unit, is_share, rate_follows
from slipstick.reading.quantities import Quantity, unit_phrase
from slipstick.reading.remarks import Remarks, matching_brackets
from slipstick.reading.tokens import Token
from slipstick.reading.tree import Group, Node, Power, Product, Root, Sum

_Found = tuple[Node, int] | None

MAX_DEPTH = 40
_ABOUT = frozenset(("~", "≈", ">", "<", "∼"))
_MAX_NAME = 5


class ExpressionParser:
    """Reads expressions from tokens. Every method takes an index and returns (node, next index), or None."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.closing = matching_brackets(tokens)
        self.remarks = Remarks(tokens, self.closing)
        self._known: dict[tuple[str, int], tuple[Node, int] | None] = {}
        self.in_claim = False
        """Whether a result is read: what follows it by "and" or "with" is no factor of it."""
        self.dangling: int | None = None
        """Index of an operator that no number follows ("* utilization"), if the last product ended in one."""

    def sum(self, i: int, depth: int = 0) -> tuple[Node, int] | None:
        """sum = product {("+" | "-") product}"""
        found = self.product(i, depth)
        if found is None:
            return None
        parts: list[tuple[int, Node]] = [(1, found[0])]
        i = found[1]
        while self.dangling is None and (sign := self._sign(i)) is not None:
            found = self.product(self._past_name(sign[1]), depth)
            if found is None:
                break
            parts.append((sign[0], found[0]))
            i = found[1]
        if len(parts) == 1:
            return parts[0][1], i
        return Sum(parts[0][1].span.to(parts[-1][1].span), tuple(parts)), i

    def _sign(self, i: int) -> tuple[int, int] | None:
        """A plus or a minus (blanks on both sides or on none: "5 -3" is no difference)."""
        word = self.tokens[i].text.lower()
        if self.tokens[i].kind == "plus" or word == "plus":
            return 1, self._past_newline(i + 1)
        evenly = self.tokens[i].kind == "minus" and self.tokens[i].glued == self.tokens[i + 1].glued
        if word == "minus" or (evenly and word in ("-", "−")):
            return -1, i + 1
        return None

    def _past_newline(self, i: int) -> int:
        return i + 1 if self.tokens[i].kind == "newline" else i

    def product(self, i: int, depth: int = 0) -> tuple[Node, int] | None:
        """product = power {operator power}; sets `dangling` where an operator leads nowhere."""
        self.dangling = None
        found = self.power(i, depth)
        if found is None:
            return None
        parts: list[tuple[str, Node]] = [("*", found[0])]
        i = found[1]
        while (operator := self._operator(i, parts[-1][1])) is not None:
            symbol, after, explicit = operator
            found = self._operand(after, depth, after_divide=symbol == "/")
            if found is None:
                if explicit and self.tokens[after].kind != "relation":
                    self.dangling = i
                elif explicit:
                    i = after  # a stray operator before "="
                break
            parts.append((symbol, found[0]))
            i = found[1]
        if len(parts) == 1:
            return parts[0][1], i
        return Product(parts[0][1].span.to(parts[-1][1].span), tuple(parts)), i

    def _operand(self, i: int, depth: int, after_divide: bool) -> tuple[Node, int] | None:
        """A factor behind an operator; "about", "~" or the factor's name may stand before its number."""
        at = self._past_name(i)
        found = self.power(at, depth, after_divide)
        if found is None or at == i or not isinstance(found[0], Quantity):
            return found
        said = " ".join(t.text for t in self.tokens[i:at] if t.kind == "word")
        return found[0]._replace(remark=f"{said} {found[0].remark}".strip()), found[1]

    def _past_name(self, i: int) -> int:
        """Past what may stand between an operator and its number: "~", "about", "peak", "N ("."""
        j = i
        while j - i < _MAX_NAME and self._may_name(j):
            if self.tokens[j].text.lower() in ("sqrt", "geometric", "geomean", "gmean"):
                return j
            j += 1
        if j == i:
            return i
        if self.tokens[j].kind == "open" and (end := self.closing.get(j)) is not None:
            value = read_number(self.tokens, j + 1)
            return j if value is not None and end - j <= 8 and not self.remarks.is_numeric(j, words=True) else i
        return j if self.tokens[j].kind in ("number", "currency") else i

    def _may_name(self, i: int) -> bool:
        token = self.tokens[i]
        return token.kind == "word" or token.text in _ABOUT or self.remarks.joins_words(i)

    def _operator(self, i: int, before: Node) -> tuple[str, int, bool] | None:
        """Operator at `i`: its symbol, the index after it, and whether it was written as one."""
        at = self._continued(i)
        kind, word = self.tokens[at].kind, self.tokens[at].text.lower()
        if kind in ("times", "divide"):
            return ("/" if kind == "divide" else "*"), self._past_newline(at + 1), True
        if word == "times" and self.tokens[i + 1].kind in ("number", "open", "currency"):
            return "*", i + 1, True
        if word in ("divided", "multiplied") and self.tokens[i + 1].text.lower() == "by":
            return ("/" if word == "divided" else "*"), i + 2, True
        if self.tokens[i].kind == "open" and self._multiplies(i, before):
            return "*", i, False
        if word == "of" and self.tokens[i + 1].kind == "number" and is_share(before):
            return "*", i + 1, False
        if not self.in_claim and word in ("at", "@", "with", "and") and rate_follows(self.tokens, i + 1, before, word):
            return "*", i + 1, False
        if (
            word in ("for", "on", "using")
            and self.tokens[i + 1].kind == "number"
            and devices_and_time(self.tokens, before, word, i)
        ):
            return "*", i + 1, False
        return None

    def _continued(self, i: int) -> int:
        """Past one line break, where the next line goes on with an operator that is no list bullet."""
        following = self.tokens[i + 1]
        goes_on = self.tokens[i].kind == "newline" and following.kind in ("times", "divide") and following.text != "*"
        return i + 1 if goes_on else i

    def _multiplies(self, i: int, before: Node) -> bool:
        """Whether the bracket at `i` is a factor: (a)(b), 6(1.5e9), and not a remark."""
        if self.closing.get(i) is None or self.tokens[i].text != "(":
            return False
        if isinstance(before, Group) and self._group(i, 0) is not None and (self.tokens[i].glued or has_unit(before)):
            return True
        if not self.remarks.is_numeric(i):
            return False
        return isinstance(before, Group | Root) or (isinstance(before, Quantity) and before.is_bare)

    def power(self, i: int, depth: int, after_divide: bool = False) -> tuple[Node, int] | None:
        """power = factor ["^" power]"""
        found = self.factor(i, depth, after_divide)
        if found is None or self.tokens[found[1]].kind not in ("power", "superscript") or depth > MAX_DEPTH:
            return found
        base, i = found
        if isinstance(base, Quantity) and base.unit is not None:
            return found
        if self.tokens[i].kind == "superscript":
            raised = integer_exponent(self.tokens, i)
            token = self.tokens[i]
            if raised is None:
                return found
            number = Number(token.span, Fraction(raised[0]), Fraction(1))
            return Power(base.span.to(token.span), base, Quantity(token.span, number)), raised[1]
        exponent = self._once("exponent", i + 1, depth, lambda: self._exponent(i + 1, depth))
        if exponent is None:
            return found
        power = Power(base.span.to(exponent[0].span), base, exponent[0])
        phrase = unit_phrase(self.tokens, exponent[1])
        if phrase is None:
            return power, exponent[1]
        return Group(power.span.to(phrase[0].span), power, phrase[0]), phrase[1]

    def _exponent(self, i: int, depth: int) -> tuple[Node, int] | None:
        """exponent = ["-"] number ["/" number] | group | number "^" exponent; a unit behind it is the power's."""
        if self.tokens[i].kind == "open":
            return self._group(i, depth)
        sign = -1 if self.tokens[i].kind == "minus" else 1
        found = read_magnitude(self.tokens, i + (sign < 0))
        if found is None:
            return None
        number, i = found
        below = read_magnitude(self.tokens, i + 1) if self.tokens[i].text == "/" and self.tokens[i].glued else None
        if below is not None and number.value == 1 and below[0].value in (2, 3) and self.tokens[i + 1].glued:
            number, i = number._replace(value=1 / below[0].value, span=number.span.to(below[0].span)), below[1]
        base = Quantity(number.span, number._replace(value=sign * number.value))
        if self.tokens[i].kind != "power":
            return base, i
        upper = self._once("exponent", i + 1, depth + 1, lambda: self._exponent(i + 1, depth + 1))
        return (Power(base.span.to(upper[0].span), base, upper[0]), upper[1]) if upper is not None else None

    def factor(self, i: int, depth: int, after_divide: bool = False) -> tuple[Node, int] | None:
        """factor = quantity | group [unit-phrase] | root group | mean"""
        if self.tokens[i].kind == "open":
            return self._group(i, depth)
        if self.tokens[i].kind == "root" or self.tokens[i].text.lower() == "sqrt":
            return self._root(i, depth)
        if self.tokens[i].text.lower() in ("geometric", "geomean", "gmean"):
            return self._once("mean", i, depth, lambda: self._mean(i, depth))
        found = read_number(self.tokens, i, after_divide)
        if found is None:
            return None
        number, i = found
        phrase = unit_phrase(self.tokens, i) if self.tokens[i].kind not in ("power", "superscript") else None
        end = phrase[1] if phrase else i
        remark, after = self.remarks.at(end)
        span = number.span.to(phrase[0].span) if phrase else number.span
        return Quantity(span, number, phrase[0] if phrase else None, remark), after

    def _group(self, i: int, depth: int) -> tuple[Node, int] | None:
        if self.closing.get(i) is None:
            return None
        return self._once("group", i, depth, lambda: self._read_group(i, self.closing[i], depth))

    def _once(self, what: str, i: int, depth: int, read: Callable[[], _Found]) -> _Found:
        """Read what nests no more than once at each place, and no deeper than `MAX_DEPTH`."""
        if (what, i) not in self._known:
            self._known[what, i] = read() if depth < MAX_DEPTH else None
        return self._known[what, i]

    def _read_group(self, i: int, end: int, depth: int) -> tuple[Node, int] | None:
        first = i + 1
        if self.tokens[first].kind == "word" and self.tokens[first + 1].text == "=":
            first += 2  # (N = 7B)
        found = self.sum(first, depth + 1)
        if found is None or found[1] != end or self.dangling is not None:
            self.dangling = None
            return None
        span = self.tokens[i].span.to(self.tokens[end].span)
        phrase = unit_phrase(self.tokens, end + 1)
        after = phrase[1] if phrase else end + 1
        remark = ""
        beside = self.tokens[after].kind == "open" and (self.tokens[after].glued or has_unit(found[0]))
        if not (beside and self._group(after, depth + 1) is not None):
            remark, after = self.remarks.at(after)
        whole = span.to(phrase[0].span) if phrase else span
        return Group(whole, found[0], phrase[0] if phrase else None, remark), after

    def _root(self, i: int, depth: int) -> tuple[Node, int] | None:
        bare = self.tokens[i + 1].kind == "number" and depth < MAX_DEPTH
        found = self.factor(i + 1, depth + 1) if bare else self._group(i + 1, depth)
        if found is None:
            return None
        node, after = found
        inner = node._replace(unit=None) if isinstance(node, Group) else node
        root = Root(self.tokens[i].span.to(inner.span), "root", (inner,))
        if isinstance(node, Group) and node.unit is not None:
            return Group(self.tokens[i].span.to(node.span), root, node.unit, node.remark), after
        return root, after

    def _mean(self, i: int, depth: int) -> tuple[Node, int] | None:
        start = i
        i += 2 if self.tokens[i + 1].text.lower() in ("mean", "average") else 1
        if self.tokens[start].text.lower() == "geometric" and i != start + 2:
            return None
        i += self.tokens[i].text.lower() == "of" or self.tokens[i].text == ":"
        end = self.closing.get(i) if self.tokens[i].kind == "open" else None
        i += end is not None
        arguments: list[Node] = []
        while len(arguments) < 20 and depth < MAX_DEPTH and (found := self.sum(i, depth + 1)) is not None:
            arguments.append(found[0])
            i = found[1]
            separators = 0
            while self.tokens[i].kind == "comma" or self.tokens[i].text.lower() == "and":
                i, separators = i + 1, separators + 1
            if not separators:
                break
        if len(arguments) < 2 or (end is not None and i != end):
            return None
        i = end + 1 if end is not None else i
        return Root(self.tokens[start].span.to(self.tokens[i - 1].span), "mean", tuple(arguments)), i
