"""Edits of a number or unit at its place, each of which is one kind of slip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from slipstick.strategies.plain_numbers import PREFIXED, SUPERSCRIPTS, Number

EXPONENTS = ("exponent", "ten", "ten_raised", "lone", "lone_raised")
LADDERS = (
    ("k", "M", "B", "T"),
    ("thousand", "million", "billion", "trillion"),
)
PREFIXES = (
    ("k", "M", "G", "T", "P", "E"),
    ("g", "t", "p"),
    ("kilo", "mega", "giga", "tera", "peta", "exa"),
)


class Edit(NamedTuple):
    """Text in place of text."""

    start: int
    end: int
    text: str


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    """The text after the edits, which do not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def exponents(text: str, number: Number) -> Iterator[Edit]:
    """10^12 as 10^13, 1e14 as 1e13, 10²³ as 10²²."""
    for name in EXPONENTS:
        if name in number.pieces:
            start, end = number.pieces[name]
            raised = name.endswith("raised")
            written = (
                text[start:end].translate(str.maketrans(SUPERSCRIPTS, "0123456789-")) if raised else text[start:end]
            )
            for step in (1, -1):
                new = f"{int(written) + step:+d}" if written[0] == "+" else str(int(written) + step)
                new = new.translate(str.maketrans("0123456789-", SUPERSCRIPTS)) if raised else new
                yield Edit(start, end, new)


def zeros(text: str, number: Number) -> Iterator[Edit]:
    """300 as 3000 or 30, 21,500 as 215,000."""
    start, end = number.pieces.get("mantissa", (0, 0))
    digits = text[start:end].replace(",", "")
    if digits and "." not in digits:
        shorter = [digits[:-1]] if len(digits) > 1 and digits[-1] == "0" else []
        for new in (digits + "0", *shorter):
            yield Edit(start, end, f"{int(new):,}" if "," in text[start:end] else new)


def points(text: str, number: Number) -> Iterator[Edit]:
    """1.25 as 12.5 or 0.125."""
    start, end = number.pieces.get("mantissa", (0, 0))
    whole, point, part = text[start:end].replace(",", "").partition(".")
    if point:
        right = (whole + part[0]).lstrip("0") or "0"
        yield Edit(start, end, f"{right}.{part[1:]}" if part[1:] else right)
        yield Edit(start, end, f"{whole[:-1] or '0'}.{whole[-1:] or '0'}{part}")


def swaps(text: str, number: Number) -> Iterator[Edit]:
    """125 as 152: two neighbouring digits, none of them a zero that would lead."""
    start, end = number.pieces.get("mantissa", (0, 0))
    at = [place for place in range(start, end) if text[place].isdigit()]
    for left, right in pairwise(at):
        leading = left == start and text[right] == "0"
        if text[left] != text[right] and not leading:
            yield Edit(left, right + 1, text[right] + text[left + 1 : right] + text[left])


def percents(text: str, number: Number) -> Iterator[Edit]:
    """33% as 33."""
    if "percent" in number.pieces:
        yield Edit(*number.pieces["percent"], "")


def scales(text: str, number: Number) -> Iterator[Edit]:
    """7B as 7M, 4 billion as 4 trillion."""
    if "scale" in number.pieces:
        start, end = number.pieces["scale"]
        word = text[start:end]
        for ladder in LADDERS:
            if word in ladder or word.upper() in ladder[1:]:
                yield from (
                    Edit(start, end, new) for new in neighbours(ladder, word if word in ladder else word.upper())
                )


def neighbours(ladder: tuple[str, ...], word: str) -> list[str]:
    """The words one step below and above."""
    at = ladder.index(word)
    return [*ladder[max(0, at - 1) : at], *ladder[at + 1 : at + 2]]


def prefixes(unit: str, start: int) -> Iterator[Edit]:
    """TFLOP/s as GFLOP/s, teraflops as petaflops: edits of a unit's word, which begins at `start`."""
    found = PREFIXED.fullmatch(unit)
    if found is not None and found["prefix"]:
        for ladder in PREFIXES:
            if found["prefix"] in ladder:
                end = start + len(found["prefix"])
                yield from (Edit(start, end, new) for new in neighbours(ladder, found["prefix"]))


NUMBER_KINDS: dict[str, Callable[[str, Number], Iterator[Edit]]] = {
    "exponent": exponents,
    "zero": zeros,
    "decimal point": points,
    "swapped digits": swaps,
    "percent sign": percents,
    "scale word": scales,
}
