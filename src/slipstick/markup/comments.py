"""Comments that allow what a rule finds: `<!-- slipstick: allow packaging-ratio -- why -->`, or behind `%` or `#`.

They are no part of what a text says: `without` takes them out before anything else is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from slipstick.markup.view import Edit
from slipstick.source import Span

MARK = "slipstick:"
"""What every such comment holds; a text without it has none."""

# One in backticks is quoted. Behind % and # nothing but `allow` makes a comment: a heading may begin with the name.
_OPENING = re.compile(
    rf"(?<!`)<!--(?P<html>\s*{MARK})"
    rf"|(?:^|(?<=[ \t]))[%#]++[ \t]*{MARK}[ \t]*(?P<line>allow(?:-file)?(?![\w-])[^\n]*)",
    re.MULTILINE,
)
_SAID = re.compile(r"\s*(?P<word>[\w-]*)(?P<names>(?:(?!(?<!\S)--(?!\S)).)*+)", re.DOTALL)
_NAME = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_REST_OF_LINE = re.compile(r"[ \t]*(?:\r?\n|\Z)")


class Named(NamedTuple):
    """A rule's code or name, as written."""

    name: str
    span: Span


class Comment(NamedTuple):
    """A comment meant for slipstick. `word` is what it asks for: allow, allow-file, or what is neither.

    `lines` are the lines that it has to itself, line breaks included, alone or with other comments; None where other
    text stands beside it.
    """

    span: Span
    word: str
    names: tuple[Named, ...]
    lines: Span | None = None

    @property
    def whole_text(self) -> bool:
        """Whether it reaches all over the text."""
        return self.word == "allow-file"

    @property
    def is_usable(self) -> bool:
        """Whether it allows something."""
        return self.word in ("allow", "allow-file") and bool(self.names)


def comments(text: str) -> tuple[Comment, ...]:
    """The comments in `text`, in order. Linear in its length."""
    found = list(_found(text)) if MARK in text else []
    return tuple(made for run in _runs(text, found) for made in _with_lines(text, run))


def _found(text: str) -> Iterator[Comment]:
    at = 0
    while opening := _OPENING.search(text, at):
        at = opening.end()
        if opening["html"] is None:
            yield _comment(text, Span(*opening.span()), Span(*opening.span("line")))
            continue
        closing = text.find("-->", at)
        if closing < 0:
            return  # what is not closed is no comment, nor is what follows it
        yield _comment(text, Span(opening.start(), closing + 3), Span(at, closing))
        at = closing + 3


def _comment(text: str, span: Span, inside: Span) -> Comment:
    said = _SAID.match(text, *inside)
    assert said is not None  # every part of it may be empty
    names = tuple(Named(name.group(), Span(*name.span())) for name in _NAME.finditer(text, *said.span("names")))
    return Comment(span, said["word"], names)


def _runs(text: str, found: Sequence[Comment]) -> Iterator[list[Comment]]:
    """Comments with nothing but blanks of one line between them."""
    run: list[Comment] = []
    for comment in found:
        if run and text[run[-1].span.end : comment.span.start].strip(" \t"):
            yield run
            run = []
        run.append(comment)
    if run:
        yield run


def _with_lines(text: str, run: list[Comment]) -> list[Comment]:
    start = run[0].span.start
    while start and text[start - 1] in " \t":
        start -= 1
    rest = _REST_OF_LINE.match(text, run[-1].span.end)
    if rest is None or (start and text[start - 1] != "\n"):
        return run
    return [comment._replace(lines=Span(start, rest.end())) for comment in run]


def without(found: Sequence[Comment]) -> Iterator[Edit]:
    """The edits that take the comments out, with the lines that they have to themselves."""
    for comment in found:
        yield Edit(*(comment.lines or comment.span))
