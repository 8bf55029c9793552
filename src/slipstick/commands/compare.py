"""`slipstick compare`: what makes one estimate differ from another, factor by factor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from slipstick.commands.arguments import (
    UNUSABLE,
    complain,
    exists,
    fraction_range,
    size_in_bytes,
    year_of,
)
from slipstick.commands.output import Output, OutputError, add_output, opened
from slipstick.commands.plotting import Picture, add_plot

if TYPE_CHECKING:
    import argparse

    from slipstick.comparison.ledger import Comparison
    from slipstick.comparison.written_estimates import WrittenEstimate
    from slipstick.settings import Settings
    from slipstick.source import Source

DESCRIPTION = (
    "Compare two estimates of one thing, factor by factor: a ledger of ratios (B over A) that multiply to the whole. "
    "A and B are each a text, a file, a place in a file (post.md:16, or post.md:16:4), or - for standard input."
)
EPILOG = "Exit codes: 0 compared, 2 the call or an input is unusable."
FORMATS = ("text", "markdown", "json")

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>[0-9]{1,9})(?::(?P<column>[0-9]{1,9}))?")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick compare`."""
    add = parser.add_argument
    add("a", metavar="A", help="a text, a file, FILE:LINE, or - for standard input")
    add("b", metavar="B", help="the same; ratios are B over A")
    add("--utilization", metavar="LOW..HIGH", type=fraction_range, help="90%% interval instead of the sourced default")
    add("--date", metavar="DATE", type=year_of, help="when the texts were written: 2021, 2021-04 or 2021-04-08")
    add("--level", type=float, default=0.9, help="probability of the intervals (default: 0.9)")
    add_output(parser, FORMATS)
    add("--color", choices=("auto", "always", "never"), default="auto", help="colours on the page (default: auto)")
    size = "refuse longer inputs: bytes, or 5k, 10MB (powers of 1000), 64MiB (of 1024); default 64MiB"
    add("--max-size", metavar="SIZE", type=size_in_bytes, default=64 * 2**20, help=size)
    add_plot(parser, "the ledger as a waterfall")


def run(arguments: argparse.Namespace) -> int:
    """Compare and print; whatever cannot be compared is one line, with exit code 2."""
    from slipstick.comparison.comparing import compare
    from slipstick.settings import Settings
    from slipstick.tables import InputError

    settings = Settings(utilization=arguments.utilization, year=arguments.date)
    try:
        if arguments.a == arguments.b == "-":
            raise ValueError("both are standard input, which can be read once; expected a text or a file for one")
        files = _files(arguments.a, arguments.b)
        output = opened(arguments.output, arguments.format, files, FORMATS)
        picture = Picture(arguments, [*files, *([] if arguments.output == "-" else [arguments.output])])
        given = {"A": arguments.a, "B": arguments.b}
        a, b = (_side(name, text, arguments.max_size, settings) for name, text in given.items())
        made = compare(a, b, settings, arguments.level)
        if picture.is_wanted:
            from slipstick.plotting import waterfall

            picture.draw(waterfall, made)
            picture.write()
        output.write(_shown(made, output, arguments.color))
        output.close()
    except (ValueError, InputError, OutputError) as error:
        complain(str(error))
        return UNUSABLE
    return 0


def _files(*given: str) -> list[str]:
    """The files that are named, by themselves or with a place in them."""
    places = [match["file"] for each in given if (match := _PLACE.fullmatch(each))]
    return [name for name in (*given, *places) if exists(name)]


def _side(name: str, given: str, limit: int, settings: Settings) -> WrittenEstimate:
    """The estimate that an argument stands for. Raises ValueError or InputError with one line."""
    from slipstick.comparison.written_estimates import one_estimate

    source, line, column = _source(name, given, limit)
    try:
        return one_estimate(source, line, column, settings)
    except ValueError as error:
        no_file = f"there is no file {given[:60]}, and as a text, " if source.text == given and " " not in given else ""
        raise ValueError(f"{name}: {no_file}{error}") from None


def _source(name: str, given: str, limit: int) -> tuple[Source, int | None, int | None]:
    """The text of an argument, and the line and column in it that are meant, if any."""
    from pathlib import Path

    from slipstick import tables

    if given == "-":
        return tables.read_standard_input(limit).source, None, None
    if not given.strip():
        raise ValueError(f"{name} is empty; expected a text, a file, FILE:LINE, or - for standard input")
    place = _PLACE.fullmatch(given)
    for path, line, column in ((given, None, None), place.group("file", "line", "column") if place else ("", "", "")):
        if path and exists(path):
            if tables.is_table(Path(path)):
                raise ValueError(f"{name}: {path} is a table; expected a text")
            source = tables.read_text(Path(path), limit).source
            return source, int(line) if line else None, int(column) if column else None
    return tables.given_text(given, limit).source, None, None


def _shown(made: Comparison, output: Output, color: str) -> str:
    if output.format == "json":
        from slipstick.formats.comparison_json import dumps

        return dumps(made, output.encoding) + "\n"
    from slipstick.formats import comparison_text
    from slipstick.formats.plain import encodable

    if output.format == "markdown":
        return encodable(comparison_text.markdown(made), output.encoding)
    return encodable(comparison_text.page(made, output.width, output.has_color(color)), output.encoding)
