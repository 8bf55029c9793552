"""Worked answers from outside: the GUM (JCGM 100:2008), its Supplement 1 (JCGM 101:2008) and NIST Technical Note 1900.

A published figure is written as it is printed and met to half a unit of its last digit. To a sampled figure come four
standard errors: of these draws, found from the scatter of independent runs, and of a source's million. Intervals here
leave the same probability on both sides. Where a source prints the shortest interval instead, what is compared is the
probability that the printed interval holds, and its width where the result is symmetric.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest
from scipy import stats

from slipstick.uncertainty import (
    Arcsine,
    Beta,
    Distribution,
    Exact,
    LogNormal,
    Normal,
    StudentT,
    Uniform,
    between,
    first_order_general,
    monomial,
    sampled,
)

RUNS, DRAWS = 16, 2**15
SOURCE_DRAWS = 1e6

Model = Callable[[Sequence[Any]], Any]
Matrix = Sequence[Sequence[float]]


def unit_of(published: str) -> float:
    """One in the last digit of a printed number."""
    return 10.0 ** -(len(published.partition(".")[2]))


class Figure(NamedTuple):
    """A computed figure with its standard error; compares with a figure as printed."""

    value: float
    error: float = 0.0

    def prints(self, published: str, units: float = 0.5) -> bool:
        """Whether it is the published figure to so many units of its last digit, and four standard errors of both."""
        error = self.error * math.hypot(1, math.sqrt(RUNS * DRAWS / SOURCE_DRAWS))
        return abs(self.value - float(published)) <= units * unit_of(published) + 4 * error


class Results(NamedTuple):
    """What sampling gives: mean, standard deviation and the ends of the symmetric interval."""

    mean: Figure
    sd: Figure
    low: Figure
    high: Figure
    width: Figure


def pooled(values: Sequence[float]) -> Figure:
    """The mean of independent runs, and its standard error from their scatter."""
    return Figure(statistics.fmean(values), statistics.stdev(values) / math.sqrt(len(values)))


def run(model: Model, inputs: Sequence[Distribution], level: float, correlation: Matrix | None = None) -> Results:
    """The figures of `RUNS` independent runs."""
    spreads = [
        sampled(model, inputs, level=level, seed=seed, draws=DRAWS, correlation=correlation) for seed in range(RUNS)
    ]
    columns = zip(*((s.mean, s.sd, s.low, s.high, s.high - s.low) for s in spreads), strict=True)
    return Results(*map(pooled, columns))


def serves(model: Model, inputs: Sequence[Distribution], level: float, correlation: Matrix | None = None) -> Any:
    """What JCGM 101, clause 8, says of first order, by so many draws that their error does not decide it."""
    return sampled(model, inputs, level=level, draws=2**21, correlation=correlation).first_order_serves


def holds(
    model: Model,
    inputs: Sequence[Distribution],
    interval: tuple[str, str],
    level: float,
    correlation: Matrix | None = None,
) -> bool:
    """Whether a printed interval holds the probability `level`: with its ends half a unit further out at least that
    much, further in at most, give or take four standard errors of both samplings.
    """
    low, high = map(float, interval)
    half = unit_of(interval[0]) / 2

    def share(side: int) -> Figure:
        ends = low - side * half, high + side * half
        runs = [
            sampled(
                lambda x: np.multiply((y := model(x)) >= ends[0], y <= ends[1]).astype(float),
                inputs,
                level=level,
                seed=seed,
                draws=DRAWS,
                correlation=correlation,
            )
            for seed in range(RUNS)
        ]
        return pooled([spread.mean for spread in runs])

    inner, outer = share(-1), share(1)
    error = math.sqrt(outer.error**2 + level * (1 - level) / SOURCE_DRAWS)
    return inner.value - 4 * error <= level <= outer.value + 4 * error


# --- GUM, annex H

END_GAUGE = [
    # JCGM 100, H.1.3 to H.1.5 and table H.1; lengths in nm, temperatures in degrees Celsius
    Normal(50_000_623, 25, degrees_of_freedom=18),  # the standard
    Normal(215, 5.8, degrees_of_freedom=24),  # mean difference of the two gauges
    Normal(0, 3.9, degrees_of_freedom=5),  # comparator, random
    Normal(0, 6.7, degrees_of_freedom=8),  # comparator, systematic
    Uniform(9.5e-6, 13.5e-6),  # expansion of the standard, 1/K
    Normal(-0.1, 0.2),  # mean temperature of the bed, from 20 degrees
    Arcsine(-0.5, 0.5),  # its cycle
    Uniform(-1e-6, 1e-6, degrees_of_freedom=50),  # difference of the expansions
    Uniform(-0.05, 0.05, degrees_of_freedom=2),  # difference of the temperatures
]


def gauge_length(x: Sequence[Any]) -> Any:
    """JCGM 100, H.1, equation (H.3), and JCGM 101, 9.5: the deviation from 50 mm."""
    standard, difference, random, systematic, expansion, mean, cycle, expansions, temperatures = x
    thermal = expansions * (mean + cycle) + expansion * temperatures
    return standard + difference + random + systematic - standard * thermal - 50_000_000


def test_gum_h1_end_gauge() -> None:
    """H.1.6: 50.000 838 mm, u = 32 nm, 16 degrees of freedom, k = 2.92 for 99 %; H.1.7: 34 nm to second order.

    The expanded uncertainty is printed as 93 nm: 2.92 times the rounded 32 nm, where 2.92 times 31.66 nm is 92.5 nm.
    """
    linear = first_order_general(gauge_length, END_GAUGE, 0.99)
    assert linear is not None
    assert Figure(linear.value).prints("838")
    assert Figure(linear.standard_uncertainty).prints("32")
    assert math.floor(linear.degrees_of_freedom) == 16
    assert Figure(linear.coverage_factor).prints("2.92")
    assert (linear.high - linear.low) / 2 == pytest.approx(linear.coverage_factor * linear.standard_uncertainty)
    assert run(gauge_length, END_GAUGE, 0.99).sd.prints("34")


VOLTS = (5.007, 4.994, 5.005, 4.990, 4.999)  # JCGM 100, table H.2
MILLIAMPERES = (19.663, 19.639, 19.640, 19.685, 19.678)
RADIANS = (1.0456, 1.0438, 1.0468, 1.0428, 1.0433)


def test_gum_h2_resistance_and_reactance() -> None:
    """H.2, tables H.3 and H.4: R, X and Z of the same five observations, with their correlations.

    The guide prints u(X) as 0.295 ohm. That is what the five values of X give (H.2.4): 0.29549. The law of propagation,
    linear in the means, gives 0.29558, so that the printed figure is half a unit and a little off; both are shown.
    """
    series = (VOLTS, MILLIAMPERES, RADIANS)
    inputs = [Normal(statistics.fmean(each), statistics.stdev(each) / math.sqrt(5)) for each in series]
    correlation = [[statistics.correlation(a, b) for b in series] for a in series]
    for (i, j), published in {(0, 1): "-0.36", (0, 2): "0.86", (1, 2): "-0.65"}.items():
        assert Figure(correlation[i][j]).prints(published)

    models: dict[str, Model] = {
        "R": lambda x: 1e3 * x[0] / x[1] * np.cos(x[2]),
        "X": lambda x: 1e3 * x[0] / x[1] * np.sin(x[2]),
        "Z": lambda x: 1e3 * x[0] / x[1],
    }
    reactances = [models["X"](observation) for observation in zip(*series, strict=True)]
    assert Figure(statistics.stdev(reactances) / math.sqrt(5)).prints("0.295")

    def linear(model: Model) -> Any:
        return first_order_general(model, inputs, 0.95, correlation)

    def uncertainty(model: Model) -> float:
        return float(linear(model).standard_uncertainty)

    published_values = {"R": ("127.732", "0.071"), "X": ("219.847", "0.29558"), "Z": ("254.260", "0.236")}
    for name, (value, deviation) in published_values.items():
        assert Figure(linear(models[name]).value).prints(value), name
        assert Figure(uncertainty(models[name])).prints(deviation), name
        assert run(models[name], inputs, 0.95, correlation).sd.prints(deviation), name

    u = {name: uncertainty(model) for name, model in models.items()}
    for (a, b), published in {("R", "X"): "-0.588", ("R", "Z"): "-0.485", ("X", "Z"): "0.993"}.items():
        together = uncertainty(lambda x, a=a, b=b: models[a](x) + models[b](x))
        assert Figure((together**2 - u[a] ** 2 - u[b] ** 2) / (2 * u[a] * u[b])).prints(published), (a, b)


# --- GUM Supplement 1, clause 9

ROOT_3 = math.sqrt(3)
UNIT_RECTANGLE = Uniform(-ROOT_3, ROOT_3)  # of standard deviation 1


@pytest.mark.parametrize(
    ("inputs", "deviation", "gaussian_end", "end", "valid"),
    [
        ([Normal(0, 1)] * 4, "2.0", "3.92", "3.92", True),  # 9.2.2, table 2
        ([UNIT_RECTANGLE] * 4, "2.0", "3.92", "3.88", True),  # 9.2.3, table 3
        ([UNIT_RECTANGLE] * 3 + [Uniform(-10 * ROOT_3, 10 * ROOT_3)], "10.1", "19.9", "17.0", False),  # 9.2.4, table 4
    ],
    ids=["normal", "rectangular", "one dominant"],
)
def test_supplement_additive(
    inputs: list[Distribution], deviation: str, gaussian_end: str, end: str, valid: bool
) -> None:
    """JCGM 101, 9.2: four inputs added up, 95 %. First order gives the same in shape, whatever the inputs are."""
    linear = first_order_general(sum, inputs, 0.95)
    assert linear is not None
    assert linear.value == 0
    assert Figure(linear.standard_uncertainty).prints(deviation)
    assert Figure(linear.high).prints(gaussian_end)
    assert Figure(-linear.low).prints(gaussian_end)
    found = run(sum, inputs, 0.95)
    assert found.mean.prints("0.0")
    assert found.sd.prints(deviation)
    assert found.low.prints("-" + end)
    assert found.high.prints(end)
    assert serves(sum, inputs, 0.95) is valid


def test_supplement_additive_exactly() -> None:
    """JCGM 101, 9.2.3.3: the ends for four rectangles of unit deviation are 2 root 3 (2 - (3/5)^(1/4)), or 3.88."""
    exact = 2 * ROOT_3 * (2 - (3 / 5) ** 0.25)
    found = run(sum, [UNIT_RECTANGLE] * 4, 0.95)
    assert abs(found.high.value - exact) <= 4 * found.high.error
    assert abs(found.low.value + exact) <= 4 * found.low.error


WEIGHTS = [
    # JCGM 101, 9.3, table 5; masses in mg, densities in kg/m3
    Normal(100_000, 0.050),  # the reference weight
    Normal(1.234, 0.020),  # what is added to balance it
    Uniform(1.10, 1.30),  # air
    Uniform(7000, 9000),  # the weight that is calibrated
    Uniform(7950, 8050),  # the reference
]


def mass_deviation(x: Sequence[Any]) -> Any:
    """JCGM 101, 9.3.1.2: the deviation of the weight from 100 g."""
    reference, added, air, density, reference_density = x
    return (reference + added) * (1 + (air - 1.2) * (1 / density - 1 / reference_density)) - 100_000


def test_supplement_mass_calibration() -> None:
    """JCGM 101, 9.3, table 6, 95 %: at the estimates first order does not see the densities at all."""
    linear = first_order_general(mass_deviation, WEIGHTS, 0.95)
    assert linear is not None
    assert Figure(linear.value).prints("1.2340")
    assert Figure(linear.standard_uncertainty).prints("0.0539")
    assert Figure(linear.low).prints("1.1285")
    assert Figure(linear.high).prints("1.3395")

    found = run(mass_deviation, WEIGHTS, 0.95)
    assert found.mean.prints("1.2341")
    assert found.sd.prints("0.0754")
    assert found.width.prints("0.2991", 1.0)  # of the shortest, 1.0834 to 1.3825
    assert holds(mass_deviation, WEIGHTS, ("1.0834", "1.3825"), 0.95)
    assert serves(mass_deviation, WEIGHTS, 0.95) is False


def loss(x: Sequence[Any]) -> Any:
    """JCGM 101, 9.4.1.5: comparison loss in microwave power meter calibration, in parts per million."""
    return 1e6 * (x[0] ** 2 + x[1] ** 2)


@pytest.mark.parametrize(
    ("rho", "x1", "mean", "deviation", "shortest", "linear_deviation", "linear_ends"),
    [
        # JCGM 101, table 8: mean and deviation analytically, then the shortest 95 % interval of the draws
        (0.0, 0.0, "50", "50", ("0", "150"), "0", ("0", "0")),
        (0.0, 0.010, "150", "112", ("0", "367"), "100", ("-96", "296")),
        (0.0, 0.050, "2550", "502", ("1590", "3543"), "500", ("1520", "3480")),
        # table 9
        (0.9, 0.0, "50", "67", ("0", "185"), "0", ("0", "0")),
        (0.9, 0.010, "150", "121", ("13", "398"), "100", ("-96", "296")),
        (0.9, 0.050, "2550", "505", ("1628", "3555"), "500", ("1520", "3480")),
    ],
)
def test_supplement_comparison_loss(
    rho: float,
    x1: float,
    mean: str,
    deviation: str,
    shortest: tuple[str, str],
    linear_deviation: str,
    linear_ends: tuple[str, str],
) -> None:
    """JCGM 101, 9.4.2 (uncorrelated) and 9.4.3 (correlation 0.9), with u(x1) = u(x2) = 0.005 and x2 = 0."""
    inputs, correlation = [Normal(x1, 0.005), Normal(0, 0.005)], [[1, rho], [rho, 1]]
    linear = first_order_general(loss, inputs, 0.95, correlation)
    assert linear is not None
    assert linear.value == pytest.approx(1e6 * x1**2)
    assert Figure(linear.standard_uncertainty).prints(linear_deviation)
    assert Figure(linear.low).prints(linear_ends[0])
    assert Figure(linear.high).prints(linear_ends[1])

    found = run(loss, inputs, 0.95, correlation)
    assert found.mean.prints(mean)
    assert found.sd.prints(deviation)
    assert holds(loss, inputs, shortest, 0.95, correlation)
    assert serves(loss, inputs, 0.95, correlation) is False
    if shortest[0] == "0":  # the shortest interval starts at 0 and so ends at the 95 % quantile
        assert run(loss, inputs, 0.9, correlation).high.prints(shortest[1])
    if not rho:  # 25e-6 times a noncentral chi-squared with 2 degrees of freedom
        law = stats.ncx2(2, (x1 / 0.005) ** 2) if x1 else stats.chi2(2)
        for figure, p in ((found.low, 0.025), (found.high, 0.975)):
            assert abs(figure.value - 25 * law.ppf(p)) <= 4 * figure.error


GAUGE_BLOCK = [
    # JCGM 101, 9.5.2, table 10; nm, degrees Celsius
    StudentT(50_000_623, 25, 18),  # the reference standard
    StudentT(215, 6, 24),  # mean difference
    StudentT(0, 4, 5),  # comparator, random
    StudentT(0, 7, 8),  # comparator, systematic
    Uniform(9.5e-6, 13.5e-6),  # expansion
    Normal(-0.1, 0.2),  # mean temperature
    Arcsine(-0.5, 0.5),  # its cycle
    # Two with inexactly known limits (curvilinear trapezoid, 6.4.3): a half-width, times what lies within -1 to 1.
    Uniform(0.9e-6, 1.1e-6),
    Uniform(-1, 1, degrees_of_freedom=50),
    Uniform(0.025, 0.075),
    Uniform(-1, 1, degrees_of_freedom=2),
]


def gauge_block(x: Sequence[Any]) -> Any:
    """JCGM 101, 9.5.1: the model of the end gauge with the two curvilinear trapezoids put together."""
    return gauge_length([*x[:7], x[7] * x[8], x[9] * x[10]])


def test_supplement_gauge_block() -> None:
    """JCGM 101, 9.5.4, table 11, 99 %: 838 nm; u = 32 nm and 745 to 931 nm to first order; 36 nm and 745 to 932 drawn.

    First order takes the scale of a t-distribution for its standard uncertainty, as the GUM does; drawn, it has more.
    """
    linear = first_order_general(gauge_block, GAUGE_BLOCK, 0.99)
    assert linear is not None
    assert Figure(linear.value).prints("838")
    assert Figure(linear.standard_uncertainty).prints("32")
    assert Figure(linear.low).prints("745")
    assert Figure(linear.high).prints("931")

    found = run(gauge_block, GAUGE_BLOCK, 0.99)
    assert found.mean.prints("838")
    assert found.sd.prints("36")
    assert found.width.prints("187", 1.0)  # of the shortest, 745 to 932
    assert holds(gauge_block, GAUGE_BLOCK, ("745", "932"), 0.99)


# --- NIST Technical Note 1900 (Possolo 2015)

MAXIMA = (
    # E2: daily maxima in May 2012, in degrees Celsius
    *(18.75, 28.25, 25.75, 28.00, 28.50, 20.75, 21.00, 22.75, 18.50, 27.25, 20.75),
    *(26.50, 28.00, 23.25, 28.00, 21.75, 26.00, 26.50, 28.00, 33.25, 32.00, 29.50),
)


def test_nist_e2_surface_temperature() -> None:
    """E2: 25.6, u = 0.872, k = 2.08 for 95 % with 21 degrees of freedom, 23.8 to 27.4."""
    mean, u = statistics.fmean(MAXIMA), statistics.stdev(MAXIMA) / math.sqrt(22)
    assert Figure(mean).prints("25.6")
    assert Figure(u).prints("0.872")
    linear = first_order_general(lambda x: x[0], [Normal(mean, u, degrees_of_freedom=21)], 0.95)
    assert linear is not None
    assert Figure(linear.coverage_factor).prints("2.08")
    assert Figure(linear.low).prints("23.8")
    assert Figure(linear.high).prints("27.4")
    drawn = run(lambda x: x[0], [StudentT(mean, u, 21)], 0.95)
    assert drawn.low.prints("23.8")
    assert drawn.high.prints("27.4")
    exact = monomial(1, [(StudentT(mean, u, 21), 1)], level=0.95)
    assert (exact.low, exact.high) == pytest.approx((linear.low, linear.high))


VISCOMETER = [
    # E3: viscosity of the calibration liquid (mPa s), times of the fall (s), densities (kg/m3)
    *(Normal(4.63, 0.01 * 4.63), Normal(36.6, 0.15 * 36.6), Normal(61, 0.1 * 61)),
    *(Normal(2217, 0.5), Normal(810, 0.5), Normal(1180, 0.5)),  # of the ball, the calibration liquid, the solution
]


def viscosity(x: Sequence[Any]) -> Any:
    """E3: that of the solution, by the ratio of the times and of the buoyancies."""
    calibration, calibration_time, time, ball, calibration_density, density = x
    return calibration * (ball - density) / (ball - calibration_density) * time / calibration_time


def test_nist_e3_falling_ball_viscometer() -> None:
    """E3: 5.69 at the estimates; drawn, 5.82 mPa s with a deviation of 1.11, and 4.05 to 8.39 for 95 %."""
    linear = first_order_general(viscosity, VISCOMETER, 0.95)
    assert linear is not None
    assert Figure(linear.value).prints("5.69")
    found = run(viscosity, VISCOMETER, 0.95)
    assert found.mean.prints("5.82")
    assert found.sd.prints("1.11")
    assert found.low.prints("4.05")
    assert found.high.prints("8.39")
    assert serves(viscosity, VISCOMETER, 0.95) is False


def rectangle(sd: float, mean: float = 0.0) -> Uniform:
    """A rectangle by its standard deviation."""
    return Uniform(mean - sd * ROOT_3, mean + sd * ROOT_3)


def u_shape(sd: float) -> Arcsine:
    """A U-shaped distribution by its standard deviation."""
    return Arcsine(-sd * math.sqrt(2), sd * math.sqrt(2))


ATTENUATOR = [
    # E11, decibel: the reference attenuator, its correction, leakage, mismatch, isolation ... (each by its deviation)
    *(StudentT(30.0402, 0.0091 / ROOT_3, 3), rectangle(0.0025, 0.003)),  # three degrees of freedom: root 3 scales
    *(Normal(0, 0.002), Normal(0, 0.002), rectangle(0.0003), rectangle(0.0003)),
    *(u_shape(0.02), u_shape(0.0014), u_shape(0.0021)),
]


def test_nist_e11_step_attenuator() -> None:
    """E11: 30.043 dB, u = 0.0224, and 30.006 to 30.081 for 95 %, of a Student t, rectangles and U shapes added up."""
    found = run(sum, ATTENUATOR, 0.95)
    assert found.mean.prints("30.043")
    assert found.low.prints("30.006")
    assert found.high.prints("30.081")
    # Three degrees of freedom leave a sampled variance without a standard error; the sum of the variances has none.
    assert Figure(math.hypot(*(given.sd for given in ATTENUATOR))).prints("0.0224")


# --- Closed forms


@pytest.mark.parametrize("rho", [0.0, 0.6, -1.0])
def test_product_of_lognormals(rho: float) -> None:
    """Logs add up (Aitchison and Brown, The Lognormal Distribution, 1957, theorem 2.2), and their covariances."""
    a, b, correlation = LogNormal(1, 0.3), LogNormal(0.5, 0.4), [[1, rho], [rho, 1]]
    mu = math.log(2) - 2 * 1 + 0.5
    sigma = math.sqrt((2 * 0.3) ** 2 + 0.4**2 + 2 * rho * (-2 * 0.3) * 0.4)
    z = statistics.NormalDist().inv_cdf(0.95)
    exact = monomial(2, [(a, -2), (b, 1)], correlation=correlation)
    assert exact.method == "lognormal"
    assert (exact.low, exact.median, exact.high) == pytest.approx(
        [math.exp(mu + side * z * sigma) for side in (-1, 0, 1)]
    )
    mean, sd = math.exp(mu + sigma**2 / 2), math.exp(mu + sigma**2 / 2) * math.sqrt(math.expm1(sigma**2))
    assert (exact.mean, exact.sd) == pytest.approx((mean, sd))
    drawn = run(lambda x: 2 * x[0] ** -2 * x[1], [a, b], 0.9, correlation)
    for figure, wanted in ((drawn.low, exact.low), (drawn.high, exact.high), (drawn.mean, mean), (drawn.sd, sd)):
        assert abs(figure.value - wanted) <= 4 * figure.error + 1e-12


@pytest.mark.parametrize("rho", [0.0, 0.5, -0.9])
def test_sum_of_normals(rho: float) -> None:
    inputs, correlation = [Normal(10, 3), Normal(-4, 5)], [[1, rho], [rho, 1]]
    law = statistics.NormalDist(2 * 10 + 4, math.sqrt(36 + 25 - 2 * rho * 30))  # of twice the one less the other
    linear = first_order_general(lambda x: 2 * x[0] - x[1], inputs, 0.95, correlation)
    assert linear is not None
    assert linear.value == pytest.approx(law.mean)
    assert linear.standard_uncertainty == pytest.approx(law.stdev)
    assert (linear.low, linear.high) == pytest.approx((law.inv_cdf(0.025), law.inv_cdf(0.975)))
    drawn = run(lambda x: 2 * x[0] - x[1], inputs, 0.95, correlation)
    wanted = (law.mean, law.stdev, law.inv_cdf(0.025), law.inv_cdf(0.975))
    for figure, value in zip((drawn.mean, drawn.sd, drawn.low, drawn.high), wanted, strict=True):
        assert abs(figure.value - value) <= 4 * figure.error


@pytest.mark.parametrize(("a", "b"), [(2.0, 3.0), (0.5, 0.5), (30.0, 70.0)])
def test_moments_of_a_beta(a: float, b: float) -> None:
    mean, sd = a / (a + b), math.sqrt(a * b / (a + b + 1)) / (a + b)
    assert (Beta(a, b).mean, Beta(a, b).sd) == pytest.approx((mean, sd))
    drawn = run(lambda x: x[0], [Beta(a, b)], 0.9)
    assert abs(drawn.mean.value - mean) <= 4 * drawn.mean.error
    assert abs(drawn.sd.value - sd) <= 4 * drawn.sd.error


def test_parameters_of_a_90_percent_interval() -> None:
    """2 to 50: the middle is the root of 100, and 5 either way is 1.645 deviations of the log."""
    given = between(2, 50)
    assert isinstance(given, LogNormal)
    assert (given.mu, given.sigma) == pytest.approx((math.log(10), math.log(5) / 1.6448536269514722))


def test_one_uncertain_utilization() -> None:
    """AlphaStar: a peak of 6.1312e23 FLOP at a utilization of 15 to 45 %, so 9.197e22 to 2.759e23 FLOP."""
    spread = monomial(6.1312e23, [(between(0.15, 0.45, fraction=True), 1)])
    assert (f"{spread.low:.3e}", f"{spread.high:.3e}") == ("9.197e+22", "2.759e+23")


def test_three_factors_of_three() -> None:
    """The logs' widths add as squares: a factor of 3 to the root of 3 either way, where first order goes below 0."""
    factor = between(1 / 3, 3)
    spread = monomial(1, [(factor, 1), (factor, 1), (factor, 1), (Exact(1), 1)])
    assert (f"{spread.low:.3f}", f"{spread.high:.2f}") == ("0.149", "6.70")
    assert (spread.low, spread.high) == pytest.approx((3**-ROOT_3, 3**ROOT_3))
    assert spread.first_order is not None
    assert (f"{spread.first_order[0]:.1f}", f"{spread.first_order[1]:.1f}") == ("-2.2", "6.1")
    assert spread.first_order_serves is False
