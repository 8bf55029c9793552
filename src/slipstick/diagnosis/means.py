"""The other mean: two estimates averaged by the arithmetic mean where the geometric one stands, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from slipstick.diagnosis.slips import Edit, edit
from slipstick.diagnosis.subject import Subject
from slipstick.formula import Formula, Leaf, Product, Sum
from slipstick.reading.inference.interpretation import ReadFactor


def other_mean(subject: Subject) -> Iterator[Edit]:
    """The arithmetic mean of what stands in a geometric one, or the reverse."""
    numbers = [given.number for given in subject.givens]
    many = len(numbers)
    if many > 1 and subject.is_product and all(abs(given.exponent * many - 1) < 1e-9 for given in subject.givens):
        ratio = sum(numbers) / many / prod(number ** (1 / many) for number in numbers)
        yield edit("mean-of-another-kind", ratio, new="arithmetic", written="geometric")
    terms = _averaged(subject.reading.formula)
    if terms and subject.givens:
        ratio = prod(term ** (1 / len(terms)) for term in terms) / (sum(terms) / len(terms))
        yield edit("mean-of-another-kind", ratio, new="geometric", written="arithmetic")


def _averaged(formula: Formula[ReadFactor]) -> list[float]:
    """The terms of a sum that is divided by their number; none where the formula is something else."""
    parts = formula.parts if isinstance(formula, Product) else ()
    parts = tuple(part for part in parts if not (isinstance(part[0], Leaf) and part[0].item.role == "unit"))
    if len(parts) != 2:
        return []
    (total, above), (count, below) = parts
    if not isinstance(total, Sum) or not isinstance(count, Leaf) or (above, below) != (1, -1):
        return []
    terms = [float(term.item.base_value) for term, sign in total.parts if isinstance(term, Leaf) and sign == 1]
    whole = len(terms) == len(total.parts) == count.item.value and min(terms) > 0
    return terms if whole else []
