"""The text gives another figure for the same thing.

What it finds: a figure that contradicts a calculation, where the words say so: "AlphaStar used 6*10^22 FLOP, not
2*10^23" sets it against the result; "a previous calculation gave 2.4 x 10^24 for AlphaStar" names what the calculation
is about. Where a change of meaning (another level of the hardware, another utilization) leads from the value to the
figure, it is named (specs/diagnosis.md); so it is where the text sets
the two calculations' values side by side ("Agents: 12 vs 600"). Which of the two is right is not decided here.

Why it matters: a correction in the comments is the best hint that a reader can get, and it may itself be wrong.

Stays silent when: the figure agrees with the result at its printed digits; no name ties it to the calculation; it has
another dimension; it is merely another method's result beside the first.

Source: the comments on "AI and Compute trend isn't predictive of what is happening" (LessWrong, 2021).
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.audited_document import AuditedDocument, Told, document_rule
from slipstick.finding import Confidence, Label
from slipstick.judging.rival_figures import RivalFigure, RivalFigures
from slipstick.judging.side_by_side import exchanged, pairs
from slipstick.reading.quantities.arithmetic import as_float
from slipstick.rule import Audited, Found, short

_OF_MEANING = frozenset(("packaging", "peak", "utilization", "multiply-adds", "passes", "price"))
"""Kinds of changes by which another reader may have come to another figure; slips of a hand are not shared by two."""
_CALCULATION = "AlphaStar: 12 * 44 days * 86400 * 420e12 FLOP/s * 32 * 0.33 = 2.02e23 FLOP."


@document_rule(
    "D305",
    "rival-figure",
    bad=(
        f"{_CALCULATION}\n\nCorrection: AlphaStar used 6*10^22 FLOP, not 2*10^23.",
        f"{_CALCULATION}\n\nA previous calculation gave 2.4 x 10^24 for AlphaStar.",
    ),
    good=(
        f"{_CALCULATION}\n\nActually, AlphaGo Zero used 3.4e23 FLOP.",
        f"{_CALCULATION}\n\nIn fact, AlphaStar used 2.0e23 FLOP and 44 days.",
        f"{_CALCULATION}\n\nFor comparison, AlphaStar is not GPT-3, which took 3.1e23 FLOP.",
    ),
)
def rival_figure(document: AuditedDocument) -> Iterator[Told]:
    """One note for each figure and calculation."""
    rivals, end = RivalFigures(document.text), 0
    for audited in document.calculations if rivals else ():
        for figure in rivals.of(audited.judged, end):
            yield Told(audited, _told(audited, figure))
        end = audited.judged.written.span.end


def _told(audited: Audited, figure: RivalFigure) -> Found:
    written = " ".join(figure.span.of(audited.text).split())
    of = f" for {figure.subject}" if figure.subject else ""
    ratio = short(figure.value / audited.value) if audited.value else ""
    message = f"the text also gives {written}{of}, {ratio} times the value; which of the two is right is not said here"
    message += _explained(audited, figure, written)
    last = audited.last_claim
    place = last.written.span if last is not None else audited.judged.written.span
    confidence = Confidence.HIGH if figure.against is not None else Confidence.MEDIUM
    return Found(place, message, confidence=confidence, related=(Label(figure.span, "the other figure"),))


def _explained(audited: Audited, figure: RivalFigure, written: str) -> str:
    from slipstick.diagnosis import around, diagnose, explanation  # most texts hold no such figure

    target = around(figure.value, figure.last_digit, written)
    if target is None:
        return ""
    listed = pairs(audited.text)
    other = exchanged(audited.reading, listed)
    as_listed = as_float(other) if other is not None else None
    if other is not None and as_listed is not None and target.fits(as_listed):
        values = ", ".join(f"{pair.role} {pair.words}" for pair in listed)
        return f"; with the values that the text sets against those here ({values}) it is {short(other)}"
    found = diagnose(audited.text, audited.reading, audited.context, target)
    return f"; {explanation(found)}" if found.best is not None and found.best.kind in _OF_MEANING else ""
