"""What looks like arithmetic and is none: "24/7", a date, the number of a process in a log."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from slipstick.reading.expressions.nearness import is_near
from slipstick.reading.expressions.tree import Node
from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.equals import ARROWS
from slipstick.reading.quantities.quantities import Quantity
from slipstick.source import Span

_TIMES = frozenset(("x", "×"))
_COMPARING = frozenset(
    "less more fewer smaller larger bigger higher lower cheaper faster slower of the that as".split()
)
_RATIO = log10(3)
_NEAR = 8
"""How far behind each other, in tokens, two labels may stand."""


_NUMBER_UNIT_EACH = 3


def is_idiom(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether the number at `i`, read up to `end`, begins a date, stands for "always" or is that of each thing."""
    if tokens[i].kind != "number":
        return False
    if tokens[end - 1].lower in ("each", "apiece") and tokens[end].kind == "relation" and end - i == _NUMBER_UNIT_EACH:
        return True  # "150k steps; at 5.2 s each = 780,000 s": one of what stands before, and no equal
    return (tokens[i].text == "24" and _is_around_the_clock(tokens, i, end)) or _is_date(tokens, i)


def _is_around_the_clock(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether "24/7" stands at `i`, and no sign and no operator follows: something never stops."""
    if (tokens[i + 1].text, tokens[i + 2].text) != ("/", "7"):
        return False
    return tokens[end - 1].text == "7" and tokens[end].kind != "relation"


def _is_date(tokens: Sequence[Token], i: int) -> bool:
    """Whether a date of the form 2021-04-08 stands at `i`: year, month and day of two digits each, without blanks."""
    if tokens[i + 1].text != "-":
        return False
    year, first, month, second, day = tokens[i : i + 5]
    if (len(year.text), len(month.text), len(day.text)) != (4, 2, 2) or second.text != "-":
        return False
    glued = first.glued and month.glued and second.glued and day.glued
    digits = year.text.isdecimal() and month.text.isdecimal() and day.text.isdecimal()
    return glued and digits and 1 <= int(month.text) <= 12 and 1 <= int(day.text) <= 31


_HOW_OFTEN = frozenset("hourly daily weekly biweekly monthly quarterly yearly annually nightly twice thrice".split())


def how_often(tokens: Sequence[Token], i: int) -> bool:
    """Whether what ends at `i` comes as often as a word says: "2 hours quarterly = 8 hours"."""
    return tokens[i - 1].lower in _HOW_OFTEN


def says_more(tokens: Sequence[Token], last: Node, sign: str, at: int, found: tuple[Node, int]) -> bool:
    """Whether the side that begins at `at` behind `sign` is no claim that `last` is as much.

    It is a date, a year behind an arrow, or a share of something else: "= 6 GB/s = 50% of it".
    """
    claim, end = found
    if _is_date(tokens, at):
        return True
    times = end - (tokens[end - 1].text in _TIMES)
    if tokens[times].text in _TIMES and tokens[times].glued and tokens[times + 1].lower in _COMPARING:
        return not is_near(claim, last, _RATIO)  # "= 8.4e22 = 2.7x less than GPT-3"
    if not isinstance(claim, Quantity) or not isinstance(last, Quantity) or not last.unit or last.role:
        return False
    share = claim.number.percent and not last.number.percent and tokens[end].lower == "of"
    return share or (sign in ARROWS and claim.is_bare and _is_year(tokens[end - 1].text))


def _is_year(text: str) -> bool:
    """Whether a number is written as a year: 1984, 2026."""
    return len(text) == 4 and text.isdecimal() and text[:2] in ("18", "19", "20")


def is_log_mark(tokens: Sequence[Token], i: int) -> bool:
    """Whether the sign of equality at `i` opens "==31751==", as programs mark their lines."""
    return tokens[i].text == "==" and tokens[i + 2].text == "==" and tokens[i + 1].glued and tokens[i + 2].glued


def are_labels(tokens: Sequence[Token], i: int, spans: Sequence[Span]) -> bool:
    """Whether the sides at `spans` are two numbers in digits alone, of which the first is at `i`.

    "bug 158525 == 126389" claims nothing: no quantity is written in two notations.
    """
    if len(spans) != 2 or not tokens[i].text.isdecimal():
        return False
    written = {t.span: t.text for t in tokens[i : i + _NEAR] if t.kind == "number"}
    return all(written.get(span, "").isdecimal() for span in spans)
