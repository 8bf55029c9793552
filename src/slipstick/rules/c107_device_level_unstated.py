"""A name that may stand for a chip or for a board (or for a card or one of its two GPUs), with nothing that says which.

What it finds: a count of "TPU v2" or "TPU v3", or of cards with two GPUs (K80, MI250X), whose level the text leaves
open. The rate then tells what the estimate took; the note says what it would be with the other reading, with the
catalogue's figures for both. Neither is called wrong.

Why it matters: until 2020 "a TPU" was mostly the board of four chips that clouds rented, later a chip; a factor of 3.4
or 4. A K80 rented in a cloud is half of the card.

Stays silent when: the text says chip, core, board, GCD or a type name (v3-8); the generation is TPU v4 or later, where
a TPU is a chip; the rate is no figure of the part.

Source: data/packaging.csv and data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.catalogue import hardware, published_peaks
from slipstick.finding import Confidence
from slipstick.judging.device_rates import DeviceRate, cited, counted, tera
from slipstick.rule import Audited, Found, rule

_LAST_BOARDS = 2018
"""The year of the last generation whose boards were called TPUs."""


@rule(
    "C107",
    "device-level-unstated",
    bad=(
        "512 TPU v3 * 420e12 FLOP/s * 10 days * 30% = 5.6e22 FLOP",
        "64 K80 * 8.7e12 FLOP/s * 10 days * 30% = 1.4e20 FLOP",
    ),
    good=(
        "512 TPU v3 chips * 123e12 FLOP/s * 10 days * 30% = 1.6e22 FLOP",
        "512 TPU v4 * 275e12 FLOP/s * 10 days * 30% = 3.6e22 FLOP",
        "16 TPU v3-8 * 420e12 FLOP/s * 10 days * 30% = 1.7e21 FLOP",
        "64 V100 * 125e12 FLOP/s * 10 days * 30% = 2.1e21 FLOP",
    ),
)
def device_level_unstated(audited: Audited) -> Iterator[Found]:
    """One note for each rate whose devices may be of two levels."""
    for rate in audited.rates:
        if rate.level or rate.part.base_level or not rate.in_line or not rate.counts or not _is_open(rate.part):
            continue
        taken = next((p for p in rate.own if p.level in _rivals(rate.part)), None)
        other = taken and next((lv for lv in _rivals(rate.part) if lv != taken.level), None)
        figure = other and published_peaks.main_figure(rate.part.name, other)
        if taken and figure:
            confidence = Confidence.MEDIUM if taken.level == "board" else Confidence.LOW
            message = _message(audited, rate, taken, figure)
            yield Found(rate.counts[0].quantity.span, message, confidence=confidence)


def _is_open(part: hardware.Part) -> bool:
    return part.family == "GPU" or part.year <= _LAST_BOARDS


def _rivals(part: hardware.Part) -> tuple[str, ...]:
    """The two levels that the bare name may mean."""
    inner = "chip" if part.family == "TPU" else "GPU"
    return ("board", inner) if {"board", inner} <= set(part.levels) else ()


def _message(audited: Audited, rate: DeviceRate, taken: hardware.Peak, other: hardware.Peak) -> str:
    name = rate.part.name
    change = rate.change_to(other)
    outer, inner = (taken, other) if taken.level == "board" else (other, taken)
    many = published_peaks.ratio(name, outer.level, inner.level)
    words = {"board": "board" if rate.part.family == "TPU" else "card"}
    level, rival = (words.get(lv, lv) for lv in (taken.level, other.level))
    counts = f"{counted(rate.counts[0].value)} {name} may be {words['board']}s of {many} {inner.level}s each, or"
    return (
        f"{counts} {inner.level}s: {rate.words} is the peak of a {level} ({cited(taken)}); counted as {rival}s at "
        f"{tera(other.flop_per_s)} ({cited(other)}) the estimate is {audited.becomes(change)}"
    )
