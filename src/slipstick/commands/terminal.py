"""How a page is drawn on this terminal, and how it gets there."""

from __future__ import annotations

import os
import sys

from slipstick.commands.arguments import write_now
from slipstick.formats.plain import encodable, terminal_width
from slipstick.formats.text import Look

_NARROWEST, _WIDEST = 40, 140


def page_look(color: str) -> Look:
    """As wide as the terminal, within reason; colours `always`, `never`, or as the terminal and its owner want."""
    width = min(max(terminal_width(), _NARROWEST), _WIDEST)
    return Look(width=width, color=color == "always" or (color == "auto" and _wants_color()))


def write_page(text: str) -> None:
    """Print a page at once; what the output's encoding cannot hold is replaced."""
    write_now(encodable(text, getattr(sys.stdout, "encoding", None) or "utf-8"))


def is_terminal() -> bool:
    """Whether standard output is one."""
    return sys.stdout is not None and sys.stdout.isatty()


def _wants_color() -> bool:
    """Colours on a terminal, unless it cannot show them or its owner does not want them (https://no-color.org)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
