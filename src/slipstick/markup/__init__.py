"""The plain text that a marked-up text means (HTML, Markdown, LaTeX, notebooks), each character with its raw place."""

from slipstick.markup.plain import plain_view
from slipstick.markup.view import View

__all__ = ["View", "plain_view"]
