"""Frozen classes: what `dataclasses` promises of one, held against a dataclass of the same fields."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick.frozen import Frozen, replace, values_of


class Range(Frozen):
    low: float
    high: float
    unit: str = "1"
    longest: ClassVar[float] = 100.0

    def __post_init__(self) -> None:
        if self.high - self.low > self.longest:
            raise ValueError("too long")


@dataclass(frozen=True)
class AsDataclass:
    low: float
    high: float
    unit: str = "1"


class Thing(Frozen, eq=False):
    name: str


ranges = st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from("ab"))


@given(ranges, ranges)
def test_it_is_made_shown_and_compared_as_a_dataclass_is(one: Any, other: Any) -> None:
    made, again = Range(*one), Range(*other)
    assert (made == again) is (AsDataclass(*one) == AsDataclass(*other))
    assert repr(made) == repr(AsDataclass(*one)).replace("AsDataclass", "Range")
    if made == again:
        assert hash(made) == hash(again)


def test_fields_are_given_in_order_or_by_name_and_the_rest_has_its_defaults() -> None:
    assert Range(1, 2) == Range(high=2, low=1) == Range(1, high=2, unit="1")
    assert values_of(Range(1, 2)) == {"low": 1, "high": 2, "unit": "1"}
    assert Range(1, 2) != AsDataclass(1, 2)


@pytest.mark.parametrize(
    ("positional", "named"),
    [((1,), {}), ((1, 2, "a", 4), {}), ((1, 2), {"low": 1}), ((1, 2), {"width": 1}), ((), {"high": 1, "width": 2})],
)
def test_a_field_that_is_missing_unknown_or_given_twice_is_refused(positional: Any, named: Any) -> None:
    with pytest.raises(TypeError, match="Range takes, each once, low, high, unit"):
        Range(*positional, **named)


def test_it_is_set_once_and_checked_when_changed() -> None:
    made = Range(1, 2)
    for change in (lambda: setattr(made, "low", 0), lambda: delattr(made, "low")):
        with pytest.raises(AttributeError, match="Range is frozen: its low cannot be"):
            change()
    assert replace(made, high=5) == Range(1, 5)
    assert made == Range(1, 2)
    with pytest.raises(ValueError, match="too long"):
        replace(made, high=500)
    with pytest.raises(TypeError):
        replace(made, width=1)


def test_it_survives_a_pickle() -> None:
    assert pickle.loads(pickle.dumps(Range(1, 2, "m"))) == Range(1, 2, "m")


def test_things_of_their_own_are_themselves_alone() -> None:
    one, other = Thing("a"), Thing("a")
    assert one != other
    assert len({one, other, one}) == 2
