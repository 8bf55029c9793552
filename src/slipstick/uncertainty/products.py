"""The spread of a product of powers: exact in log space wherever it can be, else sampled.

Nothing here needs numpy until something has to be drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from slipstick.frozen import Frozen
from slipstick.uncertainty.correlation import Checked, Matrix, checked, groups, part, shares_of, variance
from slipstick.uncertainty.distribution import log_magnitude
from slipstick.uncertainty.distributions import Distribution, Exact, LogNormal
from slipstick.uncertainty.first_order import FirstOrder, first_order
from slipstick.uncertainty.scores import central_score, normal_cdf
from slipstick.uncertainty.spread import Spread

if TYPE_CHECKING:
    from slipstick.uncertainty.sampling import Sampling

Factor: TypeAlias = tuple[Distribution, float]
Ends: TypeAlias = list[float]

FAR = 6.0  # a normal quantity that is positive so many deviations down is negative once in a billion times
_LARGEST_LOG = 708  # of a number that is safely within the range of floats, or of its reciprocal
_REACH = 9.0  # normal scores beyond it hold 2e-19 of the probability
# Nodes and weights of a mean over 0..1: 32 panels of eight-point Gauss-Legendre (Abramowitz and Stegun, table 25.4).
_ABSCISSAS = (0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363)
_WEIGHTS = (0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763)
_GAUSS = [(side * x, weight) for x, weight in zip(_ABSCISSAS, _WEIGHTS, strict=True) for side in (-1, 1)]
_NODES = [((panel + (1 + x) / 2) / 32, weight / 64) for panel in range(32) for x, weight in _GAUSS]


class Uncertain(NamedTuple):
    """An uncertain factor, its exponent, and its place among the factors as given."""

    given: Distribution
    exponent: float
    place: int


class Folded(Frozen):
    """sign * exp(log_scale) * the uncertain factors; a sign of 0 makes the whole 0."""

    sign: int
    log_scale: float
    factors: tuple[Uncertain, ...]

    @property
    def value(self) -> float:
        """The product without its uncertain factors."""
        return self.sign * exponential(self.log_scale) if self.sign else 0.0

    def within(self, correlation: Checked | None, factors: Sequence[Uncertain]) -> Checked | None:
        """The correlations of some of the factors; None where they are independent."""
        if correlation is None:
            return None
        rows = part(correlation, [factor.place for factor in factors])
        return rows if groups(rows) else None


def monomial(
    coefficient: float,
    factors: Sequence[Factor],
    *,
    level: float = 0.9,
    correlation: Matrix | None = None,
    sampling: Sampling | None = None,
) -> Spread:
    """The spread of `coefficient` times the product of (distribution, exponent) factors.

    One uncertain factor: its quantiles are carried through (scaled). Lognormal factors: their product is lognormal,
    with the logs' means and covariances added up (Aitchison and Brown, The Lognormal Distribution, 1957, chapter 2).
    One other positive factor among them, independent of them: quadrature over a normal score, quantiles to 1e-9. Else
    sampled, as `sampling` says. Everything is done in logs, so that no intermediate result overflows. `correlation` is
    a matrix of the factors' normal scores; without one they are independent.

    Raises ValueError for a level outside 0 to 1, a coefficient or exponent that is not finite, a power that does not
    exist (a negative one of 0, a fractional one of what may be negative), a result beyond the range of floats.
    """
    alone = factors[0][0] if len(factors) == 1 and factors[0][1] == 1 and correlation is None else None
    if alone is not None and coefficient and math.isfinite(coefficient) and not isinstance(alone, Exact):
        return of_one(coefficient, alone, level)
    z, product, within = central_score(level), folded(coefficient, factors), checked(correlation, len(factors))
    found = _exact(product, z, within)
    if found is None:
        from slipstick.uncertainty.sampled_products import sampled_monomial

        return sampled_monomial(coefficient, factors, level=level, correlation=correlation, sampling=sampling)
    method, (low, median, high) = found
    shares = log_shares(factors, within) if product.sign else (0.0,) * len(factors)
    linear = first_order_of_product(coefficient, factors, level, within)
    mean, sd = _lognormal_moments(median, high, z) if method == "lognormal" else (None, None)
    return Spread(level, low, median, high, method, linear and linear[:2], shares, mean=mean, sd=sd)


def of_one(coefficient: float, given: Distribution, level: float, shares: tuple[float, ...] = (1.0,)) -> Spread:
    """The spread of a number times one uncertain quantity, which most products are: its quantiles carried through.

    The number is finite and not 0. Raises ValueError for a level outside 0 to 1 and a result beyond the range of
    floats.
    """
    log_scale, z, mean = math.log(abs(coefficient)), central_score(level), given.mean
    ends = [_carried(value if coefficient > 0 else -value, log_scale + log) for value, log in _quantiles(given, z)]
    low, median, high = ends if ends[0] <= ends[1] <= ends[2] else sorted(ends)
    linear, log = None, log_scale + log_magnitude(mean)
    if not mean:
        linear = first_order_of_product(coefficient, [(given, 1.0)], level)
    elif abs(log) <= _LARGEST_LOG:
        value = math.copysign(math.exp(log), coefficient * mean)
        linear = first_order(value, [value * (given.standard_uncertainty / mean)], [given], level)
    return Spread(level, low, median, high, "scaled", linear and linear[:2], shares)


def _carried(sign: float, log: float) -> float:
    """exp(log) with a sign; 0 for a sign of 0. Raises ValueError beyond the range of floats."""
    return math.copysign(exponential(log), sign) if sign else 0.0


def _lognormal_moments(median: float, high: float, z: float) -> tuple[float | None, float | None]:
    """Mean and standard deviation of the lognormal with this median and upper end; None beyond the range of floats."""
    variance = (math.log(high / median) / z) ** 2
    if variance > 300:
        return None, None
    mean = median * math.exp(variance / 2)
    return mean, abs(mean) * math.sqrt(math.expm1(variance))


def _exact(product: Folded, z: float, correlation: Checked | None) -> tuple[str, Ends] | None:
    """The method and the three quantiles, in order; None where they have to be sampled."""
    factors = product.factors
    if product.sign == 0 or not factors:
        return "scaled", [product.value] * 3
    if len(factors) == 1 and factors[0].exponent == 1:
        return "scaled", _scaled(product, z)
    odd = [f for f in factors if not isinstance(f.given, LogNormal)]
    signed = any(f.given.at(-max(FAR, z)) <= 0 for f in odd)
    if len(factors) == 1 and not signed:
        return "scaled", _scaled(product, z)
    if signed or len(odd) > 1 or (odd and not odd[0].given.smooth):
        return None
    if odd and correlation is not None and any(correlation[odd[0].place][f.place] for f in factors if f is not odd[0]):
        return None
    logs = _quantile_logs(product, odd, z, correlation)
    return "quadrature" if odd else "lognormal", sorted(product.sign * exponential(log) for log in logs)


def log_shares(factors: Sequence[Factor], correlation: Checked | None) -> tuple[float, ...]:
    """The parts of the variance of the log; Shapley effects where lognormal factors correlate.

    Where others do, the covariance of each log with that of the result, which may be negative.
    """
    if correlation is not None:
        from slipstick.uncertainty.shapley import closed_form_holds, product_shares

        if closed_form_holds(factors, correlation):
            return product_shares(factors, correlation).shares
    return shares_of([e * math.sqrt(given.log_variance()) if e else 0.0 for given, e in factors], correlation)


def first_order_of_product(
    coefficient: float, factors: Sequence[Factor], level: float = 0.9, correlation: Checked | None = None
) -> FirstOrder | None:
    """The interval of first-order propagation for a monomial. None where a slope does not exist or is not finite."""
    try:
        means: list[Factor] = [(Exact(given.mean), e) for given, e in factors]
        value = folded(coefficient, means).value
        deviations = [0.0] * len(factors)
        for i, (given, e) in enumerate(factors):
            if not e or isinstance(given, Exact):
                continue
            if given.mean and value:
                deviations[i] = value * e * (given.standard_uncertainty / given.mean)
            else:  # about a mean of 0, where the slope may be what the others make
                own = Exact(e * given.standard_uncertainty), 1.0
                deviations[i] = folded(coefficient, [*means[:i], (means[i][0], e - 1), own, *means[i + 1 :]]).value
        return first_order(value, deviations, [given for given, _ in factors], level, correlation)
    except ValueError:
        return None


def folded(coefficient: float, factors: Sequence[Factor]) -> Folded:
    """The exact factors drawn into the coefficient; what is left is uncertain."""
    sign, logs, uncertain = 1, [0.0], list[Uncertain]()
    for place, (given, exponent) in enumerate(((Exact(coefficient), 1.0), *factors), start=-1):
        if not exponent:
            continue
        if not math.isfinite(exponent):
            raise ValueError(f"an exponent must be a finite number, not {exponent!r}")
        if not float(exponent).is_integer() and given.at(-FAR) < 0:
            raise ValueError(f"a quantity that may be negative has no power {float(exponent):g}")
        if not isinstance(given, Exact):
            uncertain.append(Uncertain(given, float(exponent), place))
        elif given.value:
            sign *= -1 if given.value < 0 and exponent % 2 else 1
            logs.append(exponent * given.log_at(0.0))
        elif exponent < 0:
            raise ValueError("0 has no negative power: a divisor is 0")
        else:
            sign = 0
    if len(uncertain) > 1:  # in an order of their own, so that no result depends on that in which they were given
        uncertain.sort(key=lambda f: repr(f[:2]))
    return Folded(sign, math.fsum(logs), tuple(uncertain))


def exponential(log: float) -> float:
    """exp(log). Raises ValueError beyond the range of floats."""
    if abs(log) > _LARGEST_LOG:
        raise ValueError(f"the result is about 1e{log / math.log(10):+.0f}, beyond the range of floating-point numbers")
    return math.exp(log)


def _scaled(product: Folded, z: float) -> list[float]:
    """The quantiles of a product with one uncertain factor, which is positive or stands in the first power."""
    given, e, _ = product.factors[0]
    return sorted(_carried(product.sign * value, product.log_scale + e * log) for value, log in _quantiles(given, z))


@lru_cache(maxsize=1000)
def _quantiles(given: Distribution, z: float) -> tuple[tuple[float, float], ...]:
    """The values at the scores -z, 0 and z, each with the logarithm of its size; many estimates have the same range."""
    return tuple([(given.at(score), given.log_at(score)) for score in (-z, 0.0, z)])


def collapsed(product: Folded, correlation: Checked | None) -> tuple[float, float]:
    """Mean and standard deviation of the log of the scale times all lognormal factors."""
    log_mean, lognormal, weights = product.log_scale, list[Uncertain](), list[float]()
    for factor in product.factors:
        if isinstance(factor.given, LogNormal):
            log_mean += factor.exponent * factor.given.mu
            lognormal.append(factor)
            weights.append(factor.exponent * factor.given.sigma)
    within = product.within(correlation, lognormal)
    return log_mean, math.hypot(*weights) if within is None else math.sqrt(variance(weights, within))


def _quantile_logs(product: Folded, odd: Sequence[Uncertain], z: float, correlation: Checked | None) -> list[float]:
    log_mean, deviation = collapsed(product, correlation)
    if not odd:
        return [log_mean + score * deviation for score in (-z, 0.0, z)]
    given, e, _ = odd[0]
    if not deviation:  # the lognormal factors cancel each other
        return sorted(log_mean + e * given.log_at(score) for score in (-z, 0.0, z))
    centre, width = log_mean + e * given.log_at(0.0), math.hypot(e * math.sqrt(given.log_variance()), deviation)
    below = _below(log_mean, deviation, given, e)
    return [_root(below, normal_cdf(score), centre + score * width, width) for score in (-z, 0.0, z)]


def _below(log_mean: float, deviation: float, given: Distribution, e: float) -> Callable[[float], float]:
    """P(log of the result <= t) as a function of t, for a positive factor's power times a lognormal.

    It is the mean, over the score of the odd factor, of the probability that the lognormal makes up the rest. Only in a
    window of scores is that neither 1 nor 0; integrating over the window alone is good for any width of the lognormal.
    """

    def below(t: float) -> float:
        ends = (given.score_of_log((t - log_mean + side * _REACH * deviation) / e) for side in (-1, 1))
        low, high = sorted(max(-_REACH, min(_REACH, score)) for score in ends)
        scores = ((low + (high - low) * node, weight) for node, weight in _NODES)
        rests = ((x, weight, (t - log_mean - e * given.log_at(x)) / deviation) for x, weight in scores)
        inside = math.fsum(weight * math.exp(-x * x / 2) * normal_cdf(rest) for x, weight, rest in rests)
        return normal_cdf(low if e > 0 else -high) + (high - low) * inside / math.sqrt(math.tau)

    return below


def _root(function: Callable[[float], float], target: float, guess: float, width: float) -> float:
    """Where an increasing function reaches `target`, by the Illinois method (Dowell and Jarratt, BIT 11, 1971, 168)."""
    kept, new, step = guess - width / 8, guess + width / 8, math.inf
    while (at_kept := function(kept) - target) > 0:
        kept -= width
    while (at_new := function(new) - target) < 0:
        new += width
    while at_new and abs(step) > 1e-11:
        step = at_new * (new - kept) / (at_kept - at_new)
        at_next = function(new + step) - target
        kept, at_kept = (new, at_new) if at_next * at_new < 0 else (kept, at_kept / 2)
        new, at_new = new + step, at_next
    return new
