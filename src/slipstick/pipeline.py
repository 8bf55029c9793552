"""The order of the stages: text, reading, verdicts, estimate, spread, findings, report. Only this file knows it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from fractions import Fraction

from slipstick.assumptions import Context, estimate_of, named_part
from slipstick.estimate import Estimate
from slipstick.evaluation import UnitsError
from slipstick.finding import Finding
from slipstick.reading.arithmetic import OutOfRange
from slipstick.reading.claims import WrittenCalculation
from slipstick.reading.mentions import Mention, mentions, nearest
from slipstick.reading.relations import Document, read_document
from slipstick.report import Coverage, Report, ReportedCalculation, Unread
from slipstick.rule import Audited
from slipstick.rules import RULES
from slipstick.source import Source
from slipstick.steps import written_steps
from slipstick.summary import Evaluated, reported
from slipstick.verdicts import Judged, judge


@dataclass(frozen=True)
class Settings:
    """What a user may set: a range to use for every utilization, the year of the era where no hardware is named."""

    utilization: tuple[Fraction, Fraction] | None = None
    year: int | None = None


def _context(source: Source, judged: Judged, found: tuple[Mention, ...], settings: Settings) -> Context:
    part = named_part(judged.reading) or nearest(source.text, found, judged.written.span)
    return Context(part, settings.year, settings.utilization)


def _estimate(judged: Judged, context: Context) -> Estimate | None:
    """The estimate of a reading; None where it has no value."""
    if judged.reading.trouble or judged.reading.value is None:
        return None
    estimate = estimate_of(judged.reading, context)
    try:
        _ = estimate.dimension, estimate.exact_value
    except (UnitsError, OutOfRange):
        return None
    return estimate


def _evaluate(source: Source, judged: Judged, found: tuple[Mention, ...], settings: Settings) -> Evaluated:
    context = _context(source, judged, found, settings)
    estimate = _estimate(judged, context)
    try:
        spread = estimate.spread() if estimate else None
    except (ValueError, ArithmeticError):
        spread = None  # a spread that leaves the range of floats: the value stands without one
    audited = Audited(source.text, judged, estimate, context)
    findings = [finding for rule in RULES for finding in rule.findings(audited)]
    return Evaluated(judged, estimate, spread, tuple(sorted(findings, key=_order)))


def _order(finding: Finding) -> tuple[int, str, int]:
    return -finding.severity.rank, finding.code, finding.span.start


def _without_word_claims(judged: Judged) -> Judged:
    """Claims made by a verb ("which is ...") count only where their unit fits; else they said something else."""
    kept = tuple(c for c in judged.claims if c.verdict != "unknown" or not c.written.by_word)
    return judged if len(kept) == len(judged.claims) else judged._replace(claims=kept)


def _is_told(judged: Judged) -> bool:
    """Restatements of unlike things ("5 days = 40 GPUs") state no equality; they are told only for a missing rate."""
    if judged.written.kind != "restatement":
        return bool(judged.claims)
    return judged.reading.rate_missing or (not judged.reading.mismatch and bool(judged.claims))


def _coverage(source: Source, document: Document, told: list[WrittenCalculation]) -> Coverage:
    """Numbers are counted as written: 2.02 * 10^23 has three."""
    starts = [number.start for number in document.numbers]
    inside = (range(bisect_left(starts, c.span.start), bisect_left(starts, c.span.end)) for c in told)
    read = len({n for numbers in inside for n in numbers})
    unread = tuple(Unread(u.span, u.span.of(source.text), u.reason) for u in document.unread)
    return Coverage(len(document.calculations), read, len(document.numbers), unread)


def audit(source: Source | str, settings: Settings | None = None) -> Report:
    """Audit one text. Never raises on any text: what is wrong with it is in the report."""
    source = Source(source) if isinstance(source, str) else source
    settings = settings or Settings()
    document = read_document(source.text)
    if not document.calculations and not document.expressions:
        return Report(source, _coverage(source, document, []))
    found = mentions(source.text)
    calculations: list[ReportedCalculation] = []
    expressions: list[ReportedCalculation] = []
    told: list[WrittenCalculation] = []
    for written in document.calculations + document.expressions:
        judged = _without_word_claims(judge(written))
        if written.claims and not _is_told(judged):
            if written.kind == "restatement":
                continue
            bare = written._replace(span=written.expression.span, claims=())
            judged = judged._replace(written=bare, claims=())
        evaluated = _evaluate(source, judged, found, settings)
        told.append(judged.written)
        (calculations if judged.claims else expressions).append(reported(source.text, evaluated))
    coverage = _coverage(source, document, told)._replace(calculations=len(calculations))
    return Report(source, coverage, tuple(calculations), tuple(expressions))


def read_estimates(text: str, settings: Settings | None = None) -> tuple[Estimate, ...]:
    """Every estimate that a text holds, in order, calculations before expressions without a result."""
    source, settings = Source(text), settings or Settings()
    document, found = read_document(text), mentions(text)
    estimates = []
    for written in document.calculations + document.expressions:
        judged = judge(written)
        estimate = _estimate(judged, _context(source, judged, found, settings))
        if estimate is not None:
            estimates.append(replace(estimate, written_steps=written_steps(text, judged.reading)))
    return tuple(estimates)


def read_estimate(text: str, settings: Settings | None = None) -> Estimate:
    """The first estimate in a text. Raises ValueError where the text holds none."""
    found = read_estimates(text, settings)
    if not found:
        raise ValueError(f"no calculation was read in {text[:60]!r}; expected numbers with operators between them")
    return found[0]
