"""The plain text of a text in any mixture of HTML, LaTeX and Markdown, recognised by the text itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from slipstick.markup.characters import FULL_WIDTH, INVISIBLE, STYLED, character_edits
from slipstick.markup.html_text import HTML_SIGN, html_edits
from slipstick.markup.latex import LATEX_SIGN, latex_edits
from slipstick.markup.markdown import MARKDOWN_SIGN, markdown_edits
from slipstick.markup.view import Edit, View

# Without one of these characters a text has no markup: it is its own plain text, found by this one search.
_ANY_SIGN = re.compile(rf"[<&$\\*_`~\[#>|{{{FULL_WIDTH}{INVISIBLE}{STYLED}]")
_FOREIGN = re.compile(f"[{FULL_WIDTH}{INVISIBLE}{STYLED}]")

# The order matters. HTML comes first, since its character references hide the signs of the others; Markdown after
# LaTeX, since it would take the backslashes and underscores of formulas; characters last, since references make some.
_PASSES: tuple[tuple[re.Pattern[str], Callable[[str], Iterable[Edit]]], ...] = (
    (HTML_SIGN, html_edits),
    (LATEX_SIGN, latex_edits),
    (MARKDOWN_SIGN, markdown_edits),
    (_FOREIGN, character_edits),
)


def plain_view(text: str) -> View:
    """What `text` says without its markup, in time linear in its length. Never raises."""
    view = View(text)
    if not _ANY_SIGN.search(text):
        return view
    for sign, edits in _PASSES:
        if sign.search(view.text):
            view = view.then(View.edited(view.text, edits(view.text)))
    return view
