"""`slipstick rule`: the page of a rule, or the table of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slipstick.commands.arguments import UNUSABLE, complain
from slipstick.commands.output import Output, OutputError, add_output, opened

if TYPE_CHECKING:
    import argparse

    from slipstick.rule import Described

DESCRIPTION = "Explain a rule: what it finds, why that matters, when it stays silent, with examples."
EPILOG = "Exit codes: 0 printed, 2 the call is unusable."
FORMATS = ("text", "markdown", "json")

_WIDEST = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick rule`."""
    add = parser.add_argument
    add("rule", nargs="?", metavar="RULE", help="a code such as C101, or a name such as packaging-ratio")
    add("--list", action="store_true", help="list all rules, one a line")
    add_output(parser, FORMATS)


def run(arguments: argparse.Namespace) -> int:
    """Print the page, or the table."""
    from slipstick.formats.plain import encodable

    try:
        if arguments.list == (arguments.rule is not None):
            raise ValueError("expected a rule such as C101 or packaging-ratio, or --list")
        output = opened(arguments.output, arguments.format, (), FORMATS)
        shown = _table(output.format) if arguments.list else _page(_found(arguments.rule.strip()), output)
        output.write(encodable(shown, output.encoding))
        output.close()
    except (ValueError, OutputError) as error:
        complain(str(error))
        return UNUSABLE
    return 0


def _found(word: str) -> Described:
    """The rule of a code or a name. ValueError with one line where it is none."""
    from slipstick.selection import nearest, rule_named, stands_for_several, unknown

    found = rule_named(word)
    if found is None and stands_for_several(word):
        raise ValueError(f"{word!r} stands for several rules; expected one of those that `slipstick rule --list` has")
    if found is None:
        raise ValueError(f"{unknown(word, nearest(word))}; `slipstick rule --list` has them all")
    return found


def _page(rule: Described, output: Output) -> str:
    from slipstick.formats.rule_page import markdown, plain, record
    from slipstick.rule_pages import rule_page

    page = rule_page(rule)
    if output.format == "json":
        return _json(record(page))
    return markdown(page) if output.format == "markdown" else plain(page, min(output.width, _WIDEST))


def _table(form: str) -> str:
    from slipstick.formats.rule_page import markdown_table, record, table
    from slipstick.rule_pages import listed, rule_page
    from slipstick.rules import EVERY_RULE

    if form == "json":
        return _json([record(rule_page(rule)) for rule in EVERY_RULE])
    rows = [listed(rule) for rule in EVERY_RULE]
    return markdown_table(rows) if form == "markdown" else table(rows)


def _json(content: object) -> str:
    import json

    return json.dumps(content, indent=2) + "\n"
