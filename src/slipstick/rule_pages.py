"""The page of a rule, made from the rule: its docstring, its examples, and what slipstick says of the bad ones."""

from __future__ import annotations

from slipstick.finding import Finding
from slipstick.formats.rule_page import BadExample, Listed, RulePage, Said
from slipstick.pipeline import audit
from slipstick.report import Report
from slipstick.rule import Described
from slipstick.settings import Settings
from slipstick.source import Source
from slipstick.tables import json_rows

PARTS = ("What it finds: ", "Why it matters: ", "Stays silent when: ", "Source: ")
"""What the four paragraphs behind a page's summary begin with."""


def rule_page(rule: Described) -> RulePage:
    """The page. Raises ValueError where the docstring does not have a summary and the four parts."""
    summary, *paragraphs = rule.page.split("\n\n")
    if [part for part, text in zip(PARTS, paragraphs, strict=False) if text.startswith(part)] != list(PARTS):
        raise ValueError(f"{rule.code}: its page has no summary with the four parts {', '.join(PARTS)}")
    finds, matters, silent, source = (text.removeprefix(part) for part, text in zip(PARTS, paragraphs, strict=True))
    bad = tuple(BadExample(text, said(rule, text)) for text in rule.bad)
    severities = tuple(severity.value for severity in rule.severities)
    summary = " ".join(summary.removesuffix(".").split())
    named = (rule.code, rule.name, severities, rule.default_on, summary)
    return RulePage(*named, finds, matters, silent, source, bad, rule.good, rule.option)


def found(rule: Described, text: str) -> list[Finding]:
    """What the rule finds in a text of its examples, whether on by default or not, with its option."""
    every: list[Finding] = []
    for report in example_reports(rule, text):
        every += [f for made in (*report.calculations, *report.expressions) for f in made.findings]
        every += report.findings
    return [finding for finding in every if finding.code == rule.code]


def example_reports(rule: Described, text: str) -> list[Report]:
    """The reports of a text of its examples: one, or one a row where its option makes the text a table."""
    option, _, value = rule.option.partition(" ")
    figures = (value.strip('"'),) if option == "--against" else ()
    settings = Settings(select=("DEFAULT", rule.code), against=figures)
    if option != "--text-column":
        return [audit(Source(text), settings)]
    rows = json_rows(text, value)
    return [row.unreadable(settings) or audit(row.source, settings) for row in rows]


def said(rule: Described, text: str) -> tuple[Said, ...]:
    """What the rule finds in a text, in words."""
    return tuple(Said(each.severity.value, each.span.of(text), each.message) for each in found(rule, text))


def listed(rule: Described) -> Listed:
    """The rule's row in the table of rules."""
    summary = " ".join(rule.page.partition("\n\n")[0].removesuffix(".").split())
    severity = ", ".join(severity.value for severity in rule.severities)
    return Listed(rule.code, rule.name, severity, rule.default_on, summary)
