"""Results in the cell next to their expression: "| 6 * 7e9 * 2e12 | 8.4e22 |".

The border of a cell states no equality, so that such a number counts as a result only where it is what the expression
gives. Where most rows of a table are like that, its columns are expression and result, and the other rows' numbers are
results as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from slipstick.judging.verdicts import Judged
from slipstick.reading.relations.claims import WrittenCalculation

_BORDER = "|"
_Column = tuple[int, int]
"""Where a table begins, and how many borders stand before the expression in its line."""


def told_by_column(
    text: str, written: Sequence[WrittenCalculation], judge: Callable[[WrittenCalculation], Judged]
) -> list[WrittenCalculation]:
    """The calculations of a text, with results in the next cell made sure where most of their column hold."""
    made = list(written)
    for places in _columns(text, written):
        verdicts = [_verdict(written[n], judge) for n in places]
        if 2 * verdicts.count("holds") > len(places):
            for n, verdict in zip(places, verdicts, strict=True):
                if verdict == "off":
                    made[n] = _sure(written[n])
    return made


def _columns(text: str, written: Sequence[WrittenCalculation]) -> Iterable[list[int]]:
    """Which of the calculations stand in one column with their results in the next."""
    columns: dict[_Column, list[int]] = defaultdict(list)
    tables = _tables(text)
    for n, each in enumerate(written):
        line = text.rfind("\n", 0, each.span.start) + 1
        if line in tables and len(each.claims) == 1 and each.claims[0].relation == _BORDER:
            columns[tables[line], text.count(_BORDER, line, each.span.start)].append(n)
    return columns.values()


def _tables(text: str) -> dict[int, int]:
    """For the start of each line with a border, where the first of the lines around it that have one begins."""
    tables: dict[int, int] = {}
    at, table = 0, -1
    for line in text.split("\n"):
        if _BORDER in line:
            table = at if table < 0 else table
            tables[at] = table
        else:
            table = -1
        at += len(line) + 1
    return tables


def _verdict(written: WrittenCalculation, judge: Callable[[WrittenCalculation], Judged]) -> str:
    """What is judged of its result, "" where it cannot be computed."""
    try:
        claims = judge(written).claims
    except (ArithmeticError, ValueError, RecursionError):
        return ""
    return claims[0].verdict if claims else ""


def _sure(written: WrittenCalculation) -> WrittenCalculation:
    return written._replace(claims=tuple([claim._replace(by_word=False, weak=False) for claim in written.claims]))
