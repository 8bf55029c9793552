"""HTML built from elements, so that text cannot be taken for markup: what is no `Html` is escaped, everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_VOID = frozenset({"meta"})


class Html(str):
    """Markup that is safe as it stands; made by `element`, `joined` and `raw` only."""

    __slots__ = ()


def raw(markup: str) -> Html:
    """Our own markup, taken as it is."""
    return Html(markup)


def joined(parts: Iterable[str]) -> Html:
    """The parts one after another, those that are plain text escaped."""
    return Html("".join([part if isinstance(part, Html) else escape(part) for part in parts]))


def element(tag: str, *content: str, **attributes: str | None) -> Html:
    """`<tag attribute="...">content</tag>`: values and plain text are escaped, attributes that are None left out.

    An underscore at the end of an attribute's name (`class_`) is not part of it, one within it (`aria_label`) a hyphen.
    """
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Html(f"<{tag}{given}>")
    return Html(f"<{tag}{given}>{joined(content)}</{tag}>")
