"""Device-time is set equal to operations without a rate.

What it finds: "235.5 TPU core-years = 2.6e22 FLOP": core-years become operations only through a rate and a
utilization, and the line has neither.

Why it matters: the step that can be wrong is the one that is not shown.

Stays silent when: a rate stands in the line.

Source: GShard dense in the comments on "AI and Compute trend isn't predictive of what is happening" (LessWrong, 2021).
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.rule import Audited, Found, rule, short
from slipstick.units import label


@rule(
    "C106",
    "rate-missing",
    bad=(
        "235.5 TPU core-years = 2.6 * 10^22 FLOP",
        "1000 GPU-hours = 3.6e20 FLOP",
    ),
    good=(
        "100 V100-days * 125e12 FLOP/s = 1.1e21 FLOP",
        "3,640 petaflop/s-days = 3.14e23 FLOP",
        "235.5 TPU core-years = 86,000 TPU core-days",
    ),
)
def rate_missing(audited: Audited) -> Iterator[Found]:
    """One note, with the rate that the claim implies."""
    reading, claim = audited.judged.reading, audited.last_claim
    if not reading.rate_missing or claim is None or not reading.stated:
        return
    rate = claim.value / reading.stated
    unit = label(reading.dimension)
    message = (
        f"a time is set equal to operations: the rate and the utilization are not in the line; "
        f"the claim implies {short(rate)} FLOP per {unit}"
    )
    yield Found(audited.judged.written.span, message)
