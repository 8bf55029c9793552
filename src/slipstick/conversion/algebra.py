"""Products and powers of what a unit may mean; each of several meanings goes its own way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product

from slipstick.conversion.errors import ConversionError
from slipstick.conversion.registry import table
from slipstick.conversion.vocabulary import ONE, Meaning
from slipstick.units import Compound, Dimension, UnitTerm, dimension

MOST_MEANINGS, HIGHEST_POWER = 16, 12


@lru_cache(maxsize=10_000)
def vector(terms: Compound) -> Dimension:
    """The dimension of a compound, over every unit that converts."""
    return dimension(pair for term in terms for pair in table().dimension(term))


def times(*parts: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """Every product of one meaning of each part, likeliest first, at most 16."""
    return parts[0] if len(parts) == 1 else tuple(map(_one, islice(product(*parts), MOST_MEANINGS)))


def _one(chosen: tuple[Meaning, ...]) -> Meaning:
    scale = ONE
    for each in chosen:
        scale *= each.scale
    terms = tuple(term for each in chosen for term in each.terms)
    return Meaning(scale, terms, tuple(dict.fromkeys(note for each in chosen for note in each.notes)))


def raised(meanings: Iterable[Meaning], exponent: int) -> tuple[Meaning, ...]:
    """Each to a power. Raises ConversionError for one beyond 12."""
    if not -HIGHEST_POWER <= exponent <= HIGHEST_POWER:
        raise ConversionError(
            f"the power {exponent} is too high; expected one from -{HIGHEST_POWER} to {HIGHEST_POWER}"
        )
    return tuple(_raised(each, exponent) for each in meanings)


def _raised(meaning: Meaning, exponent: int) -> Meaning:
    terms = tuple(UnitTerm(t.name, t.prefix, t.exponent * exponent) for t in meaning.terms) if exponent else ()
    return Meaning(meaning.scale**exponent, terms, meaning.notes)


def as_rate(meaning: Meaning) -> Meaning:
    """Operations as their rate, where they have one: the petaflop of a petaflop-day is in no doubt."""
    return meaning._replace(terms=meaning.rate, rate=None, notes=()) if meaning.rate else meaning


def is_time(meanings: tuple[Meaning, ...]) -> bool:
    """Whether all that is meant is a time."""
    return all(vector(m.terms) == (("second", 1),) for m in meanings)


def is_rate_of_rate(meaning: Meaning) -> bool:
    """Whether it is operations per second squared, which FLOPS/s would be, read by the letter."""
    exponents = dict(vector(meaning.terms))
    return exponents.get("FLOP") == 1 and exponents.get("second", 0) <= -2
