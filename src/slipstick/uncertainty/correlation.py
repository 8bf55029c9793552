"""Correlations between standard normal scores (a Gaussian copula): the matrix, and scores that follow it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from slipstick.uncertainty.distribution import FloatArray

Matrix: TypeAlias = Sequence[Sequence[float]]

_ROUNDING = 1e-9  # how far below 0 an eigenvalue may lie by rounding


def checked(matrix: Matrix, n: int) -> tuple[tuple[float, ...], ...]:
    """The matrix as a tuple of rows.

    Raises ValueError unless it is n by n, symmetric, 1 on its diagonal, between -1 and 1, and positive semidefinite.
    """
    import numpy as np

    rows = tuple(tuple(map(float, row)) for row in matrix)
    if len(rows) != n or any(len(row) != n for row in rows):
        raise ValueError(f"expected a correlation matrix of {n} rows and {n} columns")
    for i, row in enumerate(rows):
        for j, rho in enumerate(row):
            if not -1 <= rho <= 1:
                raise ValueError(f"a correlation lies between -1 and 1, not {rho!r} (row {i + 1}, column {j + 1})")
            if rho != rows[j][i]:
                raise ValueError(f"the correlations in row {i + 1}, column {j + 1} and opposite it differ")
        if row[i] != 1:
            raise ValueError(f"a quantity correlates with itself by 1, not {row[i]!r} (row {i + 1})")
    if n and float(np.linalg.eigvalsh(np.array(rows))[0]) < -_ROUNDING * n:
        raise ValueError("no quantities can be correlated like that: the matrix is not positive semidefinite")
    return rows


def root(matrix: Matrix) -> FloatArray:
    """A matrix A with A A' the correlation matrix, singular ones included: shape (n, n).

    Independent scores z give the correlated ones A z.
    """
    import numpy as np

    values, vectors = np.linalg.eigh(np.array(matrix, dtype=np.float64))
    return vectors * np.sqrt(np.clip(values, 0, None))  # type: ignore[no-any-return]


def quadratic(weights: Sequence[float], matrix: Matrix | None) -> float:
    """The variance of a sum of unit normal scores with these weights: w' R w; the sum of squares where independent."""
    if matrix is None:
        return sum(w * w for w in weights)
    return sum(a * b * matrix[i][j] for i, a in enumerate(weights) for j, b in enumerate(weights) if matrix[i][j])


def parts(weights: Sequence[float], matrix: Matrix | None) -> list[float]:
    """What each score adds to that variance: its covariance with the sum, negative where it holds against it."""
    if matrix is None:
        return [w * w for w in weights]
    return [a * sum(b * matrix[i][j] for j, b in enumerate(weights)) for i, a in enumerate(weights)]
