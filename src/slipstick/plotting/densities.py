"""The density of an estimate with its interval, and what else is said of it: a claim, rival figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick.estimates.combining import estimate_from
from slipstick.estimates.error_bars import draws_of
from slipstick.estimates.evaluation import UnitsError
from slipstick.estimates.inputs import float_of
from slipstick.estimates.showing import formula_text, rounded
from slipstick.percentages import percentage
from slipstick.plotting import style
from slipstick.plotting.curves import Curve, curve_of
from slipstick.plotting.flags import Flag, Raised, raised_flags
from slipstick.plotting.lettering import (
    clean,
    figure_words,
    fitted,
    formula_words,
    power_of_ten,
    quantity_label,
    typeset,
    unit_words,
    width,
)
from slipstick.plotting.ticks import LEAST, MOST, set_x, set_y
from slipstick.units import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from slipstick.estimates.estimate import Estimate
    from slipstick.uncertainty import Spread

_DRAWS = 2**20
_HEIGHT = 2.5
_ROW = 0.2
_MOST_MARKS = 8
_FARTHEST = 4.0
"""A mark this many times the width of the curve away from it stands at the edge, with an arrow."""
_DASHES: tuple[Any, ...] = ((0, (5, 2)), (0, (1.5, 1.5)), (0, (5, 2, 1.5, 2)))


class Mark(NamedTuple):
    """A value of which something is said, in base units, and how its line looks.

    Of those that are printed alike the one of the highest rank gives its looks.
    """

    words: str
    value: float
    color: str
    dashes: Any = "-"
    rank: int = 1


def density(
    estimate: Estimate,
    *,
    claim: Any = None,
    rivals: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
    title: str = "",
    spread: Spread | None = None,
) -> Figure:
    """The density of the result as a matplotlib figure, its interval shaded; a claim and rival figures marked.

    `claim` and each of the `rivals`, with whose they are, is a text with a unit, a number, a pint quantity or an
    estimate. The interval is that of `spread`, or else the one of 90 %. The axis is a log one where the spread is wide.
    Raises ValueError where nothing is uncertain or there are too many marks, UnitsError for a mark of other units.
    """
    found = spread or estimate.spread()
    if found is None:
        raise ValueError("nothing in the estimate is uncertain, so there is no density to draw")
    draws = draws_of(estimate, _DRAWS)
    if not found.low < found.high or draws.min() == draws.max():
        raise ValueError("the estimate has no spread, so there is no density to draw")
    marks = _marks(estimate, found, claim, rivals.items() if isinstance(rivals, Mapping) else rivals)
    curve = curve_of(draws, found, [mark.value for mark in marks])
    with style.drawing():
        return _drawn(estimate, found, curve, marks, title or formula_words(formula_text(estimate)))


def _marks(estimate: Estimate, spread: Spread, claim: Any, rivals: Iterable[tuple[str, Any]]) -> list[Mark]:
    """What is marked, with those that are printed alike under one line."""
    named = [
        Mark("median", spread.median, style.BLUE),
        Mark("as written", float_of(estimate.exact_value), style.GREY, _DASHES[1], rank=0),
    ]
    if claim is not None:
        named.append(Mark("claimed", _value(estimate, claim, "the claim"), style.VERMILLION, _DASHES[0], 2))
    named += [Mark(clean(who), _value(estimate, given, who), style.INK, _DASHES[2]) for who, given in rivals]
    together: dict[str, Mark] = {}
    for mark in named:
        figure = figure_words(float(f"{mark.value:.12g}"))  # two sums of logs may differ in the last bits
        before = together.get(figure)
        if before:
            look = before if mark.rank < before.rank else mark
            together[figure] = look._replace(words=f"{before.words}, {mark.words}")
        else:
            together[figure] = mark
    if len(together) > _MOST_MARKS:
        raise ValueError(f"{len(together)} values to mark; expected {_MOST_MARKS} at most")
    return [mark._replace(words=f"{mark.words} {figure}") for figure, mark in together.items()]


def _value(estimate: Estimate, given: Any, whose: str) -> float:
    """A figure beside the estimate, in base units. UnitsError where it is of another dimension."""
    made = estimate_from(given, "figure")
    if made.dimension != estimate.dimension:
        raise UnitsError(f"{whose} is in {label(made.dimension)}, the estimate in {estimate.unit}")
    return float_of(made.exact_value)


def _drawn(estimate: Estimate, spread: Spread, curve: Curve, marks: Sequence[Mark], title: str) -> Figure:
    unit = unit_words(estimate.unit)
    low, high = map(typeset, rounded(spread.low, spread.high, spread.level))
    subtitle = f"{percentage(spread.level)} % interval {low} to {high}{unit} (shaded)"
    left, right = _limits(curve, [mark.value for mark in marks])
    margins = style.Margins(left=0.62)
    room = (style.WIDTH - margins.left - margins.right) * style.POINTS
    places = [_place(mark.value, left, right, curve.is_log) * room for mark in marks]
    words = [_words(mark, left, right, room) for mark in marks]
    flags = [Flag(x, width(w, style.TICK)) for x, w in zip(places, words, strict=True)]
    rows = raised_flags(flags, room)
    above = (max(row for row, _ in rows) + 1) * _ROW
    figure, axes = style.framed(title, subtitle, _HEIGHT, margins._replace(above=above))
    exponent = set_x(axes, left, right, curve.is_log, style.TICK, room)
    power = _draw_curve(axes, curve, spread, 1.0 if curve.is_log else 10.0**exponent)
    for n, (mark, at, text) in enumerate(zip(marks, rows, words, strict=True)):
        _draw_mark(axes, n, mark, at, text)
    axes.set_xlabel(quantity_label("result", estimate.unit, exponent, curve.is_log))
    per = "factor of ten" if curve.is_log else f"{power_of_ten(exponent)}{unit}".strip() or "unit"
    axes.set_ylabel(f"probability per {per}" if not power else f"probability ({power_of_ten(power)} per {per})")
    return figure


def _limits(curve: Curve, values: Sequence[float]) -> tuple[float, float]:
    """The ends of the axis: those of the curve, and of the marks that are not too far from it."""
    ends = [float(curve.grid[0]), float(curve.grid[-1])]
    low, high = map(math.log10, ends) if curve.is_log else ends
    reach = _FARTHEST * (high - low)
    places = [math.log10(v) if curve.is_log else v for v in values]
    shown = [p for p in places if low - reach <= p <= high + reach]
    aside = 0.02 * (max(high, *shown) - min(low, *shown))
    low, high = min([low, *(p - aside for p in shown)]), max([high, *(p + aside for p in shown)])
    return (max(10.0**low, LEAST), min(10.0**high, MOST)) if curve.is_log else (low, high)


def _place(value: float, left: float, right: float, is_log: bool) -> float:
    """Where a value stands between the ends of the axis, 0 to 1."""
    if not left <= value <= right:
        return float(value > right)
    return math.log(value / left) / math.log(right / left) if is_log else (value - left) / (right - left)


def _words(mark: Mark, left: float, right: float, room: float) -> str:
    """The words at a mark, with an arrow where it lies beyond the axis."""
    before, behind = "← " if mark.value < left else "", " →" if mark.value > right else ""
    return f"{before}{fitted(mark.words, style.TICK, room / 3)}{behind}"


def _draw_curve(axes: Axes, curve: Curve, spread: Spread, per: float) -> int:
    """The curve and its upright axis; the power of ten that the label of that has to name."""
    heights = curve.heights * per
    inside = (curve.grid >= spread.low) & (curve.grid <= spread.high)
    axes.fill_between(curve.grid, 0, heights, color=style.PALE, alpha=0.45, linewidth=0)
    axes.fill_between(curve.grid[inside], 0, heights[inside], color=style.SKY, alpha=0.55, linewidth=0, gid="interval")
    axes.plot(curve.grid, heights, color=style.BLUE, linewidth=1.4, gid="density")
    return set_y(axes, 0.0, float(heights.max()) * 1.06, style.TICK, _HEIGHT * style.POINTS)


def _draw_mark(axes: Axes, n: int, mark: Mark, at: Raised, words: str) -> None:
    """A line up to the row of its words, with the words beside it."""
    tall = style.axes_height(axes)
    top = 1 + (at.row + 1) * _ROW * style.POINTS / tall
    across, upright = axes.get_xaxis_transform(), top - 0.5 * _ROW * style.POINTS / tall
    left, right = axes.get_xlim()
    if left <= mark.value <= right:
        axes.plot(
            [mark.value, mark.value], [0, top - 0.03], gid=f"mark-{n}", color=mark.color, linewidth=1.5,
            linestyle=mark.dashes, transform=across, clip_on=False,
        )  # fmt: skip
    x = min(max(mark.value, left), right)
    offset, side = (4, "left") if at.is_right else (-4, "right")
    axes.annotate(
        words, (x, upright), xycoords=across, xytext=(offset, 0), textcoords="offset points", annotation_clip=False,
        ha=side, va="center", fontsize=style.TICK.size, color=style.INK, bbox=style.BEHIND,
    )  # fmt: skip
