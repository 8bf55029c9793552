"""`slipstick audit`: check the calculations in texts and tables of texts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from slipstick.commands.arguments import (
    UNUSABLE,
    complain,
    figure_words,
    fraction_range,
    has_color,
    is_terminal,
    page_width,
    size_in_bytes,
    write_now,
    year_of,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from slipstick.formats.printers import Printer
    from slipstick.report import Report
    from slipstick.tables import Row

DESCRIPTION = "Check the calculations in texts and tables of texts (.csv, .tsv, .jsonl, .parquet)."
EPILOG = "Exit codes: 0 nothing at or above --fail-on, 1 something was, 2 the call or an input is unusable."

FAIL_ON = {"note": 0, "warning": 1, "error": 2, "never": 3}
"""`--fail-on` to the rank of a severity, `Severity.rank`; no severity has the last one."""

_LONG_TABLE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick audit`."""
    _add_inputs(parser)
    _add_settings(parser)


def _add_inputs(audit: argparse.ArgumentParser) -> None:
    add = audit.add_argument
    add("files", nargs="*", metavar="FILE", help="a text or a table; - is standard input")
    add("--text", metavar="TEXT", help="audit this text instead of files")
    add("--text-column", metavar="COLUMN", help="the column of a table that holds the texts")
    add("--id-column", metavar="COLUMN", help="the column of a table that names its rows")
    size = "refuse longer inputs: bytes, or 5k, 10MB (powers of 1000), 64MiB (of 1024); default 64MiB"
    add("--max-size", metavar="SIZE", type=size_in_bytes, default=64 * 2**20, help=size)


def _add_settings(audit: argparse.ArgumentParser) -> None:
    add = audit.add_argument
    add("--utilization", metavar="LOW..HIGH", type=fraction_range, help="90%% interval instead of the sourced default")
    add("--date", metavar="DATE", type=year_of, help="when the text was written: 2021, 2021-04 or 2021-04-08")
    figure = "say what would lead to this figure: '6e22 FLOP', or on line 12 alone '12: 6e22 FLOP' (may be repeated)"
    add("--against", metavar="FIGURE", type=figure_words, action="append", default=[], help=figure)
    add("--fail-on", choices=FAIL_ON, default="error", help="least severity that gives exit code 1 (default: error)")
    add("--format", choices=("text", "json", "jsonl"), default="text", help="what to print (default: text)")
    add("--all", action="store_true", help="show expressions without a stated result too, on the page")
    add("--show-unread", action="store_true", help="list what was seen and not read, on the page")
    add("--color", choices=("auto", "always", "never"), default="auto", help="colours on the page (default: auto)")


def run(arguments: argparse.Namespace) -> int:
    """`slipstick audit`: print each report as it comes; an input that cannot be used does not stop the others."""
    problem = _problem_of_call(arguments)
    if problem:
        complain(problem)
        return UNUSABLE
    from slipstick.tables import InputError

    printer = _printer(arguments)
    worst, unusable = -1, False
    for name in arguments.files or [None]:
        try:
            rows = _rows(name, arguments)
        except InputError as error:
            complain(str(error))
            unusable = True
            continue
        for row, report in zip(rows, _reports(rows, arguments), strict=True):
            printer.add(report, row.heading)
            gravest = report.worst()
            worst = max(worst, gravest.rank if gravest else -1)
    printer.close()
    return UNUSABLE if unusable else int(worst >= FAIL_ON[arguments.fail_on])


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

    settings = Settings(arguments.utilization, arguments.date, tuple(arguments.against))
    reports: Iterable[Report] = (row.unreadable() or audit(row.source, settings) for row in rows)
    if len(rows) > _LONG_TABLE and sys.stderr is not None and sys.stderr.isatty():
        reports = _with_progress(reports, len(rows))
        if is_terminal():
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
        return printers.JsonLinesPrinter(write_now, encoding)
    if arguments.format == "json":
        array = len(arguments.files) > 1 or arguments.text_column is not None
        return printers.JsonPrinter(write_now, encoding, array=array)
    from slipstick.formats.plain import encodable
    from slipstick.formats.text import Look

    look = Look(
        width=page_width(),
        color=has_color(arguments.color),
        all_expressions=arguments.all,
        show_unread=arguments.show_unread,
    )
    return printers.TextPrinter(lambda text: write_now(encodable(text, encoding)), look)
