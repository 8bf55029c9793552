"""The spread of an estimate: three ways side by side, seeds and workers, many estimates at once, deep formulas."""

from __future__ import annotations

import copy
import math
import pickle
import random
import sys
from math import prod
from statistics import NormalDist

import numpy as np
import pytest
import uncertainties
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import slipstick
from slipstick import Estimate, Settings, between, normal, spreads, uniform
from slipstick.estimates.combining import estimate_from
from slipstick.estimates.derivatives import slopes
from slipstick.estimates.error_bars import draws_of, evaluation_of, probability_below
from slipstick.formula import leaves
from slipstick.uncertainty import Spread

Z = 1.6448536269514722
ALPHASTAR = (
    "12 agents * 44 days * 24 hours/day * 3600 sec/hour * 420*10^12 FLOP/s * 32 TPUv3 boards * "
    "33% actual board utilization = 2.02 * 10^23 FLOP"
)


def made(formula: str, **inputs: object) -> Estimate:
    return Estimate.from_formula(formula, **inputs)


def spread_of(estimate: Estimate, level: float = 0.9, **how: object) -> Spread:
    found = estimate.spread(level, **how)  # type: ignore[arg-type]
    assert found is not None
    return found


def a_sum() -> Estimate:
    return made("x + y", x="1 to 4", y="3 to 27")


# --- AlphaStar: 12 * 44 * 86400 * 420e12 * 32 = 6.1312e23, times 0.15 and 0.45


@pytest.mark.parametrize(
    "given_utilization",
    ["0.15 to 0.45", "15% to 45%", "between 15% and 45%", (0.15, 0.45), "between(0.15, 0.45)", between(0.15, 0.45)],
)
def test_alphastar_by_hand(given_utilization: object) -> None:
    spread = spread_of(
        made(
            "agents * days * peak * boards * utilization",
            agents="12 agents",
            days="44 days",
            peak="420 TFLOP/s/TPU v3 board",
            boards="32 TPU v3 boards / agent",
            utilization=given_utilization,
        )
    )
    assert (f"{spread.low:.4g}", f"{spread.high:.4g}", spread.method) == ("9.197e+22", "2.759e+23", "scaled")


def test_alphastar_from_its_text() -> None:
    spread = spread_of(slipstick.read_estimate(ALPHASTAR))
    assert (f"{spread.low:.4g}", f"{spread.high:.4g}", spread.method) == ("9.197e+22", "2.759e+23", "scaled")


def test_alphastar_audited_with_a_stated_utilization() -> None:
    report = slipstick.audit(ALPHASTAR, Settings(utilization=(0.15, 0.45)))
    (calculation,) = report.calculations
    assert calculation.interval is not None
    assert (f"{calculation.interval.low:.4g}", f"{calculation.interval.high:.4g}") == ("9.197e+22", "2.759e+23")


def test_three_factors_of_three() -> None:
    """3 ** -sqrt(3) to 3 ** sqrt(3); first order about the means: -2.2 to 6.1, which does not serve."""
    factor = "factor_of(3)"
    spread = spread_of(made("a*b*c", a=factor, b=factor, c=factor))
    assert (spread.low, spread.high) == pytest.approx((3 ** -math.sqrt(3), 3 ** math.sqrt(3)), rel=1e-9)
    assert spread.first_order == pytest.approx((-2.2, 6.1), abs=0.05)
    assert spread.first_order_serves is False


# --- Which way


@pytest.mark.parametrize(
    ("estimate", "method"),
    [
        (made("a * b", a="1 to 4", b=3), "scaled"),
        (made("a * b", a="1 to 4", b="3 to 27"), "lognormal"),
        (made("a * b", a="1 to 4", b="0.2 to 0.5"), "quadrature"),
        (made("a * (b + 2*c)", a="1 to 4", b="3", c="5"), "scaled"),
        (made("a / (b + 2*c)**2 * d", a="1 to 4", b="3", c="5", d="2 to 3"), "lognormal"),
        (made("a * (b + c)", a="1 to 4", b="3 to 4", c="5"), "sampled"),
        (made("a + 2*b", a="normal(1, 2)", b="normal(3, 4)"), "normal"),
        (made("a - a + b", a="normal(1, 2)", b="normal(3, 4)"), "normal"),
        (a_sum(), "sampled"),
        (made("a * b", a="normal(1, 2)", b="normal(3, 4)"), "sampled"),
    ],
)
def test_the_formula_chooses_the_way_and_the_spread_names_it(estimate: Estimate, method: str) -> None:
    assert spread_of(estimate).method == method
    assert estimate.interval().method == method
    if method == "sampled":
        with pytest.raises(ValueError, match=r"^no exact way is known for this formula; its spread can be sampled$"):
            estimate.spread(method="exact")
    else:
        assert spread_of(estimate, method="exact") == spread_of(estimate)


def test_a_sum_of_exact_inputs_is_one_exact_factor() -> None:
    # Chips of two stages: 275e12 * (1024 * 7 + 512 * 3) * 86,400 * 0.3, the utilization 0.15 to 0.45.
    of_chips = made(
        "rate * (a * d + b * e) * day * u", rate=275e12, a=1024, d=7, b=512, e=3, day=86_400, u=between(0.15, 0.45)
    )
    spread = spread_of(of_chips)
    assert spread[1:4] == pytest.approx([275e12 * 8704 * 86_400 * u for u in (0.15, 0.27535197, 0.45)], rel=1e-6)
    assert spread.shares == (0, 0, 0, 0, 0, 0, 1)


def test_nothing_uncertain_has_no_spread() -> None:
    assert made("a * b", a=2, b="3 kg").spread() is None
    assert made("a * b", a=2, b="3 kg").interval()[:3] == (made("b", b="6 kg").value,) * 3


def test_a_sum_of_normals_by_hand() -> None:
    """3 and 4 make 5, in units that differ."""
    spread = spread_of(made("a + b", a="normal(10, 3) kW", b="normal(5000, 4000) W"))
    assert (spread.mean, spread.sd, spread.median) == (15_000, pytest.approx(5000), 15_000)
    assert (spread.low, spread.high) == pytest.approx((15_000 - Z * 5000, 15_000 + Z * 5000))
    assert spread.shares == pytest.approx((0.36, 0.64))
    assert spread.first_order_serves is True


def test_first_order_by_hand() -> None:
    """u(x y)^2 = (y u(x))^2 + (x u(y))^2 (JCGM 100:2008, 5.1.2) for 10(1) and 5(2)."""
    spread = spread_of(made("x * y", x="normal(10, 1)", y="normal(5, 2)"), method="first order")
    reach = Z * math.hypot(5, 20)
    assert (spread.method, spread.median) == ("first order", 50)
    assert (spread.low, spread.high) == pytest.approx((50 - reach, 50 + reach))


def test_first_order_has_the_degrees_of_freedom() -> None:
    """One input of scale 0.3 with 4 degrees of freedom: the interval is that of t."""
    spread = spread_of(made("2 * x + 1", x="student_t(10, 0.3, 4)"), method="first order")
    assert (spread.low, spread.high) == pytest.approx(tuple(21 + 0.6 * stats.t(4).ppf([0.05, 0.95])))


@pytest.mark.parametrize("design", ["random", "sobol", "latin hypercube"])
def test_every_design_agrees_with_the_closed_form(design: str) -> None:
    estimate = made("a * b", a="1 to 4", b="0.2 to 0.5")
    exact, drawn = spread_of(estimate), spread_of(estimate, method="sampled", design=design, draws=16_384)
    assert drawn.method == {"random": "sampled"}.get(design, design)
    assert drawn.standard_error is not None
    assert drawn[1:4] == pytest.approx(exact[1:4], rel=6 * drawn.standard_error + 1e-9)


def test_designs_need_fewer_draws() -> None:
    errors = [spread_of(a_sum(), design=d, draws=8192).standard_error for d in ("random", "sobol", "latin hypercube")]
    assert errors[0] > errors[1]  # type: ignore[operator]
    assert errors[0] > errors[2]  # type: ignore[operator]


def test_more_digits_take_more_draws() -> None:
    two, three = spread_of(a_sum()), spread_of(a_sum(), digits=3)
    assert two.draws is not None
    assert three.draws is not None
    assert two.draws < three.draws


# --- One seed, one result


def test_any_number_of_workers_gives_the_same() -> None:
    estimate = a_sum()
    one, two, three = (spread_of(estimate, draws=100_000, workers=n, seed=7) for n in (1, 2, 3))
    assert one == two == three
    assert spread_of(estimate, draws=100_000, seed=8) != one


def test_a_product_drawn_in_threads_is_that_of_processes() -> None:
    product = made("a * b", a=between(2, 5), b=between(0.2, 0.5))
    one, two = (spread_of(product, method="sampled", draws=200_000, workers=n, seed=7) for n in (1, 2))
    assert one == two


def test_draws_are_those_of_the_spread() -> None:
    estimate = a_sum()
    draws = draws_of(estimate, 20_000, seed=3)
    spread = spread_of(estimate, draws=20_000, seed=3)
    assert spread[1:4] == pytest.approx(tuple(np.quantile(draws, [0.05, 0.5, 0.95])), rel=1e-12)
    assert (draws_of(estimate, 100, seed=3) == draws[:100]).all()


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"method": "guess"}, "expected a method of auto, exact, first order, sampled, not 'guess'"),
        ({"design": "halton"}, "expected a design of random, sobol, latin hypercube, not 'halton'"),
        ({"draws": 5}, "sampling takes at least 100 draws, not 5"),
        ({"draws": 1000.5}, "draws is a whole number, not 1000.5"),
        ({"draws": "many"}, "draws is a whole number, not 'many'"),
        ({"seed": -1}, "a seed must lie between 0 and 2^64 - 1, not -1"),
        ({"seed": 1.5}, "seed is a whole number, not 1.5"),
        ({"digits": 9}, "1 to 3 digits can be made to stand still, not 9"),
        ({"workers": 0}, "expected 1 to 256 workers, not 0"),
        ({"level": 0}, "a level must lie between 0 and 1, not 0"),
        ({"level": math.nan}, "a level must lie between 0 and 1, not nan"),
    ],
)
@pytest.mark.parametrize("estimate", [a_sum(), made("a * b", a="1 to 4", b="3 to 27")], ids=["sum", "product"])
def test_what_cannot_be(estimate: Estimate, how: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole message is compared
        estimate.spread(**how)  # type: ignore[arg-type]
    assert str(raised.value) == message


def test_a_result_that_some_draws_do_not_have() -> None:
    with pytest.raises(ValueError, match=r"^the result is not a finite number for some values of its inputs$"):
        made("sqrt(a) + 1", a="normal(1, 1)").spread()


# --- Cancellation: the same input is the same, whatever stands between


def test_what_is_taken_away_again_is_gone() -> None:
    x, y = made("x", x="1 to 4"), made("y", y="2 to 3")
    assert (x - x).exact_value == 0
    assert spread_of(x - x)[1:4] == (0, 0, 0)
    assert spread_of(x / x)[1:4] == (1, 1, 1)
    assert spread_of(x * y / x)[1:4] == spread_of(y)[1:4]
    assert spread_of(x + y - x)[1:4] == pytest.approx(spread_of(y)[1:4], rel=0.02)
    assert spread_of((x + y) / (y + x))[1:4] == (1, 1, 1)
    assert spread_of(x**2 / (x * x))[1:4] == (1, 1, 1)


POSITIVE = st.floats(1e-3, 1e3)
RATIOS = st.floats(1.05, 20)


@given(POSITIVE, RATIOS, POSITIVE, RATIOS)
@settings(max_examples=30, deadline=None)
def test_cancellation(a: float, r: float, b: float, s: float) -> None:
    x, y = estimate_from(between(a, a * r)), estimate_from(between(b, b * s))
    assert spread_of(x / x)[1:4] == (1, 1, 1)
    assert spread_of(x * y / y)[1:4] == pytest.approx(spread_of(x)[1:4], rel=1e-12)
    assert spread_of((x + y) - (y + x), draws=200)[1:4] == pytest.approx((0, 0, 0), abs=1e-9)


@given(POSITIVE, RATIOS, st.floats(1e-6, 1e6))
@settings(max_examples=20, deadline=None)
def test_scaling_scales_every_quantile(a: float, r: float, k: float) -> None:
    x, y = between(a, a * r), between(3, 5)
    for estimate in (made("x * y", x=x, y=y), made("x + y", x=x, y=y)):
        one, other = spread_of(estimate, draws=2000), spread_of(estimate * k, draws=2000)
        assert other[1:4] == pytest.approx(tuple(k * end for end in one[1:4]), rel=1e-9)


@given(POSITIVE, RATIOS, st.floats(1.001, 50), st.sampled_from(["x * y", "x + y", "x * y + x / y", "sqrt(x) * y"]))
@settings(max_examples=30, deadline=None)
def test_monotone_in_each_positive_input(a: float, r: float, more: float, formula: str) -> None:
    """A larger x, of the same shape and draws, makes every quantile larger."""
    estimate = made(formula, x=between(a, a * r, fraction=False), y=between(3, 5))
    larger = estimate.replace(x=between(a * more, a * r * more, fraction=False))
    low, high = spread_of(estimate, draws=1000), spread_of(larger, draws=1000)
    assert all(one < other for one, other in zip(low[1:4], high[1:4], strict=True))


@given(POSITIVE, RATIOS, st.floats(0.05, 0.95), st.floats(0.05, 0.95))
@settings(max_examples=20, deadline=None)
def test_a_higher_level_is_wider(a: float, r: float, one: float, other: float) -> None:
    narrow, wide = sorted((one, other))
    estimate = made("x * y", x=between(a, a * r), y=uniform(2, 3))
    inside, outside = (spread_of(estimate, level, draws=2000, method="sampled") for level in (narrow, wide))
    assert outside.low <= inside.low <= inside.high <= outside.high


def test_sampled_and_closed_form_agree_on_a_thousand_random_products() -> None:
    """Correlated and independent lognormals: each end within six standard errors of the closed form."""
    chance = random.Random(4)
    for _ in range(1000):
        n = chance.randint(1, 3)
        ends = [(low := 10 ** chance.uniform(-6, 6), low * chance.uniform(1.01, 100)) for _ in range(n)]
        inputs = [estimate_from(between(*pair, fraction=False), f"x{i}") for i, pair in enumerate(ends)]
        estimate = prod(x ** chance.choice([-2, -1, 0.5, 1, 3]) for x in inputs)
        if n > 1 and chance.random() < 0.5:
            estimate = estimate.correlated({("x0", "x1"): chance.uniform(-1, 1)})
        exact = spread_of(estimate)
        drawn = spread_of(estimate, method="sampled", draws=4000, seed=chance.randrange(2**64))
        assert drawn.standard_error is not None
        logs = [abs(math.log(one / other)) for one, other in zip(drawn[1:4], exact[1:4], strict=True)]
        assert max(logs) <= 6 * drawn.standard_error + 1e-12


# --- Slopes


@pytest.mark.parametrize(
    "formula",
    [
        "a*b + c",
        "a/b - c**3",
        "sqrt(a*b) / (a + c)",
        "(a - b) * (a + b) * c",
        "a**-2 * b**0.5 + a*a",
        "a - a + 2*b + c",
    ],
)
@given(a=st.floats(0.5, 3), b=st.floats(0.5, 3), c=st.floats(0.5, 3))
@settings(max_examples=15, deadline=None)
def test_slopes(formula: str, a: float, b: float, c: float) -> None:
    """By central differences, and by the derivatives of the uncertainties package."""
    estimate = made(formula, **{name: 1 for name in "abc" if name in formula})
    evaluate, inputs = evaluation_of(estimate)
    point = [{"a": a, "b": b, "c": c}.get(i.name, float(i.value)) for i in inputs]
    value, found = slopes(estimate.formula, lambda i: point[inputs.index(i)])
    variables = [uncertainties.ufloat(x, 1) for x in point]
    whole = evaluate(variables)
    assert value == pytest.approx(whole.nominal_value)
    for n, i in enumerate(inputs):
        step = 1e-6
        up, down = (evaluate([x + sign * step * (m == n) for m, x in enumerate(point)]) for sign in (1, -1))
        assert found[id(i)] == pytest.approx((up - down) / (2 * step), abs=1e-6 * (1 + abs(found[id(i)])))
        assert found[id(i)] == pytest.approx(whole.derivatives.get(variables[n], 0.0), rel=1e-9, abs=1e-12)


def test_slopes_at_zero_and_where_there_are_none() -> None:
    product = made("a * b", a=1, b=1)
    a, b = product.inputs
    assert slopes(product.formula, lambda i: 0.0 if i is a else 3.0) == (0, {id(a): 3, id(b): 0})
    with pytest.raises(ArithmeticError):
        slopes(made("1 / a", a=1).formula, lambda i: float(i.constant))
    with pytest.raises(ArithmeticError):
        slopes(made("sqrt(a)", a=1).formula, lambda _: -1.0)


# --- Many at once


def test_the_spreads_of_running_totals() -> None:
    """Partial sums of 100 normal terms 2(1): mean 2 n, deviation sqrt(n)."""
    totals = [estimate_from(normal(2, 1))]
    for _ in range(99):
        totals.append(totals[-1] + normal(2, 1))
    for n, spread in enumerate(spreads(totals, draws=8192), start=1):
        assert spread.standard_error is not None
        reach = Z * math.sqrt(n)
        expected = (2 * n - reach, 2 * n, 2 * n + reach)
        size = reach if expected[0] <= 0 else expected[2]
        assert spread[1:4] == pytest.approx(expected, abs=6 * spread.standard_error * size)


def test_spreads_share_their_inputs() -> None:
    x, y = made("x", x="1 to 4"), made("y", y="2 to 3")
    of_x, of_double, of_ratio, of_none, again = spreads([x, 2 * x, x * y / (y * x), x - x, x])
    assert of_double[1:4] == pytest.approx(tuple(2 * end for end in of_x[1:4]))
    assert of_ratio[1:4] == pytest.approx((1, 1, 1))
    assert of_none[1:4] == (0, 0, 0)
    assert again == of_x
    assert spreads([]) == []


def test_spreads_refuses() -> None:
    with pytest.raises(ValueError, match=r"^expected 100 to 2\^20 draws, not 5$"):
        spreads([a_sum()], draws=5)
    with pytest.raises(ValueError, match=r"^a level must lie between 0 and 1, not 2$"):
        spreads([a_sum()], 2)
    with pytest.raises(ValueError, match=r"^the result is not a finite number for some values of its inputs$"):
        spreads([made("sqrt(a)", a="normal(1, 1)")])


# --- Probabilities


@pytest.mark.parametrize("value", [1.5, 2, 4, 9])
def test_the_probability_below_a_value(value: float) -> None:
    lognormal = stats.lognorm(math.log(2) / Z, scale=2)
    assert probability_below(made("2 * x", x="0.5 to 2"), value) == pytest.approx(lognormal.cdf(value), abs=2e-4)


def test_the_probability_of_what_is_sampled_or_exact() -> None:
    estimate = made("x + y", x="uniform(0, 1)", y="uniform(0, 1)")
    assert probability_below(estimate, 0.5) == pytest.approx(0.125, abs=6 * math.sqrt(0.11 / 2**17))
    assert probability_below(made("a", a=3), 4) == 1
    assert probability_below(made("a", a=3), 3) == 0


# --- Long and shared formulas


def a_chain(steps: int) -> Estimate:
    """x + y, doubled, + y, halved, and so on."""
    x, y = made("x", x="1 to 4"), made("y", y="2 to 3")
    for n in range(steps):
        x = x * (2 if n % 4 == 1 else 0.5) if n % 2 else x + y
    return x


def test_a_chain_of_twenty_thousand_operations() -> None:
    assert sys.getrecursionlimit() < 5000
    chain = a_chain(20_000)
    # Four steps make (x + y) * 2 + y, halved: x + 1.5 y; so 5,000 times.
    x, y = (float(chain.input(name).value) for name in "xy")
    assert float(chain.exact_value) == pytest.approx(x + 7500 * y)
    spread = spread_of(chain, draws=1000)
    assert (spread.low, spread.high) == pytest.approx((15_000, 22_500), rel=0.01)
    assert spread.first_order_serves is not None
    assert repr(chain) == "Estimate(a long formula of 2 inputs = 1.837e4)"
    for again in (pickle.loads(pickle.dumps(chain)), copy.deepcopy(chain)):
        assert again.exact_value == chain.exact_value
    assert chain.replace(x=0, y=2).exact_value == 15_000


def test_a_long_chain_is_solved() -> None:
    chain = a_chain(2000)
    answer = chain.solve("x", 2000)
    assert not isinstance(answer, list)
    assert answer.magnitude == pytest.approx(2000 - 750 * math.sqrt(6))
    assert answer.interval().low.magnitude == pytest.approx(2000 - 750 * 3, rel=0.02)


@pytest.mark.parametrize(
    ("step", "of"),
    [
        (lambda e: e + e, lambda x: x * 2.0**60),
        (lambda e: (e + e) / 2, lambda x: x),
        (lambda e: (e * e) ** 0.5, lambda x: x),
    ],
    ids=["sum", "mean", "product"],
)
def test_sixty_steps_that_use_the_last_one_twice(step: object, of: object) -> None:
    estimate = made("x", x="1 to 4")
    for _ in range(60):
        estimate = step(estimate)  # type: ignore[operator]
    assert float(estimate.exact_value) == pytest.approx(of(2))  # type: ignore[operator]
    spread = spread_of(estimate, draws=1000)
    assert spread[1:4] == pytest.approx((of(1), of(2), of(4)), rel=0.1)  # type: ignore[operator]
    assert len(pickle.dumps(estimate)) < 20_000
    assert repr(estimate).startswith("Estimate(a long formula of one input = ")
    assert str(estimate).startswith("a long formula of one input\n")
    assert "a long formula of one input" in (estimate._repr_html_() or "")
    assert "a long formula of one input" in estimate._repr_latex_()
    with pytest.raises(ValueError, match="more than 1,000,000 terms where it is written out"):
        _ = estimate.text


# --- Shares and swings


def test_shares_of_a_product_by_hand() -> None:
    """Of the variance of the log: ln(2)^2 to (2 ln(3))^2."""
    one, other = made("x * y**2", x="1 to 4", y="3 to 27").drivers()
    assert (one.name, other.name, one.method, one.standard_error) == ("y", "x", "log variance", 0)
    assert one.share == pytest.approx(4 * math.log(3) ** 2 / (4 * math.log(3) ** 2 + math.log(2) ** 2))


@pytest.mark.parametrize("formula", ["x * y / z", "x + y - z", "x * y + z", "x * (y + 1)**2 / z"])
def test_shares_sum_to_one(formula: str) -> None:
    drivers = made(formula, x="1 to 4", y="normal(9, 1)", z="0.2 to 0.5").drivers()
    assert sum(driver.share for driver in drivers) == pytest.approx(1)
    assert sorted(drivers, key=lambda d: -d.share) == list(drivers)


@given(st.lists(st.tuples(POSITIVE, RATIOS, st.sampled_from([-2, -1, 0.5, 1])), min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_shares_of_random_products_sum_to_one(factors: list[tuple[float, float, float]]) -> None:
    estimate = prod(estimate_from(between(a, a * r), "x") ** e for a, r, e in factors)
    assert sum(driver.share for driver in estimate.drivers()) == pytest.approx(1)
    spread = spread_of(estimate)
    assert sum(spread.shares) == pytest.approx(1)
    assert len(spread.shares) == len(leaves(estimate.formula))


def test_a_tornado_by_hand() -> None:
    """One input at either end, the other at its median: 3 to 12 and 6 times 1/2 to 2."""
    wide, narrow = made("p * t", p="between(1, 4) kW", t="between(2, 4.5) s").tornado()
    assert (wide.name, wide.unit) == ("p", "kW")
    assert (wide.input_low, wide.input_high) == pytest.approx((1, 4))
    assert (wide.low, wide.high) == pytest.approx((3000, 12_000))
    assert (narrow.low, narrow.high) == pytest.approx((4000, 9000))


def test_the_root_of_a_square_is_never_negative() -> None:
    """The magnitude of a standard normal variable: its quantiles are those of the half-normal distribution."""
    made = Estimate.from_formula("sqrt(d^2)", d=normal(0, 1)).spread(draws=2**18)
    assert made is not None
    expected = [NormalDist().inv_cdf((1 + p) / 2) for p in (0.05, 0.5, 0.95)]
    assert (made.low, made.median, made.high) == pytest.approx(expected, rel=0.02)


def test_a_level_beyond_the_reach_of_the_draws_is_refused() -> None:
    made = Estimate.from_formula("a + b", a="1 to 3", b="1 to 2")
    with pytest.raises(ValueError, match="beyond the reach of 1,048,576 draws"):
        made.spread(0.9999999)
    with pytest.raises(ValueError, match="beyond the reach of 100 draws"):
        made.spread(0.99, draws=100)
