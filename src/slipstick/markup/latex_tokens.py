"""LaTeX cut into the pieces that have a meaning, and which brace closes which."""

from __future__ import annotations

import re
from typing import NamedTuple

from slipstick.markup.latex_names import KNOWN
from slipstick.markup.latex_regions import Region

_SEPARATOR = r"(?:\\[,;: ]|~|\{\\?,\}|\\!,|,\\!|\\thinspace\s)"
_TOKEN = re.compile(
    rf"(?P<grouped>(?<![\d.,])\d{{1,3}}(?:{_SEPARATOR}\d{{3}})++(?!\d))"
    r"|\\\\(?P<escaped>[A-Za-z]+)|\\(?P<name>[A-Za-z]+)|\\(?P<symbol>[^A-Za-z])|(?P<comma>\{,\})|(?P<sign>[{}^_&~])"
    r"|(?P<comment>(?<=\n)[ \t]*%[^\n]*+\n)",
    re.DOTALL,
)
SEPARATOR = re.compile(_SEPARATOR)
_FARTHEST_BRACE = 20_000  # characters to the brace that closes one outside of a formula


class Token(NamedTuple):
    """A command (by name), a control symbol, a sign with a meaning, a comment or a number with its thousands parted."""

    kind: str
    text: str
    start: int
    end: int
    in_formula: bool


def tokens_of(text: str, region: Region) -> list[Token]:
    """The tokens of a region, without its delimiters, in order."""
    found = []
    for match in _TOKEN.finditer(text, region.start + region.opening, region.end - region.closing):
        kind, written, start, end = str(match.lastgroup), match.group(), match.start(), match.end()
        if kind == "escaped":
            # `\\times` is an escaped command, since no one writes "times" behind a line break without a blank.
            written = match["escaped"]
            kind, written, end = ("name", written, end) if written in KNOWN else ("symbol", "\\", start + 2)
        elif kind in ("name", "symbol"):
            written = written[1:]
        found.append(Token(kind, written, start, end, region.is_formula))
    return found


class Braces(NamedTuple):
    r"""Offsets of closing braces by those of the opening ones, and the groups that are fractions by `\over`."""

    closing: dict[int, int]
    fractions: set[int]
    overs: set[int]


def match_braces(tokens: list[Token]) -> Braces:
    """Pair the braces of formulas and, apart from them, those of the text around."""
    matched = Braces({}, set(), set())
    outside: list[int] = []
    inside: list[int] = []
    formula_end = False
    for token in tokens:
        if not token.in_formula and formula_end:
            inside.clear()
        formula_end = token.in_formula
        stack = inside if token.in_formula else outside
        if token.kind == "name" and token.text == "over" and stack:
            matched.fractions.add(stack[-1])
            matched.overs.add(token.start)
        elif token.kind == "sign" and token.text == "{":
            stack.append(token.start)
        elif token.kind == "sign" and token.text == "}" and stack:
            opening = stack.pop()
            if token.in_formula or token.start - opening < _FARTHEST_BRACE:
                matched.closing[opening] = token.start
    return matched
