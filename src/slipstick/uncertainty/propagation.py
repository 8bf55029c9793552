"""From the distributions of the inputs to the spread of the result.

A product of powers is computed in log space, exactly where it can be; any expression can be sampled. First order stands
beside both as a check. Inputs are independent: an input that is used twice is given once, with its exponents added up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

from slipstick.uncertainty.distributions import (
    Distribution,
    Exact,
    LogitNormal,
    LogNormal,
    Normal,
    central_score,
    draw_block,
    normal_cdf,
)
from slipstick.uncertainty.spread import Spread

Factor: TypeAlias = tuple[Distribution, float]
_Odd: TypeAlias = tuple[LogitNormal | Normal, float]
Inputs: TypeAlias = Sequence[Distribution]
Ends: TypeAlias = list[float]
Evaluate: TypeAlias = Callable[[Sequence[Any]], Any]

BLOCK, FEWEST_DRAWS, MOST_DRAWS = 2**14, 2**16, 2**20
_FAR = 6.0  # a normal quantity that is positive so many deviations down is negative once in a billion times
_REACH = 9.0  # normal scores beyond it hold 2e-19 of the probability
# Nodes and weights of a mean over 0..1: 32 panels of eight-point Gauss-Legendre (Abramowitz and Stegun, table 25.4).
_ABSCISSAS = (0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363)
_WEIGHTS = (0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763)
_GAUSS = [(side * x, weight) for x, weight in zip(_ABSCISSAS, _WEIGHTS, strict=True) for side in (-1, 1)]
_NODES = [((panel + (1 + x) / 2) / 32, weight / 64) for panel in range(32) for x, weight in _GAUSS]


class _Product(NamedTuple):
    """sign * exp(log_scale) * the uncertain factors; a sign of 0 makes the whole 0."""

    sign: int
    log_scale: float
    factors: tuple[Factor, ...]

    @property
    def value(self) -> float:
        """The product without its uncertain factors."""
        return self.sign * _exp(self.log_scale) if self.sign else 0.0


def monomial(coefficient: float, factors: Sequence[Factor], *, level: float = 0.9) -> Spread:
    """The spread of `coefficient` times the product of independent (distribution, exponent) factors.

    One uncertain factor: its quantiles are carried through (scaled). Lognormal factors: their product is lognormal,
    with the logs' means and variances added up (Aitchison and Brown, The Lognormal Distribution, 1957, chapter 2).
    One other positive factor among them: quadrature over a normal score, quantiles to 1e-9. Else sampled. Everything
    is done in logs, so that no intermediate result overflows.

    Raises ValueError for a level outside 0 to 1, a coefficient or exponent that is not finite, a power that does not
    exist (a negative one of 0, a fractional one of what may be negative), a result beyond the range of floats.
    """
    z, product, error = central_score(level), _folded(coefficient, factors), None
    odd = [(given, e) for given, e in product.factors if isinstance(given, LogitNormal | Normal)]
    signed = any(given.at(-max(_FAR, z)) <= 0 for given, _ in odd)
    if product.sign == 0 or not product.factors:
        method, ends = "scaled", [product.value] * 3
    elif len(product.factors) == 1 and (not signed or product.factors[0][1] == 1):
        method, ends = "scaled", _scaled(product, z)
    elif signed or len(odd) > 1:
        method, (ends, error) = "sampled", _sampled_product(product, odd, level)
    else:
        method = "quadrature" if odd else "lognormal"
        ends = [product.sign * _exp(log) for log in _quantile_logs(product, odd, z)]
    low, median, high = sorted(ends)
    shares = _parts([e**2 * given.log_variance() if e and product.sign else 0.0 for given, e in factors])
    return Spread(level, low, median, high, method, first_order(coefficient, factors, level), shares, error)


def first_order(coefficient: float, factors: Sequence[Factor], level: float = 0.9) -> tuple[float, float] | None:
    """The interval of first-order propagation for a monomial: the value at the means, plus or minus z deviations.

    The deviation is the root of the sum of (derivative * sd)^2, derivatives at the means (JCGM 100:2008, 5.1.2), and z
    the normal score of the level. None where a derivative does not exist or an end is beyond the range of floats.
    """
    try:
        means: list[Factor] = [(Exact(given.mean), e) for given, e in factors]
        slopes = [0.0]
        for i, (given, e) in enumerate(factors):
            if given.sd and e:
                slope = [*means[:i], (means[i][0], e - 1), (Exact(e * given.sd), 1.0), *means[i + 1 :]]
                slopes.append(_folded(coefficient, slope).value)
        return _around(_folded(coefficient, means).value, slopes, level)
    except ValueError:
        return None


def first_order_general(evaluate: Evaluate, inputs: Inputs, level: float = 0.9) -> tuple[float, float] | None:
    """The interval of first-order propagation for any expression, by the same convention as `first_order`."""
    linear = _linear(evaluate, inputs)
    return linear and _around(*linear, level)


def _linear(evaluate: Evaluate, inputs: Inputs) -> tuple[float, list[float]] | None:
    """The value at the means and each derivative times its input's sd; None where one does not exist.

    The expression is wrapped whole, with numerical derivatives: an intermediate result that is used twice would
    otherwise double the number of paths that the uncertainties package follows.
    """
    import uncertainties

    numbers = [uncertainties.ufloat(given.mean, given.sd) if given.sd else given.mean for given in inputs]
    try:
        result = uncertainties.wrap(lambda *values: float(evaluate(values)))(*numbers)
    except (ArithmeticError, ValueError):
        return None
    parts = result.error_components() if isinstance(result, uncertainties.UFloat) else {}
    components = [parts.get(number, 0.0) for number in numbers]
    return (uncertainties.nominal_value(result), components) if all(map(math.isfinite, components)) else None


def _around(value: float, deviations: Sequence[float], level: float) -> tuple[float, float] | None:
    reach = central_score(level) * math.hypot(*deviations)
    return (value - reach, value + reach) if math.isfinite(value) and math.isfinite(reach) else None


def _folded(coefficient: float, factors: Sequence[Factor]) -> _Product:
    """The exact factors drawn into the coefficient; what is left is uncertain."""
    sign, logs, uncertain = 1, [0.0], list[Factor]()
    for given, exponent in ((Exact(coefficient), 1.0), *(factor for factor in factors if factor[1])):
        if not math.isfinite(exponent):
            raise ValueError(f"an exponent must be a finite number, not {exponent!r}")
        if given.at(-_FAR) < 0 and not float(exponent).is_integer():
            raise ValueError(f"a quantity that may be negative has no power {float(exponent):g}")
        if not isinstance(given, Exact):
            uncertain.append((given, float(exponent)))
        elif given.value:
            sign *= -1 if given.value < 0 and exponent % 2 else 1
            logs.append(exponent * given.log_at(0.0))
        elif exponent < 0:
            raise ValueError("0 has no negative power: a divisor is 0")
        else:
            sign = 0
    # In an order of their own, so that no result depends on the order in which they were given.
    return _Product(sign, math.fsum(logs), tuple(sorted(uncertain, key=repr)))


def _exp(log: float) -> float:
    if abs(log) > 708:
        raise ValueError(f"the result is about 1e{log / math.log(10):+.0f}, beyond the range of floating-point numbers")
    return math.exp(log)


def _parts(variances: Sequence[float]) -> tuple[float, ...]:
    total = math.fsum(variances)
    return tuple(variance / (total or 1.0) for variance in variances)


def _scaled(product: _Product, z: float) -> list[float]:
    """The quantiles of a product with one uncertain factor, which is positive or stands in the first power."""
    given, e = product.factors[0]
    values = [(given.at(score), product.log_scale + e * given.log_at(score)) for score in (-z, 0.0, z)]
    return sorted(math.copysign(_exp(log), product.sign * value) if value else 0.0 for value, log in values)


def _collapsed(product: _Product) -> tuple[float, float]:
    """Mean and standard deviation of the log of the scale times all lognormal factors."""
    lognormal = [(given, e) for given, e in product.factors if isinstance(given, LogNormal)]
    log_mean = math.fsum([product.log_scale, *(e * given.mu for given, e in lognormal)])
    return log_mean, math.hypot(*(e * given.sigma for given, e in lognormal))


def _quantile_logs(product: _Product, odd: Sequence[_Odd], z: float) -> list[float]:
    log_mean, deviation = _collapsed(product)
    if not odd:
        return [log_mean + score * deviation for score in (-z, 0.0, z)]
    given, e = odd[0]
    centre, width = log_mean + e * given.log_at(0.0), math.hypot(e * math.sqrt(given.log_variance()), deviation)
    below = _below(log_mean, deviation, odd[0])
    return [_root(below, normal_cdf(score), centre + score * width, width) for score in (-z, 0.0, z)]


def _below(log_mean: float, deviation: float, odd: _Odd) -> Callable[[float], float]:
    """P(log of the result <= t) as a function of t, for a positive factor's power times a lognormal.

    It is the mean, over the score of the odd factor, of the probability that the lognormal makes up the rest. Only in a
    window of scores is that neither 1 nor 0; integrating over the window alone is good for any width of the lognormal.
    """
    given, e = odd

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


def _sampled_product(product: _Product, odd: Sequence[_Odd], level: float) -> tuple[Ends, float]:
    """The sampled quantiles of a product and their standard error, drawn relative to a power of ten in their middle."""
    log_mean, deviation = _collapsed(product)
    logs = (e * math.log(math.hypot(x.mean, x.sd)) if isinstance(x, Normal) else e * x.log_at(0.0) for x, e in odd)
    middle = round(math.fsum([log_mean, *logs]) / math.log(10)) * math.log(10)

    def evaluate(columns: Sequence[Any]) -> Any:
        import numpy as np

        logs = columns[0] + sum(e * np.log(np.abs(column)) for (_, e), column in zip(odd, columns[1:], strict=True))
        signs = [np.copysign(1.0, column) for (_, e), column in zip(odd, columns[1:], strict=True) if e % 2 == 1]
        return product.sign * math.prod(signs) * np.exp(logs)

    lognormal = Normal(log_mean - middle, deviation) if deviation else Exact(log_mean - middle)
    ends, error = _quantiles(evaluate, [lognormal, *(given for given, _ in odd)], level, 0, None)
    return [math.copysign(_exp(Exact(end).log_at(0.0) + middle), end) for end in ends], error


def sampled(
    evaluate: Evaluate, inputs: Inputs, *, level: float = 0.9, seed: int = 0, draws: int | None = None
) -> Spread:
    """The spread of any expression of independent inputs, by sampling (JCGM 101:2008, section 7).

    `evaluate` takes a sequence with an array of shape (n,) per input, element by element, or with a float per input.
    Without `draws` their number doubles, from 65,536 to at most 1,048,576, until two digits of low, median and high
    stand still: twice the standard error at most half a unit of the second (after JCGM 101:2008, 7.9). The same seed
    gives the same draws. A share is the square of derivative times sd, at the means; equal where all of those are 0.

    Raises ValueError for a level, number of draws or seed that cannot be, and a result that is not a finite number.
    """
    (low, median, high), error = _quantiles(evaluate, inputs, level, seed, draws)
    linear = _linear(evaluate, inputs)
    squares = [part**2 for part in linear[1]] if linear else []
    shares = _parts(squares if any(squares) else [float(given.sd > 0) for given in inputs])
    return Spread(level, low, median, high, "sampled", linear and _around(*linear, level), shares, error)


def _quantiles(evaluate: Evaluate, inputs: Inputs, level: float, seed: int, draws: int | None) -> tuple[Ends, float]:
    """Low, median and high of the draws, with the largest of their relative standard errors."""
    import numpy as np

    z, wanted = central_score(level), FEWEST_DRAWS if draws is None else draws
    if wanted < 100:
        raise ValueError(f"sampling takes at least 100 draws, not {wanted}")
    results, p = np.empty(0), np.array([normal_cdf(-z), 0.5, normal_cdf(z)])
    while True:
        # A quantile's standard error, from the quantiles that stand one binomial deviation to either side of it.
        aside = np.sqrt(p * (1 - p) / wanted)
        with np.errstate(all="ignore"):
            for start in range(len(results), wanted, BLOCK):
                n = min(BLOCK, wanted - start)
                block = evaluate(draw_block(inputs, n, seed=seed, block=start // BLOCK))
                results = np.append(results, np.broadcast_to(block, (n,)))
            below, ends, above = np.quantile(results, np.clip([p - aside, p, p + aside], 0, 1))
        if not np.isfinite([below, ends, above]).all():
            raise ValueError("the result is not a finite number for some values of its inputs")
        errors = (above - below) / 2
        sizes = np.maximum(np.abs(ends) if not np.ptp(np.sign(ends)) else np.ptp(ends) / 2, np.finfo(float).tiny)
        if draws is not None or wanted >= MOST_DRAWS or (2 * errors <= 0.05 * 10 ** np.floor(np.log10(sizes))).all():
            return ends.tolist(), float((errors / sizes).max())
        wanted *= 2
