"""Epochs that the text gives are counted twice, or not at all.

What it finds: a number of tokens or images that the text gives as the total of several epochs, multiplied by these
epochs once more; and "4 epochs over 75B tokens" in the text before a product that takes the tokens and not the 4.

Why it matters: it is a factor of the number of epochs, and each number by itself is the text's.

Stays silent when: another number of the product may be the epochs, the text gives the total as well, is of one
epoch, or does not say that the epochs are over this very number.

Source: the definition of an epoch, one pass over the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Confidence
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.quantities import Quantity
from slipstick.rule import Audited, Found, rule, short

_EPOCHS = pattern(r"(\d(?<![\d.,].)\d{0,3})\s+(?:full\s+)?(?:epochs|passes)\b", re.IGNORECASE)
_OVER = pattern(r"\s+(?:over|on|of|through|across)\s+(?:[\w-]+\s+){0,4}$", re.IGNORECASE)
_FOR = pattern(r"(?:\s+[\w-]+){0,3}\s+for\s+$", re.IGNORECASE)
_IN_ALL = pattern(r"\b(?:in (?:total|all)|total|altogether|overall|seen|saw|sees|processed|each)\b", re.IGNORECASE)
_DATA = ("token", "image", "sample", "example", "sequence")
_ONE = pattern(r"\b(?:per|each|every|one|single|an?)[\s-]+(?:epoch|pass)\b", re.IGNORECASE)
_SAID_BEHIND = 40  # characters behind the calculation
_ONE_OF = pattern(r"\bone of\b", re.IGNORECASE)
_BEFORE, _BEHIND = 60, 200  # characters of a sentence that are looked at around the epochs and the data
_LEAST = 10**5
"""The fewest tokens or images of a corpus."""


@rule(
    "C137",
    "epochs-unlike-text",
    bad=(
        "It saw 300B tokens in total (4 epochs over a corpus of 75B). 6 * 1.5e9 * 300e9 * 4 = 1.08e22 FLOP.",
        "A 1.5B parameter model was trained for 4 epochs on a corpus of 75B tokens. 6 * 1.5e9 * 75e9 = 6.75e20 FLOP.",
    ),
    good=(
        "It saw 300B tokens in total (4 epochs over a corpus of 75B). 6 * 1.5e9 * 300e9 = 2.7e21 FLOP.",
        "The 1.5B model was trained for 4 epochs on a corpus of 75B tokens. 6 * 1.5e9 * 75e9 * 4 = 2.7e21 FLOP.",
        "It was trained for 4 epochs. The total was 75B tokens. 6 * 1.5e9 * 75e9 = 6.75e20 FLOP.",
        "It took 4 epochs over 75B tokens. Per epoch: 6 * 1.5e9 * 75e9 = 6.75e20 FLOP.",
        "In total 4 epochs over 75B tokens were seen, which cost 6 * 1.5e9 * 75e9 = 6.75e20 FLOP each time.",
        "One of the 4 epochs over 75B tokens costs 6 * 1.5e9 * 75e9 = 6.75e20 FLOP.",
    ),
)
def epochs_unlike_text(audited: Audited) -> Iterator[Found]:
    """One note for the epochs, or for the number that they are left out beside."""
    before = audited.text_before
    said = list(_EPOCHS.finditer(before)) if "epoch" in before or "passes" in before else []
    if len({match[1] for match in said}) != 1:
        return
    many = Fraction(said[0][1])
    factors = [f for f in audited.reading.factors if f.role not in ("unit", "conversion")]
    data = [f for f in factors if f.exponent == 1 and f.value >= _LEAST]
    epochs = [f for f in factors if f.value == many]
    if many < 2 or any(f.exponent != 1 for f in factors):
        return
    start = audited.judged.written.span.start - len(before)
    small = [f for f in factors if f.role == "" and not f.unit and f.quantity.is_bare and f.value < _LEAST]
    if not data or (not epochs and [f for f in small if f.value not in (2, 3, 6)]):
        return
    digits = {significant_digits(value) for f in data for value in (f.value, f.value / many)}
    stated = list(audited.stated.between(start, start + len(before), digits))
    if epochs:
        yield from _twice(audited, epochs[-1], data, [q.number.value for q in stated])
    elif not _ONE.search(f"{before} {audited.text[audited.judged.written.span.end :][:_SAID_BEHIND]}"):
        place = (start + said[0].start(), start + said[0].end())
        yield from _left_out(audited, (many, place), data, stated)


def _twice(audited: Audited, epochs: ReadFactor, data: list[ReadFactor], stated: list[Fraction]) -> Iterator[Found]:
    """The total that is so many times another number of the text."""
    total = next((f for f in data if f.value in stated and f.value / epochs.value in stated), None)
    if total is None or total.value / epochs.value in {f.value for f in data}:
        return
    many, once = short(epochs.value), short(total.value / epochs.value)
    written = total.quantity.number.span.of(audited.text)
    message = f"{written} is {many} epochs of {once} already, and is multiplied by {many} once more; without that"
    result = audited.becomes(1 / epochs.value)
    yield Found(epochs.quantity.span, f"{message} the estimate is {result}", confidence=Confidence.MEDIUM)


def _left_out(
    audited: Audited, epochs: tuple[Fraction, tuple[int, int]], data: list[ReadFactor], stated: list[Quantity]
) -> Iterator[Found]:
    """The corpus of which the text says in one breath how many epochs it was passed through."""
    many, (first, last) = epochs
    for factor in data:
        same = [q for q in stated if q.number.value == factor.value and _is_of(audited.text, q, first, last)]
        if len(same) != 1:
            continue
        said = f"{short(many)} epochs of the {' '.join(same[0].span.of(audited.text).split())}"
        message = f"the text gives {said}, and the product has no {short(many)}; with it"
        message += f" the estimate is {audited.becomes(many)}"
        yield Found(factor.quantity.span, message, confidence=Confidence.MEDIUM)
        return


def _is_of(text: str, data: Quantity, first: int, last: int) -> bool:
    """Whether a number of tokens or images is what the epochs at `first` to `last` are passes over."""
    begin, end = data.span
    unit = data.meaning(False)
    if len(unit) > 1 or (unit and unit[0].name not in _DATA):
        return False
    if last <= begin:
        told = _OVER.fullmatch(text, last, begin)
    else:
        told = _FOR.fullmatch(text, end, first) if end <= first else None
    if told is None or _ONE_OF.search(text, max(first - 20, 0), first):
        return False
    start, stop = max(min(begin, first) - _BEFORE, 0), max(last, end)
    ends = [text.find(sign, stop, stop + _BEHIND) for sign in (". ", ".\n", ";")]
    return not _IN_ALL.search(text, start, min([each for each in ends if each >= 0], default=stop + _BEHIND))
