"""Named patterns, and the tokens that they cut a text into. Offsets are code points into the source."""

from __future__ import annotations

import re
from typing import NamedTuple

from slipstick.source import Span

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

# Order matters: the first pattern that matches wins. An `x` is an operator only between numbers or brackets.
_PATTERNS = {
    "url": r"(?:https?://|www\.)[^\s)\]>\"']+",
    "hexadecimal": r"0x[0-9a-fA-F]+\b",
    "number": r"(?:\d{1,3}(?:[,_'’\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+,\d+(?=[eE][+\-−]?\d)|0,\d+|\d+)"
    r"(?:\.\d+)?(?:[eE][+\-−]?\d+)?(?![\d])"
    r"|(?<![\w.])\.\d+(?:[eE][+\-−]?\d+)?",
    "superscript": r"[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+",
    "relation": r"[~≈≃≅∼]\s?=|=\s?[~≈≃≅∼]|={1,2}>|={1,3}|[-–—]{1,3}>|[→⇒⟶⟹]|[~≈≃≅∼≡＝]|:=",
    "power": r"\*\*|\^",
    "times": r"[*×·⋅∙∗✕•]|(?<=[\d)\] ])[xX](?=\s*[\d(.$√\[~])",
    "divide": r"//|[/÷⁄∕]",
    "plus": r"\+(?![/-])",
    "plus_minus": r"±|\+/-|\+-",
    "range": r"\.\.\.?(?=\s?[\d$])",
    "minus": r"[-−–—]",
    "open": r"[(\[{]",
    "close": r"[)\]}]",
    "percent": r"%",
    "currency": r"US\$|[$€£¥]",
    "root": r"√",
    "comma": r",",
    "newline": r"\r\n|\n|\r",
    "word": r"[^\W\d_][^\W_]*(?:_[^\W_]+)*(?:['’][^\W\d_]+)?(?:\.\d+)*(?:-v?\d[^\W_]*(?:\.\d+)*)*",
    "stop": r"[.;:!?](?=\s|$|[\"'”’)\]])|[;|]",
    "quote": r"[\"'“”‘’`<>]",
    "other": r"\S",
}
_TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


class Token(NamedTuple):
    """A piece of the source: its kind (a key of the patterns), its characters and where they start.

    `glued` says that no blank stands between this token and the one before it.
    """

    kind: str
    text: str
    start: int
    glued: bool

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """The place in the source."""
        return Span(self.start, self.start + len(self.text))


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens. Never raises: what no pattern knows is a token of the kind `other`."""
    tokens: list[Token] = []
    spellings: dict[str, str] = {}  # equal words share one object: half the memory of a long text
    end = -1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        written = match.group()
        start = match.start()
        glued = start == end
        end = start + len(written)
        if glued and kind == "word" and tokens and tokens[-1].kind == "number" and _ORDINAL.match(written):
            number = tokens.pop()
            kind, written, start, glued = "word", number.text + written, number.start, number.glued
        tokens.append(Token(kind, spellings.setdefault(written, written), start, glued))
    return tokens
