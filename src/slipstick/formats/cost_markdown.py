"""Cost -> Markdown, to be pasted into a thread: a table of bills for each kind of hardware, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slipstick.catalogue.prices import Price
from slipstick.costs.bill import Cost, HardwareCost
from slipstick.costs.wording import (
    across_kinds,
    amortized_words,
    assumed,
    cells,
    columns,
    headline,
    notes,
    of_each,
    spread_from,
)
from slipstick.formats.markdown_text import escaped

_ADDRESS = re.compile(r"https?://[^\s;,()<>]+")


def markdown(made: Cost) -> str:
    """The whole, with a blank line between its parts."""
    lines = [f"**{escaped(headline(made))}**", ""]
    for each in made.hardware:
        lines += [*_hardware(made, each), ""]
    lines += [f"- {escaped(note)}" for note in notes(made)]
    return "\n".join(lines).rstrip() + "\n"


def _hardware(made: Cost, each: HardwareCost) -> Iterator[str]:
    yield f"**{escaped(each.device)}** ({escaped(each.why)}): {escaped(of_each(made, each))}"
    yield ""
    head = columns(made, each)
    yield _row(head)
    yield "|---|" + "---:|" * (len(head) - 1)
    for bill in each.bills:
        yield _row(cells(made, bill))
    yield ""
    across = across_kinds(made, each)
    if across:
        yield f"- {escaped(across)}"
    for assumption in each.assumptions:
        if assumption.source:
            said, source = assumed(assumption)
            yield f"- {escaped(assumption.name)} {escaped(said)}" + (f": {escaped(source)}" if source else "")
    spread = spread_from(each)
    if spread:
        yield f"- spread due to {escaped(spread)}"
    lists = tuple(dict.fromkeys(_listed(price) for bill in each.bills for price in bill.lists))
    if lists:
        yield f"- prices from {'; '.join(lists)}"
    for run in (run for bill in each.bills for run in bill.runs):
        yield f"- {escaped(amortized_words(run))} ({escaped(run.source)})"
    for remark in each.remarks:
        yield f"- {escaped(remark)}"


def _listed(price: Price) -> str:
    """Who listed it and when, as a link where the source is one."""
    seen = f"{price.date:%Y-%m}" + (f" to {price.last_seen:%Y-%m}" if price.last_seen else "")
    words = escaped(f"{price.provider} {seen}")
    address = _ADDRESS.search(price.source)
    return f"[{words}]({address[0]})" if address else f"{words} ({escaped(price.source)})"


def _row(row: tuple[str, ...]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in row)} |"
