"""A quantity that goes on in a smaller unit of its kind: "2 h 30 min", "5 kg 200 g"."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.numbers import read_magnitude
from slipstick.reading.quantities.quantities import Quantity, unit_phrase
from slipstick.units import dimension_of, size

_LEAST_PARTS = 2
"""A larger unit is made of so many smaller ones; a mile is not told in miles and kilometres."""


def with_smaller_parts(tokens: Sequence[Token], i: int, made: Quantity) -> tuple[Quantity, int] | None:
    """A quantity that goes on in smaller units at `i`, as one in the smallest, and the index behind; else None.

    "2 h 30 min", "5 kg 200 g".
    """
    after: int | None = None
    while (found := _smaller_part(tokens, i, made)) is not None:
        made, i = found
        after = i
    return (made, after) if after is not None else None


def _smaller_part(tokens: Sequence[Token], i: int, larger: Quantity) -> tuple[Quantity, int] | None:
    """The quantity that `larger` makes with the smaller one at `i`, in the smaller unit, and the index behind it.

    "1 h 15 min" are 75 min. None where no smaller unit of the same kind stands there, or more of it than one of the
    larger holds.
    """
    found = read_magnitude(tokens, i) if larger.unit is not None and len(larger.unit.count) == 1 else None
    phrase = unit_phrase(tokens, found[1]) if found else None
    if found is None or phrase is None or larger.unit is None or len(phrase[0].count) != 1:
        return None
    number, unit, whole = found[0], phrase[0], larger.unit
    if not (unit.known and whole.known) or dimension_of(unit.count) != dimension_of(whole.count):
        return None
    many = size(whole.count) / size(unit.count)
    if (
        many < _LEAST_PARTS
        or number.value >= many
        or number.percent
        or larger.number.is_range
        or larger.number.currency
    ):
        return None
    span = larger.span.to(unit.span)
    total = number._replace(span=larger.number.span.to(number.span), value=larger.number.value * many + number.value)
    return Quantity(span, total, unit, larger.remark), phrase[1]
