"""What drives a result: against published indices and closed forms, by other routes, and by laws of any such shares."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from slipstick.uncertainty.distributions import Distribution, Exact, LogitNormal, LogNormal, Normal, between
from slipstick.uncertainty.sampled_shapley import MOST_SUBSETS_OF, shapley_effects
from slipstick.uncertainty.sensitivity import SobolIndices, drivers, sobol_indices, tornado
from slipstick.uncertainty.shapes import Uniform
from slipstick.uncertainty.shapley import MOST_ENUMERATED, linear_effects, product_shares

UTILIZATION = between(0.15, 0.45, fraction=True)

Rows = tuple[tuple[float, ...], ...]


def ishigami(x: Sequence[Any]) -> Any:
    """a = 7, b = 0.1, for three inputs uniform on -pi..pi (Ishigami and Homma 1990)."""
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def equal(n: int, rho: float) -> Rows:
    """n quantities, each two of which correlate by rho."""
    return tuple(tuple(1.0 if i == j else rho for j in range(n)) for i in range(n))


def within(errors: Sequence[float], got: Sequence[float], want: Sequence[float], count: float = 5.0) -> bool:
    """Whether each figure is within `count` of its standard errors, which must be sensible themselves."""
    assert max(errors) <= 0.01
    return all(abs(a - b) <= count * error + 1e-9 for a, b, error in zip(got, want, errors, strict=True))


def by_orders(loadings: Sequence[float], matrix: Rows) -> list[float]:
    """Shapley effects of a linear function of normal scores, from the definition: means over all orders."""
    n, covariance = len(loadings), np.array(matrix)
    shared = covariance @ loadings
    whole = float(shared @ loadings)

    def explained(known: Sequence[int]) -> float:
        part = covariance[np.ix_(known, known)]
        return float(shared[list(known)] @ np.linalg.lstsq(part, shared[list(known)], rcond=1e-9)[0]) if known else 0.0

    effects = [0.0] * n
    for order in itertools.permutations(range(n)):
        for place, i in enumerate(order):
            effects[i] += (explained(order[: place + 1]) - explained(order[:place])) / math.factorial(n) / whole
    return effects


@st.composite
def matrices(draw: st.DrawFn, n: int) -> Rows:
    """Correlation matrices of n quantities, singular ones among them."""
    rank = draw(st.integers(1, n))
    numbers = st.lists(st.floats(-1, 1), min_size=rank, max_size=rank)
    loadings = np.array(draw(st.lists(numbers.filter(lambda row: math.hypot(*row) > 0.1), min_size=n, max_size=n)))
    loadings /= np.linalg.norm(loadings, axis=1, keepdims=True)
    matrix = np.clip(loadings @ loadings.T, -1, 1)
    np.fill_diagonal(matrix, 1.0)
    return tuple(map(tuple, ((matrix + matrix.T) / 2).tolist()))


@st.composite
def linear_functions(draw: st.DrawFn) -> tuple[list[float], Rows]:
    n = draw(st.integers(1, 5))
    loadings = draw(st.lists(st.floats(0.1, 3) | st.floats(-3, -0.1), min_size=n, max_size=n))
    matrix = draw(matrices(n))
    # Between singular and regular by rounding, an input is or is not told by some of the others.
    alike = [abs(rho) for row in matrix for rho in row]
    assume(not any(0 < 1 - rho < 1e-3 or 0 < rho < 1e-4 for rho in alike))
    some = [list(chosen) for size in range(2, n + 1) for chosen in itertools.combinations(range(n), size)]
    values = [value for chosen in some for value in np.linalg.eigvalsh(np.array(matrix)[np.ix_(chosen, chosen)])]
    assume(not any(1e-13 < abs(value) < 1e-4 for value in values))
    return loadings, matrix


def lognormals(loadings: Sequence[float]) -> list[tuple[Distribution, float]]:
    """Factors whose logs have these deviations, with the sign in the exponent."""
    return [(LogNormal(0.0, abs(loading)), math.copysign(1.0, loading)) for loading in loadings]


# --- Products


def test_product_shares_of_independent_factors() -> None:
    found = product_shares([(LogNormal(1, 0.3), -2), (LogNormal(9, 0.8), 1), (Exact(4), 3)])
    assert found.shares == pytest.approx((0.36, 0.64, 0.0))
    assert (found.method, found.of_log, found.standard_errors) == ("log variance", True, (0.0, 0.0, 0.0))


def test_two_correlated_factors_as_published() -> None:
    """Deviations 1 and 2, correlation 1/2, by hand.

    The variance is 1 + 4 + 2 = 7. Owen and Prieur (2017): the first effect is a^2 (1 - r^2/2) + r a b + b^2 r^2/2, with
    a = 1, b = 2 and r = 1/2 the parts 0.875 + 1 + 0.5.
    """
    found = product_shares(lognormals([1, 2]), equal(2, 0.5))
    assert found.shares == pytest.approx((2.375 / 7, 4.625 / 7), rel=1e-12)
    assert found.method == "Shapley effects in closed form"


def test_three_factors_of_which_two_correlate() -> None:
    """As Iooss and Prieur (2019) state it: the independent one keeps its own variance, the others share as two do."""
    matrix = ((1, 0, 0), (0, 1, -0.8), (0, -0.8, 1))
    two = (4 * (1 - 0.32) - 0.8 * 2 * 3 + 9 * 0.32, 9 * (1 - 0.32) - 0.8 * 2 * 3 + 4 * 0.32)
    total = 1 + 4 + 9 - 2 * 0.8 * 6
    got = product_shares(lognormals([1, 2, 3]), matrix).shares
    assert got == pytest.approx((1 / total, two[0] / total, two[1] / total), rel=1e-12)


@given(linear_functions())
def test_effects_are_the_mean_gains_over_all_orders(function: tuple[list[float], Rows]) -> None:
    loadings, matrix = function
    assume(np.array(loadings) @ np.array(matrix) @ np.array(loadings) > 1e-3)
    effects, errors = linear_effects(loadings, matrix)
    assert np.array(effects) / math.fsum(effects) == pytest.approx(by_orders(loadings, matrix), abs=1e-5)
    assert errors == [0.0] * len(loadings)
    assert min(effects) >= 0


@given(linear_functions(), st.randoms(use_true_random=False))
def test_permuting_the_inputs_permutes_the_effects(function: tuple[list[float], Rows], random: Any) -> None:
    loadings, matrix = function
    order = random.sample(range(len(loadings)), len(loadings))
    moved = tuple(tuple(matrix[i][j] for j in order) for i in order)
    effects = linear_effects(loadings, matrix)[0]
    expected = [effects[i] for i in order]
    assert linear_effects([loadings[i] for i in order], moved)[0] == pytest.approx(expected, abs=1e-5)


@given(st.lists(st.floats(0.01, 3), min_size=1, max_size=8))
def test_shares_of_independent_factors_sum_to_1(deviations: list[float]) -> None:
    found = product_shares([*lognormals(deviations), (Exact(5), 2), (UTILIZATION, -1)])
    assert math.fsum(found.shares) == pytest.approx(1, abs=1e-12)
    assert found.shares[len(deviations)] == 0


@given(st.lists(st.floats(0.1, 3), min_size=1, max_size=6), st.floats(-0.15, 1))
def test_correlated_shares_sum_to_1_and_of_independent_ones_are_their_variances(sds: list[float], rho: float) -> None:
    assert math.fsum(product_shares(lognormals(sds), equal(len(sds), rho)).shares) == pytest.approx(1, abs=1e-9)
    effects, _ = linear_effects(sds, equal(len(sds), 0.0))
    assert effects == pytest.approx([sd**2 for sd in sds])


@given(st.floats(0.1, 2), st.floats(0.1, 2), st.floats(-1, 1))
def test_what_is_known_from_each_other_shares_equally(loading: float, other: float, rho: float) -> None:
    """The loadings of two inputs that are one do not matter: knowing either is knowing both."""
    matrix = ((1, 1, rho), (1, 1, rho), (rho, rho, 1))
    first, second, _ = linear_effects([loading, 2 * loading, other], matrix)[0]
    assert first == pytest.approx(second, abs=1e-9)


@pytest.mark.parametrize("n", [MOST_ENUMERATED + 1, 40])
def test_random_orders_above_the_limit(n: int) -> None:
    """Against the closed form of equal inputs, and of a pair whose others are independent."""
    effects, errors = linear_effects([1.0] * n, equal(n, 0.3))
    whole = math.fsum(effects)
    assert whole == pytest.approx(n + 0.3 * n * (n - 1))
    assert within([e / whole for e in errors], [e / whole for e in effects], [1 / n] * n)
    chain = [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]
    chain[3][n - 1] = chain[n - 1][3] = 0.5
    loadings = [1.0] * (n - 1) + [2.0]
    effects, errors = linear_effects(loadings, tuple(map(tuple, chain)))
    assert within(
        [e / (n + 5) for e in errors],
        [e / (n + 5) for e in effects],
        [2.375 / (n + 5) if i == 3 else 4.625 / (n + 5) if i == n - 1 else 1 / (n + 5) for i in range(n)],
    )


def test_independent_groups_keep_many_factors_exact() -> None:
    """30 factors, correlated in pairs, are no more than 15 times two."""
    matrix = tuple(tuple(1.0 if i == j else 0.5 * (i // 2 == j // 2) for j in range(30)) for i in range(30))
    found = product_shares(lognormals([1, 2] * 15), matrix)
    assert found.shares == pytest.approx([2.375 / 105, 4.625 / 105] * 15)
    assert found.standard_errors == (0.0,) * 30


# --- Sobol indices


def test_ishigami() -> None:
    """The indices that are published for it (Saltelli et al., Global Sensitivity Analysis, 2008, and elsewhere)."""
    found = sobol_indices(ishigami, [Uniform(-math.pi, math.pi)] * 3)
    assert within(found.first_errors, found.first, (0.3139, 0.4424, 0.0))
    assert within(found.total_errors, found.total, (0.5576, 0.4424, 0.2437))
    assert not found.of_log
    # Only two inputs act together, so that the Shapley effects are the middles.
    assert within(found.standard_errors, found.shares, (0.43575, 0.4424, 0.12185))


def test_sobol_g_function() -> None:
    """Product of (|4 x - 2| + a) / (1 + a): the variance of a factor is 1 / (3 (1 + a)^2), its mean 1."""
    a = (0.0, 1.0, 4.5, 99.0)

    def g(x: Sequence[Any]) -> Any:
        return math.prod((np.abs(4 * column - 2) + b) / (1 + b) for column, b in zip(x, a, strict=True))

    parts = [1 / (3 * (1 + b) ** 2) for b in a]
    whole = math.prod(1 + part for part in parts) - 1
    found = sobol_indices(g, [Uniform(0, 1)] * 4, of_log=False)
    assert within(found.first_errors, found.first, [part / whole for part in parts])
    assert within(found.total_errors, found.total, [part * (1 + whole) / (1 + part) / whole for part in parts])


def test_sobol_of_a_sum_of_normals() -> None:
    """Standard deviations 3 and 4 make 5; the inputs do not act together."""
    found = sobol_indices(lambda v: v[0] + v[1] + v[2], [Normal(10, 3), Exact(7), Normal(20, 4)], of_log=False)
    assert within(found.first_errors, found.first, (0.36, 0, 0.64))
    assert within(found.total_errors, found.total, (0.36, 0, 0.64))
    assert math.fsum(found.shares) == pytest.approx(1, abs=1e-12)
    assert found.shares[1] == found.standard_errors[1] == 0


def test_the_logarithm_is_taken_where_results_are_positive() -> None:
    inputs = [LogNormal(0, 0.3), LogNormal(5, 0.4)]
    found = sobol_indices(lambda v: v[0] * v[1], inputs)
    assert found.of_log
    assert within(found.first_errors, found.first, (0.36, 0.64))
    assert not sobol_indices(lambda v: v[0] - v[1], inputs).of_log
    with pytest.raises(ValueError, match=r"not positive .* no logarithm"):
        sobol_indices(lambda v: v[0] - v[1], inputs, of_log=True)


@pytest.mark.parametrize("scale", [1e-200, 1.0, 1e200])
def test_the_unit_does_not_matter(scale: float) -> None:
    def evaluate(v: Sequence[Any]) -> Any:
        return scale * (v[0] + v[1])

    inputs = [Normal(0, 3), Normal(0, 4)]
    assert sobol_indices(evaluate, inputs).first == pytest.approx((0.36, 0.64), abs=0.01)
    assert shapley_effects(evaluate, inputs, equal(2, 0.0)).shares == pytest.approx((0.36, 0.64), abs=0.02)


@pytest.mark.parametrize("method", [sobol_indices, shapley_effects, drivers])
def test_one_input_has_it_all_and_none_has_nothing(method: Callable[..., Any]) -> None:
    assert method(lambda v: v[0] ** 2 + v[1], [Normal(0, 1), Exact(1)]).shares == pytest.approx((1.0, 0.0))
    assert method(lambda v: v[0] + v[1], [Exact(2), Exact(1)]).shares == (0.0, 0.0)
    assert method(lambda v: v[0] / v[0] + 0 * v[1], [LogNormal(0, 1)] * 2).shares == (0.0, 0.0)


def test_a_seed_names_the_points() -> None:
    runs = [sobol_indices(ishigami, [Uniform(-3, 3)] * 3, seed=seed, standard_error=0.1) for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]
    effects = [shapley_effects(ishigami, [Uniform(-3, 3)] * 3, seed=seed) for seed in (1, 1, 2)]
    assert effects[0] == effects[1] != effects[2]


def test_without_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(ValueError, match=r'need scipy: pip install "slipstick\[sampling\]"'):
        sobol_indices(ishigami, [Uniform(-3, 3)] * 3)


# --- Shapley effects by sampling


def test_sampled_effects_of_independent_inputs() -> None:
    """Ishigami: two inputs at most act together, so that an effect is the middle of the published indices."""
    found = shapley_effects(ishigami, [Uniform(-math.pi, math.pi)] * 3)
    assert within(found.standard_errors, found.shares, (0.43575, 0.4424, 0.12185))
    assert math.fsum(found.shares) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("rho", [-1.0, -0.5, 0.0, 0.9, 1.0])
def test_sampled_effects_of_correlated_lognormals_themselves(rho: float) -> None:
    """exp(a X + b Y): given X, its mean is lognormal with deviation a + rho b, so all its variances are known."""
    a, b = 0.4, 0.7
    variance = a * a + b * b + 2 * rho * a * b
    whole, first, second = (math.expm1(x) for x in (variance, (a + rho * b) ** 2, (b + rho * a) ** 2))
    wanted = ((whole + first - second) / 2 / whole, (whole + second - first) / 2 / whole)
    inputs = [LogNormal(0, a), LogNormal(3, b)]
    found = shapley_effects(lambda v: v[0] * v[1], inputs, equal(2, rho), of_log=False, standard_error=0.01)
    assert within(found.standard_errors, found.shares, wanted)


@pytest.mark.parametrize("rho", [-0.7, 0.5])
def test_sampled_effects_of_a_product_of_standard_normals(rho: float) -> None:
    """They are alike, whatever the correlation (Iooss and Prieur 2019)."""
    found = shapley_effects(lambda v: v[0] * v[1], [Normal(0, 1), Normal(0, 1)], equal(2, rho))
    assert within(found.standard_errors, found.shares, (0.5, 0.5))


@settings(max_examples=20)
@given(linear_functions(), st.integers(0, 1000))
def test_sampled_effects_agree_with_the_closed_form(function: tuple[list[float], Rows], seed: int) -> None:
    loadings, matrix = function
    assume(np.array(loadings) @ np.array(matrix) @ np.array(loadings) > 0.1)
    factors = lognormals(loadings)
    exact = product_shares(factors, matrix)

    def evaluate(v: Sequence[Any]) -> Any:
        return math.prod(column**e for column, (_, e) in zip(v, factors, strict=True))

    found = shapley_effects(evaluate, [g for g, _ in factors], matrix, seed=seed)
    assert found.of_log
    assert math.fsum(found.shares) == pytest.approx(1, abs=1e-9)
    assert within([error + 1e-5 for error in found.standard_errors], found.shares, exact.shares, count=6)


def test_random_orders_agree_with_the_closed_form() -> None:
    n = MOST_SUBSETS_OF + 2
    factors = lognormals([0.1 + 0.1 * i for i in range(n)])
    exact = product_shares(factors, equal(n, 0.4))
    found = shapley_effects(lambda v: math.prod(v), [g for g, _ in factors], equal(n, 0.4))
    assert exact.standard_errors == (0.0,) * n
    assert within(found.standard_errors, found.shares, exact.shares)
    assert math.fsum(found.shares) == pytest.approx(1, abs=1e-12)


def test_an_exact_input_between_correlated_ones() -> None:
    matrix = ((1, 0, 0.5), (0, 1, 0), (0.5, 0, 1))
    inputs = [Normal(0, 1), Exact(3), Normal(0, 2)]
    found = shapley_effects(lambda v: v[0] + v[1] + v[2], inputs, matrix)
    assert within(found.standard_errors, found.shares, (2.375 / 7, 0, 4.625 / 7))


@pytest.mark.parametrize("method", [sobol_indices, shapley_effects])
def test_what_cannot_be_shared(method: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="not a finite number for some values"):
        method(lambda v: 1 / (v[0] * 0), [Normal(0, 1)])
    with pytest.raises(ValueError, match="not a finite number for some values"):
        method(lambda v: v[0] ** 0.5, [Normal(0, 1)])
    with pytest.raises(ValueError, match="standard error must be a finite number above 0"):
        method(lambda v: v[0], [Normal(0, 1)], standard_error=0.0)
    with pytest.raises(ValueError, match="a seed must lie between"):
        method(lambda v: v[0], [Normal(0, 1)], seed=-1)


# --- The choice


@pytest.mark.parametrize(
    ("inputs", "exponents", "correlation", "method"),
    [
        ([LogNormal(0, 1), UTILIZATION], [1, -1], None, "log variance"),
        ([LogNormal(0, 1), LogNormal(0, 2)], [1, 1], equal(2, 0.5), "Shapley effects in closed form"),
        ([LogNormal(0, 1), LogNormal(0, 2)], None, None, "Sobol indices"),
        ([LogNormal(0, 1), LogNormal(0, 2)], None, equal(2, 0.5), "sampled Shapley effects"),
        ([LogNormal(0, 1), UTILIZATION], [1, 1], equal(2, 0.5), "sampled Shapley effects"),
        ([LogNormal(0, 1), Exact(2)], [1, 1], equal(2, 0.5), "log variance"),
        ([LogNormal(0, 1), Exact(2)], None, equal(2, 0.5), "Sobol indices"),
    ],
)
def test_the_method_fits(inputs: Any, exponents: Any, correlation: Any, method: str) -> None:
    found = drivers(lambda v: v[0] * v[1], inputs, exponents=exponents, correlation=correlation)
    assert (found.method, found.of_log) == (method, True)
    assert math.fsum(found.shares) == pytest.approx(1, abs=1e-9)


def test_a_negative_product_is_shared_by_its_magnitude() -> None:
    """Two inputs that are nearly lognormal, correlated, with a sign: as if they were lognormal."""
    small = [LogitNormal(-9, 0.1), LogitNormal(-9, 0.2)]
    found = drivers(lambda v: -v[0] * v[1], small, exponents=[1, 1], correlation=equal(2, 0.5))
    assert within(found.standard_errors, found.shares, (2.375 / 7, 4.625 / 7))


def test_the_choice_agrees_with_itself() -> None:
    inputs = [LogNormal(0, 0.5), UTILIZATION, LogNormal(0, 0.3)]
    closed = drivers(lambda v: v[0] * v[2] / v[1], inputs, exponents=[1, -1, 1])
    sampled = drivers(lambda v: v[0] * v[2] / v[1], inputs)
    assert isinstance(sampled, SobolIndices)
    assert within(sampled.standard_errors, sampled.shares, closed.shares)


# --- The tornado table


def test_tornado() -> None:
    """5 a - b + 100 with a in -2..8 about 3 and b in 10..40 about 20: by hand."""
    rows = tornado(lambda v: 5 * v[0] - v[1] + v[2], [between(-2, 8), between(10, 40), Exact(100)])
    assert [row.place for row in rows] == [0, 1]
    assert (rows[0].low, rows[0].high, rows[0].swing) == pytest.approx((70, 120, 50))
    assert (rows[1].input_low, rows[1].input_high) == pytest.approx((10, 40))
    assert (rows[1].low, rows[1].high, rows[1].swing) == pytest.approx((105, 75, 30))


def test_tornado_with_a_correlation_moves_the_others_along() -> None:
    """Wholly correlated, either moves both; by half, the other goes half of the deviations."""
    inputs = [Normal(0, 1), Normal(0, 2)]
    ends = [
        (row.place, row.high / 1.6448536) for row in tornado(lambda v: v[0] + v[1], inputs, correlation=equal(2, 1))
    ]
    assert ends == [(0, pytest.approx(3)), (1, pytest.approx(3))]
    ends = [(r.place, r.high / 1.6448536) for r in tornado(lambda v: v[0] + v[1], inputs, correlation=equal(2, 0.5))]
    assert ends == [(1, pytest.approx(2.5)), (0, pytest.approx(2))]


@given(st.lists(st.floats(0.1, 2), min_size=1, max_size=5), st.floats(0.01, 0.4))
def test_a_tornado_is_sorted_and_spans_the_quantiles(deviations: list[float], low: float) -> None:
    inputs = [LogNormal(0, deviation) for deviation in deviations]
    rows = tornado(lambda v: math.prod(v), inputs, low=low, high=1 - low)
    assert [row.swing for row in rows] == sorted((row.swing for row in rows), reverse=True)
    for row in rows:
        assert (row.low, row.high) == pytest.approx((row.input_low, row.input_high))
        assert row.input_low == pytest.approx(inputs[row.place].quantile(low))


def test_no_tornado() -> None:
    with pytest.raises(ValueError, match="0 < low < high < 1"):
        tornado(lambda v: v[0], [Normal(0, 1)], low=0.9, high=0.1)
    for evaluate in (lambda v: 1 / (v[0] - v[0]), lambda v: v[0] ** 0.5, lambda v: math.log(v[0])):
        with pytest.raises(ValueError, match="not a finite number for some values"):
            tornado(evaluate, [Normal(0, 1)])
