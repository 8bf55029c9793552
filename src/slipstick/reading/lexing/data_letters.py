"""The letter B behind a number: bytes or billions, told by what stands in the sentence from `start` to `stop`."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.scales import scale_of
from slipstick.reading.lexing.spelling import unit_of

_SMALL_BYTES = frozenset(("0.5", ".5", "1", "2", "4", "1/2"))


def is_byte(tokens: Sequence[Token], i: int, start: int, stop: int) -> bool:
    """Whether a B behind a blank is a byte: bytes are what the sentence is about, and billions would be odd.

    Billions are odd of 10^12, of thousands and of the sizes of a number (1, 2, 4 bytes); and where nothing else on the
    same side of the sign of equality has bytes.
    """
    if tokens[i].glued:
        if _is_claimed_in_bytes(tokens, i, start, stop):
            return True
        return tokens[i - 2].kind == "times" and _is_size_of_many(tokens, i, start, stop)
    places = [j for j in range(start, stop) if j != i and has_bytes(tokens[j])]
    if not places:
        return False
    number = tokens[i - 1].text.replace(",", "")
    if tokens[i - 1].kind != "number" or "e" in number.lower() or number in _SMALL_BYTES:
        return True
    if number.isdigit() and int(number) >= 1000:
        return True
    relation = next((j for j in range(start, stop) if tokens[j].kind == "relation"), stop)
    if i < relation < stop and not _makes_so_many(tokens, start, relation, places):
        return False
    return not any((j < relation) == (i < relation) for j in places) and "B" not in (
        tokens[j].text for j in range(start, stop) if j != i and not tokens[j].glued
    )


def _makes_so_many(tokens: Sequence[Token], start: int, relation: int, places: Sequence[int]) -> bool:
    """Whether the numbers before a result in gigabytes can make so many bytes: not those of "70 B x 2 = 140 GB"."""
    if not any(tokens[j].text[:1] in "GTP" for j in places):
        return True
    before = tokens[start:relation]
    scaled = any(t.kind == "word" and t.text != "B" and scale_of(t.text) is not None for t in before)
    glued = any(t.text == "B" and t.glued for t in before)
    return scaled or glued or sum(len(t.text) for t in before if t.kind == "number") >= _LEAST_DIGITS


def _is_size_of_many(tokens: Sequence[Token], i: int, least: int, stop: int) -> bool:
    """Whether a glued B is the bytes of each of many, which only the result says: "20M × 64B = 1.28 GB".

    "70B × 2 = 140 GB" has billions of them.
    """
    relation = next((j for j in range(i, stop) if tokens[j].kind == "relation"), 0)
    size = tokens[i - 1].text
    if (
        not relation
        or not size.isdigit()
        or len(size) > _MOST_DIGITS
        or any(map(has_bytes, tokens[max(i - 8, 0) : relation]))
    ):
        return False
    start = next((j for j in range(i - 2, max(least, i - 12), -1) if tokens[j].kind in _BEGINS), least)
    factors = [j for j in range(start, relation) if tokens[j].kind == "number" and j != i - 1]
    scaled = [
        scale_of(tokens[j + 1].text) if tokens[j + 1].glued and tokens[j + 1].kind == "word" else 0 for j in factors
    ]
    plain = [len(tokens[j].text.replace(",", "")) > _MOST_DIGITS for j in factors]
    claimed = any(has_bytes(tokens[j]) for j in range(relation, min(relation + 5, stop)))
    return claimed and len(size) < 3 + any(plain) + any(scaled) and (any(plain) or any(scaled))


def _is_claimed_in_bytes(tokens: Sequence[Token], i: int, start: int, stop: int) -> bool:
    """Whether a glued B is the byte of a size (1, 2, 4, 8) times bare numbers, or of the result: "128×2B = 256B".

    Billions on either side would come to the same.
    """
    relation = next((j for j in range(max(start + 3, i - 3), min(stop - 2, i + 2)) if tokens[j].kind == "relation"), 0)
    if not relation or i not in (relation - 1, relation + 2):
        return False
    sign, size, unit = tokens[relation - 3 : relation]
    claimed, result, after = tokens[relation + 1 : relation + 4]
    sized = sign.kind == "times" and size.text in _SIZES and unit.text in ("B", "byte")
    plain = claimed.text.isdigit() and len(claimed.text) > 2 and result.text == "B" and result.glued
    begin = relation - 3
    while begin > start and tokens[begin - 1].kind in ("number", "times"):
        begin -= 1
    bare = tokens[begin].kind == "number" and tokens[begin - 1].kind != "times"
    return sized and plain and after.kind in _RESULT_ENDS and bare


_SIZES = frozenset("1248")
_RESULT_ENDS = frozenset(("stop", "newline", "end", "comma", "close"))
_MOST_DIGITS = 4
_LEAST_DIGITS = 8
_BEGINS = frozenset(("stop", "newline", "relation", "comma", "open"))


def has_bytes(token: Token) -> bool:
    """Whether a word is a unit of bytes or bits."""
    unit = unit_of(token.text) if token.kind == "word" and token.text != "B" else None
    return unit is not None and any(t.name in ("byte", "bit") for t in unit.count)
