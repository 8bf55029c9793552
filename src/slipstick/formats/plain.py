"""Numbers and text by other hands, made fit to show; shared by the formats."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable

_PLAIN_SIGNS = str.maketrans({"✓": "+", "✗": "x", "…": ".", "·": "-", "│": "|", "–": "-", "─": "-", "“": '"', "”": '"'})


def shown(value: float | None, digits: int = 3) -> str:
    """A number at `digits` significant digits: `0.33`, `8,030`, `2.02e23`; `?` where it is unknown or not finite.

    Whole numbers below a million are written out in full; zeros that end a fraction are left out.
    """
    if value is None or not math.isfinite(value):
        return "?"
    size = abs(value)
    if size < 1e6 and value == int(value):
        return f"{value + 0.0:,.0f}" if value else "0"
    if 1e-3 <= size < 1e6:
        decimals = max(0, digits - 1 - math.floor(math.log10(size)))
        return _without_end_zeros(f"{value:,.{decimals}f}")
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    return f"{_without_end_zeros(mantissa)}e{int(exponent)}"


def _without_end_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def digits_apart(value: float, others: Iterable[float], least: int = 3, most: int = 9) -> int:
    """The fewest significant digits, from `least` to `most`, at which `value` is shown unlike each of `others`."""
    rest = list(others)
    for digits in range(least, most):
        if all(shown(value, digits) != shown(other, digits) for other in rest):
            return digits
    return most


def printable(text: str) -> str:
    """`text` on one line and without power over a terminal.

    White space of any kind becomes a blank; control characters, marks that change the direction of writing,
    characters of no width and lone surrogates become their backslash escape.
    """
    return text if text.isprintable() else "".join(map(_printable_character, text))


def _printable_character(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else character.encode("unicode_escape").decode("ascii")


def encodable(text: str, encoding: str) -> str:
    """`text` with what `encoding` cannot hold replaced: the page's own signs by ASCII ones, all else by escapes."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN_SIGNS).encode(encoding, "backslashreplace").decode(encoding)
    return text


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 warning`, `2 warnings`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def terminal_width(default: int = 80) -> int:
    """The width of the terminal in cells: the environment's COLUMNS, else that of standard output, else `default`.

    As `shutil.get_terminal_size`, whose module takes longer to load than a line takes to audit.
    """
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given[:9]):
        return int(given[:9])
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or default if sys.__stdout__ else default
    except (OSError, ValueError):
        return default
