"""What slipstick's own registry knows of a converter's units: their kinds, and the factors between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from slipstick.laws.converter import Converter
from slipstick.laws.law import Case, Cases, alike, law
from slipstick.laws.numbers import exact_number, said, told_apart
from slipstick.units import Dimension, dimension_of, label, size


@lru_cache(maxsize=10_000)
def known(spelled: str) -> tuple[Fraction, Dimension] | None:
    """Size in base units and dimension of a unit as slipstick reads it; None for what it does not know."""
    from slipstick.estimates.given import compound_of, read_quantity

    try:
        unit = compound_of(read_quantity(f"1 {spelled}"))
        return (size(unit), dimension_of(unit)) if unit else None
    except ValueError:
        return None


def by_dimension(units: tuple[Any, ...], spelled: Mapping[Any, str]) -> dict[str, tuple[Any, ...]]:
    """The units by the dimension that slipstick gives them. Raises ValueError for those that it does not know."""
    found: dict[str, list[Any]] = {}
    unknown = [unit for unit in units if known(spelled.get(unit, str(unit))) is None]
    if unknown:
        names = ", ".join(map(str, unknown[:5]))
        raise ValueError(f"slipstick does not know {names}: give the units by kind, {{'length': [...]}}, or `spelled`")
    for unit in units:
        read = known(spelled.get(unit, str(unit)))
        found.setdefault(label(read[1]) if read else "", []).append(unit)
    return {kind: tuple(members) for kind, members in found.items()}


def _known_pairs() -> Cases:
    pairs = alike(2)

    def in_order(of: Converter) -> Iterator[Case]:
        for case in pairs.in_order(of):
            sizes = [known(of.spelled.get(unit, str(unit))) for unit in case.units]
            if sizes[0] and sizes[1] and sizes[0][1] == sizes[1][1]:
                yield case

    return Cases(in_order, lambda of: None)


@law("agreement", _known_pairs())
def agreement(of: Converter, case: Case) -> str | None:
    """The factor between two units that slipstick knows is slipstick's own."""
    (value,), (a, b) = case
    own, other = (known(of.spelled.get(unit, str(unit))) for unit in (a, b))
    if own is None or other is None:
        return None
    got, want = of.through(value, a, b), own[0] / other[0] * (exact_number(value) or 0)
    if of.close(got, want):
        return None
    told = told_apart(got, want)
    return f"{said(value)} {a} -> {b} gives {told[0]} {b}, not slipstick's {told[1]}"


KNOWN = (agreement,)
"""The law of this page."""
