"""What the HTML page says about one calculation: a card with verdict, value, findings and the steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from slipstick.finding import Finding
from slipstick.formats.elements import Html, element, joined
from slipstick.formats.plain import counted, printable, shown
from slipstick.formats.wording import (
    MOST_STEPS,
    VERDICT_WORDS,
    assumptions,
    claim_words,
    fix_result,
    overall_verdict,
    page_findings,
    read_as,
    spread_words,
    value_words,
    verdict_words,
    warnings_words,
)
from slipstick.report import ReportedCalculation, ReportedStep
from slipstick.source import Source, Span

_NAMELESS = re.compile(r"\bfactor(?:_\d+)?\b")
"""Inputs for which the text has no name: a formula over them tells a reader nothing."""


def card(source: Source, calculation: ReportedCalculation, name: str) -> Html:
    """All that is said about one calculation; `name` is its own, and begins those of its findings."""
    verdict = overall_verdict(calculation)
    words = ", ".join(filter(None, (verdict_words(calculation), warnings_words(calculation))))
    back = link(f"#{name}-at", place_words(source, calculation.span))
    listed = page_findings(calculation)
    return element(
        "article",
        element("h3", element("span", words), back, class_=verdict),
        _value(calculation),
        element("dl", *_details(calculation)),
        findings_list(source, listed, f"{name}f", calculation) if listed else "",
        _steps(calculation.steps) if len(calculation.steps) > 1 else "",
        id=name,
        class_=" ".join(filter(None, ("card", verdict))),
    )


def link(address: str, words: str) -> Html:
    """A link within the page."""
    return element("a", words, href=address)


def place_words(source: Source, span: Span) -> str:
    """Where something starts: `line 18, column 48`."""
    place = source.place(span.start)
    return f"line {place.line}, column {place.column}"


def _value(calculation: ReportedCalculation) -> Html:
    value, rest = value_words(calculation)
    if calculation.value is None:
        return element("p", "value unknown", class_="value")
    return element("p", element("span", value, class_="value"), rest)


def _details(calculation: ReportedCalculation) -> Iterator[Html]:
    if overall_verdict(calculation) in ("off", "unknown"):
        several = len(calculation.claims) > 1
        claims = (
            claim_words(claim) + (f" {VERDICT_WORDS[claim.verdict]}" if several else "") for claim in calculation.claims
        )
        yield _detail("claimed", "; ".join(claims))
    if calculation.value is not None:
        yield _detail("spread", spread_words(calculation))
    if calculation.expression and not _NAMELESS.search(calculation.expression):
        yield _detail("formula", element("code", printable(calculation.expression)))
    for words in assumptions(calculation):
        yield _detail("assumed", words)
    if words := read_as(calculation):
        yield _detail("read as", words)


def _detail(term: str, words: str) -> Html:
    return joined([element("dt", term), element("dd", words)])


def findings_list(
    source: Source, findings: Sequence[Finding], name: str, of: ReportedCalculation | None = None
) -> Html:
    """Findings in the order given, each named `name` and its number, with links to its places."""
    return element(
        "ol",
        *(_finding(source, finding, name, n, of) for n, finding in enumerate(findings, 1)),
        class_="findings",
    )


def _finding(source: Source, finding: Finding, name: str, n: int, of: ReportedCalculation | None) -> Html:
    about_text = finding.span.end > finding.span.start
    return element(
        "li",
        link(f"#{name}{n}-at", str(n)) if about_text else "",
        " ",
        element("span", finding.severity.value, class_=f"severity {finding.severity.value}"),
        " ",
        element("strong", printable(finding.name)),
        element("span", f" {printable(finding.code)}: ", class_="faint"),
        element("span", printable(finding.message), class_="message"),
        *_related(source, finding, f"{name}{n}"),
        _fix(source, finding, of),
        id=f"{name}{n}",
    )


def _related(source: Source, finding: Finding, name: str) -> Iterator[Html]:
    for n, label in enumerate(finding.related, 1):
        at = link(f"#{name}r{n}-at", place_words(source, label.span))
        quoted = element("code", printable(label.span.of(source.text)))
        yield element("p", "at ", at, " ", quoted, f": {printable(label.message)}", class_="fix")


def _fix(source: Source, finding: Finding, of: ReportedCalculation | None) -> str:
    if finding.fix is None:
        return ""
    result = fix_result(finding, of)
    return element(
        "p",
        "fix: ",
        element("del", element("code", printable(finding.span.of(source.text)))),
        " → ",
        element("ins", element("code", printable(finding.fix.text))),
        f", which gives {result}" if result else "",
        class_="fix",
    )


def _steps(steps: Sequence[ReportedStep]) -> Html:
    titles = ("", "as written", "read as", "so far", "unit")
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    rows = [_step(step, first=not number) for number, step in enumerate(steps[:MOST_STEPS])]
    left_out = len(steps) - MOST_STEPS
    if left_out > 0:
        rows.append(element("tr", element("td", f"… {counted(left_out, 'more step')}", colspan="5")))
    table = element("table", element("thead", head), element("tbody", *rows))
    summary = element("summary", counted(len(steps), "step"))
    return element("details", summary, element("div", table, class_="wide"))


def _step(step: ReportedStep, *, first: bool) -> Html:
    return element(
        "tr",
        element("td", "" if first else printable(step.operator)),
        element("td", element("code", printable(step.text))),
        element("td", printable(step.read_as)),
        element("td", shown(step.value, 4), class_="number"),
        element("td", "" if step.unit == "1" else printable(step.unit)),
    )
