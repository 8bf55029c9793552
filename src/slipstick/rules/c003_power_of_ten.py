"""A factor of a power of ten explains the mismatch.

What it finds: a claim that is off, and that would agree to its printed digits with another power of ten.

Why it matters: a lost or doubled exponent is the commonest slip in long products, and the easiest to cure.

Stays silent when: the claim holds, or no power of ten makes it agree within its printed digits.

Source: GShard MoE in the comments on "AI and Compute trend isn't predictive of what is happening" (LessWrong, 2021):
2.4e22 printed as 2.4e21; specs/diagnosis.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log10

from slipstick.finding import Confidence, Fix
from slipstick.patterns import pattern
from slipstick.reading.lexing.tokens import SUPERSCRIPTS
from slipstick.rule import Audited, Found, in_claim_words, rule

_EXPONENT = pattern(r"(10\s*(?:\^|\*\*)\s*[{(]?|(?<=\d)[eE])([+\-]?\d+)|(?<=10)([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_RAISED = {plain: raised for raised, plain in SUPERSCRIPTS.items()}


@rule(
    "C003",
    "power-of-ten",
    bad=(
        "22 * 365 * 24 * 3600 * 420e12 * 0.25 * 0.33 = 2.4e21",
        "1024 * 2000 = 2.05e7",
        "175e9 parameters * 2 bytes/parameter = 350 MB",
    ),
    good=("1024 * 2000 = 2.05e6", "1024 * 2000 = 3.1e7", "30 * 24 * 512 = 15,360"),
)
def power_of_ten(audited: Audited) -> Iterator[Found]:
    """One note for the last claim that a power of ten would make right."""
    claim, value, diagnoses = audited.last_claim, audited.value, audited.diagnoses
    if claim is None or claim.verdict != "off" or not value or diagnoses is None:
        return
    found = diagnoses.power_of_ten
    if found is None:
        return
    power = round(-log10(found.edits[0].factor))
    factor, span = Fraction(10) ** power, claim.written.span
    many, way = ("ten" if abs(power) == 1 else f"10^{abs(power)}"), ("larger" if power > 0 else "smaller")
    from slipstick.diagnosis.misspellings import rescaled  # most texts hold nothing that is off

    prefixed = rescaled(span.of(audited.text), power)
    reconciled = prefixed or in_claim_words(audited.text, claim, claim.value * factor, 3)
    message = f"a factor of {many} reconciles it: the claim would be {reconciled}, {many} times {way}"
    if found.equally_fitting:
        message += f"; so would {'; '.join(edit.words for edit in found.equally_fitting[:2])}"
    fixed = prefixed or shifted(span.of(audited.text), power) or reconciled
    yield Found(span, message, confidence=Confidence(found.confidence), fix=Fix(fixed, float(value)))


def shifted(text: str, power: int) -> str | None:
    """The written number with its last exponent raised by `power`, in the writer's notation; None without one."""
    found = list(_EXPONENT.finditer(text))
    if not found:
        return None
    match = found[-1]
    raised = match.group(3)
    old = raised.translate(SUPERSCRIPTS) if raised else match.group(2)
    new = str(int(old) + power)
    if raised:
        new = new.translate(_RAISED)
    elif old.startswith("+") and not new.startswith("-"):
        new = "+" + new
    start, end = match.span(3) if raised else match.span(2)
    return text[:start] + new + text[end:]
