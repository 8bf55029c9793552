"""Ranges put into plain notation: "between 3 and 4" as 3 to 4, "(3.7 ± 0.1)e25" as 3.7e25 ± 0.1e25.

A dash with blanks that can be no range, since it leads to a smaller number or to another unit of the kind, is a minus.

Words make a range only where a claim or a factor stands: behind an operator, a relation or a verb, or where an operator
or relation follows. "The ratio between 3 and 4 * 2 = 8" has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.rewriting import rewritten
from slipstick.reading.lexing.scales import scale_of
from slipstick.reading.lexing.spelling import unit_of
from slipstick.units import dimension_of

_JOINED_BY = {"between": "and", "from": "to"}
_SOMEWHERE = frozenset(("somewhere", "anywhere"))
_PLACES = frozenset(("±", "+/-", "+-", "–", *"([{", *"\"'“”‘’`<>", *_JOINED_BY, *_SOMEWHERE))
_ENDS = frozenset(("relation", "minus", "plus", "close"))
_SIGNS = frozenset(("times", "divide", "relation"))
_BEFORE_CLAIM = frozenset("is was be gives giving yields about roughly approximately to of or totals takes".split())
_IN_NUMBER = frozenset(("number", "currency", "percent", "superscript", "power", "times"))
_MAX_NUMBER, _MAX_UNIT = 8, 4
_LONGEST_REMARK = 6
_KINDS = {"open": "(", "minus": "-", "plus": "-", "number": "1", "close": ")"}
_EXPONENT = re.compile(r"[eE]\d{1,3}")


def with_plain_ranges(tokens: list[Token]) -> list[Token]:
    """The tokens, with ranges that are written in words, brackets or quotes put plainly. Work in their number."""
    return rewritten(tokens, [i for i, t in enumerate(tokens) if t.lower in _PLACES], _taken)


def _is_repeated(tokens: Sequence[Token], i: int, before: Sequence[Token]) -> bool:
    """Whether a number with a unit stands before the ± at `i`, and one with the same unit behind it."""
    said = [token.kind for token in before[-2:]] == ["number", "word"]
    return said and tokens[i + 1].kind == "number" and tokens[i + 2].text == before[-1].text


def _is_minus(tokens: Sequence[Token], i: int, before: Sequence[Token]) -> bool:
    """Whether the dash at `i` is the minus of a difference whose result follows: "10 TB – 500 GB = 9,500 GB"."""
    right = i + 1 if tokens[i + 1].kind != "currency" else i + 2
    if tokens[i].glued or tokens[i + 1].glued or tokens[right].kind != "number":
        return False
    unit, after = tokens[right + 1], tokens[right + 2]
    before = _before_remark(before)
    if not before:
        return False
    if before[-1].kind == "word":
        one, other = unit_of(before[-1].text), unit_of(unit.text) if unit.kind == "word" else None
        alike = one is not None and other is not None and dimension_of(one.count) == dimension_of(other.count)
        return alike and (after.kind in _ENDS or (after.kind == "open" and _leads_to_result(tokens, right + 2)))
    priced = len(before) > 1 and before[-2].kind == "currency"
    falls = before[-1].kind == "number" and _float(before[-1]) > _float(tokens[right])
    ends = unit.kind in _ENDS or (unit.kind == "open" and _leads_to_result(tokens, right + 1))
    return falls and priced == (right > i + 1) and ends


def _before_remark(before: Sequence[Token]) -> Sequence[Token]:
    """What stands before a short remark in brackets at the end: "90 kg (in total)"."""
    if before[-1].kind != "close":
        return before
    near = before[-_LONGEST_REMARK:-1]
    opened = next((n for n, token in enumerate(near) if token.kind == "open"), len(near))
    words = opened < len(near) and all(token.kind == "word" for token in near[opened + 1 :])
    return before[: len(before) - 1 - len(near) + opened] if words else before


def _leads_to_result(tokens: Sequence[Token], i: int) -> bool:
    """Whether a short remark in brackets stands at `i`, and a sign of equality behind: "75 (windows) = 1,645"."""
    close = next((j for j in range(i + 2, i + _LONGEST_REMARK) if tokens[j].kind == "close"), i)
    words = all(token.kind == "word" for token in tokens[i + 1 : close])
    return close > i and words and tokens[close + 1].kind == "relation"


def _float(number: Token) -> float:
    """Roughly what a number in digits is; 0 for a fraction."""
    try:
        return float(number.text.replace(",", ""))
    except ValueError:
        return 0.0


def _taken(tokens: Sequence[Token], i: int, before: list[Token]) -> tuple[list[Token], int] | None:
    """A range at `i` in plain tokens and the index behind what they stand for, or None."""
    kind = tokens[i].kind
    if kind == "plus_minus" and _is_repeated(tokens, i, before):
        before.pop()  # "0.5 kg ± 0.1 kg": the unit stands once more behind
    if tokens[i].text == "–" and before and _is_minus(tokens, i, before):
        return [tokens[i].saying("−")], i + 1
    if kind == "word":
        return _in_words(tokens, i, before[-1] if before else None)
    if kind == "open":
        return _in_brackets(tokens, i)
    return _in_quotes(tokens, i) if kind == "quote" else None


def _in_words(tokens: Sequence[Token], i: int, last: Token | None) -> tuple[list[Token], int] | None:
    """ "between 3e25 and 4e25", "somewhere between 5 and 12 million", "from 3 to 4"."""
    at = i + 1 if tokens[i].lower in _SOMEWHERE else i
    join = _JOINED_BY.get(tokens[at].lower)
    if join is None or tokens[at + 1].kind not in ("number", "currency"):
        return None
    j = at + 2
    while j - at < _MAX_NUMBER and _goes_on(tokens, j):
        j += 1
    if tokens[j].lower != join or tokens[j + 1].kind not in ("number", "currency"):
        return None
    leads = last is not None and (last.kind in _SIGNS or last.lower in _BEFORE_CLAIM)
    begins = last is None or last.kind in ("newline", "stop", "open")
    if not leads and not (begins and _leads_on(tokens, j + 1)):
        return None
    first = tokens[at + 1]
    named = Token.of(first.kind, first.text, tokens[i].start, first.end, tokens[i].glued)
    return [named, *tokens[at + 2 : j], tokens[j].saying("to")], j + 1


def _goes_on(tokens: Sequence[Token], j: int) -> bool:
    """Whether a number goes on at `j`: its scale, its power of ten, a percent sign."""
    token = tokens[j]
    if token.kind == "minus":
        return tokens[j - 1].kind == "power"
    return token.kind in _IN_NUMBER or (token.kind == "word" and scale_of(token.text) is not None)


def _leads_on(tokens: Sequence[Token], j: int) -> bool:
    """Whether an operator or a relation stands behind the number at `j` and a few words of its unit."""
    end = j
    while end - j < _MAX_NUMBER and _goes_on(tokens, end) and tokens[end].kind != "times":
        end += 1
    words = end
    while end - words < _MAX_UNIT and tokens[end].kind == "word":
        end += 1
    return tokens[end].kind in _SIGNS


def _in_brackets(tokens: Sequence[Token], i: int) -> tuple[list[Token], int] | None:
    """ "(3.7 ± 0.1)e25", "(3.7 ± 0.1) × 10²⁵", "(33 ± 5) %": both numbers share what stands behind the bracket."""
    first, sign, second, close = tokens[i + 1 : i + 5]
    numbers = first.kind == second.kind == "number" and sign.kind == "plus_minus" and close.kind == "close"
    if not numbers or "e" in f"{first.text}{second.text}".lower():
        return None
    behind, after = tokens[i + 5], i + 6
    opened = Token.of("number", first.text, tokens[i].start, first.end, tokens[i].glued)
    if behind.kind == "word" and behind.glued and _EXPONENT.fullmatch(behind.text):
        powers = [f"{t.text}{behind.text}" for t in (first, second)]
        return [opened.saying(powers[0]), sign, second.saying(powers[1], end=behind.end)], after
    if behind.kind == "times" and tokens[i + 6].text == "10" and tokens[i + 7].kind in ("power", "superscript"):
        after = i + 8 + _length_of_power(tokens, i + 8) * (tokens[i + 7].kind == "power")
    elif behind.kind != "percent" and not (behind.kind == "word" and scale_of(behind.text) is not None):
        return None
    shared = tokens[i + 5 : after]
    copied = [Token.of(t.kind, t.text, opened.start, opened.end, t.glued) for t in shared]
    return [opened, *copied, sign, second.saying(second.text, end=close.end), *shared], after


def _length_of_power(tokens: Sequence[Token], i: int) -> int:
    """How many tokens the exponent behind a sign of power takes: 25, -3, {25}."""
    kinds = "".join(_KINDS.get(t.kind, "?") for t in tokens[i : i + 4])
    written = re.match(r"-?1|\(-?1\)", kinds)
    return len(written.group()) if written else 0


def _in_quotes(tokens: Sequence[Token], i: int) -> tuple[list[Token], int] | None:
    """ "5 to 12" million, where the scale stands behind the quotes."""
    first, sign, second, quote, scale = tokens[i + 1 : i + 6]
    joined = sign.lower == "to" or sign.kind in ("range", "minus")
    numbers = first.kind == second.kind == "number" and joined and quote.kind == "quote"
    if not numbers or scale.kind != "word" or scale_of(scale.text) is None:
        return None
    opened = Token.of("number", first.text, tokens[i].start, first.end, tokens[i].glued)
    return [opened, sign, second.saying(second.text, end=quote.end)], i + 5
