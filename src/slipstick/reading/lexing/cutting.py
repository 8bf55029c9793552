"""Named patterns, and the pieces that they cut a text into. Offsets are code points into the source."""

from __future__ import annotations

import re
from functools import lru_cache

from slipstick.patterns import of_ascii, pattern
from slipstick.reading.lexing.passes import BEHIND_NUMBER, BY_PLACE, FIGURE, JOINING, passes_of
from slipstick.source import Span, span_of

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
_SET_OF_SIGNS = re.escape("".join(_SIGNS))
_SIGNS |= {"**": "power", "//": "divide", "+-": "plus_minus", "+/-": "plus_minus", "\r\n": "newline"}
_SIGNS |= {"..": "range", "...": "range"}
"""The kinds of the signs that are so wherever they stand, those of one character first."""

# Order matters: the first pattern that matches wins. A superscript ends a word: it is a power (m²) or a footnote's
# number. Each pattern begins with one character or a set of them, so that those which cannot match are passed over at
# the first character; the common ones come first.
_PATTERNS = (
    rf"[xXхХ](?<=[\d)\] \n\u00a0\u2009\u202f{_RAISED}].)(?=\s*[\d(.$£€√\[~])",
    r"[hw](?:(?<=h)ttps?://|(?<=w)ww\.)[^\s)\]>\"']+",
    r"[A-Za-z][A-Za-z]*+(?=[ ,;:()/*=+\n\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af])",  # most words are plain ones
    rf"\d\d*(?![\d.,_'’\u00a0\u2009\u202feExX{VULGAR}])(?! [{VULGAR}])",  # so are numbers
    rf"[{_SET_OF_SIGNS}](?![-–—>*/=~≈≃≅∼\n]|\s[=~≈≃≅∼])",  # signs that make none with the next
    r"[ACHNSU](?:(?<=U)S|(?<=A)U|(?<=C)A|(?<=N)Z|(?<=H)K|(?<=[ACS]))\$",  # currencies
    rf"[^\W\d_{_RAISED}{VULGAR}](?:(?<=[\d{CHINESE}][{CHINESE}])"  # words
    rf"|[^\W_{_RAISED}{VULGAR}]*(?:_[^\W_{_RAISED}{VULGAR}]+)*"
    rf"(?:['’][^\W\d_]+)?(?:\.\d+)*(?:-v?\d[^\W_{_RAISED}{VULGAR}]*(?:\.\d+)*)*)",
    r"0x[0-9a-fA-F]+\b",
    rf"\d\d{{0,2}}[ \u00a0\u2009]?[{VULGAR}]",
    r"\d(?:\d{0,2}(?:\.\d{3})+,\d{1,2}(?![.,]?\d)|\d{0,2}(?:\.\d{3}){2,}(?![.,]?\d)|\d?(?:,\d{2})+,\d{3}(?![,.]?\d)"
    r"|(?:\d{0,2}(?:[,_'’\u00a0\u2009\u202f]\d{3})+(?!\d)|\d*,\d+(?=[eE][+\-−]?\d)|(?<=0),\d+|\d*)"
    r"(?:\.\d+)?(?:[eE][+\-−]?\d+)?(?![\d]))",
    r"\.(?<![\w.].)\d+(?:[eE][+\-−]?\d+)?",
    r"\.\.\.?(?=\s?[\d$])",
    r"=(?:\s?[~≈≃≅∼]|=?>|==?)|[~≈≃≅∼]\s?=|[-–—][-–—]{0,2}>|:=",  # relations
    r"\*\*|//|\+/?-|\r\n",
    f"[{_SET_OF_SIGNS}]",
    rf"[⁻⁺{_RAISED}](?:(?<=[{_RAISED}])|[{_RAISED}])[{_RAISED}]*",
    r"\S",
)
# What these are is told by what stands around them: an `x` (Latin or Cyrillic) is an operator only between numbers or
# brackets, a dot ends a sentence only before a blank. What any other piece is, its own characters tell.
_TIMES = "xXхХ"
_BEFORE_TIMES = frozenset(f")] \n\u00a0\u2009\u202f{_RAISED}")
_BEHIND_TIMES = pattern(r"\s*(?:[\d(.$\[~]|√|£|€)")
_BEHIND_STOP = frozenset("\"'”’)]")
_TOLD_BY_PLACE = frozenset(f"{_TIMES}.:!?+")
# Blanks are taken with the piece behind them, since none of the patterns need then be tried at a blank.
_PIECE_SOURCE = rf"[^\S\r\n]*+(?:{'|'.join(_PATTERNS)})"
_PIECE = pattern(_PIECE_SOURCE)
_ASCII_PIECE = re.compile(of_ascii(_PIECE_SOURCE))
_BLANKS = (
    "\t\x0b\x0c\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All white space but the line breaks that are tokens."""
LOOK_AHEAD = 16
_SAME_UNIT = pattern(r"([A-Za-zµ]{1,3})-([0-9]{1,9}(?:\.[0-9]{1,9})?)(\1)")
_MOST_PARTS = 4
"""How many tokens a difference of two in one unit makes behind the first number."""
_ORDINAL = pattern(r"(?:st|nd|rd|th|h[0-5]?\d(?:m|min)?)\b")
"""What makes a word of the number before it: 5th, and 2h15, two hours and a quarter."""


class Token:
    """A piece of the source: its kind (one of the patterns'), what it says, and where it starts and ends.

    `text` is the characters of the source, or their plain notation ("2.5" for "2½"); `lower` is a word in lower case,
    as words are looked up, and what else stands there as it is. `glued` says that no blank stands between this token
    and the one before it. No tuple: its fields are read far more often than anything else. Made by `of`, and without
    an `__init__`, which would take as long as all the rest of cutting.
    """

    __slots__ = ("end", "glued", "kind", "lower", "start", "text")
    kind: str
    text: str
    lower: str
    start: int
    end: int
    glued: bool

    @staticmethod
    def of(kind: str, text: str, start: int, end: int, glued: bool) -> Token:
        """A token of these fields."""
        token = Token()
        token.kind, token.text, token.lower = kind, text, text.lower() if kind == "word" else text
        token.start, token.end, token.glued = start, end, glued
        return token

    @property
    def span(self) -> Span:
        """The place in the source."""
        return span_of((self.start, self.end))

    def to(self, other: Token) -> Span:
        """The place from the start of this token to the end of `other`."""
        return span_of((self.start, other.end))

    def saying(self, text: str, kind: str = "", end: int = 0, *, glued: bool = False) -> Token:
        """The same place, or the one up to `end`, in plain notation; `glued` puts it right behind the one before."""
        return Token.of(kind or self.kind, text, self.start, end or self.end, glued or self.glued)


@lru_cache(maxsize=10_000)
def _spelled(piece: str) -> tuple[str, str, str, int, int, int]:
    """The kind of a piece ("" where its place tells it), its characters, those of a word in lower case; the number of
    blanks before it, how long it is without them, and the passes that it may concern. The same objects for equal ones.
    """
    written = piece.lstrip(_BLANKS)
    kind = "" if written in _TOLD_BY_PLACE else _kind_of(written)
    lower, blanks = written.lower() if kind == "word" else written, len(piece) - len(written)
    passes = passes_of(kind, written, lower, blanks) | (0 if kind else BY_PLACE)
    return kind, written, lower, blanks, len(written), passes


def _kind_at(text: str, written: str, at: int, stop: int) -> str:
    """The kind of a sign or letter at `at` of a text that ends at `stop`, which its place tells."""
    following = text[at + 1 : min(at + 2, stop)]
    if written in _TIMES:
        led_to = text[at - 1 : at] in _BEFORE_TIMES or text[at - 1 : at].isdecimal()
        return "times" if led_to and _BEHIND_TIMES.match(text, at + 1, stop) is not None else "word"
    if written == "+":
        return "other" if following == "/" else "plus"
    return "stop" if not following or following.isspace() or following in _BEHIND_STOP else "other"


def _kind_of(written: str) -> str:
    """The kind of a piece that is told by its characters."""
    first, last = written[0], written[-1]
    if (sign := _SIGNS.get(written)) is not None:
        return sign
    if first.isdecimal():
        return "hexadecimal" if "x" in written else "fraction" if last in VULGAR else "number"
    if last in _RAISED and (first in _RAISED or first in "⁻⁺"):
        return "superscript"
    if first.isalnum():
        return "url" if "://" in written or written.startswith("www.") else "currency" if last == "$" else "word"
    if len(written) == 1:
        return "other"
    return "number" if first == "." else "relation"


def cut(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens as written, as `pieces` does."""
    return pieces(text, start, end)[0]


def pieces(text: str, start: int = 0, end: int | None = None) -> tuple[list[Token], int, list[int]]:
    """Cut `text[start:end]` into tokens as written. Never raises: what no pattern knows is of the kind `other`.

    Told with them are the passes that they may concern, as a sum, and the places where figures may be put more plainly.

    `LOOK_AHEAD` tokens of the kind `end` follow, so that whoever looks a few tokens ahead or behind needs no bounds.
    """
    tokens: list[Token] = []
    figures: list[int] = []
    end = len(text) if end is None else end
    stop = start + len(text[start:end].rstrip(_BLANKS))  # blanks at the end would be tried one by one
    behind, passes = start, 0
    for piece in (_ASCII_PIECE if text.isascii() else _PIECE).findall(text, start, stop):
        kind, written, lower, blanks, length, concerned = _spelled(piece)
        at = behind + blanks
        behind = at + length
        if concerned:
            if concerned & BY_PLACE:
                kind = _kind_at(text, written, at, stop)
                lower = written.lower() if kind == "word" else written
            elif concerned & (JOINING | BEHIND_NUMBER) and tokens and tokens[-1].kind == "number":
                if concerned & BEHIND_NUMBER:
                    figures.append(len(tokens) - 1)
                if concerned & JOINING and _joins(tokens, written, at, text[behind : behind + 6], glued=not blanks):
                    for token in tokens[-_MOST_PARTS:]:
                        passes |= passes_of(token.kind, token.text, token.lower, 0)
                    continue
            passes |= concerned
            if concerned & FIGURE:
                figures.append(len(tokens))
        token = Token()
        token.kind, token.text, token.lower = kind, written, lower
        token.start, token.end, token.glued = at, behind, not blanks
        tokens.append(token)
    if tokens:
        tokens[0].glued = False
    tokens.extend([Token.of("end", "", end, end, False)] * LOOK_AHEAD)
    return tokens, passes, figures


def _joins(tokens: list[Token], word: str, at: int, following: str, *, glued: bool) -> bool:
    """Whether a word at `at` makes one with the number that stands last, or a difference; then put it so."""
    number = tokens[-1]
    if glued and _ORDINAL.match(word):
        tokens[-1] = Token.of("word", number.text + word, number.start, at + len(word), number.glued)
        return True
    parts = _difference(number.text, word, at, following) if "-" in word else []
    if parts:
        parts[0].glued = glued
        tokens += parts
    return bool(parts)


def _difference(first: str, written: str, at: int, following: str) -> list[Token]:
    """The tokens of "V-3V" behind a larger number, a difference of two in one unit: "5V-3V"; none of any other word.

    A word ends behind a decimal: of "V-2.5V" it is "V-2.5", and `following` is the characters behind it.
    """
    unit, behind = written.partition("-")[0], following.lstrip(" ")
    cut_off = behind.startswith(unit) and not behind[len(unit) : len(unit) + 1].isalnum()
    match = _SAME_UNIT.fullmatch(written + unit if cut_off else written)
    try:
        if match is None or not 0 < float(match[2]) < float(first.replace(",", "").replace("_", "")):
            return []
    except ValueError:  # other signs between thousands
        return []
    kinds = ("word", "minus", "number") if cut_off else ("word", "minus", "number", "word")
    places = (match.span(1), (match.end(1), match.start(2)), match.span(2), match.span(3))
    return [Token.of(k, written[s:e], at + s, at + e, True) for k, (s, e) in zip(kinds, places, strict=False)]
