"""`slipstick hardware`: what the catalogue knows of an accelerator, its disputes included."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from slipstick.commands.arguments import UNUSABLE, complain, has_color, page_width, write_now, year_of

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


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick hardware`."""
    add = parser.add_argument
    add("name", nargs="*", metavar="NAME", help="an accelerator, such as 'TPU v3'; TPU or GPU alone with --year")
    add("--list", action="store_true", help="all of the catalogue, a line each")
    add("--year", metavar="YEAR", type=year_of, help="which TPU or GPU a bare name means: 2019, or a date")
    add("--format", choices=("text", "json"), default="text", help="what to print (default: text)")
    add("--color", choices=("auto", "always", "never"), default="auto", help="colours on the page (default: auto)")


def run(arguments: argparse.Namespace) -> int:
    """Show a part, a family or the list; a name that is not known is one line with exit code 2."""
    from slipstick.catalogue.lookup import Lookup, UnknownName, look_up

    name = " ".join(arguments.name)
    if arguments.list == bool(name):
        complain("expected the name of an accelerator, or --list" + (", not both" if name else ""))
        return UNUSABLE
    try:
        found = look_up(name, arguments.year) if name else Lookup("", None, _every_part())
    except UnknownName as error:
        complain(str(error))
        return UNUSABLE
    from slipstick.formats.plain import encodable

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    as_json = arguments.format == "json"
    write_now(_json(found, encoding) if as_json else encodable(_page(found, arguments.color), encoding))
    return 0


def _every_part() -> tuple[hardware.Part, ...]:
    from slipstick.catalogue import hardware

    return hardware.parts()


def _json(found: Lookup, encoding: str) -> str:
    from slipstick.catalogue.datasheet import sheet
    from slipstick.formats.hardware_json import dumps

    return dumps(found, [sheet(part.name) for part in found.parts], _meanings(found), encoding) + "\n"


def _page(found: Lookup, color: str) -> str:
    from slipstick.catalogue.datasheet import sheet
    from slipstick.formats.hardware_page import family_page, list_page, sheet_page
    from slipstick.formats.text import Look

    look = Look(width=page_width(), color=has_color(color))
    if not found.query:
        return list_page(found.parts, look)
    if len(found.parts) > 1:
        return family_page(found, _meanings(found), look)
    return sheet_page(found, sheet(found.parts[0].name), look)


def _meanings(found: Lookup) -> Sequence[device_names.Meaning]:
    """What a bare family name meant, in the year that was given."""
    from slipstick.catalogue import device_names

    return device_names.meanings(found.family, found.year) if found.family else ()
