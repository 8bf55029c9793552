"""What a bracket behind a number may hold: its unit ("3B [params]", "40 [%]"), or one quantity ("(125 TFLOP/s peak)").

bracketed = "[" unit-phrase "]" | "(" unit-phrase ")" | "[%]" | "[$]"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slipstick.reading.lexing.scales import scale_of
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.numbers import Number, read_number
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase, unit_phrase
from slipstick.units import UnitTerm, is_device

_MOST_DEVICES = 1_000_000
_PER_MULTIPLY_ADD = 2
_SHARING = frozenset("half twice double all same the".split())
"""Words with which a bracket tells of what the number is a share: "1.1e22 / 2 (half the steps)"."""
_MAX_ADJECTIVES = 3
_LONGEST = 16
"""A list in a bracket has no more tokens than that."""


def unit_in_bracket(
    tokens: Sequence[Token], closing: Mapping[int, int], i: int, number: Number | None
) -> tuple[UnitPhrase, int] | None:
    """The unit that fills the bracket at `i` behind a bare number or a group, and the index behind the bracket.

    None where it holds anything else: a remark ("[fp16]"), the number of a source ("[1]"), a scale ("[B]"). A device
    alone is what a small whole number counts; "312e12 [A100]" says whose rate it is.
    """
    end = closing.get(i)
    if end == i + 2 and tokens[i].text == "[" and tokens[i + 1].text == "$":
        return UnitPhrase(tokens[i].to(tokens[end]), (UnitTerm("USD"),), words=("$",)), end + 1
    begins = tokens[i + 1].kind == "word" or tokens[i + 1].text == "$"
    found = unit_phrase(tokens, i + 1) if end is not None and begins else None
    if end is None or found is None or found[1] != end or tokens[i + 1].lower in _SHARING:
        return None
    phrase = found[0]
    if not phrase.known or not phrase.count or (end == i + 2 and scale_of(tokens[i + 1].text) is not None):
        return None
    if phrase.count[0].name == "MAC" and number is not None and number.value == _PER_MULTIPLY_ADD:
        return None  # "2 (mult-add)": the operations of one
    if len(phrase.count) == 1 and is_device(phrase.count[0].name) and not _may_count(number):
        return None
    if tokens[end + 1].kind == "word" and (further := unit_phrase(tokens, end + 1)) is not None and further[0].known:
        return None  # "10 (GPU) hours"
    return phrase._replace(span=tokens[i].to(tokens[end])), end + 1


def _may_count(number: Number | None) -> bool:
    """Whether devices may be so many."""
    if number is None or number.percent or number.exponent != 1:
        return False
    return number.value.denominator == 1 and number.value <= _MOST_DEVICES


def percent_in_bracket(tokens: Sequence[Token], i: int, number: Number) -> tuple[Number, int]:
    """A bare number with the percent sign in brackets at `i`, and the index behind; unchanged where none is there."""
    if tokens[i].text != "[" or tokens[i + 2].text != "]" or number.percent:
        return number, i
    span = number.span.to(tokens[i + 2].span)
    return number._replace(span=span, value=number.value / 100, last_digit=number.last_digit / 100, percent=True), i + 3


def past_adjectives(tokens: Sequence[Token], i: int) -> int:
    """Past words at the end of a bracket: "(2e18 FLOP/s peak)"."""
    j = i
    while j - i < _MAX_ADJECTIVES and tokens[j].kind == "word":
        j += 1
    return j


_SAME = frozenset(("=", "~", "≈", "or", "so", "total", "about", "at", "@", "mfu", "hfu", "utilization"))


def _past_equals(tokens: Sequence[Token], i: int) -> int:
    """Past what says at `i` that the same follows."""
    if tokens[i].lower == "i.e" or (tokens[i].lower, tokens[i + 2].lower) == ("i", "e"):
        i += 2 if tokens[i].lower == "i.e" else 4
        return i + (tokens[i].kind == "comma")
    return i + 1 if tokens[i].lower in _SAME else i


def quantity_in_bracket(tokens: Sequence[Token], closing: Mapping[int, int], i: int) -> Quantity | None:
    """The one quantity in the bracket at `i`, words behind it aside; None where it holds anything else.

    A sign of equality or the like may stand before it: "(= 128 GPUs)", "(i.e. 128 GPUs)". Of several things with commas
    between them it is the last: "(A100 80GB, 312 TFLOP/s peak)".
    """
    end = closing.get(i)
    if end is None:
        return None
    only = _quantity_up_to(tokens, i + 1, end)
    if only is not None or end - i > _LONGEST:
        return only
    comma = next((j for j in range(end - 1, i + 1, -1) if tokens[j].kind == "comma"), 0)
    return _quantity_up_to(tokens, comma + 1, end) if comma else None


def _quantity_up_to(tokens: Sequence[Token], i: int, end: int) -> Quantity | None:
    found = read_number(tokens, _past_equals(tokens, i))
    if found is not None and found[0].percent and found[1] == end:
        return Quantity(found[0].span, found[0], None)
    phrase = unit_phrase(tokens, found[1]) if found else None
    if found is None or phrase is None or past_adjectives(tokens, phrase[1]) != end:
        return None
    return Quantity(found[0].span.to(phrase[0].span), found[0], phrase[0])
