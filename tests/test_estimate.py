"""Estimates, read from a text and written by hand: algebra, quantities, intervals, what an input would have to be."""

from __future__ import annotations

import math
import pickle
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from math import prod

import numpy as np
import pint
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import slipstick
from slipstick import Estimate, Input
from slipstick.estimates.evaluation import UnitsError
from slipstick.parsing import FormulaError
from slipstick.reading.quantities.arithmetic import OutOfRange

ALPHASTAR = (
    "12 agents * 44 days * 24 hours/day * 3600 sec/hour * 420*10^12 FLOP/s * 32 TPUv3 boards * "
    "33% actual board utilization = 2.02 * 10^23 FLOP"
)
FORMULA = "agents * days * peak * boards * utilization"
# 12 * 44 * 86400 * 420e12 * 32 by hand.
PEAK_OPERATIONS = 613122048 * 10**15


def from_text() -> Estimate:
    return slipstick.read_estimate(ALPHASTAR)


def by_hand(utilization: object = "33%") -> Estimate:
    return Estimate.from_formula(
        FORMULA,
        agents="12 agents",
        days="44 days",
        peak="420 TFLOP/s/TPU v3 board",
        boards="32 TPU v3 boards / agent",
        utilization=utilization,
    )


@pytest.fixture(params=[from_text, by_hand], ids=["from text", "by hand"])
def alphastar(request: pytest.FixtureRequest) -> Estimate:
    return request.param()  # type: ignore[no-any-return]


class TestAlphaStar:
    def test_inputs(self, alphastar: Estimate) -> None:
        assert [i.name for i in alphastar.inputs] == ["agents", "days", "peak", "boards", "utilization"]
        assert alphastar.text == "agents*days*peak*boards*utilization"

    def test_expression_is_over_the_inputs_symbols(self, alphastar: Estimate) -> None:
        assert isinstance(alphastar.expression, sympy.Mul)
        assert alphastar.expression == sympy.Mul(*(i.symbol for i in alphastar.inputs))
        assert str(alphastar.expression) == "agents*boards*days*peak*utilization"

    def test_value_is_the_product_of_the_inputs_quantities(self, alphastar: Estimate) -> None:
        whole = prod((i.quantity for i in alphastar.inputs), start=slipstick.registry().Quantity(1))
        assert alphastar.value.to("FLOP").magnitude == pytest.approx(whole.to("FLOP").magnitude, rel=1e-12)
        assert alphastar.exact_value == Fraction(33, 100) * PEAK_OPERATIONS
        assert alphastar.unit == "FLOP"

    def test_solve_answers_what_an_input_would_have_to_be(self, alphastar: Estimate) -> None:
        needed = alphastar.solve("utilization", slipstick.quantity("6e22 FLOP"))
        assert needed.to("").magnitude == pytest.approx(6e22 / PEAK_OPERATIONS, rel=1e-12)
        days = alphastar.solve("days", "6e22 FLOP")
        assert (str(days.units), days.magnitude) == ("day", pytest.approx(44 * 6e22 / 2.0233027584e23, rel=1e-9))

    def test_an_answer_put_back_gives_the_target(self, alphastar: Estimate) -> None:
        for given_input in alphastar.inputs:
            needed = alphastar.solve(given_input.name, "6e22 FLOP")
            again = alphastar.replace(**{given_input.name: needed})
            assert again.value.to("FLOP").magnitude == pytest.approx(6e22, rel=1e-12)

    def test_replace_changes_one_input_and_nothing_else(self, alphastar: Estimate) -> None:
        other = alphastar.replace(utilization="10%")
        assert other.exact_value == Fraction(PEAK_OPERATIONS, 10)
        assert alphastar.exact_value == Fraction(33, 100) * PEAK_OPERATIONS
        assert other.input("days") is alphastar.input("days")

    def test_latex(self, alphastar: Estimate) -> None:
        factors = r" \cdot ".join(rf"\text{{{n}}}" for n in ("agents", "days", "peak", "boards", "utilization"))
        assert alphastar.latex == factors
        shown = alphastar._repr_latex_()
        assert shown.startswith(rf"$\displaystyle {factors} = 2.02 \times 10^{{23}}\ \mathrm{{FLOP}}")
        if alphastar.input("utilization").is_uncertain:
            assert shown.endswith(r"\quad (90\,\%:\ 9.2 \times 10^{22} \text{ to } 2.76 \times 10^{23})$")


def in_seconds(magnitude: object) -> object:
    return slipstick.registry().Quantity(magnitude, "second")


def sum_of(terms: int) -> Estimate:
    names = [f"x{n}" for n in range(terms)]
    return Estimate.from_formula(" + ".join(names), **dict.fromkeys(names, "1 to 2"))


class TestGivenValues:
    @pytest.mark.parametrize("value", [2.5, "2.5", Decimal("2.5"), Fraction(5, 2), np.float32(2.5)])
    def test_an_input_keeps_any_number_exact(self, value: object) -> None:
        for given_value in (value, Input("a", value, low=value, high=value)):  # type: ignore[arg-type]
            if isinstance(given_value, str):
                continue  # as text it is read, with a unit
            estimate = Estimate.from_formula("a", a=given_value)
            assert (estimate.exact_value, type(estimate.exact_value)) == (Fraction(5, 2), Fraction)

    def test_a_float_is_the_decimal_that_is_written(self) -> None:
        assert Input("a", 0.1).value == Fraction(1, 10)

    def test_the_middle_of_a_range_of_small_numbers(self) -> None:
        estimate = Estimate.from_formula("a", a=(1e-200, 1e-150))
        assert estimate.exact_value == Fraction(1, 10**175)
        assert estimate.interval().high.magnitude == pytest.approx(1e-150, rel=1e-9)

    def test_a_hundred_uncertain_inputs_have_an_interval(self) -> None:
        assert sum_of(100).interval().method == "sampled"


class TestIntervals:
    @pytest.mark.parametrize("made", [from_text, lambda: by_hand("0.15 to 0.45"), lambda: by_hand((0.15, 0.45))])
    def test_one_uncertain_fraction_scales(self, made: object) -> None:
        interval = made().interval()  # type: ignore[operator]
        assert interval.low.to("FLOP").magnitude == pytest.approx(0.15 * PEAK_OPERATIONS, rel=1e-9)
        assert interval.high.to("FLOP").magnitude == pytest.approx(0.45 * PEAK_OPERATIONS, rel=1e-9)
        assert 0.15 * PEAK_OPERATIONS < interval.median.magnitude < 0.45 * PEAK_OPERATIONS
        assert (interval.level, interval.method) == (0.9, "scaled")

    def test_without_a_range_the_three_are_equal(self) -> None:
        interval = by_hand().interval()
        assert (interval.low, interval.high, interval.method) == (interval.median, interval.median, "exact")

    def test_a_product_of_lognormals_by_hand(self) -> None:
        # The medians multiply; half widths in logs add as squares: sqrt(ln(2)^2 + ln(3)^2).
        interval = Estimate.from_formula("a*b", a="1 to 4", b="3 to 27").interval()
        half = (sympy.log(2) ** 2 + sympy.log(3) ** 2) ** sympy.Rational(1, 2)
        assert interval.median.magnitude == pytest.approx(18, rel=1e-9)
        assert interval.high.magnitude == pytest.approx(18 * float(sympy.exp(half)), rel=1e-9)
        assert interval.method == "lognormal"

    def test_an_input_used_twice_is_squared_not_multiplied(self) -> None:
        square = Estimate.from_formula("a*a", a="1 to 4").interval()
        assert (square.low.magnitude, square.high.magnitude) == (pytest.approx(1), pytest.approx(16))

    def test_a_wider_level_gives_a_wider_interval(self) -> None:
        narrow, wide = from_text().interval(0.5), from_text().interval(0.99)
        assert wide.low < narrow.low < narrow.high < wide.high

    def test_a_level_outside_0_to_1_is_refused(self) -> None:
        with pytest.raises(ValueError, match="between 0 and 1"):
            from_text().interval(2)


class TestIdentity:
    def test_equal_names_in_two_estimates_are_two_inputs(self) -> None:
        one, other = by_hand(), by_hand()
        assert one.expression != other.expression
        assert sympy.simplify(one.expression - other.expression) != 0

    def test_the_same_input_object_is_shared(self) -> None:
        shared = by_hand().input("utilization")
        one = Estimate.from_formula("u * 2", u=shared)
        other = Estimate.from_formula("u + u", u=shared)
        assert one.expression - other.expression == 0

    def test_an_input_minus_itself_is_exactly_zero(self) -> None:
        estimate = Estimate.from_formula("x - x", x="1 to 4")
        assert (estimate.expression, estimate.exact_value) == (0, 0)
        assert estimate.interval()[:3] == (0, 0, 0)

    def test_an_input_given_as_replacement_is_shared(self) -> None:
        shared = Input("x", 2, low=1, high=4)
        one = Estimate.from_formula("x * y", x=1, y=3).replace(x=shared)
        other = Estimate.from_formula("x", x=shared)
        assert one.input("x") is shared
        assert one.expression / other.expression == one.input("y").symbol

    def test_another_replacement_keeps_the_role(self) -> None:
        first = Input("u", 0.3, role="utilization", fraction=True)
        new = Estimate.from_formula("u", u=first).replace(u=0.4).input("u")
        assert (new.role, new.fraction, new is first) == ("utilization", True, False)

    def test_identity_is_kept_through_pickle(self) -> None:
        one, again = pickle.loads(pickle.dumps((a := by_hand(), a)))
        assert one.expression == again.expression
        assert str(one.expression) == "agents*boards*days*peak*utilization"

    def test_names_that_sympy_takes_for_its_own_are_names(self) -> None:
        estimate = Estimate.from_formula("N * E / (S + I)", N=2, E=3, S=1, I=2)
        assert estimate.exact_value == 2
        assert {str(s) for s in estimate.expression.free_symbols} == {"N", "E", "S", "I"}


class TestSteps:
    def test_of_a_text(self) -> None:
        steps = from_text().steps
        assert [s.text for s in steps] == ALPHASTAR.partition(" = ")[0].split(" * ")
        assert steps[2].read_as.startswith("conversion")
        # The running value: conversions change nothing, 44 days are 3,801,600 s.
        assert [s.value for s in steps[:4]] == [12, 45619200, 45619200, 45619200]
        assert (steps[-1].value, steps[-1].unit) == (Fraction(33, 100) * PEAK_OPERATIONS, "FLOP")

    def test_of_a_formula(self) -> None:
        steps = Estimate.from_formula("a / b + c", a="6 m", b="2 s", c="4 m/s").steps
        assert [(s.operator, s.text, s.value, s.unit) for s in steps] == [("+", "a/b", 3, "m/s"), ("+", "c", 7, "m/s")]


class TestSolve:
    def test_two_solutions_are_both_given(self) -> None:
        found = Estimate.from_formula("a**2", a="2 m").solve("a", "9 m^2")
        assert sorted(q.to("meter").magnitude for q in found) == [-3, 3]

    def test_through_a_sum(self) -> None:
        assert Estimate.from_formula("a*x + b", a=2, x=1, b=3).solve("x", 13).magnitude == 5

    def test_no_solution(self) -> None:
        with pytest.raises(ValueError, match="no value of b makes the result 5"):
            Estimate.from_formula("a*b", a=0, b=2).solve("b", 5)

    @pytest.mark.parametrize(
        ("formula", "target", "found"),
        [
            ("a**5 + a + b", 37, [2]),
            ("a**12.5", 3**25, [9]),
            ("a**12.5 * a", 4**13 * 2, [4]),
            ("sqrt(a) + a", 6, [4]),
            ("sqrt(a**2) * b", 9, [-3, 3]),
            ("sqrt(a**2) * b", -9, []),
            ("sqrt(a) * b", -9, []),
            ("sqrt(a**2 + b) / b", 2, [-(33**0.5), 33**0.5]),
            ("a**-2 / b", Fraction(1, 12), [-2, 2]),
            ("a*a - b*a", 10, [-2, 5]),
            ("b/a + a", 4, [1, 3]),
            ("a*b - a*z", 6, [2]),
            ("z/a + a", 5, [5]),
            ("z/a + a", 0, []),
            ("(a + a**2) / a", 1, []),
            ("a**1000", 1, [-1, 1]),
            ("a**3", -8, [-2]),
            ("(a - 1)**2 + b", 7, [-1, 3]),
        ],
    )
    def test_every_real_solution(self, formula: str, target: Fraction, found: list[float]) -> None:
        """Worked by hand for b = 3 and z = 0."""
        names = {name: value for name, value in (("a", 7), ("b", 3), ("z", 0)) if name in formula}
        estimate = Estimate.from_formula(formula, **names)
        if not found:
            with pytest.raises(ValueError, match="no value of a makes the result"):
                estimate.solve("a", target)
            return
        solved = estimate.solve("a", target)
        quantities = solved if isinstance(solved, list) else [solved]
        assert [q.magnitude for q in quantities] == pytest.approx(found, rel=1e-14)

    @pytest.mark.parametrize(
        ("formula", "target", "words"),
        [
            ("a**21 + a", 5, "in powers beyond 20"),
            ("a**999 + a", 5, "in powers beyond 20"),
            ("a**0.37 + a", 5, "in powers beyond 20"),
            ("sqrt(a + b) + a", 5, "a root is taken of a sum"),
            ("a - a", 0, "every value would do"),
            ("a**0 * b", 3, "every value would do"),
            ("a / b", 1e200, "beyond 1e300"),
        ],
    )
    def test_what_is_not_solved_is_said(self, formula: str, target: object, words: str) -> None:
        names = {"a": 1, "b": 3 if "/" not in formula else 1e200}
        estimate = Estimate.from_formula(formula, **{name: names[name] for name in names if name in formula})
        with pytest.raises(ValueError, match=words) as raised:
            estimate.solve("a", target)
        assert str(raised.value).startswith("a cannot be solved for: ")


class TestPickledQuantities:
    def test_in_this_process(self) -> None:
        one = slipstick.quantity("312 TFLOP/s/GPU")
        again, unit = pickle.loads(pickle.dumps((one, one.units)))
        assert (again + one, unit) == (2 * one, one.units)
        assert type(again) is type(one)

    def test_in_another_process(self) -> None:
        program = (
            "import pickle, sys; one = pickle.load(sys.stdin.buffer); import slipstick; "
            "print((one + slipstick.quantity('1 PFLOP')).to('FLOP').magnitude)"
        )
        data = pickle.dumps(slipstick.quantity("2 PFLOP"))
        run = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
        assert float(run.stdout) == 3e15

    def test_quantities_of_other_registries_stay_theirs(self) -> None:
        slipstick.registry()
        other = pickle.loads(pickle.dumps(pint.get_application_registry().Quantity(3, "meter")))
        assert other + pint.get_application_registry().Quantity(1, "meter") == pint.Quantity(4, "meter")


class TestErrors:
    @pytest.mark.parametrize(
        ("make", "error", "words"),
        [
            (lambda: Estimate.from_formula("a +", a=1), FormulaError, "expected a name or a number at the end"),
            (
                lambda: Estimate.from_formula("a $ b", a=1, b=1),
                FormulaError,
                "expected a name, a number or an operator",
            ),
            (lambda: Estimate.from_formula("a b", a=1, b=1), FormulaError, "expected an operator before 'b'"),
            (lambda: Estimate.from_formula("(a", a=1), FormulaError, "a bracket is not closed"),
            (lambda: Estimate.from_formula("(" * 99 + "a" + ")" * 99, a=1), FormulaError, "more than 50 deep"),
            (lambda: Estimate.from_formula("__import__('os')", a=1), FormulaError, "expected"),
            (lambda: Estimate.from_formula("a*b", a=1), ValueError, "needs a value for 'b'"),
            (lambda: Estimate.from_formula("a", a=1, b=2), ValueError, "no input 'b'; it has a"),
            (lambda: Estimate.from_formula("a", a="much"), ValueError, "expected a number with a unit"),
            (lambda: Estimate.from_formula("a", a="5 zorkmids"), ValueError, "'zorkmid' is not known"),
            (lambda: Estimate.from_formula("a", a=None), ValueError, "not None"),
            (lambda: Estimate.from_formula("a", a=float("nan")), ValueError, "not nan"),
            (lambda: Estimate.from_formula("a", a=("2 s", "1 s")), ValueError, "from its lower to its higher end"),
            (
                lambda: Estimate.from_formula("a", a=pint.UnitRegistry().Quantity(1, "m")),
                ValueError,
                "another pint registry",
            ),
            (lambda: Estimate.from_formula("a + b", a="1 FLOP", b="1 USD"), UnitsError, "FLOP and USD"),
            (lambda: Estimate.from_formula("a + b", a="1 TPU v3 chip", b="1 TPU v3 board"), UnitsError, "unlike"),
            (lambda: by_hand().replace(days="3 FLOP"), UnitsError, "days is in s, not in FLOP"),
            (lambda: by_hand().replace(hours="3 h"), KeyError, "no input 'hours'"),
            (lambda: by_hand().solve("days", "3 s"), UnitsError, "the result is in FLOP, the target in s"),
            (lambda: by_hand().solve("hours", "3 FLOP"), KeyError, "no input 'hours'"),
            (lambda: Estimate.from_formula("a / b", a=1, b=0).value, ValueError, "division by zero"),
            (lambda: Estimate.from_formula("a / b", a="1 to 2", b=0).interval(), ValueError, "division by zero"),
            (lambda: Estimate.from_formula("sqrt(a)", a=-1).value, ValueError, "root of a negative number"),
            (lambda: Estimate.from_formula("a ** 999", a=3).value, ValueError, "beyond 1e300"),
            (lambda: Estimate.from_formula("a ** 999", a=3).value, OutOfRange, "beyond 1e300"),
            (lambda: Estimate.from_formula("1 / (a + b) ** 4", a="1e99 to 2e99", b=1).interval(), ValueError, "1e-300"),
            (lambda: Estimate.from_formula("a ** 1e999", a=2), FormulaError, "an exponent of -1000 to 1000"),
            (lambda: Estimate.from_formula("2 ** -1001"), FormulaError, "an exponent of -1000 to 1000"),
            (lambda: Estimate.from_formula("a ** 0." + "3" * 5000, a=2), FormulaError, "at most 15 decimals"),
            (lambda: Estimate.from_formula("9" * 5000), ValueError, "beyond 1e300"),
            (lambda: Estimate.from_formula(5), TypeError, "expected a formula as a text"),  # type: ignore[arg-type]
            (lambda: Estimate.from_formula("a", a=10**400), ValueError, "a: the result is beyond 1e300"),
            (lambda: Estimate.from_formula("a", a=float("inf")), ValueError, "a: expected a finite number, not inf"),
            (lambda: Estimate.from_formula("a", a=("1 s", float("inf"))), ValueError, "a: expected a finite number"),
            (lambda: Estimate.from_formula("a", a=in_seconds(float("inf"))), ValueError, "finite number, not inf"),
            (lambda: Estimate.from_formula("a", a=in_seconds(10**400)), ValueError, "beyond 1e300"),
            (lambda: Estimate.from_formula("a", a=in_seconds([1, 2])), ValueError, "not one of type ndarray"),
            (lambda: Estimate.from_formula("a", a=in_seconds(1j)), ValueError, "not one of type complex"),
            (lambda: Estimate.from_formula("a", a=3j), ValueError, "expected a number"),
            (lambda: Estimate.from_formula("a", a=1).interval(5), ValueError, "between 0 and 1"),
            (lambda: by_hand().replace(days=float("inf")), ValueError, "days: expected a finite number"),
            (lambda: by_hand().solve("zz", "5 s"), KeyError, "no input 'zz'"),
            (lambda: slipstick.quantity(5), ValueError, "expected a text with a unit"),  # type: ignore[arg-type]
            (lambda: slipstick.quantity("1e320 s"), ValueError, "not '1e320 s'"),
            (lambda: Input("a", Fraction(10) ** 400).quantity, ValueError, "beyond 1e300"),
            (lambda: Input("a", math.nan), ValueError, "expected a finite number, not nan"),
            (lambda: Input("a", "1/3"), ValueError, "expected a number, not '1/3'"),
            (lambda: Input("a", True), ValueError, "not True"),
            (lambda: Input("a", 2, "s"), ValueError, "the unit of a is a tuple of UnitTerm"),
            (lambda: Input("a", 2, low=3, high=1), ValueError, "the range of a runs from its lower to its higher end"),
            (lambda: Input("a", 2, low=1), ValueError, "the range of a needs both ends"),
            (lambda: slipstick.quantity("hello"), ValueError, "not 'hello'"),
            (lambda: slipstick.quantity("5 FLOP and more"), ValueError, "expected a unit"),
            (lambda: slipstick.read_estimate("no numbers"), ValueError, "no calculation was read"),
        ],
    )
    def test_one_clear_line(self, make: object, error: type[Exception], words: str) -> None:
        with pytest.raises(error) as raised:
            make()  # type: ignore[operator]
        assert words in str(raised.value)
        assert "\n" not in str(raised.value)


AMOUNTS = st.decimals("0.001", "100000", places=3).filter(bool).map(Fraction)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_value_follows_the_formula_exactly(a: Fraction, b: Fraction, c: Fraction) -> None:
    estimate = Estimate.from_formula("a * b / c + a ** 2", a=a, b=b, c=c)
    assert estimate.exact_value == a * b / c + a**2
    of = {i.symbol: sympy.Rational(i.value.numerator, i.value.denominator) for i in estimate.inputs}
    assert Fraction(*estimate.expression.subs(of).as_numer_denom()) == a * b / c + a**2


@given(AMOUNTS, AMOUNTS)
def test_replacing_an_input_by_itself_changes_nothing(a: Fraction, b: Fraction) -> None:
    estimate = Estimate.from_formula("a / b", a=a, b=b)
    assert estimate.replace(a=a).exact_value == estimate.exact_value


@given(AMOUNTS, AMOUNTS, st.sampled_from([Fraction(n, 2) for n in (-4, -3, -2, -1, 1, 2, 3, 4, 6)]))
def test_a_solution_put_back_gives_the_target(x: Fraction, b: Fraction, exponent: Fraction) -> None:
    power = f"a**{float(exponent)}" if exponent > 0 else f"1/a**{float(-exponent)}"
    for formula in (f"b * {power} + b", f"{power} + b*a"):
        made = Estimate.from_formula(formula, a=x, b=b)
        solved = made.solve("a", made.exact_value)
        quantities = solved if isinstance(solved, list) else [solved]
        assert any(math.isclose(q.magnitude, x, rel_tol=1e-12) for q in quantities)
        for quantity in quantities:
            assert made.replace(a=quantity).value.magnitude == pytest.approx(float(made.exact_value), rel=1e-9)
