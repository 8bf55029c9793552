"""The claimed result is not what the written numbers give.

What it finds: a claim that lies more than one unit of its last printed digit away from the recomputed value, under
every reading that the words support. Up to 2 % it is a warning, above that an error. The ratio is value over claim.

Why it matters: readers quote the result, not the factors.

Stays silent when: the digits agree (`1.134e19` printed as 1.1e19), the claim is a range that holds the value, one of
several equally good readings agrees, or the text supports another meaning with which the claim is right (a number that
was stated with its unit before, a formula in percent, a dot that may be a decimal point): that is left unread.

Source: judging at the precision of the printed digits is what statcheck does for p-values (Nuijten et al. 2016,
Behavior Research Methods 48, 1205).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Fix, Severity
from slipstick.judging.stated_units import STEPS
from slipstick.judging.verdicts import SMALL, Claim, verdict
from slipstick.rule import Audited, Found, in_claim_words, rule, short


@rule(
    "C001",
    "claim-mismatch",
    bad=(
        "3 days * 24 hours/day * 3600 s/hour = 2.9e5 s",
        "6 * 300B * 2.5B = 5.5e21",
        "8 A100 * 312 TFLOP/s * 10 days * 30% utilization = 6.6e20 FLOP",
    ),
    good=(
        "6 * 300B * 2.5B = 4.5e21",
        "125 trillion * 3.5 * 24 * 3600 * 0.3 = 1.1e19",
        "8 A100 * 312 TFLOP/s * 10 days * 30% utilization = 6 to 7e20 FLOP",
        "1024 GPUs * 34 days = about 35,000 GPU-days",
        "2 months * 8 GPUs * 312 TFLOPS/GPU * 0.3 = 3.88e21 FLOP",
    ),
    severities=(Severity.ERROR, Severity.WARNING),
)
def claim_mismatch(audited: Audited) -> Iterator[Found]:
    """One finding for each different claim that is off."""
    seen: set[Fraction] = set()
    for claim in reversed(audited.judged.claims):
        if claim.verdict != "off" or claim.value in seen or audited.value is None:
            continue
        seen.add(claim.value)
        shown = in_claim_words(audited.text, claim, audited.value)
        how = _how_far(claim.ratio) if claim.ratio else "not zero"
        severity = Severity.WARNING if claim.ratio and abs(claim.ratio - 1) <= SMALL else Severity.ERROR
        written = claim.written.span.of(audited.text)
        message = f"the numbers give {shown}, not {' '.join(written.split())}: {how}"
        right = None if _converts_twice(audited, claim) else Fix(shown, float(audited.value))
        yield Found(claim.written.span, message, severity, fix=right)


def _how_far(ratio: Fraction) -> str:
    if ratio < 0:
        return "of the other sign"
    if abs(ratio - 1) < Fraction(1, 10):
        return f"the value is {short(abs(float(ratio) - 1) * 100, 2)} % {'above' if ratio > 1 else 'below'} the claim"
    times = float(ratio)
    return (
        f"the value is {short(times, 3)} times the claim"
        if times > 1
        else f"the claim is {short(1 / times, 3)} times the value"
    )


def _converts_twice(audited: Audited, claim: Claim) -> bool:
    """Whether a bare 3600 multiplies days that are in seconds already, and the claim is right for the bare numbers.

    Then it is a factor that has to be mended ("9 days * 3600 * 8 = 2.6e5 s"): the value is as wrong as the claim.
    """
    reading = audited.judged.reading
    timed = any(len(f.unit) == 1 and f.unit[0].name in _TIMES and f.exponent == 1 for f in reading.factors)
    step = any(
        f.quantity.is_bare and not f.unit and f.role != "conversion" and f.value in STEPS for f in reading.factors
    )
    if not (timed and step) or reading.literal is None or not claim.value:
        return False
    width = claim.last_digit / claim.value * claim.number
    return verdict(reading.literal, claim.number, width)[0] == "holds"


_TIMES = frozenset(("minute", "hour", "day", "week", "month", "year"))
