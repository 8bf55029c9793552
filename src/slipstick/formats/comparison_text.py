"""Comparison -> the page for a terminal, drawn with rich, and a table in Markdown.

Text by other hands enters the page only as `rich.text.Text` of printable characters, and Markdown only with what means
something there escaped.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from slipstick.comparison.ledger import Compared, Comparison, as_float
from slipstick.comparison.ledger_words import HEAD, cells, headline, sentences, share_words, shown_rows, totals
from slipstick.formats.markdown_text import escaped
from slipstick.formats.plain import printable, shown
from slipstick.percentages import percentage
from slipstick.report import ReportedClaim

_ANY_HEIGHT = 25
_VERDICTS = {"holds": ("✓ holds", "bold green"), "off": ("✗ off", "bold red"), "unknown": ("? unknown", "bold yellow")}
_MOST_ROWS = 40
_WIDEST_NAME = 20


def page(made: Comparison, width: int = 80, color: bool = False) -> str:
    """The two estimates, their ratio, the ledger, and what is to be said of it."""
    output = io.StringIO()
    console = Console(
        file=output, width=width, height=_ANY_HEIGHT, force_terminal=color, color_system="standard" if color else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for part in _parts(made):
        console.print(part)
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines()) + "\n"


def _parts(made: Comparison) -> Iterator[RenderableType]:
    yield _head(made)
    yield Text()
    yield Text(headline(made), style="bold")
    yield Text()
    yield _ledger(made)
    if made.terms:
        yield Text()
        yield _terms(made)
    yield Text()
    for sentence in sentences(made):
        yield Text(printable(sentence))


def _head(made: Comparison) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, each in (("A", made.a), ("B", made.b)):
        line = Text(printable(_place(each)), style="dim")
        line.append("  " if line.plain else "").append(_quantity(each), "bold")
        if each.interval is not None:
            interval = each.interval
            ends = f"{shown(interval.low)} to {shown(interval.high)}"
            line.append(f" ({percentage(interval.level)} % interval {ends})")
        if each.claim is not None:
            words, style = _VERDICTS[each.claim.verdict]
            line.append(f"; claimed {_claimed(each.claim)} ").append(words, style)
        if each.findings:
            line.append(f"; the audit finds {printable(', '.join(each.findings))}", "yellow")
        table.add_row(name, line)
    return table


def _place(each: Compared) -> str:
    if each.place is None or each.source in ("", "<text>"):
        return ""
    return f"{each.source}:{each.place.line}"


def _quantity(each: Compared) -> str:
    return printable(f"{shown(as_float(each.value), 4)} {each.unit}".removesuffix(" 1"))


def _claimed(claim: ReportedClaim) -> str:
    return printable(f"{shown(claim.written.value, 4)} {claim.written.unit}".strip())


def _ledger(made: Comparison) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    longest = max((len(row.factor) for row in made.rows), default=0)
    for name in HEAD:
        whole = name in ("B/A", "share") or (name == "factor" and longest <= _WIDEST_NAME)
        table.add_column(name, overflow="fold", justify="right" if name == "share" else "left", no_wrap=whole)
    for row in shown_rows(made)[:_MOST_ROWS]:
        same = "dim" if row.ratio == 1 else ""
        table.add_row(*(Text(printable(cell), style=same) for cell in cells(row)))
    left_out = len(made.rows) - _MOST_ROWS
    if left_out > 0:
        table.add_row(Text(f"… {left_out} more", style="dim"))
    for total in totals(made):
        table.add_row(*(Text(printable(cell), style="bold") for cell in total))
    return table


def _terms(made: Comparison) -> Table:
    """The terms of two sums, whose differences add up."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in ("term", "A", "B", "B-A", "share of the sum's difference"):
        table.add_column(name, overflow="fold")
    for term in made.terms[:_MOST_ROWS]:
        values = [None if value is None else as_float(value) for value in (term.a, term.b)]
        apart = as_float((term.b or Fraction(0)) - (term.a or Fraction(0)))
        figures = ["-" if value is None else shown(value, 4) for value in values]
        table.add_row(*map(Text, (printable(term.name), *figures, shown(apart, 4), share_words(term.share))))
    return table


def markdown(made: Comparison) -> str:
    """The ledger as a Markdown table with what is to be said of it, to be pasted into a thread."""
    head = [
        f"**{name}:** {escaped(_quantity(each))}"
        + (f" (claimed {escaped(_claimed(each.claim))}, {each.claim.verdict})" if each.claim else "")
        for name, each in (("A", made.a), ("B", made.b))
    ]
    lines = [*(f"- {line}" for line in head), "", f"**{headline(made)}.**", ""]
    lines += [_line(HEAD), "|---|---|---|---|---:|"]
    lines += [_line([escaped(cell) for cell in cells(row)]) for row in shown_rows(made)]
    lines += [_line([f"**{escaped(cell)}**" if cell else "" for cell in row]) for row in totals(made)]
    lines += ["", *(f"- {escaped(sentence)}" for sentence in sentences(made))]
    return "\n".join(lines) + "\n"


def _line(row: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(row) + " |"
