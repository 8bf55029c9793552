"""10e23 where 1e23 or 10^23 is meant.

What it finds: a number written "10e23", which is 1e24, where the claim holds with 10^23; or behind a figure that
stands before it in the text with the power itself ("1.57e11 tokens" above, "1.57*10e11" below).

Why it matters: it is a factor of ten, the commonest misreading of the notation.

Stays silent when: the claim holds with the number as it stands, and no figure before it says otherwise.

Source: the notation of programming languages, in which the e stands for "times ten to the power of".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Fix, Label
from slipstick.judging.verdicts import judge, verdict
from slipstick.patterns import pattern
from slipstick.reading.expressions.exchange import exchanged
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.rule import Audited, Found, rule, short
from slipstick.source import Span

_TEN = pattern(r"10[eE]\+?(\d{1,3})")
_MANTISSA = pattern(r"(?<![\d.])(\d+(?:\.\d+)?)\s*[*×x·]\s*$")
_REACH = 400
"""Characters before the calculation in which the figure is looked for."""


@rule(
    "C013",
    "ten-with-exponent",
    bad=(
        "6 * 7e9 * 2.4e12 = 10e23 FLOP",
        "6 * 1.3 * 10e9 * 300e9 = 2.34e21 FLOP",
        "300,000*512*1,024 = 1.57e11 tokens\n6*1.57*10e11*1.2e9 = 1.13e22 FLOPs",
    ),
    good=(
        "6 * 10e9 * 10e12 = 6e23 FLOP",
        "6 * 7e9 * 24e12 = 10e23 FLOP",
        "3 * 10^11 tokens, and 6 * 3*10e11 * 1e9 = 1.8e22 FLOP",
        "6 * 13e9 * 1.4e12 = 10.9e22 FLOP",
    ),
)
def ten_with_exponent(audited: Audited) -> Iterator[Found]:
    """One note for each."""
    if audited.is_off:
        yield from _in_claim(audited)
    for factor in audited.reading.factors:
        span = factor.quantity.number.span
        match = _TEN.fullmatch(span.of(audited.text)) if factor.role != "unit" else None
        if match is None:
            continue
        power = f"1e{match[1]}"
        where = _said_before(audited, span, match[1])
        if where is None and not (audited.is_off and _holds_with(audited, factor)):
            continue
        related = (Label(where, "here with the power itself"),) if where is not None else ()
        value = audited.value_with(factor, Fraction(1, 10))
        message = f"{match[0]} is ten times {power}" + ", which the figure has before" * bool(where)
        if value is not None:
            message += f"; with {power} the value is {short(value)} {audited.reading.label}".removesuffix(" 1")
        yield Found(span, message, related=related, fix=Fix(power, None if value is None else float(value)))


def _in_claim(audited: Audited) -> Iterator[Found]:
    """The claims that hold with a tenth of their number."""
    for claim in audited.judged.claims:
        match = _TEN.search(claim.written.span.of(audited.text))
        if match is None or claim.verdict != "off" or audited.value is None:
            continue
        word, by_digit = verdict(audited.value, claim.value / 10, claim.last_digit / 10)
        if word == "holds" and not by_digit:
            start = claim.written.span.start
            span = Span(start + match.start(), start + match.end())
            message = f"{match[0]} is ten times 1e{match[1]}, which the numbers give"
            yield Found(span, message, fix=Fix(f"1e{match[1]}", float(audited.value)))


def _said_before(audited: Audited, span: Span, exponent: str) -> Span | None:
    """The place before the calculation at which the mantissa in front of `span` stands with the power itself."""
    text, start = audited.text, audited.judged.written.span.start
    mantissa = _MANTISSA.search(text, max(start, span.start - 40), span.start)
    if mantissa is None or "." not in mantissa[1]:
        return None
    power = rf"(?:[eE]\+?{exponent}|\s*[*×x·]\s*10\s*(?:\^|\*\*)\s*\{{?{exponent})(?!\d)"
    first = max(start - _REACH, 0)
    found = re.compile(rf"(?<![\d.]){re.escape(mantissa[1])}{power}").search(text, first, start)
    return Span(*found.span()) if found else None


def _holds_with(audited: Audited, factor: ReadFactor) -> bool:
    """Whether all claims hold with a tenth of the number."""
    old = factor.quantity
    new = old._replace(number=old.number._replace(value=old.number.value / 10))
    written = audited.judged.written
    made = judge(written._replace(expression=exchanged(written.expression, old, new)))
    return all(claim.verdict == "holds" and not claim.by_last_digit for claim in made.claims)
