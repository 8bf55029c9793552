"""Legends: what each bare factor of a product is, told in words beside it.

    flops = (128) * (3.12e14) * (14.5 * 24 * 3600) * (0.3) = 1.501e22
    (num gpu) * (peak flops) * (time in seconds) * (assumed utilization rate)

legend = phrase {"*" phrase}, on the line below or above, or a side of the same line; one phrase for each factor, and
one for a time with the constants that convert it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from slipstick.reading.expressions.tree import Group, Node, Product
from slipstick.reading.inference.factors import is_constant
from slipstick.reading.lexing.spelling import unit_of
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.claims import WrittenCalculation
from slipstick.source import Span
from slipstick.units import Compound, is_device

_FEWEST, _MOST = 3, 12  # phrases
_LONGEST = 300  # characters on one line
_TIMES_SIGN = re.compile(r"\s*(?:\\?\*|[×·⋅]|(?<=[\s)])x(?=[\s(]))\s*")
_PHRASE = re.compile(r"\(?\s*([A-Za-z#][A-Za-z_#%/'\-. ]{1,60}?)\s*\)?\.?")
_RATE = re.compile(
    r"\b(?:peak|theoretical|max(?:imum)?)\b.*\b(?:flops?|throughput|performance|compute|rate)\b"
    r"|\bflops?\s*(?:/|per)\s*s(?:ec(?:ond)?)?\b|\bpeak\b|\bflops per (?:gpu|chip|device|core|accelerator)\b",
    re.IGNORECASE,
)
_UTILIZATION = re.compile(r"\b(?:utili[sz]ation|mfu|hfu)\b", re.IGNORECASE)
_OF_OTHER = re.compile(
    r"\b(?:memory|bandwidth|bytes?|bits?|power|watts?|price|tokens?|samples?|images?)\b", re.IGNORECASE
)
"""What has a peak or a rate as well, and none in FLOP/s."""
_TIME = re.compile(r"\b(?:time|duration|seconds?|secs?|hours?|days?|weeks?|months?)\b", re.IGNORECASE)


class Legend(NamedTuple):
    """What a legend says: the factor that it calls a rate in FLOP/s, in which words, the one that it calls utilization,
    and the one that counts devices, with their unit.
    """

    rate: Quantity
    words: str
    utilization: Quantity | None
    devices: Quantity | None
    device: Compound
    no_times: frozenset[Span] = frozenset()
    """The places of numbers that it calls neither a time nor any of these: "batch size"."""


def legend_of(text: str, written: WrittenCalculation) -> Legend | None:
    """The legend beside a calculation, if there is one that fits its factors and calls one of them a rate."""
    expression = written.expression
    if not isinstance(expression, Product) or any(sign != "*" for sign, _ in expression.parts):
        return None
    for phrases in _beside(text, written):
        told = _told(phrases, [part for _, part in expression.parts])
        if told is not None:
            return told
    return None


def _beside(text: str, written: WrittenCalculation) -> Iterator[list[str]]:
    """The phrases of every stretch beside a calculation that is a product in words."""
    start, end = written.span
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    after = text.find("\n", stop + 1)
    before = text.rfind("\n", 0, max(begin - 1, 0)) + 1
    behind, in_front = text[end : min(stop, end + _LONGEST)], text[max(begin, start - _LONGEST) : start]
    below = text[stop + 1 : min(len(text) if after < 0 else after, stop + 1 + _LONGEST)]
    above = text[before : min(begin, before + _LONGEST)] if begin else ""
    for stretch in (*behind.split("="), *in_front.split("=")[::-1], *below.split("="), *above.split("=")):
        phrases = _phrases(stretch.strip(" \t,;:"))
        if phrases is not None:
            yield phrases


def _phrases(stretch: str) -> list[str] | None:
    """The factors of a product in words; None where it is anything else."""
    parts = _TIMES_SIGN.split(stretch, maxsplit=_MOST)
    if not _FEWEST <= len(parts) <= _MOST:
        return None
    matches = [_PHRASE.fullmatch(part) for part in parts]
    return None if None in matches else [m.group(1) for m in matches if m is not None]


def _told(phrases: Sequence[str], parts: Sequence[Node]) -> Legend | None:
    """The phrases laid beside the factors in order: one each, a time with the constants behind it."""
    rates: list[tuple[Quantity | None, str]] = []
    utilization: Quantity | None = None
    devices: list[tuple[Quantity | None, Compound]] = []
    others: list[Quantity] = []
    at = 0
    for n, phrase in enumerate(phrases):
        if at >= len(parts):
            return None
        own = _single(parts[at])
        at += 1
        if _UTILIZATION.search(phrase):
            if own is not None and is_constant(own.number.value):
                return None  # its factors are named in another order
            utilization = own
        elif _RATE.search(phrase) and not _OF_OTHER.search(phrase):
            rates.append((own, phrase))
        elif _TIME.search(phrase):
            at += _constants(parts[at : len(parts) - (len(phrases) - n - 1)])
        elif device := _device(phrase):
            devices.append((own, device))
        elif own is not None:
            others.append(own)
    if at != len(parts) or len(rates) != 1 or rates[0][0] is None:
        return None
    counted, device = devices[0] if len(devices) == 1 else (None, ())
    return Legend(rates[0][0], rates[0][1], utilization, counted, device, frozenset(q.span for q in others))


def _device(phrase: str) -> Compound:
    """The device that a phrase counts: "num gpu", "number of GPUs", "chips"; none where it is per another thing."""
    words = phrase.split()
    meant = unit_of(words[-1]) if "per" not in words and "/" not in phrase else None
    return meant.count if meant is not None and len(meant.count) == 1 and is_device(meant.count[0].name) else ()


def _constants(parts: Sequence[Node]) -> int:
    """How many of the factors in front only convert."""
    for n, part in enumerate(parts):
        if not isinstance(part, Quantity) or not part.is_bare or not is_constant(part.number.value):
            return n
    return len(parts)


def _single(part: Node) -> Quantity | None:
    """The one number that a factor is, in brackets or not."""
    while isinstance(part, Group) and part.unit is None:
        part = part.inner
    return part if isinstance(part, Quantity) else None
