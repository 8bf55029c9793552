"""The ledger of a comparison: what two estimates differ by, factor by factor; plain values only.

Every ratio is B over A. The ratios of the rows multiply to the ratio of the two values exactly, and so their logarithms
add up to its logarithm (`specs/comparison.md`).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

from slipstick.report import Interval, ReportedClaim
from slipstick.source import Place, Span

SCHEMA = "slipstick-comparison/1"

_NEAR = Fraction(1, 2)

KINDS = ("aligned", "packaging", "only in A", "only in B", "sum", "whole")
"""What a row may be: a factor of both, how many parts one device has of another, a factor of one alone, a sum that is
not taken apart, or the whole where one of them has no factors.
"""


class Side(NamedTuple):
    """One factor in one of the estimates: `text` as written, `read_as`, and `value` in base units of `unit`.

    Several factors that stand as one row are one side; `span` is then that of the first of them.
    """

    name: str
    text: str
    read_as: str
    value: Fraction
    unit: str
    span: Span | None = None


class LedgerRow(NamedTuple):
    """One factor of the ratio. `a` or `b` is None where only the other has it.

    `share` is the part of the logarithm of the whole ratio, None where that is 0 or the row is loose; `spread_share`
    the part of the variance of the log of the ratio. `unit` is that of the ratio: 1, except for a factor of one alone
    that has a unit; then the ratio is in base units. `is_loose` says that the row counts only together with the others
    of its kind (`Comparison.unaligned`). `source` is that of the packaging.
    """

    factor: str
    kind: str
    a: Side | None
    b: Side | None
    ratio: Fraction
    share: float | None = None
    spread_share: float | None = None
    note: str = ""
    source: str = ""
    unit: str = "1"
    is_loose: bool = False

    @property
    def log(self) -> float | None:
        """The natural logarithm of the ratio; None where it is not positive."""
        return log_of(self.ratio)


class Unaligned(NamedTuple):
    """The factors of one alone whose numbers depend on the unit, taken together."""

    ratio: Fraction
    share: float | None
    names: tuple[str, ...]


class Compared(NamedTuple):
    """One of the two estimates: where it stands, its formula, its value in base units, and what was claimed for it.

    `findings` are the names of the errors and warnings that the audit has for it.
    """

    source: str
    place: Place | None
    text: str
    expression: str
    value: Fraction
    unit: str
    interval: Interval | None = None
    claim: ReportedClaim | None = None
    findings: tuple[str, ...] = ()


class Overlap(NamedTuple):
    """The central interval of B over A, whether it includes 1, and the chance of a ratio at least as far from 1."""

    low: float
    median: float
    high: float
    level: float
    probability: float
    agree: bool
    words: str


class Term(NamedTuple):
    """A term of two sums: its values in base units, None where only the other has it, and its part of B - A."""

    name: str
    a: Fraction | None
    b: Fraction | None
    share: float | None


class WaterfallStep(NamedTuple):
    """The value after a row, on the way from A to B; the first step is A itself."""

    name: str
    ratio: Fraction
    value: Fraction


class Comparison(NamedTuple):
    """Two estimates of one thing, factor by factor. `terms` are those of two sums; `notes` full sentences."""

    a: Compared
    b: Compared
    ratio: Fraction
    rows: tuple[LedgerRow, ...]
    unaligned: Unaligned | None = None
    overlap: Overlap | None = None
    why_no_overlap: str = ""
    terms: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def log(self) -> float | None:
        """The natural logarithm of the ratio; None where it is not positive."""
        return log_of(self.ratio)

    @property
    def claimed_ratio(self) -> float | None:
        """The claim of B over that of A; None where one claims nothing, or something in another unit."""
        one, other = self.a.claim, self.b.claim
        if one is None or other is None or one.unit != other.unit or not one.value:
            return None
        return _finite(other.value / one.value)

    def waterfall(self) -> tuple[WaterfallStep, ...]:
        """The values from A to B in the ledger's order, each exact: A, then A times the first ratio, and so on to B."""
        value = self.a.value
        steps = [WaterfallStep("A", Fraction(1), value)]
        for row in self.rows:
            value *= row.ratio
            steps.append(WaterfallStep(row.factor, row.ratio, value))
        return tuple(steps)

    def __str__(self) -> str:
        """The ledger as plain text."""
        from slipstick.comparison.ledger_words import plain

        return plain(self)


def log_of(ratio: Fraction) -> float | None:
    """The natural logarithm of a ratio of any size; None where it is not positive."""
    if ratio <= 0:
        return None
    near_one = ratio - 1
    if abs(near_one) < _NEAR:  # the difference of two logarithms would lose its digits
        return math.log1p(near_one.numerator / near_one.denominator)
    return math.log(ratio.numerator) - math.log(ratio.denominator)


def as_float(value: Fraction) -> float | None:
    """The nearest float, or None where there is none (beyond 1e308, or so small that it would be 0)."""
    try:
        near = value.numerator / value.denominator
    except OverflowError:
        return None
    return near if near or not value else None


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
