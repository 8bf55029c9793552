"""A total leaves out a part and takes a number that stands nowhere else.

What it finds: a sum said to be the total, of which all terms but one are numbers of the lines before, while one of
those lines has a result that nothing takes up: the odd term most likely stands in its place.

Why it matters: the sum is right as printed, so that no check of its arithmetic can find the wrong term.

Stays silent when: the text does not say that it is a total; every term stands before; more than one does not; no result
is left over, or several are.

Source: a published note on a network of 2000 (Epoch AI, CC BY 4.0): two parts of 1.96e11 and 2.04e10 are worked out,
and 195532800000+12000000 is added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from slipstick.audited_document import AuditedDocument, Told, document_rule
from slipstick.finding import Confidence, Label
from slipstick.judging.subjects import lead
from slipstick.judging.verdicts import Claim
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.rule import Audited, Found, in_claim_words

_TOTAL = pattern(r"\b(?:total|sum|overall|altogether|in all)\b", re.IGNORECASE)
_LARGEST = 10
"""How many times as large as the printed total a part of it may be."""
_FAR = 3000
_BACK = 8
"""How many characters, and how many calculations, before a total its parts are looked for."""


_Quotient = tuple[int, int]


class _Part(NamedTuple):
    """An earlier result: what was computed, and how it was printed."""

    audited: Audited
    printed: Claim
    values: frozenset[_Quotient]
    """Its printed forms and its value: a number that is one of them is this result."""


def _values(factor: ReadFactor) -> tuple[_Quotient, _Quotient]:
    return factor.quantity.number.value.as_integer_ratio(), factor.base_value.as_integer_ratio()


def _part(audited: Audited) -> _Part:
    claims, value = audited.judged.claims, audited.value
    every = [claims[0].value, *(claim.number for claim in claims), *([] if value is None else [value])]
    return _Part(audited, claims[0], frozenset(each.as_integer_ratio() for each in every))


@document_rule(
    "D304",
    "left-out-of-total",
    bad=(
        "Part one: 2*428800*3*38*2000=195532800000\nPart two: 2*4000*3*500*1700=20400000000\n"
        "Total compute: 195532800000+12000000=195544800000",
        "Training: 120 * 30 = 3600 kWh\nCooling: 40 * 30 = 1200 kWh\nTotal: 3600 kWh + 150 kWh = 3750 kWh",
    ),
    good=(
        "Part one: 120 * 30 = 3600 kWh\nPart two: 40 * 30 = 1200 kWh\nTotal: 3600 kWh + 1200 kWh = 4800 kWh",
        "Training: 120 * 30 = 3600 kWh. Lights take 150 kWh.\nCooling: 40 * 30 = 1200 kWh\n"
        "Total without cooling: 3600 kWh + 150 kWh = 3750 kWh",
        "Training: 120 * 30 = 3600 kWh\nTotal, with the office: 3600 kWh + 150 kWh = 3750 kWh",
    ),
)
def left_out_of_total(document: AuditedDocument) -> Iterator[Told]:
    """One note for each total with one odd term."""
    for n, audited in enumerate(document.calculations):
        if audited.judged.written.kind == "sum" and _says_total(audited):
            found = _told(document, audited, document.calculations[max(0, n - _BACK) : n])
            if found is not None:
                yield Told(audited, found)


def _says_total(audited: Audited) -> bool:
    words = lead(audited.text, audited.judged.written.span.start)
    return _TOTAL.search(audited.text, *words) is not None


def _told(document: AuditedDocument, audited: Audited, before: Sequence[Audited]) -> Found | None:
    reading, claim = audited.reading, audited.last_claim
    parts = [_part(each) for each in before if each.reading.dimension == reading.dimension]
    terms = [f for f in reading.factors if f.role not in ("unit", "conversion")]
    if claim is None or audited.value is None or len(terms) < 2 or any(f.exponent != 1 for f in terms):
        return None
    start = audited.judged.written.span.start
    known, taken = frozenset[_Quotient]().union(*[part.values for part in parts]), [_values(f) for f in terms]
    odd = [f for f, values in zip(terms, taken, strict=True) if known.isdisjoint(values)]
    if len(odd) != 1:
        return None
    every = frozenset[_Quotient]().union(*taken)
    left = [part for part in parts if part.values.isdisjoint(every) and not _is_used(part, before)]
    if len(left) != 1:
        return None
    if abs(left[0].printed.value) > _LARGEST * abs(audited.value):
        return None
    stated = document.stated.between(max(0, start - _FAR), start)
    if any(q.number.value == odd[0].quantity.number.value for q in stated):
        return None
    whole = audited.value - odd[0].base_value + left[0].printed.value
    written = " ".join(odd[0].quantity.span.of(audited.text).split())
    part = " ".join(left[0].printed.written.span.of(audited.text).split())
    message = (
        f"{written} stands nowhere before, and the {part} worked out above is left out: "
        f"in its place it makes a total of {in_claim_words(audited.text, claim, whole)}"
    )
    related = (Label(left[0].printed.written.span, "the part left out"),)
    return Found(odd[0].quantity.span, message, confidence=Confidence.MEDIUM, related=related)


def _is_used(part: _Part, others: Sequence[Audited]) -> bool:
    """Whether another calculation goes on from the part."""
    factors = (f for each in others if each is not part.audited for f in each.reading.factors)
    return any(f.quantity.number.value.as_integer_ratio() in part.values for f in factors)
