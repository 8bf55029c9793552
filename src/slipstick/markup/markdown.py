"""Markdown as plain text: the marks of emphasis, code, links, quotes, headings and tables go, operators stay.

A `*` or `**` between numbers is a product or a power, however uneven its blanks: emphasis is read more narrowly here
than in CommonMark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

from slipstick.markup.markdown_blocks import read_blocks
from slipstick.markup.markdown_emphasis import Emphasis
from slipstick.markup.view import Edit
from slipstick.source import Span

_TICKS = re.compile(r"`+")
# Each alternative begins with a character of its own, so that the search skips ordinary text fast.
_MARK = re.compile(
    r"\\(?:\r?\n|[\\*_$~#|%+()\[\]<>!`{}&^=.-])|``*+|~~++|!\[|\[|\]"
    # A star between blanks or between letters or digits, and an underscore between the latter, is no mark.
    r"|\*(?!(?<=[ ]\*)[ ]|(?<=[^\W_]\*)[^\W_])\**+|_(?!(?<=[^\W_]_)[^\W_])_*+"
    r"|://(?:[^\s<>\"`|\])*_\\~]|[*_~](?=[^\s*_~.,;:)\]]))*+"
    r"|\n(?=[ \t>]*+(?:\r?\n|[-+*][ \t]|\d{1,9}[.)][ \t]|#|\|))"
)
_LONGEST_CODE = 1000
_LONGEST_LABEL = 200
_TARGET = re.compile(
    r"\(\s{0,3}(?:<[^<>\n]*+>|(?:[a-zA-Z][a-zA-Z0-9+.-]*+:|/|#|\.{1,2}/|www\.|[\w%./-]*?\.[a-z]{2,5}(?=[)#?\s]))"
    r"[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)(?:\s{1,3}(?:\"[^\"\n]*+\"|'[^'\n]*+'))?\s{0,3}\)"
)
_LABEL = re.compile(r"\[([^\[\]\n]{0,100})\]")
_FOOTNOTE = re.compile(r"\[\^[\w.-]{1,40}\](?::[ \t]*+)?")


def markdown_edits(text: str) -> list[Edit]:
    """The edits that leave what the text says, in order."""
    return _Inline(text).edits()


class _Inline:
    """Goes through the marks inside of lines; brackets and emphasis that are open end with their paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        blocks = read_blocks(text)
        self.made = blocks.edits
        self.opaque = blocks.opaque
        self.labels = blocks.labels
        self.emphasis = Emphasis(text)
        self.brackets: list[Span] = []
        self.ticks: dict[int, list[int]] = defaultdict(list)  # where the runs of backticks of a length start
        if "`" in text:
            for run in _TICKS.finditer(text):
                self.ticks[run.end() - run.start()].append(run.start())

    def edits(self) -> list[Edit]:
        start = 0
        for hidden in [*self.opaque, Span(len(self.text), len(self.text))]:
            self._lines(start, hidden.start)
            self._paragraph_ends()
            start = hidden.end
        return sorted([*self.made, *self.emphasis.edits])

    def _lines(self, at: int, end: int) -> None:
        text, search, run = self.text, _MARK.search, self.emphasis.run
        while found := search(text, at, end):
            start, at = found.span()
            sign = text[start]
            if sign in "*_~":
                run(start, at)
            elif sign == "\n":
                self._paragraph_ends()
            elif sign == ":":
                continue  # a web address
            else:
                at = self._mark(sign, start, at)

    def _mark(self, sign: str, start: int, end: int) -> int:
        if sign == "\\":
            self._escape(start, end)
        elif sign == "`":
            return self._code(start, end)
        elif sign == "]":
            return self._bracket_closes(start, end)
        elif footnote := _FOOTNOTE.match(self.text, start):
            self._edit(start, footnote.end())
            return footnote.end()
        else:
            self.brackets.append(Span(start, end))
        return end

    def _edit(self, start: int, end: int) -> None:
        self.made.append(Edit(start, end))

    def _paragraph_ends(self) -> None:
        if self.brackets:
            self.brackets.clear()
        if self.emphasis.is_open:
            self.emphasis.clear()

    def _escape(self, start: int, end: int) -> None:
        r"""The backslash goes, but for one in a path (`C:\_data`, `..\x`) and one that is escaped itself."""
        escaped = self.text[start + 1]
        before = self.text[max(0, start - 1) : start]
        if escaped == "\\" or before == ":" or (escaped == "." and not before.isdigit()):
            return
        self._edit(start, start + 1)

    def _code(self, start: int, end: int) -> int:
        """Code between runs of backticks of one length: what is inside is left alone."""
        runs = self.ticks[end - start]
        following = bisect_right(runs, start)
        if following == len(runs) or runs[following] - end > _LONGEST_CODE:
            return end
        closing = runs[following]
        if self.text.find("\n\n", end, closing) >= 0:
            return end
        self._edit(start, end)
        self._edit(closing, closing + end - start)
        return closing + end - start

    def _bracket_closes(self, start: int, end: int) -> int:
        """`]`: a link's text stays, an image goes; brackets without a target are the author's."""
        if not self.brackets:
            return end
        opening = self.brackets.pop()
        target = _TARGET.match(self.text, end) if self.text.startswith("(", end) else None
        if target is None:
            label = _LABEL.match(self.text, end)
            name = (label and label[1]) or self.text[opening.end : min(start, opening.end + _LONGEST_LABEL)]
            if not self.labels or name.strip().lower() not in self.labels:
                return end
            after = label.end() if label and (not label[1] or label[1] == name) else end
        else:
            after = target.end()
        if opening.end - opening.start > 1:
            self._drop(opening.start, after)
        else:
            self._edit(*opening)
            self._edit(start, after)
        return after

    def _drop(self, start: int, end: int) -> None:
        """Drop an image with the marks inside of its description."""
        while self.made and self.made[-1].start >= start and self.made[-1].end <= end:
            self.made.pop()
        self.emphasis.forget(start)
        self._edit(start, end)
