"""A bare number that the text states before as operations: "needs 190.7 GFLOPs per pass. 190.7e9 * 3 * 303e6 images".

They are operations for each of the things that the calculation counts, so that operations come out, and no images.
"""

from __future__ import annotations

from slipstick.judging.stated_units import around
from slipstick.judging.verdicts import Judged, judge
from slipstick.reading.expressions.tree import Product, quantities
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase
from slipstick.reading.quantities.stated import StatedQuantities, as_unit
from slipstick.source import Span
from slipstick.units import UnitTerm, size

_LEAST = 10**6
"""Fewer operations are those of no model."""


def with_stated_operations(judged: Judged, stated: StatedQuantities) -> Judged:
    """A calculation of one count of things, in operations where a bare number is so many for each; else unchanged.

    Only the unit differs: no verdict depends on it, since a claim with a unit of its own is left alone.
    """
    written, reading = judged.written, judged.reading
    expression = written.expression
    if not isinstance(expression, Product) or any(q.unit for side in written.claims for q in quantities(side.node)):
        return judged
    large = [q for _, q in expression.parts if isinstance(q, Quantity) and q.is_bare and q.number.value >= _LEAST]
    said = _operations_of(stated, large[0], written.span) if len(large) == 1 else None
    if said is None:
        return judged
    unit = (UnitTerm("FLOP"), UnitTerm(reading.dimension[0][0], "", -1))
    number = large[0]._replace(unit=UnitPhrase(large[0].span, unit))
    parts = tuple([(sign, number if part is large[0] else part) for sign, part in expression.parts])
    made = judge(written._replace(expression=expression._replace(parts=parts)))
    if made.reading.dimension != (("FLOP", 1),) or made.reading.value != reading.value:
        return judged
    words = [" ".join(each.span.of(stated.text).split()) for each in (number, said)]
    notes = (f"{words[0]}: read as the “{words[1]}” of the text", *made.reading.notes)
    return made._replace(reading=made.reading._replace(notes=notes))


def _operations_of(stated: StatedQuantities, number: Quantity, place: Span) -> Quantity | None:
    """The quantity before a calculation that states a number as so many operations; None where none does."""
    before, _ = around(stated, place)
    for each in stated.between(*before, {significant_digits(number.number.value)}):
        unit = as_unit(each, (("FLOP", 1),))
        if unit is not None and size(unit) * each.value == number.number.value:
            return each
    return None
