"""The bare numbers of "6 * 13e9 * 1.4e12": which of them are the parameters and the tokens that the text states.

A product of operations without any unit is held against the text beside it; the claim has no say in what is what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from slipstick.frozen import Frozen
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.numbers import Number
from slipstick.reading.quantities.quantities import Quantity
from slipstick.rule import Audited

_PER_TOKEN = (2, 3, 6)
_LEAST_PARAMETERS = 10**6
_BEHIND = 150
_FEWEST, _MOST = 3, 6
"""A product of fewer or more numbers than these is no count of 6ND."""
_SCALES = (
    (10**12, ("T", " T", " trillion", "e12")),
    (10**9, ("B", " B", "b", " billion", "e9", "bn")),
    (10**6, ("M", " M", "m", " million", "e6")),
)
_MODEL = pattern(r"[\s-]*(?:[\w-]+\s+){0,2}(?:params?|parameters?|model|transformer|decoder|network|LM|LLM)\b")


class Product(Frozen):
    """A product of bare numbers that is a count of operations: the small one, and those that are large."""

    per_token: ReadFactor
    large: tuple[ReadFactor, ...]
    others: tuple[ReadFactor, ...]


class ModelFigure(Frozen):
    """A number of parameters ("parameter") or of tokens, images and the like (its noun) that the text states."""

    noun: str
    quantity: Quantity

    @property
    def number(self) -> Number:
        """The number."""
        return self.quantity.number

    @property
    def value(self) -> Fraction:
        """It, as a plain count."""
        return self.quantity.number.value


def bare_product(audited: Audited) -> Product | None:
    """The product of a calculation without units, led by 2, 3 or 6; None where it is anything else."""
    reading = audited.reading
    if reading.dimension not in ((), (("FLOP", 1),)) or len(reading.factors) < _FEWEST:
        return None
    factors = [f for f in reading.factors if f.role != "unit"]
    for factor in factors:  # one that has a unit, words, or a place of its own says what it is
        if factor.unit or factor.role or factor.exponent != 1 or factor.quantity.remark or not factor.quantity.is_bare:
            return None
    numbers = [(f, *f.value.as_integer_ratio()) for f in factors]
    if not _FEWEST <= len(numbers) <= _MOST:
        return None
    small = next((f for f, number, below in numbers if number in _PER_TOKEN and below == 1), None)
    if small is None:
        return None
    large = [f for f, number, below in numbers if number >= _LEAST_PARAMETERS * below]
    others = [f for f, number, below in numbers if number < _LEAST_PARAMETERS * below and f is not small]
    return Product(small, tuple(large), tuple(others))


def stated_figures(audited: Audited, digits: frozenset[str] = frozenset()) -> Iterator[ModelFigure]:
    """What the text beside a calculation states of the size of a model and of what it was trained on, in order.

    With `digits`, only of sentences with a number that has one of these as its significant digits.
    """
    span = audited.judged.written.span
    behind = (span.end, min(span.end + _BEHIND, len(audited.text)))
    for start, end in ((span.start - len(audited.text_before), span.start), behind):
        for each in audited.stated.between(start, end, digits):
            unit = each.meaning(False)
            name = unit[0].name if len(unit) == 1 and unit[0].exponent == 1 else ""
            if name in ("parameter", "token", "image", "sequence", "sample", "example"):
                yield ModelFigure(name, each)
            elif each.number.scaled and _MODEL.match(audited.text, each.number.span.end):
                yield ModelFigure("parameter", each)


def digits_of(factors: Iterable[ReadFactor]) -> frozenset[str]:
    """The significant digits of factors."""
    return frozenset(significant_digits(f.value) for f in factors)


def is_written_in(text: str, value: Fraction) -> bool:
    """Whether a text has a large number as it is mostly written: 13B, 13 billion, 13e9."""
    top, bottom = value.as_integer_ratio()
    for scale, words in _SCALES:
        if top >= scale * bottom:
            number = plain_number(value / scale)
            return any(f"{number}{word}" in text for word in words)
    return False
