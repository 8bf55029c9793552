"""An estimate as a person reads it: in one line, in plain text, in a notebook.

Figures are rounded to two digits of their standard uncertainty, as in metrology (JCGM 100:2008, 7.2.6); where the ends
of an interval are a factor of ten or more apart, each end has two digits of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick import notation
from slipstick.estimates.inputs import Input, NumberOutOfRange, exact
from slipstick.estimates.other_unit import OtherUnit
from slipstick.estimates.unit_left_out import unit_left_out
from slipstick.formula import written_length
from slipstick.percentages import percentage
from slipstick.reading.quantities import arithmetic
from slipstick.uncertainty.distributions import Normal
from slipstick.units import written

if TYPE_CHECKING:
    from slipstick.estimates.answers import Answer
    from slipstick.estimates.estimate import Estimate
    from slipstick.uncertainty import Spread

_FAR_APART = 10.0
_MOST_LEAVES = 500
"""A formula with more leaves would fill pages, and one that shares its parts might never end."""


class Row(NamedTuple):
    """A line of the budget table: an input with its range, where that is from, and its share of the variance."""

    name: str
    value: str
    interval: str
    source: str
    share: str


class Parts(NamedTuple):
    """The parts of a page: formula, result, remarks on it, the budget table with its head, what was solved for."""

    formula: str
    result: str
    remarks: tuple[str, ...]
    rows: tuple[Row, ...]
    answers: tuple[str, ...]


def substituted(estimate: Estimate) -> str:
    """The formula with each input's exact value and unit; see `Estimate.substituted`."""
    bare = not any(i.unit for i in estimate.leaves)
    return notation.spaced(estimate.formula, lambda i: _measured(i, bare))


def _measured(given: Input, bare: bool) -> str:
    """An input as text; `bare` where no input has a unit, and a bare number stays one."""
    value, behind, low, high = notation.number(given.value), "", given.low, given.high
    if isinstance(given.stated, Normal):
        value = f"{value} ± {notation.number(exact(given.stated.sd))}"
    elif low is not None and high is not None and low > 0:
        value, behind = notation.with_range(given.value, low, high, arithmetic.geometric_mean([low, high]))
    role = given.role if given.role in ("utilization", "repetitions") else "" if bare else "factor"
    return notation.measured(value, given.unit, role) + behind


def in_one_line(estimate: Estimate) -> str:
    """The formula with its result: Estimate(a*b = 6 FLOP)."""
    unit = "" if estimate.unit == "1" else f" {estimate.unit}"
    try:
        _ = estimate.exact_value
    except NumberOutOfRange as error:
        return f"Estimate({formula_text(estimate)}: {error})"
    return f"Estimate({formula_text(estimate)} = {arithmetic.plain_number(estimate.exact_value, 4)}{unit})"


def formula_text(estimate: Estimate) -> str:
    """The formula as plain text; where it would fill pages, how many inputs it has."""
    if _is_short(estimate):
        return estimate.text
    number = len(estimate.inputs)
    return f"a long formula of {number} inputs" if number != 1 else "a long formula of one input"


def _is_short(estimate: Estimate) -> bool:
    return written_length(estimate.formula, _MOST_LEAVES + 1) <= _MOST_LEAVES


def rounded(low: float, high: float, level: float, *figures: float) -> list[str]:
    """Both ends and other figures to two digits of the standard uncertainty that the interval stands for."""
    from slipstick.uncertainty.scores import central_score

    every = (low, high, *figures)
    is_plain = all(map(_is_plain, every))
    if low * high > 0 and max(low / high, high / low) >= _FAR_APART:
        return [_digits(figure, 2, is_plain) for figure in every]
    deviation = (high - low) / (2 * central_score(level))
    if not deviation > 0:
        return [_digits(figure, 6, is_plain) for figure in every]
    place = math.floor(math.log10(deviation)) - 1
    return [_at_place(figure, place, is_plain) for figure in every]


def _is_plain(figure: float) -> bool:
    """Whether a figure is written without an exponent: from 0.001 to a million."""
    return not figure or -3 <= math.floor(math.log10(abs(figure))) < 6


def _digits(figure: float, digits: int, is_plain: bool) -> str:
    return _at_place(figure, math.floor(math.log10(abs(figure))) - digits + 1, is_plain) if figure else "0"


def _at_place(figure: float, place: int, is_plain: bool) -> str:
    """A figure rounded at a decimal place."""
    if figure and not is_plain:
        digits = max(math.floor(math.log10(abs(figure))) - place, 0)
        mantissa, exponent = f"{figure:.{digits}e}".split("e")
        return f"{mantissa}e{int(exponent)}"
    if place < 0:
        return f"{figure:.{-place}f}"
    return f"{round(figure, -place):.0f}"


def result(estimate: Estimate, spread: Spread | None, other: OtherUnit | None = None) -> str:
    """The point as written, then the interval: "2.02e23 FLOP (90 % interval 9.2e22 to 2.76e23, median 1.69e23)".

    Raises NumberOutOfRange for what is beyond 1e300 in the unit that is shown.
    """
    shown_in = other or OtherUnit(estimate.unit)
    unit = "" if shown_in.text == "1" else f" {shown_in.text}"
    point = shown_in.of(estimate.exact_value)
    if spread is None:
        return f"{arithmetic.plain_number(estimate.exact_value * shown_in.factor, 4)}{unit}, exact"
    ends = map(shown_in.of, (spread.low, spread.high))
    low, high, median, value = rounded(*ends, spread.level, shown_in.of(spread.median), point)
    return f"{value}{unit} ({percentage(spread.level)} % interval {low} to {high}, median {median}, {spread.method})"


def budget(estimate: Estimate, spread: Spread | None) -> list[Row]:
    """The inputs, those that matter most first, exact ones last."""
    every = estimate.leaves
    shares = dict(zip(map(id, every), spread.shares, strict=True)) if spread and spread.shares else {}
    rows = []
    for name, given in sorted(estimate.named.items(), key=lambda item: -shares.get(id(item[1]), 0.0)):
        unit = f" {written(given.unit)}" if given.unit else ""
        interval, share = "exact", ""
        if given.low is not None and given.high is not None and given.is_uncertain:
            low, high = rounded(float(given.low), float(given.high), 0.9)
            interval = f"{low} to {high}"
            known = shares.get(id(given), math.nan)
            share = f"{known * 100:.0f} %" if math.isfinite(known) else ""
        rows.append(Row(name, arithmetic.plain_number(given.value, 4) + unit, interval, given.source, share))
    return rows


_HEAD = Row("input", "value", "90 % interval", "from", "share of variance")


def plain(estimate: Estimate) -> str:
    """Formula, result with interval, and the budget table, in plain text."""
    try:
        return page(estimate, estimate.spread())
    except ValueError as error:  # printing an estimate always prints something
        return f"{formula_text(estimate)}\n{error}"


def notes(estimate: Estimate, unit: OtherUnit | None = None) -> list[str]:
    """What is to be said of the result: a unit that was left out, what was taken for the words of the other unit."""
    left_out = unit_left_out(estimate)
    return [*([str(left_out)] if left_out else []), *(unit.notes if unit else ())]


def page(
    estimate: Estimate,
    spread: Spread | None,
    answers: Sequence[Answer] = (),
    unit: OtherUnit | None = None,
    **how: Any,
) -> str:
    """The same with a spread that was computed before, and what was solved for; `how` is as for `Estimate.interval`.

    The result is in base units, or in the other `unit`.
    """
    made = parts(estimate, spread, answers, unit, **how)
    lines = [made.formula, f"= {made.result}", *(f"  {remark}" for remark in made.remarks)]
    if len(made.rows) > 1:
        lines += ["", *_table(made.rows)]
    return "\n".join([*lines, *(line for each in made.answers for line in ("", each))])


def parts(
    estimate: Estimate,
    spread: Spread | None,
    answers: Sequence[Answer] = (),
    unit: OtherUnit | None = None,
    **how: Any,
) -> Parts:
    """What a page says, for any format; the arguments are those of `page`."""
    remarks = [f"note: {note}" for note in notes(estimate, unit)]
    if spread is not None and spread.standard_error is not None and spread.draws is not None:
        remarks.append(f"{spread.draws:,} draws, standard error {spread.standard_error * 100:.2g} % of the figures")
    if spread is not None and spread.first_order is not None and _is_misleading(spread.first_order, spread):
        ends = spread.first_order if unit is None else map(unit.of, spread.first_order)
        low, high = rounded(*ends, spread.level)
        remarks.append(f"first order gives {low} to {high}, which does not serve (JCGM 101, clause 8)")
    rows = (_HEAD, *budget(estimate, spread)) if spread is not None else ()
    told = tuple(_answer(each, how) for each in answers)
    return Parts(formula_text(estimate), result(estimate, spread, unit), tuple(remarks), rows, told)


def _is_misleading(first_order: tuple[float, float], spread: Spread) -> bool:
    """Whether first order reaches what cannot be (another sign) or is off by more than a quarter of the width.

    Most products fail the strict test of JCGM 101, clause 8; a reader needs to know of these.
    """
    low, high = first_order
    impossible = low <= 0 < spread.low or spread.high < 0 <= high
    return impossible or 4 * max(abs(low - spread.low), abs(high - spread.high)) > spread.high - spread.low


def _table(rows: Sequence[Row]) -> list[str]:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]


def _answer(answer: Answer, how: dict[str, Any]) -> str:
    """An input with what it would have to be: "utilization = 0.098 (90 % interval 0.05 to 0.2, scaled)"."""
    unit = f" {written(answer.unknown.unit)}" if answer.unknown.unit else ""
    point = f"{answer.name} = {_digits(answer.magnitude, 4, _is_plain(answer.magnitude))}{unit}"
    if answer.estimate is None:
        return f"{point}, no closed form is known"
    try:
        interval = answer.interval(**how)
    except ValueError as error:
        return f"{point}, no interval: {error}"
    ends = "exact"
    if interval.method != "exact":
        first, middle, last = (float(end.magnitude) for end in interval[:3])
        low, high, median = rounded(first, last, interval.level, middle)
        ends = f"{percentage(interval.level)} % interval {low} to {high}, median {median}, {interval.method}"
    return f"{point} ({ends})\n  = {answer.text}"


def _latex_number(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa


def latex(estimate: Estimate) -> str:
    """Formula and result with its interval, for a notebook."""
    if not _is_short(estimate):
        return rf"$\text{{{formula_text(estimate)}}}$"
    try:
        spread = estimate.spread()
        value = f"{float(estimate.exact_value):.3g}"
    except ValueError:
        return rf"$\displaystyle {estimate.latex}$"
    unit = "" if estimate.unit == "1" else rf"\ \mathrm{{{estimate.unit.replace(' ', '~')}}}"
    if spread is None:
        return rf"$\displaystyle {estimate.latex} = {_latex_number(value)}{unit}$"
    point = float(estimate.exact_value)
    low, high, value = map(_latex_number, rounded(spread.low, spread.high, spread.level, point))
    ends = rf"\quad ({percentage(spread.level)}\,\%:\ {low} \text{{ to }} {high})"
    return rf"$\displaystyle {estimate.latex} = {value}{unit}{ends}$"


def html(estimate: Estimate) -> str:
    """Formula, substituted formula, result with interval, budget table, and a picture where matplotlib is."""
    parts = [f"<div>{escape(latex(estimate), quote=False)}</div>"]
    try:
        spread = estimate.spread()
        shown = result(estimate, spread)
    except ValueError as error:
        return f"{parts[0]}\n<div>{escape(str(error))}</div>"
    if _is_short(estimate):
        parts.append(f"<div><code>{escape(substituted(estimate))}</code></div>")
    parts.append(f"<div>= <b>{escape(shown)}</b></div>")
    head, *rows = [_HEAD, *budget(estimate, spread)]
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    parts.append(f"<table><tr>{cells}</tr>{body}</table>")
    if spread is not None:
        parts.append(_picture(estimate, spread))
    return "\n".join(parts)


def _picture(estimate: Estimate, spread: Spread) -> str:
    """The density as an SVG element; nothing where matplotlib is missing, or there is nothing to draw."""
    from slipstick.plotting import density, svg

    try:
        return svg(density(estimate, spread=spread))
    except (ImportError, ValueError):
        return ""
