"""Sizes of images, arrays and kernels, which are written as products and are none: 224x224, 64x64x4."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import log10

from slipstick.reading.expressions.tree import Node, Product, Sum, literal
from slipstick.reading.quantities.noun_meanings import TIMES
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import dimension_of, is_device

_PREFIXES = (0, 3, 6, 9, 12)
"""Powers of ten by which a claim may be larger than its digits: "= 65.5 kpixels"."""
_NEAR = log10(1.3)
_LARGEST = 10_000


def is_square(node: Node) -> bool:
    """A size such as 256x256: one number times itself, without blanks."""
    parts = [p for _, p in node.parts] if isinstance(node, Product) else []
    last = parts[-1] if parts else None
    bare = all(isinstance(p, Quantity) and (p.is_bare or p is last) for p in parts)
    same = bare and all(isinstance(p, Quantity) and p.number.value == _first_value(parts) for p in parts)
    return len(parts) > 1 and same and all(b.span.start == a.span.end + 1 for a, b in pairwise(parts))


def _first_value(parts: list[Node]) -> Fraction | None:
    return parts[0].number.value if isinstance(parts[0], Quantity) else None


def is_size(node: Node) -> bool:
    """Dimensions, date ranges and ratios of plain numbers: 224x224, 2012-2016, 1/8, with no result claimed."""
    parts = node.parts if isinstance(node, Product | Sum) else ()
    plain = all(
        isinstance(p, Quantity) and (p.is_bare or n) and p.number.value < _LARGEST for n, (_, p) in enumerate(parts)
    )
    return bool(parts) and len(parts) <= 3 and plain


def _shared_length(node: Node) -> list[Quantity]:
    """The factors of a size whose unit of length stands behind the last of them alone, "10 x 12 ft"; else none."""
    last = node.parts[-1][1] if isinstance(node, Product) else None
    if not isinstance(node, Product) or not isinstance(last, Quantity) or last.unit is None:
        return []
    if dimension_of(last.meaning(False)) != _LENGTH or any(operator != "*" for operator, _ in node.parts):
        return []
    factors = [part for _, part in node.parts if isinstance(part, Quantity)]
    return factors if len(factors) == len(node.parts) and all(factor.is_bare for factor in factors[:-1]) else []


_LENGTH = (("meter", 1),)


def with_shared_length(expression: Node, claim: Node) -> Node:
    """A size with its unit of length at each number, where an area or a volume is claimed: "10 x 12 ft = 120 sq ft"."""
    factors = _shared_length(expression)
    if not factors or not isinstance(claim, Quantity) or not isinstance(expression, Product):
        return expression
    unit = factors[-1].unit
    if unit is None or len(factors) < 2 or dimension_of(claim.meaning(False)) != (("meter", len(factors)),):
        return expression
    each = [f if f is factors[-1] else f._replace(unit=unit._replace(span=f.number.span)) for f in factors]
    return expression._replace(parts=tuple([("*", factor) for factor in each]))


def is_size_in_table(expression: Node, claim: Node, relation: str) -> bool:
    """Whether a cell behind a size may be its area: "4 x 6 ft | 24", whose unit the head of the column has."""
    return relation == "|" and isinstance(claim, Quantity) and claim.is_bare and bool(_shared_length(expression))


def has_size(expression: Node, claim: Node) -> bool:
    """Whether a claim says what a thing of some size has, and not how large it is.

    "800x1333 ≈ 200 GFLOPs", "224x224 = 196 tokens", "512x512 = 64x64x4". What is in the claim's own unit is computed:
    "16×128×2B = 8192B".
    """
    if not _is_dimensions(expression) or _in_unit_of(expression, claim):
        return False
    if not _is_dimensions(claim) and not (isinstance(claim, Quantity) and _is_held(claim)):
        return False
    ratio = literal(expression) - literal(claim)
    return all(abs(ratio - power) > _NEAR for power in _PREFIXES)


def _in_unit_of(expression: Node, claim: Node) -> bool:
    """Whether the last factor has the unit of a claim."""
    last = expression.parts[-1][1] if isinstance(expression, Product) else None
    if not isinstance(last, Quantity) or not isinstance(claim, Quantity) or last.unit is None or claim.unit is None:
        return False
    return last.unit.known and dimension_of(last.unit.count) == dimension_of(claim.unit.count)


_MOST_EXPERTS = 1024


def is_mixture(node: Node) -> bool:
    """The name of a mixture of experts, such as 8x7B: so many experts by the parameters of one, without blanks.

    Parts are shared, so that the whole has fewer parameters than the product.
    """
    if not isinstance(node, Product) or len(node.parts) != 2 or node.parts[1][0] != "*":
        return False
    (_, experts), (_, each) = node.parts
    if not isinstance(experts, Quantity) or not isinstance(each, Quantity):
        return False
    glued = each.span.start == experts.span.end + 1
    return glued and _is_whole(experts) and experts.value <= _MOST_EXPERTS and each.number.scale >= _LEAST_EACH


_LEAST_EACH = 10**6


def _is_held(quantity: Quantity) -> bool:
    """Whether it counts what a thing of some size may have: operations, tokens; no time, and nothing that works."""
    names = [t.name for t in quantity.unit.count] if quantity.unit is not None and quantity.unit.known else []
    return bool(names) and not any(name in TIMES or is_device(name) for name in names)


def _is_dimensions(node: Node) -> bool:
    """Two or three plain whole numbers without blanks, or one with itself; the last one may have a unit."""
    if not isinstance(node, Product) or len(node.parts) not in (2, 3):
        return False
    first = node.parts[0][1]
    if not isinstance(first, Quantity) or not first.is_bare or not _is_whole(first):
        return False
    parts = [p for operator, p in node.parts if operator == "*"]
    if len(parts) != len(node.parts):
        return False
    plain = all(isinstance(p, Quantity) and (p.is_bare or p is parts[-1]) and _is_whole(p) for p in parts)
    gaps = {b.span.start - a.span.end for a, b in pairwise(parts)}
    return plain and (gaps == {1} or len({p.number.value for p in parts if isinstance(p, Quantity)}) == 1)


def _is_whole(quantity: Quantity) -> bool:
    top, bottom = quantity.number.value.as_integer_ratio()
    return bottom == 1 and 0 < top < _LARGEST
