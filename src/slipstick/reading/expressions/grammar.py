"""Arithmetic as written: the tree of products, sums, powers and roots over quantities. Recursive descent.

sum     = product {("+" | "-") product}
product = power {("*" | "×" | "x" | "/" | "times" | "divided by" | "for" | "on") power | group}
power   = factor ["^" power]
factor  = quantity | group [unit-phrase] | ("sqrt" | "√") group | mean | function (functions.py)
group   = "(" sum ")"
mean    = "geometric mean" ["of"] "(" sum {"," sum} ")" (means.py)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import log10

from slipstick.reading.expressions.described import described
from slipstick.reading.expressions.functions import NAMED, function_at
from slipstick.reading.expressions.means import MEANS, mean_at
from slipstick.reading.expressions.operands import EACH, goes_on, has_unit, with_rate_aside
from slipstick.reading.expressions.operators import Operators
from slipstick.reading.expressions.remarks import NOTHING_TOLD, Remarks, matching_brackets
from slipstick.reading.expressions.results_in_brackets import begins_inside, result_in_bracket, with_told_range
from slipstick.reading.expressions.slashed_numbers import with_numbers_per_thing
from slipstick.reading.expressions.tree import Group, Node, Power, Product, Root, Sum, literal
from slipstick.reading.lexing.marks import is_assignment, is_multiple_sign, leads_to_footnote
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.bracketed_units import (
    past_adjectives,
    quantity_in_bracket,
    unit_in_bracket,
)
from slipstick.reading.quantities.numbers import Number, read_magnitude, read_number
from slipstick.reading.quantities.powers_of_ten import integer_exponent
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase, unit_phrase
from slipstick.reading.quantities.smaller_parts import with_smaller_parts
from slipstick.source import span_of

_Found = tuple[Node, int] | None
MAX_DEPTH = 40
_SAME = log10(1.01)  # between the decimal logarithms of one number told twice: 1.57e11 (300000 * 512 * 1024)
_RAISING = frozenset(("power", "superscript"))
_TOLD = frozenset(("within", "interval", "open"))  # with which a range begins, or a percent sign in brackets


class ExpressionParser:
    """Reads expressions from tokens. Every method takes an index and returns (node, next index), or None."""

    def __init__(self, tokens: Sequence[Token], marked: Sequence[int] | None = None) -> None:
        self.tokens = tokens
        self.closing = matching_brackets(tokens, range(len(tokens)) if marked is None else marked)
        self.opening = frozenset(self.closing.values())
        """Indices of the closing brackets that close something."""
        self.remarks = Remarks(tokens, self.closing)
        self._known: dict[tuple[str, int], tuple[Node, int] | None] = {}
        self.operators = Operators(tokens, self.closing, self.remarks)
        self.dangling: int | None = None
        """Index of an operator that no number follows ("* utilization"), if the last product ended in one."""

    def sum(self, i: int, depth: int = 0) -> tuple[Node, int] | None:
        """sum = product {("+" | "-") product}"""
        found = self.product(i, depth)
        sign = self.operators.sign(found[1]) if found is not None and self.dangling is None else None
        if found is None or sign is None:
            return found
        parts: list[tuple[int, Node]] = [(1, found[0])]
        i = found[1]
        while sign is not None:
            found = self.product(self.operators.past_term_name(sign.after) if sign.named else sign.after, depth)
            if found is None:
                break
            parts.append((sign.sign, found[0]))
            i = self.operators.past_last_purpose(found[1], i)
            sign = self.operators.sign(i) if self.dangling is None else None
        if len(parts) == 1:
            return parts[0][1], i
        return Sum(parts[0][1].span.to(parts[-1][1].span), tuple(parts)), i

    def product(self, i: int, depth: int = 0) -> tuple[Node, int] | None:
        """product = power {operator power}; sets `dangling` where an operator leads nowhere."""
        self.dangling = None
        found = self.power(i, depth)
        operator = self.operators.between(found[1], found[0], self._is_group) if found is not None else None
        if found is None or operator is None:
            return found
        parts: list[tuple[str, Node]] = [("*", found[0])]
        i = found[1]
        while operator is not None:
            symbol, after, explicit = operator
            found = self._operand(after, depth, after_divide=symbol == "/")
            if found is None:
                if leads_to_footnote(self.tokens, i) or is_multiple_sign(self.tokens, i):
                    break
                if explicit and (self.tokens[after].kind != "relation" or is_assignment(self.tokens, after)):
                    self.dangling = i
                elif explicit:
                    i = after  # a stray operator before "="
                break
            parts.append((symbol, found[0]))
            i = found[1]
            operator = self.operators.between(i, found[0], self._is_group)
        if len(parts) == 1:
            return parts[0][1], i
        parts = with_numbers_per_thing(with_rate_aside(parts))
        return Product(parts[0][1].span.to(parts[-1][1].span), tuple(parts)), i

    def _operand(self, i: int, depth: int, after_divide: bool) -> tuple[Node, int] | None:
        """A factor behind an operator; "about", "~" or the factor's name may stand before its number."""
        if self.tokens[i].kind == "number":
            found = self.power(i, depth, after_divide)
            return self._size(found, depth) if found is not None and after_divide else found
        at = self.operators.past_name(i)
        found = self.power(at, depth, after_divide) or described(self.tokens, self.remarks, at)
        if found is not None and after_divide:
            found = self._size(found, depth)
        if found is None or at == i or not isinstance(found[0], Quantity):
            return found
        said = " ".join(t.text for t in self.tokens[i:at] if t.kind == "word")
        return found[0]._replace(remark=f"{said} {found[0].remark}".strip()), found[1]

    def _size(self, found: tuple[Node, int], depth: int) -> tuple[Node, int]:
        """A size below a slash is one thing: 512x512/16x16 divides by 256."""
        node, i = found
        times = self.tokens[i]
        if times.text not in "xX" or not times.glued or not isinstance(node, Quantity) or not node.is_bare:
            return found
        if (second := self.power(i + 1, depth) if self.tokens[i + 1].glued else None) is None:
            return found
        span = node.span.to(second[0].span)
        return Group(span, Product(span, (("*", node), ("*", second[0])))), second[1]

    def power(self, i: int, depth: int, after_divide: bool = False) -> tuple[Node, int] | None:
        """power = factor ["^" power]"""
        found = self.factor(i, depth, after_divide)
        if found is None or self.tokens[found[1]].kind not in _RAISING or depth > MAX_DEPTH:
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
            return self._with_unit(Power(base.span.to(token.span), base, Quantity(token.span, number)), raised[1])
        exponent = self._once("exponent", i + 1, depth, lambda: self._exponent(i + 1, depth))
        if exponent is None:
            return found
        return self._with_unit(Power(base.span.to(exponent[0].span), base, exponent[0]), exponent[1])

    def _with_unit(self, power: Power, i: int) -> tuple[Node, int]:
        """A power with the unit behind it, which is the power's: 2^20 tokens."""
        phrase = unit_phrase(self.tokens, i)
        if phrase is None:
            return power, i
        return Group(power.span.to(phrase[0].span), power, phrase[0]), phrase[1]

    def _exponent(self, i: int, depth: int) -> tuple[Node, int] | None:
        """exponent = ["-"] number ["/" number] | group | number "^" exponent; a unit behind it is the power's."""
        if self.tokens[i].kind == "open":
            inner = self._group(i, depth)
            return inner if inner is not None and not has_unit(inner[0]) else None  # 3^{2x}
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
        tokens = self.tokens
        if (found := read_number(tokens, i, after_divide)) is None:
            return self._no_number(i, depth, after_divide)
        number, end = found
        kind = tokens[end].kind
        if kind in NOTHING_TOLD and tokens[end + 1].kind != "word":
            return Quantity(number.span, number), end
        span, unit = number.span, None
        if kind in _TOLD:
            number, end, span = with_told_range(tokens, number, end, span)
        phrase = unit_phrase(tokens, end) if tokens[end].kind != "open" else self._unit(end, number)
        if phrase is not None:
            unit, end = phrase
            span = span_of((span.start, unit.span.end))
            if tokens[end].lower in EACH:
                span, end = span.to(tokens[end].span), end + 1
        if tokens[end].kind in NOTHING_TOLD:
            return Quantity(span, number, unit), end
        if tokens[end].kind in _TOLD:
            number, end, span = with_told_range(tokens, number, end, span, unit)
        remark, after = self.remarks.at(end)
        aside = quantity_in_bracket(tokens, self.closing, end) if after > end else None
        made = Quantity(span, number, unit, remark, aside)
        after = self._past_same(made, after, depth) if tokens[after].text == "(" else after
        joined = with_smaller_parts(tokens, end, made) if tokens[end].kind == "number" else None
        return (joined[0], self.remarks.at(joined[1])[1]) if joined else (made, after)

    def _no_number(self, i: int, depth: int, after_divide: bool) -> tuple[Node, int] | None:
        """A factor that begins with no number: a group, a root, a mean, a sign."""
        kind = self.tokens[i].kind
        if kind == "open":
            return self._group(i, depth)
        if kind == "root" or self.tokens[i].lower == "sqrt":
            return self._root(i, depth)
        if kind == "word":
            return self._named(i, depth) if self.tokens[i].lower in NAMED else None
        return self._negative(i, depth, after_divide) if kind == "minus" else None

    def _past_same(self, made: Quantity, i: int, depth: int) -> int:
        """Past a bracket that says the number before it once more: "10 days * 86400 (24 * 3600) * 312e12"."""
        found = None if self.tokens[i].glued or depth >= MAX_DEPTH else self._group(i, depth)
        apart = abs(literal(found[0]) - literal(made)) if found is not None else 1.0
        if found is not None and goes_on(self.tokens, found[1]):
            return found[1] if apart < _SAME else i
        self.operators.note_same(i, made, apart)
        return i

    def _negative(self, i: int, depth: int, after_divide: bool) -> tuple[Node, int] | None:
        """A number with its sign at `i`: "-5", "−$300"; none is a sum's minus, a range or a power."""
        if self.tokens[i + 1].kind not in ("number", "currency") or not self.tokens[i + 1].glued:
            return None
        made, end = self.factor(i + 1, depth, after_divide) or (None, i)
        if not isinstance(made, Quantity) or made.number.is_range:
            return None
        if self.tokens[end].kind in ("power", "superscript", "range"):
            return None
        number = made.number._replace(span=self.tokens[i].span.to(made.number.span), value=-made.number.value)
        return made._replace(span=self.tokens[i].span.to(made.span), number=number), end

    def _unit(self, i: int, number: Number | None = None) -> tuple[UnitPhrase, int] | None:
        """The unit at `i` behind a number or a group, perhaps in brackets of its own."""
        inside = self.tokens[i].kind == "open"
        return unit_in_bracket(self.tokens, self.closing, i, number) if inside else unit_phrase(self.tokens, i)

    def _is_group(self, i: int) -> bool:
        return self._group(i, 0) is not None

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
        found = self.sum(begins_inside(self.tokens, i, self.operators.past_name), depth + 1)
        if found is not None and self.tokens[found[1]].kind == "relation" and self.dangling is None:
            result = result_in_bracket(self.tokens, i, end, found, lambda at: self.factor(at, depth + 1))
            found = result or found
            if result is not None:
                self.remarks.calculates(i)
        cited = self.tokens[i].text == "[" and self.tokens[i - 1].kind not in ("times", "divide")
        cited = cited and found is not None and isinstance(found[0], Quantity) and found[0].is_bare
        if found is None or cited or past_adjectives(self.tokens, found[1]) != end or self.dangling is not None:
            self.dangling = None
            return None
        span = self.tokens[i].span.to(self.tokens[end].span)
        phrase = self._unit(end + 1)
        after = phrase[1] if phrase else end + 1
        remark = ""
        beside = self.tokens[after].kind == "open" and (self.tokens[after].glued or has_unit(found[0]))
        if not (beside and self._group(after, depth + 1) is not None):
            remark, after = self.remarks.at(after)
        whole = span.to(phrase[0].span) if phrase else span
        return Group(whole, found[0], phrase[0] if phrase else None, remark), after

    def _named(self, i: int, depth: int) -> tuple[Node, int] | None:
        of = mean_at if self.tokens[i].lower in MEANS else function_at
        return self._once("named", i, depth, lambda: of(self.tokens, self.closing, i, lambda j: self.sum(j, depth + 1)))

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
