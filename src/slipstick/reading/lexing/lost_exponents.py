"""Powers of ten whose exponent lost its place when a page was copied: 10^22 as 1022, 10^-4 as 10−4."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.patterns import pattern
from slipstick.reading.lexing.tokens import Token

_COPIED_POWER = pattern(r"10(?:[6-9]|[12]\d|30)")
"""10^6 to 10^30 with the exponent on the line: what copying from a page makes of it."""
_COPIED_THOUSAND = pattern(r"1024[2-5]|1000[2-4]")
"""1024^3 and 1000^2, in a product."""
_MANTISSA = pattern(r"[1-9]\.\d{1,6}")
_LARGEST_LOST = 30


def has_lost_exponent(tokens: Sequence[Token], i: int) -> bool:
    """Whether the literal at `i` may have lost a superscript: "8.4 × 1022 FLOP", "* 7×109 params *", "= 8.4 × 10 22".

    Nobody counts single operations by the thousand, a claim is no product of two numbers, and a product glued together
    among operators with blanks is one number. Such a number is not read, since nobody can tell what was meant.
    """
    text, power, after = tokens[i].text, tokens[i + 2], tokens[i + 3]
    if not text.startswith("10") and not power.text.startswith("10"):
        return False
    behind_sign, sign = tokens[i - 1].kind == "times", tokens[i + 1]
    if text.startswith("10") and _COPIED_POWER.fullmatch(text):
        return tokens[i - 1].kind == "relation" and _is_flop(sign)
    if not behind_sign and sign.kind != "times":
        return False
    if behind_sign and _COPIED_THOUSAND.fullmatch(text):
        return True
    if _lost_negative(tokens, i + 1) or (behind_sign and _lost_negative(tokens, i - 1)):
        return negative_exponent(tokens, i + 1) is None
    if sign.kind != "times" or power.kind != "number" or len(tokens[i].text) > 5:
        return False
    if power.text == "10" and after.kind == "number" and not after.glued:
        return after.text.isdigit() and len(after.text) == 2 and tokens[i + 4].kind not in ("times", "minus")
    if not _COPIED_POWER.fullmatch(power.text) or power.text == "1024" or _is_flop(after):
        return _is_flop(after) and _COPIED_POWER.fullmatch(power.text) is not None
    if tokens[i - 1].kind == "relation" or (i > 1 and tokens[i - 1].text in "~≈" and tokens[i - 2].kind == "relation"):
        return after.kind not in ("times", "divide", "relation", "power")
    among = tokens[i - 1].kind in ("times", "divide") and not tokens[i].glued
    return sign.glued and power.glued and (among or (after.kind == "times" and not after.glued))


def _lost_negative(tokens: Sequence[Token], i: int) -> bool:
    """Whether "× 10−4" at `i` may be 10^-4: a minus between digits without blanks, behind a sign that may have them.

    "3*10-4" is a difference like any other.
    """
    if tokens[i].kind != "times" or tokens[i + 1].text != "10":
        return False
    sign, ten, minus, digits = tokens[i : i + 4]
    if minus.kind != "minus" or not (minus.glued and digits.glued):
        return False
    exponent = digits.text.isdecimal() and len(digits.text) <= 2 and int(digits.text) <= _LARGEST_LOST
    fitting = minus.text in "-−" and (not ten.glued or minus.text == "−" or sign.text in "×·⋅")
    return exponent and fitting and tokens[i + 4].kind != "power"


def negative_exponent(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """The exponent in "1.5 × 10−4" at the sign of product `i`, where no difference can be meant, and the index.

    Decimals before a typographic sign of product are the first part of a number in powers of ten.
    """
    before, sign = tokens[i - 1].text, tokens[i]
    if sign.text not in "×·⋅xX" or not _lost_negative(tokens, i) or not _MANTISSA.fullmatch(before):
        return None
    return -int(tokens[i + 3].text), i + 4


def _is_flop(token: Token) -> bool:
    return token.lower.startswith("flop")


LEAST_DOTTED = 3


def before_dot(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """The literal before a dot that may multiply a power of ten, and the index of the ten: 8.4.10^22, 6.10^9.

    No decimal that ends in .10 is raised to a power of three or more.
    """
    text, dot, ten = tokens[i].text, tokens[i + 1], tokens[i + 2]
    if dot.text == "." and dot.glued and ten.text == "10" and ten.glued:
        return text, i + 2
    return (text[:-3], i) if text.endswith(".10") else None
