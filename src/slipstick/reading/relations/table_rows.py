"""Rows of a table whose columns multiply to another one: "GPUs | days | FLOP/s | utilization | FLOP".

table = header {line-break row}, cells parted by "|" or tabs, as many in every line
header = names, each with the unit of its column: "GPUs", "peak (FLOP/s)", "training time [days]", "MFU (%)"

A row is a calculation where every other column with a unit is a factor by the units of the header, and the numbers of
most rows say so as well, or of half of them where the others miss by little: a table states no equality by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from slipstick.reading.expressions.tree import Product
from slipstick.reading.lexing.tokens import LOOK_AHEAD, Token, tokenize
from slipstick.reading.quantities.arithmetic import magnitude
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase, unit_phrase
from slipstick.reading.relations.claims import WrittenCalculation, WrittenClaim
from slipstick.reading.relations.found import Document, UnreadPlace
from slipstick.source import Span
from slipstick.units import Dimension, UnitTerm, dimension, dimension_of, is_device, size

_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 40
_SAMPLE = 20
"""How many lines, the header among them, say which column is the result."""
_MOST_OFF = Fraction(1, 3)
"""What part of the rows may differ where the columns are factors."""
_LITTLE = Fraction(1, 20)
_PER = frozenset(("per", "/", "a", "each"))
_DATES = frozenset(("year", "month", "day", "date", "quarter", "week"))
"""Names of columns that say when, not how long."""
_NOT_SO = "the units of its columns multiply to that of one, and the numbers of most rows do not"


class _Column(NamedTuple):
    """What the header says of a column: its unit, and whether its numbers are percent."""

    unit: UnitPhrase
    percent: bool


_Cells = list[Span]
_Row = dict[int, Quantity]
_Plan = list[tuple[tuple[int, ...], int]]
"""The columns that multiply to another one, and that one, for each that is a product."""


def read_tables(text: str, found: Document) -> None:
    """Add the rows of the tables of a text that are calculations to a document."""
    for lines in _tables(text):
        columns = {n: column for n, cell in enumerate(lines[0]) if (column := _column(text, cell)) is not None}
        if len(columns) < _FEWEST_COLUMNS:
            continue
        some = _rows(text, lines[1:_SAMPLE], columns)
        plans = _plans(some[0]) if some else []
        if not plans:
            continue
        rows = _rows(text, lines[1:], {n: columns[n] for n in some[0]})
        made = next(filter(None, (_calculations(rows, plan) for plan in plans)), None)
        if made is None:
            found.unread.append(UnreadPlace(lines[0][0].to(lines[0][-1]), _NOT_SO))
            continue
        found.calculations += made
        _count_numbers(text, lines[1:], found)


def _plans(row: _Row) -> list[_Plan]:
    """Which columns may multiply to which: all others to one, or each result goes on from the one before.

    "GPUs | hours | GPU-hours | $/GPU-hour | cost ($)".
    """
    whole = next((n for n in reversed(row) if _is_made(row, n)), None)
    plans: list[_Plan] = [[(tuple([n for n in row if n != whole]), whole)]] if whole is not None else []
    steps: _Plan = []
    factors: list[int] = []
    for n in row:
        if len(factors) > 1 and _is_made({k: row[k] for k in (*factors, n)}, n):
            steps.append((tuple(factors), n))
            factors = []
        factors.append(n)
    return [*plans, steps] if len(factors) == 1 and len(steps) > 1 else plans


def _calculations(rows: Sequence[_Row], plan: _Plan) -> list[WrittenCalculation]:
    """Those of all rows, in order; none where the numbers of most are not as the plan says."""
    parts = [([{n: row[n] for n in (*factors, result)} for row in rows], result) for factors, result in plan]
    if not all(_are_products(part, result) for part, result in parts):
        return []
    made = [[_calculation(row, result) for row in part] for part, result in parts]
    return [each for row in zip(*made, strict=True) for each in row]


def _are_products(rows: Sequence[_Row], result: int) -> bool:
    """Whether the numbers of most rows are as the units say, or of half of them and the others miss by little."""
    off = [row for row in rows if not _agrees(row, result)]
    slips = 2 * len(off) <= len(rows) and all(_is_near(row, result) for row in off)
    return len(off) <= _MOST_OFF * len(rows) or slips


def _tables(text: str) -> Iterator[list[_Cells]]:
    """The lines of each table, as cells, the header first."""
    lines: list[_Cells] = []
    at = 0
    for line in text.split("\n"):
        lines.append(_cells(line, at))
        at += len(line) + 1
    for count, group in groupby(lines, key=len):
        if _FEWEST_COLUMNS <= count <= _MOST_COLUMNS and len(table := list(group)) > 1:
            yield table


def _rows(text: str, lines: Sequence[_Cells], columns: dict[int, _Column]) -> list[_Row]:
    """The numbers of each row by column, in the columns that hold any; rows without one of them are left out."""
    rows = [{n: q for n in columns if (q := _quantity(text, cells[n], columns[n])) is not None} for cells in lines]
    filled = {n for row in rows for n in row}
    return [row for row in rows if len(row) == len(filled)] if len(filled) >= _FEWEST_COLUMNS else []


def _cells(line: str, start: int) -> _Cells:
    sign = "|" if "|" in line else "\t"
    if sign not in line:
        return []
    parts = line.split(sign)
    places: _Cells = []
    for n, part in enumerate(parts):
        kept = part.strip()
        begin = start + len(part) - len(part.lstrip())
        if kept or 0 < n < len(parts) - 1:
            places.append(Span(begin, begin + len(kept)) if kept else Span(start, start))
        start += len(part) + 1
    return places


def _column(text: str, cell: Span) -> _Column | None:
    """The unit that a header gives its column: in brackets, or at its end."""
    tokens = tokenize(text, *cell)
    stop = len(tokens) - LOOK_AHEAD
    stop -= tokens[stop - 1].kind == "stop"
    opened = next((i for i in range(stop) if tokens[i].kind == "open"), stop)
    inside = tokens[opened + 1].kind == "percent" and opened < stop
    ends = stop - 1 if opened < stop and tokens[stop - 1].kind == "close" else opened
    percent = inside or tokens[opened - 1].kind == "percent"
    first = opened + 1 if opened < stop and not inside else 0
    unit = _unit_at_end(tokens, first, ends if first else opened - (percent and not inside))
    if tokens[opened + 1].text == "$" and ends == opened + 2:
        unit = UnitPhrase(cell, (UnitTerm("USD"),))
    if unit is None or cell.of(text).lower() in _DATES or (not unit.count and unit.role != "utilization"):
        return None
    return _Column(unit, percent)


def _unit_at_end(tokens: Sequence[Token], first: int, stop: int) -> UnitPhrase | None:
    """The known unit phrase that goes on to the end of a header; none of what its number is per."""
    for i in range(first, stop):
        phrase = unit_phrase(tokens, i)
        if phrase is not None and phrase[0].known and phrase[1] >= stop:
            return phrase[0] if i == first or tokens[i - 1].lower not in _PER else None
    return None


def _quantity(text: str, cell: Span, column: _Column) -> Quantity | None:
    """The number of a cell with the unit of its column, or its own like it; None where more stands in it."""
    tokens = tokenize(text, *cell)
    stop = len(tokens) - LOOK_AHEAD
    first = int(tokens[0].text in ("~", "≈"))
    number = read_number(tokens, first)
    if number is None or (number[0].percent and column.unit.role != "utilization"):
        return None
    made, end = number
    unit = column.unit._replace(span=made.span) if end == stop else _own_unit(tokens, end, stop, column)
    if unit is None:
        return None
    if column.percent and not made.percent:
        made = made._replace(value=made.value / 100, last_digit=made.last_digit / 100, percent=True)
    return Quantity(Span(made.span.start, unit.span.end), made._replace(currency=None), unit)


def _own_unit(tokens: Sequence[Token], first: int, stop: int, column: _Column) -> UnitPhrase | None:
    """The unit in a cell, of the column's kind: "8 V100" under "GPUs", "3 weeks" under "days"."""
    phrase = unit_phrase(tokens, first)
    if phrase is None or phrase[1] != stop or not phrase[0].known:
        return None
    unit, named = (dimension_of(each.count) for each in (phrase[0], column.unit))
    alike = unit == named or all(len(each) == 1 and each[0][1] == 1 and is_device(each[0][0]) for each in (unit, named))
    return phrase[0] if alike else None


def _dimension(quantities: Sequence[Quantity], result: Quantity) -> Dimension:
    """What is left of the factors over the result."""
    factors = [pair for q in quantities for pair in dimension_of(q.meaning(True))]
    return dimension([*factors, *((name, -exponent) for name, exponent in dimension_of(result.meaning(False)))])


def _is_made(row: _Row, result: int) -> bool:
    """Whether all other columns multiply to this one by their units; a rate or price may be per device unsaid."""
    factors = [q for n, q in row.items() if n != result]
    if row[result].role or not all(q.role == "utilization" or q.meaning(True) for q in factors):
        return False
    return all(is_device(name) and exponent == 1 for name, exponent in _dimension(factors, row[result]))


def _made(row: _Row, result: int) -> Fraction:
    """What the other numbers of a row multiply to, in the unit of its result."""
    value = Fraction(1)
    for q in (q for n, q in row.items() if n != result):
        value *= q.value * size(q.meaning(True))
    return value / size(row[result].meaning(False))


def _agrees(row: _Row, result: int) -> bool:
    """Whether the numbers of a row are as its units say, up to a unit of the last digit."""
    return abs(_made(row, result) - row[result].value) <= row[result].number.last_digit


def _is_near(row: _Row, result: int) -> bool:
    """Whether the result of a row misses by little, or by a power of ten: a slip, and no other meaning of a column."""
    made, claim = _made(row, result), row[result]
    if not made or not claim.value:
        return False
    ratio = made / claim.value
    scale = Fraction(10) ** round(magnitude(ratio)) if ratio > 0 else Fraction(1)
    return abs(ratio - 1) <= _LITTLE or abs(made - claim.value * scale) <= claim.number.last_digit * scale


def _calculation(row: _Row, result: int) -> WrittenCalculation:
    factors = [q for n, q in row.items() if n != result]
    product = Product(factors[0].span.to(factors[-1].span), tuple([("*", q) for q in factors]))
    claim = WrittenClaim(row[result], "|", by_word=True)
    start, end = min(product.span.start, claim.span.start), max(product.span.end, claim.span.end)
    return WrittenCalculation(Span(start, end), "product", product, (claim,))


def _count_numbers(text: str, rows: Sequence[_Cells], found: Document) -> None:
    """Count the numbers of the rows among those that were read; most stand where no arithmetic was looked for."""
    places = {t.start for cells in rows for t in tokenize(text, cells[0].start, cells[-1].end) if t.kind == "number"}
    new = places.difference(found.numbers)
    found.numbers = sorted([*found.numbers, *new])
    found.numbers_elsewhere = max(0, found.numbers_elsewhere - len(new))
