"""A word of a unit -> the units that it may stand for, likeliest first.

What an audit reads in prose is read here alike (`reading.spelling`). Beyond it come the words and symbols of
`conversion_units.csv`, which prose is never read for, and `ambiguous_units.csv`: what several units are called, with
the one that is taken, or none.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from slipstick.conversion.errors import ConversionError
from slipstick.conversion.registry import described, table, unit
from slipstick.data import listed, read_rows
from slipstick.reading.lexing.scales import SCALES
from slipstick.reading.lexing.spelling import singulars, spellings, unit_of
from slipstick.units import Compound, UnitTerm

ONE = Fraction(1)
_SCALE_WORDS = {word: power for word, power in SCALES.items() if len(word) > 4 and power > 0}
_LETTERS = {
    "da": "deca", "d": "deci", "c": "centi", "m": "milli", "µ": "micro", "u": "micro", "n": "nano", "p": "pico",
    "f": "femto", "a": "atto", "z": "zepto", "y": "yocto", "r": "ronto", "q": "quecto",
    "h": "hecto", "k": "kilo", "M": "mega", "G": "giga", "T": "tera", "P": "peta", "E": "exa", "Z": "zetta",
    "Y": "yotta", "R": "ronna", "Q": "quetta",
    "Ki": "kibi", "Mi": "mebi", "Gi": "gibi", "Ti": "tebi", "Pi": "pebi", "Ei": "exbi", "Zi": "zebi", "Yi": "yobi",
}  # fmt: skip
_BINARY = ("kibi", "mebi", "gibi", "tebi", "pebi", "exbi", "zebi", "yobi")
_MONEY_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
_MONEY_SCALES = {"k": "kilo", "K": "kilo", "M": "mega", "B": "giga", "bn": "giga"}
_PROSE = frozenset(("as", "at", "hat", "am", "is", "was", "are", "has", "had"))
_GAS = re.compile(r"(?P<mass>[A-Za-zµ]{1,3})(?P<gas>C(?:O[2₂](?:e|eq)?)?)")
_NEAREST, _ALIKE, _LONGEST_WORD, _SHORT = 3, 0.75, 40, 2


class Meaning(NamedTuple):
    """One thing that a word or a whole unit may mean: `scale` times a compound, and what was taken to say so.

    `rate` is what it is where a time is joined to it (petaflop-days are petaflop/s times days).
    """

    scale: Fraction
    terms: Compound
    notes: tuple[str, ...] = ()
    rate: Compound | None = None


@cache
def _words() -> dict[str, str]:
    """Further words in any case, by their small letters."""
    every = ((w, name) for name in described() for w in (name.replace("_", " "), *unit(name).spellings))
    return {word.lower(): name for word, name in every if len(word) > 2}


@cache
def _symbols() -> dict[str, UnitTerm]:
    """Symbols, their prefixes included, with their case."""
    found: dict[str, UnitTerm] = {}
    for name in described():
        for symbol in unit(name).symbols:
            for letter in _prefix_letters(unit(name).prefixes):
                found.setdefault(letter + symbol, UnitTerm(name, _LETTERS[letter]))
    for sign, name in _MONEY_SIGNS.items():
        found.update({sign + letters: UnitTerm(name, prefix) for letters, prefix in _MONEY_SCALES.items()})
    for name in described():  # a whole symbol beats one with a prefix: min is no milli-inch
        found.update({symbol: UnitTerm(name) for symbol in unit(name).symbols})
    return found


def _prefix_letters(prefixes: str) -> tuple[str, ...]:
    if prefixes == "SI":
        return tuple(letter for letter, name in _LETTERS.items() if name not in _BINARY)
    return listed(prefixes)


@cache
def _ambiguous() -> dict[str, tuple[tuple[str, ...], str]]:
    """A spelling to the units that it may mean and what is said of the one that is taken, first."""
    rows = read_rows("ambiguous_units.csv")
    return {word: (listed(row["taken"]), row["said"]) for row in rows for word in listed(row["spellings"])}


@lru_cache(maxsize=10_000)
def meanings_of(word: str) -> tuple[Meaning, ...]:
    """What one word, or several with blanks or hyphens between, may mean; () where it is no unit.

    Raises ConversionError, with what it may be, for a name of several units of which none is taken.
    """
    forms = [word, *(form for form in singulars(word.lower()) if len(form) > 2)]
    known = next((_ambiguous()[form] for form in forms if form in _ambiguous()), None)
    if known is not None:
        if not known[0]:
            raise ConversionError(f"{word!r} {known[1]}")
        said = (f"{word} {known[1]}",)
        return tuple(Meaning(ONE, (UnitTerm(*_parted(name)),), said) for name in known[0])
    if word.lower() in _PROSE:
        return ()
    gas = _GAS.fullmatch(word)
    mass = _symbols().get(gas["mass"]) if gas else None
    if gas is not None and mass is not None and mass.name in ("gram", "tonne"):
        return _of_gas(mass, gas["gas"])
    if (read := unit_of(word)) is not None:
        return _as_read(word, read.count, read.rate, read.timed)
    if word in table() and word != "pi":
        return (_noted(Meaning(ONE, (UnitTerm(word),)), word),)
    if word in _symbols():
        return (_noted(Meaning(ONE, (_symbols()[word],)), word),)
    return _further(word)


def _of_gas(mass: UnitTerm, gas: str) -> tuple[Meaning, ...]:
    """A mass of carbon dioxide or its equivalents; one of carbon is 44/12 of it."""
    if gas == "C":
        note = "carbon was taken for 44/12 of its mass in CO2, by molar masses (IPCC AR5, annex II)"
        return (Meaning(Fraction(44, 12), (mass, UnitTerm("CO2e")), (note,)),)
    return (Meaning(ONE, (mass, UnitTerm("CO2e"))),)


def _parted(name: str) -> tuple[str, str]:
    """(name, prefix) of "kilo gram"."""
    prefix, _, plain = name.rpartition(" ")
    return plain, prefix


def _as_read(word: str, count: Compound, rate: Compound | None, timed: Compound | None) -> tuple[Meaning, ...]:
    if rate is None and word.endswith("OPS"):
        rate = timed
    first = _noted(Meaning(ONE, count, rate=timed), word)
    if rate is None or rate == count:
        return (first,)
    as_rate = Meaning(ONE, rate, (f"{word} was taken for a rate, operations per second",), timed)
    as_count = first._replace(notes=(*first.notes, f"{word} was taken for a count of operations, not a rate"))
    return (as_count, as_rate) if word.endswith("s") else (as_rate, as_count)


def _further(word: str) -> tuple[Meaning, ...]:
    for form in singulars(word):
        lower = form.lower()
        if lower in _words():
            return (_noted(Meaning(ONE, (UnitTerm(_words()[lower]),)), word),)
        if lower in _SCALE_WORDS:
            power = _SCALE_WORDS[lower]
            notes = (
                (f"{lower} was taken for 10^{power}, the short scale",) if lower[1:] in ("illion", "rillion") else ()
            )
            return (Meaning(Fraction(10**power), (), notes),)
        for prefix in table().prefixes:
            stem = lower.removeprefix(prefix) if prefix and lower.startswith(prefix) else ""
            name = _words().get(stem) or (spellings().word_stems.get(stem) if stem else None)
            if name and (unit(name).prefixes or stem not in _words()):
                return (_noted(Meaning(ONE, (UnitTerm(name, prefix),)), word),)
    return ()


def _noted(meaning: Meaning, word: str) -> Meaning:
    """With what has to be said of the units that were taken."""
    notes = list(meaning.notes)
    for term in meaning.terms:
        if term.name in table():
            notes.append(unit(term.name).taken)
        if term.name == "byte" and term.prefix and term.prefix not in _BINARY:
            size = int(table().prefixes[term.prefix])
            notes.append(f"{word} was taken for {size:,} bytes; a power of 1024 is written with an i (KiB, MiB, GiB)")
    return meaning._replace(notes=tuple(filter(None, notes)))


def nearest(word: str) -> str:
    """The names that are near a word that is no unit, as the end of a sentence; where all names are, if none is."""
    lower = word[:_LONGEST_WORD].lower()
    near = get_close_matches(lower, _names(), _NEAREST, _ALIKE) if len(word) > _SHORT else []
    for prefix in table().prefixes:
        rest = lower.removeprefix(prefix) if prefix and lower.startswith(prefix) else ""
        if len(rest) > _SHORT and not near:
            near = [prefix + stem for stem in get_close_matches(rest, spellings().word_stems, _NEAREST, _ALIKE)]
    return f"; nearest: {', '.join(near)}" if near else "; slipstick convert --list has all units"


@cache
def _names() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_words(), *spellings().any_case)))
