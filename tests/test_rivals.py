"""Rival estimates of one thing: combined in four ways against values by hand, and whether they agree."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from slipstick import Estimate, agreement, between, combine
from slipstick.estimates.combining import estimate_from

Z = 1.6448536269514722
A, B = math.log(2), math.log(3)
"""Half the widths of the logs of the two rivals, 1 to 4 and 3 to 27."""


def rivals() -> tuple[Estimate, Estimate]:
    return Estimate.from_formula("a", a="1 to 4"), Estimate.from_formula("b", b="3 to 27")


def about(median: float, half: float) -> tuple[float, float, float]:
    return median * math.exp(-half), median, median * math.exp(half)


@pytest.mark.parametrize(
    ("how", "weights", "expected"),
    [
        ("geometric mean", (), about(math.sqrt(18), math.hypot(A, B) / 2)),
        ("geometric mean", (3, 1), about(2**0.75 * 9**0.25, math.hypot(3 * A, B) / 4)),
        ("geometric mean", (1, 0), about(2, A)),
        (
            "inverse variance",
            (),
            about(math.exp((A / A**2 + 2 * B / B**2) / (A**-2 + B**-2)), (A**-2 + B**-2) ** -0.5),
        ),
    ],
)
def test_means_of_the_logs(how: str, weights: tuple[float, ...], expected: tuple[float, ...]) -> None:
    """Weighted means of normal logs, and the weights of least variance (Cochran, JRSS Supplement 4, 1937)."""
    combined = combine(rivals(), how, weights)
    assert combined.spread()[1:4] == pytest.approx(expected, rel=1e-9)
    assert sum(combined.weights) == pytest.approx(1)
    assert combined.estimate is not None


@pytest.mark.parametrize("weights", [(), (1, 3), (1, 0)])
def test_a_mixture(weights: tuple[float, ...]) -> None:
    """The quantiles of w F + (1 - w) G, by root finding."""
    first, second = stats.lognorm(A / Z, scale=2), stats.lognorm(B / Z, scale=9)
    w = (weights or (1, 1))[0] / sum(weights or (1, 1))

    def quantile(p: float) -> float:
        return float(optimize.brentq(lambda x: w * first.cdf(x) + (1 - w) * second.cdf(x) - p, 0.01, 1000))

    spread = combine(rivals(), "mixture", weights).spread(draws=100_000)
    assert spread.standard_error is not None
    expected = tuple(quantile(p) for p in (0.05, 0.5, 0.95))
    assert spread[1:4] == pytest.approx(expected, rel=6 * spread.standard_error)
    assert (spread.method, spread.first_order, spread.shares) == ("mixture", None, ())


def test_either_reaches_from_the_lowest_end_to_the_highest() -> None:
    spread = combine(rivals(), "either").spread()
    assert (spread.low, spread.high, spread.method) == (pytest.approx(1), pytest.approx(27), "either")


def test_in_their_unit() -> None:
    one = Estimate.from_formula("a", a="1 to 4 kW")
    interval = combine([one, Estimate.from_formula("b", b="3000 to 27000 W")]).interval()
    assert interval.median.to("kilowatt").magnitude == pytest.approx(math.sqrt(18))
    assert combine([one, "9 kW"], "either").interval().high.to("kilowatt").magnitude == pytest.approx(9)


def test_a_mixture_of_exact_ones() -> None:
    spread = combine([2, 3], "mixture").spread(draws=1000)
    assert (spread.low, spread.high, spread.first_order) == (2, 3, None)


def test_rivals_that_share_inputs_move_together() -> None:
    """x and 3 x: their geometric mean is sqrt(3) x, and they never agree."""
    x = Estimate.from_formula("x", x="1 to 4")
    assert combine([x, 3 * x]).spread()[1:4] == pytest.approx(about(2 * math.sqrt(3), A))
    found = agreement(x, 3 * x)
    assert (found.low, found.high, found.agree) == (pytest.approx(1 / 3), pytest.approx(1 / 3), False)
    assert found.probability == pytest.approx(0, abs=1e-3)


def test_an_end_beside_1_is_told_from_it() -> None:
    """An interval of 1.02 to 3 that leaves out 1 is no "1 to 3"."""
    assert "interval 1.02 to 3, which leaves out 1" in agreement(between(1.02, 3), between(1, 1.0001)).words


def test_agreement_by_hand() -> None:
    """The log of the ratio is normal about ln(2/9) with the root of the sum of squares."""
    found = agreement(*rivals())
    assert found[:3] == pytest.approx(about(2 / 9, math.hypot(A, B)))
    expected = 2 * stats.norm.cdf(-math.log(4.5) / (math.hypot(A, B) / Z))
    assert found.probability == pytest.approx(expected, abs=3e-4)
    assert found.words == (
        "they disagree: the first is 0.22 times the second (median), 90 % interval 0.061 to 0.81, which leaves out 1"
    )
    assert agreement(*rivals(), 0.95).words == (
        "they agree: the first is 0.22 times the second (median), 95 % interval 0.047 to 1.04, which includes 1"
    )


def test_agreement_of_what_is_exact() -> None:
    assert agreement(3, 3).words == "they are the same"
    assert agreement(3, 4).words == "they differ: the first is 0.75 times the second, both exact"
    same = rivals()[0]
    assert (agreement(same, same).agree, agreement(same, same).probability) == (True, 1)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda a, b: combine([a]), "expected at least two estimates of one thing, not 1"),
        (lambda a, b: combine(5), "expected estimates one by one, such as [first, second], not 5"),
        (lambda a, b: combine([a, None]), "expected a number, a text with a unit or a quantity for rival 2, not None"),
        (
            lambda a, b: combine([a, b], "vote"),
            "expected one of geometric mean, inverse variance, mixture, either, not 'vote'",
        ),
        (lambda a, b: combine([a, b], weights=[1]), "expected 2 weights of 0 or more, not [1]"),
        (lambda a, b: combine([a, b], weights=[1, -1]), "expected 2 weights of 0 or more, not [1, -1]"),
        (lambda a, b: combine([a, b], weights=[0, 0]), "expected 2 weights of 0 or more, not [0, 0]"),
        (lambda a, b: combine([a, b], weights=5), "expected 2 weights of 0 or more, not 5"),
        (lambda a, b: combine([a, b], "either", [1, 2]), "either takes no weights: it has its own"),
        (lambda a, b: combine([a, 3], "inverse variance"), "3 has no spread of positive values to weigh it by"),
        (lambda a, b: combine([a, "1 kg"]), "the estimates are of unlike things: 1 and kg"),
        (lambda a, b: combine([a, -1]), "only positive estimates are combined, not one that may be -1"),
        (lambda a, b: combine([2, 3]).spread(), "none of the rivals is uncertain, and so is nothing in their mean"),
        (lambda a, b: agreement(a, "1 kg"), "the estimates are of unlike things: 1 and kg"),
    ],
)
def test_what_cannot_be(make: object, message: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole message is compared
        make(*rivals())  # type: ignore[operator]
    assert str(raised.value) == message


@given(st.floats(0.1, 10), st.floats(1.1, 9), st.floats(0.1, 10), st.floats(1.1, 9))
@settings(max_examples=25, deadline=None)
def test_a_mean_lies_between_and_is_narrower_by_inverse_variance(a: float, r: float, b: float, s: float) -> None:
    one, other = (estimate_from(between(x, x * k, fraction=False), "x") for x, k in ((a, r), (b, s)))
    mean, best = (combine([one, other], how).spread() for how in ("geometric mean", "inverse variance"))
    medians = sorted((a * math.sqrt(r), b * math.sqrt(s)))
    assert medians[0] * (1 - 1e-9) <= mean.median <= medians[1] * (1 + 1e-9)
    assert best.high / best.low <= min(r, s) * (1 + 1e-9)
    assert best.high / best.low <= mean.high / mean.low * (1 + 1e-9)
