"""The note that first order does not serve: when it is made, what it says, and where the page shows it."""

from __future__ import annotations

import math

import pytest

from slipstick import audit
from slipstick.formats.text import page
from slipstick.uncertainty import Normal, between, monomial
from slipstick.uncertainty.spread import Spread

NAME = "first-order-differs"
FACTORS_OF_3 = "1 kg within a factor of 3 * 1 m (factor of 3 either way) * 1 s ×/÷ 3 = 1 kg*m*s"


def messages(text: str) -> list[str]:
    report = audit(text)
    return [f.message for made in (*report.calculations, *report.expressions) for f in made.findings if f.name == NAME]


def test_three_factors_of_three() -> None:
    """3^±sqrt(3) is 0.149 to 6.70; means and deviations of the lognormals by hand give -2.22 to 6.12."""
    (message,) = messages(FACTORS_OF_3)
    assert "-2.22 to 6.12" in message
    assert "0.149 to 6.7" in message
    assert NAME in page(audit(FACTORS_OF_3))


def spread(low: float, high: float, first_order: tuple[float, float] | None) -> Spread:
    return Spread(0.9, low, (low + high) / 2, high, "sampled", first_order, ())


SCORE = 1.6448536269514722


@pytest.mark.parametrize(
    ("uncertainty", "tolerance"), [(1.0, 0.05), (9.9, 0.05), (10.0, 0.5), (0.35, 0.005), (2.0e22, 0.05e22)]
)
@pytest.mark.parametrize("end", [0, 1])
def test_the_tolerance_is_half_a_unit_of_the_second_digit(uncertainty: float, tolerance: float, end: int) -> None:
    """JCGM 101:2008, 7.9.2: u = 0.35 in two digits is 35 times 10^-2, so that the tolerance is 0.005."""
    reach = uncertainty * (1 + 1e-12) * SCORE
    for part, serves in ((0.99, True), (1.01, False)):
        moved = [-reach, reach]
        moved[end] += part * tolerance
        assert spread(moved[0], moved[1], (-reach, reach)).first_order_serves is serves


def test_first_order_serves_what_is_linear_and_normal() -> None:
    assert monomial(3, [(Normal(5, 1), 1)]).first_order_serves is True
    assert monomial(3, [(between(5, 12), 1)]).first_order_serves is False
    assert spread(1, 2, None).first_order_serves is None


def test_nothing_uncertain_makes_no_note() -> None:
    assert messages("8 GPUs * 10 days = 80 GPU-days") == []


def test_the_page_leaves_out_what_hardly_matters() -> None:
    text = "8 A100 * 312 TFLOP/s * 10 days * 30% utilization = 6.5e20 FLOP"
    assert len(messages(text)) == 1
    assert NAME not in page(audit(text))


@pytest.mark.parametrize(("factor", "shown"), [(2, False), (6, True)])
def test_the_page_shows_what_reaches_below_nothing_or_is_far_off(factor: int, shown: bool) -> None:
    """One factor k: the mean is exp(s²/2), so that first order is below 0 where exp(s²) - 1 > 1/z²: from k = 2.52."""
    sigma = math.log(factor) / SCORE
    assert (math.sqrt(math.expm1(sigma**2)) * SCORE > 1) is shown
    text = f"30 days within a factor of {factor} * 8 GPUs = 240 GPU-days"
    assert len(messages(text)) == 1
    assert (NAME in page(audit(text))) is shown
