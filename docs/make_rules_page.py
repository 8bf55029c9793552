"""Prints docs/rules.md from the rules themselves: `python docs/make_rules_page.py > docs/rules.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from slipstick.audited_document import DocumentRule
from slipstick.rule import Rule
from slipstick.rules import EVERY_RULE

AnyRule = Rule | DocumentRule

INTRODUCTION = """\
# Rules

What slipstick looks for in a calculation that it has read. The page is made from the rules: edit those, then run
`python docs/make_rules_page.py > docs/rules.md`.

An **error** is a claim that is off by more than 2 %, or a sum of unlike things. A **warning** is a meaning that text
and catalogue together prove wrong, or a claim that is off by up to 2 %. A **note** is what was inferred, assumed,
disputed or left unstated. Rules whose codes begin with D look at a whole document: one text, or one row of a table."""


def anchor(rule: AnyRule) -> str:
    """The address of a rule's heading within the page."""
    return f"{rule.code.lower()}-{rule.name}"


def contents(rules: tuple[AnyRule, ...]) -> Iterator[str]:
    """The table of rules: code with a link, name, and the first sentence of the page."""
    yield "| code | name | finds |"
    yield "|---|---|---|"
    for rule in rules:
        summary = rule.page.partition("\n")[0].removesuffix(".")
        yield f"| [{rule.code}](#{anchor(rule)}) | `{rule.name}` | {summary} |"


def section(rule: AnyRule) -> Iterator[str]:
    """One rule: its page, its bad examples and its good ones."""
    yield f"## {rule.code} {rule.name}"
    yield from ("", rule.page, "", "Found in:", "", "```text", *rule.bad, "```")
    yield from ("", "Not found in:", "", "```text", *rule.good, "```")


def page(rules: tuple[AnyRule, ...] = EVERY_RULE) -> str:
    """The whole page."""
    lines = [INTRODUCTION, "", *contents(rules)]
    for rule in rules:
        lines += ["", *section(rule)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(page())
