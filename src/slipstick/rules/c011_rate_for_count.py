"""One word for a rate and for a count in the same calculation.

What it finds: "64 V100 * 125 TFLOPS * 9 days = 1.9e21 FLOPS": the FLOPS of the factors are operations in a second,
those of the result operations.

Why it matters: a result in FLOPS is quoted as a speed. OpenAI's "AI and Compute" printed 500 PF for a count, where PF
is a rate elsewhere on the page.

Stays silent when: the two are spelled differently (TFLOPS and FLOP, or FLOP/s and FLOPs), or both are rates or
counts.

Source: specs/inference.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.finding import Fix
from slipstick.patterns import pattern
from slipstick.reading.quantities.quantities import Quantity
from slipstick.rule import Audited, Found, rule

_WORD = pattern(r"(FLOP[sS]|flops|[Ff]lop[sS])\b(?!\s*(?:/|per\b|p\b))")


@rule(
    "C011",
    "rate-for-count",
    bad=(
        "64 V100 * 125 TFLOPS * 9 days * 0.3 = 1.9e21 FLOPS",
        "128 TPUs * 275e12 FLOPs * 0.33 * 14 hours * 3600 s/hour = 5.85e20 FLOPs",
    ),
    good=(
        "64 V100 * 125 TFLOPS * 9 days * 0.3 = 1.9e21 FLOP",
        "64 V100 * 125 TFLOP/s * 9 days * 0.3 = 1.9e21 FLOPs",
        "8 GPUs * 312 TFLOPS = 2.5 PFLOPS",
        "6 * 7B * 2T = 8.4e22 FLOPs",
    ),
)
def rate_for_count(audited: Audited) -> Iterator[Found]:
    """One note for the last claim."""
    claim = audited.last_claim
    node = claim.written.node if claim is not None else None
    if not isinstance(node, Quantity) or node.unit is None or not audited.reading.is_rate_over_time:
        return
    counted = _WORD.search(node.unit.span.of(audited.text))
    rates = [f.quantity.unit for f in audited.reading.factors if f.quantity.unit and f.quantity.unit.rate is not None]
    spelled = {match[1] for unit in rates if (match := _WORD.search(unit.span.of(audited.text)))}
    if counted is None or counted[1] not in spelled:
        return
    words = node.unit.span.of(audited.text)
    right = words[: counted.start()] + "FLOP" + words[counted.end() :]
    message = (
        f"{counted[1]} are operations per second among the factors, and operations in the result: a count is {right}"
    )
    yield Found(node.unit.span, message, fix=Fix(right, None if audited.value is None else float(audited.value)))
