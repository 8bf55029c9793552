"""The cached property: computed once, of each object its own, and one value for all threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from slipstick.cached_properties import cached_property


class Counting:
    def __init__(self) -> None:
        self.computed = 0

    @cached_property
    def number(self) -> int:
        """How often it was computed."""
        self.computed += 1
        return self.computed

    @cached_property
    def broken(self) -> int:
        self.computed += 1
        raise ValueError("no number")


def test_it_is_computed_once_for_each_object() -> None:
    one, other = Counting(), Counting()
    assert (one.number, one.number, other.number) == (1, 1, 1)


def test_what_could_not_be_computed_is_tried_again() -> None:
    made = Counting()
    for _ in range(2):
        with pytest.raises(ValueError, match="no number"):
            _ = made.broken
    assert made.computed == 2


def test_of_the_class_it_is_the_property_with_its_docstring() -> None:
    assert isinstance(Counting.number, cached_property)
    assert Counting.number.__doc__ == "How often it was computed."


def test_threads_that_compute_it_at_once_have_one_value() -> None:
    at_once = Barrier(8)

    class Slow:
        @cached_property
        def own(self) -> object:
            at_once.wait(timeout=30)
            return object()

    slow = Slow()
    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(lambda _: slow.own, range(8)))
    assert len(set(map(id, values))) == 1
