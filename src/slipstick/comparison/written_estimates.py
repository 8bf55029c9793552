"""The estimates of a text with the place each stands at, and what its writer claims; one of them chosen by its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slipstick.estimates.combining import estimate_from
from slipstick.estimates.estimate import Estimate
from slipstick.finding import Severity
from slipstick.pipeline import audit, read_estimates
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.report import ReportedCalculation, ReportedClaim
from slipstick.settings import Settings
from slipstick.source import Place, Source, Span

_MOST_NAMED = 20


class WrittenEstimate(NamedTuple):
    """An estimate as it stands in a text: `claim` is the last one; `findings` names the errors and warnings about it.

    `span` is None where it stands in no text.
    """

    estimate: Estimate
    source: Source
    span: Span | None = None
    claim: ReportedClaim | None = None
    findings: tuple[str, ...] = ()

    @property
    def place(self) -> Place | None:
        """Line and column of where it begins."""
        return self.source.place(self.span.start) if self.span else None


def written_estimates(source: Source, settings: Settings | None = None) -> tuple[WrittenEstimate, ...]:
    """Every estimate of a text, in its order."""
    report = audit(source, settings)
    reported = (*report.calculations, *report.expressions)
    found = [_placed(made, source, reported) for made in read_estimates(source.text, settings)]
    return tuple(sorted((each for each in found if each.span), key=lambda each: each.span or Span(0, 0)))


def _placed(estimate: Estimate, source: Source, reported: Sequence[ReportedCalculation]) -> WrittenEstimate:
    spans = [given.span for given in estimate.leaves if given.span]
    if not spans:
        return WrittenEstimate(estimate, source)
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    around = [c for c in reported if c.span.start <= span.start and span.end <= c.span.end]
    if not around:
        return WrittenEstimate(estimate, source, span)
    closest = min(around, key=lambda c: c.span.end - c.span.start)
    grave = dict.fromkeys(f.name for f in closest.findings if f.severity is not Severity.NOTE)
    claim = closest.claims[-1] if closest.claims else None
    return WrittenEstimate(estimate, source, closest.span, claim, tuple(grave))


def one_estimate(source: Source, line: int | None, column: int | None, settings: Settings | None) -> WrittenEstimate:
    """The estimate of a text: the only one, that of a line, or at a column; else a plain quantity that is all of it.

    Where several are there, those with a claimed result come first. Raises ValueError with one line: which places there
    are to choose from, or that nothing was read.
    """
    every = written_estimates(source, settings)
    if line is not None:
        return _at(every, source, line, column)
    if not every:
        return _plain(source)
    return _only(every, source, "holds")


def _at(every: Sequence[WrittenEstimate], source: Source, line: int, column: int | None) -> WrittenEstimate:
    here = [each for each in every if _covers(each, line)]
    if column is not None:
        here = [each for each in here if each.place == Place(line, column)]
    if here:
        return _only(here, source, f"holds in line {line}")
    where = f"line {line}" if column is None else f"line {line}, column {column}"
    there = f"; expected one of {_places(every)}" if every else ""
    raise ValueError(f"{source.name}: no calculation was read at {where}{there}")


def _covers(each: WrittenEstimate, line: int) -> bool:
    if each.span is None:
        return False
    return each.source.place(each.span.start).line <= line <= each.source.place(each.span.end - 1).line


def _only(found: Sequence[WrittenEstimate], source: Source, holds: str) -> WrittenEstimate:
    best = [each for each in found if each.claim is not None] or list(found)
    if len(best) == 1:
        return best[0]
    name = source.name if source.name != "<text>" else "the text"
    raise ValueError(f"{name} {holds} {len(best)} calculations; expected one of {_places(best)}")


def _places(every: Sequence[WrittenEstimate]) -> str:
    """Where estimates stand and what they come to: "post.md:16 (2.02e23 FLOP), post.md:22 (2.4e22 FLOP)"."""
    lines = [each.place.line for each in every if each.place]
    shown = []
    for each in every[:_MOST_NAMED]:
        if each.place is None:
            continue
        column = f":{each.place.column}" if lines.count(each.place.line) > 1 else ""
        name = "line " if each.source.name == "<text>" else f"{each.source.name}:"
        value = f"{plain_number(each.estimate.exact_value, 3)} {each.estimate.unit}".removesuffix(" 1")
        shown.append(f"{name}{each.place.line}{column} ({value})")
    more = len(every) - _MOST_NAMED
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _plain(source: Source) -> WrittenEstimate:
    """A text that is nothing but a quantity, "1.08e23 FLOP"."""
    name = source.name if source.name != "<text>" else repr(source.text.strip()[:60])
    try:
        made = estimate_from(source.text.strip(), "value")
        _ = made.exact_value
    except ValueError:
        expected = 'a calculation, or a quantity such as "1.08e23 FLOP"'
        raise ValueError(f"{name}: no calculation was read; expected {expected}") from None
    return WrittenEstimate(made, source)
