"""`slipstick cost`: what compute costs at the catalogue's prices of a date, and what money buys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slipstick.commands.arguments import UNUSABLE, complain
from slipstick.commands.output import add_output

if TYPE_CHECKING:
    import argparse

    from slipstick.commands.output import Output
    from slipstick.costs.bill import Cost

DESCRIPTION = (
    "Price compute: slipstick cost '3.14e23 FLOP' --date 2020-07; '512 TPU v3 chips for 2.5 days'; a whole "
    "calculation; or the reverse, slipstick cost '$10M' --date 2024. Each kind of price has a bill of its own, with an "
    "interval that carries the spread of prices, utilization and peak."
)
EPILOG = "Exit codes: 0 priced, 2 the call is unusable, or no price is known."
FORMATS = ("text", "markdown", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick cost`."""
    add = parser.add_argument
    add("amount", metavar="AMOUNT", help="FLOP, device-time, dollars, or a calculation of one of them")
    add("--hardware", metavar="NAME", help="the accelerator (default: the amount's own, else the fastest of the date)")
    add("--date", metavar="DATE", help="of the prices: 2020, 2020-07, 2020-07-15 or 2018..2020 (default: all)")
    add("--utilization", metavar="LOW..HIGH", help="share of the peak: 0.4, or a 90%% interval (default: the era's)")
    kinds = "on-demand, spot, reserved-1y, reserved-3y or amortized; may be repeated (default: each apart)"
    add("--kind", action="append", metavar="KIND", help=kinds)
    add("--price", metavar="PRICE", help="your own, instead of the catalogue's: '$2/chip-hour'")
    add("--days", metavar="DAYS", help="also say how many devices do it in so many days")
    add("--level", type=float, default=0.9, help="probability of the intervals (default: 0.9)")
    add_output(parser, FORMATS)
    add("--color", choices=("auto", "always", "never"), default="auto", help="colours on the page (default: auto)")


def run(arguments: argparse.Namespace) -> int:
    """Price and print; what cannot be priced is one line, with exit code 2."""
    from slipstick.commands.output import OutputError, opened
    from slipstick.costs.charging import cost

    names = ("hardware", "date", "utilization", "kind", "price", "days", "level")
    try:
        output = opened(arguments.output, arguments.format, (), FORMATS)
        made = cost(arguments.amount, **{name: getattr(arguments, name) for name in names})
        output.write(_shown(made, output, arguments.color))
        output.close()
    except (ValueError, ArithmeticError, OutputError) as error:
        complain(str(error))
        return UNUSABLE
    return 0


def _shown(made: Cost, output: Output, color: str) -> str:
    if output.format == "json":
        from slipstick.formats.cost_json import dumps

        return dumps(made, output.encoding) + "\n"
    from slipstick.formats.plain import encodable

    if output.format == "markdown":
        from slipstick.formats.cost_markdown import markdown

        return encodable(markdown(made), output.encoding)
    from slipstick.formats.cost_text import page
    from slipstick.formats.text import Look

    return encodable(page(made, Look(width=output.width, color=output.has_color(color))), output.encoding)
