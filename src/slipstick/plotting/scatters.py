"""The scatter of a trend: its points with their error bars on a log axis, the line with its bands, a break, names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from slipstick.plotting import style
from slipstick.plotting.flags import Flag, raised_flags
from slipstick.plotting.lettering import quantity_label, typeset, width
from slipstick.plotting.point_names import MARK, Noted, Plane, named, write_names
from slipstick.plotting.ticks import LEAST, MOST, log_scale, set_y
from slipstick.plotting.windows import Course, Window, course, window_of, year_ticks
from slipstick.trends.points import TrendPoint, decimal_year
from slipstick.trends.wording import distance, ends, in_unit, pace, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from slipstick.trends.trend import BreakTest, Trend

_HEIGHT = 4.4
_LABEL = 34.0
"""Points for the label of the upright axis, beside its numbers."""
_STEPS = 160
_ABOVE = 0.22
_NO_NAMES = ("", "value", "amount", "figure")
_NAMES = {"FLOP": "compute", "USD": "cost", "s": "time", "J": "energy", "W": "power", "byte": "memory"}


def scatter(trend: Trend, *, title: str = "") -> Figure:
    """A trend as a matplotlib figure: points, error bars, line with bands, break, projections, names of the systems.

    Points far before or after those of the line are left out, and said to be. Raises ValueError where the values are
    beyond what a log axis can show.
    """
    if any(not LEAST < point.value < MOST for point in trend.points):
        raise ValueError("a value of the trend is beyond what an axis can show")
    noted = _noted(trend)
    window = window_of(trend, [(note.year, note.value) for note in noted])
    with style.drawing():
        return _drawn(trend, window, [n for n in noted if window.start <= n.year <= window.end], title)


def _noted(trend: Trend) -> list[Noted]:
    """The projections, the values to reach and the figures held against the line."""
    found = []
    for made in trend.projections:
        if made.line is not None and made.system is not None:
            words = f"{made.date}: {_figure(made.line.value, trend)}"
            found.append(Noted(decimal_year(made.date), made.line.value, words, *made.system[1:]))
    for reached in trend.reached:
        if reached.when is not None:
            words = f"{_figure(reached.value, trend)} in {reached.when:%Y-%m}"
            found.append(Noted(decimal_year(reached.when), reached.value, words))
    for each in trend.comparisons:
        words = f"{each.name}, {typeset(distance(each.distance))}"
        found.append(Noted(decimal_year(each.date), each.value, words))
    return [note for note in found if LEAST < note.value < MOST]


def _figure(value: float, trend: Trend) -> str:
    return typeset(in_unit(value, trend.unit))


def _drawn(trend: Trend, window: Window, noted: Sequence[Noted], title: str) -> Figure:
    shown = [point for point in trend.points if window.holds(point)]
    broken = trend.break_test if trend.break_test and trend.break_test.found else None
    words = log_scale(window.low, window.high, style.TICK, _HEIGHT * style.POINTS, is_vertical=True).words
    left = (max(width(word, style.TICK) for word in words) + _LABEL) / style.POINTS
    margins = style.Margins(left=left, above=_ABOVE if broken else 0.06)
    plane = Plane(window, (style.WIDTH - margins.left - margins.right) * style.POINTS, _HEIGHT * style.POINTS)
    even = [window.start + (window.end - window.start) * n / _STEPS for n in range(_STEPS + 1)]
    special = [trend.line.first, trend.line.last, *([broken.when] if broken else [])]
    line = course(trend.line, sorted({*even, *map(decimal_year, special)}))
    names = named(plane, shown, noted, line)
    hidden, unnamed = len(trend.points) - len(shown), sum(each.box is None for each in names)
    foot = " ".join(_foot(hidden, unnamed))
    margins = margins._replace(foot=(foot,) if foot else ())
    figure, axes = style.framed(title or _title(trend), _subtitle(trend, shown), _HEIGHT, margins)
    set_y(axes, window.low, window.high, style.TICK, plane.tall, is_log=True)
    axes.set_xlim(window.start, window.end)
    axes.set_xticks(*year_ticks(window.start, window.end, style.TICK, plane.wide), fontsize=style.TICK.size)
    axes.grid()
    _draw_line(axes, trend, line)
    _draw_points(axes, shown)
    _draw_noted(axes, noted)
    if broken:
        _draw_break(axes, plane, broken)
    write_names(axes, plane, names)
    axes.set_xlabel("date (year)")
    axes.set_ylabel(quantity_label(_value_name(trend), trend.unit, is_log=True))
    return figure


def _title(trend: Trend) -> str:
    """How fast it goes: "Compute doubles every 3.34 months (90 % interval 2.67 to 4.46)"."""
    words = f" until {trend.segments[0].end:%Y-%m}, then ".join(map(pace, trend.segments))
    behind = f" ({_intervals(trend)})" if len(trend.segments) == 1 else ""
    name = _value_name(trend)
    return f"{name[0].upper()}{name[1:]} {typeset(words)}{behind}"


def _intervals(trend: Trend) -> str:
    level = percent(trend.level)
    return f"{level} interval " + ", then ".join(typeset(ends(each.doubling_months)) for each in trend.segments)


def _subtitle(trend: Trend, shown: Sequence[TrendPoint]) -> str:
    level = percent(trend.level)
    hollow = "; hollow points are not in the line" if not all(point.used for point in shown) else ""
    bands = f"Dark band: {level} interval of the line; light: of one more system"
    paces = f"{_intervals(trend)} months. " if len(trend.segments) > 1 else ""
    return f"{paces}Line through {len(trend.used)} points: {trend.choice}. {bands}{hollow}."


def _foot(hidden: int, unnamed: int) -> list[str]:
    found = []
    if hidden:
        found.append(f"{hidden} {'point lies' if hidden == 1 else 'points lie'} beyond the picture.")
    if unnamed:
        found.append(f"{unnamed} more {'name has' if unnamed == 1 else 'names have'} no room.")
    return found


def _value_name(trend: Trend) -> str:
    """What the column of the values is called, without a unit in brackets."""
    name = dict(trend.columns).get("value", "").partition("(")[0].replace("_", " ").strip()
    return _NAMES.get(trend.dimension, "value") if name.casefold() in _NO_NAMES else name


def _draw_line(axes: Axes, trend: Trend, line: Course) -> None:
    """The line with its bands: drawn through where the points are, dashed beyond them."""
    axes.fill_between(line.years, *line.system, color=style.SKY, alpha=0.18, linewidth=0, gid="system-band")
    axes.fill_between(line.years, *line.line, color=style.SKY, alpha=0.45, linewidth=0, gid="line-band")
    first, last = decimal_year(trend.line.first), decimal_year(trend.line.last)
    rows = list(zip(line.years, line.middle, strict=True))
    inside = [row for row in rows if first <= row[0] <= last]
    axes.plot(*zip(*inside, strict=True), color=style.BLUE, linewidth=1.8, gid="line")
    for part in ([row for row in rows if row[0] <= first], [row for row in rows if row[0] >= last]):
        axes.plot(*zip(*part, strict=True), color=style.BLUE, linewidth=1.4, linestyle=(0, (4, 2)), gid="beyond")


def _draw_points(axes: Axes, shown: Sequence[TrendPoint]) -> None:
    """The points, filled where the line goes through them, with their 90 % intervals."""
    for gid, used, color, face in (("unused", False, style.GREY, style.PAPER), ("used", True, style.INK, style.INK)):
        points = [point for point in shown if point.used is used]
        bars = [p for p in points if p.low is not None and p.high is not None]
        axes.vlines(
            [p.year for p in bars], [p.low or p.value for p in bars], [p.high or p.value for p in bars],
            color=color, linewidth=0.8, alpha=0.7, gid=f"{gid}-bars", zorder=2,
        )  # fmt: skip
        axes.plot(
            [p.year for p in points], [p.value for p in points], linestyle="none", marker="o",
            markersize=2 * MARK - 1.5, markeredgecolor=color, markerfacecolor=face, gid=gid, zorder=3,
        )  # fmt: skip


def _draw_noted(axes: Axes, noted: Sequence[Noted]) -> None:
    """What was asked for, as diamonds."""
    bottom, top = axes.get_ylim()
    for note in noted:
        if note.low is not None or note.high is not None:
            ends = max(note.low or bottom, bottom), min(note.high or top, top)
            axes.vlines([note.year], *ends, color=style.VERMILLION, linewidth=1.2, zorder=3, gid="noted-bar")
    axes.plot(
        [note.year for note in noted], [note.value for note in noted], linestyle="none", marker="D",
        markersize=2 * MARK - 1, markeredgecolor=style.INK, markerfacecolor=style.ORANGE, gid="noted", zorder=4,
    )  # fmt: skip


def _draw_break(axes: Axes, plane: Plane, broken: BreakTest) -> None:
    """An upright line at the break, with the interval of its date as a band."""
    at = decimal_year(broken.when)
    window, (first, last) = plane.window, broken.interval
    start = max(decimal_year(first) if first else window.start, window.start)
    end = min(decimal_year(last) if last else window.end, window.end)
    axes.axvspan(start, end, color=style.ORANGE, alpha=0.15, linewidth=0, gid="break-interval")
    axes.axvline(at, color=style.VERMILLION, linewidth=1.2, linestyle=(0, (5, 2)), gid="break")
    words = f"the pace changes {broken.when:%Y-%m} ({first or 'no bound'} to {last or 'no bound'})"
    x = plane.at(at, window.low)[0]
    (raised,) = raised_flags([Flag(x, width(words, style.TICK))], plane.wide)
    across = axes.get_xaxis_transform()
    axes.annotate(
        words, (at, 1), xycoords=across, xytext=(-4 if not raised.is_right else 4, 7), textcoords="offset points",
        ha="left" if raised.is_right else "right", va="center", fontsize=style.TICK.size, annotation_clip=False,
    )  # fmt: skip
