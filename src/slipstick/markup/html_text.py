"""HTML as plain text: tags, comments and character references, in whole pages, fragments and mixtures.

The standard library's html.parser does not serve: on hostile input (in Python 3.11) it takes quadratic time, it knows
no places inside of a text node, and it takes any `<name` for a tag. Only its table of character references is used.
"""

from __future__ import annotations

import html
import re

from slipstick.markup.html_names import BLOCK, BOOLEAN_ATTRIBUTES, CELL, FLOWING, KNOWN, LINE, PAIRED, UNSEEN
from slipstick.markup.scripts import Script, is_number, subscript, superscript
from slipstick.markup.view import Edit

_REFERENCE = r"&(?:amp;){0,3}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_SIGN = re.compile(rf"<[!/?a-zA-Z]|{_REFERENCE}")
_MARK = re.compile(rf"<[!/?a-zA-Z]|{_REFERENCE}|\n|\r\n")
_REFERENCES = re.compile(_REFERENCE)
# A value without quotes may hold anything but these; one with quotes may hold `>`. Never goes back, so linear.
_VALUE = r"""(?:\\?"[^"]*+"|\\?'[^']*+'|[^\s"'<>`]++)"""
_ATTRIBUTE = rf"(?:[a-zA-Z_:@][\w:.-]*+\s*+=\s*+{_VALUE}|(?:{'|'.join(BOOLEAN_ATTRIBUTES)})\b)"
_TAG = re.compile(rf"<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{{0,15}}+)(?:\s++{_ATTRIBUTE}){{0,50}}+\s*+/?>")
_ANY_TAG = re.compile(r"<[^<>]*>")
_DECLARATION = re.compile(r"<(?:!(?:doctype|\[CDATA\[)|\?xml)[^<>]*>", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_CLOSED = re.compile(rf"</([{''.join(PAIRED)}])\s*>", re.IGNORECASE)
_SOFT_BREAK = re.compile(r"\r?\n[ \t]*+")
_ANNOTATION = re.compile(r"<annotation\b[^<>]*tex[^<>]*>([^<>]*)</annotation", re.IGNORECASE)
_SCRIPT_LENGTH = 400  # longest super- or subscript, tags included
_SCRIPT_END = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in ("sup", "sub")}
_ESCAPED = re.compile(
    r"&(?:amp;){0,3}lt;sup&(?:amp;){0,3}gt;\s?([-−+]?\d{1,4})\s?&(?:amp;){0,3}lt;/sup&(?:amp;){0,3}gt;"
)
"""An exponent whose tags were escaped once more, as in the dump of a page: 10&lt;sup&gt;22&lt;/sup&gt;."""
_LOOK_BACK = 20


def may_be_html(text: str) -> bool:
    """Whether anything in the text looks like a tag, a comment or a character reference."""
    return ("<" in text or "&" in text) and _SIGN.search(text) is not None


def html_edits(text: str) -> list[Edit]:
    """The edits that leave what a browser would show, in order."""
    return _Reader(text).edits()


class _Reader:
    """Goes through a text from mark to mark. `depth` counts the open elements whose line breaks are blanks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.made: list[Edit] = []
        self.depth = 0
        self.preformatted = 0
        self.is_page = _PAGE.search(text) is not None
        self.paired = {name.lower() for name in _CLOSED.findall(text)}
        self.missing: set[str] = set()  # closing marks that are known to be absent from here on
        self.script_end: tuple[int, str] = (-1, "")

    def edits(self) -> list[Edit]:
        at = 0
        while found := _MARK.search(self.text, at):
            mark = found.group()
            if mark[0] == "&":
                at = self._reference(found)
            elif mark[0] == "<":
                at = self._angle(found.start())
            else:
                at = self._line_break(found)
        return self.made

    def _edit(self, start: int, end: int, text: str = "") -> int:
        self.made.append(Edit(start, end, text))
        return end

    def _reference(self, found: re.Match[str]) -> int:
        decoded = _decoded(found.group())
        raised = _ESCAPED.match(self.text, found.start()) if decoded == "<" else None
        if raised is not None and superscript(self._before(found.start()), raised[1]) is not Script.NOTE:
            self._edit(found.start(), raised.start(1), "^")
            return self._edit(raised.end(1), raised.end())
        if decoded != found.group():
            self._edit(found.start(), found.end(), decoded)
        return found.end()

    def _line_break(self, found: re.Match[str]) -> int:
        if not self.depth or self.preformatted:
            return found.end()
        broken = _SOFT_BREAK.match(self.text, found.start())
        assert broken is not None
        blank_line = self.text[broken.end() : broken.end() + 1] in ("\n", "\r")
        if blank_line and not self.is_page:
            self.depth = 0  # Markdown goes on behind a blank line, whatever element is open
            return broken.end()
        begins_line = self._before(found.start()).endswith("\n")  # between </tr> and <tr>, where it shows nothing
        return self._edit(found.start(), broken.end(), "" if begins_line else " ")

    def _angle(self, start: int) -> int:
        if self.text.startswith("<!--", start):
            return self._skip(start, start + 4, "-->")
        if declared := _DECLARATION.match(self.text, start):
            return self._edit(start, declared.end())
        tag = _TAG.match(self.text, start)
        if tag is None:
            return start + 1
        name = tag["name"].lower()
        if name not in KNOWN or (name in PAIRED and name not in self.paired):
            return start + 1
        if not tag["slash"]:
            if name in UNSEEN:
                return self._skip(start, tag.end(), f"</{name}")
            if name == "math":
                return self._formula(start, tag.end())
            if name in ("sup", "sub"):
                return self._script(start, tag.end(), name)
        return self._tag(tag, name, closing=bool(tag["slash"]))

    def _tag(self, tag: re.Match[str], name: str, *, closing: bool) -> int:
        if name in FLOWING:
            self.depth = max(0, self.depth - 1) if closing else self.depth + 1
        elif name == "pre":
            self.preformatted = max(0, self.preformatted + (-1 if closing else 1))
        if closing and tag.start() == self.script_end[0]:
            return self._edit(tag.start(), tag.end(), self.script_end[1])
        if name == "math":
            return self._edit(tag.start(), tag.end(), r"\)")
        put = "\n" if name in BLOCK else " | " if name in CELL and not closing else ""
        if name in LINE and self._before(tag.start()).endswith("\n"):
            put = ""  # one line break between two of them
        return self._edit(tag.start(), tag.end(), put)

    def _find(self, mark: str, start: int) -> int:
        """Where `mark` is next, or -1; what was not found once is not looked for again."""
        if mark in self.missing:
            return -1
        found = re.compile(re.escape(mark), re.IGNORECASE).search(self.text, start)
        if found is None:
            self.missing.add(mark)
            return -1
        return found.start()

    def _skip(self, start: int, inside: int, closing: str) -> int:
        """Drop an element with its content, or its opening mark alone if nothing closes it."""
        at = self._find(closing, inside)
        if at < 0:
            return self._edit(start, inside)
        end = at + len(closing)
        if closing[0] == "<":
            end = max(end, self.text.find(">", end, end + _LOOK_BACK) + 1)
        return self._edit(start, end)

    def _formula(self, start: int, inside: int) -> int:
        """MathML as its TeX annotation, or dropped without one; TeX between the tags is left to the LaTeX pass."""
        closing = self._find("</math", inside)
        if closing < 0:
            return self._edit(start, inside)
        if self.text.find("<m", inside, closing) < 0:
            return self._edit(start, inside, r"\(")
        end = max(closing + 6, self.text.find(">", closing, closing + _LOOK_BACK) + 1)
        annotation = _ANNOTATION.search(self.text, inside, closing + 6)
        if annotation is None:
            return self._edit(start, end)
        self._edit(start, annotation.start(1), r"\(")
        for found in _REFERENCES.finditer(self.text, annotation.start(1), annotation.end(1)):
            self._reference(found)
        return self._edit(annotation.end(1), end, r"\)")

    def _script(self, start: int, inside: int, name: str) -> int:
        closed = _SCRIPT_END[name].search(self.text, inside, inside + _SCRIPT_LENGTH)
        if closed is None:
            return self._edit(start, inside)
        closing, end = closed.span()
        content = _decoded_all(_ANY_TAG.sub("", self.text[inside:closing])).strip()
        meant = (superscript if name == "sup" else subscript)(self._before(start), content)
        if meant is Script.NOTE:
            return self._edit(start, end)
        bare = meant is Script.TEXT or is_number(content)
        self.script_end = (closing, "" if bare else ")")
        return self._edit(start, inside, "" if meant is Script.TEXT else "^" if bare else "^(")

    def _before(self, at: int) -> str:
        """The plain text that ends at raw offset `at`, as far back as an exponent's meaning depends on it."""
        for edit in reversed(self.made[-_LOOK_BACK:]):
            if edit.end != at:
                break
            if edit.text:
                return edit.text
            at = edit.start
        return self.text[max(0, at - _LOOK_BACK) : at]


def _decoded(reference: str) -> str:
    """A character reference decoded, escaped twice or more often too (`&amp;times;`)."""
    while True:
        decoded = html.unescape(reference)
        if decoded == reference or not _REFERENCES.fullmatch(decoded):
            return decoded
        reference = decoded


def _decoded_all(text: str) -> str:
    return _REFERENCES.sub(lambda found: _decoded(found.group()), text)
