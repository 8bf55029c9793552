"""How every picture looks: colours, type, and the frame of title, axes and their labels.

The ground is opaque white, since a picture in a post does not know the page it stands on: a transparent one with
black text is lost on a dark page, and greys that do for both are faint on each. Colours are those by Okabe and Ito
(jfly.uni-koeln.de/color), which colour-blind readers can tell apart; no meaning hangs on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from slipstick.formats.plain import printable
from slipstick.plotting.lettering import Font, lines_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAPER, INK, GREY, PALE = "#ffffff", "#1a1a1a", "#595959", "#d0d0d0"
BLUE, SKY, ORANGE, VERMILLION = "#0072B2", "#56B4E9", "#E69F00", "#D55E00"

WIDTH = 7.0
"""Inches: 700 pixels at the 100 a web page gives an inch of this type."""

TITLE, SUBTITLE, LABEL, TICK = Font(12.0, is_bold=True), Font(9.5), Font(9.5), Font(9.0)

BEHIND = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}
"""The ground of words that a line might pass behind."""

_DPI = 100
_MARGIN = 0.17
_BELOW_AXES = 0.55
_LEADING = 1.35
POINTS = 72.0
"""Points in an inch."""

_MOST_TITLE, _MOST_SUBTITLE = 2, 3

_RC = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that every machine draws the same
    "font.size": TICK.size,
    "text.parse_math": False,  # text by other hands may hold a dollar sign
    "text.usetex": False,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": LABEL.size,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.minor.size": 2.0,
    "svg.fonttype": "path",
    "svg.hashsalt": "slipstick",
    "pdf.fonttype": 42,
}


class Margins(NamedTuple):
    """Inches that a picture needs beside and above its axes, and for the lines below them."""

    left: float
    right: float = _MARGIN
    above: float = 0.0
    foot: tuple[str, ...] = ()


@contextmanager
def drawing() -> Iterator[None]:
    """Pictures look like this and not as a caller's own settings of matplotlib say, which come back afterwards.

    ImportError, in one line, where matplotlib is missing.
    """
    try:
        from matplotlib import style
    except ImportError:
        raise ImportError('a picture needs matplotlib: pip install "slipstick[plot]"') from None

    with style.context(["default", _RC]):
        yield


def framed(title: str, subtitle: str, height: float, margins: Margins) -> tuple[Figure, Axes]:
    """A figure with its title, what is said below it, and axes of `height` inches under both."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    room = (WIDTH - 2 * _MARGIN) * POINTS
    head = [(line, TITLE, INK) for line in lines_of(title, TITLE, room, _MOST_TITLE)]
    head += [(line, SUBTITLE, GREY) for line in lines_of(subtitle, SUBTITLE, room, _MOST_SUBTITLE)]
    feet = [line for each in margins.foot for line in lines_of(each, SUBTITLE, room, _MOST_SUBTITLE)]
    top = _MARGIN + sum(_height(font) for _, font, _ in head) + 0.1 + margins.above
    bottom = _BELOW_AXES + sum(_height(SUBTITLE) for _ in feet) + (0.08 if feet else 0)
    tall = top + height + bottom
    figure = Figure(figsize=(WIDTH, tall), dpi=_DPI)
    FigureCanvasAgg(figure)
    y = tall - _MARGIN
    for line, font, color in head:
        _write(figure, line, y, font, color)
        y -= _height(font)
    y = _MARGIN * 0.7 + sum(_height(SUBTITLE) for _ in feet)
    for line in feet:
        _write(figure, line, y, SUBTITLE, GREY)
        y -= _height(SUBTITLE)
    wide = WIDTH - margins.left - margins.right
    axes = figure.add_axes((margins.left / WIDTH, bottom / tall, wide / WIDTH, height / tall))
    figure.set_label(printable(f"{title}. {subtitle}"))
    return figure, axes


def _height(font: Font) -> float:
    return font.size * _LEADING / POINTS


def _write(figure: Figure, line: str, y: float, font: Font, color: str) -> None:
    x, at = _MARGIN / WIDTH, y / figure.get_figheight()
    weight = "bold" if font.is_bold else "normal"
    figure.text(x, at, line, fontsize=font.size, fontweight=weight, color=color, va="top", ha="left")


def axes_height(axes: Axes) -> float:
    """The height of axes, in points."""
    return float(axes.bbox.height / _DPI * POINTS)
