"""No unit stands anywhere in the calculation.

What it finds: a calculation of bare numbers whose claim is bare as well: only the numbers were checked.

Why it matters: a green check on numbers says nothing about their units.

Stays silent when: any factor or the claim has a unit.

Source: specs/inference.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.rule import Audited, Found, rule


@rule(
    "U203",
    "unit-unstated",
    bad=(
        "6 * 300e9 * 2.5e9 = 4.5e21",
        "22 * 365 * 24 * 3600 * 420e12 * 0.25 * 0.33 = 2.4e22",
    ),
    good=(
        "6 * 300e9 * 2.5e9 = 4.5e21 FLOP",
        "12 * 4 = 48 GPUs",
        "5 days * 24 * 3600 = 432,000 s",
    ),
)
def unit_unstated(audited: Audited) -> Iterator[Found]:
    """One note."""
    reading = audited.judged.reading
    written = audited.judged.written
    if written.kind == "restatement" and "%" in written.span.of(audited.text):
        return  # a share in two notations
    bare = not reading.dimension and not [f for f in reading.factors if f.unit or f.role]
    if bare and audited.judged.claims and not reading.trouble:
        yield Found(written.span, "no unit is stated: only the numbers were checked")
