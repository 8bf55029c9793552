"""The calculation has no value within bounds.

What it finds: a result beyond 1e300 or below 1e-300, a division by zero, a root of a negative number.

Why it matters: a tower of powers or a slipped exponent is a typing error, and no verdict can be given.

Stays silent when: there is a value.

Source: specs/rounding.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.rule import Audited, Found, rule


@rule(
    "C005",
    "out-of-range",
    bad=("9**9**9**9 = 5", "5 / 0 = 3"),
    good=(
        "9**9 = 387420489",
        "10^24 FLOP / 10^15 FLOP/s = 10^9 s",
        "6.02e23 * 1e200 = 6.02e223",
    ),
)
def out_of_range(audited: Audited) -> Iterator[Found]:
    """A note that says why there is no value."""
    trouble = audited.judged.reading.trouble
    if trouble:
        yield Found(audited.judged.written.expression.span, f"not computed: {trouble}")
