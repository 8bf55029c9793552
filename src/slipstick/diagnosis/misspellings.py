"""Edits of how a number is written: its digits, its scale word, its percent sign, the prefix of its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from slipstick.diagnosis.slips import Edit, edit
from slipstick.diagnosis.subject import Given, Subject, mantissa
from slipstick.reading.quantities.arithmetic import plain_float

_LADDERS = (
    ("thousand", "million", "billion", "trillion", "quadrillion"),
    ("k", "M", "B", "T"),
    ("K", "M", "G", "T", "P", "E"),
)
_SCALE = re.compile(
    r"(?<![A-Za-z])(thousand|million|billion|trillion|quadrillion|[kKMBGT])(?:n|s)?(?![A-Za-z])", re.IGNORECASE
)
_CONVERSIONS = frozenset("7 12 24 30 60 365 3600 86400 1000".split())
_LEAST_DIGITS = 2
_STEP = 3  # powers of ten
_PREFIXES = ("kilo", "mega", "giga", "tera", "peta", "exa")
_PREFIX = re.compile(
    r"(kilo|mega|giga|tera|peta|exa|[kMGTPE])(?=FLOP|flop|FL\b|F\b|F/|OP|[Bb](?:yte|it|\b)|W|ps|g\b|m\b|Hz|J|i?B\b|F-?day)"
)
_LETTERS = ("k", "M", "G", "T", "P", "E")


def misspellings(subject: Subject, digits: int) -> Iterator[Edit]:
    """Every way in which one written number may have been misspelt, each with what it makes of the value.

    `digits` is how many the target has. Digits are not swapped to meet one digit, nor lost ones looked for to meet two:
    some would do so by chance.
    """
    for given in subject.givens:
        if digits >= _LEAST_DIGITS:
            yield from _digits(subject, given, digits > _LEAST_DIGITS)
        yield from _conversion(subject, given)
        yield from _scale(subject, given)
        yield from _percent(subject, given)
        yield from _prefix(subject, given)


def _digits(subject: Subject, given: Given, with_lost: bool) -> Iterator[Edit]:
    found = mantissa(given)
    if found is None:
        return
    start, digits = found
    place, written, head = (start, start + len(digits)), number_of(digits), given.text.find(digits)
    before, behind = given.text[:head], given.text[head + len(digits) :]
    for name, new in (*changed_digits(digits), *(lost_digits(digits) if with_lost else ())):
        effect = subject.effect(given, number_of(new) / written)
        yield edit(name, effect, span=place, replacement=new, new=f"{before}{new}{behind}", written=given.text)


@lru_cache(maxsize=1000)
def number_of(digits: str) -> float:
    """The number that digits, perhaps in groups, are."""
    return float(digits.replace(",", "").replace("_", ""))


def _conversion(subject: Subject, given: Given) -> Iterator[Edit]:
    """A bare number that is a misspelt 24 or 3600: the units convert already, so that it is to be left out."""
    found = mantissa(given)
    if found is None or given.factor.unit or given.role == "conversion":
        return
    start, digits = found
    near = {new.replace(",", "") for _, new in changed_digits(digits)} | {f"{digits}0", digits.removesuffix("0")}
    effect = subject.effect(given, 1 / given.number)
    for constant in sorted(near & _CONVERSIONS):
        span = start, start + len(digits)
        yield edit("misspelt-conversion", effect, span=span, replacement=constant, new=constant, written=given.text)


@lru_cache(maxsize=1000)
def changed_digits(digits: str) -> tuple[tuple[str, str], ...]:
    """(name of the slip, the digits after it): neighbours swapped, one left out, one doubled; never zero, no leading 0.

    A zero too many or too few at the end of a whole number is a power of ten, and not made here.
    """
    made = dict[str, str]()
    places = [n for n, character in enumerate(digits) if character.isdigit()]
    for left, right in pairwise(places):
        swapped = digits[:left] + digits[right] + digits[left + 1 : right] + digits[left] + digits[right + 1 :]
        made.setdefault(swapped, "swapped-digits")
    for place in places:
        made.setdefault(digits[:place] + digits[place + 1 :], "dropped-digit")
        made.setdefault(digits[:place] + digits[place] + digits[place:], "doubled-digit")
    value = number_of(digits)
    kept: list[tuple[str, str]] = []
    for new, name in made.items():
        plain = new.replace(",", "").replace("_", "")
        leads = plain[:1] == "." != digits[:1] or (len(plain) > 1 and plain[0] == "0" and plain[1] != ".")
        number = float(plain) if plain.strip(".") else 0.0
        if number and not leads and number not in (value, value * 10, value / 10):
            kept.append((name, f"{int(plain):,}" if "," in digits and plain.isdigit() else new))
    return tuple(kept)


def lost_digits(digits: str) -> Iterator[tuple[str, str]]:
    """The numbers that lack one digit of any kind to be this one; not a zero behind the last, which is a ten."""
    commas, plain = "," in digits, digits.replace(",", "").replace("_", "")
    made = {plain[:n] + d + plain[n:] for n in range(len(plain) + 1) for d in "0123456789"} - {f"{plain}0"}
    for new in sorted(made):
        if new[0] not in "0.":
            yield "lost-digit", f"{int(new):,}" if commas and new.isdigit() else new


def _scale(subject: Subject, given: Given) -> Iterator[Edit]:
    number = given.factor.quantity.number
    if not number.scaled:
        return
    found = _SCALE.search(given.text)
    if found is None:
        return
    start = given.span.start + found.start(1)
    for new, ratio in _neighbours(found[1], _LADDERS):
        span = start, start + len(found[1])
        yield edit("scale-word", subject.effect(given, ratio), span=span, replacement=new, new=new, written=found[1])


def _neighbours(word: str, ladders: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, float]]:
    """The words one step up and down, with what they are in terms of `word`."""
    for ladder in ladders:
        at = next((n for n, each in enumerate(ladder) if each in (word, word.lower())), None)
        if at is not None:
            yield from ((ladder[n], 1000.0 ** (n - at)) for n in (at + 1, at - 1) if 0 <= n < len(ladder))
            return


def _percent(subject: Subject, given: Given) -> Iterator[Edit]:
    number = given.factor.quantity.number
    if number.percent:
        plain = given.text.rstrip("% ").removesuffix("percent").strip()
        span = given.span.start, given.span.end
        yield edit(
            "percent-as-number", subject.effect(given, 100), span=span, replacement=plain, written=given.text, new=plain
        )
    elif given.role == "utilization" and 1 <= given.number <= 100:
        new = f"{plain_float(given.number)} %"
        span = given.span.start, given.span.end
        yield edit(
            "number-as-percent", subject.effect(given, 0.01), span=span, replacement=new, written=given.text, new=new
        )


def _prefix(subject: Subject, given: Given) -> Iterator[Edit]:
    unit = given.factor.quantity.unit
    found = _PREFIX.search(unit.span.of(subject.text)) if unit is not None else None
    if unit is None or found is None or not any(term.prefix for term in given.factor.unit):
        return
    written = unit.span.of(subject.text)
    for new, ratio in _neighbours(found[1], (_PREFIXES, _LETTERS)):
        whole = written[: found.start(1)] + new + written[found.end(1) :]
        start = unit.span.start + found.start(1)
        effect = subject.effect(given, ratio if whole.find("/") == -1 or found.start() < whole.find("/") else 1 / ratio)
        yield edit(
            "unit-prefix", effect, span=(start, start + len(found[1])), replacement=new, new=whole, written=written
        )


def rescaled(text: str, power: int) -> str | None:
    """A written result with the prefix or scale word that is 10^`power` times as much: 350 MB as 350 GB; None for none.

    Only a step of three powers of ten is one.
    """
    found = _PREFIX.search(text) or _SCALE.search(text)
    if abs(power) != _STEP or found is None:
        return None
    ladders = (_PREFIXES, _LETTERS) if found.re is _PREFIX else _LADDERS
    word = next((new for new, ratio in _neighbours(found[1], ladders) if (ratio > 1) == (power > 0)), None)
    return f"{text[: found.start(1)]}{word}{text[found.end(1) :]}" if word is not None else None
