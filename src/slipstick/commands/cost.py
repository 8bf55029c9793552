"""`slipstick cost`: what compute costs at the catalogue's prices of a date, and what money buys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slipstick.commands.arguments import UNUSABLE, complain
from slipstick.commands.output import add_output
from slipstick.commands.plotting import KINDS, Picture, add_plot

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
    add_plot(parser, "the one bill that --hardware and --kind leave", KINDS)


def run(arguments: argparse.Namespace) -> int:
    """Price and print; what cannot be priced is one line, with exit code 2."""
    from slipstick.commands.output import OutputError, opened
    from slipstick.costs.charging import cost

    names = ("hardware", "date", "utilization", "kind", "price", "days", "level")
    try:
        output = opened(arguments.output, arguments.format, (), FORMATS)
        picture = Picture(arguments, [] if arguments.output == "-" else [arguments.output])
        made = cost(arguments.amount, **{name: getattr(arguments, name) for name in names})
        if picture.is_wanted:
            _draw(made, picture)
        output.write(_shown(made, output, arguments.color))
        output.close()
    except (ValueError, ArithmeticError, OutputError, ImportError) as error:
        complain(str(error))
        return UNUSABLE
    return 0


def _draw(made: Cost, picture: Picture) -> None:
    """Draw and write the picture of the one bill. Raises ValueError where there are several."""
    from slipstick.costs.wording import bill_title

    bills = [(each, bill) for each in made.hardware for bill in each.bills]
    if len(bills) > 1:
        there = ", ".join(f"{each.part} {bill.kind}" for each, bill in bills)
        raise ValueError(f"--plot draws one bill, and there are {len(bills)} ({there}); expected --hardware and --kind")
    ((each, bill),) = bills
    picture.title = picture.title or bill_title(made, each, bill)
    picture.draw_estimate(bill.estimate, spread=bill.estimate.spread(bill.usd.level))
    picture.write()


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
