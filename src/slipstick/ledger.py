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

KINDS = ("aligned", "packaging", "only in A", "only in B", "sum", "whole")
"""What a row may be: a factor of both, how many parts one device has of another, a factor of one alone, a sum that is
not taken apart, or the whole where one of them has no factors.
"""

HEAD = ("factor", "A", "B", "B/A", "share")
"""The columns of the ledger; the shares are those of the logarithm, and so may be negative or beyond 100 %."""

_SHARES = "Shares are those of the logarithm of B/A and add up to 100 %; one below 0 makes B smaller."
_OTHERWISE = _SHARES.replace("smaller", "larger")

_MOST_NAMED = 3
_SMALL = 1000
"""Up to this numerator and denominator a ratio is shown as a fraction."""


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
        rows = [HEAD, *map(cells, self.rows), *totals(self)]
        widths = [max(len(row[n]) for row in rows) for n in range(len(HEAD))]
        lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join([headline(self), "", *lines, "", *sentences(self)]).rstrip()


def cells(row: LedgerRow) -> tuple[str, str, str, str, str]:
    """A row in words: factor, A, B, ratio, share; "-" where the other has it alone, or the number has a unit."""
    a, b = (side.text if side else "-" for side in (row.a, row.b))
    ratio = "-" if row.is_loose else ratio_words(row.ratio)
    return row.factor, a, b, ratio, share_words(row.share)


def totals(made: Comparison) -> list[tuple[str, str, str, str, str]]:
    """The last rows in words: the unaligned factors together, and the whole."""
    rows = []
    if made.unaligned is not None:
        loose = made.unaligned
        rows.append(("unaligned together", "", "", ratio_words(loose.ratio), share_words(loose.share)))
    a, b = (f"{number(each.value)} {each.unit}".removesuffix(" 1") for each in made[:2])
    rows.append(("whole", a, b, number(made.ratio), share_words(1.0 if made.log else None)))
    return rows


def spread_words(made: Comparison) -> str:
    """What the spread of the ratio is due to: "The spread of the ratio is due to utilization (100 %)."."""
    ranked = sorted((row for row in made.rows if row.spread_share), key=lambda row: -(row.spread_share or 0))
    named = [f"{row.factor} ({share_words(row.spread_share)})" for row in ranked[:_MOST_NAMED]]
    more = len(ranked) - _MOST_NAMED
    if not named:
        return ""
    return f"The spread of the ratio is due to {', '.join(named)}{f' and {more} more' if more > 0 else ''}."


def headline(made: Comparison) -> str:
    """The ratio in words."""
    if made.ratio == 1:
        return "B is as large as A"
    return f"B is {number(made.ratio)} times A"


def sentences(made: Comparison) -> list[str]:
    """What is to be read below the table: the claims' ratio, the spread, the notes; each once."""
    claimed, overlap = made.claimed_ratio, made.overlap
    found = []
    if any(row.share is not None and row.share < 0 for row in made.rows):
        found.append(_SHARES if made.ratio > 1 else _OTHERWISE)
    if claimed is not None and any(each.claim and each.claim.verdict != "holds" for each in made[:2]):
        found.append(f"By the claims B would be {claimed:.4g} times A.")
    if overlap is not None:
        chance = f"; were they of one thing, {_percent(overlap.probability)} of such pairs would be as far apart"
        found.append(f"{overlap.words[0].upper()}{overlap.words[1:]}{chance if overlap.low < overlap.high else ''}.")
    elif made.why_no_overlap:
        found.append(f"Whether they agree is not known: {made.why_no_overlap}.")
    return [s for s in dict.fromkeys([*found, spread_words(made), *made.notes, *(r.note for r in made.rows)]) if s]


def _percent(chance: float) -> str:
    return "less than 0.1 %" if chance < 0.001 else f"{chance * 100:.{0 if chance > 0.1 else 1}f} %"


def log_of(ratio: Fraction) -> float | None:
    """The natural logarithm of a ratio of any size; None where it is not positive."""
    return math.log(ratio.numerator) - math.log(ratio.denominator) if ratio > 0 else None


def as_float(value: Fraction) -> float | None:
    """The nearest float, or None where there is none (beyond 1e308, or so small that it would be 0)."""
    try:
        near = value.numerator / value.denominator
    except OverflowError:
        return None
    return near if near or not value else None


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def number(value: Fraction, digits: int = 4) -> str:
    """A number as the ledger shows it: 12.05, 0.3182, 2.44e24."""
    near = as_float(value)
    if near is None:
        power = math.floor(math.log10(abs(value.numerator)) - math.log10(value.denominator))
        return f"{'-' if value < 0 else ''}1e{power}"
    mantissa, _, exponent = f"{near:.{digits}g}".partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def ratio_words(ratio: Fraction) -> str:
    """A ratio: "50", "7/22 = 0.3182" where the fraction is short, else "2.372"."""
    top, bottom = ratio.as_integer_ratio()
    if bottom == 1 or max(abs(top), bottom) >= _SMALL:
        return number(ratio)
    return f"{top}/{bottom} = {number(ratio)}"


def share_words(share: float | None) -> str:
    """A share in percent: "157 %"; "-" where there is none."""
    return "-" if share is None else f"{share:.0%}".replace("%", " %").replace("-0 %", "0 %")
