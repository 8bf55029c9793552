"""Which part a person means by a name: looser than what is taken for hardware in running text.

"4090" is a number in a text and a card when it is asked for. A bare "TPU" or "GPU" is settled by its year, from the
runs that were published then (`data/published_utilization.csv`), and what was taken is said.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches
from typing import NamedTuple

from slipstick.catalogue import hardware, published
from slipstick.catalogue.hardware import Part

_LONGEST = 100
_NEAREST, _ALIKE = 3, 0.6
_LEVELS = {
    **dict.fromkeys(("core", "tensorcore", "neuroncore"), "core"),
    **dict.fromkeys(("board", "card", "superchip", "module"), "board"),
    **dict.fromkeys(("node", "server", "machine"), "node"),
    **{level: level for level in ("die", "chip", "pod", "rack")},
    "device": "device",
    "gpu": "GPU",
    "gcd": "GPU",
}
_LEVEL = re.compile(rf"[\s_-]+({'|'.join(_LEVELS)})s?$", re.IGNORECASE)
_BESIDE = re.compile(
    r"\s*\([^()]*\)|[\s-]+(?:accelerators?|tensor core|(?:with )?sparsity|sparse|dense)$", re.IGNORECASE
)
_BARE = re.compile(r"(?:google |nvidia |amd |cloud )*(TPU|GPU|CPU)s?", re.IGNORECASE)
_VERSION = re.compile(r"(?:google |cloud )*(?:TPU\s?)?v?(\d[a-z]?)s?", re.IGNORECASE)
_SLICE = re.compile(r"(?:TPU[\s-]*)?v(\d[ep]?|5litepod)-(\d{1,5})", re.IGNORECASE)
_COUNTS_CHIPS = ("5e", "5litepod", "6e")
_LATELY = 1  # years back that a published run still tells what was usual


class Lookup(NamedTuple):
    """What was asked, and the parts that it is: one, or of a bare family without a year all of them, oldest first.

    `family` is TPU or GPU where only that was said; `level` the level that the words say, "" where they do not;
    `remark` what was taken and why, "" where the words are simply a name of the part.
    """

    query: str
    year: int | None
    parts: tuple[Part, ...]
    level: str = ""
    remark: str = ""
    family: str = ""


class UnknownName(LookupError):
    """No part, or more than one, goes by these words; the message, one line, says which names are near."""


def look_up(words: str, year: int | None = None) -> Lookup:
    """The part that `words` name. Raises UnknownName where none or several do."""
    query = " ".join(words.split())
    if not query or len(query) > _LONGEST:
        raise UnknownName(f"expected the name of an accelerator, such as TPU v3 or A100, not {query[:40]!r}")
    found = _by_name(query, year) or _by_slice(query, year)
    if found is not None:
        return found
    plain, level = _without_level(query)
    if (bare := _BARE.fullmatch(query) or _BARE.fullmatch(plain)) is not None:
        return _of_family(query, year, bare.group(1).upper(), level)
    found = _by_name(plain, year) or _by_version(plain, query, year) or _by_word(plain, query, year)
    if found is None:
        raise UnknownName(f"no hardware named {query!r}{_nearest(plain)}")
    return found._replace(query=query, level=_level_of(found.parts[0], level) or found.level)


def _by_name(query: str, year: int | None) -> Lookup | None:
    part = hardware.named(query)
    if part is None:
        return None
    whole = hardware.part(part.name)
    return Lookup(query, year, (whole,), part.base_level if part.base_level != whole.base_level else "")


def _by_slice(query: str, year: int | None) -> Lookup | None:
    """The type name of a slice of a pod: v3-32 has 32 cores, v6e-16 has 16 chips."""
    said = _SLICE.fullmatch(query)
    part = said and hardware.named("TPU v5e" if said[1] == "5litepod" else f"TPU v{said[1]}")
    if not said or not part:
        return None
    counted = "chip" if said[1].lower() in _COUNTS_CHIPS else "core"
    inside = hardware.count(part.name, "chip", "core")
    remark = f"{query} is a slice of {int(said[2]):,} {counted}s of {part.name}"
    if counted == "core" and inside and int(said[2]) % inside[0] == 0:
        remark += f", {int(said[2]) // inside[0]:,} chips"
    return Lookup(query, year, (hardware.part(part.name),), "", remark)


def _by_version(plain: str, query: str, year: int | None) -> Lookup | None:
    """TPU3, TPU 3 and v3 for the TPU v3. Raises UnknownName for a version with variants: TPU v5."""
    said = _VERSION.fullmatch(plain)
    if said is None:
        return None
    name = f"TPU v{said[1].lower()}"
    found = _by_name(name, year)
    if found is not None:
        return found._replace(remark=f"{plain!r} was taken for the {found.parts[0].name}")
    variants = [part.name for part in hardware.parts() if part.name.startswith(name)]
    if len(variants) > 1:
        raise UnknownName(_one_of(query, variants))
    return None


def _by_word(plain: str, query: str, year: int | None) -> Lookup | None:
    """One whole word of a name, or several: 4090, 910B, Titan. Raises UnknownName where they are in several."""
    words = _words(plain)
    found: dict[str, str] = {}
    for part in hardware.parts():
        for alias in (*part.aliases, *hardware.level_aliases(part.name)):
            theirs = _words(alias)
            places = range(len(theirs) - len(words) + 1)
            if words and any(theirs[n : n + len(words)] == words for n in places):
                found.setdefault(part.name, alias)
    if len(found) > 1:
        names = [alias if _words(alias) != words else f"{alias} ({part})" for part, alias in found.items()]
        raise UnknownName(_one_of(query, names))
    if not found:
        return None
    (name,) = found
    return Lookup(query, year, (hardware.part(name),), "", f"{plain!r} was taken for the {name}")


def _one_of(query: str, names: list[str]) -> str:
    return f"{query!r} may be {', '.join(names[:-1])} or {names[-1]}; expected one of them"


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s_()\-]+", name.lower()) if word]


def _without_level(query: str) -> tuple[str, str]:
    """The name without what says a level, and that level: "TPU v3 boards" is a board of a TPU v3."""
    plain, level = query, ""
    while True:
        shorter = _BESIDE.sub("", plain).strip()
        said = _LEVEL.search(shorter)
        if said is not None:
            level = level or _LEVELS[said.group(1).lower()]
            shorter = shorter[: said.start()]
        if shorter in (plain, ""):
            return plain, level
        plain = shorter


def _level_of(part: Part, level: str) -> str:
    """The level that a word means for this part: a device is the board of a TPU, else the thing sold."""
    if level == "device":
        return part.base_level or "board"
    return level if level in part.levels else ""


def _nearest(plain: str) -> str:
    spelt = {alias.lower(): alias for part in hardware.parts() for alias in part.aliases}
    words = plain.split()
    begins = [part.name for n in range(len(words) - 1, 0, -1) if (part := hardware.named(" ".join(words[:n])))][:1]
    near = [*begins, *(spelt[n] for n in get_close_matches(plain.lower(), spelt, _NEAREST, _ALIKE))]
    return f"; nearest: {', '.join(dict.fromkeys(near))}" if near else "; slipstick hardware --list shows all names"


def _of_family(query: str, year: int | None, family: str, level: str) -> Lookup:
    """A bare family: the part that was usual in its year, or all parts where no year is given."""
    of_family = sorted((p for p in hardware.parts() if p.family == family), key=lambda p: p.year)
    if year is None:
        remark = f"{query!r} is one of {len(of_family)} parts; add --date, or the generation, to settle which"
        return Lookup(query, None, tuple(of_family), level, remark, family)
    sold = [part for part in of_family if part.year <= year]
    if not sold:
        first = of_family[0]
        raise UnknownName(
            f"no {family} of the catalogue was out by {year}; the first is the {first.name} of {first.year}"
        )
    part, remark = _usual(family, year) or _fastest(sold, family, year)
    return Lookup(query, year, (part,), _level_of(part, level), remark, family)


def _usual(family: str, year: int) -> tuple[Part, str] | None:
    """The part that most published runs of the year used, or of the year before where it had none."""
    for then in range(year, year - _LATELY - 1, -1):
        runs = {(u.model, u.part) for u in published.utilizations() if u.date.year == then and _is_of(u, family)}
        if runs:
            counts = Counter(part for _, part in runs)
            name = max(counts, key=lambda part: (counts[part], hardware.part(part).year))
            how_many = f"{counts[name]} of the {len(runs)} runs" if len(runs) > 1 else "the one run"
            remark = f"{name} taken for a {family} of {year}: the hardware of {how_many} of {then} with a published "
            return hardware.part(name), remark + "utilization"
    return None


def _is_of(published_one: published.PublishedUtilization, family: str) -> bool:
    part = published_one.part
    return bool(part) and published_one.kind != "assumed" and hardware.part(part).family == family


def _fastest(sold: list[Part], family: str, year: int) -> tuple[Part, str]:
    """The only part, or that of highest default peak in floating point, of one chip or GPU.

    Raises UnknownName where there is none.
    """
    if len(sold) == 1:
        return sold[0], f"{sold[0].name} taken for a {family} of {year}: the only one that was out"
    rates = {
        part: peak.flop_per_s
        for part in sold
        for peak in hardware.peaks(part.name)
        if peak.default and peak.level in ("chip", "GPU") and not peak.number_format.startswith("int")
    }
    if not rates:
        raise UnknownName(
            _one_of(family, [part.name for part in sold]) if len(sold) > 1 else f"expected {sold[0].name}"
        )
    part = max(rates, key=rates.__getitem__)
    remark = (
        f"{part.name} taken for a {family} of {year}: the fastest that was out; no run with a published utilization "
    )
    return part, remark + "tells which was usual"
