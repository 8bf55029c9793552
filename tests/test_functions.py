"""Functions of bare numbers: those of one meaning are worked out, all others are left unread."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import audit


@pytest.mark.parametrize(
    ("text", "value", "unit", "verdict"),
    [
        ("log2(1024) = 10", 10, "1", "holds"),
        ("log10(8.4e22) = 22.92", 22.9243, "1", "holds"),
        ("log10(8.4e22) = 23.92", 22.9243, "1", "off"),
        ("10 * (3 + 3 * log2(692000)) = 612", 612.0, "1", "holds"),
        ("ceil(1000/64) batches * 3 = 48 batches", 48, "step", "holds"),
        ("floor(100 / 8) = 15", 12, "1", "off"),
        ("ln(2) / 0.1 = 6.93", 6.93147, "1", "holds"),
        ("3.4 months * ln(2) = 2.36 months", 6.1976e6, "s", "holds"),
        ("math.exp(2) = 7.39", 7.38906, "1", "holds"),
        ("log2(0.5) = -1", -1, "1", "holds"),
    ],
)
def test_of_one_meaning(text: str, value: float, unit: str, verdict: str) -> None:
    (made,) = audit(text).calculations
    assert (made.value, made.unit, made.claims[0].verdict) == (pytest.approx(value, rel=1e-4), unit, verdict)


@pytest.mark.parametrize(
    "text",
    [
        "log(100) = 2",
        "log2(1024 tokens) = 10",
        "log2(6/0) = 3",
        "exp(1000) = 3",
        "ceil(7.2 to 9) = 8",
        "ln(x) = 3",
        "7 * f(2*3) = 42",
        "log2(5 - 7) = 3",
        "log2 (1024) = 10",
        "exp(((((1e300^9)^9)^9)^9)^9) = 3",
    ],
)
def test_of_no_or_several_meanings(text: str) -> None:
    assert audit(text).calculations == ()


@given(st.integers(2, 10**6), st.sampled_from(["log2", "log10", "ln"]))
def test_a_logarithm_is_that_of_the_library(number: int, name: str) -> None:
    known = {"log2": math.log2, "log10": math.log10, "ln": math.log}[name](number)
    (made,) = audit(f"{name}({number}) = {known:.6f}").calculations
    assert made.claims[0].verdict == "holds"
    assert made.value == pytest.approx(known, rel=1e-11)


def test_no_digit_of_a_function_is_taken_for_a_slip() -> None:
    (made,) = audit("30 * log2(1204) = 3001").calculations
    assert made.claims[0].verdict == "off"
    assert not any("log2" in (finding.fix.text if finding.fix else "") for finding in made.findings)
