"""Deferred values: computed once, when first asked for, and in everything else as good as the value itself."""

from __future__ import annotations

import copy
import pickle

import pytest

from slipstick.deferred import Deferred
from slipstick.pipeline import audit

LINE = "12 agents * 44 days * 4.2e14 FLOP/s * 0.33 = 6.3e22 FLOP"


def test_it_is_computed_once_and_only_when_it_is_asked_for() -> None:
    asked: list[str] = []
    made = Deferred(lambda: asked.append("once") or "it")
    assert asked == []
    assert (made.value, made.value, asked) == ("it", "it", ["once"])


def test_it_is_compared_hashed_and_printed_as_its_value() -> None:
    one, same, other = Deferred(lambda: (1, 2)), Deferred.known((1, 2)), Deferred.known((1, 3))
    assert one == same != other
    assert one != (1, 2)
    assert hash(one) == hash(same)
    assert repr(one) == "(1, 2)"


def test_copies_and_pickles_need_not_what_it_was_computed_from() -> None:
    made = Deferred(lambda: "of a lambda, which no pickle can hold")
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made


def test_two_reports_of_one_text_are_equal_also_after_a_pickle() -> None:
    report = audit(LINE)
    assert pickle.loads(pickle.dumps(audit(LINE))) == report == audit(LINE)
    assert report != audit(LINE.replace("44", "45"))


def test_what_a_report_says_of_a_calculation_written_out() -> None:
    made = audit(LINE).calculations[0]
    assert made.expression == "agents*days*peak*utilization"
    assert made.latex == r"\text{agents} \cdot \text{days} \cdot \text{peak} \cdot \text{utilization}"
    assert [step.text for step in made.steps] == ["12 agents", "44 days", "4.2e14 FLOP/s", "0.33"]


def test_a_calculation_too_long_to_be_written_out_still_has_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slipstick.notation._LONGEST", 2)
    made = audit("1 m + 2 m + 3 m = 6 m").calculations[0]
    assert (made.value, made.expression, len(made.steps)) == (6.0, "", 3)
