"""Conversions beside independent programs (GNU units, pint) and beside the reader of prose."""

from __future__ import annotations

import shutil
import sys
from fractions import Fraction
from pathlib import Path

import pint
import pytest

from slipstick import convert, known_units
from slipstick.conversion.algebra import vector
from slipstick.conversion.notation import read_unit
from slipstick.conversion.registry import table
from slipstick.conversion.vocabulary import meanings_of
from slipstick.reading.lexing.spelling import spellings, unit_of
from slipstick.units import Compound, UnitTerm

sys.path.insert(0, str(Path(__file__).parent))
import make_gnu_units

ROWS = make_gnu_units.rows()
TWELVE_DIGITS = 1e-12


def in_slipstick(row: dict[str, str]) -> Fraction:
    return convert(f"{row['value']} {row['unit']}", row["other"]).value


def agrees(value: Fraction, expected: str) -> bool:
    return abs(float(value) - float(expected)) <= TWELVE_DIGITS * abs(float(expected))


def name(row: dict[str, str]) -> str:
    return f"{row['value']} {row['unit']} to {row['other']}"


@pytest.mark.parametrize("row", [row for row in ROWS if not row["differs"]], ids=name)
def test_as_gnu_units(row: dict[str, str]) -> None:
    assert agrees(in_slipstick(row), row["expected"])


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["differs"]], ids=lambda row: f"{row['unit']}: {row['differs']}"
)
def test_unlike_gnu_units_by_a_named_definition(row: dict[str, str]) -> None:
    """A row that agrees after all has to lose its reason."""
    assert not agrees(in_slipstick(row), row["expected"])
    assert " here, " in row["differs"]
    assert row["differs"].endswith(" there")


def test_at_least_four_hundred_are_compared() -> None:
    assert len([row for row in ROWS if not row["differs"]]) >= 400


@pytest.mark.skipif(shutil.which("units") is None, reason="GNU units is not installed: apt-get install units")
def test_the_table_is_what_gnu_units_answers() -> None:
    """In one run of the program, whose answers come line by line."""
    answers = make_gnu_units.answers(ROWS)
    assert [(name(row), answer) for row, answer in zip(ROWS, answers, strict=True)] == [
        (name(row), row["expected"]) for row in ROWS
    ]


# What pint defines otherwise, with the reason.
UNLIKE_PINT = {
    "acre": "of US survey feet there",
    "acre_foot": "of US survey feet there",
    "chain": "of US survey feet there",
    "fathom": "of US survey feet there",
    "furlong": "of US survey feet there",
    "rod": "of US survey feet there",
    "quad": "of the ISO Btu there",
    "therm": "of the ISO Btu there",
    "quarter": "a quarter of a ton there",
    "parsec": "of 1/tan(1 arcsecond) astronomical units there",
    "ton_of_refrigeration": "of the ISO Btu there",
    "decade": "a logarithmic unit there",
    "mil": "an angle of 1/6400 turn there",
    "gauss": "of the Gaussian system there",
    "maxwell": "of the Gaussian system there",
}
BASES_IN_PINT = {
    "second": "second", "meter": "meter", "kilogram": "kilogram", "kelvin": "kelvin", "ampere": "ampere",
    "mole": "mole",    "candela": "candela", "byte": "byte", "revolution": "turn",
}  # fmt: skip


def shared_with_pint() -> list[str]:
    """Our physical units and data that pint has by the same name."""
    registry = pint.UnitRegistry()
    ours = [unit for unit in known_units() if set(dict(table().dimension(UnitTerm(unit.name)))) <= set(BASES_IN_PINT)]
    return [unit.name for unit in ours if unit.name in registry and unit.zero is None]


def test_as_pint() -> None:
    """Every unit that pint has by the same name, to 12 digits, but for what differs by a named definition."""
    registry = pint.UnitRegistry()
    unlike, compared = {}, 0
    for unit in shared_with_pint():
        base = registry.Unit("")
        for dimension, exponent in table().dimension(UnitTerm(unit)):
            base = base * registry.Unit(BASES_IN_PINT[dimension]) ** int(exponent)
        theirs = registry.Quantity(1, unit)
        if theirs.dimensionality != base.dimensionality:
            unlike[unit] = "another dimension"
            continue
        compared += 1
        size = float(table().factor(UnitTerm(unit)))
        if abs(theirs.to(base).magnitude / size - 1) > TWELVE_DIGITS:
            unlike[unit] = f"{theirs.to(base).magnitude} for {size}"
    assert unlike.keys() == UNLIKE_PINT.keys(), unlike
    assert compared >= 130


def prose_words() -> list[str]:
    """Spellings that an audit reads, with the prefixes that may stand before them."""
    known = spellings()
    letters = ("", "k", "K", "M", "G", "T", "P", "E", "m", "µ", "n", "c", "Ki", "Mi", "Gi", "Ti")
    short = [letter + stem for stem in known.letter_stems for letter in letters]
    long = [prefix + stem for stem in known.word_stems for prefix in ("", "kilo", "mega", "peta", "milli")]
    return [word for word in dict.fromkeys((*known.exact, *known.any_case, *short, *long)) if " " not in word]


# Read otherwise here than in prose, with the reason.
OTHERWISE = {
    "Cal": "a calorie in prose; a kcal is as likely where a unit stands alone",
}


def test_prose_and_conversion_read_the_same_words_alike() -> None:
    """One meaning of a word in both: what an audit reads, a conversion reads with the same size and dimension."""
    differing, compared = [], 0
    for word in prose_words():
        read = unit_of(word)
        if read is None or word in OTHERWISE:
            continue
        compared += 1
        wanted = {_size(read.count)} | ({_size(read.rate)} if read.rate else set())
        if not wanted <= {_size(meaning.terms) for meaning in meanings_of(word)}:
            differing.append(word)
    assert differing == []
    assert compared > 500


def _size(compound: Compound) -> tuple[object, ...]:
    size = Fraction(1)
    for term in compound:
        size *= table().factor(term)
    return size, vector(compound)


@pytest.mark.parametrize("text", ["PF-day", "$/GPU-hour", "TPU v3 core-year", "gCO2e/kWh", "tokens/s/GPU"])
def test_units_of_the_field_read_as_one_thing(text: str) -> None:
    assert len({vector(meaning.terms) for meaning in read_unit(text)}) == 1
