"""The plain text of a text in any mixture of HTML, LaTeX and Markdown, recognised by the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from slipstick.markup.view import Edit, View

# Apart, since a pattern that begins with one sign or a set of them is searched for many times faster than others.
_MARKDOWN = re.compile(r"[_`~\\\[#>|]")
_STAR = re.compile(r"\*(?:(?! )|(?<! \*))")
"""A star that does not multiply, as one with a blank on each side does."""
_NO_BREAK = frozenset("\u00a0\u2009\u202f")
_BULLET = re.compile(r"\n[ \t]*\*")


def plain_view(text: str) -> View:
    """What `text` says without its markup, in time linear in its length. Never raises.

    The order matters. HTML comes first, since its character references hide the signs of the others; Markdown after
    LaTeX, since it would take the backslashes and underscores of formulas; characters last, since references make some.
    Each notation is loaded where its signs are: most texts have none, and start-up counts.
    """
    view = View(text)
    if "\r" in text or not (text.isascii() or _NO_BREAK.isdisjoint(text)):
        from slipstick.markup.characters import blank_edits

        view = _edited(view, blank_edits(text))
    text = view.text
    if "<" in text or "&" in text:
        from slipstick.markup.html_text import html_edits, may_be_html

        view = _edited(view, html_edits(view.text)) if may_be_html(view.text) else view
    said = view.text
    if "$" in said or "\\" in said or "^{" in said or "{,}" in said:
        from slipstick.markup.latex import latex_edits

        view = _edited(view, latex_edits(view.text))
    if _may_be_markdown(view.text):
        from slipstick.markup.markdown import markdown_edits

        view = _edited(view, markdown_edits(view.text))
    if not view.text.isascii():
        from slipstick.markup.characters import character_edits, may_have_foreign

        view = _edited(view, character_edits(view.text)) if may_have_foreign(view.text) else view
    return view


def _may_be_markdown(text: str) -> bool:
    """Whether a sign of Markdown stands in a text; of stars it takes two to emphasise, or one that begins a line."""
    if _MARKDOWN.search(text) is not None:
        return True
    if "*" not in text:
        return False
    return len(_STAR.findall(text)) > 1 or text.lstrip(" \t").startswith("*") or _BULLET.search(text) is not None


def _edited(view: View, edits: Iterable[Edit]) -> View:
    return view.then(View.edited(view.text, edits))
