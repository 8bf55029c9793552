"""The same terms with one more pair of brackets: what the writer may have computed, and did not write.

`a + b * c` with `(a + b) * c`, `a / b * c` with `a / (b * c)`. Only pairs that change what is computed, around a run of
terms of the outermost level or inside one bracket of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from slipstick.reading.expressions.tree import Group, Node, Product, Sum

_MOST_TERMS = 8
_MOST = 12


class Bracketing(NamedTuple):
    """An expression with one pair of brackets more; `inside` is what stands in it."""

    expression: Node
    inside: Node


class _Term(NamedTuple):
    """An operand with the operator before it: + - * /."""

    operator: str
    node: Node


def bracketings(node: Node) -> list[Bracketing]:
    """At most a dozen of them, from left to right, those of the outermost level first."""
    terms = _terms(node)
    found = list(_around_runs(terms))
    for n, term in enumerate(terms):
        if isinstance(term.node, Group):
            for inner, inside in _around_runs(_terms(term.node.inner)):
                changed = _Term(term.operator, term.node._replace(inner=inner))
                found.append(Bracketing(_joined([*terms[:n], changed, *terms[n + 1 :]]), inside))
    return found[:_MOST]


def _terms(node: Node) -> list[_Term]:
    """The operands of a sum of products, in writing order; none where there are more than eight."""
    found: list[_Term] = []
    parts = node.parts if isinstance(node, Sum) else ((1, node),)
    for sign, part in parts:
        factors = part.parts if isinstance(part, Product) else (("*", part),)
        first, *rest = factors
        found.append(_Term("+" if sign > 0 else "-", first[1]))
        found.extend(_Term(operator, factor) for operator, factor in rest)
    usable = len(found) <= _MOST_TERMS and found[0].operator == "+"
    return found if usable and isinstance(node, Sum | Product) else []


def _around_runs(terms: Sequence[_Term]) -> Iterator[Bracketing]:
    for start in range(len(terms)):
        for end in range(start + 2, len(terms) + 1):
            if end - start < len(terms) and _changes(terms, start, end):
                inside = _joined([_Term("+", terms[start].node), *terms[start + 1 : end]])
                group = _Term(terms[start].operator, Group(inside.span, inside))
                yield Bracketing(_joined([*terms[:start], group, *terms[end:]]), inside)


def _changes(terms: Sequence[_Term], start: int, end: int) -> bool:
    """Whether brackets around a run change what is computed."""
    within = {t.operator for t in terms[start + 1 : end]}
    before = terms[start].operator if start else "+"
    after = terms[end].operator if end < len(terms) else "+"
    if within & {"+", "-"}:
        return before in "*/-" or after in "*/"
    return before == "/"


def _joined(terms: Sequence[_Term]) -> Node:
    """Operands with their operators as a tree: products bind tighter than sums."""
    products: list[list[_Term]] = []
    for term in terms:
        if term.operator in "+-":
            products.append([term])
        else:
            products[-1].append(term)
    made = [(1 if p[0].operator == "+" else -1, _product(p)) for p in products]
    if len(made) == 1 and made[0][0] == 1:
        return made[0][1]
    return Sum(made[0][1].span.to(made[-1][1].span), tuple(made))


def _product(terms: Sequence[_Term]) -> Node:
    if len(terms) == 1:
        return terms[0].node
    parts = (("*", terms[0].node), *((t.operator, t.node) for t in terms[1:]))
    return Product(terms[0].node.span.to(terms[-1].node.span), parts)
