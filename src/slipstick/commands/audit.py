"""`slipstick audit`: check the calculations in texts and tables of texts."""

from __future__ import annotations

import sys
from argparse import BooleanOptionalAction
from typing import TYPE_CHECKING

from slipstick.commands.arguments import (
    UNUSABLE,
    complain,
    exists,
    figure_words,
    fraction_range,
    is_table,
    is_terminal,
    rule_words,
    size_in_bytes,
    write_now,
    year_of,
)
from slipstick.commands.options import COLORS, FAIL_ON, FORMATS
from slipstick.commands.output import OutputError, add_output, opened
from slipstick.commands.plotting import KINDS, Picture, add_plot

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from slipstick.commands.acceptance import Acceptance
    from slipstick.commands.configuration import Configuration
    from slipstick.commands.output import Output
    from slipstick.report import Report
    from slipstick.settings import Settings
    from slipstick.tables import Row

DESCRIPTION = (
    "Check the calculations in texts and tables of texts (.csv, .tsv, .jsonl, .parquet): slipstick audit post.md; "
    "slipstick audit --text '3 boxes * 4 kg/box = 80 kg'. A calculation is numbers with their units joined by * / + or "
    "-, and its result behind = or ~."
)
EPILOG = "Exit codes: 0 nothing at or above --fail-on, 1 something was, 2 the call or an input is unusable."

_LONG_TABLE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick audit`. Defaults are those of `options`, which a configuration may replace."""
    _add_inputs(parser)
    _add_settings(parser)
    _add_suppression(parser)


def _add_inputs(audit: argparse.ArgumentParser) -> None:
    add = audit.add_argument
    add("files", nargs="*", metavar="FILE", help="a text or a table; - is standard input")
    add("--text", metavar="TEXT", help="audit this text instead of files")
    add("--text-column", metavar="COLUMN", help="the column of a table that holds the texts")
    add("--id-column", metavar="COLUMN", help="the column of a table that names its rows")
    size = "refuse longer inputs: bytes, or 5k, 10MB (powers of 1000), 64MiB (of 1024); default 64MiB"
    add("--max-size", metavar="SIZE", type=size_in_bytes, help=size)


def _add_settings(audit: argparse.ArgumentParser) -> None:
    add = audit.add_argument
    add("--utilization", metavar="LOW..HIGH", type=fraction_range, help="90%% interval instead of the sourced default")
    add("--date", metavar="DATE", type=year_of, help="when the text was written: 2021, 2021-04 or 2021-04-08")
    figure = "say what would lead to this figure: '6e22 FLOP', or on line 12 alone '12: 6e22 FLOP' (may be repeated)"
    add("--against", metavar="FIGURE", type=figure_words, action="append", default=[], help=figure)
    add("--fail-on", choices=FAIL_ON, help="least severity that gives exit code 1 (default: error)")
    add_output(audit, FORMATS)
    every = "show expressions without a stated result too, on the page"
    add("--all", action=BooleanOptionalAction, help=every)
    add("--show-unread", action=BooleanOptionalAction, help="list what was seen and not read, on the page")
    add("--color", choices=COLORS, help="colours on the page (default: auto)")
    add_plot(audit, "the density of the text's one calculation, with its claim,", KINDS)
    line = "which calculation of the text to draw: that on this line, or at LINE:COLUMN"
    add("--plot-line", metavar="LINE", help=line)


def _add_suppression(audit: argparse.ArgumentParser) -> None:
    add = audit.add_argument
    rules = "codes (C101), prefixes (C1), names, ALL or DEFAULT, with commas between them"
    select = f"run these rules alone: {rules}; may be repeated"
    add("--select", metavar="RULES", type=rule_words, action="extend", help=select)
    ignore = "hide and count what these rules find; may be repeated"
    add("--ignore", metavar="RULES", type=rule_words, action="extend", help=ignore)
    add("--baseline", metavar="FILE", help="hide and count the findings that this file knows")
    add("--write-baseline", metavar="FILE", help="write all findings to this file, and accept them")
    where = "read this configuration instead of the nearest slipstick.toml or pyproject.toml"
    add("--config", metavar="FILE", help=where)
    add("--no-config", action="store_true", help="read no configuration")
    add("--show-settings", action="store_true", help="print the settings and where each is from, and audit nothing")


def run(arguments: argparse.Namespace) -> int:
    """`slipstick audit`: print each report as it comes; an input that cannot be used does not stop the others."""
    problem = _problem_of_call(arguments)
    if problem:
        complain(problem)
        return UNUSABLE
    from slipstick.commands.configuration import ConfigurationError, resolve

    try:
        configured = resolve(arguments)
        if arguments.show_settings:
            return _show_settings(arguments, configured)
        acceptance = _acceptance(arguments)
        output = opened(arguments.output, _format(arguments), arguments.files)
        picture = Picture(arguments, [*arguments.files, *([] if arguments.output == "-" else [arguments.output])])
        code = _audit_all(arguments, configured, acceptance, output, picture)
        picture.write()
    except (ConfigurationError, OutputError, ValueError) as error:  # a BaselineError is a ValueError
        complain(str(error))
        return UNUSABLE
    return acceptance.close(code) if acceptance else code


def _format(arguments: argparse.Namespace) -> str | None:
    """The format asked for; that of a configuration does not override the end of a file's name."""
    is_said = arguments.output == "-" or arguments.origin["format"] == "command line"
    format_: str | None = arguments.format
    return format_ if is_said else None


def _acceptance(arguments: argparse.Namespace) -> Acceptance | None:
    """What a baseline accepts or records; None where no option asks for one. Raises BaselineError."""
    if arguments.baseline is None and arguments.write_baseline is None:
        return None
    from slipstick.commands.acceptance import Acceptance

    return Acceptance(arguments.baseline, arguments.write_baseline)


def _audit_all(
    arguments: argparse.Namespace,
    configured: Configuration,
    acceptance: Acceptance | None,
    output: Output,
    picture: Picture,
) -> int:
    """Print every report; the exit code of what was found. Raises OutputError where they cannot be written."""
    from slipstick.commands.printing import printer_for
    from slipstick.tables import InputError

    printer = printer_for(arguments, output)
    worst, unusable, audited = -1, False, False
    for name in arguments.files or [None]:
        try:
            rows = _rows(name, arguments)
        except InputError as error:
            complain(str(error))
            unusable = True
            continue
        audited = True
        settings = _settings(arguments, configured.ignored_in(name, arguments))
        if picture.is_wanted:
            picture.draw_written(rows[0].source, arguments.plot_line, settings)
        for row, made in zip(rows, _reports(rows, settings), strict=True):
            report = acceptance.shown(made) if acceptance else made
            printer.add(report, row.heading)
            gravest = report.worst()
            worst = max(worst, gravest.rank if gravest else -1)
    printer.close()
    if audited or not unusable:  # of nothing at all no file is written
        output.close()
    return UNUSABLE if unusable else int(worst >= FAIL_ON[arguments.fail_on])


def _show_settings(arguments: argparse.Namespace, configured: Configuration) -> int:
    from slipstick.commands.options import OPTIONS
    from slipstick.commands.settings_page import settings_page

    values = {key: getattr(arguments, key.replace("-", "_")) for key in OPTIONS}
    write_now(settings_page(values, arguments.origin, configured.path))
    return 0


def _problem_of_call(arguments: argparse.Namespace) -> str | None:
    """Why the arguments do not go together, or None."""
    if arguments.text is not None and arguments.files:
        return "both --text and files; expected one of them"
    if arguments.config is not None and arguments.no_config:
        return "both --config and --no-config; expected one of them"
    if arguments.show_settings:
        return None
    texts = [name for name in arguments.files if " " in name and "=" in name and not exists(name)]
    if texts:
        return f"{texts[0]}: there is no such file; a text itself goes after --text"
    if arguments.text is None and not arguments.files:
        return "nothing to audit; expected files, - for standard input, or --text"
    if "" in arguments.files:
        return "the name of a file is empty; expected files, or - for standard input"
    if arguments.text is not None and arguments.text_column is not None:
        return "--text-column with --text; expected a table"
    if arguments.id_column is not None and arguments.text_column is None:
        return "--id-column without --text-column; expected both"
    if arguments.plot is not None and (len(arguments.files) > 1 or any(map(is_table, arguments.files))):
        return "--plot with several texts; expected one file, - or --text"
    return None


def _rows(name: str | None, arguments: argparse.Namespace) -> Sequence[Row]:
    """The texts of one input: a file, a table, standard input (`-`) or what `--text` gave (None)."""
    from slipstick import tables

    limit, column = arguments.max_size, arguments.text_column
    if name is None:
        return [tables.given_text(arguments.text, limit)]
    from pathlib import Path

    path = Path(name)
    table = is_table(name)
    if table and column is None:
        raise tables.InputError(f"{name}: is a table; expected --text-column with the column that holds the texts")
    if column is not None and not table and arguments.origin["text-column"] == "command line":
        known = ", ".join(sorted(tables.TABLE_SUFFIXES))
        raise tables.InputError(f"{name}: --text-column needs a table; expected a file {known}")
    if table:
        return tables.read_table(path, limit, column, arguments.id_column)
    row = tables.read_standard_input(limit) if name == "-" else tables.read_text(path, limit)
    if path.suffix.lower() == ".ipynb":
        from slipstick.markup.notebook import why_no_notebook

        if problem := why_no_notebook(row.source.text):
            raise tables.InputError(f"{name}: cannot be read as a notebook: {problem}")
    return [row]


def _settings(arguments: argparse.Namespace, ignore: tuple[str, ...]) -> Settings:
    from slipstick.settings import Settings

    return Settings(
        utilization=arguments.utilization,
        year=arguments.date,
        select=tuple(arguments.select),
        ignore=ignore,
        against=tuple(arguments.against),
    )


def _reports(rows: Sequence[Row], settings: Settings) -> Iterable[Report]:
    """The reports of the rows, in order, each made when it is asked for; a long table shows its progress."""
    from slipstick.pipeline import audit

    def report(row: Row) -> Report:
        if row.problem is None:
            return audit(row.source, settings)
        from slipstick.unreadable_rows import report_of_unreadable

        return report_of_unreadable(row, settings)

    reports: Iterable[Report] = map(report, rows)
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
