"""Forward only, or forward and backward, counted twice or left out.

What it finds: a further 3, or 2, beside the 6 of 6ND, which counts the forward pass and the backward one already; 2ND
where the sentence is about training, 6ND where it is about inference; the operations of a forward pass times images
and epochs without the 3 for the way back.

Why it matters: it is a factor of three, and both forms look familiar.

Stays silent when: the 3 is of epochs or runs, or anything else is counted beside parameters and tokens; the sentence
says that only the forward pass is meant, or speaks of training and inference both.

Source: Kaplan et al. 2020 (arXiv:2001.08361), section 2.1: 2 FLOP per parameter and token forward, 4 backward; "AI
and Compute" (OpenAI, 2018): 3 for forward and backward.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Confidence, Fix, Severity
from slipstick.judging.naming import words_of
from slipstick.model_figures import bare_product, digits_of, stated_figures
from slipstick.passage import before, behind, sentence
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.stated import as_unit
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import dimension_of, in_base_units

_TRAINING = pattern(r"\b(?:pre-?)?train(?:s|ed|ing)?\b|\bepochs?\b|\bfine-?tuning\b", re.IGNORECASE)
_INFERENCE = pattern(
    r"\b(?:inference|infer(?:s|ring)?|serv(?:e|es|ed|ing)|generat(?:e|es|ed|ing|ion)|decod(?:e|es|ing)"
    r"|retriev(?:e|al|ing)|evaluat(?:e|es|ed|ing|ion)|scor(?:e|es|ed|ing)|repl(?:y|ies)|quer(?:y|ies)|answers?|responses?|rollouts?|teachers?|label(?:l?ing)?)\b",
    re.IGNORECASE,
)
_FORWARD = pattern(r"\bforward\b", re.IGNORECASE)
_ONE_WAY = pattern(r"\b(?:forward|teacher)\b", re.IGNORECASE)
_BACKWARD = pattern(r"\bback(?:ward|prop\w*)s?\b", re.IGNORECASE)
_TRAINING_COST, _FORWARD_COST, _HALF_OF_TRAINING = 6, 2, 3


@rule(
    "C134",
    "backward-pass",
    bad=(
        "6 * 7B parameters * 2T tokens * 3 (backward pass) = 2.5e23 FLOP",
        "2 * 3 * 6 * 7B params * 2T tokens = 5e23 FLOP",
        "We trained it with 2 * 70B parameters * 15T tokens = 2.1e24 FLOP.",
        "Each inference query costs 6 * 70B parameters * 500 tokens = 2.1e14 FLOP.",
        "4.1 GFLOPs per forward pass * 1.28M images * 90 epochs = 4.7e17 FLOP",
        "A 13B parameter model saw 1.4T tokens. Training compute = 2 * 13e9 * 1.4e12 = 3.64e22 FLOP.",
        "Training compute: 3 * 7e9 parameters * 1e12 tokens = 2.1e22 FLOP.",
        "A forward pass is 22 TFLOP. Training compute is 22e12 FLOP/sequence * 100e6 sequences = 2.2e21 FLOP.",
    ),
    good=(
        "6 * 7B parameters * 2T tokens * 3 epochs = 2.5e23 FLOP",
        "6 * 13B parameters * 2 * 1024 tokens * 30K * 256 = 1.23e21 FLOP",
        "A reply takes 2 * 70B parameters * 500 tokens = 7e13 FLOP.",
        "Input tokens only need the forward pass in training: 2 * 11B parameters * 4096 tokens = 9.0e13 FLOP",
        "4.1 GFLOPs per forward pass * 3 * 1.28M images * 90 epochs = 1.4e18 FLOP",
        "A 13B parameter model saw 1.4T tokens. Training compute = 6 * 13e9 * 1.4e12 = 1.09e23 FLOP.",
        "The 70B parameter teacher wrote 1T tokens, which cost 2 * 70e9 * 1e12 = 1.4e23 FLOP, beside its training.",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def backward_pass(audited: Audited) -> Iterator[Found]:
    """One finding for each."""
    factors = audited.reading.factors
    per_token = next((f for f in factors if _is_per_token(f)), None)
    if per_token is not None:
        yield from _again(audited, per_token)
    if per_token is not None and per_token.value in (_TRAINING_COST, _FORWARD_COST, _HALF_OF_TRAINING):
        yield from _of_other_use(audited, per_token)
    if per_token is None:
        yield from _one_way(audited)
        yield from _of_bare_numbers(audited)


def _is_per_token(factor: ReadFactor) -> bool:
    """Whether this is the 6 or 2 FLOP per (parameter and) token."""
    if len(factor.unit) < len(("FLOP", "token")):
        return False
    names = {t.name: t.exponent for t in factor.unit}
    return names.get("FLOP") == 1 and names.get("token") == -1 and "second" not in names


def _again(audited: Audited, per_token: ReadFactor) -> Iterator[Found]:
    """The 3 (or 3 and 2) beside the 6: a warning where it is said to be for the way back."""
    if 3 not in [f.value for f in audited.reading.factors]:
        return
    others = [f for f in audited.reading.factors if f is not per_token and f.role not in ("conversion", "unit")]
    small = [f for f in others if f.quantity.is_bare and not f.unit and f.value < 10]
    three = next((f for f in small if f.value == 3 and f.exponent == 1), None)
    values = sorted([per_token.value, *(f.value for f in small)])
    if three is None or values not in ([3, _TRAINING_COST], [2, 3, _TRAINING_COST]):
        return
    said = bool(_BACKWARD.search(three.quantity.remark))
    if not said and (three.quantity.remark or len(others) - len(small) > 2):
        return
    value = audited.value_with(three, Fraction(_TRAINING_COST) / math.prod(values))
    message = "6 FLOP per parameter and token count the way back already; a further 3 counts it twice"
    if value is not None:
        message += f"; with the 6 alone the value is {short(value)} {audited.reading.label}"
    severity, confidence = (Severity.WARNING, Confidence.HIGH) if said else (Severity.NOTE, Confidence.MEDIUM)
    fix = Fix("1", float(value)) if value is not None and len(values) == 2 else None
    yield Found(three.quantity.span, message, severity, confidence=confidence, fix=fix)


def _of_other_use(audited: Audited, factor: ReadFactor) -> Iterator[Found]:
    """2ND in a sentence about training, 6ND in one about inference."""
    words = _around(audited)
    forward = factor.value != _TRAINING_COST
    if _says_training(words) != forward or (_INFERENCE.search(words) is None) != forward:
        return
    around = sentence(audited.text, audited.judged.written.span)
    if forward and _ONE_WAY.search(around) and not _BACKWARD.search(around):
        return
    right = "6" if forward else "2"
    times = int(right) / factor.value
    about = (
        "training takes 6 FLOP per parameter and token" if forward else "inference takes 2 FLOP per parameter and token"
    )
    cost = {_TRAINING_COST: "the cost of training", _FORWARD_COST: "the cost of the forward pass alone"}
    message = f"{about}; {short(factor.value)} is {cost.get(int(factor.value), 'half of that')}"
    value = audited.value_with(factor, times)
    if value is not None:
        message += f"; with {right} the value is {short(value)} {audited.reading.label}"
    yield Found(
        factor.quantity.number.span,
        message,
        confidence=Confidence.MEDIUM,
        fix=Fix(right, None if value is None else float(value)),
    )


def _says_training(words: str) -> bool:
    lower = words.lower()
    return ("train" in lower or "epoch" in lower or "tuning" in lower) and _TRAINING.search(words) is not None


def _of_bare_numbers(audited: Audited) -> Iterator[Found]:
    """As `_of_other_use`, in a product of three bare numbers of which the text gives one as parameters or tokens."""
    product = bare_product(audited)
    if product is None or len(product.large) + len(product.others) != 2 or not product.large:
        return
    both = (*product.large, *product.others)
    figures = list(stated_figures(audited, digits_of(both)))
    model = any(f.noun == "parameter" and f.value in {each.value for each in product.large} for f in figures)
    tokens = any(f.noun == "token" and f.value in {each.value for each in both} for f in figures)
    if model and tokens:
        yield from _of_other_use(audited, product.per_token)


def _around(audited: Audited) -> str:
    """The sentence without the factors, of which "per sample" or "training tokens" say nothing about the use."""
    written = audited.judged.written
    first, last = before(audited.text, written.span), behind(audited.text, written.span)
    claims = " ".join(claim.written.span.of(audited.text) for claim in audited.judged.claims)
    return f"{first.of(audited.text)} {claims} {last.of(audited.text)}"


def _one_way(audited: Audited) -> Iterator[Found]:
    """The operations of forward passes in a training, without the 3."""
    factors = audited.reading.factors
    one = next((f for f in factors if _is_of_operations(f) and _is_forward(audited, f)), None)
    if one is None or any(f.value in (3, Fraction(7, 2)) for f in factors):
        return
    words = sentence(audited.text, audited.judged.written.span)
    if not _says_training(words) or _INFERENCE.search(words) or _BACKWARD.search(words):
        return
    message = "these operations are of the forward pass, and nothing stands for the way back, which takes twice as many"
    value = audited.value_with(one, 3)
    if value is not None:
        message += f"; with it the value is {short(value)} {audited.reading.label}"
    yield Found(one.quantity.span, message, confidence=Confidence.MEDIUM)


def _is_forward(audited: Audited, factor: ReadFactor) -> bool:
    """Whether operations are said to be of the forward pass, where they stand or where the text before has them."""
    if _says_forward(f"{words_of(factor)} {factor.quantity.span.of(audited.text)}"):
        return True
    if not _says_forward(audited.text_before):
        return False
    start, digits = audited.judged.written.span.start, {significant_digits(factor.quantity.number.value)}
    for each in audited.stated.between(start - len(audited.text_before), start, digits):
        unit = as_unit(each, (("FLOP", 1),)) or as_unit(each, dimension_of(factor.unit))
        if unit is not None and in_base_units(each.value, unit) == factor.base_value:
            return _says_forward(sentence(audited.text, each.span))
    return False


def _says_forward(words: str) -> bool:
    return "forward" in words.lower() and _FORWARD.search(words) is not None


def _is_of_operations(factor: ReadFactor) -> bool:
    return any(t.name == "FLOP" and t.exponent == 1 for t in factor.unit) and not any(
        t.name == "second" for t in factor.unit
    )
