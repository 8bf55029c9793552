"""Labelled calculations for the slip benchmark: where the sides are, and which of them is the claim.

Two forms are read. A corpus has texts (`.jsonl` with "id" and "text") and a key (`.json`: a list of notes, each with
"id" and "calculations": "start" and "end" or "span", "value", "claims", "unit"). The repository's own notes have the
text and its calculations in one line, with verdicts in place of claims.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from plain_arithmetic import NotFollowedError, evaluate, tokens, without_remarks

from slipstick.strategies.plain_numbers import Number, beyond_digits

OWN_NOTES = Path(__file__).parents[1] / "data/notes.jsonl"
RELATION = re.compile(
    r"==|~=|=~|≈|=>|->|→|=|~(?=\s)|<|>"
    r"|\b(?:is|are|equals|gives|makes|we get|we have|a total of|comes (?:out )?to|works out to)\b"
)
BOUND = re.compile(r"(?<![-=])>|<|\b(?:at least|at most|up to|more than|less than|over|under)\b")
RANGE = re.compile(r"\d%?\s*(?:\bto\b|–|\.\.|±)\s*\$?\d|\d-\d+%")
CONVERSIONS = (1, 60, 3600, 24, 86400, 604800, 168, 2629800, 2592000, 31557600, 31536000, 30, 365, 8760, 730, 8, 100)
FACTORS = {Fraction(c) for c in CONVERSIONS} | {Fraction(1, c) for c in CONVERSIONS}
FACTORS |= {Fraction(1000) ** power for power in range(-7, 8)}
WORKED_OUT_TO = Fraction(1, 200)
"""How far the numbers alone may lie from the labelled value: as the scorer of such a key has it."""


class Labelled(NamedTuple):
    """A calculation of the key in its text; `claims` is None where the key has verdicts, summed up in `clean`."""

    note: str
    text: str
    start: int
    end: int
    value: float
    claims: list[float] | None
    clean: bool


class Claim(NamedTuple):
    """A side that is one number: `amount` with its prefix, and the labelled value in the same unit."""

    start: int
    end: int
    number: Number
    amount: Fraction
    last_digit: Fraction
    value: Fraction


class Sides(NamedTuple):
    """The side that is computed (None where its arithmetic was not followed) and those that are claimed."""

    plain: str
    expression: tuple[int, int] | None
    claims: list[Claim]


def corpus(texts: Path, key: Path) -> Iterator[Labelled]:
    """The calculations of a corpus, in the key's order."""
    rows = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines() if line.strip()]
    by_id = {str(row["id"]): row["text"] for row in rows}
    for note in json.loads(key.read_text(encoding="utf-8")):
        text = by_id[str(note["id"])]
        for label, (start, end) in zip(note["calculations"], places(text, note["calculations"]), strict=True):
            value, claims = float(label["value"]), [float(claim) for claim in label["claims"]]
            clean = bool(claims) and all(agrees(value, claim) for claim in claims)
            yield Labelled(str(note["id"]), text, start, end, value, claims, clean)


def own_notes(path: Path = OWN_NOTES) -> Iterator[Labelled]:
    """The calculations of the repository's notes."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        note = json.loads(line)
        for label, (start, end) in zip(note["calculations"], places(note["text"], note["calculations"]), strict=True):
            clean = not note["findings"] and set(label["verdicts"]) == {"holds"} and label["value"] is not None
            yield Labelled(f"line {number}", note["text"], start, end, label["value"] or 0.0, None, clean)


def every_own_note() -> Iterator[Labelled]:
    """The calculations of the repository's notes, and of its lines about hardware."""
    yield from own_notes()
    yield from own_notes(OWN_NOTES.with_name("hardware_calculations.jsonl"))


def places(text: str, labels: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """The offsets of the key's calculations; a span that occurs twice is taken in order."""
    at, found = 0, []
    for label in labels:
        if "start" in label:
            found.append((label["start"], label["end"]))
            continue
        start = text.find(label["span"], at)
        start = text.find(label["span"]) if start < 0 else start
        found.append((start, start + len(label["span"])))
        at = max(at, start + 1)
    return found


def agrees(value: float, claim: float) -> bool:
    """Whether a claim of the key has its value, to one unit of the last digit of its shortest form, or to 0.1 %."""
    if claim == 0 or value == 0:
        return value == claim
    digits = max(1, len(repr(claim).lower().split("e")[0].replace(".", "").replace("-", "").strip("0")))
    exponent = int(f"{abs(claim):e}".split("e")[1])
    last = Fraction(10) ** (exponent - digits + 1)
    return not beyond_digits(Fraction(value), Fraction(claim), last * Fraction(1000001, 1000000))


def sides_of(label: Labelled) -> Sides | None:
    """The sides of a clean calculation; None where no claim can be told from the labelled value, or it is a bound."""
    plain = without_remarks(label.text)
    if BOUND.search(plain, label.start, label.end) or RANGE.search(plain, label.start, label.end):
        return None
    parts = list(_parted(plain, label.start, label.end))
    computed = next((part for part in parts if _computes(plain, *part)), None)
    claimed = [part for part in parts if part != computed and not _computes(plain, *part)]
    if computed is None and len(claimed) > 1:  # one quantity in two notations
        computed = claimed.pop(0)
    claims = [claim for part in claimed if (claim := _claim(plain, part, label)) is not None]
    if not claims:
        return None
    return Sides(plain, computed if computed and _follows(plain, computed, label) else None, claims)


def _parted(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sides between the signs and words of equality."""
    at = start
    for relation in RELATION.finditer(plain, start, end):
        if plain[at : relation.start()].strip():
            yield at, relation.start()
        at = relation.end()
    if plain[at:end].strip():
        yield at, end


def _computes(plain: str, start: int, end: int) -> bool:
    try:
        evaluate(plain, start, end)
    except NotFollowedError:
        return False
    pieces = tokens(plain, start, end)
    while pieces and pieces[-1].kind == "operator":  # "= 2.6x"
        pieces.pop()
    return any(piece.kind in ("operator", "sqrt", "(") for piece in pieces) and any(piece.number for piece in pieces)


def _claim(plain: str, part: tuple[int, int], label: Labelled) -> Claim | None:
    """The one number of a side with the labelled value in its unit, if it agrees with that to its printed digits."""
    numbers = [piece.number for piece in tokens(plain, *part) if piece.number]
    if len(numbers) != 1:
        return None
    try:
        amount = evaluate(plain, *part).value
    except NotFollowedError:
        return None
    if not amount or not numbers[0].value:
        return None
    last_digit = numbers[0].last_digit * amount / numbers[0].value
    value = amount * nearest_ratio(Fraction(label.value), amount)
    return None if beyond_digits(value, amount, last_digit) else Claim(*part, numbers[0], amount, last_digit, value)


def _follows(plain: str, part: tuple[int, int], label: Labelled) -> bool:
    try:
        value = evaluate(plain, *part).value
    except NotFollowedError:
        return False
    return bool(value) and abs(nearest_ratio(Fraction(label.value), value) - 1) <= WORKED_OUT_TO


def nearest_ratio(value: Fraction, number: Fraction) -> Fraction:
    """value / number without the conversion between their units: the known factor that brings it nearest to 1."""
    return min((value / number / factor for factor in FACTORS), key=lambda ratio: abs(ratio - 1))
