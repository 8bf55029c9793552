"""A comparison in words, for a page, Markdown or plain text: figures, rows, and what is to be said of them."""

from __future__ import annotations

import math
from fractions import Fraction

from slipstick.comparison.ledger import Comparison, LedgerRow, as_float

HEAD = ("factor", "A", "B", "B/A", "share")
"""The columns of the ledger; the shares are those of the logarithm, and so may be negative or beyond 100 %."""

Cells = tuple[str, str, str, str, str]

_MOST_NAMED = 3
_SMALL = 1000
"""Up to this numerator and denominator a ratio is shown as a fraction."""

_LARGEST_SHARE = 10
"""Where a share is larger, the two are so close that its part of their difference says nothing."""


def plain(made: Comparison) -> str:
    """All of it as plain text."""
    rows = [HEAD, *map(cells, shown_rows(made)), *totals(made)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEAD))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([headline(made), "", *lines, "", *sentences(made)]).rstrip()


def shown_rows(made: Comparison) -> tuple[LedgerRow, ...]:
    """The rows as they are shown: without shares where those would say nothing."""
    return made.rows if _are_telling(made) else tuple(row._replace(share=None) for row in made.rows)


def _are_telling(made: Comparison) -> bool:
    return all(abs(row.share or 0) <= _LARGEST_SHARE for row in made.rows)


def cells(row: LedgerRow) -> Cells:
    """A row in words: factor, A, B, ratio, share; "-" where the other has it alone, or the number has a unit."""
    a, b = (side.text if side else "-" for side in (row.a, row.b))
    ratio = "-" if row.is_loose else ratio_words(row.ratio)
    return row.factor, a, b, ratio, share_words(row.share)


def totals(made: Comparison) -> list[Cells]:
    """The last rows in words: the unaligned factors together, and the whole."""
    rows = []
    tells = _are_telling(made)
    if made.unaligned is not None:
        loose = made.unaligned
        share = share_words(loose.share if tells else None)
        rows.append(("unaligned together", "", "", ratio_words(loose.ratio), share))
    a, b = (f"{number(each.value)} {each.unit}".removesuffix(" 1") for each in made[:2])
    rows.append(("whole", a, b, number(made.ratio), share_words(1.0 if made.log and tells else None)))
    return rows


def headline(made: Comparison) -> str:
    """The ratio in words."""
    return "B is as large as A" if made.ratio == 1 else f"B is {number(made.ratio)} times A"


def sentences(made: Comparison) -> list[str]:
    """What is to be read below the table: the shares, the claims' ratio, the spread, the notes; each once."""
    found = [*_about_shares(made), *_about_claims(made), *_about_spreads(made)]
    return [s for s in dict.fromkeys([*found, *made.notes, *(row.note for row in made.rows)]) if s]


def _about_shares(made: Comparison) -> list[str]:
    if not _are_telling(made):
        return ["The two are so close that shares of their difference would say nothing."]
    if not any((row.share or 0) < 0 for row in made.rows):
        return []
    other_way = "smaller" if made.ratio > 1 else "larger"
    return [f"Shares are those of the logarithm of B/A and add up to 100 %; one below 0 makes B {other_way}."]


def _about_claims(made: Comparison) -> list[str]:
    claimed = made.claimed_ratio
    if claimed is None or all(each.claim and each.claim.verdict == "holds" for each in made[:2]):
        return []
    return [f"By the claims B would be {number(Fraction(claimed))} times A."]


def _about_spreads(made: Comparison) -> list[str]:
    overlap = made.overlap
    if overlap is None:
        return [f"Whether they agree is not known: {made.why_no_overlap}."] if made.why_no_overlap else []
    chance = f"; were they of one thing, {_percent(overlap.probability)} of such pairs would be as far apart"
    words = f"{overlap.words[0].upper()}{overlap.words[1:]}{chance if overlap.low < overlap.high else ''}."
    ranked = sorted((row for row in made.rows if row.spread_share), key=lambda row: -(row.spread_share or 0))
    named = [f"{row.factor} ({share_words(row.spread_share)})" for row in ranked[:_MOST_NAMED]]
    more = f" and {len(ranked) - _MOST_NAMED} more" if len(ranked) > _MOST_NAMED else ""
    return [words, f"The spread of the ratio is due to {', '.join(named)}{more}."] if named else [words]


def _percent(chance: float) -> str:
    return "less than 0.1 %" if chance < 0.001 else f"{chance * 100:.{0 if chance > 0.1 else 1}f} %"


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
