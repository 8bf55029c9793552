"""Report -> one HTML page that needs nothing beside it: the text with its places marked, what was found beside them.

No script, no request to anywhere (a policy in the page forbids both), colours by the reader's preference, and every
piece of text escaped by construction (`elements`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from slipstick.data import read_data
from slipstick.finding import Finding
from slipstick.formats.elements import Html, element, joined, raw
from slipstick.formats.html_card import card, findings_list, link, place_words
from slipstick.formats.marked import Mark, Piece, pieces
from slipstick.formats.overview import Tally, shown_expressions
from slipstick.formats.plain import counted, printable
from slipstick.formats.wording import VERDICT_WORDS, gravest_first, overall_verdict, page_findings, warnings_words
from slipstick.report import Report, ReportedCalculation
from slipstick.source import Source

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LEGEND = (("holds", "✓ the claim holds"), ("off", "✗ it is off"), ("unknown", "? it cannot be judged"))


class _Placed(NamedTuple):
    """What stands beside the text: from which offset on, and the marks that belong to it."""

    start: int
    card: Html
    marks: tuple[Mark, ...]


def document(sections: Iterable[Html], tally: Tally, title: str) -> str:
    """The whole page: `sections` one after another, what they come to all together, and the style."""
    coverage = tally.read + (f"; {counted(tally.unread, 'expression')} not read" if tally.unread else "")
    coverage += f"; {tally.hidden}" if tally.hidden else ""
    legend = (element("li", words, class_=kind) for kind, words in _LEGEND)
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("title", f"{title}: {tally.verdicts or 'nothing claimed'}"),
        element("style", raw(f"\n{read_data('page.css')}")),
    )
    header = element(
        "header",
        element("h1", title, element("span", f": {tally.verdicts}") if tally.verdicts else ""),
        element("p", f"{coverage}.", class_="faint"),
        element("ul", *legend, class_="legend verdicts"),
    )
    body = element("body", header, element("main", *sections))
    return f"<!DOCTYPE html>\n{element('html', head, raw(chr(10)), body, lang='en')}\n"


def section(report: Report, number: int, heading: str, *, all_expressions: bool = False) -> Html:
    """One text with what was found in it; `number` tells the sections of a page apart."""
    name = f"s{number}"
    calculations = (*report.calculations, *shown_expressions(report, every=all_expressions))
    beside = [_placed(report, f"{name}c{n}", made) for n, made in enumerate(calculations, 1)]
    about = gravest_first(finding for finding in report.findings if finding.span.end == finding.span.start)
    placed = [finding for finding in report.findings if finding.span.end > finding.span.start]
    beside += [_placed_finding(report, f"{name}d{n}", finding) for n, finding in enumerate(placed, 1)]
    unread = [
        Mark(place.span, "unread", f"{name}u{n}", f"not read: {place.reason}", f"{name}u{n}-at")
        for n, place in enumerate(report.coverage.unread, 1)
    ]
    others = [*_finding_marks(about, f"{name}a"), *unread]
    return element(
        "section",
        element("h2", printable(heading)),
        findings_list(report.source, about, f"{name}a") if about else "",
        _to_look_at(report, name),
        *_rows(report.source, sorted(beside, key=lambda placed: placed.start), others),
        _unread(report, unread),
        id=name,
    )


def _to_look_at(report: Report, name: str) -> Html:
    """Links to the calculations that do not plainly hold, where there are several in all."""
    links = []
    for n, calculation in enumerate(report.calculations, 1):
        warnings = warnings_words(calculation)
        verdict = overall_verdict(calculation) or "none"
        if warnings or verdict != "holds":
            words = f"{VERDICT_WORDS[verdict][0]} line {report.source.place(calculation.span.start).line}"
            links.append(element("li", link(f"#{name}c{n}", words + (f", {warnings}" if warnings else ""))))
    if len(report.calculations) < 2 or not links:
        return raw("")
    return element("nav", element("ul", *links, class_="legend"), aria_label="what does not plainly hold")


def _placed(report: Report, name: str, calculation: ReportedCalculation) -> _Placed:
    """The card of a calculation, and its marks: the whole, its claims, its findings and what they relate to."""
    verdict = overall_verdict(calculation) or "none"
    whole = Mark(calculation.span, f"calculation {verdict}", name, "calculation", f"{name}-at")
    claims = [Mark(claim.span, f"claim {claim.verdict}", name, claim.verdict) for claim in calculation.claims]
    marks = (whole, *claims, *_finding_marks(page_findings(calculation), f"{name}f"))
    return _Placed(calculation.span.start, card(report.source, calculation, name), marks)


def _placed_finding(report: Report, name: str, finding: Finding) -> _Placed:
    """A finding about the document, at its place."""
    listed = element("article", findings_list(report.source, [finding], name), class_="card")
    return _Placed(finding.span.start, listed, tuple(_finding_marks([finding], name)))


def _finding_marks(findings: Sequence[Finding], name: str) -> Iterator[Mark]:
    for n, finding in enumerate(findings, 1):
        label = f"{finding.severity.value}: {finding.name} ({finding.code})"
        yield Mark(finding.span, finding.severity.value, f"{name}{n}", label, f"{name}{n}-at", str(n))
        for r, related in enumerate(finding.related, 1):
            yield Mark(related.span, "related", f"{name}{n}", related.message, f"{name}{n}r{r}-at", str(n))


def _rows(source: Source, beside: Sequence[_Placed], others: Sequence[Mark]) -> Iterator[Html]:
    """The text from top to bottom, a new row at each line where a calculation starts, with what stands beside it."""
    cards: dict[int, list[Html]] = {}
    for placed in beside:
        cards.setdefault(source.line_span(placed.start).start, []).append(placed.card)
    marks = [mark for placed in beside for mark in placed.marks] + list(others)
    rows: dict[int, list[Piece]] = {}
    start = 0
    for piece in pieces(len(source.text), marks, cards):
        start = piece.span.start if piece.span.start in cards else start
        rows.setdefault(start, []).append(piece)
    for start, row in rows.items():
        shown = element("div", *(_piece(source.text, piece) for piece in row), class_="text")
        yield element("div", shown, element("div", *cards.get(start, []), class_="cards"), class_="row")


def _piece(text: str, piece: Piece) -> Html:
    """A stretch of the text: a link to what is said about it, where anything is, after the anchors of what begins."""
    anchors = (element("span", id=mark.anchor, class_="at") for mark in piece.begins if mark.anchor)
    words = visible(piece.span.of(text))
    if not piece.over:
        return joined([*anchors, words])
    numbers = sorted({mark.number for mark in piece.ends if mark.number and mark.kind != "related"}, key=int)
    linked = element(
        "a",
        words,
        href=f"#{piece.over[-1].target}",
        class_=" ".join(dict.fromkeys(mark.kind for mark in piece.over)),
        title=printable("; ".join(dict.fromkeys(mark.label for mark in piece.over[1:] or piece.over))),
        data_number=" ".join(numbers) or None,
        tabindex=None if piece.begins else "-1",
    )
    return joined([*anchors, linked])


def visible(text: str) -> str:
    """`text` with its line breaks and tabs; what else has no shape of its own, or turns the writing, as its escape."""
    if text.isprintable():
        return text
    return "".join(character if character in "\n\t" else printable(character) for character in text)


def _unread(report: Report, marks: Sequence[Mark]) -> Html:
    if not marks:
        return raw("")
    items = (
        element(
            "li",
            link(f"#{mark.anchor}", place_words(report.source, place.span)),
            " ",
            element("code", printable(place.text)),
            f": {printable(place.reason)}",
            id=mark.target,
        )
        for mark, place in zip(marks, report.coverage.unread, strict=True)
    )
    return element("details", element("summary", f"{counted(len(marks), 'place')} not read"), element("ul", *items))
