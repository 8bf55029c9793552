"""The tornado: what the result is with each input at either end of its range, the widest swing on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from slipstick.estimates.error_bars import evaluation_of
from slipstick.estimates.showing import formula_text
from slipstick.plotting import style
from slipstick.plotting.lettering import figure_words, quantity_label, typeset, unit_words, width
from slipstick.plotting.rows import LOW_HEIGHT, Beside, RowName, column, draw_names, fitted_names, limits, write_beside
from slipstick.plotting.ticks import is_wide, set_x

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from slipstick.estimates.drivers import Swing
    from slipstick.estimates.estimate import Estimate

_MOST_ROWS = 12
_THICK = 0.56


def tornado(estimate: Estimate, *, title: str = "") -> Figure:
    """The swings of the result as a matplotlib figure: each input at the ends of its 90 % range, others at medians.

    At each end of a bar stands the input's value there. Raises ValueError where nothing is uncertain, or no input moves
    the result.
    """
    swings = estimate.tornado()
    if not swings:
        raise ValueError("nothing in the estimate is uncertain, so there is no tornado to draw")
    evaluate, leaves = evaluation_of(estimate)
    middle = float(evaluate([given.distribution().at(0.0) for given in leaves]))
    if all(swing.low == swing.high for swing in swings):
        raise ValueError("no input moves the result, so there is no tornado to draw")
    with style.drawing():
        return _drawn(
            sorted(swings, key=lambda swing: -_reach(swing, middle)),
            middle,
            estimate.unit,
            title or typeset(formula_text(estimate).replace("*", " × ")),
        )


def _reach(swing: Swing, middle: float) -> float:
    """How far the result moves in all; where both ends lead the same way that is more than between them."""
    return max(swing.low, swing.high, middle) - min(swing.low, swing.high, middle)


def _drawn(swings: Sequence[Swing], middle: float, unit: str, title: str) -> Figure:
    rows, more = swings[:_MOST_ROWS], len(swings) - _MOST_ROWS
    values = [middle, *(end for row in rows for end in (row.low, row.high))]
    is_log = is_wide(values)
    names = fitted_names([RowName(row.name) for row in rows])
    foot = (f"and {more} more with narrower swings",) if more > 0 else ()
    margins = style.Margins(left=column(names), above=0.06, foot=foot)
    room = (style.WIDTH - margins.left - margins.right) * style.POINTS
    ends = [_ends(row) for row in rows]
    beside = [Beside(at, width(words, style.TICK), left) for row in ends for words, at, left in row]
    subtitle = (
        f"{figure_words(middle)}{unit_words(unit)} with every input at its median (line); bars: one input at a time "
        "at the 5 % end (dark) and the 95 % end (light, hatched) of its range"
    )
    figure, axes = style.framed(title, subtitle, LOW_HEIGHT * len(rows), margins)
    exponent = set_x(axes, *limits(values, beside, is_log, room), is_log, style.TICK, room)
    draw_names(axes, names)
    for n, row in enumerate(rows):
        _draw_bar(axes, n, row, middle)
        for words, at, left in ends[n]:
            write_beside(axes, n, words, at, left)
    axes.axvline(middle, color=style.INK, linewidth=1.0, gid="middle")
    axes.grid(axis="x")
    axes.set_xlabel(quantity_label("result", unit, exponent, is_log))
    return figure


def _ends(row: Swing) -> list[tuple[str, float, bool]]:
    """The input's value at both ends of its range, where the result is then, and whether the words go to the left."""
    low, high = map(figure_words, (row.input_low, row.input_high))
    unit = unit_words(row.unit)
    return [(f"{low}{unit}", row.low, row.low <= row.high), (f"{high}{unit}", row.high, row.low > row.high)]


def _draw_bar(axes: Axes, n: int, row: Swing, middle: float) -> None:
    """Two bars from the middle; in two halves of the row where both go the same way."""
    same_way = (row.low - middle) * (row.high - middle) > 0
    thick, aside = (_THICK / 2, _THICK / 4) if same_way else (_THICK, 0.0)
    looks = (("low", row.low, -aside, style.BLUE, ""), ("high", row.high, aside, style.SKY, "////"))
    for end, value, up, color, hatch in looks:
        axes.barh(
            n + up, value - middle, thick, left=middle, color=color, hatch=hatch, edgecolor=style.PAPER, linewidth=0,
            gid=f"{end}-{n}",
        )  # fmt: skip
