"""Cents as money: "29 cents" as $0.29, "8.2 eurocent" as €0.082, so that prices in cents are read as prices.

A result in cents of numbers that are no money stays one: of "2,000 × 1.5 = 3,000 cents" the 1.5 are cents as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from slipstick.reading.lexing.cutting import Token

_CENTS = {"cent": "$", "cents": "$", "ct": "$", "cts": "$", "eurocent": "€", "penny": "£", "pence": "£", "pennies": "£"}
_MAX_LENGTH = 25
_FAR = 30
"""How many tokens before a result are looked through for money."""


def with_cents_as_money(tokens: list[Token]) -> list[Token]:
    """The tokens, with a number of cents in the currency's own unit. Work in proportion to their number."""
    found: list[Token] = []
    for i, token in enumerate(tokens):
        sign = _CENTS.get(token.text) if token.kind == "word" else None
        if sign is None or not _is_plain(tokens, i - 1) or _is_only_money(found):
            found.append(token)
            continue
        _put(found, len(found) - 1, sign, token.end)
        if len(found) > 3 and _is_range_sign(found[-3]) and _is_plain(found, len(found) - 4):
            _put(found, len(found) - 4, sign, found[-4].end)  # "20 to 30 cents"
    return found


def _is_only_money(tokens: Sequence[Token]) -> bool:
    """Whether the last number is a result, and nothing before it is money: "2,000 × 1.5 = 3,000 cents" counts cents."""
    if len(tokens) <= 2 or tokens[-2].kind != "relation":
        return False
    for token in reversed(tokens[-_FAR:-2]):
        if token.kind == "currency":
            return False
        if token.kind in ("newline", "stop"):
            break
    return True


def _is_plain(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number in digits, without an exponent or a currency sign, stands at `i`."""
    token = tokens[i]
    digits = token.text.replace(",", "").replace(".", "", 1)
    if i < 0 or token.kind != "number" or not digits.isdecimal() or len(token.text) > _MAX_LENGTH:
        return False
    return i == 0 or tokens[i - 1].kind not in ("currency", "power")


def _is_range_sign(token: Token) -> bool:
    return token.kind in ("range", "minus") or token.lower == "to"


def _put(tokens: list[Token], i: int, sign: str, end: int) -> None:
    """Put a sign and a hundredth of the number at `i` in its place, up to `end`; its last digit stays the last one."""
    number = tokens[i]
    written = number.text.replace(",", "")
    text = f"{Decimal(written).scaleb(-2):f}"
    if "." not in written and "." in text:
        text = text.rstrip("0").rstrip(".")
    tokens[i : i + 1] = [number.saying(sign, "currency", end=end), number.saying(text, end=end, glued=True)]
