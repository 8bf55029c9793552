"""The command `slipstick`: arguments in, a format out (`specs/report.md` states the exit codes).

Only what every call needs is imported here; `slipstick --help` starts without the rest.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import TYPE_CHECKING

from slipstick import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction
    from typing import NoReturn

    from slipstick.formats.printers import Printer
    from slipstick.report import Report
    from slipstick.tables import Row

FAIL_ON = {"note": 0, "warning": 1, "error": 2, "never": 3}
"""`--fail-on` to the rank of a severity, `Severity.rank`; no severity has the last one."""

_TRACEBACK = "SLIPSTICK_TRACEBACK"
_VERSION = f"slipstick {__version__}"
_UNUSABLE, _BROKEN_PIPE, _INTERRUPTED = 2, 141, 130
_LONG_TABLE = 200
_NARROWEST, _WIDEST = 40, 140
# Compiled only where an option is given that needs them, for the sake of start-up.
_SIZE = r"(?P<number>[0-9]{1,18}(?:\.[0-9]{1,9})?)\s*(?P<prefix>[kmgt]?)(?P<binary>i?)b?"
_DECIMAL = r"[0-9]{0,9}\.?[0-9]{1,30}"
_DATE = r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2 and one line on standard error."""
        _complain(message)
        raise SystemExit(_UNUSABLE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (the process's own arguments unless given) and return its exit code.

    0: nothing at or above `--fail-on`; 1: something was; 2: the call or an input could not be used, or the program
    itself failed (raised where the environment variable `SLIPSTICK_TRACEBACK` is set).
    """
    try:
        code = _audit(_parsed(argv))
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else _UNUSABLE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return _BROKEN_PIPE
    except OSError as error:
        _discard_output()
        _complain(f"the output cannot be written ({error.strerror})")
        return _UNUSABLE
    except Exception as error:
        if os.environ.get(_TRACEBACK):
            raise
        _complain(f"internal error: {type(error).__name__}: {error} ({_TRACEBACK}=1 shows where)")
        return _UNUSABLE


def _discard_output() -> None:
    """Let what is still unwritten go nowhere: Python flushes it once more at its end, which must not fail again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments. argparse takes one run of files only; those after a later option come back as the rest."""
    parser = _parser()
    arguments, rest = parser.parse_known_args(argv)
    unknown = [argument for argument in rest if argument.startswith("-") and argument != "-"]
    if unknown:
        parser.error(f"unknown option {unknown[0]}; `slipstick audit --help` lists them")
    arguments.files += rest
    return arguments


def _parser() -> _Parser:
    parser = _Parser(
        prog="slipstick",
        allow_abbrev=False,
        description="Audit back-of-the-envelope estimates: units checked, recomputed with error bars, slips named.",
    )
    parser.add_argument("--version", action="version", version=_VERSION)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    audit = commands.add_parser(
        "audit",
        allow_abbrev=False,
        help="check the calculations in texts and tables of texts",
        description="Check the calculations in texts and tables of texts (.csv, .tsv, .jsonl, .parquet).",
        epilog="Exit codes: 0 nothing at or above --fail-on, 1 something was, 2 the call or an input is unusable.",
    )
    audit.add_argument("--version", action="version", version=_VERSION)
    _add_inputs(audit)
    _add_settings(audit)
    return parser


def _add_inputs(audit: argparse.ArgumentParser) -> None:
    add = audit.add_argument
    add("files", nargs="*", metavar="FILE", help="a text or a table; - is standard input")
    add("--text", metavar="TEXT", help="audit this text instead of files")
    add("--text-column", metavar="COLUMN", help="the column of a table that holds the texts")
    add("--id-column", metavar="COLUMN", help="the column of a table that names its rows")
    size = "refuse longer inputs: bytes, or 5k, 10MB (powers of 1000), 64MiB (of 1024); default 64MiB"
    add("--max-size", metavar="SIZE", type=_size, default=64 * 2**20, help=size)


def _add_settings(audit: argparse.ArgumentParser) -> None:
    add = audit.add_argument
    add("--utilization", metavar="LOW..HIGH", type=_utilization, help="90%% interval instead of the sourced default")
    add("--date", metavar="DATE", type=_year, help="when the text was written: 2021, 2021-04 or 2021-04-08")
    add("--fail-on", choices=FAIL_ON, default="error", help="least severity that gives exit code 1 (default: error)")
    add("--format", choices=("text", "json", "jsonl"), default="text", help="what to print (default: text)")
    add("--all", action="store_true", help="show expressions without a stated result too, on the page")
    add("--show-unread", action="store_true", help="list what was seen and not read, on the page")
    add("--color", choices=("auto", "always", "never"), default="auto", help="colours on the page (default: auto)")


def _size(text: str) -> int:
    match = re.fullmatch(_SIZE, text.strip(), re.IGNORECASE)
    if match is None or (match["binary"] and not match["prefix"]):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; expected bytes like 5000, or 5k, 10MB, 64MiB")
    base = 1024 if match["binary"] else 1000
    return int(float(match["number"]) * base ** " kmgt".index(match["prefix"].lower() or " "))


def _utilization(text: str) -> tuple[Fraction, Fraction]:
    from fractions import Fraction

    low, dots, high = text.partition("..")
    if re.fullmatch(_DECIMAL, low) and (re.fullmatch(_DECIMAL, high) or not dots):
        least, most = Fraction(low), Fraction(high or low)
        # An interval that reaches 1 has no logit-normal distribution; a point at 1 is the peak itself.
        if 0 < least <= most < 1 or least == most == 1:
            return least, most
    raise argparse.ArgumentTypeError(f"{text!r} is no range of fractions, low to high; expected one like 0.2..0.5")


def _year(text: str) -> int:
    from datetime import date

    match = re.fullmatch(_DATE, text)
    try:
        if match is not None:
            return date(*(int(part or 1) for part in match.group("year", "month", "day"))).year
    except ValueError:
        pass  # a day that its month does not have
    raise argparse.ArgumentTypeError(f"{text!r} is no date; expected one like 2021, 2021-04 or 2021-04-08")


def _complain(message: str) -> None:
    """One line on standard error, or nowhere where that is closed."""
    from contextlib import suppress

    from slipstick.formats.plain import printable

    with suppress(OSError):
        if sys.stderr is not None:  # print would take None for standard output
            print(f"slipstick: {printable(message)}", file=sys.stderr, flush=True)


def _audit(arguments: argparse.Namespace) -> int:
    """`slipstick audit`: print each report as it comes; an input that cannot be used does not stop the others."""
    problem = _problem_of_call(arguments)
    if problem:
        _complain(problem)
        return _UNUSABLE
    from slipstick.tables import InputError

    printer = _printer(arguments)
    worst, unusable = -1, False
    for name in arguments.files or [None]:
        try:
            rows = _rows(name, arguments)
        except InputError as error:
            _complain(str(error))
            unusable = True
            continue
        for row, report in zip(rows, _reports(rows, arguments), strict=True):
            printer.add(report, row.heading)
            gravest = report.worst()
            worst = max(worst, gravest.rank if gravest else -1)
    printer.close()
    return _UNUSABLE if unusable else int(worst >= FAIL_ON[arguments.fail_on])


def _problem_of_call(arguments: argparse.Namespace) -> str | None:
    """Why the arguments do not go together, or None."""
    if arguments.text is not None and arguments.files:
        return "both --text and files; expected one of them"
    if arguments.text is None and not arguments.files:
        return "nothing to audit; expected files, - for standard input, or --text"
    if "" in arguments.files:
        return "the name of a file is empty; expected files, or - for standard input"
    if arguments.text is not None and arguments.text_column is not None:
        return "--text-column with --text; expected a table"
    if arguments.id_column is not None and arguments.text_column is None:
        return "--id-column without --text-column; expected both"
    return None


def _rows(name: str | None, arguments: argparse.Namespace) -> Sequence[Row]:
    """The texts of one input: a file, a table, standard input (`-`) or what `--text` gave (None)."""
    from slipstick import tables

    limit, column = arguments.max_size, arguments.text_column
    if name is None:
        return [tables.given_text(arguments.text, limit)]
    from pathlib import Path

    path = Path(name)
    table = name != "-" and tables.is_table(path)
    if table and column is None:
        raise tables.InputError(f"{name}: is a table; expected --text-column with the column that holds the texts")
    if column is not None and not table:
        known = ", ".join(sorted(tables.TABLE_SUFFIXES))
        raise tables.InputError(f"{name}: --text-column needs a table; expected a file {known}")
    if table:
        return tables.read_table(path, limit, column, arguments.id_column)
    return [tables.read_standard_input(limit) if name == "-" else tables.read_text(path, limit)]


def _reports(rows: Sequence[Row], arguments: argparse.Namespace) -> Iterable[Report]:
    """The reports of the rows, in order, each made when it is asked for; a long table shows its progress."""
    from slipstick.pipeline import Settings, audit

    settings = Settings(utilization=arguments.utilization, year=arguments.date)
    reports: Iterable[Report] = (row.unreadable() or audit(row.source, settings) for row in rows)
    if len(rows) > _LONG_TABLE and sys.stderr is not None and sys.stderr.isatty():
        reports = _with_progress(reports, len(rows))
        if _is_terminal():
            reports = list(reports)  # printed in between, they would be drawn over
    return reports


def _with_progress(reports: Iterable[Report], total: int) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import Progress

    # Left alone, rich sends standard output to the console of the bar, which is standard error here.
    console = Console(stderr=True)
    with Progress(console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as progress:
        yield from progress.track(reports, total=total, description="auditing")


def _printer(arguments: argparse.Namespace) -> Printer:
    from slipstick.formats import printers

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if arguments.format == "jsonl":
        return printers.JsonLinesPrinter(_write_now, encoding)
    if arguments.format == "json":
        array = len(arguments.files) > 1 or arguments.text_column is not None
        return printers.JsonPrinter(_write_now, encoding, array=array)
    from slipstick.formats.plain import encodable, terminal_width
    from slipstick.formats.text import Look

    look = Look(
        width=min(max(terminal_width(), _NARROWEST), _WIDEST),
        color=arguments.color == "always" or (arguments.color == "auto" and _wants_color()),
        all_expressions=arguments.all,
        show_unread=arguments.show_unread,
    )
    return printers.TextPrinter(lambda text: _write_now(encodable(text, encoding)), look)


def _write_now(text: str) -> None:
    """Write and flush, so that whoever reads along sees each report as soon as it is there."""
    if sys.stdout is not None:
        sys.stdout.write(text)
        sys.stdout.flush()


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _wants_color() -> bool:
    """Colours on a terminal, unless it cannot show them or its owner does not want them (https://no-color.org)."""
    return _is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
