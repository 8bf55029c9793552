"""Where a text is LaTeX: formulas between delimiters, environments, and lines with commands of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from slipstick.markup.latex_names import ALIGNMENTS, KNOWN, MATHS, STRONG, TABLES

_DELIMITER = re.compile(
    r"\\\\[()]|\\\\|\\(?:begin|end)\{[A-Za-z]{1,20}\*?\}|\\[()\[\]]|\\.|\$\$|\$|\n[ \t]*+\n", re.DOTALL
)
_CLOSING = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]", r"\\(": r"\\)"}
_TEXT_ARGUMENT = re.compile(r"\\(?:text|math|operatorname|mbox|SI|qty|unit|num)[a-zA-Z]*\s*+\{[^{}]*+\}")
_COMMAND = re.compile(r"\\[A-Za-z]{2,}|\\[,;:%$]|[\^_]|\{,\}")
_OPERATOR = re.compile(r"[=+*/<>×·≈~|−-]")
_DANGLING = re.compile(r"(?:[-+*/=,:;(\[<]|\b(?:US|CA|AU|NZ|HK|A|C))\Z|\A\s*[*/,;)]|\A\d[^\n]*?,\s")
_PROSE = re.compile(
    r"(?<![\\A-Za-z])[A-Za-z]{2,}(?:[ \t\n]++[A-Za-z]{2,}){2,}"
    r"|(?<=[\s\d,;])(?:and|or|to|the|then|is|are|was|for|per|at|costs?|from|with|of|i\.e|e\.g)(?=[\s.,])"
)
_ATOM = re.compile(r"[A-Za-z]'?|[-+]?\d[\d.,]*+(?:%|[A-Za-z]{0,3})|[-+=<>*/]")
_LONE_COMMAND = re.compile(r"\\[A-Za-z]+")
_NAME = re.compile(r"\\{1,2}([A-Za-z]{2,30})(?![A-Za-z])")
# Each alternative begins with a character of its own, so that the search skips ordinary text fast.
_BARE = re.compile(r"\\\\?[A-Za-z]{2,30}(?![A-Za-z])|\\(?<=\d\\)[,;]\d|\{(?<=\d\{),\}\d|\^(?<=[\w)]\^)\{\s*+[-+\d\\]")
_ARGUED = re.compile(r"\\{1,2}[A-Za-z]{2,30}\s?\{")
# A path of Windows from its drive's colon on, one that begins with two dots, or one of a network.
# Where a brace follows it was none: the last name is a command with an argument.
_IN_PATH = r"[^\s\"'<>|*?{}]*+"
_PATH = re.compile(
    rf":(?<=[A-Za-z]:)(?<![A-Za-z0-9][A-Za-z]:)\\{_IN_PATH}|\.\.(?<![\w\\.]\.\.)\\{_IN_PATH}"
    rf"|\\\\(?<![^\s\"'(]\\\\)\w[\w.-]*+\\{_IN_PATH}"
)
_PATH_SIGNS = (":\\", "..\\", "\\\\")
_INDENT = 20  # blanks before a displayed formula, at most
_DOCUMENT = re.compile(r"\\(?:documentclass|begin\{document\}|(?:sub)*section\*?\{|chapter\*?\{)")
_TABULAR = re.compile(r"\\(begin|end)\{(\w+?)\*?\}")


class Region(NamedTuple):
    """A stretch of LaTeX. `opening` and `closing` are the lengths of the delimiters of a formula, 0 without any."""

    start: int
    end: int
    is_formula: bool
    opening: int = 0
    closing: int = 0


def regions(text: str) -> list[Region]:
    """The stretches of `text` that are LaTeX, in order: formulas, and around them what is marked up by commands."""
    formulas = list(_formulas(text))
    found = list(formulas)
    at = 0
    for start, end in _bare_ranges(text):
        while at < len(formulas) and formulas[at].end <= start:
            at += 1
        while at < len(formulas) and formulas[at].start < end:
            if formulas[at].start > start:
                found.append(Region(start, formulas[at].start, is_formula=False))
            start = max(start, formulas[at].end)
            if formulas[at].end >= end:
                break
            at += 1
        if start < end:
            found.append(Region(start, end, is_formula=False))
    return sorted(found)


def is_document(text: str) -> bool:
    """Whether the text is a LaTeX source as a whole."""
    return "\\" in text and _DOCUMENT.search(text) is not None


class _Open(NamedTuple):
    mark: str
    start: int
    inside: int


def _formulas(text: str) -> Iterator[Region]:
    opened: _Open | None = None
    depth = 0
    for found in _DELIMITER.finditer(text):
        mark, start, end = found.group(), found.start(), found.end()
        if mark[0] == "\n":
            opened = None
        elif opened is not None and opened.mark[1:6] == "begin":
            if mark[1:].partition("{")[2] == opened.mark[1:].partition("{")[2]:
                depth += 1 if mark[1] == "b" else -1
                if not depth:
                    yield Region(opened.start, end, is_formula=True)
                    opened = None
        elif mark.startswith(r"\begin"):
            if (opened is None or opened.mark == "$") and mark[7:].rstrip("*}") in MATHS:
                opened, depth = _Open(mark, start, end), 1
        elif opened is None or (mark == "$" and opened.mark == "$") or mark == _CLOSING[opened.mark]:
            region = opened and _closed(text, opened, start, end)
            if region:
                yield region
                opened = None
            else:
                opened = _opened(mark, start, end)
        elif mark == "$$" and opened.mark == "$":
            if region := _closed(text, opened, start, start + 1):
                yield region
                opened = _opened("$", start + 1, end)
            else:
                opened = _Open(mark, start, end)


def _opened(mark: str, start: int, end: int) -> _Open | None:
    return _Open(mark, start, end) if mark in _CLOSING else None


def _closed(text: str, opened: _Open, start: int, end: int) -> Region | None:
    """The formula from `opened` to the delimiter at `start`, if it is one and no two prices."""
    content = text[opened.inside : start]
    if opened.mark == "$" and not _may_close(text, content, end):
        return None
    if opened.mark == r"\[" and not _is_display(text, opened.start, content):
        return None
    return Region(opened.start, end, True, opened.inside - opened.start, end - start) if _is_formula(content) else None


def _is_display(text: str, start: int, content: str) -> bool:
    r"""Whether `\[` begins a formula: Markdown escapes the brackets of a citation or a remark just so."""
    if _COMMAND.search(content):
        return True
    line = text[max(0, start - _INDENT) : start].rpartition("\n")
    return not line[2].strip() and (start <= len(line[2]) or bool(line[1])) and _OPERATOR.search(content) is not None


def _may_close(text: str, content: str, end: int) -> bool:
    """The rule for single dollars: no digit behind; no blanks inside and no name behind, unless it is TeX."""
    following = text[end : end + 1]
    if not content or content.isspace() or (following.isdigit() and not _LONE_COMMAND.fullmatch(content)):
        return False  # "$5 \\times $3" are prices, "$\\times$3" are none
    is_tex = _COMMAND.search(content) is not None or len(content) == 1
    if (content[0].isspace() or content[-1].isspace() or following.isalpha() or following in ("_", "{")) and not is_tex:
        return False
    return is_tex or _ATOM.fullmatch(content) is not None or not _DANGLING.search(content)


def _is_formula(content: str) -> bool:
    outside_text = _TEXT_ARGUMENT.sub("", content)
    if _PROSE.search(outside_text):
        return False
    said = _COMMAND.search(content) or _OPERATOR.search(content)
    return said is not None or _ATOM.fullmatch(content.strip()) is not None


def _bare_ranges(text: str) -> list[tuple[int, int]]:
    """Lines with commands outside of formulas, and tables, in order; a LaTeX source is one such range."""
    if is_document(text):
        return [(0, len(text))]
    paths = _paths(text)
    ranges: list[tuple[int, int]] = []
    tables = _tables(text) if r"\begin{" in text else []
    end = path = table = 0
    for found in _BARE.finditer(text):
        start = found.start()
        while path < len(paths) and paths[path][1] <= start:
            path += 1
        in_path = path < len(paths) and paths[path][0] <= start
        if start < end or in_path or not _shows_latex(text, found):
            continue
        while table < len(tables) and tables[table][1] <= start:
            table += 1
        until = tables[table][1] if table < len(tables) and tables[table][0] <= start else start
        begin, end = max(end, text.rfind("\n", end, start) + 1), text.find("\n", until)
        end = len(text) if end < 0 else end
        ranges.append((begin, end))
    return ranges


def _paths(text: str) -> list[tuple[int, int]]:
    if not any(sign in text for sign in _PATH_SIGNS):
        return []
    return [found.span() for found in _PATH.finditer(text) if text[found.end() : found.end() + 1] != "{"]


def _shows_latex(text: str, found: re.Match[str]) -> bool:
    """Whether a match in a line says that the line is LaTeX; a weak command does with an argument in braces."""
    name = _NAME.fullmatch(found.group())
    if name is None:
        return True
    return name[1] in STRONG or (name[1] in KNOWN and _ARGUED.match(text, found.start()) is not None)


def _tables(text: str) -> list[tuple[int, int]]:
    """The outermost environments with cells."""
    found: list[tuple[int, int]] = []
    opened, depth = 0, 0
    for mark in _TABULAR.finditer(text):
        if mark[2] not in TABLES and mark[2] not in ALIGNMENTS:
            continue
        if mark[1] == "begin":
            opened = opened if depth else mark.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                found.append((opened, mark.end()))
    return found
