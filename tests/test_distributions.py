"""Distributions against scipy and mpmath, against closed forms, and by laws that all of them keep."""

from __future__ import annotations

import math
import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from slipstick.uncertainty import (
    Arcsine,
    Beta,
    Distribution,
    Empirical,
    Exact,
    LogitNormal,
    LogNormal,
    Normal,
    StudentT,
    Triangular,
    Uniform,
    arcsine,
    beta,
    between,
    exact,
    factor_of,
    lognormal,
    normal,
    plus_minus,
    samples,
    student_t,
    triangular,
    uniform,
)
from slipstick.uncertainty.scores import central_score, normal_cdf, normal_quantile, score_between

Z90 = 1.6448536269514722
"""The 95 % quantile of a standard normal variable."""

REFERENCES: list[tuple[Distribution, Any]] = [
    (Normal(-3, 2), stats.norm(-3, 2)),
    (Normal(1e150, 1e149), stats.norm(1e150, 1e149)),
    (LogNormal(1.5, 0.7), stats.lognorm(0.7, scale=math.exp(1.5))),
    (LogNormal(-600, 3), stats.lognorm(3, scale=math.exp(-600))),
    (Uniform(-2, 7), stats.uniform(-2, 9)),
    (Uniform(1e-300, 3e-300), stats.uniform(1e-300, 2e-300)),
    (Triangular(2, 3, 7), stats.triang(0.2, 2, 5)),
    (Triangular(0, 0, 1), stats.triang(0, 0, 1)),
    (Triangular(-1, 4, 4), stats.triang(1, -1, 5)),
    (Arcsine(-1, 3), stats.arcsine(-1, 4)),
    (Beta(2, 5), stats.beta(2, 5)),
    (Beta(0.3, 0.6), stats.beta(0.3, 0.6)),
    (Beta(3000, 200), stats.beta(3000, 200)),
    (StudentT(5, 0.2, 4), stats.t(4, 5, 0.2)),
    (StudentT(-1, 3, 2.5), stats.t(2.5, -1, 3)),
]

ALL: list[Distribution] = [
    *(distribution for distribution, _ in REFERENCES),
    Exact(7),
    LogitNormal(-0.7, 0.5),
    LogitNormal(3, 40),
    Uniform(-8e307, 8e307),
    Triangular(-1e300, 1e300, 1e300),
    StudentT(1e300, 1e300, 1),
    Beta(0.01, 3),
    Beta(1, 1e9),
    Empirical((3.0, 1.0, 1.0, 4.0, 1e300)),
    Empirical((-3.0, 4.0)),
]

finite = st.floats(-1e6, 1e6)
sizes = st.floats(1e-3, 1e3)
shapes = st.floats(0.2, 200)
scores = st.floats(-5, 5)


@st.composite
def bounded(draw: st.DrawFn) -> Distribution:
    low, width, part = draw(finite), draw(sizes), draw(st.floats(0, 1))
    kind = draw(st.sampled_from([Uniform, Triangular, Arcsine]))
    return Triangular(low, low + width * part, low + width) if kind is Triangular else kind(low, low + width)


smooth = (
    bounded()
    | st.builds(Normal, finite, sizes)
    | st.builds(LogNormal, st.floats(-600, 600), st.floats(0.01, 3))
    | st.builds(LogitNormal, st.floats(-5, 5), st.floats(0.01, 2))
    | st.builds(Beta, shapes, shapes)
    | st.builds(StudentT, finite, sizes, st.floats(1, 100))
)
measured = st.lists(finite, min_size=2, max_size=30).map(lambda draws: Empirical(tuple(draws)))


# --- Scores


@pytest.mark.parametrize("level", [1e-300, 1e-20, 1e-9, 0.001, 0.0999, 0.1, 0.1001, 0.5, 0.9, 0.999999])
def test_the_central_score_has_all_digits_at_any_level(level: float) -> None:
    with mpmath.workdps(400):
        expected = mpmath.sqrt(2) * mpmath.erfinv(mpmath.mpf(level))
    assert central_score(level) == pytest.approx(float(expected), rel=1e-14)


@given(st.floats(-37, 37))
def test_a_score_follows_from_its_two_tails(score: float) -> None:
    assert score_between(normal_cdf(score), normal_cdf(-score)) == pytest.approx(score, rel=1e-12, abs=1e-12)


def test_no_probability_on_one_side_is_an_infinite_score() -> None:
    assert (score_between(0, 1), score_between(1, 0)) == (-math.inf, math.inf)
    assert score_between(5e-324, 1) == pytest.approx(-37.05, abs=0.01)


# --- Against references


@pytest.mark.parametrize(("distribution", "reference"), REFERENCES, ids=repr)
@pytest.mark.parametrize("p", [1e-12, 1e-4, 0.05, 0.3, 0.5, 0.77, 0.95, 0.9999])
def test_quantiles_agree_with_scipy(distribution: Distribution, reference: Any, p: float) -> None:
    # A quantity that takes both signs has no relative precision where it is near 0.
    assert distribution.quantile(p) == pytest.approx(reference.ppf(p), rel=1e-10, abs=1e-12 * abs(reference.std()))


@pytest.mark.parametrize(("distribution", "reference"), [(d, r) for d, r in REFERENCES if r.std()], ids=repr)
def test_mean_and_deviation_agree_with_scipy(distribution: Distribution, reference: Any) -> None:
    assert distribution.mean == pytest.approx(reference.mean(), rel=1e-10)
    assert distribution.sd == pytest.approx(reference.std(), rel=1e-10)


@pytest.mark.parametrize("degrees", [0.5, 1, 2, 3.5, 18, 300])
@pytest.mark.parametrize("score", [-9, -5, -1.6, -0.3])
def test_the_far_tail_of_student_s_t_agrees_with_mpmath(degrees: float, score: float) -> None:
    """The probability below t is half the regularized incomplete beta function at n / (n + t^2)."""
    t = StudentT(0, 1, degrees).at(score)
    with mpmath.workdps(50):
        x = degrees / (degrees + mpmath.mpf(t) ** 2)
        below = mpmath.betainc(mpmath.mpf(degrees) / 2, 0.5, 0, x, regularized=True) / 2
    assert float(below) == pytest.approx(normal_cdf(score), rel=1e-11)


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (2, 3), (0.1, 5), (30, 70)])
@pytest.mark.parametrize("score", [-9, -5, -1.6, 0, 2])
def test_the_far_tail_of_beta_agrees_with_mpmath(a: float, b: float, score: float) -> None:
    with mpmath.workdps(50):
        below = mpmath.betainc(a, b, 0, mpmath.mpf(Beta(a, b).at(score)), regularized=True)
    assert float(below) == pytest.approx(normal_cdf(score), rel=1e-11)


def test_beta_of_one_shape_is_a_power_of_a_uniform_one() -> None:
    """Its quantiles are p^(1/a) for b = 1 and 1 - (1 - p)^(1/b) for a = 1; with both 1/2 it is the arcsine."""
    for score in (-8.0, -2.0, 0.0, 3.0):
        p, q = normal_cdf(score), normal_cdf(-score)
        assert Beta(3, 1).at(score) == pytest.approx(p ** (1 / 3), rel=1e-13)
        assert 1 - Beta(1, 4).at(score) == pytest.approx(q**0.25, rel=1e-13)
        assert Beta(1, 1e9).at(score) == pytest.approx(-math.expm1(math.log(q) / 1e9), rel=1e-10)
        assert Beta(0.5, 0.5).at(score) == pytest.approx(Arcsine(0, 1).at(score), rel=1e-12)


def test_moments_of_beta() -> None:
    # Mean 2/5, variance 2 * 3 / (5^2 * 6) = 1/25, and of the log trigamma(2) - trigamma(5) = 1/4 + 1/9 + 1/16.
    assert Beta(2, 3).mean == pytest.approx(0.4, rel=1e-15)
    assert Beta(2, 3).sd == pytest.approx(0.2, rel=1e-15)
    assert Beta(2, 3).log_variance() == pytest.approx(1 / 4 + 1 / 9 + 1 / 16, rel=1e-13)


@pytest.mark.parametrize(
    ("distribution", "variance"),
    [
        (Uniform(0, 5), 1.0),  # -ln of a uniform variable is exponential
        (Triangular(0, 4, 4), 1 / 4),  # the root of a uniform variable
        (Triangular(0, 0, 3), 5 / 4),  # Beta(1, 2): trigamma(1) - trigamma(3) = 1 + 1/4
        (Arcsine(0, 2), math.pi**2 / 3),  # Beta(1/2, 1/2): trigamma(1/2) - trigamma(1) = pi^2/2 - pi^2/6
        (Beta(0.01, 3), 1e4 + 1 / 1.01**2 + 1 / 2.01**2),  # trigamma(x) - trigamma(x + 3)
    ],
    ids=repr,
)
def test_variance_of_the_log(distribution: Distribution, variance: float) -> None:
    assert distribution.log_variance() == pytest.approx(variance, rel=1e-6)


def test_variance_of_the_log_across_zero() -> None:
    # ln|x| of a uniform variable on -1..1 is that on 0..1; a Cauchy variable's has the variance pi^2 / 4.
    assert Uniform(-1, 1).log_variance() == pytest.approx(1, rel=0.1)
    assert StudentT(0, 1, 1).log_variance() == pytest.approx(math.pi**2 / 4, rel=0.1)
    assert StudentT(0, 1e300, 1).log_variance() == pytest.approx(math.pi**2 / 4, rel=0.1)


def test_the_logs_of_a_beta_reach_where_no_float_does() -> None:
    # So near to 0, ln(x) = (ln(p) + ln(a B(a, b))) / a.
    distribution = Beta(0.01, 3)
    a_times_beta = 2 / (1.01 * 2.01)
    assert distribution.log_at(-9) == pytest.approx(
        (math.log(normal_cdf(-9)) + math.log(a_times_beta)) / 0.01, rel=1e-12
    )
    for score in (-9.0, -3.0, 0.0, 3.0):
        assert distribution.score_of_log(distribution.log_at(score)) == pytest.approx(score, abs=1e-9)


def test_student_s_t_has_a_scale_where_it_has_no_deviation() -> None:
    assert StudentT(5, 0.2, 2).sd == math.inf
    assert StudentT(5, 0.2, 2).standard_uncertainty == 0.2
    assert StudentT(5, 0.2, 2).degrees_of_freedom == 2
    # Scale times the root of 4 / (4 - 2).
    assert StudentT(5, 0.2, 4).sd == pytest.approx(0.2 * math.sqrt(2))
    assert StudentT(5, 0.2, 4).standard_uncertainty == 0.2


# --- Laws of all distributions


@given(smooth | measured, scores, scores)
def test_the_value_increases_with_the_score(distribution: Distribution, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert distribution.at(low) <= distribution.at(high)
    if distribution.smooth and high - low > 1e-3:
        assert distribution.at(low) < distribution.at(high) or distribution.at(low) > 1 - 1e-9


@given(smooth, st.floats(-4, 4))
def test_score_of_inverts_at(distribution: Distribution, score: float) -> None:
    value = distribution.at(score)
    assert distribution.at(distribution.score_of(value)) == pytest.approx(value, rel=1e-9, abs=1e-9)
    # In scores, it is as exact as the value holds them: a step of the value's last digit, in scores.
    slack = math.ulp(value) / max(distribution.at(score + 1e-3) - distribution.at(score - 1e-3), 1e-300) * 2e-3
    assert distribution.score_of(value) == pytest.approx(score, abs=1e-9 + 100 * slack)


@given(measured, st.floats(0, 1))
def test_score_of_inverts_at_for_measured_draws(distribution: Distribution, part: float) -> None:
    low, high = distribution.support
    value = min(low + (high - low) * part, high)
    assert distribution.at(distribution.score_of(value)) == pytest.approx(value, rel=1e-9, abs=1e-9)


@given(st.builds(LogNormal, st.floats(-600, 600), st.floats(0.01, 3)) | st.builds(Beta, shapes, shapes), scores)
def test_score_of_log_inverts_log_at(distribution: Distribution, score: float) -> None:
    log = distribution.log_at(score)
    assert distribution.log_at(distribution.score_of_log(log)) == pytest.approx(log, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("distribution", ALL, ids=repr)
def test_an_array_of_scores_gives_the_values_one_by_one(distribution: Distribution) -> None:
    """Far beyond any draw as well, and without a warning."""
    places = np.concatenate([np.linspace(-9, 9, 91), [-40, 40, -1e300, 1e300, -math.inf, math.inf]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values, given_scores = distribution.values(places), places.copy()
    one_by_one = [distribution.at(float(score)) for score in places]
    assert values.shape == places.shape
    assert values.tolist() == pytest.approx(one_by_one, rel=1e-12, abs=1e-300)
    assert (values[1:91] >= values[:90]).all()
    assert places.tolist() == given_scores.tolist()


@pytest.mark.parametrize("distribution", [d for d in ALL if d.smooth and d.sd], ids=repr)
def test_no_score_has_no_value(distribution: Distribution) -> None:
    assert np.isnan(distribution.values(np.array([math.nan, 0.0]))).tolist() == [True, False]


@pytest.mark.parametrize("distribution", ALL, ids=repr)
def test_values_lie_in_the_support_and_the_median_is_at_zero(distribution: Distribution) -> None:
    low, high = distribution.support
    assert all(low <= distribution.at(score) <= high for score in (-9, -1, 0, 1, 9))
    assert distribution.median == distribution.at(0)
    assert distribution.quantile(0.5) == pytest.approx(distribution.median)
    if low < high:
        assert distribution.score_of(-math.inf) == -math.inf
        assert distribution.score_of(math.inf) == math.inf


@pytest.mark.parametrize("distribution", [*ALL[:15], LogitNormal(-0.7, 0.5), Empirical((3.0, 1.0, 1.0, 4.0))], ids=repr)
def test_draws_follow_the_values(distribution: Distribution) -> None:
    """By Kolmogorov and Smirnov: the share of 20,000 draws below each quantile, within 1.95 / sqrt(n) (1 in 1,000)."""
    draws = distribution.draw(np.random.Generator(np.random.Philox(3)), 20_000)
    assert draws.shape == (20_000,)
    for p in np.linspace(0.01, 0.99, 99):
        quantile = distribution.quantile(float(p))
        assert (
            np.mean(draws < quantile) - 1.95 / math.sqrt(20_000)
            <= p
            <= np.mean(draws <= quantile) + 1.95 / math.sqrt(20_000)
        )


@pytest.mark.parametrize("distribution", ALL, ids=repr)
def test_draws_do_not_depend_on_their_number(distribution: Distribution) -> None:
    few, many = (distribution.draw(np.random.Generator(np.random.Philox(5)), n) for n in (10, 1000))
    assert few.tolist() == many[:10].tolist()


@pytest.mark.parametrize("distribution", ALL, ids=repr)
def test_a_copy_is_equal(distribution: Distribution) -> None:
    copy = pickle.loads(pickle.dumps(distribution))
    assert copy == distribution
    assert hash(copy) == hash(distribution)
    assert repr(copy) == repr(distribution)


# --- Measured draws


@given(st.lists(finite, min_size=2, max_size=50), st.floats(1e-6, 1 - 1e-6))
def test_quantiles_of_measured_draws_are_hazen_s(draws: list[float], p: float) -> None:
    expected = np.quantile(draws, p, method="hazen")
    assert Empirical(tuple(draws)).quantile(p) == pytest.approx(expected, rel=1e-9, abs=1e-6)


@given(st.lists(finite, min_size=2, max_size=20))
@settings(max_examples=30)
def test_moments_of_measured_draws_are_those_of_what_is_drawn(draws: list[float]) -> None:
    distribution = Empirical(tuple(draws))
    grid = distribution.values(stats.norm.ppf((np.arange(200_000) + 0.5) / 200_000))
    assert distribution.mean == pytest.approx(np.mean(draws), rel=1e-12, abs=1e-9)
    assert distribution.mean == pytest.approx(grid.mean(), rel=1e-6, abs=1e-3)
    assert distribution.sd == pytest.approx(grid.std(), rel=1e-4, abs=1e-3)
    assert distribution.sd <= np.std(draws) * (1 + 1e-9) + 1e-9


def test_a_draw_of_its_own_has_its_middle_rank() -> None:
    distribution = Empirical((1.0, 2.0, 2.0, 4.0))
    # Ranks 1, 2.5 and 4 of four: the probabilities 1/8, 1/2, 7/8; 3 stands half way from rank 3 to rank 4.
    scores_of = [distribution.score_of(value) for value in (1, 2, 4, 3)]
    assert scores_of == pytest.approx([normal_quantile(p) for p in (1 / 8, 1 / 2, 7 / 8, 3 / 4)])
    assert (distribution.score_of(0.5), distribution.score_of(5)) == (-math.inf, math.inf)
    assert not distribution.smooth
    assert repr(distribution) == "Empirical(4 draws, 1.0 to 4.0, mean 2.25)"


def test_the_logs_of_measured_draws() -> None:
    many = tuple(np.exp(np.random.default_rng(1).normal(3, 0.5, 5_000)))
    assert Empirical(many).log_variance() == pytest.approx(np.var(np.log(many)), rel=5e-3)
    assert Empirical((0.0, 0.0)).log_variance() == 0


# --- As people state them


@given(st.floats(1e-300, 1e300), st.floats(1e-300, 1e300), st.floats(0.01, 0.999))
def test_an_interval_fixes_the_parameters_of_a_lognormal(one: float, other: float, level: float) -> None:
    """mu is the mean of the logs of the ends, sigma half their difference over the normal score of the level."""
    low, high = sorted((one, other))
    distribution = between(low, high, level=level)
    if low == high:
        assert distribution == Exact(low)
        return
    assert isinstance(distribution, LogNormal)
    assert distribution.mu == pytest.approx((math.log(low) + math.log(high)) / 2, rel=1e-12, abs=1e-12)
    sigma = float(mpmath.log(mpmath.mpf(high) / mpmath.mpf(low))) / (2 * stats.norm.ppf((1 + level) / 2))
    assert distribution.sigma == pytest.approx(sigma, rel=1e-9)


def test_ninety_percent_from_two_to_fifty() -> None:
    # ln(2 * 50) / 2 = ln 10 = 2.302585; ln(25) / 2 / 1.6448536 = 0.9784688.
    distribution = between(2, 50)
    assert isinstance(distribution, LogNormal)
    assert (distribution.mu, distribution.sigma) == pytest.approx((2.302585093, 0.9784688), rel=1e-6)


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999), st.floats(0.05, 0.999))
def test_a_fraction_lies_between_its_ends_with_its_level(one: float, other: float, level: float) -> None:
    low, high = sorted((one, other))
    distribution = between(low, high, level=level, fraction=True)
    if high - low > 1e-6:  # nearer ends leave too few digits of their scores
        inside = normal_cdf(distribution.score_of(high)) - normal_cdf(distribution.score_of(low))
        assert inside == pytest.approx(level, rel=1e-9)


@pytest.mark.parametrize(
    ("low", "fraction"), [(1e300, False), (1e-300, False), (7.0, False), (0.3, True), (-2.0, False)]
)
def test_neighbouring_floats_make_a_range(low: float, fraction: bool) -> None:
    high = math.nextafter(low, math.inf)
    distribution = between(low, high, fraction=fraction)
    assert distribution.median == pytest.approx(low, rel=1e-12)
    assert distribution.sd == pytest.approx((high - low) / 2 / Z90, rel=1e-6)


@given(st.floats(0.1, 10), st.floats(1.01, 100), st.floats(1e-20, 1e20))
def test_scaling_the_ends_scales_the_values(low: float, factor: float, k: float) -> None:
    one, other = between(low, low * factor), between(k * low, k * low * factor)
    for score in (-3.0, 0.0, 1.0):
        assert other.at(score) == pytest.approx(k * one.at(score), rel=1e-9)
    assert other.sd == pytest.approx(k * one.sd, rel=1e-9)


def test_within_a_factor_is_from_the_reciprocal_to_the_factor() -> None:
    assert factor_of(3).quantile(0.05) == pytest.approx(1 / 3, rel=1e-14)
    assert factor_of(3).quantile(0.95) == pytest.approx(3, rel=1e-14)
    assert factor_of(3).median == 1
    assert factor_of(10, level=0.5).quantile(0.75) == pytest.approx(10, rel=1e-14)


def test_plus_minus_is_a_standard_deviation_unless_it_has_a_level() -> None:
    assert plus_minus(5, 2) == Normal(5, 2)
    assert plus_minus(5, 2, degrees_of_freedom=4) == StudentT(5, 2, 4)
    # A certificate's expanded uncertainty for 95 % is 1.959964 standard uncertainties, or 2.776445 for 4 degrees of
    # freedom (JCGM 100:2008, table G.2: 2.78).
    certified = plus_minus(5, 2, level=0.95), plus_minus(5, 2, level=0.95, degrees_of_freedom=4)
    assert [type(made) for made in certified] == [Normal, StudentT]
    assert [made.degrees_of_freedom for made in certified] == [math.inf, 4]
    uncertainties = [made.standard_uncertainty for made in certified]
    assert uncertainties == pytest.approx([2 / 1.959963985, 2 / 2.776445105], rel=1e-9)
    for made in certified:
        assert (made.quantile(0.025), made.quantile(0.975)) == pytest.approx((3, 7), rel=1e-12)


def test_plus_minus_of_a_fraction_keeps_its_interval() -> None:
    distribution = plus_minus(0.33, 0.05, fraction=True)
    assert isinstance(distribution, LogitNormal)
    assert (distribution.at(-1), distribution.at(1)) == pytest.approx((0.28, 0.38), rel=1e-12)
    ninety = plus_minus(0.33, 0.05, fraction=True, level=0.9)
    assert (ninety.quantile(0.05), ninety.quantile(0.95)) == pytest.approx((0.28, 0.38), rel=1e-12)


@given(st.floats(1e-100, 1e100), st.floats(1e-6, 1e6))
def test_a_lognormal_by_its_mean_and_deviation(mean: float, ratio: float) -> None:
    distribution = lognormal(mean=mean, sd=mean * ratio)
    assert distribution.mean == pytest.approx(mean, rel=1e-10)
    assert distribution.sd == pytest.approx(mean * ratio, rel=1e-10)


def test_a_lognormal_by_its_median() -> None:
    assert lognormal(median=10, sigma=0.5) == LogNormal(math.log(10), 0.5)
    assert lognormal(median=10, geometric_sd=3) == LogNormal(math.log(10), math.log(3))
    assert lognormal(mean=1e-300, sd=1e10).sd == pytest.approx(1e10, rel=1e-9)


def test_the_other_names_give_their_distributions() -> None:
    assert normal(3, 1, degrees_of_freedom=8).degrees_of_freedom == 8
    assert uniform(1, 2, degrees_of_freedom=50) == Uniform(1, 2, 50)
    assert triangular(1, 1.5, 4) == Triangular(1, 1.5, 4)
    assert arcsine(-0.5, 0.5).sd == pytest.approx(0.5 / math.sqrt(2))
    assert beta(2, 3) == Beta(2, 3)
    assert student_t(1, 2, math.inf) == Normal(1, 2)
    assert samples(np.array([3, 1, 2], np.int64)) == Empirical((1.0, 2.0, 3.0))
    assert samples(x / 2 for x in (1, 2)).draws == (0.5, 1.0)


@pytest.mark.parametrize(
    "made",
    [
        exact(4),
        between(4, 4),
        plus_minus(4, 0),
        plus_minus(4, 0, degrees_of_freedom=3, level=0.9),
        normal(4, 0),
        uniform(4, 4),
        triangular(4, 4, 4),
        arcsine(4, 4),
        student_t(4, 0, 3),
        lognormal(median=4, sigma=0),
        lognormal(median=4, geometric_sd=1),
        lognormal(mean=4, sd=0),
        samples([4, 4, 4]),
    ],
)
def test_no_width_is_exact(made: Distribution) -> None:
    assert made == Exact(4)
    assert (made.mean, made.sd, made.standard_uncertainty, made.support) == (4, 0, 0, (4, 4))


OUTSIDE = "the range of a fraction must lie inside 0 to 1, both ends excluded, not "


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: exact(math.nan), "value must be a finite number, not nan"),
        (lambda: between(5, 2), "a range runs from its lower to its higher end, not 5 to 2"),
        (lambda: between(1.2, 1.2, fraction=True), OUTSIDE + "1.2 to 1.2"),
        (lambda: between(1, 2, level=1), "a level must lie between 0 and 1, not 1"),
        (lambda: between(1, 2, level=math.nan), "a level must lie between 0 and 1, not nan"),
        (lambda: plus_minus(1, -2), "sd must be a finite number of 0 or more, not -2"),
        (lambda: plus_minus(math.inf, 2), "mean must be a finite number, not inf"),
        (lambda: plus_minus(1, 2, level=95), "a level must lie between 0 and 1, not 95"),
        (lambda: plus_minus(0.98, 0.05, fraction=True), OUTSIDE + "0.93 to 1.03"),
        (lambda: plus_minus(1.2, 0, fraction=True), OUTSIDE + "1.2 to 1.2"),
        (
            lambda: plus_minus(0.5, 0.1, fraction=True, degrees_of_freedom=3),
            "a fraction takes no degrees of freedom: it is logit-normal",
        ),
        (lambda: plus_minus(1, 2, degrees_of_freedom=0), "degrees of freedom must be a number above 0, not 0"),
        (lambda: normal(1, math.nan), "sd must be a finite number of 0 or more, not nan"),
        (lambda: normal(1, 0, degrees_of_freedom=-1), "degrees of freedom must be a number above 0, not -1"),
        (lambda: Normal(1, 0), "sd must be a finite number above 0, not 0"),
        (lambda: uniform(5, 2), "a range runs from its lower to its higher end, not 5 to 2"),
        (lambda: uniform(0, math.inf), "a range needs two finite ends, not 0 to inf"),
        (lambda: uniform(-1e308, 1e308), "-1e+308 to 1e+308 is wider than the range of floating-point numbers"),
        (lambda: Uniform(2, 2), "low must lie below high, not at 2 with high at 2"),
        (lambda: arcsine(math.nan, 1), "a range needs two finite ends, not nan to 1"),
        (lambda: triangular(1, 5, 3), "the most likely value must lie inside the range, 1 to 3, not at 5"),
        (lambda: triangular(1, math.nan, 3), "mode must be a finite number, not nan"),
        (lambda: triangular(3, 2, 1), "a range runs from its lower to its higher end, not 3 to 1"),
        (lambda: Triangular(1, 5, 3), "mode must lie between low and high, 1 and 3, not 5"),
        (lambda: lognormal(median=-3, sigma=1), "a lognormal quantity is positive: its median cannot be -3"),
        (lambda: lognormal(mean=0, sd=1), "a lognormal quantity is positive: its mean cannot be 0"),
        (lambda: lognormal(median=3, sigma=-1), "sigma must be a finite number of 0 or more, not -1"),
        (lambda: lognormal(mean=3, sd=-1), "sd must be a finite number of 0 or more, not -1"),
        (
            lambda: lognormal(median=3, geometric_sd=0.5),
            "geometric_sd must be a finite factor of 1 or more, not 0.5",
        ),
        (
            lambda: lognormal(mean=3, sigma=1),
            "a lognormal takes median and sigma, median and geometric_sd, or mean and sd, not sigma and mean",
        ),
        (
            lambda: lognormal(),
            "a lognormal takes median and sigma, median and geometric_sd, or mean and sd, not nothing",
        ),
        (lambda: beta(0, 3), "a must be a finite number above 0, not 0"),
        (lambda: beta(2, math.inf), "b must be a finite number above 0, not inf"),
        (lambda: student_t(1, -1, 3), "scale must be a finite number of 0 or more, not -1"),
        (lambda: student_t(1, 1, 0), "degrees of freedom must be a number above 0, not 0"),
        (lambda: student_t(1, 0, math.nan), "degrees of freedom must be a number above 0, not nan"),
        (
            lambda: StudentT(1, 1, math.inf),
            "a t distribution with infinitely many degrees of freedom is normal: give a Normal",
        ),
        *(
            (lambda k=k: factor_of(k), f"within a factor of k takes a finite k above 1, not {k:g}")
            for k in (1, 0.5, -3)
        ),
        (lambda: factor_of(3, level=0), "a level must lie between 0 and 1, not 0"),
        (lambda: samples([]), "a distribution of measured draws needs at least two of them, not 0"),
        (lambda: samples([3]), "a distribution of measured draws needs at least two of them, not 1"),
        (lambda: samples([3, math.nan]), "a measured draw must be a finite number, not nan"),
        (lambda: samples([-1e308, 1e308]), "-1e+308 to 1e+308 is wider than the range of floating-point numbers"),
    ],
)
def test_what_cannot_be_is_one_clear_line(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole message is compared
        call()
    assert str(raised.value) == message


# --- What must not be loaded, and what may be missing


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (lambda: Beta(2, 3).median, "a beta distribution"),
        (lambda: StudentT(0, 1, 3).median, "a t distribution"),
        (lambda: Uniform(0, 1).values(np.zeros(2)), "an array of scores of a bounded quantity"),
        (lambda: Empirical((1, 2)).values(np.zeros(2)), "an array of scores of measured draws"),
    ],
)
def test_a_missing_scipy_is_said(call: Callable[[], object], what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole message is compared
        call()
    assert str(raised.value) == f'{what} needs scipy: pip install "slipstick[sampling]"'


def test_moments_and_draws_need_no_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    for distribution in (Beta(2, 3), StudentT(0, 1, 3), Uniform(0, 1), Triangular(0, 1, 2), Empirical((1, 2))):
        assert distribution.sd > 0
        assert distribution.draw(np.random.default_rng(1), 3).shape == (3,)


def test_values_without_draws_load_no_numerical_library() -> None:
    program = """
import sys
from slipstick.uncertainty import between, factor_of, lognormal, plus_minus, samples, triangular, uniform
made = [between(0.2, 0.4, fraction=True), factor_of(3), lognormal(mean=2, sd=3), plus_minus(3, 1), samples([1, 2]),
        triangular(1, 2, 3), uniform(1, 2)]
assert all(d.at(1) > d.median and d.mean and d.sd and d.log_variance() and d.score_of(1.5) for d in made)
print(*sorted({"numpy", "scipy", "uncertainties", "statistics", "sympy", "pint"} & set(sys.modules)))
"""
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == ""


def test_a_range_loads_none_of_the_rarer_distributions() -> None:
    program = """
import sys
from slipstick.uncertainty import between
between(1, 2)
print(*sorted(name for name in sys.modules if name.startswith("slipstick.uncertainty.")))
"""
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert [name.rpartition(".")[2] for name in printed.stdout.split()] == [
        "distribution",
        "distributions",
        "quadrature",
        "scores",
    ]
