"""The plain text of a text in any mixture of HTML, LaTeX and Markdown, recognised by the text itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from slipstick.markup.characters import FULL_WIDTH, INVISIBLE, STYLED, character_edits, may_have_foreign
from slipstick.markup.html_text import html_edits, may_be_html
from slipstick.markup.latex import latex_edits, may_be_latex
from slipstick.markup.markdown import markdown_edits, may_be_markdown
from slipstick.markup.view import Edit, View

# Without one of these characters a text has no markup: it is its own plain text, found by this one search.
_ANY_SIGN = re.compile(rf"[<&$\\*_`~\[#>|{{{FULL_WIDTH}{INVISIBLE}{STYLED}]")

# The order matters. HTML comes first, since its character references hide the signs of the others; Markdown after
# LaTeX, since it would take the backslashes and underscores of formulas; characters last, since references make some.
_PASSES: tuple[tuple[Callable[[str], bool], Callable[[str], Iterable[Edit]]], ...] = (
    (may_be_html, html_edits),
    (may_be_latex, latex_edits),
    (may_be_markdown, markdown_edits),
    (may_have_foreign, character_edits),
)


def plain_view(text: str) -> View:
    """What `text` says without its markup, in time linear in its length. Never raises."""
    view = View(text)
    if not _ANY_SIGN.search(text):
        return view
    for may_apply, edits in _PASSES:
        if may_apply(view.text):
            view = view.then(View.edited(view.text, edits(view.text)))
    return view
