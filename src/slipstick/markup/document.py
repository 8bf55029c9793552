"""A text as it was given, as the plain text that it means and the comments in it that are meant for slipstick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slipstick.frozen import Frozen
from slipstick.markup.plain import plain_view
from slipstick.markup.view import View

if TYPE_CHECKING:
    from slipstick.markup.comments import Comment

_MARK = "slipstick:"  # as in `markup.comments`, which most texts do not need


class Marked(Frozen):
    """The plain text with its places, and the comments, whose places are those in the text as it was given."""

    view: View
    comments: tuple[Comment, ...] = ()


def marked_view(text: str) -> Marked:
    """What a notebook, HTML, LaTeX, Markdown or a mixture of them says, without its comments. Never raises."""
    if _MARK not in text and '"nbformat"' not in text:
        return Marked(plain_view(text))
    view = View(text)
    if '"nbformat"' in text:
        from slipstick.markup.notebook import cells_view

        view = cells_view(text) or view
    if _MARK not in view.text:
        return Marked(view.then(plain_view(view.text)))
    from slipstick.markup.comments import comments, without

    found = comments(view.text)
    bare = view.then(View.edited(view.text, without(found)))
    return Marked(bare.then(plain_view(bare.text)), tuple(_placed(comment, view) for comment in found))


def _placed(comment: Comment, view: View) -> Comment:
    names = tuple(name._replace(span=view.raw(*name.span)) for name in comment.names)
    lines = view.raw(*comment.lines) if comment.lines else None
    return comment._replace(span=view.raw(*comment.span), names=names, lines=lines)
