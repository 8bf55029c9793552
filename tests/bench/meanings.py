"""Slips of meaning in right calculations: the arithmetic is done right, with a number that means something else.

Each is an edit of the expression. Where the result stays, value and claim come apart, and by which factor says what was
done. Where the result follows ("result adjusted"), only what is known of the hardware can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from labelled import Sides
from plain_arithmetic import Token, tokens

from slipstick.strategies.edits import Edit
from slipstick.strategies.plain_numbers import PREFIXED, Number

MEANINGS = (
    "level of devices",
    "peak of another level",
    "multiply-adds counted once",
    "forward pass only",
    "utilization left out",
    "utilization twice",
    "price per device",
)
ADJUSTED = {kind: f"{kind}, adjusted" for kind in MEANINGS}
_LEVELS = ("core", "chip", "board", "GPU")
_LEVEL = re.compile(rf"\b({'|'.join(_LEVELS)})s?\b")
_OPERATIONS, _FORWARD = Fraction(6), Fraction(2)
_LEAST, _MOST = Fraction(1, 20), Fraction(9, 10)
_LEAST_RATE = Fraction(10**11)


def meaning_edits(sides: Sides) -> Iterator[tuple[str, Edit]]:
    """(kind, edit) for every slip of meaning that the expression admits."""
    if sides.expression is None:
        return
    pieces = tokens(sides.plain, *sides.expression)
    part = part_named_in(sides.plain)
    if part is not None:
        yield from _levels(sides.plain, pieces, part)
        yield from _prices(sides.plain, pieces, part)
    yield from _operations(sides.plain, pieces)
    yield from _utilizations(sides.plain, pieces)


def part_named_in(text: str) -> str | None:
    """The one part of the catalogue that a text names."""
    plain = text.lower().replace(" ", "").replace("-", "")
    found = {name for alias, name in _aliases() if alias in plain}
    longest = [name for name in found if not any(name != other and name in other for other in found)]
    return longest[0] if len(longest) == 1 else None


@cache
def _aliases() -> list[tuple[str, str]]:
    from slipstick.catalogue import hardware

    return [(alias.lower().replace(" ", "").replace("-", ""), p.name) for p in hardware.parts() for alias in p.aliases]


@cache
def counts(part: str) -> dict[tuple[str, str], int]:
    """(larger, smaller) level to how many of the smaller are in one of the larger."""
    from slipstick.catalogue import hardware

    found = {}
    for large in _LEVELS:
        for small in _LEVELS[: _LEVELS.index(large)]:
            known = hardware.count(part, large, small)
            if known is not None and known[0] > 1:
                found[large, small] = known[0]
    return found


def _levels(text: str, pieces: list[Token], part: str) -> Iterator[tuple[str, Edit]]:
    """32 boards as 128 boards (the chips counted, the word kept); 420 TFLOP/s of a board as the 123 of a chip."""
    from slipstick.catalogue import hardware

    said = {found[1] for found in _LEVEL.finditer(text)}
    for at, piece in enumerate(pieces):
        if piece.number is None:
            continue
        behind = _words_behind(pieces, at)
        level = next((found[1] for found in _LEVEL.finditer(behind)), "")
        for (large, small), count in counts(part).items():
            if level and "/" not in behind and level in (large, small):
                ratio = Fraction(count) if level == large else Fraction(1, count)
                yield from _times(text, piece.number, ratio, "level of devices")
        rate = _rate(pieces, at)
        figures = {p.flop_per_s: p.level for p in hardware.peaks(part) if not p.sparse}
        if rate in figures and figures[rate] in said:
            for other in hardware.peaks(part):
                if other.default and other.level in _LEVELS and other.level != figures[rate]:
                    yield from _times(text, piece.number, other.flop_per_s / rate, "peak of another level")


def _words_behind(pieces: list[Token], at: int) -> str:
    words = []
    for piece in pieces[at + 1 :]:
        if piece.kind != "unit":
            break
        words.append(f"/ {piece.text}" if piece.times < 0 else piece.text)
    return " ".join(words)


def _rate(pieces: list[Token], at: int) -> Fraction:
    number, unit = pieces[at].number, pieces[at + 1].text if at + 1 < len(pieces) else ""
    found = PREFIXED.fullmatch(unit)
    powers = {"T": 12, "G": 9, "P": 15}
    power = powers.get((found["prefix"] or "")[:1].upper(), 0) if found else 0
    return (number.value if number else Fraction(0)) * Fraction(10) ** power


def _times(text: str, number: Number, ratio: Fraction, kind: str) -> Iterator[tuple[str, Edit]]:
    """A number `ratio` times as large, written in the same way, where that is a number of few digits."""
    if "mantissa" not in number.pieces:
        return
    start, end = number.pieces["mantissa"]
    new = Fraction(text[start:end].replace(",", "")) * ratio
    shown = f"{float(new):,.10g}" if "," in text[start:end] else f"{float(new):.10g}"
    if new >= Fraction(1, 100) and Fraction(shown.replace(",", "")) == new and "e" not in shown:
        yield kind, Edit(start, end, shown)


def _prices(text: str, pieces: list[Token], part: str) -> Iterator[tuple[str, Edit]]:
    """$2 a chip as the $8 of its board."""
    for piece in pieces:
        if piece.number is not None and text[piece.start - 1 : piece.start] in ("$", "€", "£"):
            for count in set(counts(part).values()):
                for ratio in (Fraction(count), Fraction(1, count)):
                    yield from _times(text, piece.number, ratio, "price per device")


def _operations(text: str, pieces: list[Token]) -> Iterator[tuple[str, Edit]]:
    """6ND as 3ND or 2ND, 2ND as ND: where the first number is such, and no rate stands there."""
    large = [at for at in range(len(pieces)) if _rate(pieces, at) >= _LEAST_RATE]
    rates = any(PREFIXED.search(_words_behind(pieces, at)) for at in large)
    first = next((piece for piece in pieces if piece.number is not None), None)
    if first is None or first.number is None or rates or "FLOP" not in text:
        return
    if first.number.value == _OPERATIONS:
        yield from _times(text, first.number, Fraction(1, 3), "forward pass only")
    if first.number.value in (_OPERATIONS, _FORWARD):
        yield from _times(text, first.number, Fraction(1, 2), "multiply-adds counted once")


def _utilizations(text: str, pieces: list[Token]) -> Iterator[tuple[str, Edit]]:
    """A fraction beside a rate goes with its sign and words, or is applied once more."""
    if not any(_rate(pieces, at) >= _LEAST_RATE for at in range(len(pieces))):
        return
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else None
        if piece.number is None or before is None or before.text != "*" or not _LEAST <= piece.number.value <= _MOST:
            continue
        stop = next((n for n in range(at + 1, len(pieces)) if pieces[n].kind != "unit"), len(pieces))
        end = pieces[stop - 1].end
        yield "utilization left out", Edit(len(text[: before.start].rstrip()), end, "")
        yield "utilization twice", Edit(end, end, f" * {text[piece.start : piece.end].strip()}")
