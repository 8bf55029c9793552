"""Inputs that are shared, and correlations declared between inputs: names, objects, copies, other processes."""

from __future__ import annotations

import copy
import math
import pickle
import subprocess
import sys

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from slipstick import Estimate, Input, between, normal, spreads
from slipstick.estimates.combining import estimate_from

Z = 1.6448536269514722


def two_lognormals() -> Estimate:
    return Estimate.from_formula("x * y", x="1 to 4", y="3 to 27")


def three() -> Estimate:
    return Estimate.from_formula("x * y * z", x="1 to 4", y="3 to 27", z="1 to 2")


def half_width(estimate: Estimate) -> float:
    """Half the width of the 90 % interval of the log."""
    spread = estimate.spread()
    assert spread is not None
    return math.log(spread.high / spread.low) / 2


# --- What a correlation does


@pytest.mark.parametrize("rho", [-1, -0.5, 0, 0.3, 1])
def test_a_product_of_correlated_lognormals_by_hand(rho: float) -> None:
    """Half widths in logs ln 2 and ln 3 add as vectors with that cosine."""
    width = math.sqrt(math.log(2) ** 2 + math.log(3) ** 2 + 2 * rho * math.log(2) * math.log(3))
    made = two_lognormals().correlated({("x", "y"): rho})
    assert half_width(made) == pytest.approx(width, rel=1e-9)
    assert made.interval().method == "lognormal"


@pytest.mark.parametrize("rho", [-0.5, 0.25, 1])
def test_a_sum_of_correlated_normals_by_hand(rho: float) -> None:
    made = Estimate.from_formula("a - 2*b", a="normal(10, 3)", b="normal(1, 2)").correlated({("a", "b"): rho})
    sd = math.sqrt(9 + 16 - 24 * rho)
    spread = made.spread()
    assert spread is not None
    assert (spread.method, spread.mean, spread.sd) == ("normal", 8, pytest.approx(sd))
    assert (spread.low, spread.high) == pytest.approx((8 - Z * sd, 8 + Z * sd))


def test_pairs_matrix_and_input_objects_say_the_same() -> None:
    made = two_lognormals()
    by_object = made.correlated({(made.input("y"), made.input("x")): 0.5})
    for other in (made.correlated({("x", "y"): 0.5}), made.correlated([[1, 0.5], [0.5, 1]])):
        assert other.spread() == by_object.spread()


def test_a_matrix_may_leave_out_what_is_exact() -> None:
    made = Estimate.from_formula("x * 3 * c * y", x="1 to 4", c=5, y="3 to 27")
    short = made.correlated([[1, 0.5], [0.5, 1]])
    whole = made.correlated([[1, 0, 0.5], [0, 1, 0], [0.5, 0, 1]])
    assert short.spread() == whole.spread() == made.correlated({("x", "y"): 0.5}).spread()


def test_sampling_and_the_closed_form_agree() -> None:
    made = two_lognormals().correlated({("x", "y"): -0.8})
    exact, drawn = made.spread(), made.spread(method="sampled", draws=100_000)
    assert exact is not None
    assert drawn is not None
    assert drawn.standard_error is not None
    assert drawn[1:4] == pytest.approx(exact[1:4], rel=6 * drawn.standard_error)


def test_correlations_replace_each_other_and_none_are_none() -> None:
    made = two_lognormals().correlated({("x", "y"): 0.5})
    assert made.correlated({("x", "y"): 0}).spread() == two_lognormals().spread()
    assert made.correlated({}).spread() == two_lognormals().spread()


def test_correlations_come_along_with_the_operators() -> None:
    made = two_lognormals().correlated({("x", "y"): 0.5})
    assert half_width(made * 3) == pytest.approx(half_width(made))
    assert half_width(3 / made) == pytest.approx(half_width(made))
    wider = math.hypot(half_width(made), math.log(2) / 2)
    assert half_width(made * Estimate.from_formula("z", z="1 to 2")) == pytest.approx(wider)


def test_correlations_stay_where_an_input_is_replaced() -> None:
    made = two_lognormals().correlated({("x", "y"): 1}).replace(x="2 to 18")
    assert half_width(made) == pytest.approx(2 * math.log(3))


# --- What is refused


@pytest.mark.parametrize(
    ("pairs", "error", "message"),
    [
        ({("x", "y"): 1.5}, ValueError, "a correlation lies between -1 and 1, not 1.5 for x and y"),
        ({("x", "y"): "much"}, ValueError, "a correlation lies between -1 and 1, not 'much' for x and y"),
        ({("x", "y"): math.nan}, ValueError, "a correlation lies between -1 and 1, not nan for x and y"),
        ({("x", "x"): 0.5}, ValueError, "x is correlated with itself: a pair has two inputs"),
        ({("x", "w"): 0.5}, KeyError, "no input 'w'; there are x, y, z"),
        ({"x": 0.5}, ValueError, 'expected a pair of inputs such as ("peak", "utilization"), not \'x\''),
        ({("x", "y"): 0.5, ("y", "x"): 0.4}, ValueError, "two correlations of y and x are declared"),
        (
            {("x", "y"): 0.9, ("y", "z"): 0.9, ("x", "z"): -0.9},
            ValueError,
            "no quantities can correlate as x, y and z are said to",
        ),
        (
            [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]],
            ValueError,
            "no quantities can correlate as x, y and z are said to",
        ),
        ([[1, 0.5]], ValueError, "a correlation matrix of 3 quantities has 3 rows of 3 numbers"),
        (
            [[1, 0.5, 0], [0.4, 1, 0], [0, 0, 1]],
            ValueError,
            "the correlation of x with y cannot be 0.5 one way and 0.4 the other",
        ),
        ([[1, 0, 0], [0, 0.9, 0], [0, 0, 1]], ValueError, "the correlation of y with itself is 1, not 0.9"),
        ("abc", ValueError, "expected a matrix of numbers, or pairs with theirs"),
        (5, ValueError, "expected a matrix of numbers, or pairs with theirs"),
    ],
)
def test_what_cannot_be(pairs: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as raised:
        three().correlated(pairs)  # type: ignore[arg-type]
    assert raised.value.args[0] == message


def test_what_each_may_be_and_both_together_cannot() -> None:
    x, y, z = (Estimate.from_formula(name, **{name: "1 to 4"}) for name in "xyz")
    one, other = (x * y).correlated({("x", "y"): 0.9}), (y * z).correlated({("y", "z"): 0.9})
    third = (x * z).correlated({("x", "z"): -0.9})
    with pytest.raises(ValueError, match=r"^no quantities can correlate as x, y and z are said to$"):
        (one * other * third).spread()
    with pytest.raises(ValueError, match=r"^two correlations of x and y are declared$"):
        one + (x * y).correlated({("x", "y"): 0.4})


# --- Which inputs are the same


def test_the_same_object_is_the_same_input_whatever_it_is_called() -> None:
    shared = between("1 kW", "4 kW")
    one, other = Estimate.from_formula("power", power=shared), Estimate.from_formula("2 * load", load=shared)
    assert (list(one.named), list(other.named)) == (["power"], ["load"])
    assert one.input("power") is other.input("load") is shared
    assert (other - one - one).spread()[1:4] == (0, 0, 0)  # type: ignore[index]
    assert (other / one).spread()[1:4] == (2, 2, 2)  # type: ignore[index]
    assert one.expression * 2 == other.expression


def test_the_same_name_and_range_are_not_the_same_input() -> None:
    one, other = (Estimate.from_formula("load", load=between("1 kW", "4 kW")) for _ in range(2))
    ratio = one / other
    assert list(ratio.named) == ["load", "load_2"]
    assert half_width(ratio) == pytest.approx(math.log(2) * math.sqrt(2))
    assert sympy.simplify(one.expression - other.expression) != 0


def test_a_name_is_that_of_the_estimate_and_not_of_the_object() -> None:
    shared = normal(10, 2, "kW", name="rack")
    made = Estimate.from_formula("n * p", n=3, p=shared)
    assert (list(made.named), made.text, shared.name) == (["n", "p"], "n*p", "rack")
    assert made.correlated({("p", "n"): 0}).text == "n*p"


# --- Copies, pickles, other processes


def correlated_pair() -> Estimate:
    return two_lognormals().correlated({("x", "y"): 0.5})


@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made))],
    ids=["copy", "deepcopy", "pickle"],
)
def test_a_copy_has_the_same_inputs_and_correlations(copied: object) -> None:
    made = correlated_pair()
    again = copied(made)  # type: ignore[operator]
    assert again.spread() == made.spread()
    assert all(a is b for a, b in zip(again.inputs, made.inputs, strict=True))
    assert (again / made).spread()[1:4] == pytest.approx((1, 1, 1))
    assert again.expression == made.expression


def test_two_estimates_pickled_one_by_one_still_share() -> None:
    shared = between(1, 4, name="x")
    files = [pickle.dumps(estimate_from(shared) * k) for k in (2, 3)]
    shared_too = shared.symbol
    one, other = map(pickle.loads, files)
    assert one.inputs[0] is other.inputs[0] is shared
    assert (one / other).exact_value * 3 == 2
    assert one.expression == 2 * shared_too


PROGRAM = """
import pickle, sys
one, other = (pickle.loads(data) for data in pickle.load(sys.stdin.buffer))
assert one.inputs[0] is other.inputs[0]
spread = (one / other).spread()
assert spread[1:4] == (0.5, 0.5, 0.5), spread
assert one.expression * 2 == other.expression
pickle.dump([one, one.expression, (one * other).spread()], sys.stdout.buffer)
"""


def test_another_process_knows_which_inputs_are_the_same() -> None:
    made = correlated_pair()
    data = pickle.dumps([pickle.dumps(made), pickle.dumps(made * 2)])
    run = subprocess.run([sys.executable, "-c", PROGRAM], input=data, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    back, expression, spread = pickle.loads(run.stdout)
    assert all(a is b for a, b in zip(back.inputs, made.inputs, strict=True))
    assert expression == made.expression
    assert spread == (made * made * 2).spread()


def test_a_pickled_input_that_is_gone_is_made_anew_once() -> None:
    one, other = (pickle.dumps(estimate) for estimate in (lambda x: (x, x * x))(estimate_from(between(1, 4, name="x"))))
    first, second = pickle.loads(one), pickle.loads(other)
    assert isinstance(first.inputs[0], Input)
    assert first.inputs[0] is second.inputs[0]


def test_worker_processes_keep_correlations() -> None:
    made = Estimate.from_formula("x + y", x="1 to 4", y="3 to 27").correlated({("x", "y"): 0.5})
    assert made.spread(draws=40_000, workers=2) == made.spread(draws=40_000)
    assert made.spread(draws=40_000) != made.correlated({}).spread(draws=40_000)


def test_spreads_of_many_take_no_correlations() -> None:
    with pytest.raises(ValueError, match=r"^estimates with declared correlations are spread one by one$"):
        spreads([correlated_pair()])


# --- Laws


@given(st.floats(-1, 1), st.floats(-1, 1))
@settings(max_examples=40, deadline=None)
def test_more_correlation_makes_a_product_wider(one: float, other: float) -> None:
    low, high = sorted((one, other))
    narrow, wide = (half_width(two_lognormals().correlated({("x", "y"): rho})) for rho in (low, high))
    assert narrow <= wide * (1 + 1e-9)


@given(st.floats(-0.99, 0.99))
@settings(max_examples=20, deadline=None)
def test_shares_of_correlated_inputs_sum_to_one(rho: float) -> None:
    assert sum(d.share for d in three().correlated({("x", "z"): rho}).drivers()) == pytest.approx(1)
