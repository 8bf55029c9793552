"""What the pages say about one calculation, in words without markup: verdict, value and spread, assumptions."""

from __future__ import annotations

import math
from collections.abc import Iterable

from slipstick.finding import Finding, Severity
from slipstick.formats.plain import counted, digits_apart, printable, shown
from slipstick.percentages import percentage
from slipstick.report import Interval, ReportedCalculation, ReportedClaim, ReportedComparison, ReportedInput, Written

READ_AS_NAMES = frozenset({"unit-inferred"})
"""Notes that say how something was read; the page gathers them in one list instead of a line each."""

_BESIDE_NAMES = frozenset({"published-figure"})
"""Notes about what others say of the same thing."""

MOST_STEPS = 20
"""So many rows a table of steps has on a page at most."""

VERDICT_WORDS = {"holds": "✓ holds", "off": "✗ off", "unknown": "? unknown"}

_COMPARED_NAMES = frozenset({"first-order-differs"})
"""Notes about first order, which the strict test of them makes common; see `is_for_the_page`."""

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


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order of the page: what is beside the calculation itself comes last."""
    return sorted(findings, key=lambda f: (-f.severity.rank, f.name in _BESIDE_NAMES, f.span))


def page_findings(calculation: ReportedCalculation) -> list[Finding]:
    """The findings of a calculation that have a line of their own, gravest first."""
    return gravest_first(f for f in calculation.findings if is_for_the_page(f, calculation))


def verdict_words(calculation: ReportedCalculation) -> str:
    """The verdict, with the ratio where a claim is off: `✗ off: the value is 10x the claim`."""
    verdict = overall_verdict(calculation)
    if verdict is None:
        return "no result stated"
    ratio = next((c.ratio for c in reversed(calculation.claims) if c.verdict == verdict), None)
    if verdict == "off" and ratio is not None and math.isfinite(ratio):
        return f"{VERDICT_WORDS[verdict]}: the value is {_times(ratio)} the claim"
    return VERDICT_WORDS[verdict]


def warnings_words(calculation: ReportedCalculation) -> str:
    """How many warnings stand beside the verdict: `1 warning`; empty where there are none, or nothing is claimed."""
    warnings = sum(finding.severity is Severity.WARNING for finding in calculation.findings)
    return counted(warnings, "warning") if warnings and calculation.claims else ""


def _times(ratio: float) -> str:
    return f"{shown(ratio, digits_apart(ratio, [1.0]))}x"


def with_unit(number: str, unit: str) -> str:
    """A number with its unit, where it has one."""
    return number if unit in ("", "1") else f"{number} {printable(unit)}"


def written_scale(calculation: ReportedCalculation) -> tuple[float, str]:
    """What a base-unit value is multiplied by to stand in the last claim's own unit, and that unit."""
    for claim in reversed(calculation.claims):
        if claim.unit == calculation.unit and claim.value and claim.written.unit:
            scale = claim.written.value / claim.value
            if scale and abs(scale - 1) > 1e-9:
                return scale, claim.written.unit
    return 1.0, calculation.unit


def value_digits(calculation: ReportedCalculation) -> int:
    """The digits at which the value is shown unlike each claim that is off."""
    others = [claim.value for claim in calculation.claims if claim.verdict == "off"]
    return digits_apart(calculation.value or 0.0, others)


def value_words(calculation: ReportedCalculation) -> tuple[str, str]:
    """The value in the claim's own unit, and what is said after it: base unit, and whether its unit was inferred."""
    if calculation.value is None:
        return "unknown", ""
    scale, unit = written_scale(calculation)
    digits = value_digits(calculation)
    rest = ""
    if scale != 1:
        rest = f" = {with_unit(shown(calculation.value, digits), calculation.unit)}"
    if not calculation.unit_stated and calculation.unit != "1":
        rest += ", unit inferred"
    return with_unit(shown(calculation.value * scale, digits), unit), rest


def spread_words(calculation: ReportedCalculation) -> str:
    """The interval in the claim's own unit with the ranges behind it, or why there is none."""
    interval = calculation.interval
    if interval is None:
        return "no interval: " + printable(calculation.why_no_interval or "nothing in it was given a range")
    parts = [_interval(interval, written_scale(calculation)[0])]
    ranges = sorted(_ranges(calculation.inputs), key=lambda given: -(given.share or 0))
    parts += [_range(given) for given in ranges[:_MOST_RANGES]]
    parts += ["…"] if len(ranges) > _MOST_RANGES else []
    return "; ".join(parts)


def _interval(interval: Interval, scale: float) -> str:
    low, high = sorted((interval.low * scale, interval.high * scale))
    ends = f"{shown(low)} to {shown(high)}"
    return f"{percentage(interval.level)} % interval {ends}, median {shown(interval.median * scale)}"


def _ranges(inputs: Iterable[ReportedInput]) -> list[ReportedInput]:
    return [given for given in inputs if given.low is not None and given.high is not None]


def _range(given: ReportedInput) -> str:
    """An input's range in the writer's own unit: "days 20–30", "utilization 0.15–0.45"."""
    low, high = ((end or 0.0) * given.scale for end in (given.low, given.high))
    return f"{printable(given.name)} {shown(low)}–{shown(high)}"


def claim_words(claim: ReportedClaim) -> str:
    """A claim in its writer's unit."""
    return with_unit(shown(claim.written.value, 4), claim.written.unit)


def assumptions(calculation: ReportedCalculation) -> list[str]:
    """Each input with a range or a source: its value and range, its share of the spread, where it is from."""
    assumed = [given for given in calculation.inputs if given.low is not None or given.source is not None]
    alone, off = len(_ranges(assumed)) == 1, overall_verdict(calculation) == "off"
    return [_assumed(given, alone=alone, off=off) for given in assumed]


def _assumed(given: ReportedInput, *, alone: bool, off: bool) -> str:
    scale, own = given.scale, given.written or Written(given.value, given.unit)
    parts = [f"{printable(given.name)} {with_unit(shown(own.value), own.unit)}"]
    if given.low is not None and given.high is not None:
        parts[0] += f" as {shown(given.low * scale)} to {shown(given.high * scale)}"
        if given.share is not None and not alone:
            parts.append(f"{given.share:.0%} of the spread".replace("%", " %"))
        if off and given.implied is not None:
            parts.append(f"{shown(given.implied * scale)} would give the claim")
    if given.source:
        parts.append(printable(given.source))
    return "; ".join(parts)


def readings(calculation: ReportedCalculation) -> list[str]:
    """What was read how, each once; numbers that make one conversion together: "24, 3600: conversion from days"."""
    numbers: dict[str, list[str]] = {}
    for finding in calculation.findings:
        if finding.name in READ_AS_NAMES:
            number, _, how = finding.message.partition(": ")
            converts = how.startswith("conversion")
            numbers.setdefault(f": {how}" if converts else finding.message, []).extend([number] * converts)
    return [printable(", ".join(dict.fromkeys(each)) + how) for how, each in numbers.items()]


def read_as(calculation: ReportedCalculation) -> str:
    """All readings in one line, to stand beside the words "read as", which are said once: "6: FLOP per token"."""
    return "; ".join(words.replace(": read as ", ": ", 1) for words in readings(calculation))


def fix_result(finding: Finding, of: ReportedCalculation | None) -> str:
    """The value that follows from a fix in the claim's unit; empty where it replaces a claim, which says it already."""
    fix = finding.fix
    if fix is None or fix.value is None:
        return ""
    if of is None:
        return shown(fix.value)
    scale, unit = written_scale(of)
    replaces = any(finding.span.overlaps(claim.span) for claim in of.claims)
    return "" if replaces else with_unit(shown(fix.value * scale), unit)


def comparison_words(beside: ReportedComparison) -> str:
    """A rival figure, how far it is off, and what would lead there."""
    if beside.agrees:
        return f"{printable(beside.figure)}: {printable(beside.explanation)}"
    apart = f"the value is {_times(beside.ratio)} as much" if math.isfinite(beside.ratio) else "another size"
    return f"{printable(beside.figure)}: {apart}; {printable(beside.explanation)}"
