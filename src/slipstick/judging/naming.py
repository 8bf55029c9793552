"""Names for the inputs of a calculation, from the words that stand with them: agents, days, peak, boards_per_core."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.units import Compound, UnitTerm, dimension_of, is_device, part_units, table

_MEASURED = pattern(r"\b(?:measured|achieved|observed|sustained|realized|realised)\b", re.IGNORECASE)
_ACHIEVED = pattern(r"\b(?:actual|effective|attained|delivered|in practice)\b", re.IGNORECASE)
_PEAK = pattern(r"\b(?:peak|theoretical|maximum|max|nominal|advertised|datasheet|spec)\b", re.IGNORECASE)
_SHARE_OF_PEAK = pattern(
    r"(?:%|\b(?:percent|half|third|quarter|tenth|fraction))\s+(?:of\s+)?(?:the\s+|its\s+|their\s+)?"
    r"(?:theoretical|max\w*|peak|mfu|hfu|utili[sz]ation)\b",
    re.IGNORECASE,
)
_PEAK_AND_SHARE = pattern(
    r"[\d.,]+\s?t(?:era)?\s?flops?(?:/s\w*|\sper\ssecond)?(?:\s(?:peak|per\s\w+|each))?,?(?:\s(?:and|at|with|an?|assumed))*"
    r"\s~?[\d.]+\s?(?:%|percent)\s(?:mfu|hfu|(?:\w+\s)?utili[sz]ation)\b",
    re.IGNORECASE,
)
"""A peak and the utilization that goes with it: "125 TFLOP/s, 30% utilization", "312 TFLOP/s at 40% MFU"."""
_UTILIZATION = pattern(r"\b(?:utili[sz]ation|mfu|hfu|efficiency)\b", re.IGNORECASE)
_OF_ELSE = pattern(
    r"\b(?:up-?time|availab\w*|cluster|fleet|capacity|scaling|parallel\w*|communication|network|time|memory|bandwidth"
    r"|occupancy|power|energy|cooling|cpu|disk|thermal|pipeline|bubble|goodput)\b",
    re.IGNORECASE,
)
_REACHED = r"\b(?:sustain(?:s|ed|ing)?|achiev(?:es?|ed|ing)|attain(?:s|ed|ing)?|reach(?:es|ed|ing)?|measur(?:ed|ing))"
"""Words in front of a rate that was reached."""
_IN_TERAFLOPS = pattern(r"\s?t(?:era)?\s?flop", re.IGNORECASE)
_REACHED_FIRST = pattern(rf"{_REACHED}\b", re.IGNORECASE)
_REMARK_WORDS = 3


def words_of(factor: ReadFactor) -> str:
    """All words that the writer put with the number."""
    said = factor.quantity.unit.words if factor.quantity.unit else ()
    return " ".join([*said, factor.quantity.remark])


def is_measured(factor: ReadFactor) -> bool:
    """Whether the words say that the number was measured or achieved, rather than assumed."""
    return say_measured(words_of(factor))


def say_measured(words: str) -> bool:
    """Whether words say so of a number."""
    return bool(_MEASURED.search(words))


def says_achieved(rate: ReadFactor) -> bool:
    """Whether the words say that a rate is what was achieved ("140 TFLOP/s (45% of peak)"), and not a peak."""
    return _say_achieved(words_of(rate))


def is_told_achieved(text: str, flop_per_s: Fraction) -> bool:
    """Whether a text tells elsewhere that a rate was sustained: "(9.5 TFLOPS sustained)", "achieved 140 TFLOP/s"."""
    plain = plain_number(flop_per_s / 10**12)
    if not any(_IN_TERAFLOPS.match(text, at) for at in _ends_of(plain, text)):
        return False
    number = re.escape(plain)
    told = re.finditer(
        rf"(?:{_REACHED}\s+(?:[\w-]+\s+){{0,3}})?(?<![\d.,]){number}\s?t(?:era)?\s?flop[^.;\n\d]{{0,50}}"
        r"(?:\d+(?:\.\d+)?\s?%[^.;\n\d]{0,30})?",
        text,
        re.IGNORECASE,
    )
    return any(
        _REACHED_FIRST.match(place) or (_say_achieved(place) and not _PEAK_AND_SHARE.match(place))
        for place in (each.group() for each in told)
    )


def _ends_of(word: str, text: str) -> Iterator[int]:
    """Where the places of a word in a text end."""
    at = text.find(word)
    while at >= 0:
        yield at + len(word)
        at = text.find(word, at + 1)


@lru_cache(maxsize=1000)
def _say_achieved(words: str) -> bool:
    if _SHARE_OF_PEAK.search(words):
        return True
    return bool(_MEASURED.search(words) or _ACHIEVED.search(words)) and not _PEAK.search(words)


def says_utilization(factor: ReadFactor) -> bool:
    """Whether the noun or the remark says that this fraction is a utilization."""
    if factor.role == "utilization":
        return True
    quantity = factor.quantity
    if factor.unit or (quantity.unit is None and not quantity.remark):
        return False
    return _say_utilization(words_of(factor))


@lru_cache(maxsize=1000)
def _say_utilization(words: str) -> bool:
    return bool(_UTILIZATION.search(words))


def is_share_of_else(factor: ReadFactor) -> bool:
    """Whether the words say that a share is of something other than the peak: of the time, the memory, the scaling."""
    return _say_share_of_else(words_of(factor))


@lru_cache(maxsize=1000)
def _say_share_of_else(words: str) -> bool:
    return bool(_OF_ELSE.search(words))


def is_rate(factor: ReadFactor) -> bool:
    """Whether this is a rate in FLOP/s, perhaps per device."""
    return bool(factor.unit) and factor.role != "unit" and _is_rate_unit(factor.unit)


@lru_cache(maxsize=1000)
def _is_rate_unit(unit: Compound) -> bool:
    exponents = dict(dimension_of(unit))
    return exponents.get("FLOP") == 1 and exponents.get("second") == -1


def input_names(factors: Sequence[ReadFactor], roles: Sequence[str]) -> list[str]:
    """One name for each factor, all different."""
    stems = [_name(factor, role) for factor, role in zip(factors, roles, strict=True)]
    if len(set(stems)) == len(stems):
        return stems
    count: dict[str, int] = {}
    names: dict[str, None] = {}
    for stem in stems:
        name = stem
        while name in names:
            count[stem] = count.get(stem, 1) + 1
            name = f"{stem}_{count[stem]}"
        names[name] = None
    return list(names)


def _name(factor: ReadFactor, role: str) -> str:
    if role == "repetitions":
        said = factor.quantity.unit.words if factor.quantity.unit else ()
        return _identifier(said[-1:]) or "repetitions"
    if role:
        return role
    if factor.unit:
        return _unit_name(factor.unit)
    if not factor.quantity.remark:
        return "factor"
    words = re.findall(r"[A-Za-z]{2,}", factor.quantity.remark)[:_REMARK_WORDS]
    return _identifier([w for w in words if w.lower() not in _EMPTY]) or "factor"


_EMPTY = frozenset("the of from in an to see and for by with assumed assuming number".split())


def _identifier(words: Sequence[str]) -> str:
    if not words:
        return ""
    return re.sub(r"\W+", "_", "_".join(words)).strip("_").lower()


def _noun(term: UnitTerm) -> str:
    if term.name in part_units():
        part, level = part_units()[term.name]
        stem = "GPU" if level == "GPU" else level if level != "device" else part
        return re.sub(r"\W+", "_", stem).lower()
    stem = term.name.rpartition("_")[2] if is_device(term.name) else term.name
    return stem.lower()


def _plural(noun: str) -> str:
    if noun in ("flop", "hertz", "usd", "eur", "gbp", "jpy", "cny"):
        return noun
    return re.sub(r"(?<=[^aeiou])y$", "ie", noun) + "s"


@lru_cache(maxsize=1000)
def _unit_name(unit: Compound) -> str:
    above = [t for t in unit if t.exponent > 0]
    below = [t for t in unit if t.exponent < 0]
    if len(above) == 1 and table().sections.get(above[0].name) == "money":
        return "price" if below else "cost"
    kinds = {t.name for t in above}
    times = {t.name for t in below}
    if kinds == {"FLOP"} and "second" in times:
        return "peak"
    if above and not [t for t in below if t.name not in _PER_LARGER] and len(below) <= 1 and _counts_devices(above):
        return "_".join([*map(_noun, above[:-1]), _plural(_noun(above[-1]))])
    stem = "_".join([*map(_noun, above[:-1]), _plural(_noun(above[-1]))]) if above else "one"
    return "_per_".join([stem, *map(_noun, below)])


_PER_LARGER = frozenset(("agent",))
"""Things that devices are counted per without its being said ("32 boards" per agent)."""


def _counts_devices(above: Sequence[UnitTerm]) -> bool:
    return len(above) == 1 and is_device(above[0].name)
