"""Which rules run and which are hidden: codes (`C101`), prefixes of codes (`C1`), names, ALL and DEFAULT."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from slipstick.rule import Described
from slipstick.rules import EVERY_RULE

_LONGEST_SHOWN = 60
_PREFIX = r"[A-Z]\d{0,2}"  # compiled only where rules are chosen, for the sake of start-up
_GROUPS = {"ALL": EVERY_RULE, "DEFAULT": tuple(rule for rule in EVERY_RULE if rule.default_on)}

DEFAULT_CODES = frozenset(rule.code for rule in _GROUPS["DEFAULT"])
"""The codes of the rules that run unless told otherwise."""


class UnknownRule(ValueError):
    """No rule is called so; the message, one line, names the nearest."""


def rule_named(word: str) -> Described | None:
    """The rule of a code (in either case) or a name, or None."""
    code = word.upper()
    return next((rule for rule in EVERY_RULE if rule.code == code or rule.name == word), None)


def _several(word: str) -> tuple[Described, ...]:
    """The rules of ALL, DEFAULT or a prefix; none where the word is neither."""
    upper = word.upper()
    if re.fullmatch(_PREFIX, upper):
        return tuple(rule for rule in EVERY_RULE if rule.code.startswith(upper))
    return _GROUPS.get(upper, ())


def stands_for_several(word: str) -> bool:
    """Whether the word is ALL, DEFAULT or a prefix of codes."""
    return bool(_several(word))


def rules_of(word: str) -> tuple[Described, ...]:
    """The rules that a word of a selection stands for. Raises UnknownRule where there are none."""
    one = rule_named(word)
    found = (one,) if one else _several(word)
    if not found:
        raise UnknownRule(unknown(word, nearest(word)))
    return found


def unknown(word: str, near: Described | None = None) -> str:
    """That no rule is called so, and perhaps the nearest, on one line."""
    shown = word if len(word) <= _LONGEST_SHOWN else word[:_LONGEST_SHOWN] + "…"
    return f"there is no rule {shown!r}" + (f"; the nearest is {near.code} {near.name}" if near else "")


@lru_cache(maxsize=100)
def nearest(word: str) -> Described | None:
    """The rule whose code or name is spelt most like `word`, or None where none is."""
    from difflib import get_close_matches

    known = {rule.name: rule for rule in EVERY_RULE} | {rule.code.lower(): rule for rule in EVERY_RULE}
    close = get_close_matches(word.lower()[:_LONGEST_SHOWN].replace("_", "-").replace(" ", "-"), known, n=1)
    return known[close[0]] if close else None


def words(given: Iterable[str]) -> tuple[str, ...]:
    """The words of comma-separated lists, in order."""
    return tuple(word for part in given for word in map(str.strip, part.split(",")) if word)


def codes(given: Iterable[str]) -> frozenset[str]:
    """The codes of all rules that the words stand for. Raises UnknownRule."""
    return frozenset(rule.code for word in words(given) for rule in rules_of(word))


def selected(select: Iterable[str]) -> frozenset[str]:
    """The codes of the rules to run: those of `select`, or without any the ones that are on by default."""
    return codes(select) or DEFAULT_CODES
