"""Whether the diagnosis names what was planted: the first explanation, by its factor and its words."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

LEAST_FIRST = 0.80
_SAME = 1e-6
_DIGITS = {"swapped-digits", "claim-swapped-digits", "dropped-digit", "doubled-digit", "claim-one-digit"}
_TENS = {"power-of-ten", "power-of-ten-of-a-term", "two-powers-of-ten", "thousand", "million", "more-powers-of-ten"}
_CONVERSIONS = {"conversion-left-out", "time-left-out", "time-once-more", "claim-in-another-unit"}
_LEVELS = {"packaging", "peak-of-another-level", "price-per-device"}
NAMES: dict[str, set[str]] = {
    "exponent": _TENS,
    "zero": {*_TENS, "misspelt-conversion"},
    "decimal point": {*_TENS, "misspelt-conversion"},
    "swapped digits": {*_DIGITS, *_TENS, "misspelt-conversion"},
    "percent sign": {"percent-as-number", "number-as-percent", *_TENS},
    "scale word": {"scale-word", *_TENS},
    "unit prefix": {"unit-prefix", *_TENS},
    "dropped conversion": _CONVERSIONS,
    "sparse for dense": {"sparse-peak", "peak-of-another-format"},
    "level of devices": _LEVELS,
    "peak of another level": _LEVELS,
    "multiply-adds counted once": {"multiply-adds"},
    "forward pass only": {"backward-pass"},
    "utilization left out": {"utilization-not-written", "utilization-odd-not-written"},
    "utilization twice": {"utilization-twice", "factor-left-out", "utilization-left-out", "factor-twice"},
    "price per device": _LEVELS,
}
"""The names of the edits (`data/slips.csv`) that say what was planted, for each kind."""


class Cause(NamedTuple):
    """One explanation as read: its factor, and the names of its edit and of all that lead to the same value.

    An edit of the claim leaves the value: its factor is `None`, and the names are all that can be compared.
    """

    factor: float | None
    names: frozenset[str]


def causes_of(diagnosis: list[dict[str, Any]]) -> tuple[Cause, ...]:
    """The explanations of one calculation, from the report's JSON."""
    found = []
    for each in diagnosis:
        factor = 1.0
        for edit in each["edits"]:
            factor *= edit["factor"]
        names = {edit["name"] for edit in each["edits"]} | {edit["name"] for edit in each["equally_fitting"]}
        found.append(Cause(None if factor == 1.0 else factor, frozenset(names)))
    return tuple(found)


def right_causes(kind: str, factor: float | None, causes: tuple[Cause, ...]) -> tuple[bool, bool, bool]:
    """(first, named, listed): whether the first explanation has the planted factor; whether it, or an equal, has the
    planted name as well; whether any explanation has both. A slip in the claim's digits is told by its name.
    """
    names = NAMES.get(kind, set())

    def fits(cause: Cause) -> bool:
        if cause.factor is None:
            return bool(cause.names & names & _DIGITS)
        return factor is not None and abs(cause.factor / factor - 1) < _SAME

    first = bool(causes) and fits(causes[0])
    return first, first and bool(causes[0].names & names), any(fits(c) and c.names & names for c in causes)


def cause_row(kind: str, counted: Counter[str]) -> str:
    """A line of the table of causes."""
    total = counted["diagnosable"]
    shares = "".join(f"{counted[name] / total:9.1%}" if total else f"{'':9}" for name in ("first", "named", "listed"))
    return f"{kind:28}{total:9}{shares}"
