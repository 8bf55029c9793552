"""How the report writes what it read: units as the field writes them, and no unit among the inputs of a formula."""

from __future__ import annotations

import pytest

from slipstick import Estimate, audit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0.3 PFLOP/s * 40 days = 12 PF-days", "PFLOP/s-days"),
        ("0.3 PFLOP/s * 40 days = 12 petaflop/s-days", "PFLOP/s-days"),
        ("40 TFLOP/s * 5 hours = 200 TFLOP/s-hours", "TFLOP/s-hours"),
        ("8 GPUs * 5 hours = 40 GPU-hours", "GPU*hour"),
        ("0.3 kW * 40 days = 12 kW-days", "kW*day"),
    ],
)
def test_operations_as_a_rate_over_a_time(text: str, unit: str) -> None:
    """A unit that is printed is one that is read, too."""
    (made,) = audit(text).calculations
    (claim,) = made.claims
    assert (claim.written.unit, claim.verdict) == (unit, "holds")
    (again,) = audit(f"{text.partition('=')[0]}= {claim.written.value:g} {unit.replace('*', '-')}").calculations
    assert (again.value, again.claims[0].verdict) == (made.value, "holds")


@pytest.mark.parametrize("text", ["6 * 7e9 * 2e12 = 8.4e22 FLOP", "sqrt(2e22 * 8e22) = 4e22 FLOP"])
def test_the_unit_that_a_claim_gives_is_no_input(text: str) -> None:
    (made,) = audit(text).calculations
    assert made.unit == "FLOP"
    assert "FLOP" not in made.expression
    assert "FLOP" not in made.latex


def test_what_is_a_unit_and_a_number_stays() -> None:
    estimate = Estimate.from_formula("peak * hours", peak="1 FLOP/s", hours="2 h")
    assert estimate.text == "peak*hours"
