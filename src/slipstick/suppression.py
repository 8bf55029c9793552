"""Findings that comments allow or the settings ignore are taken out of a report and counted; verdicts stay.

A comment reaches the calculations of its line; where it has its line to itself, the next calculation of the paragraph
below; with `allow-file` the whole text (docs/suppression.md).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from slipstick.finding import Finding, Fix
from slipstick.markup import View
from slipstick.markup.comments import Comment, Named
from slipstick.report import Counts, Report, ReportedCalculation
from slipstick.rule import Found
from slipstick.rules.s401_unused_suppression import unused_suppression
from slipstick.rules.s402_unknown_suppression import unknown_suppression
from slipstick.selection import nearest, rule_named, stands_for_several, unknown
from slipstick.settings import Settings
from slipstick.source import Source, Span

_PARAGRAPH = re.compile(r"\s*+(?:[^\n]|\n(?![ \t\r]*+(?:\n|\Z)))*+")
_MOST_NAMES = 20
"""The most names of one comment that are looked at."""
_MOST_NEAREST = 50
"""The most unknown names of one text for which the nearest is looked for, which takes its time."""


class _Place(NamedTuple):
    """What comments reach: the rules that they allow there, and those of them that found something."""

    span: Span
    codes: set[str]
    used: set[str]


class _Places:
    """Places that do not overlap."""

    def __init__(self) -> None:
        self._by_span: dict[Span, _Place] = {}
        self._sorted: list[_Place] = []
        self._ends: list[int] = []

    def add(self, span: Span, codes: Iterable[str]) -> _Place:
        place = self._by_span.setdefault(span, _Place(span, set(), set()))
        place.codes.update(codes)
        return place

    def over(self, span: Span) -> list[_Place]:
        """The places that share a code point with `span`; to be asked when all have been added."""
        if len(self._sorted) != len(self._by_span):
            self._sorted = sorted(self._by_span.values(), key=lambda place: place.span)
            self._ends = [place.span.end for place in self._sorted]
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._sorted, span.end, key=lambda place: place.span.start)
        return self._sorted[first:last]


class _Reaches:
    """What each comment reaches in a plain text, and what is hidden there."""

    def __init__(self, comments: Sequence[Comment], view: View, report: Report) -> None:
        self.whole = _Place(Span(0, len(view.text)), set(), set())
        self.lines, self.targets = _Places(), _Places()
        self._paragraph = Span(0, 0)
        asserted = [made.span for made in report.calculations]
        silent = [made.span for made in report.expressions]
        self.of = [self._place(comment, view, asserted, silent) for comment in comments]

    def _place(self, comment: Comment, view: View, asserted: list[Span], silent: list[Span]) -> _Place:
        codes = [made.code for name in comment.names if (made := rule_named(name.name))] if comment.is_usable else []
        if comment.whole_text:
            self.whole.codes.update(codes)
            return self.whole
        at = _after(view, comment.span.end)
        line = _line(view.text, at)
        if not comment.lines and line.of(view.text).strip(" \t\r|>"):
            return self.lines.add(line, codes)
        if not self._paragraph.start <= at < self._paragraph.end:  # comments come in order, many in one paragraph
            found = _PARAGRAPH.match(view.text, at)
            self._paragraph = Span(*found.span()) if found else Span(at, at)
        end = self._paragraph.end
        return self.targets.add(_next(asserted, at, end) or _next(silent, at, end) or Span(at, at), codes)

    def hide(self, finding: Finding, made: ReportedCalculation | None) -> bool:
        """Whether a comment allows the finding; notes that it was of use."""
        span = made.span if made else finding.span
        places = [self.whole, *self.lines.over(span), *self.targets.over(span)]
        allowing = [place for place in places if finding.code in place.codes]
        for place in allowing:
            place.used.add(finding.code)
        return bool(allowing)


def _after(view: View, raw: int) -> int:
    """The offset in the plain text of the first character that stands at `raw` or behind it."""
    return bisect_left(range(len(view.text)), raw, key=lambda at: view.raw(at, at + 1).start)


def _line(text: str, at: int) -> Span:
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end)


def _next(spans: list[Span], at: int, end: int) -> Span | None:
    """The first of the spans, which are in order, that ends behind `at`, where it begins before `end`."""
    found = bisect_right(spans, at, key=lambda span: span.end)
    return spans[found] if found < len(spans) and spans[found].start < end else None


def suppressed(report: Report, comments: Sequence[Comment], view: View, source: Source, settings: Settings) -> Report:
    """`report` (of the plain text `view`) as one of `source`, without what comments and settings hide.

    A comment that hides nothing, or cannot be used, is a finding of its own.
    """
    reaches = _Reaches(comments, view, report)
    ignored: Counter[str] = Counter()
    allowed: Counter[str] = Counter()

    def keeps(finding: Finding, made: ReportedCalculation | None) -> bool:
        hidden = allowed if reaches.hide(finding, made) else ignored if finding.code in settings.ignored else None
        if hidden is not None:
            hidden[finding.code] += 1
        return hidden is None

    kept = report.kept(keeps)
    placed = kept if view.is_identity else kept.placed(source, view.raw)
    about = [finding for finding in _about(comments, reaches, settings.run) if finding.code in settings.run]
    ignored.update(finding.code for finding in about if finding.code in settings.ignored)
    shown = [finding for finding in about if finding.code not in settings.ignored]
    counted = report.suppressed._replace(ignored=in_order(ignored), comment=in_order(allowed))
    return placed._replace(findings=(*placed.findings, *shown), suppressed=counted)


def with_late_findings(report: Report, found: Sequence[Finding], settings: Settings) -> Report:
    """The report with findings that a stage behind the rules made, without those that the settings hide: counted."""
    run = [finding for finding in found if finding.code in settings.run]
    ignored = Counter(dict(report.suppressed.ignored))
    ignored.update(finding.code for finding in run if finding.code in settings.ignored)
    shown = [finding for finding in run if finding.code not in settings.ignored]
    hidden = report.suppressed._replace(ignored=in_order(ignored), not_run=settings.not_run)
    return report._replace(findings=(*report.findings, *shown), suppressed=hidden)


def in_order(counts: Counter[str]) -> Counts:
    """The counts by code."""
    return tuple(sorted(counts.items()))


def _about(comments: Sequence[Comment], reaches: _Reaches, run: Collection[str]) -> Iterator[Finding]:
    """What is to be said of the comments themselves; places are those in the raw text."""
    unknown_names = 0
    for comment, place in zip(comments, reaches.of, strict=True):
        yield from (found.finding(unknown_suppression) for found in _unusable(comment))
        for name in comment.names[:_MOST_NAMES] if comment.is_usable else ():
            made = rule_named(name.name)
            if made is None:
                unknown_names += 1
                yield _unknown(name, with_nearest=unknown_names <= _MOST_NEAREST).finding(unknown_suppression)
            elif made.code in run and made.code not in place.used:
                message = f"{made.name} finds nothing {_where(comment, place)}"
                yield Found(name.span, message).finding(unused_suppression)


def _unusable(comment: Comment) -> Iterator[Found]:
    if comment.word not in ("allow", "allow-file"):
        said = f"not {comment.word[:60]!r}" if comment.word else "and nothing stands there"
        yield Found(comment.span, f"behind “slipstick:” stands allow or allow-file, {said}")
    elif not comment.names:
        yield Found(comment.span, f"{comment.word} names no rule; expected codes or names with commas between them")


def _unknown(name: Named, *, with_nearest: bool) -> Found:
    if stands_for_several(name.name):
        return Found(name.span, f"{name.name!r} stands for several rules; a comment names each of them")
    near = nearest(name.name) if with_nearest else None
    return Found(name.span, unknown(name.name, near), fix=Fix(near.name) if near else None)


def _where(comment: Comment, place: _Place) -> str:
    if comment.whole_text:
        return "in this text"
    if place.span.start == place.span.end:
        return "here: no calculation was read in the paragraph below"
    return "in the calculation below" if comment.lines else "in this line"
