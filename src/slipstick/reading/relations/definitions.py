"""What names stand for where a text says it: "N = 70e9", "D := 1.4T tokens", "params: 7B", "7 billion parameters (N)".

definition = name [remark] ("=" | ":=" | "≈" | "~") {side "="} value | "(" letter ")" ("=" | ":") value
           | letter ("is" | "being") [words "("] value | letter "(" value ")" | quantity "(" letter ")"
           | line-begin name ":" value
value      = quantity | sum

A value is never guessed: of a name that a list is set equal to, or one of two numbers, nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slipstick.reading.expressions.grammar import ExpressionParser
from slipstick.reading.expressions.tree import Group, Node
from slipstick.reading.lexing.equals import past_approximately
from slipstick.reading.lexing.scales import scale_of
from slipstick.reading.lexing.tokens import LOOK_AHEAD, Token
from slipstick.reading.quantities.noun_meanings import TIMES
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import Quantity, unit_phrase
from slipstick.units import is_device

_DEFINING = frozenset(("=", ":=", "≈", "~", "≃", "∼", "≅", "~=", "=~", "= ~"))
_BEHIND_NAME = frozenset(
    "with where let for if assume assuming given using have and set take so then here say are".split()
)
_BEFORE_NAME = frozenset(("newline", "stop", "comma", "open", "relation", "quote", "other"))
"""Kinds of tokens behind which a name begins: of "training tokens = 2T" the last word alone is none."""
_BETWEEN_SIDES = frozenset(("word", "number", "times", "divide", "percent", "minus", "power", "close", "open"))
_IS = frozenset(("is", "being"))
_MOST_BETWEEN, _MOST_WORDS = 24, 6
_UNITS = frozenset((*TIMES, "token", "parameter"))
"""Units that are names of their own numbers: "days = 30", "tokens = 2e12"."""
_OTHERWISE = frozenset("or vs versus to and".split())


class Definition(NamedTuple):
    """A name, the index of its token, its value (None where it is set equal to what is no single number), and the index
    behind all that.
    """

    name: str
    at: int
    value: Node | None
    end: int


def name_of(token: Token) -> str:
    """The name that a word is: letters as they are, longer words in lower case; "" of a word that is no name."""
    if token.kind != "word" or not token.text.replace("_", "a").isalnum():
        return ""
    return token.text if len(token.text) == 1 else token.lower


def definitions(tokens: Sequence[Token], parser: ExpressionParser) -> list[Definition]:
    """Every definition in the tokens, in order. Linear: each sign of equality is looked at once."""
    found: list[Definition] = []
    for i in range(len(tokens) - LOOK_AHEAD):
        token = tokens[i]
        if token.kind == "relation" and token.text in _DEFINING:
            found += _set_equal(tokens, parser, i)
        elif token.lower in _IS and i and _is_letter(tokens[i - 1]):
            found += _told(tokens, i - 1, _past_description(tokens, past_approximately(tokens, i + 1)[1]))
        elif token.text == ":" and i and _begins_line(tokens, i - 1):
            found += _told(tokens, i - 1, i + 1)
        elif token.kind == "open" and i:
            found += _in_brackets(tokens, i)
    return found


def _is_letter(token: Token) -> bool:
    return token.kind == "word" and len(token.text) == 1 and token.text.isupper()


def _past_description(tokens: Sequence[Token], i: int) -> int:
    """Past what a letter is, to the bracket with its number: "N is the number of parameters (7B)"."""
    j = i
    while j - i < _MOST_WORDS and tokens[j].kind == "word":
        j += 1
    return j + 1 if j > i and tokens[j].kind == "open" else i


def _begins_line(tokens: Sequence[Token], i: int) -> bool:
    """Whether the name at `i` begins a line, a bullet aside."""
    j = i - 1
    while j >= 0 and tokens[j].kind in ("minus", "times", "other"):
        j -= 1
    return bool(name_of(tokens[i])) and (j < 0 or tokens[j].kind == "newline")


def _name_before(tokens: Sequence[Token], i: int) -> int | None:
    """The index of the name that ends at `i`, a remark behind it aside: "N (params) ="."""
    if i >= 3 and tokens[i].kind == "close" and tokens[i - 2].kind == "open":
        i -= 3
    if i < 0 or not name_of(tokens[i]):
        return None
    before = tokens[i - 1] if i else None
    letter = len(tokens[i].text) == 1
    if before is None or before.kind in _BEFORE_NAME or before.lower in _BEHIND_NAME or _begins_line(tokens, i):
        return i
    return i if letter and before.kind == "word" else None


def _set_equal(tokens: Sequence[Token], parser: ExpressionParser, i: int) -> list[Definition]:
    """What the sign of equality at `i` says of the name before it."""
    at = _name_before(tokens, i - 1)
    if at is None:
        return []
    name = name_of(tokens[at])
    joined = at > 1 and (tokens[at - 1].kind == "comma" or tokens[at - 1].lower == "and")
    if joined and _is_listed_name(tokens, at - 2):
        return [Definition(name, at, None, i), Definition(name_of(tokens[at - 2]), at - 2, None, i)]
    start = past_approximately(tokens, i + 1)[1]
    found = _whole(parser, start)
    if found is None:
        return _last_side(tokens, parser, at, start)
    value, end = found
    while tokens[end].text in _DEFINING and (further := _whole(parser, end + 1)) is not None:
        if not isinstance(further[0], Quantity):
            break
        value, end = further
    return [Definition(name, at, None if _goes_on(tokens, end) else _named(tokens, at, value), end)]


def _whole(parser: ExpressionParser, i: int) -> tuple[Node, int] | None:
    """The expression at `i`, unless an operator behind it leads nowhere."""
    found = parser.sum(i)
    return found if parser.dangling is None else None


def _is_listed_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether a name stands at `i` that is given nothing there: the N of "N, D = 7e9, 2e12"."""
    before = tokens[i - 1] if i > 0 else None
    alone = before is None or before.kind in ("newline", "stop", "open") or before.lower in _BEHIND_NAME
    return bool(name_of(tokens[i])) and (alone or _is_letter(tokens[i])) and not (i and tokens[i - 1].kind == "number")


def _goes_on(tokens: Sequence[Token], end: int) -> bool:
    """Whether another number may be meant: "7e9, 13e9 and 70e9", "0.4 or 0.5"."""
    if tokens[end].kind == "comma":
        listed = tokens[end + 1].kind in ("number", "currency") and not _leads_on(tokens, end + 2)
        return listed or tokens[end + 1].text in (".", "…")
    goes_on = tokens[end].kind in ("times", "divide", "plus", "minus", "power", "range")
    return goes_on or (tokens[end].lower in _OTHERWISE and tokens[end + 1].kind in ("number", "currency"))


def _leads_on(tokens: Sequence[Token], i: int) -> bool:
    """Whether the number before `i` begins something else: "N = 7e9, D = 2e12, 6ND = 8.4e22"."""
    return tokens[i].kind in ("times", "divide") or (tokens[i].kind == "word" and scale_of(tokens[i].text) is None)


def _last_side(tokens: Sequence[Token], parser: ExpressionParser, at: int, start: int) -> list[Definition]:
    """A name whose number follows behind words or a formula: "N = number of parameters = 7B", "t = 6 * p = 4e10".

    A formula without a number makes the name one of which nothing is known.
    """
    j, computes = start, False
    while j - start < _MOST_BETWEEN and tokens[j].kind in _BETWEEN_SIDES:
        computes |= tokens[j].kind in ("times", "divide", "power")
        j += 1
    value = parser.sum(past_approximately(tokens, j + 1)[1]) if tokens[j].kind == "relation" else None
    if value is not None and isinstance(value[0], Quantity) and not _goes_on(tokens, value[1]):
        return [Definition(name_of(tokens[at]), at, _named(tokens, at, value[0]), value[1])]
    return [Definition(name_of(tokens[at]), at, None, j)] if computes else []


def _named(tokens: Sequence[Token], at: int, value: Node) -> Node:
    """The value; a bare number has the unit that its name is: "days = 30"."""
    if not isinstance(value, Quantity):
        return value if isinstance(value, Group) else Group(value.span, value)
    if not value.is_bare or len(tokens[at].text) < 3:
        return value
    phrase = unit_phrase(tokens, at)
    if phrase is None or phrase[1] != at + 1 or not phrase[0].known or len(phrase[0].count) != 1:
        return value
    unit = phrase[0].count[0].name
    return value._replace(unit=phrase[0]) if unit in _UNITS or is_device(unit) else value


def _told(tokens: Sequence[Token], at: int, i: int) -> list[Definition]:
    """The name at `at` with the one quantity at `i`, where nothing is computed with it."""
    found = read_number(tokens, i) if tokens[i].kind in ("number", "currency") else None
    if found is None:
        return []
    phrase = unit_phrase(tokens, found[1])
    end = phrase[1] if phrase else found[1]
    if tokens[end].kind in ("relation", "times", "divide", "power", "plus"):
        return []
    span = found[0].span.to(phrase[0].span) if phrase else found[0].span
    quantity = Quantity(span, found[0], phrase[0] if phrase else None)
    return [Definition(name_of(tokens[at]), at, None if _goes_on(tokens, end) else _named(tokens, at, quantity), end)]


_LONGEST_QUANTITY = 8


def _in_brackets(tokens: Sequence[Token], i: int) -> list[Definition]:
    """What the bracket at `i` says of a letter, in it or before it.

    "parameters (N): 7B", "70 billion parameters (N)", "N (70B)".
    """
    if _is_letter(tokens[i - 1]):
        inside = _told(tokens, i - 1, i + 1)
        return inside if inside and tokens[inside[0].end].kind == "close" else []
    if not _is_letter(tokens[i + 1]) or tokens[i + 2].kind != "close":
        return []
    if tokens[i + 3].text == ":" or tokens[i + 3].kind == "relation":
        told = _told(tokens, i + 1, i + 4)
        return told or _behind_quantity(tokens, i)
    return _behind_quantity(tokens, i)


def _behind_quantity(tokens: Sequence[Token], i: int) -> list[Definition]:
    """The letter in the bracket at `i` with the quantity that ends right before it."""
    for start in range(max(0, i - _LONGEST_QUANTITY), i):
        found = read_number(tokens, start) if tokens[start].kind in ("number", "currency") else None
        if found is None or found[1] > i:
            continue
        phrase = unit_phrase(tokens, found[1])
        if (phrase[1] if phrase else found[1]) != i:
            continue
        if start and tokens[start - 1].kind in ("times", "divide", "plus", "power", "range", "minus"):
            return []
        span = found[0].span.to(phrase[0].span) if phrase else found[0].span
        quantity = Quantity(span, found[0], phrase[0] if phrase else None)
        return [Definition(tokens[i + 1].text, start, quantity, i + 3)]
    return []
