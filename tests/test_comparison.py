"""Two estimates side by side: worked cases, and the laws of a ledger."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipstick import Comparison, Estimate, LedgerRow, Settings, Source, UnitsError, between, compare
from slipstick.comparison.ledger_words import cells, sentences
from slipstick.comparison.written_estimates import one_estimate, written_estimates

PAPER = (
    "12 agents * 44 days * 24 hours/day * 3600 sec/hour * 420*10^12 FLOP/s * 32 TPUv3 boards * "
    "33% actual board utilization = 2.02 * 10^23 FLOP"
)
BLOG = "600 agents * 14 days * 24 hours/day * 3600 sec/hour * 16 TPUs * 420*10^12 FLOP/s * 50% = 2.4 * 10^24 FLOP"
CHIPS = "384 TPUv3 chips * 44 days * 24 hours/day * 3600 sec/hour * 123*10^12 FLOP/s * 33% = 5.9 * 10^22 FLOP"
MEENA = (
    "30 days * 24 hours/day * 3600 sec/hour * 2048 TPUv3 cores * 0.25 TPU boards / TPU core * "
    "420*10^12 FLOP/s/TPUv3 board * 33% actual board utilization = 1.8 * 10^23 FLOP"
)
GSHARD = (
    "22 TPU core-years = 22 years * 365 days/year * 24 hours/day * 3600 sec/hour * 420*10^12 FLOP/s/TPUv3 board * "
    "0.25 TPU boards / TPU core * 0.33 actual board utilization = 2.4 * 10^21 FLOP"
)
GPT3 = "6 * 175e9 parameters * 300e9 tokens = 3.15e23 FLOP"


def ratios(made: Comparison) -> dict[str, Fraction]:
    return {row.factor: row.ratio for row in made.rows}


def row(made: Comparison, factor: str) -> LedgerRow:
    return next(each for each in made.rows if each.factor == factor)


def is_whole(made: Comparison) -> bool:
    """Whether the ledger accounts for the ratio of the values exactly."""
    return prod((each.ratio for each in made.rows), start=Fraction(1)) == made.b.value / made.a.value == made.ratio


# --- Worked cases


def test_the_two_alphastars() -> None:
    """600/12, 14/44, 16/32 and 50/33, as the commenter set them side by side; 420 TFLOP/s cancels."""
    made = compare(PAPER, BLOG)
    assert ratios(made) == {
        "agents": Fraction(50),
        "days": Fraction(7, 22),
        "peak": Fraction(1),
        "boards, tpus": Fraction(1, 2),
        "utilization": Fraction(50, 33),
    }
    assert made.ratio == Fraction(50) * Fraction(7, 22) * Fraction(1, 2) * Fraction(50, 33) == Fraction(4375, 363)
    assert f"{float(made.ratio):.4g}" == "12.05"
    assert is_whole(made)
    assert made.unaligned is None
    shares = {each.factor: each.share for each in made.rows}
    assert shares["agents"] == pytest.approx(math.log(50) / math.log(4375 / 363))
    assert sum(share or 0 for share in shares.values()) == pytest.approx(1)


def test_the_claims_of_the_two_alphastars_hold() -> None:
    made = compare(PAPER, BLOG)
    assert [each.claim and each.claim.verdict for each in made[:2]] == ["holds", "holds"]
    assert made.claimed_ratio == pytest.approx(2.4e24 / 2.02e23)
    assert made.overlap is not None
    assert not made.overlap.agree
    assert row(made, "utilization").spread_share == pytest.approx(1)
    assert row(made, "agents").spread_share is None


def test_chips_for_boards() -> None:
    """384 of either, of which one holds four of the other; 420/4 a chip against 123."""
    made = compare(PAPER, CHIPS)
    assert ratios(made) == {
        "chips": Fraction(1),
        "packaging": Fraction(1, 4),
        "days": Fraction(1),
        "peak": Fraction(123, 105),
        "utilization": Fraction(1),
    }
    assert is_whole(made)
    packaging = row(made, "packaging")
    assert (packaging.kind, packaging.a and packaging.a.text) == ("packaging", "1 TPU v3 board = 4 chips")
    assert "eight cores a device" in packaging.source


def test_packaging_that_the_hardware_does_not_have() -> None:
    """0.25 boards a core where the hardware has 0.125 is a factor of 2, whatever level the other counts in."""
    made = compare(MEENA, "1024 TPUv3 chips * 30 days * 123 TFLOP/s * 33%")
    assert ratios(made) == {
        "days": Fraction(1),
        "cores, chips": Fraction(1, 2),
        "packaging": Fraction(2),
        "boards_per_core": Fraction(1, 2),
        "peak": Fraction(123, 105),
        "utilization": Fraction(1),
    }
    assert row(made, "boards_per_core").kind == "only in A"
    assert "The hardware has 0.125" in row(made, "boards_per_core").note
    assert is_whole(made)


def test_core_years_beside_cores_and_days() -> None:
    made = compare(GSHARD, MEENA)
    assert ratios(made)["boards_per_core"] == 1
    assert ratios(made)["core_years"] == Fraction(30 * 2048, 22 * 365)
    assert is_whole(made)


def test_a_claim_that_is_off_is_told_and_the_values_are_compared() -> None:
    made = compare(GSHARD, MEENA)
    assert f"{float(made.ratio):.3f}" == "7.651"
    assert made.claimed_ratio == pytest.approx(75)
    said = " ".join(sentences(made))
    assert "A claims 2.4e21 FLOP, which does not hold; its value, 2.404e22 FLOP, is compared." in said
    assert "By the claims B would be 75 times A." in said


def test_conversions_cancel() -> None:
    made = compare("44 days * 1e15 FLOP/s", "1056 hours * 3600 sec/hour * 1 PFLOP/s")
    assert ratios(made) == {"time": 1, "peak": 1}


def test_agents_of_one_alone_are_named() -> None:
    made = compare("12 agents * 32 V100 * 4 days * 1e14 FLOP/s", "5 days * 1e14 FLOP/s/V100 * 64 V100")
    assert ratios(made) == {"gpus": Fraction(1, 6), "days": Fraction(5, 4), "peak": 1}
    made = compare("12 agents * 4 days * 1e14 FLOP/s", "4 days * 2e14 FLOP/s")
    assert (row(made, "agents").kind, row(made, "agents").ratio) == ("only in A", Fraction(1, 12))


def test_unlike_ways_to_one_result() -> None:
    """Seconds and parameters are no ratio: together they are one, and say what utilization the operations imply."""
    made = compare(PAPER, GPT3)
    assert made.unaligned is not None
    assert made.unaligned.ratio == made.ratio == made.b.value / made.a.value
    assert made.unaligned.share == pytest.approx(1)
    assert all(each.is_loose and each.share is None for each in made.rows)
    assert row(made, "days").unit == "1/s"
    implied = 0.33 * 3.15e23 / (12 * 44 * 86400 * 420e12 * 32 * 0.33)
    assert f"A would come to B at a utilization of {implied:.3g}." in made.notes


@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    [
        ("1.08e23 FLOP", PAPER, "1.873"),
        ("3640 PF-days", GPT3, "1.002"),
        (3, 4, "1.333"),
        ("5 kWh", "36 MJ", "2"),
        (Estimate.from_formula("a", a="2 kg"), "3000 g", "1.5"),
    ],
)
def test_plain_quantities(a: Any, b: Any, ratio: str) -> None:
    made = compare(a, b)
    assert f"{float(made.ratio):.4g}" == ratio
    (only,) = made.rows
    assert only.share == pytest.approx(1)
    assert ("no factors to align" in " ".join(made.notes)) == (only.kind == "whole")


def test_sums_are_one_row_with_their_terms_beside_it() -> None:
    made = compare("2 GPUs * 3 days * $2/GPU-hour + $100", "8 GPUs * 3 days * $2.5/GPU-hour + $300")
    (only,) = made.rows
    assert (only.kind, only.ratio) == ("sum", Fraction(1740, 388))
    assert [(t.a, t.b) for t in made.terms] == [(288, 1440), (100, 300)]
    assert [t.share for t in made.terms] == pytest.approx([1152 / 1352, 200 / 1352])


def test_a_sum_among_factors_is_a_factor() -> None:
    made = compare("(1 + 2) * 3 FLOP", "(4 + 5) * 2 FLOP")
    assert ratios(made) == {"sum": 3, "flop": Fraction(2, 3)}


def test_the_waterfall_runs_from_a_to_b() -> None:
    made = compare(PAPER, BLOG)
    steps = made.waterfall()
    assert [step.name for step in steps] == ["A", *(each.factor for each in made.rows)]
    assert (steps[0].value, steps[-1].value) == (made.a.value, made.b.value)
    assert steps[1].value == 50 * made.a.value


def test_shared_inputs_cancel() -> None:
    utilization = between(0.2, 0.5)
    one = Estimate.from_formula("a*u", a="3 FLOP", u=utilization)
    other = Estimate.from_formula("u*b", b="5 FLOP", u=utilization)
    made = compare(one, other)
    assert ratios(made) == {"a, b": Fraction(5, 3), "u": 1}
    assert made.overlap is not None
    assert "cancels" in made.overlap.words


def test_settings_reach_both_texts() -> None:
    made = compare(PAPER, BLOG, Settings(utilization=(Fraction(1, 5), Fraction(2, 5))))
    assert made.a.interval is not None
    assert made.a.interval.low == pytest.approx(float(made.a.value) * 0.2 / 0.33)


def test_levels_of_the_interval() -> None:
    half, most = (compare(PAPER, BLOG, level=level).overlap for level in (0.5, 0.9))
    assert half is not None
    assert most is not None
    assert most.low < half.low < half.high < most.high


def test_shares_of_nearly_nothing_are_not_shown() -> None:
    """30 days of 2048 cores at 0.25 boards a core beside 44 days of 384 boards: 10/11, by factors of 16/3 and 1/8."""
    made = compare(PAPER, MEENA)
    assert made.ratio == Fraction(10, 11)
    assert sum(each.share or 0 for each in made.rows) == pytest.approx(1)
    assert "1756 %" not in str(made)
    assert "so close that shares of their difference would say nothing" in str(made)


# --- Alignment


def test_names_come_before_kinds() -> None:
    one = Estimate.from_formula("wait * run", wait="2 s", run="3 s")
    other = Estimate.from_formula("run * wait", wait="4 s", run="5 s")
    assert ratios(compare(one, other)) == {"wait": 2, "run": Fraction(5, 3)}


def test_what_could_stand_for_several_is_one_row() -> None:
    one = Estimate.from_formula("a * b", a="2 s", b="3 s")
    other = Estimate.from_formula("c * d", c="5 s", d="7 s")
    (only,) = compare(one, other).rows
    assert only.ratio == Fraction(35, 6)
    assert "could stand for several" in only.note


def test_equal_ones_of_several_are_paired() -> None:
    one = Estimate.from_formula("a * b", a="2 s", b="3 s")
    other = Estimate.from_formula("c * d", c="7 s", d="2 s")
    assert sorted(ratios(compare(one, other)).values()) == [1, Fraction(7, 3)]
    assert set(ratios(compare(one, other))) == {"a, d", "b, c"}


def test_numbers_without_a_name_stand_for_nothing_but_their_equals() -> None:
    made = compare("2 * 3 FLOP = 6", "5 * 3 FLOP = 15")
    assert {each.kind for each in made.rows} == {"aligned", "only in A", "only in B"}
    assert is_whole(made)


def test_servers_hold_devices() -> None:
    made = compare("96 servers * 8 GPU/server * 10 days * 1e14 FLOP/s/GPU", "384 GPUs * 10 days * 1e14 FLOP/s/GPU")
    assert ratios(made)["gpus"] == Fraction(1, 2)


def test_a_bare_tpu_is_taken_for_the_others_and_said_so() -> None:
    assert "“TPU” leaves the level open" in " ".join(sentences(compare(PAPER, BLOG)))


# --- Refusals


@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        (PAPER, "$5M", "unlike things have no ratio: A is in FLOP, B in USD"),
        ("5", PAPER, "unlike things have no ratio: A is in plain numbers, B in FLOP"),
        ("0 FLOP", PAPER, "A is zero, so that B is no multiple of it"),
        (PAPER, "hello", "'hello': no calculation was read; expected a calculation, or a quantity such as"),
        (PAPER, "", "'': no calculation was read; expected"),
        (f"{PAPER}.\n{BLOG}.", PAPER, "the text holds 2 calculations; expected one of line 1 (2.02e23 FLOP), line 2 ("),
        (PAPER, None, "expected a number, a text with a unit or a quantity"),
        (PAPER, "1e400 FLOP", "no calculation was read"),
        (PAPER, "(" * 500, "no calculation was read"),
    ],
)
def test_what_cannot_be_compared(a: Any, b: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the message is looked at below)
        compare(a, b)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_unlike_units_are_a_units_error() -> None:
    with pytest.raises(UnitsError):
        compare("5 kg", "5 s")


@pytest.mark.parametrize("level", [0, 1, 2.0, True, "0.9", math.nan])
def test_levels_that_are_none(level: Any) -> None:
    with pytest.raises(ValueError, match="a level must lie between 0 and 1"):
        compare(3, 4, level=level)


def test_beyond_the_floats() -> None:
    made = compare("1e299 FLOP * 2 = 2e299 FLOP", "1e-299 FLOP * 2 = 2e-299 FLOP")
    assert made.ratio == Fraction(1, 10**598)
    assert made.log == pytest.approx(-598 * math.log(10))
    assert "1e-598" in str(made)


def test_formulas_that_share_their_parts_come_to_an_end() -> None:
    base = Estimate.from_formula("a", a="1.1 kg")
    double = base
    for _ in range(60):
        double = double + double
    assert compare(base, double).ratio == 2**60
    power = Estimate.from_formula("a", a="1.1")
    for _ in range(9):
        power = power * power
    assert ratios(compare(power, power)) == {"a": 1}


def test_many_factors() -> None:
    long = " * ".join(f"{n}.5" for n in range(1, 150))
    made = compare(long, f"{long} * 2")
    assert made.ratio == 2
    assert is_whole(made)


def test_words_of_others_stay_on_their_line() -> None:
    made = compare("2 days * 1e15 FLOP/s * 30% [bold]\x1b[31mutilization", "3 days * 1e15 FLOP/s * 0.3")
    assert "\x1b" not in str(made)


# --- Laws

FEWER = settings(max_examples=20)
"""Each example reads texts from end to end."""


def times(days: Fraction) -> st.SearchStrategy[str]:
    hours = days * 24
    return st.sampled_from([f"{days} days", f"{hours} hours", f"{days} days * 24 hours/day * 3600 sec/hour"])


@st.composite
def runs(draw: st.DrawFn) -> tuple[str, str]:
    """One run written twice: the same factors in other orders and units."""
    small = st.integers(1, 999)
    agents, boards, days, percent = draw(small), draw(small), draw(small), draw(st.integers(1, 99))
    tera = draw(st.integers(1, 2000))
    texts = []
    for _ in range(2):
        factors = [
            f"{agents} agents",
            draw(times(Fraction(days))),
            draw(st.sampled_from([f"{tera} TFLOP/s", f"{tera}*10^12 FLOP/s", f"{tera}e12 FLOP/s"])),
            f"{boards} TPUv3 boards",
            draw(st.sampled_from([f"{percent}% utilization", f"{percent / 100} utilization"])),
        ]
        texts.append(" * ".join(draw(st.permutations(factors))))
    return texts[0], texts[1]


def by_ratio(made: Comparison) -> list[tuple[Fraction, str]]:
    return sorted((each.ratio, each.kind) for each in made.rows)


@FEWER
@given(runs(), runs())
def test_the_ledger_accounts_for_the_whole(one: tuple[str, str], other: tuple[str, str]) -> None:
    made = compare(one[0], other[0])
    assert is_whole(made)
    assert len(made.rows) == 5
    if made.log:
        assert sum(each.share or 0 for each in made.rows) == pytest.approx(1, abs=1e-6)
        assert sum(each.log or 0 for each in made.rows) == pytest.approx(made.log, abs=1e-9)


@FEWER
@given(runs())
def test_order_and_units_do_not_matter(one: tuple[str, str]) -> None:
    made = compare(*one)
    assert all(each.ratio == 1 and each.kind == "aligned" for each in made.rows)


@FEWER
@given(runs(), runs())
def test_order_and_units_do_not_matter_beside_another(one: tuple[str, str], other: tuple[str, str]) -> None:
    first, second = compare(one[0], other[0]), compare(one[1], other[1])
    assert by_ratio(first) == by_ratio(second)


@FEWER
@given(runs(), runs())
def test_the_other_way_round_is_the_inverse(one: tuple[str, str], other: tuple[str, str]) -> None:
    there, back = compare(one[0], other[0]), compare(other[0], one[0])
    assert there.ratio * back.ratio == 1
    assert sorted(1 / each.ratio for each in there.rows) == sorted(each.ratio for each in back.rows)


UNITS = ("kg", "s", "m", "", "FLOP/s", "TPU v3 board", "TPU v3 core", "TPU v3 chip/TPU v3 core", "tokens", "agents")


@st.composite
def formulas(draw: st.DrawFn) -> Estimate:
    """A product of a few things to powers, always in kg in the end."""
    chosen = draw(
        st.lists(st.tuples(st.sampled_from(UNITS), st.integers(1, 50), st.sampled_from((1, -1, 2))), max_size=6)
    )
    given_as: dict[str, Any] = {"mass": "7 kg"}
    parts = ["mass"]
    for n, (unit, number, power) in enumerate(chosen):
        given_as |= {f"x{n}": f"{number} {unit}".strip(), f"y{n}": f"{draw(st.integers(1, 50))} {unit}".strip()}
        parts.append(f"(x{n} / y{n})**{power}" if power > 0 else f"y{n} / x{n}")
    return Estimate.from_formula(" * ".join(parts), **given_as)


@given(formulas(), formulas())
def test_any_two_products(one: Estimate, other: Estimate) -> None:
    """Whatever stands for whatever, the ledger is whole, its inverse is the other's, and itself is all ones."""
    made = compare(one, other)
    assert is_whole(made)
    assert sorted(1 / each.ratio for each in made.rows) == sorted(each.ratio for each in compare(other, one).rows)
    assert {each.ratio for each in compare(one, one).rows} == {1}


@given(formulas(), formulas())
def test_shares_add_up(one: Estimate, other: Estimate) -> None:
    made = compare(one, other)
    if made.log is None or abs(made.log) < 1e-9:
        return
    loose = made.unaligned.share or 0 if made.unaligned else 0
    assert sum(each.share or 0 for each in made.rows) + loose == pytest.approx(1, abs=1e-6)


# --- Places


def places(text: str) -> Sequence[tuple[int, int]]:
    return [(each.place.line, each.place.column) for each in written_estimates(Source(text)) if each.place]


def test_estimates_by_their_line() -> None:
    source = Source(f"About AlphaStar:\n{PAPER}.\n\nAnd {BLOG}.\n", "post.md")
    assert places(source.text) == [(2, 1), (4, 5)]
    assert one_estimate(source, 4, None, None).estimate.exact_value == compare(PAPER, BLOG).b.value
    with pytest.raises(ValueError, match=r"post.md holds 2 calculations; expected one of post.md:2 \(2.02e23 FLOP\), "):
        one_estimate(source, None, None, None)
    with pytest.raises(ValueError, match=r"post.md: no calculation was read at line 3; expected one of post.md:2"):
        one_estimate(source, 3, None, None)


def test_two_estimates_in_one_line() -> None:
    source = Source("At first 2 * 3 kg = 6 kg, then 4 * 3 kg = 12 kg.", "note")
    with pytest.raises(ValueError, match=r"note holds in line 1 2 calculations; expected one of note:1:10 \(6 kg\)"):
        one_estimate(source, 1, None, None)
    assert one_estimate(source, 1, 32, None).estimate.exact_value == 12


def test_cells_of_a_row() -> None:
    made = compare(PAPER, BLOG)
    assert cells(row(made, "days")) == ("days", "44 days", "14 days", "7/22 = 0.3182", "-46 %")
