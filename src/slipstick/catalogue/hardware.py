"""The catalogue of accelerators: peaks and packaging, each figure with its source and its rivals.

The facts stand in `data/hardware.csv` and `data/packaging.csv`, read on first use with the standard library alone, so
that an audit starts fast. In `hardware.csv` the first row of a part also holds its family, year, base level and
aliases; `level_aliases` are names that say the level of their row.

A peak is in FLOP/s for one thing of its level; integer formats count operations. A multiply-add counts as two.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from slipstick.data import listed, read_rows
from slipstick.frozen import Frozen
from slipstick.patterns import pattern

LEVELS = ("die", "core", "chip", "GPU", "board", "node", "rack", "pod")
"""Levels of packaging, from the smallest."""

_HYPHENS = str.maketrans("\u2010\u2011", "--")  # the other two; a set without them compiles much sooner
_SEPARATOR = re.compile(r"[\s_()\-]+")
_BRANDS = tuple("nvidia geforce tesla quadro google cloud amd radeon instinct intel habana huawei amazon aws".split())
_MAKERS = re.compile(f"^(?:(?:{'|'.join(_BRANDS)}){_SEPARATOR.pattern})+")
_FORM_FACTORS = re.compile(f"(?:{_SEPARATOR.pattern}" r"(?:sxm\d?|pcie|nvl|nvlink|dgxs|hbm\d?e?|\d+[\s\-]?gi?b?))+$")
_FORM_FACTOR = pattern(r"sxm\d?|pcie|nvl|nvlink|dgxs|hbm\d?e?|\d*(?:gi?b?)?")  # one word of them
_WORDS_AROUND_ALIAS = 5  # "NVIDIA Tesla" before, "SXM2 32 GB" behind
_LONGEST_NAME = 60  # characters; short enough that no run of separators in a hostile text costs time
_NAME = re.compile(rf"[A-Za-z0-9\s_()\-]{{1,{_LONGEST_NAME}}}")
_LONE_LETTER = re.compile(r"\b[A-Za-z]\s+\d")


class Part(NamedTuple):
    """A kind of accelerator, all its variants together.

    `family` is TPU, GPU, accelerator or CPU; `year` that of its release; `levels` those it has, from the smallest.
    `base_level` is the level meant where the name stands for one device, "" where prose leaves that open (a TPU v3
    may be a chip or a board, a K80 a card or half of one).
    """

    name: str
    family: str
    year: int
    aliases: tuple[str, ...]
    levels: tuple[str, ...]
    base_level: str


class Peak(NamedTuple):
    """A peak rate in FLOP/s of one thing of `level`.

    `variant` is the card or system that the figure belongs to, "" where it is given for the part as such. `sparse`
    says that it assumes 2:4 sparsity, `default` that it is the figure to compare with first at its level.
    """

    part: str
    variant: str
    level: str
    number_format: str
    engine: str
    sparse: bool
    flop_per_s: Fraction
    default: bool
    source: str
    confidence: str
    note: str


class Edge(Frozen):
    """A fact of packaging: one `container` of this part holds `count` of `contains`."""

    part: str
    container: str
    contains: str
    count: int
    source: str
    confidence: str
    note: str
    year: int
    terms: tuple[str, ...]
    """Names in prose: mostly of the container, for a chip those of its cores."""


@cache
def parts() -> tuple[Part, ...]:
    """All parts, in the order of the catalogue."""
    return tuple(part(name) for name in _entries())


@cache
def part(name: str) -> Part:
    """The part of exactly this name. Raises KeyError where the catalogue has none."""
    rows = _rows_of(name)
    aliases = [alias for column in ("aliases", "level_aliases") for row in rows for alias in listed(row[column])]
    held = {row["level"] for row in rows}
    held |= {level for edge in edges(name) for level in (edge.container, edge.contains)}
    levels = tuple(sorted(held, key=LEVELS.index))
    return Part(name, rows[0]["family"], int(rows[0]["year"]), tuple(aliases), levels, rows[0]["base_level"])


@lru_cache(maxsize=10_000)
@lru_cache(maxsize=10_000)
def named(words: str) -> Part | None:
    """The part that `words` name, or None.

    Case, spaces and hyphens do not matter, nor do a maker before the name, a form factor or memory size behind it
    (A100-SXM4-80GB), or one plural s. But a space must not part a lone letter from a number ("a 100"), nor two
    numbers ("v3 8"). Where the words say the level themselves ("v3-8", "DGX A100"), the answer has it as its
    `base_level`.
    """
    words = words.translate(_HYPHENS)
    if not _NAME.fullmatch(words) or _LONE_LETTER.search(words):
        return None
    key = _key(_FORM_FACTORS.sub("", _MAKERS.sub("", words.strip().lower())))
    return _alias_table().get(key) or _alias_table().get(key.removesuffix("s"))  # an s belongs to some names: L40S


@lru_cache(maxsize=10_000)
def may_begin(word: str) -> bool:
    """Whether a name that `named` knows can begin with this word: cheap to ask, at every word of a long text.

    The word is the beginning of a name, or has a whole name at its beginning (A100-SXM4), or is a maker's.
    """
    if len(word) > _LONGEST_NAME:
        return False
    key = _key(word)
    known = key in _alias_beginnings() or key.startswith(_BRANDS)
    return known or any(key[:length] in _alias_table() for length in range(1, len(key)))


@lru_cache(maxsize=10_000)
def may_go_on(word: str) -> bool:
    """Whether the word may stand in a name behind its first: a piece of one, a maker's, a form factor."""
    key = word.lower()
    known = not key.isalnum() or key in _BRANDS or _FORM_FACTOR.fullmatch(key) is not None
    return known or any(key.removesuffix("s") in alias for alias in _alias_table())


@cache
def _alias_beginnings() -> frozenset[str]:
    return frozenset(key[:length] for key in _alias_table() for length in range(1, len(key) + 1))


@cache
def longest_alias() -> int:
    """How many words, parted by spaces or hyphens, a name can take with its maker and form factor."""
    aliases = (alias for each in parts() for alias in each.aliases)
    return max(len(_SEPARATOR.split(alias)) for alias in aliases) + _WORDS_AROUND_ALIAS


def level_aliases(part: str) -> dict[str, str]:
    """The names that say a level, each with it: "v3-8" is a board. Raises KeyError as `part` does."""
    return {alias: row["level"] for row in _rows_of(part) for alias in listed(row["level_aliases"])}


def peaks(part: str, level: str | None = None) -> tuple[Peak, ...]:
    """The peaks of a part, of one level if given, the default of each level first. Raises KeyError as `part` does."""
    return tuple(peak for peak in _peaks_of(part) if level in (None, peak.level))


@cache
def edges(part: str) -> tuple[Edge, ...]:
    """What is known of a part's packaging. Raises KeyError as `part` does."""
    _rows_of(part)
    return tuple(edge for edge in _all_edges() if edge.part == part)


def count(part: str, container: str, contains: str) -> tuple[int, tuple[Edge, ...]] | None:
    """How many `contains` are in one `container`, with the facts that say so.

    Facts about the two levels come first; without one, counts are multiplied out through the levels between. None
    where it is unknown, or where it comes in several sizes (a node of A100: 8 or 16 GPUs). Raises KeyError as
    `part` does.
    """
    below = [edge for edge in edges(part) if edge.container == container]
    direct = [(edge.count, (edge,)) for edge in below if edge.contains == contains]
    through = [
        (edge.count * rest[0], (edge, *rest[1]))
        for edge in below
        if (rest := count(part, edge.contains, contains)) is not None
    ]
    found = direct or through
    return found[0] if len({number for number, _ in found}) == 1 else None


def _key(text: str) -> str:
    """Lower case without separators, except between two digits ("v3-8" is not "v3 8"); "TPUs v3" is TPU v3."""
    return _SEPARATOR.sub(_joint, text.translate(_HYPHENS).strip("() ").lower().replace("tpus", "tpu", 1))


def _joint(separator: re.Match[str]) -> str:
    before = separator.string[: separator.start()][-1:]
    after = separator.string[separator.end() :][:1]
    if not (before.isdigit() and after.isdigit()):
        return ""
    return " " if separator[0].isspace() else "-"


@cache
def _entries() -> dict[str, list[dict[str, str]]]:
    """The rows of `hardware.csv` by part."""
    entries: dict[str, list[dict[str, str]]] = {}
    for row in read_rows("hardware.csv"):
        entries.setdefault(row["part"], []).append(row)
    return entries


def _rows_of(name: str) -> list[dict[str, str]]:
    if name not in _entries():
        raise KeyError(f"no part named {name!r} in the hardware catalogue")
    return _entries()[name]


@cache
def _peaks_of(name: str) -> tuple[Peak, ...]:
    return tuple(_to_peak(row) for row in _rows_of(name))


def _to_peak(row: dict[str, str]) -> Peak:
    said = row["part"], row["variant"], row["level"], row["number_format"], row["engine"]
    rate = row["sparse"] == "yes", Fraction(row["flop_per_s"]), row["default"] == "yes"
    return Peak(*said, *rate, *_sourcing(row))


def _sourcing(row: dict[str, str]) -> tuple[str, str, str]:
    return row["source"], row["confidence"], row["note"]


@cache
def _all_edges() -> tuple[Edge, ...]:
    return tuple(map(_to_edge, read_rows("packaging.csv")))


def _to_edge(row: dict[str, str]) -> Edge:
    said = row["part"], row["container"], row["contains"], int(row["count"])
    return Edge(*said, *_sourcing(row), int(row["year"]), listed(row["terms"]))


@cache
def _alias_table() -> dict[str, Part]:
    """The parts by alias; a name that says a level has it as its part's base level."""
    table = {_key(alias): each for each in parts() for alias in each.aliases}
    for name, rows in _entries().items():
        for row in rows:
            stated = part(name)._replace(base_level=row["level"])
            table |= {_key(alias): stated for alias in listed(row["level_aliases"])}
    return table
