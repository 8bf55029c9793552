"""The plain text that a marked-up text means (HTML, Markdown, LaTeX, notebooks), each character with its raw place."""

from slipstick.markup.notebook import notebook_view
from slipstick.markup.plain import plain_view
from slipstick.markup.view import View

__all__ = ["View", "notebook_view", "plain_view"]
