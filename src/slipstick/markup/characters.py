"""Characters that are drawn as nothing, or as a digit or sign that has a character of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from slipstick.markup.view import Edit

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # zero-width blanks and joiners, the word joiner, the soft hyphen
FULL_WIDTH = "０１２３４５６７８９＊＋＝／％（）．－＾＄"
# Mathematical alphanumeric symbols: letters and digits in bold, italic, double-struck ... (Unicode block 1D400).
STYLED = "\U0001d400-\U0001d7ff"

_FOREIGN = re.compile(f"[{INVISIBLE}]+|[{FULL_WIDTH}{STYLED}]+")
_ANY_FOREIGN = re.compile(f"[{INVISIBLE}{FULL_WIDTH}{STYLED}]")  # as one set, for which a text is searched faster
_INVISIBLE = frozenset(INVISIBLE)


_BLANK = re.compile("\r\n?|(?<![0-9])[\u00a0\u2009\u202f]|[\u00a0\u2009\u202f](?![0-9])")


def blank_edits(text: str) -> Iterator[Edit]:
    """A line feed in place of each other end of a line; a plain blank in place of one that is not to be broken.

    Between digits such a blank parts thousands, and stays.
    """
    for found in _BLANK.finditer(text):
        written = "\n" if found.group()[0] == "\r" else " "
        yield Edit(found.start(), found.end(), written, copied=found.end() - found.start() == 1)


def may_have_foreign(text: str) -> bool:
    """Whether there is any such character. Python knows of a string whether it is ASCII, without a look at it."""
    return not text.isascii() and _ANY_FOREIGN.search(text) is not None


def character_edits(text: str) -> Iterator[Edit]:
    """Drop what is invisible; put the ordinary letter, digit or sign in place of a full-width or styled one."""
    for found in _FOREIGN.finditer(text):
        written = found.group()
        if written[0] in _INVISIBLE:
            yield Edit(found.start(), found.end())
        else:
            # NFKC maps each of these characters to exactly one.
            yield Edit(found.start(), found.end(), unicodedata.normalize("NFKC", written), copied=True)
