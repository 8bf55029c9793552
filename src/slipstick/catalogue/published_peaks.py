"""Which published figures a rate agrees with: peaks of a part, of its other levels by packaging, and of other parts.

Every answer is kept: a text asks the same few questions again and again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache

from slipstick.catalogue import hardware
from slipstick.catalogue.hardware import Peak

_NEAR = 100
"""One part in so many is the most by which two figures that agree may differ."""
_CLOSE = Fraction(1, 300)
"""By so much a figure may differ from another part's peak and still be taken from there: 989 for 989.4."""
_ROUND = Fraction(1, 25)
"""The most that rounding to a digit or two may change, for the figure to be still the same."""
_FIRST_SPARSE = 2020
DERIVED_SPARSE = "derived: twice the dense rate"
TRAINING_FORMATS = frozenset(("bf16", "fp16", "tf32", "fp32", "fp64"))
"""Formats that training was done in before fp8; integers are for inference."""
FAST_ACCUMULATE = "tensor, fp16 accumulate"


def near(a: Fraction, b: Fraction) -> bool:
    """Whether two figures agree to 1 %."""
    # Over one denominator, as integers: every rate is compared with every peak of its part.
    one, other = a.numerator * b.denominator, b.numerator * a.denominator
    return _NEAR * abs(one - other) <= max(one, other)


@cache
def figures(part: str) -> tuple[Peak, ...]:
    """The peaks of a part, and those that follow for levels and sparsity without one. Raises KeyError as `part`."""
    return (*hardware.peaks(part), *_built_up(part), *_sparse(part))


def _built_up(part: str) -> Iterator[Peak]:
    """For each level without a dense figure, what the first level with one makes of it: a TPU v4 core, 137.5e12."""
    published = [p for p in hardware.peaks(part) if p.default and not p.sparse]
    missing = [level for level in hardware.part(part).levels if level not in {p.level for p in published}]
    for level in missing:
        for peak in published:
            many = _in_one(part, level, peak.level)
            if many is not None:
                source = f"derived: {many} x {peak.flop_per_s / 10**12} TFLOP/s a {peak.level}, {peak.source}"
                yield peak._replace(level=level, flop_per_s=many * peak.flop_per_s, source=source, variant="")
                break


def _sparse(part: str) -> Iterator[Peak]:
    """Twice the main dense rate of a part whose tensor cores skip zeros, where the maker's figure is not at hand.

    Source: NVIDIA's Ampere white paper, 2:4 structured sparsity, and its successors.
    """
    rows = hardware.peaks(part)
    if hardware.part(part).year < _FIRST_SPARSE or any(p.sparse for p in rows):
        return
    for peak in rows:
        fast = any(p.engine == FAST_ACCUMULATE for p in rows)  # has the same rate, and is what people mean
        if peak.engine == "tensor" and peak.default and not fast:
            twice = peak._replace(flop_per_s=2 * peak.flop_per_s, sparse=True, default=False)
            yield twice._replace(source=f"{DERIVED_SPARSE}, {peak.source}", confidence="medium")


def _in_one(part: str, level: str, other: str) -> Fraction | None:
    """How many of `other` are in one `level`, a fraction where it is the smaller; None where that is unknown."""
    inside = hardware.count(part, level, other)
    if inside is not None:
        return Fraction(inside[0])
    around = hardware.count(part, other, level)
    return Fraction(1, around[0]) if around is not None else None


@lru_cache(maxsize=1000)
def ratio(part: str, level: str, other: str) -> Fraction | None:
    """How many of `other` are in one `level` (4 chips in a board, 1/4 of a board in a chip); 1 for the same level."""
    return Fraction(1) if level == other else _in_one(part, level, other)


@lru_cache(maxsize=2000)
def agreeing(part: str, flop_per_s: Fraction) -> tuple[Peak, ...]:
    """The figures of a part that agree with a rate to 1 %."""
    return tuple(p for p in figures(part) if near(p.flop_per_s, flop_per_s))


@cache
def _every_rate() -> tuple[Fraction, ...]:
    return tuple(sorted({peak.flop_per_s for part in hardware.parts() for peak in figures(part.name)}))


def is_any(flop_per_s: Fraction) -> bool:
    """Whether any figure of any part agrees with a rate to 1 %."""
    rates = _every_rate()
    first = bisect_left(rates, flop_per_s * (_NEAR - 1) / _NEAR)
    return first < len(rates) and near(rates[first], flop_per_s)


@lru_cache(maxsize=2000)
def rounded(part: str, level: str, flop_per_s: Fraction, last_digit: Fraction) -> tuple[Peak, ...]:
    """The main figures of a level that a rate is a round number for: 300e12 for an A100's 312e12, 1e15 for an H100."""
    return tuple(
        p
        for p in figures(part)
        if level in ("", p.level)
        and (p.default or p.sparse)
        and 2 * abs(p.flop_per_s - flop_per_s) <= last_digit
        and abs(p.flop_per_s - flop_per_s) <= _ROUND * p.flop_per_s
    )


@cache
def main_figure(part: str, level: str) -> Peak | None:
    """The dense figure to compare with first at a level; None where there is none."""
    return next((p for p in figures(part) if p.level == level and p.default and not p.sparse), None)


@cache
def _main_figures() -> tuple[Peak, ...]:
    """The dense default of every part, for the level that stands for one device: what people take for its peak."""
    accelerators = [part.name for part in hardware.parts() if part.family != "CPU"]
    every = [main_figure(name, level) for name in accelerators for level in ("chip", "GPU", "board")]
    return tuple([p for p in every if p is not None and not p.source.startswith("derived")])


@lru_cache(maxsize=2000)
def main_figures_at(flop_per_s: Fraction) -> tuple[Peak, ...]:
    """The main figures, of whatever part, that a rate was most likely taken from."""
    return tuple(p for p in _main_figures() if abs(p.flop_per_s - flop_per_s) <= _CLOSE * p.flop_per_s)
