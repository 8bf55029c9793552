"""The spread of a product of powers by drawing: what `products` has no closed form for, or is asked to check by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slipstick.uncertainty.correlation import Matrix
from slipstick.uncertainty.distributions import Distribution, Exact, LogNormal, Normal
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


@dataclass(frozen=True)
class LogProduct:
    """The log of a product over columns of draws, or the product itself where it may be negative; can be pickled.

        `log_scale` is added; `logs` are the exponents of the first columns, which are logs already, `odd` those of the
        rest.
    A column is drawn as it is only where the product is not a logarithm of it.
    """

    log_scale: float
    logs: tuple[float, ...]
    odd: tuple[float, ...]
    is_signed: bool

    def __call__(self, columns: Sequence[Any]) -> Any:
        """An array of shape (n,) from one per column."""
        import numpy as np

        found = self.log_scale + sum(e * column for e, column in zip(self.logs, columns, strict=False))
        rest = columns[len(self.logs) :]
        with np.errstate(divide="ignore"):
            for exponent, column in zip(self.odd, rest, strict=True):
                found = found + exponent * np.log(np.abs(column) if self.is_signed else column)
        if not self.is_signed:
            return found
        signs = [np.sign(column) for exponent, column in zip(self.odd, rest, strict=True) if exponent % 2 == 1]
        return math.prod(signs) * np.exp(found)


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
    product, method = folded(coefficient, factors), (sampling or Sampling()).method
    if not product.factors or not product.sign:
        value = product.value
        return Spread(level, value, value, value, "scaled", None, (0.0,) * len(factors))
    evaluate, inputs, within, middle = _to_draw(product, correlation, central_score(level))
    found = drawn(evaluate, inputs, level, sampling or Sampling(), within, in_logs=not evaluate.is_signed)

    def back(end: float) -> float:
        log = Exact(end).log_at(0.0) if evaluate.is_signed else end
        return math.copysign(exponential(log + middle), end * product.sign if evaluate.is_signed else product.sign)

    low, median, high = sorted(back(end) if end or not evaluate.is_signed else 0.0 for end in found[:3])
    checked = first_order_of_product(coefficient, factors, level, correlation)
    shares = log_shares(factors, correlation)
    return Spread(level, low, median, high, method, checked and checked[:2], shares, found.standard_error, found.draws)


def _to_draw(
    product: Folded, correlation: Matrix | None, z: float
) -> tuple[LogProduct, list[Distribution], Matrix | None, float]:
    """What to draw for a product, in logs beside a power of ten: the function, its columns, their correlations."""
    lognormal = [f for f in product.factors if isinstance(f.given, LogNormal)]
    odd = [f for f in product.factors if not isinstance(f.given, LogNormal)]
    within = product.within(correlation, [*lognormal, *odd])
    log_mean, deviation = collapsed(product, correlation)
    logs = [f.exponent * math.log(math.hypot(f.given.median, f.given.sd)) for f in odd]
    middle = round((log_mean + math.fsum(logs)) / math.log(10)) * math.log(10)
    is_signed = any(f.given.at(-max(FAR, z)) <= 0 for f in odd)
    exponents = tuple(f.exponent for f in odd)
    rest = [f.given for f in odd]
    if within is None:
        columns: list[Distribution] = [Normal(0.0, deviation)] if deviation else []
        ones = (1.0,) * len(columns)
        return LogProduct(log_mean - middle, ones, exponents, is_signed), columns + rest, None, middle
    columns = [Normal(0.0, f.given.sigma) for f in lognormal if isinstance(f.given, LogNormal)]
    own = tuple(f.exponent for f in lognormal)
    return LogProduct(log_mean - middle, own, exponents, is_signed), columns + rest, within, middle
