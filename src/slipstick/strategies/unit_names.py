"""Units as texts, drawn from the registry: one of its own names with or without a prefix, or a compound of several.

Simplest first, so that what is found shrinks to `second` or to `meter` and `kilometer`. Every text reads back as it is
meant; none is drawn and thrown away.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache, lru_cache
from math import prod
from typing import NamedTuple

from hypothesis import strategies as st

from slipstick.conversion.algebra import vector
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.notation import read_unit
from slipstick.conversion.registry import dimension_words, known_units, price_year, table, unit
from slipstick.reading.lexing.spelling import spellings
from slipstick.reading.quantities.arithmetic import magnitude
from slipstick.units import Dimension, UnitTerm, part_units

_PREFIXES = ("kilo", "mega", "giga", "tera", "peta", "milli", "micro", "nano")
_LARGEST_POWER = 3
_MOST_FACTORS = 3
_LARGEST_MAGNITUDE = 290
_COMPOUNDS = ("m/s", "m/s^2", "FLOP/s", "byte/s", "token/s", "W/m^2", "USD/J", "kg/m^3", "m^2", "m^3")


class UnitPair(NamedTuple):
    """Two different units, as texts."""

    unit: str
    other: str


class NamedUnit(NamedTuple):
    """A unit of one word (or name) with its dimension, and whether zero of it is zero of the base unit."""

    text: str
    dimension: Dimension
    has_zero_of_its_own: bool


def units(dimension: str | None = None, *, compound: bool = True, offset: bool = False) -> st.SearchStrategy[str]:
    """Units as text that `slipstick.convert` reads: `second`, `kilometer`, `meter/second^2`, `TPU v3 board`.

    `dimension` is its name ("length", "energy") or any unit of it ("km", "TFLOP/s"); None for all.
    Without `compound` only single units are drawn; with `offset` temperature scales with a zero of their own as well.
    Raises ValueError for a dimension that is none, or has no such unit.
    """
    if dimension is not None:
        return st.sampled_from(_of_dimension(dimension, compound, offset))
    single = _single(offset)
    if not compound:
        return single
    powers = st.sampled_from([1, -1, 2, -2, _LARGEST_POWER])
    factors = st.tuples(_single(False), powers)
    return single | st.lists(factors, min_size=2, max_size=_MOST_FACTORS).map(_within_bounds).map(_compound)


def convertible_pairs(dimension: str | None = None, *, offset: bool = False) -> st.SearchStrategy[UnitPair]:
    """Two different units of one dimension, simplest `second` and `minute`. Raises ValueError as `units` does."""
    if dimension is not None:
        groups = [_of_dimension(dimension, True, offset)]
    else:
        groups = [texts for texts in _by_dimension(offset).values() if len(texts) > 1]
        groups += [_of_dimension(of, True, False) for of in _COMPOUNDS]
    if len(groups[0]) < 2:
        raise ValueError(f"slipstick knows one unit of {dimension} alone: {groups[0][0]}")
    return st.sampled_from(groups).flatmap(_two_of)


def _two_of(texts: Sequence[str]) -> st.SearchStrategy[UnitPair]:
    places = st.integers(0, len(texts) - 1), st.integers(1, len(texts) - 1)
    return st.builds(lambda at, step: UnitPair(texts[at], texts[(at + step) % len(texts)]), *places)


def unlike_pairs() -> st.SearchStrategy[UnitPair]:
    """Two units of different dimensions, between which no conversion may lead; simplest `second` and `meter`.

    Among them are squares beside the unit itself and one per unit. Devices are left out, since packaging leads from one
    to another, and so are money and multiply-accumulates, which count as two FLOP.
    """
    every = [texts for key, texts in _by_dimension(False).items() if not _may_be_bridged(key)]

    def of_two(at: int, step: int) -> st.SearchStrategy[UnitPair]:
        ends = st.sampled_from(every[at]), st.sampled_from(every[(at + step) % len(every)])
        return st.builds(UnitPair, *ends)

    places = st.integers(0, len(every) - 1), st.integers(1, len(every) - 1)
    kinds = st.tuples(*places).flatmap(lambda pair: of_two(*pair))
    single = st.sampled_from([text for texts in every for text in texts if len(texts) > 1])
    shapes = st.sampled_from(["{}^2", "1/{}"])
    return kinds | st.builds(lambda text, shape: UnitPair(text, shape.format(text)), single, shapes)


def _may_be_bridged(of: Dimension) -> bool:
    names = {name for name, _ in of}
    devices = any(name in part_units() or table().sections.get(name) == "devices" for name in names)
    return not of or devices or "MAC" in names or any(table().sections.get(name) == "money" for name in names)


@cache
def named_units() -> tuple[NamedUnit, ...]:
    """Every unit of the registry by a name that reads back as it, in the registry's order, those with prefixes last."""
    prefixed = set(spellings().word_stems.values())
    found, behind = list[NamedUnit](), list[NamedUnit]()
    for each in known_units():
        if price_year(each.name):
            continue
        for prefix in ("", *(_PREFIXES if each.name in prefixed or each.prefixes else ())):
            term = UnitTerm(each.name, prefix)
            text = _text(term)
            if text:
                own = each.zero is not None
                (behind if prefix else found).append(NamedUnit(text, table().dimension(term), own))
    return (*found, *behind)


def _text(term: UnitTerm) -> str:
    """A text that reads as this term and nothing else first; empty where there is none."""
    name = f"{term.prefix}{term.name}".replace("_", " ").strip()
    words = () if term.prefix else unit(term.name).spellings
    for text in (name, *words):
        try:
            meanings = read_unit(text)
        except ConversionError:
            continue
        if meanings[0].terms == (term,) and meanings[0].scale == 1:
            return text
    return ""


@cache
def _by_dimension(offset: bool) -> dict[Dimension, tuple[str, ...]]:
    found: dict[Dimension, list[str]] = {}
    for each in named_units():
        if offset or not each.has_zero_of_its_own:
            found.setdefault(each.dimension, []).append(each.text)
    return {of: tuple(texts) for of, texts in found.items()}


@cache
def _single(offset: bool) -> st.SearchStrategy[str]:
    """Single units, a device as likely as any other although there are many of them."""
    devices, others = list[str](), list[str]()
    for of, texts in _by_dimension(offset).items():
        are_devices = any(table().sections.get(name) == "devices" for name, _ in of)
        (devices if are_devices else others).extend(texts)
    return st.sampled_from(others) | st.sampled_from(devices)


def _within_bounds(factors: Sequence[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    """The factors, each once where their powers are too large or small to convert, as in nanobarn^3*microbarn^3."""
    if sum(abs(power * _magnitude(text)) for text, power in factors) < _LARGEST_MAGNITUDE:
        return factors
    return [(text, 1 if power > 0 else -1) for text, power in factors]


@cache
def _magnitude(text: str) -> float:
    return magnitude(prod(map(table().factor, read_unit(text)[0].terms), start=Fraction(1)))


def _compound(factors: Sequence[tuple[str, int]]) -> str:
    above = "*".join(_powered(text, power) for text, power in factors if power > 0)
    return (above or "1") + "".join(f"/{_powered(text, -power)}" for text, power in factors if power < 0)


def _powered(text: str, power: int) -> str:
    return text if power == 1 else f"{text}^{power}"


@lru_cache(maxsize=200)
def _of_dimension(dimension: str, compound: bool, offset: bool) -> tuple[str, ...]:
    """The units of a dimension by name or by a unit: single ones first, then compounds of its base dimensions."""
    wanted = dimension_of_text(dimension)
    found = list(_by_dimension(offset).get(wanted, ()))
    if compound and wanted and (len(wanted) > 1 or wanted[0][1] != 1):
        parts = [_by_dimension(False).get(((base, 1),), ())[:3] for base, _ in wanted]
        shortest = min(map(len, parts))
        chosen = [[part[at % len(part)] for part in parts] for at in range(max(map(len, parts)) if shortest else 0)]
        found += [_compound([(t, int(p)) for t, (_, p) in zip(texts, wanted, strict=True)]) for texts in chosen]
    if not found:
        raise ValueError(f"slipstick has no unit of its own for {dimension}")
    return tuple(found)


def dimension_of_text(dimension: str) -> Dimension:
    """The dimension of that name, or of that unit. Raises ValueError for what is neither."""
    if not isinstance(dimension, str):
        raise TypeError(f'expected the name of a dimension or a unit, such as "length" or "km", not {dimension!r}')
    for of in _by_dimension(True):
        if dimension_words(of) == dimension:
            return of
    try:
        return vector(read_unit(dimension)[0].terms)
    except ConversionError as error:
        raise ValueError(f"expected the name of a dimension or a unit, such as 'length' or 'km': {error}") from None
