"""Whether a picture can be read: where its words stand."""

from __future__ import annotations

from itertools import combinations
from typing import Any

BLOG_WIDTH = 7.0


def by_gid(figure: Any, gid: str) -> list[Any]:
    """The artists of a figure with this name."""
    return [artist for artist in figure.findobj() if artist.get_gid() == gid]


def boxes(figure: Any) -> dict[str, list[Any]]:
    """The boxes of all words that are drawn, by what they say."""
    from matplotlib.text import Text

    figure.canvas.draw()
    found: dict[str, list[Any]] = {}
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip():
            found.setdefault(text.get_text(), []).append(Text.get_window_extent(text))
    return found


def assert_legible(figure: Any) -> None:
    """No words overlap or leave the picture, none is read as mathematics, and every axis has a label with its unit."""
    from matplotlib.text import Text

    every = [(words, box) for words, found in boxes(figure).items() for box in found]
    page = figure.bbox
    for words, box in every:
        assert page.x0 <= box.x0 < box.x1 <= page.x1, words
        assert page.y0 <= box.y0 < box.y1 <= page.y1, words
    for (one, a), (other, b) in combinations(every, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        tall = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide < 1 or tall < 2, (one, other)
    for axes in figure.axes:
        assert "(" in axes.get_xlabel()
        if len(axes.get_yticks()):
            assert " per " in axes.get_ylabel() or "(" in axes.get_ylabel()
    assert not any(text.get_parse_math() for text in figure.findobj(Text))
    assert figure.get_figwidth() == BLOG_WIDTH
