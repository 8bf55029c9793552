"""A result is told again with another value.

What it finds: a result that the next words restate as something else ("= 3.1e23 FLOP, so in total 3.8e23 FLOP"); a
figure said to have been computed above that nothing above comes to; two calculations that the same words name
("AlphaStar compute: ... = 2e23", "AlphaStar compute: ... = 3e23") and that disagree.

Why it matters: readers take the figure that stands last, and its calculation is another one.

Stays silent when: both agree at their printed digits; the second figure stands before, is a sum of results before,
or twice to twelve times the result;
the words tell of more than the calculation ("per run, so with ablations"), of another method, a bound or an assumption;
the words in front of two calculations hold no name.

Source: specs/rounding.md says when two printed figures are the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import accumulate

from slipstick.audited_document import AuditedDocument, Told, document_rule
from slipstick.finding import Confidence, Label
from slipstick.judging.subjects import lead, names_in, normal_words
from slipstick.judging.verdicts import Claim, verdict
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.quantities.stated import as_unit, stated_quantities
from slipstick.rule import Audited, Found, short
from slipstick.source import Span
from slipstick.units import dimension_of, in_base_units

_CONNECTIVES = frozenset(("so", "and", "thus", "hence", "therefore", "i.e", "that", "in", "altogether"))
"""Words with which a restatement begins."""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The patterns, made when a text asks for them: so, what leads from a result to its restatement; above; otherwise,
    words for another method or thing; more, what makes the figure before it only a part;
    end, of a sentence.
    """
    patterns = {
        "so": r"[\s,;:.)–—-]*(?:and\s+)?(?:so|thus|hence|therefore|i\.e\.|that is|in other words|in total|altogether)\b"
        r"[\s,:]*(?:(?:about|approximately|roughly|around|some|the|a|an|total|of|training|compute|is|was|in|all|comes|to"
        r"|altogether|overall|we|get|have|it|used|cost|takes|makes|needed|nearly|almost)\s+|[~≈=:]\s*)*(?=[\d$€£])",
        "above": r"\b(?:computed|calculated|derived|worked out|estimated|obtained)\s+(?:above|earlier)\b",
        "otherwise": r"alternativ|method|bound|another|other|assum|instead|\bif\b|version|\bper\b|estimate|approach"
        r"|case|based on|optimis|pessimis|scenario|either|\bvs\b|versus|first|second|final|phase|stage|without|includ"
        r"|plus|revis|correct|updat",
        "end": r"[.!?]\s|\n",
        "more": r"\s*(?:[*×·/+÷^=]|per\b|each\b|more\b|less\b|for\b|times\b|with\b|includ|if\b|at\b)",
    }
    return re.compile(patterns[name], re.IGNORECASE)


_MOST = 10
"""With how many results before a figure is compared."""
_SEVERAL = 12
"""Up to how many times a result another figure may be meant for so many of the thing."""
_REACH = 80
_FAR = 3000


@document_rule(
    "D303",
    "inconsistent-results",
    bad=(
        "The run: 64 A100 * 30 days * 312e12 FLOP/s * 0.4 = 2.07e22 FLOP, so in total 2.70e22 FLOP.",
        "Base: 6 * 7e9 * 2e12 = 8.4e22 FLOP.\nThe 4.8e22 FLOP computed above leave out the tests.",
        "AlphaStar compute: 12 * 44 * 86400 * 4.2e14 = 1.9e22 FLOP\nAlphaStar compute: 12 * 4.4e20 = 5.3e21 FLOP",
    ),
    good=(
        "The run: 64 A100 * 30 days * 312e12 FLOP/s * 0.4 = 2.07e22 FLOP, so about 2e22 FLOP.",
        "A: 6 * 7e9 * 2e12 = 8.4e22 FLOP.\nB: 2 * 7e9 * 1e12 = 1.4e22 FLOP, so in total 9.8e22 FLOP.",
        "AlphaStar compute: 12 * 44 * 86400 * 4.2e14 = 1.9e22 FLOP\nAlternatively, AlphaStar compute: "
        "12 * 4.4e20 = 5.3e21 FLOP",
        "Training compute: 6 * 7e9 * 2e12 = 8.4e22 FLOP\nTraining compute: 6 * 13e9 * 2e12 = 1.56e23 FLOP",
    ),
)
def inconsistent_results(document: AuditedDocument) -> Iterator[Told]:
    """One note for each figure that says otherwise than the calculation that it restates."""
    named: dict[str, tuple[Audited, Claim]] = {}
    end = 0
    for n, audited in enumerate(document.calculations):
        claim = audited.last_claim
        if claim is not None and claim.unit and claim.value:
            yield from _restated(document, n, claim)
            if len(document.calculations) > 1:
                yield from _same_name(audited, claim, named, end)
        end = audited.judged.written.span.end
    if "above" in document.text or "earlier" in document.text:
        yield from _said_above(document)


def _restated(document: AuditedDocument, n: int, claim: Claim) -> Iterator[Told]:
    """What the words right behind a result make of it."""
    text, audited = document.text, document.calculations[n]
    end = audited.judged.written.span.end
    following = text[end : end + _REACH].lstrip(" \n,;:.)–—-").split(maxsplit=1)
    if not following or following[0].lower().rstrip(",.:") not in _CONNECTIVES:
        return
    words = _pattern("so").match(text, end, min(len(text), end + _REACH))
    if words is None or "\n\n" in words.group():
        return
    figure = next(stated_quantities(text, words.end(), min(len(text), words.end() + _REACH)), None)
    if figure is None or _pattern("more").match(text, figure.span.end):
        return
    before = document.calculations[max(0, n - _MOST) : n + 1]
    value = _other_value(document, before, figure, claim)
    if value is not None:
        shown = " ".join(figure.span.of(text).split())
        message = f"the result is told again right behind it as {shown}, {short(value / claim.value)} times as much"
        yield _told(audited, claim, figure.span, message, Confidence.MEDIUM)


def _other_value(
    document: AuditedDocument, before: Sequence[Audited], figure: Quantity, claim: Claim
) -> Fraction | None:
    """The value of a figure of the claim's kind; None where it agrees with a result before, a sum of the last ones or a
    few times the claim, or stands before itself.
    """
    unit = as_unit(figure, dimension_of(claim.unit))
    if unit is None or figure.number.is_range:
        return None
    value, last = in_base_units(figure.value, unit), in_base_units(figure.number.last_digit, unit)
    same = [a for a in before if a.last_claim is not None and dimension_of(a.last_claim.unit) == dimension_of(unit)]
    results = [a.last_claim.value for a in same if a.last_claim is not None]
    sums = list(accumulate(reversed(results)))[1:]
    values = [each.value for each in same if each.value is not None]
    several = [claim.value * many for many in range(2, _SEVERAL + 1)]
    for other in (*results, *values, *sums, *several):
        if verdict(other, value, last)[0] == "holds" or verdict(value, other, claim.last_digit)[0] == "holds":
            return None
    stated = document.stated.between(max(0, figure.span.start - _FAR), figure.span.start)
    return None if any(each.number.value == figure.number.value for each in stated) else value


def _said_above(document: AuditedDocument) -> Iterator[Told]:
    """Figures that are said to stand above, where one calculation alone could have come to them."""
    text = document.text
    starts = [each.judged.written.span.start for each in document.calculations]
    for words in _pattern("above").finditer(text):
        n = bisect_left(starts, words.start())
        figure = _beside(text, Span(*words.span()))
        if figure is None or not 0 < n <= _MOST:
            continue
        before = document.calculations[:n]
        able = [(a, a.last_claim) for a in before if a.last_claim is not None and a.last_claim.value]
        able = [(a, claim) for a, claim in able if claim.unit and as_unit(figure, dimension_of(claim.unit)) is not None]
        value = _other_value(document, before, figure, able[0][1]) if len(able) == 1 else None
        if value is not None:
            audited, claim = able[0]
            shown = " ".join(figure.span.of(text).split())
            message = f"{shown} is said to be {words.group().lower()}, {short(value / claim.value)} times this result"
            yield _told(audited, claim, figure.span, message, Confidence.MEDIUM)


def _beside(text: str, words: Span) -> Quantity | None:
    """The last figure before words in the same sentence, else the first one behind."""
    place = lead(text, words.start)
    before = list(stated_quantities(text, max(place.start, words.start - _REACH), words.start))
    if before:
        return before[-1]
    end = _pattern("end").search(text, words.end, min(len(text), words.end + _REACH))
    stop = end.start() if end else min(len(text), words.end + _REACH)
    return next(stated_quantities(text, words.end, stop), None)


def _same_name(audited: Audited, claim: Claim, named: dict[str, tuple[Audited, Claim]], after: int) -> Iterator[Told]:
    """The calculation before that the same words name, if it has another result."""
    text, start = audited.text, audited.judged.written.span.start
    if not text[max(0, start - 3) : start].rstrip().endswith((":", "=")):
        return
    place = lead(text, start, after)
    words = place.of(text)
    if _pattern("otherwise").search(words) or not names_in(text, place):
        return
    key = normal_words(words)
    first = named.setdefault(key, (audited, claim))
    if first[0] is audited or len(key.split()) < 2 or dimension_of(first[1].unit) != dimension_of(claim.unit):
        return
    end = first[0].judged.written.span.end
    agree = (
        verdict(first[1].value, claim.value, claim.last_digit),
        verdict(claim.value, first[1].value, first[1].last_digit),
    )
    if start - end > _FAR or _pattern("otherwise").search(text, end, start) or "holds" in (agree[0][0], agree[1][0]):
        return
    message = f"the same words name another result before, {short(first[1].value / claim.value)} times this one"
    yield _told(audited, claim, first[1].written.span, message, Confidence.LOW)


def _told(audited: Audited, claim: Claim, other: Span, message: str, confidence: Confidence) -> Told:
    related = (Label(other, "the other figure"),)
    return Told(audited, Found(claim.written.span, message, confidence=confidence, related=related))
