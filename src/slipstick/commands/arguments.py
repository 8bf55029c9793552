"""What an argument of a command may be, and what is said where it is not; a complaint is one line."""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

UNUSABLE = 2
"""The exit code where the call or an input could not be used."""

_NARROWEST, _WIDEST = 40, 140

# Compiled only where an option is given that needs them, for the sake of start-up.
_SIZE = r"(?P<number>[0-9]{1,18}(?:\.[0-9]{1,9})?)\s*(?P<prefix>[kmgt]?)(?P<binary>i?)b?"
_DECIMAL = r"[0-9]{0,9}\.?[0-9]{1,30}"
_RANGE = rf"(?P<low>{_DECIMAL})\s*(?P<percent>%?)(?:\s*(?:\.\.|to|-|–)\s*(?P<high>{_DECIMAL})\s*(?P<percent_too>%?))?"
_DATE = r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"


def size_in_bytes(text: str) -> int:
    """A size: bytes like 5000, or 5k, 10MB, 64MiB."""
    match = re.fullmatch(_SIZE, text.strip(), re.IGNORECASE)
    if match is None or (match["binary"] and not match["prefix"]):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; expected bytes like 5000, or 5k, 10MB, 64MiB")
    base = 1024 if match["binary"] else 1000
    return int(float(match["number"]) * base ** " kmgt".index(match["prefix"].lower() or " "))


def fraction_range(text: str) -> tuple[Fraction, Fraction]:
    """A range of fractions like 0.2..0.5, "0.2 to 0.5" or 20..50%."""
    from fractions import Fraction

    match = re.fullmatch(_RANGE, text.strip())
    if match is not None and not (match["percent"] and match["high"] and not match["percent_too"]):
        whole = 100 if match["percent"] or match["percent_too"] else 1
        least, most = Fraction(match["low"]) / whole, Fraction(match["high"] or match["low"]) / whole
        # An interval that reaches 1 has no logit-normal distribution; a point at 1 is the peak itself.
        if 0 < least <= most < 1 or least == most == 1:
            return least, most
    raise argparse.ArgumentTypeError(f"{text!r} is no range of fractions, low to high; expected one like 0.2..0.5")


def year_of(text: str) -> int:
    """The year of a date like 2021, 2021-04 or 2021-04-08."""
    from datetime import date

    match = re.fullmatch(_DATE, text)
    try:
        if match is not None:
            return date(*(int(part or 1) for part in match.group("year", "month", "day"))).year
    except ValueError:
        pass  # a day that its month does not have
    raise argparse.ArgumentTypeError(f"{text!r} is no date; expected one like 2021, 2021-04 or 2021-04-08")


def rule_words(text: str) -> tuple[str, ...]:
    """Rules: codes like C101, prefixes of codes like C1, names, ALL or DEFAULT, with commas between them."""
    from slipstick.selection import UnknownRule, rules_of, words

    found = words([text])
    if not found:
        raise argparse.ArgumentTypeError("names no rule; expected codes or names with commas between them")
    try:
        for word in found:
            rules_of(word)
    except UnknownRule as error:
        raise argparse.ArgumentTypeError(f"{error}; `slipstick rule --list` has them all") from None
    return found


def figure_words(text: str) -> str:
    """A figure to compare with, like 6e22 FLOP, as it was given."""
    from slipstick.judging.against import figure

    try:
        figure(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def has_color(choice: str) -> bool:
    """Whether a page has colours: `always`, or with `auto` on a terminal, unless it cannot show them or its owner does
    not want them (https://no-color.org).
    """
    if choice != "auto":
        return choice == "always"
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def page_width() -> int:
    """The width of a page in cells: the terminal's, within what can be read."""
    from slipstick.formats.plain import terminal_width

    return min(max(terminal_width(), _NARROWEST), _WIDEST)


def complain(message: str) -> None:
    """One line on standard error, or nowhere where that is closed."""
    from contextlib import suppress

    from slipstick.formats.plain import printable

    with suppress(OSError):
        if sys.stderr is not None:  # print would take None for standard output
            print(f"slipstick: {printable(message)}", file=sys.stderr, flush=True)


def write_now(text: str) -> None:
    """Write and flush, so that whoever reads along sees each report as soon as it is there."""
    if sys.stdout is not None:
        sys.stdout.write(text)
        sys.stdout.flush()


def exists(name: str) -> bool:
    """Whether there is such a file; a text is no name of one, however long it is or whatever is in it."""
    from pathlib import Path

    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def is_table(name: str) -> bool:
    """Whether a file named on the command line is a table."""
    from pathlib import Path

    from slipstick import tables

    return name != "-" and tables.is_table(Path(name))
