"""A number was altered on the way from an earlier line.

What it finds: a factor with the digits of an earlier result and another power of ten ("= 1.57e11 tokens", then
"1.57*10e11"), or with two neighbouring digits swapped (4095 above, 4059 below); a number whose scale word changed
("1.5B parameters", then "1.5M parameters"); a constant with two digits swapped beside its right form (86400, 84600).
Where the claim is off and the earlier number would make it hold, the confidence is high.

Why it matters: each line is right by itself, and the chain is not.

Stays silent when: the number stands in its new form before; its digits are few, or such as people choose (1024, 125,
768), and the claim does not show that they are wrong; the units differ; a bare power of ten beside it makes up for the
difference; a bare number may be meant in percent, thousands or millions; more than six results lie between.

Source: a published note on a language model of 1.2B parameters (Epoch AI, CC BY 4.0): 1.57e11 tokens, then 1.57*10e11.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from fractions import Fraction

from slipstick.audited_document import AuditedDocument, Told, document_rule
from slipstick.finding import Confidence, Label
from slipstick.frozen import Frozen
from slipstick.judging.verdicts import Claim
from slipstick.model_figures import ModelFigure, bare_product, digits_of, is_written_in, stated_figures
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.digits import are_chosen, power_of_ten_between, significant_digits, swaps
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.quantities.stated import as_unit, stated_quantities
from slipstick.rule import Audited, Found
from slipstick.source import Span
from slipstick.substitution import Substituted, substituted
from slipstick.units import dimension_of, in_base_units

_BACK = 6
"""How many results back a number is looked for."""
_FEWEST, _FEW, _SEVERAL = 2, 3, 4
"""From so many digits on two numbers are taken for one: the claim shows it, the exponent differs, two are swapped."""
_PHRASE = 60
"""How many characters a number may take with its scale word and unit."""
_MOST_SHIFTED = 5
"""By how many powers of ten a number with a power of ten beside it is taken for altered."""
_FAR = 3000
"""How many characters before a factor another form of its number is looked for."""
_DAY, _DAY_SWAPPED = Fraction(86400), (68400, 84600)
_REPEATS = re.compile(r"\b(?:epochs?|passes|repeat\w*|times over)\b", re.IGNORECASE)
"""What makes a number of tokens larger than that of the corpus."""

_Result = tuple[Claim, str, tuple[str, ...]]
"""A printed result with its significant digits, and these with two of them swapped."""


class _Altered(Frozen):
    """What stands here (its place and value) instead of what stood before, and how they differ, in words."""

    here: Span
    value: Fraction
    before: Span
    original: Fraction
    how: str
    is_scant: bool = False
    """Whether so few or such common digits agree that only the claim can show it."""


@document_rule(
    "D301",
    "number-altered",
    bad=(
        "300,000*512*1,024 = 1.57e11 tokens\n6*1.57e12*1.2e9 = 1.13e22 FLOPs",
        "3 * 1365 = 4095 PF-days\nThe cluster: 4059 PF-days * 8.64e19 = 3.54e23 FLOP",
        "A model with 1.5B parameters: 6 * 1.5M parameters * 300B tokens = 2.7e21 FLOP",
        "A: 30 * 86400 * 1e15 = 2.59e21\nB: 12 * 84600 * 1e15 = 1.015e21",
        "The model has 125 million parameters and saw 300B tokens. 6 * 125e9 * 300e9 = 2.25e23 FLOP.",
        "GPT-J has 6B parameters and was trained on 402B tokens. 6 * 6e10 * 402e9 = 1.45e23 FLOP",
        "3.2M tokens per batch * 300,000 steps = 9.6e11 tokens. Compute is 6 * 13e9 * 9.6e10 = 7.49e21 FLOP.",
    ),
    good=(
        "300,000*512*1,024 = 1.57e11 tokens\n6*1.57*10^11*1.2e9 = 1.13e21 FLOPs",
        "16 * 8 = 128 GPUs\n6 * 1.28e6 images * 90 epochs * 4e9 = 2.76e18",
        "A 1.5B parameter model and a 1.5M parameter one: 6 * 1.5M parameters * 300B tokens = 2.7e18 FLOP",
        "3 * 1365 W = 4095 W\n4.095 kW * 24 h = 98.28 kWh",
        "Ten epochs over 26B tokens, 1.3B parameters. 6 * 1.3e9 * 260e9 = 2.03e21 FLOP",
        "It has 1.3B parameters (13B in all), and saw 26B tokens. 6 * 13e9 * 26e9 = 2.03e21 FLOP",
    ),
)
def number_altered(document: AuditedDocument) -> Iterator[Told]:
    """One note for each factor, for the first way in which it differs from an earlier number."""
    results: deque[_Result] = deque(maxlen=_BACK)
    several = document.holds_several
    for audited in document.in_order:
        for factor, found in _altered(audited, results):
            yield from _told(document, audited, factor, found)
        if several:
            results += [_result(claim) for claim in audited.judged.claims if claim.number.numerator > 0]


def _altered(audited: Audited, results: deque[_Result]) -> Iterator[tuple[ReadFactor, _Altered]]:
    """Each factor that differs from an earlier number, and how."""
    of_model, is_led = _of_model(audited), audited.judged.written.span.start > 0
    for factor in audited.reading.factors:
        if factor.role == "unit":
            continue
        number = factor.quantity.number
        found = _from_results(audited, factor, results) if results else None
        if found is None and is_led and factor.unit and number.scaled:
            found = _from_prose(audited, factor)
        if found is None and number.value.numerator in _DAY_SWAPPED:
            found = _constant(audited, factor)
        if of_model and (found is None or found.is_scant):
            found = of_model.get(id(factor), found)
        if found is not None:
            yield factor, found


def _result(claim: Claim) -> _Result:
    digits = significant_digits(claim.number)
    return claim, digits, swaps(digits) if len(digits) > _FEWEST else ()


def _from_results(audited: Audited, factor: ReadFactor, results: deque[_Result]) -> _Altered | None:
    """The latest result that has the digits of a factor, shifted or two of them swapped."""
    digits = significant_digits(factor.quantity.number.value)
    if len(digits) < _FEWEST:
        return None
    for claim, printed, swapped in reversed(results):
        if printed == digits:
            return _shifted(audited, factor, claim, digits)
        if digits in swapped and Fraction(1, 10) < factor.quantity.number.value / claim.number < 10:
            pair = _comparable(factor.quantity, claim)
            span, scant = factor.quantity.span, len(printed) < _SEVERAL
            words = "two of its digits are swapped"
            return _Altered(span, pair[0], claim.written.span, pair[1], words, scant) if pair else None
    return None


def _comparable(quantity: Quantity, claim: Claim) -> tuple[Fraction, Fraction] | None:
    """A factor and a result in one unit; as written where either has none, None where their units differ."""
    if quantity.is_bare or not claim.unit:
        node = claim.written.node
        in_percent = quantity.number.percent or (isinstance(node, Quantity) and node.number.percent)
        return None if in_percent else (quantity.number.value, claim.number)
    unit = as_unit(quantity, dimension_of(claim.unit))
    return (in_base_units(quantity.value, unit), claim.value) if unit is not None else None


def _shifted(audited: Audited, factor: ReadFactor, claim: Claim, digits: str) -> _Altered | None:
    """The result with the same digits, unless a power of ten beside the factor, or its unit, makes them equal."""
    quantity = factor.quantity
    pair = _comparable(quantity, claim)
    if pair is None:
        return None
    value, span = pair[0], quantity.span
    if value == pair[1]:
        return None
    is_bare = quantity.is_bare or not claim.unit
    beside = [f.quantity for f in audited.reading.factors if f.role != "unit" and f.quantity.number.value]
    bare = [each for each in beside if each.is_bare] if is_bare else []
    tens = [quantity for quantity in bare if significant_digits(quantity.number.value) == "1"]
    every = value
    for ten in tens:
        every *= ten.number.value
    equal = {value, every}
    behind = next(iter(beside[beside.index(quantity) + 1 :]), None)
    if is_bare and behind in tens:
        value, span = value * behind.number.value, span.to(behind.span)
        equal.add(value)
    power = power_of_ten_between(value, pair[1])
    if not power or not equal.isdisjoint((pair[1], claim.number, claim.value)):
        return None
    scant = len(digits) < _FEW or are_chosen(digits) or (is_bare and _may_be_meant(power, value > pair[0]))
    return _Altered(span, value, claim.written.span, pair[1], _times(power), scant)


def _may_be_meant(power: int, with_ten: bool) -> bool:
    """Whether a bare number that is off by a power of ten may be in thousands, millions or percent, or another thing:
    without a power of ten beside it only a factor of ten is told.
    """
    return abs(power) > (_MOST_SHIFTED if with_ten else 1) or power % 3 == 0 or abs(power) == 2


def _times(power: int) -> str:
    many = "ten" if abs(power) == 1 else f"10^{abs(power)}"
    return f"it is {many} times as much" if power > 0 else f"it is {many} times less"


def _from_prose(audited: Audited, factor: ReadFactor) -> _Altered | None:
    """The same digits with another scale word in the text before: 1.5B where the factor has 1.5M, of the same thing."""
    quantity = factor.quantity
    if quantity.unit is None or not quantity.unit.known:
        return None
    text, start, own = audited.text, audited.judged.written.span.start, quantity.span.of(audited.text)
    literal = re.match(r"[\d.,]*\d", own)
    if literal is None or sum(c.isdigit() for c in literal.group()) < _FEWEST:
        return None
    begin, at = max(0, start - _FAR), start
    while (at := text.rfind(literal.group(), begin, at)) >= 0:
        is_whole = _is_before_word(text, at, literal.end())
        if is_whole and text.startswith(own, at):
            return None
        other = next(stated_quantities(text, at, min(start, at + _PHRASE)), None) if is_whole else None
        unit = as_unit(other, dimension_of(quantity.meaning(False))) if other is not None else None
        if other is not None and unit is not None and other.number.scaled:
            power = power_of_ten_between(quantity.number.value, other.number.value)
            same = in_base_units(quantity.value, quantity.meaning(False)), in_base_units(other.value, unit)
            return _Altered(quantity.span, same[0], other.span, same[1], _times(power)) if power else None
    return None


def _of_model(audited: Audited) -> dict[int, _Altered]:
    """Parameters of the text with another power of ten, beside its tokens as they are, or the reverse: 6 * N * D.

    By the identity of the factor.
    """
    product = bare_product(audited)
    if product is None or len(product.large) != 2 or product.others:
        return {}
    one, other = product.large
    new = [pair for pair in ((one, other), (other, one)) if not is_written_in(audited.text_before, pair[0].value)]
    digits = digits_of(factor for factor, _ in new)
    if not new or not any(significant_digits(each.value) in digits for each in stated_figures(audited, digits)):
        return {}
    is_repeated = _REPEATS.search(audited.text_before) is not None
    figures = [] if is_repeated else list(stated_figures(audited, digits_of(product.large)))
    found = ((id(factor), _of_figures(audited, figures, factor, beside)) for factor, beside in new)
    return {key: altered for key, altered in found if altered is not None}


def _of_figures(audited: Audited, figures: list[ModelFigure], factor: ReadFactor, other: ReadFactor) -> _Altered | None:
    """The figure of the text that a factor has the digits of, beside the `other` one."""
    taken = {each.noun for each in figures if each.value == other.value}
    if any(each.value == factor.value for each in figures):
        return None
    digits = significant_digits(factor.value)
    able = [f for f in figures if f.noun in ("parameter", "token") or len(digits) >= _FEWEST]
    same = [f for f in able if f.noun not in taken and significant_digits(f.value) == digits]
    power = power_of_ten_between(factor.value, same[0].value) if len({f.value for f in same}) == 1 else 0
    if not power:
        return None
    original = same[0].quantity
    before = audited.text[max(original.span.start - 3, 0) : original.span.start]
    if not taken and not (abs(power) == 1 and before.rstrip().endswith("=")):
        return None
    return _Altered(factor.quantity.span, factor.value, original.span, same[0].value, _times(power))


def _is_before_word(text: str, at: int, length: int) -> bool:
    """Whether the digits at `at` are a number as a whole that a word follows, which may be one of scale."""
    before, behind = text[max(0, at - 1) : at], text[at + length : at + length + 2].strip()
    return not (before.isalnum() or before in (".", ",", "-")) and behind[:1].isalpha()


def _constant(audited: Audited, factor: ReadFactor) -> _Altered | None:
    """The seconds of a day with two digits swapped, where the text has them right as well."""
    value = factor.quantity.number.value
    if not (factor.quantity.is_bare or factor.role == "conversion"):
        return None
    right = re.search(r"(?<![\d.])(?:86,?400|24\s?[*×x·]\s?(?:3,?600|60))(?!\d)", audited.text)
    span = Span(*right.span()) if right else factor.quantity.span
    words = "two digits of the 86400 seconds of a day are swapped"
    return _Altered(factor.quantity.span, value, span, _DAY, words, right is None)


def _told(document: AuditedDocument, audited: Audited, factor: ReadFactor, found: _Altered) -> Iterator[Told]:
    """The note; none where the claim speaks against it, or the number stands in this form before."""
    changed = substituted(audited, factor, found.original / found.value)
    is_shown = audited.is_off and changed is not None and changed.verdict == "holds"
    if ((audited.is_off or found.is_scant) and not is_shown) or _stands_before(document, audited, found):
        return
    text = audited.text
    here, before = (" ".join(span.of(text).split()) for span in (found.here, found.before))
    message = f"{here} stands for the {before} before: {found.how}"
    if changed is not None:
        message += _with_original(changed, audited)
    confidence = Confidence.HIGH if is_shown else Confidence.MEDIUM
    related = (Label(found.before, "the number before"),) if found.before != found.here else ()
    yield Told(audited, Found(found.here, message, confidence=confidence, related=related))


def _with_original(changed: Substituted, audited: Audited) -> str:
    if audited.is_off:
        return "; with that the claim holds"
    return f"; with that the value is {changed.words}" if changed.words else ""


def _stands_before(document: AuditedDocument, audited: Audited, found: _Altered) -> bool:
    """Whether the number of this form stands in the text before as well, so that it was not altered here."""
    start = audited.judged.written.span.start
    for quantity in document.stated.between(max(0, start - _FAR), start):
        unit = quantity.meaning(False)
        if found.value in (quantity.number.value, in_base_units(quantity.value, unit) if unit else None):
            return True
    return False
