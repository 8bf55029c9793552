"""Small numbers in words where they are part of a calculation: "two weeks * 64 GPUs", "a dozen eggs × $3"."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.numerals import NUMBERS, PARTS
from slipstick.reading.lexing.scales import scale_of
from slipstick.reading.lexing.spelling import REPETITIONS, part_at, singulars, unit_of

_NO_NOUNS = frozenset("the of in to and or is are was were as at these those our its their by for from that".split())
_SIGNS = frozenset(("times", "divide"))
_LEAD_ON = frozenset("times at @ with for on of each per x over a".split())
_LEAD_TO = frozenset("times by for over of at with".split())
_BEGIN = frozenset(("newline", "stop", "open", "times", "divide", "relation", "plus", "comma"))
_MAX_NOUN, _MAX_BEFORE = 3, 6
_ONE = frozenset(("a", "an", "one"))
_TIMES = frozenset(("hour", "day", "week", "month", "year"))


def number_in_words(tokens: Sequence[Token], i: int, last: Token | None) -> tuple[Token, int] | None:
    """The number that the words at `i` say, as a token in figures, and the index behind; None where they say none.

    A unit or something counted must follow, and an operator or a word that multiplies stand on one side of it.
    """
    token, j = tokens[i], i
    word = token.lower
    if word == "a" and tokens[i + 1].lower == "dozen":
        word, j = "dozen", i + 1
    if (part := _part_of(tokens, i)) is not None:
        return part
    if word in _ONE and _is_one_time(tokens, i):
        return token.saying("1", "number"), i + 1
    if word not in NUMBERS or (last is not None and last.kind == "number"):
        return None
    j += 1
    if _multiplies(tokens, i):
        return token.saying(NUMBERS[word], "number"), j
    if word == "half" and tokens[j].lower in ("a", "an"):
        j += 1
    if tokens[j].text == "times" and tokens[j + 1].kind in ("number", "currency"):
        return token.saying(NUMBERS[word], "number", end=tokens[j - 1].end), j
    if tokens[j].kind != "word" or tokens[j].text in _NO_NOUNS or (tokens[j].glued and tokens[j].text != token.text):
        return None
    known = _is_known(tokens, j)
    end = _behind_noun(tokens, j)
    if not _is_part(tokens, j, end, last, known, alone=word == "one"):
        return None
    return token.saying(NUMBERS[word], "number", end=tokens[j - 1].end), j


_MULTIPLYING = frozenset("multiply multiplying multiplied multiplies".split())
_MAX_FACTORS = 16


def _multiplies(tokens: Sequence[Token], i: int) -> bool:
    """Whether the number in words at `i` multiplies: "multiplying 7B by 2T and by six", "1.1e22 times two"."""
    if tokens[i - 1].lower != "by":
        return tokens[i - 1].lower == "times" and tokens[i - 2].kind == "number"
    return any(tokens[j].lower in _MULTIPLYING for j in range(max(0, i - _MAX_FACTORS), i - 1))


def _is_one_time(tokens: Sequence[Token], i: int) -> bool:
    """Whether one time, for which what stands before it goes on, is at `i`: "500 W for a year"."""
    if tokens[i - 1].text != "for" or tokens[i + 1].lower not in _TIMES:
        return False
    return any(tokens[j].kind == "number" for j in range(max(0, i - _MAX_BEFORE), i - 2))


def _part_of(tokens: Sequence[Token], i: int) -> tuple[Token, int] | None:
    """ "half of 300B tokens", "two thirds of $90", "one-half times 20"."""
    for length in (3, 2, 1) if tokens[i + 1].kind == "minus" else (2, 1):
        of, following = tokens[i + length], tokens[i + length + 1]
        if following.kind not in ("number", "currency") or (of.text != "of" and (of.text != "times" or length == 1)):
            continue
        words = [t.lower for t in tokens[i : i + length] if t.kind != "minus"]
        if len(words) == min(length, 2) and (said := PARTS.get(" ".join(words))) is not None:
            return tokens[i].saying(said, "number", tokens[i + length - 1].end), i + length
    return None


def _is_known(tokens: Sequence[Token], j: int) -> bool:
    words = [t.text for t in tokens[j : j + 4] if t.kind in ("word", "number")]
    if singulars(words[0].lower())[-1] in REPETITIONS:
        return True
    return unit_of(words[0]) is not None or scale_of(words[0].lower()) is not None or part_at(words) is not None


def _behind_noun(tokens: Sequence[Token], j: int) -> int:
    """The index behind the few words of the noun at `j`."""
    end = j
    while end - j < _MAX_NOUN and tokens[end].kind == "word" and tokens[end].lower not in _LEAD_ON:
        end += 2 if tokens[end + 1].kind == "minus" and tokens[end + 1].glued else 1
    return end


def _is_part(tokens: Sequence[Token], j: int, end: int, last: Token | None, known: bool, alone: bool) -> bool:
    """Whether a number in words belongs to a calculation: what it counts is known, or an operator follows at once."""
    after = tokens[end]
    begins = last is None or last.kind in _BEGIN
    if after.kind in _SIGNS and end > j and (known or (begins and not alone)):
        return True
    if alone or not known or end == j:
        return False
    led_to = last is not None and (last.kind in (*_SIGNS, "relation") or last.lower in _LEAD_TO)
    return led_to or after.kind == "relation" or after.lower in _LEAD_ON
