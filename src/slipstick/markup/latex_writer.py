"""The edits of a text's LaTeX as they are made from left to right, and what is known of its braces."""

from __future__ import annotations

import re

from slipstick.markup.latex_names import FONTS, TEXTS
from slipstick.markup.latex_regions import is_document, regions
from slipstick.markup.latex_tokens import match_braces, tokens_of
from slipstick.markup.view import Edit

_BLANKS = re.compile(r"\*?\s{0,8}")
_OPTION = re.compile(r"\*?\s{0,8}\[([^\]\n]{0,200})\]")
_SCRIPT = re.compile(r"\\([A-Za-z]+)|.", re.DOTALL)
_LOOK_BACK = 20


class Writer:
    """Edits so far, and those that are due at braces further on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0  # the end of the last edit: tokens before it are done with
        self.closing: dict[int, str] = {}  # what the closing brace at an offset becomes
        self.ranges: dict[int, tuple[int, str]] = {}  # the end and the text of what an opening brace begins
        self.environments: list[str] = []
        self.regions = regions(text)
        self.is_document = is_document(text)
        self.tokens = [token for region in self.regions for token in tokens_of(text, region)]
        self.braces = match_braces(self.tokens)
        self._made: list[Edit] = []
        self._ahead: list[Edit] = []

    def edits(self) -> list[Edit]:
        """All that was made, in order."""
        return sorted([*self._made, *self._ahead])

    def edit(self, start: int, end: int, text: str = "") -> None:
        """Put `text` in place of a range, which no further token may begin in."""
        self._made.append(Edit(start, end, text))
        self.at = end

    def ahead(self, start: int, end: int, text: str = "") -> None:
        """The same, for characters that belong to no token."""
        self._ahead.append(Edit(start, end, text))

    def before(self, at: int, *, skip_blanks: bool = False) -> str:
        """The last plain characters before raw offset `at`."""
        for edit in reversed(self._made[-_LOOK_BACK:]):
            while skip_blanks and at > edit.end and self.text[at - 1] in " \t":
                at -= 1
            if edit.end != at:
                break
            if edit.text and not (skip_blanks and edit.text.isspace()):
                return edit.text
            at = edit.start
        before = self.text[max(0, at - _LOOK_BACK) : at].rstrip("$")
        return before.rstrip(" \t") if skip_blanks else before

    def blank_before(self, at: int) -> str:
        """A blank if a word that is put at `at` would run into what stands before it."""
        last = self.before(at)[-1:]
        return " " if last and (last.isalnum() or last in ")%°") else ""

    def brace(self, at: int) -> int | None:
        """The offset of the opening brace of an argument at `at`, if it is closed."""
        blanks = _BLANKS.match(self.text, at)
        at = blanks.end() if blanks else at
        return at if at in self.braces.closing else None

    def option(self, at: int) -> tuple[int, str]:
        """The end and the content of an argument in square brackets at `at`; `at` itself without one."""
        option = _OPTION.match(self.text, at)
        return (option.end(), option[1].strip()) if option else (at, "")

    def past_arguments(self, at: int, count: int) -> int:
        """The end of up to `count` arguments in braces, an optional one before them."""
        at, _ = self.option(at)
        for _ in range(count):
            opening = self.brace(at)
            if opening is None:
                break
            at = self.braces.closing[opening] + 1
        return at

    def past_script(self, at: int) -> int:
        """The end of the argument of `^` or `_` at `at`."""
        if at in self.braces.closing:
            return self.braces.closing[at] + 1
        single = _SCRIPT.match(self.text, at)
        if single is None or single.group() in "{}$&\\\n ":
            return at
        return self.past_arguments(single.end(), 1) if single[1] in TEXTS | FONTS else single.end()
