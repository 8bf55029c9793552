"""Powers of ten that are written out, and exponents: "8.4 × 10^22", "10^12", "6.10^9", "m²".

literal   = digits with , or _ between thousands, a decimal point, an exponent | ten-power
ten-power = "10" ("^" | "**") integer | "10" superscripts
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.lexing.lost_exponents import LEAST_DOTTED, before_dot, has_lost_exponent, negative_exponent
from slipstick.reading.lexing.tokens import SUPERSCRIPTS, Token
from slipstick.reading.quantities.literals import MAX_EXPONENT

_CONSTANTS = frozenset(("24", "60", "365", "3600", "3,600", "86400", "86,400"))


def integer_exponent(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Read `^12`, `**-3`, `^{12}`, `^(12)` or superscripts at `i`: the exponent and the next index."""
    if tokens[i].kind == "superscript" and tokens[i].glued:
        if len(tokens[i].text) > 6:
            return None
        return int(tokens[i].text.translate(SUPERSCRIPTS)), i + 1
    if tokens[i].kind != "power":
        return None
    j, sign, bracket = i + 1, 1, False
    if tokens[j].kind == "open":
        j, bracket = j + 1, True
    if tokens[j].kind in ("minus", "plus"):
        sign, j = (-1 if tokens[j].kind == "minus" else 1), j + 1
    if tokens[j].kind != "number" or not tokens[j].text.isdigit() or len(tokens[j].text) > 6:
        return None
    exponent = sign * int(tokens[j].text)
    if bracket and tokens[j + 1].kind != "close":
        return None
    j += 2 if bracket else 1
    goes_on = tokens[j].kind == "power" and tokens[j + 1].kind in ("number", "open", "minus")
    return None if goes_on or tokens[j].kind == "superscript" else (exponent, j)


def _ten_power(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    if tokens[i].text != "10" or (found := integer_exponent(tokens, i + 1)) is None:
        return None
    return found if abs(found[0]) <= MAX_EXPONENT else None


def _dotted_power(tokens: Sequence[Token], i: int) -> tuple[str, int, int] | None:
    """`6.10^9`: the literal before a dot that multiplies a power of ten, the exponent, the index behind it."""
    before = before_dot(tokens, i)
    raised = integer_exponent(tokens, before[1] + 1) if before is not None else None
    is_power = raised is not None and LEAST_DOTTED <= abs(raised[0]) <= MAX_EXPONENT
    return (before[0], *raised) if before is not None and raised is not None and is_power else None


def _power_behind(tokens: Sequence[Token], i: int, after_divide: bool) -> tuple[int, int] | None:
    """The exponent of the power of ten at the sign `i` that belongs to the literal before it, and the index behind."""
    lost = negative_exponent(tokens, i)
    if lost is not None:
        return lost
    return _ten_power(tokens, i + 1) if _scientific_follows(tokens, i, after_divide) else None


def _scientific_follows(tokens: Sequence[Token], i: int, after_divide: bool) -> bool:
    """Whether `× 10^n` at `i` belongs to the literal before it.

    After a slash, a spaced `*` goes left to right; a conversion constant (24 * 3600 * 10^15) stands by itself.
    """
    if tokens[i - 1].text in _CONSTANTS and tokens[i - 2].kind == "times" and tokens[i - 2].glued == tokens[i].glued:
        return False
    if after_divide and tokens[i].text == "*" and not tokens[i].glued:
        return _is_mantissa(tokens[i - 1].text) and tokens[i + 4].kind in ("word", "relation")
    return True


def _is_mantissa(text: str) -> bool:
    """Whether a number has one digit before its point and two or more behind: "8.64"."""
    return len(text) > 3 and text[1] == "." and text[0] in "123456789"


def with_power_of_ten(tokens: Sequence[Token], i: int, after_divide: bool) -> tuple[str, int | None, int] | None:
    """The literal at `i`, the exponent of the power of ten behind it, if there is one, and the index behind both.

    None where an exponent may have lost its place. Only a literal that begins with 10 or ends in .10, or has a number
    that begins with 10 as the second token behind it, has a power of ten or lacks one.
    """
    text, following = tokens[i].text, tokens[i + 1]
    if text == "10" and (ten := _ten_power(tokens, i)) is not None:
        return f"1e{ten[0]}", None, ten[1]
    if (following.text == "." or text[-3:] == ".10") and (dotted := _dotted_power(tokens, i)) is not None:
        return dotted
    if has_lost_exponent(tokens, i):
        return None
    behind = _power_behind(tokens, i + 1, after_divide) if following.kind == "times" else None
    return (text, *behind) if behind is not None else (text, None, i + 1)
