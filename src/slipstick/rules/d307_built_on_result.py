"""A figure further on rests on a result that is off.

What it finds: "it required 5 times more compute: 3.3 * 10^22 FLOP" below a calculation whose claim is off, where so
many times that claim is the figure; with what the figure is by the value that the numbers give.

Why it matters: a slip travels. Whoever puts the line right has to put right what was built on it.

Stays silent when: the result it rests on holds; so many times the printed result is not the figure to its printed
digits; or the figure stands before the calculation, or another calculation stands between.

Source: iGPT-XL in the comments on "AI and Compute trend isn't predictive of what is happening" (LessWrong, 2021): 5
times an iGPT-L of 6.5e21 FLOP, whose own factors give 7.1e21.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from slipstick.audited_document import AuditedDocument, Told, document_rule
from slipstick.finding import Confidence, Label
from slipstick.judging.verdicts import Claim, verdict
from slipstick.reading.lexing.numerals import NUMBERS
from slipstick.reading.quantities.stated import as_unit, stated_quantities
from slipstick.rule import Audited, Found, in_claim_words, short
from slipstick.units import dimension_of, in_base_units

_REACH, _FIGURE = 800, 60
"""How far behind the calculation, and how many characters long, the figure may be."""
_LINE = "2500 days * 24 * 3600 * 100e12 FLOP/s * 33% utilization = 6.5e21 FLOP"


@cache
def _pattern() -> re.Pattern[str]:
    many = r"(?P<many>\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten)"
    what = r"\s*(?:times|x|×)\s+(?:as\s+much|as\s+many|more|the|that|this|it)\b[^\n.:=;\d]{0,40}"
    return re.compile(rf"\b{many}{what}[:=,(]\s*(?:or|about|i\.e\.)?\s*~?(?=\d)", re.IGNORECASE)


@document_rule(
    "D307",
    "built-on-result",
    bad=(
        f"Small: {_LINE}. The large one required 5 times more compute: 3.3 * 10^22 FLOP.",
        f"Small: {_LINE}.\nThe large one took four times as much compute, about 2.6e22 FLOP.",
    ),
    good=(
        "Small: 2500 days * 24 * 3600 * 100e12 FLOP/s * 30% = 6.5e21 FLOP. The large took 5 times more: 3.3e22 FLOP.",
        f"Small: {_LINE}. The large one required 5 times more compute: 3.6e22 FLOP.",
        f"Small: {_LINE}. The large one required 5 times more compute, 16 GPUs and 10 days.",
    ),
)
def built_on_result(document: AuditedDocument) -> Iterator[Told]:
    """One note for each figure, with the calculation that it rests on."""
    starts = [audited.judged.written.span.start for audited in document.calculations]
    for n, audited in enumerate(document.calculations):
        claim, end = audited.last_claim, audited.judged.written.span.end
        if claim is None or claim.verdict != "off" or not audited.value:
            continue
        stop = min([end + _REACH, *starts[n + 1 : n + 2]])
        for match in _pattern().finditer(document.text, end, stop):
            many = NUMBERS.get(match["many"].lower()) or Fraction(match["many"])
            told = _told(audited, claim, Fraction(many), match.end())
            if told is not None:
                yield Told(audited, told)


def _told(audited: Audited, claim: Claim, many: Fraction, at: int) -> Found | None:
    """The note, if the figure at `at` is so many times the claim."""
    stop = min(len(audited.text), at + _FIGURE)
    figure = next(stated_quantities(audited.text, at, stop), None)
    unit = as_unit(figure, dimension_of(claim.unit)) if figure is not None and figure.span.start == at else None
    if figure is None or unit is None or audited.value is None:
        return None
    printed, last = in_base_units(figure.value, unit), in_base_units(figure.number.last_digit, unit)
    rests, would_anyway = (verdict(value * many, printed, last)[0] == "holds" for value in (claim.value, audited.value))
    if not rests or would_anyway:
        return None
    words = " ".join(figure.span.of(audited.text).split())
    right = in_claim_words(audited.text, claim, audited.value * many, 3)
    message = f"the {words} further on are {short(many)} times this claim; {short(many)} times the value are {right}"
    place = Label(figure.span, "built on it")
    return Found(claim.written.span, message, confidence=Confidence.MEDIUM, related=(place,))
