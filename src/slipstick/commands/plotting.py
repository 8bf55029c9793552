"""`--plot FILE`: what the commands have in common that draw a picture beside what they print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slipstick.commands.output import OutputError, checked

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from pathlib import Path

    from matplotlib.figure import Figure

    from slipstick.settings import Settings
    from slipstick.source import Source

KINDS = ("density", "tornado")
"""The pictures of one estimate, the first of them unless said otherwise."""


def add_plot(parser: argparse.ArgumentParser, about: str, kinds: tuple[str, ...] = ()) -> None:
    """The options `--plot` (a picture of `about`), `--plot-title` and, where there are several kinds, `--plot-kind`."""
    parser.add_argument("--plot", metavar="FILE", help=f"draw {about} too: FILE ends in .png, .svg or .pdf")
    parser.add_argument("--plot-title", metavar="TEXT", help="the title of the picture")
    if kinds:
        parser.add_argument("--plot-kind", choices=kinds, help=f"which picture (default: {kinds[0]})")


class Picture:
    """The picture that a call asks for with `--plot`, if any: where it goes, checked before any work is done.

    OutputError, or a ValueError, with one line, for a file that cannot be a picture's or be written, where matplotlib
    is not installed, and for other options about a picture without `--plot`.
    """

    def __init__(self, arguments: argparse.Namespace, inputs: Iterable[str] = ()) -> None:
        self.kind: str = getattr(arguments, "plot_kind", None) or KINDS[0]
        self.title: str = arguments.plot_title or ""
        self._path = _path(arguments, inputs)
        self._figure: Figure | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether the call asks for one."""
        return self._path is not None

    def draw(self, make: Any, *about: Any, **how: Any) -> None:
        """Draw it, if it is wanted, by a function of `plotting`, with its title. Raises ValueError as that does."""
        if self._path is not None:
            self._figure = make(*about, title=self.title, **how)

    def draw_estimate(self, estimate: Any, **how: Any) -> None:
        """Draw an estimate as the kind of picture asked for; `how` is as for `plotting.density`."""
        from slipstick.plotting import density, tornado

        if self.kind == "tornado":
            self.draw(tornado, estimate)
        else:
            self.draw(density, estimate, **how)

    def draw_written(self, source: Source, place: str | None, settings: Settings) -> None:
        """Draw the one calculation of a text, or that at a place, with its claim and the figures it is held against."""
        from slipstick.comparison.written_estimates import one_estimate
        from slipstick.judging.against import figure

        line, _, column = (place or "").partition(":")
        if place and not (line.isdecimal() and (column or "1").isdecimal()):
            raise ValueError(f"--plot-line {place}: expected a line, or LINE:COLUMN, such as 16 or 16:4")
        try:
            found = one_estimate(source, int(line) if line else None, int(column) if column else None, settings)
        except ValueError as error:
            hint = "" if place else "; --plot-line says which"
            raise ValueError(f"{error}{hint}") from None
        here = found.place.line if found.place else None
        held = [each for each in map(figure, settings.against) if each.line in (None, here)]
        self.title = self.title or (found.span.of(source.text) if found.span else source.text)
        claim = found.estimate.quantity(found.claim.value) if found.claim else None
        self.draw_estimate(found.estimate, claim=claim, rivals=[("held against", n.text) for n in held])

    def write(self) -> None:
        """Write what was drawn, if anything was. OutputError where the system refuses."""
        if self._path is None or self._figure is None:
            return
        from slipstick.plotting import save

        try:
            save(self._figure, self._path)
        except OSError as error:
            raise OutputError(f"--plot {self._path}: cannot be written ({error.strerror})") from None


def _path(arguments: argparse.Namespace, inputs: Iterable[str]) -> Path | None:
    if arguments.plot is None:
        others = ("plot_title", "plot_kind", "plot_line", "plot_mark")
        told = [name for name in others if getattr(arguments, name, None)]
        if told:
            raise OutputError(f"--{told[0].replace('_', '-')} without --plot; expected --plot FILE")
        return None
    from slipstick.plotting.files import SUFFIXES, format_of, require_matplotlib

    if not arguments.plot.strip():
        raise OutputError(f"--plot: no name of a file; expected one that ends in {', '.join(SUFFIXES)}")
    path = checked(arguments.plot, inputs, "--plot")
    try:
        format_of(arguments.plot)
        require_matplotlib()
    except ValueError as error:
        raise OutputError(f"--plot {error}") from None
    return path
