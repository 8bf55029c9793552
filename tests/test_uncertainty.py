"""Error bars against worked answers, against scipy and numpy by other routes, and by laws that any spread must keep."""

from __future__ import annotations

import math
import random
import subprocess
import sys
from collections.abc import Callable, Sequence

import numpy as np
import pytest
import uncertainties
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import integrate, special, stats

from slipstick.uncertainty import (
    Distribution,
    Exact,
    LogitNormal,
    LogNormal,
    Normal,
    Spread,
    between,
    monomial,
    sampled,
)
from slipstick.uncertainty.first_order import first_order_general
from slipstick.uncertainty.products import first_order_of_product
from slipstick.uncertainty.sampling import draw_block
from slipstick.uncertainty.scores import central_score, normal_cdf, normal_quantile

A_FACTOR_OF_THREE = between(1 / 3, 3)
UTILIZATION = between(0.15, 0.45, fraction=True)

levels = st.floats(0.2, 0.99)
exponents = st.sampled_from([-2.0, -1.0, -0.5, 0.5, 1.0, 2.0])
coefficients = st.floats(1e-30, 1e30)


@st.composite
def lognormals(draw: st.DrawFn) -> LogNormal:
    return LogNormal(draw(st.floats(-30, 30)), draw(st.floats(0.01, 2)))


@st.composite
def fractions(draw: st.DrawFn) -> LogitNormal:
    return LogitNormal(draw(st.floats(-4, 4)), draw(st.floats(0.05, 2)))


@st.composite
def positive_normals(draw: st.DrawFn) -> Normal:
    mean = draw(st.floats(1e-6, 1e6))
    return Normal(mean, mean / draw(st.floats(7, 100)))


odd_ones = fractions() | positive_normals()


@st.composite
def exact_products(draw: st.DrawFn) -> list[tuple[Distribution, float]]:
    """Factors that need no sampling: any number of lognormal and exact ones, at most one other."""
    given_exactly = st.builds(Exact, st.floats(1e-6, 1e6))
    factors: list[tuple[Distribution, float]] = draw(
        st.lists(st.tuples(lognormals() | given_exactly, exponents), max_size=3)
    )
    odd = draw(st.none() | st.tuples(odd_ones, exponents))
    return draw(st.permutations([*factors, odd] if odd else factors))


def ends(spread: Spread) -> tuple[float, float, float]:
    return spread.low, spread.median, spread.high


def uncertain(factors: Sequence[tuple[Distribution, float]]) -> int:
    return sum(not isinstance(given, Exact) for given, _ in factors)


# --- Distributions


@pytest.mark.parametrize("p", [1e-300, 1e-20, 1e-6, 0.024, 0.05, 0.3, 0.5, 0.5 + 1e-9, 0.7, 0.95, 0.999999, 1 - 1e-12])
def test_normal_quantile_agrees_with_scipy(p: float) -> None:
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=2e-15, abs=2e-15)


def test_ninety_percent_lie_within_1_645_deviations() -> None:
    assert central_score(0.9) == pytest.approx(1.6448536269514722, rel=1e-15)


@pytest.mark.parametrize(
    ("low", "high", "fraction", "kind"),
    [
        (5, 12, False, LogNormal),
        (0.15, 0.45, False, LogNormal),
        (0.15, 0.45, True, LogitNormal),
        (0, 12, False, Normal),
        (-3, 5, False, Normal),
        (7, 7, False, Exact),
        (1, 1, True, Exact),
    ],
)
def test_the_ends_choose_the_distribution(low: float, high: float, fraction: bool, kind: type) -> None:
    assert isinstance(between(low, high, fraction=fraction), kind)


@given(
    st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-12), st.floats(1e-6, 1e6), st.booleans(), st.data()
)
def test_the_ends_are_the_quantiles(low: float, width: float, fraction: bool, data: st.DataObject) -> None:
    if fraction:
        low = data.draw(st.floats(1e-6, 0.9))
        high = data.draw(st.floats(low + 1e-3, 0.999999))
    else:
        high = low + width * max(abs(low), 1)
    level = data.draw(levels)
    distribution = between(low, high, level=level, fraction=fraction)
    tolerance = 1e-9 * max(abs(low), abs(high))
    assert distribution.quantile((1 - level) / 2) == pytest.approx(low, rel=1e-9, abs=tolerance)
    assert distribution.quantile((1 + level) / 2) == pytest.approx(high, rel=1e-9, abs=tolerance)
    assert low < distribution.median < high


def test_a_range_is_a_geometric_mean_for_a_lognormal_and_an_arithmetic_one_for_a_normal() -> None:
    assert between(2, 50).median == pytest.approx(10)
    assert between(-2, 50).median == pytest.approx(24)
    # The odds 1/9 and 9 have the geometric mean 1: even odds.
    assert between(0.1, 0.9, fraction=True).median == pytest.approx(0.5)


@given(st.floats(-5, 5), st.floats(0.05, 4))
@settings(max_examples=30)
def test_moments_of_a_fraction_agree_with_integration(mu: float, sigma: float) -> None:
    def moment(power: int) -> float:
        return integrate.quad(lambda z: special.expit(mu + sigma * z) ** power * stats.norm.pdf(z), -12, 12, limit=200)[
            0
        ]

    distribution = LogitNormal(mu, sigma)
    assert distribution.mean == pytest.approx(moment(1), rel=1e-8)
    assert distribution.sd**2 == pytest.approx(moment(2) - moment(1) ** 2, rel=1e-5, abs=1e-10)


@given(lognormals())
def test_moments_of_a_lognormal_agree_with_scipy(distribution: LogNormal) -> None:
    reference = stats.lognorm(distribution.sigma, scale=math.exp(distribution.mu))
    assert distribution.mean == pytest.approx(reference.mean())
    assert distribution.sd == pytest.approx(reference.std())


def test_variance_of_the_log_of_a_standard_normal_is_pi_squared_over_eight() -> None:
    # ln|Z| is half the log of a chi-squared variable with one degree of freedom, whose variance is trigamma(1/2).
    assert Normal(0, 1).log_variance() == pytest.approx(math.pi**2 / 8, rel=0.1)


def test_variance_of_the_log_of_a_narrow_normal_is_its_relative_variance() -> None:
    assert Normal(-200, 2).log_variance() == pytest.approx(1e-4, rel=1e-3)


@pytest.mark.parametrize("distribution", [LogNormal(3, 0.5), UTILIZATION, Normal(-4, 2), Exact(7)])
def test_draws_follow_the_quantiles(distribution: Distribution) -> None:
    draws = np.concatenate([draw_block([distribution], 10_000, seed=4, block=block)[0] for block in range(4)])
    assert draws.shape == (40_000,)
    for p in (0.05, 0.5, 0.95):
        # Five standard errors of a share of 40,000 draws; nothing lies strictly below or above an exact value.
        assert np.mean(draws < distribution.quantile(p)) <= p + 5 * math.sqrt(p * (1 - p) / 40_000)
        assert np.mean(draws > distribution.quantile(p)) <= 1 - p + 5 * math.sqrt(p * (1 - p) / 40_000)


def test_draws_do_not_depend_on_how_the_work_is_split() -> None:
    inputs = [UTILIZATION, Normal(0, 1), LogNormal(0, 1)]
    short, long = (draw_block(inputs, n, seed=1, block=2) for n in (10, 1000))
    for few, many in zip(short, long, strict=True):
        assert few.tolist() == many[:10].tolist()
    alone = draw_block(inputs[:1], 10, seed=1, block=2)
    assert alone[0].tolist() == short[0].tolist()


def test_inputs_blocks_and_seeds_have_streams_of_their_own() -> None:
    same = [Normal(0, 1), Normal(0, 1)]
    columns = [c for seed in (0, 1) for block in (0, 1) for c in draw_block(same, 20_000, seed=seed, block=block)]
    correlations = np.corrcoef(columns) - np.eye(8)
    assert np.abs(correlations).max() < 5 / math.sqrt(20_000)


# --- Products


def test_alphastar_with_an_assumed_utilization() -> None:
    """2.0233e23 FLOP at 33 %: the ends are the value per unit of utilization times 0.15 and 0.45."""
    spread = monomial(2.0233027584e23 / 0.33, [(UTILIZATION, 1)])
    assert ends(spread) == pytest.approx((9.197e22, 1.688e23, 2.759e23), rel=5e-4)
    assert (spread.method, spread.shares, spread.standard_error) == ("scaled", (1.0,), None)


def test_three_factors_each_good_to_a_factor_of_three() -> None:
    """In logs the deviations add up as a root of squares: 3 to the power of plus and minus the root of 3."""
    spread = monomial(1, [(A_FACTOR_OF_THREE, 1)] * 3)
    assert ends(spread) == pytest.approx((3 ** -math.sqrt(3), 1, 3 ** math.sqrt(3)), rel=1e-12)
    assert spread.first_order == pytest.approx((-2.2185, 6.1237), abs=1e-4)
    assert spread.method == "lognormal"
    assert spread.shares == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_shares_are_those_of_the_variance_of_the_log() -> None:
    # Variances of the log: 2^2 * 0.3^2 = 0.36, 1^2 * 0.8^2 = 0.64, none.
    spread = monomial(5, [(LogNormal(1, 0.3), -2), (LogNormal(9, 0.8), 1), (Exact(4), 3)])
    assert spread.shares == pytest.approx((0.36, 0.64, 0.0))


@pytest.mark.parametrize(
    ("factors", "method"),
    [
        ([], "scaled"),
        ([(Exact(3), 2)], "scaled"),
        ([(LogNormal(0, 1), 1), (Exact(3), 2)], "scaled"),
        ([(LogNormal(0, 1), 1), (LogNormal(0, 1), 0)], "scaled"),
        ([(Normal(1, 5), 1), (Exact(3), 2)], "scaled"),
        ([(LogNormal(0, 1), 1), (LogNormal(0, 1), -1)], "lognormal"),
        ([(LogNormal(0, 1), 1), (UTILIZATION, -1)], "quadrature"),
        ([(LogNormal(0, 1), 1), (Normal(10, 1), 0.5)], "quadrature"),
        ([(UTILIZATION, 1), (UTILIZATION, 1)], "sampled"),
        ([(LogNormal(0, 1), 1), (Normal(1, 1), 1)], "sampled"),
        ([(Normal(1, 1), -1)], "sampled"),
        ([(Normal(1, 1), 2)], "sampled"),
    ],
)
def test_the_method_is_the_most_exact_that_applies(factors: list[tuple[Distribution, float]], method: str) -> None:
    spread = monomial(2, factors)
    assert spread.method == method
    assert (spread.standard_error is None) == (method != "sampled")


@given(odd_ones, exponents, st.floats(0.01, 3), st.sampled_from([0.5, 0.9, 0.99]))
@settings(max_examples=25)
def test_quadrature_gives_quantiles_of_the_integrated_distribution(
    odd: LogitNormal | Normal, exponent: float, sigma: float, level: float
) -> None:
    """Integrated the other way round: over the score of the lognormal, adaptively, with the odd factor's own CDF."""

    def odd_below(log: float) -> float:
        if isinstance(odd, Normal):
            return float(stats.norm.cdf((math.exp(log) - odd.mean) / odd.sd))
        # From the logarithm: a fraction next to 1 has lost the digits of its odds.
        return float(stats.norm.cdf((log - math.log(-math.expm1(log)) - odd.mu) / odd.sigma)) if log < 0 else 1.0

    def probability_below(end: float) -> float:
        def integrand(z: float) -> float:
            below = odd_below((math.log(end / 7) - 2 - sigma * z) / exponent)
            return float(stats.norm.pdf(z)) * (below if exponent > 0 else 1 - below)

        return integrate.quad(integrand, -9, 9, limit=500, epsabs=1e-10, points=np.linspace(-8, 8, 33))[0]

    spread = monomial(7, [(odd, exponent), (LogNormal(2, sigma), 1)], level=level)
    assert spread.method == "quadrature"
    probabilities = [probability_below(end) for end in ends(spread)]
    assert probabilities == pytest.approx([(1 - level) / 2, 0.5, (1 + level) / 2], abs=2e-8)


def test_quadrature_beside_independent_draws() -> None:
    generator = np.random.default_rng(7)
    utilization = special.expit(generator.normal(UTILIZATION.mu, UTILIZATION.sigma, 400_000))
    price = np.exp(generator.normal(math.log(2), 0.4, 400_000))
    low, median, high = np.quantile(price / utilization, [0.05, 0.5, 0.95])
    spread = monomial(1, [(UTILIZATION, -1), (LogNormal(math.log(2), 0.4), 1)])
    assert ends(spread) == pytest.approx((low, median, high), rel=0.01)


@pytest.mark.parametrize("sigma", [1e-9, 1e-5, 1e-3])
def test_a_lognormal_that_hardly_varies_leaves_the_other_quantiles_alone(sigma: float) -> None:
    """The piled-up fraction is the hard case: nearly all of it lies within a thousandth of 1."""
    for odd in (UTILIZATION, LogitNormal(7, 1), Normal(10, 1)):
        alone, both = monomial(3, [(odd, -1)]), monomial(3, [(odd, -1), (LogNormal(0, sigma), 1)])
        assert both.method == "quadrature"
        assert ends(both) == pytest.approx(ends(alone), rel=max(2 * sigma, 2e-10))


@pytest.mark.parametrize("given", [UTILIZATION, A_FACTOR_OF_THREE, Normal(1, 3), Normal(0, 2)], ids=repr)
@pytest.mark.parametrize("coefficient", [7e22, -0.3])
def test_one_quantity_alone_is_as_beside_an_exact_one(given: Distribution, coefficient: float) -> None:
    alone, beside = (monomial(coefficient, [(given, 1), *rest]) for rest in ([], [(Exact(1.0), 1)]))
    assert alone == beside._replace(shares=beside.shares[:1])


def test_a_factor_that_hardly_varies_leaves_the_lognormal_quantiles_alone() -> None:
    alone, both = monomial(3, [(LogNormal(2, 1), 1)]), monomial(3, [(LogNormal(2, 1), 1), (Normal(1, 1e-7), 1)])
    assert ends(both) == pytest.approx(ends(alone), rel=1e-9)


def test_two_fractions_beside_independent_draws() -> None:
    generator = np.random.default_rng(3)
    one, other = between(0.2, 0.6, fraction=True), between(0.5, 0.9, fraction=True)
    draws = [special.expit(generator.normal(d.mu, d.sigma, 400_000)) for d in (one, other)]
    spread = monomial(1e24, [(one, 1), (other, -2), (LogNormal(0, 0.2), 1)])
    expected = 1e24 * draws[0] / draws[1] ** 2 * np.exp(generator.normal(0, 0.2, 400_000))
    assert ends(spread) == pytest.approx(tuple(np.quantile(expected, [0.05, 0.5, 0.95])), rel=0.015)
    assert 0 < spread.standard_error < 0.025


def test_a_ratio_of_standard_normals_is_cauchy() -> None:
    """Signs and a divisor that crosses 0: the 5 % and 95 % quantiles of a Cauchy variable are -/+ tan(0.45 pi)."""
    spread = monomial(1, [(Normal(0, 1), 1), (Normal(0, 1), -1)])
    expected = math.tan(0.45 * math.pi)
    assert ends(spread) == pytest.approx((-expected, 0, expected), abs=0.05 * expected)
    assert spread.first_order is None


def test_the_square_of_a_standard_normal_is_chi_squared() -> None:
    spread = monomial(1, [(Normal(0, 1), 2)])
    assert ends(spread) == pytest.approx(tuple(stats.chi2(1).ppf([0.05, 0.5, 0.95])), rel=0.05)


def test_a_normal_that_crosses_zero_is_scaled_exactly_in_the_first_power() -> None:
    spread = monomial(-1e3, [(Normal(0.001, 1), 1)])
    reach = 1e3 * 1.6448536269514722
    assert ends(spread) == pytest.approx((-1 - reach, -1, -1 + reach), rel=1e-12)


def test_a_divisor_swaps_the_ends() -> None:
    spread = monomial(6, [(between(2, 3), -1)])
    assert ends(spread) == pytest.approx((2, 6 / math.sqrt(6), 3))


def test_no_intermediate_result_overflows() -> None:
    huge, tiny = between(1e280, 1e290), between(1e-295, 1e-285)
    spread = monomial(1e300, [(huge, 1), (huge, 1), (tiny, 2), (Exact(1e-150), 2)])
    # Logs to base 10: 300 + 285 + 285 - 580 - 300 = -10; each end 5 away, so 5 * sqrt(1 + 1 + 4).
    reach = 5 * math.sqrt(6)
    assert [math.log10(end) for end in ends(spread)] == pytest.approx([-10 - reach, -10, -10 + reach])


@pytest.mark.parametrize("scale", [1e-290, 1e290])
def test_a_sampled_product_scales_at_the_edge_of_the_floats(scale: float) -> None:
    factors: list[tuple[Distribution, float]] = [(UTILIZATION, 1), (Normal(5, 3), 2), (LogNormal(0, 1), 1)]
    plain = monomial(1, factors)
    assert plain.method == "sampled"
    assert ends(monomial(scale, factors)) == pytest.approx([scale * end for end in ends(plain)], rel=1e-9)


def test_draws_may_leave_the_floats_where_the_interval_does_not() -> None:
    # exp(600 z) leaves them beyond 1.18 deviations, and the 60 % interval ends at 0.84.
    spread = monomial(1, [(LogNormal(0, 600), 1), (UTILIZATION, 1), (UTILIZATION, 1)], level=0.6)
    assert math.log(spread.high) == pytest.approx(600 * 0.8416, rel=0.02)
    assert math.log(spread.low) == pytest.approx(-600 * 0.8416, rel=0.02)


def test_first_order_does_not_overflow_where_the_result_does_not() -> None:
    tenth = Normal(1e-20, 1e-21)
    assert first_order_of_product(1e300, [(tenth, -1), (Normal(1e-20, 1e-22), 1)]) is not None


@pytest.mark.parametrize(
    ("factors", "shares"), [([(LogNormal(0, 1), 1)], (0.0,)), ([(Exact(0), 2), (LogNormal(0, 1), 1)], (0.0, 0.0))]
)
def test_nothing_times_a_range_is_nothing(factors: list[tuple[Distribution, float]], shares: tuple[float, ...]) -> None:
    spread = monomial(0 if len(factors) == 1 else 5, factors)
    assert ends(spread) == (0, 0, 0)
    assert spread.shares == shares
    assert spread.first_order == (0, 0)


# --- Laws of products


@given(coefficients, exact_products(), st.floats(1e-20, 1e20))
@settings(max_examples=50)
def test_a_constant_scales_the_interval(coefficient: float, factors: list, scale: float) -> None:
    one, other = monomial(coefficient, factors), monomial(coefficient * scale, factors)
    assert ends(other) == pytest.approx(tuple(scale * end for end in ends(one)), rel=1e-8)


@given(coefficients, exact_products())
@settings(max_examples=50)
def test_a_negative_coefficient_mirrors_the_interval(coefficient: float, factors: list) -> None:
    one, other = monomial(coefficient, factors), monomial(-coefficient, factors)
    assert ends(other) == tuple(-end for end in reversed(ends(one)))


@given(coefficients, exact_products())
@settings(max_examples=50)
def test_the_reciprocal_has_the_reciprocal_interval(coefficient: float, factors: list) -> None:
    one = monomial(coefficient, factors)
    other = monomial(1 / coefficient, [(given, -exponent) for given, exponent in factors])
    assert ends(other) == pytest.approx(tuple(1 / end for end in reversed(ends(one))), rel=1e-8)


@given(coefficients, exact_products(), levels, levels)
@settings(max_examples=50)
def test_a_higher_level_widens_the_interval(coefficient: float, factors: list, one: float, other: float) -> None:
    narrow, wide = (monomial(coefficient, factors, level=level) for level in sorted((one, other)))
    slack = 1e-9
    assert wide.low <= narrow.low * (1 + slack)
    assert wide.high >= narrow.high * (1 - slack)
    assert wide.median == pytest.approx(narrow.median, rel=1e-8)


@given(exact_products(), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_the_order_of_the_factors_does_not_matter(factors: list, chance: random.Random) -> None:
    order = list(range(len(factors)))
    chance.shuffle(order)
    one, other = monomial(2, factors), monomial(2, [factors[index] for index in order])
    assert ends(other) == ends(one)
    assert other.shares == pytest.approx([one.shares[index] for index in order])


def test_the_order_of_the_factors_does_not_matter_to_a_sample() -> None:
    factors = [(UTILIZATION, 1), (LogNormal(0, 1), 1), (Normal(1, 1), 1)]
    assert ends(monomial(2, factors)) == ends(monomial(2, factors[::-1]))


@given(coefficients, exact_products(), levels)
@settings(max_examples=50)
def test_shares_sum_to_one_and_the_median_lies_inside(coefficient: float, factors: list, level: float) -> None:
    spread = monomial(coefficient, factors, level=level)
    assert len(spread.shares) == len(factors)
    if not uncertain(factors):
        assert spread.low == spread.median == spread.high
        assert not any(spread.shares)
        return
    assert spread.low < spread.median < spread.high
    assert sum(spread.shares) == pytest.approx(1)
    for (distribution, _), share in zip(factors, spread.shares, strict=True):
        assert (share == 0) == isinstance(distribution, Exact)


@given(lognormals(), st.floats(0.5, 3), st.floats(0.5, 3))
def test_powers_of_one_input_are_given_with_their_exponents_added(x: LogNormal, a: float, b: float) -> None:
    """x^a * x^b of one input is wider than of two independent ones: the deviations add up, not their squares."""
    one, two = monomial(1, [(x, a + b)]), monomial(1, [(x, a), (x, b)])
    assert math.log(one.high / one.low) > math.log(two.high / two.low)
    assert math.log(two.high / two.low) == pytest.approx(math.log(one.high / one.low) * math.hypot(a, b) / (a + b))


# --- First order


@given(
    coefficients,
    st.lists(st.tuples(lognormals() | odd_ones | st.builds(Exact, st.floats(0.1, 10)), exponents), max_size=4),
)
@settings(max_examples=60)
def test_first_order_agrees_with_the_uncertainties_package(coefficient: float, factors: list) -> None:
    product = coefficient
    for distribution, exponent in factors:
        sd = distribution.sd
        product = product * (uncertainties.ufloat(distribution.mean, sd) if sd else distribution.mean) ** exponent
    value, reach = uncertainties.nominal_value(product), 1.6448536269514722 * uncertainties.std_dev(product)
    assert first_order_of_product(coefficient, factors)[:2] == pytest.approx(
        (value - reach, value + reach), rel=1e-9, abs=1e-9 * value
    )


def test_first_order_of_a_sum_of_squares() -> None:
    # 5 * (3 +- 0.1) + (-2 +- 0.3)^2: deviations 5 * 0.1 = 0.5 and 2 * 2 * 0.3 = 1.2, together 1.3.
    low, high, *_ = first_order_general(lambda v: 5 * v[0] + v[1] ** 2, [Normal(3, 0.1), Normal(-2, 0.3)], level=0.9)
    assert (low + high) / 2 == pytest.approx(19)
    assert (high - low) / 2 == pytest.approx(1.6448536269514722 * 1.3, rel=1e-6)


@given(st.lists(st.tuples(fractions() | positive_normals(), exponents), min_size=1, max_size=3))
@settings(max_examples=30)
def test_the_general_first_order_agrees_with_the_closed_form(factors: list) -> None:
    def evaluate(values: Sequence[float]) -> float:
        return 4 * math.prod(value**exponent for value, (_, exponent) in zip(values, factors, strict=True))

    closed = first_order_of_product(4, factors)[:2]
    general = first_order_general(evaluate, [given for given, _ in factors])[:2]
    assert general == pytest.approx(closed, rel=1e-5, abs=1e-5 * abs(closed[1]))


def test_an_intermediate_used_twice_fifty_times_over_is_no_trouble() -> None:
    def doubled_fifty_times(values: Sequence[float]) -> float:
        x = values[0]
        for _ in range(50):
            x = x / 2 + x / 2
        return x

    low, high, *_ = first_order_general(doubled_fifty_times, [Normal(10, 1)])
    assert (low, high) == pytest.approx((10 - 1.6448536, 10 + 1.6448536), rel=1e-6)


def test_first_order_is_none_where_it_does_not_exist() -> None:
    assert first_order_of_product(1, [(Normal(0, 1), -1)]) is None
    assert first_order_general(lambda v: 1 / v[0], [Normal(0, 1)]) is None
    assert first_order_of_product(1, [(LogNormal(0, 40), 1)]) is None


def test_first_order_about_a_mean_of_zero() -> None:
    low, high, *_ = first_order_of_product(2, [(Normal(0, 3), 1), (Normal(5, 1), 1)])
    assert (low, high) == pytest.approx((-30 * 1.6448536, 30 * 1.6448536), rel=1e-6)
    assert first_order_of_product(2, [(Normal(0, 3), 2)])[:2] == (0, 0)


# --- Sampling


def test_a_sum_of_normals() -> None:
    spread = sampled(lambda v: v[0] + v[1], [Normal(10, 3), Normal(20, 4)])
    # The deviations 3 and 4 make 5.
    assert ends(spread) == pytest.approx((30 - 8.224, 30, 30 + 8.224), rel=0.02)
    assert spread.first_order == pytest.approx((30 - 8.224, 30 + 8.224), rel=1e-3)
    assert spread.shares == pytest.approx((0.36, 0.64), rel=1e-6)
    assert spread.method == "sampled"


@given(coefficients, st.lists(st.tuples(lognormals(), exponents), min_size=1, max_size=3), st.integers(0, 2**64 - 1))
@settings(max_examples=8)
def test_sampling_agrees_with_the_closed_form(coefficient: float, factors: list, seed: int) -> None:
    def evaluate(values: Sequence[np.ndarray]) -> np.ndarray:
        return coefficient * math.prod(value**exponent for value, (_, exponent) in zip(values, factors, strict=True))

    exact = monomial(coefficient, factors)
    spread = sampled(evaluate, [given for given, _ in factors], seed=seed, draws=100_000)
    # The error given is the largest of three; five of it are never exceeded in practice.
    assert ends(spread) == pytest.approx(ends(exact), rel=5 * spread.standard_error)


def test_an_input_minus_itself_is_nothing() -> None:
    spread = sampled(lambda v: v[0] - v[0], [A_FACTOR_OF_THREE])
    assert ends(spread) == (0, 0, 0)
    assert spread.standard_error == 0


def test_a_seed_names_its_draws() -> None:
    def run(seed: int) -> Spread:
        return sampled(lambda v: v[0] * v[1] + 1, [A_FACTOR_OF_THREE, UTILIZATION], seed=seed, draws=5_000)

    assert run(3) == run(3)
    assert ends(run(3)) != ends(run(4))


def test_the_standard_error_is_the_scatter_between_seeds() -> None:
    runs = [sampled(lambda v: v[0] ** 2, [LogNormal(0, 0.5)], seed=seed, draws=2_000) for seed in range(150)]
    scatter = max(
        np.std([getattr(run, end) for run in runs]) / np.mean([getattr(run, end) for run in runs])
        for end in ("low", "median", "high")
    )
    assert np.mean([run.standard_error for run in runs]) == pytest.approx(scatter, rel=0.2)


def test_draws_are_added_until_two_digits_stand_still() -> None:
    calls: list[int] = []

    def counted(spread: float) -> int:
        calls.clear()

        def evaluate(values: Sequence[np.ndarray]) -> np.ndarray:
            calls.append(np.size(values[0]))
            return values[0]

        sampled(evaluate, [Normal(5, spread)])
        return sum(size for size in calls if size > 1)

    # The lower end is 4.8 (half a unit of its second digit is 0.05), then 0.23 (0.005): twice the standard error at
    # 16,384 draws is 0.003, then 0.1, and falls with the root of their number.
    assert counted(0.1) == 16_384
    assert counted(2.9) == 1_048_576


def test_an_exact_input_takes_no_share() -> None:
    assert sampled(lambda v: v[0] + v[1], [Exact(3), Normal(1, 1)]).shares == pytest.approx((0, 1))


def test_no_inputs_at_all() -> None:
    spread = sampled(lambda v: 5.0, [])
    assert (*ends(spread), spread.shares, spread.first_order) == (5, 5, 5, (), (5, 5))


# --- What cannot be, and what must not be loaded


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: between(5, 2), "a range runs from its lower to its higher end, not 5 to 2"),
        (lambda: between(1, math.inf), "a range needs two finite ends, not 1 to inf"),
        (lambda: between(math.nan, 1), "a range needs two finite ends, not nan to 1"),
        (lambda: between(1, 2, level=90), "a level must lie between 0 and 1, not 90"),
        (lambda: between(1, 2, level=0), "a level must lie between 0 and 1, not 0"),
        *(
            (
                lambda low=low, high=high: between(low, high, fraction=True),
                f"the range of a fraction must lie inside 0 to 1, both ends excluded, not {low:g} to {high:g}",
            )
            for low, high in [(0, 0.5), (0.5, 1), (-0.1, 0.5), (0.3, 1.2), (15, 45), (2, 2)]
        ),
        (lambda: LogNormal(0, 0), "sigma must be a finite number above 0, not 0"),
        (lambda: Normal(math.nan, 1), "mean must be a finite number, not nan"),
        (lambda: Normal(0, 1).quantile(1), "a probability must lie between 0 and 1, not 1"),
        (lambda: monomial(math.inf, []), "value must be a finite number, not inf"),
        (lambda: monomial(1, [(UTILIZATION, math.nan)]), "an exponent must be a finite number, not nan"),
        (lambda: monomial(1, [(Exact(0), -1)]), "0 has no negative power: a divisor is 0"),
        (lambda: monomial(1, [(Normal(1, 1), 0.5)]), "a quantity that may be negative has no power 0.5"),
        (lambda: monomial(1, [(Exact(-4), 0.5)]), "a quantity that may be negative has no power 0.5"),
        (
            lambda: monomial(1e300, [(between(1e9, 2e9), 1)]),
            "the result is about 1e+309, beyond the range of floating-point numbers",
        ),
        (
            lambda: monomial(1e-300, [(between(1e9, 2e9), -1)]),
            "the result is about 1e-309, beyond the range of floating-point numbers",
        ),
        (
            lambda: monomial(1e-300, [(UTILIZATION, 10), (UTILIZATION, 10)]),
            "the result is about 1e-315, beyond the range of floating-point numbers",
        ),
        (
            lambda: sampled(lambda v: 1 / (v[0] - v[0]), [UTILIZATION]),
            "the result is not a finite number for some values of its inputs",
        ),
        (
            lambda: sampled(lambda v: v[0] ** 0.5, [Normal(1, 1)]),
            "the result is not a finite number for some values of its inputs",
        ),
        (lambda: sampled(lambda v: v[0], [UTILIZATION], draws=99), "sampling takes at least 100 draws, not 99"),
        (lambda: sampled(lambda v: v[0], [UTILIZATION], seed=-1), "a seed must lie between 0 and 2^64 - 1, not -1"),
    ],
)
def test_what_cannot_be_is_one_clear_line(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole message is compared
        call()
    assert str(raised.value) == message


def test_products_load_no_numerical_library() -> None:
    program = """
import sys
from slipstick.uncertainty import LogNormal, between, monomial
monomial(2, [(between(0.2, 0.4, fraction=True), 1), (between(2, 3), -1)])
print(*sorted({"numpy", "scipy", "uncertainties", "statistics", "sympy", "pint"} & set(sys.modules)))
"""
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == ""


@given(st.floats(0.001, 0.999))
def test_cdf_undoes_the_quantile(p: float) -> None:
    assume(p != 0.5)
    assert normal_cdf(normal_quantile(p)) == pytest.approx(p, rel=1e-14)
