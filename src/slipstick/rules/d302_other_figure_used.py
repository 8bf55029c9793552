"""A claim that is off was made with another figure that stands above.

What it finds: a claim that is off, and that holds to its printed digits with a figure in the same unit from the text
before in place of a factor: "2e6 iterations => 15.6 days ... 15.1 PFLOPS * 58 days = 2.0e22 FLOP".

Why it matters: the product is wrong as printed, and the result may still be what was meant.

Stays silent when: the claim holds; the two figures have the same digits, or a power of ten explains the claim (those
are other rules'); the factor has no unit; the claim has one digit; several figures would do for different factors.

Source: a published note on Megatron-BERT (Epoch AI, CC BY 4.0): 15.6 days are derived, 58 days written, and the result
is that of 15.6.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from slipstick.audited_document import AuditedDocument, Told, document_rule
from slipstick.finding import Confidence, Fix, Label
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.arithmetic import as_float, magnitude
from slipstick.reading.quantities.digits import significant_digits, swaps
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.quantities.stated import meanings
from slipstick.rule import Audited, Found
from slipstick.substitution import Substituted, substituted

_FAR = 2000
"""How many characters before a calculation another figure is looked for."""
_COARSEST = 10
"""How many of its last digit a claim must be: with a single digit too much agrees."""


_NEARLY = 0.01
"""How far the logarithm of a ratio may be from a whole number for the ratio to be a power of ten."""


class _Reconciled(NamedTuple):
    """A factor, the figure that makes the claim hold in its place, and what the calculation becomes."""

    factor: ReadFactor
    figure: Quantity
    changed: Substituted


@document_rule(
    "D302",
    "other-figure-used",
    bad=(
        "2e6 iterations => seems like 15.6 days of training.\nC = 15.1 PFLOPS * 58 days = 2.04e22 FLOP",
        "The run took 512 GPUs.\n64 GPUs * 30 days * 86400 * 125e12 FLOP/s * 0.3 = 4.98e22 FLOP",
    ),
    good=(
        "2e6 iterations => seems like 15.6 days of training.\nC = 15.1 PFLOPS * 58 days = 7.57e22 FLOP",
        "It took 20 days of tests.\nC = 15.1 PFLOPS * 58 days = 2.04e22 FLOP",
        "First 15.6 days, then 58 days.\n58 days * 24 = 1392 hours, 15.6 hours a day off",
    ),
)
def other_figure_used(document: AuditedDocument) -> Iterator[Told]:
    """One note for each calculation that is off, if one figure alone explains it."""
    for audited in document.calculations:
        claim = audited.last_claim
        if claim is None or claim.verdict != "off" or _COARSEST * claim.last_digit > abs(claim.value):
            continue
        if claim.ratio is None or _is_power_of_ten(claim.ratio) or audited.is_table_row:
            continue
        found = list(_reconciled(document, audited))
        if len({id(each.factor) for each in found}) == 1:
            yield Told(audited, _told(audited, found[-1]))


def _is_power_of_ten(ratio: Fraction) -> bool:
    """Whether a ratio is nearly a power of ten, which needs no figure to explain it."""
    power = magnitude(ratio) if ratio > 0 else 0.0
    return abs(power - round(power)) < _NEARLY


def _reconciled(document: AuditedDocument, audited: Audited) -> Iterator[_Reconciled]:
    """The nearest figure last, for each factor that one would do for."""
    start, factors = audited.judged.written.span.start, audited.reading.factors
    able = [f for f in factors if f.role not in ("unit", "conversion") and not f.quantity.is_bare and f.quantity.value]
    stated = document.stated.between(max(0, start - _FAR), start) if able else ()
    figures = [q for q in stated if not q.number.is_range]
    for factor in able if figures else ():
        for figure, ratio in _alike(factor.quantity, figures):
            changed = substituted(audited, factor, ratio)
            if changed is not None and changed.verdict == "holds":
                yield _Reconciled(factor, figure, changed)


def _alike(quantity: Quantity, figures: Sequence[Quantity]) -> Iterator[tuple[Quantity, Fraction]]:
    """The figures of the same kind as a factor, each with how many times as large it is.

    Figures with the digits of the factor, shifted or two of them swapped, are left out.
    """
    own = significant_digits(quantity.number.value)
    left_out = (own, *swaps(own))
    units = [sorted(unit) for unit in meanings(quantity) if unit]
    for figure in figures:
        if units:
            is_same = any(sorted(other) in units for other in meanings(figure) if other)
        else:
            is_same = bool(quantity.role) and quantity.role == figure.role
        if is_same and figure.number.value and significant_digits(figure.number.value) not in left_out:
            yield figure, figure.value / quantity.value


def _told(audited: Audited, found: _Reconciled) -> Found:
    text = audited.text
    here, there = (" ".join(q.span.of(text).split()) for q in (found.factor.quantity, found.figure))
    message = f"with the {there} above instead of {here} the claim holds: the value would be {found.changed.words}"
    fix = Fix(there, as_float(found.changed.value))
    place = found.factor.quantity.span
    related = (Label(found.figure.span, "the figure above"),)
    return Found(place, message, confidence=Confidence.MEDIUM, related=related, fix=fix)
