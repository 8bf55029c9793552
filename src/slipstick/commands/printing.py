"""The printer that `slipstick audit` is asked for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from slipstick.formats import printers

if TYPE_CHECKING:
    import argparse

    from slipstick.commands.output import Output
    from slipstick.formats.sarif import RuleWords
    from slipstick.formats.text import Look

_NARROWEST, _WIDEST = 40, 140
_FILE_WIDTH = 100


def printer_for(arguments: argparse.Namespace, output: Output) -> printers.Printer:
    """The printer of the output's format, writing into it."""
    write, encoding, kind = output.write, output.encoding, output.format
    several = len(arguments.files) > 1 or arguments.text_column is not None
    if kind == "jsonl":
        return printers.JsonLinesPrinter(write, encoding)
    if kind == "json":
        return printers.JsonPrinter(write, encoding, array=several)
    from slipstick.formats import page_printers
    from slipstick.formats.plain import encodable

    if kind == "html":
        return page_printers.HtmlPrinter(write, encoding, all_expressions=arguments.all)
    if kind == "sarif":
        from slipstick import __version__

        return page_printers.SarifPrinter(write, rule_words(), __version__, os.getcwd())  # noqa: PTH109

    def write_encodable(text: str) -> None:
        write(encodable(text, encoding))

    if kind == "markdown":
        shown = {"all_expressions": arguments.all, "show_unread": arguments.show_unread}
        return page_printers.MarkdownPrinter(write_encodable, several=several, **shown)
    if kind == "latex":
        return page_printers.LatexPrinter(write_encodable, all_expressions=arguments.all)
    return page_printers.TextPrinter(write_encodable, _look(arguments, output))


def rule_words() -> tuple[RuleWords, ...]:
    """What a SARIF log says about each rule; its level is the gravest that the rule gives its own bad examples."""
    from slipstick.finding import Severity
    from slipstick.formats.sarif import RuleWords
    from slipstick.pipeline import audit
    from slipstick.rules import RULES

    words = []
    for rule in RULES:
        reports = [audit(example) for example in rule.bad]
        made = [each for report in reports for each in (*report.calculations, *report.expressions)]
        found = [finding.severity for each in made for finding in each.findings if finding.code == rule.code]
        gravest = max(found, key=lambda severity: severity.rank, default=Severity.NOTE)
        words.append(RuleWords(rule.code, rule.name, rule.page.partition("\n\n")[0], rule.page, gravest))
    return tuple(words)


def _look(arguments: argparse.Namespace, output: Output) -> Look:
    from slipstick.formats.plain import terminal_width
    from slipstick.formats.text import Look

    wants_color = arguments.color == "always" or (arguments.color == "auto" and _wants_color())
    return Look(
        width=_FILE_WIDTH if output.is_file else min(max(terminal_width(), _NARROWEST), _WIDEST),
        color=wants_color and not output.is_file,
        all_expressions=arguments.all,
        show_unread=arguments.show_unread,
    )


def _wants_color() -> bool:
    """Colours on a terminal, unless it cannot show them or its owner does not want them (https://no-color.org)."""
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    return on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
