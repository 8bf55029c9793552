"""Report -> Markdown for a reply in a thread: the verdict, the line in question, the value with its interval, findings,
and the table of steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from slipstick.finding import Finding
from slipstick.formats.markdown_text import code, escaped
from slipstick.formats.overview import Tally, shown_expressions
from slipstick.formats.plain import counted, shown
from slipstick.formats.wording import (
    MOST_STEPS,
    VERDICT_WORDS,
    assumptions,
    claim_words,
    fix_result,
    gravest_first,
    overall_verdict,
    page_findings,
    read_as,
    spread_words,
    value_words,
    verdict_words,
    warnings_words,
)
from slipstick.report import Report, ReportedCalculation, ReportedStep
from slipstick.source import Source, Span

_MOST_QUOTED = 1000


def page(report: Report, *, all_expressions: bool = False, show_unread: bool = False) -> str:
    """The whole page of one report: counts where there are several calculations, each calculation, coverage."""
    content = body(report, all_expressions=all_expressions, show_unread=show_unread)
    return f"{content}\n{footer(Tally.of(report))}" if content else footer(Tally.of(report))


def body(
    report: Report, *, heading: str | None = None, all_expressions: bool = False, show_unread: bool = False
) -> str:
    """The calculations and the findings about the document, under a `heading` where one is given."""
    source = report.source
    blocks = [] if heading is None else [f"### {code(heading)}"]
    tally = Tally.of(report)
    if tally.calculations > 1 and tally.verdicts:
        blocks.append(f"**{tally.verdicts}**")
    for calculation in (*report.calculations, *shown_expressions(report, every=all_expressions)):
        blocks += _calculation(source, calculation)
    if report.findings:
        blocks.append("\n".join(_findings(source, gravest_first(report.findings), placed=True)))
    if show_unread and report.coverage.unread:
        lines = (
            f"- {_place(source, place.span)}: {code(_clipped(place.text))}: {escaped(place.reason)}"
            for place in report.coverage.unread
        )
        blocks.append("Not read:\n\n" + "\n".join(lines))
    return "".join(f"{block}\n\n" for block in blocks)[:-1]


def footer(tally: Tally, scope: str = "", *, verdicts: bool = False) -> str:
    """The last line: how much was read, and where `verdicts` asks for it how many calculations hold."""
    line = f"{scope}{tally.read}"
    if tally.unread:
        line += f"; {counted(tally.unread, 'expression')} not read"
    if verdicts and tally.verdicts:
        line += f". **{tally.verdicts}**"
    if tally.hidden:
        line += f". {tally.hidden}"
    return f"{line}.\n"


def _calculation(source: Source, calculation: ReportedCalculation) -> Iterator[str]:
    at = f" ({_place(source, calculation.span)})" if "\n" in source.text.strip() else ""
    yield f"> {code(_clipped(calculation.text))}{at}"
    verdict = ", ".join(filter(None, (verdict_words(calculation), warnings_words(calculation))))
    yield f"**{escaped(verdict)}**; {_value(calculation)}"
    items = [
        *_findings(source, page_findings(calculation), calculation),
        *(f"- assumed: {escaped(words)}" for words in assumptions(calculation)),
        *(f"- read as: {escaped(words)}" for words in [read_as(calculation)] if words),
    ]
    if items:
        yield "\n".join(items)
    if len(calculation.steps) > 1:
        yield "\n".join(_steps(calculation.steps))


def _place(source: Source, span: Span) -> str:
    place = source.place(span.start)
    return f"line {place.line}, column {place.column}"


def _clipped(text: str) -> str:
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"


def _value(calculation: ReportedCalculation) -> str:
    value, rest = value_words(calculation)
    words = "value unknown"
    if calculation.value is not None:
        words = f"the numbers give **{escaped(value)}**" + escaped(f"{rest} ({spread_words(calculation)})")
    if overall_verdict(calculation) in ("off", "unknown"):
        several = len(calculation.claims) > 1
        claims = (
            claim_words(claim) + (f" {VERDICT_WORDS[claim.verdict]}" if several else "") for claim in calculation.claims
        )
        words += f"; claimed: {escaped('; '.join(claims))}"
    return words


def _findings(
    source: Source, findings: Iterable[Finding], of: ReportedCalculation | None = None, *, placed: bool = False
) -> Iterator[str]:
    """A bullet for each, with its place where it is not that of a calculation above."""
    for finding in findings:
        name = f"{escaped(finding.name)} {escaped(finding.code)}"
        words = f"- **{finding.severity.value}** {name}: {escaped(finding.message)}"
        if placed and finding.span.end > finding.span.start:
            words += f"; {_place(source, finding.span)}: {code(_clipped(finding.span.of(source.text)))}"
        for label in finding.related:
            quoted = code(_clipped(label.span.of(source.text)))
            words += f"; at {_place(source, label.span)} {quoted}: {escaped(label.message)}"
        if finding.fix is not None:
            words += f"; fix: {code(_clipped(finding.span.of(source.text)))} → {code(finding.fix.text)}"
            result = fix_result(finding, of)
            words += f", which gives {result}" if result else ""
        yield words


def _steps(steps: Sequence[ReportedStep]) -> Iterator[str]:
    yield "| | as written | read as | so far | unit |"
    yield "|---|---|---|---:|---|"
    for number, step in enumerate(steps[:MOST_STEPS]):
        operator = code(step.operator) if number else ""
        unit = "" if step.unit == "1" else escaped(step.unit)
        yield f"| {operator} | {code(step.text)} | {escaped(step.read_as)} | {shown(step.value, 4)} | {unit} |"
    left_out = len(steps) - MOST_STEPS
    if left_out > 0:
        yield f"| | … {counted(left_out, 'more step')} | | | |"
