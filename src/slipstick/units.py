"""The units: one definition (`data/units.txt`, and the parts of the hardware catalogue), two ways to use it.

The audit path works on exact factors and exponent vectors read from the definitions; `registry()` gives the same
units as a pint registry, built on first use. Counted things are base dimensions of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from threading import Lock
from typing import Any, NamedTuple

from slipstick.catalogue import hardware
from slipstick.data import read_data

Exponent = int | Fraction
"""A power: a whole number wherever it is one, which is several times faster than a fraction of one."""

Dimension = tuple[tuple[str, Exponent], ...]
"""Exponents over base units (`second`, `FLOP`, `token`, ...), sorted, without zeros."""


class UnitTerm(NamedTuple):
    """One unit of a compound, to a power: `UnitTerm("FLOP", "tera", 1)`."""

    name: str
    prefix: str = ""
    exponent: Exponent = 1


Compound = tuple[UnitTerm, ...]
"""A product of units to powers, as written: TFLOP/s/GPU has three terms."""


def dimension(exponents: Mapping[str, Exponent] | Iterable[tuple[str, Exponent]]) -> Dimension:
    """Canonical exponent vector of (base unit, exponent) pairs; equal bases add up."""
    total: dict[str, Exponent] = {}
    for name, exponent in exponents.items() if isinstance(exponents, Mapping) else exponents:
        total[name] = total[name] + exponent if name in total else exponent
    return tuple(sorted([pair for pair in total.items() if pair[1]]))


def power(of: Dimension, exponent: Exponent) -> Dimension:
    """The vector of a quantity raised to `exponent`."""
    if exponent == 1:
        return of
    return tuple((n, e * exponent) for n, e in of) if exponent else ()


@lru_cache(maxsize=1000)
def product(of: Dimension, other: Dimension) -> Dimension:
    """The vector of a product of two quantities."""
    return dimension((*of, *other)) if of and other else of or other


_ONE = Fraction(1)
_LARGEST, _SMALLEST = Fraction(10**300), Fraction(1, 10**300)
_HIGHEST_POWER = 12

_DEFINITION = re.compile(r"(\w+)(-?)\s*=\s*(.+)")
_FACTOR = re.compile(r"\s*([*/]?)\s*(?:\[(\w+)\]|([A-Za-z_]\w*)|([\d.]+(?:e[+-]?\d+)?))(?:\s*\*\*\s*(-?\d+))?")


class UnitTable:
    """Exact factors and dimensions of every unit, read from the definitions."""

    def __init__(self, lines: Iterable[str], parts: Iterable[str] = ()) -> None:
        self.prefixes: dict[str, Fraction] = {"": Fraction(1)}
        self.sections: dict[str, str] = {}
        self._units: dict[str, tuple[Fraction, Dimension]] = {}
        self._sizes: dict[tuple[str, str], Fraction] = {}
        self.definitions: list[str] = []
        section = ""
        for raw in lines:
            line = raw.split("#")[0].strip()
            if line.startswith("@"):
                section = line[1:]
                continue
            match = _DEFINITION.fullmatch(line)
            if match is None:
                continue
            name, is_prefix, body = match.groups()
            self.definitions.append(line)
            if is_prefix:
                self.prefixes[name] = Fraction(body)
            else:
                self.sections[name] = section
                self._units[name] = self._define(name, body)
        for part in parts:
            self.definitions.append(f"{part} = [{part}]")
            self.sections[part] = "devices"
            self._units[part] = (Fraction(1), ((part, 1),))

    def _define(self, name: str, body: str) -> tuple[Fraction, Dimension]:
        factor, exponents = Fraction(1), list[tuple[str, Exponent]]()
        for operator, base, unit, number, exponent in _FACTOR.findall(body):
            sign = int(exponent or 1) * (-1 if operator == "/" else 1)
            if base:
                exponents.append((name, sign))
            elif unit:
                size, vector = self._units[unit]
                factor *= size ** int(sign)
                exponents.extend(power(vector, sign))
            else:
                factor *= Fraction(number) ** int(sign)
        return factor, dimension(exponents)

    def __contains__(self, name: str) -> bool:
        return name in self._units

    def names(self) -> tuple[str, ...]:
        """Every canonical unit name."""
        return tuple(self._units)

    def factor(self, term: UnitTerm) -> Fraction:
        """Size of the term in base units, exact; 1 for a noun that the registry does not know.

        Raises ValueError for a root of a unit whose size is not 1 (the size would not be exact), and for such a unit
        to a power beyond 12 (no quantity has it, and the size would grow without bounds).
        """
        size = self._prefixed_size(term)
        if term.exponent == 1 or size == 1:
            return size
        if term.exponent.denominator != 1:
            raise ValueError(f"the unit {term.name} to the power {term.exponent} has no exact size")
        if not -_HIGHEST_POWER <= term.exponent <= _HIGHEST_POWER:
            raise ValueError(f"the unit {term.name} is raised to the power {term.exponent}, beyond {_HIGHEST_POWER}")
        return size ** int(term.exponent)

    def _prefixed_size(self, term: UnitTerm) -> Fraction:
        if term.name not in self._units:
            return self.prefixes[term.prefix]
        known = self._sizes.get((term.prefix, term.name))
        if known is None:
            known = self._sizes[term.prefix, term.name] = self.prefixes[term.prefix] * self._units[term.name][0]
        return known

    def dimension(self, term: UnitTerm) -> Dimension:
        """Exponent vector of the term; an unknown noun is an axis of its own."""
        vector = self._units[term.name][1] if term.name in self._units else ((term.name, 1),)
        return power(vector, term.exponent)

    def is_counted(self, name: str) -> bool:
        """Whether a base unit counts things (tokens, servers), unlike a second, and FLOP, which is what is claimed."""
        if name in ("FLOP", "MAC"):
            return False
        return self.sections.get(name, "counted") in ("counted", "devices")


def unit_name(part: str, level: str) -> str:
    """Canonical unit of a catalogue part: `unit_name("TPU v3", "board")` is TPU_v3_board; of a GPU simply V100."""
    stem = re.sub(r"\W+", "_", part).strip("_")
    if stem[0].isdigit():
        stem = "_" + stem
    return stem if level == hardware.part(part).base_level else f"{stem}_{level}"


@cache
def part_units() -> dict[str, tuple[str, str]]:
    """Every unit of the hardware catalogue: name to (part, level)."""
    found = {}
    for part in hardware.parts():
        levels = set(part.levels) | {part.base_level or "device"}
        found.update({unit_name(part.name, level): (part.name, level) for level in sorted(levels)})
    return found


@cache
def table() -> UnitTable:
    """The units, read once from the definitions."""
    return UnitTable(read_data("units.txt").splitlines(), part_units())


def is_device(name: str) -> bool:
    """Whether a unit counts devices or parts of them, of a named part (TPU_v3_board) or of any (GPU, board)."""
    return table().sections.get(name) == "devices"


@lru_cache(maxsize=1000)
def size(compound: Compound) -> Fraction:
    """Size of a compound in base units, exact. Raises ValueError as `factor` does, and for a size beyond 1e300."""
    result = _ONE
    for term in compound:
        result *= table().factor(term)
        if not _SMALLEST <= result <= _LARGEST:
            raise ValueError("the unit is beyond 1e300 or below 1e-300 base units")
    return result


@lru_cache(maxsize=1000)
def _size_ratio(compound: Compound) -> tuple[int, int]:
    return size(compound).as_integer_ratio()


def in_base_units(value: Fraction, compound: Compound) -> Fraction:
    """So many of a compound, in base units: one multiplication of whole numbers, or none. Raises as `size` does."""
    above, below = _size_ratio(compound) if compound else (1, 1)
    if above == below:
        return value
    top, bottom = value.as_integer_ratio()
    return Fraction(top * above) if bottom == below == 1 else Fraction(top * above, bottom * below)


@lru_cache(maxsize=1000)
def dimension_of(compound: Compound) -> Dimension:
    """Exponent vector of a compound."""
    if len(compound) == 1:
        return table().dimension(compound[0])
    return dimension(pair for term in compound for pair in table().dimension(term))


_SYMBOLS = {"second": "s", "kilogram": "kg", "meter": "m", "kelvin": "K", "ampere": "A"}
_NAMED = {
    dimension({"kilogram": 1, "meter": 2, "second": -2}): "J",
    dimension({"kilogram": 1, "meter": 2, "second": -3}): "W",
}


def _display(name: str) -> str:
    return _SYMBOLS.get(name, name.strip("_").replace("_", " "))


def _rank(pair: tuple[str, Exponent]) -> tuple[int, str]:
    order = {"FLOP": 0, "USD": 0, "byte": 0, "second": 9}
    return order.get(pair[0], 5), pair[0]


@lru_cache(maxsize=1000)
def label(of: Dimension) -> str:
    """A dimension's unit as the report writes it: `FLOP`, `FLOP/s`, `GPU*s`, `m^3`, `J`, `1`."""
    above = "*".join(_powered(n, e) for n, e in sorted(of, key=_rank) if e > 0)
    below = "".join("/" + _powered(n, -e) for n, e in sorted(of, key=lambda p: (-_rank(p)[0], p[0])) if e < 0)
    return _NAMED.get(of) or (above or "1") + below


def _powered(name: str, exponent: Exponent) -> str:
    return _display(name) + ("" if exponent == 1 else f"^{exponent}")


_PREFIXES = "kilo mega giga tera peta exa zetta yotta milli micro nano pico centi kibi mebi gibi tebi pebi"
_SHORT_PREFIX = dict(zip(_PREFIXES.split(), "k M G T P E Z Y m u n p c Ki Mi Gi Ti Pi".split(), strict=True))
_SHORT_UNIT = {"FLOP": "FLOP", "watt": "W", "watt_hour": "Wh", "joule": "J", "byte": "B", "bit": "bit", "hertz": "Hz"}


@lru_cache(maxsize=1000)
def written(compound: Compound) -> str:
    """A compound as the report reads it back to the writer: `TFLOP/s/GPU`, `PFLOP/s-days`, `USD/(PFLOP/s-day)`."""
    parts: tuple[list[str], list[str]] = ([], [])
    if days := _compute_days(compound):  # as the field writes them
        text = f"{_spelled(days[0])}/s-{_spelled(days[2])}"
        parts[days[0].exponent < 0].append(f"{text}s" if len(compound) == 3 and days[0].exponent > 0 else f"({text})")
    for term in compound:
        if term not in days:
            parts[term.exponent < 0].append(_spelled(term) + (f"^{e}" if (e := abs(term.exponent)) != 1 else ""))
    return ("*".join(parts[0]) or "1") + "".join("/" + t for t in parts[1]) if compound else ""


def _spelled(term: UnitTerm) -> str:
    stem = _SHORT_UNIT.get(term.name)
    short = stem or term.name in _SYMBOLS
    return (_SHORT_PREFIX.get(term.prefix, term.prefix) if short else term.prefix) + (stem or _display(term.name))


def _compute_days(compound: Compound) -> Compound:
    """The operations, the second and the days of PF-days; none where they are not there, or to other powers."""
    for sign in (1, -1):
        wanted = (("FLOP",), sign), (("second",), -sign), (("day", "hour", "year"), sign)
        found = [t for names, exponent in wanted for t in compound if t.name in names and t.exponent == exponent]
        if len(found) == len(wanted) and found[1].name == "second":
            return tuple(found)
    return ()


_LOCK = Lock()
_registry: Any = None


def registry() -> Any:
    """The same units as one immutable pint registry, built once under a lock.

    Its `define`, `enable_contexts` and `load_definitions` raise TypeError: pint's caches go stale silently when a
    unit is defined at run time, and contexts are shared by every thread of the process.
    """
    global _registry
    with _LOCK:
        if _registry is None:
            from slipstick.pint_registry import build

            _registry = build(table())
        return _registry


def pint_units(compound: Compound) -> Any:
    """The pint unit of a compound; nouns that the registry does not know are left out."""
    from slipstick.pint_registry import product_of

    return product_of(registry(), [term for term in compound if term.name in table()])
