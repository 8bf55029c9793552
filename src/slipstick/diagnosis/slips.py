"""The named slips that people make, from `data/slips.csv`: what they change, how likely they are, and who made them.

A row's `factors` are those by which the value changes; where the cell is empty they follow from the text or from the
catalogue. `plausibility` is the share of wrong results, judged, that a slip of this name explains; all rows together
make one, with "something-else" for what no row names. `says` is the slip in words.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from slipstick.data import read_data


class Slip(NamedTuple):
    """One row of the file."""

    name: str
    kind: str
    factors: tuple[Fraction, ...]
    plausibility: float
    says: str
    source: str


@cache
def slips() -> dict[str, Slip]:
    """All slips by name, in the order of the file; the plausibilities are made to add up to 1."""
    rows = list(csv.DictReader(read_data("slips.csv").splitlines(keepends=True)))
    total = sum(float(row["plausibility"]) for row in rows)
    return {row["name"]: _slip(row, total) for row in rows}


def _slip(row: dict[str, str], total: float) -> Slip:
    factors = tuple(Fraction(factor) for factor in row["factors"].split("|") if factor)
    return Slip(row["name"], row["kind"], factors, float(row["plausibility"]) / total, row["says"], row["source"])


class Edit(NamedTuple):
    """A slip as it would have happened in one calculation: one change to what was written.

    `factor` is the value after the edit over the value before it. An edit of the claim leaves the value alone
    (`factor` 1) and has the number that would have been claimed, in base units, in `claimed`. `span` and `replacement`
    say what would be written where; `span` is None where the slip has no place of its own.
    """

    slip: Slip
    factor: float
    words: str
    span: tuple[int, int] | None = None
    replacement: str = ""
    weight: float = 1.0
    """How likely it is beside the other edits of the same slip in the same calculation."""
    claimed: float | None = None
    story: str = ""
    """What edits that tell the same story with other figures have in common: the level that was really meant."""


def edit(
    name: str,
    factor: float,
    *,
    span: tuple[int, int] | None = None,
    replacement: str = "",
    weight: float = 1.0,
    claimed: float | None = None,
    story: str = "",
    **words: str,
) -> Edit:
    """The edit that the slip `name` makes, its words filled in. Raises KeyError where the file has no such slip."""
    slip = slips()[name]
    return Edit(slip, factor, slip.says.format(**words), span, replacement, weight, claimed, story)
