"""`slipstick hardware`: what the catalogue knows of an accelerator, its disputes included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slipstick.commands.arguments import UNUSABLE, complain, year_of
from slipstick.commands.output import Output, OutputError, add_output, opened

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from slipstick.catalogue import device_names, hardware
    from slipstick.catalogue.lookup import Lookup

DESCRIPTION = (
    "Show what the catalogue knows of an accelerator: peaks, packaging, memory, prices, published utilization, each "
    "with its source, its confidence and its rivals. Names are taken as people write them: TPUv3, v3-8, A100 SXM, 4090."
)
EPILOG = "Exit codes: 0 shown, 2 no hardware of that name, or the call is unusable."
FORMATS = ("text", "markdown", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick hardware`."""
    add = parser.add_argument
    add("name", nargs="*", metavar="NAME", help="an accelerator, such as 'TPU v3'; TPU or GPU alone with --date")
    add("--list", action="store_true", help="all of the catalogue, a line each")
    when = "when it was written, which says what a bare TPU or GPU means: 2021, 2021-04 or 2021-04-08"
    add("--date", "--year", metavar="DATE", dest="year", type=year_of, help=when)
    add_output(parser, FORMATS)
    add("--color", choices=("auto", "always", "never"), default="auto", help="colours on the page (default: auto)")


def run(arguments: argparse.Namespace) -> int:
    """Show a part, a family or the list; a name that is not known is one line with exit code 2."""
    from slipstick.catalogue.lookup import Lookup, UnknownName, look_up

    name = " ".join(arguments.name)
    if arguments.list == bool(name):
        complain("expected the name of an accelerator, or --list" + (", not both" if name else ""))
        return UNUSABLE
    try:
        output = opened(arguments.output, arguments.format, (), FORMATS)
        found = look_up(name, arguments.year) if name else Lookup("", None, _every_part())
        output.write(_shown(found, output, arguments.color))
        output.close()
    except (UnknownName, OutputError) as error:
        complain(str(error))
        return UNUSABLE
    return 0


def _every_part() -> tuple[hardware.Part, ...]:
    from slipstick.catalogue import hardware

    return hardware.parts()


def _shown(found: Lookup, output: Output, color: str) -> str:
    from slipstick.formats.plain import encodable

    if output.format == "json":
        return _json(found, output.encoding)
    return encodable(_markdown(found) if output.format == "markdown" else _page(found, output, color), output.encoding)


def _markdown(found: Lookup) -> str:
    from slipstick.catalogue.datasheet import sheet
    from slipstick.formats.hardware_markdown import family_markdown, list_markdown, sheet_markdown

    if not found.query:
        return list_markdown(found.parts)
    if len(found.parts) > 1:
        return family_markdown(found, _meanings(found))
    return sheet_markdown(found, sheet(found.parts[0].name))


def _json(found: Lookup, encoding: str) -> str:
    from slipstick.catalogue.datasheet import sheet
    from slipstick.formats.hardware_json import dumps

    return dumps(found, [sheet(part.name) for part in found.parts], _meanings(found), encoding) + "\n"


def _page(found: Lookup, output: Output, color: str) -> str:
    from slipstick.catalogue.datasheet import sheet
    from slipstick.formats.hardware_page import family_page, list_page, sheet_page
    from slipstick.formats.text import Look

    look = Look(width=output.width, color=output.has_color(color))
    if not found.query:
        return list_page(found.parts, look)
    if len(found.parts) > 1:
        return family_page(found, _meanings(found), look)
    return sheet_page(found, sheet(found.parts[0].name), look)


def _meanings(found: Lookup) -> Sequence[device_names.Meaning]:
    """What a bare family name meant, in the year that was given."""
    from slipstick.catalogue import device_names

    return device_names.meanings(found.family, found.year) if found.family else ()
