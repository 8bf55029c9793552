"""Pictures as files: SVG, PNG and PDF, the same bytes for the same picture, written whole or not at all.

Text becomes paths in SVG, so that it is as wide on every machine as where it was placed, and runs into nothing; what
it says stands in the file's title and description. PDF embeds the font, and PNG has twice the pixels of a plain screen.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from slipstick.plotting.style import drawing
from slipstick.whole_file import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".svg", ".pdf")
"""The ends of file names that say what a picture is written as."""

_DPI = 200
_MAKER = "slipstick"
_METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": _MAKER},
    "svg": {"Date": None, "Creator": _MAKER},
    "pdf": {"CreationDate": None, "Creator": _MAKER, "Producer": _MAKER},
}


class PictureError(ValueError):
    """A picture that cannot be drawn or written; the message, one line, says why and what was expected."""


def format_of(name: str) -> str:
    """The format that the end of a file's name asks for. PictureError where it asks for none."""
    for suffix in SUFFIXES:
        if name.casefold().endswith(suffix):
            return suffix[1:]
    raise PictureError(f"{name}: no picture ends like this; expected {', '.join(SUFFIXES)}")


def require_matplotlib() -> None:
    """PictureError where matplotlib is not installed."""
    from importlib.util import find_spec

    if find_spec("matplotlib") is None:
        raise PictureError('needs matplotlib: pip install "slipstick[plot]"')


def data_of(figure: Figure, format_: str) -> bytes:
    """A figure as the bytes of a `png`, `svg` or `pdf` file; the same each time."""
    out = io.BytesIO()
    words = str(figure.get_label())
    metadata = _METADATA[format_] | {"Title": words or None}
    with drawing():
        figure.savefig(out, format=format_, dpi=_DPI, metadata=metadata)
    return out.getvalue()


def svg(figure: Figure) -> str:
    """A figure as an SVG element, to be put into a page."""
    text = data_of(figure, "svg").decode()
    return text[text.index("<svg") :]


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Write a figure to a file, in the format that the end of its name asks for, whole or not at all.

    Raises PictureError, a ValueError, for another end, OSError where the system refuses.
    """
    format_ = format_of(os.fspath(path))
    write_whole(Path(os.path.realpath(path)), data_of(figure, format_))
