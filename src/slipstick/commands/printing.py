"""The printer that `slipstick audit` is asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from slipstick.commands.arguments import is_table
from slipstick.formats import printers

if TYPE_CHECKING:
    import argparse

    from slipstick.commands.output import Output
    from slipstick.formats.sarif import RuleWords
    from slipstick.formats.text import Look


def printer_for(arguments: argparse.Namespace, output: Output) -> printers.Printer:
    """The printer of the output's format, writing into it."""
    write, encoding, kind = output.write, output.encoding, output.format
    told = arguments.text_column is not None and arguments.text is None  # a configuration may tell of it for all files
    several = len(arguments.files) > 1 or (told and any(map(is_table, arguments.files)))
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
    """What a SARIF log says about each rule; its level is the gravest that the rule gives."""
    from slipstick.formats.sarif import RuleWords
    from slipstick.rules import EVERY_RULE

    return tuple(
        RuleWords(
            rule.code,
            rule.name,
            rule.page.partition("\n\n")[0],
            rule.page,
            max(rule.severities, key=lambda severity: severity.rank),
        )
        for rule in EVERY_RULE
    )


def _look(arguments: argparse.Namespace, output: Output) -> Look:
    from slipstick.formats.text import Look

    return Look(
        width=output.width,
        color=output.has_color(arguments.color),
        all_expressions=arguments.all,
        show_unread=arguments.show_unread,
    )
