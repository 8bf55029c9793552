"""Characters that are drawn as nothing, or as a digit or sign that has a character of its own; rarer signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from slipstick.markup.view import Edit

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # zero-width blanks and joiners, the word joiner, the soft hyphen
FULL_WIDTH = "０１２３４５６７８９＊＋＝／％（）．－＾＄"
# Mathematical alphanumeric symbols: letters and digits in bold, italic, double-struck ... (Unicode block 1D400).
STYLED = "\U0001d400-\U0001d7ff"

_SAME_SIGN = {
    sign: plain
    for plain, signs in (("-", "‐‑﹣"), ("→", "➔➙➛➜➝➞➟➠➡➤➨⇨⟾⭢⮕"), ("≈", "≒≑≐≊≋"), ("×", "⨉"), ("*", "⁎﹡"), ("/", "⁄∕"))
    for sign in signs
}
"""Signs of the same meaning as a common one, such as the hyphen at which no line breaks."""
_ALIKE = "".join(_SAME_SIGN).replace("⁄", "").replace("∕", "")

_FOREIGN = re.compile(f"[{INVISIBLE}]+|[{FULL_WIDTH}{STYLED}]+|[{_ALIKE}]|(?<![0-9])[⁄∕]|[⁄∕](?![0-9])")
_ANY_FOREIGN = re.compile(f"[{INVISIBLE}{FULL_WIDTH}{STYLED}{_ALIKE}⁄∕]")  # one set is searched faster
_INVISIBLE = frozenset(INVISIBLE)


_BLANK = re.compile("[\r\u00a0\u2009\u202f](?:(?<=\r)\n?|(?<![0-9].)|(?![0-9]))")


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
    """Drop what is invisible; put the ordinary letter, digit or sign in place of a full-width, styled or rarer one.

    Between digits the slash of a fraction stays.
    """
    for found in _FOREIGN.finditer(text):
        written = found.group()
        if written[0] in _INVISIBLE:
            yield Edit(found.start(), found.end())
        elif written in _SAME_SIGN:
            yield Edit(found.start(), found.end(), _SAME_SIGN[written], copied=True)
        else:
            # NFKC maps each of these characters to exactly one.
            yield Edit(found.start(), found.end(), unicodedata.normalize("NFKC", written), copied=True)
