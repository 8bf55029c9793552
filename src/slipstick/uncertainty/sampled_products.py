"""The spread of a product of powers by drawing: what `products` has no closed form for, or is asked to check by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slipstick.uncertainty.correlation import Checked, Matrix, checked
from slipstick.uncertainty.distributions import Distribution, LogNormal, Normal
from slipstick.uncertainty.products import (
    FAR,
    Factor,
    Folded,
    collapsed,
    exponential,
    first_order_of_product,
    folded,
    log_shares,
)
from slipstick.uncertainty.sampling import Sampling, drawn
from slipstick.uncertainty.scores import central_score
from slipstick.uncertainty.spread import Spread

if TYPE_CHECKING:
    import numpy as np

    from slipstick.uncertainty.distribution import FloatArray


class LogarithmOf(Distribution):
    """The natural logarithm of a positive quantity, to be drawn."""

    given: Distribution

    def values(self, scores: FloatArray) -> FloatArray:
        """The logarithms at an array of scores: shape (n,)."""
        return self.given.log_values(scores)

    def draw(self, generator: np.random.Generator, n: int) -> FloatArray:
        """`n` independent logarithms: shape (n,)."""
        return self.given.log_draw(generator, n)


@dataclass(frozen=True)
class LogProduct:
    """The logarithm of a product over columns of logarithms; can be pickled."""

    log_scale: float
    exponents: tuple[float, ...]

    def __call__(self, columns: Sequence[Any]) -> Any:
        """An array of shape (n,) from one per column."""
        found = self.log_scale
        for exponent, column in zip(self.exponents, columns, strict=True):
            found = found + (column if exponent == 1 else exponent * column)
        return found


@dataclass(frozen=True)
class SignedProduct:
    """A product over columns of which those after the first `logs` are quantities of any sign; can be pickled."""

    log_scale: float
    exponents: tuple[float, ...]
    logs: int

    def __call__(self, columns: Sequence[Any]) -> Any:
        """An array of shape (n,) from one per column."""
        import numpy as np

        found = LogProduct(self.log_scale, self.exponents[: self.logs])(columns[: self.logs])
        signs: Any = 1.0
        with np.errstate(divide="ignore"):
            for exponent, column in zip(self.exponents[self.logs :], columns[self.logs :], strict=True):
                found = found + exponent * np.log(np.abs(column))
                signs = signs * np.sign(column) if exponent % 2 == 1 else signs
        return signs * np.exp(found)


def sampled_monomial(
    coefficient: float,
    factors: Sequence[Factor],
    *,
    level: float = 0.9,
    correlation: Matrix | None = None,
    sampling: Sampling | None = None,
) -> Spread:
    """The same spread by drawing: independent lognormal factors as one, all in logs, relative to a power of ten.

    Raises ValueError as `monomial` and `sampling.drawn` do.
    """
    product, declared = folded(coefficient, factors), checked(correlation, len(factors))
    if not product.factors or not product.sign:
        value = product.value
        return Spread(level, value, value, value, "scaled", None, (0.0,) * len(factors))
    signed = any(f.given.at(-max(FAR, central_score(level))) <= 0 for f in product.factors)
    how, smoothing = sampling or Sampling(), 0.0
    evaluate, inputs, within, middle = _to_draw(product, declared, signed)
    if how.design != "random" and isinstance(evaluate, LogProduct) and within is None:
        evaluate, inputs, smoothing = _without_lognormal(evaluate, inputs)
    found = drawn(evaluate, inputs, level, how, within, in_logs=not signed, smoothing=smoothing, in_threads=True)

    def back(end: float) -> float:
        if not signed:
            return product.sign * exponential(end + middle)
        return math.copysign(exponential(math.log(abs(end)) + middle), end * product.sign) if end else 0.0

    low, median, high = sorted(map(back, found[:3]))
    linear = first_order_of_product(coefficient, factors, level, declared)
    shares = log_shares(factors, declared)
    return Spread(
        level, low, median, high, how.method, linear and linear[:2], shares, found.standard_error, found.draws
    )


def _to_draw(
    product: Folded, correlation: Checked | None, signed: bool
) -> tuple[LogProduct | SignedProduct, list[Distribution], Checked | None, float]:
    """What to draw for a product beside a power of ten: the function, its columns, their correlations, the power."""
    lognormal = [f for f in product.factors if isinstance(f.given, LogNormal)]
    odd = [f for f in product.factors if not isinstance(f.given, LogNormal)]
    within = product.within(correlation, [*lognormal, *odd])
    log_mean, deviation = collapsed(product, correlation)
    sizes = [f.exponent * math.log(max(abs(f.given.at(-1.0)), abs(f.given.at(1.0)))) for f in odd]
    middle = round((log_mean + math.fsum(sizes)) / math.log(10)) * math.log(10)
    if within is None:
        columns: list[Distribution] = [Normal(0.0, deviation)] if deviation else []
        exponents = [1.0] * len(columns)
    else:
        columns = [Normal(0.0, f.given.sigma) for f in lognormal if isinstance(f.given, LogNormal)]
        exponents = [f.exponent for f in lognormal]
    every = (*exponents, *(f.exponent for f in odd))
    if signed:
        made = SignedProduct(log_mean - middle, every, len(columns))
        return made, columns + [f.given for f in odd], within, middle
    return LogProduct(log_mean - middle, every), columns + [LogarithmOf(f.given) for f in odd], within, middle


def _without_lognormal(
    evaluate: LogProduct, inputs: list[Distribution]
) -> tuple[LogProduct, list[Distribution], float]:
    """The product without its one lognormal factor, and the deviation of that one's log; as it is where it has none."""
    first = inputs[0]
    if not isinstance(first, Normal) or len(inputs) == 1:
        return evaluate, inputs, 0.0
    return LogProduct(evaluate.log_scale, evaluate.exponents[1:]), inputs[1:], first.sd
