"""`slipstick trend`: how fast a table of points doubles, whether the pace changed, and what lies ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slipstick.commands.arguments import UNUSABLE, complain, size_in_bytes
from slipstick.commands.output import add_output
from slipstick.commands.plotting import Picture, add_plot

if TYPE_CHECKING:
    import argparse

    from slipstick.commands.output import Output
    from slipstick.trends.trend import Trend

DESCRIPTION = (
    "Fit the trend of a table of points: record-setters, doubling time with its interval, a break in the pace, "
    "projections to a date or a value, and how far any figure lies from the line. TABLE is a CSV, TSV, JSON Lines or "
    "Parquet file with a column for the date and one for the value with its unit, or the name of one that comes along: "
    "ai-and-compute."
)
EPILOG = "Exit codes: 0 fitted, 2 the call or the table is unusable."

FORMATS = ("text", "markdown", "json")
_COLUMNS = {
    "date": "the column of the dates, if its name does not say so",
    "value": "the column of the values, if its name does not say so",
    "unit": "the column of the values' units; likewise",
    "low": "the column of the low ends of the values' 90%% intervals; likewise",
    "high": "the column of the high ends; likewise",
    "name": "the column of the systems' names; likewise",
    "accounting": "the column of how each was counted; likewise",
    "source": "the column of the sources; likewise",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick trend`."""
    add = parser.add_argument
    add("table", metavar="TABLE", help="a table of points, or ai-and-compute")
    for role in _COLUMNS:
        add(
            f"--{role}-column",
            metavar="COLUMN",
            default="",
            help=_COLUMNS[role],
        )
    add("--unit", metavar="UNIT", default="", help="of values without one, such as FLOP or PF-days")
    add("--in", metavar="UNIT", default="", dest="shown_in", help="show values in this unit (default: the table's)")
    add("--points", choices=("all", "records"), default="all", help="draw the line through all, or record-setters only")
    add("--since", metavar="DATE", help="leave out what is earlier")
    add("--until", metavar="DATE", help="leave out what is later")
    where = "take rows whose COLUMN is TEXT or another text after |; may be repeated, once per column"
    add("--where", metavar="COLUMN=TEXT", action="append", help=where)
    add("--accounting", metavar="TEXT", default="", help="how systems are taken that were counted in several ways")
    add("--at", metavar="DATE", action="append", default=[], help="project the line to a date; may be repeated")
    add("--reach", metavar="VALUE", action="append", default=[], help="when the line reaches a value; may be repeated")
    compare = "how far a value or a point of the table lies from the line at a date; may be repeated"
    add("--compare", metavar="VALUE@DATE", action="append", default=[], help=compare)
    add("--no-break", action="store_true", help="look for no break")
    add("--level", type=float, default=0.9, help="probability of the intervals (default: 0.9)")
    add("--all", action="store_true", help="list every point and row, also those that are not used")
    add_output(parser, FORMATS)
    add("--color", choices=("auto", "always", "never"), default="auto", help="colours on the page (default: auto)")
    size = "refuse longer tables: bytes, or 5k, 10MB (powers of 1000), 64MiB (of 1024); default 64MiB"
    add("--max-size", metavar="SIZE", type=size_in_bytes, default=64 * 2**20, help=size)
    add_plot(parser, "the points with the line and its bands")


def run(arguments: argparse.Namespace) -> int:
    """Fit and print; whatever cannot be used is one line, with exit code 2."""
    from slipstick.commands.output import OutputError, opened
    from slipstick.tables import InputError

    try:
        output = opened(arguments.output, arguments.format, [arguments.table], FORMATS)
        picture = Picture(arguments, [arguments.table, *([] if arguments.output == "-" else [arguments.output])])
        made = _made(arguments)
        if picture.is_wanted:
            from slipstick.plotting import scatter

            picture.draw(scatter, made)
            picture.write()
        output.write(_shown(made, arguments, output))
        output.close()
    except (ValueError, InputError, OutputError, ImportError) as error:
        complain(str(error))
        return UNUSABLE
    return 0


def _made(arguments: argparse.Namespace) -> Trend:
    from slipstick.trends.making import trend

    return trend(
        arguments.table,
        columns={role: getattr(arguments, f"{role}_column") for role in _COLUMNS},
        unit=arguments.unit,
        shown_in=arguments.shown_in,
        points=arguments.points,
        since=arguments.since,
        until=arguments.until,
        where=arguments.where,
        accounting=arguments.accounting,
        at=arguments.at,
        reach=arguments.reach,
        compare=arguments.compare,
        breaks_by="none" if arguments.no_break else "auto",
        level=arguments.level,
        max_size=arguments.max_size,
    )


def _shown(made: Trend, arguments: argparse.Namespace, output: Output) -> str:
    if output.format == "json":
        from slipstick.formats.trend_json import dumps

        return dumps(made, output.encoding) + "\n"
    from slipstick.formats.plain import encodable

    if output.format == "markdown":
        from slipstick.formats.trend_markdown import markdown

        return encodable(markdown(made), output.encoding)
    from slipstick.formats.text import Look
    from slipstick.formats.trend_page import page

    look = Look(output.width, output.has_color(arguments.color), arguments.all)
    return encodable(page(made, look), output.encoding)
