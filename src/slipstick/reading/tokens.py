"""Named patterns, and the tokens that they cut a text into. Offsets are code points into the source."""

from __future__ import annotations

import re
from typing import NamedTuple

from slipstick.source import Span

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

# Order matters: the first pattern that matches wins. An `x` is an operator only between numbers or brackets.
_TIMES_BY_LETTER = r"(?<=[\d)\] ])[xX](?=\s*[\d(.$√\[~])"
_PATTERNS = {
    # Most of a text is words.
    "word": rf"(?!https?://|www\.|US\$|{_TIMES_BY_LETTER})"
    r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹][^\W_]*(?:_[^\W_]+)*(?:['’][^\W\d_]+)?(?:\.\d+)*(?:-v?\d[^\W_]*(?:\.\d+)*)*",
    "url": r"(?:https?://|www\.)[^\s)\]>\"']+",
    "hexadecimal": r"0x[0-9a-fA-F]+\b",
    "number": r"(?:\d{1,3}(?:[,_'’\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+,\d+(?=[eE][+\-−]?\d)|0,\d+|\d+)"
    r"(?:\.\d+)?(?:[eE][+\-−]?\d+)?(?![\d])"
    r"|(?<![\w.])\.\d+(?:[eE][+\-−]?\d+)?",
    "superscript": r"[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+",
    "relation": r"[~≈≃≅∼]\s?=|=\s?[~≈≃≅∼]|={1,2}>|={1,3}|[-–—]{1,3}>|[→⇒⟶⟹]|[~≈≃≅∼≡＝]|:=",
    "power": r"\*\*|\^",
    "times": rf"[*×·⋅∙∗✕•]|{_TIMES_BY_LETTER}",
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
    "stop": r"[.;:!?](?=\s|$|[\"'”’)\]])|[;|]",
    "quote": r"[\"'“”‘’`<>]",
    "other": r"\S",
}
_TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
LOOK_AHEAD = 16
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


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens. Never raises: what no pattern knows is a token of the kind `other`.

    `LOOK_AHEAD` tokens of the kind `end` follow, so that whoever looks a few tokens ahead or behind needs no bounds.
    """
    tokens: list[Token] = []
    spellings: dict[str, str] = {}  # equal words share one object: half the memory of a long text
    before = -1
    stop = len(text) if end is None else end
    for match in _TOKEN.finditer(text, start, stop):
        kind = match.lastgroup or "other"
        written = match.group()
        at = match.start()
        glued = at == before
        before = at + len(written)
        if glued and kind == "word" and tokens and tokens[-1].kind == "number" and _ORDINAL.match(written):
            number = tokens.pop()
            kind, written, at, glued = "word", number.text + written, number.start, number.glued
        tokens.append(Token(kind, spellings.setdefault(written, written), at, glued))
    tokens.extend([Token("end", "", stop, False)] * LOOK_AHEAD)
    return tokens
