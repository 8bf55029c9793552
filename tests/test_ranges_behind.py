"""Ranges that are told behind a number or its unit, what each is taken for, and what is none."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import Estimate, audit, read_estimate
from slipstick.estimates.inputs import Input
from slipstick.reading.expressions.tree import quantities
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.relations.chains import read_document


def first_factor(text: str) -> Quantity:
    (made,) = read_document(text).calculations
    return quantities(made.expression)[0]


@pytest.mark.parametrize(
    ("told", "factor"),
    [
        ("within a factor of 3", 3),
        ("to within a factor of 3", 3),
        ("to within a factor of about 3", 3),
        (", within a factor of two or so,", 2),
        ("give or take a factor of 2", 2),
        ("(give or take a factor of 2)", 2),
        ("(factor of 3 either way)", 3),
        ("(a factor of 3 in either direction)", 3),
        ("×/÷ 3", 3),
        ("×÷3", 3),
        ("± 1 OOM", 10),
        ("±1 OOM", 10),
        ("(±2 OOMs)", 100),
        ("+/- 1 order of magnitude", 10),
        ("plus or minus an order of magnitude", 10),
        ("within an order of magnitude", 10),
        ("within two orders of magnitude", 100),
    ],
)
@pytest.mark.parametrize("quantity", ["30 days", "4.5 billion"])
def test_a_factor_either_way(quantity: str, told: str, factor: int) -> None:
    read = first_factor(f"{quantity} {told} * 64 GPUs = 7")
    assert (read.number.low, read.number.high) == (read.value / factor, read.value * factor)


@pytest.mark.parametrize("told", ["± 0.5 OOM", "± half an order of magnitude", "within half an OOM", "±half an OOM"])
def test_half_an_order_of_magnitude(told: str) -> None:
    read = first_factor(f"30 days {told} * 64 GPUs = 7")
    assert read.number.high is not None
    assert float(read.number.high) == pytest.approx(30 * 10**0.5, rel=1e-14)


@pytest.mark.parametrize(
    "told",
    [
        "(within a factor of 3 of the reported value)",
        "(a factor of 3 less)",
        "(one order of magnitude)",
        "(within a factor of 1)",
        "(within an order of magnitude of what was said)",
        "(95% CI 50 to 60)",
        "(95% CI 3 to 6 weeks)",
        "(CI 20 to 40)",
        "(95% of them, 20 to 40)",
    ],
)
def test_a_remark_is_no_range(told: str) -> None:
    text = f"30 days {told} * 64 GPUs = 1920 GPU-days"
    assert not first_factor(text).number.is_range
    assert [c.verdict for made in audit(text).calculations for c in made.claims] == ["holds"]


@pytest.mark.parametrize(
    "told",
    [
        "(90% CI 20 to 40)",
        "(90 % CI: 20-40)",
        "(90% CI [20, 40])",
        "[90% CI: 20–40 days]",
        "(90% credible interval: 20 to 40)",
        "(90 percent confidence interval of 20 to 40)",
        ", 90% CI 20 to 40,",
    ],
)
def test_an_interval_keeps_its_ends(told: str) -> None:
    read = first_factor(f"30 days {told} * 64 GPUs = 1920 GPU-days")
    assert (read.value, read.number.low, read.number.high) == (30, 20, 40)


def test_an_interval_of_percentages() -> None:
    read = first_factor("33% MFU (90% CI 20-50%) * 64 GPUs = 21 GPUs")
    assert (read.number.low, read.number.high) == (Fraction(1, 5), Fraction(1, 2))


def uncertain(text: str) -> Input:
    (found,) = [i for i in read_estimate(text).inputs if i.low is not None]
    return found


@pytest.mark.parametrize(("level", "score"), [("50", 0.67449), ("80", 1.28155), ("95", 1.95996), ("99", 2.57583)])
def test_other_levels_are_brought_to_90(level: str, score: float) -> None:
    """Scores from any table of the normal distribution (NIST/SEMATECH e-Handbook, 1.3.6.7.1)."""
    read = uncertain(f"30 days ({level}% CI 20 to 45) * 64 GPUs")
    assert read.high is not None
    assert float(read.high) == pytest.approx(30 * exp(log(1.5) * 1.644854 / score), rel=1e-5)


def test_a_fraction_is_brought_to_90_in_its_odds() -> None:
    read = uncertain("50% utilization (95% CI 20% to 80%) * 312 TFLOP/s")
    assert read.high is not None
    odds = float(read.high / (1 - read.high))
    assert odds == pytest.approx(exp(log(4) * 1.644854 / 1.959964), rel=1e-6)


def test_plus_minus_is_one_standard_deviation() -> None:
    read = uncertain("64 GPUs * 33% ± 5%")
    assert read.high is not None
    # A fraction stays one: in the log of its odds, 0.28 and 0.38 are a deviation to either side of the middle.
    low, high = log(0.28 / 0.72), log(0.38 / 0.62)
    odds = exp((low + high) / 2 + 1.644854 * (high - low) / 2)
    assert float(read.high) == pytest.approx(odds / (1 + odds), rel=1e-6)
    assert "one standard deviation" in read.source
    made = Estimate.from_formula("a * b", a="33 ± 5 days", b=2)
    assert float(made.inputs[0].high or 0) == pytest.approx(33 + 5 * 1.6448536269514722, rel=1e-12)


def test_plus_minus_with_a_price() -> None:
    assert first_factor("$3 ± $1 * 5 = $15").number.low == 2


@pytest.mark.parametrize("text", ["30 days within a factor of 3", "30 days ×/÷ 3", "30 days (90% CI 10 to 90)"])
def test_the_same_from_python(text: str) -> None:
    made = Estimate.from_formula("a * b", a=text, b=2)
    assert (made.inputs[0].low, made.inputs[0].high) == (10, 90)


MOSTS = st.integers(1, 999).map(Fraction)


@given(MOSTS, st.sampled_from(["within a factor of 7", "± 0.5 OOM", "± {}", "(90% CI {} to {})"]))
def test_what_is_told_is_printed_and_read_back(value: Fraction, told: str) -> None:
    width = value / 8
    filled = (
        told.format(float(width)) if told.startswith("±") else told.format(float(value - width), float(value + width))
    )
    written = f"{value} {filled} days" if told == "± {}" else f"{value} days {filled}"
    made = read_estimate(f"64 GPUs * {written}")
    read = read_estimate(made.substituted)
    assert [(i.value, i.low, i.high) for i in read.inputs] == [(i.value, i.low, i.high) for i in made.inputs]
    assert made.inputs[1].is_uncertain


def test_a_factor_on_a_claim_widens_by_no_more() -> None:
    """The zeros of 2000 are no digits, yet a factor 10 below it is 200 and not nought."""
    (made,) = audit("2 * 10 = 2000 ± 1 OOM").calculations
    assert made.claims[0].verdict == "off"


@pytest.mark.parametrize("text", ["12 (90% CI 3 to 7)", "5 (90% CI 7 to 3)"])
def test_an_input_whose_interval_cannot_be_used_is_refused(text: str) -> None:
    """The range must not be dropped without a word."""
    with pytest.raises(ValueError, match=r"^expected an interval in order that holds the number before it, not "):
        Estimate.from_formula("a * 2", a=text)
