"""Every unit that converts: those of `units.txt`, with which audits compute, and those of `conversion_units.csv`.

The second file holds what prose is never read for (stone, bar, hand, degrees) beside the sources and further spellings
of the first; a unit is defined in one of them only. Read on first use.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from slipstick.conversion.records import RegisteredUnit
from slipstick.data import listed, read_data, read_rows
from slipstick.reading.lexing.spelling import spellings
from slipstick.units import Dimension, Exponent, UnitTable, UnitTerm, dimension, part_units, power, product

PI = Fraction(31415926535897932384626433832795028841971693993751058209749446, 10**61)
"""pi to 62 digits: whatever it is a factor of is said to be inexact."""

_PRICE_YEAR = re.compile(r"USD_(\d{4})")
_SIMPLE = 3  # factors that a reader takes in without a shorter way to put them


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in read_rows("conversion_units.csv")}


def described() -> tuple[str, ...]:
    """The names of the units that `conversion_units.csv` has more to say of than a definition."""
    return tuple(name for name in _rows() if not name.endswith("-"))


@cache
def price_indices() -> dict[int, tuple[Fraction, str]]:
    """The consumer price index of each year, with its source (`consumer_prices.csv`)."""
    return {int(r["year"]): (Fraction(r["index"]), r["source"]) for r in read_rows("consumer_prices.csv")}


@cache
def table() -> UnitTable:
    """Exact sizes and dimensions of every unit that converts."""
    further = [f"{name} = {row['definition']}" for name, row in _rows().items() if row["definition"]]
    dollars = [f"USD_{year} = [USD_{year}]" for year in price_indices()]
    lines = [*read_data("units.txt").splitlines(), "@further", f"pi = {PI.numerator} / {PI.denominator}", *further]
    return UnitTable([*lines, "@money", *dollars], part_units())


def price_year(name: str) -> int | None:
    """The year of dollars of one year (`USD_2020`), else None."""
    match = _PRICE_YEAR.fullmatch(name)
    return int(match[1]) if match else None


@cache
def _definitions() -> dict[str, str]:
    pairs = (line.partition("=") for line in table().definitions)
    return {name.strip(): body.strip() for name, _, body in pairs if not name.endswith("-")}


@lru_cache(maxsize=2000)
def pi_power(name: str) -> int:
    """To which power pi stands in the definition of a unit: -1 for the radian, of which a turn has 2 pi."""
    total = 0
    for match in re.finditer(r"([*/]?)\s*([A-Za-z_]\w*)(?:\s*\*\*\s*(-?\d+))?", _definitions().get(name, "")):
        operator, other, exponent = match.groups()
        own = 1 if other == "pi" else 0 if other == name else pi_power(other)
        total += own * int(exponent or 1) * (-1 if operator == "/" else 1)
    return total


@cache
def unit(name: str) -> RegisteredUnit:
    """The unit of this canonical name. Raises KeyError where there is none."""
    row = _rows().get(name, {})
    body = _definitions()[name]
    return RegisteredUnit(
        name,
        dimension_words(table().dimension(UnitTerm(name))),
        "base unit" if body.startswith("[") else body,
        row.get("source") or _source(name),
        listed(row.get("words", "")),
        listed(row.get("symbols", "")),
        row.get("prefixes", ""),
        Fraction(row["zero"]) if row.get("zero") else None,
        pi_power(name) != 0 or row.get("rounded") == "yes",
        row.get("taken", ""),
    )


def _source(name: str) -> str:
    if price_year(name):
        return "dollars of that year; " + price_indices()[price_year(name) or 0][1]
    if name in part_units():
        part, level = part_units()[name]
        return f"a {level} of the {part}, counted (the hardware catalogue)"
    return "counted, a kind of its own"


@cache
def known_units() -> tuple[RegisteredUnit, ...]:
    """Every unit, in the order of its definition, with all that it is read from."""
    return tuple(_with_spellings(unit(name)) for name in table().names() if name != "pi")


def _with_spellings(known: RegisteredUnit) -> RegisteredUnit:
    spelled = (*known.spellings, *_spelled_in_prose().get(known.name, ()))
    return replace(known, spellings=tuple(dict.fromkeys(word for word in spelled if word not in known.symbols)))


@cache
def _spelled_in_prose() -> dict[str, tuple[str, ...]]:
    """The spellings that an audit knows, by unit."""
    found: dict[str, tuple[str, ...]] = {}
    for table_of in (spellings().exact, spellings().any_case):
        for word, name in table_of.items():
            found[name] = (*found.get(name, ()), word)
    return found


@cache
def _named_dimensions() -> dict[Dimension, str]:
    found = {}
    for row in read_rows("dimension_names.csv"):
        exponents: list[tuple[str, Exponent]] = []
        for factor in row["units"].split():
            name, _, exponent = factor.partition("^")
            exponents.extend((n, e * int(exponent or 1)) for n, e in table().dimension(UnitTerm(name)))
        found[dimension(exponents)] = row["name"]
    return found


@lru_cache(maxsize=2000)
def dimension_name(of: Dimension) -> str | None:
    """The one word or two for a dimension that has a name (`energy`, `time`, `TPU v3 core`), else None."""
    if of in _named_dimensions():
        return _named_dimensions()[of]
    return base_name(of[0][0]) if len(of) == 1 and of[0][1] == 1 else None


def base_name(name: str) -> str:
    """The name of a base unit's dimension: `time` of the second, `TPU v3 core` of its own."""
    return _named_dimensions().get(((name, 1),)) or name.strip("_").replace("_", " ")


_WHOLES = ("energy", "power", "force", "pressure", "voltage", "speed", "volume", "area")
"""Dimensions by which others are put more shortly: CO2e · mass / energy is a carbon intensity."""


@lru_cache(maxsize=2000)
def dimension_words(of: Dimension) -> str:
    """A dimension in words: `energy`, `FLOP / time`, `CO2e · mass / energy`; `number` for none."""
    named = dimension_name(of) if of else "number"
    if named is not None:
        return named
    ways = [_in_base_words(of)]
    for whole, name in _named_dimensions().items():
        if name in _WHOLES:
            ways.append(_in_base_words(product(of, power(whole, -1)), above=name))
            ways.append(_in_base_words(product(of, whole), below=name))
    return min(ways, key=lambda way: (way.cost, way.text)).text if ways[0].cost > _SIMPLE else ways[0].text


class _Way(NamedTuple):
    cost: int
    text: str


def _in_base_words(of: Dimension, above: str = "", below: str = "") -> _Way:
    """A dimension by its base units and one whole beside them, and how many factors that takes, powers counted."""
    upper = [above] * bool(above) + [base_name(n) + ("" if e == 1 else f"^{e}") for n, e in of if e > 0]
    lower = [base_name(n) + ("" if e == -1 else f"^{-e}") for n, e in of if e < 0] + [below] * bool(below)
    cost = sum(abs(int(e)) for _, e in of) + bool(above) + bool(below)
    return _Way(cost, (" · ".join(upper) or "1") + "".join(f" / {each}" for each in lower))
