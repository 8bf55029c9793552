"""Chains of equals, and the calculations in them: which side computes, which sides claim.

    chain  = sum {relation side}
    relation = "=" | "~" | "≈" | "->" | "is" | "gives" | "we get" | ... {"about" | "a total of" | ...}
    prose  = "multiplying" quantity "by" quantity {("," | "and" | "by") quantity} ["," ] relation side
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from slipstick.reading.expressions import (
    ExpressionParser,
    Group,
    Node,
    Power,
    Product,
    Root,
    Sum,
    is_arithmetic,
    quantities,
)
from slipstick.reading.arithmetic import magnitude
from slipstick.reading.numbers import kind_at, read_number
from slipstick.reading.quantities import Quantity
from slipstick.reading.spelling import part_at, unit_of
from slipstick.reading.tokens import Token, tokenize
from slipstick.source import Span

_ARROWS = frozenset(("->", "→", "⇒", "=>", "-->", "==>", "—>", "–>"))
_APPROXIMATELY = frozenset("about approximately approx roughly around nearly only some circa ca almost @ ~ ≈ > <".split())
_VERBS = (
    "is equal to", "which is equal to", "equal to", "equals", "which equals", "equaling", "is", "which is", "are",
    "which gives", "giving", "gives", "give", "yields", "yielding", "which yields", "makes", "we get", "you get", "one gets",
    "we obtain", "resulting in", "results in", "comes to", "comes out to", "comes out at", "amounts to", "for a total of",
    "or a total of", "a total of", "totals", "totaling", "totalling", "or about", "or roughly", "or approximately", "i.e.",
    "that is", "that's", "this is", "this gives", "which makes",
)  # fmt: skip
_PHRASES = frozenset(tuple(v.split()) for v in _VERBS)
_FUNCTIONS = frozenset("log ln exp log10 log2 max min sin cos tanh floor ceil round O".split())


@dataclass(frozen=True)
class WrittenClaim:
    """A side that asserts the result. `by_word` where a verb and no sign asserts it."""

    node: Node
    relation: str
    by_word: bool = False
    bound: str = ""
    """low for "at least", high for "at most", else empty."""

    @property
    def span(self) -> Span:
        """The claim's place."""
        return self.node.span


@dataclass(frozen=True)
class WrittenCalculation:
    """An expression with the sides that claim its result, as written; `label` names it from outside ("22 years =")."""

    span: Span
    kind: str
    expression: Node
    claims: tuple[WrittenClaim, ...] = ()
    label: Quantity | None = None


@dataclass(frozen=True)
class UnreadPlace:
    """A place with arithmetic that was seen and not read, and why."""

    span: Span
    reason: str


@dataclass
class Document:
    """All that was found in one text, in order."""

    calculations: list[WrittenCalculation] = field(default_factory=list)
    expressions: list[WrittenCalculation] = field(default_factory=list)
    unread: list[UnreadPlace] = field(default_factory=list)
    numbers_seen: int = 0


@dataclass
class _Side:
    node: Node
    relation: str
    by_word: bool


def literal(node: Node) -> float:
    """Decimal logarithm of the value of the written numbers alone, roughly; nan-free: inf where there is none."""
    if isinstance(node, Quantity):
        return magnitude(node.number.value) if node.number.value > 0 else inf
    if isinstance(node, Group):
        return literal(node.inner)
    if isinstance(node, Product):
        return sum(literal(part) * (1 if op == "*" else -1) for op, part in node.parts)
    if isinstance(node, Root):
        return sum(map(literal, node.arguments)) / (2 if len(node.arguments) == 1 else len(node.arguments))
    return inf


def kind_of(node: Node) -> str:
    """product, quotient, sum, power, root, mean or restatement: the outermost operation."""
    if isinstance(node, Group):
        return kind_of(node.inner)
    if isinstance(node, Product):
        return "quotient" if len(node.parts) == 2 and node.parts[1][0] == "/" else "product"
    if isinstance(node, Root):
        return node.name
    return "sum" if isinstance(node, Sum) else "power" if isinstance(node, Power) else "restatement"


class DocumentReader:
    """Finds every chain of a text, from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens = tokenize(text)
        self.parser = ExpressionParser(self.tokens)
        self.found = Document(numbers_seen=sum(t.kind == "number" for t in self.tokens))

    def read(self) -> Document:
        """All calculations, expressions without a result and places not read."""
        i = 0
        while i < len(self.tokens):
            i = max(i + 1, self._at(i))
        return self.found

    def _at(self, i: int) -> int:
        token = self.tokens[i]
        if token.kind == "word":
            named = self._name_end(i)
            if named is not None:
                return named
            if token.text.lower() in ("multiplying", "multiply"):
                return self._prose(i)
            if token.text.lower() not in ("sqrt", "geometric", "geomean", "gmean"):
                return i + 1
        elif token.kind not in ("number", "currency", "open", "root"):
            return i + 1
        if token.kind == "open" and i and self.tokens[i - 1].kind == "word" and token.glued:
            return i + 1  # f(2*3)
        return self._chain(i)

    def _name_end(self, i: int) -> int | None:
        """Past a part's name with a number in it ("RTX 3090"), that no number of it is read."""
        words = [t.text for t in self.tokens[i : i + 4] if t.kind in ("word", "number")]
        named = part_at(words)
        return i + named[1] if named and named[1] > 1 and self.tokens[i + named[1] - 1].kind == "number" else None

    def _chain(self, i: int) -> int:
        first = self.parser.sum(i)
        if first is None:
            if self.tokens[i].kind == "number" and read_number(self.tokens, i) is None:
                self._unread(self.tokens[i].span, "a number beyond 1e300, below 1e-300 or of more than 400 digits")
            return i + 1
        node, end = first
        if self.parser.dangling is not None or self._is_cut_off(i, node):
            if is_arithmetic(node) or self.parser.dangling is not None:
                self._unread(node.span, "a factor is in words or a symbol")
            return max(end, (self.parser.dangling or 0) + 1)
        sides, end = self._sides([_Side(node, "", False)], end)
        self._interpret(sides)
        return end

    def _sides(self, sides: list[_Side], end: int) -> tuple[list[_Side], int]:
        """All sides that follow by relations."""
        while (relation := self._relation(end, sides)) is not None:
            sign, at, by_word = relation
            found = self.parser.sum(at)
            if found is None or self.parser.dangling is not None:
                break
            claim, after = self._without_difference(found, at)
            sides.append(_Side(claim, sign, by_word))
            end = after
            if by_word:
                break
        return sides, end

    def _without_difference(self, found: tuple[Node, int], at: int) -> tuple[Node, int]:
        """A claim is no difference unless a further result follows: "= 30 - 2 of them" claims 30."""
        node, end = found
        if isinstance(node, Sum) and kind_at(self.tokens, end) != "relation":
            product = self.parser.product(at)
            return product if product is not None and self.parser.dangling is None else found
        return found

    def _relation(self, i: int, sides: list[_Side]) -> tuple[str, int, bool] | None:
        """A relation at `i`: its sign, the index of the next side, and whether a verb stands for it."""
        arithmetic = any(is_arithmetic(s.node) for s in sides)
        at, lines = i, 0
        while self.parser.kind(at) == "newline" and lines < 3 and arithmetic:
            at, lines = at + 1, lines + 1
        if self.parser.kind(at) == "relation" and not (lines > 1 and self.parser.text(at) in "~≈"):
            return self.parser.text(at), self._past_approximately(at + 1), False
        if not arithmetic:
            return None
        at = i + 1 if self.parser.kind(i) == "comma" else i
        for length in (4, 3, 2, 1):
            words = tuple(t.text.lower() for t in self.tokens[at : at + length])
            if words in _PHRASES and not (length == 1 and words == ("are",)):
                return " ".join(words), self._past_approximately(at + length), True
        return None

    def _past_approximately(self, i: int) -> int:
        if self.parser.kind(i) == "newline":
            i += 1
        for _ in range(4):
            text = self.parser.text(i).lower()
            opens_total = text in ("a", "total", "of") and "total" in (text, self.parser.text(i + 1).lower(), self.parser.text(i - 1).lower())
            if text in _APPROXIMATELY or opens_total:
                i += 1
        return i

    def _is_cut_off(self, i: int, node: Node) -> bool:
        """Whether an operator or a function stands before the first factor, with words on its other side."""
        if i == 0:
            return False
        before = self.tokens[i - 1]
        at_line_start = i == 1 or self.tokens[i - 2].kind == "newline"
        if before.kind in ("times", "plus"):
            return not at_line_start
        if before.kind in ("divide", "power", "root"):
            return True
        if before.kind == "minus":
            return before.glued and self.tokens[i].glued and not at_line_start
        return before.kind == "word" and before.text in _FUNCTIONS

    def _prose(self, i: int) -> int:
        """ "Multiplying 7 s by 41% MFU, 989 TFLOP/s and 6144 H100s, we get ..." """
        parts: list[tuple[str, Node]] = []
        at = i + 1
        while len(parts) < 30 and (found := self.parser.factor(at, 0)) is not None:
            parts.append(("*", found[0]))
            end = at = found[1]
            while self.parser.kind(at) == "comma" or self.parser.text(at).lower() in ("by", "and", "with"):
                at += 1
        if len(parts) < 2:
            return i + 1
        product = Product(self.tokens[i].span.to(parts[-1][1].span), tuple(parts))
        sides, end = self._sides([_Side(product, "", False)], end)
        self._interpret(sides)
        return end

    def _unread(self, span: Span, reason: str) -> None:
        self.found.unread.append(UnreadPlace(span, reason))

    def _interpret(self, sides: list[_Side]) -> None:
        """Decide which side is the expression and which sides claim its result."""
        index = next((k for k, s in enumerate(sides) if is_arithmetic(s.node)), None)
        if index is None:
            return self._restatement(sides)
        if index and index == len(sides) - 1 and sides[index].relation not in _ARROWS:
            return self._result_first(sides[index - 1], sides[index])
        label = sides[index - 1].node if index else None
        claims: list[WrittenClaim] = []
        expression = sides[index].node
        for k, side in enumerate(sides[index + 1 :], index + 1):
            if is_arithmetic(side.node):
                if side.relation in _ARROWS:
                    self._add(expression, claims, label)
                    return self._interpret(sides[k:])
                first = self._claimed_factor(expression, side, sides[k + 1 :])
                if first is not None:
                    claims.append(WrittenClaim(first, side.relation, side.by_word))
                    self._add(expression, claims, label)
                    return self._interpret([_Side(side.node, "", False), *sides[k + 1 :]])
            claims.append(WrittenClaim(side.node, side.relation, side.by_word))
        self._add(expression, claims, label)

    def _claimed_factor(self, expression: Node, side: _Side, after: list[_Side]) -> Quantity | None:
        """The first factor of a side that is the claim and starts the next calculation (6*7 = 42 * 2 = 84)."""
        if not isinstance(side.node, Product) or not isinstance(side.node.parts[0][1], Quantity) or not after:
            return None
        first = side.node.parts[0][1]
        value = literal(expression)
        return first if abs(literal(first) - value) < abs(literal(side.node) - value) else None

    def _result_first(self, result: _Side, expression: _Side) -> None:
        claim = WrittenClaim(result.node, expression.relation)
        span = result.node.span.to(expression.node.span)
        self.found.calculations.append(WrittenCalculation(span, kind_of(expression.node), expression.node, (claim,)))

    def _restatement(self, sides: list[_Side]) -> None:
        """One quantity in two notations; a name with a number ("12 heads = 8") is none."""
        if len(sides) < 2 or any(s.by_word for s in sides[1:]) or sides[1].relation in _ARROWS:
            return
        first, second = sides[0].node, sides[1].node
        if not isinstance(first, Quantity) or not isinstance(second, Quantity):
            return
        if first.number.is_range or second.number.is_range or self._is_named(first):
            return
        both_known = all(q.unit is not None and q.unit.known and not q.role for q in (first, second))
        notations = first.is_bare and second.is_bare and first.number.value >= 1000
        if both_known or notations:
            claims = tuple(WrittenClaim(s.node, s.relation) for s in sides[1:])
            span = first.span.to(claims[-1].span)
            self.found.calculations.append(WrittenCalculation(span, "restatement", first, claims))

    def _is_named(self, quantity: Quantity) -> bool:
        """Whether a bare number belongs to the name before it ("Llama 2 = 8e22")."""
        at = next(i for i, t in enumerate(self.tokens) if t.span.start >= quantity.span.start)
        before = self.tokens[at - 1] if at else None
        return quantity.is_bare and before is not None and before.kind == "word" and before.text[:1].isupper()

    def _add(self, expression: Node, claims: list[WrittenClaim], label: Node | None) -> None:
        if not claims:
            if len(quantities(expression)) > 1 and not _is_size(expression):
                self.found.expressions.append(WrittenCalculation(expression.span, kind_of(expression), expression))
            return
        span = expression.span.to(claims[-1].span)
        name = label if isinstance(label, Quantity) else None
        self.found.calculations.append(WrittenCalculation(span, kind_of(expression), expression, tuple(claims), name))


def _is_size(node: Node) -> bool:
    """Dimensions, date ranges and ratios of plain numbers: 224x224, 2012-2016, 1/8, with no result claimed."""
    parts = node.parts if isinstance(node, Product | Sum) else ()
    plain = all(isinstance(p, Quantity) and (p.is_bare or n) and p.number.value < 10_000 for n, (_, p) in enumerate(parts))
    return bool(parts) and len(parts) <= 3 and plain


def read_document(text: str) -> Document:
    """Every calculation, expression and unread place of a text, as written. Never raises."""
    return DocumentReader(text).read()
