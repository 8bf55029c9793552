"""A utilization outside 0 to 1.

What it finds: a number called utilization, MFU or efficiency that is above 1 or below 0.

Why it matters: no device does more than its peak; most often a percentage has lost its sign.

Stays silent when: the number is a fraction or a percentage up to 100 %.

Source: the definition of utilization, achieved over peak.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.finding import Fix, Severity
from slipstick.naming import says_utilization
from slipstick.rule import Audited, Found, rule, short


@rule(
    "C104",
    "utilization-range",
    bad=(
        "8 GPUs * 312 TFLOP/s * 10 days * 120% utilization = 2.6e21 FLOP",
        "312 TFLOP/s * 30 utilization = 9.4e15 FLOP/s",
    ),
    good=(
        "8 GPUs * 312 TFLOP/s * 10 days * 30% utilization = 6.5e20 FLOP",
        "8 GPUs * 312 TFLOP/s * 10 days * 0.3 utilization = 6.5e20 FLOP",
        "$200 * 130% = $260",
    ),
    severities=(Severity.WARNING,),
)
def utilization_range(audited: Audited) -> Iterator[Found]:
    """One warning for each impossible utilization."""
    for factor in audited.judged.reading.factors:
        if not says_utilization(factor) or 0 <= factor.value <= 1:
            continue
        percent = 1 < factor.value <= 100 and not factor.quantity.number.percent
        hint = f"; {short(factor.value)}% may be meant" if percent else ""
        value = float(audited.value / 100) if percent and audited.value is not None and factor.exponent == 1 else None
        fix = Fix(f"{short(factor.value)}%", value) if percent else None
        message = f"a utilization of {short(factor.value)} is outside 0 to 1{hint}"
        yield Found(factor.quantity.number.span, message, Severity.WARNING, fix=fix)
