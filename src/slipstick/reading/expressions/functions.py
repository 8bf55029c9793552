"""Functions of bare numbers whose names leave no doubt: "log2(1024)", "ceil(1000/64) batches".

function = ("log2" | "log10" | "ln" | "exp" | "ceil" | "floor") "(" sum ")" [unit-phrase]

"log" alone is one of two, and is not read. The value stands as one number in the place of the call.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from slipstick.reading.expressions.means import MEANS
from slipstick.reading.expressions.tree import Group, Node, Product, Sum, literal, quantities
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.numbers import Number
from slipstick.reading.quantities.quantities import Quantity, unit_phrase

_LARGEST = 690
"""The exponential of more is beyond 1e300."""
_LOGARITHMS = {"log2": math.log10(2), "log10": 1.0, "ln": math.log10(math.e)}
"""What the decimal logarithm is divided by."""
FUNCTIONS = frozenset((*_LOGARITHMS, "exp", "ceil", "floor"))
NAMED = FUNCTIONS | MEANS
"""Words with which what a bracket holds, or a list, becomes one number."""


def function_at(
    tokens: Sequence[Token], closing: Mapping[int, int], i: int, read: Callable[[int], tuple[Node, int] | None]
) -> tuple[Node, int] | None:
    """The function at the word `i` as one number, and the index behind it; `read` reads one sum."""
    end = closing.get(i + 1) if tokens[i + 1].text == "(" and tokens[i + 1].glued else None
    found = read(i + 2) if end is not None else None
    if found is None or end is None or found[1] != end:
        return None
    value = _value(tokens[i].lower, found[0])
    if value is None:
        return None
    span = tokens[i].span.to(tokens[end].span)
    made = Quantity(span, Number(span, value, value if value.denominator == 1 else abs(value) / 10**12))
    phrase = unit_phrase(tokens, end + 1)
    if phrase is None:
        return made, end + 1
    return made._replace(span=span.to(phrase[0].span), unit=phrase[0]), phrase[1]


def with_function_alone(word: str, node: Node, end: int) -> tuple[Node, int]:
    """An expression that begins with `word`, and `end`; a function alone is a product of it: it computes something."""
    alone = word in FUNCTIONS and isinstance(node, Quantity)
    return (Product(node.span, (("*", node),)), end) if alone else (node, end)


def _value(name: str, of: Node) -> Fraction | None:
    """None for numbers with units, ranges or percent signs, and where the function has no value."""
    if not all(q.is_bare and not q.number.is_range and q.number.value > 0 for q in quantities(of)):
        return None
    log = literal(of)
    if name in _LOGARITHMS:
        return _rounded(log / _LOGARITHMS[name]) if math.isfinite(log) else None
    exact = _exact(of)
    if exact is None or not math.isfinite(log):
        return None
    if name == "exp":
        return _rounded(math.exp(exact)) if exact <= _LARGEST else None
    return Fraction(math.ceil(exact) if name == "ceil" else math.floor(exact))


def _rounded(value: float) -> Fraction:
    return Fraction(f"{value:.12g}")


_MOST_BITS = 4000
"""Of a number that is worked out exactly; longer ones would take time that grows with their length."""


def _exact(node: Node) -> Fraction | None:
    """The value of sums, products and quotients of numbers; None for powers, roots, division by zero, long numbers."""
    if isinstance(node, Quantity):
        return node.number.value
    if isinstance(node, Group):
        return _exact(node.inner) if node.unit is None else None
    if not isinstance(node, Product | Sum):
        return None
    total = Fraction(isinstance(node, Product))
    for operator, part in node.parts:
        value = _exact(part)
        if value is None or (operator == "/" and not value):
            return None
        if isinstance(node, Sum):
            total += value if operator == 1 else -value
        else:
            total = total / value if operator == "/" else total * value
        if max(total.numerator.bit_length(), total.denominator.bit_length()) > _MOST_BITS:
            return None
    return total
