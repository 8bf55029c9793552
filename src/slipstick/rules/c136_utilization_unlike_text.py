"""The utilization that the text gives is not the one in the calculation.

What it finds: a count of operations from a peak, where the text beside gives one utilization ("38% MFU"), and the
product has none, or another one that stands nowhere in the text.

Why it matters: peak taken for throughput is a factor of two to ten; a number that was not carried over is no smaller a
slip for being near.

Stays silent when: the text gives several, a range, or the one of the product as well, or says that another is assumed;
the rate is no peak, or said to be achieved; the calculation is a row of a table; the product is called a peak or a
bound; the two differ by rounding.

Source: the definition of utilization, achieved over peak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Fix
from slipstick.judging.assumptions import measured_rate
from slipstick.judging.device_rates import DeviceRate
from slipstick.judging.naming import is_told_achieved
from slipstick.judging.stated_utilization import utilizations_in
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.rule import Audited, Found, rule, short
from slipstick.substitution import corrected

_BEHIND = 150
_ANOTHER = pattern(
    r"\b(?:assum\w*|instead|rather|conservativ\w*|lower|higher|less|more|adjust\w*|typical\w*|guess\w*|but|however"
    r"|although|since|average\w*|stages?|phases?|first|later|early|initial\w*|final\w*|while|unlike|compared|versus|vs|hal(?:f|ves?|ved)"
    r"|thirds?|quarters?|believ\w*|doubt\w*|optimistic\w*|recomput\w*|remat\w*|checkpointing)\b",
    re.IGNORECASE,
)
_BOUND = pattern(r"\b(?:peak|theoretical|upper|bound|at most|maximum|ceiling|hardware|available)\b", re.IGNORECASE)
_PERCENT = pattern(r"(\d{1,3}(?:\.\d)?)\s?%")
_ROUNDED = Fraction(1, 100)


@rule(
    "C136",
    "utilization-unlike-text",
    bad=(
        "They used 512 A100 GPUs for 24 days and report 38% MFU. 512 * 312e12 FLOP/s * 24 * 86400 s = 3.31e23 FLOP.",
        "The reported MFU is 43%. 768 H100 * 989e12 FLOP/s * 18 days * 86400 s/day * 0.34 = 4.02e23 FLOP",
    ),
    good=(
        "The reported MFU is 43%. 768 H100 * 989e12 FLOP/s * 18 days * 86400 s/day * 0.43 = 5.1e23 FLOP",
        "They report 43% MFU; we assume less. 768 H100 * 989e12 FLOP/s * 18 days * 0.34 = 4.02e23 FLOP",
        "At 45% MFU each GPU does 140 TFLOP/s. 512 A100 * 140 TFLOP/s * 10 days = 6.2e22 FLOP",
        "With 38% MFU, of a theoretical maximum of 512 A100 * 312e12 FLOP/s * 24 days * 86400 s/day = 3.31e23 FLOP.",
        "GPU memory utilization was 90%. 512 A100 * 312e12 FLOP/s * 24 days * 0.4 = 1.3e23 FLOP.",
        "MFU 0.38-0.43. 512 A100 * 312e12 FLOP/s * 24 days * 0.43 = 1.4e23 FLOP.",
        "They tell of 32% to 36% MFU. 512 A100 * 312e12 FLOP/s * 24 days * 0.34 = 1.1e23 FLOP.",
        "They claim 60% MFU, which I halve. 512 A100 * 312e12 FLOP/s * 24 days * 86400 s/day * 0.3 = 9.94e22 FLOP.",
        "We had 38% MFU, and 95% uptime. 512 A100 * 312e12 FLOP/s * 24 days * 0.361 = 1.2e23 FLOP.",
    ),
)
def utilization_unlike_text(audited: Audited) -> Iterator[Found]:
    """One note: for the fraction that is another one, or for the rate that none stands beside."""
    rate = next((r for r in audited.rates if r.own and r.factor.exponent == 1), None)
    fractions = [f for f in audited.shares if f.role != "conversion"]
    if rate is None or len(fractions) > 1 or measured_rate(audited.reading) or audited.is_table_row:
        return
    span, before = audited.judged.written.span, audited.text_before
    around = f"{before} {audited.text[span.end : span.end + _BEHIND]}"
    told = utilizations_in(around)
    if len(told) != 1:
        return
    share = next(iter(told))
    if is_told_achieved(around, rate.flop_per_s) or not 0 < share < 1:
        return
    if not fractions:
        yield from _without(audited, rate, share, before)
    elif _is_another(fractions[0], share, around):
        yield _found(audited, fractions[0], share / fractions[0].value, share)


def _without(audited: Audited, rate: DeviceRate, share: Fraction, before: str) -> Iterator[Found]:
    """A product without any fraction; what it divides by may be one."""
    factors = audited.reading.factors
    if any(f.exponent < 0 and f.value > 1 and f.role != "conversion" for f in factors) or _BOUND.search(before):
        return
    if audited.utilizations or any(f.value == share * 100 for f in factors):
        return
    yield _found(audited, rate.factor, share, share)


def _is_another(factor: ReadFactor, share: Fraction, around: str) -> bool:
    """Whether a fraction of the product is not told by the text, which gives no reason for it either."""
    value = factor.value
    if factor.exponent != 1 or abs(value - share) <= _ROUNDED or factor.quantity.remark or _ANOTHER.search(around):
        return False
    others = {Fraction(each) / 100 for each in _PERCENT.findall(around)}
    if any(abs(share * other - value) <= _ROUNDED for other in others):
        return False
    percent, plain = re.escape(short(value * 100)), re.escape(short(value).lstrip("0"))
    return re.search(rf"(?<![\d.]){percent}\s?%|(?<!\d)0?{plain}(?!\d)", around) is None and value > share / 3


def _found(audited: Audited, factor: ReadFactor, times: Fraction, share: Fraction) -> Found:
    said = f"{short(share * 100)}%"
    here = "and no utilization stands in the product" if times == share else f"the product has {short(factor.value)}"
    result, confidence, made = corrected(audited, factor, times)
    message = f"the text gives a utilization of {said}, {here}; with {said} {result}"
    fix = None
    if times != share and made is not None:
        fix = Fix(said if factor.quantity.number.percent else short(share), float(made.value))
    return Found(factor.quantity.number.span, message, confidence=confidence, fix=fix)
