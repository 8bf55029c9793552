"""Units that the writer left unsaid: every addition, every case that must not be rescued, and laws of conversion."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import audit, read_estimate
from slipstick.finding import Severity
from slipstick.reading.inference.inference import interpret
from slipstick.reading.inference.interpretation import Interpretation
from slipstick.reading.relations.chains import read_document
from slipstick.report import ReportedCalculation

DAY = 86400


def judged(text: str) -> ReportedCalculation:
    """The one calculation of a text."""
    (found,) = audit(text).calculations
    return found


def reading(text: str) -> Interpretation:
    """The first of the cheapest readings of the one calculation of a text."""
    (written,) = read_document(text).calculations
    return interpret(written)[0]


def told(text: str) -> set[str]:
    """The names of what was found."""
    return {f.name for f in judged(text).findings}


def notes(text: str) -> str:
    """What was read into a text, in one string."""
    return "; ".join(f.message for f in judged(text).findings if f.name == "unit-inferred")


WEEKS = (
    "7 days|7 days * 24 * 3600|7 days * 3600 * 24|7 days * 24 * 60 * 60|7 days * 86400|24 * 7 days * 3600|"
    "7 days * 24 hours/day * 3600 s/hour|7 days * 24 hours * 3600 seconds|24 * 3600 * 7 days|168 hours|"
    "168 hours * 3600|168 hours * 60 * 60|1 week * 7 * 24 * 3600|1 week * 7 days * 24 hours * 3600 s|604800 s"
).split("|")


class TestConversionsByHand:
    @pytest.mark.parametrize("factors", WEEKS)
    @pytest.mark.parametrize("claim", ["4.11e18 FLOP", "4.11e18"])
    def test_every_way_to_write_a_week_gives_one_value(self, factors: str, claim: str) -> None:
        calculation = judged(f"{factors} * 6.8e12 FLOP/s = {claim}")
        assert (calculation.value, calculation.unit) == (pytest.approx(7 * DAY * 6.8e12, rel=1e-15), "FLOP")
        assert calculation.claims[0].verdict == "holds"

    @pytest.mark.parametrize(
        "factors",
        [
            "2,800 petaflop-days",
            "2,800 petaflop-days * 1e15 * 24 * 3600",
            "2,800 PF-days * 24 * 3600 * 1e15",
            "2,800 pfs-days * 86400 * 1e15",
            "2,800 PFLOPS-days * 24 hours/day * 3600 s/hour",
        ],
    )
    def test_petaflop_days(self, factors: str) -> None:
        assert judged(f"{factors} * 1 = 2.42e23 FLOP").value == pytest.approx(2800e15 * DAY, rel=1e-15)

    def test_days_are_never_multiplied_by_86400_as_a_count(self) -> None:
        # The claim is what the numbers give if 24 * 3600 is read as a count: a dearer reading is not bought by it.
        calculation = judged(f"7 days * 24 * 3600 * 6.8e12 FLOP/s = {7 * DAY * DAY * 6.8e12:.3e} FLOP")
        assert calculation.value == pytest.approx(7 * DAY * 6.8e12)
        assert calculation.claims[0].verdict == "off"

    def test_towards_the_claimed_unit(self) -> None:
        assert judged("5 days * 24 = 120 hours").value == 5 * DAY
        assert judged("30 days * 24 * 8 GPUs = 5760 GPU-hours").claims[0].ratio == 1
        assert judged("30 days * 24 * 0.4 kW = 288 kWh").claims[0].ratio == 1

    def test_months_of_thirty_days_where_the_line_says_so(self) -> None:
        calculation = judged("6 months * 30 days * 24 hours * 3600 seconds * 1e12 FLOP/s = 1.56e19 FLOP")
        assert calculation.value == pytest.approx(6 * 30 * DAY * 1e12)

    def test_units_that_cancel_as_symbols_are_not_converted(self) -> None:
        # 22 years of 365 days; a Julian year would make it 8035.5.
        assert judged("22 years * 365 days/year = 8030 days").claims[0].ratio == 1

    def test_a_half_way_run_is_a_tie(self) -> None:
        hours, counts = 7 * DAY * 1e12, 7 * DAY * 24 * 1e12
        for value in (hours, counts):
            text = f"7 days * 24 * 1e12 FLOP/s = {value:.4e} FLOP"
            assert judged(text).claims[0].verdict == "holds"
            assert judged(text).value == pytest.approx(value)
            assert "reading-tie" in told(text)
        assert judged("7 days * 24 * 1e12 FLOP/s = 5e15 FLOP").claims[0].verdict == "off"


class TestFree:
    @pytest.mark.parametrize("rate", ["312 TFLOPS", "312 TFLOP/s", "312 TFLOPS/s", "312 TFlops/sec", "0.312 PFLOPS"])
    def test_flops_beside_a_time_is_a_rate(self, rate: str) -> None:
        assert judged(f"{rate} * 10 days = 2.7e20 FLOP").value == pytest.approx(312e12 * 10 * DAY)

    def test_flops_without_a_time_is_a_count(self) -> None:
        assert judged("1e12 FLOPs * 1000 = 1e15 FLOPs").unit == "FLOP"
        assert judged("3 FLOP * 10 s = 30").unit == "FLOP*s"

    @pytest.mark.parametrize("generic", ["GPU", "A100", "A100 GPU"])
    def test_a_generic_name_is_the_named_kind(self, generic: str) -> None:
        calculation = judged(f"8 A100 * 10 days * 312 TFLOP/s/{generic} = 2.2e21 FLOP")
        assert (calculation.unit, calculation.claims[0].verdict) == ("FLOP", "holds")

    def test_two_named_kinds_are_never_one(self) -> None:
        text = "8 A100 * 10 days * 125 TFLOP/s/V100 = 8.6e20 FLOP"
        assert (judged(text).claims[0].verdict, "unit-mismatch" in told(text)) == ("unknown", True)

    def test_steps_have_many_names(self) -> None:
        assert judged("300 iterations * 512 sequences per batch = 153600 sequences").unit == "example"

    @pytest.mark.parametrize("word", ["epochs", "passes"])
    def test_repetitions_make_no_new_thing(self, word: str) -> None:
        assert judged(f"3 {word} * 50000 images = 150000 images").unit == "image"

    def test_device_time_in_words(self) -> None:
        text = "64 GPUs for 14 days + 32 GPUs for 7 days = 1120 GPU-days"
        assert judged(text).value == (64 * 14 + 32 * 7) * DAY


class TestAdded:
    @pytest.mark.parametrize(
        ("text", "value", "words"),
        [
            ("32 TPU v3 boards * 420e12 FLOP/s * 44 days = 5.1e22 FLOP", 32 * 420e12 * 44 * DAY, "per TPU v3 board"),
            ("8 GPUs * 312 TFLOP/s * 24 h = 2.2e20 FLOP", 8 * 312e12 * DAY, "per GPU"),
            ("12 agents * 420e12 FLOP/s * 32 TPU v3 boards * 1 s = 1.6e17 FLOP", 12 * 420e12 * 32, "per agent"),
            ("10 * 24 * 3600 * 1e12 FLOP/s = 8.6e17 FLOP", 10 * DAY * 1e12, "days"),
            ("10 * 3600 * 1e12 FLOP/s = 3.6e16 FLOP", 36000e12, "hours"),
            ("10 days * 1e14 = 8.64e19 FLOP", 10 * DAY * 1e14, "FLOP/s"),
            ("6 * 3B parameters * 2T tokens = 3.6e22 FLOP", 3.6e22, "FLOP per parameter per token"),
            ("2 * 3B parameters * 2T tokens = 1.2e22 FLOP", 1.2e22, "FLOP per parameter per token"),
            ("10 servers * 5 W = 50 W", 50, "server"),
        ],
    )
    def test_the_closed_list(self, text: str, value: float, words: str) -> None:
        calculation = judged(text)
        assert (calculation.value, calculation.claims[0].verdict) == (pytest.approx(value), "holds")
        assert words in notes(text)

    def test_each_addition_costs_one(self) -> None:
        free = "32 TPU v3 boards * 420e12 FLOP/s/TPU v3 board * 44 days = 5.1e22 FLOP"
        one = "32 TPU v3 boards * 420e12 FLOP/s * 44 days = 5.1e22 FLOP"
        two = "12 agents * 32 TPU v3 boards * 420e12 FLOP/s * 44 days = 6.1e23 FLOP"
        assert [reading(text).cost for text in (free, one, two)] == [0, 1, 2]

    def test_no_rate_is_per_two_things(self) -> None:
        for factor in reading("8 nodes * 8 A100 * 312 TFLOP/s * 1 day = 1.7e21 FLOP").factors:
            assert sum(1 for t in factor.unit if t.exponent < 0 and t.name != "second") <= 1


class TestNever:
    @pytest.mark.parametrize(
        "text",
        [
            "3 kW * 5 * 8 h = 120 kW",  # 5 as "per hour"
            "24 * 1e12 FLOP/s = 2.4e13 FLOP",  # 24 as seconds
            "24 * 5 FLOP/s = 120 FLOP",
            "3600 * 5 FLOP = 18000 FLOP/s",  # a number as a rate
            "10 * 5 FLOP = 50 FLOP/s",
            "5 FLOP * 2 s = 10 FLOP/s",  # a time as its inverse
            "24 * 3 kW = 72 kWh",  # 24 as hours, without a word or a run
            "3 hours * 10 USD = 30 USD/hour",
            "1e8 * 10 s = 1e9 FLOP",  # too small for a rate
        ],
    )
    def test_bare_numbers_do_not_rescue_a_line(self, text: str) -> None:
        assert judged(text).claims[0].verdict == "unknown"
        assert told(text) & {"unit-mismatch", "rate-missing"}

    @pytest.mark.parametrize("level", ["chips", "cores", "pods"])
    def test_levels_do_not_meet_without_a_packaging_edge(self, level: str) -> None:
        text = f"8 TPU v3 {level} * 420e12 FLOP/s/TPU v3 board * 10 days = 2.9e21 FLOP"
        (finding,) = (f for f in judged(text).findings if f.name == "unit-mismatch")
        assert finding.severity is Severity.WARNING
        assert "too many" in finding.message
        assert judged(text).claims[0].verdict == "unknown"

    def test_dollars_and_operations_do_not_add(self) -> None:
        text = "2e21 FLOP + 300 USD = 2e21 FLOP"
        (finding,) = (f for f in judged(text).findings if f.name == "unlike-sum")
        assert (finding.severity, judged(text).value) == (Severity.ERROR, None)

    def test_unknown_nouns_in_a_sum_are_a_note(self) -> None:
        (finding,) = (f for f in judged("10 pianos + 5 violins = 15").findings if f.name == "unlike-sum")
        assert finding.severity is Severity.NOTE


class TestRepeatedTimes:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("60 W * 9 h * 230 days = 124 kWh", 60 * 9 * 230 * 3600),
            ("2 h * 5 days = 10 hours", 36000),
            ("40 hours * 50 weeks = 2000 hours", 2000 * 3600),
            ("8 hours/day * 5 days * 50 weeks = 2,000 hours", 2000 * 3600),
            ("2 GB * 90 days = 180 GB", 180e9),
            ("2 pills * 10 days = 20 pills", 20),
            ("$15 * 8 hours * 5 days = $600", 600),
            ("4 workers * 8 hours * 5 days * $30/hour = $4,800", 4800),
            ("8 GPUs * 10 hours * 5 days * 312 TFLOP/s = 4.49e20 FLOP", 8 * 50 * 3600 * 312e12),
            ("60 W * 9 h * 230 days = 124 kWh per year", 60 * 9 * 230 * 3600),
        ],
    )
    def test_the_smaller_is_per_the_larger(self, text: str, value: float) -> None:
        assert judged(text).value == pytest.approx(value)
        assert judged(text).claims[0].verdict == "holds"

    @pytest.mark.parametrize(
        "text",
        [
            "3 kW * 8 h = 24 kW",  # a rate is not repeated
            "300 W * 10 days = 3000 W",
            "8 GPUs * 3 days = 24 GPUs",  # nor is a device
            "30 hours * 5 days = 150 hours",  # no day has 30 hours
            "10 days * 5 s * 1e12 FLOP/s = 4.32e18 FLOP",  # seconds are no part of a day that repeats
            "60 W * 9 h * 230 days = 124 kWh per day",  # 230 days are not in a day
        ],
    )
    def test_what_does_not_repeat(self, text: str) -> None:
        assert judged(text).claims[0].verdict == "unknown"
        assert "unit-mismatch" in told(text)

    @pytest.mark.parametrize("text", ["60 W * 9 h * 230 days = 1240 kWh", "2 h * 5 days = 100 hours"])
    def test_a_slip_is_still_one(self, text: str) -> None:
        assert judged(text).claims[0].verdict == "off"


class TestClaimedUnits:
    @pytest.mark.parametrize(
        ("text", "verdict"),
        [
            ("$2.50/hr * 24 * 30 = $1,800/month", "holds"),
            ("$2.50/hr * 24 * 30 = $18,000/month", "off"),
            ("$2.50/hr * 8 * 24 * 30 = $14,400/month", "holds"),
            ("$0.10/kWh * 2 kW * 24 * 365 = $1,752/year", "holds"),
            ("$1,200/year / 12 = $100/month", "holds"),
            ("13,500 miles * 1.609 = 21,722 km", "holds"),
            ("13,500 miles / 1.609 = 8,390 km", "off"),
            ("100 kg * 2.2 = 220 lb", "holds"),
            ("100 kg * 2.5 = 250 lb", "off"),
            ("85 W * 24 * 30 / 1000 = 61.2 kWh", "holds"),
            ("64 GB * 1024 = 65,536 MB", "holds"),
            ("64 GB * 1024 = 6,553 MB", "off"),
            ("2160 hours / 24 / 30 = 3 months", "holds"),
            ("$2.50/hr * 8 = $20/day", "holds"),
            ("$2.50/hr * 8 = $200/day", "off"),
        ],
    )
    def test_the_units_decide_what_converts(self, text: str, verdict: str) -> None:
        assert judged(text).claims[0].verdict == verdict

    def test_a_rounded_factor_keeps_its_value(self) -> None:
        assert judged("1350 miles * 1.6 = 2160 km").value == 2_160_000

    def test_no_claim_buys_a_conversion(self) -> None:
        assert judged("100 miles * 1.609 = 160.9 miles").value == pytest.approx(160.9 * 1609.344)


class TestDoubts:
    @pytest.mark.parametrize(
        "text",
        ["600 EH/s * 25 J/TH = 15 GW", "300 mZ * 10 = 3 Z", "250 TB * $0.023 = $5,750"],
    )
    def test_a_gap_that_an_unknown_unit_may_explain_is_unknown(self, text: str) -> None:
        assert judged(text).claims[0].verdict == "unknown"
        assert all(f.severity is Severity.NOTE for f in judged(text).findings)

    @pytest.mark.parametrize(
        "text",
        ["120M documents * 8 chunks * 768 dims * 4 bytes = 295 GB", "300 households * 12 rooms = 36,000 windows"],
    )
    def test_nouns_hide_no_prefix(self, text: str) -> None:
        assert judged(text).claims[0].verdict == "off"


class TestOtherBracketing:
    def test_the_verdict_is_that_of_the_line_as_written(self) -> None:
        calculation = judged("1 week + 25 hours * 16 A100s = 3088 A100-hours")
        assert (calculation.value, calculation.claims[0].verdict) == ((168 + 25 * 16) * 3600, "off")
        (finding,) = (f for f in calculation.findings if f.name == "other-bracketing")
        assert "(1 week + 25 hours)" in finding.message
        assert "ask for it" in finding.message

    def test_inside_a_bracket(self) -> None:
        assert "other-bracketing" in told("3 * (21 + 4 * 5) = 375")

    @pytest.mark.parametrize("text", ["2 + 3 * 4 = 14", "(21 + 4) * 5 = 125", "21 + 4 * 5 = 500", "21 * 4 * 5 = 375"])
    def test_silent(self, text: str) -> None:
        assert "other-bracketing" not in told(text)


@given(st.integers(11, 99), st.integers(11, 99), st.integers(3, 19))
def test_a_bracket_left_out_is_found(a: int, b: int, c: int) -> None:
    claim = (a + b) * c
    names = told(f"{a} + {b} * {c} = {claim}.0")
    assert "other-bracketing" in names or judged(f"{a} + {b} * {c} = {claim}.0").claims[0].verdict == "holds"


class TestAim:
    def test_an_expression_without_units_takes_the_claims_whole(self) -> None:
        calculation = judged("120 * 1.5 = 180 kWh")
        assert (calculation.value, calculation.unit) == (180 * 3.6e6, "J")

    def test_no_unit_anywhere(self) -> None:
        assert (judged("6 * 7 = 42").unit, "unit-unstated" in told("6 * 7 = 42")) == ("1", True)

    def test_without_a_claimed_unit_no_device_and_no_time_is_left(self) -> None:
        calculation = judged("8 GPUs * 312 TFLOP/s * 24 h = 2.2e20")
        assert (calculation.unit, calculation.unit_stated) == ("FLOP", False)
        assert judged("8 GPUs * 312 TFLOP/s * 24 h = 2.2e20 FLOP").unit_stated

    def test_operations_before_a_rate_before_operations_times_time(self) -> None:
        assert judged("5 TFLOPS * 10 s = 5e13").unit == "FLOP"


class TestTies:
    TEXT = "2 months * 8 GPUs * 312 TFLOPS/GPU * 0.3 = {} FLOP"

    @pytest.mark.parametrize(("claim", "days"), [("3.88e21", 60), ("3.94e21", 60.875)])
    def test_the_claim_chooses_between_equal_readings(self, claim: str, days: float) -> None:
        calculation = judged(self.TEXT.format(claim))
        assert calculation.value == pytest.approx(days * DAY * 8 * 312e12 * 0.3)
        (finding,) = (f for f in calculation.findings if f.name == "reading-tie")
        assert "months of 30 days" in finding.message
        assert "months of 30.4375 days" in finding.message

    def test_off_only_where_all_are_off(self) -> None:
        assert judged(self.TEXT.format("9.9e21")).claims[0].verdict == "off"

    def test_equal_values_are_no_tie(self) -> None:
        assert "reading-tie" not in told("60 days * 8 GPUs * 312 TFLOPS/GPU * 0.3 = 3.88e21 FLOP")


class TestSlashes:
    @pytest.mark.parametrize(
        ("text", "value", "unit"),
        [
            ("64 cores / 2 cores per chip = 32 chips", 32, "chip"),
            ("1000 steps / 5 iterations/second = 200 s", 200, "s"),
            ("10 GB / 2 GB/s = 5 s", 5, "s"),
            ("100 / 5 * 2 = 40", 40, "1"),
            ("(100) / 5 * 2 = 40", 40, "1"),
            ("24 hours/day * 2 days = 48 hours", 172800, "s"),
        ],
    )
    def test_in_a_unit_and_between_quantities(self, text: str, value: float, unit: str) -> None:
        calculation = judged(text)
        assert (calculation.value, calculation.unit, calculation.claims[0].verdict) == (value, unit, "holds")


COUNTS = st.integers(1, 999)
MANTISSAS = st.integers(10, 99)
UTILIZATIONS = st.integers(11, 89)
WRITTEN = "{n} days * {m}e12 FLOP/s * {u}% utilization{conversion} = 1 FLOP"


@given(COUNTS, MANTISSAS, UTILIZATIONS, st.permutations(["24", "60", "60"]))
def test_conversions_in_units_as_constants_or_left_out_agree(n: int, m: int, u: int, run: list[str]) -> None:
    ways = ["", " * 24 hours/day * 3600 s/hour", " * 24 * 3600", " * 86400", "".join(f" * {c}" for c in run)]
    values = {judged(WRITTEN.format(n=n, m=m, u=u, conversion=way)).value for way in ways}
    assert values == {float(n * DAY * Fraction(m) * 10**12 * u / 100)}


@given(
    st.permutations(
        "12 agents|44 days|24 hours/day|3600 sec/hour|420*10^12 FLOP/s|32 TPUv3 boards|33% actual utilization".split(
            "|"
        )
    )
)
def test_the_order_of_written_out_factors_does_not_matter(factors: list[str]) -> None:
    assert reading(f"{' * '.join(factors)} = 2.02e23 FLOP").value == 12 * 44 * DAY * 420 * 10**12 * 32 * Fraction(
        33, 100
    )


@given(st.permutations(["7 days", "24", "3600", "6.8e12 FLOP/s", "0.3"]))
def test_the_order_of_a_run_of_constants_does_not_matter(factors: list[str]) -> None:
    assert reading(f"{' * '.join(factors)} = 1.2e18 FLOP").value == 7 * DAY * 6800 * 10**9 * Fraction(3, 10)


@given(COUNTS, COUNTS, st.integers(2, 50), st.sampled_from(["GPUs", "days", "tokens", "kW", "USD", "boxes"]))
def test_scaling_a_factor_scales_the_value(a: int, b: int, k: int, unit: str) -> None:
    once, scaled = (reading(f"{n} {unit} * {b}.5 = 1 {unit}") for n in (a, a * k))
    assert once.value is not None
    assert scaled.value == once.value * k


# "1 * 106 FLOP" is not read: it may be a power of ten that lost its superscript.
NO_LOST_POWERS = COUNTS.filter(lambda n: not 106 <= n <= 109)


@given(st.lists(st.tuples(NO_LOST_POWERS, st.sampled_from(["GPUs", "days", "FLOP/s/GPU", ""])), min_size=2, max_size=6))
def test_the_estimate_has_the_readings_value(factors: list[tuple[int, str]]) -> None:
    text = " * ".join(f"{n} {unit}".strip() for n, unit in factors) + " = 1.5"
    value = reading(text).value
    assert value is not None
    assert read_estimate(text).exact_value == value


SCALED = (
    "12/48 * 100 = 25%",
    "100 - 25 - 30 = 45%",
    "30 + 20 = 50%",
    "4096 * 4096 * 2 bytes = 32.0 MB",
    "0.7 kW * 1000 = 700,000 W",
    "3e21 / (64 * 312e12 * 0.4) = 4.3 days",
    "1 month * 30 * 24 * 300 W = 216 kWh",
    "168 hours per week / 40 hours = 4.2 FTE",
    "300 kWh per month / 30 days = 10 kWh",
)


@pytest.mark.parametrize("text", SCALED)
def test_the_estimate_has_the_value_that_is_judged(text: str) -> None:
    made = judged(text)
    assert made.claims[-1].verdict == "holds"
    assert float(read_estimate(text).exact_value or 0) == pytest.approx(made.value, rel=1e-12)


def test_numbers_beyond_all_bounds_on_one_side_of_a_quotient() -> None:
    assert judged("1e200 / 1e250 * 1e200 / 1e100 = 4 days").claims[0].verdict == "off"


@given(st.lists(COUNTS, min_size=2, max_size=6))
def test_bare_numbers_are_multiplied_and_nothing_else(numbers: list[int]) -> None:
    assert reading(f"{' * '.join(map(str, numbers))} = 1.5").value == prod(numbers)
