"""The catalogue: its figures against independent answers, its packaging, and the names it takes and refuses."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick.catalogue import hardware
from slipstick.catalogue.utilization import utilization_default
from slipstick.estimates.given import read_quantity
from slipstick.finding import Confidence

PARTS = hardware.parts()
PEAKS = [peak for part in PARTS for peak in hardware.peaks(part.name)]
EDGES = [edge for part in PARTS for edge in hardware.edges(part.name)]
ALIASES = [(alias, part) for part in PARTS for alias in part.aliases]


def default(part: str, level: str) -> Fraction:
    (value,) = [peak.flop_per_s for peak in hardware.peaks(part, level) if peak.default]
    return value


def rates(part: str, level: str, number_format: str, sparse: bool = False) -> set[Fraction]:
    peaks = hardware.peaks(part, level)
    return {peak.flop_per_s for peak in peaks if (peak.number_format, peak.sparse) == (number_format, sparse)}


def number(part: str, container: str, contains: str) -> int | None:
    found = hardware.count(part, container, contains)
    return found and found[0]


# The figures


def test_every_fact_has_a_source_and_a_known_confidence():
    for fact in (*PEAKS, *EDGES):
        assert fact.source.strip(), fact
        assert fact.confidence in set(Confidence), fact
        if "from memory" in fact.source:
            assert fact.confidence == "low", fact
            assert "from memory" in fact.note, fact
        # A number of a search engine or an unnamed copy is no source that a reader can follow.
        assert not re.search(r"\bids? \d|^a public copy", fact.source), fact


def test_figures_are_plausible_rates():
    for peak in PEAKS:
        assert Fraction("1e10") < peak.flop_per_s < Fraction("1e19"), peak
    for edge in EDGES:
        assert 1 <= edge.count <= 10_000, edge


def test_no_fact_stands_twice():
    figures = [(p.part, p.variant, p.level, p.number_format, p.engine, p.sparse, p.flop_per_s) for p in PEAKS]
    assert len(figures) == len(set(figures))
    assert len(EDGES) == len(set(EDGES))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_each_level_has_at_most_one_default_which_is_dense_and_first(part):
    for level in part.levels:
        peaks = hardware.peaks(part.name, level)
        defaults = [peak for peak in peaks if peak.default]
        assert len(defaults) <= 1
        # Systems of several sizes (DGX-1 and DGX-2) have no default; every other level with a peak has one.
        assert defaults or not peaks or len({peak.variant for peak in peaks}) > 1
        assert defaults == list(peaks[: len(defaults)])
        assert not any(peak.sparse for peak in defaults)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_part_has_a_base_level_it_holds_and_a_peak_there(part):
    assert part.family in {"TPU", "GPU", "accelerator", "CPU"}
    assert 2006 <= part.year <= 2030
    assert part.levels == tuple(sorted(part.levels, key=hardware.LEVELS.index))
    if part.base_level:
        assert part.base_level in part.levels
        assert default(part.name, part.base_level) > 0


@pytest.mark.parametrize(
    ("part", "level", "number_format", "sparse", "expected"),
    [
        ("TPU v3", "chip", "bf16", False, ["123e12"]),
        ("TPU v3", "core", "bf16", False, ["61.5e12", "52.5e12"]),
        ("TPU v3", "board", "bf16", False, ["420e12", "492e12"]),
        ("TPU v2", "board", "bf16", False, ["180e12"]),
        ("V100", "GPU", "fp16", False, ["125e12", "100e12"]),
        ("A100", "GPU", "bf16", False, ["312e12"]),
        ("A100", "GPU", "bf16", True, ["624e12"]),
        ("H100", "GPU", "bf16", False, ["989.4e12"]),
        ("H100", "GPU", "bf16", True, ["1979e12"]),
        ("H100", "GPU", "fp8", False, ["1979e12"]),
        ("P100", "GPU", "fp32", False, ["9.3e12"]),
    ],
)
def test_peaks_of_the_data_sheets(part, level, number_format, sparse, expected):
    assert set(map(Fraction, expected)) <= rates(part, level, number_format, sparse)


@pytest.mark.parametrize(
    ("part", "cores", "megahertz", "per_cycle"),
    [
        # Peak = arithmetic units x clock x operations a cycle (a multiply-add is two), from the architecture alone.
        ("GTX 580", 512, 1544, 2),
        ("GTX 980", 2048, 1216, 2),
        ("GTX 1080 Ti", 3584, 1582, 2),
        ("V100", 640, 1530, 128),
        ("A100", 432, 1410, 512),
        ("H100", 528, 1830, 1024),
    ],
)
def test_default_peak_follows_from_units_and_clock(part, cores, megahertz, per_cycle):
    worked = cores * megahertz * 10**6 * per_cycle
    assert abs(default(part, "GPU") / worked - 1) < Fraction(1, 100)


def test_sparse_peaks_are_twice_a_dense_peak_of_the_same_part():
    for sparse in (peak for peak in PEAKS if peak.sparse and peak.confidence != "low"):
        dense = rates(sparse.part, sparse.level, sparse.number_format)
        assert any(abs(sparse.flop_per_s / (2 * rate) - 1) < Fraction(2, 100) for rate in dense), sparse


# Packaging


@pytest.mark.parametrize(
    ("part", "container", "contains", "expected"),
    [
        ("TPU v3", "chip", "core", 2),
        ("TPU v3", "board", "chip", 4),
        ("TPU v3", "board", "core", 8),
        ("TPU v3", "pod", "core", 2048),
        ("TPU v2", "pod", "core", 512),
        ("TPU v4", "board", "core", 8),
        ("TPU v4", "pod", "core", 8192),
        ("TPU v5e", "board", "core", 8),
        ("K80", "board", "GPU", 2),
        ("H100", "node", "GPU", 8),
        ("GB200", "rack", "GPU", 72),
    ],
)
def test_counts(part, container, contains, expected):
    assert number(part, container, contains) == expected


def test_boards_per_core_of_tpu_v3_is_an_eighth():
    assert Fraction(1, number("TPU v3", "board", "core")) == Fraction("0.125")


def test_a_count_without_a_direct_fact_names_the_facts_it_is_made_of():
    answer, used = hardware.count("TPU v4", "board", "core")
    assert [(edge.container, edge.contains, edge.count) for edge in used] == [("board", "chip", 4), ("chip", "core", 2)]
    assert answer == 4 * 2


@pytest.mark.parametrize(
    ("part", "container", "contains"),
    [
        ("A100", "node", "GPU"),  # 8 and 16
        ("V100", "node", "GPU"),
        ("TPU v3", "core", "chip"),  # the wrong way round
        ("TPU v3", "board", "board"),
        ("GTX 580", "board", "GPU"),
        ("TPU v3", "shelf", "core"),
    ],
)
def test_what_is_unknown_or_comes_in_several_sizes_has_no_count(part, container, contains):
    assert hardware.count(part, container, contains) is None


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_counts_multiply_out(part):
    for small, middle, large in combinations(part.levels, 3):
        outer, inner = number(part.name, large, middle), number(part.name, middle, small)
        if outer is not None and inner is not None:
            assert number(part.name, large, small) == outer * inner


def test_a_container_holds_what_is_smaller():
    for edge in EDGES:
        assert hardware.LEVELS.index(edge.contains) < hardware.LEVELS.index(edge.container), edge


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_peaks_of_a_container_add_up_or_the_dispute_is_recorded(part):
    """A container's figure is a multiple of one of what it holds; for a board, that of the default is recorded too."""
    for edge in hardware.edges(part.name):
        for number_format in {peak.number_format for peak in hardware.peaks(part.name)}:
            around = rates(part.name, edge.container, number_format)
            within = rates(part.name, edge.contains, number_format)
            if not around or not within:
                continue
            levels = (edge.container, edge.contains)
            sizes = {e.count for e in hardware.edges(part.name) if (e.container, e.contains) == levels}
            assert any(near(a, n * b) for a in around for b in within for n in sizes), edge
            if edge.container == "board":
                assert any(near(a, edge.count * default(part.name, edge.contains)) for a in around), edge


def near(one: Fraction, other: Fraction) -> bool:
    return abs(one / other - 1) < Fraction(3, 100)


# Names


NAMES = {
    "TPU v3": ["TPUv3", "TPU v3", "TPU-v3s", "cloud tpu v3", "Google Cloud TPU v3", "third-generation TPUs"],
    "TPU v7": ["Ironwood"],
    "V100": ["V100s", "V100S", "NVIDIA Tesla V100-SXM2-32GB", "V100 SXM2 32 GB"],
    "A100": ["NVIDIA A100", "A100-SXM4-80GB", "A100 PCIe"],
    "H100": ["H100s", "H100 SXM5 80GB"],
    "GTX 580": ["GTX 580", "GeForce GTX 580s"],
    "RTX 2080 Ti": ["RTX 2080 Ti", "2080Ti"],
    "Titan X": ["Titan X", "GTX TITAN Xs"],
    "P100": ["Tesla P100"],
    "L40S": ["L40s"],
    "MI250X": ["MI250X"],
    "Ascend 910B": ["Ascend 910B"],
    "Gaudi 2": ["Gaudi2"],
}


@pytest.mark.parametrize(("words", "expected"), [(words, name) for name, all_ in NAMES.items() for words in all_])
def test_names_in_use(words, expected):
    assert hardware.named(words).name == expected


ORDINARY = """as a an at is it in of or the and tokens token parameters layers days hours boards board chips chip core
cores pod node GPU GPUs TPU TPUs CPU accelerator device cloud Cloud Google NVIDIA Tesla GeForce titan Titan GTX RTX v3
580 3090 4090 100 910B 80GB SXM4 PCIe Ti X s k=80 A100.""".split()
ALMOST = ["a 100", "A 100", "a 10", "v 100", "l 4", "TPU v3 8", "v3 8", "A10 0", "TPU 3", "Tesla s", "A100 and V100"]
NEITHER = ["", " ", "-", "8 V100", "CPU core", "NVIDIA GPU", "A100" * 50, "a" * 10_000]


@pytest.mark.parametrize("words", [*ORDINARY, *ALMOST, *NEITHER])
def test_ordinary_words_name_no_part(words):
    assert hardware.named(words) is None


def test_aliases_are_unique():
    keys = [re.sub(r"[^a-z0-9]", "", alias.lower()) for alias, _ in ALIASES]
    assert len(keys) == len(set(keys))
    assert len({part.name for part in PARTS}) == len(PARTS)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_part_goes_by_its_own_name(part):
    assert hardware.named(part.name) == part


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("TPU v3", ""),
        ("v3-8", "board"),
        ("TPU v3-2048", "pod"),
        ("DGX A100", "node"),
        ("A100", "GPU"),
        ("GK210", "GPU"),
    ],
)
def test_a_name_says_its_level_or_leaves_it_open(words, level):
    assert hardware.named(words).base_level == level


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("4 v3-8", "TPU_v3_board"),
        ("4 TPU v3-8 devices", "TPU_v3_board"),
        ("8 TPU v3-8 cores", "TPU_v3_core"),
        ("1 v3-2048", "TPU_v3_pod"),
        ("2 DGX A100", "A100_node"),
        ("8 A100", "A100"),
        ("512 TPU v3", "TPU_v3_device"),
    ],
)
def test_a_noun_counts_what_its_name_says(text, unit):
    assert [term.name for term in read_quantity(text).meaning(False)] == [unit]


@given(
    st.sampled_from(ALIASES),
    st.sampled_from(["", "NVIDIA ", "nvidia tesla ", "Google-Cloud "]),
    st.sampled_from(["", " SXM4", "-SXM4-80GB", " PCIe 40 GB"]),
    st.sampled_from(["", "s"]),
    st.sampled_from([str.lower, str.upper, str.title, str]),
)
def test_case_maker_form_factor_and_plural_change_no_name(entry, maker, form, plural, case):
    alias, part = entry
    found = hardware.named(case(maker + alias + plural + form))
    # The plural of L40 is spelt as the L40S.
    assert found is not None
    assert found.name == ("L40S" if alias + plural == "L40s" else part.name)
    written = re.split(r"[\s-]+", maker + alias + plural + form)
    assert len(written) <= hardware.longest_alias()


@given(st.text(max_size=80))
def test_any_text_is_a_known_part_or_none(text):
    found = hardware.named(text)
    assert found is None or found.name in {part.name for part in PARTS}


@pytest.mark.parametrize("ask", [hardware.part, hardware.peaks, hardware.edges])
def test_an_unknown_part_is_one_clear_line(ask):
    with pytest.raises(KeyError, match="no part named 'TPU v99' in the hardware catalogue"):
        ask("TPU v99")


# Utilization


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (1999, ("0.30", "0.10", "0.50")),
        (2016, ("0.30", "0.10", "0.50")),
        (2017, ("0.30", "0.15", "0.45")),
        (2020, ("0.30", "0.15", "0.45")),
        (2021, ("0.37", "0.18", "0.56")),
        (2024, ("0.38", "0.19", "0.54")),
        (2050, ("0.38", "0.19", "0.54")),
        (None, ("0.335", "0.10", "0.56")),
    ],
)
def test_utilization_by_era(year, expected):
    era = utilization_default(year)
    assert (era.point, era.low, era.high) == tuple(map(Fraction, expected))
    assert era.level == Fraction(9, 10)
    assert "biased upward" in era.source
    assert ("all eras together" in era.source) == (year is None)


@given(st.integers(1900, 2100))
def test_eras_leave_no_year_out(year):
    era = utilization_default(year)
    assert 0 < era.low < era.point < era.high < 1
    assert year < 2012 or era.first_year <= year <= (era.last_year or year)
    assert utilization_default(None).low <= era.low
    assert utilization_default(None).high >= era.high
