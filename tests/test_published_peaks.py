"""What the rules ask of the catalogue: figures by level, ratios, other parts' peaks, counts and formats in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from slipstick.catalogue import hardware, published_peaks
from slipstick.catalogue.precision import formats_in, says_sparse
from slipstick.judging.device_counts import StatedCount, is_named_in, level_stated_in, stated_counts
from slipstick.judging.verdicts import judge
from slipstick.reading.quantities.mentions import Mentions
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.reading.relations.chains import read_document


def test_a_level_without_a_figure_takes_what_packaging_makes_of_the_chip() -> None:
    # 275e12 a chip of two cores; four chips a board (cloud.google.com/tpu/docs/v4).
    core, board = published_peaks.main_figure("TPU v4", "core"), published_peaks.main_figure("TPU v4", "board")
    assert core is not None
    assert board is not None
    assert (core.flop_per_s, board.flop_per_s) == (Fraction(137_500_000_000_000), Fraction(1_100_000_000_000_000))
    assert core.source.startswith("derived: ")


def test_published_figures_come_before_derived_ones() -> None:
    for part in hardware.parts():
        assert published_peaks.figures(part.name)[: len(hardware.peaks(part.name))] == hardware.peaks(part.name)


def test_ratios_are_reciprocal() -> None:
    assert published_peaks.ratio("TPU v3", "board", "chip") == 4
    assert published_peaks.ratio("TPU v3", "core", "board") == Fraction(1, 8)
    assert published_peaks.ratio("A100", "node", "GPU") is None  # 8 or 16
    for part in hardware.parts():
        for one in part.levels:
            for other in part.levels:
                there, back = published_peaks.ratio(part.name, one, other), published_peaks.ratio(part.name, other, one)
                assert (there is None) == (back is None)
                assert there is None or back is None or there * back == 1


@pytest.mark.parametrize(
    ("part", "rate", "last_digit", "is_round"),
    [
        ("A100", 300e12, 1e14, True),
        ("H100", 1000e12, 1e15, True),
        ("H100", 2e15, 1e15, True),
        ("A100", 400e12, 1e14, False),  # 400 is not 312 to one digit
        ("A100", 330e12, 1e13, False),
        ("A100", 304e12, 1e12, False),  # three digits are no round number
    ],
)
def test_round_numbers(part: str, rate: float, last_digit: float, is_round: bool) -> None:
    assert bool(published_peaks.rounded(part, "GPU", Fraction(rate), Fraction(last_digit))) is is_round


def test_the_part_that_a_rate_was_taken_from() -> None:
    assert {p.part for p in published_peaks.main_figures_at(Fraction(125 * 10**12))} == {"V100", "A10"}
    assert "A100" in {p.part for p in published_peaks.main_figures_at(Fraction(312 * 10**12))}
    assert published_peaks.main_figures_at(Fraction(140 * 10**12)) == ()


@pytest.mark.parametrize(
    ("words", "formats"),
    [
        ("trained in fp32", {"fp32"}),
        ("bfloat16 activations and float32 weights", {"bf16", "fp32"}),
        ("Mixed-precision training", {"fp16"}),
        ("FP8 (E4M3)", {"fp8"}),
        ("TF32 tensor cores", {"tf32"}),
        ("INT8 inference", {"int8"}),
        ("an 80 GB A100-SXM4 at 32 nodes", set()),
        ("the ramp of amplitude", set()),
    ],
)
def test_formats_that_words_say(words: str, formats: set[str]) -> None:
    assert formats_in(words) == formats


def test_sparsity_that_words_say() -> None:
    assert says_sparse("with 2:4 structured sparsity")
    assert not says_sparse("at 12:45 the sparkling run")


def test_what_a_text_counts() -> None:
    text = "We used 2,048 TPU v3 cores for 14 days, or 21,500 A100-hours in all. Then"
    assert list(stated_counts(StatedQuantities(text), len(text))) == [
        StatedCount(Fraction(2048), "TPU_v3_core", ""),
        StatedCount(Fraction(14), "", "day"),
        StatedCount(Fraction(21500), "A100", "hour"),
    ]


@pytest.mark.parametrize(
    ("before", "level"),
    [
        ("on 2,048 TPU v3 cores", "core"),
        ("on 2048 chips", "chip"),
        ("on 1,024 chips", ""),  # another number
        ("on 2048 cores, or 2048 chips", ""),  # both
        ("on 2048 A100 GPUs", ""),  # another part
    ],
)
def test_the_level_that_a_text_gives_a_bare_number(before: str, level: str) -> None:
    text = f"{before}: 2048 * 1.23e14 * 86400 = 2.18e22"
    (written,) = read_document(text).calculations
    factors = judge(written).reading.factors
    assert level_stated_in(StatedQuantities(text), written.span.start, factors, hardware.part("TPU v3")) == level


def test_names_are_found_as_people_write_them() -> None:
    assert is_named_in("eight V100s", hardware.part("V100"))
    assert is_named_in("a TPU-v3 slice", hardware.part("TPU v3"))
    assert not is_named_in("the CV1000 part", hardware.part("V100"))


def test_hardware_around_a_calculation_is_told_only_where_it_is_one() -> None:
    text = "We used A100s.\n\nx\n\n8 * 3 = 24\n\ny"
    (written,) = read_document(text).calculations
    part = Mentions(text).only(written.span)
    assert part is not None
    assert part.name == "A100"
    assert Mentions(text + "\n\nand V100s").only(written.span) is None
    assert Mentions(text.replace("A100s", "them")).only(written.span) is None
    assert Mentions(text + " " * 10_000 + "\n\nV100").only(written.span) == part  # beyond a page
