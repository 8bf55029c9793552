"""`slipstick estimate`: compute an estimate written as a formula, with error bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slipstick.commands.arguments import UNUSABLE, complain
from slipstick.commands.output import OutputError, add_output, opened
from slipstick.commands.plotting import KINDS, Picture, add_plot

if TYPE_CHECKING:
    import argparse

    from slipstick.estimates.estimate import Estimate

DESCRIPTION = (
    "Compute an estimate: slipstick estimate 'gpus * days * peak * utilization' gpus=64 days='14 days' "
    "peak='312 TFLOP/s' utilization='0.3 to 0.5'. Values are numbers with units, ranges (90% intervals: "
    "'5 to 12 days', '33% ± 5%') or distributions: between, plus_minus, normal, lognormal, uniform, triangular, "
    "beta, student_t, factor_of, samples, as in 'normal(10, 2) kW'; @FILE has one measured draw per line."
)
_LARGEST = 64 * 2**20  # bytes of measured draws: about four million of them
EPILOG = "Exit codes: 0 computed, 2 the call or an input is unusable."
FORMATS = ("text", "markdown", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick estimate`."""
    add = parser.add_argument
    add("formula", metavar="FORMULA", help="names, numbers, + - * / ^ ( ) and sqrt()")
    add("inputs", nargs="*", metavar="NAME=VALUE", help="what each name is")
    add("--level", type=float, default=0.9, help="probability of the interval (default: 0.9)")
    add("--method", default="auto", help="auto, exact, first order or sampled (default: auto)")
    add("--draws", type=int, help="draw so many instead of until the printed digits stand still")
    add("--digits", type=int, default=2, help="digits that must stand still (default: 2)")
    add("--seed", type=int, default=0, help="names the draws (default: 0)")
    add("--design", default="random", help="random, sobol or latin hypercube (default: random)")
    add("--workers", type=int, default=1, help="processes to draw in; the result is the same (default: 1)")
    correlate = "correlation of two inputs, -1 to 1; may be repeated"
    add("--correlate", action="append", default=[], metavar="A,B=RHO", help=correlate)
    add("--solve", metavar="NAME", help="what this input would have to be for the result to be --target")
    add("--target", metavar="VALUE", help="a number with its unit, perhaps a range")
    add(
        "--in",
        "--unit",
        metavar="UNIT",
        dest="unit",
        help="show the result in this unit instead of base units, such as MWh",
    )
    add_output(parser, FORMATS)
    add_plot(parser, "its density, or what each input does to it,", KINDS)
    mark = "mark a value in the picture of the density, as in 'as claimed=2e23 FLOP'; may be repeated"
    add("--plot-mark", action="append", default=[], metavar="NAME=VALUE", help=mark)


def run(arguments: argparse.Namespace) -> int:
    """Compute and print; whatever cannot be computed is one line, with exit code 2."""
    from slipstick.estimates.other_unit import other_unit
    from slipstick.uncertainty.sampling import Sampling

    try:
        if (arguments.solve is None) != (arguments.target is None):
            raise ValueError("--solve and --target go together; expected both")
        output = opened(arguments.output, arguments.format, (), FORMATS)
        picture = Picture(arguments, [] if arguments.output == "-" else [arguments.output])
        made = _estimate(arguments)
        how = {name: getattr(arguments, name) for name in ("level", *Sampling._fields)}
        spread = made.spread(method=arguments.method, **how)
        answer = made.solve(arguments.solve, arguments.target) if arguments.solve else []
        answers = answer if isinstance(answer, list) else [answer]
        unit = None if arguments.unit is None else other_unit(made, arguments.unit)
        shown = _SHOWN[output.format](made, spread, answers, unit, **how)
        if picture.is_wanted:
            picture.draw_estimate(made, spread=spread, rivals=map(_mark, arguments.plot_mark))
            picture.write()
        output.write(shown + "\n")
        output.close()
    except (ValueError, KeyError, OutputError) as error:
        complain(str(error.args[0]) if error.args else str(error))
        return UNUSABLE
    return 0


def _text(*given: Any, **how: Any) -> str:
    from slipstick.estimates.showing import page

    return page(*given, **how)


def _markdown(*given: Any, **how: Any) -> str:
    from slipstick.estimates.showing import parts
    from slipstick.formats.estimate_markdown import markdown

    return markdown(*parts(*given, **how))


def _json(*given: Any, **how: Any) -> str:
    from slipstick.estimates.record import dumps

    return dumps(*given, **how)


_SHOWN = {"text": _text, "markdown": _markdown, "json": _json}


def _estimate(arguments: argparse.Namespace) -> Estimate:
    from slipstick.estimates.estimate import Estimate

    given: dict[str, Any] = {}
    for part in arguments.inputs:
        name, sign, value = part.partition("=")
        if not sign or not name.strip().isidentifier():
            raise ValueError(f"expected NAME=VALUE, such as days='14 days', not {part!r}")
        if name.strip() in given:
            raise ValueError(f"two values for {name.strip()!r}")
        given[name.strip()] = _measured_draws(value.strip()) if value.strip().startswith("@") else value
    made = Estimate.from_formula(arguments.formula, **given)
    pairs: dict[tuple[str, str], float] = {}
    for (first, second), rho in map(_pair, arguments.correlate):
        if {(first, second), (second, first)} & pairs.keys():
            raise ValueError(f"two correlations of {first} and {second} are declared")
        pairs[first, second] = rho
    return made.correlated(pairs) if pairs else made


def _pair(text: str) -> tuple[tuple[str, str], float]:
    names, _, number = text.partition("=")
    first, _, second = (part.strip() for part in names.partition(","))
    try:
        rho = float(number)
    except ValueError:
        rho = 2.0
    if not (first and second and -1 <= rho <= 1):
        raise ValueError(f"expected A,B=RHO with a correlation of -1 to 1, not {text!r}")
    return (first, second), rho


def _mark(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (sign and name.strip() and value.strip()):
        raise ValueError(f"expected NAME=VALUE, such as 'as claimed=2e23 FLOP', not {text!r}")
    return name.strip(), value


def _measured_draws(text: str) -> Any:
    """The draws in a file, one number per line, with the unit behind its name: "@draws.txt kW"."""
    from pathlib import Path

    from slipstick.estimates.ranges import samples
    from slipstick.tables import InputError, read_text

    name, _, unit = text[1:].partition(" ")
    try:
        lines = read_text(Path(name), _LARGEST).source.text.split()
    except InputError as error:
        raise ValueError(str(error)) from None
    return samples(lines, unit.strip())
