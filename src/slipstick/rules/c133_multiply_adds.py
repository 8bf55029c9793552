"""Multiply-adds taken for operations.

What it finds: a count of multiply-adds (MACs) that is set equal to FLOP without the 2 that each of them is, and
figures called FLOPs that the text itself says are multiply-adds, with what they become.

Why it matters: it is a factor of two. Vendors' peaks and OpenAI count a multiply-add as two; papers that print the
"FLOPs" of an image classifier mostly count it as one.

Stays silent when: a 2, or "2 FLOP/MAC", stands in the product, or the remark says that each counts as two.

Source: "AI and Compute" (OpenAI, 2018), appendix: "add-multiplies" count as two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from slipstick.finding import Confidence, Severity
from slipstick.judging.naming import words_of
from slipstick.judging.verdicts import Claim, verdict
from slipstick.passage import sentence
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.digits import significant_digits
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import dimension, dimension_of, in_base_units, power

_SAID = pattern(r"\b(?:macs?|multiply[ -]*(?:adds?|accumulates?)|mult[ -]*adds?|fmas?)\b", re.IGNORECASE)
_AS_ONE = pattern(r"\bas (?:one|1|a single)\b|\b(?:one|1) (?:flop|operation)\b", re.IGNORECASE)
_COUNTED = pattern(r"\b(?:2|two|twice|double|not|both|separately)\b", re.IGNORECASE)


@rule(
    "C133",
    "multiply-adds",
    bad=(
        "4.1 GMACs/image * 1.28e6 images * 90 epochs * 3 = 1.4e18 FLOP",
        "4.1e9 multiply-adds * 3 * 1.28M images * 90 epochs = 1.42e18 FLOP",
        "3.9e9 FLOPs (multiply-adds) per image * 3 * 1.28M images * 90 epochs = 1.35e18 FLOP",
        "ResNet-50 needs 4.1 GMACs per image. 3 * 4.1e9 * 1.28e6 images * 90 epochs = 1.42e18 FLOP",
    ),
    good=(
        "2 * 4.1e9 multiply-adds * 3 * 1.28M images * 90 epochs = 2.83e18 FLOP",
        "4.1 GMACs * 2 FLOP/MAC * 1.28e6 = 1.05e16 FLOP",
        "570M multiply-adds * 2 FLOP/mult-add * 3 * 1.28M * 350 epochs = 1.53e18 FLOP",
        "8.2 GFLOPs per image (2 per multiply-add) * 3 * 1.28M images * 90 epochs = 2.83e18 FLOP",
        "4.1 GMACs/image * 1000 images = 4.1e12 MACs",
        "ResNet-50 needs 4.1 GMACs per image. 3 * 8.2e9 * 1.28e6 images * 90 epochs = 2.83e18 FLOP",
        "ResNet-50 needs 4.1 GMACs, at two operations each. 6 * 4.1e9 * 1.28e6 images * 90 epochs = 2.83e18 FLOP",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def multiply_adds(audited: Audited) -> Iterator[Found]:
    """One finding: a warning where the unit itself is multiply-adds."""
    claim = audited.last_claim
    counted = [f for f in audited.reading.factors if any(t.name == "MAC" and t.exponent == 1 for t in f.unit)]
    if counted and claim is not None and audited.reading.mismatch:
        if _only_lacks_two(audited, claim):
            yield _of_unit(audited, claim, counted[0])
        return
    doubled = any(f.value in (2, 6) and f.quantity.is_bare for f in audited.reading.factors)
    if not doubled and not counted:
        yield from _stated_before(audited)
    for factor in audited.reading.factors:
        remark = factor.quantity.remark
        if doubled or not remark or not any(t.name == "FLOP" for t in factor.unit):
            continue
        if _SAID.search(remark) and not _COUNTED.search(words_of(factor)):
            message = "these operations are said to be multiply-adds, each of which is two"
            value = audited.value_with(factor, 2)
            if value is not None:
                message += f"; counted so the value is {short(value)} {audited.reading.label}"
            yield Found(factor.quantity.span, message, confidence=Confidence.MEDIUM)


def _stated_before(audited: Audited) -> Iterator[Found]:
    """A bare number that the text before states as multiply-adds."""
    lower = audited.text_before.lower()
    if "mac" not in lower and "mult" not in lower and "fma" not in lower:
        return
    if "MAC" not in audited.text_before and not _SAID.search(audited.text_before):
        return
    bare = {f.value: f for f in audited.reading.factors if f.quantity.is_bare and f.exponent == 1 and f.value >= 1000}
    start, digits = audited.judged.written.span.start, {significant_digits(value) for value in bare}
    for each in audited.stated.between(start - len(audited.text_before), start, digits):
        unit = each.meaning(False)
        factor = bare.get(in_base_units(each.value, unit)) if any(t.name == "MAC" for t in unit) else None
        if factor is None or _COUNTED.search(sentence(audited.text, each.span)):
            continue
        said = " ".join(each.span.of(audited.text).split())
        message = f"the {said} of the text are multiply-adds, each of which is two operations"
        value = audited.value_with(factor, 2)
        if value is not None:
            message += f"; counted so the value is {short(value)} {audited.reading.label}"
        yield Found(factor.quantity.span, message, confidence=Confidence.MEDIUM)
        return


def _only_lacks_two(audited: Audited, claim: Claim) -> bool:
    """Whether the units come out as the claim's with 2 FLOP per multiply-add, images and the like aside."""
    over = dict(dimension([*audited.reading.dimension, *power(dimension_of(claim.unit), -1)]))
    return over.pop("MAC", 0) == 1 and over.pop("FLOP", 0) in (0, -1) and "second" not in over


def _of_unit(audited: Audited, claim: Claim, factor: ReadFactor) -> Found:
    value = audited.value_with(factor, 2)
    message = "multiply-adds are set equal to operations, of which each is two"
    if value is None:
        return Found(factor.quantity.span, message, Severity.WARNING)
    message += f"; with 2 FLOP per multiply-add the value is {short(value)} FLOP"
    if _AS_ONE.search(sentence(audited.text, audited.judged.written.span)):
        return Found(factor.quantity.span, message, confidence=Confidence.MEDIUM)
    if verdict(value, claim.value, claim.last_digit)[0] == "holds":
        message = "2 FLOP per multiply-add do not stand in the product; with them the claim holds"
        return Found(factor.quantity.span, message, confidence=Confidence.MEDIUM)
    return Found(factor.quantity.span, message, Severity.WARNING)
