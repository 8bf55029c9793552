"""The search: which named edits, single or in pairs, make a value land where a target's digits allow.

Every candidate is tried as a plain float, in order of plausibility. What a fit is worth follows from two numbers. Its
*plausibility* weighs it against all other edits that fit, and against what no edit names, which could have led
anywhere within two powers of ten either way. Its *chance* is how many edits at least as plausible would fit a number
that is wrong for another reason: a claim of one digit is met by many edits, and a fit then means little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import log10
from operator import attrgetter
from typing import NamedTuple

from slipstick.diagnosis.slips import Edit, slips
from slipstick.diagnosis.target import Target

MOST_SHOWN = 8
MOST_IN_PAIRS = 60
"""The most single edits, of the most plausible, that are tried in pairs."""
_DECADES_OF_UNNAMED = 4.0
_WINDOW = 1.0
"""Edits that lead within this many decades of the target are those that might have met it."""
_UP_TO_A_UNIT = 0.3
"""What is left of the plausibility of an edit that lands within a whole unit of the last digit, not within half."""
_SAME = 1e-9
_VAGUEST = "numbers-alone"
"""The slip that is told after others of the same value, which say what it was that the numbers lack."""
_LEAST_PAIRED = 1e-3
_LEAST_DIGITS = 3  # of a target for pairs to be tried
_PAIRS_BY_CHANCE = 0.5


class Weighed(NamedTuple):
    """An edit, or a pair, with the prior that it has among all edits of one calculation."""

    edits: tuple[Edit, ...]
    factor: float
    prior: float


class Fit(NamedTuple):
    """Edits that land on the target: `value` after them, `others` those that lead to the very same value."""

    edits: tuple[Edit, ...]
    value: float
    plausibility: float
    chance: float
    others: tuple[Edit, ...] = ()
    by_last_digit: bool = False


class Found(NamedTuple):
    """What a search came to: fits by plausibility, near misses of the first one's story, how many edits were tried."""

    fits: tuple[Fit, ...]
    near: tuple[Fit, ...]
    tried: int


def weighed(edits: Iterable[Edit]) -> list[Weighed]:
    """Single edits with their priors, likeliest first: what a slip's row says, shared among its edits."""
    useful, total = [], defaultdict[str, float](float)
    for each in edits:
        (name, _, _, plausibility, _, _), factor, _, _, _, weight, claimed, _ = each
        if factor > 0 and (claimed is not None or abs(factor - 1) > _SAME):
            useful.append((each, factor, name, plausibility * weight))
            total[name] += weight
    made = [Weighed((each,), factor, share / total[name]) for each, factor, name, share in useful]
    made.sort(key=_prior, reverse=True)
    return made


_prior = attrgetter("prior")


def search(value: float, edits: Iterable[Edit], target: Target) -> Found:
    """All that fit; singles first, pairs only where no single edit does."""
    singles = weighed(edits)
    fits = _fits(value, singles, target) or _fits(value, singles, target, loosely=True)
    if not fits:
        fits = _fits(value, _as_numbers(singles), target) or _fits(value, _pairs(value, singles, target), target)
    return Found(tuple(fits[:MOST_SHOWN]), _near(value, singles, target, fits), len(singles))


def _landing(value: float, candidates: list[Weighed], target: Target, loosely: bool) -> list[Weighed]:
    """Those that meet the target; an edit of the claim moves the target instead."""
    apart, (low, high) = target.last_digit if loosely else target.last_digit / 2, target.ends
    return [
        each
        for each in candidates
        if (
            (target.nearly_fits(value * each.factor) if loosely else low <= value * each.factor <= high)
            if (claimed := each.edits[0].claimed) is None
            else abs(value - claimed) <= apart
        )
    ]


def _fits(value: float, candidates: list[Weighed], target: Target, loosely: bool = False) -> list[Fit]:
    hits = _landing(value, candidates, target, loosely)
    share = _UP_TO_A_UNIT if loosely else 1.0
    unnamed = slips()["something-else"].plausibility * min(target.width / _DECADES_OF_UNNAMED, 1.0)
    total = sum(each.prior for each in hits) + unnamed / share
    groups: dict[float, list[Weighed]] = {}
    for each in hits:
        groups.setdefault(next((f for f in groups if abs(f / each.factor - 1) < _SAME), each.factor), []).append(each)
    ranked = sorted(groups.values(), key=lambda group: -sum(each.prior for each in group))
    return [_fit(value, group, target, candidates, total, share) for group in ranked]


def _fit(
    value: float, group: list[Weighed], target: Target, candidates: list[Weighed], total: float, share: float
) -> Fit:
    chance = _by_chance(value, candidates, group[0].prior, target)
    named = [each for each in group if each.edits[0].slip.name != _VAGUEST]
    first, *rest = (*named, *(each for each in group if each not in named))
    others = tuple(each.edits[0] for each in rest if len(each.edits) == 1)
    plausibility = sum(each.prior for each in group) / total
    return Fit(first.edits, value * first.factor, plausibility, chance, others, share < 1)


def _by_chance(value: float, candidates: list[Weighed], prior: float, target: Target) -> float:
    """How many edits at least as plausible would land on a target placed by chance: see the module's words."""
    center = target.value / value if target.value / value > 0 else 1.0
    low, high = center / 10**_WINDOW, center * 10**_WINDOW
    near = {factor for _, factor, own in candidates if low <= factor <= high and own >= prior}
    return len({round(log10(factor), 9) for factor in near}) * target.width / (2 * _WINDOW)


def _pairs(value: float, singles: list[Weighed], target: Target) -> list[Weighed]:
    """Two edits of different slips at different places, where chance alone would hardly find such a pair."""
    if target.digits < _LEAST_DIGITS:
        return []
    usable = [w for w in singles if w.edits[0].claimed is None and abs(log10(w.factor)) > _LEAST_PAIRED][:MOST_IN_PAIRS]
    made = [
        Weighed((*one.edits, *other.edits), one.factor * other.factor, one.prior * other.prior)
        for n, one in enumerate(usable)
        for other in usable[n + 1 :]
        if one.edits[0].slip.kind != other.edits[0].slip.kind and not _touch(one.edits[0], other.edits[0])
    ]
    made.sort(key=_prior, reverse=True)
    hits = [w for w in made if target.fits(value * w.factor)]
    if hits and _by_chance(value, made, hits[0].prior, target) > _PAIRS_BY_CHANCE:
        return []
    return made


def _as_numbers(singles: list[Weighed]) -> list[Weighed]:
    """The numbers without their units, and one edit more: units convert once more what a misspelt constant was for."""
    alone = next((w for w in singles if w.edits[0].slip.name == "numbers-alone"), None)
    if alone is None:
        return []
    return [
        Weighed((*alone.edits, *other.edits), alone.factor * other.factor, alone.prior * other.prior)
        for other in singles
        if other is not alone and other.edits[0].claimed is None
    ]


def _touch(one: Edit, other: Edit) -> bool:
    return (
        one.span is not None and other.span is not None and one.span[0] < other.span[1] and other.span[0] < one.span[1]
    )


def _near(value: float, singles: list[Weighed], target: Target, fits: list[Fit]) -> tuple[Fit, ...]:
    """Edits that tell the first fit's story with other figures, and do not fit; likeliest first, then nearest."""
    told = fits[0].edits[0].story if fits else ""
    alike = [w for w in singles if told and w.edits[0].story == told and not target.fits(value * w.factor)]
    alike.sort(key=lambda w: w.edits[0].slip.name == fits[0].edits[0].slip.name)
    distinct = {round(log10(w.factor), 9): w for w in alike}  # of one value the words of the first fit's slip
    nearest = sorted(distinct.values(), key=lambda w: (-w.prior, abs(log10(abs(value * w.factor / target.value)))))
    return tuple(Fit(w.edits, value * w.factor, 0.0, 0.0) for w in nearest[:2])
