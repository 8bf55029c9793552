"""Petaflop said for petaflop/s-days.

What it finds: a number of petaflop (or petaflop/s) that is right for petaflop/s-days, 86,400 times as much: "6 *
175e9 parameters * 300e9 tokens = 3646 petaflop", "3640 petaflop = 3.14e23 FLOP".

Why it matters: a petaflop/s-day is 8.64e19 FLOP, a petaflop 1e15.

Stays silent when: the number of days agrees by one digit only, or not at all.

Source: the unit of OpenAI's "AI and Compute" (2018) and of Table D.1 of the GPT-3 paper (arXiv:2005.14165).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Fix, Severity
from slipstick.judging.verdicts import Claim, verdict
from slipstick.reading.quantities.quantities import Quantity
from slipstick.rule import Audited, Found, rule, short
from slipstick.source import Span
from slipstick.units import Compound, UnitTerm, size, table

_DAY = 86400


@rule(
    "C012",
    "day-left-out",
    bad=(
        "6 * 175e9 parameters * 300e9 tokens = 3646 petaflop",
        "6 * 175e9 parameters * 300e9 tokens = 3.15e23 FLOP = 3646 petaflop/s",
        "3640 petaflop = 3.14e23 FLOP",
    ),
    good=(
        "6 * 175e9 parameters * 300e9 tokens = 3646 petaflop/s-days",
        "57,000 PFLOP = 5.7e19 FLOP",
        "6 * 175e9 parameters * 300e9 tokens = 3.15e8 petaflop",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def day_left_out(audited: Audited) -> Iterator[Found]:
    """One finding: a warning where the claim could not be judged otherwise."""
    for claim in audited.judged.claims:
        node = claim.written.node
        if claim.verdict == "holds" or not isinstance(node, Quantity) or claim.value < 10 * claim.last_digit:
            continue
        if node.unit is not None and _is_right_in_days(audited, claim):
            yield _told(audited, claim, node.unit.span, claim.number, audited.value)
            return
        stated = audited.reading.factors[0]
        unit = stated.quantity.unit
        if audited.judged.written.kind != "restatement" or unit is None or audited.value is None:
            continue
        days = audited.value * _DAY
        if _is_flop(stated.unit) and verdict(days, claim.value, claim.last_digit)[0] == "holds":
            yield _told(audited, claim, unit.span, stated.value, days)
            return


def _is_flop(unit: Compound) -> bool:
    """Whether a unit is FLOP or FLOP/s with a prefix."""
    count = [t for t in unit if t.name == "FLOP"]
    rest = [t for t in unit if t.name != "FLOP"]
    return len(count) == 1 and bool(count[0].prefix) and rest in ([], [UnitTerm("second", "", -1)])


def _is_right_in_days(audited: Audited, claim: Claim) -> bool:
    """Whether the number of a claim is right for days of its unit."""
    if not _is_flop(claim.unit):
        return False
    day = _DAY * table().prefixes[next(t.prefix for t in claim.unit if t.name == "FLOP")]
    last = claim.last_digit / size(claim.unit)
    return any(verdict(value, claim.number * day, last * day)[0] == "holds" for value in _values(audited))


def _values(audited: Audited) -> Iterator[Fraction]:
    """The value, and where bare numbers took the claim's prefix, that without it."""
    if audited.value is not None:
        yield audited.value
    for reading, _ in audited.judged.rivals:
        if reading.value is not None:
            yield reading.value


def _told(audited: Audited, claim: Claim, span: Span, number: Fraction, value: Fraction | None) -> Found:
    said = " ".join(span.of(audited.text).split())
    stem = re.sub(r"(?i)s?(?:/\s*s(?:ec(?:ond)?)?)?$", "", said)
    right = f"{stem}/s-days"
    message = f"{short(number, 4)} {right} would be right; they are 86,400 times as much as so many {stem}"
    severity = Severity.WARNING if claim.verdict == "unknown" else Severity.NOTE
    return Found(span, message, severity, fix=Fix(right, None if value is None else float(value)))
