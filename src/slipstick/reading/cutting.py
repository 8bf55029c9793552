"""Named patterns, and the pieces that they cut a text into. Offsets are code points into the source."""

from __future__ import annotations

import re
from typing import NamedTuple

from slipstick.source import Span

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

CHINESE = "千万萬亿億"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DOLLARS = r"(?:US|AU|CA|NZ|HK|[ACS])\$"

# Order matters: the first pattern that matches wins. An `x` (Latin or Cyrillic) is an operator only between numbers or
# brackets. A superscript ends a word: it is a power (m²) or a footnote's number.
_TIMES_BY_LETTER = r"[xXхХ](?<=[\d)\] ].)(?=\s*[\d(.$√\[~])"
_PATTERNS = {
    "integer": rf"\d+(?![\d.,_'’\u00a0\u2009\u202feExX{VULGAR}])(?! [{VULGAR}])",  # most numbers are plain ones
    "url": r"[hw](?:(?<=h)ttps?://|(?<=w)ww\.)[^\s)\]>\"']+",
    "power": r"\*\*|\^",
    "times": rf"[*×·⋅∙∗✕•⨯✖＊]|{_TIMES_BY_LETTER}",
    "currency": rf"[$€£¥₹₩]|{_DOLLARS}",
    "word": rf"[^\W\d_{_RAISED}{VULGAR}](?:(?<=[\d{CHINESE}][{CHINESE}])"
    rf"|[^\W_{_RAISED}{VULGAR}]*(?:_[^\W_{_RAISED}{VULGAR}]+)*"
    rf"(?:['’][^\W\d_]+)?(?:\.\d+)*(?:-v?\d[^\W_{_RAISED}{VULGAR}]*(?:\.\d+)*)*)",
    "hexadecimal": r"0x[0-9a-fA-F]+\b",
    "fraction": rf"(?:\d{{1,3}}[ \u00a0\u2009]?)?[{VULGAR}]",
    "number": r"\d{1,3}(?:\.\d{3})+,\d{1,2}(?![.,]?\d)|\d{1,3}(?:\.\d{3}){2,}(?![.,]?\d)"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?![,.]?\d)"
    r"|(?:\d{1,3}(?:[,_'’\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+,\d+(?=[eE][+\-−]?\d)|0,\d+|\d+)"
    r"(?:\.\d+)?(?:[eE][+\-−]?\d+)?(?![\d])"
    r"|(?<![\w.])\.\d+(?:[eE][+\-−]?\d+)?",
    "superscript": rf"[⁻⁺]?[{_RAISED}]+",
    "relation": r"[~≈≃≅∼]\s?=|=\s?[~≈≃≅∼]|={1,2}>|={1,3}|[-–—]{1,3}>|[→⇒⟶⟹]|[~≈≃≅∼≡＝]|:=",
    "divide": r"//|[/÷⁄∕]",
    "plus": r"\+(?![/-])",
    "plus_minus": r"±|\+/-|\+-",
    "range": r"\.\.\.?(?=\s?[\d$])",
    "minus": r"[-−–—]",
    "open": r"[(\[{]",
    "close": r"[)\]}]",
    "percent": r"%",
    "root": r"√",
    "comma": r",",
    "newline": r"\r\n|\n|\r",
    "stop": r"[.;:!?](?=\s|$|[\"'”’)\]])|[;|]",
    "quote": r"[\"'“”‘’`<>]",
    "other": r"\S",
}
# Blanks are taken with the token behind them, since none of the patterns need then be tried at a blank.
_TOKEN = re.compile(r"[^\S\r\n]*+(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()) + ")")
_BLANKS = (
    "\t\x0b\x0c\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All white space but the line breaks that are tokens."""
LOOK_AHEAD = 16
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


class Token(NamedTuple):
    """A piece of the source: its kind (a key of the patterns), what it says and where it starts.

    `glued` says that no blank stands between this token and the one before it. `length` is the number of characters in
    the source where `text` is no copy of them but their plain notation ("2.5" for "2½"), else 0.
    """

    kind: str
    text: str
    start: int
    glued: bool
    length: int = 0

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.start + (self.length or len(self.text))

    @property
    def span(self) -> Span:
        """The place in the source."""
        return Span(self.start, self.start + (self.length or len(self.text)))

    def to(self, other: Token) -> Span:
        """The place from the start of this token to the end of `other`."""
        return Span(self.start, other.start + (other.length or len(other.text)))

    def saying(self, text: str, kind: str = "", end: int = 0) -> Token:
        """The same place, or the one up to `end`, in plain notation."""
        return Token(kind or self.kind, text, self.start, self.glued, (end or self.end) - self.start)


def cut(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens as written. Never raises: what no pattern knows is of the kind `other`.

    `LOOK_AHEAD` tokens of the kind `end` follow, so that whoever looks a few tokens ahead or behind needs no bounds.
    """
    tokens: list[Token] = []
    spellings: dict[str, str] = {}  # equal words share one object: half the memory of a long text
    before = -1
    end = len(text) if end is None else end
    stop = start + len(text[start:end].rstrip(_BLANKS))  # blanks at the end would be tried one by one
    for match in _TOKEN.finditer(text, start, stop):
        kind = match.lastgroup or ""
        written = match[kind]
        at = match.end() - len(written)
        if kind == "integer":
            kind = "number"
        glued = at == before
        before = at + len(written)
        if glued and kind == "word" and tokens and tokens[-1].kind == "number" and _ORDINAL.match(written):
            number = tokens.pop()
            kind, written, at, glued = "word", number.text + written, number.start, number.glued
        tokens.append(Token(kind, spellings.setdefault(written, written), at, glued))
    tokens.extend([Token("end", "", end, False)] * LOOK_AHEAD)
    return tokens
