"""The ledger of a comparison as a waterfall: from A to B on a log axis, by bars whose factors multiply to B over A."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from slipstick.comparison.ledger import Compared, Comparison, LedgerRow, as_float, log_of
from slipstick.comparison.ledger_words import headline, number
from slipstick.percentages import percentage
from slipstick.plotting import style
from slipstick.plotting.lettering import figure_words, quantity_label, typeset, unit_words, width
from slipstick.plotting.rows import HEIGHT, Beside, RowName, column, draw_names, fitted_names, limits, write_beside
from slipstick.plotting.ticks import LEAST, MOST, set_x

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_STEPS = 12
_THICK = 0.5


class Step(NamedTuple):
    """A bar: the factor that leads from the value `before` to the value `after`, with its name."""

    name: RowName
    ratio: Fraction
    before: float
    after: float


def waterfall(comparison: Comparison, *, title: str = "") -> Figure:
    """The comparison as a matplotlib figure: A on top, a bar for each factor in which B differs, B at the bottom.

    The factors that the units forbid to tell apart are one bar, and so are the smallest where there are very many.
    Raises ValueError where a value or a ratio is not above zero, or beyond what a log axis can show.
    """
    steps, same = steps_of(comparison)
    ends = [_shown(each.value, name) for name, each in (("A", comparison.a), ("B", comparison.b))]
    with style.drawing():
        return _drawn(comparison, steps, same, ends, title or headline(comparison))


def steps_of(comparison: Comparison) -> tuple[list[Step], list[str]]:
    """The bars from A to B, and the names of what both have alike. Raises ValueError as `waterfall` does."""
    rows = [(RowName(row.factor, _sides(row)), row.ratio) for row in comparison.rows if not row.is_loose]
    if comparison.unaligned is not None:
        loose = comparison.unaligned
        rows.append((RowName("unaligned together", ", ".join(loose.names)), loose.ratio))
    if any(log_of(ratio) is None for _, ratio in rows) or comparison.a.value <= 0:
        raise ValueError("a value or a ratio of the two is not above zero, so a log axis cannot show them")
    same = [name.name for name, ratio in rows if ratio == 1]
    steps, value = [], comparison.a.value
    for name, ratio in _fewer([row for row in rows if row[1] != 1]):
        before, value = value, value * ratio
        steps.append(Step(name, ratio, _shown(before, "A"), _shown(value, name.name)))
    return steps, same


def _sides(row: LedgerRow) -> str:
    a, b = (each.text if each else "" for each in (row.a, row.b))
    return f"{a} → {b}" if a and b else f"only in {'A' if a else 'B'}: {a or b}"


def _fewer(rows: list[tuple[RowName, Fraction]]) -> list[tuple[RowName, Fraction]]:
    """The rows that a picture can hold: those with the largest factors, in their order, then the others as one."""
    if len(rows) <= _MOST_STEPS:
        return rows
    largest = sorted(rows, key=lambda row: -abs(log_of(row[1]) or 0))[: _MOST_STEPS - 1]
    rest = [row for row in rows if row not in largest]
    together = (RowName(f"{len(rest)} more together"), prod((ratio for _, ratio in rest), start=Fraction(1)))
    return [*(row for row in rows if row in largest), together]


def _shown(value: Fraction, name: str) -> float:
    near = as_float(value)
    if near is None or not LEAST < near < MOST:
        raise ValueError(f"the value at {name} is beyond what an axis can show")
    return near


def _drawn(made: Comparison, steps: Sequence[Step], same: Sequence[str], ends: Sequence[float], title: str) -> Figure:
    sides = [RowName(name, each.text) for name, each in (("A", made.a), ("B", made.b))]
    names = fitted_names([sides[0], *(step.name for step in steps), sides[1]])
    foot = (f"alike in both: {', '.join(same)}",) if same else ()
    margins = style.Margins(left=column(names), above=0.06, foot=foot)
    room = (style.WIDTH - margins.left - margins.right) * style.POINTS
    labels = [_label(made.a, ends[0]), *(_factor(step) for step in steps), _label(made.b, ends[1])]
    beside = [Beside(at, width(words, style.TICK), left) for words, at, left in labels]
    values = [*ends, *(end for each in (made.a, made.b) for end in _interval(each)), *(step.after for step in steps)]
    factors = f"The bars multiply to × {typeset(number(made.ratio))}" if steps else "No factor differs"
    subtitle = f"{factors}; {_about_dots(made)}"
    figure, axes = style.framed(title, subtitle, HEIGHT * len(names), margins)
    set_x(axes, *limits(values, beside, True, room), True, style.TICK, room)
    draw_names(axes, names)
    axes.grid(axis="x")
    for n, (value, each) in ((0, (ends[0], made.a)), (len(names) - 1, (ends[1], made.b))):
        _draw_end(axes, n, value, each)
    for n, step in enumerate(steps, 1):
        _draw_step(axes, n, step)
    axes.plot([ends[1]] * 2, [len(names) - 2, len(names) - 1], color=style.GREY, linewidth=0.8)
    for n, (words, at, left) in enumerate(labels):
        write_beside(axes, n, words, at, left, gap=4.0 if 0 < n < len(names) - 1 else 7.0)
    axes.set_xlabel(quantity_label("value", made.a.unit, is_log=True))
    return figure


def _about_dots(made: Comparison) -> str:
    level = next((each.interval.level for each in (made.a, made.b) if _interval(each) and each.interval), None)
    return "the dots are the values" + (f", lines their {percentage(level)} % intervals" if level is not None else "")


def _interval(each: Compared) -> tuple[float, ...]:
    """The ends of an interval that a log axis can show; none where there is no such."""
    if each.interval is None or not LEAST < each.interval.low <= each.interval.high < MOST:
        return ()
    return each.interval.low, each.interval.high


def _label(each: Compared, value: float) -> tuple[str, float, bool]:
    return f"{figure_words(value)}{unit_words(each.unit)}", max([value, *_interval(each)]), False


def _factor(step: Step) -> tuple[str, float, bool]:
    ratio = step.ratio
    words = f"× {typeset(number(ratio, 3))}" if ratio > 1 else f"÷ {typeset(number(1 / ratio, 3))}"
    return words, max(step.before, step.after), False


def _draw_end(axes: Axes, n: int, value: float, each: Compared) -> None:
    ends = _interval(each)
    if ends:
        axes.plot(ends, [n, n], color=style.GREY, linewidth=2.0, solid_capstyle="butt", gid="interval")
    axes.plot([value], [n], marker="o", markersize=7, color=style.INK, gid="end")


def _draw_step(axes: Axes, n: int, step: Step) -> None:
    """The bar, striped where it leads down, and the line from the row before it."""
    up = step.after > step.before
    axes.plot([step.before] * 2, [n - 1, n], color=style.GREY, linewidth=0.8, zorder=1)
    axes.barh(
        n, step.after - step.before, _THICK, left=step.before, color=style.BLUE if up else style.ORANGE,
        hatch="" if up else "////", edgecolor=style.PAPER, linewidth=0, gid=f"step-{n}", zorder=2,
    )  # fmt: skip
