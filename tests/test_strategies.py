"""The strategies: what they draw is what they say, it shrinks to the simplest, and Hypothesis' health checks pass."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from slipstick import Estimate, audit, convert, strategies
from slipstick.conversion.errors import ConversionError
from slipstick.report import Report
from slipstick.strategies import unit_names
from slipstick.strategies.plain_numbers import number_at
from slipstick.uncertainty.distribution import Distribution

T = TypeVar("T")
FEW_HUNDRED = settings(max_examples=max(300, settings().max_examples))
"""For what is told of conversions; 20,000 at night."""


def simplest(strategy: st.SearchStrategy[T], condition: Callable[[T], bool] = lambda made: True) -> T:
    """What Hypothesis shrinks to. Without its last phase, in which `find` would keep what was tried to explain it."""
    how = settings(max_examples=2000, phases=(Phase.generate, Phase.shrink), database=None, derandomize=True)
    return find(strategy, condition, settings=how)


@pytest.mark.parametrize(
    ("strategy", "shown"),
    [
        (strategies.units(), "second"),
        (strategies.units("km"), "meter"),
        (strategies.units("FLOP/s"), "FLOP/second"),
        (strategies.convertible_pairs(), ("second", "minute")),
        (strategies.convertible_pairs("energy"), ("joule", "watt hour")),
        (strategies.unlike_pairs(), ("second", "second^2")),
        (strategies.quantities(), (Fraction(1), "second")),
    ],
)
def test_units_shrink_to_the_simplest(strategy: st.SearchStrategy[Any], shown: Any) -> None:
    assert simplest(strategy) == shown


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        (lambda line: True, r"2 \* 2 = 4"),
        (lambda line: "≈" in line.text, r"2 \* 2 ≈ 4"),
        (lambda line: line.unit == "USD", r"2 kWh \* \$2/kWh = \$4"),
        (
            # What Hypothesis draws first depends on the modules that are loaded, and with it which way of writing the
            # conversion the shrinking ends at.
            lambda line: "utilization" in line.text,
            r"2 TFLOP/s \* 2( days)? \* 24( hours/day)? \* 3600( s/hour)? \* 2 GPUs \* 0.15 utilization = 1.04e17 FLOP",
        ),
    ],
)
def test_lines_shrink_to_the_simplest(condition: Callable[[strategies.PublishedLine], bool], shown: str) -> None:
    assert re.fullmatch(shown, simplest(strategies.published_lines(), condition).text)


@pytest.mark.parametrize("name", strategies.SLIPS)
def test_each_slip_is_drawn_and_shrinks_to_one_line_in_which_all_else_is_right(name: str) -> None:
    found = simplest(strategies.planted_slips([name]))
    assert found.slip == name
    assert found.text != found.original.text
    assert not 0.99 < found.factor < 1.01
    assert len(found.text) < 110


@given(strategies.units())
def test_a_unit_converts_into_itself(unit: str) -> None:
    assert convert((7, unit), unit).value == 7


def test_powers_of_small_units_stay_within_what_converts() -> None:
    """The nightly run drew `millibarn^3*microbarn^3*nanobarn^3`, which is 1e-306 of its base unit."""
    small = [("millibarn", 3), ("microbarn", 3), ("nanobarn", 3)]
    assert unit_names._within_bounds(small) == [("millibarn", 1), ("microbarn", 1), ("nanobarn", 1)]
    assert unit_names._within_bounds(small[:2]) == small[:2]


@given(st.sampled_from(["length", "energy", "TFLOP/s", "m/s^2", "USD/kWh", "TPU v3 board"]), st.data())
def test_units_of_a_dimension_convert_into_each_other(dimension: str, data: st.DataObject) -> None:
    one, other = (data.draw(strategies.units(dimension)) for _ in range(2))
    assert convert((1, one), other).factor * convert((1, other), one).factor == 1


@FEW_HUNDRED
@given(strategies.convertible_pairs())
def test_convertible_pairs_convert(pair: strategies.UnitPair) -> None:
    assert pair.unit != pair.other
    assert convert((1, pair.unit), pair.other).factor > 0


@given(strategies.unlike_pairs())
def test_unlike_pairs_are_refused_in_one_line_either_way(pair: strategies.UnitPair) -> None:
    for one, other in (pair, pair[::-1]):
        with pytest.raises(ConversionError) as told:
            convert((1, one), other)
        assert "\n" not in str(told.value)


@FEW_HUNDRED
@given(strategies.quantities())
def test_a_quantity_is_read_back_from_its_text(amount: strategies.Amount) -> None:
    assert convert(amount.text, amount.unit).value == amount.value
    assert convert(amount, amount.unit).value == amount.value


@given(strategies.distributions(), strategies.distributions(positive=True))
def test_distributions_are_finite_and_in_order(any_sign: Distribution, positive: Distribution) -> None:
    for made in (any_sign, positive):
        low, median, high = (made.quantile(p) for p in (0.05, 0.5, 0.95))
        assert all(map(math.isfinite, (low, median, high)))
        assert low <= median <= high
    assert positive.quantile(1e-6) > 0


@given(strategies.estimates())
def test_estimates_have_a_value_and_are_reckoned_exactly(made: Estimate) -> None:
    assert 2 <= len(made.leaves) <= 5
    assert 10**-200 < made.exact_value < 10**200


def loud(report: Report) -> list[str]:
    """The names of the errors and warnings."""
    findings = [*report.findings, *(f for c in report.calculations + report.expressions for f in c.findings)]
    return [f.name for f in findings if f.severity != "note"]


@given(strategies.published_lines())
def test_a_published_line_is_read_right_and_holds(line: strategies.PublishedLine) -> None:
    (made,) = audit(line.text).calculations
    assert (made.unit, made.span) == (line.unit, (0, len(line.text)))
    assert made.value == pytest.approx(float(line.value), rel=1e-12)
    assert [(c.verdict, c.unit) for c in made.claims] == [("holds", line.unit)]
    assert made.claims[0].value == pytest.approx(float(line.claimed), rel=1e-12)
    assert not loud(audit(line.text))


@given(strategies.planted_slips(relations=("=", "≈")))
def test_a_planted_slip_is_flagged(planted: strategies.PlantedSlip) -> None:
    assert loud(audit(planted.text))


@given(strategies.planted_slips(relations=("=", "≈")))
def test_the_factor_of_a_slip_is_the_one_that_the_audit_finds(planted: strategies.PlantedSlip) -> None:
    claims = [claim for made in audit(planted.text).calculations for claim in made.claims]
    ratios = [1 / claim.ratio for claim in claims if claim.verdict == "off" and claim.ratio]
    width = 10.0 ** (1 - planted.original.digits)
    assert all(ratio == pytest.approx(float(planted.factor), rel=width) for ratio in ratios)


@given(strategies.published_lines())
def test_the_claim_is_the_value_to_its_printed_digits(line: strategies.PublishedLine) -> None:
    number = number_at(line.claim[0], line.claim[0].startswith("$"))
    assert number is not None
    assert abs(line.claimed - line.value) <= abs(line.claimed / number.value * number.last_digit) / 2


def test_a_wrong_call_says_what_was_expected() -> None:
    with pytest.raises(ValueError, match="expected the name of a dimension or a unit"):
        strategies.units("quatloos")
    with pytest.raises(TypeError, match="expected the name of a dimension"):
        strategies.units(3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="2 digits or more"):
        strategies.published_lines(digits=1)
    with pytest.raises(ValueError, match="no slip is called 'typo'; there are exponent, zero"):
        strategies.planted_slips(["typo"])
