"""Named patterns, and the pieces that they cut a text into. Offsets are code points into the source."""

from __future__ import annotations

import re

from slipstick.source import Span

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

CHINESE = "千万萬亿億"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"

_SIGNS = {
    sign: kind
    for kind, signs in (
        ("times", "*×·⋅∙∗✕•⨯✖＊"),
        ("power", "^"),
        ("relation", "=→⇒⟶⟹≡＝~≈≃≅∼"),
        ("stop", ";|"),
        ("divide", "/÷⁄∕"),
        ("open", "([{"),
        ("close", ")]}"),
        ("comma", ","),
        ("newline", "\n\r"),
        ("quote", "\"'“”‘’`<>"),
        ("plus", "+"),
        ("plus_minus", "±"),
        ("minus", "-−–—"),
        ("percent", "%"),
        ("currency", "$€£¥₹₩"),
        ("root", "√"),
        ("fraction", VULGAR),
    )
    for sign in signs
}
"""The kinds of the tokens of one character that are so wherever they stand."""
_SET_OF_SIGNS = re.escape("".join(_SIGNS))

# Order matters: the first pattern that matches wins. An `x` (Latin or Cyrillic) is an operator only between numbers or
# brackets. A superscript ends a word: it is a power (m²) or a footnote's number. Each pattern begins with one character
# or a set of them, so that those which cannot match are passed over at the first character; the common ones come first.
_PATTERNS = (
    ("url", r"[hw](?:(?<=h)ttps?://|(?<=w)ww\.)[^\s)\]>\"']+"),
    ("times", rf"[xXхХ](?<=[\d)\] \n\u00a0\u2009\u202f{_RAISED}].)(?=\s*[\d(.$√\[~])"),
    (
        "word",
        r"[A-Za-z][A-Za-z]*+(?=[ ,;:()/*=+\n\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af])",
    ),  # most words are plain ones
    ("number", rf"\d\d*(?![\d.,_'’\u00a0\u2009\u202feExX{VULGAR}])(?! [{VULGAR}])"),  # so are numbers
    ("sign", rf"[{_SET_OF_SIGNS}](?![-–—>*/=~≈≃≅∼\n]|\s[=~≈≃≅∼])"),  # and signs that make none with the next
    ("currency", r"[ACHNSU](?:(?<=U)S|(?<=A)U|(?<=C)A|(?<=N)Z|(?<=H)K|(?<=[ACS]))\$"),
    (
        "word",
        rf"[^\W\d_{_RAISED}{VULGAR}](?:(?<=[\d{CHINESE}][{CHINESE}])"
        rf"|[^\W_{_RAISED}{VULGAR}]*(?:_[^\W_{_RAISED}{VULGAR}]+)*"
        rf"(?:['’][^\W\d_]+)?(?:\.\d+)*(?:-v?\d[^\W_{_RAISED}{VULGAR}]*(?:\.\d+)*)*)",
    ),
    ("hexadecimal", r"0x[0-9a-fA-F]+\b"),
    ("fraction", rf"\d\d{{0,2}}[ \u00a0\u2009]?[{VULGAR}]"),
    (
        "number",
        r"\d(?:\d{0,2}(?:\.\d{3})+,\d{1,2}(?![.,]?\d)|\d{0,2}(?:\.\d{3}){2,}(?![.,]?\d)|\d?(?:,\d{2})+,\d{3}(?![,.]?\d)"
        r"|(?:\d{0,2}(?:[,_'’\u00a0\u2009\u202f]\d{3})+(?!\d)|\d*,\d+(?=[eE][+\-−]?\d)|(?<=0),\d+|\d*)"
        r"(?:\.\d+)?(?:[eE][+\-−]?\d+)?(?![\d]))",
    ),
    ("number", r"\.(?<![\w.].)\d+(?:[eE][+\-−]?\d+)?"),
    ("power", r"\*\*"),
    ("newline", r"\r\n"),
    ("relation", r"=(?:\s?[~≈≃≅∼]|=?>|==?)|[~≈≃≅∼]\s?=|[-–—][-–—]{0,2}>|:="),
    ("stop", r"[.;:!?](?=\s|$|[\"'”’)\]])"),
    ("divide", r"//"),
    ("plus_minus", r"\+/?-"),
    ("other", r"\+(?=/)"),
    ("sign", f"[{_SET_OF_SIGNS}]"),
    ("superscript", rf"[⁻⁺{_RAISED}](?:(?<=[{_RAISED}])|[{_RAISED}])[{_RAISED}]*"),
    ("range", r"\.\.\.?(?=\s?[\d$])"),
    ("other", r"\S"),
)
_KINDS = ("", "", *(kind if kind != "sign" else "" for kind, _ in _PATTERNS))
"""The kind of a token by the empty group that ended it; the first group ends the blanks before it."""
# Blanks are taken with the token behind them, since none of the patterns need then be tried at a blank.
_TOKEN = re.compile(
    r"[^\S\r\n]*+()(?:"
    + "|".join(f"(?:{pattern})()" if kind == "relation" else f"{pattern}()" for kind, pattern in _PATTERNS)
    + ")"
)
_BLANKS = (
    "\t\x0b\x0c\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All white space but the line breaks that are tokens."""
LOOK_AHEAD = 16
_SAME_UNIT = re.compile(r"([A-Za-zµ]{1,3})-([0-9]{1,9}(?:\.[0-9]{1,9})?)(\1)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


class Token:
    """A piece of the source: its kind (one of the patterns'), what it says, and where it starts and ends.

    `text` is the characters of the source, or their plain notation ("2.5" for "2½"); `lower` is a word in lower case,
    as words are looked up, and what else stands there as it is. `glued` says that no blank stands between this token
    and the one before it. No tuple: its fields are read far more often than anything else.
    """

    __slots__ = ("end", "glued", "kind", "lower", "start", "text")

    def __init__(self, kind: str, text: str, start: int, end: int, glued: bool) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.glued = glued
        self.lower = text.lower() if kind == "word" else text

    @property
    def span(self) -> Span:
        """The place in the source."""
        return Span(self.start, self.end)

    def to(self, other: Token) -> Span:
        """The place from the start of this token to the end of `other`."""
        return Span(self.start, other.end)

    def saying(self, text: str, kind: str = "", end: int = 0, *, glued: bool = False) -> Token:
        """The same place, or the one up to `end`, in plain notation; `glued` puts it right behind the one before."""
        return Token(kind or self.kind, text, self.start, end or self.end, glued or self.glued)


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
        at, behind = match.end(1), match.end()
        written = text[at:behind]
        kind = _KINDS[match.lastindex or 0] or _SIGNS[written]
        glued = at == before
        before = behind
        if glued and kind == "word" and tokens[-1].kind == "number" and _ORDINAL.match(written):
            number = tokens.pop()
            written, at, glued = number.text + written, number.start, number.glued
        if glued and kind == "word" and "-" in written and tokens[-1].kind == "number":
            parts = _difference(tokens[-1], written, at)
            if parts:
                tokens += parts
                continue
        tokens.append(Token(kind, spellings.setdefault(written, written), at, behind, glued))
    tokens.extend([Token("end", "", end, end, False)] * LOOK_AHEAD)
    return tokens


def _difference(first: Token, written: str, at: int) -> list[Token]:
    """The tokens of "V-3V" behind a larger number, a difference of two in one unit: "5V-3V"; none of any other word."""
    match = _SAME_UNIT.fullmatch(written)
    if match is None or not 0 < float(match[2]) < float(first.text.replace(",", "").replace("_", "")):
        return []
    kinds = ("word", "minus", "number", "word")
    places = (match.span(1), (match.end(1), match.start(2)), match.span(2), match.span(3))
    return [Token(k, written[s:e], at + s, at + e, True) for k, (s, e) in zip(kinds, places, strict=True)]
