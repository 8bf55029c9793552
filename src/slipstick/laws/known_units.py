"""What slipstick's own registry knows of a converter's units: their kinds, and the factors between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from slipstick.laws.converter import Converter
from slipstick.laws.law import Case, Cases, alike, law
from slipstick.laws.numbers import exact_number, said, told_apart


@lru_cache(maxsize=10_000)
def dimension_of(spelled: str) -> str | None:
    """The dimension of a unit in words, as slipstick reads it; None for what it does not know or takes several ways."""
    from slipstick.conversion.algebra import vector
    from slipstick.conversion.errors import ConversionError
    from slipstick.conversion.notation import read_unit
    from slipstick.conversion.registry import dimension_words

    try:
        return dimension_words(vector(read_unit(spelled)[0].terms))
    except ConversionError:
        return None


def by_dimension(units: tuple[Any, ...], spelled: Mapping[Any, str]) -> dict[str, tuple[Any, ...]]:
    """The units by the dimension that slipstick gives them. Raises ValueError for those that it does not know."""
    kinds = {unit: dimension_of(spelled.get(unit, str(unit))) for unit in units}
    unknown = [str(unit) for unit in units if kinds[unit] is None]
    if unknown:
        names = ", ".join(unknown[:5])
        raise ValueError(f"slipstick does not know {names}: give the units by kind, {{'length': [...]}}, or `spelled`")
    found: dict[str, list[Any]] = {}
    for unit, kind in kinds.items():
        found.setdefault(kind or "", []).append(unit)
    return {kind: tuple(members) for kind, members in found.items()}


def _known_pairs() -> Cases:
    pairs = alike(2)

    def in_order(of: Converter) -> Iterator[Case]:
        return (case for case in pairs.in_order(of) if own_answer(of, of.number(1), *case.units) is not None)

    return Cases(in_order, lambda of: None)


def own_answer(of: Converter, value: Any, start: Any, to: Any) -> Fraction | None:
    """What slipstick converts the value to; None where it does not know one of the units, or takes them for unlike."""
    from slipstick.conversion.converting import convert
    from slipstick.conversion.errors import ConversionError

    names = [of.spelled.get(unit, str(unit)) for unit in (start, to)]
    try:
        return convert((exact_number(value) or Fraction(0), names[0]), names[1]).value
    except ConversionError:
        return None


@law("agreement", _known_pairs())
def agreement(of: Converter, case: Case) -> str | None:
    """The answer for two units that slipstick knows is slipstick's own."""
    (value,), (a, b) = case
    got, want = of.through(value, a, b), own_answer(of, value, a, b)
    if want is None or of.close(got, want):
        return None
    told = told_apart(got, want)
    return f"{said(value)} {a} -> {b} gives {told[0]} {b}, not slipstick's {told[1]}"


KNOWN = (agreement,)
"""The law of this page."""
