"""Uncertain inputs by hand: numbers, units in three ways, text forms, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import slipstick
from slipstick import (
    Estimate,
    Input,
    arcsine,
    beta,
    between,
    exactly,
    factor_of,
    lognormal,
    normal,
    plus_minus,
    samples,
    student_t,
    triangular,
    uniform,
)
from slipstick.estimates.ranges import input_from_text
from slipstick.uncertainty import Exact, LogitNormal, LogNormal, Normal

Z = 1.6448536269514722
"""The 95 % point of the standard normal distribution (JCGM 100:2008, table G.1 has 1.645)."""


def ends(made: Input) -> tuple[float, float]:
    assert made.low is not None
    assert made.high is not None
    return float(made.low), float(made.high)


# --- What the names stand for, by scipy's quantiles


@pytest.mark.parametrize(
    ("made", "reference"),
    [
        (normal(10, 2), stats.norm(10, 2)),
        (uniform(3, 7), stats.uniform(3, 4)),
        (arcsine(3, 7), stats.arcsine(3, 4)),
        (triangular(3, 4, 7), stats.triang(0.25, 3, 4)),
        (beta(2, 5), stats.beta(2, 5)),
        (student_t(10, 2, 4), stats.t(4, 10, 2)),
        (plus_minus(10, 2, degrees_of_freedom=4), stats.t(4, 10, 2)),
        (plus_minus(10, 2, level=0.95), stats.norm(10, 2 / 1.959963984540054)),
        (lognormal(median=10, sigma=0.5), stats.lognorm(0.5, scale=10)),
        (lognormal(median=10, geometric_sd=math.e), stats.lognorm(1, scale=10)),
        (lognormal(mean=10, sd=10), stats.lognorm(math.sqrt(math.log(2)), scale=10 / math.sqrt(2))),
        (between(5, 12, level=0.5), stats.lognorm(math.log(2.4) / 2 / 0.6744897501960817, scale=math.sqrt(60))),
        (factor_of(3, 10, level=0.5), stats.lognorm(math.log(3) / 0.6744897501960817, scale=10)),
    ],
    ids=lambda x: x.source if isinstance(x, Input) else "",
)
def test_the_range_of_an_input_is_its_central_ninety_percent(made: Input, reference: stats.rv_continuous) -> None:
    assert ends(made) == pytest.approx(tuple(reference.ppf([0.05, 0.95])), rel=1e-9)
    distribution = made.distribution()
    assert [distribution.quantile(p) for p in (0.2, 0.9)] == pytest.approx(list(reference.ppf([0.2, 0.9])), rel=1e-9)


@pytest.mark.parametrize(
    ("made", "kind", "point"),
    [
        (between(4, 9), LogNormal, 6),
        (between(0.1, 0.4), LogitNormal, 0.2),
        (between(0.1, 0.4, fraction=False), LogNormal, 0.2),
        (between("0.1 kW", "0.4 kW"), LogNormal, 0.2),
        (between(-4, 10), Normal, 3),
        (between(0, 10), Normal, 5),
        (between(7, 7), Exact, 7),
        (exactly(7), Exact, 7),
        (normal(7, 0), Exact, 7),
        (factor_of(3, 10), LogNormal, 10),
        (plus_minus(0.33, 0.05, fraction=True), LogitNormal, 0.33),
    ],
)
def test_the_ends_choose_the_kind_and_the_point(made: Input, kind: type, point: float) -> None:
    assert isinstance(made.distribution(), kind)
    assert float(made.value) == pytest.approx(point, rel=1e-12)


def test_the_point_is_what_was_said_and_not_the_median() -> None:
    assert triangular(1, 5, 6).value == 5
    assert lognormal(median="3 kW", sigma=1).value == 3
    assert between(4, 9, level=0.5).value == 6


def test_a_factor_of_three() -> None:
    made = factor_of(3, "10 kW")
    assert (made.low, made.value, made.high) == (Fraction(10, 3), 10, 30)


def test_samples_are_kept_in_their_range() -> None:
    made = samples([31, 36, 33, 32])
    assert made.distribution().mean == 33
    assert ends(made) == (31, 36)
    assert float(made.value) == 32.5
    assert samples([3, 3]).distribution() == Exact(3)


@given(st.floats(1e-6, 1e6), st.floats(1.001, 1e3), st.floats(0.1, 0.99))
def test_between_has_its_ends_at_its_level(low: float, ratio: float, level: float) -> None:
    made = between(low, low * ratio, level=level, fraction=False).distribution()
    assert made.quantile((1 - level) / 2) == pytest.approx(low, rel=1e-9)
    assert made.quantile((1 + level) / 2) == pytest.approx(low * ratio, rel=1e-9)


# --- Units


@pytest.mark.parametrize(
    "made",
    [
        between(5, 12, "days"),
        between("5 days", "12 days"),
        between("5 days", 12, "days"),
        between("120 hours", "12 days", "days"),
        between(slipstick.quantity("5 days"), slipstick.quantity("288 hours"), "days"),
    ],
)
def test_units_may_be_given_in_three_ways(made: Input) -> None:
    assert ends(made) == (5, 12)
    assert str(made.quantity.units) == "day"


@pytest.mark.parametrize(
    ("made", "deviation"),
    [
        (normal("10 kW", "200 W"), 0.2),
        (normal(10, 0.2, "kW"), 0.2),
        (plus_minus("10 kW", "200 W"), 0.2),
        (student_t("10 kW", "200 W", 4), 0.2),
        (uniform("8 kW", "12000 W"), 4 / math.sqrt(12)),
        (arcsine("8 kW", "12000 W"), 2 / math.sqrt(2)),
        (triangular("8 kW", "10000 W", "12 kW"), 2 / math.sqrt(6)),
        (samples(["9 kW", "11000 W"]), None),
        (lognormal(mean="10 kW", sd="200 W"), 0.2),
        (lognormal(median=10, sigma=0.1, unit="kW"), None),
        (factor_of(2, "10 kW"), None),
        (exactly("10 kW"), 0),
    ],
)
def test_each_is_in_the_unit_of_the_first_or_the_stated_one(made: Input, deviation: float | None) -> None:
    """Standard uncertainties of rectangular, U-shaped and triangular: JCGM 101:2008, table 1 (6.4.2, 6.4.6, 6.4.5)."""
    assert str(made.quantity.units) == "kilowatt"
    assert Estimate.from_formula("p", p=made).value.to("kilowatt").magnitude == pytest.approx(10, rel=1e-3)
    if deviation is not None:
        assert made.distribution().standard_uncertainty == pytest.approx(deviation, rel=1e-9)


# --- From text


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("normal(10, 2) kW", normal(10, 2, "kW")),
        ("normal(10 kW, 2 kW)", normal(10, 2, "kW")),
        (" normal ( 10 kW , 2000 W ) ", normal(10, 2, "kW")),
        ("normal(-10, 2) kW", normal(-10, 2, "kW")),
        ("between(5 days, 12 days, level=0.5)", between(5, 12, "days", level=0.5)),
        ("between(0.2, 0.5, fraction=no)", between(0.2, 0.5, fraction=False)),
        ("plus_minus(33%, 5%, fraction=yes)", plus_minus(0.33, 0.05, fraction=True)),
        ("plus_minus(10, 2, degrees_of_freedom=4)", plus_minus(10, 2, degrees_of_freedom=4)),
        ("uniform(3, 7)", uniform(3, 7)),
        ("arcsine(-1, 1) m", arcsine(-1, 1, "m")),
        ("triangular(3, 4, 7) m", triangular(3, 4, 7, "m")),
        ("beta(2, 5)", beta(2, 5)),
        ("student_t(10, 2, 4) kW", student_t(10, 2, 4, "kW")),
        ("lognormal(median=3, sigma=1) kW", lognormal(median=3, sigma=1, unit="kW")),
        ("factor_of(3)", factor_of(3)),
        ("factor_of(3, 10) kW", factor_of(3, 10, "kW")),
        ("samples(1, 2, 4) kW", samples([1, 2, 4], "kW")),
        ("samples(1 kW, 2 kW, 4000 W)", samples([1, 2, 4], "kW")),
        ("exactly(3 kW)", exactly(3, "kW")),
    ],
)
def test_every_distribution_can_be_written(text: str, same: Input) -> None:
    made = input_from_text(text)
    assert made is not None
    assert (made.value, made.unit, made.distribution()) == (same.value, same.unit, same.distribution())


@pytest.mark.parametrize("text", ["10 kW", "between 5 and 12", "5 to 12", "normal(1, 2", "5 (90% CI 3 to 7)"])
def test_other_text_is_no_distribution(text: str) -> None:
    assert input_from_text(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("5 to 12", 5, 12, "dimensionless"),
        ("$5M–$12M", 5e6, 12e6, "USD"),
        ("0.2-0.5", 0.2, 0.5, "dimensionless"),
        ("between 5 and 12 kW", 5, 12, "kilowatt"),
        ("between $5M and $12M", 5e6, 12e6, "USD"),
        ("between 5 days and 12 days", 5, 12, "day"),
        ("from 5 to 12 days", 5, 12, "day"),
        ("48 hours to 12 days", 2, 12, "day"),
        ("10 kW within a factor of 3", 10 / 3, 30, "kilowatt"),
        ("10 kW ±1 OOM", 1, 100, "kilowatt"),
        ("100 kW ± 5 kW", 100 - 5 * Z, 100 + 5 * Z, "kilowatt"),
    ],
)
def test_ranges_as_people_write_them(text: str, low: float, high: float, unit: str) -> None:
    made = Estimate.from_formula("a", a=text).input("a")
    assert ends(made) == pytest.approx((low, high), rel=1e-9)
    assert str(made.quantity.units) == unit


def test_a_percentage_with_its_deviation_stays_inside_0_to_1() -> None:
    made = Estimate.from_formula("a", a="33% ± 5%").input("a").distribution()
    assert isinstance(made, LogitNormal)
    assert (made.at(-1), made.at(1)) == (pytest.approx(0.28, abs=0.002), pytest.approx(0.38, abs=0.002))


def test_a_negative_number_is_a_value() -> None:
    assert Estimate.from_formula("a", a="-5 m").exact_value == -5
    assert Estimate.from_formula("a", a="−5 m").exact_value == -5


# --- What is refused, in one line

ORDER = "a range runs from its lower to its higher end, not "
INSIDE = "the range of a fraction must lie inside 0 to 1, both ends excluded, not "
ONE_FOR_A = "a lognormal takes median and sigma, median and geometric_sd, or mean and sd, not "


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: between(5, 2), ORDER + "5 to 2"),
        (lambda: between("5 days", "12 hours"), ORDER + "5 to 0.5"),
        (lambda: uniform(5, 2), ORDER + "5 to 2"),
        (lambda: between("50%", "120%", fraction=True), INSIDE + "0.5 to 1.2"),
        (lambda: plus_minus(1.2, 0.05, fraction=True), INSIDE + "1.15 to 1.25"),
        (lambda: between(0.2, 0.5, "kW", fraction=True), "a fraction has no unit"),
        (lambda: lognormal(median=0, sigma=1), "a lognormal quantity is positive: its median cannot be 0"),
        (lambda: lognormal(mean=-1, sd=1), "a lognormal quantity is positive: its mean cannot be -1"),
        (lambda: lognormal(mean=3), ONE_FOR_A + "mean"),
        (lambda: lognormal(), ONE_FOR_A + "nothing"),
        (lambda: normal(10, -2), "sd must be a finite number of 0 or more, not -2"),
        (lambda: normal("10 kW", "-2 kW"), "sd must be a finite number of 0 or more, not -2"),
        (lambda: plus_minus(10, -2), "sd must be a finite number of 0 or more, not -2"),
        (lambda: normal("10 kW", 2), "sd is in 1, not in W"),
        (lambda: between("5 days", "12 kg"), "high is in kg, not in s"),
        (lambda: between(5, 12, "zork"), "the unit 'zork' is not known; slipstick convert --list has all units"),
        (lambda: between(5, 12, level=2), "a level must lie between 0 and 1, not 2"),
        (
            lambda: between(5, 12, 5),  # type: ignore[arg-type]
            'expected a unit as a text, such as "days" or "FLOP/s", not 5',
        ),
        (lambda: normal(math.nan, 1), "mean: expected a finite number, not nan"),
        (lambda: normal(1, math.inf), "sd: expected a finite number, not inf"),
        (lambda: triangular(1, 5, 3), "the most likely value must lie inside the range, 1 to 3, not at 5"),
        (lambda: beta(0, 1), "a must be a finite number above 0, not 0"),
        (lambda: student_t(1, 1, 0), "degrees of freedom must be a number above 0, not 0"),
        (lambda: factor_of(0.5), "within a factor of k takes a finite k above 1, not 0.5"),
        (lambda: factor_of(3, -1), "only a positive quantity is known to within a factor, not -1"),
        (lambda: samples([1]), "a distribution of measured draws needs at least two of them, not 1"),
        (
            lambda: samples(5),  # type: ignore[arg-type]
            "expected samples one by one, such as [3, 4, 3.5], not 5",
        ),
        (lambda: samples(["1 kW", 2]), "sample 2 is in 1, not in W"),
        (
            lambda: between(None, 3),
            "expected a number, a text with a unit or a quantity for low, not None",
        ),
    ],
)
def test_what_cannot_be(make: object, message: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole message is compared
        make()  # type: ignore[operator]
    assert str(raised.value) == message


KNOWN = (
    "between, plus_minus, normal, uniform, arcsine, triangular, student_t, lognormal, beta, factor_of, samples, exactly"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("gauss(1, 2)", f"expected a distribution of {KNOWN}, not 'gauss'"),
        ("normal(1)", "normal takes mean, sd, not '1'"),
        ("normal(1, 2, 3, 4, 5)", "normal takes mean, sd, not '1, 2, 3, 4, 5'"),
        ("normal(1, 2, skew=3)", "normal takes mean, sd, not '1, 2, skew=3'"),
        ("lognormal(3, 1)", "lognormal takes median, sigma, geometric_sd, mean, sd, not '3, 1'"),
        ("normal(10, -2) kW", "sd must be a finite number of 0 or more, not -2"),
        ("between(50%, 120%, fraction=true)", INSIDE + "0.5 to 1.2"),
        ("between(1, 2, level=high)", "level: expected a number, not 'high'"),
        ("5 to 2 kW", ORDER + "from 5 to 2 kW"),
        ("$12M–$5M", ORDER + "from $12M to $5M"),
        ("between 12 and 5 days", ORDER + "from 12 to 5 days"),
        ("0 to 5 kW", 'a range from 0 is written as in "uniform(0, 5) days", not from 0 to 5 kW'),
        ("5 kg to 5 kg", "a range has two ends, not 5 kg twice"),
        ("5 kg ± 1 s", "both ends of a range are of one kind, not '5 kg ± 1 s'"),
        ("1/0", "expected a unit after '1', not '/0'"),
        ("-1..1 kg", "a range with a negative end is written as in \"between(-1, 3)\", not '-1..1 kg'"),
        ("5 to -3", "a range with a negative end is written as in \"between(-1, 3)\", not '5 to -3'"),
        ("5..3", "a range runs from its lower to its higher end, not from 5 to 3"),
        ("-1 to 3", "a range with a negative end is written as in \"between(-1, 3)\", not '-1 to 3'"),
    ],
)
def test_text_that_cannot_be(text: str, message: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole message is compared
        Estimate.from_formula("a", a=text)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("made", "low", "high"),
    [
        (lambda: between(20, 40, "%"), 0.2, 0.4),
        (lambda: between(20, 40, "million USD"), 2e7, 4e7),
        (lambda: Estimate.from_formula("x", x="between(20, 40) %").inputs[0], 0.2, 0.4),
        (lambda: Estimate.from_formula("x", x="between(20, 40) million USD").inputs[0], 2e7, 4e7),
        (lambda: samples([20, 40], "%"), 0.2, 0.4),
    ],
)
def test_what_stands_before_a_unit_counts(made: Callable[[], Input], low: float, high: float) -> None:
    assert (float(made().low or 0), float(made().high or 0)) == pytest.approx((low, high), rel=1e-9)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("60 km/h ± 10 km/h", "60 ± 10 km/h"),
        ("36 km/h +/- 5 m/s", "10 ± 5 m/s"),
        ("60 km/h ± 10 %", "60 ± 6 km/h"),
        ("336 hours ± 2 days", "14 ± 2 days"),
    ],
)
def test_a_deviation_with_a_unit_of_its_own(text: str, other: str) -> None:
    """What stands behind ± may have the unit again, another of its kind, or be a share of the value."""
    one, same = (Estimate.from_formula("a", a=each).spread() for each in (text, other))
    assert (one.low, one.median, one.high) == pytest.approx((same.low, same.median, same.high), rel=1e-12)


def test_a_plain_ratio_is_a_number() -> None:
    assert Estimate.from_formula("a", a="1/1000").input("a").value == Fraction(1, 1000)
