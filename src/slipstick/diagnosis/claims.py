"""Edits of the claim: the unit it was taken in, and digits of the result misspelt."""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.diagnosis.misspellings import changed_digits, lost_digits, number_of
from slipstick.diagnosis.slips import Edit, edit
from slipstick.diagnosis.subject import Subject, digits_in
from slipstick.judging.verdicts import Claim
from slipstick.reading.inference.factors import TIME_NAMES
from slipstick.reading.quantities.arithmetic import nearest_float
from slipstick.reading.quantities.quantities import Quantity

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600}
_PETAFLOP_DAY = 86400e15
_OF_CLAIM = {
    "swapped-digits": "claim-swapped-digits",
    "dropped-digit": "claim-extra-digit",
    "lost-digit": "claim-lost-digit",
}
_LEAST_DIGITS = 3


def changed_claim(subject: Subject, claim: Claim) -> Iterator[Edit]:
    """Every way in which the claim may say another number than its writer had."""
    yield from _units(subject, claim)
    node = claim.written.node
    if isinstance(node, Quantity) and not node.number.is_range:
        yield from _digits(subject, claim, node)


def _digits(subject: Subject, claim: Claim, node: Quantity) -> Iterator[Edit]:
    span, text = node.number.span, node.number.span.of(subject.text)
    found = digits_in(text, span.start)
    if found is None or node.number.is_power_of_ten:
        return
    start, digits = found
    value, plain = nearest_float(claim.value), number_of(digits)
    few = sum(character.isdigit() for character in _printed(digits)) < _LEAST_DIGITS
    lost = () if few else lost_digits(digits)  # nearly any number has two digits with one more between them
    for name, new in (*changed_digits(digits), *lost, *_one_wrong(digits)):
        if name == "doubled-digit" or (few and name == "dropped-digit"):
            continue  # a claim that lost one of two equal digits is among those that lost any
        claimed = value * number_of(new) / plain
        whole = text.replace(digits, new, 1)
        yield edit(
            _OF_CLAIM.get(name, name),
            1.0,
            span=(start, start + len(digits)),
            replacement=new,
            claimed=claimed,
            new=whole,
            written=text,
        )


def _printed(digits: str) -> str:
    """The digits without the zeros that end a whole number, which are none."""
    return digits if "." in digits else digits.rstrip("0,_")


def _one_wrong(digits: str) -> Iterator[tuple[str, str]]:
    """The numbers that differ in one digit, not the last: that one may have been rounded."""
    places = [n for n, character in enumerate(_printed(digits)) if character.isdigit()]
    for place in places[:-1] if len(places) >= _LEAST_DIGITS else ():
        for digit in "0123456789":
            if digit != digits[place] and (digit != "0" or place > 0):
                yield "claim-one-digit", digits[:place] + digit + digits[place + 1 :]


def _units(subject: Subject, claim: Claim) -> Iterator[Edit]:
    times = [t for t in claim.unit if t.name in TIME_NAMES and abs(t.exponent) == 1]
    for term in times:
        for other, seconds in _SECONDS.items():
            if other != term.name and term.name in _SECONDS:
                # A number of hours that is called one of days is as many times smaller as a day is longer.
                factor = (_SECONDS[term.name] / seconds) ** int(term.exponent)
                yield edit("claim-in-another-unit", factor, new=f"{other}s", written=f"{term.name}s")
    if subject.reading.dimension == (("FLOP", 1),) and not times:
        prefix = next((t.prefix for t in claim.unit if t.name == "FLOP"), "")
        unit = {"peta": 1e15, "exa": 1e18, "tera": 1e12}.get(prefix, 1.0)
        yield edit("petaflop-days", unit / _PETAFLOP_DAY, new="PF-days", written="FLOP")
    if dict(subject.reading.dimension).get("FLOP") == 1 and times:
        yield edit("petaflop-days", _PETAFLOP_DAY, new="FLOP", written="PF-days")
