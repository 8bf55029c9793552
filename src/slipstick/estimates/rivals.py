"""Rival estimates of one thing: whether they agree, and what they say together, in log space.

Rivals may share inputs, and then what they share does not set them apart: their ratio is an estimate of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import fsum, isfinite, log
from typing import Any, NamedTuple

from slipstick.estimates.combining import estimate_from
from slipstick.estimates.correlations import NONE
from slipstick.estimates.error_bars import Interval, evaluation_of, interval_of, probability_below
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.evaluation import UnitsError
from slipstick.estimates.inputs import Input
from slipstick.estimates.ranges import uniform
from slipstick.estimates.showing import formula_text
from slipstick.percentages import percentage
from slipstick.reading.quantities.arithmetic import plain_float
from slipstick.uncertainty.sampling import sampled
from slipstick.uncertainty.spread import Spread

WAYS = ("geometric mean", "inverse variance", "mixture", "either")


class Agreement(NamedTuple):
    """Whether two estimates agree: the central interval of the first over the second, and in words.

    `probability` is the chance of a ratio at least as far from 1, were they estimates of the same thing; 1 where
    their middles are equal. `agree` says that the interval includes 1.
    """

    low: float
    median: float
    high: float
    level: float
    probability: float
    agree: bool
    words: str


def agreement(first: Any, second: Any, level: float = 0.9) -> Agreement:
    """How far two positive estimates of one thing are apart. Raises UnitsError for unlike things, else ValueError."""
    first, second = _rivals((first, second))
    ratio = first / second
    return ratio_agreement(ratio, ratio.spread(level), level)


def ratio_agreement(
    ratio: Estimate, spread: Spread | None, level: float, names: tuple[str, str] = ("the first", "the second")
) -> Agreement:
    """What the positive ratio of two estimates and its spread say of them; `names` are what they are called."""
    one, other = names
    if spread is None:
        value = float(ratio.exact_value)
        same = value == 1
        words = (
            "they are the same" if same else f"they differ: {one} is {plain_float(value, 3)} times {other}, both exact"
        )
        return Agreement(value, value, value, level, float(same), same, words)
    below = probability_below(ratio, 1.0)
    agree = spread.low <= 1 <= spread.high
    ends = f"{percentage(level)} % interval {_beside_1(spread.low)} to {_beside_1(spread.high)}"
    verb, which = ("agree", "which includes 1") if agree else ("disagree", "which leaves out 1")
    words = f"they {verb}: {one} is {plain_float(spread.median, 2)} times {other} (median), {ends}, {which}"
    return Agreement(spread.low, spread.median, spread.high, level, 2 * min(below, 1 - below), agree, words)


def _beside_1(end: float) -> str:
    """An end of an interval, with digits enough to tell it from 1, on which side of which is what matters."""
    return next((text for digits in (2, 3, 4) if (text := plain_float(end, digits)) != "1"), f"{end:.6g}")


@dataclass(frozen=True, eq=False)
class Combination:
    """What rivals say together. `estimate` is the formula of it where it is one (a weighted geometric mean)."""

    how: str
    rivals: tuple[Estimate, ...]
    weights: tuple[float, ...]
    estimate: Estimate | None = None

    def spread(self, level: float = 0.9, *, seed: int = 0, draws: int | None = None) -> Spread:
        """The spread in base units. Raises ValueError where nothing is uncertain, and as `Estimate.spread` does."""
        if self.estimate is not None:
            found = self.estimate.spread(level)
            if found is None:
                raise ValueError("none of the rivals is uncertain, and so is nothing in their mean")
            return found
        mixed = _mixture(self.rivals, self.weights, level, seed, draws)
        if self.how == "mixture":
            return mixed
        ends = [each.spread(level) or _point(each, level) for each in self.rivals]
        low, high = min(s.low for s in ends), max(s.high for s in ends)
        return mixed._replace(low=low, high=high, method="either", mean=None, sd=None)

    def interval(self, level: float = 0.9, *, seed: int = 0, draws: int | None = None) -> Interval:
        """The spread in pint quantities."""
        return interval_of(self.spread(level, seed=seed, draws=draws), level, 0.0, self.rivals[0].quantity)


def combine(estimates: Iterable[Any], how: str = "geometric mean", weights: Sequence[float] = ()) -> Combination:
    """Rival estimates of one positive thing, combined in log space.

    "geometric mean": the weighted mean of the logs, all weights equal unless given. "inverse variance": the same, with
    the weights of each log's variance (for rivals that err independently). "mixture": one of them is right, each with
    the probability that is its weight. "either": from the lowest low end to the highest high end, which holds at the
    level whichever of them is right. Raises UnitsError for unlike things, ValueError for what cannot be combined.
    """
    rivals = _rivals(estimates)
    if how not in WAYS:
        raise ValueError(f"expected one of {', '.join(WAYS)}, not {how!r}")
    if not isinstance(weights, Iterable):
        raise ValueError(f"expected {len(rivals)} weights of 0 or more, not {weights!r}")
    if len(weights) and how in ("inverse variance", "either"):
        raise ValueError(f"{how} takes no weights: it has its own")
    shares = _inverse_variances(rivals) if how == "inverse variance" else _weights(rivals, weights)
    if how in ("mixture", "either"):
        return Combination(how, rivals, shares)
    powers = [each**power for each, power in zip(rivals, _exponents(shares), strict=True) if power]
    mean = reduce(lambda a, b: a * b, powers)
    return Combination(how, rivals, shares, mean)


def _rivals(given: Iterable[Any]) -> tuple[Estimate, ...]:
    """Positive estimates of one thing; inputs, numbers and texts among them are estimates of themselves."""
    try:
        rivals = tuple(estimate_from(each, f"rival {n}") for n, each in enumerate(given, start=1))
    except TypeError:
        raise ValueError(f"expected estimates one by one, such as [first, second], not {given!r}") from None
    if len(rivals) < 2:
        raise ValueError(f"expected at least two estimates of one thing, not {len(rivals)}")
    for each in rivals:
        if each.dimension != rivals[0].dimension:
            raise UnitsError(f"the estimates are of unlike things: {rivals[0].unit} and {each.unit}")
        spread = each.spread()
        least = min(float(each.exact_value), spread.low if spread else float(each.exact_value))
        if least <= 0:
            unit = "" if each.unit == "1" else f" {each.unit}"
            raise ValueError(f"only positive estimates are combined, not one that may be {least:.3g}{unit}")
    return rivals


def _weights(rivals: tuple[Estimate, ...], weights: Sequence[float]) -> tuple[float, ...]:
    try:
        numbers = [float(w) for w in weights] if len(weights) else [1.0] * len(rivals)
    except (TypeError, ValueError):
        numbers = []
    if len(numbers) != len(rivals) or not all(isfinite(w) and w >= 0 for w in numbers) or not sum(numbers):
        raise ValueError(f"expected {len(rivals)} weights of 0 or more, not {list(weights)!r}")
    return tuple(w / fsum(numbers) for w in numbers)


def _exponents(shares: Sequence[float]) -> list[Fraction]:
    """The weights as fractions that add up to 1 exactly, so that the mean has the unit of its rivals."""
    found = [Fraction(share).limit_denominator(10**6) for share in shares]
    return [*found[:-1], 1 - sum(found[:-1], Fraction(0))]


def _inverse_variances(rivals: tuple[Estimate, ...]) -> tuple[float, ...]:
    """The weights by which the variance of the mean of independent logs is least."""
    widths = []
    for each in rivals:
        spread = each.spread()
        if spread is None or not 0 < spread.low < spread.high:
            raise ValueError(f"{formula_text(each)} has no spread of positive values to weigh it by")
        widths.append(log(spread.high / spread.low))
    inverse = [1 / width**2 for width in widths]
    return tuple(w / fsum(inverse) for w in inverse)


def _point(estimate: Estimate, level: float) -> Spread:
    value = float(estimate.exact_value)
    return Spread(level, value, value, value, "exact", None, ())


@dataclass(frozen=True)
class _Mixture:
    """One of several evaluations of shared inputs, chosen by the first value; picklable."""

    parts: tuple[tuple[Any, tuple[int, ...]], ...]
    ends: tuple[float, ...]

    def __call__(self, values: Sequence[Any]) -> Any:
        import numpy as np

        results = [evaluate([values[n] for n in positions]) for evaluate, positions in self.parts]
        chosen = np.searchsorted(self.ends[:-1], values[0], side="right")
        return np.choose(chosen, [np.broadcast_to(result, np.shape(values[0])) for result in results])


def _mixture(
    rivals: tuple[Estimate, ...], weights: tuple[float, ...], level: float, seed: int, draws: int | None
) -> Spread:
    """The spread of one of them, chosen by its weight: not smooth in what chooses, and so without first order."""
    made = [evaluation_of(each) for each in rivals]
    inputs: dict[int, Input] = {id(i): i for _, leaves in made for i in leaves}
    position = {key: n + 1 for n, key in enumerate(inputs)}
    parts = tuple((evaluate, tuple(position[id(i)] for i in leaves)) for evaluate, leaves in made)
    ends = tuple(fsum(weights[: n + 1]) for n in range(len(weights)))
    declared = reduce(lambda a, b: a.joined(b), (each.correlations for each in rivals), NONE)
    selector = uniform(0, 1, name="which")
    every = [selector, *inputs.values()]
    mixture = _Mixture(parts, ends)
    distributions = [i.distribution() for i in every]
    matrix = declared.checked(every)
    found = sampled(mixture, distributions, level=level, correlation=matrix, seed=seed, draws=draws)
    return found._replace(method="mixture", first_order=None, shares=())
