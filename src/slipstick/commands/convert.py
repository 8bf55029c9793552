"""`slipstick convert`: a quantity in another unit, exactly, with the path on request."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from slipstick.commands.arguments import UNUSABLE, complain, write_now

if TYPE_CHECKING:
    import argparse

    from slipstick.conversion.records import RegisteredUnit

DESCRIPTION = (
    "Convert a quantity exactly: slipstick convert '4095 PF-days' FLOP, '22 TPU v3 core-years' 'TPU v3 chip hour', "
    "'3..5 kWh' MJ. What was taken for a word of several meanings is said; units of unlike kinds are refused, with "
    "the factor that is missing."
)
EPILOG = "Exit codes: 0 converted, 2 the units do not convert, or the call is unusable."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick convert`."""
    add = parser.add_argument
    add("quantity", nargs="?", metavar="QUANTITY", help="a number with its unit, or a range: '4095 PF-days'")
    add("unit", nargs="?", metavar="UNIT", help="the unit wanted (default: base units)")
    add("--explain", action="store_true", help="show the path: each edge with its source")
    add("--list", nargs="?", const="", metavar="WORD", help="all units, or those of a dimension or name with WORD")
    add("--format", choices=("text", "json"), default="text", help="what to print (default: text)")


def run(arguments: argparse.Namespace) -> int:
    """Convert and print; what does not convert is one line, with exit code 2."""
    from slipstick.conversion.errors import ConversionError

    if (arguments.list is None) == (arguments.quantity is None):
        complain("expected a quantity and the unit wanted, such as '4095 PF-days' FLOP, or --list")
        return UNUSABLE
    try:
        text = _list(arguments) if arguments.quantity is None else _converted(arguments)
    except ConversionError as error:
        complain(str(error))
        return UNUSABLE
    from slipstick.formats.plain import encodable

    write_now(encodable(text, _encoding()))
    return 0


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def _converted(arguments: argparse.Namespace) -> str:
    from slipstick.conversion.converting import base_units, convert
    from slipstick.conversion.errors import ConversionError

    if arguments.unit is not None and not arguments.unit.strip():
        raise ConversionError("expected a unit to convert to, such as FLOP; for a plain number, write 1")
    made = convert(arguments.quantity, base_units(arguments.quantity) if arguments.unit is None else arguments.unit)
    if arguments.format == "json":
        from slipstick.formats.conversion_json import dumps

        return dumps(made, arguments.quantity, _encoding()) + "\n"
    from slipstick.formats.conversion_text import page

    return page(made, arguments.quantity, arguments.explain)


def _list(arguments: argparse.Namespace) -> str:
    from slipstick.conversion.errors import ConversionError

    found = _units(arguments.list.strip().lower())
    if not found:
        raise ConversionError(f"no unit and no dimension has {arguments.list.strip()[:40]!r} in its name")
    if arguments.format == "json":
        from slipstick.formats.conversion_json import dumps_units

        return dumps_units(found, _encoding()) + "\n"
    from slipstick.formats.conversion_text import list_page

    return list_page(found)


def _units(word: str) -> list[RegisteredUnit]:
    """The units whose dimension is called so; where there is none, those with the word in a name or a spelling."""
    from slipstick.conversion.registry import known_units

    every = known_units()
    of_dimension = [each for each in every if each.dimension.lower() == word]
    named = [each for each in every if any(word in text.lower() for text in _texts(each))]
    return of_dimension or named


def _texts(unit: RegisteredUnit) -> tuple[str, ...]:
    return unit.name.replace("_", " "), unit.dimension, *unit.spellings, *unit.symbols
