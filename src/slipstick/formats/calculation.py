"""The parts of one calculation on the terminal page: verdict, value and spread, steps, findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table
from rich.text import Text

from slipstick.finding import Finding, Severity
from slipstick.formats.plain import counted, printable, shown
from slipstick.formats.wording import (
    MOST_STEPS,
    VERDICT_WORDS,
    assumptions,
    claim_words,
    comparison_words,
    fix_result,
    gravest_first,
    overall_verdict,
    read_as,
    spread_words,
    value_words,
    verdict_words,
    warnings_words,
)
from slipstick.report import ReportedCalculation, ReportedClaim
from slipstick.source import Source

SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "cyan"}

_VERDICT_STYLES = {"holds": "bold green", "off": "bold red", "unknown": "bold yellow"}
_WIDEST_UNIT = 26


def verdict_text(calculation: ReportedCalculation) -> Text:
    """The verdict in words and colour, with the ratio where a claim is off, and how many warnings stand beside it."""
    verdict = overall_verdict(calculation)
    text = Text().append(verdict_words(calculation), _VERDICT_STYLES[verdict] if verdict else "dim")
    warnings = warnings_words(calculation)
    if warnings:
        text.append(", ").append(warnings, SEVERITY_STYLES[Severity.WARNING])
    return text


def summary_table(calculation: ReportedCalculation) -> Table:
    """Value with its interval, the claims that do not hold, what was assumed and from where, what was read how."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True, min_width=7)
    table.add_column(overflow="fold")
    table.add_row("value", _value(calculation))
    if overall_verdict(calculation) in ("off", "unknown"):
        table.add_row("claimed", _claims(calculation.claims))
    for assumed in assumptions(calculation):
        table.add_row("assumed", Text(assumed))
    if calculation.why_no_diagnosis:
        table.add_row("cause", Text(printable(calculation.why_no_diagnosis)))
    for beside in calculation.against:
        table.add_row("against", Text(comparison_words(beside)))
    if words := read_as(calculation):
        table.add_row("read as", Text(words))
    return table


def _value(calculation: ReportedCalculation) -> Text:
    value, rest = value_words(calculation)
    if calculation.value is None:
        return Text(value)
    return Text().append(value, "bold").append(f"{rest} ({spread_words(calculation)})")


def _claims(claims: Sequence[ReportedClaim]) -> Text:
    text = Text()
    for number, claim in enumerate(claims):
        text.append("; " if number else "").append(claim_words(claim))
        if len(claims) > 1:
            text.append(" ").append(VERDICT_WORDS[claim.verdict], _VERDICT_STYLES[claim.verdict])
    return text


def steps_table(calculation: ReportedCalculation) -> Table | None:
    """The factors in order, each with its reading and the running value; None where there are no two steps."""
    if len(calculation.steps) < 2:
        return None
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("")
    table.add_column("as written", overflow="fold")
    table.add_column("read as", overflow="fold")
    table.add_column("so far", justify="right", no_wrap=True)
    # A unit is one word: it is broken only where nothing else would be left of the width.
    widest = max(len(step.unit) for step in calculation.steps[:MOST_STEPS])
    table.add_column("unit", overflow="fold", no_wrap=widest <= _WIDEST_UNIT)
    for number, step in enumerate(calculation.steps[:MOST_STEPS]):
        written, read_as = printable(step.text), printable(step.read_as)
        table.add_row(
            Text(printable(step.operator) if number else ""),
            Text(written),
            Text(read_as, style="dim" if read_as == written else ""),
            Text(shown(step.value, 4)),
            Text("" if step.unit == "1" else printable(step.unit)),
        )
    left_out = len(calculation.steps) - MOST_STEPS
    if left_out > 0:
        table.add_row("", Text(f"… {counted(left_out, 'more step')}", style="dim"))
    return table


def findings_table(source: Source, findings: Iterable[Finding], of: ReportedCalculation | None = None) -> Table | None:
    """Each finding with its severity, name, words, related places and cure, gravest first; None where there is none."""
    listed = gravest_first(findings)
    if not listed:
        return None
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=7)
    table.add_column(overflow="fold")
    for finding in listed:
        style = SEVERITY_STYLES[finding.severity]
        words = Text.assemble((printable(finding.name), "bold"), (f" {printable(finding.code)}: ", "dim"))
        table.add_row(Text(finding.severity.value, style=style), words.append(printable(finding.message)))
        for line in _beside(source, finding, of):
            table.add_row("", line)
    return table


def _beside(source: Source, finding: Finding, of: ReportedCalculation | None) -> Iterator[Text]:
    for label in finding.related:
        place = source.place(label.span.start)
        quoted = printable(label.span.of(source.text))
        yield Text(f"at {place.line}:{place.column} “{quoted}”: {printable(label.message)}", style="dim")
    if finding.fix is not None:
        written = printable(finding.span.of(source.text))
        text = Text().append("fix: ", "green").append(f"“{written}” -> “{printable(finding.fix.text)}”")
        result = fix_result(finding, of)
        yield text.append(f", which gives {result}") if result else text
