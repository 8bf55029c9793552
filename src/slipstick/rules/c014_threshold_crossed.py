"""The claim lies on another side of a threshold than the value.

What it finds: a claim that is off, in a sentence that names a threshold (the 1e25 FLOP of the EU AI Act, the 1e26 of
the US executive order of 2023, or another), where the claim lies above it and the value below, or the other way
round. It is a note where claim and value agree, and the interval of the value reaches to both sides.

Why it matters: duties hang on the side.

Stays silent when: no threshold stands in the sentence, or claim and value lie on the same side of it.

Source: Regulation (EU) 2024/1689, article 51(2): 10^25 FLOP; Executive Order 14110, section 4.2(b): 10^26 operations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Confidence, Label, Severity
from slipstick.passage import REACH, before, behind
from slipstick.patterns import pattern
from slipstick.reading.lexing.tokens import SUPERSCRIPTS
from slipstick.rule import Audited, Found, in_claim_words, rule, short
from slipstick.source import Span

_POWER = pattern(
    r"1(?:(?<![\d.*×^/].)(?:(?:\.0)?\s*[×x*·]\s*1)?0\s*"
    r"(?:(?:\^|\*\*)\s*\{?(?P<plain>\d{2})\}?|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{2}))"
    r"|(?<![\w.*×^/].)(?:\.0+)?[eE]\+?(?P<short>\d{2})(?!\d))"
)
_NAMED = pattern(
    r"\b(?:threshold|limit|cut-?off|ceiling|cap|trigger|AI Act|executive order|EO 14110|systemic risk|SB ?\d+)\b",
    re.IGNORECASE,
)
_BESIDE = pattern(
    r"\b(?:above|below|over|under|exceed(?:s|ing)?|beyond|short of|past|(?:less|more) than)\s+(?:the\s+)?$"
)
_USUAL = (10**25, 10**26)


@rule(
    "C014",
    "threshold-crossed",
    bad=(
        "6 * 70B * 15T = 6.3e25 FLOP, well above the 10^25 FLOP threshold of the EU AI Act.",
        "It stays below the 1e26 FLOP limit of the executive order: 6 * 1.8T * 13T = 1.4e25 FLOP.",
        "10,000 H100 * 989 TFLOP/s * 70 days * 0.15 utilization = 1.2e25 FLOP is over the threshold of 1e25 FLOP.",
    ),
    good=(
        "6 * 405B * 15.6T = 3.8e25 FLOP, above the threshold of 1e25 FLOP.",
        "6 * 8B * 15T = 7.2e22 FLOP, far below the 10^25 threshold.",
        "6 * 70B * 15T = 6.3e25 FLOP. We used a learning rate of 1e-5.",
        "6 * 70B * 15T = 6.3e25 FLOP = 10^25 FLOP * 6.3",
    ),
    severities=(Severity.WARNING,),
)
def threshold_crossed(audited: Audited) -> Iterator[Found]:
    """One finding for each threshold."""
    claim, value = audited.last_claim, audited.value
    if claim is None or value is None or claim.unit == () or claim.verdict == "unknown":
        return
    for limit, place in _thresholds(audited.text, audited.judged.written.span):
        related = (Label(place, "the threshold"),)
        named = f"the threshold of {short(limit)} FLOP"
        if claim.verdict == "off" and (claim.value > limit) != (value > limit):
            side, other = ("above", "below") if claim.value > limit else ("below", "above")
            shown = in_claim_words(audited.text, claim, value)
            message = f"the claim lies {side} {named}, the value, {shown}, lies {other} it"
            yield Found(claim.written.span, message, Severity.WARNING, related=related)
        elif audited.spread is not None and audited.spread.low < limit < audited.spread.high:
            low, high = short(audited.spread.low, 2), short(audited.spread.high, 2)
            message = f"the interval, {low} to {high} FLOP, reaches to both sides of {named}"
            yield Found(claim.written.span, message, confidence=Confidence.MEDIUM, related=related)


def _thresholds(text: str, span: Span) -> Iterator[tuple[Fraction, Span]]:
    """The powers of ten that the sentence calls a threshold, or compares with (those of the law), each once."""
    if not _POWER.search(text, max(span.start - REACH, 0), span.start) and not _POWER.search(
        text, span.end, span.end + REACH
    ):
        return
    seen: set[Fraction] = set()
    sides = (before(text, span), behind(text, span))
    powers = [match for side in sides for match in _POWER.finditer(text, side.start, side.end)]
    named = bool(powers) and any(_NAMED.search(side.of(text)) for side in sides)
    for match in powers:
        digits = match["plain"] or match["short"] or match["raised"].translate(SUPERSCRIPTS)
        limit = Fraction(10) ** int(digits)
        compared = limit in _USUAL and _BESIDE.search(text, max(match.start() - 30, 0), match.start())
        if limit not in seen and (named or compared):
            seen.add(limit)
            yield limit, Span(*match.span())
