"""A utilization outside 0 to 1.

What it finds: a number called utilization, MFU or efficiency that is above 1, where operations or devices stand
beside it. Up to 100 its percent sign may be missing ("33 utilization").

Why it matters: no device does more than its peak; most often a percentage has lost its sign.

Stays silent when: the number is a fraction or a percentage up to 100 %; what it reduces is no rate of operations: a
heat pump has an efficiency of 350 %, a plant may be used to 110 % of its nominal capacity.

Source: the definition of utilization, achieved over peak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Fix, Severity
from slipstick.judging.naming import words_of
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.rule import Audited, Found, rule, short

_SHORT = 60
_LEAST_RATE = 10**9
_MOST = 1000
"""From here on a result is no utilization, in percent or not."""
_CALLED = pattern(
    r"(?<!memory )(?<!capacity )(?<!cluster )\b(?:mfu|hfu|utili[sz]ation)\b"
    r"(?:\s+(?:is|was|of|comes to|would be|works out to|then)|\s*[:=,(]){0,3}\s*$",
    re.IGNORECASE,
)
_OF_OPERATIONS = pattern(r"\b(?:mfu|hfu)\b", re.IGNORECASE)


@rule(
    "C104",
    "utilization-range",
    bad=(
        "8 GPUs * 312 TFLOP/s * 10 days * 120% utilization = 2.6e21 FLOP",
        "312 TFLOP/s * 30 utilization = 9.4e15 FLOP/s",
        "It sustained 54 PFLOP/s on 128 A100s. Utilization: 54e15 / (128 * 312e12) = 135%.",
    ),
    good=(
        "8 GPUs * 312 TFLOP/s * 10 days * 30% utilization = 6.5e20 FLOP",
        "2 kW * 350% efficiency = 7 kW of heat",
        "400 units/day * 110% capacity utilization = 440 units/day",
        "Capacity utilization: 440 / 400 = 110%",
    ),
    severities=(Severity.WARNING,),
)
def utilization_range(audited: Audited) -> Iterator[Found]:
    """One warning for each impossible utilization."""
    yield from _of_result(audited)
    computes = audited.names_devices or any(t.name == "FLOP" for f in audited.reading.factors for t in f.unit)
    for factor in audited.utilizations:
        if factor.value <= 1 or not (computes or _is_of_operations(factor)):
            continue
        percent = factor.value <= 100 and not factor.quantity.number.percent
        hint = f"; {short(factor.value)}% may be meant" if percent else ""
        value = audited.value_with(factor, Fraction(1, 100)) if percent else None
        fix = Fix(f"{short(factor.value)}%", None if value is None else float(value)) if percent else None
        message = f"a utilization of {short(factor.value)} is outside 0 to 1{hint}"
        yield Found(factor.quantity.number.span, message, Severity.WARNING, fix=fix)


def _of_result(audited: Audited) -> Iterator[Found]:
    """A result above 1 that the words before call a utilization."""
    claim, start = audited.last_claim, audited.judged.written.span.start
    if claim is None or not 1 < claim.value < _MOST or claim.verdict == "off" or audited.reading.dimension:
        return
    near = audited.text[max(start - _SHORT, 0) : start]
    if "tili" not in near and "FU" not in near:
        return
    computes = any(f.unit or f.value >= _LEAST_RATE for f in audited.reading.factors)
    if computes and _CALLED.search(near):
        said = " ".join(claim.written.node.span.of(audited.text).split())
        message = f"a utilization of {said} is more than the peak of all devices that are counted gives"
        yield Found(claim.written.span, message, Severity.WARNING)


def _is_of_operations(factor: ReadFactor) -> bool:
    return bool(_OF_OPERATIONS.search(words_of(factor)))
