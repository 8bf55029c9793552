"""What is published about named systems: their training compute, hardware and cost, each figure with its source.

The facts stand in `data/systems.csv`, read on first use. They are for "figures measured elsewhere", beside a
calculation and never in its place; `independent` says whether a figure owes nothing to the comment thread of 2021 that
is audited in `docs/examples`, so that an echo of a claim is not taken for its confirmation.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from slipstick.data import listed, read_rows
from slipstick.source import Span

KINDS = ("measured", "paper", "blog", "database", "derived", "secondary", "thread", "forum", "press", "crowd")
"""Where a figure is from, roughly from the best to the least; "thread" is the one of 2021."""

INDEPENDENT = ("yes", "partly", "no")
"""Whether a figure owes nothing, something or everything to that thread."""


class SystemFigure(NamedTuple):
    """A published figure about a system, in `unit` ("" for a plain number); `value` is None where only ends are given.

    `date` is that of the source, to the day, the month or the year: "2021-04".
    """

    system: str
    item: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    unit: str
    kind: str
    independent: str
    date: str
    source: str
    confidence: str
    note: str


def figures(name: str) -> tuple[SystemFigure, ...]:
    """What is known of a system, by its own name or one it goes by, in the order of the file; empty where nothing is.

    A name of several systems ("AlphaStar") gives the figures of each; `SystemFigure.system` tells them apart.
    """
    wanted = _key(name)
    return tuple(figure for system in _aliases().get(wanted, ()) for figure in _systems()[system])


def names() -> tuple[str, ...]:
    """The systems, in the order of the file."""
    return tuple(_systems())


def named(text: str) -> tuple[str, ...]:
    """The systems that a text mentions, in the order of their first mention; all that a name may mean.

    The longest name wins: "GShard 600B" is one system, "GShard" may be either. Case matters ("Meena" is no word of a
    sentence), blanks and hyphens do not.
    """
    return tuple(dict.fromkeys(system for _, called in mentions(text) for system in called))


def mentions(text: str) -> list[tuple[Span, tuple[str, ...]]]:
    """Every place where a text mentions a system, with all that the name there may mean, in order."""
    return [(Span(*match.span()), _aliases()[_key(match.group())]) for match in _pattern().finditer(text)]


def is_any_named(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` mentions a system."""
    return _beginnings().search(text, start, end) is not None and _pattern().search(text, start, end) is not None


@cache
def _systems() -> dict[str, tuple[SystemFigure, ...]]:
    found: dict[str, list[SystemFigure]] = {}
    for row in read_rows("systems.csv"):
        found.setdefault(row["system"], []).append(_to_figure(row))
    return {system: tuple(each) for system, each in found.items()}


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    """The systems by every name they go by."""
    found: dict[str, dict[str, None]] = {}
    for row in read_rows("systems.csv"):
        for alias in (row["system"], *listed(row["aliases"])):
            found.setdefault(_key(alias), {})[row["system"]] = None
    return {key: tuple(systems) for key, systems in found.items()}


@cache
def _beginnings() -> re.Pattern[str]:
    """What the first long capitalized word of any name begins with, else the name: few texts have that."""
    words = [next((w for w in _words(name) if w[0].isupper() and len(w) > 2), name) for name in _names()]
    return re.compile("|".join(sorted({re.escape(word[:3]) for word in words})))


def _names() -> set[str]:
    """Every name of a system."""
    return {name for row in read_rows("systems.csv") for name in (row["system"], *listed(row["aliases"]))}


@cache
def _pattern() -> re.Pattern[str]:
    """Any of the names, longest first, not inside a word; blanks and hyphens as one likes."""
    spelt = [r"[\s_-]?".join(map(re.escape, _words(name))) for name in sorted(_names(), key=len, reverse=True)]
    names = [f"{name[0]}(?<![\\w-].){name[1:]}" for name in spelt]  # a letter first: most places hold none of them
    return re.compile(rf"(?:{'|'.join(names)})(?!\w|[.-]\w|{_OF_ANOTHER})")


_OF_ANOTHER = r"\s?[2-9](?!\d|[.,]\d)|\s[\d.]+[BM]\b"
"""What follows a name that is another system's: AlphaFold 2, GPT-3 6.7B."""


def _words(name: str) -> list[str]:
    return re.split(r"[\s_-]+", name)


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).lower()


def _to_figure(row: dict[str, str]) -> SystemFigure:
    return SystemFigure(
        row["system"],
        row["item"],
        _fraction(row["value"]),
        _fraction(row["low"]),
        _fraction(row["high"]),
        row["unit"],
        row["kind"],
        row["independent"],
        row["date"],
        row["source"],
        row["confidence"],
        row["note"],
    )


def _fraction(cell: str) -> Fraction | None:
    return Fraction(cell) if cell else None
