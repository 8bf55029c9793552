"""Whether a claim holds: at the printed digits, within 0.1 %, by its last digit; ranges, bounds, boundaries exact."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import audit
from slipstick.finding import Severity
from slipstick.judging.verdicts import verdict
from slipstick.report import ReportedCalculation

HOLDS, LAST_DIGIT, OFF = ("holds", False), ("holds", True), ("off", False)
JUST = Fraction(1, 10**30)


def judged(text: str) -> ReportedCalculation:
    """The one calculation of a text."""
    (found,) = audit(text).calculations
    return found


def outcome(text: str) -> tuple[str, Severity | None]:
    """The last claim's verdict and the gravest severity among the findings on the claim."""
    found = judged(text)
    told = [f.severity for f in found.findings if f.name in ("claim-mismatch", "last-digit")]
    return found.claims[-1].verdict, max(told, key=lambda s: s.rank, default=None)


class TestVerdict:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (Fraction("2.45"), HOLDS),
            (Fraction("2.45") + JUST, LAST_DIGIT),
            (Fraction("2.5"), LAST_DIGIT),
            (Fraction("2.5") + JUST, OFF),
            (Fraction("2.35"), HOLDS),
            (Fraction("2.35") - JUST, LAST_DIGIT),
            (Fraction("2.3"), LAST_DIGIT),
            (Fraction("2.3") - JUST, OFF),
            (Fraction("-2.4"), OFF),
        ],
    )
    def test_two_digits_at_the_boundaries(self, value: Fraction, expected: tuple[str, bool]) -> None:
        assert verdict(value, Fraction("2.4"), Fraction("0.1")) == expected

    def test_beyond_three_digits_a_thousandth_is_near_enough(self) -> None:
        # The last digit of 1.23456123 is 1e-8; a thousandth of the claim is 0.00123456123.
        claim, last_digit = Fraction("1.23456123"), Fraction(1, 10**8)
        for end in (claim * Fraction("1.001"), claim * Fraction("0.999")):
            beyond = end + (JUST if end > claim else -JUST)
            assert verdict(end, claim, last_digit) == HOLDS
            assert verdict(beyond, claim, last_digit) == OFF

    def test_zero(self) -> None:
        assert verdict(Fraction(0), Fraction(0), Fraction(1)) == HOLDS
        assert verdict(Fraction(2), Fraction(0), Fraction(1)) == OFF

    @given(st.fractions(), st.fractions(), st.fractions(min_value=0), st.fractions(min_value=Fraction(1, 10**9)))
    def test_the_scale_of_the_unit_does_not_matter(self, v: Fraction, c: Fraction, d: Fraction, by: Fraction) -> None:
        assert verdict(v * by, c * by, d * by) == verdict(v, c, d)

    @given(st.fractions(), st.fractions(min_value=0), st.fractions(min_value=0), st.booleans())
    def test_farther_is_never_better(self, c: Fraction, d: Fraction, far: Fraction, above: bool) -> None:
        order = [HOLDS, LAST_DIGIT, OFF]
        sign = 1 if above else -1
        near, farther = verdict(c + sign * far / 2, c, d), verdict(c + sign * far, c, d)
        assert order.index(near) <= order.index(farther)


class TestPrintedDigits:
    @pytest.mark.parametrize(
        ("text", "verdict", "severity"),
        [
            # Two digits: 2.62 is off by more than a unit of the last, 2.6 by one, 2.54 by less than half.
            ("2 * 1.27 = 2.5", "holds", None),
            ("2 * 1.3 = 2.5", "holds", Severity.NOTE),
            ("2 * 1.31 = 2.5", "off", Severity.ERROR),
            # Zeros that end a number without a point are not printed digits.
            ("12 * 4 = 50", "holds", None),
            ("12 * 4 = 50.0", "off", Severity.ERROR),
            ("1 * 21549 = 21,500", "holds", None),
            ("1 * 21599 = 21,500", "holds", Severity.NOTE),
            ("1 * 21601 = 21,500", "off", Severity.WARNING),
            ("1000 * 789 = 780k", "holds", Severity.NOTE),
            ("1000 * 791 = 780k", "off", Severity.WARNING),
            # 10^20 has one digit.
            ("1e19 * 15 = 10^20", "holds", None),
            ("1e19 * 20 = 10^20", "holds", Severity.NOTE),
            ("1e19 * 21 = 10^20", "off", Severity.ERROR),
            # Zeros after the point are printed.
            ("2.05e12 * 1e12 = 2.0e24", "holds", None),
            ("2.1e12 * 1e12 = 2.0e24", "holds", Severity.NOTE),
            ("2.11e12 * 1e12 = 2.0e24", "off", Severity.ERROR),
            # Percent and scale words move the last digit with the number.
            ("0.5 * 0.669 = 33%", "holds", None),
            ("0.5 * 0.669 = 33.0%", "off", Severity.WARNING),
        ],
    )
    def test_judged_at_the_last_printed_digit(self, text: str, verdict: str, severity: Severity | None) -> None:
        assert outcome(text) == (verdict, severity)

    @pytest.mark.parametrize("sign", ["=", "~", "≈", "= about", "is roughly"])
    def test_a_tilde_changes_nothing(self, sign: str) -> None:
        assert outcome(f"2 * 1.31 {sign} 2.5") == ("off", Severity.ERROR)
        assert outcome(f"2 * 1.27 {sign} 2.5") == ("holds", None)

    @pytest.mark.parametrize(
        ("claim", "severity"),
        [
            # The value is 1000.
            ("1019", Severity.WARNING),
            ("1021", Severity.ERROR),
            ("981", Severity.WARNING),
            ("979", Severity.ERROR),
        ],
    )
    def test_two_percent_divide_warning_from_error(self, claim: str, severity: Severity) -> None:
        assert outcome(f"20 * 50 = {claim}") == ("off", severity)


class TestRangesAndBounds:
    @pytest.mark.parametrize(
        ("claim", "verdict"),
        [
            ("20 to 23", "holds"),
            ("20–23", "holds"),
            ("21 to 23", "holds"),
            ("22.6 to 24.5", "off"),
            ("12 to 19", "off"),
            ("at least 18", "holds"),
            ("at least 23", "off"),
            ("more than 18", "holds"),
            ("less than 24", "holds"),
            ("at most 24", "holds"),
            ("at most 18", "off"),
            ("under 18", "off"),
        ],
    )
    def test_claims_that_are_no_points(self, claim: str, verdict: str) -> None:
        assert judged(f"3 * 7 = {claim}").claims[0].verdict == verdict


class TestNoValue:
    @pytest.mark.parametrize("text", ["9**9**9**9 = 5", "10**400 * 3 = 5", "5 / 0 = 3", "sqrt(2 - 3) = 1"])
    def test_unknown_with_the_reason(self, text: str) -> None:
        found = judged(text)
        assert (found.value, found.claims[0].verdict, found.claims[0].ratio) == (None, "unknown", None)
        assert [f.severity for f in found.findings if f.name == "out-of-range"] == [Severity.NOTE]

    def test_arithmetic_is_exact_until_it_is_shown(self) -> None:
        # In binary floating point 0.1 * 3 is not 0.3, and 1e16 + 1 is 1e16.
        assert judged("0.1 * 3 = 0.3").claims[0].ratio == 1
        assert judged("10**16 + 1 - 10**16 = 1").claims[0].ratio == 1

    def test_roots_have_fifty_digits(self) -> None:
        assert judged("sqrt(2) = 1.4142135623730950488").claims[0].ratio == pytest.approx(1, abs=1e-15)


@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(1, 6))
def test_a_product_rounded_to_any_number_of_digits_holds(a: int, b: int, digits: int) -> None:
    claim = f"{a * b:.{digits - 1}e}"
    assert outcome(f"{a} * {b} = {claim}") == ("holds", None)


@given(st.integers(10, 9999), st.integers(10, 9999), st.integers(3, 6), st.sampled_from([0.5, 0.9, 1.1, 2, 10]))
def test_a_product_that_is_far_off_does_not(a: int, b: int, digits: int, times: float) -> None:
    assert outcome(f"{a} * {b} = {a * b * times:.{digits - 1}e}") == ("off", Severity.ERROR)
