"""Fractions of LaTeX: quotients in brackets, units one per another, mixed numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

from slipstick.markup.latex_names import OPERATORS, SIZES
from slipstick.markup.latex_tokens import Token
from slipstick.markup.latex_writer import Writer

_SINGLE = re.compile(r"\s{0,8}([A-Za-z0-9])")
_UPRIGHT = r"\\(?:text|mathrm|textrm|mbox)\s?\{\s?"
_UNITS = re.compile(rf"\s*+(?:{_UPRIGHT}[A-Za-z$€£]+(?:[-/ ][A-Za-z]+)*\s?\}}|[A-Za-z]+)\s*+")
_UNIT = re.compile(rf"\s*+(?:{_UPRIGHT}[A-Za-z]+(?:-[A-Za-z]+)*\s?\}}|[A-Za-z]+)\s*+")
_PRODUCT = re.compile(rf"\s*+{_UPRIGHT}[A-Za-z-]+\s?\}}(?:\s*+\\(?:cdot|times)\s*+{_UPRIGHT}[A-Za-z-]+\s?\}})++\s*+")
_QUANTITY = re.compile(rf"\s*+\d[\d.,]*+(?:\s|\\[,; ]|~)*+{_UPRIGHT}[A-Za-z]+(?:[-/ ][A-Za-z]+)*\s?\}}\s*+")
_SPACED = re.compile(r"(?:\s|\\[,;:! ]|\\q?quad(?![A-Za-z])|~)*+")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_WHOLE = re.compile(r"(?<![\w.,^])\d{1,3}\Z")
_PARTS = re.compile(r"\s?\{\s?(\d{1,2})\s?\}\s?\{\s?(\d{1,3})\s?\}|(\d)(\d)")


_FACTOR = re.compile(r"(?:\s|\\[,;:! ]){0,8}(?:\\left\s?)?\(\s?\d")
r"""A number in brackets behind a fraction, which multiplies it: \frac{1}{2} (2 \text{ kg})."""


class _Argument(NamedTuple):
    """From its brace to the closing one, or a single character."""

    start: int
    end: int
    in_braces: bool


def fraction(writer: Writer, token: Token) -> None:
    r"""`\frac{a}{b}` is (a)/(b), in one more pair of brackets where its neighbours would bind tighter."""
    upper = _argument(writer, token.end)
    lower = upper and _argument(writer, upper.end)
    if upper is None or lower is None:
        writer.edit(token.start, token.start + 1, writer.blank_before(token.start))
    elif signs := _unit_signs(writer, token, upper, lower):
        _write(writer, token, (upper, lower), signs)
    elif whole := _whole_part(writer, token):
        writer.ahead(whole, whole + 1, f"({writer.text[whole]}")
        _write(writer, token, (upper, lower), ("+(", ")/(", "))"))
    else:
        more = _binds_before(writer, token) or _binds_behind(writer, lower.end)
        last = "))*" if _FACTOR.match(writer.text, lower.end) else "))"
        _write(writer, token, (upper, lower), ("((", ")/(", last) if more else ("(", ")/(", ")"))


def _argument(writer: Writer, at: int) -> _Argument | None:
    opening = writer.brace(at)
    if opening is not None:
        return _Argument(opening, writer.braces.closing[opening] + 1, in_braces=True)
    single = _SINGLE.match(writer.text, at)
    return _Argument(single.start(1), single.end(1), in_braces=False) if single else None


def _write(writer: Writer, token: Token, arguments: tuple[_Argument, _Argument], signs: tuple[str, str, str]) -> None:
    """Put the signs before, between and behind the two arguments."""
    first = arguments[0]
    writer.edit(token.start, first.start + first.in_braces, signs[0])
    for argument, sign in zip(arguments, signs[1:], strict=True):
        if argument.in_braces:
            writer.closing[argument.end - 1] = sign
        else:
            writer.ahead(argument.start, argument.end, writer.text[argument.start] + sign)


def _unit_signs(writer: Writer, token: Token, upper: _Argument, lower: _Argument) -> tuple[str, str, str] | None:
    """The signs around the parts of a unit of the number before it, or of a quantity per unit."""

    def holds(argument: _Argument, pattern: re.Pattern[str]) -> str | None:
        found = pattern.match(writer.text, argument.start + 1) if argument.in_braces else None
        return found.group() if found and found.end() == argument.end - 1 else None

    below, product = holds(lower, _UNIT), holds(lower, _PRODUCT)
    if below is None and product is None:
        return None
    signs = ("/", "") if below is not None else ("/(", ")")
    upright = "\\" in (below or product or "")
    if upright and holds(upper, _QUANTITY):
        return (writer.blank_before(token.start), *signs)
    above = holds(upper, _UNITS)
    last = writer.before(token.start, skip_blanks=True)[-1:]
    is_unit = above is not None and (last.isdigit() or (upright and "\\" in above and last.isalpha()))
    return (writer.blank_before(token.start), *signs) if is_unit else None


def _whole_part(writer: Writer, token: Token) -> int:
    """Where the whole number of a mixed number begins, such as 2 in 2½; 0 if the fraction is none (or at the start)."""
    parts = _PARTS.match(writer.text, token.end)
    whole = _WHOLE.search(writer.text[max(0, token.start - 4) : token.start])
    if parts is None or whole is None or int(parts[1] or parts[3]) >= int(parts[2] or parts[4]):
        return 0
    return token.start - len(whole.group())


def _binds_before(writer: Writer, token: Token) -> bool:
    last = writer.before(token.start, skip_blanks=True)[-1:]
    return bool(last) and (last.isalnum() or last in "/÷^)]%!")


def _binds_behind(writer: Writer, end: int) -> bool:
    spaced = _SPACED.match(writer.text, end)
    at = spaced.end() if spaced else end
    following = writer.text[at : at + 1]
    if following != "\\":
        return bool(following) and (following.isalnum() or following in "({[^!")
    command = _COMMAND.match(writer.text, at)
    if command is None:
        return writer.text[at + 1 : at + 2] in ("%", "$")
    return not (command[1] in OPERATORS or command[1] in SIZES - {"left"} or command[1] in ("end", "quad", "qquad"))
