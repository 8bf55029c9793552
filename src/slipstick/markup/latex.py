"""LaTeX as plain text: formulas and the commands that stand outside of them."""

from __future__ import annotations

import re

from slipstick.markup.latex_commands import command, space
from slipstick.markup.latex_names import ALIGNMENTS, TABLES
from slipstick.markup.latex_tokens import SEPARATOR, Token
from slipstick.markup.latex_writer import Writer
from slipstick.markup.view import Edit

_LINE_END = re.compile(r"(?:\*?\[[^\]\n]{0,20}\])?[ \t]*+(?:\r?\n[ \t]*+)?")
_NUMBER = re.compile(r"\s*+([-+−]?\d+(?:\.\d+)?)\s*+")
_UPRIGHT = r"\\(?:text|mathrm|textrm)\s?\{"
_ORDINAL = re.compile(rf"\s*+(?:(?:st|nd|rd|th)|{_UPRIGHT}\s*+(?:st|nd|rd|th)\s*+\}})\s*+")
_DEGREE = re.compile(r"\s*+\\(?:circ|degree)\s*+")
_NOTE = re.compile(
    rf"\s*+(?:\\(?:ast|star|dagger|ddagger|prime|top|intercal)|\*|'+|\[[^\]]{{0,20}}\]|{_UPRIGHT}[^{{}}\d]*+\}})\s*+"
)
_RELATION = re.compile(r"\s{0,4}(?:[=<>~≈]|\\(?:approx|sim|le|ge|to|eq|Right|right|times|cdot|ll|gg|propto|n?e))")
_SENTENCE = re.compile(r"[ \t]+[A-Z][a-z]+\b")
_GLYPHS = frozenset("}])%$\\{([√")


def latex_edits(text: str) -> list[Edit]:
    """The edits that leave what a formula says on one line, in order."""
    writer = Writer(text)
    for token in writer.tokens:
        if token.start >= writer.at:
            _KINDS[token.kind](writer, token)
    for region in writer.regions:
        if region.opening:
            writer.ahead(region.start, region.start + region.opening)
            ended = region.closing == 2 and _SENTENCE.match(text, region.end)  # a displayed formula before a sentence
            writer.ahead(region.end - region.closing, region.end, "\n" if ended else "")
    return writer.edits()


def _grouped(writer: Writer, token: Token) -> None:
    for separator in SEPARATOR.finditer(writer.text, token.start, token.end):
        writer.edit(separator.start(), separator.end(), ",")


def _comma(writer: Writer, token: Token) -> None:
    writer.edit(token.start, token.end, ",")


def _comment(writer: Writer, token: Token) -> None:
    if token.in_formula or writer.is_document:
        writer.edit(token.start, token.end)


def _symbol(writer: Writer, token: Token) -> None:
    """A backslash with a character that is no letter."""
    start, end, sign = token.start, token.end, token.text
    if sign == "\\":
        _line_end(writer, token)
    elif sign in ",;: \n\t":
        space(writer, start, end, " ")
    elif sign in "%$&#_{}" or (sign == "*" and token.in_formula):
        writer.edit(start, start + 1)
        writer.at = end
    elif sign in "!/-|" and token.in_formula:
        writer.edit(start, end)


def _line_end(writer: Writer, token: Token) -> None:
    ended = _LINE_END.match(writer.text, token.end)
    end = ended.end() if ended else token.end
    if token.in_formula or writer.environments or end > token.end or end == len(writer.text):
        writer.edit(token.start, end, "\n")


def _sign(writer: Writer, token: Token) -> None:
    _SIGNS[token.text](writer, token)


def _opening_brace(writer: Writer, token: Token) -> None:
    start = token.start
    if start in writer.ranges:
        writer.edit(start, *writer.ranges.pop(start))
    elif start in writer.braces.fractions and start in writer.braces.closing:
        writer.edit(start, token.end, "((")
        writer.closing[writer.braces.closing[start]] = "))"
    elif start in writer.braces.closing:
        writer.edit(start, token.end)
        writer.closing.setdefault(writer.braces.closing[start], "")


def _closing_brace(writer: Writer, token: Token) -> None:
    put = writer.closing.pop(token.start, None)
    if put is not None:
        writer.edit(token.start, token.end, put)


def _neighbours(writer: Writer, token: Token) -> tuple[str, str]:
    """The raw characters on both sides, empty at the ends of the text."""
    return writer.text[max(0, token.start - 1) : token.start], writer.text[token.end : token.end + 1]


def _tie(writer: Writer, token: Token) -> None:
    """A blank between two glyphs; a tilde beside a blank is the sign for "about"."""
    if all(side.isalnum() or side in _GLYPHS for side in _neighbours(writer, token)):
        writer.edit(token.start, token.end, " ")


def _alignment(writer: Writer, token: Token) -> None:
    before, behind = _neighbours(writer, token)
    environment = writer.environments[-1] if writer.environments else ""
    if environment in TABLES:
        writer.edit(token.start, token.end, " | ")
    elif token.in_formula or environment in ALIGNMENTS or before == "=" or _RELATION.match(writer.text, token.end):
        writer.edit(token.start, token.end, " " if before.isalnum() and behind.isalnum() else "")


def _power(writer: Writer, token: Token) -> None:
    """An exponent; a degree sign, an ordinal's ending and marks of notes are raised as well."""
    opening, text = token.end, writer.text
    if opening not in writer.braces.closing:
        if token.in_formula and (mark := _DEGREE.match(text, opening)):
            writer.edit(token.start, mark.end(), "°")
        elif token.in_formula and (mark := _NOTE.match(text, opening)):
            writer.edit(token.start, mark.end())
        return
    start, end = opening + 1, writer.braces.closing[opening]

    def content(pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(text, start)
        return found if found and found.end() == end else None

    if number := content(_NUMBER):
        writer.edit(token.start, number.start(1), "^")
        writer.closing[end] = ""
    elif ordinal := content(_ORDINAL):
        writer.edit(token.start, end + 1, re.sub(r"\\[a-z]+|[\s{}]", "", ordinal.group()))
    elif content(_DEGREE):
        writer.edit(token.start, end + 1, "°")
    elif content(_NOTE):
        writer.edit(token.start, end + 1)
    else:
        writer.edit(token.start, start, "^(")
        writer.closing[end] = ")"


def _index(writer: Writer, token: Token) -> None:
    """A subscript: dropped, but for the base of a logarithm."""
    text = writer.text
    before = text[max(0, token.start - 4) : token.start]
    if not token.in_formula and not (
        token.end in writer.braces.closing and (before[-1:].isalpha() or before[-1:] in "})")
    ):
        return
    end = token.end if before == r"\log" else writer.past_script(token.end)
    writer.edit(token.start, end)


_KINDS = {
    "grouped": _grouped, "comma": _comma, "comment": _comment, "symbol": _symbol, "name": command, "sign": _sign,
}  # fmt: skip
_SIGNS = {
    "{": _opening_brace, "}": _closing_brace, "~": _tie, "&": _alignment, "^": _power, "_": _index,
}  # fmt: skip
