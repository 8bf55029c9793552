"""Bare products that the words beside them make hardware estimates: legends, named hardware, stated rates."""

from __future__ import annotations

import pytest

from slipstick import audit
from slipstick.formats.wording import readings
from slipstick.reading.quantities import stated
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.report import ReportedCalculation

BARE = "16 * 3.12e14 * 1.5 * 24 * 3600 * 0.3 = 1.94e20"


def judged(text: str) -> ReportedCalculation:
    """The first calculation of a text."""
    return audit(text).calculations[0]


def units(text: str) -> list[str]:
    """What each input of the first calculation was read in, conversions left out."""
    return [given.unit for given in judged(text).inputs]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # The published lines are by Epoch AI (CC BY 4.0); the values are those of the written numbers.
        (f'"All models are trained utilizing 16 Nvidia A100 (40G) GPUs within 1.5 days."\n{BARE}', 1.9408896e20),
        (
            "flops = (128) * (3.12e14) * (14.5 * 24 * 3600) * (0.3) = 1.501e22\n"
            "(num gpu) * (peak flops) * (time in seconds) * (assumed utilization rate)",
            1.500954624e22,
        ),
        (
            "28.26e12* 32 * 24*3600*0.3 =2.34e19 = peak flops * num gpus * num seconds * assumed utilization rate",
            2.34399744e19,
        ),
        ("Assume an Intel i7 so 400e9 FLOP/s.\n6.9e16 = 400e9*60*60*48", 6.912e16),
        ("Using 989 TFLOP/s a GPU and 40% MFU: 2.788e6 * 3600 * 989e12 * 0.4 = 3.97e24", 3.97055808e24),
    ],
)
def test_the_words_beside_a_bare_product_make_it_one_of_operations(text: str, value: float) -> None:
    found = judged(text)
    assert (found.value, found.unit) == (pytest.approx(value, rel=1e-12), "FLOP")
    assert all(claim.verdict == "holds" for claim in found.claims)


def test_a_legend_in_another_order_names_no_conversion_a_utilization() -> None:
    line = "28.26e12 * 32 * 0.3 * 24 * 3600 = 2.34e19 = peak flops * num gpus * num seconds * utilization rate"
    assert [finding.code for finding in judged(line).findings if finding.severity != "note"] == []


@pytest.mark.parametrize(
    "text",
    [
        BARE,  # no words at all
        f"It was trained on V100s.\n{BARE}",  # no peak of a V100
        f"3.12e14 tokens were seen.\n{BARE}",  # not a rate
        f"(layers) * (heads) * (width) * (depth) * (length) * (size)\n{BARE}",
        "Trained on A100s. 16 * 3.12e14 * 1.5 * 7 = 5.24e16",  # nothing that ends in seconds
        "Trained on A100s. 6 * 3.12e14 * 7e9 * 3600 * 2 = 9.4e28",  # 7e9 is no count of devices
    ],
)
def test_without_such_words_only_the_numbers_are_checked(text: str) -> None:
    assert judged(text).unit == "1"


def test_a_told_rate_gives_the_estimate_its_error_bars() -> None:
    bare, told = judged(BARE), judged(f"Trained on 16 A100s for 1.5 days.\n{BARE}")
    assert bare.interval is None
    assert told.interval is not None
    low, high = told.interval.low, told.interval.high
    assert low < 1.94e20 < high
    # 0.3 became the utilization of its era, 0.15 to 0.45, and everything else is exact.
    assert (low, high) == (pytest.approx(1.9408896e20 * 0.5, rel=1e-6), pytest.approx(1.9408896e20 * 1.5, rel=1e-6))


def test_devices_and_times_take_the_units_that_the_text_states() -> None:
    text = "It was trained on 248 V100 GPUs for 24 days.\n125 trillion * 248 * 24 * 24 * 3600 * 0.3 = 1.93e22"
    notes = [f.message for f in judged(text).findings if f.name == "unit-inferred"]
    assert "248: read as the “248 V100 GPUs” of the text" in notes
    assert "125 trillion: read as 125 TFLOP/s per V100, a peak of V100, which the text names" in notes


@pytest.mark.parametrize(
    "before",
    [
        "A: 8 A100 * 4 days * 24 hours * 3600 s * 312 TFLOP/s * 0.3 = 2.59e20.\nB: ",
        "On A100s. A day has 24 hours, and an hour has 3600 seconds.\n",
    ],
)
def test_the_steps_of_a_conversion_that_the_text_recites_are_no_times(before: str) -> None:
    found = audit(f"{before}16 * 10 * 24 * 3600 * 312e12 * 0.3 = 1.29e21").calculations[-1]
    notes = [f.message for f in found.findings if f.name == "unit-inferred"]
    assert "10: read as a number of days, from the 24 * 3600 beside it" in notes
    assert not [note for note in notes if note.startswith("24: read as")]


def test_a_run_of_24_hours_is_a_time() -> None:
    found = judged("We trained on 8 A100s for 24 hours: 8 * 24 * 3600 * 312e12 * 0.4 = 8.63e19")
    assert "24: read as the “24 hours” of the text" in [f.message for f in found.findings]


def test_a_count_on_its_way_to_another_level_stays_bare() -> None:
    text = "30 days on 2,048 TPUv3 cores.\n30 * 24 * 3600 * (2048/2) * 1.23e14 * 0.3 = 9.794e22"
    notes = " ".join(f.message for f in judged(text).findings)
    assert judged(text).unit == "FLOP"
    assert "per TPU" not in notes


@pytest.mark.parametrize("claim", ["1.94e21", "1.94e19", "5.4e16"])
def test_no_claim_is_judged_otherwise_for_it(claim: str) -> None:
    line = BARE.replace("1.94e20", claim)
    alone, told = judged(line), judged(f"Trained on 16 A100s for 1.5 days.\n{line}")
    assert [c.verdict for c in told.claims] == [c.verdict for c in alone.claims] == ["off"]


def test_what_the_text_states_before_is_not_made_unclear_by_what_follows() -> None:
    text = "It used 1,024 H100 GPUs.\n1024 * 9.89e14 * 1.5 * 24 * 3600 * 0.3 = 3.94e22"
    (found,) = audit(f"{text}\n1024 GPUs in all").calculations
    assert "1024: read as the “1,024 H100 GPUs” of the text" in [f.message for f in found.findings]


def test_the_era_is_that_of_the_only_hardware_named_where_the_rate_is_its_peak() -> None:
    far = judged(f"Trained on 16 A100s for 1.5 days.\n\nHere is how much.\n\n{BARE}")
    near = judged(f"Trained on 16 A100s for 1.5 days.\n{BARE}")
    other = judged("Trained on A100s.\n\nHere is how much.\n\n16 GPUs * 1e14 FLOP/s * 1.5 days * 0.3 = 6.2e19")
    assert far.interval == near.interval
    assert other.interval is not None
    assert near.interval is not None
    # All eras together are wider: 1e14 is no peak of an A100, so that the text need not be about it.
    assert other.interval.high / other.interval.low > near.interval.high / near.interval.low


def test_the_numbers_of_one_conversion_are_told_together() -> None:
    told = readings(judged(f"Trained on 16 A100s for 1.5 days.\n{BARE}"))
    assert "24, 3600: conversion from days to seconds" in told
    assert len(told) == len(set(told)) == 5


def test_of_several_parts_the_era_is_that_of_the_one_whose_peak_the_rate_is() -> None:
    line = "32 * 123e12 * 44 * 24 * 3600 * 0.4 = 5.99e21"
    alone = judged(f"On TPUv3s (32 chips) for 44 days.\n\n{line}")
    beside = judged(f"On TPUv3s (32 chips) for 44 days.\n\n{line}\n\nAn H100 takes less.")
    assert alone.interval is not None
    assert alone.interval == beside.interval


@pytest.mark.parametrize("phrase", ["peak bandwidth rate", "peak memory", "max power rate"])
def test_a_peak_of_other_things_is_no_rate_in_operations(phrase: str) -> None:
    text = f"64 * 5e11 * 3600 * 24 = 2.76e18\n(links) * ({phrase}) * (time in seconds)"
    assert judged(text).unit != "FLOP"


def test_a_long_line_is_looked_through_once_for_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each calculation went through the whole line for what it states."""
    looked: list[str] = []
    digits_of = stated._significant_digits

    def noted(sentence: str) -> frozenset[str]:
        looked.append(sentence)
        return digits_of(sentence)

    monkeypatch.setattr(stated, "_significant_digits", noted)
    text = "16 A100 for 16 hours, 3 days: 16 * 3.12e14 * 3 * 86400 = 1.3e21; " * 20
    audit(text)
    assert looked
    assert sum(map(len, looked)) <= len(text)


def test_what_lies_in_a_stretch_of_a_long_sentence() -> None:
    text = "with " + " and ".join(f"{n} GPUs" for n in range(100, 200)) + "\n7 days. Then 8 days\n\n9 days"
    found = StatedQuantities(text)
    every = list(found.between(0, len(text)))
    assert [each.number.value for each in every] == [*range(100, 200), 7, 8, 9]
    for start, end in ((0, 40), (500, 560), (3, 1009), (len(text) - 30, len(text) - 3), (len(text), len(text) + 5)):
        inside = [each for each in every if start <= each.span.start and each.span.end <= end]
        assert list(found.between(start, end)) == inside
    assert [each.number.value for each in found.between(0, len(text), {"8"})] == [8]


@pytest.mark.parametrize(
    "text",
    [
        "8 V100s * 125 TFLOP/s * 24 * 3600 * 0.3 = 2.6e19",
        "8 V100s * 125 TFLOP/s * 3600 * 24 * 0.3 (utilization) = 2.6e19 FLOP",
        "8 V100s * 125 TFLOP/s * 7 * 0.3 * 86400 = 1.8e20 FLOP",
        "8 * 1.25e14 * 0.3 * 24 * 3600 = 2.6e19 on 8 V100",
        "8 * 1.25e14 * 24 * 3600 * 0.3 = 2.6e19\n(num gpus) * (peak flops per gpu) * (time) * (utilization)",
    ],
)
def test_the_only_fraction_beside_a_rate_is_the_utilization_and_no_time(text: str) -> None:
    """0.3 days were read, and the utilization was missed."""
    assert [given.role for given in judged(text).inputs if given.value == 0.3] == ["utilization"]
    assert "C105" not in [finding.code for finding in judged(text).findings]


def test_of_two_fractions_one_may_be_a_time() -> None:
    text = "8 V100s * 125 TFLOP/s * 0.5 * 24 * 3600 * 0.3 = 1.3e19 FLOP"
    assert "0.5: read as a number of days, from the 24 * 3600 beside it" in [f.message for f in judged(text).findings]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "The run used 300 V100-days. 300 * 24 * 3600 * 15.7e12 FLOP/s * 0.33 = 1.34e20 FLOP",
            "300: read as the “300 V100-days” of the text",
        ),
        (
            "We used 512 V100 GPUs for 10 days. 512 * 125 TFLOP/s * 10 * 24 * 3600 * 0.3 = 1.66e22 FLOP",
            "512: read as the “512 V100 GPUs” of the text",
        ),
    ],
)
def test_beside_a_rate_with_its_unit_bare_numbers_take_those_of_the_text_too(text: str, note: str) -> None:
    found = judged(text)
    assert note in readings(found)
    assert [claim.verdict for claim in found.claims] == ["holds"]


def test_a_written_rate_is_no_reason_to_take_other_units_where_the_value_would_change() -> None:
    text = "It ran for 10 hours on 512 V100 GPUs. 512 * 125 TFLOP/s * 10 * 24 * 3600 * 0.3 = 1.66e22 FLOP"
    assert [claim.verdict for claim in judged(text).claims] == ["holds"]
    assert not any("“10 hours”" in said for said in readings(judged(text)))


def test_a_sum_of_device_times_has_error_bars() -> None:
    """The same numbers written as one product have the same ones."""
    found = judged("Two runs on V100s.\n(8 * 10 + 16 * 5) * 24 * 3600 * 125e12 * 0.3 = 5.18e20").interval
    alike = judged("Two runs on V100s.\n160 * 24 * 3600 * 125e12 * 0.3 = 4.15e20").interval
    assert found is not None
    assert alike is not None
    assert (found.low, found.high) == pytest.approx((alike.low, alike.high))


def test_what_a_missing_utilization_makes_of_a_sum() -> None:
    said = [f.message for f in judged("(10 V100-days + 20 V100-days) * 125 TFLOP/s = 3.24e20 FLOP").findings]
    assert any(message.endswith("which would make it 4.9e19 to 1.5e20 FLOP") for message in said)


PASS = "ViT-L/16 at 384px needs 190.7 GFLOPs per forward pass. "


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (PASS + "190.7e9 * 3 * 303e6 images * 14 epochs = 2.43e21", "FLOP"),
        (PASS + "So it is 303e6 images * 14 epochs * 3 * 190.7e9 = 2.43e21", "FLOP"),
        (PASS + "190.8e9 * 3 * 303e6 images * 14 epochs = 2.43e21", "image"),
        ("190.7e9 * 3 * 303e6 images * 14 epochs = 2.43e21", "image"),
        ("It costs 190.7 billion dollars. 190.7e9 * 3 * 303e6 images * 14 epochs = 2.43e21", "image"),
    ],
)
def test_a_number_that_the_text_states_as_operations_is_so_many_for_each_image(text: str, unit: str) -> None:
    (made,) = audit(text).calculations
    assert (made.unit, [claim.verdict for claim in made.claims]) == (unit, ["holds"])
