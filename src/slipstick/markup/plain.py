"""The plain text of a text in any mixture of HTML, LaTeX and Markdown, recognised by the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from slipstick.markup.view import Edit, View

# Each begins with one character, since such a pattern is searched for many times faster than others.
_NO_OPENING = r"(?![\s),.;:!?\]]|\Z)"
_STAR = re.compile(rf"\*(?:\*\*|(?<![^\W_]\*)(?<!\*\*)\*?+{_NO_OPENING})")
_UNDERSCORE = re.compile(rf"_(?:__|(?<![^\W_]_)(?<!__)_?+{_NO_OPENING})")
"""What emphasis or a rule begins with; a star that multiplies begins nothing, nor does an underscore in a name."""
_QUOTE = re.compile(r"\n {0,3}>")


def plain_view(text: str) -> View:
    """What `text` says without its markup, in time linear in its length. Never raises.

    The order matters. HTML comes first, since its character references hide the signs of the others; Markdown after
    LaTeX, since it would take the backslashes and underscores of formulas; characters last, since references make some.
    Each notation is loaded where its signs are: most texts have none, and start-up counts.
    """
    view = View(text)
    if "\r" in text or "\u00a0" in text or "\u2009" in text or "\u202f" in text:
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
    """Whether something stands in a text that Markdown begins with: code, a heading, a link, a rule, emphasis."""
    return (
        "`" in text
        or "#" in text
        or "|" in text
        or "\\" in text
        or ("[" in text and ("](" in text or "]:" in text or "[^" in text))
        or "---" in text
        or "===" in text
        or "~~" in text
        or ("*" in text and _STAR.search(text) is not None)
        or ("_" in text and _UNDERSCORE.search(text) is not None)
        or (">" in text and (_QUOTE.search(text) is not None or text.lstrip(" ").startswith(">")))
    )


def _edited(view: View, edits: Iterable[Edit]) -> View:
    return view.then(View.edited(view.text, edits))
