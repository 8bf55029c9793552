"""Lists of prices as a table: one row a list, with the date, what was sold where, and the price of one device."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from rich.table import Table

from slipstick.catalogue.prices import KINDS, Price
from slipstick.formats.hardware_tables import Sources, grid, noted


def price_table(prices: Sequence[Price], sources: Sources) -> Table | None:
    """One row a list, date and thing sold, with the price of one chip and what was listed, where that is of more."""
    table = grid("seen", "where, what, and the price of one", "source")
    table.columns[0].no_wrap = True
    for _, group in groupby(sorted(prices, key=_line), key=_line):
        every = list(group)
        one = every[0]
        seen = f"{one.date}" + (f"\nto {one.last_seen}" if one.last_seen else "")
        sold = ", ".join(filter(None, (one.provider, one.region, one.variant, one.listed_as)))
        notes = "; ".join(dict.fromkeys(price.note for price in every if price.note))
        priced = ", ".join(f"{price.kind} {_usd(price.usd_per_hour)}" for price in sorted(every, key=_kind))
        said = noted(f"{sold}: ", "").append(priced, "bold")
        if one.chips > 1:
            said.append(f" (listed for {one.chips}: {', '.join(_usd(p.listed_usd_per_hour) for p in every)})")
        table.add_row(seen, said.append(f"; {notes}" if notes else "", "dim"), sources.mark(one.source, one.confidence))
    return table if prices else None


def _kind(price: Price) -> int:
    return KINDS.index(price.kind)


def _line(price: Price) -> tuple[str, ...]:
    """What prices of one line have in common."""
    return (
        str(price.date),
        price.provider,
        price.region,
        price.variant,
        price.listed_as,
        str(price.chips),
        str(price.last_seen),
        price.source,
    )


def _usd(dollars: Fraction) -> str:
    return f"{float(dollars):.2f}"
