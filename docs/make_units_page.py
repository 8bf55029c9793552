"""Writes docs/units.md from the registry of units: `python docs/make_units_page.py`."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from slipstick.conversion.records import RegisteredUnit
from slipstick.conversion.registry import known_units, price_indices, price_year, table
from slipstick.data import read_rows
from slipstick.units import part_units

PAGE = Path(__file__).parent / "units.md"

INTRODUCTION = """\
# Units

Every unit that `slipstick convert` knows, made from the registry by `python docs/make_units_page.py`. Sizes are exact
rationals. A definition stands in one place: in `units.txt`, with which audits compute, or in `conversion_units.csv`,
whose units prose is never read for (a stone, a bar, a hand). What several units are called is either taken for the
likeliest, which is said with every conversion, or refused with the choices: a name that countries understand
differently and that audits do not read (ton, pint, cup) is refused.

Wherever GNU units or pint define a unit of the same name otherwise, a test names both definitions. To run that
comparison against the program itself, install it (`apt-get install units`, `brew install gnu-units`);
`tests/make_gnu_units.py` makes the table of expected values again. Measured constants (dalton, hartree), logarithms
(dB, pH) and exchange rates are left out: none has a fixed factor.

## JSON

`slipstick convert --format json` prints `slipstick-conversion/1`: `quantity` as given, `value` (nearest float),
`fraction` (exact), `low` and `high` of a range or null, `unit`, `factor` (exact), `exact` (false where pi or rounded
digits remain), `path` (`text`, `factor` and `source` of each edge) and `notes` (what was taken for words of several
meanings). With `--list` it has `units`: name, dimension, definition, source, spellings, symbols.
"""


def page() -> str:
    """The whole page."""
    years = sorted(price_indices())
    parts = [INTRODUCTION]
    every = sorted((u for u in known_units() if _is_listed(u)), key=lambda unit: (_order(unit), unit.dimension))
    for dimension, group in groupby(every, key=lambda unit: unit.dimension if _order(unit) else "counted things"):
        rows = [_row(unit, with_dimension=dimension == "counted things") for unit in group]
        parts.append(f"## {dimension[0].upper()}{dimension[1:]}\n\n{_HEAD}{''.join(rows)}")
    _, source = price_indices()[years[-1]]
    parts.append(_MONEY.format(first=years[0], last=years[-1], source=source))
    parts.append(_devices())
    parts.append(_ambiguous())
    return "\n".join(parts)


_MONEY = """\
## Money by year

`$2020`, `2020 USD` and `USD_2020` are dollars of that year, from {first} to {last}. They convert by consumer prices, as
each conversion says, and never to money without a year.

Source: {source}.
"""
_HEAD = "| unit | read from | definition | source |\n|---|---|---|---|\n"


def _order(unit: RegisteredUnit) -> int:
    """Counted things together and first, as they are what the field counts in."""
    return 0 if unit.definition == "base unit" and table().sections[unit.name] in ("counted", "devices") else 1


def _is_listed(unit: RegisteredUnit) -> bool:
    return unit.name not in part_units() and price_year(unit.name) is None


def _row(unit: RegisteredUnit, with_dimension: bool) -> str:
    spelled = ", ".join(_cell(word) for word in (*unit.symbols, *unit.spellings) if word != unit.name)
    taken = f"; {unit.taken}" if unit.taken else ""
    source = unit.source.removesuffix(", a kind of its own")
    definition = "a kind of its own" if with_dimension else _cell(unit.definition)
    return f"| {unit.name} | {spelled} | {definition}{' (rounded)' * unit.inexact} | {_cell(source + taken)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")


_DEVICES = """\
## Parts of accelerators

{number} units: each part of the hardware catalogue at each of its levels (`TPU v3 core`, `TPU v3 chip`, `A100`). They
convert within one part, by these edges; where the catalogue has several sizes, the conversion is refused.

| part | edge | source | confidence |
|---|---|---|---|
{rows}"""


def _devices() -> str:
    rows = [
        f"| {row['part']} | 1 {row['container']} = {row['count']} {row['contains']} | {_cell(row['source'])} "
        f"| {row['confidence']} |\n"
        for row in read_rows("packaging.csv")
    ]
    return _DEVICES.format(number=len(part_units()), rows="".join(rows))


def _ambiguous() -> str:
    rows = "".join(
        f"| {', '.join(map(_cell, row['spellings'].split('|')))} | {_cell(row['said'])} |\n"
        for row in read_rows("ambiguous_units.csv")
    )
    return f"## Words of several meanings\n\n| written | what is said |\n|---|---|\n{rows}"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
