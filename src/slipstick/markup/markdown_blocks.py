"""The marks of Markdown that stand at the start of a line: quotes, headings, fences, rows that delimit a table."""

from __future__ import annotations

import re
from typing import NamedTuple

from slipstick.markup.view import Edit
from slipstick.source import Span

_QUOTE = r"(?P<quote>[ ]{0,3}>(?:[ ]?>)*+[ ]?)?"
_BODY = (
    rf"{_QUOTE}(?:"
    r"(?P<fence>[ \t]*+(?P<ticks>`{3,}+|~{3,}+)(?P<info>[^`\n]*+)(?=\n|\Z))"
    r"|(?P<heading>[ ]{0,3}\#{1,6}[ \t]++)"
    r"|(?P<row>[ \t]*+(?:\|[ \t]*+)?+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+(?=\r?\n|\Z))"
    r"|(?P<rule>[ ]{0,3}(?:={3,}+|\*{3,}+|_{3,}+)[ \t]*+(?=\r?\n|\Z))"
    r"|(?P<definition>[ ]{0,3}\[(?P<label>[^\[\]\n^][^\[\]\n]{0,99})\]:[ \t]++(?:<|[a-z]++:|/|\#|www\.)\S*[^\n]*+)"
    r"|)"
)
_FIRST_LINE = re.compile(_BODY)
_LINE = re.compile(rf"\n(?=[ \t]*+[>`~\#|:=*_\[-]){_BODY}")
_QUOTED_LINE = re.compile(r"\n[ ]{0,3}>(?:[ ]?>)*+[ ]?")


class Blocks(NamedTuple):
    """The edits of line starts, the lines that hold no text or code, and the labels that links refer to."""

    edits: list[Edit]
    opaque: list[Span]
    labels: set[str]


def read_blocks(text: str) -> Blocks:
    """Find what the starts of lines say, in one pass."""
    blocks = Blocks([], [], set())
    found = _FIRST_LINE.match(text)
    while found:
        at = found.end()
        if found["quote"]:
            blocks.edits.append(Edit(*found.span("quote")))
        if found["fence"] is not None:
            at = _fenced(text, found, blocks)
        elif found["heading"] is not None:
            blocks.edits.append(Edit(*found.span("heading")))
        elif found["row"] is not None:
            _row(text, found, blocks)
        elif found["rule"] is not None:
            _dropped(Span(*found.span("rule")), blocks)
        elif found["definition"] is not None:
            blocks.labels.add(found["label"].strip().lower())
            _dropped(Span(*found.span("definition")), blocks)
        found = _LINE.search(text, at)
    return blocks


def _dropped(span: Span, blocks: Blocks) -> None:
    blocks.edits.append(Edit(*span))
    blocks.opaque.append(span)


def _row(text: str, found: re.Match[str], blocks: Blocks) -> None:
    """A row of dashes: in a table it goes with its line; without cells it is a rule or underlines a heading."""
    start, end = found.span("row")
    written = found["row"]
    if "|" not in written:
        if "---" in written:
            blocks.edits.append(Edit(start, end))
        return
    if start and text[start - 1] == "\n":
        start -= 2 if text[start - 2 : start] == "\r\n" else 1
    blocks.edits.append(Edit(start, end))


def _fenced(text: str, opening: re.Match[str], blocks: Blocks) -> int:
    """Drop the two fences of a block of code; without a second one the code goes on to the end."""
    ticks = opening["ticks"]
    blocks.edits.append(Edit(*opening.span("fence")))
    closing = re.compile(rf"\n([ \t>]*+{ticks[0]}{{{len(ticks)},}}+[ \t]*+)(?=\r?\n|\Z)").search(
        text, opening.end() - 1
    )
    end = closing.start() if closing else len(text)
    if opening["quote"]:
        lines = _QUOTED_LINE.finditer(text, opening.end(), max(end, opening.end()))
        blocks.edits.extend(Edit(quoted.start() + 1, quoted.end()) for quoted in lines)
    if closing is not None:
        blocks.edits.append(Edit(*closing.span(1)))
        end = closing.end()
    blocks.opaque.append(Span(opening.start("fence"), end))
    return end
