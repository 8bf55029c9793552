"""First-order propagation does not serve.

What it finds: an interval that first-order propagation of the same inputs (the value at their means, plus and minus a
number of standard deviations) would have told otherwise, by the test of JCGM 101:2008, clause 8: an end is off by more
than half a unit of the second digit of the standard uncertainty.

Why it matters: error bars by first order, which most tools give, would be wrong here; with wide factors they reach
below 0.

Stays silent when: nothing is uncertain; both ends agree; first order does not exist. The test is strict, so that the
page shows the note only where first order reaches a value of impossible sign, or is off by more than a quarter of the
interval's width. JSON has it always.

Source: JCGM 101:2008, 8.1 to 8.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.rule import Audited, Found, rule, short


@rule(
    "C008",
    "first-order-differs",
    bad=(
        "1 kg ×/÷ 3 * 1 m ×/÷ 3 * 1 s ×/÷ 3 = 1 kg*m*s",
        "8 GPUs * 5 to 12 days = 62 GPU-days",
        "8 A100 * 312 TFLOP/s * 10 days * 30% utilization = 6.5e20 FLOP",
    ),
    good=(
        "8 GPUs * 10.00 ± 0.01 days = 80 GPU-days",
        "8 GPUs * 10 days = 80 GPU-days",
        "10 GPUs * 10.0 ± 0.1 days = 100 GPU-days",
    ),
)
def first_order_differs(audited: Audited) -> Iterator[Found]:
    """One note with both intervals."""
    spread = audited.spread
    if spread is None or spread.first_order is None or spread.first_order_serves is not False:
        return
    low, high = spread.first_order[:2]
    unit = "" if audited.judged.reading.label == "1" else f" {audited.judged.reading.label}"
    message = (
        f"first order gives {short(low)} to {short(high)}{unit}, which does not serve: "
        f"the {short(spread.level * 100)} % interval is {short(spread.low)} to {short(spread.high)}"
    )
    if low < 0 < spread.low:
        message += ", and no value is below 0"
    yield Found(audited.judged.written.expression.span, message)
