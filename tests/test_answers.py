"""What an input would have to be: closed forms, their intervals, several answers, and refusals."""

from __future__ import annotations

import math
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipstick import Answer, Estimate, UnitsError, between

A, B = math.log(2), math.log(3)


def made(formula: str, **inputs: object) -> Estimate:
    return Estimate.from_formula(formula, **inputs)


def one(estimate: Estimate, name: str, target: object) -> Answer:
    answer = estimate.solve(name, target)
    assert isinstance(answer, Answer)
    return answer


def several(estimate: Estimate, name: str, target: object) -> list[Answer]:
    answer = estimate.solve(name, target)
    assert isinstance(answer, list)
    return answer


# --- One answer


def test_a_closed_form_by_hand() -> None:
    """p = E / t: 8 to 32 kWh over 1 to 4 h is 8 kW, within 4 and 2 either way in their logs."""
    answer = one(made("p * t", p="2 kW", t="1 to 4 h"), "p", "8 to 32 kWh")
    assert (answer.text, repr(answer)) == ("target/t", "Answer(p = 8 kW)")
    assert answer.latex == r"\frac{\text{target}}{\text{t}}"
    assert str(answer.expression) == "target/t"
    half = math.hypot(A, A)
    interval = answer.interval()
    assert [end.magnitude for end in interval[:3]] == pytest.approx([8 * math.exp(-half), 8, 8 * math.exp(half)])
    assert (str(interval.low.units), interval.method) == ("kilowatt", "lognormal")
    assert answer.to("watt").magnitude == pytest.approx(8000)
    assert str(answer.units) == "kilowatt"


def test_an_exact_answer_has_no_width() -> None:
    answer = one(made("a * x + b", a=2, x=1, b=3), "x", 13)
    assert answer.exact_value == answer.magnitude == 5
    assert answer.interval()[:3] == (5, 5, 5)
    assert answer.interval().method == "exact"


def test_the_unknowns_own_range_says_nothing() -> None:
    wide, exact = (one(made("u * p", u=u, p="1 to 4 W"), "u", "2 W") for u in ("0.1 to 0.9", "0.3"))
    assert wide.interval()[:3] == exact.interval()[:3]


def test_level_and_way_are_passed_on() -> None:
    answer = one(made("u * p", u=0.5, p="1 to 4 W"), "u", "2 W")
    assert answer.interval(0.5).high < answer.interval(0.9).high
    assert answer.interval(method="sampled", draws=1000).method == "sampled"


def test_implied_utilization_of_104_percent() -> None:
    """1000 W times 24 h is 24 kWh; 25 kWh would take 104.2 %."""
    answer = one(
        made("peak * time * utilization", peak="1 kW", time="24 h", utilization="40%"), "utilization", "25 kWh"
    )
    assert answer.magnitude == pytest.approx(25 / 24)


def test_correlations_and_shared_inputs_come_along() -> None:
    p, t = between("1 kW", "4 kW"), between("1 h", "9 h")
    estimate = made("p * t * u", p=p, t=t, u=0.5).correlated({("p", "t"): -1})
    answer = one(estimate, "u", "6 kWh")
    width = math.log(answer.interval().high / answer.interval().low) / 2
    assert width == pytest.approx(B - A)
    shared = one(made("p * t", p=p, t=2), "t", made("3 * q", q=p))
    assert [end.magnitude for end in shared.interval()[:3]] == pytest.approx([3, 3, 3], rel=1e-12)


def test_an_answer_can_be_pickled() -> None:
    answer = one(made("p * t", p="2 kW", t="1 to 4 h"), "p", "8 kWh")
    again = pickle.loads(pickle.dumps(answer))
    assert again.exact_value == answer.exact_value
    assert again.interval()[:3] == answer.interval()[:3]


# --- Several answers, or no closed form


def test_a_quadratic_gives_two() -> None:
    """x^2 + b x = 6 for b = 1: -3 and 2; the answer falls as b grows."""
    low, high = several(made("x*x + b*x", x=1, b="normal(1, 0.01)"), "x", 6)
    assert (low.magnitude, high.magnitude) == (pytest.approx(-3), pytest.approx(2))
    # dx/db = -x / (2 x + b): -3/5 at -3, -2/5 at 2.
    reach = 1.6448536 * 0.01
    for answer, slope in ((low, 0.6), (high, 0.4)):
        interval = answer.interval()
        assert (interval.high - interval.low).magnitude / 2 == pytest.approx(reach * slope, rel=0.02)
    assert sorted(str(a.expression) for a in (low, high)) == ["-b/2 + sqrt(b**2 + 24)/2", "-b/2 - sqrt(b**2 + 24)/2"]


def test_both_roots_of_a_square() -> None:
    negative, positive = several(made("a**2 * b", a="3 m", b="1 to 4"), "a", "18 m^2")
    assert (negative.magnitude, positive.magnitude) == (pytest.approx(-3), pytest.approx(3))
    assert positive.interval().high.magnitude == pytest.approx(3 * math.sqrt(2))
    assert negative.interval().low.magnitude == pytest.approx(-3 * math.sqrt(2))


def test_beyond_the_second_degree_there_is_a_value_only() -> None:
    answer = one(made("a**5 + a + b", a=1, b="1 to 4"), "a", 36)
    assert answer.magnitude == pytest.approx(2)
    for ask in (answer.interval, lambda: answer.text, lambda: answer.latex, lambda: answer.expression):
        with pytest.raises(ValueError, match=r"^no closed form is known for a: only its value is$"):
            ask()  # type: ignore[operator]


# --- Refusals

ITSELF = "the target depends on p itself; solve their difference for it instead"
NOTHING = "expected a number, a text with a unit or a quantity for target, not None"


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda e: e.solve("zz", "1 kWh"), KeyError, "no input 'zz'; there are p, t"),
        (lambda e: e.solve("p", "1 kg"), UnitsError, "the result is in J, the target in kg"),
        (lambda e: e.solve("p", e), ValueError, ITSELF),
        (lambda e: e.solve("p", None), ValueError, NOTHING),
        (lambda e: (e * 0).solve("p", "1 kWh"), ValueError, "no value of p makes the result 1 kWh"),
        (lambda e: made("a**2", a=1).solve("a", -2), ValueError, "no value of a makes the result -2"),
        (lambda e: made("a - a", a=1).solve("a", 0), ValueError, "a cannot be solved for: every value would do"),
    ],
)
def test_what_cannot_be(ask: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as raised:
        ask(made("p * t", p="2 kW", t="1 to 4 h"))  # type: ignore[operator]
    assert raised.value.args[0] == message


# --- Solve, then substitute

FORMULAS = [
    "x * a",
    "a / x",
    "a * x**3",
    "a + b * x",
    "(a - x) * b",
    "a / (b + x)",
    "sqrt(x) * a - b",
    "1 / (1/x + 1/a)",
]
NUMBERS = st.floats(0.1, 9)


@given(st.sampled_from(FORMULAS), NUMBERS, NUMBERS, NUMBERS)
@settings(max_examples=60, deadline=None)
def test_the_answer_put_back_gives_the_target(formula: str, x: float, a: float, b: float) -> None:
    estimate = made(formula, **{n: v for n, v in (("x", x), ("a", a), ("b", b)) if n in formula.replace("sqrt", "")})
    target = estimate.exact_value
    if not target:
        return
    answer = one(estimate, "x", target)
    assert estimate.replace(x=answer).exact_value == pytest.approx(target, rel=1e-9)
    assert answer.magnitude == pytest.approx(x, rel=1e-9)


@given(st.sampled_from(["x * a", "a / x", "a * x**3", "x * a / b**2"]), NUMBERS, st.floats(1.1, 9), NUMBERS)
@settings(max_examples=40, deadline=None)
def test_the_closed_form_put_back_gives_the_target_in_every_draw(formula: str, a: float, r: float, x: float) -> None:
    """With the answer's own estimate in the place of the input, what is uncertain cancels."""
    estimate = made(formula, x=x, a=between(a, a * r), **({"b": "1 to 4"} if "b" in formula else {}))
    target = float(estimate.exact_value) * 2
    answer = one(estimate, "x", target)
    form = answer.estimate
    assert form is not None
    power = {"x * a": 1, "a / x": -1, "a * x**3": 3, "x * a / b**2": 1}[formula]
    back = (estimate / x**power if power != 1 else estimate / x) * form**power
    spread = back.spread()
    assert spread is not None
    assert spread[1:4] == pytest.approx((target, target, target), rel=1e-9)


def test_a_squared_root_has_no_answers_that_the_root_has_not() -> None:
    """sqrt(x) + a = 1.5 has an answer for a up to 1.5 only, though (1.5 - a)^2 exists for every a."""
    made = Estimate.from_formula("sqrt(x) + a", x=3, a="1 to 2")
    answer = made.solve("x", 1.5)
    assert isinstance(answer, Answer)
    with pytest.raises(ValueError, match="for some values of the other inputs no x is an answer"):
        answer.interval()
    certain = made.solve("x", 15)
    assert isinstance(certain, Answer)
    assert certain.interval().high.magnitude == pytest.approx(14**2, rel=1e-2)
