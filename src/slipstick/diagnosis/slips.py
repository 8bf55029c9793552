"""The named slips that people make, from `data/slips.csv`: what they change, how likely they are, and who made them.

A row's `factors` are those by which the value changes; where the cell is empty they follow from the text or from the
catalogue. `plausibility` is the share of wrong results, judged, that a slip of this name explains; all rows together
make one, with "something-else" for what no row names. `says` is the slip in words.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from slipstick.data import read_data
from slipstick.deferred import Deferred


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


Words = str | Deferred[str]
"""Words that are there, or are made when an edit is told."""


class Edit(NamedTuple):
    """A slip as it would have happened in one calculation: one change to what was written.

    `factor` is the value after the edit over the value before it. An edit of the claim leaves the value alone
    (`factor` 1) and has the number that would have been claimed, in base units, in `claimed`. `span` and `replacement`
    say what would be written where; `span` is None where the slip has no place of its own. Hundreds of edits are tried
    for one that is told, and only of that one are the words made.
    """

    slip: Slip
    factor: float
    blanks: Mapping[str, Words]
    """What the words of the slip are filled in with."""
    span: tuple[int, int] | None = None
    put: Words = ""
    weight: float = 1.0
    """How likely it is beside the other edits of the same slip in the same calculation."""
    claimed: float | None = None
    story: str = ""
    """What edits that tell the same story with other figures have in common: the level that was really meant."""

    @property
    def words(self) -> str:
        """The change in words."""
        return self.slip.says.format(**self.blanks)

    @property
    def replacement(self) -> str:
        """What would stand at `span`; "" where nothing is put there."""
        return str(self.put)


def edit(
    name: str,
    factor: float,
    *,
    span: tuple[int, int] | None = None,
    replacement: Words = "",
    weight: float = 1.0,
    claimed: float | None = None,
    story: str = "",
    **blanks: Words,
) -> Edit:
    """The edit that the slip `name` makes; `blanks` fill in its words. Raises KeyError where no slip has the name."""
    return Edit(slips()[name], factor, blanks, span, replacement, weight, claimed, story)
