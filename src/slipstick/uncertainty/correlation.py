"""Correlations between the inputs: those of their standard normal scores, so that the inputs have a Gaussian copula.

For two normal quantities this is Pearson's correlation, for two lognormal ones Pearson's correlation of their logs.
Plain Python: the closed form of a product of correlated lognormals needs no numerical library.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from slipstick.uncertainty.distribution import Distribution
from slipstick.uncertainty.quadrature import score_nodes

Matrix: TypeAlias = Sequence[Sequence[float]]
Checked: TypeAlias = tuple[tuple[float, ...], ...]

MOST_CORRELATED = 200
"""How many quantities may correlate with each other, directly or by way of others; the work grows with the cube."""

_ROUNDING = 1e-9  # what may be missing from a matrix that is possible, by rounding alone
_ORDERS = 24  # of the Hermite expansion: enough for the covariance of two lognormals of sigma 1.5 to 1e-6


def checked(matrix: Matrix | None, n: int, names: Sequence[str] = ()) -> Checked | None:
    """The correlation matrix of `n` quantities, shape (n, n); None where none of them correlate.

    `names` are what an error calls the quantities ("input 1" and so on without). Raises ValueError unless the matrix is
    square, symmetric, 1 on its diagonal, within -1..1 elsewhere, and positive semidefinite.
    """
    if matrix is None:
        return None
    if len(matrix) != n or any(len(row) != n for row in matrix):
        raise ValueError(f"a correlation matrix of {n} quantities has {n} rows of {n} numbers")
    rows = tuple(tuple(float(entry) for entry in row) for row in matrix)
    called = names or [f"input {i + 1}" for i in range(n)]
    for i, row in enumerate(rows):
        if row[i] != 1:
            raise ValueError(f"the correlation of {called[i]} with itself is 1, not {row[i]:g}")
    for i, j in combinations(range(n), 2):
        one, other = rows[i][j], rows[j][i]
        if not -1 <= one <= 1:
            raise ValueError(f"the correlation of {called[i]} with {called[j]} must lie between -1 and 1, not {one:g}")
        if one != other:
            raise ValueError(
                f"the correlation of {called[i]} with {called[j]} cannot be {one:g} one way and {other:g} the other"
            )
    for group in groups(rows):
        if root(part(rows, group)) is None:
            which = _impossible(rows, group)
            listed = f"{', '.join(called[i] for i in which[:-1])} and {called[which[-1]]}"
            raise ValueError(f"no quantities can correlate as {listed} are said to")
    return rows if any(groups(rows)) else None


def _impossible(matrix: Checked, group: Sequence[int]) -> Sequence[int]:
    """Three quantities that cannot correlate as they are said to; the whole group where any three of them could."""
    for which in combinations(group, 3):
        if root(part(matrix, which)) is None:
            return which
    return group


def part(matrix: Checked, which: Sequence[int]) -> Checked:
    """The rows and columns `which` of a matrix, in that order."""
    return tuple(tuple(matrix[i][j] for j in which) for i in which)


def groups(matrix: Checked) -> list[tuple[int, ...]]:
    """The sets of two or more quantities that correlate with each other, directly or by way of others."""
    left, found = set(range(len(matrix))), []
    while left:
        group, new = set[int](), {min(left)}
        while new:
            group |= new
            new = {j for i in new for j in left - group if matrix[i][j]}
        left -= group
        if len(group) > 1:
            found.append(tuple(sorted(group)))
    return found


@lru_cache(maxsize=100)
def root(matrix: Checked) -> Checked | None:
    """A matrix A, shape (n, rank), with A times its transpose equal to `matrix`; None where there is none.

    The Cholesky decomposition with the largest remaining variance taken first, which is right for singular matrices
    and fails just for those that are not positive semidefinite (Higham, Accuracy and Stability of Numerical Algorithms,
    2002, section 10.3). Raises ValueError for more than 200 quantities.
    """
    n = len(matrix)
    if n > MOST_CORRELATED:
        raise ValueError(f"{n} quantities correlate with each other; at most {MOST_CORRELATED} may")
    left = [list(row) for row in matrix]
    columns: list[list[float]] = []
    while len(columns) < n:
        pivot = max(range(n), key=lambda i: left[i][i])
        if left[pivot][pivot] <= _ROUNDING:
            break
        deviation = math.sqrt(left[pivot][pivot])
        column = [left[i][pivot] / deviation for i in range(n)]
        columns.append(column)
        for row, factor in zip(left, column, strict=True):
            if factor:
                row[:] = [entry - factor * other for entry, other in zip(row, column, strict=True)]
    possible = all(abs(entry) <= n * _ROUNDING for row in left for entry in row)
    return tuple(zip(*columns, strict=True)) if possible else None


def variance(deviations: Sequence[float], correlation: Checked | None) -> float:
    """The variance of a sum of terms with these standard deviations (signed: by the terms' directions)."""
    if correlation is None:
        return math.fsum(deviation * deviation for deviation in deviations)
    return max(0.0, math.fsum(covariances(deviations, correlation)))


def covariances(deviations: Sequence[float], correlation: Checked | None) -> Iterator[float]:
    """The covariance of each term with the sum of them all: together the variance of the sum."""
    for i, deviation in enumerate(deviations):
        if correlation is None:
            yield deviation * deviation
        else:
            row = zip(correlation[i], deviations, strict=True)
            yield deviation * math.fsum(entry * other for entry, other in row if entry)


def shares_of(deviations: Sequence[float], correlation: Checked | None) -> tuple[float, ...]:
    """Each term's part of the variance of their sum; all 0 where the sum does not vary."""
    parts = list(covariances(deviations, correlation))
    total = math.fsum(parts)
    return tuple(covariance / total for covariance in parts) if total > 0 else (0.0,) * len(parts)


def of_values(inputs: Sequence[Distribution], correlation: Checked | None) -> Checked | None:
    """Pearson's correlations of the quantities themselves, from those of their scores.

    By Mehler's formula: the correlation is the sum, over the orders k, of the k-th Hermite coefficients of the two
    quantities as functions of their scores, times the scores' correlation to the power k.
    """
    if correlation is None:
        return None
    rows = [list(row) for row in correlation]
    for i, j in combinations(range(len(rows)), 2):
        if rows[i][j]:
            terms = zip(_hermite(inputs[i]), _hermite(inputs[j]), strict=True)
            value = math.fsum(a * b * rows[i][j] ** k for k, (a, b) in enumerate(terms, start=1))
            rows[i][j] = rows[j][i] = max(-1.0, min(1.0, value))
    return tuple(map(tuple, rows))


@lru_cache(maxsize=1000)
def _hermite(given: Distribution) -> tuple[float, ...]:
    """The coefficients of (x - mean) / sd in the normalised Hermite polynomials of the score, from the first order on.

    Only the first where the quantity is normal or has no standard deviation: then the scores' correlation is all there
    is.
    """
    scale = given.sd
    if not 0 < scale < math.inf:
        return (1.0, *[0.0] * (_ORDERS - 1))
    sums = [list[float]() for _ in range(_ORDERS)]
    for score, weight in score_nodes():
        value, last, polynomial = weight * (given.at(score) - given.mean) / scale, 1.0, score
        for k in range(_ORDERS):
            sums[k].append(value * polynomial)
            last, polynomial = polynomial, (score * polynomial - math.sqrt(k + 1) * last) / math.sqrt(k + 2)
    return tuple(map(math.fsum, sums))
