"""`slipstick rule`: the page of a rule, or the table of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slipstick.commands.arguments import UNUSABLE, complain, write_now

if TYPE_CHECKING:
    import argparse

    from slipstick.rule import Described

DESCRIPTION = "Explain a rule: what it finds, why that matters, when it stays silent, with examples."
EPILOG = "Exit codes: 0 printed, 2 the call is unusable."

_WIDEST = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `slipstick rule`."""
    add = parser.add_argument
    add("rule", nargs="?", metavar="RULE", help="a code such as C101, or a name such as packaging-ratio")
    add("--list", action="store_true", help="list all rules, one a line")
    add("--format", choices=("text", "markdown", "json"), default="text", help="what to print (default: text)")


def run(arguments: argparse.Namespace) -> int:
    """Print the page, or the table."""
    from slipstick.selection import nearest, rule_named, stands_for_several, unknown

    if arguments.list == (arguments.rule is not None):
        complain("expected a rule such as C101 or packaging-ratio, or --list")
        return UNUSABLE
    if arguments.list:
        write_now(_encodable(_table(arguments.format)))
        return 0
    word = arguments.rule.strip()
    found = rule_named(word)
    if found is None and stands_for_several(word):
        complain(f"{word!r} stands for several rules; expected one of those that `slipstick rule --list` has")
        return UNUSABLE
    if found is None:
        complain(f"{unknown(word, nearest(word))}; `slipstick rule --list` has them all")
        return UNUSABLE
    write_now(_encodable(_page(found, arguments.format)))
    return 0


def _page(rule: Described, form: str) -> str:
    from slipstick.formats.plain import terminal_width
    from slipstick.formats.rule_page import markdown, plain, record
    from slipstick.rule_pages import rule_page

    page = rule_page(rule)
    if form == "json":
        return _json(record(page))
    return markdown(page) if form == "markdown" else plain(page, min(max(terminal_width(), 40), _WIDEST))


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


def _encodable(text: str) -> str:
    import sys

    from slipstick.formats.plain import encodable

    return encodable(text, getattr(sys.stdout, "encoding", None) or "utf-8")
