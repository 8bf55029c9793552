"""What the pages say about whole reports, in words without markup: counts, coverage, which expressions are shown."""

from __future__ import annotations

from operator import add
from typing import NamedTuple

from slipstick.formats.plain import counted
from slipstick.formats.wording import overall_verdict
from slipstick.report import Report, ReportedCalculation


class Tally(NamedTuple):
    """What the last lines of a page count; tallies of several reports add up."""

    holds: int = 0
    off: int = 0
    unknown: int = 0
    calculations: int = 0
    numbers_read: int = 0
    numbers_seen: int = 0
    unread: int = 0
    ignored: int = 0
    by_comment: int = 0
    by_baseline: int = 0

    @classmethod
    def of(cls, report: Report) -> Tally:
        """The tally of one report; verdicts are counted once a calculation."""
        verdicts = [overall_verdict(calculation) for calculation in report.calculations]
        coverage = report.coverage
        return cls(
            holds=verdicts.count("holds"),
            off=verdicts.count("off"),
            unknown=verdicts.count("unknown"),
            calculations=coverage.calculations,
            numbers_read=coverage.numbers_read,
            numbers_seen=coverage.numbers_seen,
            unread=len(coverage.unread),
            ignored=sum(count for _, count in report.suppressed.ignored),
            by_comment=sum(count for _, count in report.suppressed.comment),
            by_baseline=sum(count for _, count in report.suppressed.baseline),
        )

    def plus(self, other: Tally) -> Tally:
        """Both together, count by count."""
        return Tally(*map(add, self, other))

    @property
    def read(self) -> str:
        """How much was read: `7 calculations read, 77 of 153 numbers`."""
        numbers = f"{self.numbers_read:,} of {counted(self.numbers_seen, 'number')}"
        return f"{counted(self.calculations, 'calculation')} read, {numbers}"

    @property
    def verdicts(self) -> str:
        """How many calculations hold: `4 hold, 2 off, 1 unknown`; empty where there is none."""
        if not self.holds + self.off + self.unknown:
            return ""
        return f"{self.holds:,} {self.hold}, {self.off:,} off, {self.unknown:,} unknown"

    @property
    def hold(self) -> str:
        """The verb for those that hold: one holds, two hold."""
        return "holds" if self.holds == 1 else "hold"

    @property
    def hidden(self) -> str:
        """How many findings are suppressed, and by what; empty where none is."""
        total = self.ignored + self.by_comment + self.by_baseline
        ways = f"{self.ignored:,} ignored, {self.by_comment:,} by comment, {self.by_baseline:,} by baseline"
        return f"{counted(total, 'finding')} suppressed ({ways})" if total else ""


def shown_expressions(report: Report, *, every: bool = False) -> tuple[ReportedCalculation, ...]:
    """The expressions without a stated result that a page shows: those that are the whole text, or `every` one."""
    if every or not report.expressions:
        return report.expressions
    if report.calculations:
        return ()
    beside, at = [], 0
    for expression in report.expressions:
        beside.append(report.source.text[at : expression.span.start])
        at = expression.span.end
    beside.append(report.source.text[at:])
    return () if any(character.isalnum() for part in beside for character in part) else report.expressions


def has_something(report: Report, *, all_expressions: bool, show_unread: bool) -> bool:
    """Whether there is anything to show of a row of a table."""
    unread = show_unread and report.coverage.unread
    return bool(report.calculations or report.findings or unread or (all_expressions and report.expressions))
