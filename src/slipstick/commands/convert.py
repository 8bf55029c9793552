"""`slipstick convert`: a quantity in another unit, exactly, with the path on request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from slipstick.commands.arguments import UNUSABLE, complain
from slipstick.commands.output import Output, OutputError, add_output, opened

if TYPE_CHECKING:
    import argparse

    from slipstick.conversion.records import RegisteredUnit

DESCRIPTION = (
    "Convert a quantity exactly: slipstick convert '4095 PF-days' FLOP, '22 TPU v3 core-years' 'TPU v3 chip hour', "
    "'3..5 kWh' MJ. What was taken for a word of several meanings is said; units of unlike kinds are refused, with "
    "the factor that is missing."
)
EPILOG = "Exit codes: 0 converted, 2 the units do not convert, or the call is unusable."
FORMATS = ("text", "markdown", "json")

_BY_ARROW = re.compile(r"(?P<quantity>.+?)\s*(?:->|→)\s*(?P<unit>.+)", re.DOTALL)
_IN_WORDS = re.compile(r"(?P<quantity>.*[^\W\d_].*\s)(?:to|in|into)\s+(?P<unit>[^\s\d/*·^=+-].*)", re.DOTALL)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick convert`."""
    add = parser.add_argument
    add(
        "quantity",
        nargs="?",
        metavar="QUANTITY",
        help="a number with its unit, or a range: '4095 PF-days'; or '5 miles in km'",
    )
    add("unit", nargs="?", metavar="UNIT", help="the unit wanted (default: base units)")
    add("--explain", action="store_true", help="show the path: each edge with its source")
    add("--list", nargs="?", const="", metavar="WORD", help="all units, or those of a dimension or name with WORD")
    add_output(parser, FORMATS)


def run(arguments: argparse.Namespace) -> int:
    """Convert and print; what does not convert is one line, with exit code 2."""
    from slipstick.conversion.errors import ConversionError
    from slipstick.formats.plain import encodable

    if (arguments.list is None) == (arguments.quantity is None):
        complain("expected a quantity and the unit wanted, such as '4095 PF-days' FLOP, or --list")
        return UNUSABLE
    try:
        output = opened(arguments.output, arguments.format, (), FORMATS)
        text = _list(arguments, output) if arguments.quantity is None else _converted(arguments, output)
        output.write(encodable(text, output.encoding))
        output.close()
    except (ConversionError, OutputError) as error:
        complain(str(error))
        return UNUSABLE
    return 0


def _converted(arguments: argparse.Namespace, output: Output) -> str:
    from slipstick.conversion.converting import base_units, convert
    from slipstick.conversion.errors import ConversionError

    if arguments.unit is not None and not arguments.unit.strip():
        raise ConversionError("expected a unit to convert to, such as FLOP; for a plain number, write 1")
    quantity, unit = _pair(arguments.quantity, arguments.unit)
    made = convert(quantity, base_units(quantity) if unit is None else unit)
    if output.format == "json":
        from slipstick.formats.conversion_json import dumps

        return dumps(made, quantity, output.encoding) + "\n"
    from slipstick.formats.conversion_text import markdown, page

    return (markdown if output.format == "markdown" else page)(made, quantity, arguments.explain)


def _pair(quantity: str, unit: str | None) -> tuple[str, str | None]:
    """The quantity and the unit wanted; "5 miles in km" is both in one, and its "in" no inch."""
    both = (_BY_ARROW.fullmatch(quantity) or _IN_WORDS.fullmatch(quantity)) if unit is None else None
    return (both["quantity"].strip(), both["unit"].strip()) if both else (quantity, unit)


def _list(arguments: argparse.Namespace, output: Output) -> str:
    from slipstick.conversion.errors import ConversionError

    found = _units(arguments.list.strip().lower())
    if not found:
        raise ConversionError(f"no unit and no dimension has {arguments.list.strip()[:40]!r} in its name")
    if output.format == "json":
        from slipstick.formats.conversion_json import dumps_units

        return dumps_units(found, output.encoding) + "\n"
    from slipstick.formats.conversion_text import list_markdown, list_page

    return (list_markdown if output.format == "markdown" else list_page)(found)


def _units(word: str) -> list[RegisteredUnit]:
    """The units whose dimension is called so; where there is none, those with the word in a name or a spelling."""
    from slipstick.conversion.registry import known_units

    every = known_units()
    of_dimension = [each for each in every if each.dimension.lower() == word]
    named = [each for each in every if any(word in text.lower() for text in _texts(each))]
    return of_dimension or named


def _texts(unit: RegisteredUnit) -> tuple[str, ...]:
    return unit.name.replace("_", " "), unit.dimension, *unit.spellings, *unit.symbols
