"""The parts of one calculation on the terminal page: verdict, value and spread, steps, findings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table
from rich.text import Text

from slipstick.finding import Finding, Severity
from slipstick.formats.plain import counted, digits_apart, printable, shown
from slipstick.report import Interval, ReportedCalculation, ReportedClaim, ReportedComparison, ReportedInput, Written
from slipstick.source import Source, Span

SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "cyan"}

READ_AS_NAMES = frozenset({"unit-inferred"})
"""Notes that say how something was read; the page gathers them in one list instead of a line each."""

_COMPARED_NAMES = frozenset({"first-order-differs"})
"""Notes about first order, which the strict test of them makes common; see `is_for_the_page`."""

_VERDICTS = {"holds": ("✓ holds", "bold green"), "off": ("✗ off", "bold red"), "unknown": ("? unknown", "bold yellow")}
_MOST_STEPS = 20
_WIDEST_UNIT = 26
_MOST_RANGES = 3


def overall_verdict(calculation: ReportedCalculation) -> str | None:
    """`off` if a claim is off, else `unknown` if one is unknown, else `holds`; None where nothing is claimed."""
    verdicts = {claim.verdict for claim in calculation.claims}
    return next((verdict for verdict in ("off", "unknown", "holds") if verdict in verdicts), None)


def is_for_the_page(finding: Finding, calculation: ReportedCalculation) -> bool:
    """Whether a finding has a line of its own: what was read how is listed apart, and of first order a reader needs
    to know where it reaches what cannot be (another sign), or is off by more than a quarter of the interval's width.
    """
    interval = calculation.interval
    if finding.name not in _COMPARED_NAMES or interval is None or interval.first_order is None:
        return finding.name not in READ_AS_NAMES
    low, high = interval.first_order[:2]
    impossible = low <= 0 < interval.low or interval.high < 0 <= high
    off = max(abs(low - interval.low), abs(high - interval.high))
    return impossible or 4 * off > interval.high - interval.low


def verdict_text(calculation: ReportedCalculation) -> Text:
    """The verdict in words and colour, with the ratio where a claim is off, and how many warnings stand beside it."""
    verdict = overall_verdict(calculation)
    if verdict is None:
        return Text("no result stated", style="dim")
    words, style = _VERDICTS[verdict]
    text = Text().append(words, style)
    ratio = next((c.ratio for c in reversed(calculation.claims) if c.verdict == verdict), None)
    if verdict == "off" and ratio is not None and math.isfinite(ratio):
        text.append(f": the value is {_times(ratio)} the claim", style)
    warnings = sum(finding.severity is Severity.WARNING for finding in calculation.findings)
    if warnings:
        text.append(", ").append(counted(warnings, "warning"), SEVERITY_STYLES[Severity.WARNING])
    return text


def _times(ratio: float) -> str:
    return f"{shown(ratio, digits_apart(ratio, [1.0]))}x"


def summary_table(calculation: ReportedCalculation) -> Table:
    """Value with its interval, the claims that do not hold, what was assumed and from where, what was read how."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True, min_width=7)
    table.add_column(overflow="fold")
    table.add_row("value", _value(calculation))
    if overall_verdict(calculation) in ("off", "unknown"):
        table.add_row("claimed", _claims(calculation.claims))
    off = overall_verdict(calculation) == "off"
    assumed = [given for given in calculation.inputs if given.low is not None or given.source is not None]
    for given in assumed:
        table.add_row("assumed", Text(_assumed(given, alone=len(_ranges(assumed)) == 1, off=off)))
    if calculation.why_no_diagnosis:
        table.add_row("cause", Text(printable(calculation.why_no_diagnosis)))
    for beside in calculation.against:
        table.add_row("against", Text(_against(beside)))
    read_as = dict.fromkeys(printable(f.message) for f in calculation.findings if f.name in READ_AS_NAMES)
    if read_as:
        table.add_row("read as", Text("; ".join(read_as)))
    return table


def _against(beside: ReportedComparison) -> str:
    """A rival figure, how far it is off, and what would lead there."""
    if beside.agrees:
        return f"{printable(beside.figure)}: {printable(beside.explanation)}"
    apart = f"the value is {_times(beside.ratio)} as much" if math.isfinite(beside.ratio) else "another size"
    return f"{printable(beside.figure)}: {apart}; {printable(beside.explanation)}"


def _written_scale(calculation: ReportedCalculation) -> tuple[float, str]:
    """What a base-unit value is multiplied by to stand in the last claim's own unit, and that unit."""
    for claim in reversed(calculation.claims):
        if claim.unit == calculation.unit and claim.value and claim.written.unit:
            scale = claim.written.value / claim.value
            if scale and abs(scale - 1) > 1e-9:
                return scale, claim.written.unit
    return 1.0, calculation.unit


def _value(calculation: ReportedCalculation) -> Text:
    if calculation.value is None:
        return Text("unknown")
    scale, unit = _written_scale(calculation)
    others = [claim.value for claim in calculation.claims if claim.verdict == "off"]
    digits = digits_apart(calculation.value, others)
    text = Text().append(_with_unit(shown(calculation.value * scale, digits), unit), "bold")
    if scale != 1:
        text.append(f" = {_with_unit(shown(calculation.value, digits), calculation.unit)}")
    if not calculation.unit_stated and calculation.unit != "1":
        text.append(", unit inferred")
    return text.append(f" ({_spread(calculation, scale)})")


def _spread(calculation: ReportedCalculation, scale: float) -> str:
    interval = calculation.interval
    if interval is None:
        return "no interval: " + printable(calculation.why_no_interval or "nothing in it was given a range")
    parts = [_interval(interval, scale)]
    ranges = sorted(_ranges(calculation.inputs), key=lambda given: -(given.share or 0))
    parts += [_range(given) for given in ranges[:_MOST_RANGES]]
    parts += ["…"] if len(ranges) > _MOST_RANGES else []
    return "; ".join(parts)


def _interval(interval: Interval, scale: float) -> str:
    low, high = sorted((interval.low * scale, interval.high * scale))
    ends = f"{shown(low)} to {shown(high)}"
    return f"{shown(interval.level * 100)} % interval {ends}, median {shown(interval.median * scale)}"


def _ranges(inputs: Iterable[ReportedInput]) -> list[ReportedInput]:
    return [given for given in inputs if given.low is not None and given.high is not None]


def _range(given: ReportedInput) -> str:
    """An input's range in the writer's own unit: "days 20–30", "utilization 0.15–0.45"."""
    low, high = ((end or 0.0) * given.scale for end in (given.low, given.high))
    return f"{printable(given.name)} {shown(low)}–{shown(high)}"


def _with_unit(number: str, unit: str) -> str:
    return number if unit in ("", "1") else f"{number} {printable(unit)}"


def _claims(claims: Sequence[ReportedClaim]) -> Text:
    text = Text()
    for number, claim in enumerate(claims):
        text.append("; " if number else "").append(_with_unit(shown(claim.written.value, 4), claim.written.unit))
        if len(claims) > 1:
            words, style = _VERDICTS[claim.verdict]
            text.append(" ").append(words, style)
    return text


def _assumed(given: ReportedInput, *, alone: bool, off: bool) -> str:
    scale, own = given.scale, given.written or Written(given.value, given.unit)
    parts = [f"{printable(given.name)} {_with_unit(shown(own.value), own.unit)}"]
    if given.low is not None and given.high is not None:
        parts[0] += f" as {shown(given.low * scale)} to {shown(given.high * scale)}"
        if given.share is not None and not alone:
            parts.append(f"{given.share:.0%} of the spread".replace("%", " %"))
        if off and given.implied is not None:
            parts.append(f"{shown(given.implied * scale)} would give the claim")
    if given.source:
        parts.append(printable(given.source))
    return "; ".join(parts)


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
    widest = max(len(step.unit) for step in calculation.steps[:_MOST_STEPS])
    table.add_column("unit", overflow="fold", no_wrap=widest <= _WIDEST_UNIT)
    for number, step in enumerate(calculation.steps[:_MOST_STEPS]):
        written, read_as = printable(step.text), printable(step.read_as)
        table.add_row(
            Text(printable(step.operator) if number else ""),
            Text(written),
            Text(read_as, style="dim" if read_as == written else ""),
            Text(shown(step.value, 4)),
            Text("" if step.unit == "1" else printable(step.unit)),
        )
    left_out = len(calculation.steps) - _MOST_STEPS
    if left_out > 0:
        table.add_row("", Text(f"… {counted(left_out, 'more step')}", style="dim"))
    return table


def findings_table(source: Source, findings: Iterable[Finding], claims: Iterable[Span] = ()) -> Table | None:
    """Each finding with its severity, name, words, related places and cure, gravest first; None where there is none."""
    listed = sorted(findings, key=lambda finding: (-finding.severity.rank, finding.span))
    if not listed:
        return None
    claim_spans = list(claims)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=7)
    table.add_column(overflow="fold")
    for finding in listed:
        style = SEVERITY_STYLES[finding.severity]
        words = Text.assemble((printable(finding.name), "bold"), (f" {printable(finding.code)}: ", "dim"))
        table.add_row(Text(finding.severity.value, style=style), words.append(printable(finding.message)))
        for line in _beside(source, finding, claim_spans):
            table.add_row("", line)
    return table


def _beside(source: Source, finding: Finding, claims: Sequence[Span]) -> Iterator[Text]:
    for label in finding.related:
        place = source.place(label.span.start)
        quoted = printable(label.span.of(source.text))
        yield Text(f"at {place.line}:{place.column} “{quoted}”: {printable(label.message)}", style="dim")
    if finding.fix is not None:
        written = printable(finding.span.of(source.text))
        text = Text().append("fix: ", "green").append(f"“{written}” -> “{printable(finding.fix.text)}”")
        # In place of a claim the new text says the right result itself; elsewhere the result follows from it.
        if finding.fix.value is not None and not any(finding.span.overlaps(claim) for claim in claims):
            text.append(f", which gives {shown(finding.fix.value)}")
        yield text
