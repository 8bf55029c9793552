"""Unlike things are added.

What it finds: terms of a sum in different units (FLOP and dollars, hours and GPU-hours). Where only the nouns differ
that the registry does not know (pianos and violins), or no result is claimed and the plus may only list what there is,
it is a note.

Why it matters: a sum of unlike things is no quantity.

Stays silent when: the terms convert into each other (days and hours), or a bare number stands beside a unit.

Source: specs/inference.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.finding import Label, Severity
from slipstick.rule import Audited, Found, rule


@rule(
    "U202",
    "unlike-sum",
    bad=(
        "2e21 FLOP + 300 USD = 2e21 FLOP",
        "25 kW + 40 kWh = 65 kWh",
        "12 pianos + 30 violins = 42",
    ),
    good=(
        "2 days + 12 hours = 60 hours",
        "1.2e18 FLOP + 3.3e18 FLOP = 4.5e18 FLOP",
        "100 + 20 GPUs = 120 GPUs",
    ),
    severities=(Severity.ERROR, Severity.NOTE),
)
def unlike_sum(audited: Audited) -> Iterator[Found]:
    """One finding for the first two terms that do not add."""
    for clash in audited.judged.reading.clashes[:1]:
        message = f"unlike things are added: {clash.left_unit} and {clash.right_unit}"
        sure = not clash.counted and audited.judged.claims
        severity = Severity.ERROR if sure else Severity.NOTE
        yield Found(clash.right, message, severity, related=(Label(clash.left, f"this is in {clash.left_unit}"),))
