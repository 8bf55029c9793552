"""Correlations declared between the inputs of an estimate.

A number stands for the correlation of two inputs' standard normal scores (a Gaussian copula): for normal inputs it is
Pearson's, for lognormal ones that of the logarithms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from slipstick.estimates.inputs import Input
from slipstick.frozen import Frozen

Matrix = tuple[tuple[float, ...], ...]


class Correlations(Frozen):
    """Pairs of inputs with their correlation; pairs that are not in it are independent."""

    pairs: tuple[tuple[Input, Input, float], ...] = ()

    def matrix(self, inputs: Sequence[Input]) -> Matrix | None:
        """The correlation matrix over the inputs in their order; None where all of them are independent."""
        position = {id(given): n for n, given in enumerate(inputs)}
        known = [
            (position[id(a)], position[id(b)], rho)
            for a, b, rho in self.pairs
            if rho and id(a) in position and id(b) in position
        ]
        if not known:
            return None
        rows = [[float(i == j) for j in range(len(inputs))] for i in range(len(inputs))]
        for i, j, rho in known:
            rows[i][j] = rows[j][i] = rho
        return tuple(map(tuple, rows))

    def checked(self, inputs: Sequence[Input]) -> Matrix | None:
        """The matrix; ValueError, with their names, where no quantities can correlate so.

        Each of two estimates may have correlations that are possible, and both together not.
        """
        matrix = self.matrix(inputs) if self.pairs else None
        if matrix is not None:
            from slipstick.uncertainty.correlation import checked

            checked(matrix, len(inputs), [i.name for i in inputs])
        return matrix

    def moved(self, new: Mapping[int, Input]) -> Correlations:
        """The same correlations of other inputs, which stand in `new` by the id of what they replace."""
        return Correlations(tuple((new.get(id(a), a), new.get(id(b), b), rho) for a, b, rho in self.pairs))

    def joined(self, other: Correlations) -> Correlations:
        """Those of both. Raises ValueError where they say different things of one pair."""
        if not other.pairs or other is self:
            return self
        if not self.pairs:
            return other
        known = {frozenset((id(a), id(b))): rho for a, b, rho in self.pairs}
        for a, b, rho in other.pairs:
            if known.setdefault(frozenset((id(a), id(b))), rho) != rho:
                raise ValueError(f"two correlations of {a.name} and {b.name} are declared")
        return Correlations(tuple({(id(a), id(b)): (a, b, r) for a, b, r in self.pairs + other.pairs}.values()))


NONE = Correlations()


def from_pairs(pairs: Mapping[tuple[Any, Any], float], input_of: Callable[[Any], Input]) -> Correlations:
    """Correlations given pair by pair. Raises ValueError where no quantities can correlate so."""
    known = NONE
    for pair, rho in pairs.items():
        try:
            first, second = map(input_of, pair)
        except (TypeError, ValueError):
            raise ValueError(f'expected a pair of inputs such as ("peak", "utilization"), not {pair!r}') from None
        if first is second:
            raise ValueError(f"{first.name} is correlated with itself: a pair has two inputs")
        known = known.joined(Correlations(((first, second, _number(rho, first, second)),)))
    return _checked(known)


def from_matrix(rows: Sequence[Sequence[float]], inputs: Sequence[Input]) -> Correlations:
    """Correlations given as a matrix over the inputs. Raises ValueError where no quantities can correlate so."""
    from slipstick.uncertainty.correlation import checked

    try:
        numbers = [[float(x) for x in row] for row in rows]
    except (TypeError, ValueError):
        raise ValueError("expected a matrix of numbers, or pairs with theirs") from None
    matrix = checked(numbers, len(inputs), [i.name for i in inputs]) or ()
    if not matrix:
        return NONE
    indices = combinations(range(len(inputs)), 2)
    return Correlations(tuple((inputs[i], inputs[j], matrix[i][j]) for i, j in indices if matrix[i][j]))


def _number(rho: Any, first: Input, second: Input) -> float:
    try:
        number = float(rho)
    except (TypeError, ValueError, OverflowError):
        number = 2.0
    if not -1 <= number <= 1:
        raise ValueError(f"a correlation lies between -1 and 1, not {rho!r} for {first.name} and {second.name}")
    return number


def _checked(correlations: Correlations) -> Correlations:
    correlations.checked(tuple({id(i): i for a, b, _ in correlations.pairs for i in (a, b)}.values()))
    return correlations
