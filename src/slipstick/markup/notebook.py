"""The text of a Jupyter notebook's Markdown cells, with places in the notebook's own JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from slipstick.markup.view import Edit, View
from slipstick.source import Span

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)
_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE = re.compile(rf"{_PAIR}|\\u[0-9a-fA-F]{{4}}|\\.")
_SOURCE_DEPTH = 3  # the notebook, its list of cells, a cell


def cells_view(text: str) -> View | None:
    """The view of a notebook's Markdown cells as their author wrote them, or None if `text` is no notebook."""
    return View.edited(text, _edits(text)) if _is_notebook(text) else None


def _is_notebook(text: str) -> bool:
    return '"nbformat"' in text and '"cells"' in text and not why_no_notebook(text)


def why_no_notebook(text: str) -> str:
    """What a text lacks to be a Jupyter notebook (nbformat 4), in words; "" where it is one."""
    try:
        read = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        return f"its JSON is broken at line {error.lineno}, column {error.colno}" if text.strip() else "it is empty"
    except (ValueError, RecursionError):
        return "its JSON cannot be read"
    if isinstance(read, dict) and "nbformat" in read and isinstance(read.get("cells"), list):
        return ""
    return "its JSON has no nbformat and list of cells"


def _edits(text: str) -> Iterator[Edit]:
    """Drop all but the contents of the strings that are Markdown; part the cells by a blank line; decode escapes."""
    at = 0
    for number, strings in enumerate(_markdown_cells(text)):
        parted = "\n\n" if number else ""
        for start, end in strings:
            yield Edit(at, start, parted)
            parted = ""
            for found in _ESCAPE.finditer(text, start, end):
                yield Edit(found.start(), found.end(), _decoded(found.group()))
            at = end
    yield Edit(at, len(text))


def _decoded(escape: str) -> str:
    decoded: str = json.loads(f'"{escape}"')
    return "\ufffd" if len(decoded) == 1 and "\ud800" <= decoded <= "\udfff" else decoded


def _markdown_cells(text: str) -> Iterator[list[Span]]:
    """The places of the source strings (without quotes) of each Markdown cell that has any. `text` is valid JSON."""
    keys: list[str | None] = []  # of each open container: the key that is being read; None in a list
    is_key = False
    is_markdown = False
    source: list[Span] = []
    for found in _TOKEN.finditer(text):
        token = found.group()
        if token in "{[":
            if len(keys) == _SOURCE_DEPTH - 1:
                is_markdown, source = False, []
            keys.append("" if token == "{" else None)
            is_key = token == "{"
        elif token in "}]":
            keys.pop()
            if len(keys) == _SOURCE_DEPTH - 1 and keys[0] == "cells" and is_markdown and any(e > s for s, e in source):
                yield source
                is_markdown = False
        elif token == ",":
            is_key = keys[-1] is not None
        elif token[0] == '"':
            if is_key:
                keys[-1], is_key = json.loads(token), False
            elif keys == ["cells", None, "cell_type"]:
                is_markdown = token == '"markdown"'
            elif keys[:1] == ["cells"] and keys[1:] in ([None, "source"], [None, "source", None]):
                source.append(Span(found.start() + 1, found.end() - 1))
