"""The text of a unit -> tokens: words, signs, numbers, powers and operators."""

from __future__ import annotations

import re
from typing import NamedTuple

from slipstick.conversion.errors import ConversionError

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
HYPHENS = ("-", "‐", "‑", "–")
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>[0-9][0-9,_]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4}(?![A-Za-z0-9]))?)"
    r"|(?P<superscript>[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<power>\*\*|\^)"
    r"|(?P<operator>[*·×⋅∙/÷()\-‐‑–])"
    r"|(?P<sign>(?:US?|CA?|AU?)\$|[kM]?[$€£¥₹]|[¢%‰]|Δ\s?°?\s?[CFK](?![A-Za-z])|°\s?[CFR]?(?![A-Za-z])|℃|℉|'|\"|′|″)"
    r"|(?P<word>(?![⁰¹²³⁴⁵⁶⁷⁸⁹])[^\W\d](?:(?![⁰¹²³⁴⁵⁶⁷⁸⁹])[\w.])*)"
)


class Token(NamedTuple):
    """One token: its kind is the name of its group in the pattern, or "end"."""

    kind: str
    text: str
    start: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a unit, an "end" last. Raises ConversionError at what belongs to no unit."""
    found, i = [], 0
    while i < len(text):
        match = _TOKEN.match(text, i)
        if match is None:
            raise ConversionError(f"expected a unit, not {text[i : i + 20]!r}")
        found.append(Token(match.lastgroup or "", match[0], i))
        i = match.end()
    return [*found, Token("end", "", len(text))]
