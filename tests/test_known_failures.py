"""What other unit libraries are known to get wrong, each as a test by name: slipstick must not.

The failures are those of pint 0.25, whose registry adds up bytes, radians, counts and percent as plain numbers, keeps
stale factors after a redefinition, shares contexts between threads and reads "as" as attoseconds; of first-order error
propagation, which puts the variable of a quotient on no bound; and of numpy's int64, which wraps around silently.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from random import Random
from threading import Barrier
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import Estimate, UnitsError, audit, convert, convertible, quantity, registry
from slipstick.conversion.errors import ConversionError
from slipstick.report import ReportedCalculation

THREADS, CONVERSIONS = 16, 2000


def made_of(text: str) -> list[ReportedCalculation]:
    """Every calculation and expression of a text."""
    report = audit(text)
    return [*report.calculations, *report.expressions]


def test_byte_radian_count_and_percent_do_not_add_up() -> None:
    """pint: 1 byte + 1 radian + 1 count + 5 percent is 10.05 bits."""
    pint = pytest.importorskip("pint")
    other = pint.UnitRegistry()
    assert (other("byte") + other("radian") + other("count") + 5 * other("percent")).to("").magnitude == 10.05
    with pytest.raises(UnitsError):
        _ = Estimate.from_formula("a + b", a="1 byte", b="1 token").value
    with pytest.raises(pint.DimensionalityError):
        _ = quantity("1 byte") + quantity("1 token")
    for one, others in {"byte": ["radian", "token", "FLOP"], "radian": ["token", "revolution^2"]}.items():
        assert not any(convertible(one, each) for each in others)
    (made,) = made_of("5 bytes + 3 tokens = 8 bytes")
    assert "unlike-sum" in [f.name for f in made.findings]


def test_a_redefinition_at_run_time_cannot_go_stale() -> None:
    """pint: a unit that was converted once keeps its old factor when it is defined anew."""
    pint = pytest.importorskip("pint")
    other = pint.UnitRegistry()
    for size in ("2", "1.7018"):
        other.define(f"smoot = {size} meter")
        assert other.Quantity(1, "smoot").to("meter").magnitude == 2
    known = registry()
    for attempt in (
        lambda: known.define("mile = 1600 meter"),
        lambda: known.load_definitions(["mile = 1600 meter"]),
        lambda: known.enable_contexts("spectroscopy"),
    ):
        with pytest.raises(TypeError, match="immutable"):
            attempt()
    assert known.Quantity(1, "mile").to("meter").magnitude == 1609.344
    assert convert("1 mile", "m").value == Fraction("1609.344")


def test_sixteen_threads_at_once_get_what_one_gets() -> None:
    """pint: a context that one thread enables converts the metres of another into seconds."""
    pairs = [("km/h", "m/s"), ("mile", "km"), ("PF-days", "FLOP"), ("TPU v3 core", "TPU v3 board"), ("kWh", "J")]
    alone = {pair: convert((3, pair[0]), pair[1]).value for pair in pairs}
    together = Barrier(THREADS)

    def thread(number: int) -> int:
        order = Random(number)
        together.wait()
        asked = [order.choice(pairs) for _ in range(CONVERSIONS)]
        wrong = sum(convert((3, one), other).value != alone[one, other] for one, other in asked)
        wrong += sum(registry().Quantity(3, "mile").to("meter").magnitude != 3 * 1609.344 for _ in range(20))
        return wrong + sum(convertible("meter", "second") for _ in range(20))

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(thread, range(THREADS))) == [0] * THREADS


@pytest.mark.parametrize("text", ["1 m / 2 s", "1 m/2 s", "1 m / 2s"])
def test_what_a_slash_binds_is_said(text: str) -> None:
    """pint: (1 m / 2) s, half a metre second. Here a number with its unit is one factor, and the steps say so."""
    (made,) = made_of(text + " = 0.5 m/s")
    assert (made.value, made.unit) == (0.5, "m/s")
    assert [step.read_as for step in made.steps] == ["1 m", "2 s"]
    assert made.steps[1].operator == "/"


def test_a_conversion_binds_a_slash_as_an_audit_does() -> None:
    assert convert("1 m / 2 s", "m/s").value == Fraction(1, 2)
    assert not convertible("m/s", "m*s")


PROSE = ("as", "at", "hat", "am", "is", "was", "are", "has", "had", "a", "an", "in", "on", "to")


@pytest.mark.parametrize("word", PROSE)
def test_a_word_of_prose_is_no_unit(word: str) -> None:
    """pint: "as" is an attosecond, "at" a technical atmosphere, "hat" a hectotechnical one, "in" an inch."""
    for made in made_of(f"It was as fast {word} 5 * 8 = 40, {word} usual"):
        assert {made.unit, *(claim.unit for claim in made.claims), *(given.unit for given in made.inputs)} == {"1"}
    if word not in ("a", "in"):  # are and inch, where a unit alone is asked for
        with pytest.raises(ConversionError):
            convert((1, word), "second")


@given(st.integers(1, 10**12), st.integers(1, 10**12), st.integers(1, 10**9))
def test_no_count_of_operations_wraps_around(gpus: int, rate: int, seconds: int) -> None:
    """numpy: int64 ends at 9.2e18, and 6 * 70e9 * 15e12 as int64 is negative."""
    exact = gpus * rate * seconds
    made = Estimate.from_formula("n * r * t", n=np.int64(gpus), r=np.int64(rate), t=np.int64(seconds))
    assert made.exact_value == exact
    assert convert((gpus, "petaFLOP"), "FLOP").value == gpus * 10**15


def test_a_count_beyond_int64_stays_what_it_is() -> None:
    parts = 6, 70 * 10**9, 15 * 10**12
    with np.errstate(over="ignore"):
        assert np.prod([np.int64(part) for part in parts]) == -5823029580906102784
    six, parameters, tokens = (np.int64(part) for part in parts)
    made = Estimate.from_formula("f * n * d", f=six, n=parameters, d=tokens)
    assert made.exact_value == 6_300_000_000_000_000_000_000_000


def test_arrays_of_whole_numbers_do_not_wrap_around_in_pint_quantities() -> None:
    """70 PFLOP in an int64 array fit, 7e16; what does not fit becomes floating point just so."""
    many: Any = registry().Quantity(np.array([1, 2, 70], dtype=np.int64), "petaFLOP").to("FLOP").magnitude
    assert many.dtype == np.float64
    assert many.tolist() == [1e15, 2e15, 7e16]
    assert registry().Quantity(np.int64(10**17), "hour").to("second").magnitude == 3600 * 10**17


def test_powers_of_1024_do_not_buy_a_claim_that_only_its_last_digit_would_hold() -> None:
    """It was passed once: read by powers of 1024 it is 16434856 GB, and the claim has three digits that are printed."""
    (made,) = made_of("16050 TB - 344 GB = 16500000 GB")
    assert made.value == 16_049_656 * 10**9
    assert [claim.verdict for claim in made.claims] == ["off"]
    assert [f.severity for f in made.findings if f.severity != "note"] == ["error"]
